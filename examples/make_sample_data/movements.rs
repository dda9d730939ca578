//! Papers on their way: shown, lent, returned, destroyed, counted.

use super::people::{head, officer};
use super::prng::Prng;
use super::world::{Row, Value, Who, World, add, as_of, at, day, plus, working};

/// Writes the ledgers.
pub(crate) fn fill(world: &mut World) {
    circulation(world);
    borrowing(world);
    returns(world);
    destruction(world);
    stocktakes(world);
}

fn papers_of(world: &World, wanted: impl Fn(&Row) -> bool) -> Vec<Row> {
    world
        .rows("documents_received")
        .iter()
        .filter(|row| wanted(row))
        .cloned()
        .collect()
}

fn persons(row: &Row, field: &str) -> Vec<Who> {
    match row.get(field) {
        Value::Persons(list) => list.clone(),
        _ => Vec::new(),
    }
}

fn circulation(world: &mut World) {
    let mut random = Prng::of("circulation");
    let mut made = Vec::new();
    for row in papers_of(world, |row| {
        row.day("received_on") >= day(2025, 11, 1) && row.text("level") != "内部"
    }) {
        let readers = persons(&row, "authorised_readers");
        let number = random.range(1, 3) as usize;
        for (i, reader) in random.some(&readers, number).into_iter().enumerate() {
            let on = working(plus(row.day("received_on"), 1 + i as i64));
            if on < as_of() && reader != officer(1) {
                made.push((
                    at(on, random.range(8, 10), random.range(0, 59)),
                    reader,
                    row.text("reg_no").to_owned(),
                ));
            }
        }
    }
    made.sort();
    for (i, (out, reader, number)) in made.into_iter().enumerate() {
        let back = at(out.date(), random.range(14, 15), random.range(0, 59));
        add!(world, "circulation"; circ_id: format!("CY{:04}", i + 1), reg_no: number, reader: reader, delivered_at: out,
            returned_at: back, delivered_by: officer(1), returned_to: officer(1),
            read_place: *random.pick(&["办公室", "阅文室", "阅文室"]), signed: true);
    }
}

fn borrowing(world: &mut World) {
    let mut random = Prng::of("borrowing");
    let mut made = Vec::new();
    for row in papers_of(world, |row| {
        !matches!(row.text("level"), "绝密" | "内部") && row.day("received_on") > day(2025, 3, 1)
    }) {
        let lent = row.text("status") == "借出";
        if lent || random.chance(30) {
            let readers = persons(&row, "authorised_readers");
            let on = if lent {
                working(plus(row.day("received_on"), 3).max(day(2026, 9, 7)))
            } else {
                working(plus(row.day("received_on"), random.range(5, 40)))
            };
            let open = lent || on > day(2026, 9, 3);
            if lent || !open {
                made.push((
                    on.min(day(2026, 9, 23)),
                    *random.pick(&readers),
                    row.text("reg_no").to_owned(),
                    open,
                ));
            }
        }
    }
    made.sort();
    for (i, (on, who, number, open)) in made.into_iter().enumerate() {
        let kept = random.range(2, 18);
        let (approver, role) = if who == Who(1) {
            (Who(0), "主要领导")
        } else {
            (Who(1), "分管（主管）领导")
        };
        add!(world, "borrowing"; borrow_id: format!("JY{:04}", i + 1), reg_no: number, borrower: who,
            borrower_unit: super::people::DEPARTMENTS[super::people::department_of(who)].0, external: false,
            purpose: *random.pick(&["起草实施方案", "成果核对", "编写报告", "工作需要"]),
            approved_by: approver, approver_role: role, borrowed_on: on, due_on: plus(on, 20),
            returned_on: (!open).then(|| plus(on, kept)), signed: true, taken_out: false);
    }
}

fn returns(world: &mut World) {
    let mut random = Prng::of("returns");
    let back = papers_of(world, |row| row.text("status") == "已清退");
    for (i, row) in back.iter().enumerate() {
        let due = row.day("return_due_on");
        let on = working(plus(due, -random.range(5, 60)))
            .min(day(2026, 9, 22))
            .max(row.day("received_on"));
        let copies = row.get("copies").clone();
        add!(world, "returns"; return_id: format!("QT{:03}", i + 1), reg_no: row.text("reg_no"), copies: copies,
            returned_on: on, handed_by: officer(1), received_by: row.text("from_unit"));
    }
}

fn destruction(world: &mut World) {
    let gone = papers_of(world, |row| row.text("status") == "已销毁");
    let batches = [
        day(2025, 6, 18),
        day(2025, 12, 10),
        day(2026, 3, 25),
        day(2026, 7, 15),
    ];
    for (i, row) in gone.iter().enumerate() {
        let earliest = usize::from(row.day("received_on") > day(2025, 4, 1)) * 2;
        let on = batches[earliest + i % 2];
        let copies = row.get("copies").clone();
        add!(world, "destruction"; destroy_id: format!("XH{:03}", i + 1), item_type: "涉密文件资料", item_ref: row.text("reg_no"),
            title: row.text("title"), level: row.text("level"), copies: copies, appraised_by: vec![head(1), head(0)],
            listed_on: plus(on, -16), approved_by: Who(1), approver_role: "分管（主管）领导", approved_on: plus(on, -9),
            destroyed_on: on, place: "指定销毁单位", supervisors: vec![officer(1), officer(0)], signed: true);
    }
}

fn stocktakes(world: &mut World) {
    let mut random = Prng::of("stocktakes");
    let ends = [
        (2025, 3, 27),
        (2025, 6, 26),
        (2025, 9, 28),
        (2025, 12, 26),
        (2026, 3, 27),
        (2026, 6, 26),
        (2026, 9, 22),
    ];
    let mut made = Vec::new();
    for (i, (y, m, d)) in ends.into_iter().enumerate() {
        made.push((day(y, m, d), "季度清查", None));
        if i == 3 {
            made.push((day(y, 12, 29), "年终清退", None));
        }
        made.extend(
            (2..10).map(|dept| (day(y, m, d - 2 - dept % 3), "季度清查", Some(dept as usize))),
        );
    }
    made.extend(
        [day(2026, 2, 11), day(2026, 4, 27), day(2026, 9, 21)].map(|on| (on, "节前清查", None)),
    );
    made.sort();
    for (i, (on, kind, department)) in made.into_iter().enumerate() {
        let number = if department.is_some() {
            random.range(6, 40)
        } else {
            210 + i as i64
        };
        add!(world, "stocktakes"; stocktake_id: format!("QC{:03}", i + 1), stocktake_type: kind, stocktake_on: on,
            department: department, conducted_by: vec![officer(department.unwrap_or(1)), head(department.unwrap_or(1))],
            book_count: number, physical_count: number, missing_count: 0, result: "账物相符，留用、归档、清退各按规定办理");
    }
}
