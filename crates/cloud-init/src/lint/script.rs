//! The script that `runcmd` or `bootcmd` becomes, with the way back to the items.

use std::ops::Range;
use std::rc::Rc;

use dryboot_schema::Value;
use dryboot_yaml::Span;

use super::{At, Context, written};
use crate::shell::{self, Command, Word, name};

/// All items of `runcmd` or `bootcmd`: cloud-init writes them into one script for `sh`.
pub(crate) struct Script<'c> {
    pieces: Vec<Piece<'c>>,
    /// The commands, in the order of the script.
    pub(crate) commands: Vec<Step>,
}

/// A command of a script.
pub(crate) struct Step {
    pub(crate) command: Command,
    /// Which item it stands in.
    pub(crate) item: usize,
    /// Whether it is what a shell that is not `sh` reads.
    pub(crate) in_bash: bool,
    /// What runs the shell that runs it, if that is not the script's own: `sudo`, `-u`, `app`.
    within: Vec<String>,
}

impl Step {
    /// Whether this program runs it, such as `sudo` or `cloud-init-per`.
    pub(crate) fn is_run_by(&self, program: &str) -> bool {
        let own = self.command.words.iter().map(|word| word.text.as_str());
        own.chain(self.within.iter().map(String::as_str)).any(|word| name(word) == program)
    }

    /// Whether it runs in a shell that this program starts.
    pub(crate) fn is_within(&self, program: &str) -> bool {
        self.within.iter().any(|word| name(word) == program)
    }
}

/// An item, or a word of an item that is a list.
struct Piece<'c> {
    start: usize,
    item: usize,
    at: At<'c>,
    is_text: bool,
}

impl<'c> Script<'c> {
    /// The commands of a list of items, as cloud-init puts them together.
    pub(crate) fn of(context: &Context<'c>, key: &str) -> Rc<Self> {
        let known = match key {
            "runcmd" => &context.runcmd,
            "bootcmd" => &context.bootcmd,
            _ => return Rc::new(Self::read(context, key)),
        };
        Rc::clone(known.get_or_init(|| Rc::new(Self::read(context, key))))
    }

    fn read(context: &Context<'c>, key: &str) -> Self {
        let mut text = String::new();
        let mut pieces = Vec::new();
        let items = context.top(key).map(|list| context.items(&list)).unwrap_or_default();
        for (item, at) in items.into_iter().enumerate() {
            match context.value(at.value) {
                Value::Str(line) => {
                    pieces.push(Piece { start: text.len(), item, at, is_text: true });
                    text.push_str(line);
                }
                Value::List(_) => {
                    for word in context.items(&at) {
                        let quoted = match context.value(word.value) {
                            Value::Str(word) => word.replace('\'', "'\\''"),
                            other => shown(other),
                        };
                        pieces.push(Piece { start: text.len(), item, at: word, is_text: false });
                        text.extend(["'", &quoted, "' "]);
                    }
                }
                _ => pieces.push(Piece { start: text.len(), item, at, is_text: false }),
            }
            text.push('\n');
        }
        let mut script = Self { pieces, commands: Vec::new() };
        for command in shell::commands(&text) {
            script.add(command, false);
        }
        script
    }

    fn add(&mut self, command: Command, in_bash: bool) {
        let item = self.item(command_start(&command));
        let inner = inner(&command);
        let (before, is_nested) = (command.before, command.is_nested);
        let within = command.wrappers().iter().map(|word| word.text.clone()).collect::<Vec<String>>();
        self.commands.push(Step { command, item, in_bash, within: Vec::new() });
        let Some((word, is_bash)) = inner else { return };
        for mut command in shell::commands(&word.text) {
            let words = command.words.iter_mut().chain(&mut command.assignments);
            for word_inside in words.chain(command.redirects.iter_mut().map(|redirect| &mut redirect.target))
            {
                word_inside.span = word.span.clone();
            }
            if command.before == shell::Joint::End {
                command.before = before;
            }
            command.is_nested |= is_nested;
            self.commands.push(Step { command, item, in_bash: is_bash, within: within.clone() });
        }
    }

    fn piece(&self, offset: usize) -> Option<&Piece<'c>> {
        let after = self.pieces.partition_point(|piece| piece.start <= offset);
        self.pieces.get(after.checked_sub(1)?)
    }

    fn item(&self, offset: usize) -> usize {
        self.piece(offset).map_or(0, |piece| piece.item)
    }

    /// The value that a place of the script comes from.
    pub(crate) fn at(&self, offset: usize) -> Option<&At<'_>> {
        self.piece(offset).map(|piece| &piece.at)
    }

    /// Where a part of the script is written.
    pub(crate) fn span(&self, context: &Context<'_>, range: &Range<usize>) -> Span {
        let Some(piece) = self.piece(range.start) else { return Span::empty(0) };
        let whole = context.first_line(&piece.at);
        if !piece.is_text {
            let last = self.piece(range.end.saturating_sub(1)).filter(|last| last.item == piece.item);
            return last.map_or(whole, |last| whole.to(context.first_line(&last.at)));
        }
        let local = range.start - piece.start..range.end - piece.start;
        context
            .tree()
            .and_then(|tree| written::within(tree, context.read, piece.at.value, local))
            .unwrap_or(whole)
    }

    /// The path of the value that a place of the script comes from.
    pub(crate) fn path(&self, range: &Range<usize>) -> String {
        self.at(range.start).map(|at| at.path.into()).unwrap_or_default()
    }

    /// Whether any command has this text in one of its words.
    pub(crate) fn mentions(&self, text: &str) -> bool {
        self.commands.iter().any(|step| step.command.words.iter().any(|word| word.text.contains(text)))
    }
}

fn command_start(command: &Command) -> usize {
    let words = command.words.iter().chain(&command.assignments);
    let targets = command.redirects.iter().map(|redirect| &redirect.target);
    words.chain(targets).map(|word| word.span.start).min().unwrap_or_default()
}

/// What `sh -c` or `bash -c` runs, and whether that is not `sh`.
fn inner(command: &Command) -> Option<(Word, bool)> {
    let words = command.invoked();
    let shell = name(&words.first()?.text);
    if !["sh", "bash", "dash", "ash", "zsh", "ksh"].contains(&shell) {
        return None;
    }
    let option = words.iter().position(|word| {
        word.text.starts_with('-') && !word.text.starts_with("--") && word.text.ends_with('c')
    })?;
    Some((words.get(option + 1)?.clone(), matches!(shell, "bash" | "zsh" | "ksh")))
}

/// A scalar of a list as Python's `str` writes it.
pub(crate) fn shown(value: Value<'_>) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Int(int) => int.to_string(),
        Value::BigInt(digits) => digits.to_owned(),
        Value::Float(float) => format!("{float:?}"),
        Value::Str(text) => text.to_owned(),
        _ => String::new(),
    }
}
