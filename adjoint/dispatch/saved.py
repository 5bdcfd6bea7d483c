"""A derivative as a file of its own, which needs NumPy and the user's module alone.

before: a specialisation
after:  its text, where numbers and strings that were read from outside are constants of the file, and
        the first lines check what the dispatcher would have guarded
"""
from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from ..emit.text import Emitted, Heading
from ..errors import UnsupportedError
from ..frontend.read import Reading
from ..ir.program import Arg, Function, Op, Prim, Value
from ..ir.traverse import rename_block
from ..ir.types import Array, Field, Items, Listing, Type
from ..primitives import core
from .guards import Guards
from .outside import variable
from .signature import literal

TELLS = "# `adjoint build --check` tells when it is stale."
WIDTH = 100
Loops = tuple[tuple[str, str], ...]
Constants = tuple[dict[tuple[str, str], str], tuple[str, ...]]


def frozen(reading: Reading, taken: set[str]) -> Constants:
    """The names of what becomes a constant, and the lines that define them, each with its origin.

    Raises UnsupportedError for what a file cannot read: a closure cell or a program's own global.
    """
    names: dict[tuple[str, str], str] = {}
    lines = []
    for (owner, word), where in reading.outside.items():
        value = variable(word, where, Guards())[1]
        text = literal(value)
        if text is None or not owner:
            check_importable(owner, word, reading)
            continue
        flat = word.replace(".", "_")
        name = next(n for n in numbered(flat) if n not in taken)
        taken = taken | {name}
        names[owner, word] = name
        place = f"`{word}` of a closure" if owner.endswith("()") else f"{owner}.{word}"
        lines.append(f"{name} = {text}  # {place}, when this was written")
    return names, tuple(lines)


def numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}_{k}" for k in range(2, 1000))


def check_importable(owner: str, word: str, reading: Reading) -> None:
    source = reading.source
    if owner.endswith("()"):
        raise UnsupportedError(f"`{word}` is a variable of an enclosing function, which a file cannot read",
                               source.span(source.node), "pass it as an argument")
    if owner == "__main__":
        raise UnsupportedError(f"`{word}` is a global of the main program, which a file cannot import",
                               source.span(source.node), "put it into a module, or pass it as an argument")


def checks(reading: Reading, kinds: dict[str, Type], guards: Guards, module: Callable[[str], str]) -> list[str]:
    """The first lines of a saved function: what its text relies on, and that nothing written is shared."""
    lines = []
    relied = [word for name, kind in kinds.items() for word in guards.of_type(kind, name) if is_plain(word)]
    relied += guards.of_facts(reading.facts)
    if relied:
        lines += wrapped(list(dict.fromkeys(relied)))
        lines.append('        raise ValueError("written for other arguments: see the docstring, or build it anew")')
    for name, first in reading.same.items():
        lines += [f"    if {name} is not {first}:",
                  f'        raise ValueError("written for one array as `{first}` and `{name}`: build it anew")']
    others = {name: kind for name, kind in arrays_beside(reading, kinds, module).items() if name not in reading.same}
    for hot in reading.unshared:
        for name, kind in others.items():
            for word, loops in arrays_in(name, kind) if name != hot else ():
                for own, inner in arrays_in(hot, kinds[hot]):
                    lines += shared(f"{module('numpy')}.shares_memory({own}, {word})", (*inner, *loops), hot, name)
    return lines


def shared(call: str, loops: Loops, hot: str, name: str) -> list[str]:
    every = " ".join(f"for {item} in {found}" for item, found in loops)
    return [f"    if {f'any({call} {every})' if every else call}:",
            f'        raise ValueError("`{hot}` is written, and shares memory with `{name}`: pass a copy of one")']


def at_key(word: str, key: object) -> str:
    return f"{word}.{key.name}" if isinstance(key, Field) else f"{word}[{key!r}]"


