"""Writes the workbooks of tests/fixtures/ with programs other than our own.

Two tables. The plain one (plain-*) tells formats apart cell by cell: dates, times, numbers, truth
values, a hidden sheet, row and column. The ledger (ledger.*) is a register as clerks keep it, with a
title over merged cells, a heading in the third row, 同上, a total and a note; every format has to
give the same typed rows. In serials-* workbooks count days from 1904 and the days are bare numbers;
locked-* ask for a password.

The files are committed, so that tests need none of this. To write them again:
    pip install openpyxl xlsxwriter xlwt msoffcrypto-tool PyYAML
    npm install --prefix DIR xlsx@0.18.5        (SheetJS: the one free writer of xlsb)
    LibreOffice 7 or later as `soffice`
    python3 scripts/make-fixtures.py DIR
Writers put the time of writing into their files: running this again changes bytes, not tables.
"""

import csv
import datetime as dt
import io
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import msoffcrypto
import openpyxl
import xlsxwriter
import xlwt
import yaml
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl.styles import Alignment, Font

HERE = Path(__file__).parent.parent / "tests" / "fixtures"

PLAIN_HEADINGS = ["编号", "收文日期", "登记时间", "份数", "是否归档", "备注"]
PLAIN_ROWS = [
    ["甲〔2026〕1号", dt.date(2026, 3, 5), dt.datetime(2026, 3, 5, 14, 30), 3, True, "第一行\n第二行"],
    ["甲〔2026〕2号", dt.date(2026, 3, 6), dt.datetime(2026, 3, 6, 8, 5), 0.1, False, None],
]

TITLE = "青石县机要服务中心2026年涉密文件收文登记簿"
SUBTITLE = "填报单位：青石县机要服务中心　　填报日期：2026年9月1日"
HEADINGS = [
    "登记号", "收文日期", "登记日期", "登记人", "来文单位", "文号", "文件标题", "密级", "份数",
    "知悉人员\n范围", "是否须清退", "清退期限（年月日）", "保管人", "备注",
]
ROWS = [
    ["收字〔2026〕1号", dt.date(2026, 3, 5), dt.date(2026, 3, 5), "赵明远", "云山市机要局", "云机发〔2026〕3号",
     "关于做好2026年机要交通工作的通知", "机密★5年", 2, "赵明远、钱立", True, dt.date(2026, 12, 20), "钱立", None],
    ["收字[2026]2号", "2026年3月9日", "〃", "同上", "云山市机要局", "云机发(2026)5号",
     "关于印发《保管办法（试行）》的通知", "秘密", "3份", "赵明远 钱立 孙 佳", "否", "/", "钱 立", "与1号同柜"],
    [None] * 14,
    ["收字〔２０２６〕３号", "26.4.1", "20260401", "孙佳", "松江区办公室", "松办〔2026〕11号",
     "季度情况通报", "内部", 1, "无", "×", None, "孙佳", "a\"b,c\n换行"],
    ["合计", None, None, None, None, None, None, None, 6, None, None, None, None, None],
    ["注：本簿每月末核对一次。"] + [None] * 13,
]
LENT_HEADINGS = ["登记号", "文件登记号", "借阅人", "批准人", "借出日期", "应还日期", "归还日期"]
LENT_ROWS = [
    ["借1", "收字〔2026〕1号", "钱立", "赵明远", dt.date(2026, 4, 2), dt.date(2026, 4, 9), dt.date(2026, 4, 8)],
    ["借2", "收字〔2026〕2号", None, "赵明远", dt.date(2026, 4, 2), dt.date(2026, 4, 9), None],
]


def write_plain_xlwt():
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("收文")
    sheet.write_merge(0, 0, 0, 5, "收文登记")
    date = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    time = xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm")
    for column, heading in enumerate(PLAIN_HEADINGS):
        sheet.write(1, column, heading)
    for row, record in enumerate(PLAIN_ROWS, 2):
        for column, value in enumerate(record):
            style = {1: date, 2: time}.get(column)
            if value is not None:
                sheet.write(row, column, value, *([style] if style else []))
    sheet.row(3).hidden = True
    sheet.col(5).hidden = True
    book.add_sheet("隐藏").visibility = 1
    book.save(HERE / "plain-xlwt.xls")


def write_plain_openpyxl():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "收文"
    sheet.append(["收文登记"])
    sheet.merge_cells("A1:F1")
    sheet.append(PLAIN_HEADINGS)
    for record in PLAIN_ROWS:
        sheet.append(record)
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["F"].hidden = True
    book.create_sheet("隐藏").sheet_state = "hidden"
    book.save(HERE / "plain-openpyxl.xlsx")


