//! Stanzas to interfaces: who stands on whom, and in which order their units are named.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::stanza::Stanza;
use super::{Draft, Method, NetconfError, Shape};

/// The interfaces of all stanzas, sorted by name.
pub(super) fn build(stanzas: Vec<Stanza>) -> Result<Vec<Draft>, NetconfError> {
    let mut drafts = drafts(stanzas);
    link(&mut drafts);
    for (name, depth) in depths(&drafts)? {
        if let Some(draft) = drafts.get_mut(&name) {
            draft.depth = depth;
        }
    }
    Ok(drafts.into_values().collect())
}

/// One interface for each name: the last stanza wins. Interfaces that bonds and vlans stand on
/// exist without a stanza of their own, unless one came before.
fn drafts(stanzas: Vec<Stanza>) -> BTreeMap<String, Draft> {
    let mut drafts = BTreeMap::new();
    for Stanza { name, method, shape } in stanzas {
        let carriers: Vec<String> = match &shape {
            Shape::Bond { slaves, .. } => slaves.clone(),
            Shape::Vlan { parent, .. } => parent.iter().cloned().collect(),
            Shape::Physical if matches!(method, Method::Loopback) => continue,
            Shape::Physical => Vec::new(),
        };
        // A bond is there before its slaves, a vlan after its carrier: it shows when an interface
        // stands on itself.
        let is_bond = matches!(shape, Shape::Bond { .. });
        let draft = Draft::new(name.clone(), method, shape);
        if is_bond {
            drafts.insert(name.clone(), draft.clone());
        }
        for carrier in carriers {
            let manual = || Draft::new(carrier.clone(), Method::Manual, Shape::Physical);
            drafts.entry(carrier.clone()).or_insert_with(manual);
        }
        if !is_bond {
            drafts.insert(name, draft);
        }
    }
    drafts
}

impl Draft {
    pub(super) fn new(name: String, method: Method, shape: Shape) -> Self {
        Self { name, mac: None, method, shape, dependants: Vec::new(), depth: 0 }
    }
}

/// Tells every interface what stands on it. Nothing stands on a vlan.
fn link(drafts: &mut BTreeMap<String, Draft>) {
    let links: Vec<(String, String)> = drafts
        .values()
        .flat_map(|draft| {
            match &draft.shape {
                Shape::Bond { slaves, .. } => slaves.clone(),
                Shape::Vlan { parent, .. } => parent.iter().cloned().collect(),
                Shape::Physical => Vec::new(),
            }
            .into_iter()
            .map(|carrier| (carrier, draft.name.clone()))
        })
        .collect();
    for (carrier, name) in links {
        let Some(kind) = drafts.get(&name).map(|draft| draft.shape.kind()) else { continue };
        if let Some(carrier) = drafts.get_mut(&carrier)
            && !matches!(carrier.shape, Shape::Vlan { .. })
        {
            carrier.dependants.push((kind, name));
        }
    }
}

/// How many interfaces stand on each other at most, for every interface that is reached from one
/// that stands on nothing. The program walks up from those.
fn depths(drafts: &BTreeMap<String, Draft>) -> Result<BTreeMap<String, usize>, NetconfError> {
    let above = |name: &str| drafts.get(name).into_iter().flat_map(|draft| &draft.dependants);
    let carried: HashSet<&str> =
        drafts.keys().flat_map(|name| above(name)).map(|(_, name)| name.as_str()).collect();
    let roots: Vec<&str> = drafts.keys().map(String::as_str).filter(|name| !carried.contains(name)).collect();

    let mut reached: HashSet<&str> = roots.iter().copied().collect();
    let mut waiting = roots;
    while let Some(name) = waiting.pop() {
        waiting.extend(above(name).map(|(_, name)| name.as_str()).filter(|name| reached.insert(name)));
    }

    // From the top down: an interface is known once all that stands on it is.
    let mut below: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut unknown: HashMap<&str, usize> = HashMap::new();
    for &name in &reached {
        unknown.insert(name, above(name).count());
        for (_, dependant) in above(name) {
            below.entry(dependant).or_default().push(name);
        }
    }
    let mut ready: Vec<&str> = reached.iter().copied().filter(|name| unknown.get(name) == Some(&0)).collect();
    let mut depths: BTreeMap<String, usize> = BTreeMap::new();
    while let Some(name) = ready.pop() {
        let depth =
            above(name).filter_map(|(_, name)| depths.get(name)).max().map_or(0, |deepest| deepest + 1);
        depths.insert(name.to_owned(), depth);
        for &carrier in below.get(name).into_iter().flatten() {
            if let Some(left) = unknown.get_mut(carrier) {
                *left -= 1;
                if *left == 0 {
                    ready.push(carrier);
                }
            }
        }
    }
    if depths.len() < reached.len() {
        // Some stand on themselves, and the program follows the circle until its stack is full.
        return Err(NetconfError::Panic("stack overflow".to_owned()));
    }
    Ok(depths)
}

#[cfg(test)]
mod tests {
    use dryboot_coreos::Target;

    use super::*;
    use crate::netconf::NetconfFormat;
    use crate::netconf::convert_netconf;

    fn names(text: &str) -> Result<Vec<String>, NetconfError> {
        let netconf = convert_netconf(text, NetconfFormat::Debian, Target::CoreOs)?;
        Ok(netconf.interfaces.into_iter().map(|interface| interface.filename).collect())
    }

    #[test]
    fn a_long_tower_of_interfaces_is_counted_without_a_long_stack() {
        let floor = |level: usize| format!("iface b{level:05} inet manual\n bond-slaves b{:05}\n", level - 1);
        let tower: String = (1..20_000).map(floor).collect();
        let names = names(&tower).expect("converted");
        assert_eq!(names.len(), 20_000);
        assert_eq!(names[0], format!("{:02x}-b00000", 19_999));
        assert_eq!(names[19_999], "00-b19999");
    }

    #[test]
    fn a_circle_kills_the_program_only_when_it_is_reached() {
        let circle = "iface a inet manual\n bond-slaves b\niface b inet manual\n bond-slaves a\n";
        assert_eq!(names(circle), Ok(vec!["00-a".to_owned(), "00-b".to_owned()]));
        let reached = circle.replace("slaves b", "slaves b eth0");
        assert_eq!(names(&reached), Err(NetconfError::Panic("stack overflow".to_owned())));
    }
}
