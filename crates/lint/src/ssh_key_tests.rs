use base64::prelude::*;

use super::{Fault, PublicKey, read};

const ED25519: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOf8CvDkZprYtKtiJWZ9n5CbI5f1v0/rE+pj/w7YeqmR";
const RSA: &str = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDrKwbIbmR3FrCuUjLaXEMmfgbG9vsUYWAnrHJhpuABxfqXMLFziDNuadH0snfjrZidUw0YBgffHnb195swCZQlQMChNtwwUPof56HgAWaQbreyoL65zDxdqrlnhR/K5mLjI73ux+fgQab65CdqWWeM1BOZxini6PTPC+Nkn0VLuw==";
const ECDSA: &str = "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBBX0DCFnZOuwDsmfU56bZq452hvKb9l0YsoYWCXm6E1zpAT6j2VX3eu/L1eWbTdZxOLa48uA7n+oF7TAfTu/eZc=";
const DSS: &str = "ssh-dss AAAAB3NzaC1kc3MAAACBAMz44oN9ClUi6S+PqW8EfcO9LIyLmmM8UlO3fzeydQfq5MmUsqwgeA6R74TrT/8D4o+RuKVLrFeHuhePMx28xc/87I+90CS38eSOeEpuV/4Ud8bmcdyT1XNgaE4O8I+EbavXoT107+Fn7yNfSGSXPCDl4/e39t00qifcdPYlTm0pAAAAFQDMb0UaFbos51ZwZ3e8gyeS0g1oYwAAAIBZd4ov+7uWrca3SEIFFWv/YFNMjP71oK5AdqpBR7/GklL9Mol+siHw05UZHYWFJZTAHf0TgrPLFS14fvDtCbDUzzey3kMcXYT/myRIimtDWeiaoAcTabCKNnNpBE2lIQEIfvvEqoBCFgj3n1c7hAMHyMariUhkKu3OKVHBQ327rAAAAIEAiC7Qbzlms3mqKMlCgvSuRh9Ij41d1js3f5wYZmwsZS8ahV9LSf5bCPMv6vNNsRUS/Z5b/5hHJjjJnZC0G5ZhsPas9TsBfaeIAOxDXwhgpPWTUWM0mq9xR3VbCKcW4/Vou2C1jiJH8jgQmYomWCoSKjrsRBY8RN5Wc6EDTdrEfwA=";

fn kinds(text: &str) -> Vec<String> {
    read(text).expect(text).iter().map(|key| key.kind.to_owned()).collect()
}

#[test]
fn keys_are_read_with_options_and_comments() {
    for text in [
        ED25519.to_owned(),
        format!("  {ED25519} me@home and more\n"),
        format!("no-pty,command=\"echo \\\"a b\\\"\",from=\"10.0.0.0/8\" {ED25519}"),
        format!("cert-authority\t{ED25519}"),
    ] {
        assert_eq!(kinds(&text), ["ssh-ed25519"], "{text}");
    }
    assert_eq!(kinds(ECDSA), ["ecdsa-sha2-nistp256"]);
    assert_eq!(kinds(DSS), ["ssh-dss"]);
    assert_eq!(read(RSA), Ok(vec![PublicKey { kind: "ssh-rsa", rsa_bits: Some(1024) }]));
}

#[test]
fn an_element_may_hold_one_key_a_line() {
    let text = format!("# mine\n{ED25519} a\n\n{ECDSA} b\n");
    assert_eq!(kinds(&text), ["ssh-ed25519", "ecdsa-sha2-nistp256"]);
}

#[test]
fn what_is_no_key_is_told_apart() {
    let data = ED25519.split(' ').next_back().expect("data");
    let (start, end) = RSA.split_at(100);
    for (text, fault) in [
        (String::new(), Fault::Empty),
        ("# a comment".to_owned(), Fault::Empty),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n".to_owned(), Fault::PrivateKey),
        ("PuTTY-User-Key-File-2: ssh-rsa".to_owned(), Fault::PrivateKey),
        ("-----BEGIN PUBLIC KEY-----\nabc".to_owned(), Fault::OtherFormat("PEM")),
        ("---- BEGIN SSH2 PUBLIC KEY ----\nabc".to_owned(), Fault::OtherFormat("RFC 4716")),
        ("-----BEGIN CERTIFICATE-----\nabc".to_owned(), Fault::Certificate),
        ("~/.ssh/id_rsa.pub".to_owned(), Fault::PathOrUrl),
        ("id_ed25519.pub".to_owned(), Fault::PathOrUrl),
        ("https://github.com/me.keys".to_owned(), Fault::PathOrUrl),
        ("<your key>".to_owned(), Fault::Placeholder),
        ("ssh-rsa AAAA...".to_owned(), Fault::Placeholder),
        ("ssh-rsa <key>".to_owned(), Fault::Placeholder),
        ("ssh-rsa YOUR_KEY me".to_owned(), Fault::Placeholder),
        ("${SSH_KEY}".to_owned(), Fault::Placeholder),
        (data.to_owned(), Fault::NoType("ssh-ed25519")),
        (format!("{data} me@home"), Fault::NoType("ssh-ed25519")),
        (format!("ssh-ed25518 {data}"), Fault::UnknownType),
        ("hello".to_owned(), Fault::UnknownType),
        ("ssh-rsa".to_owned(), Fault::NoData("ssh-rsa")),
        ("ssh-rsa me@home".to_owned(), Fault::NotBase64),
        (format!("ssh-rsa {data}"), Fault::TypeMismatch("ssh-rsa", Some("ssh-ed25519"))),
        (RSA[..120].to_owned(), Fault::Truncated),
        (RSA[..121].to_owned(), Fault::Truncated),
        (format!("{start} {end}"), Fault::BrokenOverLines),
        (format!("{start}\n{end} me"), Fault::BrokenOverLines),
        (RSA.replacen(' ', "\n", 1), Fault::BrokenOverLines),
        (format!("{ED25519} me@home {ECDSA} me"), Fault::SeveralOnOneLine),
    ] {
        assert_eq!(read(&text), Err(fault), "{text}");
    }
}

#[test]
fn data_behind_the_fields_is_malformed() {
    let key = ED25519.split(' ').next_back().expect("data");
    let mut bytes = BASE64_STANDARD.decode(key).expect("base64");
    bytes.extend_from_slice(&[0, 0, 0, 1, 7]);
    let text = format!("ssh-ed25519 {}", BASE64_STANDARD.encode(&bytes));
    assert_eq!(read(&text), Err(Fault::Malformed));
}
