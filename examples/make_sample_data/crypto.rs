//! What the cipher clerks keep: telegrams, code machines and books, the encrypted fax.

use super::people::{head, officer};
use super::prng::Prng;
use super::world::{Value, Who, World, add, at, day, plus, working};

/// Writes the ledgers.
pub(crate) fn fill(world: &mut World) {
    telegrams(world);
    items(world);
    faxes(world);
}

fn telegrams(world: &mut World) {
    let mut random = Prng::of("telegrams");
    for i in 0..24_i64 {
        let on = working(plus(day(2026, 1, 6), i * 11));
        let out = i % 4 == 3;
        let level = ["机密", "秘密", "机密", "机密", "绝密", "秘密"][i as usize % 6];
        let hour = random.range(9, 15);
        let reader = (!out).then(|| Who(random.range(0, 3) as usize));
        let excerpted = i % 6 == 2;
        add!(world, "telegrams"; telegram_no: format!("子电〔2026〕{:02}号", i + 1), direction: if out { "发电" } else { "收电" }, level: level,
            received_at: at(on, hour - 1, 20), reader: reader, delivered_at: reader.map(|_| at(on, hour, 0)), returned_at: reader.map(|_| at(on, hour, 45)),
            custodian: officer(1), channel: if out { "单位内部送达" } else { "专人直送" }, copied: false, reprinted: false,
            excerpted_by: excerpted.then(|| head(1)), excerpt_designated: excerpted.then_some(true),
            reply_mode: if out { "密码电报" } else { ["无需回复", "无需回复", "密码电报"][i as usize % 3] },
            reply_to: out.then(|| format!("子电〔2026〕{i:02}号")));
    }
}

fn items(world: &mut World) {
    let kept = [
        ("密码机", "在用"),
        ("密码机", "维修"),
        ("机要业务文件资料", "在用"),
        ("机要图纸", "在用"),
        ("密码", "在用"),
    ];
    for (i, (kind, status)) in kept.into_iter().enumerate() {
        add!(world, "crypto_items"; item_no: format!("MM-{:02}", i + 1), item_type: kind, custodian: officer(1), status: status);
    }
    for quarter in 0..3_u32 {
        let number = format!("MM-{:02}", 11 + quarter);
        let (voided, destroyed) = (
            day(2026, 1 + quarter * 3, 5),
            day(2026, 1 + quarter * 3, 19),
        );
        add!(world, "crypto_items"; item_no: number.clone(), item_type: "密码", custodian: officer(1), status: "已销毁", voided_on: voided, destroyed_on: destroyed);
        add!(world, "destruction"; destroy_id: format!("XM{:03}", quarter + 1), item_type: "密码", item_ref: number, title: format!("{}季度作废密码", quarter + 1),
            level: "机密", copies: 1, appraised_by: vec![head(1)], listed_on: plus(voided, 2), approved_by: Who(1), approver_role: "分管（主管）领导",
            approved_on: plus(voided, 6), destroyed_on: destroyed, place: "指定销毁单位", supervisors: vec![head(1), officer(1)], signed: true);
    }
    let out = day(2026, 5, 12);
    add!(world, "carry_out"; carry_id: "WD26101", item_type: "密码机", item_ref: "MM-02", level: "机密", carriers: vec![head(1), officer(1)],
        approved_by: Who(1), approver_role: "分管（主管）领导", approved_on: plus(out, -2), out_on: out, due_back_on: plus(out, 1), returned_on: out,
        destination_type: "公务外出", safeguards: "专用箱包，随身携带", vehicle: "专车");
}

fn faxes(world: &mut World) {
    let mut random = Prng::of("fax_log");
    add!(world, "peripherals"; device_no: "SM-C01", device_type: "传真机", department: 1_usize, location: "303室", operator: officer(1), is_classified: true,
        level: "机密", encrypted: true, wireless: false, network: "不联网（单机）", status: "在用");
    for i in 0..18_i64 {
        let on = working(plus(day(2026, 1, 12), i * 14));
        let out = i % 3 != 1;
        add!(world, "fax_log"; fax_id: format!("CZ26{:03}", i + 1), device_no: "SM-C01", direction: if out { "发送" } else { "接收" },
            sent_at: at(on, random.range(9, 16), random.range(0, 59)), counterpart: *random.pick(&["乌有市测绘管理局", "虚谷省测绘管理局", "子虚区应急管理中心"]),
            title: *random.pick(&["成果领用函", "任务通知单", "数据核对情况", "会议通知"]), level: ["秘密", "内部", "机密"][i as usize % 3], approved_by: out.then_some(Who(1)));
    }
}
