#!/usr/bin/env python3
"""GraphML as igraph reads it: counts, ends, and every value; igraph has no absent value, so what is
absent is "", false or not a number there."""
import math

import common

try:
    import igraph
except ImportError:
    common.skip("igraph is not installed (python3-igraph)")


def values(row):
    """Without igraph's own id, and what stands for an absent value left out; false is absent too,
    since nothing tells the two apart. igraph 0.10 reads "&amp;" in the name of an attribute as
    "&#38;", however it is written."""
    return {name.replace("&#38;", "&"): value for name, value in row.items()
            if name != "id" and value != "" and value is not False and value is not None
            and not (isinstance(value, float) and math.isnan(value))}


for graph_name in common.GRAPHS:
    graph = common.load(graph_name)
    for profile in ["", "igraph."]:
        file = common.path(graph_name, profile + "graphml")
        found = igraph.Graph.Read_GraphML(file)
        common.same(found.vcount(), len(graph["nodes"]), file, "nodes")
        common.same(found.ecount(), len(graph["edges"]), file, "edges")
        common.check(found.is_directed(), file, "directed")
        clean = common.xml_text
        common.same_rows([values(node.attributes()) for node in found.vs],
                         [values(row) for row in common.node_values(graph, clean)], file, "nodes")
        labels = found.vs["label"] if graph["nodes"] else []
        expected = zip(common.edge_ends(graph, clean), common.edge_values(graph, clean))
        common.same_rows([((labels[e.source], labels[e.target]), values(e.attributes()))
                          for e in found.es],
                         [(ends, values(row)) for ends, row in expected], file, "edges")
common.finish(f"igraph {igraph.__version__} reads all of it")
