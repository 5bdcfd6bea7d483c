"""What an emitted function says of itself: the header of its text, and its docstring."""
from __future__ import annotations

import itertools
import textwrap
from collections.abc import Iterator
from functools import partial

from ..emit.text import Heading
from ..frontend.read import Reading
from ..frontend.scope import is_instance
from ..ir.dims import Dim, Symbol
from ..ir.program import Block, Loop, Op, Prim, Unpack, Value
from ..ir.traverse import blocks
from ..ir.types import Array, Field, Items, Listing, Number, NumpyScalar, Opaque, Type, dims_of, record_class
from ..pipeline import Settings, Step
from ..primitives.primitive import REGISTRY, Primitive
from ..transform.forward import Direction
from .signature import Signature, literal_defaults

WIDTH = 100
QUOTES = '"""'
LETTERS = "nmkpqrsdhl"
HOT = ".  Not changed: copied on entry, because the primal writes to it"
TIMES = {1: "", 2: " twice"}


def heading(label: str, signature: Signature, steps: tuple[Step, ...], settings: Settings, reading: Reading,
            kinds: dict[str, Type], constants: dict[str, object]) -> Heading:
    """The header, signature and docstring of a derivative's text."""
    defaults = literal_defaults(signature, kinds, constants)
    describe = partial(docstring, signature, steps, reading, kinds, constants)
    sections = not all(isinstance(step, Direction) for step in steps)
    return Heading(label, signature.parameters(defaults), describe, header(signature, steps, settings), sections)


def docstring(signature: Signature, steps: tuple[Step, ...], reading: Reading, kinds: dict[str, Type],
              constants: dict[str, object]) -> str:
    """What the function says of itself; asked for when all facts about sizes are known."""
    return Description(signature, steps, reading, kinds, constants).text()


def mode_of(step: Step) -> str:
    return "forward mode" if isinstance(step, Direction) else "reverse mode"


def header(signature: Signature, steps: tuple[Step, ...], settings: Settings) -> tuple[str, ...]:
    """Where the text comes from and what it is, in comments."""
    source = signature.source
    names = (*signature.names, *signature.extra)
    wrt = [", ".join(names[k] for k in step.wrt) for step in steps]
    if len(set(zip(map(mode_of, steps), wrt))) == 1:
        times = TIMES.get(len(steps), f" {len(steps)} times")
        what = f"{mode_of(steps[0])}{times}, wrt {wrt[0]}"
    else:
        what = ", over ".join(f"{mode_of(step)} wrt {words}" for step, words in zip(steps[::-1], wrt[::-1]))
    backend = "" if settings.backend.name == "numpy" else f", for {settings.backend.name}"
    file = source.file.replace("\\", "/").rpartition("/")[2]
    line = source.node.lineno + source.shift
    text = f"Written by adjoint from {file}:{line} ({source.name}): {what}{backend}."
    return tuple(textwrap.wrap(text, WIDTH, initial_indent="# ", subsequent_indent="# ", break_long_words=False,
                               break_on_hyphens=False))


def all_ops(block: Block) -> Iterator[Op]:
    for op in block.ops:
        yield op
        for inner in blocks(op):
            yield from all_ops(inner)


def symbols_in(kind: Type) -> Iterator[Symbol]:
    """The sizes of the arrays in an argument."""
    if isinstance(kind, Array):
        yield from (symbol for dim in kind.dims for symbol, _ in dim.terms)
    for item in kind.items if isinstance(kind, Items) else [kind.element] if isinstance(kind, Listing) else []:
        yield from symbols_in(item)


