//! `/progress`: for sponsors: the share over time, deviations begun and resolved, and numbers that link to their evidence.

use super::release::ChosenTrend;
use crate::presentation::date::day;
use crate::presentation::history::{TrendRange, listed_trend, trend_of_years};
use crate::presentation::key_figures::KeyFigure;
use crate::presentation::progress::{
    ProgressPoint, progress_numbers, progress_points, progress_sentence, quarter_bars,
    years_for_progress,
};
use crate::presentation::release_summary::dates;
use crate::presentation::route::Route;
use crate::presentation::trend::Trend;
use crate::report::{HistoryYear, Index, Ledger, ReleaseEntry};
use crate::ui::components::chart::{
    Picture, PictureSection, QuarterChart, SavePicture, quarters_picture, trend_picture,
};
use crate::ui::components::key_figures::KeyFigures;
use crate::ui::components::loaded::{Loaded, loaded_all};
use crate::ui::context::{Site, value_of};
use leptos::prelude::*;
use std::sync::Arc;

/// The page.
#[component]
pub fn ProgressPage() -> impl IntoView {
    let site = Site::get();
    view! {
        <Loaded state=site.index what="the list of releases" retry=site.retry_index let:index>
            <Chosen index/>
        </Loaded>
    }
}

/// The release of the address, or the newest.
#[component]
fn Chosen(index: Arc<Index>) -> impl IntoView {
    let site = Site::get();
    let named = Memo::new(move |_| value_of(&site.query.get(), "release"));
    move || {
        let named = named.get();
        let entry = match &named {
            Some(named) => index.releases.iter().find(|entry| entry.id == *named),
            None => index.releases.first(),
        };
        let choices: Vec<String> = index
            .releases
            .iter()
            .map(|entry| entry.id.clone())
            .collect();
        let Some(entry) = entry.cloned() else {
            return view! {
                <h1>{match named {
                    Some(named) => format!("There is no report of release {named}"),
                    None => "There is no report yet".to_owned(),
                }}</h1>
                <Releases choices current=None/>
            }
            .into_any();
        };
        let library = site.library.get_value();
        let years = years_for_progress(&entry);
        let urls = years
            .iter()
            .map(|year| library.url("years", &year.digest, "json"));
        let ledger = entry
            .ledger
            .as_ref()
            .map(|digest| library.url("ledgers", digest, "json"));
        let current = Some(entry.id.clone());
        let draw = move |years: Vec<Arc<HistoryYear>>| {
            view! { <WithLedger entry=entry.clone() years url=ledger.clone()/> }
        };
        view! {
            <Releases choices current/>
            {loaded_all(urls.collect(), "the history of this release", false, draw)}
        }
        .into_any()
    }
}

/// Links to the same page of other releases.
#[component]
fn Releases(choices: Vec<String>, current: Option<String>) -> impl IntoView {
    let site = Site::get();
    let (distribution, _) = site.parties();
    let links = choices.into_iter().map(|id| {
        let query = format!("release={}", crate::presentation::route::encode(&id));
        let is_current = (current.as_ref() == Some(&id)).then_some("true");
        view! {
            <a class="chart-range" aria-current=is_current href=move || site.href_with(&Route::Progress, &query)>
                {format!("{distribution} {id}")}
            </a>
        }
    });
    view! { <p class="chart-ranges" role="group" aria-label="Release">{links.collect_view()}</p> }
}

#[component]
fn WithLedger(
    entry: ReleaseEntry,
    years: Vec<Arc<HistoryYear>>,
    url: Option<String>,
) -> impl IntoView {
    match url {
        None => view! { <Progress entry years ledger=None/> }.into_any(),
        Some(url) => {
            let draw = move |ledgers: Vec<Arc<Ledger>>| {
                let ledger = ledgers.first().cloned();
                view! { <Progress entry=entry.clone() years=years.clone() ledger/> }
            };
            loaded_all(vec![url], "the ledger of deviations", false, draw).into_any()
        }
    }
}

