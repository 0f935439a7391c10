//! How a graph comes about.

use std::collections::{BTreeMap, BTreeSet};

use super::table::{DEFAULTS, DIRECTORIES, NETWORK_MOUNT, NETWORK_TYPES, TIME_SET, WRITTEN};
use super::{Graph, Kind, NodeId, Reason};
use crate::load::Catalog;
use crate::settings::{Setting, is_path_trigger, words};
use crate::{Effort, Release, check, name};

pub(super) fn build<'r>(
    catalog: &Catalog,
    roots: impl IntoIterator<Item = &'r str>,
    release: Release,
    effort: &Effort,
) -> Graph {
    let graph = Graph {
        release,
        units: Vec::new(),
        names: BTreeMap::new(),
        edges: Vec::new(),
        known: BTreeSet::new(),
        outgoing: Vec::new(),
        incoming: Vec::new(),
    };
    let mut builder = Builder { catalog, graph, has: BTreeMap::new(), effort };
    for root in roots {
        builder.node(root);
    }
    let mut next = 0;
    while next < builder.graph.units.len() && !effort.is_exhausted() {
        let edges = builder.graph.edges.len();
        builder.unit(NodeId(next));
        effort.spend(EDGE * (builder.graph.edges.len() - edges));
        next += 1;
    }
    builder.targets();
    builder.graph
}

/// systemd takes no longer paths (`PATH_MAX`, with the NUL).
const LONGEST_PATH: usize = 4096;

/// A dependency is found, stored and looked up.
const EDGE: usize = 8;

struct Builder<'c> {
    catalog: &'c Catalog,
    graph: Graph,
    /// Whether the catalog has a unit, for those that many units ask for.
    has: BTreeMap<String, bool>,
    effort: &'c Effort,
}

