//! What is particular to a distribution: how it marks its changes, what it renames, which packages hide their changes, and
//! what its changes are for.

use super::almalinux_change_rules::almalinux_change_rules;
use super::change_rules::ChangeRule;

/// The rules by which two sides are called the same. AlmaLinux's are the default; another distribution's are data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// How releases of changed packages are marked.
    pub marks: Vec<Mark>,
    /// Packages that bear another name in the distribution.
    pub renames: Vec<Rename>,
    /// Source packages that keep the reference's version when they are modified, so that their version alone tells
    /// nothing of their source.
    pub unmarked_packages: Vec<String>,
    /// Source packages that are kernels: where they are modified, that is the distribution's choice of a kernel.
    pub kernel_packages: Vec<String>,
    /// The table by which the actions of its patching tool are classed; the first line that fits counts.
    pub change_rules: Vec<ChangeRule>,
}

/// How a release shows that the package was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A word of its own with up to `numbers` numbers behind it: `.alma`, `.alma.1`; Rocky's `.rocky.0.1` has two.
    Suffix {
        /// The word, without its dot.
        word: String,
        /// How many numbers may follow it.
        numbers: usize,
    },
    /// `.0.N` before the dist tag, as Oracle Linux writes it.
    BeforeDistTag,
}

/// A package of the reference that the distribution publishes under another name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rename {
    /// Which names.
    pub names: RenamedNames,
    /// Whether the distribution numbers the versions on its own, so that comparing them would say nothing.
    pub own_versions: bool,
}

/// Which packages bear which other names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RenamedNames {
    /// Every package whose name starts with `reference` starts with `distribution` instead.
    Prefix {
        /// The reference's prefix.
        reference: String,
        /// The distribution's prefix.
        distribution: String,
    },
    /// One package.
    Package {
        /// The reference's name.
        reference: String,
        /// The distribution's name.
        distribution: String,
    },
}

impl Default for Rules {
    /// AlmaLinux's rules.
    fn default() -> Self {
        let suffix = |word: &str, numbers| Mark::Suffix {
            word: word.to_owned(),
            numbers,
        };
        let owned = |names: &[&str]| {
            names
                .iter()
                .map(|&name| name.to_owned())
                .collect::<Vec<_>>()
        };
        Self {
            marks: vec![suffix("alma", 1), suffix("plus", 1)],
            renames: vec![
                Rename {
                    names: RenamedNames::Prefix {
                        reference: "redhat-".to_owned(),
                        distribution: "almalinux-".to_owned(),
                    },
                    own_versions: true,
                },
                Rename {
                    names: RenamedNames::Package {
                        reference: "lorax-templates-rhel".to_owned(),
                        distribution: "lorax-templates-almalinux".to_owned(),
                    },
                    own_versions: false,
                },
            ],
            unmarked_packages: owned(&["kernel", "kernel-rt"]),
            kernel_packages: owned(&["kernel", "kernel-rt"]),
            change_rules: almalinux_change_rules(),
        }
    }
}

impl Rules {
    /// Whether a renamed pair is one whose versions the distribution numbers on its own.
    pub fn numbers_on_its_own(&self, reference: &str, distribution: &str) -> bool {
        self.renames.iter().any(|rename| {
            rename.own_versions && rename.of_reference(reference).as_deref() == Some(distribution)
        })
    }
}

impl Rename {
    /// The distribution's name of the reference's package `name`, where this rule covers it.
    pub fn of_reference(&self, name: &str) -> Option<String> {
        match &self.names {
            RenamedNames::Prefix {
                reference,
                distribution,
            } => name
                .strip_prefix(reference.as_str())
                .map(|rest| format!("{distribution}{rest}")),
            RenamedNames::Package {
                reference,
                distribution,
            } => (name == reference).then(|| distribution.clone()),
        }
    }
}
