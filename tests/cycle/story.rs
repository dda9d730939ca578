//! The story on the sample: every state right, nothing lost.

use super::{copy, findings, list, run, run_with, text, told};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// Ledgers that are put in order between the first run and the second.
const CORRECTED: [&str; 6] = [
    "台账/04收文登记簿.xlsx",
    "台账/05文件传阅与借阅.xlsx",
    "台账/06发文印制复制携带.xlsx",
    "台账/07档案清查销毁.xlsx",
    "台账/08场所与柜具.xlsx",
    "台账/10移动存储介质.xlsx",
];
/// The ledger that falls back into its old state before the third run.
const RELAPSE: &str = "台账/04收文登记簿.xlsx";

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("sample-data")
        .join(name)
}

/// Findings on the list, by fingerprint.
fn listed(results: &Value) -> BTreeMap<String, Value> {
    let listed = findings(results).iter().filter(|f| f["waived"] == false);
    listed
        .map(|f| (text(f, "fingerprint").to_owned(), f.clone()))
        .collect()
}

/// Files that a finding's evidence lies in.
fn files(finding: &Value) -> BTreeSet<&str> {
    let cells = finding["evidence"].as_array().unwrap().iter();
    cells.filter_map(|cell| cell["file"].as_str()).collect()
}

fn only_in(finding: &Value, wanted: &[&str]) -> bool {
    let files = files(finding);
    !files.is_empty() && files.iter().all(|file| wanted.contains(file))
}

fn outside(finding: &Value) -> bool {
    let files = files(finding);
    !files.is_empty() && files.iter().all(|file| !CORRECTED.contains(file))
}

/// What was filled in, by fingerprint.
struct Filled {
    signed: Vec<String>,
    claimed: String,
    late: String,
}

/// Edits the list as a person would: sorts, renames and inserts columns, fills in, signs off, adds a
/// row of their own.
fn fill_in(path: &Path, first: &BTreeMap<String, Value>) -> Filled {
    let names = |wanted: &dyn Fn(&Value) -> bool| {
        let mine = first.iter().filter(|(_, f)| wanted(f));
        mine.map(|(name, _)| name.clone()).collect::<Vec<_>>()
    };
    let signed = names(&|f| only_in(f, &CORRECTED));
    let others = names(&outside);
    let filled = Filled {
        signed,
        claimed: others[0].clone(),
        late: others[1].clone(),
    };
    assert_eq!(
        list::read(path)[0].rows.len(),
        first.len(),
        "every finding stands in the list"
    );
    list::edit(path, &filled.edits());
    filled
}

impl Filled {
    /// What the person does, in the words of `edit-list.py`.
    fn edits(&self) -> Value {
        let signed_off = json!({
            "整改状态": "已销号", "佐证材料": "登记簿复印件", "复核人": "周复核", "销号日期": "2026-10-12",
        });
        let signed = self
            .signed
            .iter()
            .map(|name| (name.clone(), signed_off.clone()));
        let mut fill: serde_json::Map<_, _> = signed.collect();
        let claimed =
            json!({"整改状态": "已完成", "督办意见": "请分管领导督办", "备注": "已口头整改"});
        fill.insert(self.claimed.clone(), claimed);
        let late = json!({"责任人": "吴责任", "整改时限": "2026-10-10"});
        fill.insert(self.late.clone(), late);
        json!({
            "sheet": "新增",
            "sort": "问题描述",
            "insert": ["证据位置", "督办意见"],
            "rename": {"完成情况": "整改状态"},
            "fill": fill,
            "add": ["自行登记", {"问题描述": "保密室窗帘破损", "整改时限": "2026.10.1", "完成情况": "整改中"}],
        })
    }
}

