//! Columns of yes and no in which clerks write something more telling: the name of who signed, or
//! the level that makes a thing classified.
//!
//! What enters: a cell that is neither a yes nor a no. What leaves: which of the two it means.

use crate::formats::grid::PICTURE;
use crate::values::coerce::reading::{Note, Reading, Value};
use crate::values::normalise;
use crate::values::words;
use zicha_model::schema::FieldSchema;

/// The commonest surnames. A word that begins otherwise is no name here and is told as unreadable.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于\
                        蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦傅白邹孟熊秦邱江尹薛闫段\
                        雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施牛樊葛邢安齐庞颜倪庄聂章鲁\
                        岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍涂成苗谷盛曲翁冉\
                        骆蓝路游辛靳欧阳上官司马诸葛方常洪赖易黎华";
/// Characters of remarks that stand where a signature is missing or somebody else's.
const REMARKS: &str = "未不无没拒代补缺空待假差病休忘漏签名略退出岗阅收到办见附同如另";

/// True for a column that says whether one person signed; where several must, one name proves nothing.
pub(super) fn is_signature(field: &FieldSchema) -> bool {
    let one = field.id == "signed" || field.id.ends_with("_signed");
    one && !field.label.contains("双方") && !field.label.contains("监销")
}

/// Where somebody signed by name, a name is a yes, and so is the picture of a signature.
pub(super) fn signature(plain: &str) -> Option<Reading> {
    if plain.trim() == normalise::plain(PICTURE) {
        return Some(Reading::of(Value::Word(1)));
    }
    // 孟夏 2026.3.5: the day of the signature stands behind it.
    let is_day = |c: char| c.is_ascii_digit() || ".-/年月日 ".contains(c);
    let name = normalise::squeezed(plain.trim_end_matches(is_day));
    let surname = name.chars().next().is_some_and(|c| SURNAMES.contains(c));
    let remark = name.chars().any(|c| REMARKS.contains(c));
    (normalise::is_short_name(&name) && surname && !remark).then(|| Reading {
        note: Some(Note::SignedByName),
        ..Reading::of(Value::Word(1))
    })
}

/// Columns that say whether a part of a machine is out of use, often headed by the part itself: where
/// there is none or it was taken out, it is.
pub(super) fn disabled(field: &FieldSchema, plain: &str) -> Option<Reading> {
    if !field.id.ends_with("_disabled") {
        return None;
    }
    let word = normalise::squeezed(plain);
    let truth = match word.as_str() {
        "无" | "没有" | "拆除" | "已拆除" | "已拆" | "禁用" | "已禁用" | "关闭" | "已关闭" => {
            true
        }
        "有" | "未拆除" | "未拆" | "未禁用" | "未关闭" | "启用" | "在用" => false,
        _ => return None,
    };
    Some(Reading::of(Value::Word(i32::from(truth))))
}

/// True for a column that says whether something is classified.
pub(super) fn is_classification(field: &FieldSchema) -> bool {
    matches!(field.id.as_str(), "is_classified" | "involves_secret")
}

/// 涉密 and 非涉密, or the level itself by its rank: 秘密 and higher are classified.
pub(super) fn classified(plain: &str, rank: Option<i32>) -> Reading {
    let word = normalise::squeezed(plain);
    let truth = match word.as_str() {
        "涉密" | "涉密机" | "涉密设备" => Some(true),
        "非涉密" | "非涉密机" | "非涉密设备" | "非密" => Some(false),
        _ => rank.map(|rank| rank >= CONFIDENTIAL),
    };
    Reading::word(truth.map(i32::from), words::expect_bool)
}

/// The rank of the lowest level of state secrets.
const CONFIDENTIAL: i32 = 2;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_signature_and_a_remark_is_none() {
        let picture = signature(&normalise::plain(PICTURE)).map(|read| read.value);
        assert_eq!(picture, Some(Value::Word(1)));
        for name in ["孟夏", "许国栋", "欧阳小禾", "孟夏 2026.3.5", "孟夏3月5日"] {
            let read = signature(name).map(|r| (r.value, r.note));
            assert_eq!(
                read,
                Some((Value::Word(1), Some(Note::SignedByName))),
                "{name}"
            );
        }
        for remark in [
            "待补",
            "高某代",
            "拒签",
            "出差",
            "请假",
            "见附件",
            "A",
            "王",
            "江未签",
            "好的",
        ] {
            assert_eq!(signature(remark), None, "{remark}");
        }
    }

    #[test]
    fn a_level_says_whether_a_thing_is_classified() {
        let truth = |plain, rank| classified(plain, rank).value;
        assert_eq!(truth("机密", Some(3)), Value::Word(1));
        assert_eq!(truth("秘密", Some(2)), Value::Word(1));
        assert_eq!(truth("内部", Some(1)), Value::Word(0));
        assert_eq!(truth("涉密", None), Value::Word(1));
        assert_eq!(truth("非涉密", None), Value::Word(0));
        assert!(matches!(truth("二楼", None), Value::Unreadable(_)));
    }
}
