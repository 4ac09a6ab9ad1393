"""A page a kind, from its declaration: manual, example, every property, every variant."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tables import table

from reconciler.model.effect import Effect
from reconciler.model.versions import is_preview, latest
from reconciler.providers import CATALOGUE, Kind, kind
from reconciler.schema import describe
from reconciler.schema.body import Body, Property, shape_of, variant
from reconciler.schema.json_schema import Definitions
from reconciler.schema.marks import Changes, OneOf

EXAMPLES = "kinds/examples"
HEAD = ("property", "type", "left out, it is", "an edit is", "")
MANY = 12
"""More values than this are listed at the end of the page."""


@dataclass(frozen=True)
class Row:
    """One property: where it stands, and what is known of it."""

    path: str
    known: Property
    changes: Changes | None
    model: type[Body]


@dataclass(frozen=True)
class Family:
    """A property whose objects differ by a tag, and what an edit beneath it is by default."""

    path: str
    of: OneOf
    changes: Changes | None

    @property
    def members(self) -> dict[type[Body], list[str]]:
        """Each model with its tags."""
        found: dict[type[Body], list[str]] = {}
        for tag in self.of.variants:
            model = variant(self.of, tag)
            assert model is not None
            if tag not in self.of.until:
                found.setdefault(model, []).append(tag)
        return found


@dataclass
class Page:
    """One kind; `families`, `rules` and `lists` are met while its properties are walked."""

    declared: Kind
    docs: Path
    families: dict[int, Family] = field(default_factory=dict)
    rules: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[Any]] = field(default_factory=dict)
    _origin: str = ""

    def __post_init__(self) -> None:
        self._definitions = Definitions([self.declared.body], [])

    def text(self) -> Iterator[str]:
        """The page, paragraph by paragraph."""
        name, body = self.declared.name, self.declared.body
        yield f"# {name}\n\n{about(self.declared)}\n"
        yield "\n".join(self._facts()) + "\n"
        yield f"## Example\n\n```yaml\n{self._example()}```\n"
        rows = [row for row in self._beneath(body, "", None, ()) if row.path != "/name"]
        yield "## Properties\n\nUnder `spec`. What the columns say: [all kinds](README.md).\n"
        yield table(HEAD, map(self._line, rows)) + "\n"
        done = 0
        while done < len(self.families):  # members have families of their own
            yield from self._family(list(self.families.values())[done])
            done += 1
        if self.rules:
            yield "## Rules\n\nWhat an edit is, where it depends on what stands around it:\n"
            yield "\n".join(f"- *{rule}*: {text}" for rule, text in self.rules.items()) + "\n"
        if self.lists:
            yield "## Values\n"
            alike: dict[tuple[Any, ...], list[str]] = {}
            for where, values in self.lists.items():
                alike.setdefault(tuple(values), []).append(where)
            for known, places in alike.items():
                yield f"{', '.join(places)}: {', '.join(f'`{value}`' for value in known)}\n"

    def _facts(self) -> Iterator[str]:
        yield f"- Operations of the REST API: <{self.declared.page}>"
        since = self.declared.since
        yield (
            f"- In api-version {latest(since)} and later"
            + (f", and in previews since {since.partition('|')[0]}" if "|" in since else "")
            + (" (previews only)" if is_preview(latest(since)) else "")
        )
        known = [f"[{n}]({n}.md)" for n in CATALOGUE if n in self.declared.refers_to]
        if known:
            yield f"- May refer to: {', '.join(known)}"

    def _example(self) -> str:
        file = self.docs / EXAMPLES / f"{self.declared.name}.yaml"
        if not file.exists():
            sys.exit(f"docs/{EXAMPLES}/{file.name} is missing: write an example of the kind")
        return file.read_text(encoding="utf-8")

    def _beneath(
        self, model: type[Body], path: str, above: Changes | None, open_: tuple[Any, ...]
    ) -> Iterator[Row]:
        """Parents before children; a mark above counts until there is one below."""
        for name, known in shape_of(model).properties.items():
            if known.owned is not None or never(model, name):
                continue
            here = f"{path}/{name}" + ("/*" if known.many and known.holds_objects else "")
            changes = known.changes or above
            if changes is not None and not isinstance(changes.effect, Effect):
                self.rules[describe.rule(changes)] = " ".join(
                    (changes.effect.__doc__ or "").split()
                )
            yield Row(here, known, changes, model)
            if known.one_of is not None:
                family = Family(self._origin + here, known.one_of, changes)
                self.families.setdefault(id(known.one_of), family)
            elif known.model is not None and known.model not in open_:
                yield from self._beneath(known.model, here, changes, (*open_, known.model))

    def _family(self, family: Family) -> Iterator[str]:
        """Its members, and their properties: first those of all, then each member's own."""
        tag, members = family.of.tag, family.members
        yield f"## `{family.path}`, by its `{tag}`\n"
        yield (
            table((tag, ""), (self._member(family, m, tags) for m, tags in members.items())) + "\n"
        )
        self._origin = family.path
        found = {m: list(self._beneath(m, "", family.changes, (m,))) for m in members}
        alike = set.intersection(*({row.path for row in rows} for rows in found.values()))
        alike = alike if len(members) > 1 else set()
        lines = [("all", *self._line(r)) for r in next(iter(found.values())) if r.path in alike]
        for model, tags in members.items():
            title = tags[0].rpartition(".")[2] if len(tags) == 1 else model.__name__
            own = [row for row in found[model] if row.path not in alike]
            lines += [(title, *self._line(row, f"{title} ")) for row in own]
        if lines:
            yield table(("of", *HEAD), lines) + "\n"

    def _member(self, family: Family, model: type[Body], tags: list[str]) -> tuple[str, str]:
        since = family.of.since.get(tags[0])
        more = f" Since {latest(since)}." if since else ""
        return ", ".join(f"`{tag}`" for tag in tags), purpose(model) + more

    def _line(self, row: Row, of: str = "") -> tuple[str, ...]:
        described = self._definitions.all[self._definitions.name(row.model)]
        given = described["properties"][row.known.name]
        values = enumerated(given)
        if len(values) > MANY:
            self.lists[f"{of}`{row.path}`"] = values
            more = " or another" if is_open(given) or is_open(given.get("items", {})) else ""
            kind_ = f"one of {len(values)} [values](#values){more}"
        else:
            kind_ = type_words(given)
        default = "**required**" if row.known.required else describe.default(row.known)
        more = "; ".join(describe.more(row.known))
        said = [
            describe.meaning(row.model, row.known),
            describe.sentence(more) if more else "",
            page_link(row.known.model) if row.known.model is not None else "",
        ]
        return (
            f"`{row.path}`",
            kind_,
            default,
            describe.effect(row.changes),
            " ".join(filter(None, said)),
        )


