//! What every program's findings have in common: diagnostics, fixes, suppressions, and what can be judged without
//! knowing the program: secrets, SSH keys, password hashes, near-misses of words.

pub mod assist;
pub mod crypt_hash;
mod diagnostic;
mod finding;
mod fix;
pub mod part;
pub mod provider;
pub mod report;
pub mod secrets;
pub mod ssh_key;
pub mod subset;
pub mod suppression;
pub mod template;

pub use diagnostic::{Diagnostic, Edit, Fix, Label, Safety, Severity};
pub use dryboot_text::nearest;
pub use finding::{Finding, Paths};
pub use fix::{apply_fixes, apply_fixes_to_bytes};
pub use part::{Decoded, Editing, InPart, Part};
pub use report::{Complaint, Compression, NotChecked, Outcome, Report, TargetName, Verdict};
