//! What is kept on disk: files by their checksum, and the answers that are asked again whether they still hold.
//!
//! ```text
//! files/KIND-DIGITS             a file; held against its checksum whenever it is used
//! files/KIND-DIGITS.partial     the beginning of one, locked by who fetches it
//! files/KIND-DIGITS.validator   what says that a host still has the file of that beginning
//! answers/SHA256                one line of JSON, then the document; named by the address without user and password
//! ```

use crate::publish::output::digest_of;
use crate::publish::repository::{ByteLimit, CheckedStream, Checksum};
use crate::publish::{Cause, Error};
use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use url::Url;

/// What was not used for so long is removed.
const KEPT: Duration = Duration::from_secs(30 * 24 * 3600);
/// The most bytes of an answer and its line.
const ANSWER_BYTES_MAX: u64 = 32 << 20;

/// A folder of fetched files.
pub struct Cache {
    folder: PathBuf,
}

/// A document and what a host said of its version.
#[derive(Default)]
pub struct Answer {
    /// What a host said of its version.
    pub version: Version,
    /// The document.
    pub document: Vec<u8>,
}

/// The headers by which a host is asked whether a document has changed.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Version {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub last_modified: Option<String>,
    /// The SHA-256 of the document.
    pub digest: String,
    /// When the host last gave it or said that it still holds, in seconds since 1970; absent from what older versions kept.
    #[serde(default)]
    pub held: Option<i64>,
}

/// The beginning of a file, which nobody else fetches meanwhile.
pub struct Partial {
    /// The file, at no particular place.
    pub file: File,
    path: PathBuf,
    whole: PathBuf,
    validator: PathBuf,
}

impl Cache {
    /// A cache in a folder, which is made when it is needed.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// A file whose checksum holds. One whose checksum does not is removed.
    pub fn file(&self, checksum: &Checksum) -> Result<Option<File>, Error> {
        let path = self.files()?.join(name_of(checksum));
        let Some(mut file) = existing(&path)? else {
            return Ok(None);
        };
        if verify(&mut file, checksum, None, &path.display().to_string()).is_err() {
            fs::remove_file(&path).map_err(|error| Error::io(&path, error))?;
            return Ok(None);
        }
        touch(&file);
        Ok(Some(file))
    }

    /// The beginning of a file, perhaps of no bytes; waits until nobody else fetches it.
    pub fn partial(&self, checksum: &Checksum) -> Result<Partial, Error> {
        let whole = self.files()?.join(name_of(checksum));
        let path = whole.with_added_extension("partial");
        let io = |error| Error::io(&path, error);
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(io)?;
        file.lock().map_err(io)?;
        Ok(Partial {
            file,
            validator: whole.with_added_extension("validator"),
            whole,
            path,
        })
    }

    /// The kept answer of an address; `None` where there is none, or a damaged one.
    pub fn answer(&self, address: &Url) -> Result<Option<Answer>, Error> {
        let path = self.answer_path(address)?;
        let Some(file) = existing(&path)? else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        let mut limited = (&file).take(ANSWER_BYTES_MAX);
        limited
            .read_to_end(&mut bytes)
            .map_err(|error| Error::io(&path, error))?;
        let answer = answer_of(bytes);
        if answer.is_some() {
            touch(&file);
        }
        Ok(answer)
    }

    /// Keeps an answer that holds now.
    pub fn keep_answer(
        &self,
        address: &Url,
        version: Version,
        document: &[u8],
    ) -> Result<(), Error> {
        let path = self.answer_path(address)?;
        let version = Version {
            digest: digest_of(document).to_string(),
            held: seconds_since_1970(),
            ..version
        };
        let line = serde_json::to_vec(&version)
            .map_err(|error| Error::io(&path, io::Error::other(error)))?;
        replace(&path, &[&line, b"\n", document])
    }

    /// Removes what was not used for long. What cannot be removed is left for the next time.
    pub fn tidy(&self) {
        let now = SystemTime::now();
        for folder in ["files", "answers"] {
            let Ok(entries) = fs::read_dir(self.folder.join(folder)) else {
                continue;
            };
            for entry in entries.flatten() {
                let modified = entry.metadata().and_then(|metadata| metadata.modified());
                let age = modified.ok().and_then(|time| now.duration_since(time).ok());
                if age.is_some_and(|age| age > KEPT) {
                    let _ = fs::remove_file(entry.path());
                }
            }
        }
    }

