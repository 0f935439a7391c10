//! The parts of the page.

pub(crate) mod announcer;
pub(crate) mod boot;
pub(crate) mod decoded;
pub(crate) mod explanation;
pub(crate) mod focus;
pub(crate) mod gallery;
pub(crate) mod icon;
pub(crate) mod image;
pub(crate) mod inputs;
pub(crate) mod notices;
pub(crate) mod part_tabs;
pub(crate) mod problems;
pub(crate) mod prose;
pub(crate) mod roving;
pub(crate) mod scroll;
pub(crate) mod tabs;
pub(crate) mod trouble;
pub(crate) mod user_text;
pub(crate) mod views;
