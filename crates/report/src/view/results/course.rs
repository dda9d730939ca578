//! The chart of a course: columns over the runs, a line above them, and upright dashes where runs before
//! and after cannot be compared. Plain SVG as in [`crate::document::chart`].

use crate::document::blocks::Chart;
use crate::document::chart::{SEVERITIES, WIDTH, escape, legend, text};
use zicha_model::points::Points;

/// One run.
pub(crate) struct Point {
    /// Its day.
    pub(crate) label: String,
    /// Per cent, if it was scored.
    pub(crate) score: Option<Points>,
    /// Problems by severity, the worst first.
    pub(crate) parts: [usize; 4],
    /// True if it was judged by another standard than the run before.
    pub(crate) changed: bool,
    /// The run in words.
    pub(crate) told: String,
}

const LEFT: usize = 76;
const RIGHT: usize = WIDTH - 24;
/// The line's panel, if there is a line, and the columns' below it.
const LINE: (usize, usize) = (52, 130);
const COLUMNS: usize = 130;
/// Room that a day needs.
const DAY: usize = 82;
/// Room that a figure needs.
const FIGURE: usize = 34;
const INK: &str = "#1c1f24";
const GREY: &str = "#6b6f76";

/// Where things lie.
struct Frame<'p> {
    points: &'p [Point],
    /// Top and bottom of the columns.
    columns: (usize, usize),
    /// True if any run was scored.
    scored: bool,
}

/// Draws the course.
pub(crate) fn draw(id: &str, title: &str, points: &[Point]) -> Chart {
    let scored = points.iter().any(|point| point.score.is_some());
    let top = if scored { LINE.1 + 34 } else { LINE.0 };
    let frame = Frame {
        points,
        columns: (top, top + COLUMNS),
        scored,
    };
    let height = frame.columns.1 + 30;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" role=\"img\" aria-labelledby=\"{id}-title\" font-family=\"rpt-hei, sans-serif\" font-size=\"13\"><title id=\"{id}-title\">{}</title>",
        escape(title)
    );
    svg.push_str(&legend(&SEVERITIES));
    svg.push_str(&frame.draw());
    svg.push_str("</svg>");
    let told: Vec<_> = points.iter().map(|point| point.told.as_str()).collect();
    Chart {
        id: id.to_owned(),
        title: title.to_owned(),
        alt: format!("{title}。{}。", told.join("；")),
        svg,
    }
}

