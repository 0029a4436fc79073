//! Documents in the format CSAF 2.0 of OASIS, as Red Hat publishes them of its advisories.
//!
//! Source: <https://docs.oasis-open.org/csaf/csaf/v2.0/>, `https://security.access.redhat.com/data/csaf/v2/advisories/`.

use super::osv::is_of;
use super::reading::{AdvisoryInput, add_reference};
use crate::analysis::{Advisory, FixedPackage};
use crate::domain::{Evr, Severity};
use crate::publish::{Cause, Error};
use serde::Deserialize;
use std::collections::BTreeSet;

#[derive(Deserialize)]
struct Csaf {
    document: Document,
    #[serde(default)]
    product_tree: ProductTree,
    #[serde(default)]
    vulnerabilities: Vec<Vulnerability>,
}

#[derive(Deserialize)]
struct Document {
    tracking: Tracking,
    aggregate_severity: Option<AggregateSeverity>,
}

#[derive(Deserialize)]
struct Tracking {
    id: String,
    initial_release_date: Option<String>,
    current_release_date: Option<String>,
}

#[derive(Deserialize)]
struct AggregateSeverity {
    text: String,
}

#[derive(Default, Deserialize)]
struct ProductTree {
    #[serde(default)]
    branches: Vec<Branch>,
}

#[derive(Deserialize)]
struct Branch {
    #[serde(default)]
    branches: Vec<Branch>,
    product: Option<Product>,
}

#[derive(Deserialize)]
struct Product {
    product_id: String,
    product_identification_helper: Option<Helper>,
}

#[derive(Deserialize)]
struct Helper {
    cpe: Option<String>,
}

#[derive(Deserialize)]
struct Vulnerability {
    cve: Option<String>,
    release_date: Option<String>,
    #[serde(default)]
    product_status: ProductStatus,
}

#[derive(Default, Deserialize)]
struct ProductStatus {
    #[serde(default)]
    fixed: Vec<String>,
}

/// Reads one document, of which the source packages count that are fixed in the product of the ecosystem; what it says of
/// other products alone, such as those with extended support, is no advisory of the release.
pub fn read_csaf(bytes: &[u8], place: &str, ecosystem: &str) -> Result<AdvisoryInput, Error> {
    let csaf: Csaf = serde_json::from_slice(bytes)
        .map_err(|error| Error::at(place, Cause::Advisories(error.to_string())))?;
    let mut input = AdvisoryInput::default();
    // A product is named as ecosystems are, without the name of who makes it.
    let wanted = ecosystem
        .split_once(':')
        .map_or(ecosystem, |(_, rest)| rest);
    let mut products = BTreeSet::new();
    collect(&csaf.product_tree.branches, wanted, &mut products);
    let mut packages: Vec<FixedPackage> = Vec::new();
    for fixed in csaf
        .vulnerabilities
        .iter()
        .flat_map(|known| &known.product_status.fixed)
    {
        if let Some((product, file)) = fixed.split_once(':')
            && products.contains(product)
            && let Some(package) = source_package(file)
        {
            packages.push(package);
        }
    }
    packages.sort();
    packages.dedup();
    for vulnerability in &csaf.vulnerabilities {
        if let (Some(cve), Some(text)) = (&vulnerability.cve, &vulnerability.release_date)
            && let Some(date) = input.moment_of(text, "release_date", cve, place)
        {
            input.add_disclosure(cve.clone(), date);
        }
    }
    let Tracking {
        id,
        initial_release_date,
        current_release_date,
    } = &csaf.document.tracking;
    if let Some(id) = input.id_of(id, place) {
        let mut moment =
            |text: &Option<String>, what: &str| input.moment_of(text.as_deref()?, what, &id, place);
        let issued = moment(initial_release_date, "initial_release_date");
        let updated = moment(current_release_date, "current_release_date");
        let severity = csaf.document.aggregate_severity.as_ref();
        let mut advisory = Advisory {
            id,
            severity: severity.map_or(Severity::Unrated, |severity| {
                Severity::of_word(&severity.text)
            }),
            issued,
            issue_is_copied: false,
            updated,
            cves: Vec::new(),
            named: Vec::new(),
            packages,
        };
        for cve in csaf.vulnerabilities.iter().flat_map(|known| &known.cve) {
            add_reference(&mut advisory, cve);
        }
        input.advisories.push(advisory);
    }
    Ok(input)
}

