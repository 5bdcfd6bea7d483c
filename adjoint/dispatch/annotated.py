"""From the annotations of a function to the types of its arguments.

before: def f(x: Float[Array, "n d"], w: Float[Array, "d"], k: float = 2.0)
after:  the types of x, w and k; that the last size of x is that of w; no package of annotations is imported
"""
from __future__ import annotations

import ast
import builtins
import itertools
import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..errors import UnsupportedError
from ..frontend.abstract import type_of
from ..frontend.source import Source, notes_in
from ..ir.dims import EACH, Dim, Symbol, constant, label, of_symbol
from ..ir.types import Array, Items, Listing, Number, NumpyScalar, Opaque, Type

RANKS = (1, 2, 0, 3)    # of an array of which nothing says how many axes it has, in the order of trial
SIZES = (5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79)
NUMBERS = ("bool", "int", "float", "complex")
SEQUENCES = ("list", "List", "Sequence", "Iterable")
ARRAYS = ("ndarray", "Array", "NDArray", "ArrayLike")
DTYPES = {"Float": "float64", "Num": "float64", "Inexact": "float64", "Real": "float64", "Shaped": "float64",
          "Complex": "complex128", "Int": "int64", "Integer": "int64", "UInt": "uint64", "Bool": "bool"}
CODE = re.compile(r"[fciub](1|2|4|8|16)")    # of a dtype, as in "f8[n,d]"
BY_VALUE = ("str", "Any", "object", "typing.Any")     # of these the default says what it is
Path = tuple[object, ...]


@dataclass(frozen=True)
class Declared:
    """What annotations say: a type for each parameter; pairs of sizes that are equal.

    `values`: defaults of parameters that are known by value.  `note`: what was supposed, as a comment.
    """

    kinds: tuple[Type, ...]
    values: tuple[Any, ...]
    equal: tuple[tuple[Dim, Dim], ...]
    note: str


def declared(source: Source) -> list[Declared]:
    """The types of all parameters, once for each rank that arrays of unknown rank may have.

    Raises UnsupportedError where annotations and defaults do not say what an argument is.
    """
    found = []
    for rank in RANKS:
        reader = Reader(source, rank)
        reader.all()    # finds where each size stands by itself
        reader.equal.clear()
        kinds = reader.all()
        values = tuple(reader.defaults.get(name) for name in reader.notes)
        note = f"# for {', '.join(reader.guessed)} of rank {rank}; a call with another rank compiles anew\n"
        found.append(Declared(kinds, values, tuple(reader.equal), note if reader.guessed else ""))
        if not reader.guessed:
            break
    return found


