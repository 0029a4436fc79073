//! Fetches what is compared, and has it drawn; the address says what, and how it is looked at.

use super::choice::Choice;
use super::sides::{SideState, follow_side, text_at};
use crate::loading::DiffWorker;
use crate::presentation::changed_files::neighbours;
use crate::presentation::compared_sides::ComparedSides;
use crate::presentation::diff_view::{DiffFile, DiffOptions, FileExplanations, LineRange};
use crate::presentation::hidden_characters::visible;
use crate::presentation::route::Route;
use crate::report::{Digest, Package};
use crate::ui::components::diff_view::{Diff, difference};
use crate::ui::components::loaded::{Failed, Loaded, Shape};
use crate::ui::components::part::Part;
use crate::ui::context::Site;
use crate::ui::navigation::{Navigation, Step};
use leptos::prelude::*;
use std::sync::Arc;

/// The difference of a file, of the two sides that the address names.
#[component]
pub fn FileDiff(
    package: Arc<Package>,
    path: String,
    /// Whether the reader can choose other sides.
    #[prop(optional)]
    can_choose: bool,
) -> impl IntoView {
    let site = Site::get();
    let sides = Memo::new(move |_| match can_choose {
        true => ComparedSides::from_query(&site.query.get()),
        false => ComparedSides::default(),
    });
    move || view! { <Pair package=package.clone() path=path.clone() sides=sides.get() can_choose/> }
}

#[component]
fn Pair(
    package: Arc<Package>,
    path: String,
    sides: ComparedSides,
    can_choose: bool,
) -> impl IntoView {
    let site = Site::get();
    let preparation = Preparation::new(site);
    let [from, to] = [&sides.from, &sides.to].map(|side| follow_side(site, &package, &path, side));
    let is_own_pair = sides.are_those_of_the_page();
    let known = FileExplanations::of(&package, &path);
    let remark = (!known.is_empty() && !is_own_pair).then(|| {
        "What explains each change is known for the two sides of this report alone, and is not shown here.".to_owned()
    });
    let explanations = match is_own_pair {
        true => Some(known),
        false => None,
    };
    let release = package.release.clone();
    let chosen = sides.clone();
    let choice = move |labels: [String; 2]| -> ViewFn {
        let (release, chosen) = (release.clone(), chosen.clone());
        ViewFn::from(move || {
            let choice = can_choose
                .then(|| view! { <Choice release=release.clone() sides=chosen.clone()/> });
            view! { {labels_view(&labels)}{choice} }
        })
    };
    let routes = neighbours(&package, &path).map(|path| {
        path.map(|file| Route::Diff {
            release: package.release.clone(),
            name: package.name.clone(),
            file,
        })
    });
    let neighbours = Signal::derive(move || {
        let query = site.query.get();
        let sides = ComparedSides::from_query(&query);
        let query = query_of(&sides, DiffOptions::from_query(&query));
        routes.each_ref().map(|route| {
            let route = route.as_ref();
            route.map(|route| site.href_with(route, &query))
        })
    });
    // Both sides come from one host: where one failed, the other may have, too.
    let retry = Callback::new(move |()| {
        from.retry.run(());
        to.retry.run(());
    });
    move || {
        let choose = || {
            let (release, sides) = (package.release.clone(), sides.clone());
            can_choose.then(|| view! { <Choice release sides/> })
        };
        match (from.state(), to.state()) {
            (SideState::Failed(what, error), _) | (_, SideState::Failed(what, error)) => {
                view! { {choose()}<Failed what error retry within_page=true/> }.into_any()
            }
            (SideState::NotAtHand(one), SideState::NotAtHand(other)) => {
                view! { {choose()}<p class="note">{one}</p><p class="note">{other}</p> }.into_any()
            }
            (SideState::NotAtHand(sentence), _) | (_, SideState::NotAtHand(sentence)) => {
                view! { {choose()}<p class="note">{sentence}</p> }.into_any()
            }
            (SideState::Here(one), SideState::Here(other)) => {
                let file = DiffFile {
                    path: path.clone(),
                    reference_label: one.label.clone(),
                    distribution_label: other.label.clone(),
                    reference: one.bytes,
                    distribution: other.bytes,
                    explanations: explanations.clone(),
                    remarks: remark.clone().into_iter().collect(),
                    is_alone: false,
                };
                preparation.draw(Shown {
                    file,
                    addresses: [one.address, other.address],
                    sides: choice([one.label, other.label]),
                    neighbours,
                })
            }
            _ => view! { <Shape what="both sides"/> }.into_any(),
        }
    }
}

