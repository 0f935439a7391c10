//! Authorized SSH keys.

use dryboot_machine::{Action, Cause};

use crate::run::{Attributed, Run, Step, Stop};

/// Replaces the set `set` of a user's keys. `because` is what names user and set.
pub(crate) fn authorize_keys(
    run: &mut Run<'_>,
    user: &str,
    set: &str,
    keys: &[Attributed],
    because: &[Cause],
) -> Step {
    let argv = ["update-ssh-keys", "-u", user, "-a", set].map(str::to_owned).to_vec();
    let trimmed: Vec<String> = keys.iter().map(|key| key.text.trim().to_owned()).collect();
    let stdin = format!("{}\n", trimmed.join("\n"));
    let of_keys = keys.iter().flat_map(|key| &key.causes);
    let causes: Vec<Cause> = because.iter().chain(of_keys).cloned().collect();
    run.command(argv, &causes, |argv, exit| Action::UpdateSshKeys { argv, exit, stdin }).map_err(|stop| {
        let words = format!(
            "Call to update-ssh-keys failed with {}:  simulated failure of update-ssh-keys",
            stop.words
        );
        Stop { words, ..stop }
    })?;
    let account = run.journal.machine.accounts.entry(user.to_owned()).or_default();
    account.authorized_keys.insert(set.to_owned(), trimmed);
    Ok(())
}