def write_plain_xlsxwriter():
    book = xlsxwriter.Workbook(HERE / "plain-xlsxwriter-1904.xlsx", {"date_1904": True})
    book.set_properties({"created": dt.datetime(2026, 1, 1)})
    sheet = book.add_worksheet("收文")
    sheet.merge_range("A1:F1", "收文登记")
    date = book.add_format({"num_format": "yyyy\"年\"m\"月\"d\"日\""})
    time = book.add_format({"num_format": "yyyy/m/d h:mm"})
    sheet.write_row(1, 0, PLAIN_HEADINGS)
    for row, record in enumerate(PLAIN_ROWS, 2):
        for column, value in enumerate(record):
            style = {1: date, 2: time}.get(column)
            if value is not None:
                sheet.write(row, column, value, style)
    sheet.set_row(3, options={"hidden": True})
    sheet.set_column(5, 5, options={"hidden": True})
    book.add_worksheet("隐藏").hide()
    book.close()


def ledger_rows():
    """All rows of the register's sheet, title included."""
    top = [[TITLE] + [None] * 13, [SUBTITLE] + [None] * 13]
    return top + [HEADINGS] + ROWS


def write_openpyxl(path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "收文2026"
    for row in ledger_rows():
        sheet.append(row)
    sheet.merge_cells("A1:N1")
    sheet.merge_cells("A2:N2")
    sheet["A1"].font = Font(size=18, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="center")
    for row in sheet.iter_rows(min_row=4, max_row=4):
        for cell in row:
            if isinstance(cell.value, dt.date):
                cell.number_format = "yyyy-mm-dd"
    lent = book.create_sheet("借阅")
    lent.append(["涉密文件借阅登记簿"])
    for row in [LENT_HEADINGS] + LENT_ROWS:
        lent.append(row)
    lent.merge_cells("C3:C4")
    for row in lent.iter_rows(min_row=3):
        for cell in row:
            if isinstance(cell.value, dt.date):
                cell.number_format = "yyyy/m/d"
    lent.sheet_state = "hidden"
    book.save(path)


def write_xlsxwriter(path):
    book = xlsxwriter.Workbook(path, {"date_1904": True})
    date = book.add_format({"num_format": 14})
    top = book.add_format({"bold": True, "align": "center"})
    sheet = book.add_worksheet("收文2026")
    for number, row in enumerate(ledger_rows()):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value, date if isinstance(value, dt.date) else None)
    sheet.merge_range("A1:N1", TITLE, top)
    sheet.merge_range("A2:N2", SUBTITLE)
    lent = book.add_worksheet("借阅")
    for number, row in enumerate([["涉密文件借阅登记簿"], LENT_HEADINGS] + LENT_ROWS):
        for column, value in enumerate(row):
            if value is not None:
                lent.write(number, column, value, date if isinstance(value, dt.date) else None)
    lent.merge_range("C3:C4", "钱立")
    lent.hide()
    book.close()


def write_xlwt(path):
    book = xlwt.Workbook(encoding="utf-8")
    date = xlwt.easyxf(num_format_str="yyyy\"年\"m\"月\"d\"日\"")
    sheet = book.add_sheet("收文2026")
    sheet.write_merge(0, 0, 0, 13, TITLE)
    sheet.write_merge(1, 1, 0, 13, SUBTITLE)
    for number, row in enumerate([HEADINGS] + ROWS, 2):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value, *([date] if isinstance(value, dt.date) else []))
    lent = book.add_sheet("借阅")
    lent.write(0, 0, "涉密文件借阅登记簿")
    lent.write_merge(2, 3, 2, 2, "钱立")
    for number, row in enumerate([LENT_HEADINGS] + LENT_ROWS, 1):
        for column, value in enumerate(row):
            if value is not None and not (number > 1 and column == 2):
                lent.write(number, column, value, *([date] if isinstance(value, dt.date) else []))
    lent.visibility = 1
    book.save(path)


