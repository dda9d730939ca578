#!/usr/bin/env python3
"""Fetch the faces that PDF documents are set in into fonts/, and check every byte.

The font files are too large to keep in the repository. They come through a package client
(npm, pip, apt-get: whichever is there), each face is checked by SHA-256 and placed in fonts/
beside its licence; build.rs embeds what it finds there. Running it again changes nothing.

    python3 scripts/fetch-fonts.py                 fetch what is missing
    python3 scripts/fetch-fonts.py --from FOLDER   take the files from a folder (no network)
    python3 scripts/fetch-fonts.py --check         only say what is there

Exit status: 0 if Chinese can be printed (Noto Serif SC is there), 1 if not.
"""

import argparse
import hashlib
import io
import lzma
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

FONTS = Path(__file__).resolve().parent.parent / "fonts"


class Face:
    """One file that fonts/ should hold, and the packages it can be taken from."""

    def __init__(self, name, needed, why, sources, licence):
        self.name = name          # file name in fonts/, known to build/fonts.rs
        self.needed = needed      # without it no PDF can be made
        self.why = why            # the role it plays, for messages
        self.sources = sources    # [(client, package, member, sha256)], tried in order
        self.licence = licence    # file name of the licence text in fonts/

    def hashes(self):
        return {sha256 for (_, _, _, sha256) in self.sources}


SERIF = ("npm", "@expo-google-fonts/noto-serif-sc@0.4.3")
SANS = ("npm", "@expo-google-fonts/noto-sans-sc@0.4.3")
WHEEL = ("pip", "pylopdf-fonts-zh-cn==0.1.1")
WENKAI = ("apt-get", "fonts-lxgw-wenkai")

FACES = [
    Face("NotoSerifSC-Regular", True, "正文、宋体 / body text", [
        (*SERIF, "package/400Regular/NotoSerifSC_400Regular.ttf",
         "c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742"),
        (*WHEEL, "pylopdf_fonts_zh_cn/NotoSerifSC-Regular.otf",
         "e8f396decc1f0963a016a989c3d8852e863d1350996f573860a80767c83a1cd3"),
    ], "NotoSerifSC-OFL.txt"),
    Face("NotoSerifSC-Bold", False, "标题（代小标宋） / titles", [
        (*SERIF, "package/700Bold/NotoSerifSC_700Bold.ttf",
         "9c6a2ba736e4b499c84f65ce366bd3625c0401885fd3e585ace50fb738b96ff6"),
    ], "NotoSerifSC-OFL.txt"),
    Face("NotoSansSC-Medium", False, "黑体 / headings", [
        (*SANS, "package/500Medium/NotoSansSC_500Medium.ttf",
         "b30853d205f3ecdde938b1488c735ee15a2e870d31331b992fdc53971e23ec4a"),
        (*WHEEL, "pylopdf_fonts_zh_cn/NotoSansSC-Regular.otf",
         "faa6c9df652116dde789d351359f3d7e5d2285a2b2a1f04a2d7244df706d5ea9"),
    ], "NotoSansSC-OFL.txt"),
    Face("LXGWWenKai-Regular", False, "楷体和生僻字 / kai and rare characters", [
        (*WENKAI, "./usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf",
         "bbf534b0ca093928f94d1782855e65a19a32cde82b075d495d072025521953c8"),
    ], "LXGWWenKai-OFL.txt"),
]

LICENCES = {
    SERIF[1]: "package/LICENSE_FONT",
    SANS[1]: "package/LICENSE_FONT",
    WHEEL[1]: "pylopdf_fonts_zh_cn-0.1.1.dist-info/licenses/LICENSE",
    WENKAI[1]: "./usr/share/doc/fonts-lxgw-wenkai/copyright",
}

DOWNLOAD = {
    "npm": lambda tool, package: [tool, "pack", "--silent", package],
    "pip": lambda tool, package: [tool, "-m", "pip", "download", "--quiet", "--no-deps",
                                  "--disable-pip-version-check", package],
    "apt-get": lambda tool, package: [tool, "download", "-qq", package],
}


def tool(client):
    """The program behind a client's name, or None; pip is asked through this Python."""
    return sys.executable if client == "pip" else shutil.which(client)


def digest(data):
    return hashlib.sha256(data).hexdigest()


def present(face):
    """The face's file in fonts/ if it is there with a known content."""
    for file in (FONTS / (face.name + ext) for ext in (".ttf", ".otf")):
        if file.is_file() and digest(file.read_bytes()) in face.hashes():
            return file
    return None


