//! A boot under way: the machine, the journal, the config, and what modules do with them.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use dryboot_machine::{Mode, bytes, path};
use dryboot_schema::Release;

use crate::commands::Output;
use crate::datasource::DataSource;
use crate::family::{Family, Ways};
use crate::image::Image;
use crate::journal::{Action, Journal, Run, WriteFile};
use crate::modules::Asked;
use crate::raised::Raised;
use crate::system::System;
use crate::user_data::Looked;
use crate::value::{Data, Value};

/// The moment at which the boot happens, as cloud-init prints it.
pub(crate) const TIME: &str = "Wed, 25 Nov 2026 12:00:00 +0000";
/// How long the machine has been up, in seconds, as cloud-init prints it.
pub(crate) const UPTIME: &str = "12.00";

/// Where cloud-init keeps what belongs to the instance.
pub(crate) const INSTANCE: &str = "/var/lib/cloud/instance";

/// A boot under way.
#[derive(Debug)]
pub(crate) struct Boot {
    /// The release of cloud-init.
    pub(crate) release: Release,
    /// The image.
    pub(crate) image: &'static Image,
    /// The machine as it is now.
    pub(crate) system: System,
    /// What has happened.
    pub(crate) journal: Journal,
    /// The data source; none before it is found.
    pub(crate) source: DataSource,
    /// The data source that was to be used and could not be, and why.
    pub(crate) failed_source: Option<(&'static str, Raised)>,
    /// The merged config that modules see.
    pub(crate) config: Rc<Value>,
    /// The accounts that a config asked for, as far as a module has asked.
    pub(crate) asked_accounts: Option<Asked>,
    /// Settings that a module has set for those after it.
    pub(crate) options: BTreeMap<&'static str, bool>,
    /// What has run once, with its frequency, in this instance or at all.
    pub(crate) done: BTreeSet<String>,
    /// The name of the host that was set last in this instance.
    pub(crate) set_hostname: Option<(String, String)>,
    /// The name of the host that was noted last.
    pub(crate) previous_hostname: Option<String>,
    /// The data that was looked into last.
    pub(crate) looked: Option<Looked>,
}

impl Boot {
    /// Whether a program has been run in this step.
    #[must_use]
    pub(crate) fn has_run(&self, program: &str) -> bool {
        self.journal.done_in_step().any(|action| {
            matches!(action, Action::Run(run) if run.argv.first().is_some_and(|name| name == program))
        })
    }

    /// Whether the distribution does things as Debian does.
    #[must_use]
    pub(crate) fn is_debian(&self) -> bool {
        self.image.family == Family::Debian
    }

    /// How the distribution does things.
    #[must_use]
    pub(crate) fn ways(&self) -> &'static Ways {
        self.image.family.ways()
    }

    /// What the next effects are due to.
    pub(crate) fn because(&mut self, value: &Value) {
        let mut causes = Vec::new();
        value.causes(&mut causes);
        self.journal.because(causes);
    }

    /// Runs a command.
    ///
    /// # Errors
    /// It cannot start, or ends with another status than zero.
    pub(crate) fn run(&mut self, argv: &[&str]) -> Result<Output, Raised> {
        self.execute(Run { argv: argv.iter().map(|word| (*word).to_owned()).collect(), ..Run::default() })
    }

    /// Runs a line in a shell.
    ///
    /// # Errors
    /// As for [`Boot::run`].
    pub(crate) fn run_shell(&mut self, line: &str) -> Result<Output, Raised> {
        self.execute(Run { shell: Some(line.to_owned()), ..Run::default() })
    }

    /// Runs a command that reads something.
    ///
    /// # Errors
    /// As for [`Boot::run`].
    pub(crate) fn run_with(&mut self, argv: &[&str], stdin: &str) -> Result<Output, Raised> {
        let argv = argv.iter().map(|word| (*word).to_owned()).collect();
        self.execute(Run { argv, stdin: Some(stdin.to_owned()), ..Run::default() })
    }

