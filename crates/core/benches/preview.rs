//! The preview of a config beside its lint, on the same text: neither may cost more than twice the
//! other.

mod config;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use dryboot_core::platform::{self, BootInput, Platform};
use dryboot_core::units::outlook;
use dryboot_core::{CoreosTarget, LintOptions, MachineDescription, Target, lint, preview};

use config::config;

const SIZES: [(&str, usize); 2] = [("1KB", 1 << 10), ("16KB", 16 << 10)];

fn preview_beside_lint(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("preview");
    group.sample_size(20);
    let machine = MachineDescription::default();
    let target = Target::Coreos(CoreosTarget::CoreOs);
    let options = LintOptions { target: Some(target.clone()), ..LintOptions::default() };
    for (name, size) in SIZES {
        let text = config(size);
        let bytes = text.as_bytes();
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(BenchmarkId::new("lint", name), |bencher| {
            bencher.iter(|| lint(black_box(bytes), &options));
        });
        group.bench_function(BenchmarkId::new("program", name), |bencher| {
            bencher.iter(|| preview(black_box(bytes), Some(&target), &machine));
        });
        group.bench_function(BenchmarkId::new("with units", name), |bencher| {
            bencher
                .iter(|| preview(black_box(bytes), Some(&target), &machine).map(|preview| outlook(&preview)));
        });
        for platform in ["ec2", "rackspace"].into_iter().filter_map(Platform::from_name) {
            let input = BootInput {
                target: CoreosTarget::CoreOs,
                platform,
                datasource: None,
                oem: None,
                machine: &machine,
            };
            group.bench_function(BenchmarkId::new(format!("on {}", platform.name), name), |bencher| {
                bencher.iter(|| platform::boot(black_box(bytes), &input).map(|preview| outlook(&preview)));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, preview_beside_lint);
criterion_main!(benches);
