//! Messages about files: YAML, ledgers, parameters, controls, packs.

use crate::files::{built_in, file_keys};
use crate::types::type_messages::option_list;
use zicha_model::control::{Choice, Origin, Parameter, Setter};

// Ledgers, parameters, controls, packs.

pub(crate) fn taken(what: &str, name: &str) -> String {
    format!("{what}“{name}”已经有了")
}

pub(crate) fn unknown_type(name: &str) -> String {
    format!("不认识的类型“{name}”")
}

pub(crate) fn unknown_enum(name: &str) -> String {
    format!("没有叫“{name}”的取值表（enum）")
}

pub(crate) fn bad_reference(name: &str) -> String {
    format!("“{name}”不是已有台账的列")
}

pub(crate) fn reference_form() -> String {
    "写作 台账编号.字段编号，例如 personnel.person_id".to_owned()
}

pub(crate) fn ambiguous_heading(heading: &str, first: &str, second: &str) -> String {
    format!("列名“{heading}”既指“{first}”又指“{second}”")
}

pub(crate) fn event_date_no_date(field: &str) -> String {
    format!("event_date 应当是日期列，“{field}”不是")
}

/// What is wrong with a value, and of which parameter.
pub(crate) fn about_parameter(label: &str, wrong: &str) -> String {
    format!("参数“{label}”：{wrong}")
}

pub(crate) fn bad_integer(text: &str) -> String {
    format!("这里应当是整数，而不是“{text}”")
}

pub(crate) fn out_of_range(value: i64, min: i64, max: i64) -> String {
    format!("{value} 超出范围，应在 {min} 到 {max} 之间")
}

pub(crate) fn bad_time(text: &str) -> String {
    format!("这里应当是时刻，写作 17:30，而不是“{text}”")
}

pub(crate) fn bad_truth(text: &str) -> String {
    format!("这里应当写 true（是）或 false（否），而不是“{text}”")
}

pub(crate) fn bad_option(text: &str, options: &[Choice]) -> String {
    format!("没有“{text}”这个选项，可以写：{}", option_list(options))
}

pub(crate) fn want_one_value() -> String {
    "这个参数只有一个值，不能写成列表或“键: 值”".to_owned()
}

pub(crate) fn want_map_value() -> String {
    "这个参数按类分别取值，应写成“类别: 数值”".to_owned()
}

pub(crate) fn want_values() -> String {
    "这个参数应写成列表".to_owned()
}

pub(crate) fn parameter_without_value(name: &str) -> String {
    format!("参数“{name}”没有默认值")
}

pub(crate) fn bad_origin(text: &str) -> String {
    format!("origin 应当是 seed、law 或 assumption，而不是“{text}”")
}

pub(crate) fn bad_control_id(id: &str) -> String {
    format!("条目编号“{id}”不合规定")
}

pub(crate) fn control_id_form() -> String {
    "编号由大写字母、连字符和数字组成，例如 DOC-012".to_owned()
}

pub(crate) fn bad_word(what: &str, text: &str) -> String {
    format!("{}没有“{text}”这种写法", file_keys::shown(what))
}

pub(crate) fn nothing_to_check() -> String {
    "既没有规则（rule）也没有现场提问（ask），无法判定".to_owned()
}

pub(crate) fn attest_without_question() -> String {
    "现场检查类（attest）的条目要写现场提问（ask）".to_owned()
}

pub(crate) fn one_outcome() -> String {
    "每个例子的记录写在“符合”（passes）、“不符合”（fails）、“不能判定”（undecided）、“不适用”（outside）之一下面，只写一个".to_owned()
}

pub(crate) fn no_example_like(title: &str) -> String {
    format!("前面没有标题为“{title}”的例子，不能仿照")
}

pub(crate) fn bad_change(text: &str) -> String {
    format!(
        "“{text}”指不到一条记录：写“1”是改第 1 条，写“+1”是仿照第 1 条另加一条，写“-1”是去掉第 1 条"
    )
}

pub(crate) fn bad_count(text: &str) -> String {
    format!("“{text}”不是件数：写提出建议的件数，例如 1")
}

