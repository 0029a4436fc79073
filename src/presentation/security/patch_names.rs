//! What is told of a vulnerability that no advisory names: the packages whose patches do.

use crate::presentation::number::count;
use crate::report::{Compatibility, Facets};

/// The packages of a report with a patch that names a vulnerability, sorted; `None` where the report does not tell.
pub fn packages_naming(
    cve: &str,
    report: &Compatibility,
    facets: Option<&Facets>,
) -> Option<Vec<String>> {
    let rows = facets?.rows_naming(cve)?.iter();
    let names = rows.filter_map(|&row| report.packages.names.get(row as usize));
    Some(names.cloned().collect())
}

/// What such packages say of it, in sentences.
pub fn naming_sentence(packages: Option<&[String]>) -> String {
    let named = match packages {
        None => "Whether a patch names it is not told by this report.".to_owned(),
        Some([]) => "No patch among the source texts that were read names it either.".to_owned(),
        Some([_]) => "A patch in the source of one package names it.".to_owned(),
        Some(several) => format!(
            "Patches in the sources of {} packages name it.",
            count(u32::try_from(several.len()).unwrap_or(u32::MAX))
        ),
    };
    format!("{named} That alone does not say whether it is fixed.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_told_is_not_none() {
        let check = |packages: Option<&[&str]>, expected: &str| {
            let packages: Option<Vec<String>> =
                packages.map(|all| all.iter().map(|name| (*name).to_owned()).collect());
            let found = naming_sentence(packages.as_deref());
            assert_eq!(
                found,
                format!("{expected} That alone does not say whether it is fixed.")
            );
        };
        check(None, "Whether a patch names it is not told by this report.");
        check(
            Some(&[]),
            "No patch among the source texts that were read names it either.",
        );
        check(
            Some(&["sudo"]),
            "A patch in the source of one package names it.",
        );
        check(
            Some(&["bash", "sudo"]),
            "Patches in the sources of 2 packages name it.",
        );
    }
}
