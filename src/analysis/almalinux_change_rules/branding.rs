//! The lines about branding: names, keys, pictures and services of either side.

use super::super::change_rules::{ActionKind, ChangeRule};
use super::{rule, vocabulary, words};
use crate::domain::ChangeClass;

use ActionKind::{AddLine, AddPatch, AddSource, DeleteFile, DeleteLine, Replace};

/// The names of the reference and of those that it is made from, and their hosts.
const REFERENCE: [&str; 19] = [
    "red hat enterprise linux",
    "red hat linux",
    "red hat, inc.",
    "red hat",
    "redhatsecureboot*",
    "redhat",
    "rheldup*",
    "rhelkpatch*",
    "rhel",
    "the centos project",
    "centossecureboot*",
    "centos stream",
    "centos",
    "the fedora project",
    "fedoraproject",
    "fedora",
    "redhat.com",
    "centos.org",
    "fedoraproject.org",
];

/// The distribution's own.
const OWN: [&str; 7] = [
    "almalinux os foundation",
    "almalinux os",
    "almalinuxsecureboot*",
    "almalinux",
    "clsecureboot*",
    "alsecureboot*",
    "almalinux.org",
];

/// Either side's, with whatever follows.
const NAMES: [&str; 8] = [
    "red hat",
    "redhat*",
    "rhel*",
    "centos*",
    "fedora*",
    "almalinux*",
    "clsecureboot*",
    "alsecureboot*",
];

/// Words that say that software behaves in another way.
const BEHAVIOUR: [&str; 18] = [
    "allow*",
    "backport*",
    "bypass*",
    "crash*",
    "cve*",
    "disable*",
    "do not",
    "fix*",
    "ignore*",
    "insecure*",
    "partition*",
    "permit*",
    "revert*",
    "security",
    "signature*",
    "undo*",
    "unsigned",
    "verif*",
];

/// Lines that say under whose keys, folders and SBAT entries software boots, and nothing else.
const BOOT_IDENTITY: [&str; 15] = [
    "source*:*.cer",
    "source*:*.x509",
    "source*:*.csv",
    "*sources/*.cer",
    "%define sb_key*",
    "%define pesign_name_*",
    "%define secureboot_*",
    "%global efi_vendor *",
    "%global efidir *",
    "%global efi_esp_dir *",
    "*,mailto:*",
    "%{expand:*ifarch*",
    "%%endif*",
    "provides:*almalinux(*-sig-key)*",
    "conflicts:*shim-*.alma*",
];

/// What concerns the distribution’s identity alone.
pub(super) fn branding() -> Vec<ChangeRule> {
    let branding = |actions: &[ActionKind], because| rule(ChangeClass::Branding, actions, because);
    let services = "services of the reference’s vendor, for its own subscribers, are taken out";
    vec![
        ChangeRule {
            adds: words(&[
                "debrand*",
                "branding",
                "rebrand*",
                "almalinux bug tracker",
                "almalinux bugtracker",
                "trademark*",
                "installer colors",
                "remove visible fedora references",
                "remove visible rh references",
            ]),
            known_words: vocabulary::of_identity(),
            ..branding(
                &[AddPatch, AddSource],
                "its name says that it is about the distribution’s identity, and says nothing else",
            )
        },
        ChangeRule {
            adds: words(&["almalinux support", "almalinux plugin"]),
            known_words: vocabulary::of_identity(),
            ..branding(
                &[AddPatch],
                "it tells the software of the distribution by its name",
            )
        },
        ChangeRule {
            removes: words(&REFERENCE),
            adds: words(&OWN),
            only_words: true,
            ..branding(
                &[Replace],
                "the distribution’s name, address or key comes in place of another’s",
            )
        },
        ChangeRule {
            names: words(&NAMES),
            only_lines: words(&BOOT_IDENTITY),
            ..branding(
                &[Replace, AddLine, DeleteLine],
                "keys, folders and SBAT entries of either side alone are put in or taken out",
            )
        },
        ChangeRule {
            names: words(&NAMES),
            only_lines: words(&["sed -e 's/*/*/g' -i po/*"]),
            ..branding(
                &[Replace],
                "names are replaced in translations and nothing else is done",
            )
        },
        ChangeRule {
            only_lines: words(&[
                "almalinux*.cer",
                "almalinux*.crt",
                "almalinux*.der",
                "almalinux*.pem",
                "almalinux*.x509",
            ]),
            ..branding(
                &[AddSource],
                "a key under the distribution’s name is put in",
            )
        },
        ChangeRule {
            packages: words(&["shim-unsigned-x64", "shim-unsigned-aarch64"]),
            adds: words(&["vendor_db*", "efitools"]),
            ..branding(
                &[Replace],
                "the distribution’s own Secure Boot certificates are built in",
            )
        },
        ChangeRule {
            packages: words(&["shim-unsigned-x64", "shim-unsigned-aarch64"]),
            adds: words(&["sbat"]),
            ..branding(
                &[AddSource],
                "the distribution’s own SBAT entry is built in",
            )
        },
        ChangeRule {
            only_lines: words(&[
                "redhatsecureboot*.cer",
                "centossecureboot*.cer",
                "sbat.redhat.csv",
                "sbat.centos.csv",
            ]),
            ..branding(&[DeleteFile], "another’s key or SBAT entry is taken out")
        },
        ChangeRule {
            removes: words(&["illustration", "illustrations"]),
            removes_none: words(&BEHAVIOUR),
            only_lines: words(&["patch*:*"]),
            only_removes: true,
            ..branding(
                &[Replace, DeleteLine],
                "the reference’s pictures, which bear its brand, are left out",
            )
        },
        ChangeRule {
            removes: words(&["rhts*"]),
            removes_none: words(&BEHAVIOUR),
            ..branding(&[DeleteFile], services)
        },
        ChangeRule {
            removes: words(&["libreport rhel*", "libreport plugin rhtsupport"]),
            only_lines: words(&["requires:*libreport-rhel*", "requires:*rhtsupport*"]),
            only_removes: true,
            ..branding(&[Replace, DeleteLine], services)
        },
        ChangeRule {
            packages: words(&["anaconda"]),
            adds: words(&["almalinux disable subscription", "almalinux disable cdn*"]),
            known_words: words(&["radiobutton"]),
            ..branding(&[AddPatch], services)
        },
        ChangeRule {
            packages: words(&["gnome-settings-daemon"]),
            says: words(&["disable subman*"]),
            names: words(&["subman", "gsd subman*"]),
            ..branding(&[Replace], services)
        },
        ChangeRule {
            says: words(&["unpatch red hat help"]),
            removes: words(&["redhat help*"]),
            only_lines: words(&["patch*:*redhat-help.patch", "%patch*.redhat-help"]),
            only_removes: true,
            ..branding(
                &[Replace, DeleteLine],
                "the reference’s words about help, and nothing else, are left out",
            )
        },
        ChangeRule {
            says: words(&["almalinux watermark"]),
            only_lines: words(&[
                "(cd $rpm_build_root%{_datadir}/plymouth/themes/spinner; ln -sf ../../../pixmaps/fedora-gdm-logo.png watermark.png)",
            ]),
            ..branding(
                &[Replace, AddLine],
                "a picture of the distribution’s brand, and nothing else, is put in",
            )
        },
    ]
}
