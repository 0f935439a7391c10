//! The simple commands of a shell script, as far as rules need them: words, redirections and what joins commands.
//!
//! It reads what POSIX calls simple commands and leaves out what it cannot be sure of: here-documents, command
//! substitutions and the patterns of `case` are skipped.

use std::ops::Range;

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

/// `>`, `2>>`, `<<<` with what stands behind it.
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
    pub(crate) redirects: Vec<Redirect>,
    pub(crate) before: Joint,
    pub(crate) after: Joint,
    /// Whether it stands in a function, a loop or a branch.
    pub(crate) is_nested: bool,
}

impl Command {
    /// Whether it runs only if something else says so.
    pub(crate) fn is_conditional(&self) -> bool {
        self.is_nested || matches!(self.before, Joint::And | Joint::Or)
    }

    /// The words from the program on that really runs: behind `sudo`, `env`, `nohup` and their like.
    pub(crate) fn invoked(&self) -> &[Word] {
        let mut words = &self.words[..];
        while let Some(rest) = words.first().and_then(|first| behind(name(&first.text), &words[1..])) {
            words = rest;
        }
        words
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
    program.rsplit('/').next().unwrap_or_default()
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

/// The commands of a script, in the order of the text.
pub(crate) fn commands(script: &str) -> Vec<Command> {
    let mut reader = Reader {
        text: script,
        at: 0,
        found: Vec::new(),
        current: Command::default(),
        documents: Vec::new(),
        depth: 0,
        parentheses: 0,
    };
    reader.read();
    reader.found
}

struct Reader<'s> {
    text: &'s str,
    at: usize,
    found: Vec<Command>,
    current: Command,
    /// Here-documents that begin at the next line: their last line, and whether tabs before it count.
    documents: Vec<(String, bool)>,
    depth: usize,
    parentheses: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn take(&mut self, prefix: &str) -> bool {
        let found = self.rest().starts_with(prefix);
        if found {
            self.at += prefix.len();
        }
        found
    }

    fn read(&mut self) {
        while let Some(char) = self.rest().chars().next() {
            match char {
                ' ' | '\t' | '\r' => self.at += 1,
                '\\' if self.take("\\\n") => {}
                '\n' => {
                    self.at += 1;
                    self.end(Joint::End);
                    self.skip_documents();
                }
                '#' => self.at += self.rest().find('\n').unwrap_or(self.rest().len()),
                ';' => {
                    self.at += 1;
                    self.end(Joint::End);
                }
                '&' if self.take("&&") => self.end(Joint::And),
                '&' if self.rest().starts_with("&>") => self.redirect(),
                '&' => {
                    self.at += 1;
                    self.end(Joint::Background);
                }
                '|' if self.take("||") => self.end(Joint::Or),
                '|' => {
                    self.at += 1;
                    self.take("&");
                    self.end(Joint::Pipe);
                }
                '(' | ')' => self.parenthesis(char),
                '<' | '>' => self.redirect(),
                _ => {
                    let word = self.word();
                    let is_number = !word.is_quoted && word.text.bytes().all(|byte| byte.is_ascii_digit());
                    if is_number && self.rest().starts_with(['<', '>']) {
                        self.redirect();
                    } else {
                        self.current.words.push(word);
                    }
                }
            }
        }
        self.end(Joint::End);
    }

    fn parenthesis(&mut self, char: char) {
        self.at += 1;
        if char == '(' && self.current.words.len() == 1 && self.rest().trim_start().starts_with(')') {
            // A function: its name, and a body that only runs when it is called.
            self.current = Command::default();
            self.at += self.rest().find(')').map_or(0, |at| at + 1);
            let body = self.rest().len() - self.rest().trim_start().len();
            if self.rest().trim_start().starts_with('{') {
                self.at += body + 1;
                self.depth += 1;
            }
        } else if char == '(' {
            self.parentheses += 1;
            self.end(Joint::End);
        } else if self.parentheses == 0 {
            // A pattern of `case`.
            self.current = Command::default();
        } else {
            self.parentheses -= 1;
            self.end(Joint::End);
        }
    }

    fn redirect(&mut self) {
        let operators = ["<<<", "<<-", "&>>", "<<", ">>", ">|", ">&", "<&", "<>", "<(", ">(", "&>", "<", ">"];
        let operator = operators.into_iter().find(|operator| self.take(operator)).unwrap_or_default();
        if operator.ends_with('(') {
            let start = self.at;
            self.skip_balanced();
            let text = self.text.get(start - 2..self.at).unwrap_or_default().to_owned();
            let span = start - 2..self.at;
            let target = Word { live: text.clone(), text, is_quoted: false, span };
            self.current.redirects.push(Redirect { operator: operator.to_owned(), target });
            return;
        }
        while self.take(" ") || self.take("\t") {}
        let target = self.word();
        if operator.starts_with("<<") && operator != "<<<" {
            self.documents.push((target.text.clone(), operator == "<<-"));
        }
        self.current.redirects.push(Redirect { operator: operator.to_owned(), target });
    }

    fn skip_documents(&mut self) {
        for (last, strips) in std::mem::take(&mut self.documents) {
            loop {
                let Some(line) = self.rest().split_inclusive('\n').next() else { return };
                let content = line.trim_end_matches(['\n', '\r']);
                let content = if strips { content.trim_start_matches('\t') } else { content };
                let is_last = content == last;
                self.at += line.len();
                if is_last {
                    break;
                }
            }
        }
    }

    fn word(&mut self) -> Word {
        let start = self.at;
        let (mut text, mut live, mut is_quoted) = (String::new(), String::new(), false);
        while let Some(char) = self.rest().chars().next() {
            let from = self.at;
            match char {
                ' ' | '\t' | '\r' | '\n' | ';' | '&' | '|' | '<' | '>' | ')' => break,
                '(' if !text.ends_with('=') => break,
                '(' => {
                    self.at += 1;
                    self.skip_balanced();
                    text.push_str(self.text.get(from..self.at).unwrap_or_default());
                    live.push_str(self.text.get(from..self.at).unwrap_or_default());
                }
                '\\' => {
                    is_quoted = true;
                    self.at += 1;
                    if let Some(next) = self.rest().chars().next() {
                        self.at += next.len_utf8();
                        if next != '\n' {
                            text.push(next);
                        }
                    }
                }
                '\'' => {
                    is_quoted = true;
                    self.at += 1;
                    let end = self.rest().find('\'').unwrap_or(self.rest().len());
                    text.push_str(&self.rest()[..end]);
                    self.at = (self.at + end + 1).min(self.text.len());
                }
                '"' => {
                    is_quoted = true;
                    self.at += 1;
                    self.double_quoted(&mut text, &mut live);
                }
                '$' | '`' => {
                    self.skip_expansion();
                    text.push_str(self.text.get(from..self.at).unwrap_or_default());
                    live.push_str(self.text.get(from..self.at).unwrap_or_default());
                }
                other => {
                    self.at += other.len_utf8();
                    text.push(other);
                    live.push(other);
                }
            }
        }
        Word { text, live, is_quoted, span: start..self.at }
    }

    fn double_quoted(&mut self, text: &mut String, live: &mut String) {
        while let Some(char) = self.rest().chars().next() {
            let from = self.at;
            match char {
                '"' => {
                    self.at += 1;
                    return;
                }
                '\\' => {
                    self.at += 1;
                    if let Some(next) = self.rest().chars().next() {
                        self.at += next.len_utf8();
                        if !"\"\\$`\n".contains(next) {
                            text.push('\\');
                        }
                        text.push(next);
                    }
                }
                '$' | '`' => {
                    self.skip_expansion();
                    text.push_str(self.text.get(from..self.at).unwrap_or_default());
                    live.push_str(self.text.get(from..self.at).unwrap_or_default());
                }
                other => {
                    self.at += other.len_utf8();
                    text.push(other);
                    // A tilde means nothing in quotes.
                    live.extend(Some(other).filter(|char| *char != '~'));
                }
            }
        }
    }

    /// Moves behind `$(…)`, `${…}`, `` `…` ``, or the dollar alone.
    fn skip_expansion(&mut self) {
        if self.take("$(") {
            self.skip_balanced();
        } else if self.take("${") {
            self.at = self.rest().find('}').map_or(self.text.len(), |end| self.at + end + 1);
        } else if self.take("`") {
            self.at = self.rest().find('`').map_or(self.text.len(), |end| self.at + end + 1);
        } else {
            self.at += 1;
        }
    }

    /// Moves behind the parenthesis that closes the one before.
    fn skip_balanced(&mut self) {
        let mut depth = 1;
        let mut quote = None;
        let mut escaped = false;
        for (at, char) in self.text.get(self.at..).unwrap_or_default().char_indices() {
            match (quote, char) {
                _ if escaped => escaped = false,
                (Some('\''), '\'') | (Some('"'), '"') => quote = None,
                (Some('\''), _) => {}
                (_, '\\') => escaped = true,
                (Some(_), _) => {}
                (None, '\'' | '"') => quote = Some(char),
                (None, '(') => depth += 1,
                (None, ')') => depth -= 1,
                (None, _) => {}
            }
            if depth == 0 {
                self.at += at + 1;
                return;
            }
        }
        self.at = self.text.len();
    }

    /// Ends the command that is being read.
    fn end(&mut self, joint: Joint) {
        let mut command = std::mem::take(&mut self.current);
        command.after = joint;
        self.current.before = joint;
        self.strip_keywords(&mut command);
        let assignments = command.words.iter().take_while(|word| is_assignment(word)).count();
        command.assignments = command.words.drain(..assignments).collect();
        command.is_nested = self.depth > 0;
        if !command.words.is_empty() || !command.assignments.is_empty() || !command.redirects.is_empty() {
            self.found.push(command);
        }
    }

    fn strip_keywords(&mut self, command: &mut Command) {
        while let Some(first) = command.words.first().filter(|word| !word.is_quoted) {
            match first.text.as_str() {
                "if" | "while" | "until" => self.depth += 1,
                "fi" | "done" | "esac" | "}" => self.depth = self.depth.saturating_sub(1),
                "then" | "else" | "elif" | "do" | "!" | "{" => {}
                "for" | "case" | "select" => {
                    self.depth += 1;
                    command.words.clear();
                    return;
                }
                _ => return,
            }
            // The condition of a branch runs, whatever it says; what comes behind the keyword is not joined to it.
            command.words.remove(0);
        }
    }
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
