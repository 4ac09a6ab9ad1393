"""The grammar of `$filter`: text to a tree. The libraries for OData refuse names like `allowed`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, NoReturn

from reconciler.emulator.refusals import Refusal

TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<date>\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))
    |(?P<number>-?\d+(\.\d+)?([eE][+-]?\d+)?|-INF\b)
    |(?P<shape>geography'[^']*')
    |(?P<string>'(?:[^']|'')*')
    |(?P<open>'.*)
    |(?P<name>[A-Za-z_][A-Za-z_0-9]*(?:[./][A-Za-z_][A-Za-z_0-9]*)*)
    |(?P<braces>\{[^}]*\}|\[[^\]]*\])
    |(?P<mark>[(),:])
    |(?P<strange>.)""",
    re.VERBOSE | re.DOTALL,
)
COMPARISONS = ("eq", "ne", "gt", "lt", "ge", "le")
CONSTANTS: dict[str, Any] = {
    "true": True,
    "false": False,
    "null": None,
    "NaN": float("nan"),
    "INF": float("inf"),
}


class Token(NamedTuple):
    kind: str
    text: str
    end: int


@dataclass(frozen=True)
class Literal:
    """A constant; `kind` is string, number, date, shape or constant."""

    kind: str
    value: Any


@dataclass(frozen=True)
class Path:
    names: tuple[str, ...]

    def __str__(self) -> str:
        return "/".join(self.names)


@dataclass(frozen=True)
class Call:
    name: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True)
class Lambda:
    """`path/any(variable: body)`; without variable and body: whether there is an element."""

    path: Path
    quantifier: str
    variable: str = ""
    body: Node | None = None


@dataclass(frozen=True)
class Compare:
    operator: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Logic:
    """`and` or `or` of its parts."""

    operator: str
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Not:
    part: Node


Node = Literal | Path | Call | Lambda | Compare | Logic | Not


def parse(text: str) -> Node:
    """Raises Refusal where the text is no filter."""
    parser = _Parser(text)
    node = parser.either()
    if parser.token.kind != "end":
        parser.refuse()
    return node


def _tokens(text: str) -> Iterator[Token]:
    for match in TOKEN.finditer(text):
        if match.lastgroup != "space":
            yield Token(str(match.lastgroup), match.group(), match.end())
    yield Token("end", "", len(text))


class _Parser:
    """Recursive descent; `or` binds less than `and`, then comparison, then `not`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _tokens(text)
        self.token = next(self.tokens)

    def refuse(self) -> NoReturn:
        rule = "unterminated-string" if self.token.kind == "open" else "filter-syntax"
        end = self.token.end - len(self.token.text) if self.token.kind == "open" else self.token.end
        raise Refusal(rule, position=end, text=self.text, parameter="$filter")

    def taken(self) -> Token:
        token, self.token = self.token, next(self.tokens, self.token)
        return token

    def sees(self, *texts: str) -> bool:
        return self.token.kind in ("name", "mark") and self.token.text in texts

    def expect(self, mark: str) -> None:
        if not self.sees(mark):
            self.refuse()
        self.taken()

    def either(self) -> Node:
        parts = [self.both()]
        while self.sees("or"):
            self.taken()
            parts.append(self.both())
        return Logic("or", tuple(parts)) if len(parts) > 1 else parts[0]

    def both(self) -> Node:
        parts = [self.comparison()]
        while self.sees("and"):
            self.taken()
            parts.append(self.comparison())
        return Logic("and", tuple(parts)) if len(parts) > 1 else parts[0]

    def comparison(self) -> Node:
        left = self.unary()
        if not self.sees(*COMPARISONS):
            return left
        return Compare(self.taken().text, left, self.unary())

    def unary(self) -> Node:
        if self.sees("not"):
            self.taken()
            return Not(self.unary())
        if self.sees("("):
            self.taken()
            inside = self.either()
            self.expect(")")
            return inside
        return self.primary()

    def primary(self) -> Node:
        kind, text, _ = self.token
        if kind == "name":
            self.taken()
            if self.sees("("):
                return self.called(text)
            return Literal("constant", CONSTANTS[text]) if text in CONSTANTS else _path(text)
        if kind not in ("string", "number", "date", "shape"):
            self.refuse()
        self.taken()
        return Literal(kind, _value(kind, text))

    def called(self, name: str) -> Node:
        self.expect("(")
        path, _, last = name.rpartition("/")
        if path and last in ("any", "all"):
            return self.quantified(_path(path), last)
        arguments = [] if self.sees(")") else [self.either()]
        while self.sees(","):
            self.taken()
            arguments.append(self.either())
        self.expect(")")
        return Call(name, tuple(arguments))

    def quantified(self, path: Path, quantifier: str) -> Lambda:
        if self.sees(")") and quantifier == "any":
            self.taken()
            return Lambda(path, quantifier)
        if self.token.kind != "name":
            self.refuse()
        variable = self.taken().text
        self.expect(":")
        body = self.either()
        self.expect(")")
        return Lambda(path, quantifier, variable, body)


def _path(text: str) -> Path:
    return Path(tuple(text.split("/")))


def _value(kind: str, text: str) -> Any:
    match kind:
        case "string":
            return text[1:-1].replace("''", "'")
        case "number":
            if text == "-INF":
                return float("-inf")
            return int(text) if text.lstrip("-").isdigit() else float(text)
    return text
