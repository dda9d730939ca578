//! PDF: typeset from a view made by hand, so that hostile text, page geometry and size are under
//! control. Checks with poppler's tools say when they were skipped.

#![expect(clippy::print_stderr, reason = "a skipped test says so")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use zicha_report::Fonts;
use zicha_report::pdf::{Rendered, possible, render};
use zicha_report::view::*;
use zicha_testing::poppler;

/// Rows that are printed of a long table.
const MAX_ROWS: usize = 1_500;

/// Texts that must come out as they are.
const HOSTILE: [&str; 5] = [
    "#panic(\"x\")",
    "$x$ *粗* _斜_ <lab> @ref",
    "<script>alert(1)</script>",
    "=HYPERLINK(\"x\")",
    "#read(\"/etc/passwd\")",
];

fn plain(text: &str) -> Span {
    Span {
        text: text.to_owned(),
        strong: false,
        link: None,
    }
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph {
        spans: vec![plain(text)],
    }
}

fn column(title: &str, width: u16, align: Align) -> Column {
    Column {
        title: title.to_owned(),
        width,
        align,
    }
}

fn table(id: &str, rows: usize) -> Table {
    let titles = [
        ("序号", 3),
        ("问题描述", 14),
        ("检查依据", 7),
        ("证据位置", 11),
        ("发现时间", 6),
        ("严重程度", 4),
        ("责任部门", 6),
        ("责任人", 4),
        ("分管领导", 4),
        ("整改措施", 10),
        ("整改时限", 6),
        ("完成情况", 5),
        ("佐证材料", 5),
        ("复核人", 4),
        ("销号日期", 5),
        ("备注", 5),
    ];
    let row = |index: usize| Row {
        cells: titles
            .iter()
            .map(|(title, _)| match *title {
                "序号" => (index + 1).to_string(),
                "问题描述" => {
                    "收文登记晚于收到当日：收字〔2026〕15号 3月5日收到，3月9日登记".to_owned()
                }
                "检查依据" => "001 六.1.(1)；条例 §58".to_owned(),
                "证据位置" => format!("台账/收文.xlsx　工作表“2026”　F{}", index + 4),
                "发现时间" => "2026-09-28".to_owned(),
                "严重程度" => "一般".to_owned(),
                "责任部门" => "办公室".to_owned(),
                "责任人" => "喆镕堃祎".to_owned(),
                "整改措施" => "当日收文当日登记；补记原因并由部门负责人签字确认。".to_owned(),
                "整改时限" => "2026-10-28".to_owned(),
                _ => String::new(),
            })
            .collect(),
        tags: Tags::default(),
    };
    Table {
        id: id.to_owned(),
        caption: String::new(),
        columns: titles
            .iter()
            .map(|(title, width)| column(title, *width, Align::Start))
            .collect(),
        rows: (0..rows).map(row).collect(),
        empty: "没有需要整改的问题。".to_owned(),
        interactive: true,
        most: MAX_ROWS,
        rest: "整改清单.xlsx".to_owned(),
        left_out: 0,
    }
}

fn problem(number: usize) -> Problem {
    Problem {
        id: format!("p-DOC-{number:03}"),
        number,
        control: format!("DOC-{number:03}"),
        title: "收文当日登记".to_owned(),
        chapter: 6,
        severity: "一般".to_owned(),
        severity_id: "general".to_owned(),
        requirement: "收到涉密文件的当日，在收文登记簿上逐件登记。".to_owned(),
        window: Vec::new(),
        basis: vec!["001 六.1.(1)".to_owned(), "条例 §58".to_owned()],
        count: 12,
        extent: "共 12 处，涉及办公室 7 处、业务一处 5 处。".to_owned(),
        departments: vec!["办公室".to_owned()],
        states: vec!["new".to_owned()],
        examples: vec![Example {
            subject: "收字〔2026〕15号".to_owned(),
            message: "登记日期晚于收到日期 4 天。".to_owned(),
            expected: "登记日期 2026-03-05".to_owned(),
            actual: "登记日期 2026-03-09".to_owned(),
            places: vec![PlaceText {
                place: "台账/收文.xlsx　工作表“2026”　F47".to_owned(),
                field: "登记日期".to_owned(),
                value: "2026-03-09".to_owned(),
            }],
            fingerprint: String::new(),
        }],
        more: Some("另有 11 处，见整改清单第 2 至 12 行。".to_owned()),
        brief: vec![
            "共12处：办公室7处、业务一处5处。时限：2026年10月28日前。".to_owned(),
            "收文登记簿：收字〔2026〕15号：登记日期 2026-03-09（台账/收文.xlsx）".to_owned(),
        ],
        remedy: "当日收文当日登记；对晚登记的逐件补记原因。".to_owned(),
        due: "2026年10月28日前".to_owned(),
    }
}

