"""What analyzers, tokenizers, filters and normalizers have in common."""

from __future__ import annotations

from reconciler.kinds.body import Body
from reconciler.kinds.naming import AnalysisName


class Component(Body):
    """It goes by its name, in fields and in analyzers."""

    name: AnalysisName
