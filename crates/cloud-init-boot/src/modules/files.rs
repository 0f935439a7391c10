//! `write_files` and `random_seed`.

use std::rc::Rc;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use dryboot_machine::path;
use dryboot_user_data::gzip;

use crate::boot::{Boot, File};
use crate::journal::{Action, Run};
use crate::raised::Raised;
use crate::releases::Change;
use crate::value::{Data, NOTHING, Value};

/// A file decodes to no more than this.
const LARGEST: usize = 64 << 20;

pub(super) fn write_files(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let files = config.get("write_files").unwrap_or(&NOTHING).each()?;
    let mut now = Vec::new();
    for file in files.iter() {
        if !is_deferred(file)? {
            now.push(file);
        }
    }
    write_all(boot, &now)
}

pub(super) fn write_deferred_files(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let files = config.get("write_files").unwrap_or(&NOTHING).each()?;
    let mut later = Vec::new();
    for file in files.iter() {
        if is_deferred(file)? {
            later.push(file);
        }
    }
    if later.is_empty() { Ok(()) } else { write_all(boot, &later) }
}

/// Whether a file waits for accounts and packages.
///
/// # Errors
/// Python cannot look for a key in it, or take what it finds.
fn is_deferred(file: &Value) -> Result<bool, Raised> {
    Ok(file.contains("defer")? && {
        file.entries().map_err(|_| Raised::type_error("a text has no keys"))?;
        file.flag("defer", false)
    })
}

fn write_all(boot: &mut Boot, files: &[&Value]) -> Result<(), Raised> {
    for (number, file) in files.iter().enumerate() {
        boot.because(file);
        file.entries().map_err(|_| Raised::no_attribute(file.type_name(), "get"))?;
        let Some(path) = file.get("path").filter(|path| path.is_truthy()) else {
            boot.journal.warn(format!("entry {} of `write_files` has no path and is skipped", number + 1));
            continue;
        };
        let Some(path) = path.text() else {
            return Err(Raised::type_error(format!("a path must be text, not `{}`", path.shown())));
        };
        // Python finds out when it opens the file.
        if path.contains('\0') {
            return Err(Raised::value_error("a path cannot have a null character"));
        }
        let path = path::rooted(path);
        let Some(content) = content(boot, file, number)? else { continue };
        write_one(boot, file, &path, &content)?;
    }
    Ok(())
}

/// The content of a file; none if nothing can be had.
fn content(boot: &mut Boot, file: &Value, number: usize) -> Result<Option<Vec<u8>>, Raised> {
    // Nothing catches this, unlike a server that does not answer.
    if let Some(given) = file.get("source").filter(|given| boot.has(Change::FileSource) && !given.is_null()) {
        given.entries().map_err(|_| Raised::no_attribute(given.type_name(), "get"))?;
    }
    let from_source = match source(boot, file) {
        Ok(found) => found,
        Err(error) => {
            boot.journal.warn_of("the source of a file does not answer; its `content` is used", &error);
            if !file.has("content") {
                boot.journal
                    .warn(format!("entry {} of `write_files` has no content and is skipped", number + 1));
                return Ok(None);
            }
            None
        }
    };
    if let Some(body) = from_source {
        return Ok(Some(body.into_bytes()));
    }
    let value = file.get("content").unwrap_or(&NOTHING);
    if value.is_null() {
        // The encoding of nothing is not looked at.
        return Ok(Some(Vec::new()));
    }
    let extracts = extractions(boot, file.get("encoding"))?;
    let bytes = match &value.data {
        Data::Text(text) => text.clone().into_bytes(),
        Data::Bytes(bytes) => bytes.clone(),
        _ => {
            // The program finds out only when the directory is there.
            if let Some(path) = file.get("path").and_then(Value::text) {
                boot.make_directory(path::above(&path::rooted(path)), 0o755)?;
            }
            return Err(Raised::no_attribute(value.type_name(), "encode"));
        }
    };
    extracts.iter().try_fold(bytes, |bytes, extract| extract(&bytes)).map(Some)
}

