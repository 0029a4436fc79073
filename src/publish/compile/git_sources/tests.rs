use super::*;
use crate::publish::Progress;
use crate::publish::fetch::FetchSettings;
use crate::report::InputKind;
use std::path::PathBuf;

/// What became of repositories, each a letter: t is handed out, o is old and from the cache, n is not there, l asks for a login,
/// L asks for one and is of a package that is named; and the failures that are told.
fn check(repositories: &str, expected: &str, failures: usize) {
    let fetcher = Fetcher::new(FetchSettings::default(), &[], Progress::hidden()).unwrap();
    let packages: Vec<GitPackage<'_>> = repositories
        .chars()
        .map(|letter| GitPackage {
            name: "bash",
            may_be_absent: letter != 'L',
            repository: Location::Address("https://a.example/bash.git".to_owned()),
            fetcher: &fetcher,
        })
        .collect();
    let checkout = |unasked| Checkout {
        folder: PathBuf::new(),
        commit: String::new(),
        tagged: BTreeSet::new(),
        unasked,
    };
    let fetched_of = |letter: char| -> Fetched {
        match letter {
            't' => Ok(Some(checkout(None))),
            'o' => Ok(Some(checkout(Some(Unasked {
                cause: String::new(),
                asked: None,
            })))),
            'n' => Ok(None),
            _ => Err(Error::at("bash.git", Cause::GitLogin)),
        }
    };
    let fetched = packages.iter().zip(repositories.chars().map(fetched_of));
    let mut told = ToldInputs::of(InputKind::Autopatch);
    let settled = settle_logins(fetched.collect(), "a.example", &mut told, |own| own);
    let letters: String = settled
        .iter()
        .map(|(package, fetched)| match fetched {
            Ok(Some(Checkout { unasked: None, .. })) => 't',
            Ok(Some(_)) => 'o',
            Ok(None) => 'n',
            Err(_) if package.may_be_absent => 'l',
            Err(_) => 'L',
        })
        .collect();
    assert_eq!((letters.as_str(), told.failed.len()), (expected, failures));
}

#[test]
fn tags_of_either_name_tell_the_version_that_they_agree_upon() {
    let check = |tags: &[&str], expected: Option<&str>| {
        let tagged = tags.iter().map(|&tag| tag.to_owned()).collect();
        let found = tagged_evr(&tagged, ["lorax-rhel", "lorax-almalinux"]);
        let found = found.map(|EvrText(evr)| format!("{}-{}", evr.version, evr.release));
        assert_eq!(found.as_deref(), expected, "{tags:?}");
    };
    check(&["lorax-rhel-9.0-1.el9"], Some("9.0-1.el9"));
    check(&["lorax-almalinux-9.0-1.el9"], Some("9.0-1.el9"));
    let both = ["lorax-almalinux-9.0-1.el9", "lorax-rhel-9.0-1.el9"];
    check(&both, Some("9.0-1.el9"));
    check(&["lorax-rhel-9.0-1.el9", "lorax-rhel-9.0-2.el9"], None);
    check(&["lorax-rhel-9.0-1.el9", "bash-9.0-1.el9"], None);
    check(&["lorax-rhel-doc-9.0-1.el9"], None);
    check(&[], None);
}

#[test]
fn a_login_tells_absence_only_beside_a_repository_that_is_handed_out() {
    check("tll", "tnn", 0);
    check("ltL", "ntL", 0);
    check("nll", "n", 1);
    check("oll", "o", 1);
    check("lL", "L", 1);
    check("ntn", "ntn", 0);
}