fn chart() -> Chart {
    Chart {
        id: "chart-verdicts".to_owned(),
        title: "逐项检查结果".to_owned(),
        alt: "符合 20 项，不符合 3 项".to_owned(),
        svg: r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 120" width="600" height="120"><rect x="120" y="20" width="400" height="24" fill="#2f6f4f"/><rect x="120" y="60" width="60" height="24" fill="#b03a2e"/><text x="10" y="38" font-family="Noto Sans SC, sans-serif" font-size="14" fill="#111">符合 20</text><text x="10" y="78" font-size="14" fill="#111">不符合 3</text></svg>"##.to_owned(),
    }
}

fn section(id: &str, title: &str, blocks: Vec<Block>) -> Section {
    Section {
        id: id.to_owned(),
        title: title.to_owned(),
        annex: id.starts_with("annex"),
        landscape: false,
        screen: false,
        blocks,
    }
}

fn chapters(problems: usize) -> Vec<Section> {
    let long = "本单位按照年度自查工作安排，由保密工作机构牵头，逐项对照检查内容，对收文、借阅、复制、销毁、计算机和移动存储介质等台账进行了核对，对发现的问题登记在案并明确了责任部门和整改时限。";
    let heading = |level, id: &str, text: &str| Block::Heading {
        level,
        id: id.to_owned(),
        text: text.to_owned(),
    };
    let figures = Table {
        id: "figures".to_owned(),
        caption: "基本情况".to_owned(),
        columns: vec![
            column("项目", 6, Align::Start),
            column("数量", 2, Align::End),
            column("来源", 8, Align::Start),
        ],
        rows: (0..8)
            .map(|n| Row {
                cells: vec![
                    "涉密人员".to_owned(),
                    n.to_string(),
                    HOSTILE[n % 5].to_owned(),
                ],
                tags: Tags::default(),
            })
            .collect(),
        empty: String::new(),
        interactive: false,
        most: MAX_ROWS,
        rest: "自查报告.html".to_owned(),
        left_out: 0,
    };
    let mut issues = vec![heading(2, "h-issues", "（一）按检查项目")];
    issues.extend((1..=problems).map(|n| Block::Problem {
        problem: Box::new(problem(n)),
    }));
    vec![
        section(
            "open",
            "",
            vec![paragraph(&format!("{long}现将有关情况报告如下。"))],
        ),
        section(
            "c1",
            "一、自查工作组织开展情况",
            vec![
                paragraph(&long.repeat(3)),
                heading(2, "h-lead", "（一）组织领导"),
                paragraph(long),
                heading(3, "h-1", "1. 责任落实"),
                paragraph(HOSTILE[0]),
                heading(4, "h-1-1", "（1）分工"),
                Block::List {
                    ordered: true,
                    items: vec![vec![plain(long)], vec![plain(HOSTILE[1])]],
                },
            ],
        ),
        section("c2", "二、基本情况", vec![Block::Table { table: figures }]),
        section(
            "c3",
            "三、逐项检查情况",
            vec![
                Block::Chart { chart: chart() },
                Block::Notice {
                    title: "以下内容没有检查，不能视为合格".to_owned(),
                    lines: vec![
                        "现场检查项 12 项没有填写答复。".to_owned(),
                        "未提供的台账：3 种。".to_owned(),
                    ],
                },
            ],
        ),
        section(
            "c4",
            "四、自评得分与等次",
            vec![
                paragraph("喆镕堃祎玥昇翀赟旻䶮𠮷"),
                paragraph(&"A1".repeat(2500)),
            ],
        ),
        section("c5", "五、发现的主要问题及原因", issues),
        section(
            "c6",
            "六、整改措施与时限",
            vec![Block::Paragraph {
                spans: vec![Span {
                    text: "见基本情况".to_owned(),
                    strong: true,
                    link: Some("#figures".to_owned()),
                }],
            }],
        ),
        section("c7", "七、奖惩建议", vec![paragraph("外来\u{202E}字符😀")]),
        section(
            "c8",
            "八、下一步打算",
            vec![
                paragraph(long),
                Block::Signatures {
                    roles: vec!["检查组组长".to_owned(), "分管领导".to_owned()],
                },
            ],
        ),
    ]
}

