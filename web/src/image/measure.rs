//! Sizes, times and fingerprints in words.

/// A number of bytes, in units of 1000.
pub(crate) fn size(bytes: f64) -> String {
    if bytes < 1000.0 {
        return t!("{n} byte|{n} bytes", n = bytes).to_string();
    }
    let mut value = bytes;
    let mut unit = "";
    for next in ["KB", "MB", "GB", "TB"] {
        // What would be rounded up to 1000 is one of the next.
        if value < 999.5 {
            break;
        }
        value /= 1000.0;
        unit = next;
    }
    let digits = usize::from(value < 9.95);
    format!("{} {unit}", decimal(value, digits))
}

/// A number with the decimal point of the language.
fn decimal(value: f64, digits: usize) -> String {
    format!("{value:.digits$}").replace('.', &t!("."))
}

/// A duration in seconds.
pub(crate) fn duration(seconds: f64) -> String {
    if seconds < 9.95 {
        return format!("{} s", decimal(seconds, 1));
    }
    let seconds = seconds.round();
    if seconds < 60.0 {
        return format!("{seconds} s");
    }
    format!("{} min {} s", (seconds / 60.0).floor(), seconds % 60.0)
}

/// A fingerprint in groups of four digits, as gpg prints them.
pub(crate) fn grouped(fingerprint: &str) -> String {
    let mut words = String::new();
    for (at, digit) in fingerprint.chars().enumerate() {
        if at > 0 && at % 4 == 0 {
            words.push(' ');
        }
        words.push(digit);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_two_or_three_digits() {
        let bytes = [0.0, 1.0, 999.0, 1000.0, 9_949.0, 9_951.0, 999_499.0, 999_501.0, 4.7e9];
        let words =
            ["0 bytes", "1 byte", "999 bytes", "1.0 KB", "9.9 KB", "10 KB", "999 KB", "1.0 MB", "4.7 GB"];
        assert_eq!(bytes.map(size), words);
    }

    #[test]
    fn durations() {
        assert_eq!(
            [0.04, 9.9, 9.96, 59.4, 61.2].map(duration),
            ["0.0 s", "9.9 s", "10 s", "59 s", "1 min 1 s"]
        );
    }
}
