//! What is built, kept or left out.

use super::*;

#[test]
fn what_is_switched_off_or_taken_away_is_neither_kept_nor_put_in() {
    let (off, on) = ("# CONFIG_BE2NET_BE2 is not set", "CONFIG_BE2NET_BE2=y");
    check(Replace, off, on, "hardware kept");
    check(Replace, on, off, "unknown");
    check(Replace, "CONFIG_MLX4_EN=m", "CONFIG_MLX4_EN=n", "unknown");
    check(Replace, "", "%define with_rpi 0", "unknown");
    let (on, off) = ("%global have_spice 1", "%global have_spice 0");
    check(Replace, off, on, "feature");
    check(Replace, on, off, "unknown");
    let for_some = format!("{off}\n%ifarch x86_64\n{on}\n%endif");
    check(Replace, "", &for_some, "feature");
    check(Replace, "--enable-spice", "--enable-spice=no", "unknown");
    check(AddLine, "", "%bcond_with spice", "unknown");
    let check_mesa = |removed, added, expected| {
        let said = "Enable v3d for Raspberry Pi";
        check_package("mesa", Replace, [removed, added, said], expected);
    };
    let (fewer, more) = ("-Dgallium-drivers=swrast", "-Dgallium-drivers=swrast,v3d");
    check_mesa(fewer, more, "hardware kept");
    check_mesa(more, fewer, "unknown");
    check_mesa("%define with_v3d 1", "%define with_v3d 0", "unknown");
    check_mesa("%{_libdir}/dri/v3d_dri.so", "", "unknown");
    let check_qemu = |removed, added, expected| {
        check_package("qemu-kvm", Replace, [removed, added, ""], expected);
    };
    let firmware = "%ifarch ppc64le\n%{_datadir}/%{name}/slof.bin\n%endif";
    check_qemu(firmware, "", "unknown");
    let deleted = "rm -rf %{buildroot}%{_datadir}/%{name}/slof.bin";
    check_qemu(deleted, "%ifnarch ppc64le\n%endif", "hardware kept");
    check_qemu(deleted, "%ifarch ppc64le\n%endif", "unknown");
    let exclude = "ExcludeArch: %{power64}";
    check_qemu(exclude, "ExcludeArch: i686 %{power64}", "unknown");
}

#[test]
fn what_takes_away_neither_keeps_nor_builds() {
    for text in [
        "rm -f lib/firmware/raspberrypi*",
        "%exclude /lib/firmware/raspberrypi",
        "sed -i s/CONFIG_BE2NET=m// x",
        "make SKIP_RASPBERRYPI=1 raspberry",
        "make --without-raspberry",
        "echo CONFIG_BE2NET=m; curl x",
        "rm -f ui-spice-core.so",
        "%exclude %{_libdir}/qemu-kvm/ui-spice-core.so",
        "%global have_spice 1\nfips=0",
        "make NO_SPICE=1 ui-spice",
    ] {
        check(Replace, "FOO", text, "unknown");
        check(AddLine, "", text, "unknown");
    }
    let left_out = "rm -rf %{buildroot}%{_libdir}/%{name}/ui-spice-app.so";
    check_package("qemu-kvm", Replace, ["", left_out, ""], "feature");
    check(Replace, "", left_out, "unknown");
    let numbered = |name: &str, expected: &str| {
        let features = ChangeFeatures {
            number: Some(2000),
            added: name.to_owned(),
            ..ChangeFeatures::default()
        };
        let class = class_of(&almalinux_change_rules(), "kernel", AddPatch, &features);
        assert_eq!(class.name(), expected, "{name}");
    };
    numbered("2000-keep-more-devices-deprecated.patch", "unknown");
    numbered("2000-keep-old-driver-unmaintained.patch", "unknown");
    numbered(
        "2000-add-deprecated-driver-by-moving-support.patch",
        "unknown",
    );
    numbered(
        "0003-Bring-back-deprecated-pci-ids-to-hpsa-driver.patch",
        "hardware kept",
    );
    check(
        AddPatch,
        "",
        "0001-keep-deprecated-pci-ids.patch",
        "unknown",
    );
}

#[test]
fn a_command_of_a_software_collection_is_run_as_it_was() {
    let check = |removed: &str, added: &str, expected: &str| {
        check_package("mongo-tools", Replace, [removed, added, ""], expected);
    };
    let build = "go build -tags=x -ldflags \"${LDFLAGS:-}\" -a -v -x %{?**};\\";
    let in_collection = format!("scl enable go-toolset-1.10 -- {build}");
    check(&in_collection, build, "rebuild fix");
    check(&in_collection, &build.replace(" -tags=x", ""), "unknown");
    let test = "go test -compiler gc -ldflags \"${LDFLAGS:-}\" %{?**}";
    check(
        &format!("%define gotest() scl enable go-toolset-1.10 '{test}';"),
        &format!("%define gotest() {test};"),
        "rebuild fix",
    );
    for added in ["true", "make check || :", "go test || :"] {
        check("scl enable go-toolset-1.10 -- make check", added, "unknown");
        check("scl enable go-toolset-1.10 -- go build x", added, "unknown");
    }
    check_package(
        "python-nss",
        AddPatch,
        ["", "rename-option-and-disable-fips.patch", "Fix build"],
        "unknown",
    );
}

#[test]
fn where_patches_come_from_and_what_builds() {
    for name in [
        "glibc-upstream-2.39-bz-32470.patch",
        "revert-upstream-hardening.patch\nRevert upstream hardening, feature X",
        "x.patch\nBackport the old default",
    ] {
        check(AddPatch, "", name, "unknown");
    }
    let picked = ChangeFeatures {
        from_upstream: true,
        ..ChangeFeatures::default()
    };
    let class = class_of(&almalinux_change_rules(), "bash", AddPatch, &picked);
    assert_eq!(class, ChangeClass::BackportedFix);
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
        "unknown",
    );
    check(Replace, "", "BuildArch: noarch", "unknown");
    check(
        Replace,
        "",
        "%undefine _debugsource_packages",
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
