//! Decimal digits to a float and back, exactly, in little code.
//!
//! The standard library does both faster, with tables and special cases that would be a tenth of what the page
//! downloads before its first lint. Configs hold few floats, and nearly all of those are read by the short way.

mod big;
mod read;
mod shortest;

pub(crate) use read::read;
pub(crate) use shortest::shortest;

/// Bits of a mantissa, with the one that is not stored.
const PRECISION: u32 = f64::MANTISSA_DIGITS;

/// What the last bit of the mantissa counts in the smallest floats, as a power of two.
const LEAST_POWER: i32 = f64::MIN_EXP - PRECISION.cast_signed();

/// The bit that all mantissas have but those of the smallest floats.
const LEADING_BIT: u64 = 1 << (PRECISION - 1);

/// `mantissa` × 2^`power`, where the power is the least one or the mantissa has its leading bit. Infinite when that is
/// more than any float.
fn from_parts(mantissa: u64, power: i32) -> f64 {
    // The leading bit adds one to the exponent, as does a mantissa that was rounded up to one bit more.
    let exponent = u64::from((power - LEAST_POWER).unsigned_abs()) << (PRECISION - 1);
    f64::from_bits((exponent + mantissa).min(f64::INFINITY.to_bits()))
}

/// The mantissa and the power of two of a positive float.
fn parts(float: f64) -> (u64, i32) {
    let bits = float.to_bits();
    let fraction = bits & (LEADING_BIT - 1);
    match i32::try_from(bits >> (PRECISION - 1)).unwrap_or_default() {
        0 => (fraction, LEAST_POWER),
        exponent => (fraction | LEADING_BIT, LEAST_POWER + exponent - 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Floats of all kinds, the same ones each time.
    fn floats() -> impl Iterator<Item = f64> {
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let any = std::iter::repeat_with(move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            f64::from_bits(state >> 1)
        });
        let edges = (0..0x7FF).flat_map(|exponent: u64| {
            [0, 1, LEADING_BIT / 2, LEADING_BIT - 1]
                .map(|fraction| f64::from_bits((exponent << 52) | fraction))
        });
        any.take(5_000).chain(edges).filter(|float| float.is_finite())
    }

    #[test]
    fn floats_are_read_as_the_standard_library_reads_them() {
        for float in floats() {
            for text in
                [format!("{float:e}"), format!("{float:.3e}"), format!("{float:.30e}"), format!("{float}")]
            {
                assert_eq!(read(&text), text.parse().ok(), "{text}");
            }
        }
    }

    #[test]
    fn floats_are_as_short_as_in_the_standard_library() {
        for float in floats() {
            let (digits, exponent) = shortest(float);
            let (first, rest) = digits.split_at(1);
            let point = if rest.is_empty() { "" } else { "." };
            let shown = format!("{first}{point}{rest}e{exponent}");
            let theirs = format!("{float:e}");
            // Of two that are equally near, it takes the larger one. With a number of digits it takes the even one.
            let even = format!("{float:.places$e}", places = rest.len());
            assert!(shown == theirs || (shown == even && shown.len() == theirs.len()), "{shown} {theirs}");
        }
    }

    #[test]
    fn numbers_in_the_middle_of_two_floats_go_to_the_even_one() {
        for float in floats().step_by(20) {
            let next = f64::from_bits(float.to_bits() + 1);
            // Exact, since the middle of two floats has fewer digits than this.
            let (low, high) = (format!("{float:.1100}"), format!("{next:.1100}"));
            if low.len() > 1_105 || next.is_infinite() {
                continue;
            }
            let middle = middle(&low, &high);
            let even = if float.to_bits() % 2 == 0 { float } else { next };
            assert_eq!(read(&middle), Some(even), "{middle}");
            assert_eq!(
                read(&format!("{middle}{}1", "0".repeat(5_000))),
                Some(next),
                "a bit more than {middle}"
            );
        }
    }

    /// Half the sum of two numbers with equally many digits behind the point.
    fn middle(low: &str, high: &str) -> String {
        let width = low.len().max(high.len());
        let (low, high) = (format!("{low:0>width$}"), format!("{high:0>width$}"));
        let mut sum: Vec<u8> = Vec::new();
        let mut carry = 0;
        for (a, b) in low.bytes().zip(high.bytes()).rev().filter(|(a, _)| *a != b'.') {
            let digit = a - b'0' + b - b'0' + carry;
            sum.push(digit % 10);
            carry = digit / 10;
        }
        sum.push(carry);
        let mut rest = 0;
        let halves = sum.iter().rev().map(|digit| {
            let whole = rest * 10 + digit;
            rest = whole % 2;
            char::from(b'0' + whole / 2)
        });
        let mut text: String = halves.collect();
        text.push(if rest == 1 { '5' } else { '0' });
        text.insert(text.len() - 1_101, '.');
        text
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "", ".", "e1", ".e1", "1e", "1e+", "1.2.3", "1e1.5", "-1", "+1", "1e--1", "1_0", "inf", "0x1",
            "1 ",
        ] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }

    #[test]
    fn size_and_length_of_a_number_have_no_bounds() {
        for (text, float) in [
            ("1.", 1.0),
            (".5", 0.5),
            ("000", 0.0),
            ("0e999999999999999999999", 0.0),
            ("1e999999999999999999999", f64::INFINITY),
            ("1e-999999999999999999999", 0.0),
            ("1.7976931348623158e308", f64::MAX),
            ("1.7976931348623159e308", f64::INFINITY),
            ("2.4703282292062327e-324", 0.0),
            ("2.4703282292062328e-324", 5e-324),
        ] {
            assert_eq!(read(text), Some(float), "{text}");
        }
        let zeros = "0".repeat(100_000);
        assert_eq!(read(&format!("1{zeros}e-100000")), Some(1.0));
        assert_eq!(read(&format!("0.{zeros}1e100001")), Some(1.0));
        assert_eq!(read(&"9".repeat(100_000)), Some(f64::INFINITY));
    }
}
