//! What the page and the element transfer until they show their first lint result, against the budget.

use crate::{browser, process, workspace};
use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use std::fmt::Write as _;

/// Brotli bytes of everything that is transferred before the first lint result shows, whichever program it is for.
const BUDGET: u64 = 200_000;

/// The scripts that measure: the page, and the element in a page of somebody else's.
const SCRIPTS: [&str; 2] = ["transfer.mjs", "element-transfer.mjs"];

/// One transferred file.
#[derive(Debug, Deserialize)]
struct Transfer {
    path: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// What the page transfers for a text of a program.
#[derive(Debug, Deserialize)]
struct Transfers {
    /// The program, as its module is called.
    program: String,
    /// Asked for before the first lint result was there.
    before: Vec<Transfer>,
    /// Asked for later.
    after: Vec<Transfer>,
}

/// Prints the tables of files.
///
/// # Errors
/// When the page shows no lint result, or is over the budget.
pub(crate) fn check() -> Result<()> {
    let mut programs = Vec::new();
    for script in SCRIPTS {
        let (_server, mut node) = browser::node_on_page()?;
        let json = process::output(node.arg(workspace::browser_tests().join(script)))?;
        let measured: Vec<Transfers> =
            serde_json::from_str(&json).with_context(|| format!("{script} printed something unexpected"))?;
        programs.extend(measured);
    }
    let mut over = Vec::new();
    for Transfers { program, before, after } in &programs {
        println!("{}", table(&format!("{program}: after the first lint"), after));
        print!("{}", table(&format!("{program}: before the first lint"), before));
        let total: u64 = before.iter().map(|transfer| transfer.brotli).sum();
        match BUDGET.checked_sub(total) {
            Some(left) => println!("{program} is within its budget of {} ({} left)\n", kb(BUDGET), kb(left)),
            None => over.push(format!("{} for {program}, {} too much", kb(total), kb(total - BUDGET))),
        }
    }
    ensure!(
        over.is_empty(),
        "too much data (brotli) is transferred before the first lint result: {}",
        over.join("; ")
    );
    Ok(())
}

fn table(heading: &str, transfers: &[Transfer]) -> String {
    let width = transfers.iter().map(|t| t.path.len()).max().unwrap_or(0).max(heading.len());
    let mut table = format!("{heading:<width$} {:>11} {:>11} {:>11}\n", "raw", "gzip", "brotli");
    let mut row = |path: &str, sizes: [u64; 3]| {
        let [raw, gzip, brotli] = sizes.map(kb);
        // Writing to a string cannot fail.
        let _ = writeln!(table, "{path:<width$} {raw:>11} {gzip:>11} {brotli:>11}");
    };
    let mut total = [0; 3];
    for Transfer { path, raw, gzip, brotli } in transfers {
        let sizes = [*raw, *gzip, *brotli];
        row(path, sizes);
        total = std::array::from_fn(|i| total[i] + sizes[i]);
    }
    row("total", total);
    table
}

/// Bytes in kilobytes of 1000.
pub(crate) fn kb(bytes: u64) -> String {
    let tenths = (bytes + 50) / 100;
    format!("{}.{} KB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::{Transfer, kb, table};

    #[test]
    fn kilobytes() {
        assert_eq!(kb(0), "0.0 KB");
        assert_eq!(kb(49), "0.0 KB");
        assert_eq!(kb(1_950), "2.0 KB");
        assert_eq!(kb(199_949), "199.9 KB");
    }

    #[test]
    fn table_adds_up_and_aligns() {
        let transfer = |path: &str, raw, gzip, brotli| Transfer { path: path.to_owned(), raw, gzip, brotli };
        let transfers = [
            transfer("/", 3_000, 1_500, 1_200),
            transfer("/app-0123456789abcdef_bg.wasm", 400_000, 180_000, 150_000),
        ];
        assert_eq!(
            table("before the first lint", &transfers),
            "before the first lint                 raw        gzip      brotli\n\
             /                                  3.0 KB      1.5 KB      1.2 KB\n\
             /app-0123456789abcdef_bg.wasm    400.0 KB    180.0 KB    150.0 KB\n\
             total                            403.0 KB    181.5 KB    151.2 KB\n"
        );
    }
}
