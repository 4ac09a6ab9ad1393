"""Runs a skillset over the tree of one document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from reconciler.emulator.models.models import Models
from reconciler.emulator.skills import inputs
from reconciler.emulator.skills.catalogue import SKILLS
from reconciler.emulator.skills.expressions import BadExpression
from reconciler.emulator.skills.order import context_of, ordered
from reconciler.emulator.skills.paths import Path, parse, show
from reconciler.emulator.skills.skill import (
    NO_SKILL,
    UNEXPECTED,
    Call,
    Done,
    Input,
    NotEmulated,
    Skill,
    Takes,
)
from reconciler.emulator.skills.tree import NoValue, Tree

Body = dict[str, Any]

PAGE = "https://learn.microsoft.com/azure/search/cognitive-search-common-errors-warnings"
FREE = Input(Takes.ANY, required=False)


class Note(NamedTuple):
    """An error or a warning; `name` is as the service names it (SKILLS 3.2)."""

    severity: Literal["error", "warning"]
    name: str
    message: str
    details: str
    link: str


def ready(skillset: Body) -> None:
    """Raises NotEmulated naming the first skill that cannot run here."""
    for position, skill in enumerate(skillset["skills"]):
        kind = skill["@odata.type"].lstrip("#")
        known = SKILLS.get(kind)
        label = _label(skill, position)
        if known is None:
            raise NotEmulated(f"Skill '{label}' ({kind}) is not emulated.")
        reason = known.refuses(skill)
        if reason:
            raise NotEmulated(f"Skill '{label}' ({kind}): {reason}")


def enrich(skillset: Body, tree: Tree, models: Models) -> list[Note]:
    """Let every skill put its outputs into the tree; stops after a skill with an error.

    An error fails the document (SKILLS 4.2), so that nothing more is asked of models.
    """
    skills = skillset["skills"]
    order, stuck = ordered(skills)
    notes: list[Note] = []
    for position in order:
        call = Call(skills[position], skillset, models)
        # Records of one request fail alike: that is said once.
        found = list(dict.fromkeys(_run(call, tree, _name(skills[position], position))))
        notes.extend(found)
        if any(note.severity == "error" for note in found):
            return notes
    for position in stuck:
        details = "The skill reads, directly or by other skills, what it writes itself."
        notes.append(_note("error", _name(skills[position], position), NO_SKILL, details))
    return notes


def _label(skill: Body, position: int) -> str:
    return skill.get("name") or f"#{position + 1}"


def _name(skill: Body, position: int) -> str:
    kind = skill["@odata.type"].rsplit(".", 1)[-1]
    return f"Enrichment.{kind}.{_label(skill, position)}"


def _note(severity: Literal["error", "warning"], name: str, message: str, details: str) -> Note:
    error = "#error-" + message.lower().rstrip(".").replace(" ", "-")
    anchor = error if severity == "error" else "#warning-skill-input-was-invalid"
    return Note(severity, name, message, details, PAGE + anchor)


def _run(call: Call, tree: Tree, name: str) -> Iterator[Note]:
    skill = SKILLS[call.skill["@odata.type"].lstrip("#")]
    places: list[Path] = []
    records: list[Body] = []
    for place, node in tree.nodes(parse(context_of(call.skill)), []):
        if node.value is None:
            continue
        record, warnings = _record(skill, call.skill, tree, place)
        for warning in warnings:
            yield _note("warning", name, *warning)
        if record is not None:
            places.append(place)
            records.append(record)
    results = skill.run(call, records) if records else []
    for place, done in zip(places, results, strict=True):
        yield from _kept(call.skill, tree, place, done, name)


def _kept(skill: Body, tree: Tree, place: Path, done: Done, name: str) -> Iterator[Note]:
    for output in skill["outputs"]:
        if output["name"] in done.outputs:
            target = output.get("targetName") or output["name"]
            tree.put(show((*place, target)), done.outputs[output["name"]])
    for error in done.errors:
        yield _note("error", name, *error)
    for warning in done.warnings:
        yield _note("warning", name, *warning)


def _record(
    skill: Skill, body: Body, tree: Tree, place: Path
) -> tuple[Body | None, list[tuple[str, str]]]:
    """The inputs by name, or None when a required one is missing; and the warnings."""
    record: Body = {}
    warnings: list[tuple[str, str]] = []
    given = {entry["name"]: entry for entry in body["inputs"]}
    for name, entry in given.items():
        documented = skill.inputs.get(name, FREE)
        problems: list[str] = []
        record[name], problem = _value(documented, name, entry, tree, place, problems)
        if problem and documented.required:
            return None, [(NO_SKILL, problem)]
        texts = problems or ([problem] if problem else [])
        warnings.extend((UNEXPECTED, text) for text in texts)
    for name, documented in skill.inputs.items():
        if documented.required and name not in given:
            problem = f"Required skill input is missing. Name: {name}, Source: "
            return None, [(NO_SKILL, problem)]
    return record, warnings


def _value(
    documented: Input, name: str, entry: Body, tree: Tree, place: Path, problems: list[str]
) -> tuple[Any, str]:
    """A value and "", or None and what is wrong with it, in the words of SKILLS 3.2."""
    source = inputs.described(entry)
    word = "Required" if documented.required else "Optional"
    try:
        value = inputs.read(tree, entry, place, problems)
    except NoValue as problem:
        if documented.nullable:
            return None, ""
        missing = f"Required skill input is missing. Name: {name}, Source: {source}"
        return None, missing if documented.required else str(problem)
    except BadExpression as problem:
        return None, _unreadable(word, name, source, str(problem))
    if value is None:
        if documented.nullable:
            return None, ""
        return None, f"{word} skill input is missing. Name: {name}, Source: {source}"
    if documented.takes is Takes.FILE and not documented.takes.fits(value):
        return None, _unreadable(word, name, f"$({source})", "Missing file reference object")
    if not documented.takes.fits(value):
        return None, (
            f"{word} skill input was not of the expected type `{documented.takes.value}`. "
            f"Name: `{name}`, Source: `{source}`."
        )
    return value, ""


def _unreadable(word: str, name: str, source: str, problem: str) -> str:
    """Seen live for file_data (SKILLS 3.2)."""
    return (
        f"{word} skill input was not in the expected format.  Name: '{name}', "
        f"Source: '{source}', Error: '{problem}'"
    )
