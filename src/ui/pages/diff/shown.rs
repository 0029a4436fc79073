//! Fetches what is compared, and has it drawn; the address says what, and how it is looked at.

use super::sides::{SideHere, SideState, follow_side, text_at};
use crate::loading::DiffWorker;
use crate::presentation::changed_files::neighbours;
use crate::presentation::compared_sides::ComparedSides;
use crate::presentation::diff_view::{DiffFile, DiffOptions, LineRange};
use crate::presentation::hidden_characters::visible;
use crate::presentation::route::Route;
use crate::report::{Digest, Package};
use crate::ui::components::diff_view::{Diff, difference};
use crate::ui::components::keys::FileKeys;
use crate::ui::components::loaded::{Failed, Loaded, Shape};
use crate::ui::components::part::Part;
use crate::ui::context::Site;
use crate::ui::navigation::{Navigation, Step};
use leptos::html::Dialog;
use leptos::prelude::*;
use std::sync::Arc;

/// The difference of a file between two sides, with the keys of a changed file.
#[component]
pub fn FileDiff(
    package: Arc<Package>,
    path: String,
    /// The sides that are compared.
    #[prop(into)]
    sides: Signal<ComparedSides>,
) -> impl IntoView {
    let site = Site::get();
    let key_list = NodeRef::new();
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
    let pair = move || view! { <Pair package=package.clone() path=path.clone() sides=sides.get() key_list/> };
    view! {
        <div>
            <FileKeys list=key_list neighbours/>
            {pair}
        </div>
    }
}

#[component]
fn Pair(
    package: Arc<Package>,
    path: String,
    sides: ComparedSides,
    key_list: NodeRef<Dialog>,
) -> impl IntoView {
    let site = Site::get();
    let preparation = Preparation::new(site);
    let [from, to] = [&sides.from, &sides.to].map(|side| follow_side(site, &package, &path, side));
    // Both sides come from one host: where one failed, the other may have, too.
    let retry = Callback::new(move |()| {
        from.retry.run(());
        to.retry.run(());
    });
    move || match (from.state(), to.state()) {
        (SideState::Failed(what, error), _) | (_, SideState::Failed(what, error)) => {
            view! { <Failed what error retry within_page=true/> }.into_any()
        }
        (SideState::NotAtHand(one), SideState::NotAtHand(other)) => {
            view! { <p class="note">{one}</p><p class="note">{other}</p> }.into_any()
        }
        // What the other side has can be read all the same.
        (
            SideState::NotAtHand(sentence),
            SideState::Here(SideHere {
                label,
                bytes: Some(bytes),
                address: Some(address),
                ..
            }),
        )
        | (
            SideState::Here(SideHere {
                label,
                bytes: Some(bytes),
                address: Some(address),
                ..
            }),
            SideState::NotAtHand(sentence),
        ) => {
            let text = preparation.draw_alone(&path, &label, bytes, address, key_list);
            view! { <p class="note">{sentence}</p>{text} }.into_any()
        }
        (SideState::NotAtHand(sentence), _) | (_, SideState::NotAtHand(sentence)) => {
            view! { <p class="note">{sentence}</p> }.into_any()
        }
        (SideState::Here(one), SideState::Here(other)) => {
            let reports = [&one.report, &other.report];
            let mut remarks = sides.version_remarks(
                (&one.report, &one.package, &one.who),
                (&other.report, &other.package, &other.who),
            );
            let explanations = match sides.explanations(reports, &one.package, &path) {
                Ok(known) => Some(known),
                Err(remark) => {
                    remarks.push(remark);
                    None
                }
            };
            let file = DiffFile {
                path: path.clone(),
                reference_label: one.label.clone(),
                distribution_label: other.label.clone(),
                reference: one.bytes,
                distribution: other.bytes,
                explanations,
                remarks,
                is_alone: false,
            };
            let labels = [one.label, other.label];
            preparation.draw(Shown {
                file,
                addresses: [one.address, other.address],
                sides: ViewFn::from(move || labels_view(&labels)),
                key_list,
            })
        }
        _ => view! { <Shape what="both sides"/> }.into_any(),
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
    let key_list = NodeRef::new();
    view! {
        <div>
            <FileKeys list=key_list/>
            <Loaded state=text what="the text" retry within_page=true let:bytes>
                {preparation.draw_alone(&path, &label, bytes, address.clone(), key_list)}
            </Loaded>
        </div>
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
    key_list: NodeRef<Dialog>,
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

    /// Draws one text for itself.
    fn draw_alone(
        self,
        path: &str,
        label: &str,
        bytes: Arc<Vec<u8>>,
        address: String,
        key_list: NodeRef<Dialog>,
    ) -> AnyView {
        let file = DiffFile {
            path: path.to_owned(),
            reference_label: label.to_owned(),
            distribution_label: label.to_owned(),
            reference: Some(Arc::clone(&bytes)),
            distribution: Some(bytes),
            is_alone: true,
            ..DiffFile::default()
        };
        let shown = visible(label);
        self.draw(Shown {
            file,
            addresses: [None, Some(address)],
            sides: ViewFn::from(move || shown.clone()),
            key_list,
        })
    }

    /// Draws it the way that the address says; what the reader chooses goes into the address.
    fn draw(self, shown: Shown) -> AnyView {
        let Self {
            site, navigation, ..
        } = self;
        let options = Memo::new(move |_| DiffOptions::from_query(&site.query.get()));
        let lines = Memo::new(move |_| LineRange::parse(&navigation.fragment.get()));
        let link_note = Memo::new(move |_| LineRange::note_on(&navigation.fragment.get()));
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
            key_list,
        } = shown;
        let diff = Diff {
            file,
            addresses,
            worker: self.worker,
            sides,
            key_list,
            options: options.into(),
            on_options,
            lines: lines.into(),
            link_note: link_note.into(),
            on_lines,
        };
        self.part.draw(true, diff)
    }
}
