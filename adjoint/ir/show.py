"""Prints a program, for people: one operation a line, values numbered in order of appearance."""
from __future__ import annotations

from .calls import units_of
from .program import (
    UNDEFINED,
    Alloc,
    Arg,
    At,
    Bind,
    Block,
    Const,
    Effect,
    Function,
    If,
    Load,
    Loop,
    Op,
    Pop,
    Prim,
    Push,
    Step,
    Store,
    Tape,
    Undo,
    Unpack,
    Value,
    View,
)
from .units import Call, Handover


class Printer:
    """Gives values their numbers and writes the lines."""

    def __init__(self) -> None:
        self.numbers: dict[Value, int] = {}
        self.keys: dict[int, int] = {}
        self.lines: list[str] = []

    def name(self, arg: Arg | None) -> str:
        if arg is None:
            return "-"
        if arg is UNDEFINED:
            return "undefined"
        if isinstance(arg, Const):
            return getattr(arg.value, "__name__", None) or repr(arg.value)
        number = self.numbers.setdefault(arg, len(self.numbers))
        mark = "&" if arg.is_handle else "#" if arg.is_version else "%"
        return f"{mark}{number}" + (f":{arg.hint}" if arg.hint else "")

    def names(self, args: tuple[Arg, ...]) -> str:
        return ", ".join(map(self.name, args))

    def write(self, depth: int, text: str) -> None:
        self.lines.append("    " * depth + text)

    def block(self, block: Block, depth: int) -> None:
        for op in block.ops:
            self.op(op, depth)
        if block.yields:
            self.write(depth, f"yield {self.names(block.yields)}")

    def op(self, op: Op, depth: int) -> None:
        outs = self.names(op.outs)
        kinds = ", ".join(str(out.type) for out in op.outs if not out.is_version)
        match op:
            case Prim():
                self.write(depth, f"{outs} = {self.prim(op)}  : {kinds}")
            case Bind() | Unpack() | Alloc():
                args = op.args if isinstance(op, Bind) else (op.arg,)
                self.write(depth, f"{outs} = {type(op).__name__.lower()} {self.names(args)}  : {kinds}")
            case View():
                self.write(depth, f"{outs} = view {self.name(op.base)}{self.place(op.step, op.operands)}  : {kinds}")
            case Load():
                self.write(depth, f"{outs} = load {self.name(op.handle)} at {self.name(op.version)}  : {kinds}")
            case Store():
                target, value = self.name(op.handle), self.name(op.value)
                self.write(depth, f"{outs} = store {op.how} {target} <- {value} after {self.name(op.before)}")
            case At() | Undo():
                what = op.value if isinstance(op, At) else op.store.outs[0]
                self.write(depth, f"{outs + ' = ' if outs else ''}{type(op).__name__.lower()} {self.name(what)}")
            case Tape():
                self.write(depth, f"{outs} = tape")
            case Push():
                self.write(depth, f"push {self.name(op.tape)} {self.names(op.args)}")
            case Pop():
                self.write(depth, f"{outs} = {'peek' if op.peek else 'pop'} {self.name(op.tape)}")
            case Effect():
                self.write(depth, f"{op.word} {self.names(op.args)}")
            case Call():
                self.write(depth, f"{outs} = {self.call(op)}  : {kinds}")
            case Handover():
                self.write(depth, f"{outs} = handover {self.names(op.args)}")
            case If():
                word = "try" if op.form == "try" else "if"
                leaves = f"  leaves {op.leaves}" if op.leaves else ""
                self.write(depth, f"{outs} = {word} {self.name(op.test)}{leaves}")
                self.block(op.then, depth + 1)
                self.write(depth, "else")
                self.block(op.orelse, depth + 1)
            case Loop():
                self.loop(op, depth)

    def call(self, op: Call) -> str:
        after = f" after {self.names(op.before)}" if op.before else ""
        return f"call{' back' if op.is_backward else ''} {op.unit.name}({', '.join(map(self.name, op.args))}){after}"

    def prim(self, op: Prim) -> str:
        step = op.attr("step")
        if isinstance(step, Step):
            return f"{op.primitive}({self.name(op.args[0])}{self.place(step, op.args[1:])})"
        attrs = "".join(f", {key}={self.name(value)}" for key, value in op.attrs)
        return f"{op.primitive}({self.names(op.args)}{attrs})"

    def place(self, step: Step, operands: tuple[Arg, ...]) -> str:
        """`[1:, None, %2]`, or the primitive by which a view is taken."""
        if step.kind != "index":
            return f".{step.kind}" + (f"({', '.join(map(self.name, operands))})" if operands else "")
        rest = list(map(self.name, operands))
        parts = []
        for part in step.pattern:
            if isinstance(part, tuple):
                bounds = [rest.pop(0) if given else "" for given in part[1:]]
                parts.append(":".join(bounds if bounds[2] else bounds[:2]))
            else:
                parts.append({"n": "None", "e": "..."}.get(str(part)) or rest.pop(0))
        return f"[{', '.join(parts)}]"

    def loop(self, op: Loop, depth: int) -> None:
        way = "reverse " if op.reverse else ""
        extra = f" index {self.name(op.index)} item {self.name(op.item)} trips {self.name(op.trips)}"
        key = self.keys.setdefault(op.body.key, len(self.keys))
        limit = f" limit {self.name(op.limit)}" if op.limit is not None else ""
        self.write(depth, f"loop {way}{op.kind} ({self.names(op.header)}){limit}{extra} key {key}")
        for carry in op.carries:
            param = f"{self.name(carry.param)} : {carry.param.type}"
            self.write(depth + 1, f"carry {param} = {self.name(carry.init)}; next {self.name(carry.next)}; "
                                  f"after {self.name(carry.result)}")
        for collect in op.collects:
            self.write(depth + 1, f"collect {self.name(collect.result)} of {self.name(collect.value)}")
        if op.head is not None:
            self.block(op.head, depth + 1)
            self.write(depth, "do")
        self.block(op.body, depth + 1)
        if op.stop is not None:
            self.write(depth + 1, f"stop if {self.name(op.stop)}")


def show(function: Function) -> str:
    """The program as text, and those of the units it calls.  The same program gives the same text."""
    printer = Printer()
    for each in (function, *(unit.program for unit in units_of(function))):
        params = ", ".join(f"{printer.name(p)} : {p.type}" for p in each.params)
        entry = f" at {printer.names(each.entry)}" if each.entry else ""
        printer.write(0, f"function {each.name}({params}){entry}")
        printer.block(each.block, 1)
    return "\n".join(printer.lines) + "\n"
