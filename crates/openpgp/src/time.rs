//! Moments as OpenPGP has them: whole seconds since 1970, in UTC.

use std::fmt;
use std::time::{Duration, SystemTime};

/// Seconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub u64);

const DAY: u64 = 86_400;

impl Time {
    /// Reads `2019-02-04`, `2019-02-04T19:44:17Z`, the same with a space or without seconds, or `@` and seconds.
    ///
    /// # Errors
    /// Says in words what is accepted.
    pub fn parse(text: &str) -> Result<Self, String> {
        let refused = || {
            format!(
                "`{text}` is not a valid time: write a date in UTC like 2019-02-04, optionally with a time \
                 like 2019-02-04T19:44:17Z, or @ and the seconds since 1970"
            )
        };
        if let Some(seconds) = text.strip_prefix('@') {
            // What OpenPGP can say, and far from any overflow.
            return seconds.parse::<u32>().map(|seconds| Self(seconds.into())).map_err(|_| refused());
        }
        let text = text.strip_suffix('Z').unwrap_or(text);
        let (date, time) = text.split_once(['T', ' ']).unwrap_or((text, "00:00"));
        let [year, month, day] = numbers(date, '-').ok_or_else(refused)?;
        let [hour, minute, second] =
            numbers(time, ':').or_else(|| numbers(&format!("{time}:00"), ':')).ok_or_else(refused)?;
        let is_date = (1970..=2105).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_of(year, month)).contains(&day);
        if !is_date || hour > 23 || minute > 59 || second > 59 {
            return Err(refused());
        }
        let days: u64 = (1970..year).map(days_of_year).sum::<u64>()
            + (1..month).map(|month| days_of(year, month)).sum::<u64>()
            + (day - 1);
        Ok(Self(days * DAY + hour * 3600 + minute * 60 + second))
    }

    /// Year, month and day.
    fn date(self) -> (u64, u64, u64) {
        let (mut days, mut year, mut month) = (self.0 / DAY, 1970, 1);
        while days >= days_of_year(year) {
            days -= days_of_year(year);
            year += 1;
        }
        while days >= days_of(year, month) {
            days -= days_of(year, month);
            month += 1;
        }
        (year, month, days + 1)
    }

    /// With the time of day, as `2019-02-04T19:44:17Z`.
    #[must_use]
    pub fn to_rfc3339(self) -> String {
        let second = self.0 % DAY;
        format!("{self}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60)
    }

    pub(crate) fn from_system(time: SystemTime) -> Self {
        Self(time.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs()))
    }

    pub(crate) fn to_system(self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(self.0)
    }
}

/// The date alone, as `2019-02-04`.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.date();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

fn numbers(text: &str, separator: char) -> Option<[u64; 3]> {
    let mut parts = text.split(separator).map(|part| {
        let is_number = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| part.parse().ok()).flatten()
    });
    let numbers = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(numbers)
}

fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_of_year(year: u64) -> u64 {
    365 + u64::from(is_leap(year))
}

fn days_of(year: u64, month: u64) -> u64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u64::from(is_leap(year)),
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_and_written() {
        for (text, seconds) in [
            ("1970-01-01", 0),
            ("2000-02-29", 951_782_400),
            ("2019-02-04T19:44:17Z", 1_549_309_457),
            ("2019-02-04 19:44", 1_549_309_440),
            ("@1549309457", 1_549_309_457),
        ] {
            assert_eq!(Time::parse(text), Ok(Time(seconds)), "{text}");
        }
        assert_eq!(Time(1_549_309_457).to_rfc3339(), "2019-02-04T19:44:17Z");
        assert_eq!(Time(951_782_400).to_string(), "2000-02-29");
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "now",
            "2019",
            "2019-02-30",
            "2019-13-01",
            "1969-12-31",
            "2019-02-04T25:00",
            "@-1",
            "2019-02-04T",
            "2019-+2-04",
        ] {
            assert!(Time::parse(text).is_err(), "{text}");
        }
    }
}
