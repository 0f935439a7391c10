//! The stages of a boot, one after the other.
//!
//! Source: cloud-init 26.2, `cmd/main.py` and `stages.py`.

use std::rc::Rc;

use dryboot_cloud_init::header::{Header, header};
use dryboot_cloud_init::verdict::{Kind, Outcome, Subject, judge};
use dryboot_machine::{Cause, path};
use dryboot_text::Span;

use crate::boot::{Boot, INSTANCE, TIME, UPTIME};
use crate::configs::{Configs, OUTPUT, read_more};
use crate::datasource::VendorData;
use crate::journal::{Action, Level, SchemaCheck, SchemaError};
use crate::kept::keep;
use crate::modules::{self, Section};
use crate::network;
use crate::raised::Raised;
use crate::read::read_keeping;
use crate::user_data::{self, CloudConfig, Looked, Origin, Piece};
use crate::value::{Data, Value};

/// What the stages of one boot know of each other.
#[derive(Debug, Default)]
struct Between {
    /// The network stage does not wait for the network.
    skips_wait: bool,
    /// The local stage failed with this.
    local_error: Option<Raised>,
    /// The modules of the network stage ran in the local stage.
    is_local: bool,
}

/// Goes through all stages of one boot.
pub(crate) fn boot_once(boot: &mut Boot, number: u32, configs: &mut Configs) {
    let mut between = Between::default();
    boot.journal.begin("local", number);
    read_more(boot, configs);
    local(boot, number, configs, &mut between);
    boot.journal.begin("network", number);
    if between.is_local {
        welcome(boot, "init");
    } else {
        read_more(boot, configs);
        network_stage(boot, configs, &between);
    }
    for (name, mode, section) in
        [("config", "modules:config", Section::Config), ("final", "modules:final", Section::Final)]
    {
        boot.journal.begin(name, number);
        welcome(boot, mode);
        read_more(boot, configs);
        modules::run(boot, section);
    }
    if let Some(error) = between.local_error {
        // All stages share the list of errors that the first one made.
        for stage in boot.journal.stages.iter_mut().rev().take(4) {
            stage.errors.insert(0, error.text.clone());
        }
    }
}

fn welcome(boot: &mut Boot, mode: &str) {
    boot.journal.step("(stage)", None);
    let release = boot.release;
    boot.print(format!("Cloud-init v. {release} running '{mode}' at {TIME}. Up {UPTIME} seconds.\n"));
}

fn local(boot: &mut Boot, number: u32, configs: &mut Configs, between: &mut Between) {
    boot.journal.step("(stage)", None);
    let _ = boot.run(&["systemd-detect-virt", "--quiet", "--container"]);
    boot.journal.record(Action::Output { stdout: OUTPUT.to_owned(), stderr: OUTPUT.to_owned() });
    let release = boot.release;
    boot.print(format!("Cloud-init v. {release} running 'init-local' at {TIME}. Up {UPTIME} seconds.\n"));
    if number > 1 {
        boot.delete(&format!("{INSTANCE}/boot-finished"));
    }
    boot.journal.step("fetch-datasource", None);
    for file in boot.source.files.clone() {
        boot.journal.because([Cause::Metadata(file.cause)]);
        let _ = boot.make_directory(&path::dir(&file.path), file.directory_mode);
        let _ = boot.write(&file.path, &file.content, file.mode);
    }
    if let Some((name, error)) = boot.failed_source.clone() {
        boot.journal.say(
            Level::Warning,
            format!("the data source {name} gives nothing, so the user-data is not read"),
            Some(error),
        );
    }
    for warning in boot.source.warnings.clone() {
        boot.journal.warn(warning);
    }
    if let Some(deprecated) = boot.source.deprecated {
        boot.journal.deprecated(deprecated);
    }
    early_hostname(boot);
    boot.journal.step("network-config", None);
    if boot.once("network-config") || boot.source.network_at_every_boot {
        if let Some(error) = boot.source.network_error.clone() {
            boot.journal.say(Level::Error, format!("the network is not configured: {}", error.text), None);
            between.local_error = Some(error);
            return;
        }
        let config = boot.source.network.clone().unwrap_or_else(network::fallback);
        if !network::is_disabled(&config) {
            boot.symlink("/run/cloud-init/network-config.json", &format!("{INSTANCE}/network-config.json"));
        }
        if let Err(error) = network::apply(boot, &config) {
            boot.journal.say(
                Level::Error,
                format!("the network configuration is not applied: {}", error.text),
                None,
            );
            between.local_error = Some(error);
            return;
        }
    }
    boot.journal.step("(stage)", None);
    match must_wait(boot) {
        Ok(waits) => between.skips_wait = !waits,
        Err(error) => {
            boot.journal.say(Level::Error, format!("the local stage has failed: {}", error.text), None);
            between.local_error = Some(error);
            return;
        }
    }
    if boot.source.is_local {
        between.is_local = true;
        consume(boot, configs);
    }
}

