//! Comments behind values, which systemd does not have (`systemd.syntax(7)`).

use super::{Fault, FaultKind, is_command};
use crate::file::Assignment;
use crate::words;

/// Directives whose value is any text.
const TEXTS: [&str; 4] = ["Description", "StatusText", "SyslogIdentifier", "LogExtraFields"];

/// What is meant as a comment after the value of an assignment of `text`.
pub(super) fn fault(assignment: &Assignment<'_>, text: &str) -> Option<Fault> {
    let at = begin(assignment.key, &assignment.value, is_command(assignment.key))?;
    let span = assignment.part(at, assignment.value.len());
    // Between continued lines, a comment has a line of its own. Some releases do not know that either.
    let line = text.get(..span.start)?.rsplit('\n').next().unwrap_or_default();
    (!line.trim().is_empty()).then_some(Fault { span, kind: FaultKind::CommentBehindValue })
}

/// Where in a value something begins that is meant as a comment: a `#` after a space, outside of quotes.
///
/// Among the arguments of a command, one word such as `#fff` may well be meant; several words are a sentence.
fn begin(key: &str, value: &str, is_command: bool) -> Option<usize> {
    if TEXTS.contains(&key) || !value.contains('#') {
        return None;
    }
    let (words, _) = words::split(value);
    let begins = |word: &&words::Word| word.start > 0 && !word.quoted && word.text.starts_with('#');
    let at = words.iter().position(|word| begins(&word))?;
    let first = &words[at];
    let is_sentence = first.text == "#" || words.get(at + 1).is_some_and(|next| !next.text.starts_with('-'));
    (!is_command || is_sentence).then_some(first.start)
}

#[cfg(test)]
mod tests {
    use super::begin;

    #[test]
    fn a_hash_behind_a_blank_begins_a_comment() {
        assert_eq!(begin("User", "app   # not root", false), Some(6));
        assert_eq!(begin("Restart", "always #yes", false), Some(7));
        assert_eq!(begin("ExecStart", "/opt/bin/app  # starts it", true), Some(14));
        assert_eq!(begin("ExecStart", "/opt/bin/app --color #fff", true), None);
        assert_eq!(begin("ExecStart", "/opt/bin/app --color #fff --big", true), None);
        assert_eq!(begin("ExecStart", "/opt/bin/app #starts it", true), Some(13));
        assert_eq!(begin("ExecStart", "/bin/sh -c 'true # done'", true), None);
        assert_eq!(begin("Description", "Issue # 5", false), None);
        assert_eq!(begin("Environment", "A=b#c", false), None);
        assert_eq!(begin("User", "#app", false), None);
    }
}
