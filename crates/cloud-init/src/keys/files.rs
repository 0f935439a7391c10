//! Keys.

use dryboot_schema::build::*;
use dryboot_schema::{Key, Object};

use super::v;

pub(super) static KEYS: [Key; 1] = [
    // cc_write_files
    key(
        "write_files",
        changed(&[
            (v(22, 2), list(&items(map(&WRITE_FILES)).min(1))),
            (v(20, 2), list(&items(map(&WRITE_FILES)))),
        ]),
    )
    .since(v(20, 2)),
];

static WRITE_FILES: Object = closed(&[
    key("path", STR),
    key("content", STR),
    key(
        "source",
        map(&closed(&[
            key("uri", STR).works_since(v(24, 3)),
            key("headers", map(&open(&[]).each(&STR))).works_since(v(24, 3)),
        ])
        .required(&["uri"])),
    )
    .since(v(24, 3))
    .works_since(v(24, 3)),
    key("owner", STR),
    key("permissions", STR),
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
    ),
    key("append", BOOL).works_since(v(18, 5)),
    key("defer", BOOL).since(v(21, 4)).works_since(v(21, 4)),
])
.required(&["path"]);
