//! What to do about PyYAML's refusals, each of which people meet for one or two reasons.

use dryboot_yaml::{Span, SyntaxError};

/// A place that PyYAML refuses.
pub(super) struct Spot<'t> {
    text: &'t str,
    error: &'t SyntaxError,
    /// The line of the place, without its line break.
    line: Span,
}

/// A reason for a refusal.
struct Cure {
    /// How PyYAML's message begins.
    message: &'static str,
    /// Whether this is the reason.
    fits: fn(&Spot<'_>) -> bool,
    help: &'static str,
}

const fn cure(message: &'static str, fits: fn(&Spot<'_>) -> bool, help: &'static str) -> Cure {
    Cure { message, fits, help }
}

const fn always(_: &Spot<'_>) -> bool {
    true
}

const BLOCK_END: &str = "expected <block end>, but found ";
const TERRAFORM: &str = "this is a Terraform template: render it with `templatefile` first, or check it \
    with `--template terraform`";
const QUOTE_BRACES: &str = "a value that begins with `{` must be quoted; for cloud-init to render `{{ }}`, \
    the file must also begin with `## template: jinja`";
const MARKDOWN: &str = "this is a Markdown link: keep only the URL";
const AFTER_QUOTE: &str = "nothing may follow the closing quote: put the whole value in the quotes";
const GLUED: &str = "the colon in the line above needs a space after it";

/// The first that fits counts.
static CURES: &[Cure] = &[
    cure("", |spot| spot.is_terraform(), TERRAFORM),
    cure("", |spot| spot.is_conflict(), "this is a merge conflict marker: resolve the conflict"),
    cure("", |spot| spot.is_fence(), "this is a Markdown code fence: remove the line"),
    cure("found character '\\t'", always, "YAML does not allow tabs here: use spaces"),
    cure("found character '%'", always, "a value that begins with `%` must be quoted"),
    cure("found character '@'", always, "a value that begins with `@` must be quoted"),
    cure("found character '`'", always, "a value that begins with a backtick must be quoted"),
    cure("found character ", always, "put the value in quotes"),
    cure("mapping values are not allowed here", |spot| spot.is_below_glued(), GLUED),
    cure(
        "mapping values are not allowed here",
        |spot| spot.begins_line(),
        "the line is indented further than the key above it: keys of one mapping must line up",
    ),
    cure(
        "mapping values are not allowed here",
        always,
        "a colon and a space start a mapping: put the whole value in quotes, or write it below `|`",
    ),
    cure("sequence entries are not allowed here", always, "start the list on a line of its own"),
    cure(BLOCK_END, |spot| spot.has_markdown_link(), MARKDOWN),
    cure(
        BLOCK_END,
        |spot| spot.ends_earlier_quote(),
        "a quote that opens on an earlier line is closed here: close it on its own line",
    ),
    cure(BLOCK_END, |spot| spot.follows_quote(), AFTER_QUOTE),
    cure(BLOCK_END, |spot| spot.is_on_brace(), "a value with braces must be quoted"),
    cure(
        "expected <block end>, but found '-'",
        always,
        "a list and keys are mixed at the same indentation level level",
    ),
    cure(BLOCK_END, always, "the line is indented differently from its neighbours"),
    cure(
        "could not find expected ':'",
        |spot| spot.is_below_block(),
        "the text of a block must be indented further than its key",
    ),
    cure("could not find expected ':'", |spot| spot.is_glued(), "the colon needs a space after it"),
    cure(
        "could not find expected ':'",
        always,
        "the line is neither `key: value` nor a list item; multi-line text needs `|` after its key",
    ),
    cure("expected alphabetic or numeric character", |spot| spot.follows_quote(), AFTER_QUOTE),
    cure(
        "expected alphabetic or numeric character",
        |spot| spot.context().contains("alias"),
        "a value that begins with `*` must be quoted",
    ),
    cure(
        "expected alphabetic or numeric character",
        |spot| spot.context().contains("anchor"),
        "a value that begins with `&` must be quoted",
    ),
    cure("found undefined alias", always, "a value that begins with `*` must be quoted"),
    cure(
        "could not determine a constructor for the tag 'tag:yaml.org,2002:value'",
        always,
        "the value `=` must be quoted",
    ),
    cure(
        "could not determine a constructor for the tag '!Sub'",
        always,
        "this tag is CloudFormation's: it must process the file before cloud-init reads it",
    ),
    cure(
        "could not determine a constructor for the tag '!Ref'",
        always,
        "this tag is CloudFormation's: it must process the file before cloud-init reads it",
    ),
    cure(
        "could not determine a constructor for the tag",
        always,
        "a value that begins with `!` must be quoted",
    ),
    cure("found unhashable key", always, QUOTE_BRACES),
    cure(
        "unacceptable character",
        always,
        "remove the control character, or encode the content of a file with `encoding: b64`",
    ),
    cure(
        "found unknown escape character",
        always,
        "double the backslash in double quotes, or use single quotes",
    ),
    cure("expected escape sequence", always, "double the backslash in double quotes, or use single quotes"),
    cure("found unexpected end of stream", always, "the quote that opens here is never closed"),
    cure("found unexpected document separator", always, "the quote that opens above is never closed"),
    cure(
        "expected chomping or indentation indicators",
        |spot| spot.has_escaped_break(),
        "this `\\n` comes from a JSON or Python string: begin the text on the next line",
    ),
    cure(
        "expected chomping or indentation indicators",
        always,
        "begin the text of the block on the next line",
    ),
    cure("expected a comment or a line break", always, "begin the text of the block on the next line"),
    cure("expected ',' or ", |spot| spot.has_markdown_link(), MARKDOWN),
    cure("expected ',' or ']', but got ':'", always, "inside brackets, a value with a colon must be quoted"),
    cure("expected ',' or ']'", always, "a comma is missing, or the bracket is not closed"),
    cure("expected ',' or '}'", |spot| spot.is_template(), QUOTE_BRACES),
    cure("expected ',' or '}'", always, "a comma is missing, or the brace is not closed"),
    cure("expected the node content", |spot| spot.is_template(), QUOTE_BRACES),
    cure("but found another document", always, "remove the line `---`: cloud-init reads a single document"),
    cure(
        "expected '<document start>'",
        always,
        "the line is indented less than the lines above, or not part of the YAML",
    ),
    cure("found incompatible YAML document", always, "remove the line `%YAML`"),
];

