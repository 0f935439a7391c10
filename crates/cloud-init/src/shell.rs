//! The simple commands of a shell script, as far as rules need them: words, redirections and what joins commands.
//!
//! It reads what POSIX calls simple commands and leaves out what it cannot be sure of: here-documents, command
//! substitutions and the patterns of `case` are skipped.

mod reader;

use std::ops::Range;

pub(crate) use reader::commands;

/// A word of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// The word without its quotes; expansions stand as they are written.
    pub(crate) text: String,
    /// The parts outside of single quotes, in which `$` has a meaning.
    pub(crate) live: String,
    /// Whether any part is quoted or escaped.
    pub(crate) is_quoted: bool,
    /// Where it stands in the script.
    pub(crate) span: Range<usize>,
}

/// `>`, `2>>`, `<<<` with what follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Redirect {
    pub(crate) operator: String,
    pub(crate) target: Word,
}

/// What stands between two commands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Joint {
    /// A line break, a semicolon, or nothing.
    #[default]
    End,
    Pipe,
    And,
    Or,
    /// `&`
    Background,
}

/// A program or builtin with its arguments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Command {
    /// `NAME=value` before the program.
    pub(crate) assignments: Vec<Word>,
    /// The program and its arguments.
    pub(crate) words: Vec<Word>,
    /// How many words stand before the program that really runs: `sudo -u app`.
    wrapping: usize,
    pub(crate) redirects: Vec<Redirect>,
    pub(crate) before: Joint,
    pub(crate) after: Joint,
    /// Whether it stands in a function, a loop, a branch or parentheses.
    pub(crate) is_nested: bool,
}

impl Command {
    /// Whether it runs only if something else says so.
    pub(crate) fn is_conditional(&self) -> bool {
        self.is_nested || matches!(self.before, Joint::And | Joint::Or)
    }

    /// The words from the program on that really runs: after `sudo`, `env`, `nohup` and similar.
    pub(crate) fn invoked(&self) -> &[Word] {
        &self.words[self.wrapping..]
    }

    /// The words before them.
    pub(crate) fn wrappers(&self) -> &[Word] {
        &self.words[..self.wrapping]
    }

    /// The name of the program that really runs, without its directory.
    pub(crate) fn program(&self) -> &str {
        self.invoked().first().map_or("", |word| name(&word.text))
    }

    /// The arguments of the program that really runs.
    pub(crate) fn arguments(&self) -> impl Iterator<Item = &str> {
        self.invoked().iter().skip(1).map(|word| word.text.as_str())
    }

    /// Whether an argument is given.
    pub(crate) fn has(&self, wanted: &[&str]) -> bool {
        self.arguments().any(|argument| wanted.contains(&argument))
    }

    /// Whether a letter is among the short options.
    pub(crate) fn has_letter(&self, letter: char) -> bool {
        self.arguments().any(|word| word.starts_with('-') && !word.starts_with("--") && word.contains(letter))
    }

    /// The first argument that is not an option.
    pub(crate) fn verb(&self) -> &str {
        self.arguments().find(|word| !word.starts_with('-')).unwrap_or_default()
    }

    /// From its first to its last word.
    pub(crate) fn span(&self) -> Range<usize> {
        let start = self.words.first().map_or(0, |word| word.span.start);
        start..self.words.last().map_or(start, |word| word.span.end)
    }
}

/// The last part of a path.
pub(crate) fn name(program: &str) -> &str {
    program.bytes().rposition(|byte| byte == b'/').map_or(program, |slash| &program[slash + 1..])
}

/// How many words stand before the program that really runs.
fn wrapping(words: &[Word]) -> usize {
    let mut invoked = words;
    while let Some(rest) = invoked.first().and_then(|first| behind(name(&first.text), &invoked[1..])) {
        invoked = rest;
    }
    words.len() - invoked.len()
}

