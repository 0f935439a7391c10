//! What is wrong in a unit's file, as data.

mod command;
mod comment;
mod fault;
mod whole;

pub use command::is_command;
pub(crate) use command::is_ignored;
pub use fault::{Effect, Fault, FaultKind};
pub use whole::{ONESHOT_RESTARTS, Refusal, together, whole};

use crate::directives::{self, Value};
use crate::file::{Assignment, LineKind, lines};
use crate::settings::{self, is_dependency};
use crate::{Release, name, network, words};

/// What a file is to its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The unit's own file.
    Unit,
    /// A part, which says nothing about what is missing.
    DropIn,
}

/// The faults of a file of the unit `unit`, in the order of the text; those of a unit as a whole
/// come last.
#[must_use]
pub fn check(text: &str, unit: &str, role: Role, release: Release) -> Vec<Fault> {
    let mut checker = Checker { text, unit, suffix: name::suffix(unit), release, faults: Vec::new() };
    checker.lines();
    if role == Role::Unit && !checker.faults.iter().any(|fault| fault.refuses(release)) {
        let settings = settings::reset(settings::read(text, unit, 0, release));
        checker.faults.extend(whole(unit, &settings, release).map(|refusal| refusal.fault));
        checker.faults.extend(whole::advice(unit, &settings));
    }
    checker.faults
}

/// The faults of a file of systemd-networkd or systemd-udevd with this suffix, as far as they do not depend on what its
/// directives mean.
#[must_use]
pub fn check_network(text: &str, suffix: &str, release: Release) -> Vec<Fault> {
    let mut faults = Vec::new();
    for line in lines(text, release) {
        match line.kind {
            LineKind::Section(name)
                if !name.starts_with("X-") && !network::sections(suffix).any(|known| known == name) =>
            {
                faults.push(Fault { span: line.span, kind: FaultKind::UnknownSection });
            }
            LineKind::BrokenHeader => {
                faults.push(Fault { span: line.span, kind: FaultKind::BrokenHeader });
                break;
            }
            LineKind::Assignment(assignment) => faults.extend(comment::fault(&assignment, text)),
            _ => {}
        }
    }
    faults
}

/// The section that the lines stand in.
#[derive(Clone, Copy)]
enum Place {
    Outside,
    Ignored,
    Section(&'static str),
}

struct Checker<'n> {
    text: &'n str,
    unit: &'n str,
    suffix: &'n str,
    release: Release,
    faults: Vec<Fault>,
}

impl Checker<'_> {
    fn lines(&mut self) {
        let mut place = Place::Outside;
        for line in lines(self.text, self.release) {
            let kind = match line.kind {
                LineKind::Section(name) => {
                    place = self.section(name);
                    match place {
                        Place::Ignored if !name.starts_with("X-") => directives::section_type(name)
                            .map_or(FaultKind::UnknownSection, FaultKind::ForeignSection),
                        _ => continue,
                    }
                }
                LineKind::BrokenHeader => FaultKind::BrokenHeader,
                LineKind::Comment | LineKind::Include => continue,
                LineKind::Assignment(_) | LineKind::Other if matches!(place, Place::Outside) => {
                    FaultKind::OutsideSection
                }
                LineKind::Other => match place {
                    Place::Section(_) => FaultKind::NoEquals,
                    _ => continue,
                },
                LineKind::Assignment(assignment) => {
                    if let Place::Section(section) = place {
                        self.assignment(section, &assignment);
                    }
                    continue;
                }
            };
            // What comes below belongs to a section that is not known.
            let is_last = kind == FaultKind::BrokenHeader;
            self.faults.push(Fault { span: line.span, kind });
            if is_last {
                return;
            }
        }
    }

    fn section(&self, name: &str) -> Place {
        let known = directives::sections(self.suffix).find(|known| *known == name);
        known.map_or(Place::Ignored, Place::Section)
    }

    fn assignment(&mut self, section: &'static str, assignment: &Assignment<'_>) {
        let key = assignment.key;
        let fault = match directives::directive(section, key) {
            Some(directive) => match directive.since.filter(|since| *since > self.release) {
                Some(since) => FaultKind::FutureDirective(since),
                None => {
                    if !assignment.value.is_empty() {
                        self.value(section, assignment, directive.boolean);
                    }
                    return;
                }
            },
            None if key.starts_with("X-") => return,
            None => {
                let mut others = directives::sections(self.suffix);
                let other = others.find(|other| directives::directive(other, key).is_some());
                match other {
                    Some(other) => FaultKind::ForeignDirective(section, other),
                    None => FaultKind::UnknownDirective(section),
                }
            }
        };
        self.faults.push(Fault { span: assignment.key_span, kind: fault });
    }

    fn value(&mut self, section: &'static str, assignment: &Assignment<'_>, boolean: bool) {
        let (key, value) = (assignment.key, &*assignment.value);
        self.faults.extend(comment::fault(assignment, self.text));
        let whole =
            directives::value(section, key, value, boolean, self.release).map(|wanted| match wanted {
                // This is taken seriously enough to refuse the unit.
                Value::Boolean => FaultKind::InvalidBoolean { fatal: key == "DynamicUser" },
                Value::TimeSpan => FaultKind::InvalidTimeSpan,
                Value::Choice(choices) => FaultKind::InvalidChoice(choices),
            });
        self.faults.extend(whole.map(|kind| Fault { span: assignment.value_span, kind }));
        if is_command(key) {
            command::check(assignment, self.unit, self.release, &mut self.faults);
        } else if key == "Environment" {
            self.environment(assignment);
        } else if names_units(section, key) {
            self.unit_names(assignment);
        }
    }

    fn environment(&mut self, assignment: &Assignment<'_>) {
        let (words, open) = words::split(&assignment.value);
        if let Some(at) = open {
            // systemd ignores the rest of the line, in which no word can be told.
            let span = assignment.part(at, assignment.value.len());
            self.faults.push(Fault { span, kind: FaultKind::InvalidAssignment });
            return;
        }
        for word in words {
            let name = word.text.split_once('=').map_or("", |(name, _)| name);
            let is_name = !name.is_empty()
                && !name.starts_with(|char: char| char.is_ascii_digit())
                && name.chars().all(|char| char.is_ascii_alphanumeric() || char == '_');
            // What specifiers or variables make of it cannot be told.
            if !is_name && !name.contains(['%', '$', '{']) {
                let span = assignment.part(word.start, word.end);
                self.faults.push(Fault { span, kind: FaultKind::InvalidAssignment });
            }
        }
    }

    fn unit_names(&mut self, assignment: &Assignment<'_>) {
        let mut at = 0;
        for word in settings::words(&assignment.value) {
            let start = assignment.value[at..].find(word).map_or(at, |found| at + found);
            at = start + word.len();
            let expanded = name::expand(word, self.unit);
            if expanded.contains(['%', '$']) || word.is_empty() {
                continue;
            }
            // The instance of a template is not known.
            if name::fault(&expanded).is_some() && !(name::is_template(self.unit) && word.contains('%')) {
                let span = assignment.part(start, at);
                self.faults.push(Fault { span, kind: FaultKind::InvalidUnitName });
            }
        }
    }
}

/// Whether a directive takes names of units.
#[must_use]
pub fn names_units(section: &str, key: &str) -> bool {
    is_dependency(section, key)
        || match section {
            "Install" => key != "DefaultInstance",
            "Timer" | "Path" => key == "Unit",
            "Socket" => key == "Service",
            "Service" => key == "Sockets",
            _ => false,
        }
}
