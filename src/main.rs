//! The dashboard: starts the app in the page, and tells the page when it panics.

use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit};

fn main() {
    std::panic::set_hook(Box::new(|panic| tell_page(&panic.to_string())));
    leptos::mount::mount_to_body(almanac::ui::app::App);
}

/// Lets the static part of the page say that the app stopped, since the app cannot any more.
fn tell_page(message: &str) {
    web_sys::console::error_1(&JsValue::from_str(message));
    let detail = js_sys::Object::new();
    let _ = js_sys::Reflect::set(
        &detail,
        &JsValue::from_str("message"),
        &JsValue::from_str(message),
    );
    let options = CustomEventInit::new();
    options.set_detail(&detail);
    if let (Some(window), Ok(event)) = (
        web_sys::window(),
        CustomEvent::new_with_event_init_dict("almanac:panic", &options),
    ) {
        let _ = window.dispatch_event(&event);
    }
}
