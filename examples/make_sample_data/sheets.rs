//! Which ledger the clerks keep in which file, under which headings, in which spelling.

use super::layout::{Sheet, prose};
use super::world::{Row, Value, day};

/// All sheets of the unit, in the order of files and of sheets in a file.
pub(crate) fn all() -> Vec<Sheet> {
    [
        people(),
        staff(),
        papers(),
        outgoing(),
        places(),
        devices(),
        ciphers(),
        dealings(),
        activity(),
    ]
    .concat()
}

/// How CSV files are encoded.
pub(crate) fn encoding(file: &str) -> &'static str {
    match file {
        USAGE => "gbk",
        VISITORS => "bom",
        _ => "utf-8",
    }
}

const UNIT: &str = "台账/01单位与人员.xlsx";
const STAFF: &str = "台账/02涉密人员管理.xlsx";
const TRAINING: &str = "台账/03教育培训.xlsx";
const RECEIVED: &str = "台账/04收文登记簿.xlsx";
const CIRCULATION: &str = "台账/05文件传阅与借阅.xlsx";
const OUTGOING: &str = "台账/06发文印制复制携带.xlsx";
const STORE: &str = "台账/07档案清查销毁.xlsx";
const PLACES: &str = "台账/08场所与柜具.xlsx";
const DEVICES: &str = "台账/09计算机与设备.xlsx";
const MEDIA: &str = "台账/10移动存储介质.xlsx";
const EVENTS: &str = "台账/11会议事件奖惩.xlsx";
const RECORDS: &str = "台账/12保密工作记事.xlsx";
const ANSWERS: &str = "台账/13现场检查答复表.xlsx";
const CIPHERS: &str = "台账/14机要密码.xlsx";
const DEALINGS: &str = "台账/15涉外与对外提供.xlsx";
const FAXES: &str = "导出/传真登记.csv";
const USAGE: &str = "导出/涉密计算机使用记录.csv";
const VISITORS: &str = "导出/访客登记.csv";
const DUTY: &str = "导出/值班表.csv";
const ALLOWANCES: &str = "导出/保密津贴明细.csv";
const INSPECTIONS: &str = "导出/检查与整改.yaml";
const REGIMES: &str = "导出/regimes.yaml";

fn ciphers() -> Vec<Sheet> {
    vec![
        Sheet::new(CIPHERS, "收发电", "telegrams", "电报号=telegram_no 收/发=direction 密别=level 收报时间=received_at:mix 送阅领导=reader:gap [送阅 送出时间=delivered_at:mix 退回时间=returned_at:mix ] 机要员=custodian:ditto 递送方式=channel 复印=copied:have 转发原文=reprinted:have 摘抄人=excerpted_by:empty=- 指定摘录=excerpt_designated:tick 复电方式=reply_mode 回复来电=reply_to:empty=/")
            .title("密码电报收发登记簿（2026年）").subtitle("机要室专用，阅后随登随收"),
        Sheet::new(CIPHERS, "密码设备", "crypto_items", "资料编号=item_no 种类=item_type 专管人=custodian:ditto 使用状态=status 作废日期=voided_on:dot 监毁日期=destroyed_on:dot,empty=- 备注=~remark").title("密码设备与机要资料台账"),
        Sheet::new(FAXES, "传真收发登记", "fax_log", "序号=fax_id 机号=device_no 收发方向=direction 时间=sent_at:slash 对方单位=counterpart 件名=title 文件密级=level 批准领导=approved_by"),
    ]
}

fn dealings() -> Vec<Sheet> {
    vec![
        Sheet::new(DEALINGS, "涉外活动", "foreign_contacts", "活动编号=contact_id 活动类型=contact_type 接待人=participants 外方单位=counterpart 活动时间=held_on:cn [审批 批准领导=approved_by:ditto 批准时间=approved_on:dot ] 保密提醒=briefed_on:dot 统一口径=talking_points:tick 参观路线=route_plan:tick 是否接受=accepted:done 报备日期=reported_on:dot,empty=-")
            .title("涉外活动登记表").note("注：境外记者来电一律请其书面联系外事部门。"),
        Sheet::new(DEALINGS, "对外提供", "external_provisions", "审批编号=provision_id 资料内容=title 资料密级=level:class 提供对象=recipient 对象类别=recipient_type 审查日期=reviewed_on:dots 批准领导=approved_by:ditto 审批级别=approver_role 审批日期=approved_on:dots 交付日期=provided_on:mix 技术处理=desensitised:tick 对方承诺=obligation_on:dot,empty=无")
            .title("对外提供涉密资料审批登记"),
    ]
}

