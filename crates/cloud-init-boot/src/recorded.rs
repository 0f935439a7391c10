//! A boot in the form of the recordings.

use std::collections::BTreeMap;
use std::rc::Rc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use dryboot_machine::Node;
use serde::Serialize;
use serde_json::{Map as JsonMap, Value as Json, json};

use crate::accounts::Group;
use crate::boot::octal;
use crate::journal::{Action, Journal, Level, Stage, Step};
use crate::preview::Preview;
use crate::value::{Data, Key, Value};

/// How a boot ends, as `cloud-init status` says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Nothing went wrong.
    Done,
    /// Something was said that is worth reading.
    Degraded,
    /// Something failed.
    Error,
    /// cloud-init does not run: no data source is recognised.
    Disabled,
}

impl Status {
    /// What a boot comes to.
    #[must_use]
    pub fn of(journal: &Journal) -> Self {
        if journal.stages.iter().any(|stage| !stage.errors.is_empty()) {
            return Self::Error;
        }
        let said = |stage: &Stage| stage.steps.iter().any(|step| !step.messages.is_empty());
        if journal.stages.iter().any(said) { Self::Degraded } else { Self::Done }
    }

    /// The exit code of `cloud-init status`.
    #[must_use]
    pub fn exit_code(self) -> i32 {
        match self {
            Self::Done | Self::Disabled => 0,
            Self::Degraded => 2,
            Self::Error => 1,
        }
    }

    /// Its word.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Degraded => "degraded",
            Self::Error => "error",
            Self::Disabled => "disabled",
        }
    }
}

/// What becomes of values that JSON lacks.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// They are marked, as in the user's own config in recordings.
    Marked,
    /// They are written as cloud-init writes the merged config.
    Plain,
}

/// A value as JSON; what JSON lacks is marked.
#[must_use]
pub(crate) fn to_json(value: &Value) -> Json {
    to_json_as(value, Form::Marked)
}

fn to_json_as(value: &Value, form: Form) -> Json {
    let name = |key: &Key| match (key, form) {
        (Key::Text(text), _) => text.to_string(),
        (_, Form::Plain) => key.shown().to_lowercase(),
        (other, Form::Marked) => format!("<{}>{}", other.type_name(), other.shown()),
    };
    match &value.data {
        Data::Null => Json::Null,
        Data::Bool(truth) => Json::Bool(*truth),
        Data::Int(int) => json!(int),
        Data::BigInt(digits) => digits.parse::<u64>().map_or_else(|_| json!(digits), |int| json!(int)),
        Data::Float(float) => json!(float),
        Data::Text(text) => json!(text),
        Data::Bytes(bytes) if form == Form::Marked => json!({ "!bytes": STANDARD.encode(bytes) }),
        Data::Bytes(bytes) => json!(format!("ci-b64:{}", STANDARD.encode(bytes))),
        Data::Date(date) if form == Form::Marked => json!(format!("<date>{date}")),
        Data::Date(_) => json!("Warning: redacted unserializable type <class 'datetime.date'>"),
        Data::List(items) => items.iter().map(|item| to_json_as(item, form)).collect(),
        Data::Map(map) => {
            Json::Object(map.iter().map(|(key, value)| (name(key), to_json_as(value, form))).collect())
        }
    }
}

/// What the recordings have of a boot besides what a preview shows.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    /// The user's config, if there is one.
    pub(crate) user: Option<Value>,
    /// The config that modules see.
    pub(crate) merged: Rc<Value>,
    /// The config of the image.
    pub(crate) image: Value,
    /// The groups of the machine afterwards.
    pub(crate) groups: Vec<Group>,
}

impl Preview {
    /// The boot in the form of the recordings.
    #[must_use]
    pub fn recorded(&self) -> Json {
        let Kept { user, merged, image, .. } = &self.kept;
        let journal = &self.journal;
        let status = Status::of(journal);
        let many = journal.stages.iter().any(|stage| stage.boot > 1);
        json!({
            "status": status,
            "exit_code_status": status.exit_code(),
            "cloud_config": user.as_ref().map_or(Json::Null, to_json),
            "merged_config": difference(merged, image),
            "stages": journal.stages.iter().map(|stage| self::stage(stage, journal, many)).collect::<Vec<_>>(),
            "machine": machine(self),
        })
    }
}

/// The settings that the image does not have.
fn difference(merged: &Value, image: &Value) -> Json {
    let (Some(merged), Some(image)) = (merged.map(), image.map()) else { return Json::Null };
    let is_internal = |key: &str| key.starts_with("cloud_") || key.starts_with("vendor_data");
    let changed = merged.iter().filter(|(key, value)| {
        // The recordings count `output`, which the image has, among what is new.
        (image.get(*key).is_none_or(|own| to_json(own) != to_json(value)) || key.text() == Some("output"))
            && !key.text().is_some_and(is_internal)
    });
    Json::Object(changed.map(|(key, value)| (key.shown(), to_json_as(value, Form::Plain))).collect())
}