pub(crate) fn bad_day(text: &str) -> String {
    format!("日期应写作 2026-09-28 的形式，而不是“{text}”")
}

pub(crate) fn no_such_pack(name: &str) -> String {
    format!("没有清单包“{name}”：既不是内置的，工作目录下也没有这个文件夹")
}

pub(crate) fn pack_outside(name: &str) -> String {
    format!("清单包“{name}”不在工作目录内")
}

pub(crate) fn pack_hint() -> String {
    let ids = built_in::ids().join("、");
    format!("packs 里写内置清单包的编号（{ids}），或工作目录下的文件夹，其中要有 pack.yaml")
}

pub(crate) fn pack_unreadable(reason: &str) -> String {
    format!("读不出来：{reason}")
}

pub(crate) fn pack_without_head(name: &str) -> String {
    format!("清单包“{name}”缺少 pack.yaml")
}

/// Who gave a parameter its value, and on what it is founded.
pub(crate) fn provenance(parameter: &Parameter) -> String {
    let origin = match parameter.origin {
        Origin::Seed => "取自来源制度",
        Origin::Law => "取自法律法规",
        Origin::Assumption => "本程序设定，来源没有数字",
    };
    let founded = match parameter.source.as_str() {
        "" => origin.to_owned(),
        source => format!("{origin}（{source}）"),
    };
    match &parameter.set_by {
        Setter::Default => format!("默认值，{founded}"),
        Setter::Pack(pack) => format!("清单包“{pack}”的取值，{founded}"),
        Setter::Profile => format!("本单位在 zicha.yaml 中设定，默认值{founded}"),
    }
}

/// A control that the unit switched off.
pub(crate) fn disabled(reason: &str) -> String {
    format!("本单位停用：{reason}")
}

/// A control that others check as well.
pub(crate) fn merged(others: &str) -> String {
    format!("要求与 {others} 相同，由其一并检查")
}

/// A control that a pack switched off.
pub(crate) fn switched_off(pack: &str, reason: &str) -> String {
    format!("清单包“{pack}”停用：{reason}")
}

pub(crate) fn packs_disagree(label: &str, first: &str, second: &str) -> String {
    format!("参数“{label}”在清单包“{first}”和“{second}”中取值不同，以写在后面的“{second}”为准")
}

pub(crate) fn packs_disagree_hint(name: &str) -> String {
    format!("要用别的值，在 zicha.yaml 的 parameters 里写 {name}")
}

pub(crate) fn want_clause() -> String {
    "每行应当是“条款,要点,条目编号”三项".to_owned()
}

pub(crate) fn unknown_control(id: &str) -> String {
    format!("没有编号为“{id}”的条目")
}

/// Controls that leave everything to one another, in the order of the circle.
pub(crate) fn merged_in_a_circle(ids: &[String]) -> String {
    let next = ids.iter().cycle().skip(1);
    let steps = ids
        .iter()
        .zip(next)
        .map(|(id, into)| format!("{id} 并入 {into}"));
    let circle = steps.collect::<Vec<_>>().join("，");
    format!("条目绕成一圈：{circle}，结果没有一条实际检查")
}

pub(crate) fn mend_circle() -> String {
    "在其中一条去掉“并入”（merged_into），写上规则（rule）或现场提问（ask）".to_owned()
}

pub(crate) fn too_long(limit: u64) -> String {
    format!("文件超过 {} MB", limit / 1024 / 1024)
}

pub(crate) fn not_utf8() -> String {
    "文字编码不是 UTF-8".to_owned()
}

/// What a sentence template looks like, as advice.
pub(crate) const TEMPLATE_FORM: &str = "写成“{列}做了什么”，列名用英文编号；可以没有的写在方括号里，如“[{out_on}]”；不带括号的另写替代，如“{title|该文件}”。";

/// A sentence template that cannot be read.
pub(crate) fn bad_template(piece: &str) -> String {
    format!("问题表述从“{piece}”起看不懂")
}

/// A sentence template names a column that the records do not have.
pub(crate) fn unknown_template_field(field: &str) -> String {
    format!("问题表述里的列“{field}”，这个条目检查的台账没有")
}
