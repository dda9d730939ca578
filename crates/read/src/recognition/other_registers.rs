//! Registers that offices keep and no ledger is for: keys, projects, products, certificates.
//!
//! What enters: the title and the names of a table. What leaves: what the register is called. It is told as
//! such, and its columns are taken for no other ledger's.

use crate::recognition::ledger_names;
use crate::recognition::sheet::{Guide, Source};
use crate::recognition::surroundings::Rules;
use crate::values::normalise;

/// Cells of a row above the heading that may hold the title.
const MOST_TITLES: usize = 50;
/// What may stand behind the thing itself: 钥匙领用, 护照保管.
const BEHIND: [&str; 16] = [
    "保管", "领用", "使用", "管理", "发放", "借用", "领取", "交接", "存放", "配备", "持有", "分配",
    "领还", "上交", "统一", "集中",
];

/// What the register is called, if its title, else the name of its sheet, else that of its file says so
/// before it names a ledger.
pub(crate) fn named<'r>(
    source: Source<'_>,
    guide: &Guide<'_>,
    titles: impl Iterator<Item = usize>,
) -> Option<&'r str> {
    let grid = source.grid;
    let titles = titles.flat_map(|at| grid.row(at).cells().take(MOST_TITLES));
    let titles = titles.map(|cell| cell.text);
    let mut texts = titles.chain([grid.name.as_str(), source.stem()]);
    texts.find_map(|text| {
        let ledger = ledger_score(guide, text);
        match of(text) {
            // A unit may define a ledger of its own for what is no ledger of ours.
            Some(_) if ledger >= ledger_names::EXACT => Some(None),
            Some(name) => Some(Some(name)),
            None if ledger >= ledger_names::SAME_CORE => Some(None),
            None => None,
        }
    })?
}

/// How well the text names the ledger that it names best.
fn ledger_score(guide: &Guide<'_>, text: &str) -> f32 {
    let scores = guide.index.name_scores(text);
    scores.iter().copied().fold(0.0, f32::max)
}

/// The register that a title names: its thing ends the title, but for the words of any register.
fn of<'r>(text: &str) -> Option<&'r str> {
    const LONGEST: usize = 200;
    if text.len() > LONGEST {
        return None;
    }
    let [bare, _] = normalise::loose(text);
    let mut core = ledger_names::without_register_word(&bare);
    while let Some(shorter) = BEHIND.iter().find_map(|word| core.strip_suffix(word)) {
        core = shorter;
    }
    let core = normalise::squeezed(core);
    let registers = Rules::built_in().others().iter();
    let mut ending = registers.filter(|register| {
        let mut words = register.words.iter().map(|word| normalise::squeezed(word));
        words.any(|word| core.ends_with(&word))
    });
    ending.next().map(|register| register.name.as_str())
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn registers_of_other_things_are_known_by_name() {
        let cases = [
            ("保密要害部位及密码柜钥匙登记", Some("钥匙登记")),
            ("钥匙领用登记表", Some("钥匙登记")),
            ("USBKey台账", Some("身份认证介质登记")),
            ("涉密项目一览表", Some("涉密项目登记")),
            ("安全保密产品台账", Some("安全保密产品登记")),
            ("涉密人员因私护照集中保管登记", Some("证照保管登记")),
            ("涉密计算机台账", None),
            ("来访人员登记簿", None),
            ("出国（境）审批台账", None),
        ];
        for (text, name) in cases {
            assert_eq!(of(text), name, "{text}");
        }
    }
}
