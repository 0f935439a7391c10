//! Files: the user's, then those that keys generate. All are collected before any is written.

use dryboot_coreos::go_path;
use dryboot_machine::Purpose;

use crate::apply::generated;
use crate::config::Config;
use crate::run::{PlannedFile, Run, Step};

const ENVIRONMENT: &str = "/etc/environment";

pub(super) fn collect(run: &Run<'_>, config: &Config<'_>) -> Step<Vec<PlannedFile>> {
    let users = config.root().sections("write_files").zip(&config.contents);
    let mut files: Vec<PlannedFile> = users
        .map(|((_, file), content)| PlannedFile {
            path: file.text("path").to_owned(),
            content: content.clone(),
            permissions: file.text("permissions").to_owned(),
            owner: file.text("owner").to_owned(),
            purpose: Purpose::File,
            unit: None,
            causes: config.causes(file, &["path", "content", "permissions", "owner", "encoding"]),
        })
        .collect();
    files.extend(generated::oem_release(config));
    files.extend(generated::update_conf(run, config)?);
    files.extend(generated::etc_hosts(run, config)?);
    files.extend(generated::flannel_options(config));
    Ok(files)
}

/// Writes the files. Says whether `/etc/environment` was among them, under this very spelling.
pub(super) fn write(run: &mut Run<'_>, files: Vec<PlannedFile>) -> Step<bool> {
    let mut wrote_environment = false;
    for file in files {
        let is_environment = go_path::clean(&file.path) == ENVIRONMENT;
        run.write(file)?;
        wrote_environment |= is_environment;
    }
    Ok(wrote_environment)
}
