"""The skills that run here, by their @odata.type. Any other is refused by name."""

from __future__ import annotations

from reconciler.emulator.skills import (
    embedding,
    extraction,
    language,
    layout,
    machine_learning,
    merging,
    shaping,
    splitting,
    web,
)
from reconciler.emulator.skills.skill import Input, Skill, Takes, each

TEXT = Input(Takes.STRING)
OPTIONAL_TEXT = Input(Takes.STRING, required=False)
ANY = Input(Takes.ANY, nullable=True)
FILE = Input(Takes.FILE)

SKILLS: dict[str, Skill] = {
    "Microsoft.Skills.Text.SplitSkill": Skill(
        each(splitting.split),
        {"text": TEXT, "languageCode": OPTIONAL_TEXT},
        splitting.refuses,
    ),
    "Microsoft.Skills.Text.MergeSkill": Skill(
        each(merging.merge),
        {
            "itemsToInsert": Input(Takes.STRINGS),
            "text": OPTIONAL_TEXT,
            "offsets": Input(Takes.INTEGERS, required=False),
        },
    ),
    "Microsoft.Skills.Util.ShaperSkill": Skill(each(shaping.shape)),
    "Microsoft.Skills.Util.ConditionalSkill": Skill(
        each(shaping.choose),
        {"condition": Input(Takes.BOOLEAN), "whenTrue": ANY, "whenFalse": ANY},
    ),
    "Microsoft.Skills.Util.DocumentExtractionSkill": Skill(
        each(extraction.extract_document), {"file_data": FILE}, extraction.refuses
    ),
    "Microsoft.Skills.Util.DocumentIntelligenceLayoutSkill": Skill(
        each(layout.lay_out), {"file_data": FILE}
    ),
    "Microsoft.Skills.Text.LanguageDetectionSkill": Skill(
        each(language.detect), {"text": TEXT, "countryHint": OPTIONAL_TEXT}
    ),
    "Microsoft.Skills.Text.AzureOpenAIEmbeddingSkill": Skill(embedding.embed, {"text": TEXT}),
    "Microsoft.Skills.Vision.VectorizeSkill": Skill(
        embedding.vectorize,
        {
            "text": OPTIONAL_TEXT,
            "image": Input(Takes.ANY, required=False),
            "url": OPTIONAL_TEXT,
            "queryString": OPTIONAL_TEXT,
        },
    ),
    "Microsoft.Skills.Custom.WebApiSkill": Skill(web.process),
    "Microsoft.Skills.Custom.AmlSkill": Skill(
        machine_learning.score, refuses=machine_learning.refuses
    ),
}
