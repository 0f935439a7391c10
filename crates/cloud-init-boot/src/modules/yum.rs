//! `yum_repos`.

use std::rc::Rc;

use crate::boot::{Boot, TIME};
use crate::raised::Raised;
use crate::value::{Data, NOTHING, Value};

/// A repository: its id, its file, its settings, and where they are written.
type Repository<'r> = (String, String, Vec<(String, String)>, &'r Value);

pub(super) fn add_repo(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let repositories = config.get("yum_repos").unwrap_or(&NOTHING);
    if !repositories.is_truthy() {
        return Ok(());
    }
    let folder = config.setting("yum_repo_dir").unwrap_or_else(|| "/etc/yum.repos.d/".to_owned());
    let mut wanted: Vec<Repository<'_>> = Vec::new();
    for (key, settings) in repositories.entries()? {
        boot.because(settings);
        let Some(id) = key.text() else { return Err(Raised::no_attribute(key.type_name(), "replace")) };
        let id = id.replace(' ', "-");
        let path = format!("{}/{id}.repo", folder.trim_end_matches('/'));
        if boot.system.exists(&path) || wanted.iter().any(|(own, ..)| *own == id) {
            continue;
        }
        let mut entries = Vec::new();
        let given = if settings.is_truthy() { Some(settings.entries()?) } else { None };
        for (key, value) in given.into_iter().flatten() {
            let Some(name) = key.text() else { return Err(Raised::no_attribute(key.type_name(), "lower")) };
            let name = name.to_lowercase().trim().replace('-', "_");
            if !name.is_empty() {
                entries.push((name, shown(value)));
            }
        }
        if !["baseurl", "metalink", "mirrorlist"]
            .iter()
            .any(|key| entries.iter().any(|(name, _)| name == key))
        {
            boot.journal.warn(format!("the repository `{id}` has no address and is skipped"));
            continue;
        }
        wanted.push((id, path, entries, settings));
    }
    for (id, path, mut entries, settings) in wanted {
        boot.because(settings);
        entries.sort();
        if let Some((name, value)) = entries.iter().find(|(_, value)| has_lone_percent(value)) {
            return Err(Raised::value_error(format!("`{name}: {value}` has a `%` that is not `%%`")));
        }
        let lines: String = entries.iter().map(|(name, value)| format!("{name} = {value}\n")).collect();
        boot.write(&path, &format!("# Created by cloud-init on {TIME}\n[{id}]\n{lines}\n"), 0o644)?;
    }
    Ok(())
}

/// Whether there is a `%` that Python's files of settings cannot have: it stands for itself only twice, or in front of
/// the name of another setting, as in `%(name)s`.
fn has_lone_percent(value: &str) -> bool {
    let mut rest = value.replace("%%", "");
    while let Some(at) = rest.find('%') {
        let name = rest[at + 1..].strip_prefix('(').and_then(|name| name.split_once(")s"));
        match name.map(|(_, after)| after.to_owned()) {
            Some(after) => rest = after,
            None => return true,
        }
    }
    false
}

fn shown(value: &Value) -> String {
    match &value.data {
        Data::Bool(truth) => i32::from(*truth).to_string(),
        Data::List(items) => items.iter().map(shown).collect::<Vec<_>>().join("\n\t"),
        _ => value.shown(),
    }
}
