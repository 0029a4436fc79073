//! Addresses that name one commit upstream, by the forms in which forges and viewers of repositories write them.

/// Whether an address in small letters names one commit: its form says so, and an id stands where the form has one.
pub(super) fn names_commit_in_form(link: &str) -> bool {
    let Some((_, place)) = link.split_once("://") else {
        return false;
    };
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    // A commit of a request to take it may not have been taken.
    let is_request = ["/pull/", "/pull-requests/", "/merge_requests/"]
        .iter()
        .any(|part| link.contains(part));
    let after = |part: &str| link.split_once(part).map(|(_, rest)| rest);
    let starts_with_id = |rest: &str| is_id(&rest[..id_length(rest)]);
    let is_id_alone = |rest: &str| {
        let end = &rest[id_length(rest)..];
        starts_with_id(rest) && ["", "/", "^!", "^!/", "%5e%21", "%5e%21/"].contains(&end)
    };
    let by_query = path.split_once('?').is_some_and(|(path, query)| {
        let value = |name: &str| value_in(query, name).unwrap_or_default();
        let is_gitweb = ["commit", "commitdiff", "commitdiff_plain", "patch"].contains(&value("a"));
        let is_cgit = ["/commit/", "/patch/"]
            .iter()
            .any(|part| format!("/{path}").contains(part));
        let is_viewvc = path.contains("viewvc") && ["rev", "revision"].contains(&value("view"));
        is_gitweb && is_id(value("h"))
            || is_cgit && is_id(value("id"))
            || is_viewvc && is_number(value("revision"))
    });
    let by_path = after("/rev/").is_some_and(starts_with_id)
        || after("://git.kernel.org/linus/").is_some_and(starts_with_id)
        || after("://gcc.gnu.org/g:").is_some_and(starts_with_id)
        || host.starts_with("bitbucket.") && after("/commits/").is_some_and(starts_with_id)
        || after("://svn.apache.org/r").is_some_and(is_number)
        // Gerrit's `/c/PROJECT/+/NUMBER` is a request, and a path behind the commit is that of a file in it.
        || host.ends_with(".googlesource.com")
            && !path.starts_with("c/")
            && after("/+/").is_some_and(is_id_alone);
    !is_request && (by_query || by_path)
}

/// The value of a name in a query, whose parts gitweb parts by semicolons.
fn value_in<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    let query = query.split('#').next().unwrap_or_default();
    let mut parts = query.split(['&', ';']);
    parts.find_map(|part| part.strip_prefix(name)?.strip_prefix('='))
}

fn id_length(text: &str) -> usize {
    text.find(|character: char| !character.is_ascii_alphanumeric())
        .unwrap_or(text.len())
}

/// The digits of a commit's id, whole or cut short as viewers do.
fn is_id(word: &str) -> bool {
    (matches!(word.len(), 7..=40) || word.len() == 64)
        && word.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_is_named_where_the_form_says_so() {
        const ID: &str = "3f7a0c2b9d1e4f5a6b7c8d9e0f1a2b3c4d5e6f70";
        let check = |link: &str, expected: bool| {
            let link = link.replace("ID", ID);
            assert_eq!(names_commit_in_form(&link), expected, "{link}");
        };
        for named in [
            "https://sourceware.org/git/?p=glibc.git;a=commit;h=ID",
            "https://sourceware.org/git/gitweb.cgi?p=glibc.git;a=commitdiff;h=3f7a0c2",
            "https://git.samba.org/?p=samba.git&a=patch&h=ID",
            "https://git.savannah.gnu.org/gitweb/?p=grub.git;a=commitdiff_plain;hb=x;h=ID",
            "https://cgit.freedesktop.org/x/y/commit/?h=1.2&id=ID",
            "https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/patch/?id=ID",
            "https://git.kernel.org/linus/3f7a0c2b9d1e",
            "https://hg.mozilla.org/projects/nss/rev/3f7a0c2b9d1e",
            "https://svn.apache.org/viewvc?view=revision&revision=1873747",
            "https://svn.apache.org/r1873747",
            "https://chromium.googlesource.com/webm/libvpx/+/ID",
            "https://chromium.googlesource.com/webm/libvpx/+/ID%5e%21",
            "https://gcc.gnu.org/g:ID",
            "https://bitbucket.org/a/b/commits/ID",
        ] {
            check(named, true);
        }
        for other in [
            "https://sourceware.org/git/?p=glibc.git;a=blob;h=ID",
            "https://sourceware.org/git/?p=glibc.git;a=commit;h=master",
            "https://sourceware.org/git/?p=glibc.git;h=ID",
            "https://sourceware.org/git/?p=glibc.git;a=commit;h=IDab",
            "https://a.example/x/log/?id=ID",
            "https://hg.mozilla.org/projects/nss/rev/tip",
            "https://hg.mozilla.org/projects/nss/rev/3f7a0c",
            "https://svn.apache.org/viewvc/a/b.c?revision=1873747&view=markup",
            "https://svn.apache.org/repos/asf",
            "https://chromium.googlesource.com/webm/libvpx/+/ID/README",
            "https://chromium.googlesource.com/webm/libvpx/+/main",
            "https://chromium-review.googlesource.com/c/x/+/1234567",
            "https://gcc.gnu.org/gcc-14",
            "https://github.com/a/b/commits/ID",
            "https://github.com/a/b/pull/12/commits/ID",
            "https://bitbucket.org/a/b/pull-requests/2/commits/ID",
            "https://gitlab.com/a/b/-/merge_requests/12",
            "ID",
        ] {
            check(other, false);
        }
    }
}
