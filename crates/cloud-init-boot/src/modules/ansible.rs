//! `ansible`.

use std::rc::Rc;

use super::packages::install;
use crate::boot::Boot;
use crate::commands::Output;
use crate::journal::Run;
use crate::raised::Raised;
use crate::value::{Data, NOTHING, Value};

pub(super) fn ansible(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let settings = config.get("ansible").unwrap_or(&NOTHING);
    boot.because(settings);
    settings.entries().map_err(|_| Raised::no_attribute(settings.type_name(), "get"))?;
    if !settings.is_truthy() {
        return Ok(());
    }
    check(settings)?;
    let user = settings.setting("run_user").filter(|user| !user.is_empty());
    let runner = Runner { user: user.as_deref(), config: settings.setting("ansible_config") };
    let package = settings.setting("package_name").unwrap_or_default();
    match settings.setting("install_method").as_deref() {
        Some("pip") => install_with_pip(boot, &runner, &package)?,
        _ => {
            if boot.system.which("ansible").is_none() {
                install(boot, &Value::from_texts([package.as_str()]))?;
            }
            if boot.system.which("ansible").is_none() {
                return Err(Raised::value_error("ansible is not installed"));
            }
        }
    }
    if let Some(galaxy) = settings.get("galaxy").filter(|galaxy| galaxy.is_truthy()) {
        boot.because(galaxy);
        let commands = galaxy.get("actions").map_or(Ok(Vec::new()), Value::items)?;
        if commands.is_empty() {
            boot.journal.warn("`ansible.galaxy` has no actions");
        }
        for command in commands {
            let words: Vec<String> = command.items()?.iter().map(Value::shown).collect();
            runner.run(boot, words, None)?;
        }
    }
    if let Some(pull) = settings.get("pull").filter(|pull| pull.is_truthy()) {
        boot.because(pull);
        let all = if pull.map().is_some() { vec![pull.clone()] } else { pull.items()? };
        for one in &all {
            run_pull(boot, &runner, one)?;
        }
    }
    if let Some(controller) = settings.get("setup_controller").filter(|controller| controller.is_truthy()) {
        boot.because(controller);
        run_controller(boot, &runner, controller)?;
    }
    Ok(())
}

fn missing(key: &str) -> Raised {
    Raised::value_error(format!("`ansible` lacks `{key}`"))
}

fn check(settings: &Value) -> Result<(), Raised> {
    let is_set = |value: &Value, key: &str| value.get(key).is_some_and(Value::is_truthy);
    for key in ["install_method", "package_name"] {
        if !is_set(settings, key) {
            return Err(missing(key));
        }
    }
    if let Some(pull) = settings.get("pull").filter(|pull| pull.is_truthy()) {
        let all = match &pull.data {
            Data::Map(_) => vec![pull.clone()],
            Data::List(items) => items.clone(),
            _ => return Err(Raised::value_error("`ansible.pull` must be a list of mappings")),
        };
        for one in &all {
            if one.map().is_none() {
                return Err(Raised::value_error("an entry of `ansible.pull` is not a mapping"));
            }
            if !is_set(one, "url") {
                return Err(missing("pull.url"));
            }
            match (is_set(one, "playbook_name"), is_set(one, "playbook_names")) {
                (false, false) => return Err(missing("pull.playbook_names")),
                (true, true) => {
                    return Err(Raised::value_error("`playbook_name` cannot stand beside `playbook_names`"));
                }
                _ => {}
            }
        }
    }
    if let Some(controller) = settings.get("setup_controller").filter(|controller| controller.is_truthy())
        && !is_set(controller, "repositories")
        && !is_set(controller, "run_ansible")
    {
        return Err(missing("setup_controller.repositories"));
    }
    match settings.setting("install_method").as_deref() {
        Some("pip" | "distro") => Ok(()),
        _ => Err(Raised::value_error("`ansible.install_method` must be `pip` or `distro`")),
    }
}

/// How commands are run: by root, or by a user in a shell of its own.
struct Runner<'r> {
    user: Option<&'r str>,
    config: Option<String>,
}

