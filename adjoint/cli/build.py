"""`adjoint build FILE.py:FUNC -o DIR`: writes derivatives as modules of their own, or tells which are stale."""
from __future__ import annotations

import argparse
from pathlib import Path

from ..dispatch.saved import write
from ..errors import AdjointError
from .show import ABOUT, add_what, wanted

HERE = """writes the derivative of each FUNC to DIR/NAME.py, as a module that needs NumPy (or CuPy) and FILE alone

NAME is that of the function in it, as misfit_grad.  FUNC may be a derivative that FILE makes, as
`slope = adjoint.grad(misfit)`.  --check writes nothing, and fails where DIR has not what would be written."""


class StaleError(AdjointError):
    """A file is not what would be written now."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = HERE + "\n\n" + ABOUT.partition("\n\n")[2]
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("targets", metavar="FILE.py:FUNC", nargs="+")
    parser.add_argument("-o", "--out", metavar="DIR", default=".", type=Path,
                        help="where the files are; if not said, here")
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a file is stale or missing")
    add_what(parser)


def run(options: argparse.Namespace) -> str:
    """A line for each file.  Raises StaleError, CommandError, LikeError, AdjointError."""
    texts: dict[Path, str] = {}
    for target in options.targets:
        made, args = wanted(target, options)
        texts[options.out / f"{made.label}.py"] = made.specialise(args).alone()
    if options.check:
        return checked(texts)
    options.out.mkdir(parents=True, exist_ok=True)
    for path, text in texts.items():
        write(path, text)
    return "".join(f"wrote {path}\n" for path in texts)


def checked(texts: dict[Path, str]) -> str:
    wrong = {path: "is stale" if path.is_file() else "is missing" for path, text in texts.items()
             if not path.is_file() or path.read_text(encoding="utf-8") != text}
    if wrong:
        told = "\n".join(f"{path} {how}" for path, how in wrong.items())
        raise StaleError(f"{told}; run `adjoint build` without --check")
    return "".join(f"{path} is fresh\n" for path in texts)