impl<'t> Spot<'t> {
    pub(super) fn new(text: &'t str, error: &'t SyntaxError) -> Self {
        let at = (0..=error.place.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
        Self { text, error, line: Span::new(start, end) }
    }

    /// What to do.
    pub(super) fn help(&self) -> Option<&'static str> {
        let message = self.error.message.as_str();
        CURES.iter().find(|cure| message.starts_with(cure.message) && (cure.fits)(self)).map(|cure| cure.help)
    }

    /// The word or sign at the place; the rest of the line if it is short.
    pub(super) fn token(&self) -> Span {
        let at = self.error.place.clamp(self.line.start, self.line.end);
        let rest = self.text.get(at..self.line.end).unwrap_or_default();
        let ends = |char: char| char.is_whitespace() || ",:[]{}".contains(char);
        let length = rest.char_indices().skip(1).find(|&(_, char)| ends(char));
        Span::new(at, at + length.map_or(rest.trim_end().len(), |(at, _)| at))
    }

    /// Puts the value of the line in single quotes, where a colon in it is what is wrong.
    pub(super) fn quoted(&self) -> Option<(Span, String)> {
        if self.error.message != "mapping values are not allowed here" || self.begins_line() {
            return None;
        }
        let line = self.line.slice(self.text).trim_end_matches('\r');
        let indentation = line.len() - line.trim_start_matches(' ').len();
        let content = &line[indentation..];
        let lead = match content.strip_prefix("- ") {
            Some(item) if first_colon(item).is_none_or(|at| !is_key(&item[..at])) => 2,
            _ => first_colon(content)
                .filter(|&at| is_key(content[..at].trim_start_matches(['-', ' '])))
                .map(|at| at + 2)?,
        };
        let value = content.get(lead..)?;
        let start = self.line.start + indentation + lead + (value.len() - value.trim_start().len());
        let value = value.trim();
        let is_plain =
            !value.starts_with(['\'', '"', '[', '{', '|', '>', '&', '*', '!', '#']) && !value.contains(" #");
        let next = self.text.get(self.line.end..).unwrap_or_default().trim_start_matches('\n').lines().next();
        let goes_on = next.is_some_and(|next| {
            indentation_of(next) > indentation + 2 && !next.trim_start().starts_with('-')
        });
        (is_plain && !goes_on && !value.is_empty())
            .then(|| (Span::new(start, start + value.len()), format!("'{}'", value.replace('\'', "''"))))
    }