def examples(kinds: tuple[Type, ...], values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Arguments of these types; `values` has those that are known by value."""
    return tuple(value if isinstance(kind, Opaque) else example(kind) for kind, value in zip(kinds, values))


def example(kind: Type) -> Any:
    if isinstance(kind, Number):
        return {"bool": True, "int": 2, "float": 1.0, "complex": 1.0 + 1.0j}[kind.kind]
    if isinstance(kind, NumpyScalar):
        return kind.dtype.type(1)
    if isinstance(kind, Array):
        return np.ones([dim.examples()[0] for dim in kind.dims], kind.dtype)
    if isinstance(kind, Listing):
        return [example(kind.element) for _ in range(2)]
    if isinstance(kind, Items) and kind.kind == "dict":
        return {key: example(item) for key, item in zip(kind.keys, kind.items)}
    return tuple(map(example, kind.items)) if isinstance(kind, Items) else None


@dataclass
class Reader:
    """Reads annotations.  `places`: where a size stands by itself, by the list whose items have it and its name."""

    source: Source
    rank: int
    places: dict[tuple[Path, str], Symbol] = field(default_factory=dict)
    equal: dict[tuple[Dim, Dim], None] = field(default_factory=dict)
    guessed: dict[str, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        spec, function = self.source.node.args, self.source.function
        positional = [*spec.posonlyargs, *spec.args]
        self.notes = notes_in(self.source)
        self.defaults = dict(function.__kwdefaults__ or {})
        self.defaults.update(zip([arg.id for arg in positional][::-1], (function.__defaults__ or ())[::-1]))
        self.sizes = itertools.cycle(SIZES)

    def all(self) -> tuple[Type, ...]:
        self.sizes = itertools.cycle(SIZES)
        return tuple(self.parameter(name, note) for name, note in self.notes.items())

    def parameter(self, name: str, note: str | None) -> Type:
        if note is not None and note not in BY_VALUE:
            return self.read(parse(note), name, ())
        if name not in self.defaults:
            raise UnsupportedError(f"nothing says what `{name}` is", self.source.span(self.source.node), "annotate it")
        return type_of(self.defaults[name], name)

    def unknown(self, node: ast.AST, name: str) -> UnsupportedError:
        return UnsupportedError(f"the annotation `{ast.unparse(node)}` does not say what `{name}` is",
                                self.source.span(self.source.node), "write an array with its axes, a float or an int")

    # ---- annotations

    def read(self, node: ast.AST, name: str, path: Path) -> Type:
        """The type that an annotation stands for; `path` is where in the argument it stands."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return self.read(parse(node.value), name, path)
        if isinstance(node, ast.Constant) and node.value is None:
            return Opaque("None")
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
            return self.optional([node.left, node.right], name, path)
        if isinstance(node, ast.Subscript):
            return self.generic(node, name, path)
        word = last_word(node)
        if word in NUMBERS:
            return Number(word)
        if word in ARRAYS:
            return self.array(None, np.dtype(float), name, path)
        scalar = getattr(np, word, None)
        if isinstance(scalar, type) and issubclass(scalar, np.generic):
            return NumpyScalar(np.dtype(scalar))
        meant = text_of(self.resolve(node))
        if not meant or meant == ast.unparse(node):
            raise self.unknown(node, name)
        return self.read(parse(meant), name, path)

    def optional(self, nodes: list[ast.expr], name: str, path: Path) -> Type:
        """`T | None`: None where that is the default, else T."""
        rest = [node for node in nodes if not (isinstance(node, ast.Constant) and node.value is None)]
        if len(rest) < len(nodes) and not path and name in self.defaults and self.defaults[name] is None:
            return Opaque("None")
        return self.read(rest[0], name, path)

    def generic(self, node: ast.Subscript, name: str, path: Path) -> Type:
        word = last_word(node.value)
        inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if word in ("Optional", "Union"):
            return self.optional([*inner, *([ast.Constant(None)] if word == "Optional" else [])], name, path)
        if word in ("Annotated", "Final"):
            return self.read(inner[0], name, path)
        if word in SEQUENCES:
            length = Symbol(label(name, path, "len"), (3,), (name, path, "len"))
            return Listing(self.read(inner[0], name, (*path, EACH)), of_symbol(length))
        if word in ("tuple", "Tuple") and not any(isinstance(n, ast.Constant) and n.value is ... for n in inner):
            return Items("tuple", tuple(self.read(item, name, (*path, k)) for k, item in enumerate(inner)))
        if word in ARRAYS:
            return self.array(None, dtype_in(inner[-1]), name, path)
        if CODE.fullmatch(word):
            return self.array(" ".join(map(ast.unparse, inner)), np.dtype(word), name, path)
        dims = inner[-1].value if isinstance(inner[-1], ast.Constant) else None
        dtype = DTYPES.get(word, word.lower())
        if isinstance(dims, str) and hasattr(np, dtype):
            return self.array(dims, np.dtype(dtype), name, path)
        raise self.unknown(node, name)

    def resolve(self, node: ast.AST) -> object:
        """What a name in an annotation stands for in the user's module."""
        if isinstance(node, ast.Name):
            return self.source.function.__globals__.get(node.id, getattr(builtins, node.id, None))
        return getattr(self.resolve(node.value), node.attr, None) if isinstance(node, ast.Attribute) else None

    # ---- sizes

    def array(self, text: str | None, dtype: np.dtype[Any], name: str, path: Path) -> Type:
        """An array by the names of its axes; without them, of the rank that is tried."""
        if text is None:
            self.guessed[name] = None
        words = ["_"] * self.rank if text is None else text.split()
        words = [word.lstrip("#?").rpartition("=")[2] for word in words if word != "..." and word[0] != "*"]
        return Array(dtype, tuple(self.size(word, name, path, k) for k, word in enumerate(words)))

    def size(self, word: str, name: str, path: Path, axis: int) -> Dim:
        place = Symbol(label(name, path, axis), (), (name, path, axis))
        scope = path[:len(path) - path[::-1].index(EACH)] if EACH in path else ()
        scope = (name, *scope) if scope else ()
        if word.isidentifier() and word != "_":
            title = place.name if scope else word
            self.places.setdefault((scope, word), Symbol(title, (next(self.sizes),), place.source))
        found = affine(word, {known: symbol for (where, known), symbol in self.places.items() if where == scope})
        if found is None:
            return of_symbol(Symbol(place.name, (next(self.sizes),), place.source))
        if found.terms != ((place, 1),) and (len(found.terms) != 1 or found.terms[0][0].source != place.source):
            self.equal[of_symbol(place), found] = None
        return found


def affine(text: str, known: dict[str, Symbol]) -> Dim | None:
    """A size such as "n-1", "2*n" or "3" as an affine expression; None for any other."""
    def of(node: ast.AST) -> Dim | None:
        if isinstance(node, ast.Constant) and type(node.value) is int:
            return constant(node.value)
        if isinstance(node, ast.Name) and node.id in known:
            return of_symbol(known[node.id])
        if not isinstance(node, ast.BinOp):
            return None
        left, right = of(node.left), of(node.right)
        if left is None or right is None:
            return None
        if isinstance(node.op, (ast.Add, ast.Sub)):
            return left + right if isinstance(node.op, ast.Add) else left - right
        if isinstance(node.op, ast.Mult) and not (left.terms and right.terms):
            return right.times(left.constant) if not left.terms else left.times(right.constant)
        return None

    try:
        return of(ast.parse(text, mode="eval").body)
    except SyntaxError:
        return None


# ---- texts

def parse(text: str) -> ast.AST:
    try:
        return ast.parse(text.strip(), mode="eval").body
    except SyntaxError:
        return ast.Name(id="unreadable")


def last_word(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def dtype_in(node: ast.AST) -> np.dtype[Any]:
    """The dtype of `np.float32`, or of `np.dtype[np.float32]`."""
    word = last_word(node.slice if isinstance(node, ast.Subscript) else node)
    found = getattr(np, word, None)
    concrete = isinstance(found, type) and issubclass(found, np.generic) and found.__module__ == np.__name__
    try:
        return np.dtype(found) if concrete else np.dtype(float)     # type: ignore[arg-type]
    except TypeError:
        return np.dtype(float)


def text_of(found: object) -> str:
    """An object that stands in annotations as the text of one."""
    if isinstance(found, str):
        return found
    if isinstance(found, type) and not hasattr(found, "__origin__"):
        return found.__name__
    return str(found) if found is not None else ""


__all__ = ["Declared", "declared", "examples"]
