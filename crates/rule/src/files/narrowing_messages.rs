//! What a unit's pack takes out of a control, and what is wrong with how it says so.

/// How a pack narrowed a control.
pub(crate) fn narrowed(ledger: &str, pack: &str, condition: &str, reason: &str) -> String {
    format!("清单包“{pack}”收窄：《{ledger}》只检查符合“{condition}”的记录；理由：{reason}")
}

/// A narrowing that changes nothing.
pub(crate) fn narrowing_idle(id: &str, why: &str) -> String {
    format!("{id} 本来就不判定，收窄不起作用（{why}）")
}

pub(crate) fn drop_narrowing() -> String {
    "删去这一项；要它按条件检查的，先恢复（enable）这个条目".to_owned()
}

/// A control that leaves everything to others.
pub(crate) fn merged_not_narrowed(id: &str, others: &str) -> String {
    format!("{id} 由 {others} 一并检查，本身不判定，不能收窄")
}

pub(crate) fn narrow_others(others: &str) -> String {
    format!("改为收窄 {others}")
}

pub(crate) fn no_records_to_narrow(id: &str) -> String {
    format!("{id} 不是逐条检查台账记录的条目，不能收窄")
}

pub(crate) fn instead_of_narrowing() -> String {
    "不适用的可以停用（disable）并写明理由，尺度不同的可以改参数（parameters）".to_owned()
}

/// A control that judges the records of several ledgers.
pub(crate) fn which_ledger(id: &str, ledgers: &[&str]) -> String {
    format!(
        "{id} 检查几本台账的记录：{}，没有写明收窄哪一本",
        list(ledgers)
    )
}

pub(crate) fn name_ledger() -> String {
    "加写一行“台账: 名称”（ledger），几本都要收窄的分成几项写".to_owned()
}

pub(crate) fn ledger_not_judged(id: &str, name: &str) -> String {
    format!("{id} 不检查台账“{name}”的记录")
}

pub(crate) fn judged_ledgers(ledgers: &[&str]) -> String {
    format!("可以收窄的是：{}", list(ledgers))
}

fn list(ledgers: &[&str]) -> String {
    let quoted: Vec<_> = ledgers.iter().map(|label| format!("《{label}》")).collect();
    quoted.join("、")
}
