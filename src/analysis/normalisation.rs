//! Reduces a release to what the reference would have called it: marks taken off, module build tags shortened.

use super::rules::Mark;
use crate::domain::dist_tag_position;

/// A release with the distribution's marks taken off and its module tag reduced, and whether a mark was there.
///
/// Module tags differ in every build: `.module+el8.10.0+22196+d82931da.2` (Red Hat) and
/// `.module_el8.10.0+4185+0955a0d7.8` (AlmaLinux) both become `.module_el8.10.0` with the number behind it kept.
pub fn normalise_release(release: &str, marks: &[Mark]) -> (String, bool) {
    let mut reduced = reduce_module_tag(release);
    let mut marked = false;
    for mark in marks {
        let without = match mark {
            Mark::Suffix { word, numbers } => without_suffix(&reduced, word, *numbers),
            Mark::BeforeDistTag => without_number_before_dist_tag(&reduced),
        };
        if let Some(without) = without {
            reduced = without;
            marked = true;
        }
    }
    (reduced, marked)
}

/// A release with `.elX_Y` reduced to `.elX`, and `.module_elX.Y.Z` to `.module_elX`: CentOS Stream does not name minor releases.
pub fn reduce_dist_tag(release: &str) -> String {
    if let Some(reduced) = module_without_minor(release) {
        return reduced;
    }
    match dist_tag_position(release) {
        Some((start, end, tag)) => {
            format!("{}.el{}{}", &release[..start], tag.major, &release[end..])
        }
        None => release.to_owned(),
    }
}

/// `.module_el9` of `.module_el9.2.0`; what follows, the packager's own, is kept.
fn module_without_minor(release: &str) -> Option<String> {
    const TAG: &str = ".module_el";
    let (before, rest) = release.split_once(TAG)?;
    let is_number =
        |text: &&str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut segments = rest.split('.');
    let major = segments.next().filter(is_number)?;
    let minor = segments.next().filter(is_number)?;
    let patch = segments.next().filter(is_number)?;
    let kept = &rest[major.len() + minor.len() + patch.len() + 2..];
    Some(format!("{before}{TAG}{major}{kept}"))
}

/// A release with its module tag reduced to the platform: `.module+el8.10.0+22196+d82931da.2` becomes `.module_el8.10.0.2`.
pub fn reduce_module_tag(release: &str) -> String {
    let Some(start) = release.find(".module") else {
        return release.to_owned();
    };
    let after = &release[start + ".module".len()..];
    let Some(rest) = after.strip_prefix(['+', '_']) else {
        return release.to_owned();
    };
    let Some((platform, build)) = rest.split_once('+') else {
        return release.to_owned();
    };
    // Red Hat's builds for a z-stream name its platform `el9.2.0.z`, rebuilds of the same sources do not.
    let platform = platform.strip_suffix(".z").unwrap_or(platform);
    // The build tag is NUMBER+HEXADECIMAL; what follows its next dot is the packager's again.
    let kept = build.find('.').map_or("", |dot| &build[dot..]);
    format!("{}.module_{platform}{kept}", &release[..start])
}

fn without_suffix(release: &str, word: &str, numbers: usize) -> Option<String> {
    let segments: Vec<&str> = release.split('.').collect();
    // The first segment is the release's own number, never a mark.
    let mark = 1 + segments
        .iter()
        .skip(1)
        .position(|&segment| segment == word)?;
    let is_number =
        |segment: &&&str| !segment.is_empty() && segment.bytes().all(|byte| byte.is_ascii_digit());
    let after = segments[mark + 1..]
        .iter()
        .take(numbers)
        .take_while(is_number)
        .count();
    let kept: Vec<&str> = segments[..mark]
        .iter()
        .chain(&segments[mark + 1 + after..])
        .copied()
        .collect();
    Some(kept.join("."))
}

