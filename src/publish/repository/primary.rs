//! Reads primary.xml as a stream: of each package only what a comparison needs, and what it provides only where asked.

use super::plain_package::PlainPackages;
use super::xml::{Piece, XmlStream, attribute, attributes};
use crate::domain::{ClaimKind, VersionRange};
use crate::publish::{Cause, Error};
use memchr::memmem::Finder;
use quick_xml::events::BytesStart;
use std::io::Read;

/// What primary.xml says of one package, word for word; what it does not say is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrimaryEntry {
    /// `name`.
    pub name: String,
    /// `arch`.
    pub architecture: String,
    /// `version@epoch`.
    pub epoch: String,
    /// `version@ver`.
    pub version: String,
    /// `version@rel`.
    pub release: String,
    /// `checksum`, the digest of the package's file.
    pub digest: String,
    /// `checksum@type`, how that digest is computed.
    pub digest_kind: String,
    /// `location@href`.
    pub location: String,
    /// `format/sourcerpm`, the file name of the source package; empty for a source package.
    pub source_file: String,
    /// `time@build`, in seconds since 1970.
    pub built: Option<i64>,
    /// Whether it says what the package provides, which is never nothing: a package provides its own name.
    pub provides_recorded: bool,
    /// Of `format/provides` the entries of a binary interface, one a line, in the order of the file.
    pub abi: String,
    /// Of `format/provides` and `format/obsoletes` the names, where they are asked for, with the versions that they are about.
    pub claims: Vec<(ClaimKind, String, Option<VersionRange>)>,
}

/// What is read of each package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// What names it, and when it was built.
    Names,
    /// The same, and what it provides of a binary interface.
    NamesAndAbi,
    /// What names it, when it was built, and the names that it provides and obsoletes.
    NamesAndClaims,
    /// All of that.
    NamesAbiAndClaims,
}

impl Extent {
    fn has_abi(self) -> bool {
        matches!(self, Self::NamesAndAbi | Self::NamesAbiAndClaims)
    }

    fn has_claims(self) -> bool {
        matches!(self, Self::NamesAndClaims | Self::NamesAbiAndClaims)
    }
}

/// One entry of what a package provides, whose buffers serve all of them.
#[derive(Default)]
struct Provide {
    name: String,
    value: String,
}

/// Where text goes.
#[derive(Clone, Copy)]
enum Field {
    None,
    Unneeded,
    Name,
    Architecture,
    Digest,
    SourceFile,
}

/// Reads primary.xml to its end and hands each package to `take`, in the order of the file; gives how many packages it says that it
/// has, where it does. `place` is what it is called in messages.
pub fn read_primary(
    source: impl Read,
    place: &str,
    extent: Extent,
    mut take: impl FnMut(&PrimaryEntry) -> Result<(), Error>,
) -> Result<Option<usize>, Error> {
    let mut stream = XmlStream::new(source, place, "metadata");
    let mut stated = None;
    let mut entry = PrimaryEntry::default();
    let mut in_package = false;
    let mut in_format = false;
    let mut in_provides = false;
    let mut claims = None;
    let mut provide = Provide::default();
    let mut lists_left = 0_usize;
    let mut format_end = String::new();
    let mut field = Field::None;
    let plain = PlainPackages::default();
    let package_end = Finder::new("</package>");
    let mut between_packages = false;
    loop {
        if between_packages && !extent.has_claims() {
            let read = |element: &[u8]| {
                entry.clear();
                plain.read(element, extent, &mut entry).is_some()
            };
            if stream.take_element("<package", &package_end, read)? {
                take(&entry)?;
                continue;
            }
        }
        between_packages = false;
        match stream.next()? {
            Piece::Eof => return Ok(stated),
            Piece::Start { tag, depth, ended } => {
                let name = tag.local_name();
                let name = name.as_ref();
                let result = match depth {
                    0 => {
                        between_packages = !ended;
                        attribute(&tag, "packages").map(|count| {
                            stated = count.and_then(|count| count.trim().parse().ok());
                            Field::None
                        })
                    }
                    1 => {
                        in_package = name == "package" && !ended;
                        between_packages = ended;
                        entry.clear();
                        Ok(Field::None)
                    }
                    2 if in_package => {
                        in_format = name == "format" && !ended;
                        if in_format {
                            lists_left = match extent {
                                Extent::Names => 1,
                                Extent::NamesAndAbi => 2,
                                // Few packages obsolete any, so that it is not known which list is the last.
                                Extent::NamesAndClaims | Extent::NamesAbiAndClaims => usize::MAX,
                            };
                            format_end.clear();
                            format_end.push_str("</");
                            format_end.push_str(tag.name().as_ref());
                        }
                        entry.start(name, &tag)
                    }
                    3 if in_format && name == "sourcerpm" => Ok(Field::SourceFile),
                    3 if in_format && claimed_by(name, extent).is_some() => {
                        claims = claimed_by(name, extent).filter(|_| !ended);
                        in_provides = name == "provides" && extent.has_abi() && !ended;
                        Ok(Field::None)
                    }
                    3 if in_format && name == "provides" && extent.has_abi() => {
                        in_provides = !ended;
                        Ok(Field::None)
                    }
                    4 if in_provides || claims.is_some() => {
                        let claimed = claims.map_or(Ok(()), |kind| entry.claim(kind, &tag));
                        let provided = match in_provides {
                            true => entry.provide(&tag, &mut provide),
                            false => Ok(()),
                        };
                        claimed.and(provided).map(|()| Field::Unneeded)
                    }
                    // Nearly all of the file are lists of files and dependencies, and texts about the package.
                    2.. => Ok(Field::Unneeded),
                };
                field = match result {
                    Ok(field) if !ended => field,
                    Ok(_) => Field::None,
                    Err(cause) => return Err(stream.error(cause)),
                };
                if matches!(field, Field::Unneeded) {
                    stream.skip_element()?;
                }
            }
            Piece::Text(text) => match field {
                Field::None | Field::Unneeded => {}
                Field::Name => entry.name.push_str(&text),
                Field::Architecture => entry.architecture.push_str(&text),
                Field::Digest => entry.digest.push_str(&text),
                Field::SourceFile => entry.source_file.push_str(&text),
            },
            Piece::End { depth } => {
                let ends_provides = depth == 3 && std::mem::take(&mut in_provides);
                if depth == 3 {
                    claims = None;
                }
                if ends_provides || matches!(field, Field::SourceFile) {
                    lists_left = lists_left.saturating_sub(1);
                    // What comes behind the last of them is most of the file.
                    if lists_left == 0 {
                        stream.skip_to(&format_end)?;
                    }
                }
                field = Field::None;
                if depth == 2 {
                    in_format = false;
                } else if depth == 1 {
                    between_packages = true;
                    if std::mem::take(&mut in_package) {
                        take(&entry)?;
                    }
                }
            }
        }
    }
}

