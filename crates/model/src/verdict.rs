//! The words in which a control ends, and how bad a finding is.

use serde::{Deserialize, Serialize};

/// How a control ends; exactly one (the vocabulary of XCCDF, and `Waived`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// At least one subject violates it.
    Fail,
    /// The data needed is missing or unreadable.
    Unknown,
    /// The on-site item was not answered.
    NotChecked,
    /// All its failures are under a valid waiver.
    Waived,
    /// Every subject satisfies it.
    Pass,
    /// There is no subject, or it was answered so.
    NotApplicable,
    /// Disabled in the profile, with a reason.
    NotSelected,
}

impl Verdict {
    /// All verdicts in the order in which reports list them.
    pub const ALL: [Self; 7] = [
        Self::Fail,
        Self::Unknown,
        Self::NotChecked,
        Self::Waived,
        Self::Pass,
        Self::NotApplicable,
        Self::NotSelected,
    ];

    /// For people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Fail => "不符合",
            Self::Unknown => "无法判定",
            Self::NotChecked => "未检查",
            Self::Waived => "已豁免",
            Self::Pass => "符合",
            Self::NotApplicable => "不适用",
            Self::NotSelected => "未选用",
        }
    }
}

/// How serious a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// A hint.
    #[serde(rename = "提示")]
    Hint,
    /// General.
    #[serde(rename = "一般")]
    General,
    /// Serious.
    #[serde(rename = "严重")]
    Serious,
    /// Critical.
    #[serde(rename = "重大")]
    Critical,
}

impl Severity {
    /// All severities, the worst first.
    pub const WORST_FIRST: [Self; 4] = [Self::Critical, Self::Serious, Self::General, Self::Hint];

    /// For people, and in `results.json`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Hint => "提示",
            Self::General => "一般",
            Self::Serious => "严重",
            Self::Critical => "重大",
        }
    }

    /// Reads the label.
    pub fn parse(text: &str) -> Option<Self> {
        Self::WORST_FIRST.into_iter().find(|s| s.label() == text)
    }
}
