//! The page. It draws and decides nothing: the text goes to a worker that lints it, and what the
//! worker answers is shown. `web/js/boot.js` starts it.

mod answer;
mod app;
mod client;
mod components;
mod editor;
mod examples;
mod fixes;
mod host;
mod markdown;
mod session;
mod state;
mod theme;

pub use host::start;
