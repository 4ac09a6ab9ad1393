"""Expressions: `${var.x}`, `${env.X}`, `${secret.x}`, `${file:path}`, `${Kind.name/pointer}`.

`$${` is a literal `${`. A string that is one whole expression takes the value's type; a string
built with a secret is secret as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from reconciler.manifest.yaml import MAX_BYTES
from reconciler.model.address import Address
from reconciler.model.json import Json
from reconciler.model.problem import Problem, Where, suggestion
from reconciler.model.sensitive import Sensitive

_TOKEN = re.compile(r"\$\$\{|\$\{([^{}]*)\}")
_REFERENCE = re.compile(r"([A-Za-z]+)\.([^/{}\s]+)((?:/[^\s{}]*)?)")


class SecretSource(Protocol):
    """Where secret values come from."""

    def get(self, name: str) -> Sensitive | None:
        """The secret of that name: without value when it is not available, None when unknown."""

    def names(self) -> list[str]:
        """Every declared name."""


class ExpressionError(Exception):
    """One expression that cannot be evaluated."""

    def __init__(self, code: str, message: str, fix: str = "") -> None:
        self.code, self.message, self.fix = code, message, fix
        super().__init__(message)


class Scope:
    """What the names in expressions mean.

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
        lookup: Callable[[Address, str], Json] | None = None,
    ) -> None:
        self._root = root
        self._variables = variables
        self._environ = environ
        self._secrets = secrets
        self._lookup = lookup
        self._evaluating: list[str] = []
        self.secrets_used = 0
        self.files_used: set[Path] = set()

    def resolve(self, value: Json, where: Where, problems: list[Problem]) -> Json:
        """A copy of a value with every expression in it evaluated.

        Problems are added with the place of the string that holds them; such a string becomes "".
        """
        if isinstance(value, str):
            return self._guarded(value, where, problems) if "${" in value else value
        if isinstance(value, dict):
            return {k: self.resolve(v, where.at(k), problems) for k, v in value.items()}
        if isinstance(value, list):
            return [self.resolve(v, where.at(i), problems) for i, v in enumerate(value)]
        return value

    def _guarded(self, text: str, where: Where, problems: list[Problem]) -> Json:
        try:
            return self.evaluate(text)
        except ExpressionError as error:
            problems.append(Problem(error.code, error.message, where, error.fix))
            return ""

    def evaluate(self, text: str) -> Json:
        """The value of one string.

        Raises:
            ExpressionError: a name in it is not known, or it is not an expression.
        """
        whole = _TOKEN.fullmatch(text)
        if whole is not None and whole.group(1) is not None:
            return self._value(whole.group(1).strip())
        parts: list[Any] = []
        end = 0
        for token in _TOKEN.finditer(text):
            parts.append(_literal(text[end : token.start()]))
            expression = token.group(1)
            parts.append("${" if expression is None else self._value(expression.strip()))
            end = token.end()
        parts.append(_literal(text[end:]))
        return _joined(parts)

    def _value(self, expression: str) -> Json:
        if expression.startswith("file:"):
            return self._file(expression[5:].strip())
        family, _, name = expression.partition(".")
        if not name:
            raise _bad(expression)
        if family == "var":
            return self._variable(name)
        if family == "env":
            return _named(self._environ, name, "environment variable", "set it", suggest=False)
        if family == "secret":
            secret = self._secrets.get(name)
            if secret is None:
                fix = suggestion(name, self._secrets.names(), "declare it under spec.secrets")
                raise ExpressionError("unknown-secret", f"unknown secret `{name}`", fix)
            self.secrets_used += 1
            return secret
        reference = _REFERENCE.fullmatch(expression)
        if reference is not None and self._lookup is not None:
            kind, named, path = reference.groups()
            return self._lookup(Address(kind, named), path)
        raise _bad(expression)

    def _variable(self, name: str) -> Json:
        """A variable's value; it may be made of others, but not of documents."""
        value = _named(self._variables, name, "variable", "declare it under spec.variables")
        if name in self._evaluating:
            path = " -> ".join([*self._evaluating, name])
            raise ExpressionError("variable-cycle", f"a variable is made of itself: {path}")
        if references(value):
            text = f"the variable `{name}` is made of a document, which comes after variables"
            raise ExpressionError("bad-expression", text, "refer to the document where it is used")
        self._evaluating.append(name)
        try:
            return self._evaluated(value)
        finally:
            self._evaluating.pop()

    def _evaluated(self, value: Json) -> Json:
        if isinstance(value, str):
            return self.evaluate(value) if "${" in value else value
        if isinstance(value, dict):
            return {key: self._evaluated(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self._evaluated(inner) for inner in value]
        return value

    def _file(self, name: str) -> str:
        name = name.replace("\0", "\ufffd")  # which no path can hold
        path = (self._root / name).resolve()
        if not path.is_relative_to(self._root.resolve()):
            text = f"`{name}` lies outside the project"
            raise ExpressionError("unreadable-file", text, "put it beneath the project's folder")
        self.files_used.add(self._root / name)
        try:
            if path.stat().st_size > MAX_BYTES:
                raise ExpressionError("file-too-large", f"`{name}` is larger than 4 MB")
            return path.read_text(encoding="utf-8")
        except OSError as error:
            text = f"cannot read `{name}`: {error.strerror}"
            raise ExpressionError("unreadable-file", text) from None
        except UnicodeDecodeError:
            raise ExpressionError(
                "not-utf8", f"`{name}` is not UTF-8", "save it as UTF-8"
            ) from None


def references(value: Json) -> set[Address]:
    """The documents whose values a value's expressions use."""
    found: set[Address] = set()
    if isinstance(value, str):
        for token in _TOKEN.finditer(value) if "${" in value else ():
            match = _REFERENCE.fullmatch((token.group(1) or "").strip())
            if match is not None and match.group(1) not in ("var", "env", "secret"):
                found.add(Address(match.group(1), match.group(2)))
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            found |= references(inner)
    return found


def only_expressions(text: str) -> bool:
    """Whether nothing of a text is written out."""
    return bool(text) and not re.sub(r"\$\{[^{}]*\}", "", text)


def _bad(expression: str) -> ExpressionError:
    fix = "write var.x, env.X, secret.x, file:path or Kind.name/pointer; $${ is a literal"
    return ExpressionError("bad-expression", f"`${{{expression}}}` is not an expression", fix)


def _literal(text: str) -> str:
    if "${" in text:
        fix = "close it with }, or write $${ for a literal"
        raise ExpressionError("bad-expression", "an expression is not closed", fix)
    return text


def _named(values: Mapping[str, Any], name: str, what: str, fix: str, suggest: bool = True) -> Any:
    if name in values:
        return values[name]
    hint = suggestion(name, values, fix) if suggest else fix
    raise ExpressionError(f"unknown-{what.replace(' ', '-')}", f"unknown {what} `{name}`", hint)


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
    if isinstance(part, str):
        return part
    if isinstance(part, bool):
        return "true" if part else "false"
    if isinstance(part, (int, float)):
        return str(part)
    raise ExpressionError("bad-expression", "a list or mapping cannot stand inside a string")
