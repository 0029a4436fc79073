//! What rpmautospec writes into a spec where it makes a source package of a git repository: a block above the spec that counts the
//! release, and the changelog, both of the repository's commits. In the repository `%autorelease` and `%autochangelog` stand alone.

use std::ops::Range;

/// The last line of the block's definition, to which a distribution's mark may be appended.
pub const RELEASE_LAST_LINE: &str = "}%{?-e:.%{-e*}}%{?-s:.%{-s*}}%{!?-n:%{?dist}}";

const RELEASE_NUMBER: &str = "    release_number = ";
/// Stands for a changelog that is made when the package is built.
const COUNTED_CHANGELOG: &str = "%autochangelog\n";

/// A spec, without what rpmautospec wrote into it and not into the one that it is held against.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpecForm {
    /// The text.
    pub text: Vec<u8>,
    /// The lines that are left out above it.
    release_lines: usize,
    /// The mark that was appended to the release in them.
    mark: String,
    /// The line of the text that stands for a changelog, and how many lines that has.
    changelog: Option<(usize, usize)>,
}

/// The block that counts the release.
#[derive(PartialEq, Eq)]
struct ReleaseBlock {
    /// How many lines it has, the empty one below it included.
    line_count: usize,
    /// The number that it counts from; `None` where it does not count the release.
    number: Option<String>,
    /// What was appended to the release.
    mark: String,
}

/// The last lines of a spec, where they are the changelog that rpmautospec makes, or stand for it.
struct ChangelogPart {
    start: usize,
    is_made: bool,
}

impl SpecForm {
    /// A spec, or another text, as it is.
    pub fn whole(text: &[u8]) -> Self {
        Self {
            text: text.to_owned(),
            ..Self::default()
        }
    }

    /// The lines of the spec itself, for lines of the text.
    pub fn lines_of_spec(&self, lines: Range<usize>) -> Range<usize> {
        let line_of_spec = |line: usize| {
            let longer = match self.changelog {
                Some((at, line_count)) if line > at => line_count.saturating_sub(1),
                _ => 0,
            };
            self.release_lines + line + longer
        };
        line_of_spec(lines.start)..line_of_spec(lines.end)
    }
}

/// How many lines at the start of a spec are the block by which rpmautospec counts its release.
pub fn release_line_count(spec: &[u8]) -> usize {
    release_block(&lines_of(spec)).map_or(0, |block| block.line_count)
}

/// Whether two specs are one but for what rpmautospec wrote into one of them; what it wrote into both has to be the same.
pub fn are_one_spec(one: &[u8], other: &[u8]) -> bool {
    let [one, other] = in_one_form([one, other]);
    (one.text, one.mark) == (other.text, other.mark)
}

/// Two specs without what rpmautospec wrote into one of them alone, or into both alike. A block that is not word for word as it has it
/// stays.
pub fn in_one_form(specs: [&[u8]; 2]) -> [SpecForm; 2] {
    let lines = specs.map(lines_of);
    let [one, other] = [release_block(&lines[0]), release_block(&lines[1])];
    let alike = |one: &ReleaseBlock, other: &ReleaseBlock| {
        (&one.number, &one.mark) == (&other.number, &other.mark)
    };
    let leaves_blocks = matches!((&one, &other), (Some(one), Some(other)) if !alike(one, other));
    let changelogs = [changelog_part(&lines[0]), changelog_part(&lines[1])];
    let is_made_once = matches!(
        &changelogs, [Some(one), Some(other)] if one.is_made != other.is_made
    );
    let form_of =
        |lines: &[&[u8]], block: Option<ReleaseBlock>, changelog: Option<ChangelogPart>| {
            let block = block.filter(|_| !leaves_blocks);
            let release_lines = block.as_ref().map_or(0, |block| block.line_count);
            let changelog = changelog.filter(|_| is_made_once);
            let end = changelog.map_or(lines.len(), |part| part.start);
            let mut text = lines[release_lines..end].concat();
            if is_made_once {
                text.extend_from_slice(COUNTED_CHANGELOG.as_bytes());
            }
            SpecForm {
                text,
                release_lines,
                mark: block.map(|block| block.mark).unwrap_or_default(),
                changelog: is_made_once.then_some((end - release_lines, lines.len() - end)),
            }
        };
    let [one_changelog, other_changelog] = changelogs;
    [
        form_of(&lines[0], one, one_changelog),
        form_of(&lines[1], other, other_changelog),
    ]
}

