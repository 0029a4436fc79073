//! The binary interface of packages: what programs and kernel modules that were built against them need to find.

use std::fmt;
use std::sync::Arc;

/// One entry of a binary interface, as rpm's generators of provides write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AbiEntry<'a> {
    /// A library, or one of its symbol versions: `libcrypto.so.3(OPENSSL_3.0.0)(64bit)`.
    SymbolVersion {
        /// The library's soname.
        soname: &'a str,
        /// The symbol version; empty for the library itself.
        version: &'a str,
        /// What marks the width of the machine: `(64bit)`, or nothing for 32 bits.
        mark: &'a str,
    },
    /// A symbol of the kernel or of a module: `kernel(printk) = 0x92997ed8`.
    KernelSymbol {
        /// The provide's name, `kernel(SYMBOL)` or `ksym(SYMBOL)`.
        name: &'a str,
        /// The checksum of the symbol's type, which changes with the interface; `None` where it is not recorded.
        crc: Option<u32>,
    },
}

/// The entries that one package provides, sorted, each once. Kept as one text, since a repository has very many of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AbiList(Arc<str>);

/// The binary interface of a source package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceAbi {
    /// For each of its binary packages, in their order, what that provides; `None` where the metadata do not record it.
    pub binaries: Vec<Option<AbiList>>,
    /// Its packages of another architecture in the same repositories, `zlib.i686`, and what they provide; sorted. `None` also
    /// where what is there is of another version than this one.
    pub multilib: Vec<(String, Option<AbiList>)>,
    /// The kernel's own list of its stable symbols (Module.kabi), where it is at hand.
    pub kernel_list: Option<AbiList>,
}

/// What the comparison of a source package's binary interface on one architecture comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AbiVerdict {
    /// All that the reference exports is there, and nothing else.
    Kept,
    /// All that the reference exports is there, and more.
    Extended,
    /// Something that the reference exports is missing or changed.
    Broken,
    /// There was nothing to compare.
    NotCompared(AbiNotComparedReason),
}

/// Why a binary interface was not compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AbiNotComparedReason {
    /// Neither side exports anything.
    NothingExported,
    /// The reference does not have the package.
    NotInReference,
    /// The distribution does not have the package.
    NotInDistribution,
    /// The reference does not have the architecture.
    NoReferenceArchitecture,
    /// The reference's metadata do not record what its packages provide.
    ReferenceUnrecorded,
    /// The distribution's metadata do not record what its packages provide.
    DistributionUnrecorded,
    /// The reference's list is not complete, and lacks the package, or binary packages that may have what looks added.
    ReferenceIncomplete,
    /// The distribution's list is not complete, and lacks the package, or binary packages that may have what looks missing.
    DistributionIncomplete,
    /// The checksum of a kernel symbol is not recorded.
    CrcUnknown,
    /// No kernel symbols of the reference are at hand, although the distribution's are.
    ReferenceKernelUnknown,
    /// No kernel symbols of the distribution are at hand, although the reference's are.
    DistributionKernelUnknown,
    /// One side's kernel symbols are known from what its packages provide, the other's from a list alone.
    KernelSourcesDiffer,
}

/// Counts of entries of one kind. What the reference exports is kept, missing or changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AbiCounts {
    /// The distribution has it, too.
    pub kept: u32,
    /// The distribution does not have it.
    pub missing: u32,
    /// The distribution has it with another checksum.
    pub changed: u32,
    /// Only the distribution has it.
    pub added: u32,
}

impl<'a> AbiEntry<'a> {
    /// Reads a provide of this name and value; `None` where it is no part of a binary interface.
    ///
    /// Objects that are no libraries, such as plug-ins of one program, do not count: their names neither begin as a library's or
    /// the dynamic linker's, nor have a version.
    pub fn of_provide(name: &'a str, value: &str) -> Option<Self> {
        if name
            .bytes()
            .any(|byte| byte.is_ascii_whitespace() || byte.is_ascii_control())
        {
            return None;
        }
        if is_kernel_symbol(name) {
            let crc = value
                .strip_prefix("0x")
                .or_else(|| value.strip_prefix("0X"));
            return Some(Self::KernelSymbol {
                name,
                crc: crc.and_then(|digits| u32::from_str_radix(digits, 16).ok()),
            });
        }
        let (soname, rest) = name.split_at(name.find('(').unwrap_or(name.len()));
        if !is_soname(soname) {
            return None;
        }
        let (version, mark) = match rest.strip_prefix('(') {
            Some(rest) => rest.split_once(')')?,
            None => ("", ""),
        };
        Some(Self::SymbolVersion {
            soname,
            version,
            mark,
        })
    }

