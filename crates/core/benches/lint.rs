//! Lint at four sizes. The time per byte has to stay flat: what is quadratic shows here first.

mod cloud_config;
mod config;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use dryboot_core::{LintOptions, Target, lint};

use cloud_config::cloud_config;
use config::config;

const SIZES: [(&str, usize); 5] =
    [("1KB", 1 << 10), ("2KB", 2 << 10), ("16KB", 16 << 10), ("1MB", 1 << 20), ("10MB", 10 << 20)];

/// A config of about this many bytes.
type Make = fn(usize) -> String;

const TARGETS: [(&str, Make); 3] = [("cloud-init", cloud_config), ("coreos", config), ("flatcar", config)];

fn lint_at_all_sizes(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("lint");
    group.sample_size(10);
    for (target, make) in TARGETS {
        let Ok(chosen) = Target::parse(target) else { continue };
        let options = LintOptions { target: Some(chosen), ..LintOptions::default() };
        for (name, size) in SIZES {
            let text = make(size);
            group.throughput(Throughput::Bytes(text.len() as u64));
            group.bench_with_input(BenchmarkId::new(target, name), &text, |bencher, text| {
                bencher.iter(|| lint(black_box(text.as_bytes()), &options));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, lint_at_all_sizes);
criterion_main!(benches);
