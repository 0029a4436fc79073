//! What the reader looks at in the lines.

/// What the reader looks at in the lines, beside what differs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Look {
    /// What is searched for; empty for nothing.
    pub wanted: String,
    /// Whether spaces and tabs are drawn as signs.
    pub shows_space: bool,
    /// Where long lines are continued in further rows: the columns of a row.
    pub wrap_columns: Option<usize>,
    /// Where a screen would have too much text: the columns that are drawn of a line at most.
    pub columns_max: Option<usize>,
}

impl Look {
    /// The same with lines that are cut to so many columns.
    pub fn with_columns_max(&self, columns_max: Option<usize>) -> Self {
        Self {
            columns_max,
            ..self.clone()
        }
    }
}
