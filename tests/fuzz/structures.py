"""Random statements around lists, dicts, tuples, `None` and inner functions."""
from __future__ import annotations

from .loops import ALL_WEIGHTS as PLAIN_WEIGHTS
from .loops import Loops
from .statements import DEEPEST, SCALARS, VECTORS

STRUCTURE_WEIGHTS = {"grow": 0.7, "optional": 0.4, "record": 0.5, "state": 0.5, "inner": 0.4, "comprehension": 0.5}


class Structures(Loops):
    """Draws statements that make containers; each has a number in its name."""

    def numbered(self, word: str) -> str:
        self.counters += 1
        return f"{word}{self.counters}"

    def free(self, pool: str) -> str | None:
        return next((name for name in pool if name not in self.names), None)

    def head(self) -> tuple[str, dict[str, str]]:
        """What a loop runs over, and the names that it binds."""
        heads: list[tuple[str, dict[str, str]]] = [("_ in range(2)", {}), ("_ in range(3)", {})]
        if self.named("n"):
            heads.append(("_ in range(steps)", {}))
        if (name := self.free(SCALARS)) and self.vectors():
            heads += [(f"{name} in {self.draw.choice(self.vectors())[0]}", {name: "s"})] * 2
        return self.draw.choice(heads)

    def within(self, head: tuple[str, dict[str, str]], *last: str) -> list[str]:
        """A loop with statements, and these at its end."""
        outer = dict(self.names)
        self.names.update(head[1])
        self.loops, self.depth = self.loops + 1, self.depth + 1
        lines = [line for _ in range(self.draw.randint(0, 2)) for line in self.statement()]
        lines += map(self.filled, last)
        self.loops, self.depth, self.names = self.loops - 1, self.depth - 1, outer
        return [f"for {head[0]}:", *("    " + line for line in lines)]

    def filled(self, line: str) -> str:
        """A line with expressions in its places."""
        drawn = {"{s}": lambda: self.scalar(1), "{v}": lambda: self.vector(0, 1), "{t}": self.test}
        for word, draw in drawn.items():
            line = line.replace(word, draw()) if word in line else line
        return line

    def grow(self) -> list[str] | None:
        """A list that a loop fills, in each trip or in some, and what is made of it."""
        name, into = self.numbered("r"), self.free(SCALARS)
        if self.depth >= DEEPEST or into is None:
            return None
        kind = self.draw.choice("ssv") if self.vectors() else "s"
        ways = [f"{name}.append({{{kind}}})"]
        if self.chance(0.3):
            ways = ["if {t}:", "    " + ways[0]]
        head = self.head()
        lines = [f"{name} = []", *self.within(head, *ways)]
        uses = [f"{into} = {into} + np.sum(q0 * {name}[-1])", f"{into} += np.sum(q0)"]
        made = [f"{into} = 0.1", f"for q0 in {name}:", "    " + self.draw.choice(uses)]
        whole = len(ways) == 1 and head[0] in ("_ in range(2)", "_ in range(3)")
        if kind == "s" and self.chance(0.5):
            value = self.draw.choice(("sum({})", "np.sum(np.array({}) ** 2)", "0.3 * len({})"))
            made = [f"{into} = {value.format(name)}"]
        elif whole and self.chance(0.6):
            made = [f"{into} = np.sum({self.draw.choice(('np.stack', 'np.concatenate'))}({name}) ** 2)"]
        self.names[into] = "s"
        return lines + made

    def optional(self) -> list[str] | None:
        """A variable that is `None` until a trip has bound it."""
        name = self.free("dpqst")
        if self.depth >= DEEPEST - 1 or name is None:
            return None
        head = self.head()
        if name in head[1]:
            return None
        test = f"{name} is not None" + (f" and {self.test()}" if self.chance(0.4) else "")
        outer = dict(self.names)
        self.names.update({**head[1], name: "s"})
        self.loops, self.depth = self.loops + 1, self.depth + 1
        guarded = [f"if {test}:", *self.block(2)]
        self.names = {**outer, **head[1]}
        last = [*guarded, f"{name} = {self.scalar(1)}"]
        self.loops, self.depth, self.names = self.loops - 1, self.depth - 1, outer
        return [f"{name} = None", f"for {head[0]}:", *("    " + line for line in last)]

    def record(self) -> list[str] | None:
        """A dict, whose entries are names like others."""
        name = self.numbered("e")
        entries = [f"'s': {self.scalar(1)}"]
        bound = {f"{name}['s']": "s"}
        if self.vectors() and self.chance(0.6):
            entries.append(f"'v': {self.draw.choice(('', '1.0 * '))}{self.vector_leaf(0) or 'u'}")
            bound[f"{name}['v']"] = "v0"
        self.names.update(bound)
        return [f"{name} = {{{', '.join(entries)}}}"]

    def state(self) -> list[str] | None:
        """A tuple that a loop takes apart and makes again."""
        first, second, name = self.free(SCALARS), self.free(VECTORS), self.numbered("e")
        if self.depth >= DEEPEST or first is None or second is None or not self.vectors():
            return None
        lines = [f"{name} = ({self.scalar(1)}, {self.vector(0, 1)})"]
        head = self.head()
        if first in head[1]:
            return None
        outer = dict(self.names)
        self.names.update({first: "s", second: "v0"})
        inner = self.within(head, f"{name} = ({{s}}, {{v}})")
        self.names = {**outer, first: "s", second: "v0"}
        return [*lines, inner[0], f"    {first}, {second} = {name}", *inner[1:], f"{first}, {second} = {name}"]

    def inner(self) -> list[str] | None:
        """A function inside, which reads what is around it when it is called."""
        name, argument = self.numbered("g"), self.free("cdpqst")
        if argument is None or self.depth > 1:
            return None
        outer = dict(self.names)
        self.names[argument] = "s"
        lines = [f"def {name}({argument}):", f"    return {self.scalar(2)}"]
        self.names = outer
        lines += self.statement() if self.chance(0.4) else []
        into = self.target(SCALARS, "s")
        value = f"{name}({self.scalar(1)})" + (f" - {name}({self.scalar(0)})" if self.chance(0.4) else "")
        self.names[into] = "s"
        return [*lines, f"{into} = {value}"]

    def comprehension(self) -> list[str] | None:
        each, into = self.free("cdpq"), self.free("stqp")
        if each is None or into is None or each == into or not self.vectors():
            return None
        source = self.draw.choice(self.vectors())[0]
        outer = dict(self.names)
        self.names[each] = "s"
        item, test = self.scalar(1), f" if {self.test()}" if self.chance(0.3) else ""
        self.names = outer
        value = self.draw.choice(("sum([{}])", "np.sum(np.array([{}]))")).format(f"{item} for {each} in {source}{test}")
        self.names[into] = "s"
        return [f"{into} = {value}"]


ALL_WEIGHTS = {**PLAIN_WEIGHTS, **STRUCTURE_WEIGHTS}
