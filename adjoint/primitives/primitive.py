"""A primitive, as its template describes it, and the table of all of them."""
from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..ir.program import Const


@dataclass(frozen=True)
class Primitive:
    """One template.

    kind: elementwise, linear, bilinear, general, constant, or write: what is given is written into the
    first operand, at a place that the body names.  `functions`: what calls it, by dotted
    name ("numpy.tanh", "method.copy", "operator.Mult").  `parameters`: z and the operands; `sequence`
    is the one of them that is a tuple or list of operands.  `attributes`: what else it takes, with the
    defaults (UNDEFINED where there is none).  `result` names the rule for the type of the result,
    `noun` what an unnamed one is called, `cost` is cheap, dear or never (to be recomputed), `views`
    no, yes, maybe, locked (a view that cannot be written to) or self (the operand, where it is an array
    already).  `moves`: z holds each element of the operands once, and nothing else.  `unique`: no two
    elements of z are equal.  `layout`: the order, C, in which z lies, or the operand as which it lies.
    `method`: yes where derived code calls it so, writes where that is another function: it writes to the operand.
    `copied`: the primitive that this one is where it is surely no view.  `fits`: what a write may be given: all that
    broadcasts, one number (`one`), or that or what is as large as the place (`exactly`).  `writer`: the one that
    writes to what this one, a view that is locked, shows without attributes.
    """

    name: str
    kind: str
    functions: tuple[str, ...]
    parameters: tuple[str, ...]
    attributes: tuple[tuple[str, Const], ...] = ()
    result: str = "elementwise"
    cost: str = "cheap"
    noun: str = ""
    views: str = "no"
    moves: str = "no"
    unique: str = "no"
    method: str = "no"
    layout: str = ""
    copied: str = ""
    fits: str = "broadcast"
    writer: str = ""
    sequence: str = ""
    body: tuple[object, ...] = field(default=(), compare=False)
    cases: tuple[str, ...] = ()
    formula: str = ""
    file: str = ""
    line: int = 0
    names: Mapping[str, object] | None = field(default=None, compare=False)

    @property
    def spelling(self) -> str:
        return self.functions[0]

    @property
    def operator(self) -> str:
        """The operator that it can be written as ("Add"), or ""."""
        return next((f.partition(".")[2] for f in self.functions if f.startswith("operator.")), "")

    @property
    def augmented(self) -> str:
        """The spelling of an augmented assignment."""
        return "augmented." + self.operator

    @property
    def idiom(self) -> str:
        """How derived code spells it: as an operator, attribute or method, where there is one.

        "either.sum" is `x.sum()` of an array with a name, and `np.sum(x * y)` of an expression.
        """
        if self.method == "yes":
            return EITHER + self.spelling.rpartition(".")[2]
        short = (f for f in self.functions if f.startswith(("operator.", "attribute.", "method.")))
        return next(short, self.spelling)


EITHER = "either."
WRITES = "writes"
WRITE = "write"    # the kind
GIVEN = "given."  # an array that NumPy makes of a list or tuple, where it is given one
SPREAD = "spread."  # a call whose last operands stand one by one: `x.reshape(2, 3)`, "spread.numpy.meshgrid"

# Operands that only say how large a result is, and those that have no derivative: what selects and counts.
SHAPE_ONLY = ("like", "shape", "dtype", "subscripts")
INACTIVE = (*SHAPE_ONLY, "mask", "index")


@dataclass
class Registry:
    """All primitives, by name and by what calls them."""

    by_name: dict[str, Primitive] = field(default_factory=dict)
    by_spelling: dict[str, Primitive] = field(default_factory=dict)
    _by_object: dict[int, tuple[object, str]] = field(default_factory=dict)
    _modules: int = 0

    def add(self, primitive: Primitive) -> None:
        self.by_name[primitive.name] = primitive
        for function in primitive.functions:
            self.by_spelling[function] = primitive
        self._modules = 0

    def spelling_of(self, function: object) -> str | None:
        """The dotted name under which templates know this function object, or None."""
        if self._modules != len(sys.modules):
            self._by_object = {}
            for spelling in self.by_spelling:
                module, _, name = spelling.rpartition(".")
                found = getattr(sys.modules.get(module), name, None)
                if found is not None:
                    self._by_object.setdefault(id(found), (found, spelling))
            self._modules = len(sys.modules)
        entry = self._by_object.get(id(function))
        if entry is not None:
            return entry[1]
        owner = getattr(function, "__self__", None)    # a ufunc, of which this is a method
        own = None if owner is None else self.spelling_of(owner)
        spelling = f"{own}.{getattr(function, '__name__', '')}"
        return spelling if own is not None and spelling in self.by_spelling else None


REGISTRY = Registry()