fn people() -> Vec<Sheet> {
    vec![
        prose(UNIT, "填表说明", &["填表说明", "一、本工作簿由保密办公室每季度更新。", "二、人员变动当月登记。", "三、本表为虚构示例，不含真实信息。"]),
        Sheet::new(UNIT, "单位概况", "unit_profile", "机关名称=unit_name 单位性质=unit_type 上级单位=superior_unit 在岗人数=staff_total:unit=人 最高密级=max_level_held:class 密码业务=crypto_duty:have 搬迁日期=last_reorg_on:cn")
            .title("单位基本情况表"),
        Sheet::new(UNIT, "处室名单", "departments", "编号=dept_id 处室=name 负责人=head:gap 分管负责人=business_leader:gap 保密员=secrecy_officer:gap 要害部门=is_key_dept 备注=~remark")
            .title("内设机构名册").subtitle("填报单位：子虚测绘数据中心　　填表日期：2026年9月"),
        Sheet::new(UNIT, "领导小组", "leadership_group", "姓名=person 小组职务=role 一把手=is_principal:tick 分管保密=secrecy_in_charge:tick 分工=scope 发文日期=appointed_on:cn,merge 成立文件=appointment_doc")
            .title("保密工作领导小组成员名册"),
        Sheet::new(UNIT, "人员花名册", "personnel", "部门=department:merge 工号=person_id 姓名=name 职务=position 领导干部=is_leader:tick 人员性质=employment_type 涉密等级=category 在岗情况=status 进单位日期=joined_on:mix [涉密岗位情况 上岗时间=on_post_since:mix,empty=- 保密培训证书号=certificate_no 备案时间=filed_on:dots 报备机关=filed_with:ditto ] [保密员 保密员=is_secrecy_officer:tick 专职=is_full_time:tick 机要人员=is_crypto_staff:tick ] 面貌=political_status 签名=~sign")
            .title("人员花名册（含涉密人员）").subtitle("截至2026年9月20日").note("注：离岗人员仍列名册，状态栏注明。"),
        Sheet::new(UNIT, "涉密岗位", "classified_posts", "序号=post_id 岗位=post_name 科室=department 最高密级=max_level:class 岗位等级=category 在岗人员=holders:semi 审批日期=approved_on:slash")
            .title("涉密岗位目录"),
    ]
}

