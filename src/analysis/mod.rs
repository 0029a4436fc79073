//! From packages to verdicts: domain in, domain out. Cannot fail; knows no format and no screen.

mod abi;
mod additions;
mod almalinux_change_rules;
mod awaited_fixes;
mod binaries_alone;
mod build_mark;
mod build_state;
mod change_rules;
mod classification;
mod comparison;
mod deviations;
mod grouping;
mod normalisation;
mod origin;
mod pairing;
mod release_packages;
mod rules;
mod security_clock;
mod source_evidence;
mod transitions;
mod waiting;
mod warning;

pub use abi::{
    AbiChange, AbiComparison, AbiDifference, AbiDifferences, AbiMove, Completeness, compare_abi,
};
pub use additions::{Addition, Held, Holder, Replaced, additions};
pub use awaited_fixes::{NamedFix, NamedFixes};
pub use binaries_alone::BinariesAlone;
pub use build_mark::BuildMark;
pub use build_state::{
    ArchitectureBuilds, BuildTry, Failing, LineBuilds, build_states, in_order_of_time, needed,
};
pub use change_rules::{ActionKind, ChangeFeatures, ChangeRule, class_of};
pub use classification::{Circumstances, Expectation, ToldBy, classify};
pub use comparison::{
    ArchitectureLists, Cell, PackageComparison, PackageKnowledge, compare_release,
};
pub use deviations::{Observation, deviations};
pub use grouping::{OwnVersions, SourceCollector};
pub use normalisation::{normalise_release, reduce_dist_tag, reduce_module_tag};
pub use origin::{Origin, OriginFinding, SourceVersions, origin_of};
pub use pairing::{Pair, SourceList, pair};
pub use rules::{Mark, Rename, RenamedNames, Rules};
pub use security_clock::{
    Advisory, Arrival, Before, ClockInputs, FixedPackage, HeldAt, Holding, Holdings, LagStatistics,
    MEDIAN_COUNT_MIN, MirroredId, NamedAdvisory, SecurityClock, TestedBefore, TestedBuild,
    nearest_rank, security_clock,
};
pub use source_evidence::{
    FileDifference, SourceFinding, SourceTag, SourceTexts, finding_of_tags, finding_of_texts,
};
pub use transitions::{PackageStandings, is_transition, transitions_of};
pub use waiting::{Waiting, waiting};
pub use warning::Warning;
