//! Reads the entry of one package where it is written as createrepo_c writes it, in a fraction of the time that XML takes.
//!
//! Whatever is written in another way, however rare, is left to the reader of XML: nothing here guesses.

use super::primary::{Extent, PrimaryEntry};
use crate::domain::AbiEntry;
use memchr::memmem::Finder;
use std::fmt::Write;

/// What finds its way through entries that are written plainly.
pub struct PlainPackages {
    end_tags: Finder<'static>,
    /// What only entries of a binary interface have in them: of a library, of the kernel, of a module of it.
    abi_marks: [Finder<'static>; 3],
}

/// What was not read yet of an entry.
struct Rest<'a>(&'a [u8]);

/// A start tag.
struct Tag<'a> {
    /// Its name, with its prefix.
    name: &'a [u8],
    attributes: &'a [u8],
    ended: bool,
}

impl Default for PlainPackages {
    fn default() -> Self {
        Self {
            end_tags: Finder::new("</"),
            abi_marks: [".so", "kernel(", "ksym("].map(Finder::new),
        }
    }
}

impl PlainPackages {
    /// Reads an element `package`, from its start tag to its end tag; `None` where it must be read as XML, and then `entry` may
    /// hold a part of it.
    pub fn read(&self, element: &[u8], extent: Extent, entry: &mut PrimaryEntry) -> Option<()> {
        // Comments, CDATA and instructions may hold what looks like tags.
        let is_markup = |&at: &usize| at > 0 && element[at - 1] == b'<';
        if memchr::memchr2_iter(b'!', b'?', element).any(|at| is_markup(&at)) {
            return None;
        }
        let mut rest = Rest(element);
        if rest.tag()?.name != b"package" {
            return None;
        }
        loop {
            rest.skip_blanks();
            if rest.0.starts_with(b"</") {
                return (rest.0 == b"</package>").then_some(());
            }
            let tag = rest.tag()?;
            match tag.name {
                b"name" => rest.text(&tag, &mut entry.name)?,
                b"arch" => rest.text(&tag, &mut entry.architecture)?,
                b"version" => {
                    tag.for_each_attribute(|key, value| match key {
                        b"epoch" => set(&mut entry.epoch, value),
                        b"ver" => set(&mut entry.version, value),
                        b"rel" => set(&mut entry.release, value),
                        _ => Some(()),
                    })?;
                    rest.skip(&tag)?;
                }
                b"checksum" => {
                    tag.for_each_attribute(|key, value| match key {
                        b"type" => set(&mut entry.digest_kind, value),
                        _ => Some(()),
                    })?;
                    rest.text(&tag, &mut entry.digest)?;
                }
                b"time" => {
                    tag.for_each_attribute(|key, value| {
                        if key == b"build" {
                            entry.built = plain(value)?.parse().ok();
                        }
                        Some(())
                    })?;
                    rest.skip(&tag)?;
                }
                b"location" => {
                    tag.for_each_attribute(|key, value| match key {
                        b"href" => set(&mut entry.location, value),
                        _ => Some(()),
                    })?;
                    rest.skip(&tag)?;
                }
                b"format" => self.read_format(&tag, &mut rest, extent, entry)?,
                name if is_without_prefix(name) => rest.skip(&tag)?,
                _ => return None,
            }
        }
    }

    fn read_format(
        &self,
        format: &Tag<'_>,
        rest: &mut Rest<'_>,
        extent: Extent,
        entry: &mut PrimaryEntry,
    ) -> Option<()> {
        if format.ended {
            return Some(());
        }
        let mut wanted = 1 + usize::from(extent == Extent::NamesAndAbi);
        while wanted > 0 {
            rest.skip_blanks();
            if rest.0.starts_with(b"</") {
                break;
            }
            let tag = rest.tag()?;
            match local_name(tag.name) {
                b"sourcerpm" => {
                    rest.text(&tag, &mut entry.source_file)?;
                    wanted -= usize::from(!tag.ended);
                }
                b"provides" if extent == Extent::NamesAndAbi => {
                    self.read_provides(&tag, rest, entry)?;
                    wanted -= usize::from(!tag.ended);
                }
                b"format" | b"package" => return None,
                _ if tag.ended => {}
                _ => {
                    let is_end = |at: usize| {
                        let behind = &rest.0[at + 2..];
                        behind.starts_with(tag.name) && behind.get(tag.name.len()) == Some(&b'>')
                    };
                    let end = self.end_tags.find_iter(rest.0).find(|&at| is_end(at))?;
                    rest.0 = &rest.0[end + 2 + tag.name.len() + 1..];
                }
            }
        }
        // What comes behind the last that is wanted is most of the entry: what the package requires, and its files.
        let end = self
            .end_tags
            .find_iter(rest.0)
            .find(|&at| rest.0[at..].starts_with(b"</format>"))?;
        rest.0 = &rest.0[end + b"</format>".len()..];
        Some(())
    }

