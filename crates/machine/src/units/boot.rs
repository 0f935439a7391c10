//! What a replay needs to know about a boot.

use crate::files::FileTree;
use crate::image::ImageUnits;
use crate::journal::{Effect, ProgramRun};

/// A boot whose units are looked at.
#[derive(Clone, Copy, Debug)]
pub struct Boot<'b> {
    /// The units that the machine had before.
    pub image: &'b ImageUnits,
    /// What was done to the machine.
    pub effects: &'b [Effect],
    /// The files that it has now.
    pub files: &'b FileTree,
    /// The runs of the program, in whose units it waits for what it starts.
    pub runs: &'b [ProgramRun],
    /// The name of the program that starts and stops units.
    pub program: &'b str,
    /// What the program does when systemd refuses a command, as the end of a sentence.
    pub when_refused: &'b str,
    /// The user's text, in which causes have their places.
    pub text: &'b str,
    /// The config of the image, in the same way.
    pub oem: Option<&'b str>,
    /// Whether it is known what starts the program. If not, a boot that touches no unit is not shown.
    pub is_whole: bool,
}