fn staff() -> Vec<Sheet> {
    vec![
        Sheet::new(STAFF, "审查考核", "person_reviews", "审批表编号=review_id 涉密人员=person 类别=review_type 审查时间=reviewed_on:mix 审查项目=items_covered:ditto 考核结果=conclusion:ditto 审定等级=new_category 初审人=dept_opinion_by 审批领导=approved_by:ditto 批准层级=approver_role:ditto 审批时间=approved_on:dots 原等级=old_category 任务变化时间=change_on 处理意见=action_taken:empty=/ 处理时间=action_on")
            .title("涉密人员审查考核登记").repeat(60),
        Sheet::new(STAFF, "承诺书2026", "commitments", "序号=commitment_id 承诺人=person:gap 文书类型=commitment_type 签订时间=signed_on:mix 年度=year 份数=copies:unit=份 保存单位=kept_by 续签日期=reviewed_on:dot 有效期=expires_on")
            .title("2026年保密承诺书签订台账").only(|row| row.day("signed_on") >= day(2026, 1, 1)),
        Sheet::new(STAFF, "承诺书往年", "commitments", "承诺书编号=commitment_id 姓名=person 承诺书类别=commitment_type 签署日期=signed_on:dots 责任年度=year 一式份数=copies:wide 留存方=kept_by:ditto 更新日期=reviewed_on:mix 到期日=expires_on:empty=无")
            .only(|row| row.day("signed_on") < day(2026, 1, 1)),
        Sheet::new(STAFF, "脱密期", "departures", "登记号=departure_id 离岗人员=person 涉密等级=category 离职原因=reason 部门审核=dept_opinion_by 领导审批=approved_by 审批级别=approver_role 批准日期=approved_on:cn 离岗日期=left_post_on:dot 脱密期限=period_months:unit=个月 [脱密期起止 起始日期=period_start_on:mix 截止日期=period_end_on:mix ] [清退情况 载体清退日期=carriers_cleared_on:dot 计算机收回=devices_returned_on:dot 核验人=verified_by ] 承诺书签订日期=commitment_on:slash 离岗谈话日期=informed_on:slash 档案注明=archive_annotated:done 上级意见=superior_consulted_on:empty=- 威胁评估=threat_assessed 手续日期=formalities_on:dot,empty=- 管理责任单位=manager_unit 权限注销日期=access_revoked_on:iso 去向=employer_type 受聘日期=employed_on 超期审批人=extension_approved_by 处置情况=returned_or_escalated")
            .title("涉密人员脱密期管理台账").subtitle("单位：子虚测绘数据中心"),
        Sheet::new(STAFF, "出国境", "exits_abroad", "审批号=exit_id 申请人=person 因公因私=purpose 出访地=destination 申请理由=special_reason 部门主管领导=dept_opinion_by 批准领导=approved_by 批准机关=approver_role 批准时间=approved_on:dot 离境日期=departed_on:dot 归国时间=returned_on:dot 征求意见情况=consulted_security:done 有关机关异议=security_objection:have 行前教育=briefed_on:slash 承诺书日期=commitment_on:slash 携密审批=carry_ref:empty=无")
            .title("出国（境）审批登记表"),
        Sheet::new(STAFF, "交接", "handovers", "清册编号=handover_id 移交人=from_person 接管人=to_person 移交原因=reason 移交日期=handed_on:cn 应交件数=listed_count:unit=件 核实件数=checked_count:unit=件 双方签名=both_signed:tick 含笔记本=notebooks_included:tick 监督人=supervisor")
            .title("涉密岗位工作交接清册"),
        Sheet::new(STAFF, "笔记本", "notebooks", "本号=notebook_no 领取人=holder 密别=level 领用日期=issued_on:dot 交回日期=returned_on:dot,empty=-").title("保密笔记本发放登记"),
        Sheet::new(TRAINING, "2026年", "trainings", "期次=training_id 培训内容=title 培训类型=training_type 时间=held_on:mix 节日=festival 主办单位=organizer:ditto 培训要点=topics:ditto 签到人员=attendees 考试通过人员=passed 照片=~blank")
            .title("2026年保密教育培训登记表").only(|row| row.day("held_on") >= day(2026, 1, 1)),
        Sheet::new(TRAINING, "往年", "trainings", "编号=training_id 主题=title 教育类型=training_type 日期=held_on:dots 节日类别=festival 举办单位=organizer 学习内容=topics 参训人员=attendees:comma 成绩合格名单=passed:comma")
            .title("宣传教育登记（往年）").only(|row| row.day("held_on") < day(2026, 1, 1)),
        Sheet::new(ALLOWANCES, "保密津贴明细", "allowances", "领取人=person 月份=month 津贴等级=category 月津贴=amount:unit=元 审核人=approved_by"),
    ]
}

const BOOK_2026: &str = "登记号=reg_no 收文日期=received_on:mix 登记时间=registered_on:mix 经手人=registrar:ditto 来文类别=source_type 来文机关=from_unit 文号=doc_no 文件名称=title 密级=level:term 份数=copies:unit=份 顺序号=serial_no 簿册编号=register_book 拆件人=opened_by 签收=signed_by:ditto 批示领导=instruction_by 传阅范围=authorised_readers 送阅日期=distributed_on:dots 带回人=handover_person 带回日期=brought_back_on:dot 保密员=custodian:ditto 柜号=container_id 不得复制=no_copy:tick 是否回收=must_return 清退截止日=return_due_on:dot 案卷编号=volume_no 去向=status 页数=~pages";

