//! Dates and times.

use super::scalar::Refusal;
use crate::scalar::Scalar;

/// Python's `datetime.date`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// From 1 to 9999.
    pub year: u16,
    /// From 1 to 12.
    pub month: u8,
    /// From 1 to the length of the month.
    pub day: u8,
}

/// Python's `datetime.datetime`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DateTime {
    /// The day.
    pub date: Date,
    /// From 0 to 23.
    pub hour: u8,
    /// From 0 to 59.
    pub minute: u8,
    /// From 0 to 59.
    pub second: u8,
    /// From 0 to 999,999.
    pub microsecond: u32,
    /// Minutes east of UTC; none when no zone is written.
    pub offset: Option<i32>,
}

/// What is written in a timestamp, before its numbers are looked at.
struct Written<'t> {
    year: &'t str,
    month: &'t str,
    day: &'t str,
    time: Option<Time<'t>>,
}

struct Time<'t> {
    hour: &'t str,
    minute: &'t str,
    second: &'t str,
    fraction: &'t str,
    zone: Option<Zone<'t>>,
}

enum Zone<'t> {
    Utc,
    Offset { negative: bool, hour: &'t str, minute: &'t str },
}

/// Reads from the front of a text.
struct Front<'t>(&'t str);

impl<'t> Front<'t> {
    fn digits(&mut self, least: usize, most: usize) -> Option<&'t str> {
        let count = self.0.bytes().take(most).take_while(u8::is_ascii_digit).count();
        (count >= least).then(|| self.take(count))
    }

    fn take(&mut self, count: usize) -> &'t str {
        let (taken, rest) = self.0.split_at(count);
        self.0 = rest;
        taken
    }

    fn char(&mut self, allowed: &[char]) -> Option<char> {
        let char = self.0.chars().next().filter(|char| allowed.contains(char))?;
        self.take(char.len_utf8());
        Some(char)
    }

    fn blanks(&mut self) -> usize {
        let count = self.0.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        self.take(count).len()
    }
}

impl<'t> Written<'t> {
    fn read(text: &'t str) -> Option<Self> {
        let mut front = Front(text);
        let year = front.digits(4, 4)?;
        front.char(&['-'])?;
        let month = front.digits(1, 2)?;
        front.char(&['-'])?;
        let day = front.digits(1, 2)?;
        let time = if front.0.is_empty() { None } else { Some(Time::read(&mut front)?) };
        front.0.is_empty().then_some(Self { year, month, day, time })
    }
}

impl<'t> Time<'t> {
    fn read(front: &mut Front<'t>) -> Option<Self> {
        if front.char(&['T', 't']).is_none() && front.blanks() == 0 {
            return None;
        }
        let hour = front.digits(1, 2)?;
        front.char(&[':'])?;
        let minute = front.digits(2, 2)?;
        front.char(&[':'])?;
        let second = front.digits(2, 2)?;
        let fraction = match front.char(&['.']) {
            Some(_) => front.digits(0, usize::MAX)?,
            None => "",
        };
        let blanks = front.blanks();
        let zone = match front.char(&['Z', '+', '-']) {
            None if blanks > 0 => return None,
            None => None,
            Some('Z') => Some(Zone::Utc),
            Some(sign) => {
                let hour = front.digits(1, 2)?;
                let minute = match front.char(&[':']) {
                    Some(_) => front.digits(2, 2)?,
                    None => "0",
                };
                Some(Zone::Offset { negative: sign == '-', hour, minute })
            }
        };
        Some(Self { hour, minute, second, fraction, zone })
    }
}

/// Whether a plain scalar is a timestamp: like [`construct`] reads it, but a date alone has two
/// digits for month and day.
pub(super) fn is_implicit(text: &str) -> bool {
    Written::read(text)
        .is_some_and(|written| written.time.is_some() || (written.month.len() == 2 && written.day.len() == 2))
}

/// `construct_yaml_timestamp`.
pub(super) fn construct(text: &str) -> Result<Scalar, Refusal> {
    // Python's `$` also matches before a line break at the end.
    let Some(written) = Written::read(text.strip_suffix('\n').unwrap_or(text)) else {
        return Err(Refusal::crash("AttributeError", "'NoneType' object has no attribute 'groupdict'"));
    };
    let Some(time) = &written.time else {
        return date(&written).map(Scalar::Date);
    };
    let offset = match &time.zone {
        None => None,
        Some(Zone::Utc) => Some(0),
        Some(Zone::Offset { negative, hour, minute }) => {
            Some(offset(*negative, number(hour), number(minute))?)
        }
    };
    let date = date(&written)?;
    let [hour, minute, second] = [time.hour, time.minute, time.second].map(number);
    for (name, value, last) in [("hour", hour, 23), ("minute", minute, 59), ("second", second, 59)] {
        if value > last {
            return Err(Refusal::crash("ValueError", &format!("{name} must be in 0..{last}")));
        }
    }
    let digits = &time.fraction[..time.fraction.len().min(6)];
    Ok(Scalar::DateTime(DateTime {
        date,
        hour: narrow(hour),
        minute: narrow(minute),
        second: narrow(second),
        microsecond: number(&format!("{digits:0<6}")),
        offset,
    }))
}

/// Of at most six digits.
fn number(digits: &str) -> u32 {
    digits.parse().unwrap_or_default()
}

fn narrow(number: u32) -> u8 {
    u8::try_from(number).unwrap_or_default()
}

fn date(written: &Written<'_>) -> Result<Date, Refusal> {
    let [year, month, day] = [written.year, written.month, written.day].map(number);
    let refusal = if year == 0 {
        "year 0 is out of range"
    } else if !(1..=12).contains(&month) {
        "month must be in 1..12"
    } else if !(1..=month_length(year, month)).contains(&day) {
        "day is out of range for month"
    } else {
        return Ok(Date {
            year: u16::try_from(year).unwrap_or_default(),
            month: narrow(month),
            day: narrow(day),
        });
    };
    Err(Refusal::crash("ValueError", refusal))
}

fn month_length(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Minutes east of UTC; Python refuses a whole day.
fn offset(negative: bool, hours: u32, minutes: u32) -> Result<i32, Refusal> {
    const DAY: i32 = 24 * 60;
    let minutes = i32::try_from(hours * 60 + minutes).unwrap_or(i32::MAX);
    let offset = if negative { -minutes } else { minutes };
    if minutes < DAY {
        return Ok(offset);
    }
    // As Python shows a `timedelta`: the days may be negative, the seconds are not.
    let (days, seconds) = (offset.div_euclid(DAY), offset.rem_euclid(DAY) * 60);
    let seconds = if seconds == 0 { String::new() } else { format!(", seconds={seconds}") };
    let message = format!(
        "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not \
         datetime.timedelta(days={days}{seconds})."
    );
    Err(Refusal::crash("ValueError", &message))
}

impl DateTime {
    /// Microseconds since the year 0 on its own clock, and in UTC if its zone is known.
    pub(super) fn instant(&self) -> i64 {
        let Date { year, month, day } = self.date;
        let (year, month, day) = (i64::from(year), i64::from(month), i64::from(day));
        // March begins the year, so that the leap day ends it.
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let days = year * 365 + year.div_euclid(4) - year.div_euclid(100)
            + year.div_euclid(400)
            + (month * 153 + 2) / 5
            + day;
        let minutes = (days * 24 + i64::from(self.hour)) * 60 + i64::from(self.minute)
            - i64::from(self.offset.unwrap_or_default());
        (minutes * 60 + i64::from(self.second)) * 1_000_000 + i64::from(self.microsecond)
    }
}