def convert(source, kind, target):
    """Has LibreOffice write `source` in another format."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile",
                   "--convert-to", kind, "--outdir", folder, source]
        subprocess.run(command, check=True, capture_output=True)
        extension = kind.split(":")[0]
        shutil.copy(Path(folder) / f"{Path(source).stem}.{extension}", target)


def write_libreoffice(source):
    convert(source, "xlsx:Calc MS Excel 2007 XML", HERE / "ledger-libreoffice.xlsx")
    convert(source, "xlsm:Calc MS Excel 2007 VBA XML", HERE / "ledger-libreoffice.xlsm")
    convert(source, "xls:MS Excel 97", HERE / "ledger-libreoffice.xls")
    convert(source, "ods:calc8", HERE / "ledger-libreoffice.ods")
    convert(source, "csv:Text - txt - csv (StarCalc):44,34,76,1", HERE / "ledger-libreoffice.csv")
    convert(source, "html:HTML (StarCalc)", HERE / "page-libreoffice.xls")


def write_sheetjs(source, modules):
    script = """
        const XLSX = require(process.argv[1] + '/node_modules/xlsx');
        const book = XLSX.readFile(process.argv[2], {cellDates: false, cellNF: true});
        XLSX.writeFile(book, process.argv[3] + '/ledger-sheetjs.xlsb', {bookType: 'xlsb', bookSST: true, compression: true});
        XLSX.writeFile(book, process.argv[3] + '/table-sheetjs.xml', {bookType: 'xlml'});
    """
    subprocess.run(["node", "-e", script, modules, source, HERE], check=True)
    (HERE / "table-sheetjs.xml").rename(HERE / "xml2003-sheetjs.xls")


def as_text(value):
    """A value as a CSV export shows it."""
    if value is None:
        return ""
    if value is True:
        return "TRUE"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def write_text():
    def table(delimiter):
        buffer = io.StringIO()
        writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
        writer.writerows([as_text(value) for value in row] for row in ledger_rows())
        return buffer.getvalue()

    for name, encoding, mark, delimiter in [
        ("ledger-utf8.csv", "utf-8", b"", ","),
        ("ledger-utf8-bom.csv", "utf-8", b"\xef\xbb\xbf", ","),
        ("ledger-utf16le.csv", "utf-16-le", b"\xff\xfe", "\t"),
        ("ledger-utf16be.csv", "utf-16-be", b"\xfe\xff", ","),
        ("ledger-gb18030.csv", "gb18030", b"", ","),
        ("ledger-utf8.tsv", "utf-8", b"", "\t"),
    ]:
        (HERE / name).write_bytes(mark + table(delimiter).encode(encoding))


def write_yaml():
    records = []
    for row in ROWS[:2] + ROWS[3:4]:
        record = {heading.replace("\n", ""): value for heading, value in zip(HEADINGS, row)}
        records.append({key: value for key, value in record.items() if value is not None})
    records[1]["登记日期"], records[1]["登记人"] = "2026-03-09", "赵明远"
    text = yaml.safe_dump({"涉密文件收文登记簿": records}, allow_unicode=True, sort_keys=False)
    (HERE / "ledger-pyyaml.yaml").write_text(text, encoding="utf-8")


def serial_rows():
    """The borrowings with each day as the number that a workbook of 1904 keeps, without a format."""
    def serial(value):
        return (value - dt.date(1904, 1, 1)).days if isinstance(value, dt.date) else value
    return [LENT_HEADINGS] + [[serial(value) for value in row] for row in LENT_ROWS]


def write_serials(modules):
    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = True
    sheet = book.add_sheet("借阅登记")
    for number, row in enumerate(serial_rows()):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    book.save(HERE / "serials-xlwt.xls")
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.title = "借阅登记"
    for row in serial_rows():
        book.active.append(row)
    book.save(HERE / "serials-openpyxl.xlsx")
    script = """
        const XLSX = require(process.argv[1] + '/node_modules/xlsx');
        const book = XLSX.utils.book_new();
        const rows = JSON.parse(process.argv[3]);
        XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows), '借阅登记');
        XLSX.writeFile(book, process.argv[2] + '/serials-sheetjs.xlsb', {bookType: 'xlsb', compression: true});
    """
    subprocess.run(["node", "-e", script, modules, HERE, json.dumps(serial_rows())], check=True)
    set_1904(HERE / "serials-sheetjs.xlsb")


def set_1904(path):
    """Sets the flag of 1904 in the workbook's properties, which SheetJS leaves unset in an xlsb."""
    with zipfile.ZipFile(path) as package:
        parts = [(name, package.read(name)) for name in package.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts:
            if name == "xl/workbook.bin":
                properties = content.index(b"\x99\x01") + 3
                content = content[:properties] + bytes([content[properties] | 1]) + content[properties + 1:]
            package.writestr(name, content)


LOCK = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub SaveLocked(source, target, kind)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "FilterName" : how(0).Value = kind
  how(1).Name = "Password" : how(1).Value = "ceshi"
  book.storeToURL(target, how())
  book.close(True)
End Sub
</script:module>
"""


def write_locked():
    with open(HERE / "ledger-openpyxl.xlsx", "rb") as plain, open(HERE / "locked-msoffcrypto.xlsx", "wb") as locked:
        OOXMLFile(plain).encrypt("ceshi", locked)
    source = (HERE / "plain-openpyxl.xlsx").as_uri()
    with tempfile.TemporaryDirectory() as folder:
        office = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}"]
        subprocess.run(office + ["--terminate_after_init"], check=True, capture_output=True)
        (Path(folder) / "user" / "basic" / "Standard" / "Module1.xba").write_text(LOCK, encoding="utf-8")
        for extension, kind in [("ods", "calc8"), ("xls", "MS Excel 97")]:
            target = (HERE / f"locked-libreoffice.{extension}").as_uri()
            macro = f'macro:///Standard.Module1.SaveLocked("{source}","{target}","{kind}")'
            subprocess.run(office + [macro], check=True, capture_output=True)


def main(modules):
    assert msoffcrypto
    HERE.mkdir(exist_ok=True)
    write_plain_xlwt()
    write_plain_openpyxl()
    write_plain_xlsxwriter()
    source = HERE / "ledger-openpyxl.xlsx"
    write_openpyxl(source)
    write_xlsxwriter(HERE / "ledger-xlsxwriter-1904.xlsx")
    write_xlwt(HERE / "ledger-xlwt.xls")
    write_libreoffice(source)
    write_sheetjs(source, modules)
    write_text()
    write_yaml()
    write_serials(modules)
    write_locked()


if __name__ == "__main__":
    main(sys.argv[1])
