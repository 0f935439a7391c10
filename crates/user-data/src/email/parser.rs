//! The structure of a message: which entities it has, and where each ends.

use dryboot_text::Span;

use super::lines::{Lines, line_break};
use super::{Content, Defect, DefectKind, Entity, Exceeded, Headers, Limits, Message};

/// Reads a message. Python reads messages inside each other by recursion; here, what is left to do is on a list.
#[must_use]
pub fn parse(text: &str, limits: &Limits) -> Message {
    let mut parser = Parser {
        text,
        lines: Lines::new(text),
        open: Vec::new(),
        found: Message::default(),
        limits: *limits,
    };
    let mut tasks = vec![Task::Entity];
    while let Some(task) = tasks.pop() {
        match task {
            Task::Entity => parser.entity(&mut tasks),
            Task::Parts(parts) => parser.parts(parts, &mut tasks),
            Task::Close { first } => parser.close(first),
        }
        if parser.found.exceeded.is_some() {
            break;
        }
    }
    parser.found
}

enum Task {
    /// Read an entity.
    Entity,
    /// Read on in an entity that is made of parts.
    Parts(Parts),
    /// A part has been read, whose first entity is this one: the line break before its boundary is not part of it.
    Close { first: usize },
}

/// An entity whose parts are read.
struct Parts {
    entity: usize,
    /// The boundary with its dashes.
    separator: String,
    /// No boundary was seen by now.
    in_preamble: bool,
}

struct Parser<'t> {
    text: &'t str,
    lines: Lines<'t>,
    /// The boundaries of the entities around this one: each of them ends it.
    open: Vec<String>,
    found: Message,
    limits: Limits,
}

impl<'t> Parser<'t> {
    /// The next line, unless the text or the part ends here.
    fn peek(&self) -> Option<Span> {
        let line = self.lines.peek()?;
        let text = line.slice(self.text);
        let ends =
            text.starts_with("--") && self.open.iter().rev().any(|open| boundary(text, open).is_some());
        (!ends).then_some(line)
    }

    fn next(&mut self) -> Option<Span> {
        let line = self.peek()?;
        self.lines.pass(line);
        Some(line)
    }

    /// Reads on up to the end of the part.
    fn rest(&mut self) -> Span {
        let start = self.lines.at();
        while self.next().is_some() {}
        Span::new(start, self.lines.at())
    }

    fn entity(&mut self, tasks: &mut Vec<Task>) {
        let index = self.found.entities.len();
        if index >= self.limits.entities {
            let here = Span::new(self.lines.at(), self.lines.peek().map_or(self.lines.at(), |line| line.end));
            self.found.exceeded = Some((Exceeded::Entities, here));
            return;
        }
        let (head, defect) = self.head();
        let headers = Headers::read(self.text, head);
        let kind = headers.content_type();
        let separator = headers.boundary().map(|boundary| format!("--{boundary}"));
        let at = headers.field("content-type").map_or(Span::empty(head.start), |field| field.span);
        let mut entity = Entity { headers, head, body: Content::Entities, defects: Vec::from_iter(defect) };
        match (kind.split('/').next(), separator) {
            (Some("message"), _) => tasks.push(Task::Entity),
            (Some("multipart"), Some(separator)) => {
                tasks.push(Task::Parts(Parts { entity: index, separator, in_preamble: true }));
            }
            (main, _) => {
                if main == Some("multipart") {
                    entity.defects.push(Defect { kind: DefectKind::NoBoundary, span: at });
                }
                entity.body = Content::Text(self.rest());
            }
        }
        self.found.entities.push(entity);
    }

    /// The lines of the headers; the empty line behind them is passed over.
    fn head(&mut self) -> (Span, Option<Defect>) {
        let start = self.lines.at();
        let mut last = start;
        while let Some(line) = self.next() {
            let text = line.slice(self.text);
            if text.starts_with(['\n', '\r']) {
                return (Span::new(start, line.start), None);
            }
            let is_late_envelope = text.starts_with("From ") && line.start > start && !self.continues_head();
            if !is_header(text) || is_late_envelope {
                self.lines.go_back(line.start);
                let span = Span::new(line.start, line.end - line_break(text));
                let defect = Defect { kind: DefectKind::NoEmptyLine, span };
                return (Span::new(start, line.start), Some(defect));
            }
            last = line.end;
        }
        (Span::new(start, last), None)
    }

    /// Whether the next line is one of a head, too.
    fn continues_head(&self) -> bool {
        self.peek().is_some_and(|line| is_header(line.slice(self.text)))
    }

    fn parts(&mut self, mut parts: Parts, tasks: &mut Vec<Task>) {
        while let Some(line) = self.next() {
            match boundary(line.slice(self.text), &parts.separator) {
                Some(Boundary::Last) => {
                    if parts.in_preamble {
                        self.not_found(&parts);
                    }
                    self.rest();
                    return;
                }
                Some(Boundary::Next) => return self.part(parts, tasks),
                None => {}
            }
        }
        if parts.in_preamble {
            self.not_found(&parts);
        } else {
            let end = Span::empty(self.lines.at());
            self.defect(parts.entity, DefectKind::NotClosed, end);
        }
        parts.in_preamble = false;
    }

    fn not_found(&mut self, parts: &Parts) {
        let headers = &self.found.entities[parts.entity].headers;
        let span = headers.field("content-type").map_or(Span::empty(0), |field| field.span);
        self.defect(parts.entity, DefectKind::BoundaryNotFound, span);
    }

    fn defect(&mut self, entity: usize, kind: DefectKind, span: Span) {
        self.found.entities[entity].defects.push(Defect { kind, span });
    }

