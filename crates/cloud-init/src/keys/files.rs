//! Files.
//!
//! Read by the modules `write_files` and, for files with `defer`, `write_files_deferred`.

use dryboot_schema::build::*;
use dryboot_schema::{Key, Object};

use super::v;

pub(super) static KEYS: [Key; 1] = [
    // Modules `write_files` and `write_files_deferred`
    key(
        "write_files",
        changed(&[(v(22, 2), list(&items(map(&FILE)).min(1))), (v(20, 2), list(&items(map(&FILE))))]),
    )
    .since(v(20, 2))
    .doc("Writes these files in this order, and creates the directories they need."),
];

static FILE: Object = closed(&[
    key("path", STR).doc("The path of the file; an existing file is replaced unless `append` is true."),
    key("content", STR).default("''").doc("The content of the file, encoded as `encoding` says."),
    key("source", map(&SOURCE))
        .since(v(24, 3))
        .works_since(v(24, 3))
        .doc("Downloads the content of the file; `content` is used if that fails."),
    key("owner", STR)
        .default("root:root")
        .doc("The account and group that own the file, and the directories created for it."),
    key("permissions", STR)
        .default("'0644'")
        .doc("The mode of the file as an octal number in quotes, such as `'0755'`."),
    key(
        "encoding",
        dated(&[
            word("gz"),
            word("gzip"),
            word("gz+base64"),
            word("gzip+base64"),
            word("gz+b64"),
            word("gzip+b64"),
            word("b64"),
            word("base64"),
            word("text/plain").since(v(22, 2)),
        ]),
    )
    .default("text/plain")
    .doc("How `content` is encoded; it is decoded before it is written."),
    key("append", BOOL)
        .works_since(v(18, 5))
        .default("false")
        .doc("Appends to an existing file instead of replacing it."),
    key("defer", BOOL)
        .since(v(21, 4))
        .works_since(v(21, 4))
        .default("false")
        .doc("Writes the file in the final stage, after accounts are created and packages installed."),
])
.required(&["path"]);

static SOURCE: Object = closed(&[
    key("uri", STR).doc("Where to download from."),
    key("headers", map(&open(&[]).each(&STR.doc("A header of the request."))))
        .doc("HTTP headers to send with the request."),
])
.required(&["uri"]);