impl Builder<'_> {
    /// The node of a unit, which is loaded when it is new.
    fn node(&mut self, asked: &str) -> NodeId {
        if let Some(node) = self.graph.find(asked) {
            return node;
        }
        let unit = self.catalog.load(asked, self.graph.release);
        self.effort.spend(EDGE + unit.weight(self.catalog));
        let node = self.graph.find(&unit.name).unwrap_or_else(|| {
            let node = NodeId(self.graph.units.len());
            self.graph.names.insert(unit.name.clone(), node);
            for alias in &unit.aliases {
                self.graph.names.entry(alias.clone()).or_insert(node);
            }
            self.graph.units.push(unit);
            self.graph.outgoing.push(Vec::new());
            self.graph.incoming.push(Vec::new());
            node
        });
        self.graph.names.insert(asked.to_owned(), node);
        node
    }

    fn link(&mut self, from: NodeId, kind: Kind, to: &str, reason: Reason) {
        let to = self.node(to);
        self.graph.add(from, to, kind, reason);
    }

    /// A dependency that is not written, on a unit that the catalog has.
    fn unwritten(&mut self, from: NodeId, kind: Kind, to: &str, reason: Reason) {
        let has = match self.has.get(to) {
            Some(has) => *has,
            None => {
                let has = self.graph.find(to).is_some_and(|node| self.graph.unit(node).fragment.is_some())
                    || self.catalog.has(to);
                self.has.insert(to.to_owned(), has);
                has
            }
        };
        if has {
            self.link(from, kind, to, reason);
        }
    }

    fn unit(&mut self, node: NodeId) {
        let unit = self.graph.unit(node).clone();
        if !unit.is_loaded() {
            return;
        }
        for setting in &unit.settings {
            self.setting(node, &unit.name, setting);
        }
        for link in &unit.links {
            let kind = match link.directive {
                "Requires" => Kind::Requires,
                "Upholds" => Kind::Upholds,
                _ => Kind::Wants,
            };
            self.link(node, kind, &link.unit, Reason::Link(link.path.clone()));
        }
        self.implicit(node, &unit);
        if unit.flag("Unit", "DefaultDependencies", true) {
            self.defaults(node, &unit);
        }
    }

    fn setting(&mut self, node: NodeId, unit: &str, setting: &Setting) {
        let reason = || Reason::Written { unit: node, file: setting.file, span: setting.value_span };
        let mut kinds: &[Kind] = &[];
        let mut reverse = false;
        match (setting.section, setting.key.as_str()) {
            ("Unit", "RequiresMountsFor") => {
                return self.mounts(node, &setting.value, Kind::Requires, &reason());
            }
            ("Unit", "WantsMountsFor") => return self.mounts(node, &setting.value, Kind::Wants, &reason()),
            ("Unit", key) => {
                let found = WRITTEN.iter().find(|(directive, ..)| *directive == key);
                if let Some((_, kind, is_reverse)) = found {
                    (kinds, reverse) = (std::slice::from_ref(kind), *is_reverse);
                }
            }
            ("Service", "Sockets") => kinds = &[Kind::Wants, Kind::After],
            ("Timer" | "Path", "Unit") | ("Socket", "Service") => kinds = &[Kind::Triggers, Kind::Before],
            (_, "Slice") => kinds = &[Kind::Requires, Kind::After],
            _ => {}
        }
        if kinds.is_empty() {
            return;
        }
        for word in words(&setting.value) {
            let Some(other) = named(word, unit) else { continue };
            let other = self.node(&other);
            for kind in kinds {
                let (from, to) = if reverse { (other, node) } else { (node, other) };
                self.graph.add(from, to, *kind, reason());
            }
        }
    }

    /// The mounts that paths need, as far as there are units for them.
    fn mounts(&mut self, node: NodeId, paths: &str, kind: Kind, reason: &Reason) {
        for path in words(paths).filter(|path| path.starts_with('/') && path.len() < LONGEST_PATH) {
            let parts = path.char_indices().filter(|(at, char)| *char == '/' && *at > 0).map(|(at, _)| at);
            let ends = [1].into_iter().chain(parts).chain([path.len()]);
            for end in ends.collect::<BTreeSet<_>>() {
                let mount = name::of_path(&path[..end], "mount");
                if mount.len() > name::LONGEST {
                    break;
                }
                self.unwritten(node, kind, &mount, reason.clone());
                self.unwritten(node, Kind::After, &mount, reason.clone());
            }
        }
    }

    fn implicit(&mut self, node: NodeId, unit: &crate::load::Unit) {
        let implicit = Reason::Implicit;
        let suffix = name::suffix(&unit.name).to_owned();
        let section = match suffix.as_str() {
            "service" => "Service",
            "mount" => "Mount",
            "swap" => "Swap",
            "socket" if unit.settings.iter().any(|setting| check::is_command(&setting.key)) => "Socket",
            _ => "",
        };
        if !section.is_empty() {
            self.processes(node, unit, section);
        }
        match suffix.as_str() {
            "service" => {
                let is_dbus =
                    unit.text("Service", "Type") == "dbus" || unit.value("Service", "BusName").is_some();
                if is_dbus {
                    self.unwritten(node, Kind::Requires, "dbus.socket", implicit.clone());
                    self.unwritten(node, Kind::After, "dbus.socket", implicit.clone());
                }
            }
            "timer" => self.triggers(node, unit, "Timer", "Unit"),
            "path" => {
                self.triggers(node, unit, "Path", "Unit");
                let paths = unit.settings.iter().filter(|setting| setting.section == "Path");
                for setting in paths.filter(|setting| is_path_trigger(&setting.key)) {
                    self.mounts(node, &setting.value, Kind::Requires, &implicit);
                }
            }
            "socket" if !unit.flag("Socket", "Accept", false) => {
                self.triggers(node, unit, "Socket", "Service");
            }
            "automount" => {
                let mount = name::with_suffix(&unit.name, "mount");
                self.link(node, Kind::Triggers, &mount, implicit.clone());
                self.link(node, Kind::Before, &mount, implicit.clone());
            }
            "mount" => {
                let place = name::unescape_path(name::stem(&unit.name));
                let parent = place.rsplit_once('/').map_or("", |(parent, _)| parent);
                self.mounts(node, if parent.is_empty() { "/" } else { parent }, Kind::Requires, &implicit);
                self.device(node, unit.text("Mount", "What"));
            }
            "swap" => {
                let what = unit.text("Swap", "What");
                if what.starts_with('/') && !what.starts_with("/dev/") {
                    self.unwritten(node, Kind::After, "systemd-remount-fs.service", implicit);
                }
                self.device(node, what);
            }
            _ => {}
        }
    }

    /// What units with processes need (`unit_add_exec_dependencies`).
    fn processes(&mut self, node: NodeId, unit: &crate::load::Unit, section: &str) {
        for (key, base, on_root) in DIRECTORIES {
            if on_root && unit.value(section, key).is_some() {
                self.unwritten(node, Kind::After, "systemd-remount-fs.service", Reason::Implicit);
            }
            for path in words(unit.text(section, key)) {
                let path = path.split(':').next().unwrap_or_default().trim_start_matches('-');
                self.mounts(node, &format!("{base}{path}"), Kind::Requires, &Reason::Implicit);
            }
        }
        if unit.flag(section, "PrivateTmp", false) {
            self.mounts(node, "/tmp /var/tmp", Kind::Requires, &Reason::Implicit);
            self.unwritten(node, Kind::After, "systemd-tmpfiles-setup.service", Reason::Implicit);
        }
        let output = match unit.text(section, "StandardOutput") {
            "" => "journal",
            "inherit" if matches!(unit.text(section, "StandardInput"), "" | "null") => "journal",
            output => output,
        };
        let logs = |output: &str| ["journal", "kmsg", "syslog"].iter().any(|log| output.starts_with(log));
        if logs(output) || logs(unit.text(section, "StandardError")) {
            self.unwritten(node, Kind::After, "systemd-journald.socket", Reason::Implicit);
        }
    }

    /// What a timer, path or socket starts when nothing is written.
    fn triggers(&mut self, node: NodeId, unit: &crate::load::Unit, section: &str, key: &str) {
        if unit.value(section, key).is_none() {
            let service = name::with_suffix(&unit.name, "service");
            self.link(node, Kind::Triggers, &service, Reason::Implicit);
            self.link(node, Kind::Before, &service, Reason::Implicit);
        }
    }

    /// The device behind a mount or swap.
    fn device(&mut self, node: NodeId, what: &str) {
        let tag =
            [("LABEL=", "label"), ("UUID=", "uuid"), ("PARTLABEL=", "partlabel"), ("PARTUUID=", "partuuid")];
        let tagged = tag.iter().find_map(|(prefix, directory)| {
            let value = what.strip_prefix(prefix)?.trim_matches('"');
            Some(format!("/dev/disk/by-{directory}/{value}"))
        });
        let path = tagged.unwrap_or_else(|| what.to_owned());
        if path.starts_with("/dev/") || path.starts_with("/sys/") {
            let device = name::of_path(&path, "device");
            self.link(node, Kind::Requires, &device, Reason::Implicit);
            self.link(node, Kind::After, &device, Reason::Implicit);
        }
    }

    fn defaults(&mut self, node: NodeId, unit: &crate::load::Unit) {
        let suffix = name::suffix(&unit.name).to_owned();
        let options = unit.text("Mount", "Options");
        let is_network = suffix == "mount"
            && (NETWORK_TYPES.contains(&unit.text("Mount", "Type"))
                || options.split(',').any(|option| option == "_netdev"));
        if is_network {
            for (kind, other) in NETWORK_MOUNT {
                self.unwritten(node, kind, other, Reason::Default);
            }
            return self.unwritten(node, Kind::Before, "umount.target", Reason::Default);
        }
        for (_, kind, other) in DEFAULTS.iter().filter(|(of, ..)| *of == suffix) {
            self.unwritten(node, *kind, other, Reason::Default);
        }
        if suffix == "mount" && unit.text("Mount", "Type") == "tmpfs" {
            self.unwritten(node, Kind::After, "swap.target", Reason::Default);
        }
        if suffix == "timer" && unit.value("Timer", "OnCalendar").is_some() {
            self.unwritten(node, Kind::After, "time-sync.target", Reason::Default);
            if self.graph.release >= TIME_SET {
                self.unwritten(node, Kind::After, "time-set.target", Reason::Default);
            }
        }
    }

    /// A target is after what it wants, unless one of the two has no default dependencies, or the
    /// other is after it.
    fn targets(&mut self) {
        let has_defaults = |graph: &Graph, node: NodeId| {
            let unit = graph.unit(node);
            unit.is_loaded() && unit.flag("Unit", "DefaultDependencies", true)
        };
        for index in 0..self.graph.units.len() {
            let target = NodeId(index);
            if name::suffix(&self.graph.unit(target).name) != "target" || !has_defaults(&self.graph, target) {
                continue;
            }
            let pulls = |kind| {
                matches!(kind, Kind::Requires | Kind::Requisite | Kind::Wants | Kind::BindsTo | Kind::Upholds)
            };
            let wanted: Vec<NodeId> = self
                .graph
                .outgoing(target)
                .filter(|(_, edge)| pulls(edge.kind))
                .map(|(_, edge)| edge.to)
                .collect();
            let later: BTreeSet<NodeId> = self.graph.later(target).map(|(_, node)| node).collect();
            for other in wanted {
                if has_defaults(&self.graph, other) && !later.contains(&other) {
                    self.graph.add(target, other, Kind::After, Reason::Default);
                }
            }
        }
    }
}

/// The unit that a word names: a template stands for the instance that the unit itself is, or else
/// for that of the unit's name (`resolve_template`).
fn named(word: &str, unit: &str) -> Option<String> {
    let instance = name::instance(unit).filter(|instance| !instance.is_empty());
    let named = match name::is_template(word) {
        true => name::instantiate(word, instance.unwrap_or_else(|| name::prefix(unit))),
        false => word.to_owned(),
    };
    name::fault(&named).is_none().then_some(named)
}
