//! The dates and times that yaml.v3 takes for timestamps.

/// Whether `text` has one of yaml.v3's forms: `2006-1-2`, `2006-1-2 15:4:5.9`,
/// `2006-1-2T15:4:5.9Z07:00` (`t` in lower case too).
pub(crate) fn is_timestamp(text: &str) -> bool {
    let date_end = text.find([' ', 'T', 't']).unwrap_or(text.len());
    let (date, rest) = text.split_at(date_end);
    if !is_date(date) {
        return false;
    }
    match rest.as_bytes().first() {
        None => true,
        Some(b' ') => is_time(&rest[1..]),
        _ => match rest.rfind(['Z', '+', '-']) {
            Some(zone) => is_time(&rest[1..zone]) && is_zone(&rest[zone..]),
            None => false,
        },
    }
}

fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let (Some(year), Some(month), Some(day), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let (Some(year_number), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2))
    else {
        return false;
    };
    let leap = year_number % 4 == 0 && (year_number % 100 != 0 || year_number % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return false,
    };
    year.len() == 4 && (1..=days).contains(&day)
}

fn is_time(text: &str) -> bool {
    let (clock, fraction) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let mut parts = clock.split(':').map(|part| number(part, 2));
    let within = matches!(
        (parts.next(), parts.next(), parts.next(), parts.next()),
        (Some(Some(0..=23)), Some(Some(0..=59)), Some(Some(0..=59)), None)
    );
    within && number(fraction, 9).is_some()
}

fn is_zone(text: &str) -> bool {
    let Some(offset) = text.strip_prefix(['+', '-']) else {
        return text == "Z";
    };
    let parts = offset.split_once(':');
    parts.is_some_and(|(hours, minutes)| {
        hours.len() == 2
            && minutes.len() == 2
            && number(hours, 2) <= Some(24)
            && number(minutes, 2) <= Some(60)
            && number(hours, 2).is_some()
            && number(minutes, 2).is_some()
    })
}

fn number(text: &str, most_digits: usize) -> Option<u32> {
    let fits = (1..=most_digits).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::is_timestamp;

    #[test]
    fn only_the_forms_of_the_library_are_timestamps() {
        for text in [
            "2015-01-01",
            "2015-1-1",
            "2016-02-29",
            "2015-01-01 1:2:3",
            "2015-01-01T01:02:03.5Z",
            "2015-01-01t01:02:03+02:00",
        ] {
            assert!(is_timestamp(text), "{text}");
        }
        for text in [
            "2015-02-29",
            "2015-13-01",
            "15-01-01",
            "2015-01",
            "2015-01-01T01:02:03",
            "2015-01-01 25:00:00",
            "2015-01-01x",
            "1-2-3-4",
        ] {
            assert!(!is_timestamp(text), "{text}");
        }
    }
}
