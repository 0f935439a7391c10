//! From the text of a script to its commands.

use super::{Command, Joint, Redirect, Word, is_assignment, wrapping};

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

/// Whether a character has a meaning of its own in a word, or ends it.
fn ends_run(byte: u8) -> bool {
    matches!(
        byte,
        b' ' | b'\t'
            | b'\r'
            | b'\n'
            | b';'
            | b'&'
            | b'|'
            | b'<'
            | b'>'
            | b'('
            | b')'
            | b'\\'
            | b'\''
            | b'"'
            | b'$'
            | b'`'
    )
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

impl<'s> Reader<'s> {
    fn rest(&self) -> &'s str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The text from here to the first such character of ASCII.
    fn run(&self, ends: fn(u8) -> bool) -> &'s str {
        let rest = self.rest();
        &rest[..rest.bytes().position(ends).unwrap_or(rest.len())]
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
                    let is_number = || !word.is_quoted && word.text.bytes().all(|byte| byte.is_ascii_digit());
                    if self.rest().starts_with(['<', '>']) && is_number() {
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
            self.end(Joint::End);
            self.parentheses += 1;
        } else if self.parentheses == 0 {
            // A pattern of `case`.
            self.current = Command::default();
        } else {
            self.end(Joint::End);
            self.parentheses -= 1;
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
                _ => {
                    let run = self.run(ends_run);
                    text.push_str(run);
                    live.push_str(run);
                    self.at += run.len();
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
                _ => {
                    let run = self.run(|byte| matches!(byte, b'"' | b'\\' | b'$' | b'`'));
                    text.push_str(run);
                    // A tilde means nothing in quotes.
                    live.extend(run.split('~'));
                    self.at += run.len();
                }
            }
        }
    }

    /// Moves past `$(…)`, `${…}`, `` `…` ``, or the dollar alone.
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

    /// Moves past the parenthesis that closes the one before.
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
        command.wrapping = wrapping(&command.words);
        command.is_nested = self.depth > 0 || self.parentheses > 0;
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
