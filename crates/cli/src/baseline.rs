//! `--baseline` and `--update-baseline`.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use dryboot_report::baseline::Baseline;

use crate::args::LintArgs;
use crate::lint::Checked;
use crate::project::Project;
use crate::replace::Replacement;
use crate::screen::remark;
use std::io::Write as _;

/// Leaves out the findings that are known, or makes all of them known.
pub(crate) fn apply(checked: &mut [Checked], args: &LintArgs, project: &mut Project) -> Result<()> {
    let mut files: BTreeMap<PathBuf, Vec<&mut Checked>> = BTreeMap::new();
    for checked in checked {
        match of(checked, args, project)? {
            Some(file) => files.entry(file).or_default().push(checked),
            None if args.update_baseline => {
                bail!(
                    "there is no baseline to update: name one with `--baseline FILE`, or with `baseline` in dryboot.toml"
                )
            }
            None => {}
        }
    }
    for (file, checked) in files {
        let mut baseline = read(&file, args.update_baseline)?;
        let directory = file.parent().unwrap_or(Path::new("")).to_owned();
        if args.update_baseline {
            update(&file, &directory, &mut baseline, &checked, project)?;
        }
        let mut gone = 0;
        for checked in checked {
            let name = relative(&directory, checked, project);
            gone += baseline.settle(&name, &mut checked.report);
        }
        if gone > 0 {
            let findings = if gone == 1 { "1 finding".to_owned() } else { format!("{gone} findings") };
            remark(&format!(
                "{findings} in {} no longer occur: run again with `--update-baseline`",
                file.display()
            ));
        }
    }
    Ok(())
}

/// The baseline that a file belongs to, in full.
fn of(checked: &Checked, args: &LintArgs, project: &mut Project) -> Result<Option<PathBuf>> {
    if let Some(named) = &args.baseline {
        return Ok(Some(project.full(named)));
    }
    let config = project.config(Path::new(&checked.input.name))?;
    Ok(config.and_then(|config| config.baseline()).map(|path| project.full(&path)))
}

fn read(file: &Path, may_be_new: bool) -> Result<Baseline> {
    match fs::read_to_string(file) {
        Ok(text) => Baseline::parse(&text)
            .map_err(anyhow::Error::msg)
            .with_context(|| format!("{} is not a baseline", file.display())),
        Err(error) if may_be_new && error.kind() == ErrorKind::NotFound => Ok(Baseline::default()),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            bail!("the baseline {} does not exist: create it with `--update-baseline`", file.display())
        }
        Err(error) => Err(error).with_context(|| format!("cannot read {}", file.display())),
    }
}

fn update(
    file: &Path,
    directory: &Path,
    baseline: &mut Baseline,
    checked: &[&mut Checked],
    project: &Project,
) -> Result<()> {
    for checked in checked {
        baseline.adopt(&relative(directory, checked, project), &checked.report);
    }
    baseline.retain(|name| directory.join(name).exists() || name.starts_with('<'));
    let mut replacement = Replacement::begin(file)?;
    replacement
        .write_all(baseline.to_json()?.as_bytes())
        .with_context(|| format!("cannot write {}", file.display()))?;
    replacement.commit()?;
    remark(&format!("{} has {} known findings", file.display(), baseline.count()));
    Ok(())
}

/// The name of a file as the baseline has it, which is the same from wherever the command runs.
fn relative(directory: &Path, checked: &Checked, project: &Project) -> String {
    let full = project.full(Path::new(&checked.input.name));
    full.strip_prefix(directory).unwrap_or(&full).to_string_lossy().into_owned()
}
