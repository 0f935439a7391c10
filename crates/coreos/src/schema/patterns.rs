//! What the values of some keys have to look like, as the programs have it in the tags of their Go types.

use dryboot_schema::Pattern;

/// A file mode.
pub static PERMISSIONS: Pattern =
    Pattern::go("^0?[0-7]{3,4}$", "three or four octal digits such as `0644`", is_permissions);

/// When reboots may begin: an optional weekday and a space, then hour and minute.
pub(super) static WINDOW_START: Pattern = Pattern::go(
    "^((?i:sun|mon|tue|wed|thu|fri|sat|sun) )?0*([0-9]|1[0-9]|2[0-3]):0*([0-9]|[1-5][0-9])$",
    "a time such as `4:00`, or `Thu 04:00` with one weekday",
    is_window_start,
);

/// How long reboots may begin: a Go duration, more or less.
pub(super) static WINDOW_LENGTH: Pattern =
    Pattern::go(r"^[-+]?([0-9]*(\.[0-9]*)?[a-z]+)+$", "a duration such as `1h30m`", is_window_length);

fn is_permissions(value: &str) -> bool {
    let octal = value.bytes().all(|byte| (b'0'..=b'7').contains(&byte));
    let digits = value.len();
    octal && (3..=4).contains(&digits) || (octal && digits == 5 && value.starts_with('0'))
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

    fn check(pattern: &Pattern, good: &[&str], bad: &[&str]) {
        for value in good {
            assert!(pattern.matches(value), "{value:?} fits {}", pattern.text);
        }
        for value in bad {
            assert!(!pattern.matches(value), "{value:?} does not fit {}", pattern.text);
        }
    }

    #[test]
    fn patterns_accept_what_the_expressions_accept() {
        check(
            &PERMISSIONS,
            &["644", "0644", "4755", "00644"],
            &["64", "10644", "888", "0o644", "0644 ", "0644\n"],
        );
        check(
            &WINDOW_START,
            &["4:00", "04:00", "Thu 04:00", "THU 23:59", "0004:005", "0:0"],
            &["24:00", "4:60", "Thursday 4:00", "4", "Thu  4:00", " 4:00", "4:00 ", "4:"],
        );
        check(
            &WINDOW_LENGTH,
            &["1h", "1h30m", "-1.5h", "h", "+.h", "1.h2m"],
            &["", "1", "1h30", "1H", "1..5h", "1 h", "-"],
        );
    }
}
