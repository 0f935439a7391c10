//! SSH keys from the web.

use dryboot_machine::{Action, Cause};
use dryboot_yaml::go_syntax::quote;
use serde_json::Value;

use crate::apply::keys::authorize_keys;
use crate::run::{Attributed, Run, Step, Stop};

/// How often the program asks a server that does not answer properly.
const ATTEMPTS: usize = 15;

/// Fetches the keys of a GitHub user.
pub(crate) fn import_from_github(
    run: &mut Run<'_>,
    user: &str,
    github: &Attributed,
    because: &[Cause],
) -> Step {
    let url = format!("https://api.github.com/users/{}/keys", github.text);
    import(run, user, &format!("github-{}", github.text), &url, &[because, &github.causes].concat())
}

/// Fetches the keys of a page.
pub(crate) fn import_from_url(run: &mut Run<'_>, user: &str, url: &Attributed, because: &[Cause]) -> Step {
    import(run, user, &format!("coreos-cloudinit-{user}"), &url.text, &[because, &url.causes].concat())
}

fn import(run: &mut Run<'_>, user: &str, set: &str, url: &str, causes: &[Cause]) -> Step {
    let body = fetch(run, url, causes)?;
    let keys = keys_in(&body).map_err(|words| Stop::new(words, causes))?;
    let keys: Vec<Attributed> =
        keys.into_iter().map(|text| Attributed { text, causes: Vec::new() }).collect();
    authorize_keys(run, user, set, &keys, causes)
}

fn fetch(run: &mut Run<'_>, url: &str, causes: &[Cause]) -> Step<String> {
    let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme).to_ascii_lowercase();
    if !scheme.starts_with("http") {
        let words = format!("URL {url} does not have a valid HTTP scheme. Skipping.");
        return Err(Stop::new(words, causes));
    }
    let answer = run.description.http.get(url);
    let status = answer.map_or(404, |answer| answer.status);
    if answer.is_none() {
        run.journal.notes.push(format!(
            "dryboot does not fetch {url}; the preview assumes that the answer is 404 (not found)"
        ));
    }
    for _ in 0..ATTEMPTS {
        run.do_action(Action::HttpGet { status, url: url.to_owned() }, causes);
        match status / 100 {
            2 => return Ok(answer.map(|answer| answer.body.clone()).unwrap_or_default()),
            4 => return Err(Stop::new(format!("Not found. HTTP status code: {status}"), causes)),
            _ => {}
        }
    }
    Err(Stop::new(format!("Unable to fetch data. Maximum retries reached: {ATTEMPTS}"), causes))
}

/// The `key` fields of a JSON list of objects.
fn keys_in(body: &str) -> Result<Vec<String>, String> {
    let value: Value =
        serde_json::from_str(body).map_err(|error| match body.trim_start().chars().next() {
            _ if error.is_eof() => "unexpected end of JSON input".to_owned(),
            Some(char) => format!("invalid character {} looking for beginning of value", go_char(char)),
            None => "unexpected end of JSON input".to_owned(),
        })?;
    let unfit = |what: &Value| {
        let kind = match what {
            Value::Object(_) => "object",
            Value::Array(_) => "array",
            Value::String(_) => "string",
            Value::Number(_) => "number",
            Value::Bool(_) => "bool",
            Value::Null => "null",
        };
        format!("json: cannot unmarshal {kind} into a list of keys")
    };
    let list = match &value {
        Value::Null => return Ok(Vec::new()),
        Value::Array(list) => list,
        other => return Err(unfit(other)),
    };
    list.iter()
        .map(|element| match element {
            Value::Null => Ok(String::new()),
            Value::Object(fields) => match fields.get("key") {
                None | Some(Value::Null) => Ok(String::new()),
                Some(Value::String(key)) => Ok(key.clone()),
                Some(other) => Err(unfit(other)),
            },
            other => Err(unfit(other)),
        })
        .collect()
}

fn go_char(char: char) -> String {
    let quoted = quote(&char.to_string());
    format!("'{}'", quoted.trim_matches('"'))
}
