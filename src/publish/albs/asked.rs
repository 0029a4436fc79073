//! What the build system is asked for, and whether an answer is one to that.

use serde_json::Value;
use std::fmt;

/// Builds that the build system puts on a page; only its last has fewer.
const BUILDS_OF_PAGE: u64 = 10;

/// What the build system is asked for.
#[derive(Clone, Copy, Debug)]
pub enum Asked {
    /// A page of its builds, the newest on page 1.
    Page(u32),
    /// One build, by its number.
    Build(u64),
}

impl Asked {
    /// Where it is, below the address of the build system's interface.
    pub fn url(self, address: &str) -> String {
        match self {
            Self::Page(page) => format!("{address}/builds/?pageNumber={page}"),
            Self::Build(id) => format!("{address}/builds/{id}/"),
        }
    }

    /// Whether a page is the last by the total that it states.
    pub fn is_last(self, answer: &Value) -> bool {
        let total = answer.get("total_builds").and_then(Value::as_u64);
        match self {
            Self::Page(page) => {
                total.is_some_and(|total| total <= BUILDS_OF_PAGE * u64::from(page))
            }
            Self::Build(_) => false,
        }
    }

    /// Whether an answer is what was asked for: that very build, or that page with all builds that are to be on it by the total
    /// that it states. What is wrong is told with what to do about it.
    pub fn check(self, answer: &Value) -> Result<(), String> {
        match self {
            Self::Page(page) => check_page(answer, page),
            Self::Build(id) => check_build(answer, id),
        }
    }
}

fn check_build(answer: &Value, id: u64) -> Result<(), String> {
    let found = match answer.get("id") {
        Some(found) if found.as_u64() == Some(id) => return Ok(()),
        Some(found) => format!("build {found}"),
        None => "no single build".to_owned(),
    };
    Err(format!(
        "it is {found}, and not build {id}; see in a browser what it answers, or take {id} out of ids"
    ))
}

fn check_page(answer: &Value, page: u32) -> Result<(), String> {
    const REMEDY: &str = "see in a browser what it answers, and publish again";
    let number = |key: &str| answer.get(key).and_then(Value::as_u64);
    if let Some(current) = number("current_page").filter(|&current| current != u64::from(page)) {
        return Err(format!(
            "it is page {current}, and not page {page}; {REMEDY}"
        ));
    }
    let given = answer.get("builds").and_then(Value::as_array).map(Vec::len);
    let (Some(total), Some(given)) = (number("total_builds"), given) else {
        return Ok(());
    };
    let before = BUILDS_OF_PAGE * u64::from(page.saturating_sub(1));
    let expected = total.saturating_sub(before).min(BUILDS_OF_PAGE);
    match (given as u64) < expected {
        true => Err(format!(
            "it has {given} of the {expected} builds that are to be on it by the {total} in all that it states; {REMEDY}"
        )),
        false => Ok(()),
    }
}

impl fmt::Display for Asked {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Page(page) => write!(formatter, "page {page}"),
            Self::Build(id) => write!(formatter, "build {id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_answer_is_what_was_asked_for_with_all_of_its_builds() {
        let check = |asked: Asked, answer: Value, expected: Option<&str>| {
            let found = asked.check(&answer).err();
            let found = found.as_deref().and_then(|found| found.split(';').next());
            assert_eq!(found, expected, "{asked} {answer}");
        };
        let of = |builds: usize, total: Value| json!({ "builds": vec![json!({}); builds], "total_builds": total });
        check(Asked::Build(7), json!({ "id": 7 }), None);
        let other = "it is build 8, and not build 7";
        check(Asked::Build(7), json!({ "id": 8 }), Some(other));
        let other = "it is build \"7\", and not build 7";
        check(Asked::Build(7), json!({ "id": "7" }), Some(other));
        let other = "it is no single build, and not build 7";
        check(Asked::Build(7), json!([{ "id": 7 }]), Some(other));
        check(Asked::Page(1), json!([]), None);
        for total in [Value::Null, json!("many"), json!(0)] {
            check(Asked::Page(1), of(0, total), None);
        }
        check(Asked::Page(1), of(10, json!(12)), None);
        check(Asked::Page(2), of(2, json!(12)), None);
        check(Asked::Page(3), of(0, json!(12)), None);
        check(Asked::Page(1), of(20, json!(50)), None);
        let lacking = |given: &str, total: u32| {
            format!(
                "it has {given} builds that are to be on it by the {total} in all that it states"
            )
        };
        check(
            Asked::Page(1),
            of(0, json!(3)),
            Some(&lacking("0 of the 3", 3)),
        );
        check(
            Asked::Page(1),
            of(9, json!(30)),
            Some(&lacking("9 of the 10", 30)),
        );
        check(
            Asked::Page(2),
            of(1, json!(12)),
            Some(&lacking("1 of the 2", 12)),
        );
        check(
            Asked::Page(2),
            json!({ "builds": [], "current_page": 1 }),
            Some("it is page 1, and not page 2"),
        );
    }
}
