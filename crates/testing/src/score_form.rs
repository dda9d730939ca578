//! A score table of 59 items as a bureau hands it out, as a Word file and as a workbook: groups merged over
//! the width, an item on two lines, heavier deductions without points, an item that decides alone, lines to
//! be filled in. Structure and points of the published parts, words of our own.

use rust_xlsxwriter::{Format, FormatBorder, Workbook, Worksheet, XlsxError};
use std::io::{Cursor, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

/// The items, one a line: `G|group|points`, `I|points|text|method`, `H|group`, `W|text|method`, `V|text|method`.
const ITEMS: &str = include_str!("../data/score-form-59.txt");

/// The line about grades at the end.
pub const GRADES: &str = "得分率90%以上为符合要求，80%—89%为基本符合要求，80%以下为不符合要求。";

/// A row of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormRow {
    /// A group and its points.
    Group(String),
    /// Number, text, points, method.
    Item([String; 4]),
}

/// The rows of the form in order.
pub fn rows() -> Vec<FormRow> {
    let mut number = 0;
    let mut item = |points: &str, text: &str, method: &str| {
        number += 1;
        FormRow::Item([
            number.to_string(),
            text.into(),
            points.into(),
            method.into(),
        ])
    };
    let lines = ITEMS
        .lines()
        .map(|line| line.split('|').collect::<Vec<_>>());
    lines
        .map(|parts| match parts.as_slice() {
            ["G", title, points] => FormRow::Group(format!("{title}（{points}分）")),
            ["H", title] => FormRow::Group((*title).to_owned()),
            ["I", points, text, method] => item(points, text, method),
            [_, text, method] => item("", text, method),
            other => panic!("a line of the form: {other:?}"),
        })
        .collect()
}

/// The Word file: 序号, 自查内容, 分值, 实有项目, 评分方法, 得分.
pub fn docx() -> Vec<u8> {
    let mut body = String::new();
    body.push_str(&paragraph("机关、单位保密自查自评标准"));
    body.push_str("<w:tbl><w:tblPr><w:tblW w:w=\"9000\" w:type=\"dxa\"/></w:tblPr><w:tblGrid>");
    for width in [600, 3600, 700, 900, 2500, 700] {
        body.push_str(&format!("<w:gridCol w:w=\"{width}\"/>"));
    }
    body.push_str("</w:tblGrid>");
    let heads = ["序号", "自查内容", "分值", "实有项目", "评分方法", "得分"];
    body.push_str(&row(&heads.map(|text| cell(text, ""))));
    for line in rows() {
        match line {
            FormRow::Group(title) => {
                body.push_str(&row(&[cell(&title, "<w:gridSpan w:val=\"6\"/>")]))
            }
            FormRow::Item([number, text, points, method]) if number == "1" => {
                let (first, second) = method.split_at(method.find('；').unwrap_or(0));
                let down = "<w:vMerge w:val=\"restart\"/>";
                let on = "<w:vMerge/>";
                body.push_str(&row(&[
                    cell(&number, down),
                    cell(&text, down),
                    cell(&points, down),
                    cell("", down),
                    cell(first, ""),
                    cell("", down),
                ]));
                let second = second.trim_start_matches('；');
                body.push_str(&row(&[
                    cell("", on),
                    cell("", on),
                    cell("", on),
                    cell("", on),
                    cell(second, ""),
                    cell("", on),
                ]));
            }
            FormRow::Item([number, text, points, method]) => {
                let cells = [number, text, points, String::new(), method, String::new()];
                body.push_str(&row(&cells.map(|text| cell(&text, ""))));
            }
        }
    }
    let wide = |count: u32| format!("<w:gridSpan w:val=\"{count}\"/>");
    for (label, value) in [
        ("总分", "100"),
        ("实有项目总分值", ""),
        ("总得分", ""),
        ("得分率", ""),
    ] {
        body.push_str(&row(&[cell(label, &wide(2)), cell(value, &wide(4))]));
    }
    let boxes = "□符合要求　□基本符合要求　□不符合要求";
    body.push_str(&row(&[cell("考评结果", &wide(2)), cell(boxes, &wide(4))]));
    body.push_str("</w:tbl>");
    body.push_str(&paragraph(GRADES));
    body.push_str(&paragraph(
        "单位（盖章）：　　　　分管领导（签名）：　　　　时间：　年　月　日",
    ));
    package(&body)
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

fn row(cells: &[String]) -> String {
    format!("<w:tr>{}</w:tr>", cells.concat())
}

/// A cell; an empty one has a paragraph with the properties of its mark only, as Word leaves it.
fn cell(text: &str, properties: &str) -> String {
    let mark = "<w:pPr><w:jc w:val=\"center\"/><w:rPr><w:sz w:val=\"18\"/></w:rPr></w:pPr>";
    let run = match text {
        "" => String::new(),
        // Word cuts runs wherever somebody edited.
        text => text
            .char_indices()
            .map(|(at, _)| at)
            .step_by(7)
            .chain([text.len()])
            .collect::<Vec<_>>()
            .windows(2)
            .map(|pair| format!("<w:r><w:rPr><w:sz w:val=\"18\"/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>", &text[pair[0]..pair[1]]))
            .collect(),
    };
    format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"0\" w:type=\"auto\"/>{properties}</w:tcPr><w:p>{mark}{run}</w:p></w:tc>"
    )
}

