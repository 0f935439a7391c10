//! The journal of a boot: stages, their steps, what each step does and says. Serialised, it has the form of the
//! recordings.

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::rc::Rc;

use dryboot_machine::Cause;
use serde::Serialize;
use serde_json::Value as Json;

use crate::raised::Raised;

/// One thing that is done to the machine.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Action {
    /// A command is run.
    Run(Run),
    /// A file is written.
    WriteFile(WriteFile),
    /// Bytes are written to a device.
    WriteDevice {
        /// The device.
        path: String,
    },
    /// A directory is made.
    Mkdir {
        /// Where.
        path: String,
        /// Its mode in octal.
        mode: String,
        /// `user:group`, if it is not root's.
        #[serde(skip_serializing_if = "Option::is_none")]
        owner: Option<String>,
    },
    /// Something is removed.
    Delete {
        /// What.
        path: String,
        /// With all that is in it.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        recursive: bool,
    },
    /// A symbolic link is made.
    Symlink {
        /// Where.
        path: String,
        /// What it leads to.
        target: String,
    },
    /// A file gets another name.
    Rename {
        /// The name that it had.
        path: String,
        /// The new one.
        to: String,
    },
    /// Permissions are changed.
    Chmod {
        /// Of what.
        path: String,
        /// The mode in octal.
        mode: String,
    },
    /// The owner is changed.
    Chown {
        /// Of what.
        path: String,
        /// `user:group`
        owner: String,
    },
    /// A request is sent.
    Http {
        /// `GET` or `POST`
        method: &'static str,
        /// The address.
        url: String,
        /// The status of the answer; none if there was no answer.
        status: Option<u16>,
        /// The fields of a form.
        #[serde(skip_serializing_if = "Option::is_none")]
        data: Option<BTreeMap<String, String>>,
    },
    /// Output goes elsewhere from here on.
    Output {
        /// Where standard output goes.
        stdout: String,
        /// Where standard error goes.
        stderr: String,
    },
    /// Text is printed to the console.
    Console {
        /// The text.
        text: String,
    },
    /// What follows happens in a process of its own.
    Background {
        /// What.
        what: &'static str,
    },
    /// The machine is to be shut down or restarted once cloud-init has ended.
    PowerState {
        /// The command.
        argv: Vec<String>,
        /// How long the end is waited for, in seconds.
        timeout: f64,
        /// What has to hold.
        condition: Json,
        /// Whether it holds, where that had to be found out.
        #[serde(skip_serializing_if = "Option::is_none")]
        condition_met: Option<bool>,
    },
}

/// A command.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Run {
    /// Its words, unless a shell reads it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub argv: Vec<String>,
    /// The line, where a shell reads it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shell: Option<String>,
    /// What it reads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stdin: Option<String>,
    /// What differs in its environment.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub env: BTreeMap<&'static str, String>,
    /// Its directory, if it has one of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cwd: Option<String>,
    /// The text of a script that it is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub script: Option<String>,
    /// What reads a script that is run directly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interpreter: Option<String>,
    /// Its exit status, when it is not zero.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exit: Option<i32>,
    /// Why it could not start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<&'static str>,
    /// So many of its last words stand in no order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unordered_tail: Option<usize>,
}

/// A file that is written.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct WriteFile {
    /// Where.
    pub path: String,
    /// Its mode in octal.
    pub mode: String,
    /// `user:group`, if it is not root's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Its content as text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// Its content, when it is not text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_base64: Option<String>,
    /// It replaces another.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub existed: bool,
    /// The content is added to what is there.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub append: bool,
    /// Its lines stand in no order.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub lines_any_order: bool,
}

/// An action with what it is due to.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// What is done.
    pub action: Action,
    /// Why, without repetition. Effects in a row mostly have the same causes.
    pub causes: Rc<[Cause]>,
}

/// How much a line of the log matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Level {
    /// Something does not work as written.
    Warning,
    /// Something is written in an old way.
    Deprecated,
    /// Something has failed.
    Error,
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    /// How much it matters.
    pub level: Level,
    /// What it says, in our words.
    pub text: String,
    /// The exception that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exception: Option<Raised>,
    /// What it is about.
    #[serde(skip)]
    pub causes: Rc<[Cause]>,
}

/// What came of a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum ModuleResult {
    /// It was called and did not fail; it may have had nothing to do.
    #[serde(rename = "ran")]
    Ran,
    /// It failed.
    #[serde(rename = "failed")]
    Failed,
    /// It had run before, and runs no more often than that.
    #[serde(rename = "already-ran")]
    AlreadyRan,
    /// None of its keys is there.
    #[serde(rename = "skipped:no-config")]
    NoConfig,
    /// It is not for this distribution.
    #[serde(rename = "skipped:distro")]
    OtherDistro,
    /// There is no such module.
    #[serde(rename = "not-found")]
    NotFound,
}

/// What a step is, if it is a module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ModuleStep {
    kind: &'static str,
    /// How often it runs.
    pub frequency: String,
    /// What came of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<ModuleResult>,
    /// With what it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exception: Option<Raised>,
}

/// The check of the merged cloud-config against the schema.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SchemaCheck {
    /// Whether there is nothing to object to; none if the check breaks down.
    pub valid: Option<bool>,
    /// The paths of what is objected to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<SchemaError>,
}

