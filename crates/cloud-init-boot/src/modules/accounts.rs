//! The accounts that a config asks for, in the many forms in which it may.
//!
//! Source: cloud-init 26.2, `distros/ug_util.py`.

use std::collections::BTreeSet;
use std::rc::Rc;

use indexmap::IndexMap;

use crate::boot::Boot;
use crate::image::Image;
use crate::journal::{Journal, Level};
use crate::python::{fill_up, unique};
use crate::raised::Raised;
use crate::value::{Data, Key, Map, Value};

/// An account that is asked for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Account {
    /// Its name.
    pub(super) name: String,
    /// What is asked for.
    pub(super) settings: Value,
    /// Whether it is the default user.
    pub(super) is_default: bool,
    /// Whether its name is text; nobody can look up another one.
    pub(super) has_name: bool,
}

impl Account {
    /// What comes of looking it up.
    ///
    /// # Errors
    /// Its name is not text.
    pub(super) fn named(&self) -> Result<(), Raised> {
        if self.has_name {
            return Ok(());
        }
        Err(Raised::type_error(format!("the name of a user must be text, not `{}`", self.name)))
    }
}

/// The keys in the metadata.
pub(super) fn public_keys(boot: &Boot) -> Vec<String> {
    boot.source.public_keys.clone()
}

/// The accounts that a config asks for.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// The config.
    config: Rc<Value>,
    /// The accounts, in the order in which they are made.
    accounts: Rc<[Account]>,
    /// What is said about them whenever somebody asks.
    remarks: Rc<[Remark]>,
}

/// A line of the log.
type Remark = (Level, String);

/// The accounts that the config asks for, in the order in which they are made. Several modules want to know.
///
/// # Errors
/// Python cannot work with what is asked for.
pub(super) fn accounts(boot: &mut Boot) -> Result<Rc<[Account]>, Raised> {
    let known = boot.asked_accounts.take().filter(|known| Rc::ptr_eq(&known.config, &boot.config));
    let asked = match known {
        Some(known) => known,
        None => {
            let config = Rc::clone(&boot.config);
            let mut remarks = Vec::new();
            match find(&config, boot.image, &mut remarks) {
                Ok(accounts) => Asked { config, accounts: accounts.into(), remarks: remarks.into() },
                Err(error) => {
                    say(&mut boot.journal, &remarks);
                    return Err(error);
                }
            }
        }
    };
    say(&mut boot.journal, &asked.remarks);
    let accounts = Rc::clone(&asked.accounts);
    boot.asked_accounts = Some(asked);
    Ok(accounts)
}

fn say(journal: &mut Journal, remarks: &[Remark]) {
    for (level, text) in remarks {
        match level {
            Level::Deprecated => journal.deprecated(text),
            level => journal.say(*level, text, None),
        }
    }
}

fn find(config: &Value, image: &Image, remarks: &mut Vec<Remark>) -> Result<Vec<Account>, Raised> {
    // Whoever asks for users has the groups looked at, too.
    if let Some(asked) = config.get("groups") {
        groups(asked)?;
    }
    let mut own = Value::empty();
    if let Some(user) = config.get("user").filter(|user| user.is_truthy()) {
        match &user.data {
            Data::Text(name) => {
                own.set("name", Value { data: Data::Text(name.clone()), cause: user.cause.clone() });
                own.cause.clone_from(&user.cause);
                remarks.push((Level::Deprecated, "`user` should be an entry of `users`".to_owned()));
            }
            Data::Map(_) => own = user.clone(),
            _ => {
                let what = format!("`user` must be text or a mapping, not a {}", user.type_name());
                remarks.push((Level::Warning, what));
            }
        }
    }
    let has_own = own.map().is_some_and(|map| !map.is_empty());
    fill_up(&mut own, &default_user(image, config));
    let mut users = config.get("users").cloned().unwrap_or_else(|| Value::of(Data::List(Vec::new())));
    match &users.data {
        Data::Text(_) | Data::Map(_) => {
            let what = format!("`users` should be a list, not a {}", users.type_name());
            remarks.push((Level::Deprecated, what));
        }
        Data::List(_) => {}
        _ => {
            remarks.push((Level::Warning, format!("`users` must be a list, not a {}", users.type_name())));
            users = Value::of(Data::List(Vec::new()));
        }
    }
    if has_own {
        let mut default = Value::empty();
        default.set("name", Value::from_text("default"));
        match &mut users.data {
            Data::List(items) => items.push(default),
            Data::Map(map) => {
                map.entry("default".into()).or_insert_with(|| Value::of(Data::Bool(true)));
            }
            Data::Text(text) => text.push_str(",default"),
            _ => {}
        }
    }
    normalized(users, &own)
}