fn without_number_before_dist_tag(release: &str) -> Option<String> {
    let module = release.find(".module_");
    let start = module.or_else(|| Some(dist_tag_position(release)?.0))?;
    let (rest, number) = release[..start].rsplit_once('.')?;
    let number_is_digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let base = rest.strip_suffix(".0").filter(|_| number_is_digits)?;
    Some(format!("{base}{}", &release[start..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Rules;
    use proptest::prelude::*;

    fn check(release: &str, expected: &str, marked: bool) {
        let result = normalise_release(release, &Rules::default().marks);
        assert_eq!(result, (expected.to_owned(), marked), "{release}");
    }

    #[test]
    fn takes_off_the_marks_of_almalinux() {
        check("1.el9", "1.el9", false);
        check("1.el9.alma", "1.el9", true);
        check("1.el9.alma.1", "1.el9", true);
        check("34.el9_8.alma.12", "34.el9_8", true);
        check("570.22.1.el9_6.alma.plus", "570.22.1.el9_6", true);
        check("570.22.1.el9_6.plus.1", "570.22.1.el9_6", true);
        check("1.el9.alma.1.2", "1.el9.2", true);
        check("1.el9.almanac", "1.el9.almanac", false);
        check("1.el9.alma.x", "1.el9.x", true);
        check("alma", "alma", false);
    }

    #[test]
    fn digits_after_the_dist_tag_are_real() {
        check("1.el10.3", "1.el10.3", false);
        check("1.el10.3.alma.1", "1.el10.3", true);
    }

    #[test]
    fn reduces_module_tags_and_keeps_the_number_behind() {
        check(
            "1.module+el8.10.0+22196+d82931da.2",
            "1.module_el8.10.0.2",
            false,
        );
        check(
            "1.module_el8.10.0+4185+0955a0d7.8",
            "1.module_el8.10.0.8",
            false,
        );
        check(
            "1.module_el8.10.0+4185+0955a0d7.8.alma.1",
            "1.module_el8.10.0.8",
            true,
        );
        check(
            "3.module+el9.2.0.z+18964+42696395.1",
            "3.module_el9.2.0.1",
            false,
        );
        check("1.module+el8+1+ab", "1.module_el8", false);
        check("1.modules", "1.modules", false);
        check("1.module+el8", "1.module+el8", false);
    }

    #[test]
    fn takes_off_the_marks_of_others() {
        let check = |release: &str, mark: Mark, expected: &str| {
            let result = normalise_release(release, &[mark]);
            assert_eq!(result, (expected.to_owned(), true), "{release}");
        };
        let rocky = Mark::Suffix {
            word: "rocky".to_owned(),
            numbers: 2,
        };
        check("1.el9.rocky.0.1", rocky.clone(), "1.el9");
        check("1.el9.rocky", rocky, "1.el9");
        check("12.0.1.el9", Mark::BeforeDistTag, "12.el9");
        check(
            "12.0.1.module+el8.10.0+90182+ab12.2",
            Mark::BeforeDistTag,
            "12.module_el8.10.0.2",
        );
        let unmarked = normalise_release("12.1.el9", &[Mark::BeforeDistTag]);
        assert_eq!(unmarked, ("12.1.el9".to_owned(), false));
    }

    #[test]
    fn reduces_dist_tags_to_the_major_release() {
        assert_eq!(reduce_dist_tag("8.el9_6.1"), "8.el9.1");
        assert_eq!(reduce_dist_tag("8.el10"), "8.el10");
        assert_eq!(reduce_dist_tag("8.fc40"), "8.fc40");
        assert_eq!(reduce_dist_tag("4.module_el9.3.0"), "4.module_el9");
        assert_eq!(reduce_dist_tag("4.module_el9.3.0.1"), "4.module_el9.1");
        assert_eq!(reduce_dist_tag("4.module_el9.1"), "4.module_el9.1");
    }

    proptest! {
        #[test]
        fn normalising_twice_changes_nothing(release in "[0-9]{1,2}(\\.el9(_6)?)?(\\.alma(\\.[0-9])?)?(\\.[a-z0-9+_]{1,5}){0,2}") {
            let marks = Rules::default().marks;
            let (once, _) = normalise_release(&release, &marks);
            prop_assume!(!once.contains(".alma") && !once.contains(".plus"));
            prop_assert_eq!(normalise_release(&once, &marks), (once.clone(), false));
        }

        #[test]
        fn any_text_is_normalised_without_panic(release in ".{0,40}") {
            let marks = [Mark::BeforeDistTag, Mark::Suffix { word: "alma".to_owned(), numbers: 1 }];
            let _ = normalise_release(&release, &marks);
            let _ = reduce_dist_tag(&release);
        }
    }
}
