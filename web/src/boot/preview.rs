//! An answer of the preview, read as far as something asks for it: drawing the visible tab must not
//! pay for the others.

use std::cell::OnceCell;
use std::rc::Rc;

use dryboot_wasm::protocol::boot::{Boot, Effect, Machine, Units, Wanted};
use js_sys::{JSON, JsString};

use super::answer;
use super::problems::{self, Problem};
use crate::answer::Answer;

/// A boot on one platform.
#[derive(Debug)]
pub(crate) struct Preview {
    /// All but the machine and the units.
    boot: Boot,
    /// The effects without what they are due to, as JSON: they are read anew only if they are new.
    looks: Option<JsString>,
    /// What this answer, or the last one with a machine, has of it.
    of_machine: Option<Answer>,
    machine: OnceCell<Machine>,
    units: OnceCell<Option<Units>>,
    unit_problems: Rc<[Problem]>,
    json: Option<Answer>,
}

impl Preview {
    /// Reads an answer; none if it is no JSON. What it leaves out of the machine and the units is as it was in the `previous`
    /// one.
    pub(crate) fn read(json: &JsString, previous: Option<&Self>) -> Option<Self> {
        let json = Answer::parse(json)?;
        let looks = JSON::stringify(json.get("effects").value()).ok();
        let same = previous.filter(|previous| looks.is_some() && previous.looks == looks);
        let boot = answer::boot(&json, same.map(|same| same.boot.effects.as_slice()));
        let machine = || previous.and_then(|previous| previous.of_machine.clone());
        let read = Self {
            boot,
            looks,
            of_machine: if json.has("machine") { Some(json.get("machine")) } else { machine() },
            machine: OnceCell::new(),
            units: OnceCell::new(),
            unit_problems: previous.map(|previous| Rc::clone(&previous.unit_problems)).unwrap_or_default(),
            json: Some(json),
        };
        Some(match read.reads_unit_problems() {
            true => Self { unit_problems: read.units().map(faults).unwrap_or_default(), ..read },
            false => read,
        })
    }

    pub(crate) fn boot(&self) -> &Boot {
        &self.boot
    }

    pub(crate) fn machine(&self) -> &Machine {
        self.machine.get_or_init(|| self.of_machine.as_ref().map(answer::machine).unwrap_or_default())
    }

    /// Whether there is something to say about this part.
    pub(crate) fn has_part(&self, name: &str) -> bool {
        self.boot.parts.iter().any(|part| part == name)
    }

    /// The units, if they were asked for.
    pub(crate) fn units(&self) -> Option<&Units> {
        let read = || self.json.as_ref().filter(|json| json.has("units")).map(answer::units);
        self.units.get_or_init(read).as_ref()
    }

    /// Whether the answer has what is wanted; that is not read yet.
    pub(crate) fn has(&self, wanted: Wanted) -> bool {
        let has = |key| self.json.as_ref().is_some_and(|json| json.has(key));
        (has("units") || !wanted.units) && (has("machine") || !wanted.machine)
    }

    /// What goes wrong with the units.
    pub(crate) fn unit_problems(&self) -> &[Problem] {
        &self.unit_problems
    }

    /// Whether there is something to read: the units themselves are not, if nothing is wrong with them.
    fn reads_unit_problems(&self) -> bool {
        let had_some = !self.unit_problems.is_empty();
        let has_some = |json: &Answer| !json.get("units").list("problems", |_| ()).is_empty();
        self.json.as_ref().is_some_and(|json| json.has("units") && (had_some || has_some(json)))
    }

    /// Whether the stages look the same: what is behind them may lie elsewhere on the same lines.
    pub(crate) fn stages_look_like(&self, other: &Self) -> bool {
        let (effects, others) = (&self.boot.effects, &other.boot.effects);
        self.boot.stages == other.boot.stages
            && effects.len() == others.len()
            && effects.iter().zip(others).all(|(effect, other)| look_alike(effect, other))
    }

    pub(crate) fn effect(&self, index: u32) -> Option<&Effect> {
        self.boot.effects.get(usize::try_from(index).ok()?)
    }
}

/// The problems of units that are not only worth knowing.
fn faults(units: &Units) -> Rc<[Problem]> {
    problems::of_units(units).into_iter().filter(|problem| !problem.is_note).collect()
}

fn look_alike(effect: &Effect, other: &Effect) -> bool {
    let Effect { kind, title, idle, failed, fail, origins } = effect;
    (kind, title, idle, failed, fail) == (&other.kind, &other.title, &other.idle, &other.failed, &other.fail)
        && origins.len() == other.origins.len()
        && origins.iter().zip(&other.origins).all(|(origin, other)| origin.is_on_lines_of(other))
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
        let machine = boot.machine.clone().unwrap_or_default().into();
        let units = boot.units.clone().into();
        Self { boot, looks: None, of_machine: None, machine, units, unit_problems: Rc::default(), json: None }
    }
}

#[cfg(test)]
mod tests {
    use dryboot_wasm::protocol::boot::Place;
    use dryboot_wasm::protocol::boot::{Boot, Effect, Origin};

    use super::*;

    fn preview(title: &str, from: u32, line: u32) -> Preview {
        let place = Some(Place { from, to: from + 1, line, column: 1 });
        let origins = vec![Origin { place, last_line: line, ..Origin::default() }];
        Boot {
            effects: vec![Effect { title: title.to_owned(), origins, ..Effect::default() }],
            ..Boot::default()
        }
        .into()
    }

    #[test]
    fn offsets_do_not_show_and_all_else_does() {
        let before = preview("write", 10, 2);
        assert!(before.stages_look_like(&preview("write", 11, 2)));
        assert!(!before.stages_look_like(&preview("write", 11, 3)));
        assert!(!before.stages_look_like(&preview("enable", 10, 2)));
    }
}