/// Sets the name that the metadata has for the host, before anybody knows that of the user.
fn early_hostname(boot: &mut Boot) {
    boot.journal.step("early-hostname", None);
    let is_known = boot.source.local_hostname().is_some()
        || boot.config.get("hostname").is_some_and(Value::is_truthy)
        || boot.config.has("fqdn");
    if is_known {
        boot.journal.because([Cause::Metadata("local-hostname")]);
        let _ = modules::set_hostname(boot);
    }
}

/// Whether the network stage has to wait for the network.
///
/// # Errors
/// The data is of a form that the program does not expect.
fn must_wait(boot: &mut Boot) -> Result<bool, Raised> {
    if boot.source.is_fallback {
        return Ok(true);
    }
    let user = boot.source.user_data.clone().unwrap_or_default();
    if data_needs_network(boot, &user, Origin::User)? {
        return Ok(true);
    }
    let vendor = [
        (boot.source.vendor_data.clone(), Origin::Vendor),
        (boot.source.vendor_data2.clone(), Origin::Vendor2),
    ];
    for (data, origin) in vendor {
        match data {
            VendorData::None => {}
            VendorData::List(texts) if texts.is_empty() => {}
            VendorData::List(_) => return Err(Raised::no_attribute("list", "strip")),
            VendorData::Text(text) => {
                if data_needs_network(boot, text.as_bytes(), origin)? {
                    return Ok(true);
                }
            }
        }
    }
    Ok(false)
}

fn data_needs_network(boot: &mut Boot, bytes: &[u8], origin: Origin) -> Result<bool, Raised> {
    if bytes.is_empty() {
        return Ok(false);
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return Ok(true) };
    if header(text) != Some(Header::CloudConfig) {
        return Ok(true);
    }
    let places = |span: Span| if origin.is_vendor() { Cause::Vendor(span) } else { Cause::Text(span) };
    let read = match read_keeping(text, &places) {
        Ok(read) => read,
        Err(error) => {
            boot.journal.warn_because("the data cannot be read", &error);
            return Ok(true);
        }
    };
    let needs = needs_network(&read.value);
    boot.looked = Some(Looked { origin, text: text.to_owned(), read });
    needs
}

/// Whether there is anything in a config that needs the network.
///
/// # Errors
/// It is of a form that the program does not expect.
fn needs_network(value: &Value) -> Result<bool, Raised> {
    if value.map().is_none() {
        return Ok(true);
    }
    if let Some(files) = value.get("write_files") {
        for item in files.each()?.iter() {
            item.entries().map_err(|_| Raised::no_attribute(item.type_name(), "get"))?;
            let source = item.get("source").filter(|source| source.is_truthy());
            let Some(source) = source else { continue };
            source.entries().map_err(|_| Raised::no_attribute(source.type_name(), "get"))?;
            match source.get("uri").map(|uri| (uri, uri.text())) {
                None => {}
                Some((_, Some(uri)))
                    if uri.is_empty() || uri.starts_with('/') || uri.starts_with("file:") => {}
                Some((_, Some(_))) => return Ok(true),
                Some((uri, None)) if uri.is_truthy() => {
                    return Err(Raised::no_attribute(uri.type_name(), "startswith"));
                }
                Some(_) => {}
            }
        }
    }
    let is_set = |key: &str| value.get(key).is_some_and(Value::is_truthy);
    if is_set("bootcmd") {
        return Ok(true);
    }
    if let Some(seed) = value.get("random_seed") {
        seed.entries().map_err(|_| Raised::no_attribute(seed.type_name(), "get"))?;
        if seed.get("command").is_some_and(Value::is_truthy) {
            return Ok(true);
        }
    }
    Ok(is_set("mounts"))
}