/// What an address says of whose sides are compared and how they are looked at.
pub(super) fn query_of(sides: &ComparedSides, options: DiffOptions) -> String {
    let parts = [sides.to_string(), options.to_string()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("&")
}

fn labels_view(labels: &[String; 2]) -> impl IntoView + use<> {
    let [reference, distribution] = labels.clone();
    view! {
        {reference}" "<span aria-hidden="true">"→"</span>
        <span class="visually-hidden">"compared with"</span>" "{distribution}
    }
}

/// A text of a package for itself, with its colours.
#[component]
pub fn TextAlone(digest: Digest, path: String, label: String) -> impl IntoView {
    let site = Site::get();
    let preparation = Preparation::new(site);
    let address = site
        .library
        .with_value(|library| library.url("texts", &digest, "txt"));
    let (text, retry) = text_at(site, digest);
    view! {
        <Loaded state=text what="the text" retry within_page=true let:bytes>
            {
                let file = DiffFile {
                    path: path.clone(),
                    reference_label: label.clone(),
                    distribution_label: label.clone(),
                    reference: Some(Arc::clone(&bytes)),
                    distribution: Some(bytes),
                    is_alone: true,
                    ..DiffFile::default()
                };
                let shown = visible(&label);
                preparation.draw(Shown {
                    file,
                    addresses: [None, Some(address.clone())],
                    sides: ViewFn::from(move || shown.clone()),
                    neighbours: Signal::stored([None, None]),
                })
            }
        </Loaded>
    }
}

/// What comes while the texts do: the program that draws, and the worker that compares.
#[derive(Clone, Copy)]
struct Preparation {
    site: Site,
    navigation: Navigation,
    part: Part<Diff>,
    worker: StoredValue<DiffWorker, LocalStorage>,
}

/// What is shown.
struct Shown {
    file: DiffFile,
    addresses: [Option<String>; 2],
    sides: ViewFn,
    neighbours: Signal<[Option<String>; 2]>,
}

impl Preparation {
    fn new(site: Site) -> Self {
        let part = difference();
        part.prepare();
        let worker = DiffWorker::new(&site.base());
        worker.prepare();
        let worker = StoredValue::new_local(worker);
        on_cleanup(move || {
            let _ = worker.try_with_value(DiffWorker::stop);
        });
        Self {
            site,
            navigation: Navigation::get(),
            part,
            worker,
        }
    }

    /// Draws it the way that the address says; what the reader chooses goes into the address.
    fn draw(self, shown: Shown) -> AnyView {
        let Self {
            site, navigation, ..
        } = self;
        let options = Memo::new(move |_| DiffOptions::from_query(&site.query.get()));
        let lines = Memo::new(move |_| LineRange::parse(&navigation.fragment.get()));
        let go = move |options: DiffOptions, lines: Option<LineRange>, step: Step| {
            let route = site.route.get_untracked();
            let sides = ComparedSides::from_query(&site.query.get_untracked());
            let address = untrack(|| site.href_with(&route, &query_of(&sides, options)));
            let fragment = lines.map(|lines| format!("#{lines}")).unwrap_or_default();
            navigation.go(&format!("{address}{fragment}"), step);
        };
        let on_options = Callback::new(move |options: DiffOptions| {
            go(options, lines.get_untracked(), Step::Choice);
        });
        let on_lines = Callback::new(move |lines: Option<LineRange>| {
            go(options.get_untracked(), lines, Step::Replacement);
        });
        let Shown {
            file,
            addresses,
            sides,
            neighbours,
        } = shown;
        let diff = Diff {
            file,
            addresses,
            worker: self.worker,
            sides,
            neighbours,
            options: options.into(),
            on_options,
            lines: lines.into(),
            on_lines,
        };
        self.part.draw(true, diff)
    }
}