/// The products whose CPE, such as `cpe:/a:redhat:enterprise_linux:9::appstream`, is of the one wanted.
fn collect(branches: &[Branch], wanted: &str, products: &mut BTreeSet<String>) {
    for branch in branches {
        if let Some(product) = &branch.product {
            let helper = product.product_identification_helper.as_ref();
            let cpe = helper.and_then(|helper| helper.cpe.as_deref());
            let name = cpe.and_then(|cpe| cpe.splitn(4, ':').nth(3));
            if name.is_some_and(|name| is_of(name, wanted)) {
                products.insert(product.product_id.clone());
            }
        }
        collect(&branch.branches, wanted, products);
    }
}

/// A source package of `NAME-EPOCH:VERSION-RELEASE.src`, perhaps followed by its module.
fn source_package(file: &str) -> Option<FixedPackage> {
    let file = file.split("::").next()?;
    let stem = file.strip_suffix(".src")?;
    let (rest, release) = stem.rsplit_once('-')?;
    let (name, version) = rest.rsplit_once('-')?;
    let evr = Evr::parse(&format!("{version}-{release}"))?;
    Some(FixedPackage {
        name: name.to_owned(),
        source: Some(name.to_owned()),
        evr,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = r#"{"document": {"aggregate_severity": {"text": "Moderate"},
            "tracking": {"id": "RHSA-2023:7435", "initial_release_date": "2023-11-21T15:34:29+00:00"}},
        "product_tree": {"branches": [{"branches": [
            {"product": {"product_id": "A-9", "product_identification_helper": {"cpe": "cpe:/a:redhat:enterprise_linux:9::appstream"}}},
            {"product": {"product_id": "A-8.2.AUS", "product_identification_helper": {"cpe": "cpe:/a:redhat:rhel_aus:8.2::appstream"}}}]}]},
        "vulnerabilities": [
            {"cve": "CVE-2023-37920", "release_date": "2023-07-25T00:00:00+00:00",
             "product_status": {"fixed": ["A-9:fence-agents-0:4.2.1-41.el9.src", "A-9:fence-agents-all-0:4.2.1-41.el9.x86_64",
                "A-8.2.AUS:fence-agents-0:4.2.1-40.el8_2.src"]}},
            {"cve": "CVE-2023-43804"}]}"#;

    fn check(ecosystem: &str, expected: &[&str]) {
        let input = read_csaf(DOCUMENT.as_bytes(), "a.json", ecosystem).unwrap();
        let advisory = &input.advisories[0];
        let packages: Vec<String> = advisory
            .packages
            .iter()
            .map(|package| format!("{} {}", package.name, package.evr))
            .collect();
        assert_eq!(packages, expected);
        assert_eq!(advisory.cves, ["CVE-2023-37920", "CVE-2023-43804"]);
        assert_eq!(advisory.severity, Severity::Moderate);
        assert_eq!(
            input.disclosures["CVE-2023-37920"].to_string(),
            "2023-07-25T00:00:00Z"
        );
    }

    #[test]
    fn dates_that_cannot_be_read_are_told() {
        let text = DOCUMENT
            .replace("2023-11-21T15:34:29+00:00", "21 November")
            .replace("2023-07-25T00:00:00+00:00", "July");
        let input = read_csaf(text.as_bytes(), "a.json", "Red Hat:enterprise_linux:9").unwrap();
        assert_eq!(
            input.warnings,
            [
                "a.json: CVE-2023-37920: its release_date “July” is no date, and is not known therefore.",
                "a.json: RHSA-2023:7435: its initial_release_date “21 November” is no date, and is not known therefore."
            ]
        );
        assert!(input.disclosures.is_empty());
        assert_eq!(input.advisories[0].issued, None);
    }

    #[test]
    fn source_packages_of_the_product_are_read() {
        check("Red Hat:enterprise_linux:9", &["fence-agents 4.2.1-41.el9"]);
        check("Red Hat:enterprise_linux:8", &[]);
        assert!(read_csaf(b"{}", "a.json", "x").is_err());
    }
}
