//! The elements that hold some rows each: a browser paints only those anew in which rows came or changed, and not all that is drawn.

use super::scroller::STEP_ROWS;
use leptos::prelude::document;
use std::collections::BTreeMap;
use std::ops::Range;
use web_sys::Element;

/// So many rows are in a block, so that blocks come and go as a whole.
const BLOCK_ROWS: usize = STEP_ROWS;

/// The blocks below one element.
#[derive(Default)]
pub(super) struct Blocks {
    /// By the number of their first row, in blocks.
    by_number: BTreeMap<usize, Element>,
}

impl Blocks {
    /// Has a block for each of these rows, in their order below `parent`, and takes away all others with what is in them.
    pub(super) fn cover(&mut self, parent: &Element, rows: &Range<usize>) {
        let wanted = rows.start / BLOCK_ROWS..rows.end.div_ceil(BLOCK_ROWS);
        self.by_number.retain(|number, block| {
            let stays = wanted.contains(number);
            if !stays {
                block.remove();
            }
            stays
        });
        let mut next: Option<Element> = None;
        for number in wanted.rev() {
            let block = self.by_number.entry(number).or_insert_with(|| {
                let block = made();
                let _ = parent.insert_before(&block, next.as_ref().map(AsRef::as_ref));
                block
            });
            next = Some(block.clone());
        }
    }

    /// Takes all away with what is in them.
    pub(super) fn clear(&mut self) {
        let blocks = std::mem::take(&mut self.by_number);
        blocks.into_values().for_each(|block| block.remove());
    }

    /// Puts a row into its block, before the next row where that is drawn.
    pub(super) fn put(&self, row: usize, element: &Element, next: Option<(usize, &Element)>) {
        let number = row / BLOCK_ROWS;
        let next = next.filter(|(next, _)| next / BLOCK_ROWS == number);
        let next = next.map(|(_, element)| AsRef::as_ref(element));
        if let Some(block) = self.by_number.get(&number) {
            let _ = block.insert_before(element, next);
        }
    }
}

fn made() -> Element {
    let block = document().create_element("div").expect("a name of HTML");
    block.set_class_name("diff-block");
    // To a reader of a screen the rows are those of the table.
    let _ = block.set_attribute("role", "presentation");
    block
}
