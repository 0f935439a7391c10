//! A float to the fewest decimal digits that read back as it.

use super::big::Big;
use super::{LEADING_BIT, LEAST_POWER, parts};

/// The fewest digits that are read as this positive float and no other, and the exponent that goes with them when the
/// point is behind the first. Of several such numbers it is the nearest, and the even one if two are equally near.
///
/// The algorithm is Steele and White's, known as Dragon4.
pub(crate) fn shortest(float: f64) -> (String, i32) {
    let (mantissa, power) = parts(float);
    if mantissa == 0 {
        return ("0".to_owned(), 0);
    }
    // The float is `number` / `one`. What is less than `low` below it or less than `high` above it is read as it.
    let scale = power.max(0).unsigned_abs();
    let gap_is_smaller_below = mantissa == LEADING_BIT && power > LEAST_POWER;
    let mut number = Big::shifted(4 * mantissa, scale);
    let mut one = Big::shifted(4, power.min(0).unsigned_abs());
    let mut low = Big::shifted(if gap_is_smaller_below { 1 } else { 2 }, scale);
    let mut high = Big::shifted(2, scale);
    // Of two floats that are equally near, the even one is read.
    let reaches =
        |number: &Big, bound: &Big| if mantissa % 2 == 0 { number >= bound } else { number > bound };

    let mut exponent = below_logarithm(mantissa, power);
    let zeros = exponent.unsigned_abs();
    if exponent > 0 {
        one.multiply_by_ten_to(zeros);
    } else {
        for part in [&mut number, &mut low, &mut high] {
            part.multiply_by_ten_to(zeros);
        }
    }
    while reaches(&number.plus(&high), &one) {
        one.multiply_add(10, 0);
        exponent += 1;
    }
    // Now the float is 0.DIGITS × 10^`exponent`.
    let mut digits = String::new();
    loop {
        for part in [&mut number, &mut low, &mut high] {
            part.multiply_add(10, 0);
        }
        let mut digit = 0;
        while number.take(&one) {
            digit += 1;
        }
        let may_go_down = reaches(&low, &number);
        let may_go_up = reaches(&number.plus(&high), &one);
        let is_last = may_go_down || may_go_up;
        let is_up = if may_go_down && may_go_up {
            let twice = number.plus(&number);
            twice > one || (twice == one && digit % 2 == 1)
        } else {
            may_go_up
        };
        digits.push(char::from(b'0' + digit + u8::from(is_last && is_up)));
        if is_last {
            return (digits, exponent - 1);
        }
    }
}

/// A whole number that is at most two less than the decimal logarithm, and not more than it.
fn below_logarithm(mantissa: u64, power: i32) -> i32 {
    let binary = mantissa.ilog2().cast_signed() + power;
    // The decimal logarithm of 2 is 0.30103.
    ((binary * 1233) >> 12) - 1
}
