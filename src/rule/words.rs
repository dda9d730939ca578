//! What people read of this module: every message about a mistake in the data files or in a rule.

use super::{
    ir::{Aggregate, Function, Ty},
    lex::TokenKind,
    source,
    spelling::{self, Keyword},
};
use crate::model::{
    control::{Choice, Origin, Parameter, Setter},
    schema::{EnumSchema, LedgerSchema, Schemas},
};

// Advice.

pub(super) fn did_you_mean(name: &str) -> String {
    format!("是不是“{name}”？")
}

pub(super) fn allowed(keys: &[&str]) -> String {
    format!("这里可以写：{}", keys.join("、"))
}

pub(super) fn fields_of(ledger: &LedgerSchema) -> String {
    let names: Vec<_> = ledger.fields.iter().map(|f| f.label.as_str()).collect();
    format!("这本台账的列有：{}", shortened(&names))
}

pub(super) fn values_of(values: &EnumSchema) -> String {
    let names: Vec<_> = values.values.iter().map(|v| v.label.as_str()).collect();
    format!("可以写：{}", shortened(&names))
}

pub(super) fn options_are(options: &[Choice]) -> String {
    format!("可以写：{}", option_list(options))
}

/// The first dozen names; a list of forty helps nobody.
fn shortened(names: &[&str]) -> String {
    let first = names
        .iter()
        .take(12)
        .copied()
        .collect::<Vec<_>>()
        .join("、");
    if names.len() > 12 {
        format!("{first} 等 {} 个", names.len())
    } else {
        first
    }
}

// YAML files.

pub(super) fn yaml_syntax(reason: &str) -> String {
    match reason.strip_prefix("duplicate mapping key: ") {
        Some(key) => format!("同一个键写了两遍：{key}"),
        None => format!("不是正确的 YAML：{reason}"),
    }
}

pub(super) fn want_mapping() -> String {
    "这里应当是“键: 值”".to_owned()
}

pub(super) fn want_list() -> String {
    "这里应当是列表".to_owned()
}

pub(super) fn want_word() -> String {
    "这里应当是一个词或一句话".to_owned()
}

pub(super) fn want_truth(found: &str) -> String {
    format!("这里应当写 true 或 false，而不是“{found}”")
}

pub(super) fn unknown_key(key: &str) -> String {
    format!("不认识的键“{key}”")
}

pub(super) fn missing_key(key: &str) -> String {
    format!("缺少“{key}”")
}

// Tokens and grammar.

pub(super) fn parameter_without_name() -> String {
    "“$”后面应当是参数名称".to_owned()
}

pub(super) fn number_too_large() -> String {
    "数字太大".to_owned()
}

pub(super) fn quote_not_closed(close: char) -> String {
    format!("引号没有配对，本行内缺少“{close}”")
}

pub(super) fn single_equals() -> String {
    "比较是否相等写两个等号".to_owned()
}

pub(super) fn use_two_equals() -> String {
    "写作 ==".to_owned()
}

pub(super) fn stray_character(c: char) -> String {
    format!("规则里不能有“{c}”")
}

/// What to write instead of a character that people try.
pub(super) fn instead_of(c: char) -> Option<String> {
    let advice = match c {
        '&' => "“并且”写作 and 或 且",
        '|' => "“或者”写作 or 或 或",
        '!' | '！' => "“非”写作 not 或 非，“不等于”写作 !=",
        '。' => "分句之间用分号，末尾不加句号",
        '*' | '/' | '×' | '÷' => "规则只有加减，没有乘除",
        _ => return None,
    };
    Some(advice.to_owned())
}

pub(super) fn unexpected(expected: &str, found: &str) -> String {
    format!("这里应当是{expected}，而不是{found}")
}

