//! Words of the names and subjects of AlmaLinux's files that say nothing beside what a line of the table is about.

/// Words that join others.
const JOINING: [&str; 13] = [
    "a", "an", "and", "as", "at", "by", "for", "in", "of", "on", "the", "to", "with",
];

/// Words about the distribution's identity: whose it is, where it is told, and that it is another's now.
const IDENTITY: [&str; 55] = [
    "add",
    "addresses",
    "alma",
    "almalinux",
    "anaconda",
    "apply",
    "background",
    "backgrounds",
    "brand",
    "bug",
    "bugs",
    "bugtracker",
    "centos",
    "change",
    "changes",
    "colors",
    "cpu",
    "debrand*",
    "distribution",
    "distro",
    "fedora",
    "from",
    "hat",
    "i686",
    "icon",
    "icons",
    "image",
    "images",
    "installer",
    "links",
    "logo",
    "logos",
    "messages",
    "name",
    "names",
    "os",
    "plugin",
    "product",
    "rebrand*",
    "red",
    "redhat",
    "references",
    "replace",
    "rh",
    "rhel",
    "set",
    "single",
    "strings",
    "support",
    "theme",
    "tracker",
    "update",
    "url",
    "vendor",
    "visible",
];

/// Words about devices, and that they work: kinds, and the drivers that the reference dropped.
const HARDWARE: [&str; 49] = [
    "aacraid",
    "add",
    "again",
    "all",
    "back",
    "be2iscsi",
    "be2net",
    "bring",
    "build",
    "card",
    "cards",
    "controller",
    "controllers",
    "device",
    "devices",
    "driv*",
    "e1000",
    "enable",
    "firmware",
    "fix",
    "hardware",
    "hpsa",
    "id",
    "ids",
    "keep",
    "keeps",
    "lpfc",
    "megaraid",
    "mlx4",
    "more",
    "mpt2sas",
    "mpt3sas",
    "mptfusion",
    "mptsas",
    "mptspi",
    "network",
    "old",
    "pci",
    "pi",
    "qla2xxx",
    "qla3xxx",
    "qla4xxx",
    "qxl",
    "raspberry",
    "re",
    "restore",
    "sas",
    "storage",
    "support",
];

/// Words about the architectures that a package is built for.
const ARCHITECTURES: [&str; 18] = [
    "add",
    "alias",
    "aliases",
    "arch",
    "arches",
    "architecture",
    "architectures",
    "build",
    "checks",
    "enable",
    "fix",
    "flags",
    "micro",
    "support",
    "target",
    "treat",
    "v2",
    "versioned",
];

/// Words about a build that fails, and what it is built with.
const BUILD: [&str; 35] = [
    "against",
    "boost",
    "build",
    "building",
    "builds",
    "clang",
    "cmake",
    "compiler",
    "error",
    "errors",
    "failing",
    "failure",
    "fails",
    "fix",
    "fixes",
    "gcc",
    "glibc",
    "go",
    "golang",
    "headers",
    "icu",
    "java",
    "llvm",
    "meson",
    "new",
    "newer",
    "nss",
    "openjdk",
    "openssl",
    "perl",
    "php",
    "python",
    "ruby",
    "rust",
    "toolchain",
];

/// Words about keys that packages are signed with.
const KEYS: [&str; 7] = ["add", "dnf", "gpg", "key", "keyring", "libdnf", "librepo"];

/// Words that names of kinds of keys are made of.
const NAMES_OF_KEYS: [&str; 6] = ["dsa", "key", "privatekey", "publickey", "py", "rsa"];

fn joined(words: &[&str]) -> Vec<String> {
    let words = words.iter().chain(&JOINING);
    words.map(|&word| word.to_owned()).collect()
}

/// What names of files say that are about the distribution's identity alone.
pub(super) fn of_identity() -> Vec<String> {
    joined(&IDENTITY)
}

/// What names of files say that are about devices alone.
pub(super) fn of_hardware() -> Vec<String> {
    joined(&HARDWARE)
}

/// What names of files say that are about architectures alone.
pub(super) fn of_architectures() -> Vec<String> {
    joined(&ARCHITECTURES)
}

/// What names of files say that are about a build that fails alone.
pub(super) fn of_builds() -> Vec<String> {
    joined(&BUILD)
}

/// What names of files say that are about keys alone.
pub(super) fn of_keys() -> Vec<String> {
    joined(&KEYS)
}

/// What names of files say that are about names of kinds of keys alone.
pub(super) fn of_names_of_keys() -> Vec<String> {
    joined(&NAMES_OF_KEYS)
}