/// How much was said, by level.
fn levels(stage: &Stage) -> BTreeMap<&'static str, usize> {
    let mut levels = BTreeMap::new();
    for message in stage.steps.iter().flat_map(|step| &step.messages) {
        *levels.entry(level(message.level)).or_default() += 1;
    }
    levels
}

fn stage(stage: &Stage, journal: &Journal, many: bool) -> Json {
    let mut json = JsonMap::new();
    json.insert("stage".to_owned(), json!(stage.name));
    if many {
        json.insert("boot".to_owned(), json!(stage.boot));
    }
    json.insert("exit_code".to_owned(), json!(i32::from(!stage.errors.is_empty())));
    if !stage.errors.is_empty() {
        json.insert("errors".to_owned(), json!(stage.errors));
    }
    let mut levels = levels(stage);
    if levels.is_empty() {
        // The program begins the account of each stage with that of the first one.
        let local = journal.stages.iter().find(|first| first.boot == stage.boot);
        levels = local.map(self::levels).unwrap_or_default();
    }
    if !levels.is_empty() {
        json.insert("recoverable_levels".to_owned(), json!(levels));
    }
    if let Some(modules) = &stage.modules {
        json.insert("modules".to_owned(), json!(modules));
    }
    if !stage.failed.is_empty() {
        json.insert("modules_failed".to_owned(), json!(stage.failed));
    }
    let is_shown = |step: &&Step| {
        step.module.is_some() || !step.effects.is_empty() || !step.messages.is_empty() || step.check.is_some()
    };
    let steps = stage.steps.iter().filter(is_shown).map(|step| self::step(step, journal));
    json.insert("steps".to_owned(), steps.collect());
    Json::Object(json)
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Warning => "WARNING",
        Level::Deprecated => "DEPRECATED",
        Level::Error => "ERROR",
    }
}

fn step(step: &Step, journal: &Journal) -> Json {
    let mut json = serde_json::to_value(step).unwrap_or_default();
    let mut actions: Vec<Action> = Vec::new();
    for number in &step.effects {
        let Some(effect) = journal.effects.get(*number) else { continue };
        match (actions.last_mut(), &effect.action) {
            (Some(Action::Console { text }), Action::Console { text: more }) => text.push_str(more),
            (_, action) => actions.push(action.clone()),
        }
    }
    if let (Json::Object(map), false) = (&mut json, actions.is_empty()) {
        map.insert("actions".to_owned(), serde_json::to_value(actions).unwrap_or_default());
    }
    json
}

/// What has become of the machine.
fn machine(preview: &Preview) -> Json {
    let users = preview.users.iter().filter(|user| !user.is_stock);
    let users: Vec<String> = users
        .map(|user| {
            format!("{}:{}:{}:{}:{}:{}", user.name, user.uid, user.gid, user.gecos, user.home, user.shell)
        })
        .collect();
    let groups = preview.kept.groups.iter().filter(|group| group.is_changed);
    let groups: Vec<String> =
        groups.map(|group| format!("{}:{}", group.name, group.members.join(","))).collect();
    json!({ "hostname": preview.hostname, "users": users, "groups": groups, "files": files(preview) })
}

/// Whether a file belongs in a recording: the program's own state does not.
fn is_kept(path: &str) -> bool {
    const STATE: [&str; 2] = ["/run/cloud-init/", "/var/lib/cloud/"];
    const KEPT: [&str; 3] = ["/scripts/", "/boothooks/", "/handlers/"];
    const KEPT_ENDS: [&str; 3] = ["/network-config.json", "cloud-config.txt", "/boot-finished"];
    let is_state = STATE.iter().any(|folder| path.starts_with(folder));
    !is_state
        || KEPT.iter().any(|part| path.contains(part))
        || KEPT_ENDS.iter().any(|end| path.ends_with(end))
}

/// The files that are new, changed or gone.
fn files(preview: &Preview) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (path, entry) in preview.files.iter().filter(|(path, _)| is_kept(path)) {
        let shown = match &entry.node {
            Node::Symlink(target) => format!("-> {target}"),
            Node::File(_) => {
                let owner = entry.owner.as_deref().unwrap_or("root:root");
                format!("{} {owner}", octal(entry.mode.bits))
            }
            Node::Directory | Node::Device => continue,
        };
        let is_same = preview.files_before.entry(path).is_some_and(|before| {
            before.node == entry.node && before.mode == entry.mode && before.owner == entry.owner
        });
        if !is_same {
            found.insert(path.to_owned(), shown);
        }
    }
    for (path, entry) in preview.files_before.stock() {
        if entry.node != Node::Directory && preview.files.entry(path).is_none() {
            found.insert(path.to_owned(), "deleted".to_owned());
        }
    }
    found
}