    fn read_provides(
        &self,
        list: &Tag<'_>,
        rest: &mut Rest<'_>,
        entry: &mut PrimaryEntry,
    ) -> Option<()> {
        if list.ended {
            return Some(());
        }
        loop {
            rest.skip_blanks();
            if rest.0.starts_with(b"</") {
                return rest.end_tag(list.name);
            }
            let provide = rest.tag()?;
            if !provide.ended {
                return None;
            }
            entry.provides_recorded = true;
            if self
                .abi_marks
                .iter()
                .all(|mark| mark.find(provide.attributes).is_none())
            {
                continue;
            }
            let (mut name, mut value) = (None, "");
            provide.for_each_attribute(|key, text| {
                match key {
                    b"name" => name = Some(plain(text)?),
                    b"ver" => value = plain(text)?,
                    _ => {}
                }
                Some(())
            })?;
            entry.add_provide(name?, value);
        }
    }
}

impl<'a> Rest<'a> {
    fn skip_blanks(&mut self) {
        self.0 = self.0.trim_ascii_start();
    }

    /// Goes past a start tag.
    fn tag(&mut self) -> Option<Tag<'a>> {
        let inner = self.0.strip_prefix(b"<")?;
        let end = memchr::memchr(b'>', inner)?;
        let (inner, behind) = (&inner[..end], &inner[end + 1..]);
        let (inner, ended) = match inner.strip_suffix(b"/") {
            Some(inner) => (inner, true),
            None => (inner, false),
        };
        let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'-');
        let length = inner.iter().take_while(|&&byte| is_of_name(byte)).count();
        let (name, attributes) = inner.split_at(length);
        // With a quotation mark that is still open, the sign stands in the value of an attribute.
        let (mut is_open, mut has_apostrophes) = (false, false);
        for &byte in attributes {
            is_open ^= byte == b'"';
            has_apostrophes |= byte == b'\'';
        }
        let is_whole = !is_open && !has_apostrophes;
        self.0 = behind;
        (length > 0 && is_whole).then_some(Tag {
            name,
            attributes,
            ended,
        })
    }

    /// Goes past the end tag of an element.
    fn end_tag(&mut self, name: &[u8]) -> Option<()> {
        let behind = self.0.strip_prefix(b"</")?.strip_prefix(name)?;
        self.0 = behind.strip_prefix(b">")?;
        Some(())
    }

    /// Goes past the text and the end tag of an element that has no others in it.
    fn skip(&mut self, tag: &Tag<'_>) -> Option<()> {
        self.content(tag).map(|_| ())
    }

    /// Takes the text of an element that has no others in it, and stands once.
    fn text(&mut self, tag: &Tag<'_>, into: &mut String) -> Option<()> {
        set(into, self.content(tag)?)
    }

    fn content(&mut self, tag: &Tag<'_>) -> Option<&'a [u8]> {
        if tag.ended {
            return Some(b"");
        }
        let (content, behind) = self.0.split_at(memchr::memchr(b'<', self.0)?);
        self.0 = behind;
        self.end_tag(tag.name)?;
        Some(content)
    }
}

impl<'a> Tag<'a> {
    fn for_each_attribute(
        &self,
        mut take: impl FnMut(&'a [u8], &'a [u8]) -> Option<()>,
    ) -> Option<()> {
        let mut rest = self.attributes;
        loop {
            let blanks = rest.len() - rest.trim_ascii_start().len();
            rest = &rest[blanks..];
            if rest.is_empty() {
                return Some(());
            }
            let equals = memchr::memchr(b'=', rest)?;
            let (key, behind) = (&rest[..equals], &rest[equals + 1..]);
            let value = behind.strip_prefix(b"\"")?;
            let end = memchr::memchr(b'"', value)?;
            if blanks == 0 || !key.iter().all(u8::is_ascii_alphanumeric) {
                return None;
            }
            take(key, &value[..end])?;
            rest = &value[end + 1..];
        }
    }
}

