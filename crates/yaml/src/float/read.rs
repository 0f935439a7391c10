//! Decimal digits to the nearest float.

use super::big::Big;
use super::{LEAST_POWER, PRECISION, from_parts};

/// No number that lies in the middle between two floats has more digits than 768. Of those behind, it only matters
/// whether one is not zero.
const SIGNIFICANT: usize = 800;

/// Stands for all exponents that are larger.
const HUGE: i64 = i64::MAX / 4;

/// `12.5e-3`, without a sign, as the nearest float; of two that are equally near, the even one. Infinite when it is too
/// large.
pub(crate) fn read(text: &str) -> Option<f64> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = [whole, fraction].concat();
    if !are_digits(&digits) {
        return None;
    }
    let exponent = read_exponent(exponent)?;
    let significant = digits.trim_start_matches('0');
    // The value is 0.SIGNIFICANT × 10^`magnitude`.
    let magnitude = exponent + length(whole) - length(&digits) + length(significant);
    let significant = significant.trim_end_matches('0');
    Some(match i32::try_from(magnitude) {
        _ if significant.is_empty() => 0.0,
        Ok(magnitude @ -323..=309) => {
            let number = Decimal::new(significant, magnitude);
            number.short_way().unwrap_or_else(|| number.nearest())
        }
        _ if magnitude > 0 => f64::INFINITY,
        _ => 0.0,
    })
}

fn read_exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !are_digits(digits) {
        return None;
    }
    let exponent = digits.parse().unwrap_or(HUGE).min(HUGE);
    Some(if text.starts_with('-') { -exponent } else { exponent })
}

fn are_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn length(text: &str) -> i64 {
    i64::try_from(text.len()).unwrap_or(HUGE)
}

/// `digits` × 10^`power`.
struct Decimal {
    digits: Vec<u32>,
    power: i32,
}

impl Decimal {
    /// 0.DIGITS × 10^`magnitude`.
    fn new(digits: &str, magnitude: i32) -> Self {
        let mut digits: Vec<u32> =
            digits.bytes().take(SIGNIFICANT + 1).map(|digit| u32::from(digit - b'0')).collect();
        if let Some(last) = digits.get_mut(SIGNIFICANT) {
            *last = 1;
        }
        let power = magnitude - i32::try_from(digits.len()).unwrap_or_default();
        Self { digits, power }
    }

    /// Where digits and power of ten are floats themselves, one operation rounds correctly.
    fn short_way(&self) -> Option<f64> {
        const MOST_DIGITS: usize = 15;
        const MOST_ZEROS: u32 = 22;
        let zeros = self.power.unsigned_abs();
        if self.digits.len() > MOST_DIGITS || zeros > MOST_ZEROS {
            return None;
        }
        let whole = self.digits.iter().fold(0.0, |whole, &digit| whole * 10.0 + f64::from(digit));
        let scale = (0..zeros).fold(1.0, |scale, _| scale * 10.0);
        Some(if self.power < 0 { whole / scale } else { whole * scale })
    }

    fn nearest(&self) -> f64 {
        let mut above = Big::default();
        for &digit in &self.digits {
            above.multiply_add(10, digit);
        }
        let mut below = Big::shifted(1, 0);
        if self.power < 0 { &mut below } else { &mut above }.multiply_by_ten_to(self.power.unsigned_abs());
        // A quotient between ½ and 2 …
        let power = above.bits() - below.bits();
        if power < 0 { &mut above } else { &mut below }.shift(power.unsigned_abs());
        // … of which one bit more than a mantissa can take decides, and whether anything follows.
        const BITS: u32 = PRECISION + 2;
        let mut quotient = 0_u64;
        for _ in 0..BITS {
            quotient = (quotient << 1) | u64::from(above.take(&below));
            above.shift(1);
        }
        quotient = (quotient << 1) | u64::from(above.bits() > 0);
        round(quotient, power - BITS.cast_signed())
    }
}

/// The float that is nearest to `number` × 2^`power`, where the number has more bits than a mantissa takes.
fn round(number: u64, power: i32) -> f64 {
    let bits = u64::BITS - number.leading_zeros();
    let dropped = (bits.cast_signed() - PRECISION.cast_signed()).max(LEAST_POWER - power);
    let unit = 1_u64 << dropped;
    let mantissa = number / unit;
    let rest = number % unit;
    let up = rest > unit / 2 || (rest == unit / 2 && mantissa % 2 == 1);
    from_parts(mantissa + u64::from(up), power + dropped)
}
