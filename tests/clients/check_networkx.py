#!/usr/bin/env python3
"""GraphML (all profiles) and GEXF (profile networkx) as NetworkX reads them: counts, ends, and every
value of every node and edge with its type; parallel edges stay apart."""
import common

try:
    import networkx
except ImportError:
    common.skip("NetworkX is not installed (python3-networkx)")

# What the readers put beside our columns: ids of edges, drawing.
BESIDE = {"id", "viz", "shape_type"}

# Columns of edges that are no text; one key has one type where its id is its name (Cytoscape).
NOT_TEXT = {"weight", "confidence", "negated", "quantity_min", "quantity_max", "quantity_approximate", "sources"}


def values(data, renamed):
    return {renamed.get(name, name): value for name, value in data.items()
            if name not in BESIDE and value != ""}


def check_graph(name, file, read, renamed=None, rename=lambda name: name):
    graph = common.load(name)
    renamed = renamed or {}
    found = read(file)
    common.same(found.number_of_nodes(), len(graph["nodes"]), file, "nodes")
    common.same(found.number_of_edges(), len(graph["edges"]), file, "edges")
    clean = common.xml_text
    called = common.renamed(common.node_columns(graph), rename)
    common.same_rows([values(data, {}) for _, data in found.nodes(data=True)],
                     [{called[name]: value for name, value in row.items()}
                      for row in common.node_values(graph, clean)], file, "nodes")
    labels = {node: data.get("label", "") for node, data in found.nodes(data=True)}
    common.same_rows([((labels[s], labels[t]), values(data, renamed))
                      for s, t, data in found.edges(data=True)],
                     list(zip(common.edge_ends(graph, clean), common.edge_values(graph, clean))), file,
                     "edges")


def read_graphml(file):
    return networkx.read_graphml(file, force_multigraph=True)


for graph_name in common.GRAPHS:
    for profile in ["", "gephi.", "igraph.", "networkx."]:
        check_graph(graph_name, common.path(graph_name, profile + "graphml"), read_graphml)
    check_graph(graph_name, common.path(graph_name, "cytoscape.graphml"), read_graphml,
                {"interaction": "relation"}, lambda name: name + "_" * (name in NOT_TEXT))
    check_graph(graph_name, common.path(graph_name, "networkx.gexf"), networkx.read_gexf)
common.finish(f"NetworkX {networkx.__version__} reads all of it")
