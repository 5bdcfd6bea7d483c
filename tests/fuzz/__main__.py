"""Runs the fuzzer.

    python -m tests.fuzz [--count N] [--seed SEED] [--first K] [--jobs J] [--out FOLDER] [--twice]
                         [--axes 1|2]

Failures are made small, printed, and written to FOLDER in the form of tests/programs/.
"""
from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections import Counter
from pathlib import Path

from . import program, rows
from .oracle import PLANS, Verdict, judge
from .shrink import shrink

CHUNK = 25
GRAMMARS = {1: program.generate, 2: rows.generate}


def judged(task: tuple[int, int, int, bool]) -> tuple[int, Verdict, str]:
    """A program's number, verdict and, where it failed, its text made small: here, for the parent only collects (a
    process that imports while another is forked from it leaves that one a lock that nobody opens)."""
    axes, seed, number, twice = task
    text = GRAMMARS[axes](seed, number)
    verdict = judge(text, twice=twice)
    return number, verdict, minimal(text, verdict) if verdict.kind == "failed" else ""


def minimal(text: str, verdict: Verdict) -> str:
    """The program of a failure, made small."""
    plans = [plan for plan in PLANS if f"plan {plan}:" in verdict.check + ":"]
    anew, twice = verdict.check == "text", verdict.check.startswith("twice")
    return shrink(text, lambda other: judge(other, plans, anew, twice).check == verdict.check)


def report(seed: int, number: int, verdict: Verdict, text: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"y_{seed}_{number}.py"
    path.write_text(text)
    print(f"\nprogram {number} of seed {seed}: {verdict.check}\n{verdict.detail}")
    print(f"{text}\nwritten to {path}\n", flush=True)


def show(counts: Counter[str], started: float, last: bool = False) -> None:
    words = ", ".join(f"{counts[kind]} {kind}" for kind in ("right", "refused", "skipped", "failed"))
    end = "\n" if last else "\r" if sys.stdout.isatty() else "\n"
    print(f"{sum(counts.values())} programs in {time.monotonic() - started:.0f} s: {words}", end=end, flush=True)


def main() -> int:
    words = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Checks random programs.")
    words.add_argument("--count", type=int, default=1000)
    words.add_argument("--seed", type=int, default=0)
    words.add_argument("--first", type=int, default=0, help="number of the first program")
    words.add_argument("--jobs", type=int, default=2)
    words.add_argument("--out", type=Path, default=Path("fuzz_failures"))
    words.add_argument("--twice", action="store_true", help="differentiate each gradient again")
    words.add_argument("--axes", type=int, default=1, choices=sorted(GRAMMARS), help="2: arrays with up to three axes")
    words.add_argument("--stop", action="store_true", help="stop at the first failure")
    given = words.parse_args()
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    checks: Counter[str] = Counter()
    started = time.monotonic()
    tasks = [(given.axes, given.seed, k, given.twice) for k in range(given.first, given.first + given.count)]
    with multiprocessing.Pool(given.jobs, maxtasksperchild=20) as pool:
        for number, verdict, text in pool.imap(judged, tasks, CHUNK):
            counts[verdict.kind] += 1
            if verdict.kind == "refused":
                reasons[verdict.check] += 1
            if verdict.kind == "failed":
                checks[verdict.check] += 1
                if checks[verdict.check] <= 3:
                    report(given.seed, number, verdict, text, given.out)
                if given.stop:
                    break
            if sum(counts.values()) % 100 == 0:
                show(counts, started)
    show(counts, started, last=True)
    for title, table in (("refused", reasons), ("failed", checks)):
        for word, number in table.most_common():
            print(f"  {title} {number:5}  {word}")
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