/// What a program that runs another one runs.
fn behind<'w>(wrapper: &str, rest: &'w [Word]) -> Option<&'w [Word]> {
    let (with_value, operands): (&[&str], usize) = match wrapper {
        "sudo" | "doas" => (&["-u", "-g", "-h", "-p", "-C", "-D", "-R", "-T", "--user", "--group"], 0),
        "env" => (&["-u", "-C", "--unset", "--chdir"], 0),
        "nohup" | "exec" | "command" | "time" | "eatmydata" | "setsid" | "builtin" => (&[], 0),
        "nice" | "ionice" => (&["-n", "-c", "-p"], 0),
        "timeout" => (&["-k", "-s", "--kill-after", "--signal"], 1),
        "cloud-init-per" => (&[], 2),
        _ => return None,
    };
    let mut at = 0;
    while let Some(word) = rest.get(at) {
        if with_value.contains(&word.text.as_str()) {
            at += 2;
        } else if word.text.starts_with('-') || (wrapper != "timeout" && is_assignment(word)) {
            at += 1;
        } else {
            break;
        }
    }
    rest.get(at + operands..).filter(|rest| !rest.is_empty())
}

fn is_assignment(word: &Word) -> bool {
    word.text.split_once('=').is_some_and(|(name, _)| is_name(name) && word.live.starts_with(name))
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with(|char: char| char.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(script: &str) -> Vec<String> {
        commands(script)
            .iter()
            .map(|command| {
                let words: Vec<&str> = command.words.iter().map(|word| word.text.as_str()).collect();
                words.join("|")
            })
            .collect()
    }

    #[test]
    fn scripts_fall_into_commands() {
        for (script, expected) in [
            ("a b 'c d' \"e f\"", &["a|b|c d|e f"][..]),
            ("a && b || c; d & e\nf | g", &["a", "b", "c", "d", "e", "f", "g"]),
            ("a # b && c\nd", &["a", "d"]),
            ("a \\\n  b", &["a|b"]),
            ("cat <<EOF > /x\nreboot\nEOF\nb", &["cat", "b"]),
            ("cat <<-'E F' > /x\nreboot\n\tE F\nb", &["cat", "b"]),
            ("if [ -f x ]; then a; else b; fi", &["[|-f|x|]", "a", "b"]),
            ("for i in 1 2; do a $i; done", &["a|$i"]),
            ("case $x in\n  a|b) c;;\nesac", &["a", "c"]),
            ("f() { a; }\nb", &["a", "b"]),
            ("x=$(a \"$(b ')' )\" ) c", &["c"]),
            ("(a; b)", &["a", "b"]),
            ("a=(1 2) b", &["b"]),
            ("a 2>/dev/null 1>&2", &["a"]),
            ("don't", &["dont"]),
        ] {
            assert_eq!(shown(script), expected, "{script}");
        }
    }

    #[test]
    fn commands_know_what_decides_about_them() {
        let found = commands("a && b; if c; then d; fi; f() { g; }\nh");
        let conditional: Vec<bool> = found.iter().map(Command::is_conditional).collect();
        assert_eq!(conditional, [false, true, true, true, true, false]);
    }

    #[test]
    fn wrappers_run_another_program() {
        for (script, expected) in [
            ("sudo -u me -H /usr/bin/a b", "a"),
            ("env -i A=b a", "a"),
            ("timeout -k 5 10 a", "a"),
            ("cloud-init-per once name a", "a"),
            ("A=b nohup a", "a"),
            ("sudo -i", "sudo"),
        ] {
            assert_eq!(commands(script)[0].program(), expected, "{script}");
        }
    }

    #[test]
    fn quotes_decide_what_is_live() {
        let words = &commands("a '$HOME' \"$HOME\" ~/x '~/y' \\$HOME")[0].words;
        let live: Vec<&str> = words.iter().map(|word| word.live.as_str()).collect();
        assert_eq!(live, ["a", "", "$HOME", "~/x", "", "HOME"]);
    }
}
