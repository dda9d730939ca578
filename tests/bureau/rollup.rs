//! `zicha rollup`: any order and grouping, the same bytes; what cannot be used is named.

use proptest::prelude::*;
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};
use tempfile::TempDir;
use zicha_report::{
    Fonts, Format,
    rollup::{Options, write},
};
use zicha_rollup::{Gathered, figures, gather};

const FAILING: [&str; 3] = ["重大", "一般", "提示"];

/// What a unit's `results.json` says, as far as it is counted; `seed` makes units differ.
fn results(name: &str, as_of: &str, seed: u32) -> Value {
    let control = |n: u32| {
        let failed = (seed + n) % 4;
        json!({
            "id": format!("DOC-{n:03}"), "title": format!("第{n}项"), "chapter": "6",
            "checklists": ["annual"], "severity": "一般", "basis": ["001 六.1"],
            "verdict": if failed > 0 { "fail" } else { ["pass", "unknown"][(n % 2) as usize] },
            "subjects": 9, "failed": failed, "unknown": 0, "waived": 0, "score": null
        })
    };
    let finding = |n: u32| {
        json!({
            "fingerprint": format!("{name}{n}"), "control": "DOC-001",
            "severity": FAILING[(n % 3) as usize], "kind": "violation", "state": "new", "waived": false,
            "subject": {"ledger": "documents_received", "key": "1", "department": null, "person": "赵钱孙"},
            "message": "赵钱孙没有登记", "expected": "", "actual": "", "remedy": "",
            "found": as_of, "due": "2026-05-01", "evidence": []
        })
    };
    json!({
        "schema": "zicha/results/1",
        "tool": {"name": "zicha", "version": if seed % 5 == 4 { "0.0.9" } else { "0.1.0" }},
        "unit": {"name": name, "kind": "institution"},
        "run": {"as_of": as_of, "checklists": ["annual"], "festival": null,
                "period": {"from": format!("{}-01-01", &as_of[..4]), "to": format!("{}-12-31", &as_of[..4])},
                "packs": [{"id": "base", "version": "1", "sha256": "00"}], "parameters": {}},
        "inputs": [],
        "controls": (1..=6).map(control).collect::<Vec<_>>(),
        "findings": (0..seed % 5).map(finding).collect::<Vec<_>>(),
        "score": {"model": "government", "points": 80.0, "of": 90.0, "percent": 70.0 + f64::from(seed) / 3.0,
                  "grade": if seed.is_multiple_of(2) { "合格" } else { "基本合格" }, "vetoes": [], "steps": [],
                  "highest": 85.0, "highest_grade": "合格"},
        "discipline": [{"kind": "penalty", "subject": "赵钱孙", "reason": "泄露", "basis": [],
                        "from": "警告", "to": "记过", "aggravating": [], "evidence": []}],
        "follow_up": {"baseline": "", "new": 0, "open": 0, "fixed": 0, "reopened": 0},
        "diagnostics": []
    })
}

/// Writes a unit's output folder: its result, and a manifest that confirms it.
fn unit(root: &Path, name: &str, as_of: &str, seed: u32) -> PathBuf {
    let folder = root
        .join(name)
        .join("out")
        .join(format!("{}-annual", &as_of[..4]));
    fs::create_dir_all(&folder).unwrap();
    let bytes = serde_json::to_vec_pretty(&results(name, as_of, seed)).unwrap();
    fs::write(folder.join("results.json"), &bytes).unwrap();
    confirm(&folder, "results.json");
    root.join(name)
}

/// Writes a manifest for one file.
fn confirm(folder: &Path, name: &str) {
    let bytes = fs::read(folder.join(name)).unwrap();
    let sha256 = zicha_model::digest::sha256_hex(&bytes);
    let manifest = json!({
        "schema": "zicha/manifest/1", "tool": {"name": "zicha", "version": "0.1.0"},
        "as_of": "2026-09-24", "redacted": false, "inputs": [], "fonts": [],
        "outputs": [{"path": name, "bytes": bytes.len(), "sha256": sha256, "sm3": ""}]
    });
    fs::write(folder.join("manifest.json"), manifest.to_string()).unwrap();
}

/// A county of six units, one with two runs, one of last year only, one broken, one without results.
fn county() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for (seed, name) in (0..).zip(["甲局", "乙局", "丙局", "丁局", "戊局"]) {
        unit(root.path(), name, "2026-09-24", seed);
    }
    unit(root.path(), "甲局", "2026-06-30", 7);
    let earlier = root.path().join("甲局/out/2026-june");
    fs::create_dir_all(&earlier).unwrap();
    fs::rename(
        root.path().join("甲局/out/2026-annual/results.json"),
        earlier.join("results.json"),
    )
    .unwrap();
    fs::rename(
        root.path().join("甲局/out/2026-annual/manifest.json"),
        earlier.join("manifest.json"),
    )
    .unwrap();
    unit(root.path(), "甲局", "2026-09-24", 0);
    unit(root.path(), "己局", "2025-09-24", 3);
    let tampered = unit(root.path(), "庚局", "2026-09-24", 4).join("out/2026-annual/results.json");
    let text = fs::read_to_string(&tampered).unwrap();
    fs::write(&tampered, text.replace("重大", "提示")).unwrap();
    fs::create_dir_all(root.path().join("辛局/台账")).unwrap();
    root
}