    fn files(&self) -> Result<PathBuf, Error> {
        made(self.folder.join("files"))
    }

    fn answer_path(&self, address: &Url) -> Result<PathBuf, Error> {
        let mut address = address.clone();
        // Fails only for addresses without a host, which http has not.
        let _ = address.set_username("");
        let _ = address.set_password(None);
        let name = digest_of(address.as_str().as_bytes()).to_string();
        Ok(made(self.folder.join("answers"))?.join(name))
    }
}

impl Partial {
    /// How many bytes there are.
    pub fn bytes(&self) -> Result<u64, Error> {
        let metadata = self.file.metadata();
        metadata
            .map(|file| file.len())
            .map_err(|error| Error::io(&self.path, error))
    }

    /// What says that a host still has the file that these bytes begin.
    pub fn validator(&self) -> Option<String> {
        // Without it the file is fetched from its start, which is never wrong.
        fs::read_to_string(&self.validator)
            .ok()
            .filter(|text| !text.is_empty())
    }

    /// Starts again with no bytes, of a file that a host knows by `validator`.
    pub fn restart(&mut self, validator: Option<&str>) -> Result<(), Error> {
        let io = |error| Error::io(&self.path, error);
        self.file.set_len(0).map_err(io)?;
        self.file.rewind().map_err(io)?;
        replace(&self.validator, &[validator.unwrap_or_default().as_bytes()])
    }

    /// Goes to the end of what there is.
    pub fn go_on(&mut self) -> Result<(), Error> {
        self.file
            .seek(SeekFrom::End(0))
            .map(drop)
            .map_err(|error| Error::io(&self.path, error))
    }

    /// Holds what there is against the size and the checksum of the file, which is called `place` in messages.
    pub fn verify(
        &mut self,
        checksum: &Checksum,
        bytes: Option<u64>,
        place: &str,
    ) -> Result<(), Error> {
        verify(&mut self.file, checksum, bytes, place)
    }

    /// Makes it the whole file, at its start.
    pub fn finish(self) -> Result<File, Error> {
        self.file
            .sync_all()
            .and_then(|()| fs::rename(&self.path, &self.whole))
            .map_err(|error| Error::io(&self.path, error))?;
        // Of no use any more, and of no harm.
        let _ = fs::remove_file(&self.validator);
        Ok(self.file)
    }
}

fn seconds_since_1970() -> Option<i64> {
    let elapsed = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    i64::try_from(elapsed.ok()?.as_secs()).ok()
}

fn name_of(checksum: &Checksum) -> String {
    // Digits from repomd.xml may be anything until they were held against a file.
    let digits = checksum
        .digits
        .bytes()
        .all(|byte| byte.is_ascii_hexdigit())
        .then_some(checksum.digits.as_str());
    let kind = checksum.kind.to_string().to_ascii_lowercase();
    format!("{kind}-{}", digits.unwrap_or("none"))
}

fn answer_of(mut bytes: Vec<u8>) -> Option<Answer> {
    let end = bytes.iter().position(|&byte| byte == b'\n')?;
    let document = bytes.split_off(end + 1);
    let version: Version = serde_json::from_slice(&bytes).ok()?;
    (digest_of(&document).to_string() == version.digest).then_some(Answer { version, document })
}

/// Holds a file against its checksum and leaves it at its start.
fn verify(
    file: &mut File,
    checksum: &Checksum,
    bytes: Option<u64>,
    place: &str,
) -> Result<(), Error> {
    let io = |error| Error::at(place, Cause::Io(error));
    file.rewind().map_err(io)?;
    let limit = ByteLimit {
        bytes: u64::MAX,
        stated: false,
    };
    let mut stream = CheckedStream::new(&mut *file, place, checksum.kind, limit);
    io::copy(&mut stream, &mut io::sink()).map_err(io)?;
    let (_, measured) = stream.into_parts();
    file.rewind().map_err(io)?;
    measured.verify(false, Some(checksum), bytes)
}

