//! Templates of other programs, filled so that what is around their placeholders can be checked.
//!
//! Every placeholder is replaced by as many bytes as it has, so each place of the filled text is a place of the
//! template. What stands for a value is a word; what stands for lines, such as `%{ for … }`, is blank. Of several
//! branches, the first one stays.

use std::collections::BTreeSet;

use dryboot_yaml::Span;

use crate::Diagnostic;

/// A language of templates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// Terraform's `templatefile`: `${…}`, `%{…}`.
    Terraform,
    /// Jinja, as Ansible fills it: `{{…}}`, `{%…%}`, `{#…#}`.
    Jinja,
    /// Go's `text/template`: `{{…}}`.
    Go,
    /// Embedded Ruby: `<%…%>`, and `@@NAME@@` of build scripts.
    Embedded,
    /// Whatever the file around a text fills in: `$NAME` of a shell, `{"Ref": "Name"}` of CloudFormation.
    Host,
}

impl Syntax {
    /// The name for people.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Terraform => "Terraform template",
            Self::Jinja => "Jinja template",
            Self::Go => "Go template",
            Self::Embedded => "template with `<%…%>` or `@@…@@`",
            Self::Host => "text that the file around it fills in",
        }
    }

    /// The name in output formats.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Terraform => "terraform",
            Self::Jinja => "jinja",
            Self::Go => "go",
            Self::Embedded => "embedded",
            Self::Host => "host",
        }
    }

    /// What opens and closes a tag, and what kind it is.
    fn tags(self) -> &'static [(&'static str, &'static str, Tag)] {
        match self {
            Self::Terraform => &[("${", "}", Tag::Value), ("%{", "}", Tag::Control)],
            Self::Jinja => {
                &[("{{", "}}", Tag::Value), ("{%", "%}", Tag::Control), ("{#", "#}", Tag::Comment)]
            }
            Self::Go => &[("{{", "}}", Tag::Action)],
            Self::Embedded => &[
                ("<%=", "%>", Tag::Value),
                ("<%#", "%>", Tag::Comment),
                ("<%", "%>", Tag::Control),
                ("@@", "@@", Tag::Value),
            ],
            Self::Host => &[],
        }
    }

    /// The language of a file, by the end of its name and what is in it; none for a file that is not a template by name.
    #[must_use]
    pub fn of_file(name: &str, text: &str) -> Option<Self> {
        let file = name.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
        let (rest, end) = file.rsplit_once('.')?;
        match end {
            // A template of Packer, whose name says what it becomes, too.
            "hcl" if rest.ends_with(".pkrtpl") => Some(Self::Terraform),
            "tftpl" => Some(Self::Terraform),
            "j2" | "jinja" | "jinja2" => Some(Self::Jinja),
            "gotmpl" => Some(Self::Go),
            "erb" => Some(Self::Embedded),
            "in" if text.contains("@@") => Some(Self::Embedded),
            "tpl" | "tmpl" | "template" => {
                let all = [Self::Terraform, Self::Jinja, Self::Go, Self::Embedded];
                // Jinja has values like Go's and more.
                let is_jinja = ["{%", "{#"].iter().any(|mark| text.contains(mark));
                all.into_iter().find(|syntax| match syntax {
                    Self::Terraform => text.contains("%{") || (text.contains("${") && !text.contains("{{")),
                    Self::Jinja => is_jinja,
                    Self::Go => text.contains("{{"),
                    Self::Embedded => text.contains("<%") || text.contains("@@"),
                    Self::Host => false,
                })
            }
            _ => None,
        }
    }
}

/// What a tag is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tag {
    /// It stands for a value.
    Value,
    /// It decides about what is around it.
    Control,
    /// It stands for nothing.
    Comment,
    /// Its first word says whether it is a value or decides.
    Action,
}

/// A filled template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// The text, as long as the template.
    pub text: String,
    /// How many placeholders there are.
    pub placeholders: usize,
    /// Where they are.
    places: Vec<Span>,
    /// The starts of lines whose values depend on a placeholder.
    lines: BTreeSet<usize>,
    /// Whether placeholders stand for whole lines, so that more may be there than is written.
    is_open: bool,
}

/// Fills the placeholders of a template; none if it has none.
#[must_use]
pub fn fill(text: &str, syntax: Syntax) -> Option<Filled> {
    fill_tags(text, &find(text, syntax))
}

/// The same for placeholders that somebody else has found; in their order.
#[must_use]
pub fn fill_at(text: &str, places: &[Span]) -> Option<Filled> {
    let tags: Vec<Found> = places.iter().map(|&span| Found { span, role: Role::Value }).collect();
    fill_tags(text, &tags)
}