/// What the elements of a list say of other packages, where that is asked for.
fn claimed_by(list: &str, extent: Extent) -> Option<ClaimKind> {
    let kind = match list {
        "provides" => ClaimKind::Provides,
        "obsoletes" => ClaimKind::Obsoletes,
        _ => return None,
    };
    extent.has_claims().then_some(kind)
}

impl PrimaryEntry {
    fn clear(&mut self) {
        let texts = [
            &mut self.name,
            &mut self.architecture,
            &mut self.epoch,
            &mut self.version,
            &mut self.release,
            &mut self.digest,
            &mut self.digest_kind,
            &mut self.location,
            &mut self.source_file,
            &mut self.abi,
        ];
        texts.into_iter().for_each(String::clear);
        self.built = None;
        self.provides_recorded = false;
        self.claims.clear();
    }

    /// Takes in a name that the package provides or obsoletes.
    fn claim(&mut self, kind: ClaimKind, tag: &BytesStart<'_>) -> Result<(), Cause> {
        let mut values: [String; 5] = Default::default();
        attributes(tag, |key, text| {
            let keys = ["name", "flags", "epoch", "ver", "rel"];
            if let Some(index) = keys.iter().position(|known| *known == key) {
                text.clone_into(&mut values[index]);
            }
        })?;
        let [name, flags, epoch, version, release] = values;
        if !name.is_empty() {
            let versions = VersionRange::new(&flags, &epoch, &version, &release);
            self.claims.push((kind, name, versions));
        }
        Ok(())
    }

    /// Takes in one entry of what the package provides.
    fn provide(&mut self, tag: &BytesStart<'_>, provide: &mut Provide) -> Result<(), Cause> {
        self.provides_recorded = true;
        provide.name.clear();
        provide.value.clear();
        attributes(tag, |key, text| match key {
            "name" => provide.name.push_str(text),
            "ver" => provide.value.push_str(text),
            _ => {}
        })?;
        self.add_provide(&provide.name, &provide.value);
        Ok(())
    }

