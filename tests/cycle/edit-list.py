"""Edits 整改清单.xlsx with openpyxl as a person would in an office program.

    python3 edit-list.py LIST.xlsx < EDITS.json

EDITS is what the person does: {"sheet": name, "sort": heading, "insert": [before, heading],
"rename": {from: to}, "fill": {fingerprint: {heading: text}}, "add": [sheet, {heading: text}]}.
Dates such as 2026-10-12 are entered as dates, everything else as text.
"""

import datetime as dt
import json
import re
import sys

import openpyxl
from openpyxl.styles import Font, PatternFill

HEADING = 2


def entered(text):
    return dt.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else text


class List:
    """A sheet of the list; columns are found by their headings, as a person finds them."""

    def __init__(self, sheet):
        self.sheet = sheet
        sheet.protection.disable()

    def column(self, heading):
        found = [c.column for c in self.sheet[HEADING] if c.value == heading]
        assert found, f"no column {heading}"
        return found[0]

    def last(self):
        rows = range(HEADING + 1, self.sheet.max_row + 1)
        used = [r for r in rows if any(c.value not in (None, "") for c in self.sheet[r])]
        return max(used, default=HEADING)

    def row(self, fingerprint):
        column = self.column("识别号")
        rows = range(HEADING + 1, self.last() + 1)
        return next(r for r in rows if self.sheet.cell(r, column).value == fingerprint)

    def sort(self, heading):
        """Whole rows, largest first, as sorting in an office program moves them."""
        at = self.column(heading) - 1
        rows = [[c.value for c in self.sheet[r]] for r in range(HEADING + 1, self.last() + 1)]
        rows.sort(key=lambda row: str(row[at]), reverse=True)
        for number, row in enumerate(rows, HEADING + 1):
            for column, value in enumerate(row, 1):
                self.sheet.cell(number, column).value = value

    def insert(self, before, heading):
        at = self.column(before)
        self.sheet.insert_cols(at)
        self.sheet.cell(HEADING, at).value = heading
        self.sheet.cell(HEADING, at).font = Font(bold=True, color="FF0000")

    def write(self, row, cells):
        for heading, text in cells.items():
            cell = self.sheet.cell(row, self.column(heading))
            cell.value = entered(text)
            cell.fill = PatternFill("solid", fgColor="FFF2CC")


def edit(path, edits):
    book = openpyxl.load_workbook(path)
    mine = List(book[edits["sheet"]])
    mine.sort(edits["sort"])
    mine.insert(*edits["insert"])
    for before, after in edits["rename"].items():
        mine.sheet.cell(HEADING, mine.column(before)).value = after
    for fingerprint, cells in edits["fill"].items():
        mine.write(mine.row(fingerprint), cells)
    name, cells = edits["add"]
    own = List(book[name])
    own.write(own.last() + 1, cells)
    mine.sheet.column_dimensions["D"].width = 40
    book.move_sheet(name, -2)
    book.save(path)


if __name__ == "__main__":
    edit(sys.argv[1], json.load(sys.stdin))
