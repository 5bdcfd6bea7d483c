"""Random loops of the fuzzer's programs."""
from __future__ import annotations

from .statements import DEEPEST, WEIGHTS, Statements

LOOP_WEIGHTS = {"loop_range": 3.0, "loop_elements": 0.8, "loop_rows": 0.8, "loop_list": 0.8, "loop_while": 1.3}


class Loops(Statements):
    """Draws loops: at most three deep, of a few trips or of none."""

    def counter(self, kind: str) -> str:
        """A name for an index; now and then none is needed."""
        free = [name for name in "ijk" if name not in self.names]
        if not free or self.chance(0.3):
            return "_"
        self.names[free[0]] = kind
        return free[0]

    def body(self, most: int = 3) -> list[str]:
        self.loops += 1
        lines = self.block(most)
        self.loops -= 1
        if self.chance(0.05):
            lines += ["else:", *self.block(1)]
        return lines

    def looped(self, head: str, names: dict[str, str], most: int = 3) -> list[str]:
        """A `for` over `head`, which binds names; they are not seen after it, since it may not run."""
        outer = dict(self.names)
        self.names.update(names)
        lines = [f"for {head}:", *self.body(most)]
        self.names = outer
        return lines

    def loop_range(self) -> list[str] | None:
        if self.depth >= DEEPEST:
            return None
        outer, heads = dict(self.names), [("range(2)", "i2")]
        if self.named("n"):
            heads += [("range(steps)", "i2"), ("range(steps, 0, -1)", "i0")]
        for name, short in self.vectors():
            heads += [(f"range(len({name}))", f"i{short}")]
            heads += [(f"range(1, len({name}) - 1)", f"i{min(short + 1, 2)}")] if short < 2 else []
        head, kind = self.draw.choice(heads)
        name = self.counter(kind)
        lines = self.looped(f"{name} in {head}", {})
        self.names = outer
        return lines

    def loop_elements(self) -> list[str] | None:
        """Over the elements of vectors."""
        if self.depth >= DEEPEST or not self.vectors():
            return None
        free = [name for name in "cdpqst" if name not in self.names]
        name, short = self.draw.choice(self.vectors())
        if len(free) < 2:
            return None
        way = self.draw.random()
        if way < 0.5:
            return self.looped(f"{free[0]} in {name}", {free[0]: "s"})
        if way < 0.75 and "k" not in self.names:
            return self.looped(f"k, {free[0]} in enumerate({name})", {free[0]: "s", "k": f"i{short}"})
        other = self.draw.choice(self.vectors())[0]
        return self.looped(f"{free[0]}, {free[1]} in zip({name}, {other})", {free[0]: "s", free[1]: "s"})

    def loop_rows(self) -> list[str] | None:
        free = [name for name in "wxyz" if name not in self.names]
        if self.depth >= DEEPEST or not self.named("m") or not free:
            return None
        name = self.draw.choice(self.named("m"))
        if self.chance(0.3) and "k" not in self.names:
            return self.looped(f"k, {free[0]} in enumerate({name})", {free[0]: "v0", "k": "i0"})
        return self.looped(f"{free[0]} in {name}", {free[0]: "v0"})

    def loop_list(self) -> list[str] | None:
        """Over the items of a list."""
        free = [name for name in "wxyz" if name not in self.names]
        if self.depth >= DEEPEST or not free:
            return None
        if self.named("P") and self.chance(0.6) and "W" not in self.names:
            return self.looped("W, b in " + self.named("P")[0], {"W": "m", "b": "v0"})
        if not self.named("L"):
            return None
        return self.looped(f"{free[0]} in {self.named('L')[0]}", {free[0]: "v0"})

    def loop_while(self) -> list[str] | None:
        """A `while` that ends by its counter, or before."""
        if self.depth >= DEEPEST:
            return None
        self.counters += 1
        name = f"n{self.counters}"
        test = f"{name} < {self.draw.choice(('2', '3', *self.named('n')))}"
        if self.chance(0.5):
            test = self.draw.choice((f"{test} and ({self.test()})", f"({self.test()}) and {test}"))
        return [f"{name} = 0", f"while {test}:", f"    {name} += 1", *self.body()]


ALL_WEIGHTS = {**WEIGHTS, **LOOP_WEIGHTS}
