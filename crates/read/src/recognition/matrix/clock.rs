//! Shifts and their hours, as headings and notes of a duty roster write them.

use crate::values::normalise;

/// Minutes of a day.
pub(super) const DAY: i32 = 1440;

/// Words for a part of the day: the word, when it begins in order of the day, the minutes at which it
/// is taken to begin and end where no hours are written. They part the day from 0:00 to 24:00.
const PARTS: [(&str, Part); 26] = [
    ("凌晨", Part::EARLY),
    ("后夜", Part::EARLY),
    ("大夜", Part::EARLY),
    ("早班", Part::EARLY),
    ("早晨", Part::EARLY),
    ("早上", Part::EARLY),
    ("上午", Part::MORNING),
    ("中午晚上", Part::NIGHT),
    ("中午", Part::NOON),
    ("中班", Part::MIDDLE),
    ("下午", Part::AFTERNOON),
    ("白班", Part::DAYTIME),
    ("白天", Part::DAYTIME),
    ("日班", Part::DAYTIME),
    ("日间", Part::DAYTIME),
    ("昼间", Part::DAYTIME),
    ("昼班", Part::DAYTIME),
    ("晚班", Part::NIGHT),
    ("晚上", Part::NIGHT),
    ("晚间", Part::NIGHT),
    ("夜班", Part::NIGHT),
    ("夜间", Part::NIGHT),
    ("夜里", Part::NIGHT),
    ("前夜", Part::NIGHT),
    ("小夜", Part::NIGHT),
    ("夜值", Part::NIGHT),
];
/// The same in one character, where nothing else is written.
const LETTERS: [(&str, Part); 6] = [
    ("早", Part::EARLY),
    ("中", Part::MIDDLE),
    ("白", Part::DAYTIME),
    ("昼", Part::DAYTIME),
    ("晚", Part::NIGHT),
    ("夜", Part::NIGHT),
];
/// A shift of the whole day.
const WHOLE: [&str; 5] = ["全天", "24小时", "昼夜", "全日", "整天"];
/// Bytes of a text that is looked through for hours.
const LONGEST: usize = 900;

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Part {
    order: u8,
}

impl Part {
    const EARLY: Self = Self { order: 1 };
    const MORNING: Self = Self { order: 2 };
    const DAYTIME: Self = Self { order: 2 };
    const NOON: Self = Self { order: 3 };
    const MIDDLE: Self = Self { order: 3 };
    const AFTERNOON: Self = Self { order: 4 };
    const NIGHT: Self = Self { order: 5 };

    fn is_night(self) -> bool {
        self == Self::NIGHT
    }
}

/// A shift as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shift {
    /// 早班, 上午, 8:00-16:00.
    pub(super) name: String,
    part: Option<Part>,
    /// Minutes of its day at which it begins and ends; an end behind midnight is more than a day.
    pub(super) hours: Option<(i32, i32)>,
    /// It is the whole day.
    pub(super) whole: bool,
}

impl Shift {
    /// The shift that a text names, by a part of the day or by hours.
    pub(super) fn of(text: &str) -> Option<Self> {
        let text = normalise::squeezed(text);
        if text.len() > LONGEST {
            return None;
        }
        let hours = hours(&text);
        let whole = WHOLE.iter().any(|word| text.contains(word));
        let bare = normalise::without_brackets(&text);
        let letter = LETTERS.iter().find(|(word, _)| bare == *word);
        let part = PARTS
            .iter()
            .find(|(word, _)| text.contains(word))
            .or(letter);
        if hours.is_none() && !whole && part.is_none() {
            return None;
        }
        Some(Self {
            name: part.map_or_else(|| bare.clone(), |(word, _)| (*word).to_owned()),
            part: part.map(|(_, part)| *part),
            hours,
            whole: whole && hours.is_none() && part.is_none(),
        })
    }

    /// Takes the hours that a note gives for it.
    pub(super) fn complete(&mut self, notes: &[String]) {
        if self.hours.is_none() && !self.whole {
            self.hours = notes.iter().find_map(|note| {
                let (_, behind) = note.split_once(&self.name)?;
                let near: String = behind.chars().take(24).collect();
                hours(&near)
            });
        }
    }
}

/// Minutes at which shifts without written hours are taken to begin and end: they part the day, and
/// where none of them is at night the night belongs to none.
pub(super) fn assumed(shifts: &[Shift]) -> Vec<(i32, i32)> {
    let mut order: Vec<usize> = (0..shifts.len()).collect();
    order.sort_by_key(|&at| (shifts[at].part, at));
    let night = shifts.iter().any(|s| s.part.is_some_and(Part::is_night));
    let known = shifts.iter().all(|shift| shift.part.is_some());
    let day = if night || !known { DAY } else { 18 * 60 };
    let count = i32::try_from(shifts.len().max(1)).unwrap_or(1);
    let begins = |place: usize| -> i32 {
        let shift = &shifts[order[place]];
        let rest = i32::try_from(place).unwrap_or(0);
        match (place, shift.part) {
            (0, _) => 0,
            (_, Some(Part::NIGHT)) if count == 2 || place + 1 < shifts.len() => 18 * 60,
            (_, Some(Part::NIGHT)) if shifts.iter().any(|s| s.part == Some(Part::EARLY)) => 16 * 60,
            (_, Some(Part::NIGHT)) => 18 * 60,
            (_, Some(Part::AFTERNOON)) => 12 * 60,
            (_, Some(Part::MIDDLE)) => 8 * 60,
            _ => DAY * rest / count,
        }
    };
    let mut spans = vec![(0, day); shifts.len()];
    for place in 0..order.len() {
        let end = if place + 1 < order.len() {
            begins(place + 1)
        } else {
            day
        };
        let begin = begins(place);
        spans[order[place]] = (begin, end.max(begin));
    }
    spans
}

