//! The cloud-config that all parts make together.

use std::rc::Rc;

use dryboot_cloud_init::verdict::Reading;
use dryboot_machine::Cause;
use dryboot_schema::Release;
use dryboot_yaml::Limits;

use super::Piece;
use crate::boot::Boot;
use crate::merge::Mergers;
use crate::raised::Raised;
use crate::read::Read;
use crate::value::{Data, Key, Value};

/// The cloud-config so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct CloudConfig {
    /// What the parts have come to; none before the first part.
    pub(crate) merged: Option<Value>,
    /// The parts that are in it.
    names: Vec<String>,
    /// The parts that could not be read.
    refused: Vec<String>,
    /// Where they all come from.
    causes: Vec<Cause>,
    /// What they have come to, as YAML.
    pub(crate) body: String,
    /// What the only part is read as, where the config is just that.
    only: Option<Rc<Reading>>,
}

impl CloudConfig {
    /// Merges a part, all of which is due to `whole`.
    pub(crate) fn add(&mut self, boot: &mut Boot, piece: &mut Piece, whole: Cause) {
        if self.merged.is_none() || self.names.is_empty() {
            self.merged = Some(Value::empty());
        }
        self.only = None;
        self.causes.push(whole);
        let name = piece.name.replace(['\n', '\r', '\t'], " ").trim().to_owned();
        let is_patch = piece.media_type == "text/cloud-config-jsonp";
        let result = if is_patch { self.patch(&piece.text) } else { self.merge(boot, piece) };
        match result {
            Ok(()) => self.names.push(name),
            Err(error) => {
                let what = format!("`{}` is not used", piece.name);
                if error.kind == "ValueError" {
                    self.refused.push(name);
                    boot.journal.warn_because(what, &error);
                } else {
                    boot.journal.warn_of(what, &error);
                }
            }
        }
    }

    fn merge(&mut self, boot: &mut Boot, piece: &mut Piece) -> Result<(), Raised> {
        const EMPTY: &str = "there is no cloud-config in it";
        let read = match piece.is_utf8 {
            true => piece.take_read(),
            false => Err(Raised::new("UnicodeDecodeError", "the text is not UTF-8")),
        }
        .and_then(|read| match read.value.map().is_some() || read.value.is_null() {
            true => Ok(read),
            false => Err(Raised::type_error(format!("it is not a mapping but a {}", read.value.type_name()))),
        });
        let Read { mut value, reading } = match read {
            Ok(read) if !read.value.is_null() => read,
            Ok(_) => return Err(Raised::value_error(EMPTY)),
            Err(error) => {
                boot.journal.warn_because(format!("`{}` cannot be read", piece.name), &error);
                return Err(Raised::value_error(EMPTY));
            }
        };
        let asks = piece.merge_type.is_some() || Mergers::are_asked_for(&value);
        let mergers = Mergers::take(&mut value, piece.merge_type.as_deref())?;
        // A part that cannot be merged leaves what the others have come to.
        let so_far = self.merged.clone().unwrap_or_else(Value::empty);
        self.merged = Some(mergers.merge(so_far, value)?);
        self.only = Some(reading).filter(|_| self.causes.len() == 1 && !asks);
        Ok(())
    }

    /// Whether a release certainly has nothing to say about the config: it is what a single part says, and nothing is
    /// wrong with that.
    #[must_use]
    pub(crate) fn is_faultless(&self, release: Release) -> bool {
        self.only.as_ref().is_some_and(|reading| reading.is_faultless(release, &Limits::default()))
    }

    /// Applies a JSON patch.
    fn patch(&mut self, text: &str) -> Result<(), Raised> {
        let body = text.trim_start().trim_start_matches("#cloud-config-jsonp");
        let patch: serde_json::Value =
            serde_json::from_str(body).map_err(|error| Raised::new("InvalidJsonPatch", error.to_string()))?;
        let patch = Value::from_json(&patch);
        let mut merged = self.merged.clone().unwrap_or_else(Value::empty);
        for operation in
            patch.list().ok_or_else(|| Raised::new("InvalidJsonPatch", "a patch must be a list"))?
        {
            apply(&mut merged, operation)?;
        }
        self.merged = Some(merged);
        Ok(())
    }

    /// Puts the keys in order, as they are once the file of the config has been written and read again.
    pub(crate) fn sort(&mut self) {
        if let Some(merged) = &mut self.merged {
            merged.sort();
        }
        self.body = self.merged.as_ref().map(crate::dump::block).unwrap_or_default();
    }

