//! The on-site answers that the inspectors gave; some questions stay open on purpose.

use super::people::{DEPARTMENTS, officer};
use super::world::{Value, World, add, day};

/// Answered once for the whole unit: 是.
const UNIT_YES: &str = "ORG-007 ORG-009 ORG-018 ORG-019 PER-015 PER-028 PER-037 PER-040 PER-042 PER-045 PER-046 PER-047 \
    DOC-001 DOC-018 DOC-029 DOC-032 DOC-033 DOC-038 DOC-042 DOC-053 CPY-001 CPY-012 CPY-014 CPY-016 DST-005 DST-006 DST-007 \
    ARC-003 ARC-011 ARC-013 KEY-009 KEY-010 KEY-015 NET-009 NET-032 NET-033 NET-042 DEV-002 DEV-003 DEV-004 DEV-007 \
    MTG-009 MTG-010 PUB-008 TRN-012 PEN-016 VIS-003 PRV-004 PRV-005 \
    ORG-020 CRY-013 EXT-009";

// Left open: NET-014, NET-040, KEY-016, ORG-021, PUB-010 (nobody answered), NET-016 and PER-044
// (some answered).

/// Writes the ledger.
pub(crate) fn fill(world: &mut World) {
    let on = day(2026, 9, 22);
    for control in UNIT_YES.split_whitespace() {
        add!(world, "attestations"; requirement_id: control, scope_type: "全单位", answer: "是", inspector: officer(1), answered_on: on);
    }
    for (i, _) in DEPARTMENTS.iter().enumerate() {
        for control in ["DOC-031", "NET-041", "PER-043", "PER-044"] {
            if control != "PER-044" || i < 6 {
                add!(world, "attestations"; requirement_id: control, scope_type: "部门", scope_ref: format!("BM{:02}", i + 1),
                    answer: "是", inspector: officer(1), answered_on: on);
            }
        }
    }
    for site in 1..=8 {
        add!(world, "attestations"; requirement_id: "DOC-028", scope_type: "场所部位", scope_ref: format!("BW{site:02}"),
            answer: "是", inspector: officer(1), answered_on: on);
        let cipher_room = site == 1;
        add!(world, "attestations"; requirement_id: "CRY-014", scope_type: "场所部位", scope_ref: format!("BW{site:02}"),
            answer: if cipher_room { "是" } else { "不适用" }, inspector: officer(1), answered_on: on,
            evidence: (!cipher_room).then_some("不是机要室"));
    }
    for person in 1..=30 {
        add!(world, "attestations"; requirement_id: "NET-016", checklist: "节日检查清单", scope_type: "人员", scope_ref: format!("CH{person:03}"),
            answer: "是", inspector: officer(7), answered_on: on);
    }
}