/// The default user of the image, as the config may change it.
fn default_user(image: &Image, config: &Value) -> Value {
    let image = image.default_user;
    let mut user = config.at(&["system_info", "default_user"]).cloned().unwrap_or_else(Value::empty);
    let mut stock = Value::empty();
    stock.set("name", Value::from_text(image.name));
    stock.set("lock_passwd", Value::of(Data::Bool(true)));
    stock.set("gecos", Value::from_text(image.gecos));
    stock.set("groups", Value::from_texts(image.groups.iter().copied()));
    stock.set("sudo", Value::from_texts(["ALL=(ALL) NOPASSWD:ALL"]));
    stock.set("shell", Value::from_text(image.shell));
    if !image.doas.is_empty() {
        stock.set("doas", Value::from_texts(image.doas.iter().copied()));
    }
    fill_up(&mut user, &stock);
    user
}

/// Users by name, the first to be named first.
fn normalized(users: Value, default: &Value) -> Result<Vec<Account>, Raised> {
    let mut found: IndexMap<String, Value> = IndexMap::new();
    let mut nameless: BTreeSet<String> = BTreeSet::new();
    for item in listed(users)? {
        match item.data {
            Data::Map(mut map) => {
                let name =
                    map.shift_remove(&Key::from("name")).unwrap_or_else(|| Value::from_text("default"));
                name.hashed()?;
                if name.text().is_none() {
                    nameless.insert(name.shown());
                }
                let name = name.shown();
                let settings = Value { data: Data::Map(map), cause: item.cause };
                match found.get_mut(&name) {
                    Some(own) => fill_up(own, &settings),
                    None => {
                        found.insert(name, settings);
                    }
                }
            }
            Data::Text(_) | Data::List(_) => {
                for name in unique([&item])? {
                    found.entry(name).or_insert_with(|| Value {
                        data: Data::Map(Map::default()),
                        cause: item.cause.clone(),
                    });
                }
            }
            _ => {
                return Err(Raised::type_error(format!(
                    "a user must be text or a mapping, not a {}",
                    item.type_name()
                )));
            }
        }
    }
    for settings in found.values_mut() {
        *settings = with_underscores(std::mem::take(settings))?;
    }
    let mut default_name = None;
    let has_default = default.map().is_some_and(|map| !map.is_empty());
    if let Some(asked) = found.shift_remove("default").filter(|_| has_default) {
        let mut stock = default.clone();
        let Data::Map(map) = &mut stock.data else { return Ok(Vec::new()) };
        let name = map.shift_remove(&Key::from("name")).map(|name| name.shown()).unwrap_or_default();
        let stock_groups =
            map.shift_remove(&Key::from("groups")).unwrap_or_else(|| Value::of(Data::List(Vec::new())));
        let mut own = found.shift_remove(&name).unwrap_or_else(Value::empty);
        let none = Value::of(Data::List(Vec::new()));
        let mut groups = unique([own.get("groups").unwrap_or(&none), &stock_groups])?;
        groups.sort();
        own.set("groups", Value::from_text(groups.join(",")));
        fill_up(&mut own, &asked);
        fill_up(&mut own, &stock);
        own.cause = own.cause.take().or(asked.cause).or(stock.cause);
        found.insert(name.clone(), own);
        default_name = Some(name);
    }
    let account = |(name, settings): (String, Value)| {
        let is_default = default_name.as_ref() == Some(&name);
        let has_name = !nameless.contains(&name);
        Account { name, settings, is_default, has_name }
    };
    Ok(found.into_iter().map(account).collect())
}

