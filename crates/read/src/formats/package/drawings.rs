//! Pictures that lie over the cells of a sheet: each counts for the cell under its middle.

use crate::formats::package::attributes::attribute;
use crate::formats::package::facts::Package;
use quick_xml::events::BytesStart;

/// Pictures of one drawing that are noted.
const MOST: usize = 100_000;
/// Units of a drawing in a row and in a column of usual size.
const ROW: f64 = 190_500.0;
const COLUMN: f64 = 609_600.0;

/// The walk over one drawing part.
#[derive(Default)]
pub(super) struct Drawing {
    anchors: Vec<(u32, u32)>,
    /// Column, offset in it, row, offset in it: of both corners.
    corners: [[f64; 4]; 2],
    corner: usize,
    field: Option<usize>,
    picture: bool,
}

impl Drawing {
    /// An element begins.
    pub(super) fn open(&mut self, local: &str) {
        match local {
            "twoCellAnchor" | "oneCellAnchor" => {
                *self = Self::with(std::mem::take(&mut self.anchors))
            }
            "from" => self.corner = 0,
            "to" => self.corner = 1,
            "pic" => self.picture = true,
            _ => {}
        }
        let fields = ["col", "colOff", "row", "rowOff"];
        self.field = fields.iter().position(|field| *field == local);
    }

    fn with(anchors: Vec<(u32, u32)>) -> Self {
        let corners = [[0.0; 4], [-1.0; 4]];
        Self {
            anchors,
            corners,
            ..Self::default()
        }
    }

    /// Text within an element.
    pub(super) fn text(&mut self, text: &str) {
        if let (Some(field), Ok(value)) = (self.field, text.trim().parse()) {
            self.corners[self.corner][field] = value;
        }
    }

    /// An element ends.
    pub(super) fn close(&mut self, local: &str) {
        self.field = None;
        if !matches!(local, "twoCellAnchor" | "oneCellAnchor") || !self.picture {
            return;
        }
        let [from, to] = self.corners;
        let to = if to[0] < 0.0 { from } else { to };
        let middle = |at: usize, unit: f64| {
            let part = |corner: [f64; 4]| corner[at] + (corner[at + 1] / unit).clamp(0.0, 0.99);
            f64::midpoint(part(from), part(to)).clamp(0.0, 1_048_575.0) as u32
        };
        if self.anchors.len() < MOST {
            self.anchors.push((middle(2, ROW) + 1, middle(0, COLUMN)));
        }
    }

    /// Leaves the anchors in the package.
    pub(super) fn finish(self, name: &str, package: &mut Package) {
        if !self.anchors.is_empty() {
            package.anchors.insert(name.to_owned(), self.anchors);
        }
    }
}

/// Notes the drawing and the comments that the relationships of a sheet lead to.
pub(super) fn link(tag: &BytesStart<'_>, name: &str, package: &mut Package) {
    let kind = attribute(tag, "Type").unwrap_or_default();
    let links = match kind.rsplit('/').next() {
        Some("drawing") => &mut package.drawings,
        Some("comments") => &mut package.comment_parts,
        _ => return,
    };
    let Some(target) = attribute(tag, "Target") else {
        return;
    };
    let Some((folder, sheet)) = name.split_once("/_rels/") else {
        return;
    };
    let sheet = format!("{folder}/{}", sheet.trim_end_matches(".rels"));
    let target = target.to_ascii_lowercase();
    let part = match (target.strip_prefix("../"), target.strip_prefix('/')) {
        (Some(rest), _) => format!("xl/{rest}"),
        (None, Some(whole)) => whole.to_owned(),
        (None, None) => format!("{folder}/{target}"),
    };
    links.insert(sheet, part);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_counts_for_the_cell_under_its_middle() {
        let mut drawing = Drawing::default();
        let field = |drawing: &mut Drawing, name: &str, value: &str| {
            drawing.open(name);
            drawing.text(value);
            drawing.close(name);
        };
        drawing.open("twoCellAnchor");
        for (corner, values) in [
            ("from", ["12", "100", "2", "150000"]),
            ("to", ["12", "500000", "3", "160000"]),
        ] {
            drawing.open(corner);
            for (name, value) in ["col", "colOff", "row", "rowOff"].into_iter().zip(values) {
                field(&mut drawing, name, value);
            }
            drawing.close(corner);
        }
        drawing.open("pic");
        drawing.close("twoCellAnchor");
        let mut package = Package::default();
        drawing.finish("d", &mut package);
        assert_eq!(package.anchors["d"], [(4, 12)]);
    }
}
