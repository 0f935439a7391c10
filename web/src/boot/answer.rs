//! Reads what the preview answers.

use dryboot_wasm::protocol::boot::{
    Account, Boot, Command, Edge, Effect, File, Job, Key, Machine, Message, Origin, Package, Platform,
    Preset, Source, Stage, Step, Trouble, Unit, UnitProblem, Units, Variable,
};
use js_sys::JsString;

use crate::answer::Answer;

/// A boot without its machine and its units, which only some tabs show. `known` are its effects, if they are known already, due to
/// other places.
pub(crate) fn boot(it: &Answer, known: Option<&[Effect]>) -> Boot {
    Boot {
        target: it.text("target"),
        program: it.text("program"),
        platform: it.optional("platform"),
        which_boot: it.text("which_boot"),
        parts: it.texts("parts"),
        exit_code: it.signed("exit_code"),
        degraded: it.is("degraded"),
        troubles: it.list("troubles", |it| Trouble {
            about: it.text("about"),
            message: it.text("message"),
            place: it.has("place").then(|| it.place("place")),
        }),
        variables: it.list("variables", variable),
        stages: it.list("stages", |it| Stage { name: it.text("name"), steps: it.list("steps", step) }),
        effects: effects(it, known),
        messages: it.list("messages", |it| Message {
            text: it.optional_lines("text").unwrap_or_default(),
            origins: origins(it),
        }),
        notes: it.texts("notes"),
        ..Boot::default()
    }
}

/// What has become of the machine.
pub(crate) fn machine(it: &Answer) -> Machine {
    Machine {
        hostname: it.text("hostname"),
        accounts: it.list("accounts", account),
        files: it.list("files", file),
        packages: it.list("packages", |it| Package {
            name: it.text("name"),
            manager: it.text("manager"),
            failed: it.is("failed"),
            effect: it.number("effect"),
        }),
        commands: it.list("commands", |it| Command {
            line: it.text("line"),
            by: it.text("by"),
            script: it.optional_lines("script"),
            directory: it.optional("directory"),
            failure: it.optional("failure"),
            effect: it.number("effect"),
        }),
        modules: it.texts("modules"),
        links_down: it.texts("links_down"),
    }
}

/// The units.
pub(crate) fn units(it: &Answer) -> Units {
    let it = it.get("units");
    Units {
        nodes: it.list("nodes", unit),
        edges: it.list("edges", |it| Edge {
            from: it.number("from"),
            to: it.number("to"),
            kinds: it.texts("kinds"),
            cycle: it.is("cycle"),
        }),
        jobs: it.list("jobs", |it| Job {
            unit: it.number("unit"),
            verb: it.text("verb"),
            by: it.text("by"),
            after: it.numbers("after"),
            wave: it.number("wave"),
            state: it.text("state"),
        }),
        problems: it.list("problems", |it| UnitProblem {
            message: it.text("message"),
            help: it.optional("help"),
            is_note: it.is("is_note"),
            units: it.numbers("units"),
            origins: origins(it),
        }),
    }
}

/// The platforms; none if the text is no JSON.
pub(crate) fn platforms(json: &JsString) -> Option<Vec<Platform>> {
    Some(Answer::parse(json)?.items(|it| Platform {
        name: it.text("name"),
        program: it.text("program"),
        summary: it.text("summary"),
        targets: it.texts("targets"),
        reads: it.texts("reads"),
        yields: it.texts("yields"),
        lacks: it.texts("lacks"),
        limit: it.optional("limit"),
        presets: it.list("presets", |it| Preset {
            title: it.text("title"),
            text: it.raw("text").unwrap_or_default(),
        }),
        oem: it.raw("oem"),
        vendor_data: it.is("vendor_data"),
    }))
}

fn variable(it: &Answer) -> Variable {
    let origin = it.has("origin").then(|| origin(&it.get("origin")));
    Variable { name: it.text("name"), value: it.text("value"), used: it.is("used"), origin }
}

fn step(it: &Answer) -> Step {
    Step {
        who: it.text("who"),
        name: it.optional("name"),
        what: it.text("what"),
        reads: it.texts("reads"),
        state: it.text("state"),
        why: it.optional("why"),
        effects: it.numbers("effects"),
        fail: it.optional("fail"),
        depth: it.number("depth"),
    }
}

/// The effects; `known` are the same ones, due to other places.
fn effects(it: &Answer, known: Option<&[Effect]>) -> Vec<Effect> {
    let mut effects = known.map_or_else(|| it.list("effects", effect), looks_of);
    let found = it.list("origins", |it| (!it.value().is_null()).then(|| it.items(origin)));
    let mut last = Vec::new();
    for (effect, origins) in effects.iter_mut().zip(found) {
        last = origins.unwrap_or(last);
        effect.origins.clone_from(&last);
    }
    effects
}

/// Effects without what they are due to.
fn looks_of(effects: &[Effect]) -> Vec<Effect> {
    let look = |Effect { kind, title, idle, failed, fail, origins: _ }: &Effect| Effect {
        kind: kind.clone(),
        title: title.clone(),
        idle: *idle,
        failed: *failed,
        fail: fail.clone(),
        origins: Vec::new(),
    };
    effects.iter().map(look).collect()
}

fn effect(it: &Answer) -> Effect {
    Effect {
        kind: it.text("kind"),
        title: it.text("title"),
        idle: it.is("idle"),
        failed: it.is("failed"),
        fail: it.raw("fail"),
        origins: Vec::new(),
    }
}

fn origins(it: &Answer) -> Vec<Origin> {
    it.list("origins", origin)
}

fn origin(it: &Answer) -> Origin {
    Origin {
        source: match it.text("source").as_str() {
            "oem" => Source::Oem,
            "vendor" => Source::Vendor,
            "metadata" => Source::Metadata,
            "environment" => Source::Environment,
            "generated" => Source::Generated,
            _ => Source::User,
        },
        place: it.has("place").then(|| it.place("place")),
        last_line: it.number("last_line"),
        name: it.text("name"),
    }
}

fn account(it: &Answer) -> Account {
    Account {
        name: it.text("name"),
        created: it.is("created"),
        password: it.is("password"),
        options: it.texts("options"),
        keys: it.list("keys", |it| Key { set: it.text("set"), text: it.text("text") }),
        effect: it.optional_number("effect"),
    }
}

fn file(it: &Answer) -> File {
    File {
        path: it.text("path"),
        kind: it.text("kind"),
        mode: it.text("mode"),
        owner: it.optional("owner"),
        content: it.optional_lines("content"),
        before: it.optional_lines("before"),
        size: it.number("size"),
        effect: it.optional_number("effect"),
    }
}

fn unit(it: &Answer) -> Unit {
    Unit {
        name: it.text("name"),
        from: it.text("from"),
        state: it.text("state"),
        description: it.text("description"),
        files: it.texts("files"),
        origins: origins(it),
    }
}
