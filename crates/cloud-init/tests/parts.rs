//! User-data that is made of parts, or packed: what is judged, and where findings are.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

use std::fmt::Write;

use base64::prelude::*;
use dryboot_cloud_init::report::report_on;
use dryboot_cloud_init::target::Target;
use dryboot_cloud_init::verdict::{Kind, Subject};
use dryboot_lint::{Compression, Diagnostic, Outcome, Report, Safety, apply_fixes};
use dryboot_schema::Release;
use dryboot_user_data::gzip;
use dryboot_yaml::Limits;

const FAULTY: &str = "#cloud-config\npackage_update: true\npakages: [git]\n";

fn report_with(bytes: &[u8], platform: Option<&str>, limits: Limits) -> Report {
    let release = Release::new(26, 2);
    let subject = Subject { limits, ..Subject::new(Kind::UserData, release) };
    report_on(bytes, &Target { release, distribution: None }, &subject, platform, &|_| true)
}

fn report(text: &str) -> Report {
    report_with(text.as_bytes(), None, Limits::default())
}

/// A message with these parts: headers, then body.
fn message(parts: &[(&str, &str)]) -> String {
    let mut text = String::from("MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"B\"\n\n");
    for (headers, body) in parts {
        let _ = write!(text, "--B\n{headers}\n\n{body}\n");
    }
    text + "--B--\n"
}

/// One member of gzip.
fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut packed = vec![0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3];
    packed.extend(miniz_oxide::deflate::compress_to_vec(bytes, 6));
    let checksum = crc::Crc::<u32>::new(&crc::CRC_32_ISO_HDLC).checksum(bytes);
    packed.extend(checksum.to_le_bytes());
    packed.extend(u32::try_from(bytes.len()).expect("a short text").to_le_bytes());
    assert!(gzip::gunzip(&packed, usize::MAX / 2).is_some_and(|found| found.whole));
    packed
}

fn of_rule<'r>(report: &'r Report, rule: &str) -> &'r Diagnostic {
    let found = report.diagnostics.iter().find(|found| found.rule == rule);
    assert!(found.is_some(), "no {rule} in {:#?}", report.diagnostics);
    found.expect("it is there")
}

fn rules(report: &Report) -> Vec<&'static str> {
    report.diagnostics.iter().map(|found| found.rule).collect()
}

/// What a finding points to in the text that was given.
fn pointed<'r>(report: &'r Report, found: &Diagnostic) -> &'r str {
    found.span.slice(&report.text)
}

#[test]
fn a_part_is_checked_where_it_stands() {
    for body in [FAULTY.to_owned(), FAULTY.replace('\n', "\r\n")] {
        let report = report(&message(&[("Content-Type: text/cloud-config", &body)]));
        let found = of_rule(&report, "unknown-key");
        assert_eq!(pointed(&report, found), "pakages");
        assert_eq!(report.lines.line(found.span.start), 9);
        assert_eq!(found.part.as_ref().map(|place| place.index), Some(0));
        assert_eq!((report.kind, report.not_checked), ("mime-multipart", None));
        let verdict = report.parts[0].verdict.as_ref().expect("a verdict");
        assert_eq!((verdict.outcome, verdict.errors[0].line), (Outcome::Refused, 9));
        assert_eq!(report.verdict.outcome, Outcome::Refused, "the validator does not know messages");
    }
}

#[test]
fn an_encoded_part_leads_back_to_its_bytes() {
    let encoded = BASE64_STANDARD.encode(FAULTY);
    let text = message(&[("Content-Type: text/cloud-config\nContent-Transfer-Encoding: base64", &encoded)]);
    let report = report(&text);
    let found = of_rule(&report, "unknown-key");
    assert_eq!(pointed(&report, found), encoded);
    let (place, part) = (found.part.as_ref().expect("a part"), &report.parts[0]);
    let decoded = part.decoded.as_ref().expect("a text of its own");
    assert_eq!(place.span.slice(&decoded.text), "pakages");
    assert!(found.fixes.is_empty(), "an edit of the text is none of the base64");

    let quoted = FAULTY.replace("pakages", "pa=\nka=67es");
    let head = "Content-Type: text/cloud-config\nContent-Transfer-Encoding: quoted-printable";
    let report = self::report(&message(&[(head, &quoted)]));
    let found = of_rule(&report, "unknown-key");
    assert_eq!(pointed(&report, found), "pa=\nka=67es");
    assert!(found.fixes.is_empty());
}