/// Something that the schema objects to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SchemaError {
    /// Where.
    pub path: String,
}

/// A step of a stage.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Step {
    /// A module, or the part of the stage.
    #[serde(rename = "step")]
    pub name: String,
    /// What it is as a module.
    #[serde(flatten)]
    pub module: Option<ModuleStep>,
    /// What it finds as a check.
    #[serde(flatten)]
    pub check: Option<SchemaCheck>,
    /// The effects, by their numbers in the journal.
    #[serde(skip)]
    pub effects: Vec<usize>,
    /// What is said.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<Message>,
}

/// A stage of the boot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stage {
    /// `local`, `network`, `config` or `final`.
    pub name: &'static str,
    /// Which boot it belongs to, from 1.
    pub boot: u32,
    /// What came of each module, in order; none where the stage ends before its modules.
    pub modules: Option<Vec<(String, ModuleResult)>>,
    /// What it ends with.
    pub errors: Vec<String>,
    /// The modules that failed.
    pub failed: Vec<String>,
    /// What happens in it.
    pub steps: Vec<Step>,
}

/// All that happens.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Journal {
    /// The stages, boot after boot.
    pub stages: Vec<Stage>,
    /// What is done, in order.
    pub effects: Vec<Effect>,
    /// What the next effects are due to.
    causes: Rc<[Cause]>,
}

impl Journal {
    /// Begins a stage.
    pub fn begin(&mut self, name: &'static str, boot: u32) {
        self.stages.push(Stage { name, boot, ..Stage::default() });
    }

    /// Begins a step, which is a module if it has a frequency.
    pub fn step(&mut self, name: &str, frequency: Option<&str>) {
        let module = frequency.map(|frequency| ModuleStep {
            kind: "module",
            frequency: frequency.to_owned(),
            result: None,
            exception: None,
        });
        self.causes = Rc::default();
        let step = Step { name: name.to_owned(), module, ..Step::default() };
        if let Some(stage) = self.stages.last_mut() {
            stage.steps.push(step);
        }
    }

    /// The step that is under way.
    pub fn current(&mut self) -> Option<&mut Step> {
        self.stages.last_mut()?.steps.last_mut()
    }

    /// What this step has done.
    pub fn done_in_step(&self) -> impl Iterator<Item = &Action> {
        let step = self.stages.last().and_then(|stage| stage.steps.last());
        let effects = step.map_or(&[][..], |step| step.effects.as_slice());
        effects.iter().filter_map(|number| self.effects.get(*number)).map(|effect| &effect.action)
    }

    /// The number of the step that is under way.
    pub fn position(&self) -> Option<usize> {
        self.stages.last()?.steps.len().checked_sub(1)
    }

    /// A step of this stage.
    pub fn step_at(&mut self, position: Option<usize>) -> Option<&mut Step> {
        self.stages.last_mut()?.steps.get_mut(position?)
    }

    /// What the next effects of this step are due to.
    pub fn because(&mut self, causes: impl IntoIterator<Item = Cause>) {
        let mut once: Vec<Cause> = causes.into_iter().collect();
        // They nearly always stand in order, and then all of them differ.
        if !once.is_sorted_by(|one, next| one < next) {
            let mut seen = HashSet::new();
            once.retain(|cause| seen.insert(cause.clone()));
        }
        once.truncate(MOST_CAUSES);
        self.causes = once.into();
    }

    /// Notes that something is done; gives its number.
    pub fn record(&mut self, action: Action) -> usize {
        let number = self.effects.len();
        self.effects.push(Effect { action, causes: Rc::clone(&self.causes) });
        if let Some(step) = self.current() {
            step.effects.push(number);
        }
        number
    }

    /// Takes back what has been noted since an effect, which was only the preview's own means.
    pub fn forget_from(&mut self, number: usize) {
        self.effects.truncate(number);
        if let Some(step) = self.current() {
            step.effects.retain(|own| *own < number);
        }
    }

    /// Notes a line of the log.
    pub fn say(&mut self, level: Level, text: impl Into<String>, exception: Option<Raised>) {
        let message = Message { level, text: text.into(), exception, causes: Rc::clone(&self.causes) };
        if let Some(step) = self.current() {
            step.messages.push(message);
        }
    }

    /// Notes a warning.
    pub fn warn(&mut self, text: impl Into<String>) {
        self.say(Level::Warning, text, None);
    }

    /// Notes a warning about an exception.
    pub fn warn_of(&mut self, text: impl Into<String>, exception: &Raised) {
        self.say(Level::Warning, text, Some(exception.clone()));
    }

    /// Notes a warning, of which an error is the reason.
    pub fn warn_because(&mut self, text: impl fmt::Display, reason: &Raised) {
        self.warn(format!("{text}: {}", reason.text));
    }

    /// Notes that something is written in an old way, which is said once.
    pub fn deprecated(&mut self, text: impl Into<String>) {
        let text = text.into();
        let said = self.stages.iter().flat_map(|stage| &stage.steps).flat_map(|step| &step.messages);
        if !said.into_iter().any(|message| message.level == Level::Deprecated && message.text == text) {
            self.say(Level::Deprecated, text, None);
        }
    }
}

/// An effect names no more places than these: a list of ten thousand commands is one effect.
const MOST_CAUSES: usize = 64;
