//! Files, as the programs write them.

use dryboot_coreos::go_path;
use dryboot_coreos::linux_path::{LONGEST_PATH, TEMPORARY_NAME};
use dryboot_machine::bytes::{base64_unless_text, lossy_text};
use dryboot_machine::path::rooted;
use dryboot_machine::{Action, Cause, Mode, Node, Purpose};
use dryboot_yaml::go_syntax::quote;

use super::{Run, Step, Stop};

/// A file that is about to be written.
#[derive(Clone, Debug)]
pub(crate) struct PlannedFile {
    /// As it was given: relative paths are taken from the root.
    pub(crate) path: String,
    pub(crate) content: Vec<u8>,
    /// Octal; empty for the default.
    pub(crate) permissions: String,
    /// As `chown` takes it; empty for root.
    pub(crate) owner: String,
    pub(crate) purpose: Purpose,
    pub(crate) unit: Option<String>,
    pub(crate) causes: Vec<Cause>,
}

impl PlannedFile {
    /// A file of root with the permissions that files have when nothing else is said.
    pub(crate) fn new(path: impl Into<String>, content: Vec<u8>, purpose: Purpose, causes: &[Cause]) -> Self {
        Self {
            path: path.into(),
            content,
            permissions: String::new(),
            owner: String::new(),
            purpose,
            unit: None,
            causes: causes.to_vec(),
        }
    }
}

impl Run<'_> {
    /// Writes a file as the targets do: beside its place, then moved over what is there.
    pub(crate) fn write(&mut self, file: PlannedFile) -> Step {
        let stop = |words: String| Stop::new(words, &file.causes);
        let path = rooted(&file.path).into_owned();
        let directory = go_path::dir(&path);
        self.make_directory(&directory).map_err(stop)?;
        let mode = parse_mode(&file.permissions).ok_or_else(|| {
            let quoted = quote(&file.permissions);
            stop(format!("Unable to parse file permissions {quoted} as integer"))
        })?;
        let inside = directory.trim_end_matches('/');
        let temporary = format!("{inside}/cloudinit-temp<rand>");
        if inside.len() + 1 + TEMPORARY_NAME > LONGEST_PATH {
            return Err(stop(format!("open {temporary}: file name too long")));
        }
        if !self.journal.machine.files.is_writable(&directory) {
            return Err(stop(format!("open {temporary}: read-only file system")));
        }
        let owner = Some(file.owner.as_str()).filter(|owner| !owner.is_empty());
        // A change of owner takes the set-uid bit away.
        let mode = Mode { setuid: mode.setuid && owner.is_none(), ..mode };
        if let Some(owner) = owner {
            let argv = vec!["chown".to_owned(), owner.to_owned(), format!("{inside}/<tmp>")];
            self.command(argv, &file.causes, |argv, exit| Action::ChangeOwner { argv, exit })?;
        }
        let content = lossy_text(&file.content);
        let content_base64 = base64_unless_text(&file.content);
        let written_by = self.journal.effects.len();
        let replaced = self.journal.machine.files.replace(&path, file.content, mode, owner, written_by);
        replaced.map_err(|errno| Stop::new(format!("rename {temporary} {path}: {errno}"), &file.causes))?;
        let action = Action::WriteFile {
            content,
            content_base64,
            purpose: file.purpose,
            mode: mode.to_string(),
            owner: owner.map(str::to_owned),
            path,
            unit: file.unit,
        };
        self.do_action(action, &file.causes);
        Ok(())
    }

    /// Makes the directory of a file, with those above it.
    fn make_directory(&mut self, directory: &str) -> Result<(), String> {
        let files = &mut self.journal.machine.files;
        match files.stat(directory) {
            Ok(Node::Directory) => Ok(()),
            Ok(_) => Err(format!("{directory} is not a directory")),
            Err(_) => files.make_directories(directory).map_err(|error| format!("mkdir {error}")),
        }
    }
}

/// A mode as the targets read it: signed, octal, 32 bits; none when it is not such a number.
fn parse_mode(permissions: &str) -> Option<Mode> {
    /// Go's file modes keep the set-uid bit here.
    const SETUID: u32 = 1 << 23;
    if permissions.is_empty() {
        return Some(Mode::DEFAULT);
    }
    let number = i32::from_str_radix(permissions, 8).ok()?.cast_unsigned();
    Some(Mode { bits: number & 0o777, setuid: number & SETUID != 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_nine_bits_of_a_mode_take_effect() {
        for (permissions, mode) in [
            ("", Some("0644")),
            ("64", Some("0064")),
            ("+644", Some("0644")),
            ("4755", Some("0755")),
            ("-1", Some("0777+setuid")),
            ("17777777777", Some("0777+setuid")),
            ("20000000000", None),
            ("888", None),
            ("0o644", None),
            ("rw-r--r--", None),
            (" 644", None),
        ] {
            assert_eq!(
                parse_mode(permissions).map(|mode| mode.to_string()).as_deref(),
                mode,
                "{permissions}"
            );
        }
    }
}
