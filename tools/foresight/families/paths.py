"""Paths of the enriched document: misspelt, of the wrong depth, without a producer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tools.foresight.mutator import REMOVED, SAME, Mutant, Row, Verdict, mutator, rows, set_to
from tools.foresight.stack import (
    Spot,
    Stack,
    appended,
    removed,
    replaced,
    spots,
    value,
)
from tools.foresight.words import is_path, last_name, mistyped, other_case, typo

FAMILY = "paths"
RUN, NULL, HARMLESS = Verdict.RUN, Verdict.NULL, Verdict.HARMLESS
SOURCE = "Skillset: skills/*/inputs/*/source"
PROJECTED = "Skillset: indexProjections/selectors/*/mappings/*/source"
CONTEXT = "Skillset: skills/*/context"
SENT = "Indexer: outputFieldMappings/*/sourceFieldName"


def with_typo(old: Any, _around: Any) -> Any:
    before, name, stars = last_name(old)
    return f"{before}{typo(name)}{stars}" if is_path(old) else old


def with_other_case(old: Any, _around: Any) -> Any:
    before, name, stars = last_name(old)
    return f"{before}{other_case(name)}{stars}" if is_path(old) else old


def _root_typo(old: Any, _around: Any) -> Any:
    return old.replace("/document/", "/documents/", 1) if is_path(old) else old


def _without_slash(old: Any, _around: Any) -> Any:
    return old[1:] if is_path(old) else old


def _without_star(old: Any, _around: Any) -> Any:
    return old.removesuffix("/*") if is_path(old) else old


def _without_inner_star(old: Any, _around: Any) -> Any:
    return old.replace("/*/", "/", 1) if is_path(old) else old


def _with_star(old: Any, _around: Any) -> Any:
    return f"{old}/*" if is_path(old) and "*" not in old and not old.endswith("/0") else old


def _unquoted(old: Any, _around: Any) -> Any:
    return old.replace("'", "") if str(old).startswith("=") and "'" in old else old


def _expression(old: Any, _around: Any) -> Any:
    """A path of one value, as an expression that says the same."""
    return f"=$({old})" if is_path(old) and "*" not in old and old.endswith("content") else old


def _own_name(old: Any, output: Any) -> Any:
    """Left out, where that gives another name."""
    return REMOVED if old != output["name"] else SAME


def _undollared(old: Any, _around: Any) -> Any:
    return old.replace("$(", "").replace(")", "") if str(old).startswith("=") else old


def _without_default(old: Any, _around: Any) -> Any:
    return REMOVED if old == "/document" else old


def _to_document(old: Any, _around: Any) -> Any:
    return "/document" if old.endswith("/*") else old


rows(
    FAMILY,
    (
        Row("path-typo-in-input", RUN, "P14", SOURCE, with_typo),
        Row("path-case-in-input", RUN, "P2", SOURCE, with_other_case),
        Row("path-root-typo", RUN, "P1", SOURCE, _root_typo),
        Row("path-without-slash", RUN, "P1 [?]", SOURCE, _without_slash, emulated=False),
        Row("star-missing-in-input", RUN, "P4", SOURCE, _without_star),
        Row("inner-star-missing-in-input", RUN, "P4", SOURCE, _without_inner_star),
        Row("star-too-much-in-input", RUN, "P5", SOURCE, _with_star),
        Row("context-without-star", RUN, "P8", CONTEXT, _to_document),
        Row("context-typo", NULL, "SKILLS 3.1", CONTEXT, with_typo),
        Row("context-root-typo", NULL, "SKILLS 3.1", CONTEXT, _root_typo),
        Row("literal-without-quotes", RUN, "P16", SOURCE, _unquoted),
        Row("path-in-expression-without-dollar", RUN, "P17", SOURCE, _undollared),
        Row("path-typo-in-projection", NULL, "P95", PROJECTED, with_typo),
        Row("path-case-in-projection", NULL, "P95, P2", PROJECTED, with_other_case),
        Row("star-missing-in-projection", RUN, "P94", PROJECTED, _without_inner_star),
        Row("path-typo-in-output-mapping", NULL, "SKILLS 3.3", SENT, with_typo),
        Row("path-case-in-output-mapping", NULL, "SKILLS 3.3, P2", SENT, with_other_case),
        Row("inner-star-missing-in-output-mapping", NULL, "SKILLS 3.3", SENT, _without_inner_star),
        Row(
            "projection-context-typo",
            NULL,
            "P94",
            "Skillset: indexProjections/selectors/*/sourceContext",
            with_typo,
        ),
        Row(
            "projection-context-without-star",
            RUN,
            "SKILLS 3.5",
            "Skillset: indexProjections/selectors/*/sourceContext",
            _without_star,
        ),
        Row(
            "target-name-left-out", RUN, "P3", "Skillset: skills/*/outputs/*/targetName", _own_name
        ),
        Row("target-name-typo", RUN, "P3", "Skillset: skills/*/outputs/*/targetName", mistyped),
        Row("context-left-out", HARMLESS, "SKILLS 1.0", CONTEXT, _without_default),
        Row(
            "context-below-a-string",
            RUN,
            "P9",
            "Skillset: skills/*/context",
            lambda old, _: "/document/content" if old == "/document" else old,
        ),
        Row(
            "path-as-expression",
            HARMLESS,
            "D:cognitive-search-skill-annotation-language",
            SOURCE,
            _expression,
        ),
        Row("skill-renamed", HARMLESS, "P22", "Skillset: skills/*/name", set_to("another-name")),
    ),
)


@mutator(FAMILY, RUN, "P14")
def producer_removed(stack: Stack) -> Iterator[Mutant]:
    """A skill is taken away; what reads its outputs stays."""
    for skill in spots(stack, "Skillset", "skills/*"):
        read = tuple(_readers(stack, skill))
        if read:
            kind = value(stack, skill)["@odata.type"]
            yield Mutant(removed(stack, skill), f"{kind} is gone", read[0], read[1:])


def _readers(stack: Stack, skill: Spot) -> Iterator[Spot]:
    """Where the outputs of a skill are read by others, numbered as after its removal."""
    body, position = value(stack, skill), int(skill.path[1])
    context = body.get("context", "/document")
    made = [f"{context}/{out.get('targetName', out['name'])}" for out in body["outputs"]]
    for kind, pattern in (place.split(": ") for place in (SOURCE, PROJECTED, SENT)):
        for spot in spots(stack, kind, pattern):
            path = value(stack, spot)
            if not any(path == node or path.startswith(f"{node}/") for node in made):
                continue
            if spot.path[0] != "skills":
                yield spot
            elif spot.path[1] != position:
                number = int(spot.path[1])
                yield Spot(spot.document, ("skills", number - (number > position), *spot.path[2:]))


@mutator(FAMILY, NULL, "P11 (!): they clash, or one wins", emulated=False)
def two_writers_of_a_node(stack: Stack) -> Iterator[Mutant]:
    for skill in spots(stack, "Skillset", "skills/*"):
        body = value(stack, skill)
        again = {**body, "name": "again"}
        made = appended(stack, skill.parent, again)
        last = skill.parent.at(len(value(stack, skill.parent)))
        yield Mutant(made, f"{body['@odata.type']} twice", last, (skill,))


@mutator(FAMILY, RUN, "P13 [?]: inferred")
def cycle_of_skills(stack: Stack) -> Iterator[Mutant]:
    """A skill whose output another reads, reads that one's output."""
    for skill in spots(stack, "Skillset", "skills/*"):
        spot = skill.at("inputs", 0, "source")
        for reader in spots(stack, "Skillset", "skills/*/inputs/*/source"):
            other = Spot(reader.document, reader.path[:2])
            reads = value(stack, reader).startswith(_written(stack, skill))
            if reads and other != skill and is_path(value(stack, spot)):
                back = _written(stack, other)
                text = f"{spot.pointer()} reads {back}, which is made of it"
                yield Mutant(replaced(stack, spot, back), text, spot, (reader,))
                break


