#!/usr/bin/env python3
"""Packs the program for a disc: one folder and one zip, the same bytes for the same input.

usage: scripts/make-dist.py PROGRAM [OUT]      (or `make dist`; ZICHA=… names another program)

PROGRAM runs once, to write 使用说明. Needs Python 3.9 with an OpenSSL that knows SM3.
"""

import hashlib
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Zip cannot say anything earlier; nothing in the package depends on when it was made.
# 0 stores: for tests, where the time counts and the size does not.
LEVEL = int(os.environ.get("DIST_LEVEL", "9"))
STAMP = (1980, 1, 1, 0, 0, 0)
SUMS = "校验值.txt"


def version():
    text = (ROOT / "Cargo.toml").read_text(encoding="utf-8")
    return re.search(r'^\[workspace\.package\].*?^version = "(.+?)"', text, re.S | re.M).group(1)


def release_day():
    """The day printed on 使用说明: that of the version in the changelog, or of the commit."""
    day = subprocess.run(["git", "log", "-1", "--format=%cs"], cwd=ROOT, capture_output=True, text=True)
    return day.stdout.strip() or "2026-01-01"


def requirement(program):
    """What the program needs of the system: nothing, or a C library of at least this version."""
    data = program.read_bytes()
    if data[:2] == b"MZ":
        return "windows-x86_64", "Windows 10 及以上（64 位）。"
    found = {tuple(map(int, v.split(b"."))) for v in re.findall(rb"GLIBC_(\d+\.\d+)", data)}
    if not found:
        return "linux-x86_64", "静态链接，不依赖系统的 C 库（Linux 内核 3.2 及以上，64 位）。"
    floor = ".".join(map(str, max(found)))
    return "linux-x86_64", f"需要 glibc {floor} 及以上（用 ldd --version 查看）的 64 位 Linux。"


def licences():
    """Name, version and licence of every library that is linked, from cargo's own account."""
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", "x86_64-unknown-linux-gnu"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        command.remove("--offline")
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    data = json.loads(done.stdout)
    nodes = {node["id"]: node for node in data["resolve"]["nodes"]}
    linked, queue = set(), [p["id"] for p in data["packages"] if p["name"] == "zicha" and p["source"] is None]
    while queue:
        package = queue.pop()
        if package in linked:
            continue
        linked.add(package)
        for dep in nodes[package]["deps"]:
            if any(kind["kind"] in (None, "build") for kind in dep["dep_kinds"]):
                queue.append(dep["pkg"])
    lines = [f"{p['name']} {p['version']}\t{p.get('license') or p.get('license_file')}" for p in data["packages"] if p["id"] in linked and p["source"]]
    return "本程序链接的第三方库及其许可证（SPDX）\n\n" + "\n".join(sorted(lines)) + "\n"


def fill(folder, program):
    name = "zicha.exe" if program.suffix == ".exe" else "zicha"
    shutil.copyfile(program, folder / name)
    manual = folder / ".manual"
    subprocess.run([str(program.resolve()), "guide", "--manual", "--fonts", "embedded", "--as-of", release_day(), "--out", str(manual)], check=True, stdout=subprocess.DEVNULL)
    for kind in ("html", "pdf"):
        shutil.copyfile(manual / f"使用说明.{kind}", folder / f"使用说明.{kind}")
    shutil.rmtree(manual)
    shutil.copytree(ROOT / "sample-data" / "faulty", folder / "示例台账", ignore=shutil.ignore_patterns("out", ".*"))
    rights = folder / "许可证"
    rights.mkdir()
    for text in ("LICENSE-APACHE", "LICENSE-MIT"):
        shutil.copyfile(ROOT / text, rights / text)
    for text in sorted((ROOT / "fonts").glob("*OFL*.txt")):
        shutil.copyfile(text, rights / f"字体 {text.name}")
    (rights / "第三方库.txt").write_text(licences(), encoding="utf-8", newline="\r\n")


def files(folder):
    return sorted((p for p in folder.rglob("*") if p.is_file()), key=lambda p: p.relative_to(folder).as_posix())


def sums(folder):
    lines = []
    for path in files(folder):
        data = path.read_bytes()
        where = path.relative_to(folder).as_posix()
        lines += [f"SHA-256 {hashlib.sha256(data).hexdigest()}  {where}", f"SM3     {hashlib.new('sm3', data).hexdigest()}  {where}"]
    (folder / SUMS).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\r\n")


def pack(folder, archive):
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as out:
        for path in files(folder):
            entry = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", STAMP)
            entry.create_system = 3
            executable = path.parent == folder and path.name in ("zicha", "zicha.exe")
            entry.external_attr = (stat.S_IFREG | (0o755 if executable else 0o644)) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(entry, path.read_bytes())


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program = Path(sys.argv[1])
    out = Path(sys.argv[2] if len(sys.argv) > 2 else ROOT / "dist")
    system, needs = requirement(program)
    folder = out / f"zicha-{version()}-{system}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    fill(folder, program)
    (folder / "系统要求.txt").write_text(f"zicha {version()}\n{needs}\n", encoding="utf-8", newline="\r\n")
    sums(folder)
    for path in files(folder):
        os.chmod(path, 0o755 if path.name in ("zicha", "zicha.exe") else 0o644)
    archive = folder.with_name(folder.name + ".zip")
    pack(folder, archive)
    size = sum(path.stat().st_size for path in files(folder))
    print(f"{folder}  {size / 1e6:.0f} MB\n{archive}  {archive.stat().st_size / 1e6:.0f} MB\n{needs}")
    print(f"SHA-256 {hashlib.sha256(archive.read_bytes()).hexdigest()}")


main()