fn source(boot: &mut Boot, file: &Value) -> Result<Option<String>, Raised> {
    let is_read = boot.has(Change::FileSource);
    let Some(source) = file.get("source").filter(|source| is_read && source.is_truthy()) else {
        return Ok(None);
    };
    let Some(uri) = source.get("uri").filter(|uri| uri.is_truthy()) else { return Ok(None) };
    let uri = uri.shown();
    match uri.strip_prefix("file://").or_else(|| uri.starts_with('/').then_some(uri.as_str())) {
        Some(path) => match boot.system.text(path) {
            Some(text) => Ok(Some(text)),
            None => Err(Raised::new("OSError", format!("there is no `{path}`"))),
        },
        None => boot.fetch(&uri, 4).map(Some),
    }
}

type Extract = fn(&[u8]) -> Result<Vec<u8>, Raised>;

fn extractions(boot: &mut Boot, encoding: Option<&Value>) -> Result<Vec<Extract>, Raised> {
    let Some(encoding) = encoding.filter(|encoding| encoding.is_truthy()) else { return Ok(Vec::new()) };
    let Some(encoding) = encoding.text() else {
        return Err(Raised::no_attribute(encoding.type_name(), "lower"));
    };
    Ok(match encoding.to_lowercase().trim() {
        "gz" | "gzip" => vec![gunzip],
        "gz+base64" | "gzip+base64" | "gz+b64" | "gzip+b64" => vec![base64_decode, gunzip],
        "b64" | "base64" => vec![base64_decode],
        "text/plain" => Vec::new(),
        other => {
            let other = other.to_owned();
            boot.journal
                .warn(format!("`{other}` is no encoding that is known; the content is taken as it is"));
            Vec::new()
        }
    })
}

/// Python's decoder skips all that is not of the alphabet.
fn base64_decode(bytes: &[u8]) -> Result<Vec<u8>, Raised> {
    let is_of_it = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/".contains(byte);
    let end = bytes.iter().position(|byte| *byte == b'=').unwrap_or(bytes.len());
    let kept: Vec<u8> = bytes[..end].iter().copied().filter(is_of_it).collect();
    let padding = bytes[end..].iter().filter(|byte| **byte == b'=').count();
    let over = kept.len() % 4;
    if over == 1 || over > 0 && over + padding < 4 {
        return Err(Raised::new("Error", "the base64 has the wrong length"));
    }
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let decoded = GeneralPurpose::new(&STANDARD, config).decode(&kept);
    decoded.map_err(|error| Raised::new("Error", error.to_string()))
}

fn gunzip(bytes: &[u8]) -> Result<Vec<u8>, Raised> {
    if bytes.is_empty() {
        // Python reads nothing from nothing.
        return Ok(Vec::new());
    }
    match gzip::gunzip(bytes, LARGEST) {
        Some(inflated) if inflated.whole || inflated.padded => Ok(inflated.bytes),
        _ => Err(Raised::new("DecompressionError", "the content is not gzip")),
    }
}

fn write_one(boot: &mut Boot, file: &Value, path: &str, content: &[u8]) -> Result<(), Raised> {
    let owner = match file.get("owner").filter(|owner| owner.is_truthy()) {
        Some(owner) => owner.text().ok_or_else(|| Raised::no_attribute(owner.type_name(), "split"))?,
        None if file.has("owner") => "",
        None => "root:root",
    };
    let (user, group) = user_and_group(owner);
    let bits = permissions(boot, file.get("permissions"));
    let resolved = owner_of(boot, user.as_deref(), group.as_deref());
    let parent = path::dir(path);
    if parent != "/" && boot.system.files.stat(&parent).is_err() {
        // The owner gets the directories as well, so they have to be known before the file is written.
        let owner = match &resolved {
            Ok(owner) => owner.clone(),
            Err(error) => {
                boot.make_directory(&parent, 0o755)?;
                return Err(error.clone());
            }
        };
        boot.make_directory_of(&parent, 0o755, owner.as_deref())?;
    }
    let append = file.flag("append", false);
    let named = resolved.as_ref().ok().cloned().flatten();
    boot.write_file(File { path, content, bits, owner: named.as_deref(), append, ..File::default() })?;
    resolved.map(drop)
}

/// `user:group`, or the user alone.
fn user_and_group(owner: &str) -> (Option<String>, Option<String>) {
    let (user, group) = owner.split_once(':').map_or((owner, None), |(user, group)| (user, Some(group)));
    let named = |name: &str| Some(name.trim().to_owned()).filter(|name| !name.is_empty() && name != "-1");
    (
        named(user).filter(|name| name.to_lowercase() != "none"),
        group.and_then(named).filter(|name| name.to_lowercase() != "none"),
    )
}

