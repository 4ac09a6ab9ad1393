"""Expressions: `${var.x}`, `${env.X}`, `${secret.x}`, `${file:path}`, `${Kind.name/pointer}`.

`$${` is a literal `${`. A string that is one whole expression takes the value's type; a string
built with a secret is secret as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from reconciler.manifest.expression_errors import (
    MAX_CHAIN,
    TOO_DEEP,
    TOO_FAR,
    TOO_LARGE,
    ExpressionError,
    OnceError,
    bad_expression,
    in_a_circle,
)
from reconciler.manifest.limits import MAX_DEPTH, MAX_EXPANDED, Extent, extent, is_encodable
from reconciler.manifest.reading import decode, read_bytes, within
from reconciler.manifest.tokens import REFERENCE, TOKEN, references, referred
from reconciler.model.json import Json, Position, map_leaves, map_positions
from reconciler.model.problem import Problem, ProblemsError, Where, suggestion
from reconciler.model.resource_id import ResourceId
from reconciler.model.sensitive import Sensitive
from reconciler.model.unknown import Unknown


class SecretSource(Protocol):
    """Where secret values come from."""

    def get(self, name: str) -> Sensitive | None:
        """The secret of that name: without value when it is not available, None when unknown."""

    def names(self) -> list[str]:
        """Every declared name."""


class Scope:
    """What the names in expressions mean.

    Each name is evaluated once, and what all of them come to is limited: a few may stand for more
    than memory holds.

    Args:
        lookup: gives the desired value at a pointer of another document, or raises
            `ExpressionError`.
    """

    def __init__(
        self,
        root: Path,
        variables: Mapping[str, Json],
        environ: Mapping[str, str],
        secrets: SecretSource,
        lookup: Callable[[ResourceId, str], Json] | None = None,
    ) -> None:
        self._root = root
        self._variables = variables
        self._environ = environ
        self._secrets = secrets
        self._lookup = lookup
        self._open: list[str] = []
        self._known: dict[str, Json | ExpressionError] = {}
        self._extents: dict[int, Extent] = {}
        self._secret_names: dict[str, int] = {}
        self._left = MAX_EXPANDED
        self._depth = 0
        self._said: set[ExpressionError] = set()
        self.secrets_used = 0
        self.files_used: set[Path] = set()
        self.unresolved: set[Where] = set()

    def resolve(self, value: Json, where: Where, problems: list[Problem]) -> Json:
        """A copy of a value with every expression in it evaluated.

        Problems are added with the place of the string that holds them; such a string becomes "",
        and its place is `unresolved`.
        """

        def resolved(position: Position, leaf: Json) -> Json:
            if not isinstance(leaf, str) or "${" not in leaf:
                return leaf
            return self._guarded(leaf, where.at(*position), problems)

        return map_positions(value, resolved)

    def _guarded(self, text: str, where: Where, problems: list[Problem]) -> Json:
        try:
            value = self.evaluate(text)
            if len(where.path) + extent(value, self._extents).depth > MAX_DEPTH:
                raise TOO_DEEP
        except ExpressionError as error:
            error.with_traceback(None)  # it is kept, and would keep every frame that it passed
            self.unresolved.add(where)
            if error.message and error not in self._said:
                problems.append(Problem(error.code, error.message, where, error.fix))
                self._said |= {error} if isinstance(error, OnceError) else set()
            return ""
        return _copied(value)

    def evaluate(self, text: str) -> Json:
        """The value of one string.

        Raises:
            ExpressionError: a name in it is not known, or it is not an expression.
        """
        whole = TOKEN.fullmatch(text)
        if whole is not None and whole.group(1) is not None:
            return self._value(whole.group(1).strip())
        parts: list[Any] = []
        end = 0
        for token in TOKEN.finditer(text):
            parts.append(_literal(text[end : token.start()]))
            expression = token.group(1)
            parts.append("${" if expression is None else self._value(expression.strip()))
            end = token.end()
        parts.append(_literal(text[end:]))
        return _joined(parts)

    def _value(self, expression: str) -> Json:
        """What an expression stands for, which is evaluated once and counted each time."""
        if expression not in self._known:
            before = self.secrets_used
            try:
                self._known[expression] = self._evaluated(expression)
            except ExpressionError as error:
                self._known[expression] = error
            self._secret_names[expression] = self.secrets_used - before
        else:
            self.secrets_used += self._secret_names[expression]
        value = self._known[expression]
        if isinstance(value, ExpressionError):
            raise value.with_traceback(None)
        self._count(value)
        return value

    def _count(self, value: Json) -> None:
        """Take a value from what expressions may come to; once that is used up, it is said once."""
        size, depth = found = extent(value, self._extents)
        if isinstance(value, (dict, list)):
            self._extents[id(value)] = found  # `_known` keeps it alive
        if depth > MAX_DEPTH:
            raise TOO_DEEP
        self._left -= size
        if self._left < 0:
            raise TOO_LARGE

    def _evaluated(self, expression: str) -> Json:
        if expression in self._open:
            raise in_a_circle([*self._open[self._open.index(expression) :], expression])
        if len(self._open) >= MAX_CHAIN:
            raise TOO_FAR
        self._open.append(expression)
        try:
            return self._named(expression)
        finally:
            self._open.pop()

    def _named(self, expression: str) -> Json:
        if expression.startswith("file:"):
            return self._file(expression[5:].strip())
        family, _, name = expression.partition(".")
        if not name:
            raise bad_expression(expression)
        if family == "var":
            return self._variable(name)
        if family == "env":
            text = _named(
                "unknown-environment-variable", self._environ, name, "set it", suggest=False
            )
            return _encodable(f"environment variable `{name}`", text)
        if family == "secret":
            return self._secret(name)
        reference = REFERENCE.fullmatch(expression)
        if reference is not None and self._lookup is not None:
            return self.expanded(self._lookup(referred(reference), reference.group(4)))
        raise bad_expression(expression)

    def _secret(self, name: str) -> Sensitive:
        try:
            secret = self._secrets.get(name)
        except ProblemsError as error:
            problem = error.problems[0]
            raise ExpressionError(problem.code, problem.message, problem.fix) from None
        if secret is None:
            fix = suggestion(name, self._secrets.names(), "declare it under spec.secrets")
            raise ExpressionError("unknown-secret", f"unknown secret `{name}`", fix)
        _encodable(f"secret `{name}`", secret.value or "")
        self.secrets_used += 1
        return secret

    def _variable(self, name: str) -> Json:
        """A variable's value; it may be made of others, but not of documents."""
        value = _named("unknown-variable", self._variables, name, "declare it under spec.variables")
        if references(value):
            text = f"the variable `{name}` is made of a document, which comes after variables"
            raise ExpressionError("bad-expression", text, "refer to the document where it is used")
        return self.expanded(value)

    def expanded(self, value: Json) -> Json:
        """A value with its expressions evaluated.

        Raises:
            ExpressionError: one cannot be.
        """
        if isinstance(value, str):
            return self.evaluate(value) if "${" in value else value
        if not isinstance(value, (dict, list)):
            return value
        if self._depth > MAX_DEPTH:
            raise TOO_DEEP
        self._depth += 1
        try:
            if isinstance(value, dict):
                return {key: self.expanded(inner) for key, inner in value.items()}
            return [self.expanded(inner) for inner in value]
        finally:
            self._depth -= 1

    def _file(self, name: str) -> str:
        path = within(self._root, name)
        if path is None:
            text = f"`{name}` lies outside the project".replace("\0", "\ufffd")
            raise ExpressionError("unreadable-file", text, "put it beneath the project's folder")
        self.files_used.add(path)
        try:
            return decode(path, read_bytes(path, f"`{name}`"))
        except ProblemsError as error:
            problem = error.problems[0]
            text = problem.message.replace("the file", f"`{name}`", 1)
            raise ExpressionError(problem.code, text, problem.fix) from None