def arrays_beside(reading: Reading, kinds: dict[str, Type], module: Callable[[str], str]) -> dict[str, Type]:
    """What an argument that is written must not share memory with: other arguments, what is read from outside."""
    found = dict(kinds)
    for op in reading.function.block.ops:
        if isinstance(op, Prim) and op.primitive == core.GLOBAL and isinstance(op.outs[0].type, Array):
            owner, word = str(op.attr("owner")), str(op.attr("name"))
            found[f"{module(owner)}.{word}" if owner else word] = op.outs[0].type
    return found


def is_plain(condition: str) -> bool:
    """Whether a condition is about an array's rank or size, and needs no more than the arguments."""
    return ".ndim ==" in condition and " in " not in condition or ".shape[" in condition


def wrapped(conditions: list[str]) -> list[str]:
    """`if not (a and b ...):`, broken between conditions."""
    lines = ["    if not ("]
    for k, condition in enumerate(conditions):
        word = condition + ("):" if k == len(conditions) - 1 else " and")
        if len(lines[-1]) + 1 + len(word) > WIDTH and k:
            lines.append(" " * 12 + word)
        else:
            lines[-1] += (" " if k else "") + word
    return lines


def arrays_in(word: str, kind: Type, depth: int = 0) -> Iterator[tuple[str, Loops]]:
    """The arrays in an argument: expressions, with the loops over lists that they stand in."""
    if isinstance(kind, Array):
        yield word, ()
    elif isinstance(kind, Items):
        for key, item in zip(kind.keys or range(len(kind.items)), kind.items):
            yield from arrays_in(at_key(word, key), item, depth)
    elif isinstance(kind, Listing):
        one = f"item{depth or ''}_of_{word}" if word.isidentifier() else f"item{depth}"
        for inner, loops in arrays_in(one, kind.element, depth + 1):
            yield inner, ((one, word), *loops)


def standing_alone(head: Heading, reading: Reading, kinds: dict[str, Type]) -> tuple[Heading, Reading]:
    """What the text of a file of its own says of itself and begins with; the program with its constants."""
    names, lines = frozen(reading, names_of(reading, kinds))
    made = replace(head, header=(*head.header, TELLS), constants=lines,
                   checks=partial(checks, reading, kinds, Guards(tuple(kinds))))
    return made, replace(reading, function=with_constants(reading.function, names))


def with_constants(function: Function, names: dict[tuple[str, str], str]) -> Function:
    """The program with parameters of these names for what it read from outside."""
    same: dict[Arg, Arg] = {}
    ops: list[Op] = []
    for op in function.block.ops:
        key = (op.attr("owner"), op.attr("name")) if isinstance(op, Prim) and op.primitive == core.GLOBAL else None
        if key in names:
            same[op.outs[0]] = Value(op.outs[0].type, names[key])   # type: ignore[index]
        else:
            ops.append(op)
    block = rename_block(replace(function.block, ops=tuple(ops)), lambda arg: same.get(arg, arg))
    return replace(function, params=(*function.params, *same.values()), block=block)  # type: ignore[arg-type]


def write(path: str | Path, text: str) -> None:
    Path(path).write_text(text, encoding="utf-8", newline="\n")


def check_complete(emitted: Emitted, reading: Reading) -> None:
    """Raises UnsupportedError where the text has a class that no module has."""
    for name in emitted.objects:
        raise UnsupportedError(f"the class `{name}` stands in no module, so that a file cannot import it",
                               reading.source.span(reading.source.node), "define it at the top of a module")


def names_of(reading: Reading, kinds: dict[str, Any]) -> set[str]:
    """Names that a constant of the file must not take: those of the function and of what it calls."""
    code: list[types.CodeType] = [reading.source.function.__code__]
    found = set(kinds)
    while code:
        one = code.pop()
        found |= {*one.co_varnames, *one.co_cellvars}
        code += [inner for inner in one.co_consts if isinstance(inner, types.CodeType)]
    return found