fn papers() -> Vec<Sheet> {
    vec![
        Sheet::new(RECEIVED, "2026年", "documents_received", BOOK_2026).title("涉密文件收文登记簿（2026年）").subtitle("登记单位：保密办公室").total("copies")
            .note("注：份号指机密、绝密件印制序号；借出的当日登记。").only(|row| row.day("received_on") >= day(2026, 1, 1)).hidden_row(57),
        Sheet::new(RECEIVED, "2025年", "documents_received", "收文编号=reg_no 收到日期=received_on:serial 录入日期=registered_on:serial 登记员=registrar 文件来源=source_type 发文单位=from_unit 文件编号=doc_no 题名=title 秘密等级=level:class 保密年限=secrecy_years:unit=年 数量=copies:wide 份号=serial_no:empty=- 登记本=register_book 启封人=opened_by 签字人=signed_by 拟办人=instruction_by 阅知人员=authorised_readers:semi 分办日期=distributed_on:iso 交来人=handover_person 散会日期=brought_back_on:iso 管理人=custodian 存放位置=container_id 禁止翻印=no_copy:have 需清退=must_return 应退日期=return_due_on:iso,empty=/ 档号=volume_no 文件状态=status")
            .title("2025年机要文件登记簿").repeat(50).only(|row| row.day("received_on").format("%Y").to_string() == "2025"),
        Sheet::new(RECEIVED, "2024年（已封存）", "documents_received", "登记编号=reg_no 来文日期=received_on:compact 登记日期=registered_on:compact 登记人=registrar 来源=source_type 来文单位=from_unit 发文字号=doc_no 标题=title 密级=level 保密期限=secrecy_years:unit=年 份数=copies 份号=serial_no 登记簿册=register_book 拆封人=opened_by 签收人=signed_by 批办人=instruction_by 知悉人员范围=authorised_readers 分送日期=distributed_on 移交人=handover_person 返回日期=brought_back_on 保管人=custodian 存放柜号=container_id 禁复=no_copy 清退要求=must_return 清退期限=return_due_on 卷号=volume_no 状态=status")
            .only(|row| row.day("received_on") < day(2025, 1, 1)).hidden(),
        Sheet::new(CIRCULATION, "传阅（1—5月）", "circulation", "传阅编号=circ_id 文件登记号=reg_no 阅件人=reader [送阅 送出时间=delivered_at:mix 送阅人=delivered_by:ditto ] [退回 退回时间=returned_at:mix 接收人=returned_to:ditto ] 阅读地点=read_place 阅签=signed:tick")
            .title("涉密文件传阅登记表").subtitle("2025年11月—2026年5月").only(|row| row.day("delivered_at") < day(2026, 6, 1)),
        Sheet::new(CIRCULATION, "传阅（6月起）", "circulation", "序号=circ_id 收文登记号=reg_no 阅文人=reader:gap 送阅时间=delivered_at:real 收回时间=returned_at:real 送件人=delivered_by 收回人=returned_to 阅文场所=read_place 签字=signed")
            .only(|row| row.day("delivered_at") >= day(2026, 6, 1)),
        Sheet::new(CIRCULATION, "借阅", "borrowing", "借阅编号=borrow_id 关联收文号=reg_no 借件人=borrower 借阅部门=borrower_unit 外借=external 用途=purpose 审批领导=approved_by:ditto 审批级别=approver_role:ditto 借阅日期=borrowed_on:mix 归还期限=due_on:dot 退还日期=returned_on:mix,empty=- 催退日期=reminded_on 签名=signed:tick 外带=taken_out 再借人=sublent_to:empty=无")
            .title("密件借阅台账").note("备注：借阅期限一般不超过二十日。"),
        Sheet::new(CIRCULATION, "清退", "returns", "清退编号=return_id 收文登记号=reg_no 数量=copies:unit=份 退文日期=returned_on:cn 经办人=handed_by:gap 回收单位=received_by").title("文件清退登记簿").total("copies"),
    ]
}

