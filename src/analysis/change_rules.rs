//! The table by which the actions of a patching tool are classed. The first line that fits counts; what no line knows is unknown.

use crate::domain::ChangeClass;
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// What kind of action makes a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActionKind {
    /// Text is replaced.
    Replace,
    /// Lines are deleted.
    DeleteLine,
    /// Lines are added to a section of the spec.
    AddLine,
    /// A patch is added.
    AddPatch,
    /// A source file is added.
    AddSource,
    /// A file is deleted.
    DeleteFile,
    /// A script is run.
    RunScript,
    /// The release gets the distribution's mark.
    ModifyRelease,
    /// An entry in the changelog.
    ChangelogEntry,
    /// An action that is not known.
    Unknown,
}

/// One line of the table. All that it names must hold; what it leaves empty does not matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeRule {
    /// The class that it gives.
    pub class: ChangeClass,
    /// The kinds of action that it is about; all where empty.
    pub actions: Vec<ActionKind>,
    /// The source packages that it is about; all where empty.
    pub packages: Vec<String>,
    /// The numbers of patches or sources that it is about.
    pub numbers: Option<RangeInclusive<u32>>,
    /// Words of which one must stand in what is taken away.
    pub removes: Vec<String>,
    /// Words of which one must stand in what is put in, or in the name or subject of a file.
    pub adds: Vec<String>,
    /// Whether nothing may be put in but conditions.
    pub only_removes: bool,
    /// Whether a CVE must be named: `Some(true)` one that the reference's own texts name, too, `Some(false)` one that they do
    /// not name.
    pub known_cve: Option<bool>,
    /// Why that makes it this class, in one sentence.
    pub because: String,
}

/// What a rule looks at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeFeatures {
    /// What is taken away: the text, or the name of the file.
    pub removed: String,
    /// What is put in: the text, or the name and the subject of the file.
    pub added: String,
    /// The number of a patch or source, where one is given.
    pub number: Option<u32>,
    /// Whether a CVE is named: `Some(true)` one that the reference's own texts name, too.
    pub known_cve: Option<bool>,
}

/// The class that the table gives, [`ChangeClass::Unknown`] where no line fits. What a script or an action that is not known does
/// is told by no word in it: a line must name such a kind to be about it.
pub fn class_of(
    rules: &[ChangeRule],
    package: &str,
    action: ActionKind,
    features: &ChangeFeatures,
) -> ChangeClass {
    let removed = without_conditions(&features.removed.to_lowercase());
    let added = without_conditions(&features.added.to_lowercase());
    let names_one = |text: &str, words: &[String]| {
        words.is_empty() || words.iter().any(|word| names(text, word))
    };
    let is_opaque = matches!(action, ActionKind::RunScript | ActionKind::Unknown);
    let fits = |rule: &&ChangeRule| {
        (rule.actions.contains(&action) || (rule.actions.is_empty() && !is_opaque))
            && (rule.packages.is_empty() || rule.packages.iter().any(|name| name == package))
            && rule.numbers.as_ref().is_none_or(|numbers| {
                features
                    .number
                    .is_some_and(|number| numbers.contains(&number))
            })
            && names_one(&removed, &rule.removes)
            && names_one(&added, &rule.adds)
            && (!rule.only_removes || puts_nothing_in(&added))
            && (rule.known_cve.is_none() || rule.known_cve == features.known_cve)
    };
    rules
        .iter()
        .find(fits)
        .map_or(ChangeClass::Unknown, |rule| rule.class)
}

/// A condition on a macro, `%{?rhel}` or `%{!?rhel}`, names no brand.
fn without_conditions(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    while let Some(start) = rest.find("%{") {
        let (before, macros) = rest.split_at(start);
        let is_condition = macros.starts_with("%{?") || macros.starts_with("%{!?");
        let end = macros.find('}').map_or(macros.len(), |end| end + 1);
        kept.push_str(before);
        if !is_condition {
            kept.push_str(&macros[..end]);
        }
        rest = &macros[end..];
    }
    kept.push_str(rest);
    kept
}

