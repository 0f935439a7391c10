//! How many tests passed, failed and were skipped, read from what the test runners print.

use std::ops::AddAssign;

/// Numbers of tests.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Counts {
    /// Tests that passed.
    pub(crate) passed: u64,
    /// Tests that failed, were cancelled or took too long.
    pub(crate) failed: u64,
    /// Tests that could not run, or are left out of ordinary runs.
    pub(crate) skipped: u64,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl Counts {
    /// Takes in one line of output; lines other than summaries count nothing.
    pub(crate) fn read(&mut self, line: &str) {
        let line = plain(line);
        let line = line.trim();
        if let Some(rest) = line.strip_prefix("test result: ") {
            // cargo test: `test result: ok. 3 passed; 0 failed; 1 ignored; …`
            self.add(rest.split(['.', ';']));
        } else if let Some((_, rest)) = line.split_once(" run: ").filter(|_| line.starts_with("Summary [")) {
            // nextest: `Summary [   0.01s] 4 tests run: 2 passed (1 slow), 1 failed, 1 timed out, 0 skipped`
            self.add(rest.split(','));
        } else if let Some(rest) = line.strip_prefix("ℹ ").or_else(|| line.strip_prefix("# ")) {
            // node: one line each, `ℹ pass 3`
            if let Some((word, number)) = rest.split_once(' ') {
                self.count(word, number);
            }
        }
    }

    fn add<'a>(&mut self, parts: impl Iterator<Item = &'a str>) {
        for part in parts {
            if let Some((number, words)) = part.trim().split_once(' ') {
                self.count(words.split(" (").next().unwrap_or_default(), number);
            }
        }
    }

    fn count(&mut self, what: &str, number: &str) {
        let Ok(number) = number.parse::<u64>() else {
            return;
        };
        match what {
            "passed" | "pass" => self.passed += number,
            "skipped" | "ignored" | "todo" => self.skipped += number,
            "failed" | "fail" | "cancelled" | "timed out" | "exec failed" => self.failed += number,
            _ => {}
        }
    }
}

/// The line without the terminal's colours.
fn plain(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line.chars();
    while let Some(c) = rest.next() {
        if c == '\u{1b}' {
            rest.by_ref().skip(1).find(char::is_ascii_alphabetic);
        } else {
            plain.push(c);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::Counts;

    /// Passed, failed, skipped.
    fn read(output: &str) -> (u64, u64, u64) {
        let mut counts = Counts::default();
        output.lines().for_each(|line| counts.read(line));
        (counts.passed, counts.failed, counts.skipped)
    }

    #[test]
    fn cargo_test() {
        let output = "test a ... ok\ntest result: ok. 3 passed; 0 failed; 1 ignored; 0 measured\n\
            test result: FAILED. 2 passed; 4 failed; 0 ignored; finished in 0.1s";
        assert_eq!(read(output), (5, 4, 1));
    }

    #[test]
    fn nextest() {
        let line =
            "     Summary [   0.013s] 9 tests run: 5 passed (1 slow), 3 failed, 1 timed out, 2 skipped";
        assert_eq!(read(line), (5, 4, 2));
        assert_eq!(
            read("\u{1b}[32m Summary\u{1b}[0m [ 1s] \u{1b}[1m1\u{1b}[0m test run: 1 passed, 0 skipped"),
            (1, 0, 0)
        );
        assert_eq!(read("     Summary [   0.013s] 2/9 tests run: 1 passed, 1 failed, 0 skipped"), (1, 1, 0));
    }

    #[test]
    fn node() {
        assert_eq!(read("ℹ tests 5\nℹ pass 3\nℹ fail 1\nℹ cancelled 1\nℹ skipped 2\n# pass 4"), (7, 2, 2));
    }

    #[test]
    fn what_tests_print_themselves_does_not_count() {
        assert_eq!(read("3 passed, 1 failed\nℹ pass\nthe test result: ok. 3 passed"), (0, 0, 0));
    }
}
