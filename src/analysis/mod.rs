//! From packages to verdicts: domain in, domain out. Cannot fail; knows no format and no screen.

mod abi;
mod almalinux_change_rules;
mod change_rules;
mod classification;
mod comparison;
mod grouping;
mod normalisation;
mod origin;
mod pairing;
mod rules;
mod source_evidence;
mod transitions;
mod warning;

pub use abi::{
    AbiChange, AbiComparison, AbiDifference, AbiDifferences, AbiMove, Completeness, compare_abi,
};
pub use change_rules::{ActionKind, ChangeFeatures, ChangeRule, class_of};
pub use classification::{Circumstances, Expectation, classify};
pub use comparison::{
    ArchitectureLists, Cell, PackageComparison, PackageKnowledge, compare_release,
};
pub use grouping::SourceCollector;
pub use normalisation::{normalise_release, reduce_dist_tag};
pub use origin::{Origin, OriginFinding, SourceVersions, origin_of};
pub use pairing::{Pair, SourceList, pair};
pub use rules::{Mark, Rename, RenamedNames, Rules};
pub use source_evidence::{
    SourceFinding, SourceTag, SourceTexts, finding_of_tags, finding_of_texts,
};
pub use transitions::{PackageStandings, is_transition, transitions_of};
pub use warning::Warning;
