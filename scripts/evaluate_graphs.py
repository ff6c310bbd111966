#!/usr/bin/env python3
"""Builds the graph of every text of a gold folder, scores it and prints two Markdown tables.

The first table pools all articles (micro average), the second gives each article's F1. Called by
scripts/evaluate.sh. Standard library only.
"""
import argparse
import json
import pathlib
import subprocess
import sys

MEASURES = ("nodes", "pairs", "relations", "events", "roles")


def build(relata, text, date, target):
    """Runs `relata build` on one text; ends the program with its message when it fails."""
    command = [relata, "build", str(text), "--overwrite", "-o", str(target)]
    if date:
        command += ["--date", date]
    result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"evaluate: {' '.join(command)} ended with {result.returncode}\n{result.stderr}")


def score(scorer, pairs, *options):
    """Output of the scorer for [(gold file, graph file), ...]."""
    files = [str(file) for pair in pairs for file in pair]
    return subprocess.run([sys.executable, scorer, *files, *options], check=True, capture_output=True, text=True).stdout


def print_table(header, rows):
    cells = [header, *rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    line = lambda row: "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |"
    print(line(header))
    print("| " + " | ".join("-" * width for width in widths) + " |")
    for row in rows:
        print(line(row))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=pathlib.Path)
    parser.add_argument("--relata", required=True)
    parser.add_argument("--scorer", required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True, help="folder for the graphs that are built")
    parser.add_argument("--errors", action="store_true")
    arguments = parser.parse_args()

    arguments.out.mkdir(parents=True, exist_ok=True)
    pairs = []
    for gold in sorted(arguments.gold.glob("*.json")):
        text = arguments.gold / "text" / (gold.stem + ".txt")
        if not text.exists():
            sys.exit(f"evaluate: {gold} has no text {text}")
        graph = arguments.out / gold.name
        date = json.loads(gold.read_text(encoding="utf-8")).get("date", "")
        build(arguments.relata, text, date, graph)
        pairs.append((gold, graph))
    if not pairs:
        sys.exit(f"evaluate: {arguments.gold} holds no gold graph (*.json)")

    if arguments.errors:
        print(score(arguments.scorer, pairs, "--errors"))
    pooled = json.loads(score(arguments.scorer, pairs, "--json"))
    print(f"{len(pairs)} articles, pooled:\n")
    print_table(
        ["", "precision", "recall", "F1", "found / gold", "right / made"],
        [[m, *(f"{pooled[m][key]:.3f}" for key in ("precision", "recall", "f1")),
          f"{pooled[m]['found']} / {pooled[m]['gold']}", f"{pooled[m]['right']} / {pooled[m]['made']}"] for m in MEASURES])
    print("\nF1 of each article:\n")
    rows = []
    for pair in pairs:
        single = json.loads(score(arguments.scorer, [pair], "--json"))
        rows.append([pair[0].stem, *(f"{single[m]['f1']:.3f}" for m in MEASURES)])
    print_table(["article", *MEASURES], rows)


if __name__ == "__main__":
    main()