impl PrimaryEntry {
    /// Adds an entry of what the package provides to its binary interface, if it is one of that.
    pub(super) fn add_provide(&mut self, name: &str, value: &str) {
        match AbiEntry::of_provide(name, value) {
            // Writing to a string cannot fail.
            Some(entry) if entry.is_of_kernel() => {
                let _ = writeln!(self.abi, "{entry}");
            }
            Some(_) => {
                self.abi.push_str(name);
                self.abi.push('\n');
            }
            None => {}
        }
    }
}

/// A text that means itself in XML; `None` where it holds references, or blanks that XML may take away or change.
fn plain(text: &[u8]) -> Option<&str> {
    let is_blank = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_whitespace);
    let means_itself = !is_blank(text.first())
        && !is_blank(text.last())
        && memchr::memchr3(b'&', b'\r', b'\n', text).is_none()
        && memchr::memchr(b'\t', text).is_none();
    std::str::from_utf8(text).ok().filter(|_| means_itself)
}

/// Takes in a text that was not there yet.
fn set(into: &mut String, text: &[u8]) -> Option<()> {
    into.push_str(plain(text)?);
    (into.len() == text.len()).then_some(())
}

fn local_name(name: &[u8]) -> &[u8] {
    name.rsplit(|&byte| byte == b':').next().unwrap_or(name)
}

fn is_without_prefix(name: &[u8]) -> bool {
    !name.contains(&b':')
}

#[cfg(test)]
mod tests {
    use super::super::primary::read_primary;
    use super::*;
    use proptest::prelude::*;

    const PLAIN: &str = "<package type=\"rpm\">\n  <name>zlib</name>\n  <arch>x86_64</arch>\n  \
        <version epoch=\"0\" ver=\"1.2\" rel=\"3.el9\"/>\n  <checksum type=\"sha256\" pkgid=\"YES\">ab</checksum>\n  \
        <summary>Reads &amp; writes</summary><packager/>\n  <time file=\"1\" build=\"2\"/>\n  <location href=\"z.rpm\"/>\n  \
        <format>\n    <rpm:license>zlib</rpm:license>\n    <rpm:sourcerpm>zlib-1.2-3.el9.src.rpm</rpm:sourcerpm>\n    \
        <rpm:provides>\n      <rpm:entry name=\"libz.so.1()(64bit)\"/>\n      <rpm:entry name=\"zlib\" flags=\"EQ\"/>\n    </rpm:provides>\n    \
        <rpm:requires><rpm:entry name=\"libc.so.6()(64bit)\"/></rpm:requires>\n  </format>\n</package>";

    fn read(element: &str) -> Option<PrimaryEntry> {
        let mut entry = PrimaryEntry::default();
        let extent = Extent::NamesAndAbi;
        PlainPackages::default()
            .read(element.as_bytes(), extent, &mut entry)
            .map(|()| entry)
    }

    #[test]
    fn reads_what_createrepo_writes() {
        let entry = read(PLAIN).unwrap();
        assert_eq!(
            (
                entry.name.as_str(),
                entry.release.as_str(),
                entry.digest.as_str()
            ),
            ("zlib", "3.el9", "ab")
        );
        assert_eq!(entry.source_file, "zlib-1.2-3.el9.src.rpm");
        assert_eq!(
            (entry.abi.as_str(), entry.built),
            ("libz.so.1()(64bit)\n", Some(2))
        );
        assert!(entry.provides_recorded);
    }

    fn check_left_to_xml(from: &str, to: &str) {
        assert!(PLAIN.contains(from), "{from}");
        assert_eq!(read(&PLAIN.replacen(from, to, 1)), None, "{to}");
    }

