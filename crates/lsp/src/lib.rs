//! The language server: findings, help and fixes in editors.
//!
//! One thread reads messages, one does all work, one writes answers (`lsp_server`). The work is a queue: everything that
//! has arrived is looked at before the next message is handled, so that a cancelled request is answered at once and a text
//! that is still being typed is checked when the last of its changes is there ([`queue`]). A text is checked at most once
//! for each version, whoever asks.
//!
//! - [`text`]: a text with the client's positions, and its changes.
//! - [`document`]: an open text, and what is known about it.
//! - [`settings`]: which `dryboot.toml` holds for it.
//! - [`answers`]: a module for each kind of request.
//! - [`server`]: messages, in the order of the queue.

mod answers;
mod capabilities;
mod document;
mod queue;
mod server;
mod settings;
mod text;
mod uri;

use std::io;

use lsp_server::{Connection, ProtocolError};

use crate::server::Server;

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The client said goodbye first.
    Properly,
    /// It did not.
    Abruptly,
}

/// Serves a client over standard input and output, until it leaves.
///
/// # Errors
/// When what it sends is not the protocol.
pub fn serve_stdio() -> io::Result<Ended> {
    let (connection, threads) = Connection::stdio();
    let ended = serve(&connection).map_err(io::Error::other);
    // The writer ends when nobody can send to it.
    drop(connection);
    threads.join()?;
    ended
}

/// Serves a client, until it leaves.
///
/// # Errors
/// When its first messages are not those of the protocol.
pub fn serve(connection: &Connection) -> Result<Ended, ProtocolError> {
    let (id, params) = connection.initialize_start()?;
    let params = serde_json::from_value(params).unwrap_or_default();
    let client = capabilities::Client::new(&params);
    connection.initialize_finish(id, capabilities::result(&client))?;
    Ok(Server::new(connection, client).run())
}
