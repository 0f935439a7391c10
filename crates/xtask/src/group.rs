//! A program with all that it starts, which are ended together.

use crate::process;
use anyhow::{Context, Result, bail};
use std::process::{Child, Command, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

/// A process group of its own. It is killed when it is dropped.
pub(crate) struct Group {
    child: Child,
}

impl Group {
    /// Starts a command as the first process of a group.
    ///
    /// # Errors
    /// When it cannot be started.
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        lead(command);
        let child = command.spawn().with_context(|| process::cannot_start(command))?;
        Ok(Self { child })
    }

    /// How the command ended, if it has.
    ///
    /// # Errors
    /// When the system does not say.
    pub(crate) fn ended(&mut self) -> Result<Option<ExitStatus>> {
        self.child.try_wait().context("the process disappeared")
    }

    /// Asks all processes to end. Not with the signal of Ctrl+C, which what runs in the background may ignore.
    ///
    /// # Errors
    /// When one of them does not end in time.
    pub(crate) fn terminate(mut self, patience: Duration) -> Result<()> {
        self.signal("-TERM")?;
        let start = Instant::now();
        loop {
            // Collected, or it would stay in the list of processes.
            self.ended()?;
            let left = self.processes()?;
            if left.is_empty() {
                return Ok(());
            }
            if start.elapsed() > patience {
                bail!("these processes do not end:\n{}", left.join("\n"));
            }
            thread::sleep(Duration::from_millis(100));
        }
    }

    fn signal(&self, signal: &str) -> Result<()> {
        let group = format!("-{}", self.child.id());
        process::run(Command::new("kill").args([signal, "--", &group]))
    }

    /// The command lines of the processes that run.
    fn processes(&self) -> Result<Vec<String>> {
        let listed = process::output(Command::new("ps").args(["-A", "-o", "pgid=,stat=,args="]))?;
        Ok(running(&listed, self.child.id()))
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if self.processes().is_ok_and(|left| !left.is_empty()) {
            // Nothing more can be done when this fails, too.
            let _ = self.signal("-KILL");
        }
        let _ = self.child.wait();
    }
}

/// The command lines of a group in a list of groups, states and command lines. `Z` is one that has ended.
fn running(listed: &str, group: u32) -> Vec<String> {
    let parts = |line: &str| {
        let (id, rest) = line.trim().split_once(' ')?;
        let (state, command) = rest.trim().split_once(' ')?;
        (id.parse() == Ok(group) && !state.starts_with('Z')).then(|| command.trim().to_owned())
    };
    listed.lines().filter_map(parts).collect()
}

#[cfg(unix)]
fn lead(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

#[cfg(not(unix))]
fn lead(_: &mut Command) {}

#[cfg(all(test, unix))]
mod tests {
    use super::{Group, running};
    use std::process::Command;
    use std::time::Duration;

    #[test]
    fn a_group_is_listed_without_what_has_ended() {
        let listed =
            "   12 Ss   /sbin/init\n  123 S    trunk serve\n  123 Z    [node] <defunct>\n 1234 R    x\n";
        assert_eq!(running(listed, 123), ["trunk serve"]);
    }

    #[test]
    fn all_that_a_command_started_ends_and_what_stays_is_noticed() -> anyhow::Result<()> {
        let sh = |script: &str| -> anyhow::Result<Group> {
            let group = Group::start(Command::new("sh").args(["-c", script]))?;
            while group.processes()?.len() < 2 {
                std::thread::sleep(Duration::from_millis(10));
            }
            Ok(group)
        };
        sh("sleep 100; true")?.terminate(Duration::from_secs(10))?;
        let deaf = sh("trap '' TERM; sleep 100; true")?.terminate(Duration::ZERO);
        let stays = deaf.err().map(|error| error.to_string()).unwrap_or_default();
        assert!(stays.contains("sleep 100"), "{stays}");
        Ok(())
    }
}
