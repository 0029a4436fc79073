//! Offers a text as a file to save.

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

/// Offers a text under a name. `kind` is its media type, such as `text/csv`.
pub fn save(file_name: &str, kind: &str, text: &str) {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(&format!("{kind};charset=utf-8"));
    if let Ok(blob) = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options) {
        save_blob(file_name, &blob);
    }
}

/// The same with bytes, which may be no UTF-8.
pub fn save_bytes(file_name: &str, kind: &str, bytes: &[u8]) {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    if let Ok(blob) = web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options) {
        save_blob(file_name, &blob);
    }
}

/// Offers a blob under a name.
pub fn save_blob(file_name: &str, blob: &web_sys::Blob) {
    let url = web_sys::Url::create_object_url_with_blob(blob);
    let link = document()
        .create_element("a")
        .map(JsCast::unchecked_into::<web_sys::HtmlAnchorElement>);
    if let (Ok(url), Ok(link)) = (url, link) {
        link.set_href(&url);
        link.set_download(file_name);
        link.click();
        let _ = web_sys::Url::revoke_object_url(&url);
    }
}
