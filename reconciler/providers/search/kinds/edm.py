"""The types that a field may have: apart from the fields, so that rules need not load those.

https://learn.microsoft.com/rest/api/searchservice/supported-data-types
"""

from __future__ import annotations

from typing import Literal, get_args

TextType = Literal["Edm.String", "Collection(Edm.String)"]
VectorType = Literal[
    "Collection(Edm.Single)",
    "Collection(Edm.Half)",
    "Collection(Edm.Int16)",
    "Collection(Edm.SByte)",
    "Collection(Edm.Byte)",
]
ValueType = Literal[
    "Edm.Int32",
    "Edm.Int64",
    "Edm.Double",
    "Edm.Boolean",
    "Edm.DateTimeOffset",
    "Edm.GeographyPoint",
    "Collection(Edm.Int32)",
    "Collection(Edm.Int64)",
    "Collection(Edm.Double)",
    "Collection(Edm.Boolean)",
    "Collection(Edm.DateTimeOffset)",
    "Collection(Edm.GeographyPoint)",
]
ComplexType = Literal["Edm.ComplexType", "Collection(Edm.ComplexType)"]
TEXT, VECTORS = get_args(TextType), get_args(VectorType)
COMPLEX = get_args(ComplexType)
SIMPLE = (*TEXT, *get_args(ValueType))
"""The types of one value, or of a list of values, that are no vectors. Not sets: what stands in a
manifest as the type may be unhashable."""
KNOWN = (*SIMPLE, *VECTORS, *get_args(ComplexType))
"""Every type; of one that is not among them, nothing is known."""
