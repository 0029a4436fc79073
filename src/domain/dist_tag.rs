//! The dist tag: which release of the distribution a package was built for.

use std::fmt;

/// A dist tag such as `.el9_6`, as it stands in a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DistTag {
    /// The major release, 9 in `.el9_6`.
    pub major: u32,
    /// The minor release where the tag names one, 6 in `.el9_6`. Its absence tells nothing of the minor release.
    pub minor: Option<u32>,
}

impl DistTag {
    /// The first dist tag in a package's release; `None` where there is none.
    pub fn of_release(release: &str) -> Option<Self> {
        dist_tag_position(release).map(|(_, _, tag)| tag)
    }
}

impl fmt::Display for DistTag {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, ".el{}", self.major)?;
        match self.minor {
            Some(minor) => write!(formatter, "_{minor}"),
            None => Ok(()),
        }
    }
}

/// Where the first dist tag starts and ends in a release, in bytes, and what it says.
pub fn dist_tag_position(release: &str) -> Option<(usize, usize, DistTag)> {
    release.match_indices(".el").find_map(|(start, mark)| {
        let after = start + mark.len();
        let (major, end) = number_at(release, after)?;
        let minor = release[end..]
            .starts_with('_')
            .then(|| number_at(release, end + 1))
            .flatten();
        let end = minor.map_or(end, |(_, end)| end);
        let minor = minor.map(|(minor, _)| minor);
        Some((start, end, DistTag { major, minor }))
    })
}

fn number_at(text: &str, start: usize) -> Option<(u32, usize)> {
    let digits = text[start..].bytes().take_while(u8::is_ascii_digit).count();
    let number = text[start..start + digits].parse().ok()?;
    Some((number, start + digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(release: &str, expected: Option<(u32, Option<u32>)>) {
        let expected = expected.map(|(major, minor)| DistTag { major, minor });
        assert_eq!(DistTag::of_release(release), expected, "{release}");
    }

    #[test]
    fn finds_major_and_minor() {
        check("9.el9", Some((9, None)));
        check("4.el9_8", Some((9, Some(8))));
        check("1.el10.3", Some((10, None)));
        check("570.22.1.el9_6.alma.1", Some((9, Some(6))));
        check("2.elx.el8", Some((8, None)));
        check("1.fc40", None);
        check("1.el99999999999999", None);
        check("1.el9_", Some((9, None)));
        check("", None);
    }

    #[test]
    fn prints_as_it_stands() {
        for tag in [".el9", ".el9_6"] {
            assert_eq!(DistTag::of_release(tag).unwrap().to_string(), tag);
        }
    }
}