#[test]
fn fixes_change_the_part_in_the_message() {
    let text = message(&[("Content-Type: text/cloud-config", FAULTY)]);
    let report = report(&text);
    let fixed = apply_fixes(&report.text, &report.diagnostics, Safety::Unsafe).0;
    assert_eq!(fixed, text.replace("pakages", "packages"));

    let archive = "#cloud-config-archive\n- type: text/cloud-config\n  content: |\n    #cloud-config\n    pakages: [git]\n";
    let report = self::report(archive);
    assert_eq!(pointed(&report, of_rule(&report, "unknown-key")), "pakages");
    let fixed = apply_fixes(&report.text, &report.diagnostics, Safety::Unsafe).0;
    assert_eq!(fixed, archive.replace("pakages", "packages"));
}

#[test]
fn comments_in_a_part_suppress_what_is_found_in_it() {
    let body = FAULTY.replace("pakages: [git]", "pakages: [git] # dryboot: ignore[unknown-key]");
    let first = ("Content-Type: text/cloud-config", FAULTY);
    let report = report(&message(&[first, ("Content-Type: text/cloud-config", &body)]));
    let unknown = |found: &&Diagnostic| found.rule == "unknown-key";
    assert_eq!(report.diagnostics.iter().filter(unknown).count(), 1);
    assert_eq!(report.suppressed.iter().filter(unknown).count(), 1);
    assert!(rules(&report).contains(&"key-replaced-by-part"));
    let body = format!("{FAULTY}# dryboot: ignore-file[key-replaced-by-part]\n");
    let report = self::report(&message(&[first, ("Content-Type: text/cloud-config", &body)]));
    assert!(!rules(&report).contains(&"key-replaced-by-part"));
    assert!(!rules(&report).contains(&"unused-suppression"), "{:?}", rules(&report));
}

#[test]
fn gzip_around_the_user_data_is_taken_off() {
    let report = report_with(&gzipped(FAULTY.as_bytes()), None, Limits::default());
    assert_eq!((report.text.as_str(), report.compression), (FAULTY, Compression::Gzip));
    assert_eq!(pointed(&report, of_rule(&report, "unknown-key")), "pakages");
    assert_eq!(report.verdict.outcome, Outcome::Crashed, "the validator does not unpack it");
    assert_eq!(report.not_checked, None);

    let inner = message(&[("Content-Type: text/cloud-config", FAULTY)]);
    let report = report_with(&gzipped(inner.as_bytes()), None, Limits::default());
    assert_eq!(pointed(&report, of_rule(&report, "unknown-key")), "pakages");

    let whole = gzipped(FAULTY.as_bytes());
    for broken in [&whole[..whole.len() - 3], &[&whole[..], b"junk"].concat()] {
        let report = report_with(broken, None, Limits::default());
        assert_eq!(rules(&report), ["broken-gzip"]);
        assert_eq!(report.not_checked.map(|reason| reason.name), Some("broken-gzip"));
    }
    let padded = [&whole[..], &[0; 512]].concat();
    assert_eq!(report_with(&padded, None, Limits::default()).compression, Compression::Gzip);
}

