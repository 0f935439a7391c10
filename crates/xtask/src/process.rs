//! Running other programs, and telling the user about it.

use crate::search;
use anyhow::{Context, Result, bail, ensure};
use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, IsTerminal, Read};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// Cargo, the one that runs this program.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(crate::workspace::root());
    command
}

/// Cargo that takes only what other programs leave of the processor, where there is `nice`.
pub(crate) fn patient_cargo() -> Command {
    let cargo = cargo();
    let Some(nice) = search::on_path("nice") else { return cargo };
    let mut command = Command::new(nice);
    command.args(["-n", "19"]).arg(cargo.get_program()).current_dir(crate::workspace::root());
    command
}

/// Runs a command to its end; its output goes to the terminal.
///
/// # Errors
/// When it cannot be started, or does not succeed.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| cannot_start(command))?;
    if !status.success() {
        bail!("`{}` failed ({status})", line(command));
    }
    Ok(())
}

/// Runs a command to its end; its output goes to the terminal, and each line of it to `read` as well.
///
/// # Errors
/// When it cannot be started, or does not succeed.
pub(crate) fn tee(command: &mut Command, mut read: impl FnMut(&str)) -> Result<()> {
    if std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none() {
        // They see a pipe and would leave out their colours.
        command.env("CARGO_TERM_COLOR", "always").env("FORCE_COLOR", "1");
    }
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| cannot_start(command))?;
    let (sender, lines) = mpsc::channel();
    let streams: [Option<Box<dyn Read + Send>>; 2] = [
        child.stdout.take().map(|stream| Box::new(stream) as _),
        child.stderr.take().map(|stream| Box::new(stream) as _),
    ];
    for stream in streams.into_iter().flatten() {
        let sender = sender.clone();
        thread::spawn(move || {
            for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
                let line = String::from_utf8_lossy(&line).into_owned();
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
    }
    drop(sender);
    for line in lines {
        println!("{line}");
        read(&line);
    }
    let status = child.wait().with_context(|| format!("`{}` disappeared", line(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", line(command));
    }
    Ok(())
}

/// What a command prints on its standard output.
///
/// # Errors
/// When it cannot be started, does not succeed, or prints something other than UTF-8.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| cannot_start(command))?;
    if !output.status.success() {
        bail!("`{}` failed ({})", line(command), output.status);
    }
    String::from_utf8(output.stdout)
        .with_context(|| format!("`{}` printed something other than UTF-8", line(command)))
}

/// What a program prints for an argument that makes it describe itself; `None` when it is missing or fails.
pub(crate) fn answer(program: impl AsRef<OsStr>, argument: &str) -> Option<String> {
    let output =
        Command::new(program).arg(argument).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The sentence for a program that cannot be started.
pub(crate) fn cannot_start(command: &Command) -> String {
    let program = PathBuf::from(command.get_program());
    format!("cannot start {}", program.display())
}

/// The command as one would type it, with the program's folder left out.
pub(crate) fn line(command: &Command) -> String {
    let program = PathBuf::from(command.get_program());
    let mut line = program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned();
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    line
}

/// Removes a folder, which may be missing.
pub(crate) fn remove_dir(dir: &std::path::Path) -> Result<()> {
    match std::fs::remove_dir_all(dir) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", dir.display()))
        }
        _ => Ok(()),
    }
}

/// Says what is done, and how long it took.
pub(crate) fn timed<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("{what} ...");
    let start = Instant::now();
    let result = work()?;
    println!("{what}: done in {}", Elapsed(start.elapsed()));
    Ok(result)
}

/// A duration as a person reads it.
pub(crate) struct Elapsed(pub(crate) Duration);

impl fmt::Display for Elapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        if seconds >= 60 {
            write!(f, "{} min {:02} s", seconds / 60, seconds % 60)
        } else {
            write!(f, "{:.1} s", self.0.as_secs_f64())
        }
    }
}

/// The most memory that a command has had at once, in KB of 1,024 bytes; none outside of Linux.
///
/// # Errors
/// When it cannot be started, or fails.
pub(crate) fn peak(command: &mut Command) -> Result<Option<u64>> {
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().with_context(|| cannot_start(command))?;
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak = None;
    while child.try_wait()?.is_none() {
        let now = fs::read_to_string(&status).ok().and_then(|text| {
            let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
            line.split_whitespace().next()?.parse().ok()
        });
        peak = peak.max(now);
        thread::sleep(Duration::from_millis(2));
    }
    ensure!(child.wait()?.success(), "`{}` failed", line(command));
    Ok(peak)
}

#[cfg(test)]
mod tests {
    use super::{Elapsed, line, tee};
    use std::process::Command;
    use std::time::Duration;

    #[test]
    fn tee_passes_on_both_streams_and_the_failure() {
        let mut lines = Vec::new();
        let mut cargo = super::cargo();
        assert!(tee(cargo.arg("--version"), |line| lines.push(line.to_owned())).is_ok());
        assert!(lines.iter().any(|line| line.starts_with("cargo ")), "{lines:?}");

        lines.clear();
        let mut cargo = super::cargo();
        assert!(tee(cargo.arg("--no-such-option"), |line| lines.push(line.to_owned())).is_err());
        assert!(lines.iter().any(|line| line.contains("--no-such-option")), "{lines:?}");
    }

    #[test]
    fn durations_read_well() {
        assert_eq!(Elapsed(Duration::from_millis(1240)).to_string(), "1.2 s");
        assert_eq!(Elapsed(Duration::from_secs(125)).to_string(), "2 min 05 s");
    }

    #[test]
    fn lines_leave_out_the_folder_of_the_program() {
        assert_eq!(line(Command::new("/usr/bin/cargo").args(["fmt", "--check"])), "cargo fmt --check");
    }
}
