use std::io::{Read, Write};
use dryboot_cloud_init::jinja::InstanceData;
use dryboot_cloud_init::verdict::*;
use dryboot_schema::Release;
fn main() {
    let release = Release::parse(&std::env::args().nth(1).unwrap()).unwrap();
    let data = InstanceData::parse(&std::fs::read_to_string("tests/conformance/cloud-init/instance-data.json").unwrap()).unwrap();
    let mut all = Vec::new();
    std::io::stdin().read_to_end(&mut all).unwrap();
    let mut out = std::io::BufWriter::new(std::io::stdout());
    let mut rest = &all[..];
    while rest.len() >= 4 {
        let n = u32::from_le_bytes(rest[..4].try_into().unwrap()) as usize;
        let bytes = &rest[4..4 + n];
        rest = &rest[4 + n..];
        let judged = judge(bytes, &Subject { kind: Kind::UserData, release, instance_data: Some(&data), limits: Default::default() });
        let v = judged.verdict;
        let cause = v.errors.first().map(|e| match &e.cause { Cause::Schema(_) => "schema".to_owned(), c => format!("{c:?}").chars().take(60).collect() });
        let j = serde_json::json!({"outcome": format!("{:?}", v.outcome), "cause": cause,
            "errors": v.errors.iter().map(|e| e.path.clone()).collect::<Vec<_>>(),
            "deps": v.deprecations.iter().map(|e| e.path.clone()).collect::<Vec<_>>()});
        writeln!(out, "{j}").unwrap();
    }
}
