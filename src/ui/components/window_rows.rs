//! Which rows of a long list are near the part of the page that is seen.

use leptos::html::Tbody;
use leptos::prelude::*;
use std::ops::Range;

/// Rows drawn beyond each edge, so that a quick scroll meets drawn rows.
const MARGIN_ROWS: usize = 12;
/// Assumed until the first row has been drawn and measured.
const FIRST_HEIGHT_PIXELS: f64 = 40.0;

/// The rows to draw, and the height of one in pixels.
#[derive(Clone, Copy)]
pub struct WindowRows {
    /// The rows near what is seen.
    pub range: Memo<Range<usize>>,
    /// The height of a row in pixels.
    pub row_height: ReadSignal<f64>,
}

/// Follows scrolling and resizing of the page; all rows of the body have one height, which is measured on the first.
pub fn use_window_rows(body: NodeRef<Tbody>, count: Signal<usize>) -> WindowRows {
    let (row_height, set_row_height) = signal(FIRST_HEIGHT_PIXELS);
    let (seen, set_seen) = signal((0.0, 900.0));
    let measure = move || {
        // By the next frame the table may be gone from the page.
        let Some(body) = body.try_get_untracked().flatten() else {
            return;
        };
        if let Ok(Some(row)) = body.query_selector("tr[data-row]") {
            let height = row.get_bounding_client_rect().height();
            if height > 1.0 && (height - row_height.get_untracked()).abs() > 0.5 {
                set_row_height.set(height);
            }
        }
        let height = window()
            .inner_height()
            .ok()
            .and_then(|height| height.as_f64())
            .unwrap_or(900.0);
        set_seen.set((-body.get_bounding_client_rect().top(), height));
    };
    let scroll = window_event_listener(leptos::ev::scroll, move |_| measure());
    let resize = window_event_listener(leptos::ev::resize, move |_| measure());
    on_cleanup(move || {
        scroll.remove();
        resize.remove();
    });
    Effect::new(move |_| {
        count.track();
        body.track();
        request_animation_frame(measure);
    });
    let range = Memo::new(move |_| {
        let ((top, height), row_height, count) = (seen.get(), row_height.get(), count.get());
        let first = (top.max(0.0) / row_height) as usize;
        let drawn = (height / row_height) as usize + 2 * MARGIN_ROWS;
        let start = first.saturating_sub(MARGIN_ROWS).min(count);
        start..(start + drawn).min(count)
    });
    WindowRows { range, row_height }
}
