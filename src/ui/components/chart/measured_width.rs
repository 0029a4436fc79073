//! The width that the page gives a chart, kept up to date.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::ResizeObserver;

/// The width of `element` in whole pixels; `None` until it is part of the page, and whenever it is hidden.
///
/// A drawing is made for the width it is shown at, so that its text keeps its size on a telephone.
pub(super) fn measured_width(element: NodeRef<Div>) -> Signal<Option<u32>> {
    let (width, set_width) = signal(None);
    let measure = move || {
        let pixels = element
            .try_get_untracked()
            .flatten()
            .map(|element| element.client_width());
        let width = pixels
            .and_then(|pixels| u32::try_from(pixels).ok())
            .filter(|pixels| *pixels > 0);
        set_width.maybe_update(|current| std::mem::replace(current, width) != width);
    };
    let observer = StoredValue::new_local(None);
    element.on_load(move |element| {
        let callback = Closure::<dyn Fn()>::new(measure);
        match ResizeObserver::new(callback.as_ref().unchecked_ref()) {
            Ok(watching) => {
                watching.observe(&element);
                observer.set_value(Some((watching, callback)));
            }
            // Without an observer the width is that of the first drawing; the SVG is scaled from then on.
            Err(_) => measure(),
        }
    });
    on_cleanup(move || {
        if let Some(Some((watching, _callback))) = observer.try_update_value(Option::take) {
            watching.disconnect();
        }
    });
    width.into()
}
