//! AlmaLinux's table of classes of changes, for a configuration that brings none.
//!
//! Each line is one that AlmaLinux's maintainers would sign: what their configurations leave open stays unknown.

mod branding;
#[cfg(test)]
mod tests;
mod vocabulary;

use super::change_rules::{ActionKind, ChangeRule};
use crate::domain::ChangeClass;
use branding::branding;

use ActionKind::{
    AddLine, AddPatch, AddSource, ChangelogEntry, DeleteLine, ModifyRelease, Replace,
};

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
        removes_none: Vec::new(),
        adds: Vec::new(),
        adds_none: Vec::new(),
        known_words: Vec::new(),
        names: Vec::new(),
        says: Vec::new(),
        only_lines: Vec::new(),
        only_removes: false,
        only_adds: false,
        only_words: false,
        only_on: Vec::new(),
        from_upstream: false,
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
                "its name or header, not the changelog alone, says that it corrects a CVE, and the reference’s own texts name the same",
            )
        },
        ChangeRule {
            known_cve: Some(false),
            ..rule(
                ChangeClass::SecurityFixAhead,
                &[AddPatch],
                "its name or header, not the changelog alone, says that it corrects a CVE that neither the reference’s texts of this version, which are complete, nor the security advisories of this report name",
            )
        },
    ]
}

fn hardware() -> Vec<ChangeRule> {
    let from_2000 = |adds: &[&str], names: &[&str], because| ChangeRule {
        numbers: Some(2000..=2999),
        adds: words(adds),
        known_words: vocabulary::of_hardware(),
        names: words(names),
        ..rule(ChangeClass::HardwareKept, &[AddPatch], because)
    };
    let by_name = |adds: &[&str], names: &[&str]| ChangeRule {
        adds: words(adds),
        known_words: vocabulary::of_hardware(),
        names: words(names),
        ..rule(
            ChangeClass::HardwareKept,
            &[AddPatch],
            "it says that it adds, enables, keeps or brings back such devices",
        )
    };
    let on_power = |packages: &[&str]| ChangeRule {
        packages: words(packages),
        ..rule(
            ChangeClass::HardwareKept,
            &[Replace],
            "virtual machines on POWER, which the reference dropped, are kept",
        )
    };
    vec![
        from_2000(
            &[
                "bring back",
                "bring back deprecated",
                "re enable*",
                "restore support",
            ],
            &[],
            "AlmaLinux numbers patches for hardware from 2000, and this one says that it brings something back",
        ),
        from_2000(
            &["hardware", "device", "devices", "driver*", "ppc64*"],
            &["add", "enable", "keep", "keeps", "restore*"],
            "AlmaLinux numbers patches for hardware from 2000, and this one says that it adds, enables or keeps hardware",
        ),
        ChangeRule {
            packages: words(&["kernel"]),
            ..from_2000(
                &["enable all disabled pci devices by moving to unmaint*"],
                &[],
                "AlmaLinux numbers patches for hardware from 2000, and this one says that it enables all devices that were disabled",
            )
        },
        by_name(
            &["pci id", "pci ids", "raspberry*", "rpi"],
            &[
                "add",
                "bring back",
                "enable",
                "keep",
                "keeps",
                "re enable*",
                "restore*",
            ],
        ),
        by_name(&["bring back deprecated pci id*"], &[]),
        ChangeRule {
            only_lines: words(&[
                "CONFIG_BE2NET*=y",
                "CONFIG_BE2NET*=m",
                "CONFIG_MLX4*=y",
                "CONFIG_MLX4*=m",
                "CONFIG_RPI*=y",
                "CONFIG_RPI*=m",
                "CONFIG_*RASPBERRYPI*=y",
                "CONFIG_*RASPBERRYPI*=m",
            ]),
            only_adds: true,
            ..rule(
                ChangeClass::HardwareKept,
                &[Replace, AddLine],
                "drivers of devices that the reference dropped or never had are built, and nothing else changes",
            )
        },
        ChangeRule {
            says: words(&["raspberry*"]),
            only_lines: words(&[
                "%define with_v3d 1",
                "%define with_vc4 1",
                "%{_libdir}/dri/*_dri.so",
                "-Dgallium-drivers=*",
            ]),
            only_adds: true,
            ..rule(
                ChangeClass::HardwareKept,
                &[Replace],
                "it is said to be for such devices, and only drivers of graphics are put in",
            )
        },
        ChangeRule {
            removes: words(&["%{power64}"]),
            adds_none: words(&["%{power64}"]),
            only_lines: words(&["excludearch:*", "%global tools_only *"]),
            ..on_power(&["qemu-kvm", "virt-top", "virtiofsd"])
        },
        ChangeRule {
            adds: words(&["%ifarch %{power64}", "%ifarch ppc64le"]),
            only_lines: words(&["--with-devices-%{kvm_target}=*", "%{_datadir}/*/slof.bin"]),
            ..on_power(&["qemu-kvm"])
        },
        ChangeRule {
            adds: words(&["%ifnarch ppc64le"]),
            only_lines: words(&["rm -rf %{buildroot}*/slof.bin"]),
            only_removes: true,
            ..on_power(&["qemu-kvm"])
        },
    ]
}

