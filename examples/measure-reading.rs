//! Measures reading a large workbook against the bare walk of its cells by calamine.
//!
//! `cargo run --release --example measure-reading FILE [ROUNDS]`. Each round reads the file into
//! typed tables as `zicha check` does, then walks its cells; the ratio of the two is what counts,
//! since both see the same machine, and on a busy one that of their processor seconds. At last four
//! copies are read on one thread and on two. The peak of memory of the first round is that of
//! reading alone, before calamine was asked.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a measuring program stops at the first surprise, prints and looks at the clock"
)]

mod reading_measured;

use reading_measured::{tables, walk};
use std::{env, fs, path::Path, time::Instant};
use zicha_model::profile::Profile;

fn main() {
    let mut arguments = env::args().skip(1);
    let file = arguments.next().unwrap_or_else(|| "big.xlsx".into());
    let rounds = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(3);
    let schemas = zicha_rule::pack::load(Path::new("."), &Profile::default())
        .0
        .schemas;
    let folder = tempfile::tempdir().unwrap();
    // The bytes are gone before anything is measured.
    let copy = |n: u8| {
        let path = folder.path().join(format!("{n}.xlsx"));
        fs::write(path, remarked(&fs::read(&file).unwrap(), n)).unwrap();
    };
    copy(1);
    for round in 1..=rounds {
        let ours = timed(|| tables(folder.path(), &schemas));
        let peak = peak_mib();
        let bare = timed(|| walk(Path::new(&file)));
        println!(
            "round {round}: {} rows in {:.2} s ({:.2} s of processor), peak {peak} MiB; \
             bare walk of {} cells {:.2} s ({:.2}); ratio {:.2} ({:.2})",
            ours.0,
            ours.1,
            ours.2,
            bare.0,
            bare.1,
            bare.2,
            ours.1 / bare.1,
            ours.2 / bare.2
        );
    }
    (2..=4).for_each(copy);
    let [one, two] = [1, 2].map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| timed(|| tables(folder.path(), &schemas))).1
    });
    println!(
        "four files: {one:.2} s on one thread, {two:.2} s on two; {:.2} times faster",
        one / two
    );
}

/// The package with a remark at its end, since the same file twice is read once.
fn remarked(package: &[u8], remark: u8) -> Vec<u8> {
    let (rest, length) = package.split_at(package.len() - 2);
    assert_eq!(length, [0, 0], "a package with a remark already");
    [rest, &[1, 0, remark]].concat()
}

/// A result, the seconds that it took, and those of processor time, where the system tells.
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64, f64) {
    let (start, used) = (Instant::now(), processor());
    let result = work();
    (result, start.elapsed().as_secs_f64(), processor() - used)
}

/// Processor seconds of the process so far; Linux counts hundredths.
fn processor() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let behind_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = behind_name.split_whitespace().skip(11).take(2);
    ticks.filter_map(|n| n.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// The most memory that the process ever held, where the system tells.
fn peak_mib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok());
    kib.unwrap_or_default() / 1024
}
