//! What the Image view is about: the files that the user gave, and the verdict on them.

pub(crate) mod file;
pub(crate) mod measure;
pub(crate) mod report;
pub(crate) mod settings;
pub(crate) mod state;
pub(crate) mod verifier;
