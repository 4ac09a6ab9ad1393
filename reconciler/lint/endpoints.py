"""The APIs that skills call, as OpenAPI files describe them: where they are, what goes in and out.

A Web API gets records and answers records, each with its `data`; Azure Machine Learning one flat
object.
https://learn.microsoft.com/azure/search/cognitive-search-custom-skill-interface
https://learn.microsoft.com/azure/search/cognitive-search-aml-skill
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from reconciler.model.json import JsonObject
from reconciler.model.resource import METHODS, ContractFile
from reconciler.providers.search.kinds.skillset.contract import Contract, Reads, Writes
from reconciler.providers.search.kinds.skillset.json_schema import Members, Schemas
from reconciler.providers.search.kinds.skillset.types import COLUMN, DATE, STRING, List, Type


class Side(NamedTuple):
    """What goes in, or what comes out.

    Args:
        data: the properties of the data of one record; None: they are not described.
        lacks: what it would have, were it the API of a skill; empty where that is there.
    """

    data: Members | None
    lacks: str = ""


@dataclass
class Endpoint:
    """One path of an OpenAPI file.

    Args:
        file: where it is described.
        method: the one that the skill calls, in upper case.
        records: data go to and fro in records, as those of a Web API do.
    """

    file: ContractFile
    method: str
    records: bool

    def __post_init__(self) -> None:
        self._schemas = Schemas(self.file.content)

    @cached_property
    def operations(self) -> dict[str, JsonObject]:
        """Those of the path, by method in upper case; one, where the contract names one."""
        path, content = self.file.path, self.file.content
        for part in path:
            content = content[part]
        if path[-1] in METHODS:
            return {path[-1].upper(): self._schemas.resolved(content)}
        item, schemas = self._schemas.resolved(content), self._schemas
        return {name.upper(): schemas.resolved(item[name]) for name in METHODS if name in item}

    @property
    def path(self) -> str | None:
        """The path as the file writes it; None for one that is kept under a name of its own."""
        named = self.file.path[:1] == ("paths",) and len(self.file.path) > 1
        return self.file.path[1] if named else None

    @property
    def server(self) -> str | None:
        """The address of the API, where the file has exactly one, without variables."""
        listed = self._operation.get("servers", self.file.content.get("servers"))
        if not isinstance(listed, list) or len(listed) != 1 or not isinstance(listed[0], dict):
            return None
        url = listed[0].get("url")
        return url if isinstance(url, str) and "{" not in url else None

    @cached_property
    def takes(self) -> Side:
        """What goes in."""
        return self._side(self._body(self._operation.get("requestBody")))

    @cached_property
    def answers(self) -> Side:
        """What comes out, where all is well."""
        listed = self._operation.get("responses")
        known = {str(name).upper(): one for name, one in _items(listed)}
        fine = sorted(name for name in known if name.startswith("2"))
        return self._side(self._body(known[fine[0]] if fine else known.get("DEFAULT")))

    @cached_property
    def contract(self) -> Contract:
        """What the skill reads and writes by it."""
        takes, answers = self.takes.data, self.answers.data
        return Contract(
            takes and {name: self._reads(takes, name) for name in takes.properties},
            answers and {name: Writes(self._type(answers, name)) for name in answers.properties},
        )

    def _reads(self, data: Members, name: str) -> Reads:
        return Reads(_sent(self._type(data, name)), name in data.required)

    def _type(self, data: Members, name: str) -> Type:
        return self._schemas.type_of(data.properties[name])

    @property
    def _operation(self) -> JsonObject:
        return self.operations.get(self.method, {})

    def _body(self, body: Any) -> Any:
        """The schema of a body in JSON; True, which is any, where none is described."""
        for name, media in _items(self._schemas.resolved(body).get("content")):
            kind = str(name).partition(";")[0].strip().lower()
            if isinstance(media, dict) and (kind.endswith(("/json", "+json")) or kind == "*/*"):
                return media.get("schema", True)
        return True

    def _side(self, schema: Any) -> Side:
        if not self.records:
            return Side(self._schemas.members(schema))
        found = self._schemas.members(schema)
        if found is None or "values" not in found.properties:
            return Side(None, "values" if found is not None and not found.open else "")
        record = self._schemas.members(self._schemas.items(found.properties["values"]))
        if record is None or "data" not in record.properties:
            return Side(None, "data" if record is not None and not record.open else "")
        return Side(self._schemas.members(record.properties["data"]))


def _items(value: Any) -> Iterator[tuple[str, Any]]:
    yield from value.items() if isinstance(value, Mapping) else ()


def _sent(type_: Type) -> Type:
    """What is taken for a type: in JSON dates are strings."""
    if isinstance(type_, List):
        return List(_sent(type_.of))
    return STRING if type_ in (COLUMN, DATE) else type_