fn document(stem: &str, official: bool, sections: Vec<Section>) -> Document {
    Document {
        stem: stem.to_owned(),
        title: if official {
            "关于报送2026年度保密自查自评情况的报告".to_owned()
        } else {
            format!("云岭市测绘档案中心{stem}")
        },
        landscape: !official,
        official,
        sections,
        leaflets: false,
        annexes: if official {
            vec![
                "评分表".to_owned(),
                "整改清单".to_owned(),
                "奖惩汇总".to_owned(),
            ]
        } else {
            Vec::new()
        },
    }
}

/// A view with `problems` groups in the report and `rows` rows in the list.
fn view(problems: usize, rows: usize) -> View {
    let mut report = chapters(problems);
    report.push(Section {
        landscape: true,
        ..section(
            "annex-2",
            "附件 2　整改清单",
            vec![Block::Table {
                table: table("t-annex", 5),
            }],
        )
    });
    let list = vec![
        section(
            "new",
            "一、新增问题",
            vec![Block::Table {
                table: table("t-new", rows),
            }],
        ),
        section(
            "done",
            "二、已办结销号",
            vec![Block::Table {
                table: table("t-done", 0),
            }],
        ),
    ];
    let summary = vec![section(
        "all",
        "",
        vec![Block::Table {
            table: table("t-all", 2),
        }],
    )];
    View {
        unit: "云岭市测绘档案中心".to_owned(),
        tool: "zicha 0.1.0".to_owned(),
        date: "2026年9月28日".to_owned(),
        as_of: "2026-09-28".to_owned(),
        year: 2026,
        festival_only: false,
        redacted: false,
        letterhead: Letterhead {
            issuer: "云岭市测绘档案中心文件".to_owned(),
            kind: "报告".to_owned(),
            number: Some("云测档〔2026〕18号".to_owned()),
            signer: Some("祎赟旻".to_owned()),
            copy_number: Some("000001".to_owned()),
            marking: Some("秘密★1年".to_owned()),
            marking_notice: None,
            urgency: Some("加急".to_owned()),
            addressee: Some("云岭市国家保密局".to_owned()),
            contact: Some("联系人：某某，电话：0000-1234567".to_owned()),
            copies: Some("云岭市人民政府办公室".to_owned()),
            printer: Some("云岭市测绘档案中心办公室".to_owned()),
            copies_printed: Some("8".to_owned()),
        },
        facts: vec![
            Fact {
                label: "检查基准日".to_owned(),
                value: "2026年9月28日".to_owned(),
            },
            Fact {
                label: "检查期间".to_owned(),
                value: "2026年1月1日至12月31日".to_owned(),
            },
        ],
        overview: overview(),
        report: document("自查报告", true, report),
        working_paper: document(
            "自查工作底稿",
            false,
            vec![section("w", "一、底稿", vec![paragraph("底稿")])],
        ),
        festival: Vec::new(),
        list: document("整改清单", false, list),
        summary: document("奖惩汇总", false, summary),
        yearly: None,
        leaflets: Vec::new(),
        notices: notices(),
        form: None,
        questions: Vec::new(),
        sheets: Vec::new(),
        due: Default::default(),
    }
}

