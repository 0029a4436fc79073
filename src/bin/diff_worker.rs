//! The web worker that compares and colours the texts of a difference, so that the page never waits for it.

use almanac::presentation::diff_view::DiffRequest;
use js_sys::{Array, Uint32Array};
use wasm_bindgen::prelude::wasm_bindgen;

/// Nothing is done until [`compare`] is called.
fn main() {}

/// Does what a request says with the bytes of both sides; answers arrays of numbers, or nothing for a request of another
/// Almanac.
#[wasm_bindgen]
pub fn compare(request: Vec<u32>, before: Vec<u8>, after: Vec<u8>) -> Option<Array> {
    let answer = DiffRequest::from_numbers(&request)?.perform(before, after);
    let parts = answer.parts.iter();
    Some(parts.map(|part| Uint32Array::from(&part[..])).collect())
}
