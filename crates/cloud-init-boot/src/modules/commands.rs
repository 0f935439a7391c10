//! `bootcmd` and `runcmd`.

use std::rc::Rc;

use crate::boot::{Boot, File, INSTANCE};
use crate::journal::Run;
use crate::python::shell_script;
use crate::raised::Raised;
use crate::releases::Change;
use crate::value::NOTHING;

pub(super) fn bootcmd(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let commands = config.get("bootcmd").unwrap_or(&NOTHING);
    boot.because(commands);
    let script = shell_script(commands, boot.has(Change::NullCommands)).inspect_err(|error| {
        boot.journal.warn_of("`bootcmd` cannot be made a script", error);
    })?;
    let env = [("INSTANCE_ID", boot.source.instance_id.clone())].into_iter().collect();
    let argv = ["/bin/sh", "<tmp>.sh"].map(str::to_owned).to_vec();
    match boot.execute(Run { argv, env, script: Some(script), ..Run::default() }) {
        Ok(_) => Ok(()),
        Err(error) => {
            boot.journal.warn_of("`bootcmd` has failed", &error);
            Err(error)
        }
    }
}

pub(super) fn runcmd(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let commands = config.get("runcmd").unwrap_or(&NOTHING);
    boot.because(commands);
    let script = shell_script(commands, boot.has(Change::NullCommands))?;
    let path = format!("{INSTANCE}/scripts/runcmd");
    boot.write_file(File { path: &path, content: script.as_bytes(), bits: 0o700, ..File::default() })
}
