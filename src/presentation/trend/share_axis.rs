//! The vertical axis of a trend: round percentages, close enough together that the movement is seen.

/// A labelled line of the axis.
#[derive(Clone, Debug, PartialEq)]
pub struct ShareTick {
    /// From 0 to 1.
    pub share: f64,
    /// Such as “98.5 %”.
    pub label: String,
}

/// Ticks from below the lowest share to above the highest. Every tick is labelled, so that an axis that does not start at
/// 0 never passes for one that does.
#[derive(Clone, Debug, PartialEq)]
pub struct ShareAxis {
    lowest: ShareTick,
    above: Vec<ShareTick>,
}

impl ShareAxis {
    /// The finest axis of two to four steps that holds both shares, each from 0 to 1.
    pub fn covering(lowest_share: f64, highest_share: f64) -> Self {
        let lowest = (lowest_share.clamp(0.0, 1.0) * WHOLE + ROUNDING)
            .floor()
            .max(0.0) as u32;
        let highest = (highest_share.clamp(0.0, 1.0) * WHOLE - ROUNDING)
            .ceil()
            .max(0.0) as u32;
        let step = STEPS
            .into_iter()
            .find(|step| highest.div_ceil(*step) - lowest / step <= 4)
            .unwrap_or(WIDEST_STEP);
        let mut low = lowest / step * step;
        let mut high = highest.div_ceil(step) * step;
        while high - low < 2 * step {
            let room_above = high - highest;
            let room_below = lowest - low;
            if low == 0 || (f64::from(high) < WHOLE && room_above <= room_below) {
                high += step;
            } else {
                low -= step;
            }
        }
        Self {
            lowest: tick(low, step),
            above: (low + step..=high)
                .step_by(step as usize)
                .map(|position| tick(position, step))
                .collect(),
        }
    }

    /// The lower end.
    pub fn lowest(&self) -> &ShareTick {
        &self.lowest
    }

    /// The upper end.
    pub fn highest(&self) -> &ShareTick {
        self.above.last().unwrap_or(&self.lowest)
    }

    /// All ticks, lowest first.
    pub fn ticks(&self) -> impl Iterator<Item = &ShareTick> {
        std::iter::once(&self.lowest).chain(&self.above)
    }
}

/// Positions are counted in hundredths of a percent, so that sums of steps stay exact.
const WHOLE: f64 = 10_000.0;
/// A share on a tick must not fall beside it because a division was rounded.
const ROUNDING: f64 = 1e-6;
/// Widths of a step in hundredths of a percent; each divides the whole. Below 0.2 % single packages would look like a
/// movement.
const STEPS: [u32; 6] = [20, 50, 100, 200, 500, 1_000];
const WIDEST_STEP: u32 = 2_500;

fn tick(position: u32, step: u32) -> ShareTick {
    let (whole, tenths) = (position / 100, position % 100 / 10);
    ShareTick {
        share: f64::from(position) / WHOLE,
        label: if step.is_multiple_of(100) {
            format!("{whole}\u{a0}%")
        } else {
            format!("{whole}.{tenths}\u{a0}%")
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lowest_share: f64, highest_share: f64, expected: &str) {
        let axis = ShareAxis::covering(lowest_share, highest_share);
        let labels: Vec<_> = axis
            .ticks()
            .map(|tick| tick.label.replace("\u{a0}%", ""))
            .collect();
        assert_eq!(
            labels.join(" "),
            expected,
            "{lowest_share} to {highest_share}"
        );
    }

    #[test]
    fn shows_the_movement() {
        check(0.9811, 0.9895, "98.0 98.5 99.0");
        check(0.984, 0.989, "98.4 98.6 98.8 99.0");
        check(0.95, 0.989, "95 96 97 98 99");
        check(0.10, 0.95, "0 25 50 75 100");
    }

    #[test]
    fn gives_a_flat_line_room_on_both_sides() {
        check(0.988, 0.988, "98.6 98.8 99.0");
        check(0.9885, 0.9885, "98.6 98.8 99.0");
        check(1.0, 1.0, "99.6 99.8 100.0");
        check(0.0, 0.0, "0.0 0.2 0.4");
    }

    #[test]
    fn bears_what_is_no_share() {
        check(f64::NAN, f64::NAN, "0.0 0.2 0.4");
        check(-1.0, 7.0, "0 25 50 75 100");
    }

    proptest::proptest! {
        #[test]
        fn holds_both_shares(a in 0.0..=1.0f64, b in 0.0..=1.0f64) {
            let axis = ShareAxis::covering(a.min(b), a.max(b));
            assert!(axis.lowest().share <= a.min(b) + 1e-9);
            assert!(axis.highest().share >= a.max(b) - 1e-9);
            assert!((3..=5).contains(&axis.ticks().count()));
            assert!(axis.highest().share <= 1.0);
        }
    }
}
