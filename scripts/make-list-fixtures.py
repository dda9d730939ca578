"""Writes the filled-in rectification lists of tests/fixtures/ (list-*), edited with openpyxl and saved
again by LibreOffice, as people's programs write them.

The files are committed, so that tests need none of this. To write them again:
    pip install openpyxl
    LibreOffice 7 or later as `soffice`
    python3 scripts/make-list-fixtures.py target/debug/zicha
Writers put the time of writing into their files: running this again changes bytes, not entries.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "tests" / "fixtures"
# The workspace of tests/cycle/small.rs: two memory sticks of private origin.
MEDIA = (
    "介质编号,介质类型,密级,来源,保管人,状态\n"
    "U-01,U盘,内部,个人所有,甲,在用\n"
    "U-02,U盘,内部,个人所有,乙,在用\n"
)


def edits(results):
    """What a person does; the answer to MED-007 about U-01 is complete, that about U-02 is not."""
    mine = {
        f["subject"]["key"]: f["fingerprint"]
        for f in results["findings"]
        if f["control"] == "MED-007"
    }
    return {
        "sheet": "新增",
        "sort": "问题描述",
        "insert": ["证据位置", "督办意见"],
        "rename": {"完成情况": "整改状态"},
        "fill": {
            mine["U-01"]: {
                "整改状态": "已销号",
                "完成日期": "2026-09-08",
                "佐证材料": "介质领用单\n照片两张",
                "复核人": "周复核",
                "销号日期": "2026-09-09",
            },
            mine["U-02"]: {
                "整改状态": "整改中",
                "督办意见": "请分管领导督办",
                "整改时限": "2026-09-05",
                "责任人": "吴责任",
            },
        },
        "add": ["自行登记", {"问题描述": "保密室窗帘破损", "整改时限": "2026-09-30"}],
    }


def main(zicha):
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "移动存储介质台账.csv").write_text(MEDIA, encoding="utf-8")
        subprocess.run([zicha, "check", folder, "--as-of", "2026-09-01", "--format", "xlsx,json"],
                       check=False, stdout=subprocess.DEVNULL)
        out = folder / "out" / "2026-annual"
        results = json.loads((out / "results.json").read_text(encoding="utf-8"))
        filled = FIXTURES / "list-openpyxl.xlsx"
        shutil.copy(out / "整改清单.xlsx", filled)
        script = ROOT / "tests" / "cycle" / "edit-list.py"
        subprocess.run([sys.executable, script, filled], check=True,
                       input=json.dumps(edits(results)).encode())
        for kind in ["xlsx", "ods", "xls"]:
            subprocess.run(["soffice", "--headless", "--convert-to", kind, "--outdir", folder, filled],
                           check=True, stdout=subprocess.DEVNULL)
            shutil.copy(folder / f"list-openpyxl.{kind}", FIXTURES / f"list-libreoffice.{kind}")


if __name__ == "__main__":
    main(sys.argv[1])
