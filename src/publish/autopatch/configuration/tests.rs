use super::*;

fn check(text: &str, expected: &[&str]) {
    let shown = match read_autopatch(text) {
        Ok(autopatch) => autopatch.warnings,
        Err((line, what)) => vec![format!("error at {line:?}: {what}")],
    };
    assert_eq!(shown, expected, "{text}");
}

#[test]
fn actions_keep_their_order_and_their_line() {
    let text = "actions:\n  - replace:\n      - target: spec\n        find: |\n          a\n          b\n        replace: c\n        count: -1\n  - add_files:\n    - type: patch\n      name: x.patch\n      number: 0001\n    - {type: source, name: y, number: Latest, modify_spec: no}\n    - {type: patch, name: z.patch, number: \"1001\", modify_spec: Yes}\n  - modify_release:\n    - suffix: .alma.1\n      enabled: off\n";
    let autopatch = read_autopatch(text).unwrap();
    assert_eq!(autopatch.warnings, [""; 0]);
    let file = |kind, name: &str, number, modifies_spec| Action::AddFile {
        kind,
        name: name.to_owned(),
        number,
        modifies_spec,
    };
    let actions: Vec<_> = autopatch
        .entries
        .iter()
        .map(|entry| entry.action.clone())
        .collect();
    assert_eq!(
        actions,
        [
            Action::Replace {
                target: Target::Spec,
                find: Pattern::Literal("a\nb\n".to_owned()),
                replace: "c".to_owned(),
                count: None,
            },
            file(AddedFileKind::Patch, "x.patch", Some(1), true),
            file(AddedFileKind::Source, "y", None, false),
            file(AddedFileKind::Patch, "z.patch", Some(1001), true),
        ]
    );
    assert_eq!(autopatch.entries[2].line, 10);
}

#[test]
fn what_is_not_understood_is_kept_and_told() {
    let unknown = "actions:\n  - sign_kernel:\n      - key: x\n  - replace:\n      - find: a\n        replace: b\n";
    check(
        unknown,
        &[
            "line 3: there is no action sign_kernel; what it does is not known",
            "line 5: replace, entry 1: missing field `target`; what it does is not known",
        ],
    );
    let kinds: Vec<_> = read_autopatch(unknown).unwrap().entries;
    assert!(
        kinds
            .iter()
            .all(|entry| matches!(entry.action, Action::Unknown { .. }))
    );
    assert_eq!(kinds.len(), 2);
    check(
        "actions:\n  - modify_release:\n    - {suffix: .a, enabled: perhaps}\n",
        &[
            "line 3: modify_release, entry 1: “perhaps” is neither yes nor no; what it does is not known",
        ],
    );
    check(
        "actions:\n  - replace:\n    - {target: spec, find: a, replace: b}\n    - {target: spec, find: a, fnd: x, replace: b}\n",
        &["line 3: replace, entry 2: there is no key fnd; what it does is not known"],
    );
    check(
        "actions:\n  - modify_release:\n    - {suffix: .a, enabled: no, when: later}\n",
        &["line 3: modify_release, entry 1: there is no key when; what it does is not known"],
    );
    for count in [0, -2] {
        let told = format!(
            "line 3: replace, entry 1: the count {count} is neither -1 nor above 0; what it does is not known"
        );
        check(
            &format!(
                "actions:\n  - replace:\n    - {{target: spec, find: a, replace: b, count: {count}}}\n"
            ),
            &[&told],
        );
    }
    check(
        "actions:\n  - replace:\n",
        &[
            "line 2: replace, entry 1: an entry has keys, and this one has none; what it does is not known",
        ],
    );
    check(
        "actions:\n  - run_script: [{script: x, cwd: rpms}]\n  - add_files:\n    - {type: patch, name: x, no_backup: yes, insert_almalinux_line: no}\n",
        &[],
    );
    let unreadable =
        read_autopatch("actions:\n  - replace:\n    - {target: spec, rfind: '(a', replace: b}\n");
    let autopatch = unreadable.unwrap();
    assert!(autopatch.warnings[0].contains("the expression “(a” cannot be read"));
    assert!(matches!(
        autopatch.entries[0].action,
        Action::Unknown { .. }
    ));
    check(
        "parameters:\n  colour: red\nactions: []\nmore: 1\n",
        &[
            "line 2: there is no parameter colour",
            "there is no key more",
        ],
    );
    check(
        "actions:\n  - add_line:\n    - {target: spec, section: prep, location: left, content: x}\n",
        &[
            "line 3: add_line, entry 1: the location “left” is neither top nor bottom; what it does is not known",
        ],
    );
}

#[test]
fn no_yaml_is_an_error_with_its_line() {
    for (text, line) in [("actions: [\n", 1), ("a: b: c\n", 1)] {
        assert_eq!(read_autopatch(text).unwrap_err().0, Some(line), "{text}");
    }
    check("parameters: {}\n", &["error at None: it has no actions"]);
    check(
        "actions:\n  - replace:\n    - target: spec\n      find: a\n      find: b\n",
        &["error at Some(5): find is there twice"],
    );
    let bomb: String = (1..12)
        .map(|level| {
            format!(
                "a{level}: &a{level} [{}]\n",
                vec![format!("*a{}", level - 1); 9].join(",")
            )
        })
        .collect();
    assert!(read_autopatch(&format!("a0: &a0 [x]\n{bomb}actions: []\n")).is_err());
}
