//! The names nearest to one that does not exist.

/// Up to `count` of the names that are most like `wanted`, the most like first; names that share little are left out.
pub fn nearest<'a>(
    wanted: &str,
    names: impl IntoIterator<Item = &'a str>,
    count: usize,
) -> Vec<&'a str> {
    let wanted = wanted.to_lowercase();
    let mut rated: Vec<(f64, &str)> = names
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&wanted, &name.to_lowercase()), name))
        .filter(|(likeness, _)| *likeness >= LEAST_LIKENESS)
        .collect();
    rated.sort_by(|left, right| right.0.total_cmp(&left.0).then_with(|| left.1.cmp(right.1)));
    rated
        .into_iter()
        .take(count)
        .map(|(_, name)| name)
        .collect()
}

const LEAST_LIKENESS: f64 = 0.75;

#[cfg(test)]
mod tests {
    use super::*;

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
