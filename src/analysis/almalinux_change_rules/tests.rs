mod branding;
mod builds;

use super::super::change_rules::ActionKind::{AddSource, DeleteFile, RunScript, Unknown};
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
    let raspberry = "Enable v3d for Raspberry Pi";
    check(raspberry, "", "%define with_v3d 1", "hardware kept");
    check(
        raspberry,
        "-Dgallium-drivers=swrast",
        "-Dgallium-drivers=swrast,v3d",
        "hardware kept",
    );
    check(
        "Add x86_64_v2 support",
        "",
        "%ifarch x86_64_v2",
        "architecture",
    );
    check("Use a new pacemaker to build it", "a", "b", "unknown");
    check("Use el8 portable packages", "a", "b", "unknown");
    check("Disable subman plugin", "", "%if %{with subman}", "unknown");
    check_package(
        "gnome-settings-daemon",
        Replace,
        ["", "%if %{with subman}", "Disable subman plugin"],
        "branding",
    );
    check_package(
        "gnome-settings-daemon",
        Replace,
        ["timeout=5", "timeout=500", "Disable subman plugin"],
        "unknown",
    );
}

#[test]
fn what_is_said_alone_classes_nothing() {
    for said in [
        "Add riscv64 support",
        "Add x86_64_v2 support",
        "Fix build",
        "Fix FTBFS",
        "Enable v3d for Raspberry Pi",
    ] {
        let (on, off) = ("--enable-selinux", "--disable-selinux");
        check_package("bash", Replace, [on, off, said], "unknown");
        check_package("bash", AddLine, ["", "Test: Top1", said], "unknown");
        check_package("bash", AddPatch, ["", "x.patch", said], "unknown");
    }
    let rename = "0001-Rename-DSA-PublicKey.patch";
    check_package("bash", AddPatch, ["", rename, "Fix FTBFS"], "rebuild fix");
    for rule in almalinux_change_rules() {
        assert!(rule.looks_at_what_is_changed(), "{rule}");
    }
    let rule = ChangeRule {
        says: words(&["fix build"]),
        ..rule(ChangeClass::RebuildFix, &[], "it is said")
    };
    let features = ChangeFeatures {
        purpose: Some("Fix build".to_owned()),
        ..ChangeFeatures::default()
    };
    assert_eq!(
        class_of(&[rule], "bash", Replace, &features),
        ChangeClass::Unknown
    );
}

#[test]
fn what_goes_beyond_an_architecture_or_a_name_is_not_known() {
    let fips = [
        "%global arches x86_64\n%global with_fips 1",
        "%global arches x86_64 riscv64\n%global with_fips 0",
    ];
    check(Replace, fips[0], fips[1], "unknown");
    let mode = [
        "%global arches x86_64\nmode strict",
        "%global arches x86_64 riscv64\nmode weak",
    ];
    check(Replace, mode[0], mode[1], "unknown");
    let seccomp = "%global with_riscv 1\n%global with_seccomp 0";
    check(Replace, "%global with_riscv 0", seccomp, "unknown");
    for name in [
        "riscv-Revert-CVE-2026-1234-fix.patch",
        "Allow-x86_64_v2-and-drop-seccomp-sandbox.patch",
        "0001-Do-not-debrand-keep-names.patch",
        "almalinux-branding-and-bypass-signature-check.patch",
        "almalinux-plugin-allow-unsigned.patch",
        "0001-installer-colors-and-partitioning-default.patch",
    ] {
        check(AddPatch, "", name, "unknown");
    }
    check(
        Replace,
        "--with-rhel-policy",
        "--with-almalinux-policy",
        "unknown",
    );
    check(
        Replace,
        "--with-vendor=RHEL",
        "--with-vendor=AlmaLinux",
        "branding",
    );
    check(
        Replace,
        "",
        "CONFIG_RPI_FIRMWARE=y\nCONFIG_SECURITY_LOCKDOWN=n",
        "unknown",
    );
    check(Replace, "", "CONFIG_RPI_FIRMWARE=y", "hardware kept");
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
        Replace,
        "make check",
        "make check || : # riscv64",
        "unknown",
    );
    check(AddLine, "", "# for riscv64\nmake check || :", "unknown");
    check(
        AddPatch,
        "",
        "0002-Bring-back-deprecated-pci-ids.patch",
        "hardware kept",
    );
    check(Replace, "", "# but we do for RPi", "unknown");
    check(Replace, "", "interpid", "unknown");
    let exclude = "ExcludeArch: i686 %{power64}";
    check_package(
        "virtiofsd",
        Replace,
        [exclude, "ExcludeArch: i686", ""],
        "hardware kept",
    );
    check(Replace, exclude, "ExcludeArch: i686", "unknown");
    let check_qemu = |removed, added, expected| {
        check_package("qemu-kvm", Replace, [removed, added, ""], expected);
    };
    check_qemu(
        "",
        "%ifarch ppc64le\n%{_datadir}/%{name}/slof.bin\n%endif",
        "hardware kept",
    );
    check_qemu("", "%ifarch ppc64le\n--disable-tcg \\\n%endif", "unknown");
    check_qemu("", "ExcludeArch: %{power64}", "unknown");
    check_package(
        "anaconda",
        AddPatch,
        ["", "anaconda-almalinux-disable-cdn-radiobutton.patch", ""],
        "branding",
    );
    check(AddPatch, "", "almalinux-disable-cdn-cache.patch", "unknown");
}

