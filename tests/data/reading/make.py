"""Writes the workbooks beside this file with writers other than our own (xlwt, openpyxl, xlsxwriter).

All three hold the same table, so that one test reads them all. Run only to change them:
    pip install xlwt openpyxl xlsxwriter && python3 make.py
"""

import datetime as dt
from pathlib import Path

import openpyxl
import xlsxwriter
import xlwt

HERE = Path(__file__).parent
HEADINGS = ["编号", "收文日期", "登记时间", "份数", "是否归档", "备注"]
ROWS = [
    ["甲〔2026〕1号", dt.date(2026, 3, 5), dt.datetime(2026, 3, 5, 14, 30), 3, True, "第一行\n第二行"],
    ["甲〔2026〕2号", dt.date(2026, 3, 6), dt.datetime(2026, 3, 6, 8, 5), 0.1, False, None],
]


def write_xlwt():
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("收文")
    sheet.write_merge(0, 0, 0, 5, "收文登记")
    date = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    time = xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm")
    for column, heading in enumerate(HEADINGS):
        sheet.write(1, column, heading)
    for row, record in enumerate(ROWS, 2):
        for column, value in enumerate(record):
            style = {1: date, 2: time}.get(column)
            if value is not None:
                sheet.write(row, column, value, *([style] if style else []))
    sheet.row(3).hidden = True
    sheet.col(5).hidden = True
    book.add_sheet("隐藏").visibility = 1
    book.save(HERE / "xlwt.xls")


def write_openpyxl():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "收文"
    sheet.append(["收文登记"])
    sheet.merge_cells("A1:F1")
    sheet.append(HEADINGS)
    for record in ROWS:
        sheet.append(record)
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["F"].hidden = True
    book.create_sheet("隐藏").sheet_state = "hidden"
    book.save(HERE / "openpyxl.xlsx")


def write_xlsxwriter():
    book = xlsxwriter.Workbook(HERE / "xlsxwriter-1904.xlsx", {"date_1904": True})
    book.set_properties({"created": dt.datetime(2026, 1, 1)})
    sheet = book.add_worksheet("收文")
    sheet.merge_range("A1:F1", "收文登记")
    date = book.add_format({"num_format": "yyyy\"年\"m\"月\"d\"日\""})
    time = book.add_format({"num_format": "yyyy/m/d h:mm"})
    sheet.write_row(1, 0, HEADINGS)
    for row, record in enumerate(ROWS, 2):
        for column, value in enumerate(record):
            style = {1: date, 2: time}.get(column)
            if value is not None:
                sheet.write(row, column, value, style)
    sheet.set_row(3, options={"hidden": True})
    sheet.set_column(5, 5, options={"hidden": True})
    book.add_worksheet("隐藏").hide()
    book.close()


if __name__ == "__main__":
    write_xlwt()
    write_openpyxl()
    write_xlsxwriter()
