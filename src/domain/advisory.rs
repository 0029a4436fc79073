//! Advisories: what a distribution announces of an update, and how it names it.

use std::fmt;
use std::str::FromStr;

/// The name of an advisory such as `ALSA-2024:1234`: who, what kind, year and number.
///
/// A rebuilt distribution gives its advisory the number of the reference's; those of its own have an `A` before theirs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AdvisoryId {
    /// Who announces it: `AL` is AlmaLinux, `RH` Red Hat.
    pub vendor: String,
    /// What it is for.
    pub kind: AdvisoryKind,
    /// The year in its name.
    pub year: u16,
    /// What follows the year: digits, with `A` before them where the number is the distribution's own.
    pub number: String,
}

/// What an advisory is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AdvisoryKind {
    /// `SA`
    Security,
    /// `BA`
    Bugfix,
    /// `EA`
    Enhancement,
}

/// How severe the worst of what an advisory corrects is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A remote attacker gains control without help.
    Critical,
    /// Confidentiality, integrity or availability is easily lost.
    Important,
    /// Harder to exploit.
    Moderate,
    /// All others.
    Low,
    /// The advisory does not say.
    Unrated,
}

/// A text that names no advisory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MalformedAdvisoryId(pub String);

impl AdvisoryId {
    /// Whether the distribution counts it on its own, so that it mirrors no advisory of the reference.
    pub fn is_own(&self) -> bool {
        self.number.starts_with('A')
    }

    /// Whether both names say the same of kind, year and number, whoever announces them.
    pub fn mirrors(&self, other: &Self) -> bool {
        self.mirrored() == other.mirrored()
    }

    /// Kind, year and number, which an advisory shares with the one that it mirrors.
    pub fn mirrored(&self) -> (AdvisoryKind, u16, &str) {
        (self.kind, self.year, &self.number)
    }
}

impl AdvisoryKind {
    /// The letters that stand for it in a name.
    pub fn letters(self) -> &'static str {
        match self {
            Self::Security => "SA",
            Self::Bugfix => "BA",
            Self::Enhancement => "EA",
        }
    }
}

impl Severity {
    /// All of them, the worst first.
    pub const ALL: [Severity; 5] = [
        Self::Critical,
        Self::Important,
        Self::Moderate,
        Self::Low,
        Self::Unrated,
    ];

    /// Reads it as advisories write it; anything else is not rated.
    pub fn of_word(word: &str) -> Self {
        let word = word.trim();
        let known = [
            ("critical", Self::Critical),
            ("important", Self::Important),
            ("moderate", Self::Moderate),
            ("low", Self::Low),
        ];
        known
            .into_iter()
            .find(|(name, _)| word.eq_ignore_ascii_case(name))
            .map_or(Self::Unrated, |(_, severity)| severity)
    }

    /// Reads it from the beginning of a title such as `Important: kernel security update`.
    pub fn of_title(title: &str) -> Self {
        title
            .split_once(':')
            .map_or(Self::Unrated, |(word, _)| Self::of_word(word))
    }
}

impl FromStr for AdvisoryId {
    type Err = MalformedAdvisoryId;

    /// Reads `ALSA-2024:1234` or, as addresses write it, `ALSA-2024-1234`.
    fn from_str(text: &str) -> Result<Self, MalformedAdvisoryId> {
        parse(text).ok_or_else(|| MalformedAdvisoryId(text.to_owned()))
    }
}

fn parse(text: &str) -> Option<AdvisoryId> {
    let (name, rest) = text.split_once('-')?;
    let (year, number) = rest.split_once([':', '-'])?;
    let split = name.len().checked_sub(2)?;
    let (vendor, letters) = (name.get(..split)?, name.get(split..)?);
    let kind = match letters {
        "SA" => AdvisoryKind::Security,
        "BA" => AdvisoryKind::Bugfix,
        "EA" => AdvisoryKind::Enhancement,
        _ => return None,
    };
    let is_vendor =
        (1..=4).contains(&vendor.len()) && vendor.bytes().all(|byte| byte.is_ascii_uppercase());
    let digits = number.strip_prefix('A').unwrap_or(number);
    let is_number =
        (1..=9).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    (is_vendor && is_number && is_year).then_some(AdvisoryId {
        vendor: vendor.to_owned(),
        kind,
        year: year.parse().ok()?,
        number: number.to_owned(),
    })
}

/// Whether a text names a vulnerability as `CVE-2024-12345` does.
pub fn is_cve(text: &str) -> bool {
    let number = |part: &str, least: usize| {
        part.len() >= least && part.len() <= 12 && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    text.strip_prefix("CVE-")
        .and_then(|rest| rest.split_once('-'))
        .is_some_and(|(year, rest)| year.len() == 4 && number(year, 4) && number(rest, 4))
}

impl fmt::Display for AdvisoryId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            vendor,
            kind,
            year,
            number,
        } = self;
        write!(formatter, "{vendor}{}-{year:04}:{number}", kind.letters())
    }
}

impl fmt::Display for MalformedAdvisoryId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "“{}” is no name of an advisory such as ALSA-2024:1234",
            self.0
        )
    }
}

impl std::error::Error for MalformedAdvisoryId {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: Option<&str>) {
        let read: Option<AdvisoryId> = text.parse().ok();
        let read = read.map(|id| id.to_string());
        assert_eq!(read.as_deref(), expected, "{text}");
    }

    #[test]
    fn reads_names_and_refuses_others() {
        check("ALSA-2024:1234", Some("ALSA-2024:1234"));
        check("ALBA-2021-3049", Some("ALBA-2021:3049"));
        check("ALSA-2026:A008", Some("ALSA-2026:A008"));
        check("ALSA-2026:55787", Some("ALSA-2026:55787"));
        check("RHEA-2019:0001", Some("RHEA-2019:0001"));
        check("RLSA-2022:0001", Some("RLSA-2022:0001"));
        check("CVE-2024-1234", None);
        check("SA-2024:1234", None);
        check("ALSA-24:1234", None);
        check("ALSA-2024:", None);
        check("ALSA-2024:A", None);
        check("ALSA-2024:12x", None);
        check("", None);
        check("é-2024:1", None);
    }

    #[test]
    fn the_distributions_own_mirror_nothing() {
        let id = |text: &str| text.parse::<AdvisoryId>().unwrap();
        assert!(id("ALSA-2024:1234").mirrors(&id("RHSA-2024:1234")));
        assert!(!id("ALSA-2024:1234").mirrors(&id("RHBA-2024:1234")));
        assert!(!id("ALSA-2024:1234").is_own());
        assert!(id("ALSA-2026:A008").is_own());
    }

    #[test]
    fn severities_are_read_from_words_and_titles() {
        for (title, expected) in [
            ("Important: gupnp security update", Severity::Important),
            ("low: x", Severity::Low),
            ("new module: perl:5.30", Severity::Unrated),
            ("curl bugfix update", Severity::Unrated),
        ] {
            assert_eq!(Severity::of_title(title), expected, "{title}");
        }
        assert_eq!(Severity::of_word("None"), Severity::Unrated);
    }

    #[test]
    fn vulnerabilities_are_known_by_their_names() {
        for (text, expected) in [
            ("CVE-2024-1234", true),
            ("CVE-2024-1234567", true),
            ("CVE-24-1234", false),
            ("CVE-2024-12", false),
            ("GHSA-xxxx", false),
        ] {
            assert_eq!(is_cve(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in ".{0,30}") {
            if let Ok(id) = text.parse::<AdvisoryId>() {
                prop_assert_eq!(id.to_string().parse(), Ok(id));
            }
        }
    }
}
