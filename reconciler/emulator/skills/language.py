"""Language Detection with a local model (py3langid), SKILLS 1.2."""

from __future__ import annotations

from functools import cache
from typing import Any

from reconciler.emulator.skills.skill import Done

Body = dict[str, Any]

MOST_CHARACTERS = 50_000
UNKNOWN = {"languageCode": "(Unknown)", "languageName": "(Unknown)", "score": 0.0}
LISTED = (
    "af:Afrikaans am:Amharic ar:Arabic as:Assamese az:Azerbaijani be:Belarusian bg:Bulgarian "
    "bn:Bengali br:Breton bs:Bosnian ca:Catalan cs:Czech cy:Welsh da:Danish de:German "
    "dz:Dzongkha el:Greek en:English eo:Esperanto es:Spanish et:Estonian eu:Basque fa:Persian "
    "fi:Finnish fo:Faroese fr:French ga:Irish gl:Galician gu:Gujarati he:Hebrew hi:Hindi "
    "hr:Croatian ht:Haitian hu:Hungarian hy:Armenian id:Indonesian is:Icelandic it:Italian "
    "ja:Japanese jv:Javanese ka:Georgian kk:Kazakh km:Khmer kn:Kannada ko:Korean ku:Kurdish "
    "ky:Kyrgyz la:Latin lb:Luxembourgish lo:Lao lt:Lithuanian lv:Latvian mg:Malagasy "
    "mk:Macedonian ml:Malayalam mn:Mongolian mr:Marathi ms:Malay mt:Maltese nb:Norwegian "
    "ne:Nepali nl:Dutch nn:Norwegian no:Norwegian oc:Occitan or:Odia pa:Punjabi pl:Polish "
    "ps:Pashto pt:Portuguese qu:Quechua ro:Romanian ru:Russian rw:Kinyarwanda se:Sami "
    "si:Sinhala sk:Slovak sl:Slovenian sq:Albanian sr:Serbian sv:Swedish sw:Swahili ta:Tamil "
    "te:Telugu th:Thai tl:Tagalog tr:Turkish ug:Uyghur uk:Ukrainian ur:Urdu vi:Vietnamese "
    "vo:Volapük wa:Walloon xh:Xhosa zh:Chinese_Simplified zu:Zulu"
)
NAMES = dict(pair.split(":") for pair in LISTED.split())
# The service writes Chinese with its script; the local model knows only one Chinese.
CODES = {"zh": "zh_chs"}


def detect(skill: Body, record: Body) -> Done:
    """Country hints are accepted and have no effect: the local model takes none."""
    del skill
    text = record["text"]
    warnings = []
    if len(text) > MOST_CHARACTERS:
        text = text[:MOST_CHARACTERS]
        warnings.append(("Skill input was truncated", f"at {MOST_CHARACTERS} characters"))
    if not any(character.isalpha() for character in text):
        return Done(dict(UNKNOWN), warnings=warnings)
    code, score = _identifier().classify(text)
    outputs = {
        "languageCode": CODES.get(code, code),
        "languageName": NAMES.get(code, code),
        "score": round(float(score), 2),
    }
    return Done(outputs, warnings=warnings)


@cache
def _identifier() -> Any:
    """The local model, held to the languages that have a name here."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(sorted(set(NAMES) & set(identifier.labels)))
    return identifier
