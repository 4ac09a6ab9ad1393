"""`make foresight`: how many mistakes the linter tells before the first write."""

from __future__ import annotations

import argparse

from tools.foresight.families import FAMILIES
from tools.foresight.measure import EACH, findings, tasks
from tools.foresight.mutator import MUTATORS
from tools.foresight.report import as_json, lists, table


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.foresight", description=__doc__)
    parser.add_argument("--family", default="", choices=["", *FAMILIES], metavar="NAME")
    parser.add_argument("--mutator", default="", choices=["", *MUTATORS], metavar="NAME")
    parser.add_argument("--stack", default="", metavar="NAME", help="what stacks' names begin with")
    parser.add_argument("--each", type=int, default=EACH, help="so many of a mutator in a stack")
    parser.add_argument("--limit", type=int, default=0, help="so many mutants, by chance")
    parser.add_argument("--seed", type=int, default=0, help="which chance")
    parser.add_argument("--format", default="text", choices=["text", "json"])
    asked = parser.parse_args()
    chosen = tasks(asked.family, asked.mutator, asked.stack, asked.each, asked.limit, asked.seed)
    found = list(findings(chosen))
    print(as_json(found) if asked.format == "json" else f"{table(found)}\n{lists(found)}")


if __name__ == "__main__":
    main()
