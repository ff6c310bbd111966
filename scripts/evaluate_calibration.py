#!/usr/bin/env python3
"""Reliability of edges' confidence: how many of the edges of each band of confidence are right by gold graphs.

  evaluate_calibration.py SCORER GOLD.json GRAPH.json [GOLD.json GRAPH.json ...]

SCORER is score_graph.py, whose alignment of nodes and events is used; an edge that the gold holds optional counts as right.
Role edges, negated, planned and possible edges are left out, as the scorer does. Standard library only.
"""
import importlib.util
import json
import sys


def judged(scorer, gold, graph):
    """(confidence, right) of the graph's relations."""
    errors, tallies = [], {n: scorer.Tally() for n in ("nodes", "pairs", "relations", "events", "roles")}
    scorer.score(gold, graph, tallies, errors)
    names = {str(n["id"]): n.get("name") for n in graph["nodes"]}
    wrong = {e[1] for e in errors if e[0] == "relation -"}
    for edge in graph["edges"]:
        if edge["relation"] in scorer.ROLES or edge.get("negated") or edge.get("modality") in ("planned", "possible"):
            continue
        text = f'{names.get(str(edge["source"]))} --{edge["relation"]}--> {names.get(str(edge["target"]))}'
        yield edge.get("confidence", 0.0), text not in wrong


def main(arguments):
    if len(arguments) < 3 or len(arguments) % 2 == 0:
        sys.exit(__doc__)
    spec = importlib.util.spec_from_file_location("score_graph", arguments[0])
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    found = []
    for gold, graph in zip(arguments[1::2], arguments[2::2]):
        with open(gold, encoding="utf-8") as g, open(graph, encoding="utf-8") as p:
            found += judged(scorer, json.load(g), json.load(p))
    found.sort()
    print(f'{"confidence":>16} {"edges":>6} {"mean":>6} {"right":>6}')
    size = max(1, -(-len(found) // 6))
    gap = 0.0
    for i in range(0, len(found), size):
        band = found[i:i + size]
        mean, right = sum(c for c, _ in band) / len(band), sum(r for _, r in band) / len(band)
        gap += abs(mean - right) * len(band) / len(found)
        print(f"{band[0][0]:>7.2f} - {band[-1][0]:<6.2f} {len(band):>6} {mean:>6.2f} {right:>6.2f}")
    print(f"expected calibration error {gap:.3f} over {len(found)} edges")


if __name__ == "__main__":
    main(sys.argv[1:])
