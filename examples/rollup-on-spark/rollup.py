"""Rolls up very many units on several machines: an existing engine does the work, our program the arithmetic.

usage: spark-submit rollup.py PROGRAM FOLDER OUT [PARTITIONS]

FOLDER holds one folder a unit and is reachable by all workers under the same path, and so are PROGRAM
(zicha) and OUT. Each partition of units is rolled up by PROGRAM on the worker where it lies; the partial
roll-ups are merged in a tree of EIGHT at a time, which gives the same bytes in any order and grouping.
Without PySpark the same tree runs in this process: `python3 rollup.py --local PROGRAM FOLDER OUT`.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

EIGHT = 8


def roll(program, out, folders, formats):
    """One roll-up. Left-out units end with 2 and are named in the result, so that only no result is an error."""
    command = [program, "rollup", *map(str, folders), "--out", str(out), "--format", formats]
    done = subprocess.run(command, capture_output=True, text=True)
    if not (Path(out) / "rollup.json").is_file():
        raise RuntimeError(f"{' '.join(command[:2])} ended with {done.returncode}: {done.stderr}")
    return str(out)


def parts(units, count):
    """The units dealt out to so many partitions; none is empty."""
    dealt = [units[start::count] for start in range(count)]
    return [(number, part) for number, part in enumerate(dealt) if part]


def main(arguments):
    local = arguments[0] == "--local"
    program, folder, out, *rest = arguments[1:] if local else arguments
    units = sorted(str(path) for path in Path(folder).iterdir() if path.is_dir())
    count = int(rest[0]) if rest else max(2, len(units) // 2000)
    work = Path(out).with_name(Path(out).name + ".parts")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    # Workers get plain values only: this file need not be there.
    one = lambda task: roll(program, Path(task[0]), task[1], "xlsx")
    run = list_map if local else spark_map()
    level = [(str(work / f"0-{number}"), part) for number, part in parts(units, count)]
    depth = 0
    while True:
        done = run(one, level)
        if len(done) <= EIGHT:
            break
        depth += 1
        groups = [done[start : start + EIGHT] for start in range(0, len(done), EIGHT)]
        level = [(str(work / f"{depth}-{number}"), group) for number, group in enumerate(groups)]
    roll(program, Path(out), done, "html,pdf,xlsx")
    shutil.rmtree(work)
    print(f"{len(units)} units in {count} partitions: {out}")


def list_map(work, tasks):
    return [work(task) for task in tasks]


def spark_map():
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("zicha-rollup")
    if "SPARK_MASTER" in os.environ:
        builder = builder.master(os.environ["SPARK_MASTER"])
    context = builder.getOrCreate().sparkContext
    return lambda work, tasks: context.parallelize(tasks, len(tasks)).map(work).collect()


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(sys.argv[1:])
