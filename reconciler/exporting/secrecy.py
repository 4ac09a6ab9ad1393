"""Which values of a body are secrets, and what they are called in a manifest: `${secret.NAME}`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

from reconciler.kinds.body import Property
from reconciler.model.address import Address
from reconciler.model.sensitive import MASKS

_CREDENTIAL_IN_URL = re.compile(
    r"://[^/?#\s]*:[^/?#\s]*@"
    r"|[?&;](code|sig|[a-z_-]*key|[a-z_-]*token|[a-z_-]*secret|password|pwd)=[^&\s]",
    re.IGNORECASE,
)
_CREDENTIAL_IN_CONNECTION = re.compile(
    r"(^|;)\s*(account|shared ?access)?(key|signature|secret|password|pwd)\s*=\s*[^;\s]",
    re.IGNORECASE,
)
_CREDENTIAL_NAME = re.compile(
    r"(key|secret|password|token|connectionstring|credentials?)$", re.IGNORECASE
)


class SecretName(NamedTuple):
    """A secret's place in a manifest: the name that stands there instead of it."""

    name: str


class Origin(NamedTuple):
    """Where a named secret comes from: an environment variable, or (None) what the service has."""

    env: str | None


def secrecy(known: Property | None, value: Any) -> Literal["open", "hidden", "clear"]:
    """Whether a value may be written down; `hidden` is a secret of which only the mask is here."""
    mark = known.secret if known is not None else None
    if value is None or value == "":
        kept = mark is not None and known is not None and (mark.unchanged or known.required)
        return "hidden" if kept else "open"
    if not isinstance(value, str):
        return "open"
    if value in MASKS or (mark is not None and value == "<unchanged>"):
        return "hidden"
    if mark is None:
        return "clear" if carries_credential(value) else "open"
    return "open" if mark.harmless is not None and mark.harmless(value) else "clear"


def carries_credential(text: str) -> bool:
    """Whether a key, signature or password stands in a URL or connection string."""
    if "://" in text and _CREDENTIAL_IN_URL.search(text):
        return True
    return ";" in text and "=" in text and _CREDENTIAL_IN_CONNECTION.search(text) is not None


def may_hold_secret(value: Any, name: str = "") -> bool:
    """Whether a value that no schema describes looks as if a secret were in it."""
    if isinstance(value, dict):
        return any(may_hold_secret(inner, str(key)) for key, inner in value.items())
    if isinstance(value, list):
        return any(may_hold_secret(inner, name) for inner in value)
    if not isinstance(value, str) or not value or value in MASKS:
        return False
    return bool(_CREDENTIAL_NAME.search(name)) or carries_credential(value)


class SecretNames:
    """The secrets found so far: each has a name of its own and an origin.

    Args:
        taken: names that the project has already.
        from_environment: a secret that is here in clear will come from an environment variable;
            otherwise the service keeps what it has.
    """

    def __init__(self, taken: Iterable[str] = (), *, from_environment: bool = False) -> None:
        self._taken = set(taken)
        self._from_environment = from_environment
        self._origins: dict[str, Origin] = {}
        self._values: list[str] = []

    @property
    def origins(self) -> Mapping[str, Origin]:
        return self._origins

    @property
    def seen(self) -> tuple[str, ...]:
        """What was seen in clear, and must be shown nowhere."""
        return tuple(self._values)

    def add(self, address: Address, parts: Iterable[str], value: Any) -> SecretName:
        """A name for the secret at some place of an object.

        Args:
            value: None where it is hidden.
        """
        wanted = "-".join(filter(None, map(_slug, (address.name, *parts))))
        name, number = wanted, 1
        while name in self._taken:
            number += 1
            name = f"{wanted}-{number}"
        self._taken.add(name)
        if value is not None:
            self._values.append(str(value))
        comes = value is not None and self._from_environment
        self._origins[name] = Origin(_variable(name) if comes else None)
        return SecretName(name)


def _slug(text: str) -> str:
    """`connectionString` as `connection-string`."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", text)
    return re.sub(r"[^A-Za-z0-9]+", "-", words).strip("-").lower()


def _variable(name: str) -> str:
    variable = name.upper().replace("-", "_")
    return f"_{variable}" if variable[:1].isdigit() else variable
