//! What a stroke or an area stands for, on its way through plotters.

use plotters::style::RGBColor;

/// A role in a chart. Plotters knows colours alone, and the page only takes colours from its tokens. So each role travels
/// as a colour that is never shown, blue 0 to 9, and the back end turns it into the CSS class that style/components/chart.css
/// gives its look in every theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// A line of an axis, across the plot.
    Grid,
    /// Text at an axis or a mark.
    Label,
    /// The upright line at a release.
    Release,
    /// The line of a trend.
    Trend,
    /// A snapshot with a gap on both sides, which no line passes.
    LonePoint,
    /// Matched packages.
    Matched,
    /// Patched packages.
    Patched,
    /// Diverging packages.
    Diverging,
    /// Deviations that began.
    Begun,
    /// Deviations that were resolved.
    Resolved,
}

impl Ink {
    const ALL: [Self; 10] = [
        Self::Grid,
        Self::Label,
        Self::Release,
        Self::Trend,
        Self::LonePoint,
        Self::Matched,
        Self::Patched,
        Self::Diverging,
        Self::Begun,
        Self::Resolved,
    ];

    /// The colour to hand to plotters.
    pub fn color(self) -> RGBColor {
        RGBColor(0, 0, self as u8)
    }

    /// The role of a colour that comes back from plotters.
    pub fn of_rgb(rgb: (u8, u8, u8)) -> Option<Self> {
        let (0, 0, number) = rgb else { return None };
        Self::ALL.get(usize::from(number)).copied()
    }

    /// The class in style/components/chart.css.
    pub fn class(self) -> &'static str {
        match self {
            Self::Grid => "chart-grid",
            Self::Label => "chart-label",
            Self::Release => "chart-release",
            Self::Trend => "chart-trend-line",
            Self::LonePoint => "chart-lone-point",
            Self::Matched => "chart-matched",
            Self::Patched => "chart-patched",
            Self::Diverging => "chart-diverging",
            Self::Begun => "chart-begun",
            Self::Resolved => "chart-resolved",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn survives_the_way_through_plotters() {
        for ink in Ink::ALL {
            let RGBColor(red, green, blue) = ink.color();
            assert_eq!(Ink::of_rgb((red, green, blue)), Some(ink));
        }
        assert_eq!(Ink::of_rgb((0, 0, 255)), None);
        assert_eq!(Ink::of_rgb((255, 0, 0)), None);
    }
}