def about(declared: Kind) -> str:
    """What a kind is: the docstring of its module."""
    text = describe.manual(sys.modules[declared.body.__module__].__doc__).partition(": ")[2]
    return f"{text[:1].upper()}{text[1:]}"


def purpose(model: type[Body]) -> str:
    """What a model says of itself, and its page."""
    return " ".join(filter(None, (describe.summary(model), page_link(model))))


def page_link(model: type[Body]) -> str:
    """The first page that a model names, if it names one."""
    words = describe.manual(model.__doc__).split()
    pages = [word.rstrip(".,") for word in words if word.startswith("https://")]
    return f"[More]({pages[0]})." if pages else ""


def never(model: type[Body], name: str) -> bool:
    """A tag, or a property that must be left out: nothing of it can be edited."""
    return name == "@odata.type" or describe.annotated(model, name) is type(None)


def enumerated(given: Any) -> list[Any]:
    """The values that may stand at a property, or in its list."""
    items = given.get("items", {})
    options = [*given.get("anyOf", ()), given, *items.get("anyOf", ()), items]
    return [value for option in options for value in option.get("enum", ())]


def is_open(given: Any) -> bool:
    """Whether a property takes other values than those that are listed."""
    options = given.get("anyOf", ())
    listed = any("enum" in option for option in options)
    return listed and any(option.get("type", "null") != "null" for option in options)


def type_words(given: Any) -> str:
    """A property's type as people say it, from its JSON Schema."""
    if is_open(given):
        return f"{', '.join(f'`{value}`' for value in enumerated(given))} or another"
    if "anyOf" in given:
        options = [o for o in given["anyOf"] if o.get("type") != "null"]
        return type_words(options[0])
    if "enum" in given:
        return ", ".join(f"`{value}`" for value in given["enum"])
    if "$ref" in given or not given:
        return "object" if given else "any"
    kinds = given["type"] if isinstance(given["type"], list) else [given["type"]]
    if kinds[0] == "array":
        return f"list of {type_words(given['items']) if given['items'] else 'any'}"
    if kinds[0] == "object":
        inner = given.get("additionalProperties")
        return f"mapping to {type_words(inner)}" if isinstance(inner, dict) else "mapping"
    name = {"integer": "whole number", "boolean": "true or false"}.get(kinds[0], kinds[0])
    return name + limits(given)


def limits(given: Any) -> str:
    """The least and the most of a number or a length."""
    least = given.get("minimum", given.get("minLength"))
    most = given.get("maximum", given.get("maxLength"))
    if least is not None and most is not None:
        return f", {least} to {most}"
    if least is not None:
        return f", {least} or more"
    return f", at most {most}" if most is not None else ""


def pages(docs: Path) -> dict[str, Iterator[str]]:
    """Every kind's page, by where it is."""
    return {f"kinds/{name}.md": Page(kind(name), docs).text() for name in CATALOGUE}


def index() -> Iterator[str]:
    """What there is: a line a kind."""
    lines = []
    for name in CATALOGUE:
        declared = kind(name)
        sentence = " ".join(about(declared).partition(".\n")[0].split()).rstrip(".")
        lines.append((f"[{name}]({name}.md)", sentence, latest(declared.since)))
    yield table(("kind", "", "since"), lines) + "\n"
