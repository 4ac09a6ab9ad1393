"""Rules of document cracking and of skills: what is done where the documentation leaves a choice.

They refuse nothing: what fails in a run is an error or a warning of the indexer's status.
"""

from __future__ import annotations

from reconciler.emulator.rules.rule import Evidence, Rule

SEEN, INFERRED = Evidence.SEEN, Evidence.INFERRED

CRACKING = (
    Rule(
        "document-key-suffix",
        "A parsing mode that makes several documents gives the n-th one, from 1, the "
        "AzureSearch_DocumentKey `<path>;<n>`.",
        SEEN,
        "SKILLS 2.2: the keys shown by search-how-to-index-azure-blob-one-to-many decode to it",
    ),
    Rule(
        "content-type-detected",
        "A file's format is told by its first bytes, else its name, else the blob's content type.",
        INFERRED,
        "SKILLS 2.4 names the formats; how they are told apart is ours",
    ),
    Rule(
        "unsupported-content",
        "Document has unsupported content type 'image/png'",
        SEEN,
        "SKILLS 3.2, P108; images are cracked when imageAction is on (2.4)",
    ),
    Rule(
        "encrypted-content",
        "Document could not be processed - it may be encrypted or password protected.",
        SEEN,
        "SKILLS 3.2",
    ),
    Rule(
        "markdown-sections",
        "In markdown mode blank lines around headers are left out, lines end with \\r\\n, and a "
        "header without text makes no document.",
        INFERRED,
        "SKILLS 2.2; the samples of search-how-to-index-azure-blob-markdown",
    ),
    Rule(
        "normalized-images",
        "Normalized images are upright JPEGs of at most 2,000 pixels a side; boundingPolygon is "
        "left out, and pages of a PDF are not rendered.",
        INFERRED,
        "SKILLS 2.3; what is left out is ours",
    ),
    Rule(
        "formats-not-extracted",
        "DOC, XLS, PPT, MSG and RTF files fail: the service reads them, the emulator does not. "
        "Languages of plain text are not detected.",
        INFERRED,
        "SKILLS 2.4; a limit of the emulator",
    ),
)

SKILLS = (
    Rule(
        "skill-order",
        "Skills run in the order of what they read and write; those of a cycle are errors.",
        INFERRED,
        "SKILLS 3.1, P13, P22",
    ),
    Rule(
        "skill-input-missing",
        "A required input that is missing or of the wrong type skips the skill with a warning; an "
        "optional one lets it run with a warning.",
        SEEN,
        "SKILLS 3.1, 3.2 (cognitive-search-common-errors-warnings)",
    ),
    Rule(
        "skill-error-stops",
        "After a skill's error no other skill of the document runs: the document has failed.",
        INFERRED,
        "SKILLS 4.2",
    ),
    Rule(
        "second-writer",
        "Of two skills that write one node the later overwrites the earlier.",
        INFERRED,
        "SKILLS 3.1, P11: the pages disagree",
    ),
    Rule(
        "string-addition",
        "`+` joins strings without a blank.",
        INFERRED,
        "SKILLS 3.1: a table of the annotation page shows a blank, samples that build paths and "
        "data URLs need none",
    ),
    Rule(
        "split-pages",
        "A page ends at the last end of a sentence within its length, else of a word, else "
        "anywhere; pages without overlap add up to the text.",
        INFERRED,
        "SKILLS 1.1, 6: the algorithm is not published",
    ),
    Rule(
        "merged-offsets",
        "mergedOffsets are where the inserted items start, after insertPreTag.",
        INFERRED,
        "SKILLS 1.1 (cognitive-search-skill-textmerger)",
    ),
    Rule(
        "language-detected",
        "Languages are detected by a local model (py3langid); country hints have no effect.",
        INFERRED,
        "SKILLS 1.2; a limit of the emulator",
    ),
    Rule(
        "layout-approximated",
        "Document Layout takes sections from headings of Markdown, HTML and Word files and text "
        "from the pages of a PDF; it reads no pictures and gives no bounding polygons.",
        INFERRED,
        "SKILLS 1.2; a limit of the emulator",
    ),
    Rule(
        "vision-skill-text",
        "A Vision multimodal embeddings skill takes the first 70 words of a longer text, with a "
        "warning that says so. Whether the service cuts or refuses such a text is not known.",
        INFERRED,
        "SKILLS 1.2, P44: the page (cognitive-search-skill-vision-vectorize) allows 1 to 70 words "
        "and feeds the skill pages of 2,000 characters",
    ),
    Rule(
        "web-skill-http",
        "A Web API or AML skill may also have an http URI, so that it can run on this machine.",
        INFERRED,
        "SKILLS 1.3 says https only; a choice of the emulator",
    ),
)

ENRICHMENT = (*CRACKING, *SKILLS)
