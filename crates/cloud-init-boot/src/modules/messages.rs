//! What is said at the end: `phone_home`, `final_message` and `power_state`.

use std::rc::Rc;

use dryboot_cloud_init::jinja::{self, InstanceData};
use serde_json::{Value as Json, json};

use super::ssh::types as host_key_types;
use crate::boot::{Boot, INSTANCE, TIME, UPTIME};
use crate::journal::{Action, Run};
use crate::raised::Raised;
use crate::recorded::to_json;
use crate::value::{Data, NOTHING, Value};

/// The names of what can be sent besides host keys.
const POSTED: [&str; 3] = ["instance_id", "hostname", "fqdn"];

/// Nobody is shown more attempts than these.
const MOST_TRIES: i64 = 100;

pub(super) fn phone_home(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let settings = config.get("phone_home").unwrap_or(&NOTHING);
    boot.because(settings);
    if !settings.contains("url")? {
        boot.journal.warn("`phone_home` has no `url`");
        return Ok(());
    }
    let url = settings.get("url").ok_or_else(|| Raised::type_error("`phone_home` must be a mapping"))?;
    let tries = settings.get("tries").and_then(whole_number);
    let tries = tries.unwrap_or_else(|| {
        let error = Raised::type_error("it is not a number");
        boot.journal.warn_of("`phone_home.tries` is taken for 10", &error);
        10
    });
    let post = settings.get("post").cloned().unwrap_or_else(|| Value::from_text("all"));
    let names: Vec<String> = match post.text() {
        Some("all") => {
            let keys = host_key_types(boot).into_iter().map(|kind| format!("pub_key_{kind}"));
            keys.chain(POSTED.map(str::to_owned)).collect()
        }
        _ => {
            let names = post.items()?;
            names.iter().try_for_each(Value::hashed)?;
            names.iter().map(Value::shown).collect()
        }
    };
    let host = boot.source.hostname(&boot.system);
    let mut data = std::collections::BTreeMap::new();
    let key = |boot: &Boot, kind: &str| boot.system.text(&format!("/etc/ssh/ssh_host_{kind}_key.pub"));
    for kind in host_key_types(boot) {
        if key(boot, kind).is_none() {
            boot.journal.warn(format!("there is no host key of type {kind} to send"));
        }
    }
    for name in names {
        let value = match name.as_str() {
            "instance_id" => Some(boot.source.instance_id.clone()),
            "hostname" => Some(host.short.clone()),
            "fqdn" => Some(host.full.clone()),
            other => other.strip_prefix("pub_key_").and_then(|kind| key(boot, kind)),
        };
        if value.is_none() {
            boot.journal.warn(format!("`{name}` cannot be sent"));
        }
        data.insert(name, value.unwrap_or_else(|| "N/A".to_owned()));
    }
    let id = boot.source.instance_id.clone();
    let Some(url) = url.text() else { return Err(Raised::type_error("`phone_home.url` must be text")) };
    let url = url.replace("${INSTANCE_ID}", &id).replace("$INSTANCE_ID", &id);
    for _ in 0..tries.clamp(1, MOST_TRIES) {
        let (status, _) = boot.system.answer(&url);
        let action =
            Action::Http { method: "POST", url: url.clone(), status: Some(status), data: Some(data.clone()) };
        boot.journal.record(action);
        if status < 400 {
            return Ok(());
        }
    }
    let error = Raised::new("UrlError", "the message is not taken");
    boot.journal.warn_of(format!("{url} was tried {tries} times"), &error);
    Ok(())
}

/// Text with variables, in either of the two forms that the program knows.
pub(super) fn filled(boot: &mut Boot, text: &str, values: &Json) -> String {
    if text.trim_start().to_lowercase().starts_with("## template:") {
        let rendered = InstanceData::parse(&values.to_string()).ok().map(|data| jinja::render(text, &data));
        return match rendered {
            Some(Ok(rendered)) => rendered.text,
            Some(Err(error)) => {
                boot.journal.warn(format!("the template cannot be filled: {}", error.message));
                String::new()
            }
            None => text.to_owned(),
        };
    }
    let mut out = text.to_owned();
    for (name, value) in values.as_object().into_iter().flatten() {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        out = out.replace(&format!("${{{name}}}"), &value).replace(&format!("${name}"), &value);
    }
    out
}

pub(super) fn final_message(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let asked = config.get("final_message");
    boot.because(asked.unwrap_or(&NOTHING));
    let release = boot.release.to_string();
    let source = boot.source.shown.clone();
    let own = asked.map(|asked| asked.shown().trim().to_owned()).filter(|text| !text.is_empty());
    let text = match own {
        Some(text) => {
            let values = json!({
                "uptime": UPTIME, "timestamp": TIME, "version": release, "datasource": source,
                "UPTIME": UPTIME, "TIMESTAMP": TIME, "VERSION": release, "DATASOURCE": source,
            });
            filled(boot, &text, &values)
        }
        None => {
            format!("Cloud-init v. {release} finished at {TIME}. Datasource {source}.  Up {UPTIME} seconds")
        }
    };
    boot.print(format!("{text}\n"));
    boot.write(&format!("{INSTANCE}/boot-finished"), &format!("{UPTIME} - {TIME} - v. {release}\n"), 0o644)?;
    if boot.source.is_fallback {
        boot.journal.warn("the machine runs without a data source");
    }
    Ok(())
}