fn lines_of(spec: &[u8]) -> Vec<&[u8]> {
    spec.split_inclusive(|byte| *byte == b'\n').collect()
}

/// A line without its end; nothing where it is no UTF-8, which no line of rpmautospec's own is.
fn text_of<'a>(line: &&'a [u8]) -> &'a str {
    std::str::from_utf8(line).map_or("\0", |line| line.strip_suffix('\n').unwrap_or(line))
}

fn release_block(lines: &[&[u8]]) -> Option<ReleaseBlock> {
    let mut texts = lines.iter().map(text_of).enumerate().peekable();
    let mut take = |fits: fn(&str) -> bool| texts.next_if(|(_, text)| fits(text));
    take(|text| text == "## START: Set by rpmautospec")?;
    take(|text| text.starts_with("## (rpmautospec version ") && text.ends_with(')'))?;
    // Old versions do not say what they write.
    let _ = take(|text| text.starts_with("## RPMAUTOSPEC: "));
    let (mut number, mut mark) = (None, "");
    if take(|text| text == "%define autorelease(e:s:pb:n) %{?-p:0.}%{lua:").is_some() {
        let (_, line) = take(|text| counted_number(text).is_some())?;
        number = counted_number(line);
        take(|text| {
            text == "    base_release_number = tonumber(rpm.expand(\"%{?-b*}%{!?-b:1}\"));"
        })?;
        take(|text| text == "    print(release_number + base_release_number - 1);")?;
        let (_, line) = take(|text| appended_mark(text).is_some())?;
        mark = appended_mark(line)?;
    }
    take(|text| text == "## END: Set by rpmautospec")?;
    let (last, _) = take(str::is_empty)?;
    Some(ReleaseBlock {
        line_count: last + 1,
        number: number.map(str::to_owned),
        mark: mark.to_owned(),
    })
}

fn counted_number(line: &str) -> Option<&str> {
    let number = line.strip_prefix(RELEASE_NUMBER)?.strip_suffix(';')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some(number)
}

/// What is appended to the release; `None` where that could be more than a mark.
fn appended_mark(line: &str) -> Option<&str> {
    let mark = line.strip_prefix(RELEASE_LAST_LINE)?;
    let is_of_mark = |byte: u8| byte.is_ascii_alphanumeric() || b"._+~^".contains(&byte);
    mark.bytes().all(is_of_mark).then_some(mark)
}

