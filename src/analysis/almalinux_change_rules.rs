//! AlmaLinux's table of classes of changes, for a configuration that brings none.
//!
//! Each line is one that AlmaLinux's maintainers would sign: what their configurations leave open stays unknown.

use super::change_rules::{ActionKind, ChangeRule};
use crate::domain::ChangeClass;

use ActionKind::{
    AddLine, AddPatch, AddSource, ChangelogEntry, DeleteFile, DeleteLine, ModifyRelease, Replace,
};

/// The names of the reference and of those that it is made from.
const REFERENCE: [&str; 16] = [
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
];

/// The distribution's own.
const OWN: [&str; 6] = [
    "almalinux os foundation",
    "almalinux os",
    "almalinuxsecureboot*",
    "almalinux",
    "clsecureboot*",
    "alsecureboot*",
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

/// The table.
pub(super) fn almalinux_change_rules() -> Vec<ChangeRule> {
    [
        what_says_it_itself(),
        hardware(),
        architectures(),
        branding(),
        features(),
        fixes(),
    ]
    .concat()
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

fn rule(class: ChangeClass, actions: &[ActionKind], because: &str) -> ChangeRule {
    ChangeRule {
        class,
        actions: actions.to_vec(),
        packages: Vec::new(),
        numbers: None,
        removes: Vec::new(),
        adds: Vec::new(),
        names: Vec::new(),
        says: Vec::new(),
        only_lines: Vec::new(),
        only_removes: false,
        only_words: false,
        known_cve: None,
        because: because.to_owned(),
    }
}

fn what_says_it_itself() -> Vec<ChangeRule> {
    vec![
        rule(
            ChangeClass::ReleaseMechanics,
            &[ModifyRelease, ChangelogEntry],
            "they say that the package was rebuilt, not how",
        ),
        ChangeRule {
            known_cve: Some(true),
            ..rule(
                ChangeClass::BackportedFix,
                &[AddPatch],
                "the reference’s own texts name the same CVE",
            )
        },
        ChangeRule {
            known_cve: Some(false),
            ..rule(
                ChangeClass::SecurityFixAhead,
                &[AddPatch],
                "the reference’s texts of this version do not name this CVE",
            )
        },
    ]
}

fn hardware() -> Vec<ChangeRule> {
    let devices = "it names devices that the reference dropped or never had";
    let power = ["qemu-kvm", "virt-top", "virtiofsd"];
    let on_power = || ChangeRule {
        packages: words(&power),
        ..rule(
            ChangeClass::HardwareKept,
            &[Replace],
            "virtual machines on POWER, which the reference dropped, are kept",
        )
    };
    vec![
        ChangeRule {
            numbers: Some(2000..=2999),
            ..rule(
                ChangeClass::HardwareKept,
                &[AddPatch],
                "AlmaLinux numbers patches for hardware from 2000",
            )
        },
        ChangeRule {
            adds: words(&[
                "pci id",
                "pci ids",
                "raspberry*",
                "rpi",
                "config_be2net*",
                "config_mlx4*",
            ]),
            ..rule(ChangeClass::HardwareKept, &[], devices)
        },
        ChangeRule {
            says: words(&["raspberry*"]),
            ..rule(ChangeClass::HardwareKept, &[], devices)
        },
        ChangeRule {
            names: words(&["%{power64}", "ppc64le", "slof*"]),
            ..on_power()
        },
    ]
}

fn architectures() -> Vec<ChangeRule> {
    vec![
        ChangeRule {
            adds: words(&[
                "x86_64_v2",
                "x86-64-v2",
                "%{x86_64}",
                "versioned x86_64",
                "riscv*",
            ]),
            ..rule(
                ChangeClass::Architecture,
                &[],
                "it names an architecture that the reference does not have",
            )
        },
        ChangeRule {
            says: words(&["x86_64_v2", "versioned x86_64", "riscv*"]),
            ..rule(
                ChangeClass::Architecture,
                &[],
                "it serves an architecture that the reference does not have",
            )
        },
        ChangeRule {
            packages: words(&["golang"]),
            adds: words(&["%{race}"]),
            only_removes: true,
            ..rule(
                ChangeClass::Architecture,
                &[Replace],
                "the race detector, which does not know riscv64, is left out there alone",
            )
        },
        ChangeRule {
            adds: words(&["%{arm}"]),
            only_lines: words(&["exclusivearch:*"]),
            ..rule(
                ChangeClass::Architecture,
                &[Replace],
                "it is built for an architecture that the reference does not have",
            )
        },
    ]
}

fn branding() -> Vec<ChangeRule> {
    let branding = |actions: &[ActionKind], because| rule(ChangeClass::Branding, actions, because);
    let services = "services of the reference’s vendor, for its own subscribers, are taken out";
    vec![
        ChangeRule {
            adds: words(&[
                "debrand*",
                "branding",
                "rebrand*",
                "bug tracker",
                "bugtracker",
                "trademark*",
                "installer colors",
                "remove visible*",
            ]),
            ..branding(
                &[AddPatch, AddSource],
                "its name says that it is about the distribution’s identity",
            )
        },
        ChangeRule {
            adds: words(&["almalinux support", "almalinux plugin"]),
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
            adds: words(&["almalinux*"]),
            ..branding(
                &[AddSource],
                "a key or a setting under the distribution’s name is put in",
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
            removes: words(&["redhatsecureboot*", "centossecureboot*", "sbat"]),
            ..branding(&[DeleteFile], "another’s key or SBAT entry is taken out")
        },
        ChangeRule {
            removes: words(&["illustration", "illustrations"]),
            only_lines: words(&["patch*:*"]),
            only_removes: true,
            ..branding(
                &[Replace, DeleteLine],
                "the reference’s pictures, which bear its brand, are left out",
            )
        },
        ChangeRule {
            removes: words(&["rhts*"]),
            ..branding(&[DeleteFile], services)
        },
        ChangeRule {
            removes: words(&["libreport rhel*", "libreport plugin rhtsupport"]),
            only_lines: words(&["requires:*libreport-rhel*", "requires:*rhtsupport*"]),
            only_removes: true,
            ..branding(&[Replace, DeleteLine], services)
        },
        ChangeRule {
            adds: words(&["almalinux disable subscription", "almalinux disable cdn*"]),
            ..branding(&[AddPatch], services)
        },
        ChangeRule {
            says: words(&["disable subman*"]),
            ..branding(&[Replace], services)
        },
        ChangeRule {
            says: words(&[
                "debrand*",
                "branding",
                "rebrand*",
                "almalinux bug tracker",
                "almalinux bugtracker",
                "almalinux cert",
                "almalinux detection",
                "almalinux to supported distros",
                "almalinux watermark",
                "unpatch red hat help",
            ]),
            names: words(&NAMES),
            ..branding(
                &[],
                "it is said to be about the distribution’s identity, and names a distribution",
            )
        },
    ]
}

fn features() -> Vec<ChangeRule> {
    vec![
        ChangeRule {
            adds: words(&[
                "have_spice",
                "with spice",
                "enable spice",
                "ui spice*",
                "%{have_spice}",
            ]),
            ..rule(
                ChangeClass::Feature,
                &[Replace, AddLine],
                "SPICE, which the reference dropped, is built",
            )
        },
        ChangeRule {
            adds: words(&["gpg subkeys support", "support multiple keys"]),
            ..rule(
                ChangeClass::Feature,
                &[AddPatch],
                "keys are accepted that the reference’s package does not accept",
            )
        },
    ]
}

fn fixes() -> Vec<ChangeRule> {
    let fails = ["ftbfs", "fix build", "fails to build"];
    vec![
        ChangeRule {
            adds: words(&["upstream*", "backport*", "cherry picked from commit"]),
            ..rule(
                ChangeClass::BackportedFix,
                &[AddPatch],
                "its name or its header says that it comes from upstream",
            )
        },
        ChangeRule {
            adds: words(&fails),
            ..rule(
                ChangeClass::RebuildFix,
                &[AddPatch],
                "it says that the package would not build",
            )
        },
        ChangeRule {
            says: words(&fails),
            ..rule(
                ChangeClass::RebuildFix,
                &[],
                "it is said that the package would not build",
            )
        },
        ChangeRule {
            says: words(&["to build", "portable packages"]),
            ..rule(
                ChangeClass::RebuildFix,
                &[],
                "it is said what the package is built from",
            )
        },
        ChangeRule {
            only_lines: words(&[
                "buildrequires:*",
                "buildarch:*",
                "%undefine _debugsource_packages",
            ]),
            ..rule(
                ChangeClass::RebuildFix,
                &[Replace, AddLine, DeleteLine],
                "what the build needs and how it is cut into packages changes, and nothing else",
            )
        },
        ChangeRule {
            removes: words(&["scl enable go toolset*"]),
            ..rule(
                ChangeClass::RebuildFix,
                &[Replace],
                "the compiler is the system’s, not that of a software collection",
            )
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::super::change_rules::ActionKind::{RunScript, Unknown};
    use super::super::change_rules::{ChangeFeatures, class_of};
    use super::*;

    fn check_package(
        package: &str,
        action: ActionKind,
        [removed, added, purpose]: [&str; 3],
        expected: &str,
    ) {
        let features = ChangeFeatures {
            removed: removed.to_owned(),
            added: added.to_owned(),
            purpose: (!purpose.is_empty()).then(|| purpose.to_owned()),
            ..ChangeFeatures::default()
        };
        let class = class_of(&almalinux_change_rules(), package, action, &features);
        assert_eq!(
            class.name(),
            expected,
            "{action:?} {removed:?} {added:?} {purpose:?}"
        );
    }

    fn check(action: ActionKind, removed: &str, added: &str, expected: &str) {
        check_package("bash", action, [removed, added, ""], expected);
    }

    #[test]
    fn names_of_either_side_are_branding() {
        check(Replace, "O = Red Hat", "O = AlmaLinux", "branding");
        check(
            Replace,
            "mailto:secalert@redhat.com",
            "mailto:security@almalinux.org",
            "branding",
        );
        check(
            Replace,
            "the Red Hat Enterprise\nLinux kernel ABI",
            "the AlmaLinux\nkernel ABI",
            "branding",
        );
        check(
            Replace,
            "-n redhatsecureboot301",
            "-n clsecureboot001",
            "branding",
        );
        check(
            DeleteLine,
            "Source1: redhatsecureboot501.cer",
            "",
            "branding",
        );
        check(DeleteFile, "redhatsecureboot501.cer", "", "branding");
        check(AddSource, "", "almalinuxsecurebootca0.cer", "branding");
        check(AddLine, "", "%global efi_vendor almalinux", "branding");
        check(AddPatch, "", "debrand-single-cpu.patch", "branding");
        check(
            Replace,
            "%if 0%{?rhel}\nRequires: libreport-rhel\n%else",
            "%if 0%{!?rhel}",
            "branding",
        );
    }

    #[test]
    fn a_name_beside_another_change_is_no_branding() {
        check(
            Replace,
            "opt --enable-fips",
            "opt --disable-fips # AlmaLinux",
            "unknown",
        );
        check(
            Replace,
            "O = Red Hat\nbits = 4096",
            "O = AlmaLinux\nbits = 1024",
            "unknown",
        );
        check(
            DeleteLine,
            "%patch5 -p1 # rhel security hardening",
            "",
            "unknown",
        );
        check(DeleteLine, "Patch5: rhel-hardening.patch", "", "unknown");
        check(
            DeleteLine,
            "Source1: redhatsecureboot501.cer\nmake check",
            "",
            "unknown",
        );
        check(DeleteFile, "rhel-hardening.patch", "", "unknown");
        check(
            AddLine,
            "",
            "%global efi_vendor almalinux\nrm -rf tests",
            "unknown",
        );
        check(AddPatch, "", "fix-logo-crash.patch", "unknown");
        check(Replace, "timeout=5", "timeout=500 # debranding", "unknown");
    }

    #[test]
    fn a_name_in_passing_tells_nothing() {
        check(
            Replace,
            "",
            "%if 0%{?almalinux}\n%define with_v3d 1\n%endif",
            "unknown",
        );
        check(
            Replace,
            "%if 0%{?centos} == 0\n%else\n%endif",
            "",
            "unknown",
        );
        check(
            Replace,
            "Requires: redhat-rpm-config",
            "Requires: gcc",
            "unknown",
        );
        check(
            AddPatch,
            "",
            "anaconda-almalinux-add-minimal-repo.patch",
            "unknown",
        );
        check(DeleteLine, "--enable-autoreporting", "", "unknown");
        check(RunScript, "", "fix-build.sh", "unknown");
        check(Unknown, "", "", "unknown");
    }

    #[test]
    fn one_purpose_that_is_said() {
        let check = |purpose, removed, added, expected| {
            check_package("bash", Replace, [removed, added, purpose], expected);
        };
        let help = "Patch1022: openssh-8.7p1-redhat-help.patch";
        check("Unpatch Red Hat help message", help, "", "branding");
        check("", help, "", "unknown");
        check(
            "Debrand for AlmaLinux",
            "timeout=5",
            "timeout=500",
            "unknown",
        );
        check(
            "Enable v3d for Raspberry Pi",
            "",
            "%define with_v3d 1",
            "hardware kept",
        );
        check("Add x86_64_v2 support", "", "x", "architecture");
        check("Use a new pacemaker to build it", "a", "b", "rebuild fix");
    }

    #[test]
    fn architectures_and_hardware() {
        check(Replace, "", "%ifarch x86_64_v2", "architecture");
        check(
            Replace,
            "\"x86_64 aarch64\"",
            "\"%{x86_64} aarch64\"",
            "architecture",
        );
        check(Replace, "%ifarch i686 x86_64", "%ifarch x86_64", "unknown");
        check(
            AddPatch,
            "",
            "0002-Bring-back-deprecated-pci-ids.patch",
            "hardware kept",
        );
        check(Replace, "", "# but we do for RPi", "hardware kept");
        check(Replace, "", "interpid", "unknown");
        let exclude = "ExcludeArch: i686 %{power64}";
        check_package(
            "virtiofsd",
            Replace,
            [exclude, "ExcludeArch: i686", ""],
            "hardware kept",
        );
        check(Replace, exclude, "ExcludeArch: i686", "unknown");
    }

    #[test]
    fn features_are_what_the_reference_cannot_do() {
        check(
            Replace,
            "opt --without-spice",
            "opt --with-spice",
            "feature",
        );
        check(
            Replace,
            "",
            "%if 0%{have_spice}\n--enable-spice \\\n%endif",
            "feature",
        );
        check(
            AddPatch,
            "",
            "9100-add_gpg_subkeys_support.patch",
            "feature",
        );
    }

    #[test]
    fn where_patches_come_from_and_what_builds() {
        check(
            AddPatch,
            "",
            "glibc-upstream-2.39-bz-32470.patch",
            "backported fix",
        );
        check(
            AddPatch,
            "",
            "0001-x.patch\nFix FTBFS with NSS",
            "rebuild fix",
        );
        check(
            Replace,
            "BuildRequires: go-toolset",
            "BuildRequires: golang",
            "rebuild fix",
        );
        check(
            Replace,
            "BuildRequires: a\nRequires: b",
            "BuildRequires: c",
            "unknown",
        );
        check(ModifyRelease, "", ".alma.1", "release mechanics");
    }

    #[test]
    fn numbers_and_vulnerabilities() {
        let check = |name: &str, number: Option<u32>, known_cve: Option<bool>, expected: &str| {
            let features = ChangeFeatures {
                number,
                known_cve,
                added: name.to_owned(),
                ..ChangeFeatures::default()
            };
            let class = class_of(&almalinux_change_rules(), "bash", AddPatch, &features);
            assert_eq!(class.name(), expected, "{name} {number:?} {known_cve:?}");
        };
        check("x.patch", Some(2001), None, "hardware kept");
        check("fix-logo-crash.patch", Some(2001), None, "hardware kept");
        check("x.patch", Some(1000), None, "unknown");
        check("CVE-2020-1111.patch", None, None, "unknown");
        check("x.patch", Some(2001), Some(true), "backported fix");
        check("x.patch", None, Some(false), "security fix ahead");
    }

    #[test]
    fn a_rule_reads_as_a_sentence() {
        let shown: Vec<String> = almalinux_change_rules()
            .iter()
            .map(ChangeRule::to_string)
            .collect();
        assert_eq!(shown[3], "add patch; number 2000 to 2999");
        assert_eq!(
            shown[2],
            "add patch; names a CVE that the reference does not name"
        );
        assert!(shown.contains(
            &"replace; the changelog says one thing alone, with one of: disable subman*".to_owned()
        ));
        for kind in ActionKind::ALL {
            assert_eq!(kind.name().parse(), Ok(kind));
        }
    }
}