/// True if shifts in these parts make up the whole day.
pub(super) fn reach_round(shifts: &[Shift]) -> bool {
    shifts
        .iter()
        .any(|s| s.whole || s.part.is_none() || s.part.is_some_and(Part::is_night))
}

/// The first span of hours in a text: 8:30-17:30, 8时至次日8时, 0-8点.
pub(super) fn hours(text: &str) -> Option<(i32, i32)> {
    let text = normalise::arabic(&normalise::squeezed(text));
    let chars: Vec<char> = text.chars().take(LONGEST / 3).collect();
    (0..chars.len()).find_map(|at| {
        let fresh = at == 0 || !(chars[at - 1].is_ascii_digit() || ":.".contains(chars[at - 1]));
        let (begin, told, next) = clock(&chars, at).filter(|_| fresh)?;
        let mut next = next;
        let mut parted = false;
        let mut later = false;
        while let Some(c) = chars.get(next) {
            match c {
                '-' | '—' | '–' | '~' | '～' | '至' | '到' | '－' => parted = true,
                '次' | '翌' | '第' | '2' if day_after(&chars[next..]) > 0 => {
                    later = true;
                    next += day_after(&chars[next..]) - 1;
                }
                '当' | '日' | '晨' | '凌' | '早' | '晚' | '上' | '下' | '午' => {}
                _ => break,
            }
            next += 1;
        }
        let (end, told_end, _) = clock(&chars, next).filter(|_| parted)?;
        if !told && !told_end {
            return None;
        }
        let end = if later || end <= begin {
            end + DAY
        } else {
            end
        };
        Some((begin, end))
    })
}

/// Characters of 次日, 翌日, 第2天 at the beginning.
fn day_after(chars: &[char]) -> usize {
    let words = ["次日", "翌日", "第2天", "第2日", "次晨"];
    let begins = |word: &&&str| {
        word.chars()
            .eq(chars.iter().take(word.chars().count()).copied())
    };
    words
        .iter()
        .find(begins)
        .map_or(0, |word| word.chars().count())
}

/// A time of day at a place: its minutes, whether it is told as one, where it ends.
fn clock(chars: &[char], at: usize) -> Option<(i32, bool, usize)> {
    let number = |from: usize| {
        let digits = chars.get(from..)?.iter().take_while(|c| c.is_ascii_digit());
        let digits: String = digits.take(3).collect();
        let value: i32 = digits.parse().ok()?;
        (digits.len() <= 2).then_some((value, from + digits.len()))
    };
    let (hour, next) = number(at)?;
    if hour > 24 {
        return None;
    }
    match chars.get(next) {
        Some(':') => {
            let (minute, next) = number(next + 1)?;
            (minute < 60).then_some((hour * 60 + minute, true, next))
        }
        Some('时' | '点') => match chars.get(next + 1) {
            Some('半') => Some((hour * 60 + 30, true, next + 2)),
            Some('整') => Some((hour * 60, true, next + 2)),
            _ => match number(next + 1) {
                Some((minute, end)) if minute < 60 => {
                    let end = end + usize::from(chars.get(end) == Some(&'分'));
                    Some((hour * 60 + minute, true, end))
                }
                _ => Some((hour * 60, true, next + 1)),
            },
        },
        _ => Some((hour * 60, false, next)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_in_every_spelling() {
        let cases = [
            ("早班（0:00-8:00）", Some((0, 480))),
            ("8：30—17：30", Some((510, 1050))),
            (
                "注：值班时间为当日8:30至次日8:30，值班电话：5550001。",
                Some((510, 1950)),
            ),
            ("夜班 18时至次日8时", Some((1080, 1920))),
            ("20点-8点", Some((1200, 1920))),
            ("0-8点", Some((0, 480))),
            ("晚班(16:00-24:00)", Some((960, 1440))),
            ("8点半到17点半", Some((510, 1050))),
            ("10月1日-7日", None),
            ("电话：5550001-8001", None),
            ("2026-10-01", None),
        ];
        for (text, wanted) in cases {
            assert_eq!(hours(text), wanted, "{text}");
        }
    }

    #[test]
    fn shifts_without_hours_part_the_day() {
        let spans = |names: &[&str]| {
            let shifts: Vec<Shift> = names.iter().filter_map(|name| Shift::of(name)).collect();
            assert_eq!(shifts.len(), names.len(), "{names:?}");
            (assumed(&shifts), reach_round(&shifts))
        };
        assert_eq!(
            spans(&["白班", "夜班"]),
            (vec![(0, 1080), (1080, 1440)], true)
        );
        assert_eq!(
            spans(&["夜间", "白天"]),
            (vec![(1080, 1440), (0, 1080)], true)
        );
        assert_eq!(
            spans(&["上午", "下午"]),
            (vec![(0, 720), (720, 1080)], false)
        );
        assert_eq!(
            spans(&["早班", "中班", "晚班"]),
            (vec![(0, 480), (480, 960), (960, 1440)], true)
        );
        assert_eq!(
            spans(&["上午", "下午", "夜间"]),
            (vec![(0, 720), (720, 1080), (1080, 1440)], true)
        );
    }

    #[test]
    fn what_is_no_shift_is_none() {
        for text in [
            "值班员",
            "带班领导",
            "备注",
            "日期",
            "联系电话",
            "中层",
            "白露",
        ] {
            assert_eq!(Shift::of(text), None, "{text}");
        }
    }
}