/// The items of a list, of a mapping from names to settings, or of a text with commas.
fn listed(users: Value) -> Result<Vec<Value>, Raised> {
    let users = match users {
        Value { data: Data::List(items), .. } => return Ok(items),
        users => users,
    };
    match &users.data {
        Data::Map(map) => {
            let mut items = Vec::new();
            for (key, value) in map {
                let name = Value { data: Data::Text(key.shown()), cause: value.cause.clone() };
                match &value.data {
                    Data::Map(settings) => {
                        let mut settings = settings.clone();
                        settings.insert("name".into(), name);
                        items.push(Value { data: Data::Map(settings), cause: value.cause.clone() });
                    }
                    Data::Bool(_) | Data::Int(_) | Data::Float(_) | Data::Text(_) => {
                        if value.is_yes() {
                            items.push(name);
                        }
                    }
                    _ => {
                        return Err(Raised::type_error(format!(
                            "the user `{}` has no settings",
                            key.shown()
                        )));
                    }
                }
            }
            Ok(items)
        }
        Data::Text(_) => {
            let mut names = unique([&users])?;
            names.sort();
            let item = |name| Value { data: Data::Text(name), cause: users.cause.clone() };
            Ok(names.into_iter().map(item).collect())
        }
        _ => users.items(),
    }
}

/// Settings with underscores for hyphens.
fn with_underscores(settings: Value) -> Result<Value, Raised> {
    let is_odd = |char: char| char == '-' || char.is_whitespace();
    let is_plain = |key: &Key| key.text().is_some_and(|text| !text.is_empty() && !text.contains(is_odd));
    let Value { data: Data::Map(own), cause } = settings else { return Ok(settings) };
    if own.keys().all(is_plain) {
        return Ok(Value { data: Data::Map(own), cause });
    }
    let mut map = Map::with_capacity_and_hasher(own.len(), Default::default());
    for (key, value) in own {
        let Some(text) = key.text() else { return Err(Raised::no_attribute(key.type_name(), "replace")) };
        let name = text.replace('-', "_");
        if !name.trim().is_empty() {
            map.insert(name.trim().into(), value);
        }
    }
    Ok(Value { data: Data::Map(map), cause })
}

/// The groups that a config asks for, with their members.
pub(super) fn groups(asked: &Value) -> Result<Vec<(String, Vec<String>)>, Raised> {
    let mut found: IndexMap<String, Vec<Value>> = IndexMap::new();
    let mut add = |name: String, members: Option<&Value>| {
        let list = found.entry(name).or_default();
        match members.map(|members| &members.data) {
            Some(Data::List(items)) => list.extend(items.iter().cloned()),
            Some(Data::Map(map)) => list.extend(map.keys().map(|key| Value::from_text(key.shown()))),
            Some(_) => list.extend(members.cloned()),
            None => {}
        }
    };
    match &asked.data {
        Data::Text(text) => text.trim().split(',').for_each(|name| add(name.to_owned(), None)),
        Data::List(items) => {
            for item in items {
                match &item.data {
                    Data::Text(name) => add(name.clone(), None),
                    Data::Map(map) => {
                        for (name, members) in map {
                            if !matches!(members.data, Data::List(_) | Data::Text(_)) {
                                let what = format!("the members of `{}` must be a list", name.shown());
                                return Err(Raised::type_error(what));
                            }
                            add(name.shown(), Some(members));
                        }
                    }
                    _ => return Err(Raised::type_error(format!("`{}` is not a group", item.shown()))),
                }
            }
        }
        Data::Map(map) => map.iter().for_each(|(name, members)| add(name.shown(), Some(members))),
        _ => return Err(Raised::type_error(format!("`groups` must be a list, not a {}", asked.type_name()))),
    }
    let sorted = |(name, members): (String, Vec<Value>)| {
        if let Some(odd) = members.iter().find(|member| member.text().is_none()) {
            let what = format!("a member of `{name}` must be text, not a {}", odd.type_name());
            return Err(Raised::type_error(what));
        }
        let mut members = unique([&Value::of(Data::List(members))])?;
        members.sort();
        Ok((name, members))
    };
    found.into_iter().map(sorted).collect()
}
