//! The bar of a share, with its legend.

use crate::domain::{Shares, Verdict};
use crate::presentation::filter::verdict_key;
use crate::presentation::number::{count, percent};
use crate::presentation::release_summary::bar_text;
use crate::presentation::route::Route;
use crate::presentation::words::verdict_mark;
use crate::ui::context::Site;
use leptos::prelude::*;

const IN_SHARES: [Verdict; 3] = [Verdict::Matched, Verdict::Patched, Verdict::Diverging];

/// Matched, patched and diverging, each with its own pattern.
#[component]
pub fn ShareBar(shares: Shares) -> impl IntoView {
    let parts = IN_SHARES
        .into_iter()
        .filter(move |&verdict| shares.of(verdict) > 0)
        .map(move |verdict| {
            let class = format!("share-part share-{}", verdict_key(verdict));
            view! { <span class=class style:flex-grow=shares.of(verdict).to_string()></span> }
        });
    view! { <div class="share-bar" role="img" aria-label=bar_text(&shares)>{parts.collect_view()}</div> }
}

/// The three shares in figures, each a link to its packages, and what is in no share.
#[component]
pub fn ShareLegend(
    /// The counts.
    shares: Shares,
    /// The release whose packages the figures link to.
    release: String,
) -> impl IntoView {
    let site = Site::get();
    let packages = Route::Packages { release };
    let link = move |verdict| {
        let packages = packages.clone();
        move || site.href_with(&packages, &format!("verdict={}", verdict_key(verdict)))
    };
    let entries = IN_SHARES.map(|verdict| {
        let mark = verdict_mark(verdict);
        view! {
            <a class=format!("verdict verdict-{}", mark.class) href=link.clone()(verdict)>
                <span class="glyph" aria-hidden="true">{mark.glyph}</span>
                <b>{percent(shares.of(verdict), shares.compared())}</b>
                {format!(" {}, {}", mark.word, count(shares.of(verdict)))}
            </a>
        }
    });
    view! {
        <div class="share-legend">
            {entries.collect_view()}
            <a class="verdict verdict-not-compared" href=link(Verdict::NotCompared)>
                {format!("{} not compared, in no share", count(shares.not_compared))}
            </a>
        </div>
    }
}