def _written(stack: Stack, skill: Spot) -> str:
    """The path of a skill's first output."""
    body, output = value(stack, skill), value(stack, skill.at("outputs", 0))
    return f"{body.get('context', '/document')}/{output.get('targetName', output['name'])}"


@mutator(FAMILY, HARMLESS, "P22")
def skills_in_another_order(stack: Stack) -> Iterator[Mutant]:
    for spot in spots(stack, "Skillset", "skills"):
        if len(value(stack, spot)) > 1:
            yield Mutant(replaced(stack, spot, value(stack, spot)[::-1]), "skills reversed", spot)


@mutator(FAMILY, HARMLESS, "D:cognitive-search-working-with-skillsets")
def node_renamed_everywhere(stack: Stack) -> Iterator[Mutant]:
    """A target name and every path that reads it."""
    for spot in spots(stack, "Skillset", "skills/*/outputs/*/targetName"):
        skill = Spot(spot.document, spot.path[:2])
        node = f"{value(stack, skill.at('context')) or '/document'}/{value(stack, spot)}"
        made = replaced(stack, spot, f"{value(stack, spot)}_2")
        text = json.dumps(made)
        for end in ("/", '"', ")"):
            text = text.replace(f"{node}{end}", f"{node}_2{end}")
        if f"{node}_2" in text:
            yield Mutant(json.loads(text), f"{node} renamed everywhere", spot)