    fn line(&self) -> &'t str {
        self.line.slice(self.text)
    }

    fn before(&self) -> &'t str {
        self.text.get(self.line.start..self.error.place.max(self.line.start)).unwrap_or_default()
    }

    fn here(&self) -> &'t str {
        self.text.get(self.error.place..).unwrap_or_default()
    }

    fn context(&self) -> &'t str {
        self.error.context.as_ref().map_or("", |(words, _)| words.as_str())
    }

    /// The lines above that are not blank, from below.
    fn above(&self) -> impl Iterator<Item = &'t str> {
        self.text
            .get(..self.line.start)
            .unwrap_or_default()
            .lines()
            .rev()
            .filter(|line| !line.trim().is_empty())
    }

    fn is_terraform(&self) -> bool {
        let line = self.line().trim_start_matches([' ', '-']);
        line.starts_with("%{") || (line.starts_with("${") && line.trim_end().ends_with('}'))
    }

    fn is_conflict(&self) -> bool {
        ["<<<<<<< ", "=======", ">>>>>>> "].iter().any(|mark| self.line().starts_with(mark))
    }

    fn is_fence(&self) -> bool {
        self.line().trim_start().starts_with("```")
    }

    fn is_template(&self) -> bool {
        self.line().contains("{{") || self.line().contains("{%")
    }

    fn is_on_brace(&self) -> bool {
        self.here().starts_with(['{', '[']) || self.before().trim_end().ends_with('}')
    }

    fn has_markdown_link(&self) -> bool {
        self.line().contains("](http")
    }

    fn has_escaped_break(&self) -> bool {
        self.here().starts_with("\\n") || self.here().starts_with('\\')
    }

    /// Whether the place is the first colon of a line that begins with a key.
    fn begins_line(&self) -> bool {
        let key = self.before().trim_start_matches([' ', '-']);
        is_key(key)
    }

    fn is_glued(&self) -> bool {
        is_glued(self.line())
    }

    fn is_below_glued(&self) -> bool {
        self.begins_line() && self.above().next().is_some_and(is_glued)
    }

    /// Whether the line belongs to a block such as `content: |` and is not indented deeper than its key.
    fn is_below_block(&self) -> bool {
        let column = indentation_of(self.line());
        let opener = self.above().find(|line| opens_block(line));
        opener.is_some_and(|line| {
            let key = line.len() - line.trim_start_matches([' ', '-']).len();
            column <= key
        })
    }

    /// Whether the quote before the place closes one of an earlier line.
    fn ends_earlier_quote(&self) -> bool {
        let before = self.before();
        ['"', '\''].iter().any(|quote| {
            before.contains(*quote)
                && before.matches(*quote).count() % 2 == 1
                && before.trim_end().ends_with(*quote)
                && !before[..before.rfind(*quote).unwrap_or(0)].contains(*quote)
                && self.error.context.as_ref().is_some_and(|(_, at)| *at < self.line.start)
                && self.above().any(|line| line.matches(*quote).count() % 2 == 1)
        })
    }

    fn follows_quote(&self) -> bool {
        self.before().trim_end_matches([' ', '&', '*']).ends_with(['"', '\''])
    }
}

/// Where a colon and a space stand first.
fn first_colon(text: &str) -> Option<usize> {
    text.find(": ")
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
}

/// `hostname:web1`
fn is_glued(line: &str) -> bool {
    line.trim_start_matches(['-', ' ']).split_once(':').is_some_and(|(key, value)| {
        is_key(key) && !value.is_empty() && !value.starts_with([' ', '/', ':', '\r'])
    })
}

/// `content: |`, or `- |`.
fn opens_block(line: &str) -> bool {
    let header = line.trim_end().rsplit([' ', ':']).next().unwrap_or_default();
    header.starts_with(['|', '>']) && header[1..].bytes().all(|byte| b"+-123456789".contains(&byte))
}

fn indentation_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}
