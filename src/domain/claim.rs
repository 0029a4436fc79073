//! What a binary package says of other packages: that it stands for one of them, or takes its place.

/// One thing that a binary package says of a package of another name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Claim {
    /// The binary package that says it.
    pub binary: String,
    /// What it says.
    pub kind: ClaimKind,
    /// The other package's name.
    pub name: String,
}

/// How one binary package takes the place of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClaimKind {
    /// It bears the same name.
    SameName,
    /// It provides the name.
    Provides,
    /// It obsoletes the name.
    Obsoletes,
}
