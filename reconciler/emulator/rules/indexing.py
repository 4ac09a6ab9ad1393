"""What a run of an indexer does: where it reads, what it takes up, what it writes and says."""

from __future__ import annotations

from reconciler.emulator.rules.rule import Evidence, Rule

SEEN, INFERRED = Evidence.SEEN, Evidence.INFERRED

SOURCES = (
    Rule(
        "source-reached",
        "A run reads azureblob, adlsgen2 and onelake. An account is reached only if it was mapped "
        "to a URL or a folder, or if the connection string names its endpoint; else the run fails "
        "and names the account. Other types of data sources fail by name.",
        INFERRED,
        "the emulator's own: the service connects when the indexer is created (FACTS g)",
    ),
    Rule(
        "source-pretended",
        "When a door has said how many documents a data source holds, its indexers' runs read "
        "nothing and end at once: all of them are processed once, until a reset.",
        INFERRED,
        "the emulator's own, for tests of what depends on runs",
    ),
    Rule(
        "source-folder",
        "Of a folder, the folders are containers and their files blobs; `<name>.metadata.json` "
        "beside a file is its metadata; a name that begins with a dot is no blob; a file that is "
        "gone counts as soft-deleted for a native policy.",
        INFERRED,
        "the emulator's own",
    ),
    Rule(
        "source-path",
        "metadata_storage_path is the blob's address in Azure, also when the account is mapped to "
        "another place, so that keys are those of the real service.",
        INFERRED,
        "SKILLS 2.1 (full URI); the mapping is the emulator's own",
    ),
)

TAKEN = (
    Rule(
        "blob-changed",
        "A run takes up the blobs whose etag it has not dealt with, and reads again those that "
        "changed since the mark of the last run: 30 seconds before that began. The tracking states "
        "are shown as recorded.",
        SEEN,
        "SKILLS 4.2; recordings-modern/indexer_blob_run for the mark; the etags are inferred",
    ),
    Rule(
        "blob-retried",
        "What failed is tried again by the next run.",
        INFERRED,
        "SKILLS 4.2: repeated failures slow the schedule down",
    ),
    Rule(
        "blob-extensions",
        "An extension in both lists is excluded; one without a dot selects nothing.",
        INFERRED,
        "SKILLS 4.1 (search-how-to-index-azure-blob-storage); P110",
    ),
    Rule(
        "blob-unsupported",
        "An unsupported content type or an unprocessable document fails, unless "
        "failOnUnsupportedContentType or failOnUnprocessableDocument is false: then there is a "
        "warning and the blob's storage metadata is indexed.",
        INFERRED,
        "SKILLS 4.1, P108: sources disagree about the default; what is indexed then is inferred",
    ),
    Rule(
        "blob-oversized",
        "A blob over the tier's limit fails, or has its storage metadata indexed; text over the "
        "limit of characters is cut with a warning.",
        INFERRED,
        "SKILLS 3.2, 4.1, 4.2; the limits are recorded for Basic (indexer_blob_run)",
    ),
    Rule(
        "blob-policy",
        "A soft-delete policy without softDeleteColumnName or softDeleteMarkerValue fails the run.",
        INFERRED,
        "SKILLS 4.3: both are needed; what the service says, and when, is unseen",
    ),
    Rule(
        "blob-deleted",
        "A deleted blob's document goes, and its projected children, by the data source's policy "
        "alone: by metadata, or native. A one-to-many parsing mode is not covered: there is a "
        "warning. Undeleting does not make a blob new.",
        INFERRED,
        "SKILLS 3.5, 4.3 (search-how-to-index-azure-blob-changed-deleted)",
    ),
)

WRITTEN = (
    Rule(
        "item-key",
        "Without a mapping the key is the property of its name, else the row's own key, else the "
        "path; the last two are encoded in Base64 for you. base64EncodeKeys encodes any other.",
        INFERRED,
        "SKILLS 2.1, 2.2, 4.1; the order between them is inferred",
    ),
    Rule(
        "item-merged",
        "Documents are merged: a null or an absent value leaves the old one.",
        INFERRED,
        "SKILLS 3.3 (search-how-to-index-azure-blob-json)",
    ),
    Rule(
        "item-types",
        "Numbers and booleans become strings for a string field, and strings numbers, booleans and "
        "dates; an array for a string, or the reverse, fails the item.",
        INFERRED,
        "SKILLS 3.2, 3.4; that CSV columns become numbers is inferred",
    ),
    Rule(
        "subfields",
        "A property of an object that the index's complex field lacks is dropped, as a column is "
        "that the index lacks; names are compared without case, nulls left out. An object in a "
        "subfield of strings becomes its JSON.",
        INFERRED,
        "SKILLS 3.4: search-semi-structured-data indexes all of its documents; the last sentence "
        "is inferred from it and from SKILLS P61",
    ),
    Rule(
        "mapping-fixed-length",
        "fixedLengthEncode makes a SHA-256 digest in hexadecimal: not the service's value.",
        INFERRED,
        "SKILLS 3.3: the service's algorithm is not published",
    ),
    Rule(
        "children-replaced",
        "A parent that is indexed again gets children with new keys, "
        "`<12 hex digits>_<parent key>_<path>_<n>`; the old ones are deleted.",
        INFERRED,
        "SKILLS 3.5 (search-how-to-define-index-projections); the digits are random here",
    ),
)

SAID = (
    Rule(
        "run-stopped",
        "A run in which more items fail than maxFailedItems and maxFailedItemsPerBatch allow stops "
        "with transientFailure; else it is a success that lists its errors. itemsProcessed counts "
        "the failed ones too.",
        INFERRED,
        "SKILLS 4.2 [?]; the message is ours",
    ),
    Rule(
        "run-kept",
        "A run lists its first 1000 errors and its first 1000 warnings.",
        INFERRED,
        "the emulator's own",
    ),
    Rule(
        "run-scheduled",
        "A schedule's slots count from its startTime; a slot that was missed is skipped.",
        INFERRED,
        "SKILLS 4.2 (search-howto-schedule-indexers)",
    ),
    Rule(
        "run-interrupted",
        "A run that the end of the emulator's process cut off is a transientFailure afterwards.",
        INFERRED,
        "the emulator's own",
    ),
    Rule(
        "run-not-emulated",
        "A run fails by name when a skill is not emulated; a knowledge store is not written, and "
        "permissions are not read, each with a warning.",
        INFERRED,
        "the emulator's own",
    ),
)

INDEXING = (*SOURCES, *TAKEN, *WRITTEN, *SAID)