pub(super) fn token(kind: &TokenKind) -> String {
    match kind {
        TokenKind::Word(text) => format!("“{text}”"),
        TokenKind::Title(text) => format!("《{text}》"),
        TokenKind::Text(text) => format!("文字“{text}”"),
        TokenKind::Integer(number) => format!("数字 {number}"),
        TokenKind::Time(minutes) => format!("时刻 {:02}:{:02}", minutes / 60, minutes % 60),
        TokenKind::Date(day) => format!("日期 {}", crate::model::time::Day(*day)),
        TokenKind::Parameter(name) => format!("参数 ${name}"),
        TokenKind::Symbol(symbol) => format!("“{symbol}”"),
        TokenKind::End => "规则的末尾".to_owned(),
    }
}

pub(super) fn a_name() -> String {
    "名称".to_owned()
}

pub(super) fn a_value() -> String {
    "字段、参数、数字或条件".to_owned()
}

pub(super) fn a_number() -> String {
    "数字".to_owned()
}

pub(super) fn an_end() -> String {
    "分号或末尾".to_owned()
}

pub(super) fn the_symbol(symbol: &str) -> String {
    format!("“{symbol}”")
}

pub(super) fn the_keyword(keyword: Keyword) -> String {
    let spellings = spelling::KEYWORDS.iter().find(|(k, _, _)| *k == keyword);
    match spellings {
        Some((_, english, chinese)) => format!("{english}（{}）", chinese.join("、")),
        None => String::new(),
    }
}

pub(super) fn want_arguments(want: usize, found: usize) -> String {
    format!("括号里应当有 {want} 项，而不是 {found} 项")
}

pub(super) fn keyword_as_variable(word: &str) -> String {
    format!("“{word}”是规则用语，不能作变量名")
}

pub(super) fn short_variable() -> String {
    "变量名取一个字母即可，例如 d".to_owned()
}

pub(super) fn if_inside() -> String {
    "if（如果）只能写在分句开头".to_owned()
}

pub(super) fn use_implies() -> String {
    "写作“条件 => 要求”，或把条件写进 where".to_owned()
}

pub(super) fn too_deep() -> String {
    "括号套得太深".to_owned()
}

// Names.

pub(super) fn variable_taken(name: &str) -> String {
    format!("变量“{name}”前面已经用过")
}

pub(super) fn other_name() -> String {
    "换一个变量名".to_owned()
}

pub(super) fn unknown_ledger(name: &str) -> String {
    format!("没有叫“{name}”的台账")
}

pub(super) fn unknown_field(ledger: &str, name: &str) -> String {
    format!("台账“{ledger}”没有“{name}”这一列")
}

pub(super) fn unknown_value(label: &str, text: &str) -> String {
    format!("“{label}”没有“{text}”这个值")
}

pub(super) fn unknown_parameter(name: &str) -> String {
    format!("没有叫“{name}”的参数")
}

pub(super) fn unknown_function(name: &str) -> String {
    format!("没有叫“{name}”的函数")
}

pub(super) fn unknown_option(parameter: &str, text: &str) -> String {
    format!("参数 ${parameter} 没有“{text}”这个选项")
}

pub(super) fn unknown_name(name: &str) -> String {
    format!("不知道“{name}”指什么")
}

pub(super) fn quote_values() -> String {
    "枚举值和文字要加引号，字段写作“变量.字段”，参数前加 $".to_owned()
}

pub(super) fn many_records(ledger: &str) -> String {
    format!("台账“{ledger}”有许多条记录，不能直接取字段")
}

pub(super) fn use_for() -> String {
    "用“for v in 台账: …”逐条检查，或用 exists 查找".to_owned()
}

pub(super) fn variable_needs_field(name: &str) -> String {
    format!("“{name}”是一条记录，后面要写“.字段”")
}

pub(super) fn window_has() -> String {
    "时间段只有 start（首日）和 end（末日）".to_owned()
}

pub(super) fn item_has_no_fields(name: &str) -> String {
    format!("“{name}”是列表中的一项，没有字段")
}

// Types.

