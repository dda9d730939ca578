//! What carrying the list on says to people.

use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::{
    rectification::{Cells, Column, ListRead, Origin, Rectification, Status, Unmatched},
    results::{Finding, FollowUp},
    time::Day,
};

/// Said where the data name no department, as the list says it.
pub(super) const NO_DEPARTMENT: &str = "未明确责任部门";
/// A fingerprint that no result explains.
pub(super) const FINGERPRINT_UNKNOWN: &str = "识别号在本次和上次的检查结果中都没有";
/// What becomes of the entries of a row that fits nothing.
pub(super) const CARRIED: &str = "，填写内容作为自行登记事项带入";
/// A row that says too little.
pub(super) const NO_MATCH: &str = "没有识别号，条目、对象和单元格位置也对应不上检查发现的问题";
/// A row that may be about several findings.
pub(super) const SEVERAL_MATCHES: &str = "没有识别号，可能对应的问题不止一处，无法确定是哪一处";
/// A row whose visible columns and hidden number belong to different findings.
pub(super) const CONTRADICTS: &str =
    "识别号与本行的问题描述、依据对不上，按可见内容也不能确定是哪一处问题";
/// A finding that is gone without a signature.
pub(super) const NOT_SIGNED_OFF: &str = "台账显示已符合要求，尚未复核销号";

/// `整改清单.xlsx 工作表“新增” 第 5 行`.
pub(super) fn place(path: &str, sheet: Option<&str>, row: u32) -> String {
    let sheet = sheet.map_or_else(String::new, |sheet| format!("工作表“{sheet}”"));
    format!("{path}{sheet}第 {row} 行")
}

/// Done on paper only.
pub(super) fn still_found(entry: &Rectification) -> String {
    let said = entry.status().map_or("已完成", Status::label);
    format!("清单填写为“{said}”，检查仍然发现该问题")
}

/// Said to be done, and nothing to tell by.
pub(super) fn not_verified(entry: &Rectification) -> String {
    let said = entry.status().map_or("已完成", Status::label);
    format!("清单填写为“{said}”，这次检查未能核实")
}

/// A sign-off that lacks something.
pub(super) fn incomplete(entry: &Rectification) -> Option<String> {
    if !entry.is_signed_off() {
        return None;
    }
    let needed = [Column::Proof, Column::Reviewer, Column::Closed];
    let missing = needed.into_iter().filter(|c| entry.cell(*c).is_none());
    let missing: Vec<_> = missing.map(Column::label).collect();
    (!missing.is_empty()).then(|| format!("销号手续不全，缺{}", missing.join("、")))
}

/// Said to be done, and nothing named that shows it.
pub(super) fn without_proof(entry: &Rectification) -> Option<String> {
    let claimed = entry.says_done() && !entry.is_signed_off();
    let without = claimed && entry.cell(Column::Proof).is_none();
    let said = entry.status().map_or("已完成", Status::label);
    without.then(|| format!("填写为“{said}”，没有写明佐证材料"))
}

/// Words with which a column or a remark names who approved.
const APPROVAL: [&str; 4] = ["批准", "审批", "同意延期", "准予延期"];

/// A term later than the one that was set, and who approved it.
pub(super) fn extended(finding: &Finding) -> Option<String> {
    let entry = &finding.rectification;
    let planned = entry.cell(Column::Due).and_then(Day::parse)?;
    if planned <= finding.due {
        return None;
    }
    let named = |heading: &str| APPROVAL.iter().any(|word| heading.contains(word));
    let column = entry
        .extra
        .iter()
        .find(|(heading, text)| named(heading) && !text.trim().is_empty());
    let remark = entry.cell(Column::Remark).filter(|text| named(text));
    let approved = column.map(|(_, text)| text.as_str()).or(remark);
    let term = format!("整改时限由 {} 延至 {planned}", finding.due);
    Some(match approved {
        Some(by) => format!("{term}（{}）", by.trim()),
        None => format!("{term}，没有写明批准人（可加一列“延期批准人”，或者写在备注里）"),
    })
}