fn outgoing() -> Vec<Sheet> {
    vec![
        Sheet::new(OUTGOING, "发文", "dispatches", "发文登记号=dispatch_id 文号=doc_no 文件名=title 密别=level:class 份号=serial_no:empty=- 份数=copies 送出日期=sent_on:mix 接收单位=recipient 机要员=carrier_person 递送方式=channel 密封情况=protection 接收人签字=receiver_signed_by 送达日期=signed_on:dot 批准领导=approved_by:ditto")
            .title("涉密文件发文（分发）登记簿").repeat(40),
        Sheet::new(OUTGOING, "印制", "printing", "印制编号=print_id 文号=doc_no 文件名=title 秘密等级=level 保密年限=secrecy_years:unit=年 发放范围=scope:ditto [份数 审批份数=approved_copies 实际份数=printed_copies ] 主管领导=approved_by 审批级别=approver_role 签批日期=approved_on:dot 付印日期=printed_on:dot 印制单位=print_site 首页标志=first_page_marked 末页标注=last_page_marked:tick 回收要求=copy_rule_marked:tick 废页处理=draft_disposal 封存日期=counted_on:slash")
            .title("涉密文件印制登记簿"),
        Sheet::new(OUTGOING, "复制", "copying", "复印编号=copy_id 收文登记号=reg_no 标题=title 密级=level 复印日期=copied_on:mix 复印人=operator 审批份数=approved_copies 实复份数=made_copies:unit=份 签批人=approved_by 批准层级=approver_role 允许复制=issuer_consent 复印地点=copy_site 复制戳记=stamped:tick 复印件编号=serials 领用人=receivers 废页处理=waste_disposal 已收回=returned_copies 公务用途=work_related")
            .title("复印登记本"),
        Sheet::new(OUTGOING, "外带", "carry_out", "审批编号=carry_id 载体类别=item_type 载体编号=item_ref 密级=level:class 携带人员=carriers 审批人=approved_by 批准层级=approver_role 批准时间=approved_on:dot 外出日期=out_on:mix 预计归还=due_back_on:dot 交回日期=returned_on:dot 外出去向=destination_type 保密措施=safeguards 交通工具=vehicle")
            .title("载体外带登记").subtitle("先批准，后外带"),
        Sheet::new(OUTGOING, "定密", "classification_decisions", "定密编号=item_no 秘密事项=title 确定密级=level 保密期限=secrecy_years:unit=年 依据=basis:ditto 知悉范围=scope:ditto 拟稿人=drafter 定密责任人=responsible_person 签发领导=signer 签发级别=signer_role 拟稿日期=drafted_on:dot 审核日期=reviewed_on:dot 审签日期=decided_on:dot 上报日期=reported_on 年度审核日期=status_reviewed_on 解除日期=declassified_on 定密授权=authority_own:have")
            .title("国家秘密事项一览表"),
        Sheet::new(OUTGOING, "公开审查", "press_reviews", "审查编号=review_id 题目=title 发布方式=outlet 供稿人=author 处室=department 内容密级=content_level 审稿人=reviewer 签发人=approved_by 审批级别=approver_role 审查时间=reviewed_on:dot 审查意见=result 非密化处理=declassified 上网日期=published_on:dot 敏感事项=matter_ongoing 外单位=other_unit:empty=无 函询日期=other_unit_consulted_on")
            .title("信息公开保密审查登记"),
        Sheet::new(OUTGOING, "合作方", "third_parties", "合作方编号=party_id 合作方名称=name 合作类型=party_type 业务内容=project 涉密情况=involves_secret 审查日期=reviewed_on:cn 协议日期=agreement_on:cn 进场日期=started_on:cn 到期日期=expires_on:cn 披露范围=disclosure_scope").title("合作方保密协议台账"),
        Sheet::new(VISITORS, "访客登记", "visitors", "来访编号=visit_id 访客姓名=visitor_name 工作单位=visitor_unit 进入时间=visited_on:slash 证件核验=id_verified 被访人=host 到访地点=area 准入批准=approved_by 陪同人=escort 出门时间=left_at:slash"),
    ]
}