fn units_of(root: &Path) -> Vec<PathBuf> {
    let names = ["甲局", "乙局", "丙局", "丁局", "戊局", "己局", "庚局"];
    names.iter().map(|name| root.join(name)).collect()
}

fn options(out: &Path) -> Options {
    Options {
        out: out.to_owned(),
        formats: vec![Format::Html, Format::Xlsx],
        fonts: Fonts::Embedded,
        bureau: "示例县".to_owned(),
    }
}

/// Every file that a summary becomes.
fn files(gathered: &Gathered, out: &Path) -> BTreeMap<String, Vec<u8>> {
    let written = write(&gathered.summary, &options(out)).unwrap();
    let read = |name: String| (name.clone(), fs::read(out.join(name)).unwrap());
    written.files.into_iter().map(read).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_order_and_grouping_gives_the_same_bytes(
        order in Just((0..7usize).collect::<Vec<_>>()).prop_shuffle(),
        group in proptest::collection::vec(0..3usize, 7),
        twice in any::<bool>(),
    ) {
        let county = county();
        let units = units_of(county.path());
        let out = tempfile::tempdir().unwrap();
        let whole = files(&gather(&units, Path::new("none")), &out.path().join("whole"));
        let mut parts = Vec::new();
        for number in 0..3 {
            let own = order.iter().filter(|&&at| group[at] == number);
            let own: Vec<_> = own.map(|&at| units[at].clone()).collect();
            let part = out.path().join(format!("part{number}"));
            fs::create_dir_all(&part).unwrap();
            let summary = gather(&own, Path::new("none")).summary;
            fs::write(part.join("rollup.json"), summary.render().unwrap()).unwrap();
            parts.push(part);
        }
        if twice {
            parts.push(units[order[0]].clone());
        }
        let merged = files(&gather(&parts, Path::new("none")), &out.path().join("merged"));
        prop_assert_eq!(whole.keys().collect::<Vec<_>>(), merged.keys().collect::<Vec<_>>());
        for (name, bytes) in &whole {
            prop_assert!(bytes == &merged[name], "{name} differs");
        }
    }
}

#[test]
fn what_cannot_be_used_is_named_and_the_rest_goes_on() {
    let county = county();
    fs::create_dir_all(county.path().join("壬局")).unwrap();
    fs::write(county.path().join("壬局/results.json"), "{\"schema\": ").unwrap();
    let gathered = gather(&[county.path().to_owned()], Path::new("none"));
    let left_out: Vec<_> = gathered
        .summary
        .left_out
        .iter()
        .map(|l| l.place.as_str())
        .collect();
    assert_eq!(
        left_out,
        [
            "壬局/results.json",
            "庚局/out/2026-annual/results.json",
            "辛局"
        ]
    );
    assert_eq!(gathered.summary.entries.len(), 6);
    let errors = gathered.diagnostics.iter();
    let errors = errors.filter(|d| d.severity == zicha_model::diag::Severity::Error);
    assert_eq!(errors.count(), 2, "{:?}", gathered.diagnostics);
}

#[test]
fn the_newest_result_counts_and_last_years_is_told() {
    let county = county();
    let mut gathered = gather(&[county.path().to_owned()], Path::new("none"));
    gathered.summary.expected.insert("癸局".to_owned());
    let groups = figures::groups(&gathered.summary);
    assert_eq!(groups.len(), 1);
    let group = &groups[0];
    assert_eq!((group.year, group.ranking.len()), (2026, 5));
    assert_eq!(gathered.summary.superseded.len(), 1);
    let names = |entries: &[&zicha_rollup::Entry]| {
        let names = entries.iter().map(|e| e.key.name.clone());
        names.collect::<Vec<_>>()
    };
    assert_eq!(names(&group.outdated), ["己局"]);
    assert_eq!(names(&group.behind), ["戊局"]);
    assert_eq!(group.missing, ["癸局"]);
    // 戊局 71.3 %, 丁局 71.0 %, …: the best first.
    let order: Vec<_> = group
        .ranking
        .iter()
        .map(|(_, e)| e.key.name.as_str())
        .collect();
    assert_eq!(order, ["戊局", "丁局", "丙局", "乙局", "甲局"]);
}