/// The owner as it is recorded; none for root.
fn owner_of(boot: &Boot, user: Option<&str>, group: Option<&str>) -> Result<Option<String>, Raised> {
    let unknown = |what: &str, name: &str| Raised::new("OSError", format!("there is no {what} `{name}`"));
    if let Some(user) = user
        && boot.system.user(user).is_none()
    {
        return Err(unknown("user", user));
    }
    if let Some(group) = group
        && !boot.system.has_group(group)
    {
        return Err(unknown("group", group));
    }
    let owner = format!("{}:{}", user.unwrap_or("root"), group.unwrap_or("root"));
    Ok((owner != "root:root").then_some(owner))
}

/// The bits that Python reads as an octal number, which may have a sign.
fn octal_digits(text: &str) -> Option<u32> {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let digits = digits.strip_prefix("0o").or_else(|| digits.strip_prefix("0O")).unwrap_or(digits);
    let is_digits = digits.bytes().all(|digit| digit.is_ascii_digit());
    let number = i64::from_str_radix(digits, 8).ok().filter(|_| is_digits)?;
    u32::try_from((sign * number) & 0o7777).ok()
}

fn permissions(boot: &mut Boot, value: Option<&Value>) -> u32 {
    const USUAL: u32 = 0o644;
    match value.map(|value| &value.data) {
        None | Some(Data::Null) => USUAL,
        Some(Data::Int(bits)) => u32::try_from(*bits).unwrap_or(USUAL) & 0o7777,
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "Python's `int` does the same"
        )]
        Some(Data::Float(bits)) => (*bits as u32) & 0o7777,
        Some(other) => {
            let text = Value::of(other.clone()).shown();
            octal_digits(&text).unwrap_or_else(|| {
                if !text.is_empty() {
                    boot.journal.warn(format!("`{text}` are no permissions; the file gets 0644"));
                }
                USUAL
            })
        }
    }
}

pub(super) fn seed_random(boot: &mut Boot) -> Result<(), Raised> {
    let config = Rc::clone(&boot.config);
    let empty = Value::empty();
    let settings = config.get("random_seed").unwrap_or(&empty);
    settings.entries().map_err(|_| Raised::no_attribute(settings.type_name(), "get"))?;
    boot.because(settings);
    let path = settings.setting("file").unwrap_or_else(|| "/dev/urandom".to_owned());
    let mut seed = Vec::new();
    if let Some(data) = settings.get("data").filter(|data| data.is_truthy()) {
        let bytes = match &data.data {
            Data::Bytes(bytes) => bytes.clone(),
            Data::Text(text) => text.clone().into_bytes(),
            _ => return Err(Raised::no_attribute(data.type_name(), "encode")),
        };
        let encoding = settings.setting("encoding").unwrap_or_default().to_lowercase();
        seed.extend(match encoding.as_str() {
            "" | "raw" => bytes,
            "base64" | "b64" => base64_decode(&bytes)?,
            "gzip" | "gz" => gunzip(&bytes)?,
            other => return Err(Raised::new("OSError", format!("`{other}` is no encoding that is known"))),
        });
    }
    seed.extend(boot.source.random_seed.clone().unwrap_or_default());
    if !seed.is_empty() {
        if path.starts_with("/dev/") {
            boot.journal.record(Action::WriteDevice { path: path.clone() });
        } else {
            boot.write_file(File { path: &path, content: &seed, append: true, ..File::default() })?;
        }
    }
    let required = settings.get("command_required").is_some_and(Value::is_truthy);
    let command: Vec<String> = match settings.get("command").filter(|command| command.is_truthy()) {
        Some(command) => command.items()?.iter().map(Value::shown).collect(),
        None => Vec::new(),
    };
    let failure = match command.first() {
        None if required => Some("there is no command, and one is required".to_owned()),
        Some(program) if boot.system.which(program).is_none() && required => {
            Some(format!("there is no program `{program}`, and it is required"))
        }
        _ => None,
    };
    if let Some(what) = failure {
        boot.journal.warn(what.clone());
        return Err(Raised::value_error(what));
    }
    if command.first().is_some_and(|program| boot.system.which(program).is_some()) {
        let env = [("RANDOM_SEED_FILE", path)].into_iter().collect();
        boot.execute(Run { argv: command, env, ..Run::default() })?;
    }
    Ok(())
}