fn puts_nothing_in(added: &str) -> bool {
    added.lines().map(str::trim).all(|line| {
        line.is_empty()
            || ["%if", "%else", "%endif", "#"]
                .iter()
                .any(|start| line.starts_with(start))
    })
}

/// Whether a text in lower case has a word on its own. A space in the word stands for a space, a dash or an underscore; a star
/// at its end for anything that follows.
fn names(text: &str, word: &str) -> bool {
    let word = word.to_lowercase();
    let (word, is_open) = match word.strip_suffix('*') {
        Some(start) => (start, true),
        None => (word.as_str(), false),
    };
    let is_alike = |expected: u8, found: u8| {
        expected == found || (expected == b' ' && matches!(found, b'-' | b'_'))
    };
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let joins = |byte: Option<&u8>, own: Option<&u8>| {
        byte.is_some_and(u8::is_ascii_alphanumeric) && own.is_some_and(u8::is_ascii_alphanumeric)
    };
    !word.is_empty()
        && text.windows(word.len()).enumerate().any(|(at, found)| {
            let before = at.checked_sub(1).and_then(|at| text.get(at));
            let after = text.get(at + word.len());
            word.iter()
                .zip(found)
                .all(|(&word, &found)| is_alike(word, found))
                && !joins(before, word.first())
                && (is_open || !joins(after, word.last()))
        })
}

/// AlmaLinux's table.
pub(super) fn almalinux_change_rules() -> Vec<ChangeRule> {
    use ActionKind::{
        AddLine, AddPatch, AddSource, ChangelogEntry, DeleteFile, DeleteLine, ModifyRelease,
        Replace,
    };
    let reference = ["red hat", "redhat*", "rhel*", "centos*", "fedora*"];
    let own = ["almalinux*", "clsecureboot*", "alsecureboot*"];
    let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
    let rule = |class, actions: &[ActionKind], because: &str| ChangeRule {
        class,
        actions: actions.to_vec(),
        packages: Vec::new(),
        numbers: None,
        removes: Vec::new(),
        adds: Vec::new(),
        only_removes: false,
        known_cve: None,
        because: because.to_owned(),
    };
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
                "nothing at hand says that the reference has corrected this CVE",
            )
        },
        ChangeRule {
            adds: words(&["debrand*", "branding", "rebrand*"]),
            ..rule(
                ChangeClass::Branding,
                &[],
                "it says that it is about the distribution’s identity",
            )
        },
        ChangeRule {
            adds: words(&["logo*", "bug tracker", "bugtracker", "trademark*"]),
            ..rule(
                ChangeClass::Branding,
                &[AddPatch, AddSource],
                "its name says that it is about the distribution’s identity",
            )
        },
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
            ..rule(
                ChangeClass::HardwareKept,
                &[],
                "it names devices that the reference dropped or never had",
            )
        },
        ChangeRule {
            adds: words(&[
                "x86_64_v2",
                "x86-64-v2",
                "%{x86_64}",
                "versioned x86_64",
                "riscv*",
                "i686",
            ]),
            ..rule(
                ChangeClass::Architecture,
                &[],
                "it names an architecture that the reference does not have",
            )
        },
        ChangeRule {
            removes: words(&reference),
            adds: words(&own),
            ..rule(
                ChangeClass::Branding,
                &[Replace],
                "the distribution’s name, address or key comes in place of another’s",
            )
        },
        ChangeRule {
            removes: words(&reference),
            only_removes: true,
            ..rule(
                ChangeClass::Branding,
                &[Replace, DeleteLine, DeleteFile],
                "another’s name, address or key is taken out and nothing put in its place",
            )
        },
        ChangeRule {
            adds: words(&own),
            ..rule(
                ChangeClass::Branding,
                &[Replace, AddLine, AddSource],
                "the distribution’s name, address or key is put in",
            )
        },
        ChangeRule {
            adds: words(&["upstream*", "backport*", "cherry picked from commit"]),
            ..rule(
                ChangeClass::BackportedFix,
                &[AddPatch],
                "its name or its header says that it comes from upstream",
            )
        },
        ChangeRule {
            adds: words(&["ftbfs", "fix build", "fails to build"]),
            ..rule(
                ChangeClass::RebuildFix,
                &[],
                "it says that the package would not build",
            )
        },
    ]
}

