#!/usr/bin/env python3
"""GraphML (all profiles) and GEXF (profile networkx) as NetworkX reads them: counts, labels, kinds,
attributes, parallel edges."""
import os
from collections import Counter

import common

try:
    import networkx
except ImportError:
    common.skip("NetworkX is not installed (python3-networkx)")


def check_graph(name, file, read, ids_kept):
    graph = common.load(name)
    found = read(file)
    common.same(found.number_of_nodes(), len(graph["nodes"]), file, "nodes")
    common.same(found.number_of_edges(), len(graph["edges"]), file, "edges")
    clean = common.xml_text
    labels = Counter(data.get("label", "") for _, data in found.nodes(data=True))
    common.same(labels, Counter(clean(n["name"]) for n in graph["nodes"]), file, "labels")
    kinds = Counter((data["kind"], data["type"]) for _, data in found.nodes(data=True))
    common.same(kinds, Counter((n["kind"], clean(n["type"])) for n in graph["nodes"]), file, "kinds")
    aliases = Counter(data.get("aliases", "") for _, data in found.nodes(data=True))
    common.same(aliases, Counter(clean(" | ".join(n["aliases"])) for n in graph["nodes"]), file,
                "aliases")
    notes = Counter(data["note"] for _, data in found.nodes(data=True) if "note" in data)
    common.same(notes, Counter(clean(n["attributes"]["note"]) for n in graph["nodes"]
                               if "note" in n.get("attributes", {})), file, "attribute")
    weights = sorted(data["weight"] for *_, data in found.edges(data=True))
    common.same(weights, sorted(e["weight"] for e in graph["edges"]), file, "weights")
    if ids_kept:
        ends = Counter((s, t, data["label"]) for s, t, data in found.edges(data=True))
        common.same(ends, Counter((e["source"], e["target"], common.edge_label(e))
                                  for e in graph["edges"]), file, "ends and labels")
    for node, data in found.nodes(data=True):
        if "latitude" in data:
            common.check(isinstance(data["latitude"], float), file, node, "latitude is a number")


def read_graphml(file):
    return networkx.read_graphml(file, force_multigraph=True)


for graph_name in common.GRAPHS:
    kept = graph_name != "awkward"
    for profile in ["", "gephi.", "igraph.", "networkx."]:
        check_graph(graph_name, common.path(graph_name, profile + "graphml"), read_graphml, kept)
    gexf = common.path(graph_name, "networkx.gexf")
    if os.path.exists(gexf):
        check_graph(graph_name, gexf, networkx.read_gexf, kept)
common.finish(f"NetworkX {networkx.__version__} reads all of it")