/// Nobody reviews their own work.
pub(super) fn own_reviewer(entry: &Rectification) -> Option<String> {
    let reviewer = entry.cell(Column::Reviewer)?;
    let same = entry.cell(Column::Responsible)? == reviewer;
    same.then(|| "复核人与责任人是同一人".to_owned())
}

/// A day that has not come yet.
pub(super) fn in_future(column: Column) -> String {
    format!("{}在检查基准日之后", column.label())
}

/// Mended, but late.
pub(super) fn completed_late(days: u32) -> String {
    format!("超过整改时限 {days} 天完成")
}

/// The marks of a round that is over.
pub(super) fn earlier_round(marks: &Cells) -> String {
    let said: Vec<_> = marks
        .iter()
        .map(|(column, text)| format!("{}：{text}", column.label()))
        .collect();
    format!("此前一轮整改（{}）", said.join("；"))
}

/// Two places that say different things.
pub(super) fn contradiction(
    finding: &Finding,
    column: Column,
    first: (&str, &str),
    second: (&str, &str),
) -> String {
    format!(
        "同一问题（{}）的“{}”两处填写不一致：{}填“{}”，{}填“{}”，按前者带入",
        name(finding),
        column.label(),
        first.1,
        first.0,
        second.1,
        second.0
    )
}

/// What was read.
pub(super) fn lists(read: &[(ListRead, Origin)]) -> Vec<Diagnostic> {
    let told = read.iter().map(|(list, origin)| {
        let what = match origin {
            Origin::Ledger => "已与单位自建的整改台账核对",
            _ => "已读回整改清单的填写内容",
        };
        let message = format!(
            "{what}：{} 行，对应检查发现的问题 {} 行",
            list.rows, list.matched
        );
        Diagnostic::new(codes::LIST_READ, message, Locus::file(&list.path))
    });
    told.collect()
}

/// Rows that were moved without their hidden columns, one message a list.
pub(super) fn moved(lists: &[(String, Vec<u32>)]) -> Vec<Diagnostic> {
    let told = lists.iter().map(|(path, rows)| {
        let shown: Vec<_> = rows.iter().take(10).map(u32::to_string).collect();
        let more = if rows.len() > 10 { "等" } else { "" };
        let message = format!(
            "{} 行（第 {}{more} 行）的识别号与可见内容对不上：隐藏列没有一起排序或移动，已按问题描述、依据和位置对应，没有按识别号记到别的问题上",
            rows.len(),
            shown.join("、")
        );
        Diagnostic::new(codes::LIST_ROWS_MOVED, message, Locus::file(path)).with_hint(
            "核对这些行带入的内容；排序前先选中全部列（含隐藏列），或者直接使用表头的筛选按钮排序。",
        )
    });
    told.collect()
}

/// Rows that fit nothing, one message a file and sheet.
pub(super) fn unmatched(rows: &[Unmatched]) -> Vec<Diagnostic> {
    let mut told: Vec<Diagnostic> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let first =
            |r: &Unmatched| (&r.file, &r.sheet, &r.reason) == (&row.file, &row.sheet, &row.reason);
        if rows[..at].iter().any(first) {
            continue;
        }
        let numbers: Vec<_> = rows
            .iter()
            .filter(|r| first(r))
            .map(|r| r.row.to_string())
            .collect();
        let shown = numbers
            .iter()
            .take(10)
            .cloned()
            .collect::<Vec<_>>()
            .join("、");
        let more = if numbers.len() > 10 { "等" } else { "" };
        let message = format!(
            "{} 行（第 {shown}{more} 行）没有对应上：{}",
            numbers.len(),
            row.reason
        );
        let locus = Locus::sheet(&row.file, row.sheet.as_deref());
        told.push(
            Diagnostic::new(codes::LIST_UNMATCHED, message, locus).with_hint(
                "这些行逐条列在整改清单中；需要对应的，把检查项编号和对象写进“问题描述”。",
            ),
        );
    }
    told
}