fn package(body: &str) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}<w:sectPr/></w:body></w:document>"
    );
    let types = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let relations = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("[Content_Types].xml", types),
        ("_rels/.rels", relations),
        ("word/document.xml", &document),
    ] {
        archive
            .start_file(name, SimpleFileOptions::default())
            .expect("a part");
        archive.write_all(text.as_bytes()).expect("written");
    }
    archive.finish().expect("a package").into_inner()
}

/// The workbook: the same with a column 扣分情况, under a title, the total reckoned by a formula.
pub fn xlsx() -> Vec<u8> {
    let mut workbook = Workbook::new();
    write(workbook.add_worksheet()).expect("a form");
    workbook.save_to_buffer().expect("a workbook")
}

fn write(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let cell = Format::new().set_border(FormatBorder::Thin).set_text_wrap();
    sheet.set_name("自评标准")?;
    sheet.merge_range(0, 0, 0, 6, "机关、单位保密自查自评标准", &cell)?;
    let heads = [
        "序号",
        "自查内容",
        "分值",
        "实有项目",
        "评分方法",
        "扣分情况",
        "得分",
    ];
    for (head, at) in heads.iter().zip(0..) {
        sheet.write_string_with_format(1, at, *head, &cell)?;
    }
    let mut row = 2;
    for line in rows() {
        match line {
            FormRow::Group(title) => {
                sheet.merge_range(row, 0, row, 6, &title, &cell)?;
            }
            FormRow::Item(texts) => {
                for (text, at) in texts.iter().zip([0, 1, 2, 4]) {
                    match text.parse::<f64>() {
                        Ok(number) => sheet.write_number_with_format(row, at, number, &cell)?,
                        Err(_) => sheet.write_string_with_format(row, at, text, &cell)?,
                    };
                }
                for at in [3, 5, 6] {
                    sheet.write_blank(row, at, &cell)?;
                }
            }
        }
        row += 1;
    }
    for (label, value) in [
        ("总分", "100"),
        ("实有项目总分值", ""),
        ("总得分", ""),
        ("得分率", ""),
    ] {
        sheet.merge_range(row, 0, row, 1, label, &cell)?;
        sheet.merge_range(row, 2, row, 6, "", &cell)?;
        if let Ok(number) = value.parse::<f64>() {
            sheet.write_number_with_format(row, 2, number, &cell)?;
        }
        row += 1;
    }
    sheet.merge_range(row, 0, row, 1, "考评结果", &cell)?;
    sheet.merge_range(
        row,
        2,
        row,
        6,
        "□符合要求　□基本符合要求　□不符合要求",
        &cell,
    )?;
    sheet.merge_range(row + 1, 0, row + 1, 6, GRADES, &cell)?;
    Ok(())
}