    fn start(&mut self, name: &str, tag: &BytesStart<'_>) -> Result<Field, Cause> {
        Ok(match name {
            "name" => Field::Name,
            "arch" => Field::Architecture,
            "checksum" => {
                attributes(tag, |name, value| {
                    if name == "type" {
                        self.digest_kind.push_str(value);
                    }
                })?;
                Field::Digest
            }
            "version" => {
                attributes(tag, |name, value| match name {
                    "epoch" => self.epoch.push_str(value),
                    "ver" => self.version.push_str(value),
                    "rel" => self.release.push_str(value),
                    _ => {}
                })?;
                Field::None
            }
            "time" => {
                self.built = attribute(tag, "build")?.and_then(|seconds| seconds.parse().ok());
                Field::None
            }
            "location" => {
                attributes(tag, |name, value| {
                    if name == "href" {
                        self.location.push_str(value);
                    }
                })?;
                Field::None
            }
            "format" => Field::None,
            _ => Field::Unneeded,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_may_say_how_many_packages_it_has() {
        let check = |root: &str, expected| {
            let document = format!("{root}<package/></metadata>");
            let read = read_primary(
                document.as_bytes(),
                "primary.xml",
                Extent::Names,
                |_| Ok(()),
            );
            assert_eq!(read.unwrap(), expected, "{root}");
        };
        check("<metadata packages=\"3\">", Some(3));
        check("<metadata>", None);
        check("<metadata packages=\"many\">", None);
    }

    fn check(document: &str, expected: &[&str]) {
        for extent in [Extent::Names, Extent::NamesAndAbi] {
            check_to(document, extent, expected);
        }
    }

    fn check_to(document: &str, extent: Extent, expected: &[&str]) {
        let mut shown = Vec::new();
        read_primary(document.as_bytes(), "primary.xml", extent, |entry| {
            shown.push(format!(
                "{}|{}|{}:{}-{}|{}|{}|{}|{:?}",
                entry.name,
                entry.architecture,
                entry.epoch,
                entry.version,
                entry.release,
                entry.digest,
                entry.location,
                entry.source_file,
                entry.built
            ));
            Ok(())
        })
        .unwrap();
        assert_eq!(shown, expected);
    }

    #[test]
    fn reads_packages_with_and_without_prefixes() {
        let package = "<package type='rpm'><name>libstdc++</name><arch>x86_64</arch>\
             <version epoch='0' ver='11.5.0' rel='5.el9'/><checksum type='sha256' pkgid='YES'>ab</checksum>\
             <summary>not this <name>name</name></summary><time file='2' build='3'/><location href='Packages/l.rpm'/>\
             <format><RPM:sourcerpm>gcc-11.5.0-5.el9.src.rpm</RPM:sourcerpm>\
             <RPM:provides><RPM:entry name='a'><sourcerpm>x</sourcerpm></RPM:entry></RPM:provides></format></package>";
        let read =
            "libstdc++|x86_64|0:11.5.0-5.el9|ab|Packages/l.rpm|gcc-11.5.0-5.el9.src.rpm|Some(3)";
        let bare = package.replace("RPM:", "");
        check(
            &format!("<metadata packages='1'>{bare}</metadata>"),
            &[read],
        );
        let prefixed = package.replace("RPM", "rpm");
        check(
            &format!("<metadata xmlns:rpm='x'>{prefixed}{prefixed}</metadata>"),
            &[read, read],
        );
    }

    fn check_provides(lists: &str, recorded: bool, expected: &str) {
        let mut shown = Vec::new();
        let document = format!(
            "<metadata><package><name>a</name><format>{lists}</format></package><package></package></metadata>"
        );
        read_primary(
            document.as_bytes(),
            "primary.xml",
            Extent::NamesAndAbi,
            |entry| {
                shown.push((entry.provides_recorded, entry.abi.clone()));
                Ok(())
            },
        )
        .unwrap();
        let nothing = (false, String::new());
        assert_eq!(shown, [(recorded, expected.to_owned()), nothing], "{lists}");
        // Double quotation marks are read by another way, and give the same.
        if lists.contains('\'') {
            check_provides(&lists.replace('\'', "\""), recorded, expected);
        }
    }

    #[test]
    fn what_is_written_in_an_unusual_way_is_read_as_xml() {
        let provides = |entries: &str| format!("<provides>{entries}</provides>");
        let read = "libz.so.1()(64bit)\n";
        for entry in [
            "<entry flags=\"a>b/>\" name=\"libz.so.1()(64bit)\"/>",
            "<entry name=\"lib&#122;.so.1()(64bit)\"/>",
            "<entry name = \"libz.so.1()(64bit)\" />",
            "<!-- <entry name=\"liba.so.1()(64bit)\"/> --><entry name=\"libz.so.1()(64bit)\"/>",
        ] {
            check_provides(&provides(entry), true, read);
        }
        check_provides(&provides("<entry name=\"lib z.so.1()(64bit)\"/>"), true, "");
    }

    #[test]
    fn reads_what_packages_provide_of_a_binary_interface() {
        let source = "<sourcerpm>a-1-1.src.rpm</sourcerpm>";
        let provides = "<rpm:provides><entry name='a' flags='EQ' ver='1'/><entry name='libz.so.1()(64bit)'></entry>\
            <entry name='kernel(printk)' flags='EQ' epoch='0' ver='0x92997ed8'/></rpm:provides>";
        let requires = "<requires><entry name='libc.so.6()(64bit)'/></requires>";
        let read = "libz.so.1()(64bit)\nkernel(printk) = 0x92997ed8\n";
        check_provides(
            &format!("{source}{requires}{provides}{requires}"),
            true,
            read,
        );
        check_provides(
            &format!("{provides}{requires}{source}{requires}"),
            true,
            read,
        );
        check_provides(&format!("{provides}{requires}"), true, read);
        check_provides(
            &format!("{source}<provides><entry name='a'/></provides>"),
            true,
            "",
        );
        check_provides(&format!("{source}<provides></provides>"), false, "");
        check_provides(&format!("{source}<provides/>{requires}"), false, "");
        check_provides(source, false, "");
    }

    #[test]
    fn what_is_lacking_is_empty() {
        check(
            "<metadata><package/><package></package></metadata>",
            &["||:-||||None"],
        );
        check("<metadata/>", &[]);
    }
}
