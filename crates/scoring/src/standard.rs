//! A score table as data: what a bureau's form says, and what the unit decided about it.

use zicha_model::points::Points;

/// Per cent of the points that must be decided for a grade, where the file does not say.
pub const DECIDED_AT_LEAST: u32 = 80;

/// A score table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standard {
    /// Its title.
    pub title: String,
    /// File that it was taken from, relative to the file of the standard; empty if written by hand.
    pub source: String,
    /// SHA-256 of that file, lower-case hex.
    pub sha256: String,
    /// Points of all items together as the form states them; `None` if it does not.
    pub total: Option<Points>,
    /// Items without a matter in the unit count as reached in full rather than not at all.
    pub absent_counts_full: bool,
    /// Grades, the best first.
    pub grades: Vec<Grade>,
    /// Per cent of the points that must be decided for a grade to be given.
    pub decided_at_least: Points,
    /// Groups in order.
    pub groups: Vec<Group>,
    /// Items in order.
    pub items: Vec<Item>,
}

/// A grade and the percentage from which it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grade {
    /// Its name.
    pub label: String,
    /// Per cent of the points.
    pub from: Points,
}

/// A group of items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// Its title.
    pub title: String,
    /// Points of its items as the form states them.
    pub subtotal: Option<Points>,
}

/// What an item does to the result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Nature {
    /// Points of its own, lost in part or whole.
    #[default]
    Scored,
    /// No points of its own: cases are taken from the total.
    Heavy,
    /// A case decides the result alone.
    Veto,
    /// A basic condition: if it does not hold, the review stops.
    Basic,
}

impl Nature {
    /// All of them with the word in files.
    pub const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Scored, "评分", "scored"),
        (Self::Heavy, "重扣", "heavy"),
        (Self::Veto, "否决", "veto"),
        (Self::Basic, "基本", "basic"),
    ];

    /// The word in files.
    pub fn word(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(nature, ..)| *nature == self)
            .map_or("评分", |(_, word, _)| word)
    }

    /// True if a single case ends the review.
    pub fn decides_alone(self) -> bool {
        matches!(self, Self::Veto | Self::Basic)
    }
}

/// Whether the unit has the matter of an item (★).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Present {
    /// As ledgers and profile tell.
    #[default]
    Auto,
    /// The unit says so.
    Yes,
    /// The unit says that it has no such matter.
    No,
}

/// An item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Its number as printed.
    pub number: String,
    /// Its group: index in [`Standard::groups`].
    pub group: Option<usize>,
    /// What is asked.
    pub text: String,
    /// Its points; none where it has none of its own.
    pub points: Option<Points>,
    /// What it does to the result.
    pub nature: Nature,
    /// Whether the unit has the matter.
    pub present: Present,
    /// Ways to lose points.
    pub ways: Vec<Way>,
    /// What of the form could not be understood, as text.
    pub unread: Vec<String>,
    /// Where it stands in the source: `表1/12`, table and row.
    pub place: String,
    /// Points lost, where people decided the item as a whole.
    pub decided: Option<Points>,
    /// Why people decided so, or have the matter or not.
    pub reason: String,
    /// Line in the file of the standard; 0 of an item not read from one.
    pub line: u32,
}

/// A way to lose points.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Way {
    /// As the form puts it.
    pub text: String,
    /// What it costs.
    pub cost: Cost,
    /// Controls that tell whether it happened.
    pub controls: Vec<String>,
    /// How sure the proposal of these controls is, in per cent.
    pub confidence: u8,
    /// People confirmed the controls.
    pub confirmed: bool,
    /// Question on site of its own, where no control tells: `SCR-012`.
    pub question: String,
    /// Points lost, where people decided.
    pub decided: Option<Points>,
}

/// What a way costs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// Least points.
    pub least: Points,
    /// Most points; the same as `least` unless the form leaves a range.
    pub most: Points,
    /// The unit of count (起, 项, 人 …) where each case costs; empty where it costs once.
    pub per: String,
    /// All points of the item are lost.
    pub whole: bool,
    /// No more than this is lost this way, however many cases.
    pub cap: Option<Points>,
}

impl Standard {
    /// Points of the items that have some, all together.
    pub fn sum(&self) -> Points {
        self.items.iter().filter_map(|item| item.points).sum()
    }

    /// Every control or question that some way hangs on.
    pub fn ways(&self) -> impl Iterator<Item = &Way> {
        self.items.iter().flat_map(|item| &item.ways)
    }

    /// The best grade that a percentage reaches.
    pub fn grade(&self, percent: Points) -> Option<&Grade> {
        self.grades.iter().find(|grade| percent >= grade.from)
    }
}

impl Way {
    /// What tells whether it happened: its own question, else the controls bound to it.
    pub fn told_by(&self) -> Vec<&str> {
        let question = Some(self.question.as_str()).filter(|q| !q.is_empty());
        let controls = self.controls.iter().map(String::as_str);
        question.into_iter().chain(controls).collect()
    }

    /// True if what the controls say counts: people confirmed them, or it is the way's own question.
    pub fn is_settled(&self) -> bool {
        self.controls.is_empty() || self.confirmed
    }
}

impl Cost {
    /// The words for people: `1`, `0.5-1`, `全部`.
    pub fn words(&self) -> String {
        match (self.whole, self.least == self.most) {
            (true, _) => "全部".to_owned(),
            (_, true) => self.least.to_string(),
            _ => format!("{}-{}", self.least, self.most),
        }
    }
}
