"""Random programs of arrays with up to three axes: rows and columns, masks, stores that broadcast, functions that write
to views of what they are passed."""
from __future__ import annotations

import random

from .program import HEAD, tidy
from .shapes import SHORTER, SIZES, Shapes
from .statements import AUGMENTED, DEEPEST, SCALARS

BOUND = ("NM", "NM", "MN", "N", "M", "NN", "KNM", "KN", "N1", "1M")
NAMES = "BCDEFGHLOPQUVWXYZ"
PARAMETERS = (("u", "M", 0.5), ("w", "N", 0.5), ("S", "NN", 0.3), ("T", "KNM", 0.3), ("C", "MN", 0.3), ("R", "1M", 0.2))
HELPERS = (("g", {"A": "NM", "w": "N"}, ""), ("h", {"A": "NM", "w": "M"}, "NM"))
LENGTHS = ((2, 3), (1, 3), (3, 1), (2, 2), (4, 2), (1, 1), (3, 0), (0, 2))
WEIGHTS = {"bind": 3.0, "bind_scalar": 1.0, "alias": 3.5, "exchange": 1.5, "augment": 2.0, "store": 8.0, "masked": 1.5,
           "picked": 1.0, "out": 0.8, "overlap": 1.2, "buffers": 0.8, "leave": 1.2, "branch": 2.0, "called": 2.0,
           "loop_axis": 2.5, "loop_views": 2.5, "loop_while": 1.0}
OVERLAPS = {1: (("[1:]", "[:-1]"), ("[::-1]", "")), 2: (
    ("[1:]", "[:-1]"), ("[:, 1:]", "[:, :-1]"), ("[1:, 1:]", "[:-1, :-1]"), ("[0]", "[-1]"), ("[:, 0]", "[:, -1]"),
    ("[:, ::-1]", ""), ("[...]", "[:, -1:]"))}


