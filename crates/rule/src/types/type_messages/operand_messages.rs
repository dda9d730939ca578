//! Messages about types in a rule: what does not go together, and what to write instead.

use crate::ir::{Aggregate, Function, Ty};
use zicha_model::schema::Schemas;

pub(crate) fn type_name(ty: &Ty, schemas: &Schemas) -> String {
    match ty {
        Ty::Bool => "是或否".to_owned(),
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

pub(crate) fn want_condition(found: &str) -> String {
    format!("这里应当是条件，而不是{found}")
}

pub(crate) fn want_type(want: &str, found: &str) -> String {
    format!("这里应当是{want}，而不是{found}")
}

/// What an operand is: its name where it has one, and its type.
pub(crate) fn is_of_type(name: &str, ty: &str) -> String {
    format!("{name}是{ty}")
}

pub(crate) fn left_side() -> String {
    "左边".to_owned()
}

pub(crate) fn right_side() -> String {
    "右边".to_owned()
}

pub(crate) fn items_of(name: &str) -> String {
    format!("{name}的各项")
}

pub(crate) fn result_of(function: Function) -> String {
    format!("“{}”的结果", function.definition().chinese)
}

pub(crate) fn parameter_called(label: &str) -> String {
    format!("参数“{label}”")
}

pub(crate) fn cannot_compare(left: &str, right: &str) -> String {
    format!("{left}，{right}，两者不能比较")
}

/// What people most likely meant who compare these.
pub(crate) fn compare_instead(left: &Ty, right: &Ty) -> Option<String> {
    let dated = |ty: &Ty| matches!(ty, Ty::Date | Ty::DateTime);
    let pair = |a: &dyn Fn(&Ty) -> bool, b: &dyn Fn(&Ty) -> bool| {
        a(left) && b(right) || b(left) && a(right)
    };
    let is = |want: Ty| move |ty: &Ty| *ty == want;
    let listed = |ty: &Ty| matches!(ty, Ty::List(_));
    let advice = if pair(&dated, &is(Ty::Integer)) {
        use_days_between()
    } else if pair(&is(Ty::Bool), &is(Ty::Text)) {
        "是、否不加引号，写作 等于 是（== true）".to_owned()
    } else if pair(&is(Ty::Integer), &is(Ty::Text)) || pair(&is(Ty::Decimal), &is(Ty::Text)) {
        "数字不加引号，例如 2".to_owned()
    } else if pair(&|ty| matches!(ty, Ty::Rank(_)), &|ty| {
        matches!(ty, Ty::Enum(_))
    }) {
        "两边都用 级次(…)（rank），或者都不用：分高低的取值可以直接比较".to_owned()
    } else if pair(&listed, &is(Ty::Integer)) {
        "数一数有几项，写作 计数(…)（count）".to_owned()
    } else {
        return None;
    };
    Some(advice)
}

pub(crate) fn use_year() -> String {
    "要比年度，先取年份，写作 年份(日期)（year）".to_owned()
}

pub(crate) fn use_days_between() -> String {
    "要算相隔几天，写作 相隔天数(较早, 较晚)（days_between）；要算某日之后若干天，写作 加天(日期, 天数)（add_days）"
        .to_owned()
}

pub(crate) fn condition_form() -> String {
    "写成可以判断成立不成立的话，例如 已填(甲.保管人)、甲.份数 大于 1".to_owned()
}

pub(crate) fn no_order(found: &str) -> String {
    format!("{found}不分高低先后，只能看是否相同")
}

pub(crate) fn use_equality() -> String {
    "写作 等于（==）、不等于（!=）或 属于（in）".to_owned()
}

pub(crate) fn no_arithmetic(left: &str, right: &str) -> String {
    format!("{left}与{right}不能相加减")
}

pub(crate) fn unique_tuple() -> String {
    "几项合起来不重复，写作 不重复 甲.收文号, 甲.份号（unique）".to_owned()
}

pub(crate) fn date_in_quotes(text: &str) -> String {
    format!("这里应当是日期，而不是文字“{text}”")
}

pub(crate) fn date_unquoted() -> String {
    "日期不加引号，写作 2026-01-01".to_owned()
}

pub(crate) fn date_has_no_time() -> String {
    "这一列只有日期，没有时刻".to_owned()
}

pub(crate) fn in_wants_list(found: &str) -> String {
    format!("“属于”（in）后面应当是几个取值，而不是{found}")
}

pub(crate) fn contains_wants_list(found: &str) -> String {
    format!("“包含”（contains）前面应当是可填几项的列，而不是{found}")
}

pub(crate) fn matches_wants_text(found: &str) -> String {
    format!("“含有字样”（matches）两边应当是文字，而不是{found}")
}

pub(crate) fn use_matches_or_split() -> String {
    "查文字里有没有某个字样，写作 含有字样（matches）；几项写在一格里的，先拆开：拆分(…)（split）"
        .to_owned()
}

pub(crate) fn use_split() -> String {
    "几项写在一格里的，先拆开：拆分(…)（split）".to_owned()
}

pub(crate) fn want_list_value(found: &str) -> String {
    format!("这里应当是列表（几项），而不是{found}")
}

pub(crate) fn want_list_source(found: &str) -> String {
    format!("“每个”（for）只能取自台账或列表，而不是{found}")
}

pub(crate) fn max_of_list() -> String {
    "取几项中最高的，写作 最大(…)（max），可以直接与取值比较".to_owned()
}

pub(crate) fn branches_differ(a: &str, b: &str) -> String {
    format!("两种情况的类型要一致，一个是{a}，一个是{b}")
}

pub(crate) fn map_needs_key(name: &str, key: &str) -> String {
    format!("参数 ${name} 按“{key}”分别取值，应写明取哪一个：${name}[…]")
}

pub(crate) fn no_map(name: &str) -> String {
    format!("参数 ${name} 只有一个值，不能用方括号")
}

pub(crate) fn no_aggregate(aggregate: Aggregate, found: &str) -> String {
    match aggregate {
        Aggregate::Sum => format!("“合计”（sum）只能用于数字，而不是{found}"),
        Aggregate::Min | Aggregate::Max => format!("{found}不分高低先后，不能取最大最小"),
    }
}

pub(crate) fn rank_wants_order(found: &str) -> String {
    format!("“级次”（rank）只能用于分高低的取值（如密级），而不是{found}")
}

pub(crate) fn wrong_arity(name: &str, count: usize) -> String {
    format!("“{name}”括号里的项数不对，写了 {count} 项")
}

pub(crate) fn by_wants_date(field: &str) -> String {
    format!("“按”（by）后面应当是日期列，“{field}”不是")
}

pub(crate) fn unique_needs_for() -> String {
    "“不重复”（unique）要写在“每个 甲 取自 台账：”之后".to_owned()
}

pub(crate) fn integrity_alone() -> String {
    "“登记完整”（integrity）要单独成句".to_owned()
}

/// How a function is written.
pub(crate) fn signature(function: Function) -> String {
    let definition = function.definition();
    format!(
        "写作 {}{}，英文 {}",
        definition.chinese, definition.written, definition.english
    )
}