    #[test]
    fn leaves_what_is_unusual_to_the_reader_of_xml() {
        check_left_to_xml("<name>zlib", "<name>z&#108;ib");
        check_left_to_xml("<name>zlib", "<name> zlib");
        check_left_to_xml("<name>zlib", "<name><![CDATA[zlib]]>");
        check_left_to_xml("<name>zlib", "<!-- --><name>zlib");
        check_left_to_xml("<name>zlib", "<?x?><name>zlib");
        check_left_to_xml("<name>zlib", "<name>a</name><name>zlib");
        check_left_to_xml("<name>zlib", "<x:name>a</x:name><name>zlib");
        check_left_to_xml("<name>", "<naming>");
        check_left_to_xml("<summary>", "<summary><name>x</name>");
        check_left_to_xml("epoch=\"0\"", "epoch='0'");
        check_left_to_xml("epoch=\"0\"", "epoch = \"0\"");
        check_left_to_xml("ver=\"1.2\"", "ver=\"1>2\"");
        check_left_to_xml(
            "\"libz.so.1()(64bit)\"/>",
            "\"libz.so.1()(64bit)\"></rpm:entry>",
        );
        check_left_to_xml("</format>", "");
        check_left_to_xml("</rpm:provides>", "</provides>");
        check_left_to_xml("</package>", "");
    }

    /// Parts of an entry, in the plain way and in others that XML allows.
    fn parts() -> impl Strategy<Value = String> {
        let outside = prop::sample::select(vec![
            "<name>zlib</name>",
            "<name>z&amp;b</name>",
            "<name/>",
            "<arch>x86_64</arch>",
            "<version epoch=\"1\" ver=\"2\" rel=\"3\"/>",
            "<version rel='3' ver='2'></version>",
            "<checksum type=\"sha256\">ab</checksum>",
            "<summary>What? <b>not</b> this!</summary>",
            "<summary>plain &lt; text</summary>",
            "<time file=\"1\" build=\"7\"/>",
            "<location href=\"a b.rpm\"/>",
            "<!-- a comment -->",
            "<size package=\"1\"/>",
        ]);
        let inside = prop::sample::select(vec![
            "<rpm:sourcerpm>a-1-1.src.rpm</rpm:sourcerpm>",
            "<sourcerpm>b-1-1.src.rpm</sourcerpm>",
            "<rpm:sourcerpm/>",
            "<rpm:provides><rpm:entry name=\"liba.so.1()(64bit)\"/><rpm:entry name=\"a\"/></rpm:provides>",
            "<rpm:provides><rpm:entry name=\"kernel(printk)\" flags=\"EQ\" ver=\"0x92997ed8\"/></rpm:provides>",
            "<rpm:provides><rpm:entry name='lib&#97;.so.1()(64bit)'></rpm:entry></rpm:provides>",
            "<rpm:provides/>",
            "<rpm:provides></rpm:provides>",
            "<rpm:requires><rpm:entry name=\"libc.so.6()(64bit)\"/></rpm:requires>",
            "<rpm:license>MIT</rpm:license>",
            "<file>/usr/lib/a</file>",
            "<file type=\"dir\"/>",
        ]);
        let format = prop::collection::vec(inside, 0..5)
            .prop_map(|parts| format!("<format>\n{}</format>", parts.join("\n  ")));
        let before = prop::collection::vec(outside.clone(), 0..6);
        let after = prop::collection::vec(outside, 0..2);
        (before, format, after).prop_map(|(before, format, after)| {
            format!("{}{format}{}", before.join("\n"), after.join(""))
        })
    }

    fn read_document(document: &str, extent: Extent) -> Vec<PrimaryEntry> {
        let mut entries = Vec::new();
        read_primary(document.as_bytes(), "primary.xml", extent, |entry| {
            entries.push(entry.clone());
            Ok(())
        })
        .unwrap();
        entries
    }

    proptest! {
        #[test]
        fn both_ways_of_reading_give_the_same(packages in prop::collection::vec(parts(), 0..4)) {
            let document = |mark: &str| {
                let packages: Vec<String> = packages
                    .iter()
                    .map(|parts| format!("\n<package type=\"rpm\">{mark}{parts}</package>"))
                    .collect();
                format!("<metadata xmlns:rpm=\"x\">{}</metadata>", packages.concat())
            };
            for extent in [Extent::Names, Extent::NamesAndAbi] {
                let by_xml = read_document(&document("<!-- -->"), extent);
                prop_assert_eq!(read_document(&document(""), extent), by_xml);
            }
        }
    }
}
