"""The meaning of `$filter`: a tree and the index's fields to a test of one document."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from reconciler.emulator import analysis
from reconciler.emulator.refusals import Refusal
from reconciler.emulator.search.filter_syntax import (
    Call,
    Compare,
    Lambda,
    Literal,
    Logic,
    Node,
    Not,
    Path,
    parse,
)
from reconciler.emulator.search.schema import Field, Schema
from reconciler.emulator.search.values import instant

Test = Callable[[Any], bool]
Get = Callable[[Any], Any]

ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "gt": operator.gt,
    "lt": operator.lt,
    "ge": operator.ge,
    "le": operator.le,
}
MIRRORED = {"gt": "lt", "lt": "gt", "ge": "le", "le": "ge", "eq": "eq", "ne": "ne"}
OPPOSITE = {"eq": "ne", "ne": "eq"}
KINDS = {  # what OData's library calls the operators
    "eq": "Equal",
    "ne": "NotEqual",
    "gt": "GreaterThan",
    "lt": "LessThan",
    "ge": "GreaterThanOrEqual",
    "le": "LessThanOrEqual",
}
NUMBERS = ("Edm.Int32", "Edm.Int64", "Edm.Double")
FITTING = {
    "Edm.String": ("string",),
    "Edm.Boolean": ("boolean",),
    "Edm.DateTimeOffset": ("date",),
    **dict.fromkeys(NUMBERS, ("number",)),
}
TYPE_OF = {
    bool: "Edm.Boolean",
    int: "Edm.Int32",
    float: "Edm.Double",
    type(None): "<null>",
}


def predicate(schema: Schema, text: str) -> Test:
    """A test of one document as it is kept. Raises Refusal."""
    return _Meaning(schema.index, schema.fields).test(parse(text))


@dataclass(frozen=True)
class _Meaning:
    """Inside a lambda the only thing that can be seen is its variable (QUERIES 4)."""

    index: dict[str, Any]
    fields: Mapping[str, Field]
    variable: str = ""
    element: Field | None = None

    def test(self, node: Node) -> Test:
        match node:
            case Logic(name, parts):
                tests = [self.test(part) for part in parts]
                if name == "and":
                    return lambda item: all(test(item) for test in tests)
                return lambda item: any(test(item) for test in tests)
            case Not(part):
                test = self.test(part)
                return lambda item: not test(item)
            case Lambda():
                return self.quantified(node)
            case Compare(name, left, right):
                return self.compared(name, left, right)
            case Call():
                return self.called(node)
            case Literal("constant", bool() as value):
                return lambda _: value
            case Path():
                field, get = self.resolved(node)
                if field.type != "Edm.Boolean" and not self.is_element(field):
                    raise Refusal("filter-not-boolean", parameter="$filter")
                return lambda item: get(item) is True
        raise Refusal("filter-not-boolean", parameter="$filter")

    def is_element(self, field: Field) -> bool:
        return field is self.element and field.item_type == "Edm.Boolean"

    def resolved(self, path: Path) -> tuple[Field, Get]:
        """A single value's field, and how to get it from the document or the element."""
        names = path.names
        if self.variable:
            if names[0] != self.variable:
                raise Refusal("filter-free-variable", field=path, parameter="$filter")
            assert self.element is not None
            if len(names) == 1:
                return self.filterable(self.element), lambda item: item
            names = names[1:]
        field = self.found(names, path)
        if field.many:
            raise Refusal("filter-collection", field=path, parameter="$filter")
        return self.filterable(field), _getter(names)

    def found(self, names: tuple[str, ...], path: Path) -> Field:
        fields = self.fields
        field: Field | None = None
        for number, name in enumerate(names):
            field = fields.get(name)
            if field is None:
                raise Refusal("unknown-field", field=name, parameter="$filter")
            if field.many and number + 1 < len(names):
                raise Refusal("filter-collection", field=path, parameter="$filter")
            fields = field.children
        assert field is not None
        return field

    def filterable(self, field: Field) -> Field:
        if not field.may("filterable"):
            raise Refusal("not-filterable", field=field.path, parameter="$filter")
        return field

    def quantified(self, node: Lambda) -> Test:
        names = node.path.names
        if self.variable:
            if names[0] != self.variable or len(names) == 1:
                raise Refusal("filter-free-variable", field=node.path, parameter="$filter")
            names = names[1:]
        field = self.filterable(self.found(names, node.path))
        if not field.many:
            raise Refusal("filter-not-collection", field=node.path, parameter="$filter")
        get = _getter(names)
        if node.body is None:
            return lambda item: bool(get(item))
        inside = _Meaning(self.index, field.children, node.variable, field)
        if not field.complex:
            _check_primitive(field, node)
        test = inside.test(node.body)
        if node.quantifier == "any":
            return lambda item: any(test(element) for element in get(item) or ())
        return lambda item: all(test(element) for element in get(item) or ())

    def compared(self, name: str, left: Node, right: Node) -> Test:
        if isinstance(left, Literal) and not isinstance(right, Literal):
            return self.compared(MIRRORED[name], right, left)
        if isinstance(left, Call | Lambda | Compare | Logic | Not):
            return self.truth(name, left, right)
        if not isinstance(left, Path) or not isinstance(right, Literal):
            raise Refusal("filter-operands", parameter="$filter")
        field, get = self.resolved(left)
        return self.comparison(name, field, get, right)

    def truth(self, name: str, left: Node, right: Node) -> Test:
        """`search.in(...) eq true`; anything else is no comparison."""
        if isinstance(left, Not) and isinstance(left.part, Path):
            field, _ = self.resolved(left.part)
            if field.item_type != "Edm.Boolean":
                raise Refusal("filter-not", type=field.item_type, parameter="$filter")
        is_bool = isinstance(right, Literal) and isinstance(right.value, bool)
        if isinstance(left, Call) and left.name == "geo.distance":
            raise Refusal("not-emulated", path="geo.distance in $filter")
        if not is_bool or name not in ("eq", "ne"):
            raise Refusal("filter-operands", parameter="$filter")
        assert isinstance(right, Literal)
        test, wanted = self.test(left), right.value == (name == "eq")
        return lambda item: test(item) is wanted

    def comparison(self, name: str, field: Field, get: Get, literal: Literal) -> Test:
        kind, value = field.item_type, literal.value
        _check_types(name, kind, literal)
        if value is None:
            return (lambda item: get(item) is None) if name == "eq" else _present(get)
        known = self.normalized(field, get, kind)
        wanted = self.normalized(field, lambda item: item, kind)(value)
        if name == "eq":
            return lambda item: bool(known(item) == wanted)
        if name == "ne":
            return lambda item: bool(known(item) != wanted)
        ordered = ORDER[name]

        def test(item: Any) -> bool:
            found = known(item)
            return found is not None and ordered(found, wanted)

        return test

    def normalized(self, field: Field, get: Get, kind: str) -> Get:
        """How a stored value is compared: dates as moments, doubles as such, strings normalized."""
        normalizer = field.definition.get("normalizer")
        if normalizer:
            change = analysis.normalizer(self.index, normalizer)
            return lambda item: None if (text := get(item)) is None else change(text)
        if kind == "Edm.DateTimeOffset":
            return lambda item: None if (text := get(item)) is None else instant(text)
        if kind == "Edm.Double":
            return lambda item: None if (number := get(item)) is None else float(number)
        return get

    def called(self, node: Call) -> Test:
        if node.name != "search.in":
            known = ("search.ismatch", "search.ismatchscoring", "geo.distance", "geo.intersects")
            if node.name in known:
                raise Refusal("not-emulated", path=f"{node.name} in $filter")
            raise Refusal("filter-function", function=node.name, parameter="$filter")
        texts = [one.value for one in node.arguments[1:] if isinstance(one, Literal)]
        path = node.arguments[0] if node.arguments else None
        fits = isinstance(path, Path) and 1 <= len(texts) <= 2
        if not fits or not all(isinstance(text, str) for text in texts):
            raise Refusal("filter-function", function=node.name, parameter="$filter")
        assert isinstance(path, Path)
        field, get = self.resolved(path)
        if field.item_type != "Edm.String":
            raise Refusal("filter-function", function=node.name, parameter="$filter")
        delimiters = texts[1] if len(texts) == 2 else " ,"
        known_as = self.normalized(field, get, "Edm.String")
        change = self.normalized(field, lambda item: item, "Edm.String")
        items = re.split(f"[{re.escape(delimiters)}]", texts[0]) if delimiters else [texts[0]]
        wanted = {change(item) for item in items if item}
        return lambda item: known_as(item) in wanted


