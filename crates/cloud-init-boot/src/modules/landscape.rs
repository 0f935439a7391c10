//! `landscape`.

use std::rc::Rc;

use super::packages::install;
use crate::boot::Boot;
use crate::raised::Raised;
use crate::value::{Data, NOTHING, Value};

const USUAL: [(&str, &str); 4] = [
    ("log_level", "info"),
    ("url", "https://landscape.canonical.com/message-system"),
    ("ping_url", "http://landscape.canonical.com/ping"),
    ("data_path", "/var/lib/landscape/client"),
];

pub(super) fn landscape(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let settings = config.get("landscape").unwrap_or(&NOTHING);
    boot.because(settings);
    if settings.map().is_none() {
        return Err(Raised::runtime_error(format!(
            "`landscape` must be a mapping, not a {}",
            settings.type_name()
        )));
    }
    if !settings.is_truthy() {
        return Ok(());
    }
    install(boot, &Value::from_texts(["landscape-client"]))?;
    let mut client = settings.get("client").cloned().unwrap_or_else(Value::empty);
    client.entries()?;
    for (key, value) in USUAL {
        if !client.has(key) {
            client.set(key, Value::from_text(value));
        }
    }
    let run = crate::journal::Run {
        argv: ["landscape-config", "--silent", "--is-registered"].map(str::to_owned).to_vec(),
        ..Default::default()
    };
    // The client says with exit code 5 that it is not registered yet.
    match boot.attempt(run)? {
        output if output.exit == 5 => {}
        output if output.exit == 0 => {
            boot.journal.warn("the client is registered with Landscape already");
            return Ok(());
        }
        output => {
            let error = Raised::exit(&boot.last_line(), output.exit, &output.stderr);
            return Err(Raised::runtime_error(error.text));
        }
    }
    let mut entries: Vec<_> = client.entries()?.iter().collect();
    entries.sort_by_key(|(key, _)| key.shown());
    let mut words = vec!["landscape-config".to_owned(), "--silent".to_owned()];
    for (key, value) in entries {
        words.push(format!("--{}", key.shown().replace('_', "-")));
        words.push(match &value.data {
            Data::List(items) => items.iter().map(Value::shown).collect::<Vec<_>>().join(","),
            _ => value.shown(),
        });
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    boot.run(&words).map(drop).map_err(|error| Raised::runtime_error(error.text))
}
