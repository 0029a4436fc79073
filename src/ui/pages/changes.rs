//! `/9/changes`: what became of the packages from one snapshot to a later one, both in the address.

use super::archive::{Archived, Search, search};
use super::not_found::NoSuchRelease;
use crate::loading::LoadState;
use crate::presentation::changes::{
    ChangeGroup, ChangeRow, Stand, changes_between, gap_note, lost_in, older_note, snapshot_before,
    years_between,
};
use crate::presentation::date::moment;
use crate::presentation::hidden_characters::visible;
use crate::presentation::number::count;
use crate::presentation::route::{Route, encode};
use crate::presentation::snapshot_name::{minor_note, snapshot_named};
use crate::report::{Compatibility, HistoryYear, ReleaseEntry, SnapshotEntry};
use crate::ui::components::loaded::{Failed, Loaded, Shape, loaded_all};
use crate::ui::components::verdict::VerdictMark;
use crate::ui::context::{Site, set_query, value_of};
use crate::ui::navigation::{Navigation, Step};
use leptos::prelude::*;
use std::sync::Arc;

/// The page.
#[component]
pub fn ChangesPage(release: String) -> impl IntoView {
    let site = Site::get();
    view! {
        <Loaded state=site.index what="the list of releases" retry=site.retry_index let:_index>
            {match site.entry(&release) {
                None => view! { <NoSuchRelease release=release.clone()/> }.into_any(),
                Some(entry) => view! { <Between entry/> }.into_any(),
            }}
        </Loaded>
    }
}

/// The snapshots that the address means; where it names none, the newest and the one before it.
#[derive(Clone, PartialEq)]
struct Chosen {
    from: Option<SnapshotEntry>,
    to: Option<SnapshotEntry>,
    /// What the reader must know of what the address names.
    notes: Vec<String>,
}

#[component]
fn Between(entry: ReleaseEntry) -> impl IntoView {
    let site = Site::get();
    let entry = StoredValue::new(entry);
    let named = move |key: &str| value_of(&site.query.get(), key);
    let to_name = Memo::new(move |_| named("to").or_else(|| site.frozen.get()));
    // One that the index does not list is searched for in the history.
    let search_for =
        move |name: Memo<Option<String>>| search(move || Some((entry.get_value(), name.get()?)));
    let to_search = search_for(to_name);
    let from_name = Memo::new(move |_| {
        let before = || match to_search.state.get() {
            Archived::Found(_, before) => before,
            _ => None,
        };
        named("from").or_else(before)
    });
    let from_search = search_for(from_name);
    let found = move |name: String, search: Search| match search.state.get() {
        Archived::Found(snapshot, _) => Some(*snapshot),
        _ => entry.with_value(|entry| snapshot_named(&entry.snapshots, &name).cloned()),
    };
    let chosen = Memo::new(move |_| {
        let to = match to_name.get() {
            Some(name) => found(name, to_search),
            None => entry.with_value(|entry| entry.latest().cloned()),
        };
        let from = match from_name.get() {
            Some(name) => found(name, from_search),
            None => to.as_ref().and_then(|to| {
                entry.with_value(|entry| snapshot_before(&entry.snapshots, to).cloned())
            }),
        };
        let (distribution, reference) = site.parties();
        let named = [(from_name.get(), &from), (to_name.get(), &to)].into_iter();
        let notes = named.filter_map(|(name, snapshot)| {
            minor_note(&name?, snapshot.as_ref()?, &distribution, &reference)
        });
        let notes = notes.collect();
        Chosen { from, to, notes }
    });
    let failed = move || {
        let searches = [from_search, to_search].into_iter();
        searches
            .filter_map(|search| match search.state.get() {
                Archived::Failed(error) => Some((error, search.retry)),
                _ => None,
            })
            .next()
    };
    let is_loading = move || {
        let mut searches = [from_search, to_search].into_iter();
        searches.any(|search| matches!(search.state.get(), Archived::Loading))
    };
    view! {
        <Choice entry chosen/>
        {move || match chosen.get() {
            _ if is_loading() => view! { <Shape what="the reports that the address names"/> }.into_any(),
            Chosen { from: Some(from), to: Some(to), notes } if from.taken < to.taken => {
                view! { <Changes entry pair=StoredValue::new((from, to)) notes=StoredValue::new(notes)/> }.into_any()
            }
            Chosen { from: Some(_), to: Some(_), .. } => {
                view! { <h1 class="title">"The first of the two is not the earlier one. Choose an earlier one to compare from."</h1> }.into_any()
            }
            _ => match failed() {
                Some((error, retry)) => view! { <Failed what="the reports that the address names" error retry within_page=false/> }.into_any(),
                None if entry.with_value(|entry| entry.snapshots.len()) < 2 => {
                    view! { <h1 class="title">"There is one report of this release so far, so nothing can have changed yet."</h1> }.into_any()
                }
                None => view! { <h1 class="title">"One of the two reports is not published, or none is before the first. Choose two of those above."</h1> }.into_any(),
            },
        }}
        <p><a href=move || site.href_with(&Route::Deviations, &of_release(entry))>"Every deviation, with its beginning and its end"</a></p>
    }
}

