//! Child processes that end with the test that started them, and the ports they listen on.

use std::{
    io::ErrorKind,
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// A running program, killed when dropped.
pub struct Process {
    child: Child,
}

impl Process {
    /// Starts `command` and waits until something listens on `port`. `remedy` says what to do where the program is not
    /// installed.
    pub fn listening_on(port: u16, command: &mut Command, remedy: &str) -> Self {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| match error.kind() {
                ErrorKind::NotFound => panic!("{name} is not installed: {remedy}"),
                _ => panic!("{name} cannot be started: {error}"),
            });
        let mut process = Self { child };
        let deadline = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if let Some(status) = process.child.try_wait().unwrap() {
                panic!("{name} ended at once with {status}; its own words are above");
            }
            assert!(
                Instant::now() < deadline,
                "{name} does not listen on port {port} after 20 s"
            );
            thread::sleep(Duration::from_millis(10));
        }
        process
    }

    /// Whether the program ended by itself within `limit`.
    pub fn ends_within(&mut self, limit: Duration) -> bool {
        let deadline = Instant::now() + limit;
        while Instant::now() < deadline {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return true;
            }
            thread::sleep(Duration::from_millis(10));
        }
        false
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Either fails only where the program has ended already, which is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port of this machine that nothing listens on.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("this machine has a free port");
    listener.local_addr().unwrap().port()
}
