//! How long the documents of many findings take, and how much memory.
//!
//! `cargo run --release --example measure-reports [FINDINGS]` (20,000 by default). Writes ledgers
//! with at least so many faults into a folder of its own, runs the annual checklist twice with all
//! formats, tells seconds by step, the peak of memory and the sizes, and fails if the bytes differ.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "this measures, and says what it measured"
)]

use std::{collections::BTreeMap, env, fmt::Write as _, fs, io, path::Path, time::Instant};
use zicha::pipeline::{self, Baseline, Request, Step};
use zicha_calendar as calendar;
use zicha_model::time::Day;
use zicha_report::{Fonts, Format};

fn main() -> io::Result<()> {
    let findings = env::args().nth(1).and_then(|n| n.parse().ok());
    let findings: usize = findings.unwrap_or(20_000);
    let folder = env::temp_dir().join(format!("zicha-measure-{}", std::process::id()));
    write_ledgers(&folder, findings)?;
    let first = run(&folder, "1");
    let second = run(&folder, "2");
    for (name, bytes) in &first {
        println!("{:>12} bytes  {name}", bytes.len());
    }
    fs::remove_dir_all(&folder)?;
    if first != second {
        return Err(io::Error::other("the two runs differ"));
    }
    println!("the two runs are the same, byte for byte");
    Ok(())
}

/// Received papers that nobody registered in time and media that are private: a fault a row in each.
fn write_ledgers(folder: &Path, findings: usize) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let rows = findings / 2 + 1;
    let mut papers = String::from(
        "登记号,收文日期,登记日期,登记人,来文单位,发文字号,文件标题,密级,保密期限(年),份数,份号,保管人,状态\n",
    );
    let mut media = String::from("介质编号,介质类型,密级,来源,使用部门,保管人,状态\n");
    for n in 0..rows {
        let (department, month, day) = (n % 12 + 1, n % 8 + 1, n % 27 + 1);
        let _ = writeln!(
            papers,
            "收字〔2026〕{n}号,2026-{month:02}-{day:02},2026-09-{day:02},某甲,某单位,某发〔2026〕{n}号,关于第{n}项工作的通知,秘密,5,1,,某乙,在库"
        );
        let _ = writeln!(
            media,
            "U-{n:05},U盘,内部,个人所有,第{department}处,某丙,在用"
        );
    }
    fs::write(folder.join("收文登记簿.csv"), papers)?;
    fs::write(folder.join("移动存储介质台账.csv"), media)
}

/// Runs the checklist and tells how long each step took.
fn run(folder: &Path, name: &str) -> BTreeMap<String, Vec<u8>> {
    let out = folder.join("out").join(name);
    let request = Request {
        dir: folder.to_owned(),
        calendar: calendar::Request {
            as_of: Day::parse("2026-09-24").unwrap_or(Day(0)),
            annual: true,
            festival: false,
            festival_kind: None,
            year: None,
            period: None,
        },
        out: Some(out.clone()),
        formats: vec![Format::Html, Format::Pdf, Format::Xlsx, Format::Json],
        baseline: Baseline::None,
        fonts: Fonts::Embedded,
        redact: false,
    };
    let mut steps: Vec<(Step, Instant)> = Vec::new();
    let ran = pipeline::check(&request, &mut |step| steps.push((step, Instant::now())));
    let end = Instant::now();
    let ends = steps.iter().skip(1).map(|(_, at)| *at).chain([end]);
    for ((step, from), to) in steps.iter().zip(ends) {
        println!("{:>8.2} s  {}", (to - *from).as_secs_f64(), step.label());
    }
    match ran {
        Ok(ran) => println!("{} findings", ran.results.findings.len()),
        Err(told) => println!("stopped: {told:?}"),
    }
    println!("{:>8} MiB at most", peak());
    files(&out)
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            Some((name, fs::read(entry.path()).ok()?))
        })
        .collect()
}

/// Peak of resident memory so far, where the system tells it.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    kib.unwrap_or(0) / 1024
}