/// Two leaflets.
fn notices() -> Document {
    let leaflet = |id: &str, department: &str| {
        let blocks = vec![
            paragraph(&format!("{department}：")),
            Block::Table {
                table: table(&format!("t-{id}"), 3),
            },
            Block::Signatures {
                roles: vec!["接收人".to_owned()],
            },
        ];
        section(id, &format!("整改通知单（{department}）"), blocks)
    };
    Document {
        landscape: false,
        leaflets: true,
        ..document(
            "整改通知单",
            false,
            vec![leaflet("d1", "办公室"), leaflet("d2", "业务一处")],
        )
    }
}

fn overview() -> Overview {
    Overview {
        summary: String::new(),
        grade: String::new(),
        score: String::new(),
        percent: String::new(),
        verdicts: Vec::new(),
        severities: Vec::new(),
        worst: Vec::new(),
        problems: 0,
        overdue: 0,
        late: Vec::new(),
        late_groups: 0,
        gaps: Vec::new(),
        unchecked: Vec::new(),
        advice: Vec::new(),
        assumed: Vec::new(),
        follow_up: String::new(),
        chart: chart(),
        departments: None,
        trend: None,
        history: None,
        caution: String::new(),
    }
}

/// The documents with built-in faces, or `None` where the build has none: then rendering must say so.
fn rendered(view: &View) -> Option<Rendered> {
    match render(view, Fonts::Embedded) {
        Ok(rendered) => Some(rendered),
        Err(diagnostic) => {
            assert_eq!(diagnostic.code, "pdf-no-fonts");
            assert!(!possible(Fonts::Embedded));
            eprintln!("skipped: no faces built in, run scripts/fetch-fonts.py");
            None
        }
    }
}

/// Writes the documents where poppler can read them.
fn saved(rendered: &Rendered, name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).expect("a folder");
    for (file, bytes) in &rendered.files {
        fs::write(folder.join(file), bytes).expect("written");
    }
    folder
}

#[test]
fn all_papers_are_typeset_and_every_run_gives_the_same_bytes() {
    let view = view(3, 40);
    let Some(first) = rendered(&view) else { return };
    let names: Vec<_> = first.files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "自查工作底稿.pdf",
            "整改清单.pdf",
            "奖惩汇总.pdf",
            "自查报告.pdf"
        ],
        "{:?}",
        first.diagnostics
    );
    saved(&first, "pdf-small");
    let second = rendered(&view).expect("as before");
    assert!(first.files == second.files, "bytes differ");
    assert_eq!(first.faces, second.faces);
    assert!(first.faces.iter().all(|face| face.sha256.len() == 64));
    for (_, bytes) in &first.files {
        let text = String::from_utf8_lossy(bytes);
        assert!(
            text.contains("<pdfaid:part>2</pdfaid:part>")
                && text.contains("<pdfuaid:part>1</pdfuaid:part>")
        );
    }
}

/// A number that pdftotext wrote as an attribute, such as `yMin="104.9"`.
fn attribute(line: &str, name: &str) -> Option<f64> {
    let from = line.find(&format!("{name}=\""))? + name.len() + 2;
    let rest = &line[from..];
    rest[..rest.find('"')?].parse().ok()
}

