//! Lint at four sizes. The time per byte has to stay flat: what is quadratic shows here first.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use dryboot_core::{LintOptions, Target, lint};

const SIZES: [(&str, usize); 4] =
    [("1KB", 1 << 10), ("16KB", 16 << 10), ("1MB", 1 << 20), ("10MB", 10 << 20)];

/// A config of about this many bytes with files, units and users, as people write them.
fn config(size: usize) -> String {
    let mut files = String::from("write_files:\n");
    let mut units = String::from("coreos:\n  units:\n");
    let mut users = String::from("users:\n");
    let mut number = 0;
    while files.len() + units.len() + users.len() < size {
        files.push_str(&format!(
            "  - path: /etc/app/part{number}.conf\n    permissions: '0640'\n    owner: root\n    content: |\n      \
             listen = $private_ipv4:{number}\n      name = part{number}\n"
        ));
        units.push_str(&format!(
            "    - name: app{number}.service\n      enable: true\n      command: start\n      content: |\n        \
             [Unit]\n        Description=Part {number}\n        [Service]\n        ExecStart=/usr/bin/app {number}\n        \
             [Install]\n        WantedBy=multi-user.target\n"
        ));
        users.push_str(&format!("  - name: user{number}\n    shell: /bin/bash\n    groups: [docker]\n"));
        number += 1;
    }
    format!("#cloud-config\nhostname: bench\n{files}{units}{users}")
}

fn lint_at_all_sizes(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("lint");
    group.sample_size(10);
    for target in Target::ALL {
        let options = LintOptions { target: Some(target), ..LintOptions::default() };
        for (name, size) in SIZES {
            let text = config(size);
            group.throughput(Throughput::Bytes(text.len() as u64));
            group.bench_with_input(BenchmarkId::new(target.name(), name), &text, |bencher, text| {
                bencher.iter(|| lint(black_box(text.as_bytes()), &options));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, lint_at_all_sizes);
criterion_main!(benches);