#[component]
fn Progress(
    entry: ReleaseEntry,
    years: Vec<Arc<HistoryYear>>,
    ledger: Option<Arc<Ledger>>,
) -> impl IntoView {
    let site = Site::get();
    let Some(snapshot) = entry.latest().cloned() else {
        return ().into_any();
    };
    let sides = site.sides(&snapshot);
    // An index without a history lists every snapshot itself.
    let points = if years.is_empty() {
        entry.snapshots.iter().map(ProgressPoint::from).collect()
    } else {
        progress_points(&years)
    };
    let title = progress_sentence(&points, &sides.distribution, &sides.reference);
    let is_sample = site
        .index
        .get_untracked()
        .loaded()
        .is_some_and(|index| index.sample);
    let invented = if is_sample {
        " A sample: every figure is invented."
    } else {
        ""
    };
    let source = format!(
        "Almanac, report of {}; {}.{invented}",
        day(snapshot.taken.0),
        dates(&snapshot, &sides)
    );
    let (distribution, reference) = site.parties();
    let parties = (distribution.as_str(), reference.as_str());
    let numbers = progress_numbers(&entry, &points, ledger.as_deref(), parties);
    let trend = match years.is_empty() {
        true => listed_trend(&entry, TrendRange::Year, parties),
        false => trend_of_years(&years, TrendRange::Year, parties),
    };
    let bars = ledger
        .as_ref()
        .map(|ledger| quarter_bars(ledger))
        .unwrap_or_default();
    let stem = format!(
        "almanac-{}-{}",
        entry.id,
        &snapshot.taken.0.to_string()[..10]
    );
    let trend_heading = format!("Share of {} that matches, one year", sides.distribution);
    let quarters_heading = format!(
        "Deviations of {} that began and were resolved, by quarter",
        sides.distribution
    );
    let trend_section = trend_picture(&trend_heading, &trend);
    let quarters_section = quarters_picture(&quarters_heading, &bars);
    let alone = |section: &Result<PictureSection, String>| -> Result<Picture, String> {
        let section = section.clone()?;
        Ok(Picture {
            title: title.clone(),
            source: source.clone(),
            sections: vec![section],
        })
    };
    let whole = whole(
        &title,
        &source,
        &numbers,
        [&trend_section, &quarters_section],
        &trend,
        bars.is_empty(),
    );
    let has_ledger = !bars.is_empty();
    let quarters = has_ledger.then(|| view! {
        <section>
            <h2>"Deviations by quarter"</h2>
            <QuarterChart name=quarters_heading.clone() bars/>
            <SavePicture picture=alone(&quarters_section) file_stem=format!("{stem}-deviations")/>
        </section>
    });
    let has_none = numbers.is_empty();
    view! {
        <div class="stack progress-page">
            <section>
                <h1>{title.clone()}</h1>
                <p class="soft small">{source.clone()}</p>
                <SavePicture picture=whole file_stem=format!("{stem}-progress")/>
            </section>
            <KeyFigures figures=numbers/>
            {has_none.then(|| view! { <p class="soft">"There is one report so far: nothing to compare it with yet."</p> })}
            <section>
                <h2>"Share that matches, over time"</h2>
                <ChosenTrend entry=entry.clone() name=trend_heading default=TrendRange::Year/>
                <SavePicture picture=alone(&trend_section) file_stem=format!("{stem}-share")/>
            </section>
            {quarters}
            <p class="soft small">
                {(!has_ledger).then_some("This set of reports keeps no ledger of deviations yet; it begins with the next report. ")}
                "The pictures show the last year, in the colours of the page as it is now."
            </p>
        </div>
    }
    .into_any()
}

/// The page as one picture.
fn whole(
    title: &str,
    source: &str,
    numbers: &[KeyFigure],
    sections: [&Result<PictureSection, String>; 2],
    trend: &Trend,
    lacks_quarters: bool,
) -> Result<Picture, String> {
    let [of_trend, of_quarters] = sections;
    let mut all: Vec<PictureSection> = numbers
        .iter()
        .map(|number| {
            let heading = format!("{} {}", number.value, number.what);
            PictureSection::text(heading, number.formula.clone())
        })
        .collect();
    if trend.latest().is_some() {
        all.push(of_trend.clone()?);
    }
    if !lacks_quarters {
        all.push(of_quarters.clone()?);
    }
    Ok(Picture {
        title: title.to_owned(),
        source: source.to_owned(),
        sections: all,
    })
}
