//! Values that are refused: words, booleans and time spans.

use super::split_release;
use crate::Release;

/// What an action on the machine may be (`FailureAction=` and others).
const ACTIONS: &str = "none reboot reboot-force reboot-immediate poweroff poweroff-force \
    poweroff-immediate exit^240 exit-force^240 soft-reboot^254 soft-reboot-force^254 kexec^254 \
    kexec-force^254 halt^255 halt-force^255 halt-immediate^255";
const JOB_MODES: &str = "fail replace replace-irreversibly isolate flush ignore-dependencies \
    ignore-requirements triggering^242 restart-dependencies^257";
const OUTPUTS: &str = "inherit null tty journal journal+console kmsg kmsg+console syslog \
    syslog+console socket fd fd: file: append:^240 truncate:^248";

/// Section (empty for any), directive, and the words that it takes; `^N` is the release that
/// brought a word, and after a colon anything may follow.
const CHOICES: [(&str, &str, &str); 18] = [
    ("Service", "Type", "simple exec^240 forking oneshot dbus notify notify-reload^253 idle"),
    ("Service", "Restart", "no on-success on-failure on-abnormal on-watchdog on-abort always"),
    ("Service", "NotifyAccess", "none main exec all"),
    ("Service", "ExitType", "main cgroup"),
    ("", "StandardInput", "null tty tty-force tty-fail socket data fd fd: file:"),
    ("", "StandardOutput", OUTPUTS),
    ("", "StandardError", OUTPUTS),
    ("", "OOMPolicy", "continue stop kill"),
    ("", "KillMode", "control-group process mixed none"),
    ("", "DevicePolicy", "auto closed strict"),
    ("Socket", "BindIPv6Only", "default both ipv6-only"),
    ("Unit", "CollectMode", "inactive inactive-or-failed"),
    ("", "FailureAction", ACTIONS),
    ("", "SuccessAction", ACTIONS),
    ("", "StartLimitAction", ACTIONS),
    ("Unit", "JobTimeoutAction", ACTIONS),
    ("Unit", "OnFailureJobMode", JOB_MODES),
    ("Unit", "OnSuccessJobMode", JOB_MODES),
];

/// The words that a directive takes, when it takes nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choices {
    words: &'static str,
    release: Release,
}

impl Choices {
    /// The words; behind one that ends in a colon, anything may follow.
    pub fn words(self) -> impl Iterator<Item = &'static str> {
        let words = self.words.split_ascii_whitespace().map(split_release);
        words.filter(move |(_, since)| since.is_none_or(|since| since <= self.release)).map(|(word, _)| word)
    }

    fn has(self, value: &str) -> bool {
        self.words().any(|word| word == value || (word.ends_with(':') && value.starts_with(word)))
    }
}

/// The words that a directive takes, when it takes nothing else.
#[must_use]
pub fn choices(section: &str, name: &str, release: Release) -> Option<Choices> {
    let mut all = CHOICES.iter();
    let (.., words) = all.find(|(of, key, _)| *key == name && (of.is_empty() || *of == section))?;
    Some(Choices { words, release })
}

/// What a directive takes, as far as it is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// `yes`, `no` and similar.
    Boolean,
    /// A span of time.
    TimeSpan,
    /// One of these words.
    Choice(Choices),
}

/// What a directive wants of its value, when `value` is not that, so that systemd ignores it.
#[must_use]
pub fn value(section: &str, name: &str, value: &str, boolean: bool, release: Release) -> Option<Value> {
    let (wanted, fits) = if boolean {
        (Value::Boolean, self::boolean(value).is_some())
    } else if takes_time_span(name) {
        (Value::TimeSpan, is_time_span(value))
    } else {
        let choices = choices(section, name, release)?;
        (Value::Choice(choices), choices.has(value))
    };
    (!fits).then_some(wanted)
}

/// A boolean as systemd reads it (`parse_boolean`).
#[must_use]
pub fn boolean(value: &str) -> Option<bool> {
    const YES: [&str; 6] = ["1", "yes", "y", "true", "t", "on"];
    const NO: [&str; 6] = ["0", "no", "n", "false", "f", "off"];
    let is_one_of = |words: [&str; 6]| words.iter().any(|word| word.eq_ignore_ascii_case(value));
    if is_one_of(YES) { Some(true) } else { is_one_of(NO).then_some(false) }
}

fn takes_time_span(name: &str) -> bool {
    let is_other = name.ends_with("NSec") || name == "IODeviceLatencyTargetSec";
    name == "StartLimitInterval" || (name.ends_with("Sec") && !is_other)
}

/// The units of time; of those that begin alike, the longer comes first (`systemd.time(7)`).
const UNITS: [&str; 29] = [
    "seconds", "second", "sec", "s", "minutes", "minute", "min", "months", "month", "msec", "ms", "m", "M",
    "hours", "hour", "hr", "h", "days", "day", "d", "weeks", "week", "w", "years", "year", "y", "usec", "us",
    "µs",
];

/// Whether systemd takes this for a span of time (`parse_sec`).
#[must_use]
pub fn is_time_span(value: &str) -> bool {
    let mut rest = value.trim();
    if rest == "infinity" {
        return true;
    }
    if rest.is_empty() {
        return false;
    }
    while !rest.is_empty() {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        rest = rest.strip_prefix('+').unwrap_or(rest);
        let whole = digits(rest);
        let mut behind = &rest[whole..];
        let mut fraction = 0;
        if let Some(text) = behind.strip_prefix('.') {
            fraction = digits(text);
            behind = &text[fraction..];
        }
        if whole + fraction == 0 {
            return false;
        }
        behind = behind.trim_start();
        let unit = UNITS.iter().find_map(|unit| behind.strip_prefix(unit));
        rest = unit.unwrap_or(behind).trim_start();
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_spans_are_told_as_systemd_does() {
        for yes in [
            "0",
            "90",
            "5min 20s",
            "5min20s",
            "1.5h",
            "infinity",
            "10 sec",
            "1y 12month",
            "2 weeks",
            "500ms",
            ".5",
        ] {
            assert!(is_time_span(yes), "{yes}");
        }
        for no in ["", "s", "-1", "5 minuten", "1h infinity", "5x", "ten", "."] {
            assert!(!is_time_span(no), "{no}");
        }
    }

    #[test]
    fn words_depend_on_the_release() {
        let types = |release| choices("Service", "Type", release);
        assert!(types(Release::COREOS).is_some_and(|types| !types.has("exec")));
        assert!(types(Release::FLATCAR).is_some_and(|types| types.has("notify-reload")));
        assert_eq!(choices("Mount", "Type", Release::FLATCAR), None);
        assert!(choices("Mount", "KillMode", Release::FLATCAR).is_some());
        assert!(boolean("YES") == Some(true) && boolean("off") == Some(false) && boolean("2").is_none());
    }
}