fn network_stage(boot: &mut Boot, configs: &mut Configs, between: &Between) {
    welcome(boot, "init");
    if !between.skips_wait && boot.image.name == "ubuntu" {
        let _ = boot.run(&["systemctl", "is-enabled", "NetworkManager.service"]);
        let _ = boot.run(&["systemctl", "start", "systemd-networkd-wait-online.service"]);
    }
    boot.journal.step("network-config", None);
    if boot.source.is_fallback {
        // It is only found in this stage, which brings the network up.
        network::bring_up(boot);
    }
    early_hostname(boot);
    consume(boot, configs);
}

/// What the network stage does with the data, and its modules.
fn consume(boot: &mut Boot, configs: &mut Configs) {
    match consume_data(boot, configs) {
        Ok(()) => {}
        Err(Failure::Stage(error)) => {
            boot.journal.step("(stage)", None);
            boot.journal.say(Level::Error, format!("the network stage has failed: {}", error.text), None);
            fail(boot, error.text);
            return;
        }
        Err(Failure::Data(error)) => {
            boot.journal.step("(stage)", None);
            boot.journal.warn_because("the user-data is not used, and no module runs", &error);
            fail(boot, "the user-data is not used".to_owned());
            return;
        }
    }
    boot.journal.step("activate-datasource", None);
    redirect(boot);
    modules::run(boot, Section::Network);
}

fn fail(boot: &mut Boot, error: String) {
    if let Some(stage) = boot.journal.stages.last_mut() {
        stage.errors.push(error);
    }
}

/// Why the network stage ends before its modules.
enum Failure {
    /// Nothing catches the error.
    Stage(Raised),
    /// The error is caught, and the stage ends all the same.
    Data(Raised),
}

fn consume_data(boot: &mut Boot, configs: &mut Configs) -> Result<(), Failure> {
    let parts = read_data(boot).map_err(Failure::Stage)?;
    hand_over(boot, configs, parts).map_err(Failure::Data)?;
    boot.journal.step("schema-check", None);
    check(boot, &configs.user).map_err(Failure::Stage)
}

/// The parts of the user-data and of both vendor-data.
struct Parts {
    user: Vec<Piece>,
    vendor: Option<Vec<Piece>>,
    vendor2: Option<Vec<Piece>>,
}

fn read_data(boot: &mut Boot) -> Result<Parts, Raised> {
    boot.journal.step("read-user-data", None);
    let user = boot.source.user_data.clone().unwrap_or_default();
    Ok(Parts {
        user: user_data::process(boot, &[user.as_slice()], Origin::User)?,
        vendor: vendor_pieces(boot, boot.source.vendor_data.clone(), Origin::Vendor)?,
        vendor2: vendor_pieces(boot, boot.source.vendor_data2.clone(), Origin::Vendor2)?,
    })
}

/// Hands each part to what it is for, and merges the configs.
fn hand_over(boot: &mut Boot, configs: &mut Configs, parts: Parts) -> Result<(), Raised> {
    boot.journal.step("consume-user-data", None);
    let wanted: Vec<Piece> =
        parts.user.into_iter().filter(|piece| is_for(piece, boot.source.launch_index)).collect();
    configs.user = user_data::consume(boot, wanted, Origin::User)?;
    configs.vendor = consume_vendor(boot, configs, parts.vendor, Origin::Vendor)?;
    configs.vendor2 = consume_vendor(boot, configs, parts.vendor2, Origin::Vendor2)?;
    boot.config = Rc::new(configs.merged(true));
    keep(&boot.config, boot.release)
}

/// Whether a part is for this machine, of those that were launched together.
fn is_for(piece: &Piece, index: Option<i64>) -> bool {
    match (&piece.launch_index, index) {
        (Some(wanted), Some(index)) => wanted.trim().parse() == Ok(index),
        _ => true,
    }
}

fn vendor_pieces(boot: &mut Boot, data: VendorData, origin: Origin) -> Result<Option<Vec<Piece>>, Raised> {
    let texts = match data {
        VendorData::None => return Ok(None),
        VendorData::Text(text) => vec![text],
        VendorData::List(texts) => texts,
    };
    if texts.iter().all(String::is_empty) {
        return Ok(None);
    }
    let blobs: Vec<&[u8]> = texts.iter().map(String::as_bytes).collect();
    user_data::process(boot, &blobs, origin).map(Some)
}

