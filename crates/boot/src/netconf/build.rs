//! Stanzas to interfaces: who stands on whom, and in which order their units are named.

use std::collections::BTreeMap;

use super::stanza::Stanza;
use super::{Draft, Method, NetconfError, Shape};

/// The interfaces of all stanzas, sorted by name.
pub(super) fn build(stanzas: Vec<Stanza>) -> Result<Vec<Draft>, NetconfError> {
    let mut drafts = drafts(stanzas);
    link(&mut drafts);
    let depths = Depths::of(&drafts)?;
    for (name, depth) in depths {
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

/// How many interfaces stand on each other, counted from those that stand on nothing.
struct Depths<'d> {
    drafts: &'d BTreeMap<String, Draft>,
    known: BTreeMap<String, usize>,
    open: Vec<&'d str>,
}

impl<'d> Depths<'d> {
    fn of(drafts: &'d BTreeMap<String, Draft>) -> Result<BTreeMap<String, usize>, NetconfError> {
        let mut depths = Self { drafts, known: BTreeMap::new(), open: Vec::new() };
        let carried: Vec<&str> = drafts
            .values()
            .flat_map(|draft| draft.dependants.iter().map(|(_, name)| name.as_str()))
            .collect();
        for name in drafts.keys().filter(|name| !carried.contains(&name.as_str())) {
            depths.visit(name)?;
        }
        Ok(depths.known)
    }

    fn visit(&mut self, name: &'d str) -> Result<usize, NetconfError> {
        if let Some(&known) = self.known.get(name) {
            return Ok(known);
        }
        if self.open.contains(&name) {
            // The program follows the circle until its stack is full.
            return Err(NetconfError::Panic("stack overflow".to_owned()));
        }
        let Some(draft) = self.drafts.get(name) else { return Ok(0) };
        self.open.push(name);
        let mut depth = 0;
        for (_, dependant) in &draft.dependants {
            depth = depth.max(self.visit(dependant)? + 1);
        }
        self.open.pop();
        self.known.insert(name.to_owned(), depth);
        Ok(depth)
    }
}
