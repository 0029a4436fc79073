//! What git says when it fails: why, and whether that is the network's fault.

use crate::publish::fetch::Failure;

/// The cause in what git says when it fails.
pub(super) fn cause_told(told: &str) -> String {
    // The address in git's words may have a password; what follows it, or the last colon, tells the cause.
    let line = told.lines().find(|line| line.starts_with("fatal: "));
    let cause = line.and_then(|line| match line.rsplit_once("': ") {
        Some((_, cause)) => Some(cause),
        None => line.rsplit(": ").next(),
    });
    let cause = cause.unwrap_or("it does not say why");
    format!("git failed: {}", cause.replace(char::is_control, " "))
}

/// Whether git says that the host answered with status 404, which is all that it takes for a repository's absence.
pub(super) fn tells_absence(told: &str) -> bool {
    told.lines()
        .any(|line| line.starts_with("fatal: repository '") && line.ends_with("' not found"))
}

/// Whether the host answered with status 401: it has no such repository, or not for strangers.
pub(super) fn asks_for_login(told: &str) -> bool {
    told.contains("fatal: could not read Username")
}

/// What went wrong with the host or on the way to it, by what git and its curl say of it; `None` where it was something else.
pub(super) fn failure_of_network(told: &str) -> Option<Failure> {
    let status = told.split("The requested URL returned error: ").nth(1);
    if let Some(status) = status {
        let digits = status.split(|character: char| !character.is_ascii_digit());
        return digits
            .take(1)
            .find_map(|digits| digits.parse().ok())
            .map(Failure::Status);
    }
    const SIGNS: [&str; 16] = [
        "Could not resolve",
        "Failed to connect",
        "Couldn't connect",
        "Connection refused",
        "Connection reset",
        "Connection timed out",
        "Connection was reset",
        "Operation timed out",
        "Operation too slow",
        "Resolving timed out",
        "Empty reply from server",
        "Recv failure",
        "transfer closed",
        "early EOF",
        "unexpected disconnect",
        "the remote end hung up unexpectedly",
    ];
    let is_of_network = SIGNS.iter().any(|sign| told.contains(sign));
    is_of_network.then(|| Failure::Connection(cause_told(told)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_status_404_tells_absence() {
        let check = |told: &str, is_absent: bool, asks: bool| {
            assert_eq!(
                (tells_absence(told), asks_for_login(told)),
                (is_absent, asks),
                "{told}"
            );
        };
        let not_found = "fatal: repository 'https://a.example/x.git/' not found\n";
        check(not_found, true, false);
        check(&format!("remote: Not here\n{not_found}"), true, false);
        check(
            "fatal: could not read Username for 'https://a.example': terminal prompts disabled\n",
            false,
            true,
        );
        for told in [
            "remote: not found\nfatal: the remote end hung up unexpectedly\n",
            "fatal: unable to access 'https://a.example/x.git/': The requested URL returned error: 403\n",
            "fatal: unable to access 'https://a.example/x.git/': Issuer certificate was not found\n",
            "fatal: https://a.example/x.git/info/refs not valid: is this a git repository?\n",
            "fatal: 'x' does not appear to be a git repository\n",
        ] {
            check(told, false, false);
        }
    }

    #[test]
    fn what_the_network_makes_fail_is_told_from_what_git_says() {
        let check = |told: &str, expected: Option<Failure>| {
            assert_eq!(failure_of_network(told), expected, "{told}");
        };
        let connection = |cause: &str| Some(Failure::Connection(format!("git failed: {cause}")));
        check(
            "fatal: unable to access 'https://u:p@a.example/x.git/': Could not resolve host: a.example\n",
            connection("Could not resolve host: a.example"),
        );
        check(
            "fatal: unable to access 'http://127.0.0.1:1/x.git/': Failed to connect to 127.0.0.1 port 1 after 0 ms: Couldn't connect to server\n",
            connection(
                "Failed to connect to 127.0.0.1 port 1 after 0 ms: Couldn't connect to server",
            ),
        );
        check(
            "fatal: unable to access 'https://a.example/x.git/': The requested URL returned error: 503\n",
            Some(Failure::Status(503)),
        );
        check(
            "error: RPC failed; curl 18 transfer closed with outstanding read data remaining\nfatal: early EOF\n",
            connection("early EOF"),
        );
        check(
            "fatal: could not read Username for 'https://a.example': terminal prompts disabled\n",
            None,
        );
        check("fatal: not a tree object\n", None);
    }
}
