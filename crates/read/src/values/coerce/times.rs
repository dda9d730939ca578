//! Times of day: `8:30`, `08:30:00`, `8时30分`, `8点半`, `下午3:00`, `3:00 PM`.

use crate::values::normalise;

/// Words for the half of the day, and whether hours 1 to 11 mean the afternoon.
const HALVES: [(&str, bool); 13] = [
    ("上午", false),
    ("早上", false),
    ("早晨", false),
    ("早", false),
    ("凌晨", false),
    ("清晨", false),
    ("中午", true),
    ("下午", true),
    ("傍晚", true),
    ("晚上", true),
    ("晚", true),
    ("am", false),
    ("pm", true),
];

/// Words behind a date that say nothing about the time.
const IDLE: [&str; 12] = [
    "前", "之前", "止", "起", "以前", "当日", "当天", "全天", "上午", "下午", "晚上", "晚",
];

/// Bytes of a text that is a time of day.
const LONGEST: usize = 40;

/// Minutes since midnight; `None` if there is no time, an error if there is something else.
pub(super) fn read(text: &str) -> Result<Option<i32>, ()> {
    let text = normalise::squeezed(text);
    let text = text.trim_end_matches(['z', '。']);
    if text.is_empty() || IDLE.contains(&text) {
        return Ok(None);
    }
    let half = HALVES.iter().find(|(word, _)| text.contains(word));
    let clock = half.map_or_else(|| text.to_owned(), |(word, _)| text.replace(word, ""));
    // Of a span of hours the first counts.
    let clock = clock.split(['-', '~', '至']).next().unwrap_or_default();
    // 0830, but not the year of a date that ends a span.
    let plain = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    let clock = if plain {
        format!("{}:{}", &text[..2], &text[2..])
    } else {
        clock.to_owned()
    };
    let (hour, minute) = hour_minute(&clock).ok_or(())?;
    let minutes = self::clock(Some(hour), Some(minute)).ok_or(())?;
    Ok(Some(match half {
        Some((word, true)) if *word != "中午" && hour == 12 && *word != "下午" && *word != "pm" => {
            1440 + minute
        }
        Some((_, true)) if hour < 12 && !(text.contains("中午") && hour == 11) => minutes + 720,
        Some((_, false)) if hour == 12 && !text.contains("上午") => minute,
        _ => minutes,
    }))
}

/// Minutes since midnight of a text that bears no day and no span: `9:00`、`上午9时`, not `9.30`, which
/// may be a day.
pub(super) fn alone(plain: &str) -> Option<i32> {
    let told = plain.contains([':', '时', '点']);
    let dated = plain.contains(['年', '月', '日', '次', '/', '-', '.', '~', '至']);
    if !told || dated || plain.len() > LONGEST {
        return None;
    }
    read(plain).ok().flatten()
}

/// Checks hour and minute; 24:00 ends the day.
pub(super) fn clock(hour: Option<i32>, minute: Option<i32>) -> Option<i32> {
    let (hour, minute) = (hour?, minute?);
    let valid = (0..24).contains(&hour) || (hour == 24 && minute == 0);
    (valid && (0..60).contains(&minute)).then_some(hour * 60 + minute)
}

fn hour_minute(clock: &str) -> Option<(i32, i32)> {
    let number = |text: &str| text.parse::<i32>().ok().filter(|_| text.len() <= 2);
    if let Some((hour, rest)) = clock.split_once(['时', '点']) {
        let rest = without_seconds(rest);
        let rest = rest.trim_end_matches('分').trim_start_matches('零');
        let minute = match rest {
            "" | "整" | "正" | "许" => 0,
            "半" => 30,
            rest => number(rest)?,
        };
        return Some((number(hour)?, minute));
    }
    // After a date with dots the time is often written with one too.
    let mut parts = clock.split([':', '.']);
    let (hour, minute) = (number(parts.next()?)?, number(parts.next()?)?);
    Some((hour, minute))
}

/// `30分00秒` → `30分`.
fn without_seconds(rest: &str) -> &str {
    let seconds = rest.strip_suffix('秒').and_then(|r| r.rsplit_once('分'));
    seconds.map_or(rest, |(minutes, _)| minutes)
}
