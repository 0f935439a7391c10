//! Python's `int()` and `float()`, and the numbers to the base of 60 that PyYAML makes of them.

use super::repr::repr;
use super::scalar::Refusal;
use super::words::too_many_digits;
use crate::float;
use crate::scalar::Scalar;
use crate::scanner::MOST_DIGITS;

/// `construct_yaml_int`.
pub(super) fn int(text: &str) -> Result<Scalar, Refusal> {
    let value = text.replace('_', "");
    let (negative, digits) = sign(&value)?;
    if digits == "0" {
        return Ok(Scalar::Int(0));
    }
    let number = if let Some(digits) = digits.strip_prefix("0b") {
        Whole::read(digits, 2)?
    } else if let Some(digits) = digits.strip_prefix("0x") {
        Whole::read(digits, 16)?
    } else if first(digits)? == '0' {
        Whole::read(digits, 8)?
    } else if digits.contains(':') {
        sexagesimal(digits)?
    } else {
        Whole::read(digits, 10)?
    };
    Ok(number.signed(negative).into_scalar(text))
}

/// `construct_yaml_float`.
pub(super) fn float(text: &str) -> Result<Scalar, Refusal> {
    let value = text.replace('_', "").to_lowercase();
    let (negative, digits) = sign(&value)?;
    let number = match digits {
        ".inf" => f64::INFINITY,
        // It has no sign.
        ".nan" => return Ok(Scalar::Float(f64::NAN)),
        _ if digits.contains(':') => sexagesimal_float(digits)?,
        _ => python_float(digits)?,
    };
    Ok(Scalar::Float(if negative { -number } else { number }))
}

fn first(text: &str) -> Result<char, Refusal> {
    text.chars().next().ok_or_else(|| Refusal::crash("IndexError", "string index out of range"))
}

fn sign(text: &str) -> Result<(bool, &str), Refusal> {
    let first = first(text)?;
    Ok((first == '-', text.strip_prefix(['-', '+']).unwrap_or(text)))
}

/// What Python takes for white space around a number.
fn trim(text: &str) -> &str {
    text.trim_matches(|char: char| char.is_whitespace() || matches!(char, '\u{1C}'..='\u{1F}'))
}

/// A whole number.
#[derive(Clone, Debug)]
enum Whole {
    Small(i128),
    /// One that needs more than 128 bits: its sign and decimal digits.
    Large(bool, Decimal),
    /// One with more digits than Python shows.
    Huge,
}

impl Whole {
    /// `int(text, base)`.
    fn read(text: &str, base: u32) -> Result<Self, Refusal> {
        let invalid = || {
            let message = format!("invalid literal for int() with base {base}: {}", repr(text));
            Refusal::crash("ValueError", &message)
        };
        let trimmed = trim(text);
        let unsigned = trimmed.strip_prefix(['-', '+']).unwrap_or(trimmed);
        let prefixes: [&str; 2] = match base {
            2 => ["0b", "0B"],
            8 => ["0o", "0O"],
            16 => ["0x", "0X"],
            _ => ["", ""],
        };
        let digits = prefixes.iter().find_map(|prefix| unsigned.strip_prefix(prefix)).unwrap_or(unsigned);
        if digits.is_empty() || !digits.chars().all(|char| char.is_digit(base)) {
            return Err(invalid());
        }
        if base == 10 && digits.len() > MOST_DIGITS {
            return Err(Refusal::crash("ValueError", &too_many_digits(digits.len())));
        }
        let significant = digits.trim_start_matches('0');
        let number = if significant.is_empty() {
            Self::Small(0)
        } else if let Ok(small) = i128::from_str_radix(significant, base) {
            Self::Small(small)
        } else if significant.len() > MOST_DIGITS {
            Self::Huge
        } else {
            let mut decimal = Decimal::default();
            for digit in significant.chars().filter_map(|char| char.to_digit(base)) {
                decimal.multiply_add(base, digit);
            }
            Self::Large(false, decimal)
        };
        Ok(number.signed(trimmed.starts_with('-')))
    }

    fn signed(self, negative: bool) -> Self {
        match self {
            Self::Small(small) if negative => Self::Small(-small),
            Self::Large(sign, decimal) => Self::Large(sign != negative, decimal),
            other => other,
        }
    }

