//! The parts of the package that are the same for every paper, and its core properties.

use super::xml::escaped;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// `[Content_Types].xml`.
pub(super) fn content_types() -> String {
    let parts = [
        ("document", "document.main"),
        ("styles", "styles"),
        ("settings", "settings"),
        ("footer1", "footer"),
        ("footer2", "footer"),
    ];
    let parts = parts.map(|(name, kind)| {
        format!("<Override PartName=\"/word/{name}.xml\" ContentType=\"{WORD}.{kind}+xml\"/>")
    });
    format!(
        "{DECLARATION}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>{}<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>",
        parts.concat()
    )
}

/// `_rels/.rels`.
pub(super) fn package_relations() -> String {
    format!(
        "{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/><Relationship Id=\"rId2\" Type=\"{PACKAGE}/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>"
    )
}

/// `word/_rels/document.xml.rels`.
pub(super) fn document_relations() -> String {
    let parts = [
        ("rId1", "styles", "styles"),
        ("rId2", "settings", "settings"),
        ("rId3", "footer", "footer1"),
        ("rId4", "footer", "footer2"),
    ];
    let parts = parts.map(|(id, kind, target)| {
        format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}.xml\"/>")
    });
    format!(
        "{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\">{}</Relationships>",
        parts.concat()
    )
}

/// `word/settings.xml`: footers differ on odd and even pages.
pub(super) fn settings() -> String {
    format!(
        "{DECLARATION}<w:settings xmlns:w=\"{MAIN}\"><w:evenAndOddHeaders/><w:characterSpacingControl w:val=\"doNotCompress\"/></w:settings>"
    )
}

/// `— 1 —`, right on odd pages and left on even ones, one character in.
pub(super) fn footer(odd: bool) -> String {
    let place = match odd {
        true => {
            "<w:ind w:right=\"280\" w:firstLine=\"0\" w:firstLineChars=\"0\"/><w:jc w:val=\"right\"/>"
        }
        false => {
            "<w:ind w:left=\"280\" w:firstLine=\"0\" w:firstLineChars=\"0\"/><w:jc w:val=\"left\"/>"
        }
    };
    let run = |inner: &str| {
        format!(
            "<w:r><w:rPr><w:rFonts w:ascii=\"宋体\" w:hAnsi=\"宋体\" w:eastAsia=\"宋体\"/><w:sz w:val=\"28\"/></w:rPr>{inner}</w:r>"
        )
    };
    let number = [
        run("<w:t xml:space=\"preserve\">— </w:t>"),
        run("<w:fldChar w:fldCharType=\"begin\"/>"),
        run("<w:instrText xml:space=\"preserve\"> PAGE </w:instrText>"),
        run("<w:fldChar w:fldCharType=\"end\"/>"),
        run("<w:t xml:space=\"preserve\"> —</w:t>"),
    ];
    format!(
        "{DECLARATION}<w:ftr xmlns:w=\"{MAIN}\"><w:p><w:pPr>{place}</w:pPr>{}</w:p></w:ftr>",
        number.concat()
    )
}

/// `docProps/core.xml`, without times.
pub(super) fn core(title: &str, unit: &str) -> String {
    format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:creator>{}</dc:creator></cp:coreProperties>",
        escaped(title),
        escaped(unit)
    )
}

/// Id, name, face, half points, and further paragraph properties of a style.
type Style = (&'static str, &'static str, &'static str, u8, &'static str);

const STYLES: [Style; 9] = [
    (
        "Title",
        "Title",
        "方正小标宋_GBK",
        44,
        "<w:spacing w:before=\"580\" w:after=\"580\" w:line=\"720\" w:lineRule=\"exact\"/><w:ind w:firstLine=\"0\" w:firstLineChars=\"0\"/><w:jc w:val=\"center\"/>",
    ),
    (
        "FormTitle",
        "表名",
        "方正小标宋_GBK",
        36,
        "<w:spacing w:before=\"120\" w:after=\"120\" w:line=\"520\" w:lineRule=\"exact\"/><w:ind w:firstLine=\"0\" w:firstLineChars=\"0\"/><w:jc w:val=\"center\"/>",
    ),
    (
        "Heading1",
        "heading 1",
        "黑体",
        32,
        "<w:keepNext/><w:outlineLvl w:val=\"0\"/>",
    ),
    (
        "Heading2",
        "heading 2",
        "楷体_GB2312",
        32,
        "<w:keepNext/><w:outlineLvl w:val=\"1\"/>",
    ),
    (
        "Heading3",
        "heading 3",
        "仿宋_GB2312",
        32,
        "<w:keepNext/><w:outlineLvl w:val=\"2\"/>",
    ),
    (
        "Heading4",
        "heading 4",
        "仿宋_GB2312",
        32,
        "<w:keepNext/><w:outlineLvl w:val=\"3\"/>",
    ),
    (
        "RedHead",
        "红头",
        "方正小标宋_GBK",
        72,
        "<w:spacing w:before=\"1200\" w:after=\"900\" w:line=\"1000\" w:lineRule=\"exact\"/><w:ind w:firstLine=\"0\" w:firstLineChars=\"0\"/><w:jc w:val=\"center\"/>",
    ),
    (
        "Caption",
        "caption",
        "黑体",
        24,
        "<w:keepNext/><w:ind w:firstLine=\"0\" w:firstLineChars=\"0\"/><w:jc w:val=\"center\"/>",
    ),
    (
        "TableText",
        "表格",
        "仿宋_GB2312",
        21,
        "<w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"300\" w:lineRule=\"exact\"/><w:ind w:firstLine=\"0\" w:firstLineChars=\"0\"/>",
    ),
];

/// `word/styles.xml`.
pub(super) fn styles() -> String {
    let styles = STYLES.map(|(id, name, face, size, more)| {
        let colour = match id {
            "RedHead" => "<w:color w:val=\"D7000F\"/>",
            _ => "",
        };
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr>{more}</w:pPr><w:rPr>{}{colour}<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr></w:style>",
            face_of(face)
        )
    });
    let edges = ["top", "left", "bottom", "right", "insideH", "insideV"].map(|edge| {
        format!("<w:{edge} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>")
    });
    format!(
        "{DECLARATION}<w:styles xmlns:w=\"{MAIN}\"><w:docDefaults><w:rPrDefault><w:rPr>{}<w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/><w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/><w:pPr><w:spacing w:line=\"580\" w:lineRule=\"exact\"/><w:ind w:firstLine=\"640\" w:firstLineChars=\"200\"/><w:jc w:val=\"both\"/></w:pPr></w:style><w:style w:type=\"table\" w:styleId=\"Grid\"><w:name w:val=\"Table Grid\"/><w:tblPr><w:tblBorders>{}</w:tblBorders></w:tblPr></w:style>{}</w:styles>",
        face_of("仿宋_GB2312"),
        edges.concat(),
        styles.concat()
    )
}

fn face_of(face: &str) -> String {
    format!(
        "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"{face}\" w:cs=\"Times New Roman\"/>"
    )
}