#[test]
fn base64_is_taken_off_where_the_platform_does() {
    for inner in [FAULTY.as_bytes().to_vec(), gzipped(FAULTY.as_bytes())] {
        let encoded = BASE64_STANDARD.encode(&inner);
        let report = report_with(encoded.as_bytes(), Some("ec2"), Limits::default());
        let found = of_rule(&report, "unknown-key");
        assert_eq!(pointed(&report, found), encoded);
        assert_eq!((report.kind, report.not_checked), ("cloud-config", None));
        for platform in [None, Some("openstack")] {
            let report = report_with(encoded.as_bytes(), platform, Limits::default());
            assert_eq!(report.not_checked.map(|reason| reason.name), Some("no-header"));
        }
        let wrapped = format!("{encoded}\n");
        let report = report_with(wrapped.as_bytes(), Some("ec2"), Limits::default());
        assert!(report.parts.is_empty(), "a line break makes it text");
    }
}

#[test]
fn the_first_line_decides_where_the_type_says_little() {
    let parts = [
        ("Content-Type: text/plain", "#cloud-config\na: 1\n"),
        ("Content-Type: text/x-shellscript", "#cloud-config\nb: 1\n"),
        ("X: y", "#!/bin/sh\n"),
        ("Content-Type: text/cloud-config", "hostname: web1\n"),
        ("Content-Type: text/x-include-url", "https://example.com/\n"),
        ("Content-Type: text/plain", "hello\n"),
    ];
    let report = report(&message(&parts));
    let kinds: Vec<_> = report.parts.iter().map(|part| (part.kind, part.name.as_str())).collect();
    let expected = [
        ("cloud-config", "part-001"),
        ("cloud-config", "part-002"),
        ("script", "part-003"),
        ("cloud-config", "part-004"),
        ("include", ""),
        ("unknown", "part-005"),
    ];
    assert_eq!(kinds, expected);
}

#[test]
fn what_nobody_judged_is_not_checked() {
    let scripts = message(&[("Content-Type: text/x-shellscript", "#!/bin/sh\nls\n")]);
    assert_eq!(report(&scripts).not_checked.map(|reason| reason.name), Some("mime-multipart"));
    assert_eq!(report("#cloud-config-archive\n- \"#!/bin/sh\"\n").kind, "cloud-config-archive");
    let old = Release::new(22, 4);
    let subject = Subject::new(Kind::UserData, old);
    let archive = b"#cloud-config-archive\n- |\n  #cloud-config\n  packages: [git]\n";
    let target = Target { release: old, distribution: None };
    let report = report_on(archive, &target, &subject, None, &|_| true);
    assert_eq!((rules(&report), report.not_checked), (vec![], None), "boot takes it apart in all releases");
    assert_eq!(report.verdict.outcome, Outcome::Refused, "its validator takes it for a cloud-config");
}

#[test]
fn secrets_in_parts_are_known() {
    let script = "#!/bin/sh\nexport DB_PASSWORD=hunter22\n";
    let encoded = BASE64_STANDARD.encode(script);
    let head = "Content-Type: text/x-shellscript\nContent-Transfer-Encoding: base64";
    assert!(report(&message(&[(head, &encoded)])).holds_secret());
    let harmless = BASE64_STANDARD.encode("#!/bin/sh\nls\n");
    assert!(!report(&message(&[(head, &harmless)])).holds_secret());
}

