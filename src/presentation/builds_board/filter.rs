//! What a reader chose to see of builds, as it stands in the address.

use crate::presentation::route::encode;

/// The reader's choice; the default shows everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildsFilter {
    /// How builds stand.
    pub status: Option<BuildsStatus>,
    /// The architecture.
    pub architecture: Option<String>,
    /// A part of the package's name.
    pub text: String,
}

/// How the builds of a package stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BuildsStatus {
    /// It fails on an architecture.
    Failed,
    /// It is being built.
    Running,
    /// Its last build was cancelled or left out, or how it ended is not known.
    Undecided,
    /// It is built.
    Done,
}

impl BuildsStatus {
    /// All of them, in the order in which they are shown.
    pub const ALL: [BuildsStatus; 4] = [Self::Failed, Self::Running, Self::Undecided, Self::Done];

    /// As it stands in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Running => "running",
            Self::Undecided => "other",
            Self::Done => "done",
        }
    }

    /// As a label, with its sign.
    pub fn label(self) -> &'static str {
        match self {
            Self::Failed => "✗ failing",
            Self::Running => "… running",
            Self::Undecided => "– neither",
            Self::Done => "✓ built",
        }
    }
}

impl BuildsFilter {
    /// Reads the pairs of a query, decoded; what is not known is passed over.
    pub fn from_query<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut filter = Self::default();
        for (key, value) in pairs {
            match key {
                "status" => {
                    let mut all = BuildsStatus::ALL.into_iter();
                    filter.status = all.find(|status| status.key() == value);
                }
                "arch" => filter.architecture = (!value.is_empty()).then(|| value.to_owned()),
                "q" => filter.text = value.to_owned(),
                _ => {}
            }
        }
        filter
    }

    /// The query of the address, without its question mark; empty for the default.
    pub fn query(&self) -> String {
        let value = |text: &str| encode(text).replace('+', "%2B");
        let status = self.status.map(|status| format!("status={}", status.key()));
        let architecture = self.architecture.as_deref();
        let architecture = architecture.map(|name| format!("arch={}", value(name)));
        let text = (!self.text.is_empty()).then(|| format!("q={}", value(&self.text)));
        let parts: Vec<String> = [status, architecture, text].into_iter().flatten().collect();
        parts.join("&")
    }

    /// Whether a package's name, in lower case, has the text.
    pub fn admits_name(&self, name_lowercase: &str) -> bool {
        name_lowercase.contains(&self.text.trim().to_ascii_lowercase())
    }

    /// Whether an architecture is shown.
    pub fn admits_architecture(&self, architecture: &str) -> bool {
        self.architecture
            .as_deref()
            .is_none_or(|chosen| chosen == architecture)
    }
}