fn places() -> Vec<Sheet> {
    vec![
        Sheet::new(STORE, "案卷目录", "archives", "档号=volume_no 案卷标题=title 卷面密级=level 卷面期限=secrecy_years:unit=年 标注位置=mark_position 密集架号=container_id 档案员=custodian:ditto 归档时间=archived_on:cn 人事档案=is_personnel_file 会议记录=is_minutes").title("涉密档案目录"),
        Sheet::new(STORE, "查档", "archives_access", "查阅编号=access_id 档号=volume_no 查档人=user_name 查阅单位=user_unit:ditto 介绍信=letter_no 查档内容=content 审批领导=approved_by 审批级别=approver_role 查档日期=accessed_on:dots 查阅地点=place 带出=taken_out 还卷日期=returned_on 摘录=excerpted 核准人=excerpt_reviewed_by 盖章=excerpt_stamped")
            .title("档案查阅利用登记簿"),
        Sheet::new(STORE, "清查", "stocktakes", "清查编号=stocktake_id 清查类型=stocktake_type 盘点日期=stocktake_on:mix 处室=department 清查人员=conducted_by [件数 应有件数=book_count:unit=件 实存件数=physical_count:unit=件 差异数=missing_count ] 清查结论=result:ditto")
            .title("季度清查表"),
        Sheet::new(STORE, "销毁", "destruction", "销毁编号=destroy_id 载体类别=item_type:ditto 载体编号=item_ref 物品名称=title 密级=level:class 件数=copies 鉴定小组=appraised_by:ditto 造册时间=listed_on:dot 批准领导=approved_by:ditto 审批级别=approver_role:ditto 审批日期=approved_on:dot 执行日期=destroyed_on:dot 销毁地点=place:ditto 监销人员=supervisors 监销签名=signed:tick")
            .title("涉密载体销毁清册").total("copies").note("说明：销毁清册由保密办公室长期保存。"),
        Sheet::new(PLACES, "保密柜", "containers", "保密柜编号=container_id 柜型=container_type 位置=site_id 责任人=custodian 容器密级=max_level 锁具状况=locked").title("保密柜（保险柜）台账"),
        Sheet::new(PLACES, "要害部位", "key_sites", "编号=site_id 部位名称=name 部位类别=site_type 责任部门=department 第一责任人=responsible 管理员=keeper 最高密级=max_level:class 楼层=floor 独立用房=separate_room [审批备案 认定日期=confirmed_on:dot 备案日期=filed_on:dot 年审日期=reviewed_on:dot ] [防护设施 铁门=iron_door:have 铁窗=iron_window:have 铁柜=iron_cabinet:have 报警器=alarm:have 灭火器=extinguisher:have 监控=cctv:have 门禁=access_control:have 密码柜=code_safe:have 碎纸机=shredder:have 干扰设备=jammer:have 屏蔽设施=shield:have ] 检修日期=facilities_checked_on:cn 运行状况=facilities_ok 昼夜值班=duty_24h")
            .title("保密要害部门部位（保密室）登记表").subtitle("2026年7月检修后更新"),
    ]
}

const MACHINE: &str = "保密编号=asset_no 机型=computer_type 处室=department:merge 房间号=location 管理责任人=responsible 具体使用人=user 涉密=is_classified 设备密级=level:class 标签密级=label_level 存储最高密级=max_processed_level 联网情况=network 使用状态=status 统一配备=issued_by_unit 启用日期=issued_on:dots 备案时间=filed_on:dots 保密备案号=filing_no 人员备案=user_filed:done 视音频拆除=av_devices_disabled:done 无线功能禁用=wireless_disabled:done 违规外联软件=monitor_installed:done 三合一=media_control_installed:done 加密锁=encryption_lock:have 干扰仪=jammer:have 红黑电源=dedicated_power:have 涉密打印机=dedicated_printer 保密柜=safe_id 摆放位置=away_from_window 开机口令=login_protected:have 密码位数=password_length:unit=位 口令复杂度=password_complex 改密日期=password_changed_on:mix 病毒库日期=av_updated_on:dot 系统更新=patched_on:dot 自查日期=last_checked_on:dot";

fn secret_machine(row: &Row) -> bool {
    *row.get("is_classified") == Value::Bool(true)
}

