"""Where secret values come from, and how two of them are compared without keeping either."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from reconciler.manifest.project import SecretOrigin
from reconciler.manifest.reading import decode, read_bytes, within
from reconciler.model.problem import ProblemsError
from reconciler.model.sensitive import Sensitive
from reconciler.redaction import REDACTOR, SHORT

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
        self.short: set[str] = set()
        """Those that were asked for and are too short to be told from ordinary words."""

    def names(self) -> list[str]:
        """Every declared name."""
        return list(self._declared)

    def get(self, name: str) -> Sensitive | None:
        """The secret of that name: without value when it is not available, None when unknown.

        Line ends at its end are dropped; from now on it is not printed.

        Raises:
            ProblemsError: its file lies outside the project, or is there but cannot be read.
        """
        spec = self._declared.get(name)
        if spec is None:
            return None
        if spec.keep:
            return Sensitive(None, keep=True, needs=(f"`{name}`",))
        value = self._environ.get(spec.env) if spec.env is not None else self._read(name, spec)
        value = value.rstrip("\r\n") if value is not None else None
        if not value:
            return Sensitive(None, needs=(_named(name, spec),))
        REDACTOR.learn(value)
        if len(value) < SHORT:
            self.short.add(name)
        return Sensitive(value)

    def _read(self, name: str, spec: SecretOrigin) -> str | None:
        called = f"the file `{spec.file}` of secret `{name}`"
        path = within(self._root, str(spec.file))
        if path is None:
            text, fix = f"{called} lies outside the project", "put it beneath the project's folder"
            raise ProblemsError.of("outside-project", text, fix)
        if not os.path.lexists(path):
            return None
        return decode(path, read_bytes(path, called))


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
