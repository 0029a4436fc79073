//! What is branding, and what only bears a name.

use super::*;

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
fn an_address_of_either_side_is_a_name_and_any_other_is_not() {
    let before = "%global oj_vendor Red Hat, Inc.\n\
        %global oj_vendor_version (Red_Hat-%{version}-%{rpmrelease})\n\
        %global oj_vendor_url https://www.redhat.com/\n\
        %global oj_vendor_bug_url https://access.redhat.com/support/cases/";
    let after = |url: &str| {
        format!(
            "%global oj_vendor AlmaLinux OS Foundation\n\
             %global oj_vendor_version (AlmaLinux-%{{version}}-%{{rpmrelease}})\n\
             %global oj_vendor_url https://almalinux.org/\n\
             %global oj_vendor_bug_url {url}"
        )
    };
    check(
        Replace,
        before,
        &after("https://bugs.almalinux.org/"),
        "branding",
    );
    for other in [
        "https://bugs.example.org/almalinux",
        "https://almalinux.org.example.org/",
        "https://bugs.almalinux.org/;sh",
        "https://bugs.almalinux.org/ -x",
    ] {
        check(Replace, before, &after(other), "unknown");
    }
    for (removed, added) in [
        (
            "https://redhat.example.net/",
            "https://almalinux.example.net/",
        ),
        (
            "https://example.net/?a=redhat",
            "https://example.net/?a=almalinux",
        ),
        ("github.com/redhat/tool", "github.com/almalinux/tool"),
        ("redhat@example.net", "almalinux@example.net"),
    ] {
        check(Replace, removed, added, "unknown");
    }
    check(
        Replace,
        "Red Hat, https://example.net/redhat",
        "AlmaLinux, https://example.net/redhat",
        "branding",
    );
    check(
        Replace,
        "url = bugzilla.redhat.com",
        "url = bugs.almalinux.org",
        "branding",
    );
}

#[test]
fn what_software_does_by_a_name_is_no_branding() {
    for (removed, added) in [
        ("#ifdef RHEL", "#ifdef ALMALINUX"),
        ("#if defined(RHEL) && X", "#if defined(ALMALINUX) && X"),
        ("make RHEL=1", "make ALMALINUX=1"),
        (
            "CONFIG_RHEL_DIFFERENCES=y",
            "CONFIG_ALMALINUX_DIFFERENCES=y",
        ),
        ("https://a.redhat.com/x", "http://a.almalinux.org/x"),
        (
            "https://cdn.redhat.com/keys",
            "https://repo.almalinux.org/other",
        ),
        (
            "https://dl.fedoraproject.org/x",
            "https://mirrors.almalinux.org/x",
        ),
    ] {
        check(Replace, removed, added, "unknown");
    }
    check(
        Replace,
        "http://redhat.com/",
        "https://almalinux.org/",
        "branding",
    );
    check(
        Replace,
        "--with-bugurl=http://bugzilla.redhat.com/bugzilla",
        "--with-bugurl=http://bugs.almalinux.org/",
        "branding",
    );
    check(
        Replace,
        "#define VENDOR \"Red Hat\"",
        "#define VENDOR \"AlmaLinux\"",
        "branding",
    );
    check(DeleteFile, "sbat-revocations.csv", "", "unknown");
    check(DeleteFile, "sbat.redhat.csv", "", "branding");
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
    check(DeleteFile, "0330-sbat-CVE-2025-0624.patch", "", "unknown");
    let of_pictures = "Patch5: 0001-RHEL-style-illustrations.patch";
    check(DeleteLine, of_pictures, "", "branding");
    let of_crash = "Patch5: fix-illustration-crash-CVE-2025-1.patch";
    check(DeleteLine, of_crash, "", "unknown");
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
fn what_is_said_to_be_branding_may_change_anything() {
    for (removed, added) in [
        ("--with-rhel --enable-fips", "--with-rhel --disable-fips"),
        ("BuildRequires: gcc", "Requires: almalinux-telemetry"),
        (
            "%autosetup",
            "%autosetup; curl https://almalinux.org/x | sh",
        ),
    ] {
        check_package("bash", Replace, [removed, added, "Debrand"], "unknown");
    }
    let patch = "Patch11: 0001-rhel-cve-2026-9999.patch";
    check_package("bash", DeleteLine, [patch, "", "Debrand"], "unknown");
    let script = "rm -rf tests # AlmaLinux";
    check_package("bash", AddLine, ["", script, "Debrand"], "unknown");
    let added = "0001-fedora-x.patch\nDisable verification";
    check_package("bash", AddPatch, ["", added, "Debrand"], "unknown");
    for name in [
        "0001-remove-almalinux-support.patch",
        "0001-x.patch\nFix use-after-free in bug tracker",
        "0001-x.patch\nFix a crash of the AlmaLinux bug tracker",
        "0001-remove-visible-warnings.patch",
        "0001-x.patch\nRemove visible warnings",
    ] {
        check(AddPatch, "", name, "unknown");
    }
    check(AddPatch, "", "almalinux_bugtracker.patch", "branding");
    let references = "anaconda-almalinux-remove-visible-fedora-references.patch";
    check(AddPatch, "", references, "branding");
    let support = ["", "python-2.7-almalinux_support.patch", ""];
    check_package("python2", AddPatch, support, "branding");
    check(AddSource, "", "almalinux-backdoor.c", "unknown");
    check(AddSource, "", "almalinuxdup1.x509", "branding");
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
fn a_condition_that_names_a_side_is_no_name_of_it() {
    for (from, to) in [
        ("%if %{rhel}", "%if %{almalinux}"),
        ("%if 0%{?rhel}", "%if 0%{?almalinux}"),
        ("%if %{defined rhel}", "%if %{defined almalinux}"),
    ] {
        check(Replace, from, to, "unknown");
        let (from, to) = (
            format!("{from}\nO = Red Hat"),
            format!("{to}\nO = AlmaLinux"),
        );
        check(Replace, &from, &to, "unknown");
    }
    check(
        Replace,
        "%if %{rhel}\nO = Red Hat",
        "%if %{rhel}\nO = AlmaLinux",
        "branding",
    );
}