#[test]
fn a_template_in_a_part_is_filled() {
    let body = "## template: jinja\n#cloud-config\npakages: [\"{{ v1.region }}\"]\n";
    let text = message(&[("Content-Type: text/jinja2", body)]);
    assert_eq!(report(&text).parts[0].not_checked.map(|reason| reason.name), Some("jinja"));
    let data = dryboot_cloud_init::jinja::InstanceData::parse(r#"{"v1": {"region": "eu"}}"#).expect("data");
    let release = Release::new(26, 2);
    let limits = Limits::default();
    let subject = Subject { instance_data: Some(&data), limits, ..Subject::new(Kind::UserData, release) };
    let target = Target { release, distribution: None };
    let report = report_on(text.as_bytes(), &target, &subject, None, &|_| true);
    let found = of_rule(&report, "unknown-key");
    assert_eq!((report.lines.line(found.span.start), report.not_checked), (9, None));
}

#[test]
fn whatever_is_done_to_user_data_has_an_end_and_a_reason() {
    let limits = Limits { bytes: 1 << 20, decoded: 1 << 20, ..Limits::default() };
    let bomb = gzipped(&vec![b'a'; 3 << 20]);
    let packed = BASE64_STANDARD.encode(&bomb);
    let gzip = "Content-Type: application/gzip\nContent-Transfer-Encoding: base64";
    let mut nested = String::from("MIME-Version: 1.0\n");
    for level in 0..1000 {
        let _ = write!(nested, "Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n");
    }
    let deep = format!("#cloud-config-archive\n- {}\n", "[".repeat(1000));
    let bomb_in_a_part = message(&[(gzip, &packed)]);
    let many = message(&[("Content-Type: text/plain", "#!x"); 5000]);
    let cases: [(&[u8], &str); 6] = [
        (&bomb, "too-large"),
        (bomb_in_a_part.as_bytes(), "too-large"),
        (nested.as_bytes(), "too-large"),
        (deep.as_bytes(), "too-large"),
        (many.as_bytes(), "too-large"),
        (&vec![b'#'; 2 << 20], "too-large"),
    ];
    for (bytes, reason) in cases {
        let report = report_with(bytes, None, limits);
        assert!(rules(&report).contains(&"limit-exceeded"), "{:?}", rules(&report));
        assert_eq!(report.not_checked.map(|reason| reason.name), Some(reason));
    }
    for (text, rule) in [
        (message(&[(gzip, "aGVsbG8=")]), "broken-gzip"),
        (message(&[("Content-Transfer-Encoding: base64", "#")]), "malformed-mime"),
        (message(&[("A: b", FAULTY)]).replace("--B--\n", ""), "malformed-mime"),
        ("#cloud-config-archive\n- |\n  #cloud-config-archive\n  - x\n".to_owned(), "unhandled-part"),
        ("#cloud-config-archive\n- a: [\n".to_owned(), "malformed-archive"),
        ("#cloud-config-archive\n- 1\n".to_owned(), "malformed-archive"),
    ] {
        assert!(rules(&report(&text)).contains(&rule), "{rule}: {:?} in {text}", rules(&report(&text)));
    }
}

#[test]
fn places_lie_in_the_text_however_it_is_damaged() {
    let encoded = BASE64_STANDARD.encode(FAULTY);
    let quoted = "Content-Type: text/cloud-config\nContent-Transfer-Encoding: quoted-printable";
    let text = message(&[
        ("Content-Type: text/cloud-config\nContent-Transfer-Encoding: base64", &encoded),
        (quoted, "#cloud-config\npack=61ges: =C3=A4\nx: [=\n1]\n"),
        (
            "Content-Type: text/cloud-config-archive",
            "#cloud-config-archive\n- |\n  #cloud-config\n  ä: 1\n- >\n  a\n  b\n",
        ),
        ("Content-Type: text/cloud-config-jsonp", "#cloud-config-jsonp\n[{\"op\": \"ä\"}"),
        ("Content-Type: text/x-include-url", "#include ä\nhttp://\n"),
    ]);
    for at in (0..text.len()).step_by(7).filter(|at| text.is_char_boundary(*at)) {
        let mut damaged = text.clone();
        damaged.remove(at);
        for bytes in [&text.as_bytes()[..at], damaged.as_bytes(), &text.as_bytes()[..at + 1]] {
            let report = report_with(bytes, None, Limits::default());
            for found in report.diagnostics.iter().chain(&report.suppressed) {
                let labels = found.labels.iter().map(|label| label.span);
                let edits = found.fixes.iter().flat_map(|fix| fix.edits.iter().map(|edit| edit.span));
                for span in std::iter::once(found.span).chain(labels).chain(edits) {
                    assert!(report.text.get(span.start..span.end).is_some(), "{span:?} of {found:?}");
                }
                if let Some(place) = &found.part {
                    let part = &report.parts[place.index];
                    let text =
                        part.decoded.as_ref().map_or(part.span.slice(&report.text), |decoded| &decoded.text);
                    assert!(place.span.end <= text.len(), "{found:?}");
                }
            }
        }
    }
}
