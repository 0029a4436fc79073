//! Limits the work of comparing words, which grows faster than the texts do.

/// The most tokens of a hunk, both sides together, whose words are compared: some 1,000 replaced lines.
pub const HUNK_TOKENS_MAX: usize = 16_000;

/// The most tokens of a whole text whose words are compared.
pub const TEXT_TOKENS_MAX: usize = 600_000;

/// What kept the words of a hunk from being compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordLimit {
    /// The hunk is too large for it.
    Hunk,
    /// The hunks of the whole text together are.
    Text,
}

/// What is left to spend on one pair of texts.
#[derive(Debug)]
pub(super) struct TokenBudget {
    remaining: usize,
}

impl TokenBudget {
    /// The budget of one pair of texts.
    pub(super) fn new() -> Self {
        Self {
            remaining: TEXT_TOKENS_MAX,
        }
    }

    /// Spends on a hunk, where there is enough left for it.
    pub(super) fn spend(&mut self, tokens: usize) -> Result<(), WordLimit> {
        if tokens > HUNK_TOKENS_MAX {
            return Err(WordLimit::Hunk);
        }
        let remaining = self.remaining.checked_sub(tokens);
        self.remaining = remaining.ok_or(WordLimit::Text)?;
        Ok(())
    }

    /// Whether bytes this many could be worth splitting into tokens: a token has at least one.
    pub(super) fn admit_bytes(&self, bytes: usize) -> Result<(), WordLimit> {
        match bytes <= HUNK_TOKENS_MAX * 64 {
            true => Ok(()),
            false => Err(WordLimit::Hunk),
        }
    }
}
