//! ★: whether the unit has the matter of an item.

use super::facts::Facts;
use crate::standard::{Item, Nature, Present};
use zicha_model::verdict::Verdict;

/// Matters by the words of forms, and the ledgers that hold them.
const MATTERS: &[(&[&str], &[&str])] = &[
    (&["要害部门", "要害部位", "涉密场所"], &["key_sites"]),
    (
        &["涉密信息系统", "信息系统分级保护", "涉密网络"],
        &["systems"],
    ),
    (&["涉密计算机", "信息设备", "办公自动化"], &["computers"]),
    (&["移动存储介质", "涉密介质", "存储介质"], &["media"]),
    (&["涉密会议", "涉密活动"], &["meetings"]),
    (
        &["涉外", "对外交往", "境外人员"],
        &["foreign_contacts", "external_provisions"],
    ),
    (
        &["因私出国", "因公出国", "出国（境）", "出国(境)"],
        &["exits_abroad"],
    ),
    (
        &["涉密采购", "涉密业务", "政府采购", "外包"],
        &["third_parties"],
    ),
    (
        &["密码设备", "密码电报", "密码通信"],
        &["crypto_items", "telegrams"],
    ),
    (&["信息公开", "新闻发布", "宣传报道"], &["press_reviews"]),
    (&["涉密人员"], &["personnel", "classified_posts"]),
];

/// Whether an item counts for the unit, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presence {
    /// The unit has the matter.
    pub has: bool,
    /// What tells.
    pub source: Source,
    /// Why, for people.
    pub reason: String,
}

/// What tells whether the unit has a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// People said so in the file.
    People,
    /// The profile declares that there is no such matter.
    Profile,
    /// Ledgers or answers.
    Ledgers,
    /// Nothing does; it counts.
    Nothing,
}

/// Whether the unit has the matter of an item.
pub(super) fn presence(item: &Item, facts: &Facts<'_>) -> Presence {
    let tell = |has, source, reason: &str| Presence {
        has,
        source,
        reason: reason.to_owned(),
    };
    match item.present {
        Present::Yes => return tell(true, Source::People, "由本单位确定"),
        Present::No => return tell(false, Source::People, &item.reason),
        Present::Auto => {}
    }
    if item.nature != Nature::Scored {
        return tell(true, Source::Nothing, "对全部单位适用");
    }
    if let Some(reason) = not_kept(item, facts) {
        return tell(false, Source::Profile, &reason);
    }
    if nothing_to_judge(item, facts) {
        return tell(false, Source::Ledgers, "台账和答复中没有这类事项");
    }
    let ledgers = ledgers(item);
    match ledgers.iter().any(|ledger| facts.kept.contains(ledger)) {
        true => tell(true, Source::Ledgers, "台账中有这类事项"),
        false => tell(true, Source::Nothing, "没有说明不适用，按实有计"),
    }
}

/// The ledgers of the matters that an item names.
fn ledgers(item: &Item) -> Vec<&'static str> {
    let named = MATTERS
        .iter()
        .filter(|(words, _)| words.iter().any(|word| item.text.contains(word)));
    named
        .flat_map(|(_, ledgers)| ledgers.iter().copied())
        .collect()
}

/// The reason, if the profile declares all ledgers of the item's matters as not kept.
fn not_kept(item: &Item, facts: &Facts<'_>) -> Option<String> {
    let ledgers = ledgers(item);
    let all = !ledgers.is_empty() && ledgers.iter().all(|ledger| facts.not_kept.contains(ledger));
    all.then(|| "设置中写明没有这类事项".to_owned())
}

/// True if everything that tells about the item found no subject.
fn nothing_to_judge(item: &Item, facts: &Facts<'_>) -> bool {
    let mut told = item.ways.iter().peekable();
    let any = told.peek().is_some();
    any && item.unread.is_empty()
        && item.ways.iter().all(|way| {
            let controls = way.told_by();
            let absent = |id: &&str| {
                facts
                    .controls
                    .get(id)
                    .is_some_and(|result| result.verdict == Verdict::NotApplicable)
            };
            way.is_settled()
                && way.decided.is_none()
                && !controls.is_empty()
                && controls.iter().all(absent)
        })
}
