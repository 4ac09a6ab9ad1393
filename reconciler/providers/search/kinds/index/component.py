"""What analyzers, tokenizers, filters and normalizers have in common."""

from __future__ import annotations

from reconciler.providers.search.kinds.naming import AnalysisName
from reconciler.schema.body import Body


class Component(Body):
    """It goes by its name, in fields and in analyzers."""

    name: AnalysisName
