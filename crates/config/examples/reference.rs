//! Prints the reference of `dryboot.toml`, for `cargo xtask generate`.

#![expect(clippy::print_stdout, reason = "it is what this prints")]

fn main() {
    print!("{}", dryboot_config::reference::markdown());
}
