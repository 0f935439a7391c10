//! The Boot view.

mod code;
mod commands;
mod compared_rows;
mod compared_with;
mod comparison;
mod effect;
mod file;
mod file_tree;
mod files;
mod graph_frame;
mod log;
mod network;
mod packages;
mod parts;
mod problems;
mod step;
mod summary;
mod timeline;
mod unit_graph;
mod unit_jobs;
mod units;
mod users;
mod verdict;
pub(crate) mod view;
mod whatif;
mod which_boot;