fn architectures() -> Vec<ChangeRule> {
    const NAMES: [&str; 5] = [
        "x86_64_v2",
        "x86-64-v2",
        "%{x86_64}",
        "versioned x86_64",
        "riscv*",
    ];
    vec![
        ChangeRule {
            adds: words(&NAMES),
            only_on: words(&["x86_64_v2", "x86-64-v2", "riscv*"]),
            ..rule(
                ChangeClass::Architecture,
                &[Replace, AddLine],
                "it names an architecture that the reference does not have, and changes nothing on any other",
            )
        },
        ChangeRule {
            adds: words(&NAMES),
            known_words: vocabulary::of_architectures(),
            ..rule(
                ChangeClass::Architecture,
                &[AddPatch, AddSource],
                "its name says that it is about an architecture that the reference does not have, and says nothing else",
            )
        },
        ChangeRule {
            packages: words(&["golang"]),
            adds: words(&["%ifarch riscv64"]),
            only_lines: words(&["%global race *"]),
            ..rule(
                ChangeClass::Architecture,
                &[Replace],
                "the race detector, which does not know riscv64, is left out there alone",
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

/// Lines that a package with SPICE has and one without has not, and those that switch it on.
const LINES_OF_SPICE: [&str; 21] = [
    "%global have_spice *",
    "--with-spice",
    "--with-spice \\",
    "--without-spice",
    "--without-spice \\",
    "--enable-spice",
    "--enable-spice \\",
    "--enable-smartcard \\",
    "BuildRequires: spice-server-devel",
    "BuildRequires: libcacard-devel",
    "BuildRequires: nss-devel",
    "Requires: %{name}-ui-*",
    "Requires: %{name}-common*",
    "Obsoletes: %{name}-ui-spice *",
    "%package*ui-spice",
    "Summary: QEMU spice support",
    "%description ui-spice",
    "This package provides spice support.",
    "%files ui-spice",
    "%{_libdir}/%{name}/*spice*.so",
    "%{_libdir}/%{name}/hw-*.so",
];

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
            only_lines: words(&LINES_OF_SPICE),
            ..rule(
                ChangeClass::Feature,
                &[Replace, AddLine],
                "SPICE, which the reference dropped, is built, and nothing else changes",
            )
        },
        ChangeRule {
            packages: words(&["qemu-kvm"]),
            only_lines: words(&["rm -rf %{buildroot}%{_libdir}/%{name}/ui-spice-app.so"]),
            ..rule(
                ChangeClass::Feature,
                &[Replace],
                "a module that only a build with SPICE has is left out of the packages",
            )
        },
        ChangeRule {
            adds: words(&["gpg subkeys support", "support multiple keys"]),
            known_words: vocabulary::of_keys(),
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
    let test = "go test -compiler gc -ldflags \"${LDFLAGS:-}\" %{?**}";
    let of_system_compiler = |in_collection: &[&str], itself: &[&str]| ChangeRule {
        removes: words(in_collection),
        adds: words(itself),
        only_words: true,
        ..rule(
            ChangeClass::RebuildFix,
            &[Replace],
            "the compiler is the system’s, not that of a software collection, and nothing else changes",
        )
    };
    vec![
        ChangeRule {
            from_upstream: true,
            ..rule(
                ChangeClass::BackportedFix,
                &[AddPatch],
                "it says that it corrects something, and from which commit upstream it was taken",
            )
        },
        ChangeRule {
            adds: words(&fails),
            known_words: vocabulary::of_builds(),
            ..rule(
                ChangeClass::RebuildFix,
                &[AddPatch],
                "it says that the package would not build, and nothing else",
            )
        },
        ChangeRule {
            says: words(&fails),
            adds: words(&["rename"]),
            known_words: vocabulary::of_names_of_keys(),
            ..rule(
                ChangeClass::RebuildFix,
                &[AddPatch],
                "it is said that the package would not build, and names of keys that collide are replaced",
            )
        },
        ChangeRule {
            only_lines: words(&["%undefine _debugsource_packages"]),
            ..rule(
                ChangeClass::RebuildFix,
                &[Replace, AddLine, DeleteLine],
                "there is no package of debug sources, for which the build finds none, and nothing else changes",
            )
        },
        of_system_compiler(&["scl enable go toolset 1.10 -- go build"], &["go build"]),
        of_system_compiler(
            &[
                &format!("scl enable go toolset 1.10 '{test}'"),
                "scl enable go toolset 1.10 'go test",
            ],
            &[test, "go test"],
        ),
    ]
}
