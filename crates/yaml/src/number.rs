//! Numbers as Go's `strconv` reads them (Go 1.19).

/// `strconv.ParseInt(text, 0, 64)` and `ParseUint` in one: the sign, then a base prefix (`0x`,
/// `0b`, `0o`, or `0` for octal), then digits of that base.
pub(crate) fn go_int(text: &str) -> Option<i128> {
    let (negative, unsigned) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let lower = unsigned.to_ascii_lowercase();
    let (base, digits) = match lower.as_bytes() {
        [b'0', b'x', ..] => (16, &lower[2..]),
        [b'0', b'b', ..] => (2, &lower[2..]),
        [b'0', b'o', ..] => (8, &lower[2..]),
        [b'0', _, ..] => (8, &lower[1..]),
        _ => (10, lower.as_str()),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| char::from(byte).is_digit(base)) {
        return None;
    }
    // What does not even fit 128 bits is as far out of range as what does not fit 64.
    let magnitude = i128::from_str_radix(digits, base).unwrap_or(i128::MAX);
    Some(if negative { -magnitude } else { magnitude })
}

/// `strconv.ParseFloat(text, 64)`: decimal and hexadecimal forms, infinities and NaN in words,
/// underscores between digits; what overflows is an error there and `None` here.
pub(crate) fn go_float(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let sign = if text.starts_with('-') { -1.0 } else { 1.0 };
    match unsigned.to_ascii_lowercase().as_str() {
        "inf" | "infinity" => return Some(sign * f64::INFINITY),
        "nan" if unsigned.len() == text.len() => return Some(f64::NAN),
        _ => {}
    }
    if unsigned.starts_with("0x") || unsigned.starts_with("0X") {
        return hex_float(&unsigned[2..].replace('_', "")).map(|float| sign * float);
    }
    let digits = match underscores_separate_digits(unsigned) {
        true => unsigned.replace('_', ""),
        false => return None,
    };
    let float = crate::float::read(&digits)?;
    float.is_finite().then_some(sign * float)
}

fn underscores_separate_digits(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    bytes
        .iter()
        .enumerate()
        .all(|(at, &byte)| byte != b'_' || (is_digit(at.checked_sub(1)) && is_digit(Some(at + 1))))
}

/// `1.8p3`: hexadecimal digits with an optional point, and a mandatory binary exponent.
fn hex_float(text: &str) -> Option<f64> {
    let (mantissa, exponent) = text.split_once(['p', 'P'])?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let mut value = 0.0_f64;
    for digit in whole.chars().chain(fraction.chars()) {
        value = value * 16.0 + f64::from(digit.to_digit(16)?);
    }
    let exponent: i32 = exponent.parse().ok()?;
    let places = i32::try_from(fraction.len()).ok()?;
    let float = value * 2.0_f64.powi(exponent.checked_sub(places.checked_mul(4)?)?);
    float.is_finite().then_some(float)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_read_as_in_go() {
        for (text, float) in [
            ("1.5", Some(1.5)),
            ("+1.", Some(1.0)),
            ("-.5e+1", Some(-5.0)),
            ("1_000.25", Some(1000.25)),
            ("-0x1.8p1", Some(-3.0)),
            ("-Infinity", Some(f64::NEG_INFINITY)),
            ("1e309", None),
            ("1__0", None),
            ("--1", None),
            ("+-1", None),
            ("-", None),
        ] {
            assert_eq!(go_float(text), float, "{text}");
        }
    }
}