fn of_release(entry: StoredValue<ReleaseEntry>) -> String {
    entry.with_value(|entry| format!("release={}", encode(&entry.id)))
}

/// The two lists of the snapshots that the index lists, with their minor releases.
#[component]
fn Choice(entry: StoredValue<ReleaseEntry>, chosen: Memo<Chosen>) -> impl IntoView {
    let site = Site::get();
    let navigation = Navigation::get();
    let list = move |label: &'static str, key: &'static str| {
        let current = move || {
            let chosen = chosen.get();
            let shown = if key == "from" {
                chosen.from
            } else {
                chosen.to
            };
            shown.map(|shown| shown.id).unwrap_or_default()
        };
        let options = move || {
            let current = current();
            let mut snapshots = entry.with_value(|entry| entry.snapshots.clone());
            let chosen = chosen.get();
            let shown = if key == "from" {
                chosen.from
            } else {
                chosen.to
            };
            if let Some(older) = shown.filter(|shown| !snapshots.contains(shown)) {
                snapshots.insert(0, older);
            }
            let options = snapshots.into_iter().rev().map(|snapshot| {
                let selected = snapshot.id == current;
                let label = format!(
                    "{} ({})",
                    moment(snapshot.taken.0),
                    snapshot.distribution_minor
                );
                view! { <option value=snapshot.id selected=selected>{label}</option> }
            });
            options.collect_view()
        };
        let none = move || {
            current()
                .is_empty()
                .then(|| view! { <option value="" selected=true>"none"</option> })
        };
        let choose = move |event| {
            let value = event_target_value(&event);
            let kept = chosen.get_untracked();
            let (from, to) = (kept.from.map(|from| from.id), kept.to.map(|to| to.id));
            let (from, to) = if key == "from" {
                (Some(value), to)
            } else {
                (from, Some(value))
            };
            let pair =
                |key: &str, id: Option<String>| id.map(|id| format!("{key}={}", encode(&id)));
            let query: Vec<String> = [pair("from", from), pair("to", to)]
                .into_iter()
                .flatten()
                .collect();
            set_query(site, navigation, &query.join("&"), Step::Forward);
        };
        view! {
            <label class="soft">{label}" "
                <select class="select" aria-label=label on:change=choose>{none}{options}</select>
            </label>
        }
    };
    let older = entry.with_value(older_note);
    view! {
        <p class="changes-choice">{list("From", "from")}{list("to", "to")}</p>
        {older.map(|older| view! { <p class="soft small">{older}</p> })}
    }
}

/// The earlier of two snapshots and the later one.
type Pair = StoredValue<(SnapshotEntry, SnapshotEntry)>;

#[component]
fn Changes(
    entry: StoredValue<ReleaseEntry>,
    pair: Pair,
    notes: StoredValue<Vec<String>>,
) -> impl IntoView {
    let site = Site::get();
    let library = site.library.get_value();
    let report = |snapshot: &SnapshotEntry| {
        let url = library.url("compatibility", &snapshot.report, "json");
        library.follow::<Compatibility>(move || Some(url.clone()))
    };
    let ((before, retry_before), (after, retry_after)) =
        pair.with_value(|(from, to)| (report(from), report(to)));
    view! {
        <Loaded state=before what="the earlier report" retry=retry_before let:earlier>
            <Later entry pair notes earlier state=after retry=retry_after/>
        </Loaded>
    }
}