pub(super) fn type_name(ty: &Ty, schemas: &Schemas) -> String {
    match ty {
        Ty::Bool => "是否".to_owned(),
        Ty::Integer => "整数".to_owned(),
        Ty::Decimal => "小数".to_owned(),
        Ty::Date => "日期".to_owned(),
        Ty::DateTime => "日期时间".to_owned(),
        Ty::Time => "时刻".to_owned(),
        Ty::Text => "文字".to_owned(),
        Ty::Enum(id) => format!("“{}”", schemas.enumeration(*id).label),
        Ty::Rank(id) => format!("“{}”的级次", schemas.enumeration(*id).label),
        Ty::Person => "人员".to_owned(),
        Ty::Department => "部门".to_owned(),
        Ty::List(item) => format!("{}列表", type_name(item, schemas)),
        Ty::Window => "时间段".to_owned(),
    }
}

pub(super) fn want_condition(found: &str) -> String {
    format!("这里应当是条件，而不是{found}")
}

pub(super) fn want_type(want: &str, found: &str) -> String {
    format!("这里应当是{want}，而不是{found}")
}

pub(super) fn cannot_compare(left: &str, right: &str) -> String {
    format!("{left}不能与{right}比较")
}

pub(super) fn use_days_between() -> String {
    "相隔天数写作 days_between(较早, 较晚)，某日之后若干天写作 add_days(日期, 天数)".to_owned()
}

pub(super) fn rank_both() -> String {
    "两边都用 rank(…)，或都不用：有高低的枚举可以直接比较".to_owned()
}

pub(super) fn no_order(found: &str) -> String {
    format!("{found}没有高低先后，只能比较是否相同")
}

pub(super) fn no_arithmetic(left: &str, right: &str) -> String {
    format!("{left}与{right}不能相加减")
}

pub(super) fn unique_tuple() -> String {
    "几项合起来不重复，写作 unique v.甲, v.乙".to_owned()
}

pub(super) fn date_in_quotes(text: &str) -> String {
    format!("这里应当是日期，而不是文字“{text}”")
}

pub(super) fn date_unquoted() -> String {
    "日期不加引号，写作 2026-01-01".to_owned()
}

pub(super) fn date_has_no_time() -> String {
    "这一列只有日期，没有时刻".to_owned()
}

pub(super) fn in_wants_list(found: &str) -> String {
    format!("in（属于）后面应当是列表，而不是{found}")
}

pub(super) fn contains_wants_list(found: &str) -> String {
    format!("contains（包含）前面应当是列表，而不是{found}")
}

pub(super) fn matches_wants_text(found: &str) -> String {
    format!("matches（含有字样）两边应当是文字，而不是{found}")
}

pub(super) fn use_matches_or_split() -> String {
    "查文字里有没有某个字样，用 matches；几项写在一格里的，先用 split(…) 拆开".to_owned()
}

pub(super) fn use_split() -> String {
    "几项写在一格里的，先用 split(…) 拆开".to_owned()
}

pub(super) fn want_list_value(found: &str) -> String {
    format!("这里应当是列表，而不是{found}")
}

pub(super) fn want_list_source(found: &str) -> String {
    format!("for（每个）只能取自台账或列表，而不是{found}")
}

pub(super) fn max_of_list() -> String {
    "取列表中最高的，写作 max(…)，可以直接与枚举值比较".to_owned()
}

pub(super) fn branches_differ(a: &str, b: &str) -> String {
    format!("两种情况的类型要一致，一个是{a}，一个是{b}")
}

pub(super) fn map_needs_key(name: &str, key: &str) -> String {
    format!("参数 ${name} 按“{key}”分别取值，应写作 ${name}[…]")
}

pub(super) fn no_map(name: &str) -> String {
    format!("参数 ${name} 只有一个值，不能用方括号")
}

