//! The web worker that compares and colours the texts of a difference, so that the page never waits for it.

use almanac::presentation::diff_view::{DiffAnswer, DiffRequest};
use js_sys::{Array, Function, Uint32Array};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// Nothing is done until [`compare`] is called.
fn main() {}

/// Does what a request says with the bytes of both sides, and calls `answer` with each answer as soon as it is known: arrays of
/// numbers, and whether it is the last one. False for a request of another Almanac, which has no answer.
#[wasm_bindgen]
pub fn compare(request: Vec<u32>, before: Vec<u8>, after: Vec<u8>, answer: &Function) -> bool {
    let Some(request) = DiffRequest::from_numbers(&request) else {
        return false;
    };
    request.perform(before, after, |DiffAnswer { parts, is_last }| {
        let parts = parts.iter().map(|part| Uint32Array::from(&part[..]));
        let parts: Array = parts.collect();
        // What the script does with an answer cannot fail.
        let _ = answer.call2(&JsValue::NULL, &parts, &is_last.into());
    });
    true
}
