//! The Boot view.

pub(crate) mod compared_with;
mod effect;
mod step;
mod summary;
mod timeline;
pub(crate) mod view;
mod whatif;