    /// The file that the config becomes.
    #[must_use]
    pub(crate) fn file(&self) -> String {
        if self.merged.is_none() {
            return String::new();
        }
        let mut text = "#cloud-config\n\n".to_owned();
        if !self.names.is_empty() {
            text.push_str(&format!("# from {} files\n", self.names.len()));
            text.extend(self.names.iter().map(|name| format!("# {name}\n")));
            text.push('\n');
        }
        text.extend(
            self.refused.iter().map(|name| format!("# Cloud-config part ignored SCHEMA_ERROR: {name}\n")),
        );
        text.push_str("---\n");
        text.push_str(&self.body);
        text.push_str("...\n");
        text
    }

    /// Where the config comes from.
    #[must_use]
    pub(crate) fn causes(&self) -> &[Cause] {
        &self.causes
    }
}

/// Carries out one operation of a JSON patch.
fn apply(target: &mut Value, operation: &Value) -> Result<(), Raised> {
    let field = |name: &str| {
        operation.get(name).ok_or_else(|| Raised::new("InvalidJsonPatch", format!("`{name}` is missing")))
    };
    let path = field("path")?.shown();
    match field("op")?.text() {
        Some("add") => put(target, &path, field("value")?.clone(), true),
        Some("replace") => put(target, &path, field("value")?.clone(), false),
        Some("remove") => take(target, &path).map(drop),
        Some("move") => {
            let value = take(target, &field("from")?.shown())?;
            put(target, &path, value, true)
        }
        Some("copy") => {
            let value = find(target, &field("from")?.shown())?.clone();
            put(target, &path, value, true)
        }
        Some("test") if find(target, &path)?.repr() == field("value")?.repr() => Ok(()),
        Some("test") => Err(Raised::new("JsonPatchTestFailed", format!("`{path}` has another value"))),
        _ => Err(Raised::new("InvalidJsonPatch", "`op` is none that is known")),
    }
}

fn no_place(path: &str) -> Raised {
    Raised::new("JsonPatchConflict", format!("there is no `{path}`"))
}

/// The steps of a JSON pointer.
fn steps(path: &str) -> Result<Vec<String>, Raised> {
    match path.strip_prefix('/') {
        Some(rest) => Ok(rest.split('/').map(|step| step.replace("~1", "/").replace("~0", "~")).collect()),
        None if path.is_empty() => Ok(Vec::new()),
        None => Err(Raised::new("JsonPointerException", format!("`{path}` does not begin with `/`"))),
    }
}

fn descend<'v>(target: &'v mut Value, step: &str) -> Option<&'v mut Value> {
    match &mut target.data {
        Data::Map(map) => map.get_mut(&Key::from(step)),
        Data::List(items) => items.get_mut(step.parse::<usize>().ok()?),
        _ => None,
    }
}

fn find<'v>(target: &'v mut Value, path: &str) -> Result<&'v mut Value, Raised> {
    let mut here = target;
    for step in steps(path)? {
        here = descend(here, &step).ok_or_else(|| no_place(path))?;
    }
    Ok(here)
}

fn put(target: &mut Value, path: &str, value: Value, is_new: bool) -> Result<(), Raised> {
    let steps = steps(path)?;
    let Some((last, above)) = steps.split_last() else {
        *target = value;
        return Ok(());
    };
    let mut here = target;
    for step in above {
        here = descend(here, step).ok_or_else(|| no_place(path))?;
    }
    match &mut here.data {
        Data::Map(map) if is_new || map.contains_key(&Key::from(last.as_str())) => {
            map.insert(Key::from(last.as_str()), value);
        }
        Data::List(items) if is_new => {
            let at = if last == "-" { Some(items.len()) } else { last.parse().ok() };
            let at = at.filter(|at| *at <= items.len()).ok_or_else(|| no_place(path))?;
            items.insert(at, value);
        }
        Data::List(items) => {
            let item = last.parse::<usize>().ok().and_then(|at| items.get_mut(at));
            *item.ok_or_else(|| no_place(path))? = value;
        }
        _ => return Err(no_place(path)),
    }
    Ok(())
}

fn take(target: &mut Value, path: &str) -> Result<Value, Raised> {
    let steps = steps(path)?;
    let (last, above) = steps.split_last().ok_or_else(|| no_place(path))?;
    let mut here = target;
    for step in above {
        here = descend(here, step).ok_or_else(|| no_place(path))?;
    }
    let taken = match &mut here.data {
        Data::Map(map) => map.shift_remove(&Key::from(last.as_str())),
        Data::List(items) => {
            last.parse::<usize>().ok().filter(|at| *at < items.len()).map(|at| items.remove(at))
        }
        _ => None,
    };
    taken.ok_or_else(|| no_place(path))
}