pub(super) fn no_aggregate(aggregate: Aggregate, found: &str) -> String {
    match aggregate {
        Aggregate::Sum => format!("sum（合计）只能用于数字，而不是{found}"),
        Aggregate::Min | Aggregate::Max => format!("{found}没有高低先后，不能取最大最小"),
    }
}

pub(super) fn rank_wants_order(found: &str) -> String {
    format!("rank（级次）只能用于有高低的枚举，而不是{found}")
}

pub(super) fn wrong_arity(name: &str, count: usize) -> String {
    format!("函数“{name}”的参数个数不对，写了 {count} 个")
}

pub(super) fn by_wants_date(field: &str) -> String {
    format!("by（按）后面应当是日期列，“{field}”不是")
}

pub(super) fn unique_needs_for() -> String {
    "unique（不重复）要写在“for v in 台账:”之后".to_owned()
}

pub(super) fn integrity_alone() -> String {
    "integrity（登记完整）要单独成句".to_owned()
}

/// How a function is written.
pub(super) fn signature(function: Function) -> String {
    let arguments = match function {
        Function::Coalesce => "(甲, 甲为空时用的乙)",
        Function::AddDays => "(日期, 天数)",
        Function::AddMonths => "(日期, 月数)",
        Function::AddYears => "(日期, 年数)",
        Function::EndOfYear => "(年度)",
        Function::DaysBetween | Function::HoursBetween => "(较早, 较晚)",
        Function::Max | Function::Min => "(甲, 乙) 或 (列表)",
        Function::Date | Function::Time => "(日期时间)",
        Function::Year | Function::Month | Function::Pending => "(日期)",
        Function::Rank => "(枚举值)",
        Function::Count | Function::Distinct => "(列表)",
        Function::Split => "(文字)",
        Function::DeadlineDays => "(条目编号)",
        Function::Present | Function::Absent => "(字段)",
    };
    format!("写作 {}{arguments}", spelling::function_name(function))
}

// Ledgers, parameters, controls, packs.

pub(super) fn taken(what: &str, name: &str) -> String {
    format!("{what}“{name}”已经有了")
}

pub(super) fn unknown_type(name: &str) -> String {
    format!("不认识的类型“{name}”")
}

pub(super) fn unknown_enum(name: &str) -> String {
    format!("没有叫“{name}”的枚举")
}

pub(super) fn bad_reference(name: &str) -> String {
    format!("“{name}”不是已有台账的列")
}

pub(super) fn reference_form() -> String {
    "写作 台账编号.字段编号，例如 personnel.person_id".to_owned()
}

pub(super) fn ambiguous_heading(heading: &str, first: &str, second: &str) -> String {
    format!("列名“{heading}”既指“{first}”又指“{second}”")
}

pub(super) fn event_date_no_date(field: &str) -> String {
    format!("event_date 应当是日期列，“{field}”不是")
}

pub(super) fn bad_integer(text: &str) -> String {
    format!("这里应当是整数，而不是“{text}”")
}

pub(super) fn out_of_range(value: i64, min: i64, max: i64) -> String {
    format!("{value} 超出范围，应在 {min} 到 {max} 之间")
}

pub(super) fn bad_time(text: &str) -> String {
    format!("这里应当是时刻，写作 17:30，而不是“{text}”")
}

pub(super) fn bad_truth(text: &str) -> String {
    format!("这里应当写 true（是）或 false（否），而不是“{text}”")
}

pub(super) fn bad_option(text: &str, options: &[Choice]) -> String {
    format!("没有“{text}”这个选项，可以写：{}", option_list(options))
}

/// The options with their labels: `prohibit（禁止）`.
fn option_list(options: &[Choice]) -> String {
    let shown = options.iter().map(|option| {
        if option.label == option.id {
            option.id.clone()
        } else {
            format!("{}（{}）", option.id, option.label)
        }
    });
    shown.collect::<Vec<_>>().join("、")
}

pub(super) fn want_one_value() -> String {
    "这个参数只有一个值，不能写成列表或“键: 值”".to_owned()
}