    /// The entry without its checksum.
    pub fn unchecked(self) -> Self {
        match self {
            Self::KernelSymbol { name, .. } => Self::KernelSymbol { name, crc: None },
            other => other,
        }
    }

    /// The checksum, where it has one.
    pub fn crc(self) -> Option<u32> {
        match self {
            Self::KernelSymbol { crc, .. } => crc,
            Self::SymbolVersion { .. } => None,
        }
    }

    /// The library that a symbol version is one of; `None` for a library itself and for what is the kernel's.
    pub fn library(self) -> Option<Self> {
        match self {
            Self::SymbolVersion {
                soname,
                version,
                mark,
            } if !version.is_empty() => Some(Self::SymbolVersion {
                soname,
                version: "",
                mark,
            }),
            _ => None,
        }
    }

    /// Whether it is one of the kernel's.
    pub fn is_of_kernel(self) -> bool {
        matches!(self, Self::KernelSymbol { .. })
    }

    fn of_line(line: &'a str) -> Option<Self> {
        let (name, value) = line.split_once(" = ").unwrap_or((line, ""));
        Self::of_provide(name, value)
    }
}

impl AbiList {
    /// The list of entries.
    pub fn of<'a>(entries: impl IntoIterator<Item = AbiEntry<'a>>) -> Self {
        let lines: Vec<String> = entries.into_iter().map(|entry| entry.to_string()).collect();
        Self::of_lines(lines.iter().map(String::as_str))
    }

    /// The list of entries in their written form.
    pub fn of_lines<'a>(lines: impl IntoIterator<Item = &'a str>) -> Self {
        let mut lines: Vec<&str> = lines.into_iter().collect();
        if !lines.is_sorted_by(|one, next| one < next) {
            lines.sort_unstable();
            lines.dedup();
        }
        Self(lines.join("\n").into())
    }

    /// The entries.
    pub fn entries(&self) -> impl Iterator<Item = AbiEntry<'_>> {
        self.0.lines().filter_map(AbiEntry::of_line)
    }

    /// Whether any of the entries is one of the kernel's.
    pub fn has_kernel_symbols(&self) -> bool {
        let begins = |start: &str| self.0.starts_with(start.trim_start()) || self.0.contains(start);
        begins("\nkernel(") || begins("\nksym(")
    }

    /// The text that it is kept as.
    pub fn text(&self) -> &Arc<str> {
        &self.0
    }
}

impl From<Arc<str>> for AbiList {
    /// The list that was kept as this text.
    fn from(text: Arc<str>) -> Self {
        Self(text)
    }
}

impl AbiCounts {
    /// What the reference exports.
    pub fn reference(self) -> u32 {
        self.kept + self.missing + self.changed
    }
}

impl std::ops::AddAssign for AbiCounts {
    fn add_assign(&mut self, other: Self) {
        self.kept += other.kept;
        self.missing += other.missing;
        self.changed += other.changed;
        self.added += other.added;
    }
}

impl fmt::Display for AbiEntry<'_> {
    /// As rpm writes it; a library of 32 bits has no parentheses.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SymbolVersion {
                soname,
                version: "",
                mark: "",
            } => formatter.write_str(soname),
            Self::SymbolVersion {
                soname,
                version,
                mark,
            } => write!(formatter, "{soname}({version}){mark}"),
            Self::KernelSymbol {
                name,
                crc: Some(crc),
            } => write!(formatter, "{name} = {crc:#010x}"),
            Self::KernelSymbol { name, crc: None } => formatter.write_str(name),
        }
    }
}

fn is_kernel_symbol(name: &str) -> bool {
    let symbol = name
        .strip_prefix("kernel(")
        .or_else(|| name.strip_prefix("ksym("))
        .and_then(|rest| rest.strip_suffix(')'));
    symbol.is_some_and(|symbol| !symbol.is_empty())
}