impl Frame<'_> {
    fn draw(&self) -> String {
        let mut drawn = self.axes();
        if self.points.iter().any(|point| point.changed) {
            drawn.push_str(&self.key_of_changes());
        }
        for (at, point) in self.points.iter().enumerate() {
            if point.changed {
                drawn.push_str(&self.change(at));
            }
            drawn.push_str(&self.column(at, point));
            if self.is_labelled(at, DAY) {
                let y = self.columns.1 + 18;
                drawn.push_str(&text(self.x(at), y, "middle", "label", &point.label));
            }
        }
        drawn + &self.line()
    }

    /// Width of one run's place.
    fn slot(&self) -> usize {
        (RIGHT - LEFT) / self.points.len().max(1)
    }

    /// Middle of a run's place.
    fn x(&self, at: usize) -> usize {
        LEFT + (RIGHT - LEFT) * (2 * at + 1) / (2 * self.points.len().max(1))
    }

    /// True for so many runs, counted from the last, that labels of this width do not touch.
    fn is_labelled(&self, at: usize, width: usize) -> bool {
        let every = width.div_ceil(self.slot().max(1));
        (self.points.len() - 1 - at).is_multiple_of(every)
    }

    fn axes(&self) -> String {
        let (top, bottom) = self.columns;
        let mut drawn = text(LEFT - 12, (top + bottom) / 2, "end", "label", "问题");
        drawn.push_str(&rule(bottom));
        if self.scored {
            let middle = (LINE.0 + LINE.1) / 2 + 5;
            drawn.push_str(&text(LEFT - 12, middle, "end", "label", "得分率"));
            drawn.push_str(&rule(LINE.1));
        }
        drawn
    }

    fn key_of_changes(&self) -> String {
        let words = "检查标准有变化，左右不可直接比较";
        let x = WIDTH - 24;
        let from = x - words.chars().count() * 13 - 12;
        dashes(from, 6, 22) + &text(x, 19, "end", "legend", words)
    }

    /// Between a run and the one before it.
    fn change(&self, at: usize) -> String {
        let x = (self.x(at) + self.x(at.saturating_sub(1))) / 2;
        dashes(x, LINE.0 - 16, self.columns.1)
    }

    fn column(&self, at: usize, point: &Point) -> String {
        let total = |point: &Point| point.parts.iter().sum::<usize>();
        let most = self.points.iter().map(total).max().unwrap_or(0).max(1);
        let (top, bottom) = self.columns;
        let width = (self.slot() * 3 / 5).clamp(3, 44);
        let left = self.x(at) - width / 2;
        let mut drawn = String::new();
        let mut below = 0;
        for (&part, (class, colour, _)) in point.parts.iter().zip(SEVERITIES) {
            if part == 0 {
                continue;
            }
            let from = bottom - (bottom - top) * below / most;
            below += part;
            let to = bottom - (bottom - top) * below / most;
            let height = (from - to).max(1);
            drawn.push_str(&format!(
                "<rect class=\"c-{class}\" x=\"{left}\" y=\"{to}\" width=\"{width}\" height=\"{height}\" fill=\"{colour}\"/>"
            ));
        }
        let y = bottom - (bottom - top) * below / most - 5;
        if self.is_labelled(at, FIGURE) {
            drawn.push_str(&text(self.x(at), y, "middle", "figure", &below.to_string()));
        }
        drawn
    }

    /// The scores; a run without one interrupts the line.
    fn line(&self) -> String {
        let place = |(at, point): (usize, &Point)| {
            let score = point.score?;
            let share = score.as_f64().clamp(0.0, 100.0) / 100.0;
            let y = LINE.1 as f64 - share * (LINE.1 - LINE.0) as f64;
            Some((at, self.x(at), y.round() as usize, score))
        };
        let places: Vec<_> = self.points.iter().enumerate().map(place).collect();
        let mut drawn = String::new();
        for pair in places.windows(2) {
            if let [Some((_, x1, y1, _)), Some((_, x2, y2, _))] = pair {
                drawn.push_str(&format!(
                    "<line class=\"s-line\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" stroke=\"{INK}\" stroke-width=\"2\"/>"
                ));
            }
        }
        for (at, x, y, score) in places.into_iter().flatten() {
            drawn.push_str(&format!(
                "<circle class=\"c-line\" cx=\"{x}\" cy=\"{y}\" r=\"3\" fill=\"{INK}\"/>"
            ));
            if self.is_labelled(at, FIGURE + 20) {
                let figure = format!("{}%", crate::view::words::points(score));
                drawn.push_str(&text(x, y - 8, "middle", "figure", &figure));
            }
        }
        drawn
    }
}

fn rule(y: usize) -> String {
    format!(
        "<line class=\"s-rule\" x1=\"{LEFT}\" y1=\"{y}\" x2=\"{RIGHT}\" y2=\"{y}\" stroke=\"{GREY}\" stroke-width=\"1\"/>"
    )
}

fn dashes(x: usize, from: usize, to: usize) -> String {
    format!(
        "<line class=\"s-change\" x1=\"{x}\" y1=\"{from}\" x2=\"{x}\" y2=\"{to}\" stroke=\"{INK}\" stroke-width=\"1.5\" stroke-dasharray=\"5 4\"/>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(count: usize) -> Vec<Point> {
        let point = |n: usize| Point {
            label: format!("D{n:02}"),
            score: (!n.is_multiple_of(5)).then_some(Points::from(n as u32)),
            parts: [n, 1, 0, 2],
            changed: n == 3,
            told: format!("第{n}次<b>"),
        };
        (0..count).map(point).collect()
    }

    #[test]
    fn labels_leave_each_other_room_and_the_last_run_has_one() {
        for count in 1..=60 {
            let chart = draw("c", "图", &points(count));
            let days = chart.svg.matches(">D").count();
            assert!(days * DAY <= RIGHT - LEFT + DAY, "{count}: {days}");
            assert!(chart.svg.contains(&format!(">D{:02}<", count - 1)));
        }
    }

    #[test]
    fn every_run_has_its_columns_and_a_run_without_score_interrupts_the_line() {
        let chart = draw("c", "图", &points(12));
        // Besides the legend's four; the first run has none of the worst.
        assert_eq!(chart.svg.matches("<rect").count(), 4 + 12 * 3 - 1);
        assert_eq!(chart.svg.matches("<circle").count(), 9);
        assert_eq!(chart.svg.matches("s-line").count(), 3 + 3);
        assert_eq!(chart.svg.matches("s-change").count(), 2);
        assert!(chart.alt.contains("第11次"));
    }

    #[test]
    fn without_any_score_there_is_no_line() {
        let mut points = points(3);
        points.iter_mut().for_each(|point| point.score = None);
        let chart = draw("c", "图", &points);
        assert!(!chart.svg.contains("得分率") && !chart.svg.contains("<circle"));
    }
}
