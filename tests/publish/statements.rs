//! What people say of a package, as far as it is about the release.

use super::support::{FIRST, World};

#[test]
fn a_comment_on_a_modification_is_not_said_of_a_release_without_it() {
    let check = |state: &str, comment: &str, expected: Option<&str>| {
        let world = World::new();
        world.configure("[[release.statements]]\nfile = \"list.json\"\nwho = \"The list\"");
        let list = format!(
            r#"[{{ "package": "bash", "releases": {{ "8": {{ "state": "modified" }}, "9": {{ "state": "{state}" }} }},
                 "comments": [{{ {comment} "text": "Disable debuginfod-urls" }}] }}]"#
        );
        world.write("list.json", list);
        world.publish_at(FIRST).unwrap();
        let said = &world.package("9", "bash").statements[0];
        assert_eq!(said.text.as_deref(), expected, "{state} {comment}");
    };
    let said = Some("Disable debuginfod-urls");
    for of_all in ["", r#""releases": null,"#] {
        check("unmodified", of_all, None);
        check("modified", of_all, said);
        check("to-be-modified", of_all, said);
    }
    check("unmodified", r#""releases": ["9"],"#, said);
    check("unmodified", r#""releases": ["8"],"#, None);
}