    /// Runs a command.
    ///
    /// # Errors
    /// As for [`Boot::run`].
    pub(crate) fn execute(&mut self, run: Run) -> Result<Output, Raised> {
        let output = self.attempt(run)?;
        match output.exit {
            0 => Ok(output),
            exit => Err(Raised::exit(&self.last_line(), exit, &output.stderr)),
        }
    }

    /// The command that was run last, on one line.
    pub(crate) fn last_line(&self) -> String {
        match self.journal.effects.last().map(|effect| &effect.action) {
            Some(Action::Run(run)) => run.line(),
            _ => String::new(),
        }
    }

    /// Runs a command, whatever it ends with.
    ///
    /// # Errors
    /// It cannot start.
    pub(crate) fn attempt(&mut self, mut run: Run) -> Result<Output, Raised> {
        let number = self.journal.effects.len();
        match self.system.start(&run) {
            Err(why) => {
                run.error = Some(why);
                self.journal.record(Action::Run(run));
                Err(Raised::not_started(&self.last_line(), why))
            }
            Ok(interpreter) => {
                run.interpreter = interpreter;
                let output = self.system.carry_out(&run, number);
                run.exit = (output.exit != 0).then_some(output.exit);
                self.journal.record(Action::Run(run));
                Ok(output)
            }
        }
    }

    /// Makes a directory, with those above it.
    ///
    /// # Errors
    /// Something is in the way.
    pub(crate) fn make_directory(&mut self, path: &str, bits: u32) -> Result<(), Raised> {
        self.make_directory_of(path, bits, None)
    }

    /// Makes a directory of somebody, with those above it.
    ///
    /// # Errors
    /// Something is in the way.
    pub(crate) fn make_directory_of(
        &mut self,
        path: &str,
        bits: u32,
        owner: Option<&str>,
    ) -> Result<(), Raised> {
        let clean = path::rooted(path);
        let mut ahead = Vec::new();
        let mut here = &*clean;
        while here != "/" && self.system.files.stat(here).is_err() {
            ahead.push(here.to_owned());
            here = path::above(here);
        }
        if ahead.is_empty() {
            if clean == "/" {
                return Ok(());
            }
            return match self.system.files.stat(&clean) {
                Ok(dryboot_machine::Node::Directory) => Ok(()),
                _ => Err(Raised::new("FileExistsError", format!("`{clean}` is not a directory"))),
            };
        }
        for path in ahead.iter().rev() {
            let fault = |error: dryboot_machine::PathError| Raised::new("OSError", error.to_string());
            self.system.files.make_directories(path).map_err(fault)?;
            let _ = self.system.files.change_mode(path, Mode { bits, setuid: false });
            let _ = self.system.files.change_owner(path, owner);
            let owner = owner.map(str::to_owned);
            self.journal.record(Action::Mkdir { path: path.clone(), mode: octal(bits), owner });
        }
        Ok(())
    }

    /// Makes the directories above a file. For a path without a slash, the program asks for a directory with an empty name,
    /// which cannot be made (cloud-init 26.2, `util.py`, `ensure_dir`).
    ///
    /// # Errors
    /// Something is in the way, or the path has no slash.
    pub(crate) fn make_directory_above(&mut self, path: &str) -> Result<(), Raised> {
        if !path.contains('/') {
            let what = format!("`{path}` must be an absolute path");
            return Err(Raised::new("FileNotFoundError", what));
        }
        self.make_directory(path::above(&path::rooted(path)), 0o755)
    }

    /// Writes a file, with the directories above it.
    ///
    /// # Errors
    /// Something is in the way.
    pub(crate) fn write(&mut self, path: &str, content: &str, bits: u32) -> Result<(), Raised> {
        self.write_file(File { path, content: content.as_bytes(), bits, ..File::default() })
    }

