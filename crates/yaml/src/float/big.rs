//! Whole numbers of any size.

use std::cmp::Ordering;

/// A whole number: digits to the base of 2³², the last one first, and none of the leading ones is zero.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Big(Vec<u32>);

impl Big {
    /// `number` × 2^`power`.
    pub(super) fn shifted(number: u64, power: u32) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "each takes its half")]
        let mut shifted = Self(vec![number as u32, (number >> 32) as u32]);
        shifted.trim();
        shifted.shift(power);
        shifted
    }

    /// How many binary digits it has.
    pub(super) fn bits(&self) -> i32 {
        let Some(first) = self.0.last() else { return 0 };
        let bits = self.0.len() * 32 - first.leading_zeros() as usize;
        i32::try_from(bits).unwrap_or(i32::MAX)
    }

    /// `self` × `factor` + `summand`.
    pub(super) fn multiply_add(&mut self, factor: u32, summand: u32) {
        let mut carry = summand;
        for digit in &mut self.0 {
            (*digit, carry) = digit.carrying_mul(factor, carry);
        }
        if carry > 0 {
            self.0.push(carry);
        }
    }

    /// `self` × 10^`power`.
    pub(super) fn multiply_by_ten_to(&mut self, power: u32) {
        const AT_ONCE: u32 = 9;
        for _ in 0..power / AT_ONCE {
            self.multiply_add(10_u32.pow(AT_ONCE), 0);
        }
        self.multiply_add(10_u32.pow(power % AT_ONCE), 0);
    }

    /// `self` × 2^`power`.
    pub(super) fn shift(&mut self, power: u32) {
        self.multiply_add(1 << (power % 32), 0);
        if !self.0.is_empty() {
            self.0.splice(..0, (0..power / 32).map(|_| 0));
        }
    }

    /// `self` + `other`.
    pub(super) fn plus(&self, other: &Self) -> Self {
        let (long, short) = if self.0.len() < other.0.len() { (other, self) } else { (self, other) };
        let mut sum = long.clone();
        let mut carry = false;
        for (index, digit) in sum.0.iter_mut().enumerate() {
            (*digit, carry) = digit.carrying_add(short.digit(index), carry);
        }
        if carry {
            sum.0.push(1);
        }
        sum
    }

    /// Takes away `other` when it is not larger, and says whether it has.
    pub(super) fn take(&mut self, other: &Self) -> bool {
        if *self < *other {
            return false;
        }
        let mut borrow = false;
        for (index, digit) in self.0.iter_mut().enumerate() {
            (*digit, borrow) = digit.borrowing_sub(other.digit(index), borrow);
        }
        self.trim();
        true
    }

    fn digit(&self, index: usize) -> u32 {
        self.0.get(index).copied().unwrap_or_default()
    }

    fn trim(&mut self) {
        while self.0.pop_if(|digit| *digit == 0).is_some() {}
    }
}

impl Ord for Big {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_digits = || self.0.iter().rev().cmp(other.0.iter().rev());
        self.0.len().cmp(&other.0.len()).then_with(by_digits)
    }
}

impl PartialOrd for Big {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
