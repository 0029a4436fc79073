//! Limits the work of comparing words, which grows faster than the texts do.

/// The most tokens of a hunk, both sides together, whose words are compared: some 1,000 replaced lines.
pub const HUNK_TOKENS_MAX: usize = 16_000;

/// The most tokens of a whole text whose words are compared.
pub const TEXT_TOKENS_MAX: usize = 600_000;

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

    /// Spends on a hunk, and says whether there was enough left for it.
    pub(super) fn spend(&mut self, tokens: usize) -> bool {
        let granted = tokens <= HUNK_TOKENS_MAX && tokens <= self.remaining;
        if granted {
            self.remaining -= tokens;
        }
        granted
    }

    /// Whether bytes this many could be worth splitting into tokens: a token has at least one.
    pub(super) fn admits_bytes(&self, bytes: usize) -> bool {
        bytes <= HUNK_TOKENS_MAX * 64
    }
}