/// What does not go together, and what is late.
pub(super) fn follow_up(findings: &[Finding], follow_up: &FollowUp) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    let standing = |f: &&Finding| f.stands();
    let names = |wanted: &dyn Fn(&&Finding) -> bool| {
        let names: Vec<_> = findings.iter().filter(wanted).take(5).map(name).collect();
        names.join("；")
    };
    if follow_up.claimed > 0 {
        let which = names(&|f| standing(f) && f.rectification.says_done());
        let message = format!(
            "整改清单中填为已完成或者已销号的问题，有 {} 处检查仍然发现：{which}",
            follow_up.claimed
        );
        told.push(
            Diagnostic::new(codes::MARKED_DONE_STILL_FOUND, message, Locus::default()).with_hint(
                "核实是否真正整改到位，台账是否已经更正；未到位的，把完成情况改回“整改中”。",
            ),
        );
    }
    if follow_up.unsigned > 0 {
        let message = format!(
            "已不再发现的问题中，有 {} 处没有复核销号",
            follow_up.unsigned
        );
        told.push(
            Diagnostic::new(codes::FIXED_NOT_SIGNED_OFF, message, Locus::default())
                .with_hint("由复核人核实后，在整改清单中填写复核人、佐证材料和销号日期。"),
        );
    }
    if follow_up.overdue > 0 {
        let longest = findings.iter().map(|f| f.rectification.overdue_days);
        let own = follow_up.own.iter().map(|item| item.overdue_days);
        let longest = longest.chain(own).max().unwrap_or(0);
        let message = format!(
            "{} 处问题超过整改时限，最长 {longest} 天",
            follow_up.overdue
        );
        told.push(Diagnostic::new(
            codes::RECTIFICATION_OVERDUE,
            message,
            Locus::default(),
        ));
    }
    told
}

fn name(finding: &Finding) -> String {
    let control = finding.control.as_deref().unwrap_or("无法识读的单元格");
    format!("{control} {}", finding.subject.key.replace('|', "/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::finding;

    fn filled(cells: &[(Column, &str)]) -> Finding {
        let mut finding = finding("NET-001", "B01");
        let cells = cells
            .iter()
            .map(|(column, text)| (*column, (*text).to_owned()));
        finding.rectification.filled = cells.collect();
        finding
    }

    #[test]
    fn what_is_claimed_without_proof_is_told_until_it_is_named() {
        let claimed = filled(&[(Column::Status, "已完成")]);
        let told = without_proof(&claimed.rectification).expect("told");
        assert!(told.contains("没有写明佐证材料"), "{told}");
        let shown = [(Column::Status, "已完成"), (Column::Proof, "照片3张")];
        assert_eq!(without_proof(&filled(&shown).rectification), None);
        let open = filled(&[(Column::Status, "整改中")]);
        assert_eq!(without_proof(&open.rectification), None);
    }

    #[test]
    fn a_longer_term_is_told_with_who_approved_it() {
        // Due on 2026-09-27 by the control.
        assert_eq!(extended(&filled(&[(Column::Due, "2026-09-27")])), None);
        let mut late = filled(&[(Column::Due, "2026-10-31")]);
        let told = extended(&late).expect("told");
        assert!(told.contains("延至 2026-10-31，没有写明批准人"), "{told}");
        late.rectification
            .extra
            .insert("延期批准人".into(), "周局长".into());
        let told = extended(&late).expect("told");
        assert!(told.ends_with("延至 2026-10-31（周局长）"), "{told}");
        let remark = [
            (Column::Due, "2026-10-31"),
            (Column::Remark, "经分管领导批准延期"),
        ];
        let told = extended(&filled(&remark)).expect("told");
        assert!(told.contains("（经分管领导批准延期）"), "{told}");
    }
}