#[test]
fn the_cycle_loses_nothing_and_every_state_is_right() {
    let folder = TempDir::new().unwrap();
    let dir = folder.path();
    copy(&sample("faulty"), dir);
    let list_path = dir.join("out/2026-annual/整改清单.xlsx");

    let whole = run(dir, "2026-09-24");
    let first = listed(&whole);
    assert!(first.values().all(|f| f["state"] == "new"));
    let filled = fill_in(&list_path, &first);
    assert!(filled.signed.len() >= 10, "{}", filled.signed.len());
    let edited = fs::read(&list_path).unwrap();

    for file in CORRECTED {
        fs::copy(sample("orderly").join(file), dir.join(file)).unwrap();
    }
    let second = run(dir, "2026-10-20");
    states_are_right(dir, &whole, &second);
    entries_are_carried(&second, &filled);
    the_new_list_shows_them(&list_path, &filled);
    let kept = fs::read_dir(dir.join("out/history"))
        .unwrap()
        .map(|e| e.unwrap().path());
    let kept: Vec<_> = kept
        .filter(|p| p.extension().is_some_and(|e| e == "xlsx"))
        .collect();
    assert_eq!(kept.len(), 1, "the edited list is kept");
    assert_eq!(fs::read(&kept[0]).unwrap(), edited);
    let again = run(dir, "2026-10-20");
    assert_eq!(
        second["findings"], again["findings"],
        "the same day again changes nothing"
    );
    assert_eq!(second["follow_up"], again["follow_up"]);

    fs::copy(sample("faulty").join(RELAPSE), dir.join(RELAPSE)).unwrap();
    let third = run(dir, "2026-11-05");
    relapses_are_reopened(&second, &third, &fresh(dir, "2026-11-05"));
    entries_survive(&third, &filled);
}

/// What a run finds that knows nothing of the earlier ones.
fn fresh(dir: &Path, day: &str) -> BTreeMap<String, Value> {
    let out = dir.join("out/fresh");
    let shown = out.to_string_lossy();
    let arguments = ["--format", "json", "--no-baseline", "--out", &shown];
    let results = run_with(dir, day, &arguments, &out);
    fs::remove_dir_all(&out).unwrap();
    listed(&results)
}

/// Held against a run that knows nothing of the first.
fn states_are_right(dir: &Path, first: &Value, second: &Value) {
    let of = |results| {
        let all = findings(results).iter();
        all.map(|f| text(f, "fingerprint").to_owned())
            .collect::<BTreeSet<_>>()
    };
    let (first, all) = (of(first), of(second));
    let fresh = fresh(dir, "2026-10-20");
    let unproven = second["follow_up"]["unproven"].as_u64().unwrap() as usize;
    let causes = told(second, "fix-not-proven").len();
    assert_eq!(unproven > 0, causes > 0);
    let second = listed(second);
    let mut counts = BTreeMap::new();
    for (name, finding) in &second {
        let state = text(finding, "state");
        *counts.entry(state).or_insert(0) += 1;
        match (first.contains(name), fresh.contains_key(name)) {
            (false, true) => assert_eq!(state, "new", "{name}"),
            (true, true) => assert_eq!(state, "open", "{name}"),
            (true, false) => assert!(["fixed", "open"].contains(&state), "{name}"),
            (false, false) => panic!("{name} comes from nowhere"),
        }
    }
    for name in &first {
        assert!(all.contains(name), "{name} is lost");
    }
    let unfixed = second
        .iter()
        .filter(|(name, f)| f["state"] == "open" && !fresh.contains_key(*name));
    let unfixed = unfixed.count();
    assert_eq!(
        unfixed, unproven,
        "what is not proven stays open and is told"
    );
    assert!(counts["fixed"] >= 10, "{counts:?}");
}

