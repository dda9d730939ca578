//! Whole numbers, decimals and months, with the units and separators that stand beside them.

use crate::values::normalise;

/// Decimals that are reckoned with; spreadsheets keep fifteen digits.
const MOST_DECIMALS: usize = 15;

/// A quantity in thousandths, and whether that is all of it.
struct Quantity {
    thousandths: i64,
    exact: bool,
}

/// A whole number: `3`, `3份`, `三份`, `1,200元`, `2026年度`.
pub(super) fn integer(plain: &str) -> Option<i32> {
    let quantity = quantity(plain)?;
    let whole = quantity.exact && quantity.thousandths % 1000 == 0;
    whole
        .then(|| i32::try_from(quantity.thousandths / 1000).ok())
        .flatten()
}

/// Thousandths of a decimal, and whether it was rounded to them.
pub(super) fn decimal(plain: &str) -> Option<(i32, bool)> {
    let quantity = quantity(plain)?;
    let word = i32::try_from(quantity.thousandths).ok()?;
    Some((word, !quantity.exact))
}

/// Months: `6`, `6个月`, `2年`, `1年6个月`, `半年`.
pub(super) fn months(plain: &str) -> Option<i32> {
    let text = normalise::arabic(&normalise::squeezed(plain))
        .replace("半年", "6个月")
        .replace("年半", "年6个月");
    let (years, rest) = match text.split_once('年') {
        Some((years, rest)) => (integer(years)?, rest.trim_start_matches('零')),
        None => (0, text.as_str()),
    };
    let months = if rest.is_empty() { 0 } else { integer(rest)? };
    years.checked_mul(12)?.checked_add(months)
}

/// A number with sign, separators and unit.
fn quantity(plain: &str) -> Option<Quantity> {
    let bare = normalise::without_brackets(&normalise::squeezed(plain));
    if is_rough(&bare) {
        return None;
    }
    let text = normalise::arabic(&bare);
    let text = text.strip_prefix("1式").unwrap_or(&text);
    let text = text.trim_start_matches(['¥', '￥', '共', '第']);
    let (sign, text) = ["-", "−", "负", "地下"]
        .into_iter()
        .find_map(|minus| Some((-1, text.strip_prefix(minus)?)))
        .unwrap_or((1, text));
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')))
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let (factor, unit) = match unit.strip_prefix('万') {
        Some(unit) => (10_000_i128, unit),
        None => (1, unit),
    };
    if !is_unit(unit) {
        return None;
    }
    thousandths(number, factor, sign)
}

/// True for what is only about so many: `十几份`, `两三处`, `3份左右`. Two Chinese digits side by
/// side are a guess, not a number in positions, unless one of them is 〇.
fn is_rough(bare: &str) -> bool {
    const WORDS: [&str; 8] = ["几", "余", "多", "约", "左右", "上下", "以上", "以下"];
    let digit = |c: &char| "一二两三四五六七八九".contains(*c);
    let chars: Vec<char> = bare.chars().collect();
    let guess = chars
        .iter()
        .position(digit)
        .is_some_and(|at| chars[at..].iter().take_while(|c| digit(c)).count() == 2);
    WORDS.iter().any(|word| bare.contains(word)) || (guess && !bare.contains(['〇', '零', '○']))
}

/// A unit is a short word: 份, 元, 个月, 元/月.
fn is_unit(unit: &str) -> bool {
    let (thing, per) = unit.split_once('/').unwrap_or((unit, "月"));
    let word = |text: &str| text.chars().all(|c| c.is_alphabetic() && c != '半');
    // 元/月 is an amount; of 1份/人 nobody knows how many there are.
    thing.chars().count() <= 4 && word(thing) && ["月", "年", "季度", "次", "天"].contains(&per)
}

/// `1,200.5` → 1 200 500. Commas only between groups of three; rounded half away from zero.
fn thousandths(number: &str, factor: i128, sign: i64) -> Option<Quantity> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let whole = ungrouped(whole)?;
    let digits = fraction.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits || (number.ends_with('.')) {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    let (kept, cut) = fraction.split_at(fraction.len().min(MOST_DECIMALS));
    let parts = 10_i128.pow(kept.len() as u32);
    let number: i128 = format!("{whole}{kept}").parse().ok()?;
    let thousandths = number.checked_mul(1000 * factor)?;
    let rounded = (thousandths + parts / 2) / parts;
    Some(Quantity {
        thousandths: i64::try_from(rounded).ok()?.checked_mul(sign)?,
        exact: thousandths % parts == 0 && cut.is_empty(),
    })
}

fn ungrouped(whole: &str) -> Option<String> {
    if !whole.contains(',') {
        return Some(whole.to_owned());
    }
    let mut groups = whole.split(',');
    let first = groups.next().is_some_and(|g| (1..=3).contains(&g.len()));
    (first && groups.all(|g| g.len() == 3)).then(|| whole.replace(',', ""))
}
