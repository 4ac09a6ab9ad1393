"""Expressions of skill inputs: `= $(/document/language) == 'en'`, SKILLS 3.1."""

from __future__ import annotations

import json
import math
import operator
import re
from collections.abc import Callable
from functools import cache
from typing import Any

Read = Callable[[str], Any]
Expression = Callable[[Read], Any]

PATH = re.compile(r"\$\(\s*([^)]*?)\s*\)")
TOKEN = re.compile(
    r"""\s*(?:
        (?P<path>\$\([^)]*\))
      | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
      | (?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
      | (?P<word>true|false|null)\b
      | (?P<sign>&&|\|\||==|!=|<=|>=|[-+*/%<>^!?:()\[\],])
    )""",
    re.VERBOSE,
)
WORDS = {"true": True, "false": False, "null": None}


class BadExpression(Exception):
    """An expression cannot be read or computed; says where."""


def paths(text: str) -> list[str]:
    """The paths inside an expression."""
    return PATH.findall(text)


@cache
def parse(text: str) -> Expression:
    """An expression without its leading `=`; raises BadExpression."""
    try:
        reader = _Reader(text)
        expression = reader.choice()
        reader.expect("")
    except RecursionError:
        raise BadExpression("it is nested too deeply") from None
    return expression


def _number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadExpression(f"{json.dumps(value)} is not a number")
    return value


def _arithmetic(compute: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def apply(left: Any, right: Any) -> Any:
        if left is None or right is None:
            return None
        try:
            return _finite(compute(_number(left), _number(right)))
        except (ValueError, OverflowError):
            raise BadExpression("the result is not a number") from None

    return apply


def _finite(value: Any) -> Any:
    if not math.isfinite(value):
        raise BadExpression("a number is too large")
    return value


def _add(left: Any, right: Any) -> Any:
    if isinstance(left, str) and isinstance(right, str):
        return left + right
    return _arithmetic(operator.add)(left, right)


def _modulo(left: Any, right: Any) -> Any:
    _check_divisor(right)
    return (
        math.fmod(left, right) if isinstance(left + right, float) else int(math.fmod(left, right))
    )


def _check_divisor(value: Any) -> None:
    if value == 0:
        raise BadExpression("division by zero")


def _divide(left: Any, right: Any) -> Any:
    _check_divisor(right)
    whole = isinstance(left, int) and isinstance(right, int) and left % right == 0
    return left // right if whole else left / right


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """A comparison with null is false, as in C#."""

    def apply(left: Any, right: Any) -> bool:
        if left is None or right is None:
            return False
        if not (isinstance(left, str) and isinstance(right, str)):
            left, right = _number(left), _number(right)
        return compare(left, right)

    return apply


def _logical(compute: Callable[[bool, bool], bool]) -> Callable[[Any, Any], bool]:
    def apply(left: Any, right: Any) -> bool:
        return compute(_truth(left), _truth(right))

    return apply


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise BadExpression(f"{json.dumps(value)} is not true or false")
    return value


# From loose to tight, as the annotation language page orders them.
LEVELS: tuple[dict[str, Callable[[Any, Any], Any]], ...] = (
    {"||": _logical(operator.or_)},
    {"&&": _logical(operator.and_)},
    {"^": _logical(operator.xor)},
    {"==": operator.eq, "!=": operator.ne},
    {
        "<": _ordered(operator.lt),
        "<=": _ordered(operator.le),
        ">": _ordered(operator.gt),
        ">=": _ordered(operator.ge),
    },
    {"+": _add, "-": _arithmetic(operator.sub)},
    {
        "*": _arithmetic(operator.mul),
        "/": _arithmetic(_divide),
        "%": _arithmetic(_modulo),
    },
)


class _Reader:
    """Recursive descent over the tokens of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._kind, self._token = "", ""
        self._next()

    def _next(self) -> None:
        rest = self._text[self._place :]
        if not rest.strip():
            self._kind, self._token = "end", ""
            return
        match = TOKEN.match(self._text, self._place)
        if match is None or match.lastgroup is None:
            raise BadExpression(f"'{rest.strip()}' cannot be read")
        self._kind, self._token = match.lastgroup, match.group(match.lastgroup)
        self._place = match.end()

    def expect(self, sign: str) -> None:
        if self._kind not in ("sign", "end") or self._token != sign:
            raise BadExpression(f"'{self._token}' stands where '{sign}' was expected")
        self._next()

    def accept(self, *signs: str) -> str:
        if self._kind != "sign" or self._token not in signs:
            return ""
        sign = self._token
        self._next()
        return sign

    def choice(self) -> Expression:
        condition = self.binary(0)
        if not self.accept("?"):
            return condition
        first = self.choice()
        self.expect(":")
        second = self.choice()
        return lambda read: first(read) if _truth(condition(read)) else second(read)

    def binary(self, level: int) -> Expression:
        if level == len(LEVELS):
            return self.unary()
        left = self.binary(level + 1)
        while sign := self.accept(*LEVELS[level]):
            left = _joined(LEVELS[level][sign], left, self.binary(level + 1))
        return left

    def unary(self) -> Expression:
        sign = self.accept("!", "-")
        if not sign:
            return self.primary()
        operand = self.unary()
        if sign == "!":
            return lambda read: not _truth(operand(read))
        return lambda read: -_number(operand(read))

    def primary(self) -> Expression:
        kind, token = self._kind, self._token
        if self.accept("("):
            inner = self.choice()
            self.expect(")")
            return inner
        if self.accept("["):
            return self.array()
        if kind in ("sign", "end"):
            raise BadExpression(f"a value is missing before '{token}'")
        self._next()
        if kind == "path":
            path = token[2:-1].strip()
            return lambda read: read(path)
        value = _literal(kind, token)
        return lambda _: value

    def array(self) -> Expression:
        items: list[Expression] = []
        while not self.accept("]"):
            if items:
                self.expect(",")
            items.append(self.choice())
        return lambda read: [item(read) for item in items]


def _joined(compute: Callable[[Any, Any], Any], left: Expression, right: Expression) -> Expression:
    return lambda read: compute(left(read), right(read))


def _literal(kind: str, token: str) -> Any:
    if kind == "word":
        return WORDS[token]
    if kind == "number":
        return int(token) if token.isdecimal() else _finite(float(token))
    inner = token[1:-1].replace("\\'", "'")
    if token[0] == "'":
        inner = re.sub(r'(?<!\\)"', r"\"", inner)
    try:
        return json.loads(f'"{inner}"', strict=False)
    except ValueError:
        raise BadExpression(f"the string {token} cannot be read") from None
