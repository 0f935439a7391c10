//! What the values of some keys have to look like.

/// A pattern of the targets, matched without a regular-expression engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// `^0?[0-7]{3,4}$`
    Permissions,
    /// An optional weekday and a blank, then hour and minute: `Thu 04:00`.
    WindowStart,
    /// `^[-+]?([0-9]*(\.[0-9]*)?[a-z]+)+$`: a Go duration, more or less.
    WindowLength,
}

impl Pattern {
    /// Whether `value` matches.
    #[must_use]
    pub fn matches(self, value: &str) -> bool {
        match self {
            Self::OneOf(words) => words.contains(&value),
            Self::Permissions => {
                let octal = value.bytes().all(|byte| (b'0'..=b'7').contains(&byte));
                let digits = value.len();
                octal && (3..=4).contains(&digits) || (octal && digits == 5 && value.starts_with('0'))
            }
            Self::WindowStart => is_window_start(value),
            Self::WindowLength => is_window_length(value),
        }
    }

    /// What is accepted, for people.
    #[must_use]
    pub fn describe(self) -> String {
        match self {
            Self::OneOf(words) => {
                let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
                match quoted.split_last() {
                    Some((last, [])) => last.clone(),
                    Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
                    None => String::new(),
                }
            }
            Self::Permissions => "three or four octal digits such as `0644`".to_owned(),
            Self::WindowStart => "a time such as `4:00`, or `Thu 04:00` with one weekday".to_owned(),
            Self::WindowLength => "a duration such as `1h30m`".to_owned(),
        }
    }
}

fn is_window_start(value: &str) -> bool {
    const DAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
    let time = match value.split_once(' ') {
        Some((day, time)) if DAYS.iter().any(|name| name.eq_ignore_ascii_case(day)) => time,
        Some(_) => return false,
        None => value,
    };
    let at_most = |digits: &str, limit: u32| {
        let significant = digits.trim_start_matches('0');
        !digits.is_empty()
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && (significant.is_empty() || significant.parse().is_ok_and(|number: u32| number <= limit))
    };
    time.split_once(':').is_some_and(|(hour, minute)| at_most(hour, 23) && at_most(minute, 59))
}

fn is_window_length(value: &str) -> bool {
    let unsigned = value.strip_prefix(['-', '+']).unwrap_or(value);
    let ends_with_unit = unsigned.ends_with(|char: char| char.is_ascii_lowercase());
    ends_with_unit
        && unsigned.split(|char: char| char.is_ascii_lowercase()).all(|number| {
            let digits = number.replacen('.', "", 1);
            digits.bytes().all(|byte| byte.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: Pattern, good: &[&str], bad: &[&str]) {
        for value in good {
            assert!(pattern.matches(value), "{value:?} fits {pattern:?}");
        }
        for value in bad {
            assert!(!pattern.matches(value), "{value:?} does not fit {pattern:?}");
        }
    }

    #[test]
    fn patterns_accept_what_the_expressions_accept() {
        check(
            Pattern::Permissions,
            &["644", "0644", "4755", "00644"],
            &["64", "10644", "888", "0o644", "0644 "],
        );
        check(
            Pattern::WindowStart,
            &["4:00", "04:00", "Thu 04:00", "THU 23:59", "0004:005", "0:0"],
            &["24:00", "4:60", "Thursday 4:00", "4", "Thu  4:00", " 4:00", "4:00 ", "4:"],
        );
        check(
            Pattern::WindowLength,
            &["1h", "1h30m", "-1.5h", "h", "+.h", "1.h2m"],
            &["", "1", "1h30", "1H", "1..5h", "1 h", "-"],
        );
    }
}
