"""Rules of aliases."""

from __future__ import annotations

from reconciler.emulator.rules.rule import Evidence, Rule, forbidden, invalid

SEEN, INFERRED = Evidence.SEEN, Evidence.INFERRED

ALIASES = (
    Rule(
        "alias-not-found",
        "The index alias needs to be a valid alias. Alias – '{name}' cannot be found within the "
        "search service – '{service}'. Learn more at "
        "https://aka.ms/azurecognitivesearchgetalias",
        SEEN,
        "FACTS b; recordings-modern/alias_crud",
        404,
        "OperationNotAllowed",
        "IndexAliasNotFoundInService",
    ),
    invalid(
        "alias-one-index",
        "An alias must map to exactly one index.",
        INFERRED,
        "FACTS j (search-how-to-alias); the text is ours",
        "InvalidAlias",
    ),
    invalid(
        "alias-index-missing",
        "The alias '{name}' refers to an index '{index}' that doesn't exist.",
        INFERRED,
        "docs page search-how-to-alias: an alias maps to an existing index; the text is ours",
        "IndexNotFoundInService",
    ),
    forbidden(
        "alias-name-taken",
        "The name '{name}' is already used by an index or an alias of this service.",
        INFERRED,
        "FACTS j: alias names share the /indexes/ URL space; the text is ours",
        "ResourceNameAlreadyInUse",
    ),
    forbidden(
        "index-under-alias",
        "Index '{name}' cannot be deleted because the alias '{alias}' maps to it.",
        INFERRED,
        "FACTS b (search-how-to-alias: 400); the text is ours",
        "IndexMappedByAlias",
    ),
    forbidden(
        "through-alias",
        "'{name}' is an alias: an index cannot be {action} through its alias.",
        INFERRED,
        "FACTS g (search-how-to-alias); the text is ours",
        "OperationNotSupportedOnAlias",
    ),
)
