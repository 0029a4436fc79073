//! What a reader chose to see of a board, as it stands in the address.

use super::BoardRow;
use crate::presentation::route::encode;

/// The reader's choice; the default shows everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoardFilter {
    /// What is shown.
    pub choice: Option<BoardChoice>,
    /// A part of the package's name.
    pub text: String,
}

/// What can be chosen on a board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoardChoice {
    /// The reference has what waits.
    ReferenceHas,
    /// The reference does not have it.
    ReferenceLacks,
    /// Whether the reference has it is not known, or it does not have the architecture.
    ReferenceUnknown,
    /// Due for removal.
    Due,
    /// Takes the place of a package that it must not.
    Replaces,
}

impl BoardChoice {
    const ALL: [BoardChoice; 5] = [
        Self::ReferenceHas,
        Self::ReferenceLacks,
        Self::ReferenceUnknown,
        Self::Due,
        Self::Replaces,
    ];

    /// As it stands in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Self::ReferenceHas => "has",
            Self::ReferenceLacks => "lacks",
            Self::ReferenceUnknown => "unknown",
            Self::Due => "due",
            Self::Replaces => "replaces",
        }
    }

    /// As a label.
    pub fn label(self, reference: &str) -> String {
        match self {
            Self::ReferenceHas => format!("{reference} has it"),
            Self::ReferenceLacks => format!("{reference} has it not"),
            Self::ReferenceUnknown => "not known".to_owned(),
            Self::Due => "due for removal".to_owned(),
            Self::Replaces => "replaces a package".to_owned(),
        }
    }
}

impl BoardFilter {
    /// Reads the pairs of a query, decoded; what is not known is passed over.
    pub fn from_query<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut filter = Self::default();
        for (key, value) in pairs {
            match key {
                "show" => {
                    let mut all = BoardChoice::ALL.into_iter();
                    filter.choice = all.find(|choice| choice.key() == value);
                }
                "q" => filter.text = value.to_owned(),
                _ => {}
            }
        }
        filter
    }

    /// The query of the address, without its question mark; empty for the default.
    pub fn query(&self) -> String {
        let choice = self.choice.map(|choice| format!("show={}", choice.key()));
        let text = (!self.text.is_empty())
            .then(|| format!("q={}", encode(&self.text).replace('+', "%2B")));
        let parts: Vec<String> = [choice, text].into_iter().flatten().collect();
        parts.join("&")
    }

    /// Whether a row is shown.
    pub fn admits(&self, row: &BoardRow) -> bool {
        self.choice
            .is_none_or(|choice| row.choices.contains(&choice))
            && row
                .package
                .to_ascii_lowercase()
                .contains(&self.text.trim().to_ascii_lowercase())
    }
}
