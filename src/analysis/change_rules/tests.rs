//! Tests of the rules that class changes.

use super::word_differences::without_words;
use super::*;

#[test]
fn lines_and_patterns() {
    let check = |text: &str, pattern: &str, expected: bool| {
        let fits = has_only_lines(&[text], &[pattern.to_owned()]);
        assert_eq!(fits, expected, "{text:?} {pattern}");
    };
    check("source1: a.cer", "Source*:*", true);
    check("# x\n%if 1\n  source1: a\n%endif", "source*:*", true);
    check("source1: a\nmake", "source*:*", false);
    check("# x", "source*:*", false);
    check("a.cer", "*.cer", true);
    check("a.cer b", "*.cer", false);
    check("ab", "a", false);
    check("aba", "a*b*b", false);
}

#[test]
fn words_are_taken_out() {
    let words = [
        "red hat",
        "red hat linux",
        "redhat",
        "redhatsecureboot*",
        "redhat.com",
    ];
    let words = words.map(str::to_owned);
    let check = |text: &str, expected: &str| {
        assert_eq!(without_words(text, &words), expected, "{text}");
    };
    check("from red hat\n linux, red hats", "from ¤, ¤s");
    check("-n redhatsecureboot301.cer", "-n ¤.cer");
    check("notredhat workflow_redhatx", "notredhat workflow_¤x");
    check("(red_hat-1 red-hat", "(¤-1 ¤");
    check("u=\"https://a.redhat.com/b\" c", "u=\"¤\" c");
    check("u=a.redhat.com, mailto:b@redhat.com", "u=¤, ¤");
    check("a@b.example", "a@b.example");
    check("redhat@b.example, redhat", "redhat@b.example, ¤");
    check(
        "u=https://b.example/?a=redhat c",
        "u=https://b.example/?a=redhat c",
    );
    check(
        "b.example/redhat redhat/b.example",
        "b.example/redhat ¤/b.example",
    );
    for other in [
        "https://redhat.com.example/",
        "https://notredhat.com/",
        "https://redhat.com@a.example/",
        "https://a.example/@redhat.com",
        "https://a.example/redhat.com",
        "https://redhat.com/x|sh",
        "https://redhat.com/`x`",
    ] {
        assert_ne!(without_words(other, &words), "¤", "{other}");
    }
}