def place(face, member, data):
    """Writes a face whole or not at all."""
    target = FONTS / (face.name + Path(member).suffix)
    beside = target.with_suffix(".part")
    beside.write_bytes(data)
    beside.replace(target)
    print(f"  {target.name}  {len(data) / 1e6:.1f} MB  {face.why}")


class Packages:
    """Packages fetched so far, each opened once."""

    def __init__(self, folder):
        self.folder = folder
        self.opened = {}

    def member(self, client, package, name):
        if package not in self.opened:
            self.opened[package] = self.fetch(client, package)
        return self.opened[package](name)

    def fetch(self, client, package):
        """A function from a member's name to its bytes; one that gives None if out of reach."""
        program = tool(client)
        if program is None:
            print(f"  没有 {client}，跳过 {package} / {client} is not installed", file=sys.stderr)
            return lambda _: None
        print(f"  {client}: {package}", flush=True)
        place = Path(tempfile.mkdtemp(dir=self.folder))
        done = subprocess.run(DOWNLOAD[client](program, package), cwd=place,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        files = sorted(place.iterdir())
        if done.returncode != 0 or not files:
            last = (done.stderr.strip().splitlines() or ["?"])[-1]
            print(f"  {client} 取不到 {package} / could not be fetched: {last}", file=sys.stderr)
            return lambda _: None
        return opener(files[0])


def opener(archive):
    """Reads members of an npm tarball, a wheel or a Debian package."""
    if archive.suffix == ".whl":
        return lambda name: zipfile.ZipFile(archive).read(name)
    data = debian_data(archive.read_bytes()) if archive.suffix == ".deb" else archive.read_bytes()
    tar = tarfile.open(fileobj=io.BytesIO(data))
    return lambda name: tar.extractfile(name).read()


def debian_data(deb):
    """The file tree of a Debian package: the ar member data.tar.xz, unpacked."""
    at = 8
    while at < len(deb):
        name = deb[at:at + 16].decode().strip().rstrip("/")
        size = int(deb[at + 48:at + 58])
        if name == "data.tar.xz":
            return lzma.decompress(deb[at + 60:at + 60 + size])
        at += 60 + size + size % 2
    raise ValueError("no data.tar.xz in the Debian package")


def fetch(face, packages):
    """Takes a face from the first package that has it with the right content."""
    for client, package, member, sha256 in face.sources:
        try:
            data = packages.member(client, package, member)
            licence = data and packages.member(client, package, LICENCES[package])
        except (KeyError, OSError, ValueError, tarfile.TarError, lzma.LZMAError) as error:
            print(f"  {package}: {error}", file=sys.stderr)
            continue
        if data is None:
            continue
        if digest(data) != sha256:
            print(f"  {package} 里的 {member} 与预期不符，不用 / unexpected content, not used",
                  file=sys.stderr)
            continue
        place(face, member, data)
        (FONTS / face.licence).write_bytes(licence)
        return True
    return False


def take(face, folder):
    """Takes a face from a folder, by content rather than by name."""
    for file in sorted(folder.rglob("*.[ot]tf")):
        if digest(file.read_bytes()) in face.hashes():
            place(face, file.name, file.read_bytes())
            licence = file.parent / face.licence
            if licence.is_file():
                shutil.copyfile(licence, FONTS / face.licence)
            return True
    return False


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--from", dest="folder", type=Path, help="take the files from FOLDER")
    arguments.add_argument("--check", action="store_true", help="only say what is there")
    options = arguments.parse_args()
    FONTS.mkdir(exist_ok=True)
    missing = [face for face in FACES if present(face) is None]
    if missing and options.folder:
        missing = [face for face in missing if not take(face, options.folder)]
    elif missing and not options.check:
        with tempfile.TemporaryDirectory() as folder:
            packages = Packages(folder)
            missing = [face for face in missing if not fetch(face, packages)]
    return report(missing)


def report(missing):
    for face in missing:
        print(f"缺 {face.name}：{face.why}（没有它用别的字体代替）"
              f" / missing, another face stands in", file=sys.stderr)
    if any(face.needed for face in missing):
        print("缺少必需的中文字体，编出的程序要靠本机字体才能生成 PDF。请安装 npm 或 pip 后重试，"
              "或用 --from 指定已有字体的文件夹。\n"
              "A needed Chinese face is missing: the program will rely on the machine's fonts for "
              "PDF. Install npm or pip and run this again, or name a folder with --from.",
              file=sys.stderr)
        return 1
    print(f"字体齐备 / fonts ready: {FONTS.name}/ ({len(FACES) - len(missing)} of {len(FACES)})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
