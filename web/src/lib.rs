//! The page. It draws and decides nothing: the text goes to a worker that lints it, and what the
//! worker answers is shown. The frame stands in `index.html`, and `web/js/boot.js` shows the first
//! report; then it starts this, which takes over.

#[macro_use]
mod words;

mod answer;
mod app;
mod boot;
mod client;
mod components;
mod drawing;
mod editor;
mod examples;
mod fixes;
mod frame;
mod host;
mod image;
mod markdown;
mod notice;
mod parts;
mod programs;
mod report;
mod session;
mod slot;
mod state;
mod visible;

pub use host::start;
