#!/usr/bin/env python3
"""GraphML as igraph reads it: counts, typed attributes, parallel edges."""
from collections import Counter

import common

try:
    import igraph
except ImportError:
    common.skip("igraph is not installed (python3-igraph)")

for name in common.GRAPHS:
    graph = common.load(name)
    for profile in ["", "igraph."]:
        file = common.path(name, profile + "graphml")
        found = igraph.Graph.Read_GraphML(file)
        common.same(found.vcount(), len(graph["nodes"]), file, "nodes")
        common.same(found.ecount(), len(graph["edges"]), file, "edges")
        common.check(found.is_directed(), file, "directed")
        if not graph["nodes"]:
            continue
        clean = common.xml_text
        common.same(Counter(found.vs["label"]), Counter(clean(n["name"]) for n in graph["nodes"]),
                    file, "labels")
        if graph["edges"]:
            common.same(Counter(found.es["label"]),
                        Counter(clean(common.edge_label(e)) for e in graph["edges"]), file,
                        "labels of edges")
            common.same(sorted(found.es["weight"]), sorted(float(e["weight"])
                                                           for e in graph["edges"]), file, "weights")
common.finish(f"igraph {igraph.__version__} reads all of it")
