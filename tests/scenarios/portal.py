"""What somebody does by hand, past the product. Pointers may name elements of lists; `-` appends.

portal list                        everything that is live
portal show ADDRESS [POINTER]
portal set ADDRESS POINTER JSON
portal create ADDRESS JSON
portal delete ADDRESS
portal run INDEXER                 its etag moves
portal fill INDEX COUNT            the index holds so many documents
portal secrets                     what is stored, by its SHA-256
"""

from __future__ import annotations

import json
from typing import Any

from tests.world import Service


class Portal:
    """The service's other user."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def do(self, words: list[str]) -> str:
        """One command; what it shows."""
        service = self._service
        match words:
            case ["list"]:
                return "\n".join(sorted(service.objects()))
            case ["show", address, *pointer]:
                return json.dumps(_at(service.get(address), *pointer), ensure_ascii=False)
            case ["set", address, pointer, value]:
                service.edit(address, lambda body: _put(body, pointer, json.loads(value)))
            case ["create", address, body]:
                service.put(address, json.loads(body))
            case ["delete", address]:
                service.delete(address)
            case ["run", indexer]:
                service.http.post(f"/emulator/indexers/{indexer}/run").raise_for_status()
            case ["fill", index, count]:
                numbers = {"documentCount": int(count)}
                door = f"/emulator/indexes/{index}/numbers"
                service.http.put(door, json=numbers).raise_for_status()
            case ["secrets"]:
                return json.dumps(service.secrets(), indent=2)
            case _:
                raise ValueError(f"the portal cannot {' '.join(words)}")
        return ""


def _at(body: Any, pointer: str = "") -> Any:
    for part in pointer.split("/")[1:]:
        body = body[_key(body, part)]
    return body


def _put(body: Any, pointer: str, value: Any) -> None:
    holder, _, part = pointer.rpartition("/")
    place = _at(body, holder)
    if part == "-":
        place.append(value)
    else:
        place[_key(place, part)] = value


def _key(holder: Any, part: str) -> str | int:
    """A name, or the position of the element of that name (or number) in a list."""
    if isinstance(holder, dict):
        return part
    names = [element.get("name") if isinstance(element, dict) else None for element in holder]
    return names.index(part) if part in names else int(part)