    /// Reads the part after a boundary, and after it goes on with the parts.
    fn part(&mut self, parts: Parts, tasks: &mut Vec<Task>) {
        // Several boundaries in a row are one, whatever they are.
        while let Some(line) =
            self.peek().filter(|line| boundary(line.slice(self.text), &parts.separator).is_some())
        {
            self.lines.pass(line);
        }
        if self.open.len() >= self.limits.depth {
            let span = Span::new(self.lines.at(), self.lines.peek().map_or(self.lines.at(), |line| line.end));
            self.found.exceeded = Some((Exceeded::Depth, span));
            return;
        }
        self.open.push(parts.separator.clone());
        tasks.push(Task::Parts(Parts { in_preamble: false, ..parts }));
        tasks.push(Task::Close { first: self.found.entities.len() });
        tasks.push(Task::Entity);
    }

    fn close(&mut self, first: usize) {
        self.open.pop();
        // A message inside of a part is followed to what it is made of.
        let entities = &mut self.found.entities;
        let is_message = |entity: &Entity| entity.content_type().starts_with("message/");
        let skipped =
            entities[first.min(entities.len())..].iter().take_while(|entity| is_message(entity)).count();
        if let Some(entity) = entities.get_mut(first + skipped).filter(|entity| !entity.is_multipart())
            && let Content::Text(body) = &mut entity.body
        {
            body.end -= line_break(body.slice(self.text));
        }
    }
}

/// What a boundary announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Boundary {
    Next,
    Last,
}

/// Whether a line is a boundary.
fn boundary(line: &str, separator: &str) -> Option<Boundary> {
    let rest = line.strip_prefix(separator)?;
    let (rest, kind) = rest.strip_prefix("--").map_or((rest, Boundary::Next), |rest| (rest, Boundary::Last));
    let rest = rest.trim_start_matches([' ', '\t']);
    matches!(rest, "" | "\n" | "\r" | "\r\n").then_some(kind)
}

/// Whether a line is one of a head: `Name:`, one that goes on, or the envelope of a mailbox.
fn is_header(line: &str) -> bool {
    let name = line.bytes().take_while(|byte| (0x21..=0x7E).contains(byte) && *byte != b':').count();
    line.starts_with([' ', '\t']) || line.starts_with("From ") || line.as_bytes().get(name) == Some(&b':')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Type and body of each entity without parts, with the defects of all.
    fn read(text: &str) -> (Vec<(String, String)>, Vec<DefectKind>) {
        let message = parse(text, &Limits::default());
        let bodies = message.entities.iter().filter_map(|entity| match entity.body {
            Content::Text(body) => Some((entity.content_type(), body.slice(text).to_owned())),
            Content::Entities => None,
        });
        let defects = message.entities.iter().flat_map(|entity| &entity.defects).map(|defect| defect.kind);
        (bodies.collect(), defects.collect())
    }

    fn bodies(text: &str) -> Vec<String> {
        read(text).0.into_iter().map(|(_, body)| body).collect()
    }

    const HEAD: &str = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n";

    #[test]
    fn parts_end_before_the_line_break_of_their_boundary() {
        let text = format!("{HEAD}preamble\n--b\nX: y\n\none\n\n--b \n\ntwo\r\n--b--\nepilogue\n");
        assert_eq!(bodies(&text), ["one\n", "two"]);
        assert!(read(&text).1.is_empty());
    }

    #[test]
    fn parts_may_have_parts() {
        let inner = "Content-Type: multipart/x; boundary=c\n\n--c\n\none\n--c\n\ntwo\n--c--\n";
        let text = format!("{HEAD}--b\n{inner}--b\nContent-Type: text/z\n\nthree\n--b--\n");
        assert_eq!(bodies(&text), ["one", "two", "three"]);
        // The outer boundary ends whatever is open.
        let text = text.replace("--c--\n", "");
        assert_eq!(bodies(&text), ["one", "two", "three"]);
        assert_eq!(read(&text).1, [DefectKind::NotClosed]);
    }

    #[test]
    fn what_is_wrong_is_known_and_read_around() {
        for (text, expected, defect) in [
            (format!("{HEAD}--b\n\none\n"), vec!["one"], DefectKind::NotClosed),
            (format!("{HEAD}one\n"), vec![], DefectKind::BoundaryNotFound),
            (format!("{HEAD}--b\nA: b\none\n--b--"), vec!["one"], DefectKind::NoEmptyLine),
            (
                "Content-Type: multipart/mixed\n\n--b\n\none\n".to_owned(),
                vec!["--b\n\none\n"],
                DefectKind::NoBoundary,
            ),
        ] {
            assert_eq!(bodies(&text), expected, "{text}");
            assert_eq!(read(&text).1, [defect], "{text}");
        }
    }

    #[test]
    fn one_part_alone_is_a_message_too() {
        let text = "MIME-Version: 1.0\nContent-Type: text/cloud-config\n\n#cloud-config\n";
        assert_eq!(read(text).0, [("text/cloud-config".to_owned(), "#cloud-config\n".to_owned())]);
    }

    #[test]
    fn messages_inside_each_other_come_to_an_end() {
        let mut text = String::new();
        for level in 0..1000 {
            text.push_str(&format!("Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n"));
        }
        let message = parse(&text, &Limits::default());
        assert_eq!(message.exceeded.map(|(limit, _)| limit), Some(Exceeded::Depth));
        let parts = format!("{HEAD}{}", "--b\n\n".repeat(5000));
        let message = parse(&parts, &Limits::default());
        assert_eq!(message.exceeded.map(|(limit, _)| limit), Some(Exceeded::Entities));
    }
}
