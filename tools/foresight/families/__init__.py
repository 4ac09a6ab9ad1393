"""The families of mistakes, a module each; importing this fills the table of mutators."""

from tools.foresight.families import (
    attributes,
    between,
    dimensions,
    inside,
    keys,
    mappings,
    models,
    paths,
    routing,
    skills,
    sources,
    switches,
    types,
)

FAMILIES = {
    paths.FAMILY: paths,
    dimensions.FAMILY: dimensions,
    mappings.FAMILY: mappings,
    routing.FAMILY: routing,
    types.FAMILY: types,
    keys.FAMILY: keys,
    inside.FAMILY: inside,
    skills.FAMILY: skills,
    switches.FAMILY: switches,
    models.FAMILY: models,
    sources.FAMILY: sources,
    attributes.FAMILY: attributes,
    between.FAMILY: between,
}
"""In the order of the table that is printed."""
