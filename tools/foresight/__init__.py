"""How much the linter foresees: single mistakes, made in stacks that work, and who tells them.

    a stack that works -> mutators -> mutants -> what the linter says | what a service would do

A mutator makes one mistake that people make every day. Its verdict is what documentation says of
it; an emulated service has the last word where it can know. `python -m tools.foresight` measures.
"""