#[test]
fn the_page_has_22_lines_of_28_characters_in_156_by_225_mm() {
    let mut view = view(0, 0);
    view.report.sections = vec![section("open", "", vec![paragraph(&"密".repeat(3000))])];
    let Some(rendered) = rendered(&view) else {
        return;
    };
    let file = saved(&rendered, "pdf-grid").join("自查报告.pdf");
    let Some(layout) = poppler("pdftotext", &["-bbox", "-f", "3", "-l", "3"], &file) else {
        return;
    };
    let lines: Vec<_> = layout.lines().filter(|l| l.contains("密密密")).collect();
    assert_eq!(lines.len(), 22);
    let mm = 72.0 / 25.4;
    let tops: Vec<_> = lines.iter().filter_map(|l| attribute(l, "yMin")).collect();
    for pair in tops.windows(2) {
        let pitch = pair[1] - pair[0];
        assert!(
            (pitch - 225.0 / 22.0 * mm).abs() < 0.1,
            "line pitch {pitch} pt"
        );
    }
    for line in lines {
        assert_eq!(line.matches('密').count(), 28);
        let (left, right) = (attribute(line, "xMin"), attribute(line, "xMax"));
        assert!(
            left.is_some_and(|x| (x - 28.0 * mm).abs() < 0.5),
            "left edge {left:?}"
        );
        assert!(
            right.is_some_and(|x| (x - 184.0 * mm).abs() < 1.0),
            "right edge {right:?}"
        );
    }
}

#[test]
fn hostile_text_stands_as_typed_and_rare_names_print() {
    let Some(rendered) = rendered(&view(1, 1)) else {
        return;
    };
    let codes: Vec<_> = rendered.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, ["pdf-missing-glyph"], "the emoji is told");
    let file = saved(&rendered, "pdf-hostile").join("自查报告.pdf");
    let Some(text) = poppler("pdftotext", &["-raw"], &file) else {
        return;
    };
    let text: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{200B}')
        .collect();
    for hostile in HOSTILE {
        let hostile: String = hostile.split_whitespace().collect();
        assert!(text.contains(&hostile), "{hostile} is not in the text");
    }
    assert!(text.contains("喆镕堃祎玥昇翀赟旻䶮𠮷"));
    assert!(text.contains("外来字符[U+1F600]"));
    let order = [
        "一、自查工作",
        "二、基本情况",
        "八、下一步打算",
        "附件2整改清单",
    ];
    let body = text
        .split("现将有关情况报告如下")
        .nth(1)
        .unwrap_or_default();
    let places: Vec<_> = order.iter().filter_map(|title| body.rfind(title)).collect();
    assert!(
        places.len() == 4 && places.is_sorted(),
        "chapters out of order: {places:?}"
    );
}

#[test]
fn nothing_overflows_the_page_and_every_face_is_embedded() {
    let Some(rendered) = rendered(&view(1, 3)) else {
        return;
    };
    let folder = saved(&rendered, "pdf-edges");
    let file = folder.join("自查报告.pdf");
    let Some(layout) = poppler("pdftotext", &["-bbox"], &file) else {
        return;
    };
    let mut edge = 0.0;
    for line in layout.lines() {
        if line.contains("<page ") {
            edge = attribute(line, "width").unwrap_or_default();
        } else if let Some(right) = attribute(line, "xMax") {
            assert!(right < edge - 25.0, "{line} runs off the page");
        }
    }
    let Ok(fonts) = Command::new("pdffonts").arg(&file).output() else {
        return;
    };
    let fonts = String::from_utf8_lossy(&fonts.stdout).into_owned();
    assert!(fonts.lines().skip(2).count() >= 3);
    assert!(
        fonts
            .lines()
            .skip(2)
            .all(|line| line.contains("yes yes yes")),
        "{fonts}"
    );
}

#[test]
fn a_long_list_is_capped_and_says_so() {
    let Some(rendered) = rendered(&view(0, MAX_ROWS + 5)) else {
        return;
    };
    let file = saved(&rendered, "pdf-long").join("整改清单.pdf");
    let Some(text) = poppler("pdftotext", &["-raw"], &file) else {
        return;
    };
    let text: String = text.split_whitespace().collect();
    assert!(text.contains("本表只印前1500行，另有5行未印"));
}