impl ActionKind {
    /// All kinds.
    pub const ALL: [ActionKind; 10] = [
        Self::Replace,
        Self::DeleteLine,
        Self::AddLine,
        Self::AddPatch,
        Self::AddSource,
        Self::DeleteFile,
        Self::RunScript,
        Self::ModifyRelease,
        Self::ChangelogEntry,
        Self::Unknown,
    ];

    /// The kind in words, as it is written in the configuration.
    pub fn name(self) -> &'static str {
        match self {
            Self::Replace => "replace",
            Self::DeleteLine => "delete line",
            Self::AddLine => "add line",
            Self::AddPatch => "add patch",
            Self::AddSource => "add source",
            Self::DeleteFile => "delete file",
            Self::RunScript => "run script",
            Self::ModifyRelease => "modify release",
            Self::ChangelogEntry => "changelog entry",
            Self::Unknown => "unknown",
        }
    }
}

impl FromStr for ActionKind {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = || Self::ALL.map(ActionKind::name).join(", ");
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == name)
            .ok_or_else(|| format!("“{name}” is no kind of action (known: {})", known()))
    }
}

/// What must hold, in words: `add patch; number 2000 to 2999`.
impl fmt::Display for ChangeRule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let actions: Vec<&str> = self.actions.iter().map(|action| action.name()).collect();
        formatter.write_str(&match actions.is_empty() {
            true => "any action".to_owned(),
            false => actions.join(", "),
        })?;
        if !self.packages.is_empty() {
            write!(formatter, "; of {}", self.packages.join(", "))?;
        }
        if let Some(numbers) = &self.numbers {
            write!(
                formatter,
                "; number {} to {}",
                numbers.start(),
                numbers.end()
            )?;
        }
        if !self.removes.is_empty() {
            write!(
                formatter,
                "; takes away one of: {}",
                self.removes.join(", ")
            )?;
        }
        if !self.adds.is_empty() {
            write!(formatter, "; puts in one of: {}", self.adds.join(", "))?;
        }
        if self.only_removes {
            formatter.write_str("; puts nothing in")?;
        }
        match self.known_cve {
            Some(true) => formatter.write_str("; names a CVE that the reference names, too"),
            Some(false) => formatter.write_str("; names a CVE that the reference does not name"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ActionKind::*;
    use super::*;

    fn check(action: ActionKind, removed: &str, added: &str, expected: &str) {
        let features = ChangeFeatures {
            removed: removed.to_owned(),
            added: added.to_owned(),
            ..ChangeFeatures::default()
        };
        let class = class_of(&almalinux_change_rules(), "bash", action, &features);
        assert_eq!(class.name(), expected, "{action:?} {removed:?} {added:?}");
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
    }

    #[test]
    fn where_patches_come_from() {
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
        check(ModifyRelease, "", ".alma.1", "release mechanics");
    }

    fn check_features(number: Option<u32>, known_cve: Option<bool>, expected: &str) {
        let features = ChangeFeatures {
            number,
            known_cve,
            added: "x.patch".to_owned(),
            ..ChangeFeatures::default()
        };
        let class = class_of(&almalinux_change_rules(), "bash", AddPatch, &features);
        assert_eq!(class.name(), expected, "{number:?} {known_cve:?}");
    }

    #[test]
    fn numbers_and_vulnerabilities() {
        check_features(Some(2001), None, "hardware kept");
        check_features(Some(1000), None, "unknown");
        check_features(Some(2001), Some(true), "backported fix");
        check_features(None, Some(false), "security fix ahead");
    }

    #[test]
    fn a_rule_reads_as_a_sentence() {
        let shown: Vec<String> = almalinux_change_rules()
            .iter()
            .map(ChangeRule::to_string)
            .collect();
        assert_eq!(shown[5], "add patch; number 2000 to 2999");
        assert_eq!(
            shown[2],
            "add patch; names a CVE that the reference does not name"
        );
        for kind in ActionKind::ALL {
            assert_eq!(kind.name().parse(), Ok(kind));
        }
    }
}
