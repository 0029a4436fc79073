//! How a reader looks at the page: the size of the window, and light or dark.

/// The colour scheme that the reader's system asks for.
#[derive(Clone, Copy, Debug)]
pub enum Scheme {
    Light,
    Dark,
}

/// A window of a size, in CSS pixels, under a colour scheme.
#[derive(Clone, Copy, Debug)]
pub struct View {
    pub width: u32,
    pub height: u32,
    pub scheme: Scheme,
}

impl View {
    /// A desktop window.
    pub const WIDE: Self = Self {
        width: 1320,
        height: 900,
        scheme: Scheme::Light,
    };

    /// A telephone held upright.
    pub const TELEPHONE: Self = Self {
        width: 360,
        height: 780,
        scheme: Scheme::Light,
    };

    /// The same window under a dark scheme.
    pub fn dark(self) -> Self {
        Self {
            scheme: Scheme::Dark,
            ..self
        }
    }
}
