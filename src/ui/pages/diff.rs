//! `/9/package/NAME/diff/FILE`: what was changed in one file, beside the others that were changed.

mod files;

use super::package::WithPackage;
use crate::loading::LoadState;
use crate::presentation::changed_files::neighbours;
use crate::presentation::diff_view::{DiffFile, DiffOptions, FileExplanations, LineRange};
use crate::presentation::nearest::nearest;
use crate::presentation::route::Route;
use crate::report::{Digest, Package, SourceFile, SourceFileSide};
use crate::ui::components::diff_view::{Diff, DiffView};
use crate::ui::components::loaded::Loaded;
use crate::ui::context::Site;
use crate::ui::navigation::{Navigation, Step};
use leptos::prelude::*;
use std::sync::Arc;

/// The page.
#[component]
pub fn DiffPage(release: String, name: String, file: String) -> impl IntoView {
    view! {
        <WithPackage release name let:package>
            <File package file=file.clone()/>
        </WithPackage>
    }
}

#[component]
fn File(package: Arc<Package>, file: String) -> impl IntoView {
    let site = Site::get();
    let back = Route::Package {
        release: package.release.clone(),
        name: package.name.clone(),
    };
    let files = package
        .texts
        .as_ref()
        .map(|texts| texts.files.clone())
        .unwrap_or_default();
    let crumbs = view! {
        <p class="soft small crumbs"><a href=move || site.href(&back)>{package.name.clone()}</a>" / "{file.clone()}</p>
    };
    let content = match files.iter().find(|known| known.path == file) {
        None => view! { <NoSuchFile package=package.clone() file=file.clone()/> }.into_any(),
        Some(known) if [&known.reference, &known.distribution].into_iter().flatten().any(|side| !side.published) => {
            view! { <p>"This file is binary or too large to show. Its size and digest are on the package’s page."</p> }.into_any()
        }
        Some(known) => view! { <FileDiff package=package.clone() file=known.clone()/> }.into_any(),
    };
    view! {
        <div class="stack diff-page">
            <section>{crumbs}<h1 class="mono title">{file.clone()}</h1></section>
            <files::ChangedFiles package current=file/>
            {content}
        </div>
    }
}

/// Fetches both sides, and draws their difference.
#[component]
pub fn FileDiff(package: Arc<Package>, file: SourceFile) -> impl IntoView {
    let site = Site::get();
    let navigation = Navigation::get();
    let (reference, retry_reference) =
        side(file.reference.as_ref().map(|side| side.digest.clone()));
    let (distribution, retry_distribution) =
        side(file.distribution.as_ref().map(|side| side.digest.clone()));
    // Both sides come from one host: where one failed, the other may have, too.
    let retry = Callback::new(move |()| {
        retry_reference.run(());
        retry_distribution.run(());
    });
    let texts = package.texts.clone();
    let explanations = FileExplanations::of(&package, &file.path);
    let library = site.library.get_value();
    let address = |side: &Option<SourceFileSide>| {
        let side = side.as_ref()?;
        Some(library.url("texts", &side.digest, "txt"))
    };
    let addresses = [address(&file.reference), address(&file.distribution)];
    let neighbours = neighbours(&package, &file.path).map(|path| {
        path.map(|file| {
            let (release, name) = (package.release.clone(), package.name.clone());
            untrack(|| {
                site.href(&Route::Diff {
                    release,
                    name,
                    file,
                })
            })
        })
    });
    let options = Memo::new(move |_| DiffOptions::from_query(&site.query.get()));
    let lines = Memo::new(move |_| LineRange::parse(&navigation.fragment.get()));
    let go = move |options: DiffOptions, lines: Option<LineRange>, step: Step| {
        let route = site.route.get_untracked();
        let address = untrack(|| site.href_with(&route, &options.to_string()));
        let fragment = lines.map(|lines| format!("#{lines}")).unwrap_or_default();
        navigation.go(&format!("{address}{fragment}"), step);
    };
    let on_options = Callback::new(move |options: DiffOptions| {
        go(options, lines.get_untracked(), Step::Choice);
    });
    let on_lines = Callback::new(move |lines: Option<LineRange>| {
        go(options.get_untracked(), lines, Step::Replacement);
    });
    view! {
        <Loaded state=reference what="the reference’s side" retry within_page=true let:before>
            {
                let (texts, file, explanations) = (texts.clone(), file.clone(), explanations.clone());
                let (addresses, neighbours) = (addresses.clone(), neighbours.clone());
                view! {
                    <Loaded state=distribution what="the distribution’s side" retry within_page=true let:after>
                        {
                            let labels = texts.as_ref().map(|texts| (texts.reference_label.clone(), texts.distribution_label.clone()));
                            let (reference_label, distribution_label) = labels.unwrap_or_default();
                            let diff = DiffFile {
                                path: file.path.clone(),
                                reference_label,
                                distribution_label,
                                reference: file.reference.as_ref().map(|_| Arc::clone(&before)),
                                distribution: file.distribution.as_ref().map(|_| after),
                                explanations: explanations.clone(),
                            };
                            let (addresses, neighbours) = (addresses.clone(), neighbours.clone());
                            view! { <DiffView diff=Diff { file: diff, addresses, neighbours, options: options.into(), on_options, lines: lines.into(), on_lines }/> }
                        }
                    </Loaded>
                }
            }
        </Loaded>
    }
}

/// One side's bytes; a side that does not exist is loaded at once, and empty.
fn side(digest: Option<Digest>) -> (ReadSignal<LoadState<Vec<u8>>>, Callback<()>) {
    let library = Site::get().library.get_value();
    match digest {
        Some(digest) => {
            let url = library.url("texts", &digest, "txt");
            library.follow_text(move || Some(url.clone()))
        }
        None => (
            signal(LoadState::Loaded(Arc::new(Vec::new()))).0,
            Callback::new(|()| ()),
        ),
    }
}

#[component]
fn NoSuchFile(package: Arc<Package>, file: String) -> impl IntoView {
    let site = Site::get();
    let files = package
        .texts
        .as_ref()
        .map(|texts| texts.files.clone())
        .unwrap_or_default();
    let near = nearest(&file, files.iter().map(|known| known.path.as_str()), 8);
    let offered: Vec<String> = if near.is_empty() {
        files.iter().map(|known| known.path.clone()).collect()
    } else {
        near.into_iter().map(str::to_owned).collect()
    };
    let links = offered.into_iter().map(|path| {
        let route = Route::Diff {
            release: package.release.clone(),
            name: package.name.clone(),
            file: path.clone(),
        };
        view! { <li><a class="mono" href=move || site.href(&route)>{path}</a></li> }
    });
    view! {
        <p>"The report has no such file of this package. It has these:"</p>
        <ul>{links.collect_view()}</ul>
    }
}
