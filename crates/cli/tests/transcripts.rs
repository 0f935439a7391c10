//! What the command prints and how it exits, as in `tests/cli`.
//!
//! `TRYCMD=overwrite cargo test -p dryboot-cli --test transcripts` writes them anew; read the
//! difference before it is committed.

#[test]
fn transcripts() {
    trycmd::TestCases::new().env("NO_COLOR", "1").case("../../tests/cli/*.trycmd");
}