#[component]
fn Later(
    entry: StoredValue<ReleaseEntry>,
    pair: Pair,
    notes: StoredValue<Vec<String>>,
    earlier: Arc<Compatibility>,
    state: ReadSignal<LoadState<Compatibility>>,
    retry: Callback<()>,
) -> impl IntoView {
    view! {
        <Loaded state what="the later report" retry let:later>
            <Compared entry pair notes before=earlier.clone() after=later/>
        </Loaded>
    }
}

/// That reports between the two were lost, if any were.
#[component]
fn Gap(entry: StoredValue<ReleaseEntry>, pair: Pair) -> impl IntoView {
    let library = Site::get().library.get_value();
    let years =
        entry.with_value(|entry| pair.with_value(|(from, to)| years_between(entry, from, to)));
    let urls = years
        .iter()
        .map(|year| library.url("years", &year.digest, "json"));
    let draw = move |years: Vec<Arc<HistoryYear>>| {
        let lost = lost_in(&years);
        let gap = pair.with_value(|(from, to)| gap_note(&lost, from, to));
        gap.map(|gap| view! { <p class="note">{gap}</p> })
    };
    loaded_all(urls.collect(), "the history of this release", true, draw)
}

#[component]
fn Compared(
    entry: StoredValue<ReleaseEntry>,
    pair: Pair,
    notes: StoredValue<Vec<String>>,
    before: Arc<Compatibility>,
    after: Arc<Compatibility>,
) -> impl IntoView {
    let (distribution, reference) = Site::get().parties();
    let changes = changes_between(&before, &after, &distribution, &reference);
    let mut net = changes.net.into_iter();
    let notes = notes.get_value().into_iter().chain(changes.notes);
    let notes = notes.map(|note| view! { <p class="note">{visible(&note)}</p> });
    let nothing = changes.groups.is_empty().then(|| {
        view! { <p>"No package changed its verdict, its cause, or why it is not compared."</p> }
    });
    let release = after.release.clone();
    let groups = changes.groups.into_iter().map(|group| {
        view! { <Group group release=release.clone() sides=(distribution.clone(), reference.clone())/> }
    });
    view! {
        <h1 class="title changes-net">{net.next()}</h1>
        {net.map(|sentence| view! { <p class="soft">{sentence}</p> }).collect_view()}
        {notes.collect_view()}
        <Gap entry pair/>
        {nothing}
        {groups.collect_view()}
        <p class="soft small">
            "A package counts by the least favourable of its architectures. Its versions are those on the first architecture that has it. Better evidence alone is no change."
        </p>
    }
}

#[component]
fn Group(group: ChangeGroup, release: String, sides: (String, String)) -> impl IntoView {
    let site = Site::get();
    let (distribution, reference) = sides;
    let title = format!(
        "{} ({})",
        group.title,
        count(u32::try_from(group.rows.len()).unwrap_or(u32::MAX))
    );
    let row = |row: ChangeRow| {
        let route = Route::Package {
            release: release.clone(),
            name: row.package.clone(),
        };
        let architectures = row
            .architectures
            .map(|names| view! { <div class="soft small">{visible(&names)}</div> });
        view! {
            <tr>
                <th scope="row"><a class="mono" href=move || site.href(&route)>{visible(&row.package)}</a>{architectures}</th>
                <td class="changes-before">{stand(row.before, &distribution, &reference)}</td>
                <td class="changes-after">{stand(row.after, &distribution, &reference)}</td>
            </tr>
        }
    };
    let rows: Vec<_> = group.rows.into_iter().map(row).collect();
    view! {
        <section class="changes-group">
            <h2>{title}</h2>
            <table>
                <thead><tr><th scope="col">"Package"</th><th scope="col">"Before"</th><th scope="col">"After"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

fn stand(stand: Stand, distribution: &str, reference: &str) -> AnyView {
    let Some(mark) = stand.mark else {
        return view! { <span class="soft">"not there"</span> }.into_any();
    };
    let cause = stand.cause.map(|cause| format!(", {cause}"));
    let versions = [
        (distribution, stand.distribution),
        (reference, stand.reference),
    ];
    let versions = versions.into_iter().filter(|(_, evr)| !evr.is_empty()).map(|(side, evr)| {
        view! { <div class="small soft">{side.to_owned()}" "<span class="mono">{visible(&evr)}</span></div> }
    });
    view! {
        <VerdictMark mark/>{cause}
        {versions.collect_view()}
    }
    .into_any()
}
