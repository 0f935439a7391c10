//! `swap`: a file to swap to.

use crate::boot::{Boot, File};
use crate::python::bytes_of;
use crate::raised::Raised;
use crate::value::{Data, Value};

const MIB: f64 = 1_048_576.0;
const GIB: f64 = 1_073_741_824.0;
/// How much room is left on the disk.
const FREE: f64 = 8.0 * GIB;

/// Makes the file, if one is asked for; gives its path for the table of file systems.
pub(super) fn set_up(boot: &mut Boot, settings: &Value) -> Option<String> {
    boot.because(settings);
    if settings.map().is_none() {
        boot.journal.warn("`swap` is not a mapping");
        return None;
    }
    let path = match settings.get("filename") {
        None => "/swap.img".to_owned(),
        Some(path) if !path.is_truthy() => return None,
        Some(path) => match path.text() {
            Some(path) => path.to_owned(),
            None => {
                boot.journal.warn("`swap.filename` is not text, so no swap file is made");
                return None;
            }
        },
    };
    let size = settings.get("size").filter(|size| size.is_truthy())?;
    if path.is_empty() {
        return None;
    }
    if boot.system.exists(&path) {
        return Some(path);
    }
    match make(boot, &path, size, settings.get("maxsize")) {
        Ok(made) => made.then_some(path),
        Err(error) => {
            boot.journal.warn_because("no swap file is made", &error);
            None
        }
    }
}

fn make(boot: &mut Boot, path: &str, size: &Value, most: Option<&Value>) -> Result<bool, Raised> {
    let is_auto = size.shown().to_lowercase() == "auto";
    let bytes = match &size.data {
        _ if is_auto => 0.0,
        Data::Text(text) => bytes_of(text)?,
        Data::Int(int) => number(*int),
        Data::Float(float) => *float,
        Data::Bool(truth) => number(i64::from(*truth)),
        _ => return Err(Raised::type_error("a size must be text or a number")),
    };
    let most = match most.map(|most| &most.data) {
        None | Some(Data::Null) => None,
        Some(Data::Text(text)) => Some(bytes_of(text)?),
        Some(Data::Int(int)) => Some(number(*int)),
        Some(_) => return Err(Raised::type_error("`maxsize` must be text or a number")),
    };
    let bytes = if is_auto { suggested(f64::from(boot.system.memory) * MIB, most) } else { bytes };
    if bytes == 0.0 {
        return Ok(false);
    }
    boot.make_directory_above(path)?;
    // Without the sign of a zero.
    let mib = format!("{:.0}", (bytes / MIB).trunc() + 0.0);
    if boot.run(&["fallocate", "-l", &format!("{mib}M"), path]).is_err() {
        boot.run(&["dd", "if=/dev/zero", &format!("of={path}"), "bs=1M", &format!("count={mib}")])?;
    }
    // A file of zeros, whose size alone matters.
    let effects = boot.journal.effects.len();
    boot.write_file(File { path, bits: 0o600, ..File::default() })?;
    boot.journal.forget_from(effects);
    boot.change_mode(path, 0o600);
    boot.run(&["mkswap", path])?;
    Ok(true)
}

#[expect(clippy::cast_precision_loss, reason = "sizes are rounded to MiB")]
fn number(int: i64) -> f64 {
    int as f64
}

/// How much swap the program suggests for so much memory.
fn suggested(memory: f64, most: Option<f64>) -> f64 {
    let most = match most {
        None => (FREE / 4.0).trunc().min(memory * 2.0),
        Some(most) if most > FREE * 0.9 => (FREE * 0.9).trunc(),
        Some(most) => most,
    };
    let least = match memory {
        memory if memory < 4.0 * GIB => memory,
        memory if memory < 16.0 * GIB => 4.0 * GIB,
        memory => (memory / GIB).sqrt().round() * GIB,
    };
    least.min(most)
}