def _getter(names: tuple[str, ...]) -> Get:
    if len(names) == 1:
        (name,) = names
        return lambda item: item.get(name)

    def get(item: Any) -> Any:
        for name in names:
            if item is None:
                return None
            item = item.get(name)
        return item

    return get


def _present(get: Get) -> Test:
    return lambda item: get(item) is not None


def _check_types(name: str, kind: str, literal: Literal) -> None:
    """Refuses what OData cannot compare (QUERIES 4)."""
    given, value = literal.kind, literal.value
    if given == "constant" and value is not None:
        given = "boolean" if isinstance(value, bool) else "number"
    fits = given in FITTING.get(kind, ()) or value is None
    endless = isinstance(value, float) and not math.isfinite(value) and kind != "Edm.Double"
    unordered = kind in ("Edm.Boolean", "Edm.ComplexType") or value is None
    if not fits or endless or (unordered and name in ORDER):
        right = TYPE_OF.get(type(value), "Edm.String")
        right = "Edm.DateTimeOffset" if given == "date" else right
        operator_kind = KINDS[name]
        raise Refusal(
            "filter-types", left=kind, right=right, operator=operator_kind, parameter="$filter"
        )


def _check_primitive(field: Field, node: Lambda) -> None:
    """QUERIES 4: what a lambda over strings may be made of; the other types are freer."""
    if field.item_type != "Edm.String":
        return
    simple, joint = ("eq", "or") if node.quantifier == "any" else ("ne", "and")

    def fits(part: Node | None, positive: bool) -> bool:
        match part:
            case Logic(name, parts):
                return name == joint and all(fits(inner, positive) for inner in parts)
            case Not(inner):
                return node.quantifier == "all" and fits(inner, not positive)
            case Compare(name, Call(), _):
                return positive == (node.quantifier == "any") and name == "eq"
            case Compare(name, _, _):
                return name == (simple if positive else OPPOSITE[simple])
            case Call():
                return positive == (node.quantifier == "any")
        return False

    if not fits(node.body, positive=True):
        raise Refusal("filter-lambda", quantifier=node.quantifier, parameter="$filter")
