//! The chart of a share over time, with a cursor for the exact values and the table behind it.

use super::measured_width::measured_width;
use super::svg_view::svg_view;
use super::trend_drawing::TrendDrawing;
use crate::presentation::trend::{NO_SNAPSHOT, Trend};
use leptos::ev::PointerEvent;
use leptos::html::Div;
use leptos::prelude::*;

/// A share over time. The pointer, a finger or the arrow keys move a cursor from snapshot to snapshot; without one, the
/// newest is named below the chart.
#[component]
pub fn TrendChart(
    /// What is shown, such as “Share of AlmaLinux 9 that matches RHEL”.
    #[prop(into)]
    name: String,
    /// The points and marks.
    trend: Trend,
) -> impl IntoView {
    let Some(newest) = trend.points().len().checked_sub(1) else {
        return view! { <p class="chart-empty">{NO_SNAPSHOT}</p> }.into_any();
    };
    let captions: Vec<_> = trend.points().iter().map(|point| point.caption()).collect();
    let captions = StoredValue::new(captions);
    let table_name = name.clone();
    let description = format!("{name}. {}", trend.description());
    let rows = trend.rows();
    let has_releases = !trend.releases().is_empty();
    let notes = [trend.thinned_note(), trend.coverage_note()]
        .map(|note| note.map(|note| view! { <p class="chart-note">{note}</p> }));

    let plot = NodeRef::<Div>::new();
    let width = measured_width(plot);
    let drawing = Memo::new(move |_| {
        let drawing = TrendDrawing::new(&trend, width.get()?);
        Some(drawing.map_err(|error| error.to_string()))
    });
    let cursor = RwSignal::new(None::<usize>);
    let shown = move || cursor.get().unwrap_or(newest);
    let caption = move || captions.with_value(|captions| captions.get(shown()).cloned());

    let follow = move |event: PointerEvent| {
        let Some(rect) = plot
            .get_untracked()
            .map(|plot| plot.get_bounding_client_rect())
        else {
            return;
        };
        drawing.with_untracked(|drawing| {
            if let Some(Ok(drawing)) = drawing {
                let x = f64::from(event.client_x()) - rect.left();
                cursor.set(drawing.nearest(x / rect.width() * f64::from(drawing.width)));
            }
        });
    };
    // A finger that is lifted leaves, too, and would take the value away that was asked for.
    let leave = move |event: PointerEvent| {
        if event.pointer_type() == "mouse" {
            cursor.set(None);
        }
    };
    let picture = move || {
        drawing.get().map(|drawing| match drawing {
            Ok(drawing) => picture(drawing, description.clone(), cursor, newest).into_any(),
            Err(error) => failure(&error).into_any(),
        })
    };

    view! {
        <figure class="chart chart-trend">
            <div
                class="chart-plot"
                node_ref=plot
                on:pointermove=follow
                on:pointerdown=follow
                on:pointerleave=leave
            >
                {picture}
                // A slider is what the arrow keys and a screen reader know a cursor over a row of values as. It lies
                // over the picture unseen and leaves the pointer to it.
                <input
                    class="chart-cursor-keys"
                    type="range"
                    min="0"
                    max=newest
                    aria-label="Snapshot"
                    aria-valuetext=caption
                    prop:value=move || shown().to_string()
                    on:input:target=move |event| cursor.set(event.target().value().parse().ok())
                    on:focus=move |_| cursor.set(Some(newest))
                    on:blur=move |_| cursor.set(None)
                />
            </div>
            <figcaption class="chart-caption">{caption}</figcaption>
            {notes}
            <details class="chart-details">
                <summary>"Table"</summary>
                <div class="table-scroll">
                    <table aria-label=table_name>
                        <thead>
                            <tr>
                                <th scope="col">"Snapshot"</th>
                                <th scope="col">"Share"</th>
                                <th scope="col">"Matching"</th>
                                <th scope="col">"Compared"</th>
                                {has_releases.then(|| view! { <th scope="col">"Minor release"</th> })}
                            </tr>
                        </thead>
                        <tbody>
                            {rows
                                .into_iter()
                                .map(|row| {
                                    view! {
                                        <tr>
                                            <th scope="row">{row.day}</th>
                                            <td>{row.share}</td>
                                            <td>{row.matching}</td>
                                            <td>{row.compared}</td>
                                            {has_releases.then(|| view! { <td>{row.releases}</td> })}
                                        </tr>
                                    }
                                })
                                .collect_view()}
                        </tbody>
                    </table>
                </div>
            </details>
        </figure>
    }
    .into_any()
}

fn picture(
    drawing: TrendDrawing,
    description: String,
    cursor: RwSignal<Option<usize>>,
    newest: usize,
) -> impl IntoView {
    let TrendDrawing {
        width,
        height,
        nodes,
        positions,
        top,
        bottom,
    } = drawing;
    let (x, y): (Vec<_>, Vec<_>) = positions.into_iter().unzip();
    let coordinate = move |of: &[f64]| {
        let index = cursor.get().unwrap_or(newest);
        of.get(index)
            .copied()
            .map(|coordinate| coordinate.to_string())
    };
    let (x, y) = (StoredValue::new(x), StoredValue::new(y));
    let cursor_x = move || x.with_value(|x| coordinate(x));
    let cursor_y = move || y.with_value(|y| coordinate(y));
    view! {
        <svg viewBox=format!("0 0 {width} {height}") role="img" aria-label=description>
            {svg_view(nodes, |_| None)}
            <line
                class="chart-cursor"
                class:is-at-rest=move || cursor.get().is_none()
                x1=cursor_x
                x2=cursor_x
                y1=top.to_string()
                y2=bottom.to_string()
            />
            <circle class="chart-cursor-point" cx=cursor_x cy=cursor_y r="4" />
        </svg>
    }
}

/// Said in place of a picture.
pub(super) fn failure(error: &str) -> impl IntoView {
    let text = format!("The chart could not be drawn: {error}. The table below has its figures.");
    view! { <p class="chart-empty">{text}</p> }
}
