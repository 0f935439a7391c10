//! What the Boot view shows, without how it is drawn.

pub(crate) mod answer;
pub(crate) mod compare;
pub(crate) mod diff;
pub(crate) mod graph;
pub(crate) mod marks;
pub(crate) mod origins;
pub(crate) mod other;
pub(crate) mod preview;
pub(crate) mod problems;
pub(crate) mod settings;
pub(crate) mod state;
pub(crate) mod steps;
pub(crate) mod tree;
pub(crate) mod unit;
pub(crate) mod verdict;
pub(crate) mod which;