class Letters:
    """A letter for each size of an argument; sizes that meet elementwise, and are not 1, share one."""

    def __init__(self, reading: Reading, taken: set[str]) -> None:
        self.declared = {symbol.source: symbol.name for param in reading.function.params
                         for symbol in symbols_in(param.type) if symbol.name.isidentifier()}
        self.taken = taken | set(self.declared.values())
        self.shared: dict[object, object] = {}
        self.given: dict[object, str] = {}
        for op in all_ops(reading.function.block):
            if isinstance(op, Prim) and op.primitive in REGISTRY.by_name:
                self.look_at(op, REGISTRY.by_name[op.primitive], reading)

    def look_at(self, op: Prim, primitive: Primitive, reading: Reading) -> None:
        shapes = [dims_of(arg.type) for arg in op.args]
        if primitive.result == "elementwise":
            for one, other in itertools.combinations(shapes, 2):
                for a, b in zip(one[::-1], other[::-1]):
                    if a in reading.facts.not_one and b in reading.facts.not_one:
                        self.join(self.size(a), self.size(b))
        elif primitive.kind == "bilinear" and len(shapes) == 2 and not op.attrs:
            # the one size of each operand that the result lacks: a product was summed over it
            result = dims_of(op.outs[0].type)
            gone = [[dim for dim in shape if dim not in result] for shape in shapes]
            if len(gone[0]) == len(gone[1]) == 1:
                self.join(self.size(gone[0][0]), self.size(gone[1][0]))

    def size(self, dim: Dim) -> object:
        """What tells a size of an argument from others; None for what is computed from sizes."""
        if len(dim.terms) != 1 or dim.constant or dim.terms[0][1] != 1 or not dim.terms[0][0].source:
            return None
        symbol: Symbol = dim.terms[0][0]
        return None if symbol.source[0] == "derived" else symbol.source

    def join(self, a: object, b: object) -> None:
        a, b = self.root(a), self.root(b)
        if a is not None and b is not None and a != b:
            self.shared[b] = a

    def root(self, size: object) -> object:
        while size in self.shared:
            size = self.shared[size]
        return size

    def of(self, dim: Dim) -> str:
        size = self.root(self.size(dim))
        if size is None:
            return str(dim)
        if size not in self.given:
            if size in self.declared:
                self.given[size] = self.declared[size]  # type: ignore[index]
                return self.given[size]
            free = (f"{letter}{number or ''}" for number in range(100) for letter in LETTERS)
            self.given[size] = next(word for word in free if word not in self.taken)
            self.taken.add(self.given[size])
        return self.given[size]