fn changelog_part(lines: &[&[u8]]) -> Option<ChangelogPart> {
    let texts: Vec<&str> = lines.iter().map(text_of).collect();
    let heading = texts
        .iter()
        .position(|text| text.trim_end() == "%changelog")?;
    let below = &texts[heading + 1..];
    let made = below
        .iter()
        .position(|text| *text == "## START: Generated by rpmautospec");
    if let Some(start) = made {
        // rpmautospec writes each percent sign twice: a macro there is of somebody else's, and may do anything.
        let runs_nothing = |text: &&str| !text.replace("%%", "").contains('%');
        let is_whole = below.last() == Some(&"## END: Generated by rpmautospec")
            && below[start..].iter().all(runs_nothing);
        return is_whole.then_some(ChangelogPart {
            start: heading + 1 + start,
            is_made: true,
        });
    }
    let said = below
        .iter()
        .map(|text| text.trim())
        .filter(|text| !text.is_empty());
    let said: Vec<&str> = said.collect();
    let stands_for_one = matches!(
        said[..],
        ["%autochangelog" | "%{autochangelog}" | "%{?autochangelog}"]
    );
    stands_for_one.then_some(ChangelogPart {
        start: heading + 1,
        is_made: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "Name: a\nRelease: %autorelease\n%build\nmake\n\n%changelog\n";
    const ENTRIES: &str = "* Mon Jan 01 2024 Ada <ada@example.org> - 1-1\n- Uses 100%% of it\n";

    fn block(version: &str, number: u32, mark: &str) -> String {
        format!(
            "## START: Set by rpmautospec\n## (rpmautospec version {version})\n## RPMAUTOSPEC: autorelease, autochangelog\n\
             %define autorelease(e:s:pb:n) %{{?-p:0.}}%{{lua:\n    release_number = {number};\n    \
             base_release_number = tonumber(rpm.expand(\"%{{?-b*}}%{{!?-b:1}}\"));\n    \
             print(release_number + base_release_number - 1);\n{RELEASE_LAST_LINE}{mark}\n## END: Set by rpmautospec\n\n"
        )
    }

    /// A spec as it is packed.
    fn packed(block: &str, body: &str, entries: &str) -> String {
        format!(
            "{block}{body}## START: Generated by rpmautospec\n{entries}\n## END: Generated by rpmautospec\n"
        )
    }

    #[test]
    fn what_rpmautospec_writes_makes_no_other_spec() {
        let check = |one: &str, other: &str, expected: bool| {
            for (one, other) in [(one, other), (other, one)] {
                let found = are_one_spec(one.as_bytes(), other.as_bytes());
                assert_eq!(found, expected, "{one}\n{other}");
            }
        };
        let in_git = format!("{BODY}%autochangelog\n");
        let first = block("0.6.5", 1, "");
        let written = packed(&first, BODY, ENTRIES);
        check(&in_git, &written, true);
        check(&in_git, &in_git, true);
        check(
            &written,
            &packed(&block("0.8.3", 1, ""), BODY, ENTRIES),
            true,
        );
        check(&in_git, &packed("", BODY, ENTRIES), true);
        check(
            &written,
            &packed(&block("0.6.5", 2, ""), BODY, ENTRIES),
            false,
        );
        check(&written, &packed(&first, BODY, "* other\n"), false);
        check(
            &in_git,
            &packed(&block("0.6.5", 1, ".alma.1"), BODY, ENTRIES),
            false,
        );
        check(
            &in_git,
            &packed(&block("0.6.5", 1, "%(touch x)"), BODY, ENTRIES),
            false,
        );
        check(&in_git, &packed(&first, BODY, "- %(touch x)\n"), false);
        let argument = BODY.replace("%autorelease", "%autorelease -b 5");
        check(&in_git, &packed(&first, &argument, ENTRIES), false);
        check(
            &in_git,
            &packed(&first, &BODY.replace("make", "make all"), ENTRIES),
            false,
        );
        let other_block = first.replace("print(release_number", "os.execute(\"x\"); print(0");
        check(&in_git, &packed(&other_block, BODY, ENTRIES), false);
        check(&written, &format!("{BODY}{ENTRIES}"), false);
        check(&in_git, &format!("{written}%post\nrm\n"), false);
        check(&in_git, BODY, false);
    }

    #[test]
    fn lines_of_a_form_are_those_of_the_spec() {
        let in_git = format!("{BODY}%autochangelog\n");
        let body = format!("{BODY}* Ada\n- Entry\n\n");
        let written = packed(&block("0.6.5", 1, ".alma.1"), &body, ENTRIES);
        let [one, other] = in_one_form([in_git.as_bytes(), written.as_bytes()]);
        assert_eq!(one.text, in_git.as_bytes());
        assert_eq!(other.text, format!("{body}%autochangelog\n").as_bytes());
        assert_eq!(one.lines_of_spec(2..7), 2..7);
        assert_eq!(other.lines_of_spec(0..1), 10..11);
        assert_eq!(other.lines_of_spec(9..10), 19..24);
        assert_eq!(written.lines().count(), 24);
    }
}
