"""Languages that tokenizers, stemmers and lists of stopwords know, in the schema's spelling."""

from __future__ import annotations

from typing import Literal

# fmt: off
StemmingLanguage = Literal[
    "arabic", "bangla", "bulgarian", "catalan", "croatian", "czech", "danish", "dutch",
    "english", "estonian", "finnish", "french", "german", "greek", "gujarati", "hebrew",
    "hindi", "hungarian", "icelandic", "indonesian", "italian", "kannada", "latvian",
    "lithuanian", "malay", "malayalam", "marathi", "norwegianBokmaal", "polish", "portuguese",
    "portugueseBrazilian", "punjabi", "romanian", "russian", "serbianCyrillic", "serbianLatin",
    "slovak", "slovenian", "spanish", "swedish", "tamil", "telugu", "turkish", "ukrainian",
    "urdu",
]
TokenizerLanguage = Literal[
    "bangla", "bulgarian", "catalan", "chineseSimplified", "chineseTraditional", "croatian",
    "czech", "danish", "dutch", "english", "french", "german", "greek", "gujarati", "hindi",
    "icelandic", "indonesian", "italian", "japanese", "kannada", "korean", "malay", "malayalam",
    "marathi", "norwegianBokmaal", "polish", "portuguese", "portugueseBrazilian", "punjabi",
    "romanian", "russian", "serbianCyrillic", "serbianLatin", "slovenian", "spanish", "swedish",
    "tamil", "telugu", "thai", "ukrainian", "urdu", "vietnamese",
]
SnowballLanguage = Literal[
    "armenian", "basque", "catalan", "danish", "dutch", "english", "finnish", "french",
    "german", "german2", "hungarian", "italian", "kp", "lovins", "norwegian", "porter",
    "portuguese", "romanian", "russian", "spanish", "swedish", "turkish",
]
StemmerLanguage = Literal[
    "arabic", "armenian", "basque", "brazilian", "bulgarian", "catalan", "czech", "danish",
    "dutch", "dutchKp", "english", "lightEnglish", "minimalEnglish", "possessiveEnglish",
    "porter2", "lovins", "finnish", "lightFinnish", "french", "lightFrench", "minimalFrench",
    "galician", "minimalGalician", "german", "german2", "lightGerman", "minimalGerman", "greek",
    "hindi", "hungarian", "lightHungarian", "indonesian", "irish", "italian", "lightItalian",
    "sorani", "latvian", "norwegian", "lightNorwegian", "minimalNorwegian", "lightNynorsk",
    "minimalNynorsk", "portuguese", "lightPortuguese", "minimalPortuguese", "portugueseRslp",
    "romanian", "russian", "lightRussian", "spanish", "lightSpanish", "swedish", "lightSwedish",
    "turkish",
]
StopwordsList = Literal[
    "arabic", "armenian", "basque", "brazilian", "bulgarian", "catalan", "czech", "danish",
    "dutch", "english", "finnish", "french", "galician", "german", "greek", "hindi",
    "hungarian", "indonesian", "irish", "italian", "latvian", "norwegian", "persian",
    "portuguese", "romanian", "russian", "sorani", "spanish", "swedish", "thai", "turkish",
]
# fmt: on
