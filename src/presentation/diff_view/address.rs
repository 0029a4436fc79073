//! How a diff is shown, and the query of an address that says so: `view=unified&space=ignore`.

use crate::diff::Space;
use std::fmt::{self, Display, Formatter};

/// How a diff is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DiffOptions {
    /// Which view was chosen.
    pub view: View,
    /// Which white space counts.
    pub space: Space,
    /// Whether spaces and tabs are drawn as signs.
    pub shows_space: bool,
    /// Whether all unchanged lines are shown.
    pub whole: bool,
    /// Whether long lines are continued in further rows.
    pub wrap: Wrap,
}

/// What the reader chose to become of lines that are longer than there is room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wrap {
    /// Nothing: they are continued on a narrow screen.
    #[default]
    Automatic,
    /// They are continued in further rows.
    On,
    /// They run on, and are scrolled sideways.
    Off,
}

/// The ways to look at space, each as it stands in an address and as a label.
pub const SPACES: [(&str, Space, &str); 4] = [
    ("", Space::Exact, "All space counts"),
    (
        "trailing",
        Space::IgnoreTrailing,
        "Ignore space at line ends",
    ),
    ("ignore", Space::IgnoreAll, "Ignore all space"),
    ("blank", Space::IgnoreBlankLines, "Ignore blank lines"),
];

/// The view that the reader chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// None: what fits.
    #[default]
    Automatic,
    /// Both sides beside each other.
    Split,
    /// Both sides in one column.
    Unified,
}

/// The view that is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layout {
    /// Both sides beside each other.
    Split,
    /// Both sides in one column.
    Unified,
    /// A text that is shown for itself, without another side.
    Single,
}

impl DiffOptions {
    /// Reads a query without its `?`. What is not known is left to others, and counts as not said.
    pub fn from_query(query: &str) -> Self {
        let mut options = Self::default();
        for pair in query.split('&') {
            match pair {
                "view=split" => options.view = View::Split,
                "view=unified" => options.view = View::Unified,
                "show=space" => options.shows_space = true,
                "context=all" => options.whole = true,
                "wrap=on" => options.wrap = Wrap::On,
                "wrap=off" => options.wrap = Wrap::Off,
                _ => {}
            }
            if let Some(key) = pair.strip_prefix("space=") {
                let known = SPACES.iter().find(|(known, _, _)| *known == key);
                options.space = known.map_or(options.space, |(_, space, _)| *space);
            }
        }
        options
    }

    /// The names and values that the query gets; none for what is the default.
    pub fn parameters(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let view = match self.view {
            View::Automatic => None,
            View::Split => Some("split"),
            View::Unified => Some("unified"),
        };
        let space = SPACES.iter().find(|(_, space, _)| *space == self.space);
        let space = space.map(|(key, _, _)| *key).filter(|key| !key.is_empty());
        let wrap = match self.wrap {
            Wrap::Automatic => None,
            Wrap::On => Some("on"),
            Wrap::Off => Some("off"),
        };
        let parameters = [
            ("view", view),
            ("space", space),
            ("show", self.shows_space.then_some("space")),
            ("context", self.whole.then_some("all")),
            ("wrap", wrap),
        ];
        parameters
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
    }
}

/// The query, without `?`; empty where all is the default.
impl Display for DiffOptions {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let parts: Vec<String> = self
            .parameters()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        formatter.write_str(&parts.join("&"))
    }
}

impl Wrap {
    /// Whether long lines are continued in further rows.
    pub fn wraps(self, narrow: bool) -> bool {
        match self {
            Self::Automatic => narrow,
            Self::On => true,
            Self::Off => false,
        }
    }
}

impl View {
    /// The layout that is drawn: where none was chosen, one column on a narrow screen and for a file of one side alone.
    pub fn layout(self, narrow: bool, one_sided: bool) -> Layout {
        match self {
            Self::Split => Layout::Split,
            Self::Unified => Layout::Unified,
            Self::Automatic if narrow || one_sided => Layout::Unified,
            Self::Automatic => Layout::Split,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_is_written_and_read_back() {
        for view in [View::Automatic, View::Split, View::Unified] {
            for (_, space, _) in SPACES {
                for (shows_space, whole, wrap) in [
                    (false, false, Wrap::Automatic),
                    (true, false, Wrap::On),
                    (false, true, Wrap::Off),
                ] {
                    let options = DiffOptions {
                        view,
                        space,
                        shows_space,
                        whole,
                        wrap,
                    };
                    assert_eq!(DiffOptions::from_query(&options.to_string()), options);
                }
            }
        }
        let options = DiffOptions {
            view: View::Unified,
            space: Space::IgnoreAll,
            shows_space: true,
            whole: true,
            wrap: Wrap::Off,
        };
        assert_eq!(
            options.to_string(),
            "view=unified&space=ignore&show=space&context=all&wrap=off"
        );
        assert_eq!(DiffOptions::default().to_string(), "");
    }

    #[test]
    fn what_is_not_known_counts_as_not_said() {
        for query in [
            "",
            "&",
            "view",
            "view=",
            "view=both&space=none",
            "snapshot=2026-11-20",
        ] {
            assert_eq!(DiffOptions::from_query(query), DiffOptions::default());
        }
    }

    #[test]
    fn a_choice_stands_on_every_screen() {
        assert_eq!(View::Split.layout(true, true), Layout::Split);
        assert_eq!(View::Automatic.layout(true, false), Layout::Unified);
        assert_eq!(View::Automatic.layout(false, true), Layout::Unified);
        assert_eq!(View::Automatic.layout(false, false), Layout::Split);
        let wraps = [Wrap::Automatic, Wrap::On, Wrap::Off];
        assert_eq!(wraps.map(|wrap| wrap.wraps(true)), [true, true, false]);
        assert_eq!(wraps.map(|wrap| wrap.wraps(false)), [false, true, false]);
    }
}