class Rows(Shapes):
    """Draws statements."""

    def array_name(self, shape: str) -> str:
        """A name to bind: an old one of the shape, or a new one."""
        old, fresh = self.named(shape), [name for name in NAMES if name not in self.names]
        return self.draw.choice(old if old and (not fresh or self.chance(0.5)) else fresh or ["Z"])

    def some_place(self) -> tuple[str, str]:
        return self.place(*self.draw.choice(self.arrays()))

    def bind(self) -> list[str]:
        shape = self.draw.choice(BOUND)
        value, name = self.shaped(shape, 2), self.array_name(shape)
        if self.chance(0.2):
            value = self.draw.choice(("{}.copy()", "np.zeros_like({})", "1.0 * {}")).format(self.leaf(shape))
        self.names[name] = shape
        return [f"{name} = {value}"]

    def alias(self) -> list[str] | None:
        value, shape = self.some_place()
        if not shape:
            return None
        name = self.array_name(shape)
        self.names[name] = shape
        return [f"{name} = {value}"]

    def exchange(self) -> list[str] | None:
        found = self.named(self.draw.choice(self.arrays())[1])
        if len(found) < 2:
            return None
        one, other = self.draw.sample(found, 2)
        return [f"{one}, {other} = {other}, {one}"]

    def augment(self) -> list[str]:
        name, shape = self.draw.choice(self.arrays())
        return [f"{name} {self.draw.choice(AUGMENTED)} {self.shaped(shape, 1)}"]

    # ---- writes

    def store(self) -> list[str]:
        place, shape = self.some_place()
        place += "" if place.endswith("]") else self.draw.choice(("[:]", "[...]"))
        how = self.draw.choice(AUGMENTED) if self.chance(0.45) else "="
        return [f"{place} {how} {self.loose(shape, 2)}"]

    def masked(self) -> list[str]:
        name, shape = self.draw.choice(self.arrays())
        how = self.draw.choice(("=", "=", "+=", "*="))
        if self.chance(0.4):
            return [f"mask = {self.mask_of(shape)}", f"{name}[mask] {how} ({self.shaped(shape, 1)} * 1.0)[mask]"]
        if self.chance(0.4):
            return [f"{name}[{self.mask_of(shape[0])}] {how} {self.loose(shape[1:], 1)}"]
        return [f"{name}[{self.mask_of(shape)}] {how} {self.scalar(1)}"]

    def picked(self) -> list[str] | None:
        """Rows, or an element of each, chosen by index arrays."""
        found = [(name, shape) for name, shape in self.arrays() if shape[0] == "N"]
        if not found:
            return None
        name, shape = self.draw.choice(found)
        if shape == "NM" and self.chance(0.4):
            name, shape = f"{name}[np.arange(n), columns]", "N"
        else:
            name = f"{name}[rows]"
        return [f"{name} {self.draw.choice(('=', '+=', '*='))} {self.loose(shape, 1)}"]

    def out(self) -> list[str]:
        """A function with `out=`."""
        name, shape = self.draw.choice(self.arrays())
        name += self.draw.choice(("", "[:]"))
        if self.chance(0.3):
            return [f"np.{self.draw.choice(('sin', 'tanh'))}({self.shaped(shape, 1)}, out={name})"]
        word = self.draw.choice(("add", "multiply", "subtract"))
        return [f"np.{word}({self.shaped(shape, 1)}, {self.shaped(shape, 1)}, out={name})"]

    def overlap(self) -> list[str] | None:
        """A part of an array is written, of what another part of it holds."""
        name, shape = self.draw.choice(self.arrays())
        if len(shape) not in OVERLAPS or not set(shape) <= set(SHORTER):
            return None
        to, of = self.draw.choice(OVERLAPS[len(shape)])
        value = self.draw.choice(("{0}{2}", "0.5 * {0}{2}", "np.sin({0}{2})", "{0}{2} * {0}{1}")).format(name, to, of)
        return [f"{name}{to} {self.draw.choice(('=', '+=', '*=', '-='))} {value}"]

    # ---- blocks

    def buffers(self) -> list[str] | None:
        """A loop that writes into one array what it reads in another, and exchanges them."""
        name, shape = self.draw.choice(self.arrays())
        other = self.array_name(shape)
        if self.depth >= DEEPEST - 1 or other == name or not name.isalpha():
            return None
        made = self.draw.choice(("np.zeros_like({})", "{}.copy()", "0.5 * {}")).format(name)
        self.names[other] = shape
        lines = self.looped("_ in range(steps)", {}, 2)
        part, to = self.subscript(shape)
        written = [f"{other}{part} = {self.loose(to, 1)}", f"{name}, {other} = {other}, {name}"]
        return [f"{other} = {made}", lines[0], *("    " + line for line in written), *lines[1:]]

    def loop_axis(self) -> list[str] | None:
        """Over the indices of an axis."""
        free = [name for name in "ij" if name not in self.names]
        if self.depth >= DEEPEST or not free:
            return None
        axis = self.draw.choice("NMK")
        head = self.draw.choice(("range({})", "range({})", "range({} - 1, -1, -1)", "range(1, {})"))
        return self.looped(f"{free[0]} in {head.format(SIZES[axis])}", {free[0]: "i" + axis})

    def loop_views(self) -> list[str] | None:
        """Over rows or columns, which may be written."""
        found = [(name, shape) for name, shape in self.arrays() if len(shape) > 1]
        found += [(name + ".T", shape[::-1]) for name, shape in found if len(shape) == 2]
        free = [name for name in "rvxyz" if name not in self.names]
        if self.depth >= DEEPEST or not found or len(free) < 2:
            return None
        name, shape = self.draw.choice(found)
        way = self.draw.random()
        if way < 0.4:
            return self.looped(f"{free[0]} in {name}", {free[0]: shape[1:]})
        if way < 0.65 and "i" not in self.names:
            return self.looped(f"i, {free[0]} in enumerate({name})", {free[0]: shape[1:], "i": "i" + shape[0]})
        other, of = self.draw.choice([pair for pair in found if pair[1][0] == shape[0]])
        return self.looped(f"{free[0]}, {free[1]} in zip({name}, {other})", {free[0]: shape[1:], free[1]: of[1:]})

    def called(self) -> list[str] | None:
        """A call of a function that writes to views of what it is passed."""
        if not self.functions:
            return None
        name = self.draw.choice(list(self.functions))
        *shapes, result = self.functions[name]
        call = f"{name}({', '.join(map(self.leaf, shapes))})"
        into = self.array_name(result) if result else self.target(SCALARS, "s")
        self.names[into] = result or "s"
        return [f"{into} = {call}"]

    # ---- functions

    def result(self) -> str:
        return self.shaped(self.kind, 2)

    def function(self, name: str, parameters: dict[str, str], first: list[str], size: int, result: str) -> list[str]:
        """The lines of a function; `first`: those that it begins with."""
        self.names, self.left, self.kind = dict(parameters), size, result
        lines = ["n, m = A.shape", *first]
        while self.left > 0:
            lines += self.statement()
        lines.append(f"return {self.shaped(result, 1) if result or first else self.final()}")
        return [f"def {name}({', '.join(parameters)}):", *("    " + line for line in lines), "", ""]

    def final(self) -> str:
        """A sum over much of what is in scope, so that a wrong adjoint is seen."""
        parts = [self.scalar(1)]
        for name, shape in self.arrays():
            if self.chance(0.8):
                way = self.draw.choice(("np.sum({} ** 2)", "np.sum(np.sin({}))", "np.sum({} * {})"))
                parts.append(way.format(name, self.leaf(shape)))
        return " + ".join([*parts, *self.named("s")])