pub(super) fn power_state(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let settings = config.get("power_state").unwrap_or(&NOTHING);
    boot.because(settings);
    if settings.is_null() {
        return Ok(());
    }
    let (argv, timeout) = match command(settings) {
        Ok(found) => found,
        Err(error) => {
            boot.journal.warn_because("the machine is left on", &error);
            return Ok(());
        }
    };
    let condition = settings.get("condition").cloned().unwrap_or_else(|| Value::of(Data::Bool(true)));
    if condition.data == Data::Bool(false) {
        return Ok(());
    }
    if settings.get("message").is_some_and(|message| message.is_truthy() && message.text().is_none()) {
        return Err(Raised::type_error("`power_state.message` must be text"));
    }
    let number = boot.journal.record(Action::PowerState {
        argv,
        timeout,
        condition: to_json(&condition),
        condition_met: None,
    });
    if condition.data == Data::Bool(true) {
        return Ok(());
    }
    boot.journal.step("power_state condition (after cloud-init has ended)", None);
    boot.because(settings);
    let run = match &condition.data {
        Data::List(words) if words.is_empty() => Err(Raised::new("IndexError", "the command has no words")),
        Data::List(_) => condition.words().map(|argv| Run { argv, ..Run::default() }),
        _ => Ok(Run { shell: Some(condition.shown()), ..Run::default() }),
    };
    let is_met = match run.and_then(|run| boot.attempt(run)) {
        Ok(output) if output.exit == 0 => true,
        Ok(output) => {
            if output.exit != 1 {
                boot.journal
                    .warn(format!("the condition ends with exit code {}, which counts as no", output.exit));
            }
            false
        }
        Err(error) => {
            boot.journal.warn_of("the condition cannot be tried, which counts as no", &error);
            false
        }
    };
    if !is_met
        && let Some(Action::PowerState { condition_met, .. }) =
            boot.journal.effects.get_mut(number).map(|effect| &mut effect.action)
    {
        *condition_met = Some(false);
    }
    Ok(())
}

/// What Python's `int` makes of a value.
fn whole_number(value: &Value) -> Option<i64> {
    match &value.data {
        Data::Bool(truth) => Some(i64::from(*truth)),
        Data::Int(int) => Some(*int),
        #[expect(clippy::cast_possible_truncation, reason = "Python's `int` does the same")]
        Data::Float(float) if float.is_finite() => Some(*float as i64),
        Data::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// The command that turns the machine off, and how long it waits, in seconds.
fn command(settings: &Value) -> Result<(Vec<String>, f64), Raised> {
    if settings.map().is_none() {
        return Err(Raised::type_error("`power_state` must be a mapping"));
    }
    let option = match settings.get("mode").and_then(Value::text) {
        Some("halt") => "-H",
        Some("poweroff") => "-P",
        Some("reboot") => "-r",
        _ => return Err(Raised::type_error("`power_state.mode` must be halt, poweroff or reboot")),
    };
    let delay = match settings.get("delay") {
        None => "now".to_owned(),
        Some(Value { data: Data::Text(word), .. }) if word == "now" => word.clone(),
        Some(delay) => {
            let minutes = whole_number(delay).ok_or_else(|| {
                let shown = delay.shown();
                Raised::type_error(format!("`power_state.delay` must be `now` or minutes, not `{shown}`"))
            })?;
            format!("+{minutes}")
        }
    };
    let mut argv = vec!["shutdown".to_owned(), option.to_owned(), delay];
    argv.extend(settings.get("message").filter(|message| message.is_truthy()).map(Value::shown));
    let timeout = settings.get("timeout").map_or(Ok(30.0), |timeout| match &timeout.data {
        Data::Null | Data::List(_) | Data::Map(_) => {
            Err(Raised::type_error("`power_state.timeout` must be a number"))
        }
        Data::Bool(truth) => Ok(f64::from(u8::from(*truth))),
        _ => timeout.shown().trim().parse::<f64>().map_err(|_| {
            Raised::value_error(format!("`power_state.timeout` must be a number, not `{}`", timeout.shown()))
        }),
    })?;
    if let Some(condition) = settings.get("condition")
        && !matches!(condition.data, Data::Text(_) | Data::List(_) | Data::Bool(_))
    {
        return Err(Raised::type_error("`power_state.condition` must be a boolean, text or a list"));
    }
    Ok((argv, timeout))
}