impl Runner<'_> {
    fn run(&self, boot: &mut Boot, words: Vec<String>, cwd: Option<String>) -> Result<Output, Raised> {
        let Some(user) = self.user else {
            let mut env = std::collections::BTreeMap::new();
            if let Some(config) = &self.config {
                env.insert("ansible_config", config.clone());
            }
            return boot.execute(Run { argv: words, env, cwd, ..Run::default() });
        };
        let line: Vec<String> = words.iter().map(|word| quoted(word)).collect();
        let line = format!("env PATH=$PATH {}", line.join(" "));
        let argv = ["su", "-", user, "-c", &line].map(str::to_owned).to_vec();
        boot.execute(Run { argv, cwd, ..Run::default() })
    }
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let is_safe = |char: char| char.is_ascii_alphanumeric() || "@%+=:,./-_".contains(char);
    if !word.is_empty() && word.chars().all(is_safe) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\"'\"'"))
}

fn words(line: &[&str]) -> Vec<String> {
    line.iter().map(|word| (*word).to_owned()).collect()
}

fn install_with_pip(boot: &mut Boot, runner: &Runner<'_>, package: &str) -> Result<(), Raised> {
    const PYTHON: &str = "/usr/bin/python3";
    if runner.user.is_some() {
        runner.run(boot, words(&[PYTHON, "-c", "import site; print(site.getuserbase())"]), None)?;
    }
    install(boot, &Value::from_texts(["python3-pip"]))?;
    let own = runner.user.map(|_| "--user");
    let pip = |rest: &[&str]| words(&[&[PYTHON, "-m", "pip"], rest].concat());
    let list: Vec<&str> = std::iter::once("list").chain(own).collect();
    let is_there = runner.run(boot, pip(&list), None)?.stdout.contains("ansible");
    if !is_there {
        let start: Vec<&str> = std::iter::once("install").chain(own).collect();
        let upgrade = [start.as_slice(), &["--upgrade", "pip"]].concat();
        if let Err(error) = runner.run(boot, pip(&upgrade), None) {
            boot.journal.warn_of("pip cannot be upgraded", &error);
        }
        runner.run(boot, pip(&[start.as_slice(), &[package]].concat()), None)?;
    }
    runner.run(boot, pip(&list), None).map(drop)?;
    for program in ["ansible", "ansible-pull", "ansible-playbook", "ansible-galaxy"] {
        boot.system.programs.insert(program.to_owned());
    }
    Ok(())
}

/// Settings as options: `--key=value`, or `--key` alone.
fn options(settings: &Value, without: &[&str]) -> Result<Vec<String>, Raised> {
    let mut found = Vec::new();
    for (key, value) in settings.entries()? {
        let key = key.shown();
        if without.contains(&key.as_str()) || value.data == Data::Bool(false) {
            continue;
        }
        let key = key.replace('_', "-");
        found.push(if value.data == Data::Bool(true) {
            format!("--{key}")
        } else {
            format!("--{key}={}", value.shown())
        });
    }
    Ok(found)
}

fn run_pull(boot: &mut Boot, runner: &Runner<'_>, pull: &Value) -> Result<(), Raised> {
    runner.run(boot, words(&["ansible-pull", "--version"]), None)?;
    let mut argv = vec!["ansible-pull".to_owned()];
    argv.extend(options(pull, &["playbook_name", "playbook_names"])?);
    match pull.setting("playbook_name").filter(|name| !name.is_empty()) {
        Some(name) => argv.push(name),
        None => argv.extend(pull.get("playbook_names").unwrap_or(&NOTHING).items()?.iter().map(Value::shown)),
    }
    runner.run(boot, argv, None).map(drop)
}

fn run_controller(boot: &mut Boot, runner: &Runner<'_>, controller: &Value) -> Result<(), Raised> {
    let field = |value: &Value, key: &str| value.setting(key).ok_or_else(|| Raised::key_error(key));
    for repository in controller.get("repositories").map_or(Ok(Vec::new()), Value::items)? {
        let (source, path) = (field(&repository, "source")?, field(&repository, "path")?);
        runner.run(boot, words(&["git", "clone", &source, &path]), None)?;
    }
    for run in controller.get("run_ansible").map_or(Ok(Vec::new()), Value::items)? {
        let (folder, name) = (field(&run, "playbook_dir")?, field(&run, "playbook_name")?);
        let mut argv = vec!["ansible-playbook".to_owned(), name];
        for option in options(&run, &["playbook_dir", "playbook_name"])? {
            // This one writes `true` out.
            argv.push(if option.contains('=') { option } else { format!("{option}=True") });
        }
        runner.run(boot, argv, Some(folder))?;
    }
    Ok(())
}