fn existing(path: &Path) -> Result<Option<File>, Error> {
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::io(path, error)),
    }
}

/// Notes that a file is in use; where that fails it is only fetched again some day.
fn touch(file: &File) {
    let _ = file.set_modified(SystemTime::now());
}

fn made(folder: PathBuf) -> Result<PathBuf, Error> {
    match fs::create_dir_all(&folder) {
        Ok(()) => Ok(folder),
        Err(error) => Err(Error::io(&folder, error)),
    }
}

fn replace(path: &Path, pieces: &[&[u8]]) -> Result<(), Error> {
    let io = |error| Error::io(path, error);
    let mut file =
        tempfile::NamedTempFile::new_in(path.parent().unwrap_or(Path::new("."))).map_err(io)?;
    for piece in pieces {
        file.write_all(piece).map_err(io)?;
    }
    file.persist(path)
        .map(drop)
        .map_err(|error| io(error.error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::repository::ChecksumKind;

    // FIPS 180-4, the example for “abc”.
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    fn checksum() -> Checksum {
        Checksum {
            kind: ChecksumKind::Sha256,
            digits: ABC.to_owned(),
        }
    }

    fn cache() -> (tempfile::TempDir, Cache) {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path().join("cache"));
        (folder, cache)
    }

    #[test]
    fn a_file_is_there_once_it_is_whole_and_gone_once_it_is_damaged() {
        let (_folder, cache) = cache();
        assert!(cache.file(&checksum()).unwrap().is_none());
        let mut partial = cache.partial(&checksum()).unwrap();
        partial.restart(Some("\"1\"")).unwrap();
        partial.file.write_all(b"ab").unwrap();
        drop(partial);
        let mut partial = cache.partial(&checksum()).unwrap();
        assert_eq!(
            (partial.bytes().unwrap(), partial.validator().as_deref()),
            (2, Some("\"1\""))
        );
        partial.go_on().unwrap();
        partial.file.write_all(b"c").unwrap();
        partial.verify(&checksum(), Some(3), "abc").unwrap();
        partial.finish().unwrap();
        let mut text = String::new();
        let mut file = cache.file(&checksum()).unwrap().unwrap();
        file.read_to_string(&mut text).unwrap();
        assert_eq!(text, "abc");
        fs::write(cache.folder.join(format!("files/sha-256-{ABC}")), "abd").unwrap();
        assert!(cache.file(&checksum()).unwrap().is_none());
    }

    #[test]
    fn an_answer_is_kept_without_credentials_and_not_believed_once_it_is_damaged() {
        let (_folder, cache) = cache();
        let address = |text| Url::parse(text).unwrap();
        let version = Version {
            etag: Some("\"1\"".to_owned()),
            ..Version::default()
        };
        let with_password = address("https://u:p@a.example/x");
        cache
            .keep_answer(&with_password, version, b"two\nlines")
            .unwrap();
        let answer = cache.answer(&address("https://a.example/x")).unwrap();
        let answer = answer.unwrap();
        assert_eq!(answer.document, b"two\nlines");
        assert_eq!(answer.version.etag.as_deref(), Some("\"1\""));
        assert!(answer.version.held.is_some());
        assert!(
            cache
                .answer(&address("https://a.example/x?y"))
                .unwrap()
                .is_none()
        );
        let path = cache.answer_path(&with_password).unwrap();
        let mut bytes = fs::read(&path).unwrap();
        *bytes.last_mut().unwrap() = b'!';
        fs::write(&path, bytes).unwrap();
        assert!(cache.answer(&with_password).unwrap().is_none());
    }

    #[test]
    fn what_was_not_used_for_long_is_removed() {
        let (_folder, cache) = cache();
        let files = cache.files().unwrap();
        for (name, days) in [("old", 31), ("new", 29)] {
            let file = File::create(files.join(name)).unwrap();
            let age = Duration::from_secs(days * 24 * 3600);
            file.set_modified(SystemTime::now() - age).unwrap();
        }
        cache.tidy();
        assert!(!files.join("old").exists() && files.join("new").exists());
    }
}