fn consume_vendor(
    boot: &mut Boot,
    configs: &Configs,
    pieces: Option<Vec<Piece>>,
    origin: Origin,
) -> Result<Option<CloudConfig>, Raised> {
    let Some(pieces) = pieces else { return Ok(None) };
    let (key, step) = match origin {
        Origin::Vendor2 => ("vendor_data2", "consume-vendordata2"),
        _ => ("vendor_data", "consume-vendordata"),
    };
    boot.journal.step(step, None);
    let config = configs.merged(false);
    let settings = config.get(key).cloned().unwrap_or_default();
    boot.because(&settings);
    if settings.map().is_none() {
        boot.journal.warn(format!("`{key}` is not a mapping, so the provider's data is not used"));
        return Ok(None);
    }
    let enabled = settings.get("enabled").cloned().unwrap_or_default();
    if !enabled.is_yes() {
        return Ok(None);
    }
    if enabled.text().is_some() {
        boot.journal.deprecated(format!("`{key}.enabled` should be a boolean"));
    }
    user_data::consume(boot, pieces, origin).map(Some)
}

/// Holds the user's config against the schema.
///
/// # Errors
/// The validator breaks down, and the stage with it.
fn check(boot: &mut Boot, user: &CloudConfig) -> Result<(), Raised> {
    if user.merged.is_none() {
        return Ok(());
    }
    if user.is_faultless(boot.release) {
        if let Some(step) = boot.journal.current() {
            step.check = Some(SchemaCheck { valid: Some(true), errors: Vec::new() });
        }
        return Ok(());
    }
    let judged = judge(user.body.as_bytes(), &Subject::new(Kind::CloudConfig, boot.release));
    let verdict = judged.verdict;
    let is_broken = verdict.outcome == Outcome::Crashed;
    let errors: Vec<SchemaError> = match is_broken {
        true => Vec::new(),
        false => verdict.errors.iter().map(|error| SchemaError { path: error.path.clone() }).collect(),
    };
    let is_valid = errors.is_empty() && verdict.deprecations.is_empty();
    let check = SchemaCheck { valid: (!is_broken).then_some(is_valid), errors };
    let has_errors = !check.errors.is_empty();
    if let Some(step) = boot.journal.current() {
        step.check = Some(check);
    }
    if is_broken {
        return Err(Raised::type_error("the schema's check fails on a key that is not text"));
    }
    if !verdict.deprecations.is_empty() {
        let paths: Vec<&str> = verdict.deprecations.iter().map(|found| found.path.as_str()).collect();
        boot.journal.deprecated(format!("deprecated: {}", paths.join(", ")));
    }
    if has_errors {
        let paths: Vec<&str> = verdict.errors.iter().map(|found| found.path.as_str()).collect();
        boot.journal.warn(format!("the schema objects to {}", paths.join(", ")));
    }
    Ok(())
}

/// Sends output elsewhere, if the config asks for it.
fn redirect(boot: &mut Boot) {
    boot.journal.step("(stage)", None);
    let config = Rc::clone(&boot.config);
    let Some(output) = config.get("output") else { return };
    boot.because(output);
    let asked = output.get("init").or_else(|| output.get("all"));
    let (stdout, stderr) = match asked.map(|asked| &asked.data) {
        Some(Data::Text(all)) => (all.clone(), all.clone()),
        Some(Data::List(items)) => {
            let at = |number: usize| items.get(number).map(Value::shown);
            (at(0).unwrap_or_default(), at(1).unwrap_or_else(|| "&1".to_owned()))
        }
        Some(Data::Map(_)) => {
            let of = |key: &str| asked.and_then(|asked| asked.setting(key));
            (of("output").unwrap_or_default(), of("error").unwrap_or_default())
        }
        _ => return,
    };
    let stderr = if stderr == "&1" { stdout.clone() } else { stderr };
    if (stdout.as_str(), stderr.as_str()) == (OUTPUT, OUTPUT) {
        return;
    }
    boot.journal.warn(format!("output goes to `{stdout}` from here on"));
    boot.journal.record(Action::Output { stdout, stderr });
}