def _copied(value: Json) -> Json:
    """A value of its own: what an expression stands for is used in many places."""
    return map_leaves(value, lambda leaf: leaf)


def _encodable(what: str, text: str) -> str:
    if not is_encodable(text):
        raise ExpressionError("not-unicode", f"{what} is not UTF-8", "set it to text")
    return text


def _literal(text: str) -> str:
    if "${" in text:
        fix = "close it with }, or write $${ for a literal"
        raise ExpressionError("bad-expression", "an expression is not closed", fix)
    return text


def _named(code: str, values: Mapping[str, Any], name: str, fix: str, suggest: bool = True) -> Any:
    if name in values:
        return values[name]
    hint = suggestion(name, values, fix) if suggest else fix
    raise ExpressionError(code, f"{code.replace('-', ' ')} `{name}`", hint)


def _joined(parts: list[Any]) -> Json:
    """Parts of a string put together; secret if one of them is."""
    secrets = [part for part in parts if isinstance(part, Sensitive)]
    if not secrets:
        return "".join(map(_text, parts))
    needs = tuple(name for part in secrets for name in part.needs)
    if any(part.value is None for part in secrets):
        return Sensitive(None, keep=any(part.keep for part in secrets), needs=needs)
    return Sensitive(
        "".join(p.value or "" if isinstance(p, Sensitive) else _text(p) for p in parts)
    )


def _text(part: Any) -> str:
    if isinstance(part, Unknown):
        text = f"{part.pointer} is known only after apply: it cannot be a part of a text"
        raise ExpressionError("bad-expression", text, "let the expression be the whole value")
    if isinstance(part, str):
        return part
    if isinstance(part, bool):
        return "true" if part else "false"
    if isinstance(part, (int, float)):
        return str(part)
    raise ExpressionError("bad-expression", "a list or mapping cannot stand inside a string")
