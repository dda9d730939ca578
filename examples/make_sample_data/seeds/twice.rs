//! What goes wrong between records of one ledger: papers that bear the same numbers.

use super::super::sower::Sower;
use super::super::world::Row;

/// Sows the fault.
pub(super) fn sow(s: &mut Sower) {
    let one = s.find("documents_received", secret);
    let other = s.find("documents_received", secret);
    let twin = s.world.row_mut("documents_received", one).clone();
    let row = s.world.row_mut("documents_received", other);
    for field in ["doc_no", "serial_no"] {
        row.set(field, twin.get(field).clone());
    }
    s.note(
        "DOC-002",
        "documents_received",
        other,
        &["doc_no", "serial_no"],
        "同一文号份号登记了两次",
    );
    s.group(format!(
        "{}|{}",
        twin.text("doc_no"),
        twin.text("serial_no")
    ));
}

fn secret(row: &Row) -> bool {
    row.text("level") == "机密" && row.text("status") == "在库"
}
