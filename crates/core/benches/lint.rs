//! Lint at four sizes. The time per byte has to stay flat: what is quadratic shows here first.

mod config;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use dryboot_core::{CoreosTarget, LintOptions, Target, lint};

use config::config;

const SIZES: [(&str, usize); 4] =
    [("1KB", 1 << 10), ("16KB", 16 << 10), ("1MB", 1 << 20), ("10MB", 10 << 20)];

fn lint_at_all_sizes(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("lint");
    group.sample_size(10);
    for target in CoreosTarget::ALL {
        let options = LintOptions { target: Some(Target::Coreos(target)), ..LintOptions::default() };
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
