//! What may stand in a config: one declarative table per section, for checking, decoding, hover,
//! completion and documentation alike.
//!
//! The programs know the same keys in all of their versions, so nothing here has a lifetime.

mod cloud_config;
mod etcd;
mod patterns;
mod services;

use dryboot_schema::{Deprecated, Grade, Names, Object, Release};

pub use cloud_config::{
    CLOUD_CONFIG, COREOS, DROP_IN, ENCODINGS, FILE, OEM, ROOT, UNIT, UNIT_COMMANDS, UPDATE, USER,
};
pub use etcd::{ETCD, ETCD2};
pub use patterns::PERMISSIONS;
pub use services::{FLANNEL, FLEET, LOCKSMITH};

/// The validators of both programs take hyphens for underscores.
pub const NAMES: Names = Names::Folded;

/// What the programs call deprecated, with their words for it.
const fn because(words: &'static str) -> Deprecated {
    let none = Release::new(0, 0);
    Deprecated { version: none, reported_since: none, grade: Grade::Deprecated, instead: "", because: words }
}

/// A mapping of the tables, with its place and its type.
#[derive(Debug)]
pub struct Section {
    /// The table of its keys.
    pub object: &'static Object,
    /// Where it stands, list elements as `[]`; empty for the top level.
    pub path: &'static str,
    /// Its type in Go, which appears in messages.
    pub go_type: &'static str,
}

/// Every section of a cloud-config, parents before children.
pub static SECTIONS: [Section; 13] = [
    Section { object: &CLOUD_CONFIG, path: "", go_type: "config.CloudConfig" },
    Section { object: &FILE, path: "write_files[]", go_type: "config.File" },
    Section { object: &USER, path: "users[]", go_type: "config.User" },
    Section { object: &COREOS, path: "coreos", go_type: "config.CoreOS" },
    Section { object: &UNIT, path: "coreos.units[]", go_type: "config.Unit" },
    Section { object: &DROP_IN, path: "coreos.units[].drop_ins[]", go_type: "config.UnitDropIn" },
    Section { object: &UPDATE, path: "coreos.update", go_type: "config.Update" },
    Section { object: &OEM, path: "coreos.oem", go_type: "config.OEM" },
    Section { object: &ETCD, path: "coreos.etcd", go_type: "config.Etcd" },
    Section { object: &ETCD2, path: "coreos.etcd2", go_type: "config.Etcd2" },
    Section { object: &FLEET, path: "coreos.fleet", go_type: "config.Fleet" },
    Section { object: &FLANNEL, path: "coreos.flannel", go_type: "config.Flannel" },
    Section { object: &LOCKSMITH, path: "coreos.locksmith", go_type: "config.Locksmith" },
];

/// A string whose type has a name of its own in Go.
#[derive(Debug)]
pub struct NamedString {
    /// Its key, which no other section has.
    pub key: &'static str,
    /// Its type in Go, which appears in messages.
    pub go_type: &'static str,
    /// What it may be. The validators do not check it; other values stop the boot.
    pub values: &'static [&'static str],
}

/// The only one.
pub static ETC_HOSTS: NamedString =
    NamedString { key: "manage_etc_hosts", go_type: "config.EtcHosts", values: &["localhost"] };

#[cfg(test)]
mod tests {
    use dryboot_schema::known::Found;

    use super::*;
    use crate::kind::Kind;

    #[test]
    fn every_key_is_documented_in_one_sentence_and_unique_in_its_section() {
        for section in &SECTIONS {
            for (index, key) in section.object.keys.iter().enumerate() {
                let doc = key.node.doc;
                assert!(doc.ends_with('.') && !doc.contains('\n'), "{}.{}", section.path, key.name);
                let found = section.object.position(key.name, NAMES);
                assert_eq!(found.map(|found| found.0), Some(index));
            }
        }
    }

    #[test]
    fn every_section_stands_at_its_path() {
        for section in &SECTIONS {
            let steps = section.path.split('.').filter(|step| !step.is_empty());
            let found = steps.fold(Found::root(&ROOT, NAMES), |found, step| match step.strip_suffix("[]") {
                Some(list) => found.value(list, &[]).item(),
                None => found.value(step, &[]),
            });
            let kinds: Vec<Kind> = found.forms.iter().map(|form| Kind::of(form.node)).collect();
            assert_eq!(kinds, [Kind::Section(section.object)], "{}", section.path);
            assert_eq!(found.pattern, section.path);
        }
        let with_keys = |kind| match kind {
            Kind::Section(object) | Kind::Sections(object) => SECTIONS.iter().any(|row| row.object == object),
            _ => true,
        };
        let mut keys = SECTIONS.iter().flat_map(|section| section.object.keys);
        assert!(keys.all(|key| with_keys(Kind::of(&key.node))));
    }
}
