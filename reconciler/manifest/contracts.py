"""The OpenAPI files that `metadata.contracts` names: each is read once, however many name it.

Judged here is that a file is one of OpenAPI 3 (https://spec.openapis.org/oas/latest.html), and that
the pointer leads to a path or an operation; what they say is for lint rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path as FilePath
from urllib.parse import unquote

from reconciler.manifest import yaml
from reconciler.manifest.reading import decode, read_bytes, within
from reconciler.model import pointer
from reconciler.model.json import Json, JsonObject
from reconciler.model.pointer import Path
from reconciler.model.problem import Problem, ProblemsError, Where, suggestion
from reconciler.model.resource import METHODS, ContractFile

_FIX = "write FILE#/paths/~1PATH, where a slash in the path is ~1"


def contract_name(text: str) -> tuple[str, Path]:
    """A file and a place in it, of `openapi.yaml#/paths/~1enrich`.

    Raises:
        ValueError: the text is not of that form.
    """
    file, _, fragment = text.partition("#")
    if not file or not fragment.startswith("/"):
        raise ValueError(f"`{text}` names no place in a file: {_FIX}")
    return file, pointer.parse(unquote(fragment))


class Contracts:
    """The files of one project.

    Args:
        root: the project's folder, from which they are named, and which they may not leave.
    """

    def __init__(self, root: FilePath) -> None:
        self._root = root
        self._contents: dict[FilePath, JsonObject | None] = {}

    @property
    def files(self) -> frozenset[FilePath]:
        """All that were named, also those that could not be read."""
        return frozenset(self._contents)

    def of(
        self, named: Mapping[str, str], where: Where, problems: list[Problem]
    ) -> dict[str, ContractFile]:
        """The contracts of a document by its parts, without those that are added to the problems.

        Args:
            named: what the document says, by part.
            where: the place of it.
        """
        found = {}
        for part, text in named.items():
            try:
                contract = self._contract(text, where.at(part))
            except ProblemsError as error:
                problems += error.problems
            else:
                if contract is not None:
                    found[part] = contract
        return found

    def _contract(self, text: str, where: Where) -> ContractFile | None:
        """One contract; None where what is wrong with its file is said already."""
        name, path = contract_name(text)
        file = within(self._root, name)
        if file is None:
            problem = f"`{name}` lies outside the project".replace("\0", "\ufffd")
            fix = "put it beneath the project's folder"
            raise ProblemsError.of("outside-project", problem, fix, where)
        if file not in self._contents:
            self._contents[file] = None
            self._contents[file] = _content(file, name, where)
        content = self._contents[file]
        if content is None:
            return None
        _require_endpoint(content, path, where)
        return ContractFile(name, path, content)


def _content(file: FilePath, name: str, where: Where) -> JsonObject:
    """What a file of OpenAPI 3 holds; numbers are the keys of its responses.

    Raises:
        ProblemsError: it cannot be read, or is none.
    """
    data = read_bytes(file, f"`{name}`", where)
    documents = yaml.parse(file, decode(file, data), numbered=True)
    content: Json = documents[0] if len(documents) == 1 else None
    version = content.get("openapi") if isinstance(content, dict) else None
    if not isinstance(content, dict) or not str(version).startswith("3."):
        text, fix = "this is no file of OpenAPI 3", "write `openapi: 3.0.3`, or convert it"
        place = Where(file) if version is None else Where(file).at("openapi")
        raise ProblemsError.of("bad-contract", text, fix, place)
    return content


def _require_endpoint(content: JsonObject, path: Path, where: Where) -> None:
    """Raises: ProblemsError: there is no path and no operation at a place of a file."""
    value: Json = content
    for depth, part in enumerate(path, 1):
        beneath = value if isinstance(value, dict) else {}
        if part not in beneath:
            names = (pointer.render((*path[: depth - 1], name)) for name in beneath)
            text = f"the file has nothing at {pointer.render(path[:depth])}"
            fix = suggestion(pointer.render(path[:depth]), names, _FIX)
            raise ProblemsError.of("bad-contract", text, fix, where)
        value = beneath[part]
    known = {*METHODS, "$ref", "requestBody", "responses"}
    if not isinstance(value, dict) or not known.intersection(value):
        text = f"at {pointer.render(path)} stands neither a path nor an operation"
        raise ProblemsError.of("bad-contract", text, _FIX, where)
