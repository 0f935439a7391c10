//! What carries user-data: gzip, base64 and MIME, as the libraries of the programs that read it take them apart. No
//! program is known here: which parts a program takes, and what it takes them for, is its own matter.
//!
//! Whatever is decoded comes with a [`SourceMap`](dryboot_text::SourceMap), which leads back to the bytes that it was
//! decoded from. Nothing here recurses without a limit, and nothing takes more than linear time.

pub mod base64;
pub mod email;
pub mod go_mime;
pub mod gzip;
pub mod quoted_printable;
