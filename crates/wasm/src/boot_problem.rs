//! What goes wrong during a boot, on its way from the module that follows boots to the one that lints.

use dryboot_core as core;
use serde::{Deserialize, Serialize};

/// A problem. The page passes it on as it is: places are bytes.
#[derive(Debug, Deserialize, Serialize)]
pub struct BootProblem {
    message: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    help: Option<String>,
    places: Vec<(usize, usize)>,
}

impl From<core::BootProblem> for BootProblem {
    fn from(problem: core::BootProblem) -> Self {
        let places = problem.places.iter().map(|place| (place.start, place.end)).collect();
        Self { message: problem.message, help: problem.help, places }
    }
}

impl From<BootProblem> for core::BootProblem {
    fn from(problem: BootProblem) -> Self {
        let places = problem.places.iter().map(|&(start, end)| core::Span::new(start, end)).collect();
        Self { message: problem.message, help: problem.help, places }
    }
}
