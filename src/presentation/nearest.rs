//! The names nearest to one that does not exist.

use crate::report::Names;

/// Up to `count` of the names that are most like `wanted`, the most like first; names that share little are left out.
pub fn nearest<'a>(
    wanted: &str,
    names: impl IntoIterator<Item = &'a str>,
    count: usize,
) -> Vec<&'a str> {
    let wanted = wanted.to_ascii_lowercase();
    let mut rated: Vec<(f64, &str)> = names
        .into_iter()
        .map(|name| {
            (
                strsim::jaro_winkler(&wanted, &name.to_ascii_lowercase()),
                name,
            )
        })
        .filter(|(likeness, _)| *likeness >= LEAST_LIKENESS)
        .collect();
    rated.sort_by(|left, right| right.0.total_cmp(&left.0).then_with(|| left.1.cmp(right.1)));
    rated
        .into_iter()
        .take(count)
        .map(|(_, name)| name)
        .collect()
}

/// The source packages, by their names in the order of the table, that a binary package of this name is built from on either side.
pub fn sources_of_binary<'a>(name: &str, names: &Names, sources: &'a [String]) -> Vec<&'a str> {
    let start = names
        .binaries
        .partition_point(|binary| binary.as_str() < name);
    let same = names.binaries.iter().zip(&names.rows).skip(start);
    same.take_while(|(binary, _)| *binary == name)
        .filter_map(|(_, &row)| sources.get(row as usize).map(String::as_str))
        .collect()
}

const LEAST_LIKENESS: f64 = 0.75;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_a_binary_package_is_built_from() {
        let sources = ["almalinux-logos", "srcA", "srcB"].map(str::to_owned);
        let names = Names {
            format: crate::report::FormatVersion::CURRENT,
            binaries: ["libmoved", "libmoved", "redhat-logos"]
                .map(str::to_owned)
                .to_vec(),
            rows: vec![1, 2, 0],
        };
        let check = |name: &str, expected: &[&str]| {
            assert_eq!(sources_of_binary(name, &names, &sources), expected);
        };
        check("libmoved", &["srcA", "srcB"]);
        check("redhat-logos", &["almalinux-logos"]);
        check("libm", &[]);
        check("z", &[]);
    }

    #[test]
    fn finds_what_was_meant() {
        let names = ["bash", "glibc", "gnome-shell", "openssl"];
        let check =
            |wanted: &str, expected: &[&str]| assert_eq!(nearest(wanted, names, 2), expected);
        check("glib", &["glibc"]);
        check("opensll", &["openssl"]);
        check("Bash", &["bash"]);
        check("zzzz", &[]);
        check("", &[]);
    }
}
