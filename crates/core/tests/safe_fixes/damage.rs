//! What happens to texts on the way, and what people write that is nearly right.

use dryboot_testing::Random;

/// Pieces of YAML.
const PIECES: &[&str] = &[
    " ",
    "\n",
    "\t",
    ":",
    ": ",
    "- ",
    "#",
    " # why",
    "'",
    "\"",
    "{",
    "}",
    "[",
    "]",
    ", ",
    "&a ",
    "*a",
    "!!str ",
    "|",
    ">",
    "\r",
    "\r\n",
    "\u{feff}",
    "---\n",
    "<<: *a",
    "_",
    "-",
    "\u{e4}",
    "\\n",
    "$private_ipv4",
];

/// Beginnings of texts.
const HEADERS: &[&str] = &[
    "",
    "#cloud-config\n",
    "\u{feff}#cloud-config\n",
    "\n\n#cloud-config\n",
    "#Cloud-Config\n",
    "# cloud-config\n",
    "#cloud-config for the web servers\n",
    "#cloud-config # web: servers\n",
    "#cloud-config hostname: a\n",
    "\u{feff}#cloud-config # a\r\n",
    "\u{feff}",
    "#cloud-config",
    "#cloud-config ",
    "#cloudconfig\n",
    "#!cloud-config\n",
    "# ours\n#cloud-config # web\n",
    "---\n\u{feff}#cloud-config\n",
    "#cloud-init\n",
    "%YAML 1.1\n---\n",
    "# a remark\n",
    "variant: flatcar\n",
    "services:\n  web: {}\n",
    "apiVersion: v1\n",
    "{{ if }}\n",
];

/// Values that some rule mends.
const VALUES: &[&str] = &[
    "yes",
    "No",
    "on",
    "'yes'",
    "&a yes",
    "*a",
    "0o17",
    "017",
    "0o644",
    "\"0o644\"",
    "' 0644'",
    "+644",
    "rw-r--r--",
    "0644 # mode",
    "etc/motd",
    "/a/../b",
    "/a/",
    "~/x",
    "&a etc/x",
    "GZIP",
    "b64+gzip",
    "base46",
    "10-foo",
    "&a 10-foo",
    "true",
    "eth0.network",
    "\"10-foo\"",
    "2 GiB",
    "512m",
    "0644",
    "420",
    "010",
    "sda1",
    "install a # why",
    "source /etc/a",
    "source /etc/a # why",
    "[sleep, 010, yes]",
    "gz",
    "&a gz",
    "H4sIAAAAAAAAA0vOSFXIzwYA",
    "rwxr-xr-x",
    "deb [signed-by=/usr/share/keyrings/a.gpg] https://example.com a main",
    ">",
];

/// Comments of dryboot's own.
const DIRECTIVES: &[&str] = &[
    " # dryboot: ignore[unknown-key]",
    " # dryboot: ignore[unknown-key, null-value]",
    " # dryboot: ignore[unknown-key] since it is ours",
    " # dryboot: ignore[no-such-rule,unknown-key]",
    "\n# dryboot: ignore-file[octal-number]\n",
    " #dryboot:ignore[unknown-key,unknown-key]",
    " # dryboot: ignore[ ]",
];

pub(crate) fn damaged(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut text = String::from_utf8_lossy(bytes).into_owned();
    for _ in 0..=random.below(3) {
        match random.below(8) {
            0 => insert(&mut text, random, PIECES),
            1 => insert_at_line_end(&mut text, random, DIRECTIVES),
            2 | 3 => replace_value(&mut text, random),
            4 => replace_header(&mut text, random),
            5 => remove(&mut text, random),
            6 => {
                let line_end = if random.below(4) == 0 { " " } else { "\r\n" };
                text = text.replace("\r\n", "\n").replace('\n', line_end);
            }
            _ => hyphenate(&mut text, random),
        }
    }
    text.into_bytes()
}

fn place(text: &str, random: &mut Random) -> usize {
    let at = random.below(text.len() + 1);
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default()
}

fn insert(text: &mut String, random: &mut Random, pieces: &[&'static str]) {
    let at = place(text, random);
    text.insert_str(at, random.one_of(pieces));
}

fn insert_at_line_end(text: &mut String, random: &mut Random, pieces: &[&'static str]) {
    let at = place(text, random);
    let end = text[at..].find(['\r', '\n']).map_or(text.len(), |end| at + end);
    text.insert_str(end, random.one_of(pieces));
}

/// Puts another value after a key, or before the value an anchor.
fn replace_value(text: &mut String, random: &mut Random) {
    let at = place(text, random);
    let Some(colon) = text[at..].find(": ").map(|colon| at + colon + 2) else { return };
    let end = text[colon..].find(['\r', '\n']).map_or(text.len(), |end| colon + end);
    if random.below(4) == 0 {
        text.insert_str(colon, "&a ");
    } else {
        text.replace_range(colon..end, random.one_of(VALUES));
    }
}

fn replace_header(text: &mut String, random: &mut Random) {
    let end = match text.starts_with('#') {
        true => text.find('\n').map_or(text.len(), |end| end + 1),
        false => 0,
    };
    text.replace_range(..end, random.one_of(HEADERS));
}

fn remove(text: &mut String, random: &mut Random) {
    let start = place(text, random);
    let rest = &text[start..];
    let length = match random.below(2) {
        0 => rest.chars().next().map_or(0, char::len_utf8),
        _ => rest.find('\n').map_or(rest.len(), |end| end + 1),
    };
    text.replace_range(start..start + length, "");
}

/// Spells a key with a hyphen.
fn hyphenate(text: &mut String, random: &mut Random) {
    let at = place(text, random);
    if let Some(at) = text[at..].find('_').map(|found| at + found) {
        text.replace_range(at..=at, "-");
    }
}
