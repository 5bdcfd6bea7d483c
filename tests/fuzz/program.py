"""A random program: text in the form of the files of tests/programs, and what it defines."""
from __future__ import annotations

import ast
import itertools
import linecache
import random
from dataclasses import dataclass
from typing import Any

from .structures import ALL_WEIGHTS, Structures

HEAD = '# expect: gradient\n"""{}"""\nimport math\n\nimport numpy as np\n\n'
MAKERS = {"s": "{s}", "v0": "rng.normal(size={n})", "m": "0.5 * rng.normal(size=({n}, {n}))",
          "L": "[rng.normal(size={n}) for _ in range({k})]",
          "P": "[(0.5 * rng.normal(size=({n}, {n})), rng.normal(size={n})) for _ in range({k})]"}
SIZES = ((5, 3), (4, 0), (4, 1), (6, 2))
# Part of the programs that write to no array: their adjoints are values, and may share memory.
PURE = 0.2
WRITING = ("augment_vector", "store", "store_row", "mask_store", "item")
_numbers = itertools.count()


@dataclass
class Module:
    """What a program defines: `f`, its arguments made anew by each call of `inputs`, the differentiated ones."""

    text: str
    space: dict[str, Any]

    @property
    def f(self) -> Any:
        return self.space["f"]

    @property
    def argnums(self) -> Any:
        return self.space["ARGNUMS"]

    @property
    def ARGNUMS(self) -> tuple[int, ...]:
        found = self.space["ARGNUMS"]
        return found if isinstance(found, tuple) else (found,)

    def inputs(self) -> list[Any]:
        found: list[Any] = self.space["inputs"]()
        return found


def load(text: str, name: str = "fuzz") -> Module:
    """The program, run from a file that only linecache has."""
    file = f"<{name} {next(_numbers)}>"
    linecache.cache[file] = (len(text), None, text.splitlines(True), file)
    space: dict[str, Any] = {"__name__": name}
    exec(compile(text, file, "exec"), space)
    return Module(text, space)


class Writer(Structures):
    """Writes a function around statements."""

    def function(self, name: str, parameters: dict[str, str], size: int, result: str) -> list[str]:
        """The lines of a function; it returns a value of the kind `result`."""
        self.names, self.left, self.kind = dict(parameters), size, result
        lines: list[str] = []
        while self.left > 0:
            lines += self.statement()
        lines.append(f"return {self.final()}")
        return [f"def {name}({', '.join(parameters)}):", *("    " + line for line in lines), "", ""]

    def result(self) -> str:
        return self.scalar(2) if self.kind == "s" else self.vector(0, 1)

    def final(self) -> str:
        """A sum over much of what is in scope, so that a wrong adjoint is seen."""
        if self.kind != "s":
            return self.vector(0, 1)
        parts = [self.scalar(2)]
        for name, kind in self.names.items():
            if kind[0] in "vm" and self.chance(0.7):
                parts.append(self.draw.choice((f"np.sum({name} * {name})", f"np.sum({name})")))
            elif kind == "s" and self.chance(0.5):
                parts.append(name)
            elif kind == "L" and self.chance(0.7):
                parts.append(f"np.sum({name}[0] * {name}[-1])")
        self.draw.shuffle(parts)
        return " + ".join(parts)


def helpers(writer: Writer, draw: random.Random) -> list[str]:
    """Up to two functions that the program may call."""
    lines: list[str] = []
    shapes = [("g", {"s": "s", "t": "s"}, "s"), ("h", {"x": "v0", "s": "s"}, "v0"),
              ("r", {"x": "v0", "y": "v0"}, "s")]
    for name, parameters, result in draw.sample(shapes, draw.choices((0, 1, 2), (5, 3, 2))[0]):
        lines += writer.function(name, parameters, draw.randint(1, 4), result)
        writer.functions[name] = (*parameters.values(), result)
    return lines


def drawn_parameters(draw: random.Random) -> dict[str, str]:
    found = {"a": "s", "u": "v0"}
    for name, kind, probability in (("v", "v0", 0.6), ("A", "m", 0.3), ("L", "L", 0.2), ("P", "P", 0.1)):
        if draw.random() < probability:
            found[name] = kind
    if draw.random() < 0.15:
        del found["a"]
    return found


def inputs_text(parameters: dict[str, str], draw: random.Random) -> list[str]:
    """Two inputs: the second has another size, and loops that may not run."""
    cases = []
    for n, steps in (SIZES[0], draw.choice(SIZES[1:])):
        numbers = {"n": n, "k": draw.randint(2, 3), "s": draw.choice((0.31, 0.72, -0.41, 1.13))}
        made = [MAKERS[kind].format(**numbers) for kind in parameters.values()]
        cases.append(f"({', '.join([*made, str(steps)])})")
    seed = f"    rng = np.random.default_rng({draw.randint(0, 999)})"
    return ["def inputs():", seed, f"    return [{', '.join(cases)}]", "", ""]


def generate(seed: int, number: int) -> str:
    """The text of program `number` of a seed; the same each time."""
    draw = random.Random(f"{seed} {number}")
    weights = {name: weight * draw.choice((0.3, 1.0, 1.0, 2.5)) for name, weight in ALL_WEIGHTS.items()}
    if draw.random() < PURE:
        weights.update(dict.fromkeys(WRITING, 0.0))
    writer = Writer(draw, weights)
    own = helpers(writer, draw)
    parameters = drawn_parameters(draw)
    body = writer.function("f", {**parameters, "steps": "n"}, draw.randint(3, 10), "s")
    argnums = ", ".join(str(k) for k in range(len(parameters)))
    lines = [f"ARGNUMS = ({argnums},)", "", "", *inputs_text(parameters, draw), *own, *body]
    return tidy(HEAD.format(f"Seed {seed}, program {number}.") + "\n".join(lines))


def tidy(text: str) -> str:
    """The text as Python would print its tree, with the first comment kept."""
    first = text.split("\n", 1)[0] + "\n" if text.startswith("#") else ""
    return first + ast.unparse(ast.parse(text)).rstrip("\n") + "\n"
