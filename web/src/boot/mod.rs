//! What the Boot view shows, without how it is drawn.

pub(crate) mod answer;
pub(crate) mod marks;
pub(crate) mod origins;
pub(crate) mod preview;
pub(crate) mod settings;
pub(crate) mod state;
pub(crate) mod steps;
