//! Scripts, in the order of their names.

use std::rc::Rc;

use dryboot_machine::Node;

use crate::boot::{Boot, INSTANCE};
use crate::journal::Run;
use crate::raised::Raised;
use crate::value::{Data, Value};

/// Where the scripts of the vendor-data are.
const VENDOR: &str = "/var/lib/cloud/instance/scripts/vendor";

pub(super) fn user(boot: &mut Boot) -> Result<(), Raised> {
    run_all(boot, "scripts_user", &format!("{INSTANCE}/scripts"), &[])
}

pub(super) fn vendor(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let prefix = match config.get("vendor_data") {
        None => Value::default(),
        Some(settings) => match settings.contains("prefix")? {
            true => settings.get("prefix").cloned().unwrap_or_default(),
            false => Value::default(),
        },
    };
    let words: Vec<String> = match &prefix.data {
        _ if !prefix.is_truthy() => Vec::new(),
        Data::Text(word) => vec![word.clone()],
        Data::List(words) => words.iter().map(Value::shown).collect(),
        // Without scripts, the prefix is not read.
        _ if boot.system.files.stat(VENDOR).is_err() => Vec::new(),
        _ => return Err(Raised::type_error("`vendor_data.prefix` must be text or a list")),
    };
    run_all(boot, "scripts_vendor", VENDOR, &words)
}

pub(super) fn per_once(boot: &mut Boot) -> Result<(), Raised> {
    run_all(boot, "scripts_per_once", "/var/lib/cloud/scripts/per-once", &[])
}

pub(super) fn per_boot(boot: &mut Boot) -> Result<(), Raised> {
    run_all(boot, "scripts_per_boot", "/var/lib/cloud/scripts/per-boot", &[])
}

pub(super) fn per_instance(boot: &mut Boot) -> Result<(), Raised> {
    run_all(boot, "scripts_per_instance", "/var/lib/cloud/scripts/per-instance", &[])
}

fn run_all(boot: &mut Boot, module: &str, folder: &str, prefix: &[String]) -> Result<(), Raised> {
    let start = format!("{folder}/");
    let scripts: Vec<(String, Option<usize>)> = boot
        .system
        .files
        .iter_below(folder)
        .filter(|(path, entry)| {
            let is_in = path.strip_prefix(&start).is_some_and(|name| !name.contains('/'));
            is_in && matches!(entry.node, Node::File(_)) && entry.mode.bits & 0o111 != 0
        })
        .map(|(path, entry)| (path.to_owned(), entry.written_by))
        .collect();
    let mut failed = Vec::new();
    for (path, written_by) in &scripts {
        // A script runs for the sake of what wrote it.
        let causes = written_by
            .and_then(|number| boot.journal.effects.get(number))
            .map(|effect| Rc::clone(&effect.causes));
        boot.journal.because(causes.iter().flat_map(|causes| causes.iter().cloned()));
        let argv = prefix.iter().chain([path]).cloned().collect();
        if boot.execute(Run { argv, ..Run::default() }).is_err() {
            failed.push(path.trim_start_matches(&start).to_owned());
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    boot.journal.warn(format!("{module} has failed (scripts in {folder})"));
    let (many, names) = (failed.len(), failed.join(","));
    Err(Raised::runtime_error(format!("{many} of {} scripts have failed: {names}", scripts.len())))
}