def inputs_text(parameters: dict[str, str], draw: random.Random) -> list[str]:
    """Two inputs: the second has other sizes, and loops that may not run."""
    cases = []
    for (n, m), steps in (((3, 4), 2), (draw.choice(LENGTHS), draw.choice((0, 1, 3)))):
        lengths = {"N": n, "M": m, "K": 2, "1": 1}
        made = [draw.choice(("0.31", "0.72", "-0.41", "1.13"))]
        for shape in list(parameters.values())[1:]:
            size = tuple(lengths[axis] for axis in shape)
            turned = len(size) == 2 and draw.random() < 0.15
            made.append(f"0.8 * rng.normal(size={size[::-1]}).T" if turned else f"0.8 * rng.normal(size={size})")
        rows = draw.choice((f"rng.integers(0, {max(n, 1)}, size={n})", f"rng.permutation({n})"))
        cases.append(f"({', '.join(made)}, 2, {steps}, {rows}, rng.integers(0, {max(m, 1)}, size={n}))")
    seed = f"    rng = np.random.default_rng({draw.randint(0, 999)})"
    return ["def inputs():", seed, f"    return [{', '.join(cases)}]", "", ""]


def generate(seed: int, number: int) -> str:
    """The text of program `number` of a seed; the same each time."""
    draw = random.Random(f"rows {seed} {number}")
    writer = Rows(draw, {name: weight * draw.choice((0.3, 1.0, 1.0, 2.5)) for name, weight in WEIGHTS.items()})
    own: list[str] = []
    for name, parameters, result in HELPERS:
        if draw.random() < 0.35:
            first = ["k, steps = (2, 2)", "rows, columns = (np.arange(n), np.arange(n) % m)"]
            own += writer.function(name, parameters, first, draw.randint(1, 4), result)
            writer.functions[name] = (*parameters.values(), result)
    arrays = {"a": "s", "A": "NM", **{name: shape for name, shape, chance in PARAMETERS if draw.random() < chance}}
    more = {"k": "count", "steps": "n", "rows": "rows", "columns": "columns"}
    body = writer.function("f", {**arrays, **more}, [], draw.randint(3, 9), "")
    argnums = ", ".join(str(k) for k in range(len(arrays)))
    lines = [f"ARGNUMS = ({argnums},)", "", "", *inputs_text(arrays, draw), *own, *body]
    return tidy(HEAD.format(f"Seed {seed}, program {number}, of several axes.") + "\n".join(lines))
