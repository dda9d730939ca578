//! Messages about names in a rule: ledgers, fields, values, parameters, functions, variables.

use crate::ir::Function;
use crate::types::type_messages::fields_of;
use zicha_model::schema::LedgerSchema;

pub(crate) fn variable_taken(name: &str) -> String {
    format!("变量“{name}”前面已经用过")
}

pub(crate) fn other_name() -> String {
    "换一个变量名".to_owned()
}

pub(crate) fn unknown_ledger(name: &str) -> String {
    format!("没有叫“{name}”的台账")
}

pub(crate) fn unknown_field(ledger: &str, name: &str) -> String {
    format!("台账“{ledger}”没有“{name}”这一列")
}

pub(crate) fn unknown_value(label: &str, text: &str) -> String {
    format!("“{label}”没有“{text}”这个值")
}

pub(crate) fn unknown_parameter(name: &str) -> String {
    format!("没有叫“{name}”的参数")
}

pub(crate) fn where_parameters_stand() -> String {
    "参数的名称见 zicha explain 编号；本单位自己的参数写在清单包的 parameters.yaml".to_owned()
}

pub(crate) fn unknown_function(name: &str) -> String {
    format!("没有叫“{name}”的函数")
}

pub(crate) fn functions_are() -> String {
    let names = Function::ALL.map(|function| function.definition().chinese);
    format!("可以用的有：{}", names.join("、"))
}

pub(crate) fn where_ledgers_stand() -> String {
    "台账的名称用 zicha ledgers 查看；名称里有括号或空格的，放在《》里".to_owned()
}

pub(crate) fn unknown_option(parameter: &str, text: &str) -> String {
    format!("参数 ${parameter} 没有“{text}”这个选项")
}

pub(crate) fn unknown_name(name: &str) -> String {
    format!("不知道“{name}”指什么")
}

pub(crate) fn quote_values(name: &str) -> String {
    format!(
        "是取值或文字的，加引号写作 '{name}'；是台账的列的，前面写变量和点，如 甲.{name}；是参数的，前面加 $"
    )
}

/// A column of the record at hand, written with a variable that there is not.
pub(crate) fn bare_column(field: &str) -> String {
    format!("这里说的就是所检查的那条记录，列名直接写：{field}")
}

/// What may be meant by a bare name in a condition about one record.
pub(crate) fn bare_column_or_value(ledger: &LedgerSchema, name: &str) -> String {
    format!(
        "列名直接写，前面不加变量；是取值或文字的，加引号写作 '{name}'。{}",
        fields_of(ledger)
    )
}

pub(crate) fn many_records(ledger: &str) -> String {
    format!("台账“{ledger}”有许多条记录，不能直接取字段")
}

pub(crate) fn use_for() -> String {
    "逐条检查写“每个 甲 取自 台账：…”（for … in），查找写“存在 甲 取自 台账 其中 …”（exists）"
        .to_owned()
}

pub(crate) fn variable_needs_field(name: &str) -> String {
    format!("“{name}”是一条记录，后面要写点和列名，如 {name}.密级")
}

pub(crate) fn window_has() -> String {
    "时间段只有“首日”（start）和“末日”（end）".to_owned()
}

pub(crate) fn item_has_no_fields(name: &str) -> String {
    format!("“{name}”是列表中的一项，不是记录，没有列可取")
}
