//! An answer of the preview, read as far as something asks for it: drawing the visible tab must not
//! pay for the others.

use std::cell::OnceCell;

use dryboot_wasm::protocol::boot::{Boot, Effect, Machine, Units};
use js_sys::JsString;

use super::answer;
use crate::answer::Answer;

/// A boot on one platform.
#[derive(Debug)]
pub(crate) struct Preview {
    /// All but the machine and the units.
    boot: Boot,
    machine: OnceCell<Machine>,
    units: OnceCell<Units>,
    json: Option<Answer>,
}

impl Preview {
    /// Reads an answer; none if it is no JSON.
    pub(crate) fn read(json: &JsString) -> Option<Self> {
        let json = Answer::parse(json)?;
        let boot = answer::boot(&json);
        Some(Self { boot, machine: OnceCell::new(), units: OnceCell::new(), json: Some(json) })
    }

    pub(crate) fn boot(&self) -> &Boot {
        &self.boot
    }

    pub(crate) fn machine(&self) -> &Machine {
        self.machine.get_or_init(|| self.json.as_ref().map(answer::machine).unwrap_or_default())
    }

    pub(crate) fn units(&self) -> &Units {
        self.units.get_or_init(|| self.json.as_ref().map(answer::units).unwrap_or_default())
    }

    /// How many problems the units have, without notes; it is asked for without the units.
    pub(crate) fn unit_problems(&self) -> usize {
        match &self.json {
            Some(json) => {
                let notes = json.get("units").list("problems", |it| it.is("is_note"));
                notes.iter().filter(|is_note| !**is_note).count()
            }
            None => self.units().problems.iter().filter(|problem| !problem.is_note).count(),
        }
    }

    pub(crate) fn effect(&self, index: u32) -> Option<&Effect> {
        self.boot.effects.get(usize::try_from(index).ok()?)
    }
}

/// One preview is like no other: what was answered anew is drawn anew.
impl PartialEq for Preview {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Preview {}

#[cfg(test)]
impl From<Boot> for Preview {
    fn from(boot: Boot) -> Self {
        let (machine, units) = (boot.machine.clone().into(), boot.units.clone().into());
        Self { boot, machine, units, json: None }
    }
}