fn is_soname(name: &str) -> bool {
    let is_library = ["lib", "ld-", "ld64"]
        .iter()
        .any(|start| name.starts_with(start));
    let is_versioned = name.split_once(".so.").is_some_and(|(stem, version)| {
        let is_number = version.starts_with(|first: char| first.is_ascii_digit());
        is_number && !stem.is_empty() && !stem.contains('/')
    });
    is_versioned || is_library && (name.ends_with(".so") || name.contains(".so."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, value: &str, expected: Option<AbiEntry<'_>>, written: &str) {
        let entry = AbiEntry::of_provide(name, value);
        assert_eq!(entry, expected, "{name}");
        let shown = entry.map(|entry| entry.to_string()).unwrap_or_default();
        assert_eq!(shown, written, "{name}");
        let list = AbiList::of(entry);
        assert!(list.entries().eq(expected), "{name}");
    }

    #[test]
    fn reads_what_libraries_provide() {
        let library = |soname, version, mark| {
            Some(AbiEntry::SymbolVersion {
                soname,
                version,
                mark,
            })
        };
        for (name, expected) in [
            (
                "libcrypto.so.3(OPENSSL_3.0.0)(64bit)",
                library("libcrypto.so.3", "OPENSSL_3.0.0", "(64bit)"),
            ),
            ("libz.so.1()(64bit)", library("libz.so.1", "", "(64bit)")),
            (
                "libz.so.1(ZLIB_1.2.0)",
                library("libz.so.1", "ZLIB_1.2.0", ""),
            ),
            ("libz.so.1", library("libz.so.1", "", "")),
            (
                "libdb-5.3.so()(64bit)",
                library("libdb-5.3.so", "", "(64bit)"),
            ),
            (
                "preloadable.so.1()(64bit)",
                library("preloadable.so.1", "", "(64bit)"),
            ),
            (
                "ld-linux-x86-64.so.2(GLIBC_2.3)(64bit)",
                library("ld-linux-x86-64.so.2", "GLIBC_2.3", "(64bit)"),
            ),
        ] {
            check(name, "", expected, name);
        }
        for other in [
            "bash",
            "pkgconfig(libz)",
            "libz(x86-64)",
            "mod_ssl.so()(64bit)",
            "lib x.so.1()(64bit)",
            "libz.so.1(ZLIB",
            "libsource",
            "/usr/share/ld.so.1",
            "man(ld.so.8)",
            "ld.so.conf",
            ".so.1",
            "",
        ] {
            check(other, "1", None, "");
        }
    }

    #[test]
    fn reads_what_kernels_provide() {
        let symbol = |name, crc| Some(AbiEntry::KernelSymbol { name, crc });
        check(
            "kernel(printk)",
            "0x92997ed8",
            symbol("kernel(printk)", Some(0x9299_7ed8)),
            "kernel(printk) = 0x92997ed8",
        );
        check(
            "ksym(nf_hook)",
            "0X1A",
            symbol("ksym(nf_hook)", Some(0x1a)),
            "ksym(nf_hook) = 0x0000001a",
        );
        check(
            "ksym(nf_hook)",
            "0x1a",
            symbol("ksym(nf_hook)", Some(0x1a)),
            "ksym(nf_hook) = 0x0000001a",
        );
        check(
            "kernel(printk)",
            "",
            symbol("kernel(printk)", None),
            "kernel(printk)",
        );
        check("kernel()", "0x1", None, "");
        check("kernel-core", "5.14", None, "");
    }

    #[test]
    fn a_list_has_each_entry_once() {
        let entries = ["libb.so.1()(64bit)", "liba.so.1()(64bit)"];
        let entries = entries.map(|name| AbiEntry::of_provide(name, "").unwrap());
        let list = AbiList::of(entries.into_iter().chain(entries));
        assert_eq!(&**list.text(), "liba.so.1()(64bit)\nlibb.so.1()(64bit)");
        assert_eq!(AbiList::default().entries().count(), 0);
        let has_kernel_symbols =
            |lines: &[&str]| AbiList::of_lines(lines.iter().copied()).has_kernel_symbols();
        assert!(has_kernel_symbols(&["kernel(a) = 0x1"]));
        assert!(has_kernel_symbols(&["liba.so.1", "ksym(a)"]));
        assert!(!has_kernel_symbols(&["liba.so.1", "libkernel(a).so.1"]));
        assert!(!has_kernel_symbols(&[]));
    }
}