fn fill_tags(text: &str, tags: &[Found]) -> Option<Filled> {
    if tags.is_empty() {
        return None;
    }
    let mut bytes = text.as_bytes().to_vec();
    let mut lines = BTreeSet::new();
    let mut is_open = false;
    for found in tags {
        let is_alone = found.role != Role::Value || stands_alone(text, &found.span);
        let with = if is_alone { b' ' } else { b'x' };
        write_over(&mut bytes, text, found.span, with);
        for start in line_starts(text, found.span) {
            lines.insert(start);
        }
        if is_alone && found.role != Role::Comment {
            is_open = true;
            lines.extend(lines_above(text, found.span.start));
        }
    }
    for branch in other_branches(tags) {
        write_over(&mut bytes, text, branch, b' ');
    }
    let places = tags.iter().map(|found| found.span).collect();
    Some(Filled { text: String::from_utf8(bytes).ok()?, placeholders: tags.len(), places, lines, is_open })
}

impl Filled {
    /// Whether what is written at a place depends on a placeholder.
    #[must_use]
    pub fn depends(&self, span: Span) -> bool {
        let start = self.text.get(..span.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        self.lines.range(start..=span.end.max(start)).next().is_some()
    }

    /// The same for a line, counted from 1.
    #[must_use]
    pub fn depends_at_line(&self, line: usize) -> bool {
        let start: usize = self.text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        self.lines.contains(&start)
    }

    /// Whether a value, or that of a key, is a string, whatever is filled in: it has words beside its placeholders.
    fn is_surely_text(&self, place: Span) -> bool {
        let behind = self.text.get(place.end..).unwrap_or_default();
        let (start, written) = match behind.strip_prefix(':') {
            Some(rest) => (place.end + 1, rest.lines().next().unwrap_or_default()),
            None => (place.start, place.slice(&self.text)),
        };
        let start = start + written.len() - written.trim_start().len();
        let written = written.trim();
        if written.starts_with(['[', '{', '|', '>']) || written.contains('\n') {
            return false;
        }
        let is_known = |at: usize| self.places.iter().all(|place| at < place.start || at >= place.end);
        let known = written.char_indices().filter(|(at, _)| is_known(start + at)).map(|(_, char)| char);
        written.starts_with(['"', '\'']) || known.into_iter().any(|char| char == ' ' || char == '/')
    }

    /// Whether placeholders stand for whole lines, so that more may be there than is written.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.is_open
    }
}

/// Rules about the name of a key, which holds whatever its value is.
const ABOUT_NAMES: [&str; 7] = [
    "unknown-key",
    "duplicate-key",
    "unsupported-by-release",
    "unused-on-distribution",
    "old-apt-key",
    "hyphenated-key",
    "yaml-syntax",
];

/// Rules about what is not written, or about the whole text: lines that are filled in may have it.
const ABOUT_THE_REST: [&str; 29] = [
    "expiring-password",
    "firewall-without-ssh",
    "home-before-user",
    "hostname-not-set",
    "incomplete-unit",
    "keys-for-nobody",
    "lost-platform-settings",
    "missing-header",
    "missing-key",
    "missing-network-config",
    "missing-path",
    "not-a-mapping",
    "null-value",
    "owner-before-user",
    "package-without-source",
    "repeated-exec-start",
    "script-not-executable",
    "section-not-shipped",
    "sudo-without-password",
    "unapplied-netplan",
    "unit-does-nothing",
    "unit-without-name",
    "unset-variable",
    "unsigned-apt-source",
    "unused-suppression",
    "unwritten-signed-by",
    "user-data-too-long",
    "user-without-name",
    "users-without-default",
];

/// Whether a finding in a filled template holds for the template.
pub(crate) fn holds(found: &Diagnostic, filled: &Filled) -> bool {
    // Its length is not that of the text that is made of it.
    if found.rule == "user-data-too-long" || (filled.is_open && ABOUT_THE_REST.contains(&found.rule)) {
        return false;
    }
    if found.rule == "type-mismatch" && filled.is_surely_text(found.span) {
        return true;
    }
    let mut places = std::iter::once(found.span).chain(found.labels.iter().map(|label| label.span));
    ABOUT_NAMES.contains(&found.rule) || !places.any(|place| filled.depends(place))
}

/// What a tag does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Value,
    Comment,
    /// It begins something that ends later.
    Begin,
    /// Another branch begins.
    Else,
    End,
    /// It decides nothing about the text around it.
    Other,
}

/// A tag of a template.
struct Found {
    span: Span,
    role: Role,
}

