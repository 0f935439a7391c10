//! cloud-init itself, run.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use base64::prelude::*;
use dryboot_cloud_init_boot::Preview;
use dryboot_machine::Node;
use dryboot_testing::CloudInit;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::effects::{Effects, MODULES};

/// The release that the target stands for.
const VERSION: &str = "22.4.2";

/// The groups of Debian's image.
const GROUPS: &str = "root daemon adm tty disk cdrom audio video users www-data systemd-network sshd nogroup dialout floppy \
     sudo dip plugdev netdev systemd-journal nobody";

#[derive(Deserialize)]
struct Answer {
    version: String,
    #[serde(flatten)]
    effects: Effects,
}

/// What cloud-init does with user-data on the machine that a preview began with.
pub(crate) fn effects(
    place: &CloudInit,
    name: &str,
    text: &str,
    metadata: &Value,
    preview: &Preview,
) -> Effects {
    let root = Root::new(name);
    let question = json!({
        "text": BASE64_STANDARD.encode(text),
        "metadata": metadata,
        "modules": BTreeMap::from(MODULES),
        "files": files(preview),
        "users": users(preview),
        "groups": GROUPS.split_whitespace().collect::<Vec<_>>(),
    });
    let mut child = Command::new(&place.python)
        .args(["-I", "-S"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peer/peer.py"))
        .args([&place.packages, &root.0])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python starts");
    let question = serde_json::to_vec(&question).expect("JSON");
    child.stdin.take().expect("a pipe").write_all(&question).expect("Python reads");
    let output = child.wait_with_output().expect("Python ends");
    assert!(output.status.success(), "{name}: Python ends with {}", output.status);
    let answer: Answer = serde_json::from_slice(&output.stdout).expect("an answer");
    assert_eq!(answer.version, VERSION);
    answer.effects
}

/// The files of the image.
fn files(preview: &Preview) -> Map<String, Value> {
    let files = preview.files_before.stock().filter_map(|(path, entry)| match &entry.node {
        Node::File(content) => Some((path.to_owned(), json!(String::from_utf8_lossy(content)))),
        _ => None,
    });
    files.collect()
}

/// The accounts of the image with their numbers and homes.
fn users(preview: &Preview) -> Map<String, Value> {
    let stock = preview.users.iter().filter(|user| user.is_stock);
    stock.map(|user| (user.name.clone(), json!([user.uid, user.home]))).collect()
}

/// An empty folder that stands for the root of a machine.
struct Root(PathBuf);

impl Root {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("peer-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder for the test");
        Self(path)
    }
}

impl Drop for Root {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
