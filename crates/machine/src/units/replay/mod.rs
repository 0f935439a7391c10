//! The boot as systemd sees it: files and links as they come, and a transaction for each command.

mod command;
mod end;
mod replayer;
mod start;

use dryboot_systemd::Effort;

use super::boot::Boot;
use super::replayed::Replay;
use super::touched::touched;
use replayer::Replayer;

pub(super) fn replay(boot: &Boot<'_>, effort: Effort) -> Replay {
    let mut replayer = Replayer::new(boot, effort);
    replayer.replay.touched = boot.effects.iter().flat_map(|effect| touched(&effect.action)).collect();
    replayer.boot();
    for (index, effect) in boot.effects.iter().enumerate() {
        if replayer.effort.is_exhausted() {
            break;
        }
        replayer.enter(index);
        replayer.follow(index, &effect.action);
    }
    replayer.end()
}
