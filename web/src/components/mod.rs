//! The parts of the page.

pub(crate) mod announcer;
pub(crate) mod editor_pane;
pub(crate) mod explanation;
pub(crate) mod footer;
pub(crate) mod gallery;
pub(crate) mod header;
pub(crate) mod icon;
pub(crate) mod problem;
pub(crate) mod problems;
pub(crate) mod prose;
pub(crate) mod target_switch;
pub(crate) mod theme_switch;
pub(crate) mod trouble;