#[test]
fn a_table_meant_to_be_short_on_paper_names_the_page() {
    let mut view = view(0, 0);
    let table = Table {
        most: 3,
        rest: "results.json".to_owned(),
        ..table("t-short", 8)
    };
    view.report.sections = vec![section("open", "一、表", vec![Block::Table { table }])];
    let Some(rendered) = rendered(&view) else {
        return;
    };
    let file = saved(&rendered, "pdf-short").join("自查报告.pdf");
    let Some(text) = poppler("pdftotext", &["-raw"], &file) else {
        return;
    };
    let text: String = text.split_whitespace().collect();
    assert!(
        text.contains("本表只印前3行，另有5行未印，全部内容见自查报告.html和results.json"),
        "{text}"
    );
}

/// Words of a page with their left, upper, right and lower edges in millimetres.
fn words(file: &Path, page: &str) -> Option<Vec<(String, [f64; 4])>> {
    let layout = poppler("pdftotext", &["-bbox", "-f", page, "-l", page], file)?;
    let words = layout.lines().filter_map(|line| {
        let text = line.split_once("\">")?.1.strip_suffix("</word>")?;
        let edge = |name| attribute(line, name).map(|points| points * 25.4 / 72.0);
        let edges = [edge("xMin")?, edge("yMin")?, edge("xMax")?, edge("yMax")?];
        Some((text.to_owned(), edges))
    });
    Some(words.collect())
}

#[test]
fn page_numbers_stand_outside_seven_millimetres_below_the_text() {
    let mut view = view(0, 3);
    view.report.sections = vec![section("open", "", vec![paragraph(&"密".repeat(3000))])];
    let Some(rendered) = rendered(&view) else {
        return;
    };
    let folder = saved(&rendered, "pdf-folio");
    // Portrait: block from 28 to 184 mm, its lower edge at 262 mm, one character is 5.57 mm.
    for (page, odd) in [("3", true), ("4", false)] {
        let Some(words) = words(&folder.join("自查报告.pdf"), page) else {
            return;
        };
        let number: Vec<_> = words.iter().filter(|(_, e)| e[1] > 262.0).collect();
        let text: String = number.iter().map(|(word, _)| word.as_str()).collect();
        assert_eq!(text, format!("—{page}—"));
        let left = number.iter().map(|(_, e)| e[0]).fold(f64::MAX, f64::min);
        let right = number.iter().map(|(_, e)| e[2]).fold(0.0, f64::max);
        let (found, wanted) = if odd {
            (right, 184.0 - 156.0 / 28.0)
        } else {
            (left, 28.0 + 156.0 / 28.0)
        };
        assert!((found - wanted).abs() < 1.0, "page {page}: {found} mm");
        let middle = (number[0].1[1] + number[0].1[3]) / 2.0;
        assert!((middle - 269.0).abs() < 1.5, "page {page}: {middle} mm");
    }
    // Landscape: 297 mm wide, margins of 14 mm.
    let Some(words) = words(&folder.join("整改清单.pdf"), "1") else {
        return;
    };
    let right = words
        .iter()
        .filter(|(_, e)| e[1] > 188.0)
        .map(|(_, e)| e[2]);
    let right = right.fold(0.0, f64::max);
    assert!((right - (283.0 - 156.0 / 28.0)).abs() < 1.0, "{right} mm");
}

#[test]
fn leaflets_start_on_pages_of_their_own() {
    let view = view(0, 0);
    let rendered = zicha_report::pdf::documents(&view.frame(), &[&view.notices], Fonts::Embedded);
    let Ok(rendered) = rendered else { return };
    let file = saved(&rendered, "pdf-leaflets").join("整改通知单.pdf");
    let Some(text) = poppler("pdftotext", &["-raw"], &file) else {
        return;
    };
    let pages: Vec<String> = text
        .split('\u{c}')
        .map(|page| page.split_whitespace().collect())
        .collect();
    for department in ["办公室", "业务一处"] {
        let title = format!("整改通知单（{department}）");
        let page = pages.iter().find(|page| page.contains(&title));
        let page = page.expect("a page for the department");
        assert!(page.starts_with(&format!("秘密★1年{title}")), "{page}");
    }
}
