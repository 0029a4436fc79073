//! The words by which it is known what a text says of a flaw. A list is a text of words; a star stands for any end.

/// Verbs that say that something is corrected.
pub(super) const FIXING: &str = "correct corrected fix fixed mitigate repair resolve resolved";

/// Verbs that say so only directly before a CVE.
pub(super) const ADDRESSING: &str = "address solve";

/// Verbs that say that something is looked at before it is used.
pub(super) const GUARDING: &str = "check clamp enforce ensure escape guard handle harden \
    initialise initialize protect sanitise sanitize validate verify verifies";

/// Verbs that say that something cannot happen any more.
pub(super) const STOPPING: &str =
    "avoid deny disallow forbid limit prevent refuse reject restrict stop terminate";

/// Those of the last two that say by themselves that something was wrong.
pub(super) const RIGHTING: &str = "avoid handle prevent";

/// Words that may stand before a verb.
pub(super) const ADVERBS: &str = "always correctly properly safely";

/// What is harmful where it should not be done: what “do not” may stand before.
pub(super) const HARMFUL: &str = "accept access allow assume copy crash cross deref dereference \
    evaluate execute exceed expand expose follow forward free hang leak load loop open overflow \
    overrun parse print process read recurse reuse run send store trust use write";

/// Words of what guards: to stop one is no correction.
pub(super) const GUARDS: &str = "authenti* authori* check* deny* enforc* escaping guard* handling \
    harden* limit* protect* refus* reject* restrict* sandbox* sanit* validat* verif*";

/// What was wrong.
pub(super) const FLAWS: &str = "abort assertion bypass complexity confusion corruption crash \
    crashes deadlock deref dereference dereferences disclosure dos escalation escape exhaustion \
    exposure forgery hang hijacking injection leak leaks loop loops oob overflow overflows \
    overread overrun poisoning race races recursion redos segfault smuggling spoofing traversal \
    truncation uaf underflow vulnerability xss xxe";

/// Flaws of several words.
pub(super) const FLAW_PHRASES: [&[&str]; 9] = [
    &["code", "execution"],
    &["denial", "of", "service"],
    &["double", "free"],
    &["off", "by", "one"],
    &["out", "of", "bound"],
    &["out", "of", "bounds"],
    &["race", "condition"],
    &["race", "conditions"],
    &["use", "after", "free"],
];

/// Words that may stand before a flaw.
pub(super) const QUALITIES: &str = "a an arbitrary based buffer command directory excessive \
    exponential header heap infinite information integer invalid memory multiple null path pointer \
    possible potential privilege quadratic remote request shell sql stack symlink the type \
    unbounded uncontrolled uninitialised uninitialized";

/// Words that say that what guards is not there.
pub(super) const LACKING: &str = "improper incorrect insufficient missing";

/// Words that may stand before a fix or between it and its CVE.
pub(super) const LEADING: &str = "a an and backport backported backports bug cve cves for issue of \
    patch security the upstream vulnerabilities vulnerability";

/// Words behind a CVE that say no more of it.
pub(super) const CLOSING: &str =
    "and bug issue issues part parts see vulnerabilities vulnerability";

/// Words behind a CVE that say where or how it is corrected.
pub(super) const GOING_ON: &str = "by during in when while";

/// Words that say where.
pub(super) const PLACES: &str =
    "after as at before by during from if in of on through via when where while with";

/// Words behind “fix” that tell of a fix elsewhere, or that there is none.
pub(super) const ELSEWHERE: &str =
    "at by came from has in is needs on through upstream via was with";

/// Words that go on after a CVE to a sentence about it.
pub(super) const STATING: &str = "are does doesn has is isn needs remains stays was were which";

/// Words of trackers, beside their numbers.
pub(super) const TICKETS: &str = "bpo bsc bug bugzilla bz gh issue rhbz rhel ticket";

/// What stands before a colon and says that what follows is none of what is done.
pub(super) const ASIDES: &str = "affected ignored info known needs note open pending ref reference \
    refs related rfc see todo unfixed vulnerable wip";

/// Words that say that something else is done than to correct, wherever they stand.
pub(super) const UNDOING: &str =
    "allow* deprecat* disabl* drop* ignor* introduc* off relax* remov* renam* revert* skip* undo*";

/// Further words that say that software is to behave in another way.
pub(super) const CHANGING: &str = "add adding adds bump* chang* convert* default* enabl* feature* \
    legacy* migrat* new obsolet* replac* rewrit* switch* turn updat* upgrad*";

/// Further words that say of a CVE or of its correction something else than that it is corrected.
pub(super) const DENYING: &str = "advisor* affect* backout break* broke* build building builds but \
    changelog* comment* compatibility compil* conflict* copyright credit* description* detect* doc \
    docs document* except fallout grammar indentation kill* later licens* lint* loosen* manpage \
    mention* merge* news notes opt optional partially partly performance prepar* readme refactor* \
    regress* reintroduc* reproduc* restor* rollback scanner* selftest* severity slow* speed* \
    spell* test* todo translation* typo* unaffected unfix* unlike vulnerable warning* weaken* \
    whitespace without wontfix wording yet";

/// Words that say so where a sentence begins with them.
pub(super) const DENYING_FIRST: &str = "already bypass* not wait*";

/// Two words that say so together.
pub(super) const DENYING_PAIRS: [[&str; 2]; 7] = [
    ["back*", "out"],
    ["false", "positive*"],
    ["follow*", "up"],
    ["not", "appl*"],
    ["not", "need*"],
    ["not", "vulnerab*"],
    ["side", "effect*"],
];