#[test]
fn figures_add_up_to_what_the_units_say() {
    let county = county();
    let gathered = gather(&[county.path().to_owned()], Path::new("none"));
    let groups = figures::groups(&gathered.summary);
    let control = groups[0]
        .controls
        .iter()
        .find(|f| f.info.id == "DOC-001")
        .unwrap();
    // Seeds 0 to 4: failed 1, 2, 3, 0, 1.
    assert_eq!((control.units[0], control.findings), (4, 7));
    let findings: u32 = groups[0]
        .ranking
        .iter()
        .map(|(_, e)| e.tally.findings())
        .sum();
    assert_eq!(findings, 1 + 2 + 3 + 4);
    assert_eq!(groups[0].chapters.len(), 1);
    assert_eq!(groups[0].chapters[0].units_failing, 5);
    let common = figures::common(&groups[0]);
    assert!(
        common
            .windows(2)
            .all(|pair| pair[0].units[0] >= pair[1].units[0])
    );
}

#[test]
fn a_unit_called_by_a_number_keeps_its_name_and_figures_are_numbers() {
    use calamine::{Data, Reader, Xlsx};
    let county = tempfile::tempdir().unwrap();
    unit(county.path(), "007", "2026-09-24", 1);
    let out = tempfile::tempdir().unwrap();
    let gathered = gather(&[county.path().to_owned()], Path::new("none"));
    let written = files(&gathered, out.path());
    let book = written.iter().find(|(name, _)| name.ends_with(".xlsx"));
    let mut book = Xlsx::new(std::io::Cursor::new(book.unwrap().1)).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    assert_eq!(
        sheet.get_value((1, 1)),
        Some(&Data::String("007".to_owned()))
    );
    assert_eq!(sheet.get_value((1, 0)), Some(&Data::Float(1.0)));
}

#[test]
fn no_person_is_named_in_any_file() {
    let county = county();
    let out = tempfile::tempdir().unwrap();
    let gathered = gather(&[county.path().to_owned()], Path::new("none"));
    for (name, bytes) in files(&gathered, out.path()) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("赵钱孙"), "{name}");
    }
    let verified = zicha_report::verify::folder(out.path(), None).unwrap();
    assert!(verified.is_intact());
}

#[test]
fn the_bureau_says_which_units_it_expects_and_a_merge_of_merges_remembers() {
    let county = county();
    let names = county.path().join("名单.txt");
    fs::write(&names, "\u{feff}甲局\r\n\r\n癸局\r\n").unwrap();
    let rollup = |from: &Path, to: &str, arguments: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("zicha").unwrap();
        let command = command.current_dir(county.path()).arg("rollup").arg(from);
        let command = command
            .args(["--out", to, "--format", "html"])
            .args(arguments);
        command
            .assert()
            .code(if arguments.is_empty() { 0 } else { 2 });
        county.path().join(to)
    };
    let first = rollup(county.path(), "汇总一", &["--units", "名单.txt"]);
    let page = fs::read_to_string(first.join("汇总报告.html")).unwrap();
    let from = page.find("应报未报的单位").unwrap();
    let missing: String = page[from..].chars().take(120).collect();
    assert!(
        missing.contains("癸局") && !missing.contains("甲局"),
        "{missing}"
    );
    let second = rollup(&first, "汇总二", &[]);
    let third = rollup(&second, "汇总三", &[]);
    for name in ["汇总报告.html", "汇总.csv", "rollup.json"] {
        let read = |folder: &Path| fs::read(folder.join(name)).unwrap();
        assert_eq!(read(&second), read(&first), "{name}");
        assert_eq!(read(&third), read(&first), "{name}");
    }
}

#[test]
fn summaries_give_the_same_roll_up_as_whole_results() {
    let county = county();
    let units = &units_of(county.path())[1..5];
    let out = tempfile::tempdir().unwrap();
    let whole = files(&gather(units, Path::new("none")), &out.path().join("whole"));
    for unit in units {
        let folder = unit.join("out/2026-annual");
        let results = fs::read(folder.join("results.json")).unwrap();
        let read = serde_json::from_slice(&results).unwrap();
        let summary =
            zicha_rollup::unit_summary(&read, 0, &zicha_model::digest::sha256_hex(&results))
                .unwrap();
        assert!(summary.len() < results.len());
        fs::write(folder.join("summary.json"), summary).unwrap();
        confirm(&folder, "summary.json");
        fs::remove_file(folder.join("results.json")).unwrap();
    }
    let brief = files(&gather(units, Path::new("none")), &out.path().join("brief"));
    assert_eq!(
        whole.keys().collect::<Vec<_>>(),
        brief.keys().collect::<Vec<_>>()
    );
    for (name, bytes) in &whole {
        assert!(bytes == &brief[name], "{name} differs");
    }
}
