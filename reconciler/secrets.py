"""Where secret values come from, and how two of them are compared without keeping either."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from reconciler.manifest.project import SecretOrigin
from reconciler.manifest.reading import decode, read_bytes, within
from reconciler.model.problem import ProblemsError
from reconciler.model.sensitive import Sensitive

_COST = 2**14
"""scrypt's N (RFC 7914) with r = 8, p = 1: 16 MB and some 40 ms for each distinct secret."""


class Secrets:
    """The project's declared secrets, read from the environment and from files when asked for."""

    def __init__(
        self, declared: Mapping[str, SecretOrigin], environ: Mapping[str, str], root: Path
    ) -> None:
        self._declared = declared
        self._environ = environ
        self._root = root

    def names(self) -> list[str]:
        """Every declared name."""
        return list(self._declared)

    def get(self, name: str) -> Sensitive | None:
        """The secret of that name: without value when it is not available, None when unknown.

        Raises:
            ProblemsError: its file lies outside the project, or is there but cannot be read.
        """
        spec = self._declared.get(name)
        if spec is None:
            return None
        if spec.keep:
            return Sensitive(None, keep=True)
        value = self._environ.get(spec.env) if spec.env is not None else self._read(name, spec)
        return Sensitive(value) if value else Sensitive(None, needs=(_named(name, spec),))

    def _read(self, name: str, spec: SecretOrigin) -> str | None:
        called = f"the file `{spec.file}` of secret `{name}`"
        path = within(self._root, str(spec.file))
        if path is None:
            text, fix = f"{called} lies outside the project", "put it beneath the project's folder"
            raise ProblemsError.of("outside-project", text, fix)
        if not os.path.lexists(path):
            return None
        return decode(path, read_bytes(path, called)).rstrip("\r\n")


def _named(name: str, spec: SecretOrigin) -> str:
    """A secret that is not available, and where it should come from."""
    origin = f"the environment variable {spec.env}" if spec.env else f"the file {spec.file}"
    return f"`{name}` ({origin})"


@lru_cache(maxsize=4096)
def fingerprint(value: str, salt: str) -> str:
    """The scrypt fingerprint of a secret under a ledger's salt (hexadecimal), in hexadecimal."""
    key = hashlib.scrypt(
        value.encode(), salt=bytes.fromhex(salt), n=_COST, r=8, p=1, maxmem=2**26, dklen=16
    )
    return key.hex()


class Redactor:
    """The last net: takes every known secret out of a text before it leaves the process."""

    def __init__(self) -> None:
        self._values: set[str] = set()

    def learn(self, value: str | None) -> None:
        """Remember a secret, and how it looks inside JSON. Very short ones cannot be told apart."""
        if value is not None and len(value) >= 4:
            self._values |= {value, json.dumps(value)[1:-1]}

    def __call__(self, text: str) -> str:
        """The text with `(sensitive value)` in place of each secret, longest first."""
        for value in sorted(self._values, key=len, reverse=True):
            text = text.replace(value, "(sensitive value)")
        return text
