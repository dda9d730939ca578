//! Bar charts as plain SVG: explicit colours for paper, classes for the web page's own theme.

use crate::document::blocks::Chart;

/// A bar of several coloured parts.
pub(crate) struct Bar {
    /// What it stands for.
    pub(crate) label: String,
    /// Parts from left to right, as many as there are series.
    pub(crate) parts: Vec<usize>,
}

/// A series: class for styling, colour on paper, name.
pub(crate) type Series = (&'static str, &'static str, &'static str);

/// Verdicts, in the order of the bars.
pub(crate) const VERDICTS: [Series; 5] = [
    ("pass", "#2f7d4f", "符合"),
    ("fail", "#b3261e", "不符合"),
    ("unknown", "#8a6d1d", "无法判定"),
    ("notchecked", "#6b6f76", "未检查"),
    ("other", "#c3c7cd", "豁免、不适用、未选用"),
];

/// Severities, the worst first.
pub(crate) const SEVERITIES: [Series; 4] = [
    ("critical", "#8c1d18", "重大"),
    ("serious", "#c4501b", "严重"),
    ("general", "#a67c00", "一般"),
    ("hint", "#4a6fa5", "提示"),
];

pub(crate) const WIDTH: usize = 720;
const LABEL: usize = 236;
const PITCH: usize = 26;
const TOP: usize = 36;

/// Draws one bar below the other, with legend and figures.
pub(crate) fn bars(id: &str, title: &str, series: &[Series], bars: &[Bar]) -> Chart {
    let height = TOP + bars.len() * PITCH + 8;
    let longest = bars.iter().map(Bar::total).max().unwrap_or(0).max(1);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" role=\"img\" aria-labelledby=\"{id}-title\" font-family=\"rpt-hei, sans-serif\" font-size=\"13\"><title id=\"{id}-title\">{}</title>",
        escape(title)
    );
    svg.push_str(&legend(series));
    for (index, bar) in bars.iter().enumerate() {
        svg.push_str(&bar.draw(TOP + index * PITCH, longest, series));
    }
    svg.push_str("</svg>");
    Chart {
        id: id.to_owned(),
        title: title.to_owned(),
        alt: alt(title, series, bars),
        svg,
    }
}

impl Bar {
    fn total(&self) -> usize {
        self.parts.iter().sum()
    }

    fn draw(&self, top: usize, longest: usize, series: &[Series]) -> String {
        let mut drawn = text(LABEL - 10, top + 15, "end", "label", &self.label);
        let room = WIDTH - LABEL - 48;
        let mut before = 0;
        for (&part, &(class, colour, _)) in self.parts.iter().zip(series) {
            if part == 0 {
                continue;
            }
            let from = LABEL + room * before / longest;
            before += part;
            let width = (LABEL + room * before / longest)
                .saturating_sub(from)
                .max(1);
            drawn.push_str(&format!(
                "<rect class=\"c-{class}\" x=\"{from}\" y=\"{top}\" width=\"{width}\" height=\"20\" fill=\"{colour}\"/>"
            ));
        }
        let end = LABEL + room * before / longest + 6;
        drawn + &text(end, top + 15, "start", "figure", &self.total().to_string())
    }
}

pub(crate) fn legend(series: &[Series]) -> String {
    let mut x = LABEL;
    let mut drawn = String::new();
    for &(class, colour, name) in series {
        drawn.push_str(&format!(
            "<rect class=\"c-{class}\" x=\"{x}\" y=\"8\" width=\"12\" height=\"12\" fill=\"{colour}\"/>"
        ));
        drawn.push_str(&text(x + 16, 19, "start", "legend", name));
        x += 34 + name.chars().count() * 13;
    }
    drawn
}

pub(crate) fn text(x: usize, y: usize, anchor: &str, class: &str, words: &str) -> String {
    format!(
        "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" fill=\"#1c1f24\">{}</text>",
        escape(words)
    )
}

/// The figures in words.
fn alt(title: &str, series: &[Series], bars: &[Bar]) -> String {
    let told = bars.iter().map(|bar| {
        let parts = bar.parts.iter().zip(series).filter(|(part, _)| **part > 0);
        let parts: Vec<_> = parts.map(|(part, s)| format!("{}{part}", s.2)).collect();
        let parts = if parts.is_empty() {
            "0".to_owned()
        } else {
            parts.join("、")
        };
        format!("{}：{parts}", bar.label)
    });
    format!("{title}。{}。", told.collect::<Vec<_>>().join("；"))
}

pub(crate) fn escape(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}
