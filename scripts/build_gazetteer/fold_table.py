#!/usr/bin/env python3
"""Writes importers/text/gazetteer_fold_table.h: what Latin letters with marks fold to."""

import sys

import container

LINES = [
    "#pragma once",
    "// ASCII letters that each Latin letter outside ASCII folds to. Written by",
    "// scripts/build_gazetteer/fold_table.py from the Unicode character data; do not edit.",
    "",
    "namespace relata::text {",
    "",
]
for name, (low, high) in zip(("latin_fold", "latin_additional_fold"), container.RANGES):
    LINES.append(f"/// Code points {low:#06x} to {high - 1:#06x}; at most two letters each.")
    LINES.append(f"inline constexpr char {name}[{high - low}][3] = {{")
    row = "   "
    for code in range(low, high):
        cell = f' "{container.fold_letter(chr(code))}",'
        if len(row) + len(cell) > 98:
            LINES.append(row)
            row = "   "
        row += cell
    LINES += [row, "};", ""]
LINES.append("}  // namespace relata::text")
with open(sys.argv[1], "w", encoding="ascii") as file:
    file.write("\n".join(LINES) + "\n")
