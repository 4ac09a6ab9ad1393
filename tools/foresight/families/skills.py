"""The contract of a skill: what it takes, gives and accepts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tools.foresight.mutator import (
    REMOVED,
    SAME,
    Mutant,
    Row,
    Verdict,
    also,
    gone,
    mutator,
    only,
    rows,
    set_to,
)
from tools.foresight.stack import Spot, Stack, replaced, spots, value
from tools.foresight.words import mistyped, other_case

FAMILY = "skills"
REFUSED, RUN, NULL, HARMLESS = Verdict.REFUSED, Verdict.RUN, Verdict.NULL, Verdict.HARMLESS
SKILL = "Skillset: skills/*"
SPLIT, EMBED, WEB = "SplitSkill", "AzureOpenAIEmbeddingSkill", "WebApiSkill"
LAYOUT, ENTITIES, PII = "IntelligenceLayoutSkill", "EntityRecognitionSkill", "PIIDetectionSkill"
REQUIRED = {"text", "image", "file_data", "itemsToInsert", "condition", "whenTrue", "whenFalse"}
FREE = ("WebApiSkill", "AmlSkill")
OPTIONAL = (*FREE, "MergeSkill", "ShaperSkill", "ChatCompletionSkill")


def _property(name: str, change: Any) -> Any:
    """A change of one property, of skills that have it."""
    return lambda old, _: {**old, name: change(old[name], old)} if name in old else SAME


def _without(name: str) -> Any:
    def changed(old: Any, _around: Any) -> Any:
        return {k: v for k, v in old.items() if k != name} if name in old else SAME

    return changed


def _lower(old: Any, _around: Any) -> Any:
    return {**old, "categories": [one.lower() for one in old.get("categories") or ()]}


def _own_input(old: Any, skill: Any) -> Any:
    """A Web API gets a literal besides."""
    literal = {"name": "origin", "source": "='search'"}
    return [*old, literal] if str(skill.get("@odata.type")).endswith(WEB) else SAME


def _shallow(old: Any, _around: Any) -> Any:
    markdown = old.get("outputFormat", "markdown") == "markdown"
    return {**old, "markdownHeaderDepth": "h1"} if markdown else SAME


def _overlap(old: Any, _around: Any) -> Any:
    return {**old, "pageOverlapLength": old.get("maximumPageLength", 2000)}


rows(
    FAMILY,
    (
        Row("skill-type-typo", REFUSED, "P26", f"{SKILL}/@odata.type", mistyped),
        Row("skill-type-without-sign", REFUSED, "SKILLS 1.0, P144 [?]", f"{SKILL}/@odata.type", lambda old, _: old.removeprefix("#")),
        Row("skill-type-left-out", REFUSED, "P27", f"{SKILL}/@odata.type", gone),
        Row("deprecated-skill", REFUSED, "P28", SKILL, only(ENTITIES, also(**{"@odata.type": "#Microsoft.Skills.Text.EntityRecognitionSkill"}))),
        Row("unknown-property-of-skill", REFUSED, "P25", SKILL, only(SPLIT, also(pageLength=2000))),
        Row("preview-property-of-skill", REFUSED, "P39", SKILL, only(SPLIT, also(unit="azureOpenAITokens")), stable=True),
        Row("page-too-short", REFUSED, "P40 [?]", SKILL, only(SPLIT, also(maximumPageLength=200))),
        Row("page-too-long", REFUSED, "P40 [?]", SKILL, only(SPLIT, also(maximumPageLength=60000))),
        Row("overlap-as-long-as-page", REFUSED, "P41 [?]", SKILL, only(SPLIT, _overlap)),
        Row("split-mode-unknown", REFUSED, "SKILLS 1.1", SKILL, only(SPLIT, also(textSplitMode="paragraphs"))),
        Row("outputs-empty", REFUSED, "SKILLS 1.0: required", f"{SKILL}/outputs", gone),
        Row("inputs-left-out", REFUSED, "SKILLS 1.0: required", f"{SKILL}/inputs", gone),
        Row("source-and-context", REFUSED, "P19 [?]", f"{SKILL}/inputs/*", also(sourceContext="/document/pages/*", inputs=[])),
        Row("embedding-without-model-name", REFUSED, "P32", SKILL, only(EMBED, _without("modelName"))),
        Row("embedding-without-deployment", RUN, "SKILLS 1.3", SKILL, only(EMBED, _without("deploymentId")), emulated=False),
        Row("translation-without-language", REFUSED, "P152", SKILL, only("TranslationSkill", _without("defaultToLanguageCode"))),
        Row("web-api-not-https", REFUSED, "P66", SKILL, only(WEB, _property("uri", lambda old, _: old.replace("https:", "http:")))),
        Row("web-api-forbidden-header", REFUSED, "P66", SKILL, only(WEB, also(httpHeaders={"Content-Type": "application/json"}))),
        Row("web-api-nested-headers", REFUSED, "P66", SKILL, only(WEB, also(httpHeaders={"headers": {"x-caller": "search"}}))),
        Row("web-api-timeout-too-long", REFUSED, "P67", SKILL, only(WEB, also(timeout="PT300S"))),
        Row("web-api-timeout-is-a-number", REFUSED, "P67", SKILL, only(WEB, also(timeout="60"))),
        Row("web-api-too-parallel", REFUSED, "SKILLS 1.3", SKILL, only(WEB, also(degreeOfParallelism=50))),
        Row("web-api-without-uri", REFUSED, "SKILLS 1.3", SKILL, only(WEB, _without("uri"))),
        Row("entity-category-left-out", NULL, "P150", SKILL, only(ENTITIES, also(categories=["Organization"]))),
        Row("precision-above-one", REFUSED, "SKILLS 1.2", SKILL, only(ENTITIES, also(minimumPrecision=50))),
        Row("masked-text-without-masking", RUN, "P149", SKILL, only(PII, also(maskingMode="none"))),
        Row("masking-mode-left-out", RUN, "P149", SKILL, only(PII, _without("maskingMode"))),
        Row("layout-output-of-other-format", NULL, "P55", SKILL, only(LAYOUT, also(outputFormat="text"))),
        Row("layout-header-depth-unknown", REFUSED, "SKILLS 1.2", SKILL, only(LAYOUT, also(markdownHeaderDepth="h9"))),
        Row("layout-header-depth-too-low", NULL, "P56", SKILL, only(LAYOUT, _shallow)),
        Row("feature-not-asked-for", NULL, "SKILLS 1.2", SKILL, only("ImageAnalysisSkill", also(visualFeatures=["categories"]))),
        Row("feature-unknown", REFUSED, "SKILLS 1.2", SKILL, only("ImageAnalysisSkill", also(visualFeatures=["tags", "landmarks"]))),
        Row("language-unknown", RUN, "SKILLS 1.0, P42", SKILL, only("KeyPhraseExtractionSkill", also(defaultLanguageCode="english"))),
        Row("no-skills", REFUSED, "P23", "Skillset: skills", set_to([])),
        Row("split-by-sentences", HARMLESS, "SKILLS 1.1", SKILL, only(SPLIT, also(textSplitMode="sentences")), emulated=False),
        Row("category-of-other-case", HARMLESS, "SKILLS 1.2 (!): compare ignoring case", SKILL, only(ENTITIES, _lower), emulated=False),
        Row("input-of-own-name", HARMLESS, "SKILLS 1.3: free names", f"{SKILL}/inputs", _own_input),
        Row("description-of-skill", HARMLESS, "SKILLS 1.0", SKILL, also(description="What it does.")),
        Row("page-defaults-written-out", HARMLESS, "FACTS c", SKILL, only(SPLIT, lambda old, _: {"pageOverlapLength": 0, "maximumPagesToTake": 0, "defaultLanguageCode": "en", **old})),
        Row("page-shorter", HARMLESS, "SKILLS 1.1", SKILL, only(SPLIT, also(maximumPageLength=900))),
    ),
)  # fmt: skip


def _built_in(stack: Stack, spot: Spot) -> bool:
    """Whether an input is one that a built-in skill demands."""
    skill = value(stack, Spot(spot.document, spot.path[:2]))
    free = skill["@odata.type"].endswith(OPTIONAL)
    return not free and value(stack, spot.at("name")) in REQUIRED


@mutator(FAMILY, RUN, "P29")
def required_input_left_out(stack: Stack) -> Iterator[Mutant]:
    for spot in spots(stack, "Skillset", "skills/*/inputs/*"):
        if _built_in(stack, spot):
            name = value(stack, spot.at("name"))
            rest = [one for one in value(stack, spot.parent) if one["name"] != name]
            made = replaced(stack, spot.parent, rest or [{"name": "other", "source": "/document"}])
            yield Mutant(made, f"no input {name}", spot.parent, (spot.parent.parent,))


@mutator(FAMILY, REFUSED, "P24")
def output_unknown(stack: Stack) -> Iterator[Mutant]:
    """Of a built-in skill: what others answer nobody knows."""
    for spot in spots(stack, "Skillset", "skills/*/outputs/*/name"):
        skill = value(stack, Spot(spot.document, spot.path[:2]))
        if not skill["@odata.type"].endswith(FREE):
            name = f"{value(stack, spot)}Text"
            yield Mutant(replaced(stack, spot, name), f"an output {name}", spot)


@mutator(FAMILY, RUN, "SKILLS 1.0: case sensitive")
def input_name_of_other_case(stack: Stack) -> Iterator[Mutant]:
    for spot in spots(stack, "Skillset", "skills/*/inputs/*/name"):
        if _built_in(stack, spot.parent):
            made = replaced(stack, spot, other_case(value(stack, spot)))
            yield Mutant(made, f"{value(stack, spot)} in another case", spot)


@mutator(FAMILY, REFUSED, "P23")
def skill_names_twice(stack: Stack) -> Iterator[Mutant]:
    for spot in spots(stack, "Skillset", "skills"):
        names = [n for n, skill in enumerate(value(stack, spot)) if "name" in skill]
        if len(names) > 1:
            there, last = spot.at(names[0], "name"), spot.at(names[-1], "name")
            yield Mutant(
                replaced(stack, last, value(stack, there)), "one name twice", last, (there,)
            )


@mutator(FAMILY, REFUSED, "P23, FACTS f")
def too_many_skills(stack: Stack) -> Iterator[Mutant]:
    for spot in spots(stack, "Skillset", "skills"):
        old = value(stack, spot)
        more = [
            {
                "@odata.type": "#Microsoft.Skills.Util.ShaperSkill",
                "name": f"shape-{number}",
                "inputs": [{"name": "name", "source": "/document/metadata_storage_name"}],
                "outputs": [{"name": "output", "targetName": f"shape{number}"}],
            }
            for number in range(31 - len(old))
        ]
        yield Mutant(replaced(stack, spot, [*old, *more]), "31 skills", spot)


@mutator(FAMILY, HARMLESS, "SKILLS 1.0")
def unread_output(stack: Stack) -> Iterator[Mutant]:
    """An output that a skill has, and that nobody asked for before."""
    more = {SPLIT: "lengths", "LanguageDetectionSkill": "languageName"}
    for spot in spots(stack, "Skillset", "skills/*/outputs"):
        kind = value(stack, spot.parent)["@odata.type"].rpartition(".")[2]
        names = [one["name"] for one in value(stack, spot)]
        if kind in more and more[kind] not in names:
            new = [*value(stack, spot), {"name": more[kind]}]
            yield Mutant(replaced(stack, spot, new), f"{more[kind]} is asked for", spot)


rows(
    FAMILY,
    (
        Row("cached-key-of-skill", REFUSED, "P25", SKILL, only(SPLIT, also(cognitiveServices={}))),
        Row("name-left-out", HARMLESS, "SKILLS 1.0", f"{SKILL}/name", lambda *_: REMOVED),
    ),
)
