//! Messages, made of pieces in an order that is always the same, some of them damaged.

/// A generator of numbers that needs no crate: xorshift.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or_default() % end
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

const TYPES: [&str; 10] = [
    "text/cloud-config",
    "text/plain; charset=\"utf-8\"",
    "Text/X-ShellScript",
    "text/x-include-url; name=\"urls.txt\"",
    "application/gzip",
    "message/rfc822",
    "text",
    "text/a/b",
    "",
    "text/jinja2 ; x=\"a;b\"",
];

const DISPOSITIONS: [&str; 6] = [
    "attachment; filename=\"a b.sh\"",
    "attachment; filename=run.sh; x=y",
    "attachment; filename*=utf-8''a%20%C3%A4.sh",
    "attachment; filename*0=\"one\"; filename*1=two",
    "attachment;\n filename=\"folded.sh\"",
    "inline",
];

const BODIES: [(&str, &str); 10] = [
    ("", "#cloud-config\npackages: [git]\n"),
    ("", "#!/bin/sh\necho --b\n--notaboundary\n"),
    ("7bit", "one\r\ntwo\r\n"),
    ("base64", "I2Nsb3VkLWNvbmZpZwpwYWNr\nYWdlczogW2dpdF0K\n"),
    ("BASE64", "I2Nsb3VkLWNvbmZpZwpwYWNr"),
    ("base64", "I2Nsb3Vk LWNvbm!ZpZw\n"),
    ("base64", "I2Nsb"),
    ("quoted-printable", "a=3Db=\nc=C3=A4 =zz=\r\n=3d"),
    ("8bit", "text: ä €\n"),
    ("", ""),
];

/// Boundaries, some of them beginnings of others.
const BOUNDARIES: [&str; 4] = ["b", "bb", "=_x y", "--b"];

/// That many messages.
pub(crate) fn texts(count: usize) -> Vec<String> {
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    let mut texts = Vec::with_capacity(count);
    for _ in 0..count {
        let mut text = String::from("MIME-Version: 1.0\n");
        multipart(&mut numbers, &mut text, 0);
        if numbers.below(3) == 0 {
            damage(&mut numbers, &mut text);
        }
        if numbers.below(4) == 0 {
            text = text.replace("\r\n", "\n").replace('\n', "\r\n");
        }
        texts.push(text);
    }
    texts
}

fn multipart(numbers: &mut Numbers, text: &mut String, depth: usize) {
    let boundary = numbers.one(&BOUNDARIES);
    let quoted = if boundary == "b" { boundary.to_owned() } else { format!("\"{boundary}\"") };
    text.push_str(&format!("Content-Type: multipart/mixed; boundary={quoted}\n\n"));
    text.push_str(numbers.one(&["", "", "preamble\n", "\n"]));
    for _ in 0..numbers.below(4) {
        text.push_str(&format!("--{boundary}{}\n", numbers.one(&["", "", " ", "\t"])));
        match numbers.below(5) {
            0 if depth < 3 => multipart(numbers, text, depth + 1),
            _ => part(numbers, text),
        }
    }
    if numbers.below(8) > 0 {
        text.push_str(&format!("--{boundary}--{}", numbers.one(&["\n", "\n", "", "\nepilogue\n"])));
    }
}

fn part(numbers: &mut Numbers, text: &mut String) {
    let (encoding, body) = BODIES[numbers.below(BODIES.len())];
    text.push_str(&format!("Content-Type: {}\n", numbers.one(&TYPES)));
    if !encoding.is_empty() {
        text.push_str(&format!("Content-Transfer-Encoding: {encoding}\n"));
    }
    if numbers.below(2) == 0 {
        text.push_str(&format!("Content-Disposition: {}\n", numbers.one(&DISPOSITIONS)));
    }
    text.push_str(numbers.one(&["\n", "\n", "\n", ""]));
    text.push_str(body);
    text.push_str(numbers.one(&["\n", "\n", ""]));
}

/// Takes something out of a text, or puts something in.
fn damage(numbers: &mut Numbers, text: &mut String) {
    let at = numbers.below(text.len());
    let at = text.floor_char_boundary(at);
    if numbers.below(2) == 0 {
        let end = text.floor_char_boundary((at + 1 + numbers.below(12)).min(text.len()));
        text.replace_range(at..end.max(at), "");
    } else {
        text.insert_str(
            at,
            numbers.one(&["\n", "\r", "--b\n", ":", " ", "\n--b--\n", "From x\n", "\"", ";"]),
        );
    }
}
