"""Rules of skillsets that the service checks when they are written: few, see SKILLS.md."""

from __future__ import annotations

from typing import Any

from reconciler.emulator.context import Context
from reconciler.emulator.headers import FORBIDDEN_HEADERS
from reconciler.emulator.refusals import Refusal

Body = dict[str, Any]
MAXIMUM_SKILLS = 30

# SKILLS section 1: the outputs of skills whose set is closed. Others (Shaper, Web API, AML, GenAI)
# name their own, so they are not listed.
OUTPUTS = {
    "#Microsoft.Skills.Text.SplitSkill": {"textItems", "offsets", "lengths", "ordinalPositions"},
    "#Microsoft.Skills.Text.MergeSkill": {"mergedText", "mergedOffsets"},
    "#Microsoft.Skills.Util.ShaperSkill": {"output"},
    "#Microsoft.Skills.Util.ConditionalSkill": {"output"},
    "#Microsoft.Skills.Util.DocumentExtractionSkill": {"content", "normalized_images"},
    "#Microsoft.Skills.Text.LanguageDetectionSkill": {"languageCode", "languageName", "score"},
    "#Microsoft.Skills.Text.KeyPhraseExtractionSkill": {"keyPhrases"},
    "#Microsoft.Skills.Text.V3.EntityLinkingSkill": {"entities"},
    "#Microsoft.Skills.Text.V3.SentimentSkill": {"sentiment", "confidenceScores", "sentences"},
    "#Microsoft.Skills.Text.PIIDetectionSkill": {"piiEntities", "maskedText"},
    "#Microsoft.Skills.Text.TranslationSkill": {
        "translatedText",
        "translatedToLanguageCode",
        "translatedFromLanguageCode",
    },
    "#Microsoft.Skills.Text.CustomEntityLookupSkill": {"entities"},
    "#Microsoft.Skills.Vision.OcrSkill": {"text", "layoutText"},
    "#Microsoft.Skills.Vision.ImageAnalysisSkill": {
        "adult",
        "brands",
        "categories",
        "color",
        "description",
        "faces",
        "imageType",
        "metadata",
        "objects",
        "requestId",
        "tags",
    },
    "#Microsoft.Skills.Vision.VectorizeSkill": {"vector"},
    "#Microsoft.Skills.Text.AzureOpenAIEmbeddingSkill": {"embedding"},
}

# SKILLS P40 and section 1.
RANGES = {
    ("#Microsoft.Skills.Text.SplitSkill", "maximumPageLength"): (300, 50_000),
    ("#Microsoft.Skills.Custom.WebApiSkill", "degreeOfParallelism"): (1, 10),
    ("#Microsoft.Skills.Custom.AmlSkill", "degreeOfParallelism"): (1, 10),
}
MODEL_REQUIRED_SINCE = "2024-05-01"
ACCOUNTS_BY_KEY = (
    "#Microsoft.Azure.Search.AIServicesByKey",
    "#Microsoft.Azure.Search.CognitiveServicesByKey",
)


def check(context: Context, body: Body, old: Body | None) -> None:
    del old
    skills, name = body["skills"], body["name"]
    if not 1 <= len(skills) <= MAXIMUM_SKILLS:
        raise Refusal("skill-count", skillset=name, count=len(skills))
    account = body.get("cognitiveServices") or {}
    if account.get("@odata.type") in ACCOUNTS_BY_KEY and not account.get("key"):
        raise Refusal("account-key")
    seen: set[str] = set()
    for position, skill in enumerate(skills, start=1):
        label = skill.get("name") or f"#{position}"
        if label in seen:
            raise Refusal("skill-name-twice", skillset=name, name=label)
        seen.add(label)
        _check_skill(context, skill, label)


def _check_skill(context: Context, skill: Body, label: str) -> None:
    tag = skill["@odata.type"]
    outputs = OUTPUTS.get(tag)
    for output in skill["outputs"]:
        if outputs is not None and output["name"] not in outputs:
            raise Refusal("skill-output", skill=label, output=output["name"])
    for entry in skill["inputs"]:
        _check_input(entry, label)
    for (of, key), (low, high) in RANGES.items():
        value = skill.get(key) if of == tag else None
        unit = skill.get("unit")
        if value is not None and unit in (None, "characters") and not low <= value <= high:
            raise Refusal("skill-range", skill=label, property=key, low=low, high=high)
    for header in skill.get("httpHeaders") or ():
        if header.lower() in FORBIDDEN_HEADERS:
            raise Refusal("skill-header", skill=label, header=header)
    embedding = tag == "#Microsoft.Skills.Text.AzureOpenAIEmbeddingSkill"
    modern = context.version.date >= MODEL_REQUIRED_SINCE
    if embedding and modern and not skill.get("modelName"):
        raise Refusal("skill-model", skill=label, version=context.version.name)


def _check_input(entry: Body, label: str) -> None:
    """SKILLS P19; paths themselves are not checked (recorded: typos got 201)."""
    nested = entry.get("inputs") or []
    if bool(entry.get("source")) == bool(entry.get("sourceContext") or nested):
        raise Refusal("skill-source", skill=label, input=entry["name"])
    for inner in nested:
        _check_input(inner, label)