fn find(text: &str, syntax: Syntax) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let next = syntax
            .tags()
            .iter()
            .filter_map(|tag| Some((rest.find(tag.0)?, tag)))
            .min_by_key(|(offset, tag)| (*offset, std::cmp::Reverse(tag.0.len())));
        let Some((offset, &(open, close, tag))) = next else { break };
        let start = at + offset;
        // Terraform's `$${` and `%%{` stand for `${` and `%{` themselves.
        let mark = open.chars().next().unwrap_or_default();
        let is_escaped = syntax == Syntax::Terraform && text[..start].ends_with(mark);
        let inside = start + open.len();
        let end = closing(&text[inside..], open, close).map(|length| inside + length);
        let Some(end) = end.filter(|end| !is_escaped && is_tag(&text[inside..*end], close)) else {
            at = inside;
            continue;
        };
        let inner = text[inside..end - close.len()].trim_matches(['-', '~', '+', ' ', '\t', '\n']);
        found.push(Found { span: Span::new(start, end), role: role(tag, inner) });
        at = end;
    }
    found
}

/// How far it is to the end of what closes a tag. In Terraform, braces nest, and strings may have some.
fn closing(rest: &str, open: &str, close: &str) -> Option<usize> {
    if close != "}" {
        return rest.find(close).map(|at| at + close.len());
    }
    debug_assert!(open.ends_with('{'));
    let (mut depth, mut is_quoted, mut is_escaped) = (1_usize, false, false);
    for (at, char) in rest.char_indices() {
        match char {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            '{' if !is_quoted => depth += 1,
            '}' if !is_quoted => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// Whether a tag is one: `@@` stands around a name alone.
fn is_tag(inner: &str, close: &str) -> bool {
    let name = inner.strip_suffix(close).unwrap_or(inner);
    close != "@@"
        || (!name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte)))
}

fn role(tag: Tag, inner: &str) -> Role {
    let word = inner.split(|char: char| !char.is_alphanumeric()).next().unwrap_or_default();
    let control = || match word {
        "if" | "for" | "range" | "with" | "unless" | "macro" | "block" | "define" | "raw" | "filter"
        | "call" => Some(Role::Begin),
        "else" | "elif" | "elsif" | "elseif" => Some(Role::Else),
        "end" | "endif" | "endfor" | "endmacro" | "endblock" | "endraw" | "endfilter" | "endcall" => {
            Some(Role::End)
        }
        _ => None,
    };
    match tag {
        Tag::Value => Role::Value,
        Tag::Comment => Role::Comment,
        Tag::Control => control().unwrap_or(if inner.ends_with(" do") { Role::Begin } else { Role::Other }),
        Tag::Action if inner.starts_with("/*") => Role::Comment,
        Tag::Action if inner.starts_with('$') && inner.contains(":=") => Role::Other,
        Tag::Action => control().unwrap_or(Role::Value),
    }
}

/// Whether nothing else stands on the lines of a tag.
fn stands_alone(text: &str, span: &Span) -> bool {
    let before = text[..span.start].rsplit('\n').next().unwrap_or_default();
    let after = text[span.end..].split('\n').next().unwrap_or_default();
    before.trim().is_empty() && after.trim().is_empty()
}

/// Replaces the bytes of a place. Line breaks stay, and lines after the first are blank.
fn write_over(bytes: &mut [u8], text: &str, span: Span, with: u8) {
    let mut with = with;
    for (at, old) in text.as_bytes().iter().enumerate().take(span.end).skip(span.start) {
        match old {
            b'\n' => with = b' ',
            b'\r' => {}
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = with;
                }
            }
        }
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

fn line_starts(text: &str, span: Span) -> Vec<usize> {
    let first = line_start(text, span.start);
    let more = text[span.start..span.end].match_indices('\n').map(|(at, _)| span.start + at + 1);
    std::iter::once(first).chain(more).collect()
}

/// The lines of the keys and items that a line belongs to: each is the nearest one above that is indented less.
fn lines_above(text: &str, at: usize) -> Vec<usize> {
    let indentation = |line: &str| line.len() - line.trim_start().len();
    let mut start = line_start(text, at);
    let here = text[start..].split('\n').next().unwrap_or_default();
    let mut least = indentation(here);
    let mut above = Vec::new();
    while least > 0 && start > 0 {
        start = line_start(text, start - 1);
        let line = text[start..].split('\n').next().unwrap_or_default();
        if !line.trim().is_empty() && indentation(line) < least {
            least = indentation(line);
            above.push(start);
        }
    }
    above
}

/// The places after `else`, up to the end of what it belongs to.
fn other_branches(tags: &[Found]) -> Vec<Span> {
    let mut open: Vec<Option<usize>> = Vec::new();
    let mut branches = Vec::new();
    for tag in tags {
        match tag.role {
            Role::Begin => open.push(None),
            Role::Else => {
                if let Some(branch @ None) = open.last_mut() {
                    *branch = Some(tag.span.end);
                }
            }
            Role::End => {
                if let Some(Some(start)) = open.pop() {
                    branches.push(Span::new(start, tag.span.start));
                }
            }
            Role::Value | Role::Comment | Role::Other => {}
        }
    }
    branches
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str, syntax: Syntax) -> String {
        fill(text, syntax).map_or_else(|| "nothing".to_owned(), |filled| filled.text)
    }

    #[test]
    fn placeholders_keep_their_length() {
        for (syntax, template, expected) in [
            (Syntax::Terraform, "a: ${b}\n", "a: xxxx\n"),
            (Syntax::Terraform, "a: ${f({x = \"}\"})} c\n", "a: xxxxxxxxxxxxxxx c\n"),
            (Syntax::Terraform, "a: $${b} %%{c}\n", "nothing"),
            (Syntax::Terraform, "%{ for a in b ~}\n- ${a}\n%{ endfor ~}\n", "\n- xxxx\n\n"),
            (Syntax::Terraform, "%{ if a }\nb\n%{ else }\nc\n%{ endif }\n", "\nb\n\n\n\n"),
            (Syntax::Terraform, "a:\n  ${indent(2, b)}\n", "a:\n\n"),
            (Syntax::Jinja, "a: {{ b }}{# c #}\n", "a: xxxxxxx\n"),
            (Syntax::Jinja, "{% if a %}b{% endif %}\n", "          b\n"),
            (
                Syntax::Go,
                "a: {{ .b | quote }}\n{{- if .c }}\nd: e\n{{- end }}\n",
                "a: xxxxxxxxxxxxxxxx\n\nd: e\n\n",
            ),
            (
                Syntax::Embedded,
                "a: <%= b %>\n<% if c %>\n@@D@@: e\n<% end %>\n",
                "a: xxxxxxxx\n\nxxxxx: e\n\n",
            ),
            (Syntax::Embedded, "a: b@@c d@@\n", "nothing"),
            (Syntax::Jinja, "a: ü{{ b }}\n", "a: üxxxxxxx\n"),
            (Syntax::Jinja, "a: {{ b\n", "nothing"),
        ] {
            let text = filled(template, syntax);
            let trimmed: String = text.split('\n').map(str::trim_end).collect::<Vec<_>>().join("\n");
            assert_eq!(trimmed, expected, "{template}");
            assert!(text == "nothing" || text.len() == template.len(), "{template}");
        }
    }

    #[test]
    fn what_depends_on_a_placeholder_is_known() {
        let text = "a:\n  b:\n    ${c}\n  d: e\nf: ${g}\nh: i\n";
        let filled = fill(text, Syntax::Terraform).expect("placeholders");
        let depends = |words: &str| {
            let at = text.find(words).expect(words);
            filled.depends(Span::new(at, at + words.len()))
        };
        let found = ["a:", "b:", "d: e", "f:", "h: i"].map(depends);
        assert_eq!(found, [true, true, false, true, false]);
        assert!(filled.is_open());
    }

    #[test]
    fn a_value_with_words_of_its_own_is_a_string_whatever_is_filled_in() {
        let text = "a: run ${b} now\nc: ${d}\ne: ${f}G\ng: [${h}]\ni: \"${j}\"\n";
        let filled = fill(text, Syntax::Terraform).expect("placeholders");
        let found = ["a", "c", "e", "g", "i"].map(|key| {
            let at = text.find(&format!("{key}:")).expect("the key");
            filled.is_surely_text(Span::new(at, at + 1))
        });
        assert_eq!(found, [true, false, false, false, true]);
    }

    #[test]
    fn files_are_templates_by_name() {
        for (name, text, syntax) in [
            ("user-data.tftpl", "", Some(Syntax::Terraform)),
            ("dir/user-data.yaml.tpl", "a: ${b}", Some(Syntax::Terraform)),
            ("user-data.tpl", "a: {{ .b }}", Some(Syntax::Go)),
            ("user-data.yml.j2", "", Some(Syntax::Jinja)),
            ("user-data.tmpl", "{% if a %}", Some(Syntax::Jinja)),
            ("user-data.in", "a: @@B@@", Some(Syntax::Embedded)),
            ("http/user-data.pkrtpl.hcl", "a: ${b}", Some(Syntax::Terraform)),
            ("user-data.yaml", "a: ${b}", None),
            ("user-data", "%{ for a in b }", None),
        ] {
            assert_eq!(Syntax::of_file(name, text), syntax, "{name}");
        }
    }
}