fn entries_are_carried(second: &Value, filled: &Filled) {
    let mine = listed(second);
    for name in &filled.signed {
        let finding = &mine[name];
        assert_eq!(text(finding, "rectification.filled.status"), "已复核销号");
        assert_eq!(text(finding, "rectification.filled.closed"), "2026-10-12");
        assert_eq!(text(finding, "rectification.filled.reviewer"), "周复核");
    }
    let claimed = &mine[&filled.claimed];
    assert_eq!(
        text(claimed, "rectification.extra.督办意见"),
        "请分管领导督办"
    );
    assert_eq!(text(claimed, "rectification.filled.remark"), "已口头整改");
    let notes = claimed["rectification"]["notes"].to_string();
    assert!(notes.contains("检查仍然发现"), "{notes}");
    let late = &mine[&filled.late];
    assert_eq!(late["rectification"]["overdue_days"], 10);
    assert_eq!(text(late, "rectification.filled.responsible"), "吴责任");
    let stands = |f: &&Value| f["state"] != "fixed" && f["past"].is_null();
    let standing = mine.values().filter(stands);
    let done = standing.filter(|f| text(f, "rectification.filled.status").starts_with('已'));
    let done = done.count() as u64;
    assert!(done >= 1);
    let follow_up = &second["follow_up"];
    assert_eq!(follow_up["claimed"], done);
    let fixed = mine.values().filter(|f| f["state"] == "fixed");
    let unsigned = fixed.filter(|f| f["rectification"]["filled"]["closed"].is_null());
    assert_eq!(follow_up["unsigned"], unsigned.count() as u64);
    assert_eq!(told(second, "marked-done-still-found").len(), 1);
    let own = &follow_up["own"][0];
    assert_eq!(text(own, "filled.problem"), "保密室窗帘破损");
    assert_eq!(own["overdue_days"], 19);
}

fn the_new_list_shows_them(path: &Path, filled: &Filled) {
    let sheets = list::read(path);
    let row = |name: &str| {
        let mut found = sheets
            .iter()
            .filter_map(|sheet| Some((sheet, sheet.find(name)?)));
        found.next().unwrap()
    };
    for name in &filled.signed {
        let (sheet, at) = row(name);
        assert_eq!(sheet.get(at, "完成情况"), "已复核销号");
        assert_eq!(sheet.get(at, "销号日期"), "2026-10-12");
        assert_eq!(sheet.get(at, "佐证材料"), "登记簿复印件");
    }
    let (sheet, at) = row(&filled.claimed);
    assert_eq!(sheet.name, "推进落实");
    assert_eq!(sheet.get(at, "督办意见"), "请分管领导督办");
    assert!(sheet.get(at, "检查提示").contains("检查仍然发现"));
    let (sheet, at) = row(&filled.late);
    assert!(sheet.get(at, "检查提示").contains("已超过整改时限 10 天"));
    assert_eq!(sheets[3].get(0, "问题描述"), "保密室窗帘破损");
    let html = fs::read_to_string(path.with_extension("html")).unwrap();
    for shown in ["请分管领导督办", "保密室窗帘破损", "周复核"] {
        assert!(html.contains(shown), "{shown}");
    }
}

fn relapses_are_reopened(second: &Value, third: &Value, fresh: &BTreeMap<String, Value>) {
    let (second, third) = (listed(second), listed(third));
    let mut back = 0;
    for (name, before) in second.iter().filter(|(_, f)| f["state"] == "fixed") {
        let now = &third[name];
        if !fresh.contains_key(name) {
            assert_eq!(now["state"], "fixed", "{name}");
            continue;
        }
        assert_eq!(now["state"], "reopened", "{name}");
        assert!(now["rectification"]["filled"]["status"].is_null());
        if text(before, "rectification.filled.status") == "已复核销号" {
            let earlier = now["rectification"]["earlier"].to_string();
            assert!(earlier.contains("已复核销号"), "{earlier}");
            back += 1;
        }
    }
    assert!(back > 0, "the relapse is seen");
}

fn entries_survive(third: &Value, filled: &Filled) {
    let mine = listed(third);
    let claimed = &mine[&filled.claimed];
    assert_eq!(
        text(claimed, "rectification.extra.督办意见"),
        "请分管领导督办"
    );
    assert_eq!(
        text(&mine[&filled.late], "rectification.filled.responsible"),
        "吴责任"
    );
    assert_eq!(
        text(&third["follow_up"]["own"][0], "filled.problem"),
        "保密室窗帘破损"
    );
}