fn devices() -> Vec<Sheet> {
    vec![
        Sheet::new(DEVICES, "涉密机", "computers", MACHINE).title("涉密计算机台账").only(secret_machine),
        Sheet::new(DEVICES, "办公机", "computers", "资产编号=asset_no 设备类型=computer_type 科室=department 使用地点=location 领用人=responsible 使用人员=user 是否涉密=is_classified 密级=level 检查发现最高密级=max_processed_level 连接网络=network 现状=status 配发=issued_by_unit 领用日期=issued_on:serial 登录密码=login_protected:tick 口令长度=password_length 密码复杂度=password_complex:tick 口令更换时间=password_changed_on:iso 杀毒更新日期=av_updated_on:iso 补丁日期=patched_on:iso 检查日期=last_checked_on:iso")
            .title("办公计算机登记表").subtitle("信息化处　2026年9月").only(|row| !secret_machine(row)),
        Sheet::new(DEVICES, "外设", "peripherals", "设备编号=device_no 设备名称=device_type 处室=department 位置=location 管理员=operator 涉密属性=is_classified 核定密级=level 加密情况=encrypted 无线功能=wireless:have 联网情况=network 现状=status").title("办公自动化设备台账"),
        Sheet::new(DEVICES, "信息系统", "systems", "系统代码=system_id 系统名称=name 涉密=is_classified 处理密级=level 网络类型=network 隔离情况=isolated 自管=self_managed 分保测评=protection_approved_on:dot 防火墙=firewall:have 入侵检测=ids:have 防病毒=antivirus:have 安全审计=audit_enabled:have 身份认证=auth_enabled:have 监控系统=monitor_enabled:have 存储加密=encrypted:have 备份时间=backup_on:dot 灾备预案=dr_plan_on:dot 风险评估=risk_assessed_on:dot 巡检日期=checked_on:dot 升级日期=updated_on:dot")
            .title("信息系统清单"),
        Sheet::new(DEVICES, "授权", "access_rights", "审批号=right_id 用户=person 系统编号=system_id 访问密级=level 授权领导=granted_by 开通日期=granted_on:dots 复核日期=reviewed_on:dot 注销日期=revoked_on").title("账号授权登记"),
        Sheet::new(DEVICES, "维护", "maintenance", "记录号=maint_id 资产编号=asset_no 设备类型=item_type 维护类型=action 原密级=level 维修日期=done_on:cn 批准领导=approved_by 批准层级=approver_role 维修单位=vendor:empty=无 陪同人员=escorted_by 硬盘拆除=storage_removed 硬盘拆卸人=removed_by 销密处理=sanitized 新密级=new_level 维修地点=place").title("计算机维护记录"),
        Sheet::new(DEVICES, "数据资产", "data_assets", "数据编号=asset_id 数据名称=name 数据类别=category 数据级别=level 归口部门=owner_department 标识情况=labelled 有效期限=valid_until:cn 权限限制=access_restricted 加密存储=encrypted 数据备份=backup_on:dot 操作审计=audited 批准领导=approved_by 审批级别=approver_role").title("数据分类分级清单"),
        Sheet::new(DEVICES, "日志簿", "log_books", "册号=book_no 簿册名称=book_type 年份=year 保管密级=level 责任人=custodian:ditto 处置日期=destroyed_on").title("登记簿（日志簿）保管台账"),
        Sheet::new(MEDIA, "涉密介质", "media", "统一编号=media_no 种类=media_type 介质密级=level:class 标签密级=label_level 配发方式=source 处室=department 持有人=custodian 领取日期=issued_on:mix 签领=receipt_signed:tick 存储密级=max_stored_level 收回日期=returned_on 使用状态=status")
            .title("涉密移动存储介质登记表").only(|row| row.text("media_no").starts_with("SM")),
        Sheet::new(MEDIA, "普通介质", "media", "介质编号=media_no 介质种类=media_type 密级=level 标识密级=label_level 来源=source 使用部门=department 保管人=custodian 领用日期=issued_on:dot 领用签名=receipt_signed 历史最高密级=max_stored_level 交回日期=returned_on 介质状态=status")
            .only(|row| !row.text("media_no").starts_with("SM")),
        Sheet::new(MEDIA, "使用登记", "media_usage", "登记号=usage_id U盘编号=media_no 外单位介质=external 主机编号=asset_no 借用人=user 借出日期=used_on:mix 交还日期=returned_on:dots 病毒检测=virus_checked:done 授权人=approved_by")
            .title("U盘使用登记").repeat(80),
        Sheet::new(USAGE, "涉密计算机使用记录", "computer_usage", "记录号=usage_id 机号=asset_no 上机人=user 开机时间=start_at:dot 关机时间=end_at:dot 处理内容=content 文件密级=level 房间=location 簿号=log_book_no").title("涉密计算机使用登记簿（2026年）"),
    ]
}

