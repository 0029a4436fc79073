//! Buttons that save a picture as SVG or PNG, and copy what it says.

use super::picture::{Look, Looks, Picture, Shape, WIDTH};
use crate::ui::components::copy_button::CopyButton;
use crate::ui::components::save::{save, save_blob};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, CanvasRenderingContext2d, Element, HtmlCanvasElement};

/// Two buttons for the files and one for the description. Everything is drawn in the page: nothing leaves it.
#[component]
pub fn SavePicture(
    /// What is saved; it failed where this is why.
    picture: Result<Picture, String>,
    /// The name of the files, without their ending.
    file_stem: String,
) -> impl IntoView {
    let picture = match picture {
        Ok(picture) => StoredValue::new(picture),
        Err(error) => {
            let said = format!("No picture can be saved: {error}.");
            return view! { <p class="chart-note">{said}</p> }.into_any();
        }
    };
    let failed = RwSignal::new(false);
    let (svg_name, png_name) = (format!("{file_stem}.svg"), format!("{file_stem}.png"));
    let as_svg = move |_| {
        let text = PageLooks::read().map(|looks| picture.with_value(|picture| picture.svg(&looks)));
        failed.set(text.is_none());
        if let Some(text) = text {
            save(&svg_name, "image/svg+xml", &text);
        }
    };
    let as_png = move |_| {
        let name = png_name.clone();
        let begun = PageLooks::read().and_then(|looks| {
            let (shapes, height) = picture.with_value(|picture| picture.shapes(&looks));
            draw_on_canvas(&shapes, height, &looks.paper(), name).ok()
        });
        failed.set(begun.is_none());
    };
    let description = Callback::new(move |()| picture.with_value(Picture::description));
    view! {
        <div class="chart-save">
            <span class="soft small">"Picture: "</span>
            <button type="button" class="button small" on:click=as_svg>"SVG"</button>
            <button type="button" class="button small" on:click=as_png>"PNG"</button>
            <CopyButton label="Copy description" text=description/>
            {move || failed.get().then_some("The browser could not draw it.")}
        </div>
    }
    .into_any()
}

/// The looks that the page gives the classes now, in its theme.
struct PageLooks {
    probe: Element,
    ink: String,
    paper: String,
}

const SVG: &str = "http://www.w3.org/2000/svg";

impl PageLooks {
    fn read() -> Option<Self> {
        let body = document().body()?;
        let style = window().get_computed_style(&body).ok()??;
        let (ink, paper) = (
            style.get_property_value("color").ok()?,
            style.get_property_value("background-color").ok()?,
        );
        let frame = document().create_element_ns(Some(SVG), "svg").ok()?;
        frame.set_attribute("class", "chart-probe").ok()?;
        let probe = document().create_element_ns(Some(SVG), "rect").ok()?;
        frame.append_child(&probe).ok()?;
        body.append_child(&frame).ok()?;
        Some(Self { probe, ink, paper })
    }
}

impl Drop for PageLooks {
    fn drop(&mut self) {
        if let Some(frame) = self.probe.parent_element() {
            frame.remove();
        }
    }
}

impl Looks for PageLooks {
    fn of_class(&self, class: &'static str) -> Look {
        // An element that refuses an attribute keeps the look of the class before it.
        let _ = self.probe.set_attribute("class", class);
        let style = window().get_computed_style(&self.probe).ok().flatten();
        let value = |name: &str| {
            let value = style.as_ref().map(|style| style.get_property_value(name));
            value.and_then(Result::ok).unwrap_or_default()
        };
        let pixels = |text: &str| text.trim().trim_end_matches("px").parse::<f64>().ok();
        Look {
            fill: value("fill"),
            stroke: value("stroke"),
            stroke_width: pixels(&value("stroke-width")).unwrap_or(1.0),
            dashes: value("stroke-dasharray")
                .split(',')
                .filter_map(pixels)
                .collect(),
        }
    }

    fn ink(&self) -> String {
        self.ink.clone()
    }

    fn paper(&self) -> String {
        self.paper.clone()
    }
}

/// Pixels of the file for each of the drawing, so that it is sharp on slides.
const SCALE: u32 = 2;

/// Draws shapes and offers the result as a file. The page's policy allows no picture from elsewhere, not even from the page
/// itself, so that the shapes are drawn one by one.
fn draw_on_canvas(
    shapes: &[Shape],
    height: f64,
    paper: &str,
    file_name: String,
) -> Result<(), JsValue> {
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.dyn_into()?;
    canvas.set_width(WIDTH * SCALE);
    canvas.set_height((height * f64::from(SCALE)).ceil() as u32);
    let context: CanvasRenderingContext2d =
        canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into()?;
    context.scale(f64::from(SCALE), f64::from(SCALE))?;
    context.set_fill_style_str(paper);
    context.fill_rect(0.0, 0.0, f64::from(WIDTH), height);
    context.set_line_join("round");
    for shape in shapes {
        draw(&context, shape)?;
    }
    let offer = Closure::once_into_js(move |blob: Option<Blob>| {
        if let Some(blob) = blob {
            save_blob(&file_name, &blob);
        }
    });
    canvas.to_blob(offer.unchecked_ref())
}

fn draw(context: &CanvasRenderingContext2d, shape: &Shape) -> Result<(), JsValue> {
    match shape {
        Shape::Path {
            positions,
            is_closed,
            look,
        } => {
            context.begin_path();
            for (index, (x, y)) in positions.iter().enumerate() {
                match index {
                    0 => context.move_to(*x, *y),
                    _ => context.line_to(*x, *y),
                }
            }
            if *is_closed {
                context.close_path();
            }
            paint(context, look)
        }
        Shape::Circle {
            center: (x, y),
            radius,
            look,
        } => {
            context.begin_path();
            context.arc(*x, *y, *radius, 0.0, std::f64::consts::TAU)?;
            paint(context, look)
        }
        Shape::Text {
            at: (x, y),
            anchor,
            size,
            is_bold,
            color,
            text,
        } => {
            let weight = if *is_bold { "bold " } else { "" };
            context.set_font(&format!("{weight}{size}px system-ui, sans-serif"));
            context.set_text_align(match anchor.name() {
                "middle" => "center",
                other => other,
            });
            context.set_fill_style_str(color);
            context.fill_text(text, *x, *y)
        }
    }
}

fn paint(context: &CanvasRenderingContext2d, look: &Look) -> Result<(), JsValue> {
    if look.fill != "none" {
        context.set_fill_style_str(&look.fill);
        context.fill();
    }
    if look.stroke != "none" {
        let dashes: js_sys::Array = look.dashes.iter().copied().map(JsValue::from).collect();
        context.set_line_dash(&dashes)?;
        context.set_line_width(look.stroke_width);
        context.set_stroke_style_str(&look.stroke);
        context.stroke();
    }
    Ok(())
}