pub(super) fn want_map_value() -> String {
    "这个参数按类分别取值，应写成“类别: 数值”".to_owned()
}

pub(super) fn want_values() -> String {
    "这个参数应写成列表".to_owned()
}

pub(super) fn parameter_without_value(name: &str) -> String {
    format!("参数“{name}”没有默认值")
}

pub(super) fn bad_origin(text: &str) -> String {
    format!("origin 应当是 seed、law 或 assumption，而不是“{text}”")
}

pub(super) fn bad_control_id(id: &str) -> String {
    format!("条目编号“{id}”不合规定")
}

pub(super) fn control_id_form() -> String {
    "编号由大写字母、连字符和数字组成，例如 DOC-012".to_owned()
}

pub(super) fn bad_word(what: &str, text: &str) -> String {
    format!("{what}没有“{text}”这个值")
}

pub(super) fn nothing_to_check() -> String {
    "既没有 rule（规则）也没有 ask（现场提问），无法判定".to_owned()
}

pub(super) fn attest_without_question() -> String {
    "kind 是 attest 的条目要有 ask（现场提问）".to_owned()
}

pub(super) fn passes_or_fails() -> String {
    "每个例子要有 passes 或 fails，且只有一个".to_owned()
}

pub(super) fn bad_day(text: &str) -> String {
    format!("日期应写作 2026-09-28 的形式，而不是“{text}”")
}

pub(super) fn empty_basis() -> String {
    "basis（依据）不能为空".to_owned()
}

pub(super) fn no_such_pack(name: &str) -> String {
    format!("没有清单包“{name}”：既不是内置的，工作目录下也没有这个文件夹")
}

pub(super) fn pack_outside(name: &str) -> String {
    format!("清单包“{name}”不在工作目录内")
}

pub(super) fn pack_hint() -> String {
    let ids = source::ids().join("、");
    format!("packs 里写内置清单包的编号（{ids}），或工作目录下的文件夹，其中要有 pack.yaml")
}

pub(super) fn pack_unreadable(reason: &str) -> String {
    format!("读不出来：{reason}")
}

pub(super) fn pack_without_head(name: &str) -> String {
    format!("清单包“{name}”缺少 pack.yaml")
}

/// Who gave a parameter its value, and on what it is founded.
pub(super) fn provenance(parameter: &Parameter) -> String {
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
pub(super) fn disabled(reason: &str) -> String {
    format!("本单位停用：{reason}")
}

/// A control that others check as well.
pub(super) fn merged(others: &str) -> String {
    format!("要求与 {others} 相同，由其一并检查")
}

/// A control that a pack switched off.
pub(super) fn switched_off(pack: &str, reason: &str) -> String {
    format!("清单包“{pack}”停用：{reason}")
}

pub(super) fn packs_disagree(label: &str, first: &str, second: &str) -> String {
    format!("参数“{label}”在清单包“{first}”和“{second}”中取值不同，以写在后面的“{second}”为准")
}

pub(super) fn packs_disagree_hint(name: &str) -> String {
    format!("要用别的值，在 zicha.yaml 的 parameters 里写 {name}")
}

pub(super) fn want_clause() -> String {
    "每行应当是“条款,要点,条目编号”三项".to_owned()
}

pub(super) fn unknown_control(id: &str) -> String {
    format!("没有编号为“{id}”的条目")
}

/// Two controls that each leave everything to the other.
pub(super) fn merged_in_a_circle(id: &str) -> String {
    format!("条目“{id}”绕了一圈又并入自己，结果没有一条实际检查")
}

pub(super) const MERGED_IN_A_CIRCLE: &str = "其中一条去掉 merged_into，写上规则（rule）";

pub(super) fn too_long(limit: u64) -> String {
    format!("文件超过 {} MB", limit / 1024 / 1024)
}

pub(super) fn not_utf8() -> String {
    "文字编码不是 UTF-8".to_owned()
}
