//! What is told of cells that were understood in some way that the user should know: once a column.

use crate::values::coerce::Note;
use crate::values::normalise;
use zicha_model::diag::codes::{self, Code};

/// What is told of so many cells of a column, of which the first says `example`.
pub(crate) fn words(note: Note, label: &str, count: u32, example: &str) -> String {
    let how = how(note);
    let shown = match note {
        Note::MonthOnly | Note::Range | Note::SheetYear | Note::MonthsToYears => String::new(),
        Note::SignedByName | Note::Rounded | Note::ByEnding | Note::NotNamed => String::new(),
        Note::ByPart | Note::WholeUnit => String::new(),
        Note::LookAlike => format!("（如“{example}”按“{}”比对）", normalise::text(example)),
        Note::PrivateUse => format!("（如“{example}”，{}）", code_points(example)),
        _ => format!("（如“{example}”）"),
    };
    format!("“{label}”有 {count} 格{how}{shown}")
}

fn how(note: Note) -> &'static str {
    match note {
        Note::MonthOnly => "只写到月，按当月 1 日计",
        Note::Range => "写的是起止日期，开始类字段取起始日，结束类字段取截止日",
        Note::SheetYear => "没有写年份，按表名、标题或本表其他日期的年份计",
        Note::MonthsToYears => "按月写的期限向上折算为年",
        Note::SignedByName => "签字栏写的是姓名，按已签字计",
        Note::NotNamed => "没有写出姓名（如“全体人员”“各部门自行组织”），其中有哪些人无法判断",
        Note::Remark => "带有括注，按括号以外的内容读取，括注没有使用",
        Note::ByEnding => "按所写名称末尾的词认作选项",
        Note::ByPart => "不是选项的原文，按其中的词认作选项",
        Note::WholeUnit => "写的是各部门、全单位一类的话，按全单位计",
        Note::Rounded => "小数超过三位，按四舍五入保留三位计",
        Note::Null => "写的是软件导出的空值标记，按未填写计",
        Note::Pending => {
            "写的是“暂无”“待定”“略”一类的话，没有写出内容，按未填写计，选项类的无法判断"
        }
        Note::NotKnown => {
            "写的是“不详”“#N/A”一类的话，没有写出内容：文字按未填写计，日期、数字和选项无法判断"
        }
        Note::Zone => {
            "写的是带时区的时间（世界时 UTC 等）或 1970 年以来的秒数，已换算为北京时间（UTC+8）"
        }
        Note::LookAlike => {
            "含有字形相同而编码不同的字符（部首、间隔号、兼容汉字等），已按通常的字符比对，两种写法视为同一内容"
        }
        Note::PrivateUse => {
            "含有造字（私用区字符），其他电脑上可能无法显示，也可能与通常的写法对不上"
        }
        Note::MadeDate => "被表格软件变成了日期，而本列其余各格是编号，已按编号中的月、日还原",
        Note::DigitsLost => "是 15 位以上的数字，表格软件只保留前 15 位，后面的位数已经丢失",
        Note::Scientific => "是科学计数法写的编号，后面的位数已经丢失",
        Note::ZerosFilled => "的编号少了前面的零，已按本列其他编号的位数补齐后比对",
        Note::ZerosLost => "的编号少了前面的零，与本列其他编号位数不一，仍按原样比对",
    }
}

/// The kind of diagnostic that a note is.
pub(crate) fn code(note: Note) -> Code {
    match note {
        Note::Null | Note::Pending | Note::NotKnown => codes::VALUE_PLACEHOLDER,
        Note::LookAlike | Note::PrivateUse => codes::CHARACTERS_ODD,
        Note::MadeDate | Note::DigitsLost | Note::Scientific => codes::CODES_SPOILT,
        Note::ZerosFilled | Note::ZerosLost => codes::CODES_SPOILT,
        _ => codes::VALUE_INTERPRETED,
    }
}

/// What to do about it; `None` where nothing need be done.
pub(crate) fn hint(note: Note) -> Option<&'static str> {
    Some(match note {
        Note::Null => "确实没有内容的请留空；应当有内容的请补填。",
        Note::Pending | Note::NotKnown => {
            "请写出实际内容；确实没有的请留空，未完成的请在完成后补填。"
        }
        Note::Remark => "请核对括注是否改变了该格的意思；需要检查的内容请填入相应的栏目。",
        Note::LookAlike => "请改为通常的写法，以免在其他系统中查不到。",
        Note::PrivateUse => "请用国家标准中的字重新录入。",
        Note::MadeDate => "请把该列设为文本格式，重新录入这些编号。",
        Note::DigitsLost | Note::Scientific => "请把该列设为文本格式，对照原件重新录入完整的编号。",
        Note::ZerosFilled | Note::ZerosLost => "请把该列设为文本格式，补齐前面的零。",
        _ => return None,
    })
}

/// The private characters of a text: `U+E863`.
fn code_points(text: &str) -> String {
    let private = |c: &char| matches!(*c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..);
    let points = text.chars().filter(private);
    let points: Vec<String> = points.map(|c| format!("U+{:04X}", c as u32)).collect();
    points.join("、")
}