    fn into_scalar(self, written: &str) -> Scalar {
        match self {
            Self::Small(small) => {
                i64::try_from(small).map_or_else(|_| Scalar::BigInt(small.to_string().into()), Scalar::Int)
            }
            Self::Large(negative, decimal) => {
                let sign = if negative { "-" } else { "" };
                Scalar::BigInt([sign, &decimal.text()].concat().into())
            }
            Self::Huge => Scalar::BigInt(written.into()),
        }
    }
}

/// `1:30` as 90.
fn sexagesimal(text: &str) -> Result<Whole, Refusal> {
    let mut small = Some(0_i128);
    let mut parts = Vec::new();
    for part in text.split(':') {
        let part = Whole::read(part, 10)?;
        if let Whole::Small(digit) = part {
            small = small.and_then(|value| value.checked_mul(60)?.checked_add(digit));
        } else {
            small = None;
        }
        parts.push(part);
    }
    Ok(small.map_or_else(|| large_sexagesimal(&parts), Whole::Small))
}

/// A sexagesimal number that needs more than 128 bits. Not calculated is what Python would not
/// show, and a sum with a first part that is large itself or with a negative one, which only an explicit tag allows.
fn large_sexagesimal(parts: &[Whole]) -> Whole {
    let mut decimal = Decimal::default();
    for part in parts {
        match part {
            Whole::Small(digit) if decimal.length() <= MOST_DIGITS => match u32::try_from(*digit) {
                Ok(digit) => decimal.multiply_add(60, digit),
                Err(_) => return Whole::Huge,
            },
            _ => return Whole::Huge,
        }
    }
    Whole::Large(false, decimal)
}

/// `float(text)`; `text` is in lower case.
fn python_float(text: &str) -> Result<f64, Refusal> {
    let trimmed = trim(text);
    let unsigned = trimmed.strip_prefix(['-', '+']).unwrap_or(trimmed);
    let number = match unsigned {
        "inf" | "infinity" => f64::INFINITY,
        "nan" => f64::NAN,
        _ => float::read(unsigned).ok_or_else(|| {
            Refusal::crash("ValueError", &format!("could not convert string to float: {}", repr(text)))
        })?,
    };
    Ok(if trimmed.starts_with('-') { -number } else { number })
}

/// `1:30.5` as 90.5, added up from the last group on, as the rounding is due to it.
fn sexagesimal_float(text: &str) -> Result<f64, Refusal> {
    let groups: Result<Vec<f64>, _> = text.split(':').map(python_float).collect();
    let mut base = Decimal::default();
    base.multiply_add(1, 1);
    let mut value = 0.0;
    for group in groups?.iter().rev() {
        let factor = float::read(&base.text()).unwrap_or(f64::INFINITY);
        if factor.is_infinite() {
            return Err(Refusal::crash("OverflowError", "int too large to convert to float"));
        }
        value += group * factor;
        base.multiply_add(60, 0);
    }
    Ok(value)
}

/// A whole number of any size as decimal digits, nine in one, the last first.
#[derive(Clone, Debug, Default)]
struct Decimal(Vec<u32>);

impl Decimal {
    const UNIT: u64 = 1_000_000_000;

    /// `self` × `factor` + `summand`.
    fn multiply_add(&mut self, factor: u32, summand: u32) {
        let mut carry = u64::from(summand);
        for unit in &mut self.0 {
            carry += u64::from(*unit) * u64::from(factor);
            *unit = u32::try_from(carry % Self::UNIT).unwrap_or_default();
            carry /= Self::UNIT;
        }
        while carry > 0 {
            self.0.push(u32::try_from(carry % Self::UNIT).unwrap_or_default());
            carry /= Self::UNIT;
        }
    }

    /// How many digits it has, or up to eight more.
    fn length(&self) -> usize {
        self.0.len() * 9
    }

    fn text(&self) -> String {
        let mut units = self.0.iter().rev();
        let first = units.next().copied().unwrap_or_default().to_string();
        units.fold(first, |text, unit| text + &format!("{unit:09}"))
    }
}