    /// Writes a file.
    ///
    /// # Errors
    /// Something is in the way.
    pub(crate) fn write_file(&mut self, file: File<'_>) -> Result<(), Raised> {
        self.make_directory_above(file.path)?;
        let path = path::rooted(file.path);
        let before = self.system.files.read(&path);
        let existed = before.is_some();
        let whole = match before {
            Some(before) if file.append => [before, file.content].concat(),
            _ => file.content.to_vec(),
        };
        let kept = if file.keeps_mode { self.system.files.entry(&path) } else { None };
        let (bits, owner) = match kept {
            Some(entry) => (entry.mode.bits, entry.owner.clone()),
            None => (file.bits, file.owner.map(str::to_owned)),
        };
        let number = self.rewritten(&path).unwrap_or(self.journal.effects.len());
        let mode = Mode { bits, setuid: false };
        self.system
            .files
            .replace(&path, whole, mode, owner.as_deref(), number)
            .map_err(|errno| Raised::new("OSError", format!("{path}: {errno}")))?;
        let text = std::str::from_utf8(file.content).ok();
        let mut written = WriteFile {
            path: path.clone().into_owned(),
            mode: octal(bits),
            owner: owner.filter(|owner| owner != "root:root"),
            content: text.map(str::to_owned),
            content_base64: bytes::base64_unless_text(file.content),
            existed: existed && !file.append,
            append: file.append && existed,
            lines_any_order: file.lines_any_order,
        };
        match self.rewritten(&path) {
            // Written twice in a row: only the last one matters.
            Some(last) if !written.append => {
                if let Action::WriteFile(earlier) = &self.journal.effects[last].action {
                    written.existed = earlier.existed;
                }
                self.journal.effects[last].action = Action::WriteFile(written);
            }
            _ => {
                self.journal.record(Action::WriteFile(written));
            }
        }
        Ok(())
    }

    /// The last effect, if it is the writing of this file.
    fn rewritten(&self, path: &str) -> Option<usize> {
        let last = self.journal.effects.len().checked_sub(1)?;
        match &self.journal.effects[last].action {
            Action::WriteFile(earlier) if earlier.path == path && !earlier.append => Some(last),
            _ => None,
        }
    }

    /// Removes a file or a link.
    pub(crate) fn delete(&mut self, path: &str) {
        if self.system.files.remove(path).is_ok() {
            self.journal.record(Action::Delete { path: path.to_owned(), recursive: false });
        }
    }

    /// Makes a symbolic link.
    pub(crate) fn symlink(&mut self, path: &str, target: &str) {
        let number = self.journal.effects.len();
        let _ = self.system.files.link(path, target, number);
        self.journal.record(Action::Symlink { path: path.to_owned(), target: target.to_owned() });
    }

    /// Gives a file another name.
    pub(crate) fn rename(&mut self, path: &str, to: &str) {
        let Some(content) = self.system.files.read(path).map(<[u8]>::to_vec) else { return };
        let number = self.journal.effects.len();
        let _ = self.system.files.remove(path);
        let _ = self.system.files.replace(to, content, Mode::DEFAULT, None, number);
        self.journal.record(Action::Rename { path: path.to_owned(), to: to.to_owned() });
    }

    /// Changes permissions.
    pub(crate) fn change_mode(&mut self, path: &str, bits: u32) {
        let _ = self.system.files.change_mode(path, Mode { bits, setuid: false });
        self.journal.record(Action::Chmod { path: path.to_owned(), mode: octal(bits) });
    }

    /// Changes the owner.
    pub(crate) fn change_owner(&mut self, path: &str, owner: &str) {
        let _ = self.system.files.change_owner(path, Some(owner));
        self.journal.record(Action::Chown { path: path.to_owned(), owner: owner.to_owned() });
    }

    /// Prints to the console.
    pub(crate) fn print(&mut self, text: impl Into<String>) {
        self.journal.record(Action::Console { text: text.into() });
    }

