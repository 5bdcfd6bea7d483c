"""Breaks lines that are wider than the page, as one would by hand.

before: a statement's first line, on one line
after:  lines of at most `WIDTH` columns, wherever Python lets them break: before an operator or after a comma, in
        the outermost brackets that help; what follows a break stands below what the brackets begin with
"""
from __future__ import annotations

import ast
import io
import re
import tokenize
from dataclasses import dataclass

WIDTH = 100
OPERATORS = {"or": 0, "if": 0, "else": 0, "and": 1, "==": 2, "!=": 2, "<": 2, ">": 2, "<=": 2, ">=": 2, "+": 3, "-": 3,
             "*": 6, "/": 6, "@": 6, "//": 6, "%": 6}
LOOSE = 4
HANGING = -1
DEEPER, IN_INDEX = 10, 100
VALUE = re.compile(r"^(\s*(?:return|if|elif|while) |[^=()]*?[^=<>!]=(?!=) ?)(.*?)(:?)$")
SHORT, AFTER_BRACKET = 0.25, 40


@dataclass(frozen=True)
class Break:
    """A place where a line may be broken: before `at`.  What follows stands below `under`, or HANGING."""

    at: int
    under: int
    cost: int
    is_operator: bool = False


def wrapped(line: str) -> list[str]:
    """The line, broken where it is wider than the page; as it is where that does not help."""
    if len(line) <= WIDTH:
        return [line]
    choices = [(*broken(line), 0)]
    again = in_parentheses(line)
    if again is not None:
        choices.append((*broken(again), -IN_INDEX if is_sum(line) else DEEPER))
    best = min(choices, key=lambda choice: (max(WIDTH, *map(len, choice[0])), choice[1] + choice[2]))[0]
    return best if is_same(best, line) else [line]


def in_parentheses(line: str) -> str | None:
    """`x = (a + b)`: the value of a statement in brackets of its own."""
    match = VALUE.match(line)
    return f"{match[1]}({match[2]}){match[3]}" if match else None


def is_sum(line: str) -> bool:
    """True where the outermost operator is not in brackets and binds loosely: the line is broken there."""
    return any(found.cost < LOOSE for found in breaks(line, outside=True))


def is_same(lines: list[str], line: str) -> bool:
    body = "\n    pass" if line.endswith(":") else ""
    head = "if" if line.lstrip().startswith("elif ") else ""
    texts = ["\n".join(lines).lstrip() + body, line.lstrip() + body]
    one, other = (ast.dump(ast.parse(head + text.removeprefix("elif") if head else text)) for text in texts)
    return one == other


def broken(line: str) -> tuple[list[str], float]:
    """The line, broken greedily: each time at the cheapest place that is still on the page; what that costs."""
    places = breaks(line)
    segments: list[tuple[int, int]] = [(0, 0)]
    made: list[str] = []
    total = 0.0
    margin = len(line) - len(line.lstrip())

    def column(at: int) -> int:
        if at == HANGING:
            return margin + 4
        start, indent = next(segment for segment in reversed(segments) if segment[0] <= at)
        return indent + at - start

    while True:
        start, indent = segments[-1]
        possible = [place for place in places if place.at > start and column(place.at) <= WIDTH
                    and column(place.under) < column(place.at)]
        if indent + len(line) - start <= WIDTH or not possible:
            return [*made, " " * indent + line[start:]], total
        best = min(possible, key=lambda place: (
            place.cost + DEEPER * (place.is_operator and is_short(column(place.at), column(place.under))), -place.at))
        total += best.cost
        made.append(" " * indent + line[start:best.at].rstrip())
        segments.append((best.at, column(best.under)))


def is_short(at: int, under: int) -> bool:
    """True where a line would end soon after it begins."""
    return at - under < SHORT * (WIDTH - under)


def breaks(line: str, outside: bool = False) -> list[Break]:
    """Where a line may be broken; or, `outside`, where it could be if it stood in brackets."""
    found: list[Break] = []
    stack: list[tuple[int, bool]] = []
    before: tokenize.TokenInfo | None = None
    for token in tokens(line):
        deep = len(stack)
        if (deep == 0) == outside and before is not None:
            under = stack[-1][0] if stack else 0
            cost = DEEPER * deep + (IN_INDEX if any(index for _, index in stack) else 0)
            if before.string == ",":
                found.append(Break(token.start[1], under, cost))
            elif token.string in OPERATORS and is_operand_end(before):
                found.append(Break(token.start[1], under, cost + OPERATORS[token.string], True))
        if token.string in ("(", "[", "{"):
            index = token.string == "[" and before is not None and is_operand_end(before)
            stack.append((token.end[1], index))
            if not outside:
                found.append(Break(token.end[1], HANGING, DEEPER * deep + (IN_INDEX if index else AFTER_BRACKET)))
        elif token.string in (")", "]", "}") and stack:
            stack.pop()
        before = token
    return found


def is_operand_end(token: tokenize.TokenInfo) -> bool:
    return token.type in (tokenize.NUMBER, tokenize.STRING) or token.string in (")", "]", "}") or \
        token.type == tokenize.NAME and token.string not in ("return", "in", "not", "and", "or", "if", "else", "while")


def tokens(line: str) -> list[tokenize.TokenInfo]:
    """The tokens of a line; what is open at its end, or was open before it, does not matter."""
    found: list[tokenize.TokenInfo] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(line.strip()).readline):
            found.append(token)
    except (tokenize.TokenError, IndentationError):
        pass
    shift = len(line) - len(line.lstrip())
    kept = (t for t in found if t.type in (tokenize.NAME, tokenize.NUMBER, tokenize.STRING, tokenize.OP))
    return [t._replace(start=(1, t.start[1] + shift), end=(1, t.end[1] + shift)) for t in kept]
