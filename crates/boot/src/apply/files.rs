//! Files: the user's, then those that keys generate. All are collected before any is written.

use dryboot_coreos::go_path;
use dryboot_coreos::image::ENVIRONMENT;
use dryboot_machine::Purpose;

use crate::apply::generated;
use crate::config::Config;
use crate::run::{PlannedFile, Run, Step};

pub(super) fn collect(run: &Run<'_>, config: &Config<'_>) -> Step<Vec<PlannedFile>> {
    let users = config.root().sections("write_files").zip(&config.contents);
    let causes = |file| config.causes(file, &["path", "content", "permissions", "owner", "encoding"]);
    let mut files: Vec<PlannedFile> = users
        .map(|((_, file), content)| PlannedFile {
            permissions: file.text("permissions").to_owned(),
            owner: file.text("owner").to_owned(),
            ..PlannedFile::new(file.text("path"), content.clone(), Purpose::File, &causes(file))
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
