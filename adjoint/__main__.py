"""`python -m adjoint`: the commands."""
from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from .cli import build, show
from .errors import AdjointError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.  Returns 0; 1 where a program was refused; 2 where the command was wrong."""
    parser = argparse.ArgumentParser(prog="adjoint", description="Writes the derivatives of Python functions.")
    commands = parser.add_subparsers(dest="command", required=True)
    show.add_arguments(commands.add_parser("show", help="print a derivative, or a program between two passes"))
    build.add_arguments(commands.add_parser("build", help="write derivatives as modules, or check those written"))
    options = parser.parse_args(arguments)
    try:
        text = {"show": show, "build": build}[options.command].run(options)
    except AdjointError as error:
        print(show.refusal(error), file=sys.stderr)
        return 1
    except (show.CommandError, show.LikeError) as error:
        print(f"adjoint: {error}", file=sys.stderr)
        return 2
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