#[test]
fn features_are_what_the_reference_cannot_do() {
    check(Replace, "--without-spice \\", "--with-spice \\", "feature");
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
fn a_name_with_a_word_that_no_rule_knows_tells_nothing() {
    for name in [
        "0001-debrand-and-drop-fips-check.patch",
        "0001-rebrand-and-turn-off-gpgcheck.patch",
        "0001-branding-skip-tls-validation.patch",
        "0001-almalinux-support-weaken-ciphers.patch",
        "0001-add-check-that-refuses-raspberry-pi.patch",
        "change-all-not-only-riscv64.patch",
        "fix-build-and-change-default.patch",
        "do-not-ftbfs-drop-feature.patch",
        "add-gpg-subkeys-support-and-accept-all.patch",
        "x.patch\nDebrand the installer and its defaults",
    ] {
        check(AddPatch, "", name, "unknown");
    }
    check(
        AddPatch,
        "",
        "0001-debrand.patch\nRebrand for AlmaLinux 9",
        "branding",
    );
    let with_number = |name: &str, expected: &str| {
        let features = ChangeFeatures {
            number: Some(2001),
            added: name.to_owned(),
            ..ChangeFeatures::default()
        };
        let class = class_of(&almalinux_change_rules(), "kernel", AddPatch, &features);
        assert_eq!(class.name(), expected, "{name}");
    };
    for name in [
        "2001-add-warning-that-driver-is-unsupported.patch",
        "2003-enable-rejection-of-old-devices.patch",
        "2004-enable-device-mapper-debug.patch",
        "2005-bring-back-the-old-cipher.patch",
        "2006-keep-all-devices-disabled.patch",
    ] {
        with_number(name, "unknown");
    }
    let moved = "0001-Enable-all-disabled-pci-devices-by-moving-to-unmaint.patch";
    with_number(moved, "hardware kept");
    with_number("2007-bring-back-the-old-mlx4-driver.patch", "hardware kept");
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
    check("x.patch", Some(2001), None, "unknown");
    check("fix-logo-crash.patch", Some(2001), None, "unknown");
    check(
        "x.patch\nRe-enable megaraid_sas",
        Some(2001),
        None,
        "hardware kept",
    );
    check(
        "0004-Keep-the-hpsa-driver.patch",
        Some(2999),
        None,
        "hardware kept",
    );
    check(
        "0004-Keep-the-hpsa-driver.patch",
        Some(3000),
        None,
        "unknown",
    );
    check("0004-Keep-the-hpsa-driver.patch", None, None, "unknown");
    check("Add-ppc64-support.patch", Some(2001), None, "hardware kept");
    for taken_away in [
        "Remove the broken driver foo",
        "Drop ppc64le support",
        "Disable hardware acceleration",
        "Fix crash in device mapper",
        "Add test for the driver",
        "Speak of a driver",
    ] {
        check(
            &format!("x.patch\n{taken_away}"),
            Some(2001),
            None,
            "unknown",
        );
    }
    let removed = "x.patch\nRemove PCI IDs of old cards";
    check(removed, Some(1001), None, "unknown");
    check(
        "2002-Enable-QXL-device-build.patch",
        Some(2002),
        None,
        "hardware kept",
    );
    check("x.patch", Some(1000), None, "unknown");
    check("CVE-2020-1111.patch", None, None, "unknown");
    check("driver.patch", Some(2001), Some(true), "backported fix");
    check("x.patch", None, Some(false), "security fix ahead");
}

#[test]
fn a_rule_reads_as_a_sentence() {
    let shown: Vec<String> = almalinux_change_rules()
        .iter()
        .map(ChangeRule::to_string)
        .collect();
    assert_eq!(
        shown[3],
        format!(
            "add patch; number 2000 to 2999; puts in one of: bring back, bring back deprecated, re enable*, restore support; besides puts in no words but: {}",
            vocabulary::of_hardware().join(", ")
        )
    );
    assert_eq!(
        shown[2],
        "add patch; says that it corrects a CVE that the reference does not name"
    );
    assert!(shown.contains(
        &"replace; of gnome-settings-daemon; takes away or puts in one of: subman, gsd subman*; the changelog says one thing alone, with one of: disable subman*".to_owned()
    ));
    for kind in ActionKind::ALL {
        assert_eq!(kind.name().parse(), Ok(kind));
    }
}
