//! Of which builds the pages of the build system leave none out, and which they do not reach.

use crate::report::UnreadBuildsRecord;

/// What the newest pages had that came anew, one after the other: none of the builds between is left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PagesRead {
    /// The smallest number of a build on them.
    pub oldest: Option<u64>,
    /// The greatest.
    pub newest: Option<u64>,
    /// Whether they are all pages that there are.
    pub are_all: bool,
    /// Whether a page is missing after them.
    is_broken: bool,
}

impl PagesRead {
    /// Adds the next page: the numbers of its builds, whether it is the last that there is, and whether it is an answer of earlier.
    pub fn add(&mut self, ids: impl Iterator<Item = u64> + Clone, is_last: bool, is_old: bool) {
        self.is_broken |= is_old;
        if !self.is_broken {
            self.oldest = ids.clone().chain(self.oldest).min();
            self.newest = ids.chain(self.newest).max();
            self.are_all |= is_last;
        }
    }

    /// Leaves out builds of which the first has this number: they are on the pages, and not told.
    pub fn end_before(&mut self, id: u64) {
        self.newest = self.newest.map(|newest| newest.min(id.saturating_sub(1)));
    }

    /// The builds that they do not reach of those that came after a number up to which builds were read before.
    pub fn unread_after(&self, read_to: u64) -> Option<UnreadBuildsRecord> {
        let before = self.oldest.filter(|_| !self.are_all)?;
        (read_to.saturating_add(1) < before).then_some(UnreadBuildsRecord {
            after: read_to,
            before,
        })
    }

    /// What they leave of builds that no page had before.
    pub fn still_unread(&self, unread: UnreadBuildsRecord) -> Option<UnreadBuildsRecord> {
        match self.oldest {
            _ if self.are_all => None,
            Some(oldest) => {
                (unread.after.saturating_add(1) < oldest).then_some(UnreadBuildsRecord {
                    before: unread.before.min(oldest),
                    ..unread
                })
            }
            None => Some(unread),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pages of numbers, an old answer with `old` before them, the last of all with `last`.
    fn pages(pages: &[&str]) -> PagesRead {
        let mut read = PagesRead::default();
        for page in pages {
            let ids = page.split(' ').filter_map(|word| word.parse().ok());
            read.add(ids, page.contains("last"), page.contains("old"));
        }
        read
    }

    fn told(unread: Option<UnreadBuildsRecord>) -> Option<(u64, u64)> {
        unread.map(|unread| (unread.after, unread.before))
    }

    #[test]
    fn what_pages_do_not_reach_was_not_read() {
        let check = |of: &[&str], expected: Option<(u64, u64)>| {
            assert_eq!(told(pages(of).unread_after(10)), expected, "{of:?}");
        };
        check(&["25 24", "22 20"], Some((10, 20)));
        check(&["25 24", "12 11"], None);
        check(&["25 24", "10 9"], None);
        check(&["25 24", "last 20"], None);
        check(&["25 24", "last"], None);
        // What an old answer has is not what is beside those of now.
        check(&["25 24", "old 10 9", "8 7"], Some((10, 24)));
        check(&["old 10 9", "25 24"], None);
        check(&[], None);
    }

    #[test]
    fn what_was_not_read_can_be_read_later() {
        let check = |of: &[&str], expected: Option<(u64, u64)>| {
            let unread = UnreadBuildsRecord {
                after: 10,
                before: 20,
            };
            assert_eq!(told(pages(of).still_unread(unread)), expected, "{of:?}");
        };
        check(&["25 24"], Some((10, 20)));
        check(&["25 15"], Some((10, 15)));
        check(&["25 11"], None);
        check(&["last 25"], None);
        check(&[], Some((10, 20)));
    }
}