fn activity() -> Vec<Sheet> {
    vec![
        Sheet::new(EVENTS, "涉密会议", "meetings", "会议编号=meeting_id 会议主题=title 形式=meeting_type 会议密级=level:class 召开日期=held_on:mix 会场=venue:ditto 会场检查=venue_checked_on:dot 会场安全=venue_secure 预案日期=plan_approved_on:dot 保密负责人=leader [人数 应到人数=approved_attendees 实到人数=actual_attendees:unit=人 ] 无线话筒=wireless_mic 手机管理=phones_controlled:tick 线路加密=encrypted_line 宣布纪律=requirement_announced:done [文件 发放份数=docs_issued 收回份数=docs_collected 准带份数=docs_taken_approved 回收日期=docs_collected_on:dot 绝密份数=top_secret_docs ] 立卷日期=archived_on:dot 稿件审查=press_reviewed:done")
            .title("涉密会议活动登记表"),
        Sheet::new(EVENTS, "事件", "incidents", "事件编号=incident_id 事件性质=incident_type 知悉时间=discovered_at:real 简要情况=summary 被泄密级=level:class 涉密事项=content 损害后果=harm 有关责任者=responsible 文件登记号=doc_reg_no 报领导小组=reported_group_at:real 报保密局时间=reported_bureau_at:real 报主管部门=reported_superior_at:real 报公安=reported_police_at 处置时间=remedied_at:real 处置措施=remedy 调查日期=investigated_on:dot 结案报告日期=result_reported_on:dot 结果通报=notified_on:dot 结案时间=closed_on:dot 瞒报=concealed")
            .title("失泄密事件登记簿"),
        Sheet::new(EVENTS, "处理", "punishments", "处理编号=case_id 当事人=person 关联事件编号=incident_id 违规行为=violation_type 违规时间=violation_on:cn 泄露密级=leaked_level 情节轻重=gravity 涉嫌犯罪=is_crime 造成后果=harm_caused 谋私=for_gain 屡次=repeated_or_bulk 强迫他人=coerced 累计次数=prior_count:unit=次 处理决定=measures 处理机关=decided_by 处分日期=decided_on:cn 入档=recorded_in_file:done 连带责任人=supervisor 连带处理=supervisor_measure")
            .title("违规处理台账"),
        Sheet::new(EVENTS, "奖励", "rewards", "奖励编号=reward_id 获奖者=recipient 个人集体=recipient_kind 奖励依据=condition 主要事迹=evidence 事迹时间=event_on:dot 保密工龄=service_years:unit=年 奖励方式=award_types 授予单位=approved_by 表彰日期=awarded_on:dot").title("保密先进登记"),
        Sheet::new(RECORDS, "2026年", "work_records", "记录号=record_id 工作类型=record_type 工作内容=title 开展日期=held_on:mix 责任部门=department 记录人=reporter 报送单位=recipient 批准领导=approved_by 截止日期=due_on:dot 办结日期=completed_on:dot").title("保密工作活动记录").subtitle("2026年度"),
        Sheet::new(ANSWERS, "现场答复", "attestations", "条目编号=requirement_id 检查清单=checklist 适用范围=scope_type 被检对象=scope_ref 是否符合=answer 检查员=inspector 核查日期=answered_on:cn 情况说明=evidence").title("现场检查答复表").subtitle("2026年国庆节前暨年度自查"),
        Sheet::new(DUTY, "值班表", "duty_roster", "值班编号=duty_id 上班时间=start_at 下班时间=end_at 值守人=person 交班签字=handed_over"),
        Sheet::new(INSPECTIONS, "保密检查记录", "inspections", "检查编号=inspection_id 检查类别=inspection_type 节日=festival 检查日期=inspected_on 被检查部门=department:id 被检查部位=site_id 检查内容=scope_items 检查人员=inspectors 使用人是否签字=user_signed 负责人签字=head_signed 检查工具是否经认可=tool_approved 工具混用=tool_crossed 问题数=findings_count 报告日期=report_on"),
        Sheet::new(INSPECTIONS, "rectifications", "rectifications", "item_id=item_id inspection_id=inspection_id 问题=problem found_on=found_on requirement_id=requirement_id severity=severity department=department:id 责任人=responsible:id 分管领导=leader:id measure=measure due_on=due_on completed_on=completed_on proof=proof verified_by=verified_by:id closed_on=closed_on status=status"),
        Sheet::new(REGIMES, "", "regimes", "制度名称=title 制度类别=regime_type 施行日期=effective_on 修订日期=last_reviewed_on 是否传达=notified_all 是否上墙=posted 覆盖编外人员=covers_nonpermanent"),
    ]
}