class Description:
    """The docstring of a derivative: of what, its arguments, what it returns."""

    def __init__(self, signature: Signature, steps: tuple[Step, ...], reading: Reading, kinds: dict[str, Type],
                 constants: dict[str, object]) -> None:
        self.signature, self.steps, self.reading = signature, steps, reading
        self.kinds, self.constants = kinds, constants
        self.names = (*signature.names, *signature.extra)
        self.items = item_names(reading)
        self.letters = Letters(reading, {*self.names, *(word for words in self.items.values() for word in words)})

    def text(self) -> str:
        first, *rest = self.paragraph(QUOTES, self.summary())
        found = [first.removeprefix(QUOTES), *(line.removeprefix(QUOTES) for line in rest)]
        found += ["", "Args:", *self.arguments()]
        found += ["", "Returns:", *self.paragraph("    ", self.returned())]
        return "\n".join(found)

    def paragraph(self, indent: str, text: str, hang: str = "") -> list[str]:
        return textwrap.wrap(text, WIDTH - 4, initial_indent=indent, subsequent_indent=indent + hang,
                             break_long_words=False, break_on_hyphens=False)

    # ---- of what

    def wrt(self, step: Step) -> str:
        words = [f"`{self.names[k]}`" for k in step.wrt]
        return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))

    def noun(self, step: Step) -> str:
        if isinstance(step, Direction):
            return "value and tangent"
        if step.pullback:
            return "value and vector-Jacobian product"
        if step.elementwise:
            return "elementwise derivative"
        return "value and gradient" if step.value else "gradient"

    def summary(self) -> str:
        what = f"`{self.reading.function.name}`"
        for step in self.steps[:-1]:
            what = f"the {self.noun(step)} of {what} with respect to {self.wrt(step)}"
        last = self.steps[-1]
        if isinstance(last, Direction):
            dots = self.names[len(self.names) - len(last.wrt):]
            first = f"{what[0].upper()}{what[1:]}" if what[0] != "`" else f"Value of {what}"
            return f"{first} and its derivative in the direction {', '.join(f'`{dot}`' for dot in dots)}."
        modes = " over ".join(map(mode_of, self.steps[::-1]))
        if len(self.steps) == 2 and self.steps[0] == last and self.noun(last) == "gradient":
            return f"Second derivative of `{self.reading.function.name}` with respect to {self.wrt(last)}, in {modes}."
        noun = self.noun(last).capitalize().replace("jacobian", "Jacobian")
        middle = f"of {what} with respect to {self.wrt(last)}" if len(self.steps) == 1 else \
            f"with respect to {self.wrt(last)} of {what}"
        return f"{noun} {middle}, in {modes}."

    # ---- arguments

    def arguments(self) -> list[str]:
        groups: list[tuple[str, list[str]]] = []
        for name in self.signature.names:
            words = self.argument(name)
            if name in self.reading.hot_parameters:
                words += HOT
            if name in self.reading.same:
                words = f"the same array as {self.reading.same[name]}"
            if groups and groups[-1][0] == words:
                groups[-1][1].append(name)
            else:
                groups.append((words, [name]))
        lines = []
        for words, names in groups:
            if words.endswith(HOT) and len(names) > 1:
                words = words.removesuffix("it") + "them"
            lines += self.paragraph("    ", f"{', '.join(names)}: {words}.", "    ")
        for name in self.signature.extra:
            words = f"tangent, shaped like {name.removesuffix('_dot')}"
            lines.append(f"    {name}: {'cotangent of the result' if name == 'out_bar' else words}.")
        return lines

    def argument(self, name: str) -> str:
        kind = self.kinds[name]
        if isinstance(kind, Opaque):
            value = self.constants.get(name)
            if is_instance(value):
                return f"object of type {type(value).__name__}"
            return repr(value) if value is None or isinstance(value, str) else "as in the call it was written for"
        if isinstance(kind, Listing) and isinstance(kind.element, Items) and name in self.items:
            names = self.items[name]
            parts = ", ".join(f"{word}: {self.shape(part)}" for word, part in zip(names, kind.element.items))
            return f"list of ({', '.join(names)}).  Each {parts}"
        return self.shape(kind)

    def shape(self, kind: Type) -> str:
        """The type of a value in a few words; an array by its sizes."""
        if isinstance(kind, Number):
            return kind.kind
        if isinstance(kind, NumpyScalar):
            return f"scalar of {kind.dtype}"
        if isinstance(kind, Array):
            sizes = ", ".join(map(self.letters.of, kind.dims)) + ("," if kind.ndim == 1 else "")
            return f"({sizes})" + ("" if kind.dtype == float else f" of {kind.dtype}")
        if isinstance(kind, Listing):
            return f"list of {self.shape(kind.element)}"
        if isinstance(kind, Items):
            parts = [self.shape(item) for item in kind.items]
            if kind.kind == "dict":
                return "{" + ", ".join(f"{key!r}: {part}" for key, part in zip(kind.keys, parts)) + "}"
            owner = record_class(kind)
            if owner is not None:
                words = [key.name for key in kind.keys if isinstance(key, Field)]
                return f"{owner.__name__}({', '.join(f'{word}: {part}' for word, part in zip(words, parts))})"
            inner = ", ".join(parts) + ("," if len(parts) == 1 and kind.kind == "tuple" else "")
            return f"[{inner}]" if kind.kind == "list" else f"({inner})"
        return str(kind)

    # ---- results

    def returned(self) -> str:
        last = self.steps[-1]
        if isinstance(last, Direction):
            return "the value, and its tangent." if len(self.steps) == 1 else \
                f"the {self.noun(self.steps[-2])}, and the tangent of each part."
        bars = ", ".join(self.bar(self.names[k]) for k in last.wrt)
        aux = "; what else the function returns" if last.aux and not last.value else ""
        return ("the value, and " if last.value or last.pullback else "") + bars + aux + "."

    def bar(self, name: str) -> str:
        kind = self.kinds.get(name)
        if name in self.reading.same:
            return f"{name}_bar: zeros, since {self.reading.same[name]}_bar has the whole"
        if kind is None or isinstance(kind, (Items, Listing)):
            return f"{name}_bar: shaped like {name}"
        return f"{name}_bar: {self.shape(kind)}"


def item_names(reading: Reading) -> dict[str, tuple[str, ...]]:
    """What the user calls the parts of a list's items: {"params": ("W", "b")}."""
    parameters = {param: param.hint for param in reading.function.params}
    found: dict[str, tuple[str, ...]] = {}
    items: dict[Value, str] = {}
    for op in all_ops(reading.function.block):
        if isinstance(op, Loop) and op.item is not None and op.header:
            name = parameters.get(op.header[0]) if isinstance(op.header[0], Value) else None
            if name is not None:
                items[op.item] = name
        if isinstance(op, Unpack) and isinstance(op.arg, Value) and op.arg in items:
            words = tuple(out.hint or "" for out in op.outs)
            if all(words):
                found.setdefault(items[op.arg], words)
    return found