    /// Asks for a page, again and again until it comes or the tries are used up.
    ///
    /// # Errors
    /// It does not come.
    pub(crate) fn fetch(&mut self, url: &str, tries: u32) -> Result<String, Raised> {
        for _ in 0..tries.min(MOST_TRIES) {
            let (status, body) = self.system.answer(url);
            let action =
                Action::Http { method: "GET", url: url.to_owned(), status: Some(status), data: None };
            self.journal.record(action);
            if status < 400 {
                return Ok(body);
            }
        }
        Err(Raised::new("UrlError", format!("{url} cannot be had: the server answers with an error")))
    }

    /// Does something with a service.
    ///
    /// # Errors
    /// It does not work.
    pub(crate) fn service(&mut self, action: &str, name: &str) -> Result<Output, Raised> {
        if !self.ways().has_systemd {
            return match action {
                "enable" => self.run(&["rc-update", "--nocolor", "add", name]),
                "disable" => self.run(&["rc-update", "--nocolor", "del", name]),
                "reload" | "try-reload" => self.run(&["rc-service", "--nocolor", name, "restart"]),
                verb => self.run(&["rc-service", "--nocolor", name, verb]),
            };
        }
        let verb = match action {
            "reload" => "reload-or-restart",
            "try-reload" => "try-reload-or-restart",
            verb => verb,
        };
        self.run(&["systemctl", verb, name])
    }

    /// Runs something only if it has not run as often as it may; says whether it did.
    pub(crate) fn once(&mut self, name: &str) -> bool {
        self.done.insert(name.to_owned())
    }

    /// The names of the host that the config and the metadata lead to: the short one, the full one, and whether
    /// nobody has chosen it.
    ///
    /// # Errors
    /// `hostname` is not text.
    pub(crate) fn hostname(&self) -> Result<HostName, Raised> {
        let config = &self.config;
        if let Some(fqdn) = config.get("fqdn") {
            let full = fqdn.shown();
            let first = || full.split('.').next().unwrap_or_default().to_owned();
            let short = config.setting("hostname").unwrap_or_else(first);
            return Ok(HostName { short, full, is_default: false });
        }
        let own = match config.get("hostname") {
            None => None,
            Some(Value { data: Data::Text(name), .. }) => Some(name.clone()),
            Some(other) => return Err(Raised::no_attribute(other.type_name(), "find")),
        };
        if let Some(full) = own.as_ref().filter(|name| name.find('.').is_some_and(|at| at > 0)) {
            let short = full.split('.').next().unwrap_or_default().to_owned();
            return Ok(HostName { short, full: full.clone(), is_default: false });
        }
        let known = self.source.hostname(&self.system);
        Ok(match own {
            Some(short) => HostName { short, full: known.full, is_default: false },
            None => known,
        })
    }
}

/// The names of a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HostName {
    /// Without the domain.
    pub(crate) short: String,
    /// With the domain.
    pub(crate) full: String,
    /// Nobody has chosen it.
    pub(crate) is_default: bool,
}

/// A file that is to be written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct File<'f> {
    /// Where.
    pub(crate) path: &'f str,
    /// Its content.
    pub(crate) content: &'f [u8],
    /// Its mode.
    pub(crate) bits: u32,
    /// `user:group`, if it is not root's.
    pub(crate) owner: Option<&'f str>,
    /// The content is added to what is there.
    pub(crate) append: bool,
    /// What is there keeps its mode and its owner.
    pub(crate) keeps_mode: bool,
    /// The lines stand in no order.
    pub(crate) lines_any_order: bool,
}

impl Default for File<'_> {
    fn default() -> Self {
        Self {
            path: "",
            content: &[],
            bits: 0o644,
            owner: None,
            append: false,
            keeps_mode: false,
            lines_any_order: false,
        }
    }
}

/// Nobody is shown more attempts than these.
const MOST_TRIES: u32 = 100;

/// A mode in octal.
#[must_use]
pub(crate) fn octal(bits: u32) -> String {
    format!("{bits:04o}")
}
