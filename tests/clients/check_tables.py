#!/usr/bin/env python3
"""The tables (csv for Gephi and others, neo4j-csv, facts-csv) as Python's csv module reads them: every
cell; and what Gephi and Neo4j ask of such tables."""
import csv
import io
import re

import common


def read(file):
    with open(file, encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream, strict=True))


def rows_of(table, names):
    """Rows as dictionaries without what is empty, by `names`, which may be None for a column that is
    not compared."""
    return [{name: cell for name, cell in zip(names, row) if name is not None and cell != ""}
            for row in table]


def typed(rows, expected):
    """Texts as numbers and truth values where the expected rows have such under that name."""
    kinds = {name: type(value) for row in expected for name, value in row.items()}

    def value(name, cell):
        kind = kinds.get(name, str)
        if kind is bool:
            return {"true": True, "false": False}[cell]
        return kind(cell)
    return [{name: value(name, cell) for name, cell in row.items()} for row in rows]


def check_header(table, file):
    header = [name.casefold() for name in table[0]]
    common.same(len(set(header)), len(header), file, "unique headers")
    common.check(all(header), file, "no empty header")
    common.check(all(len(row) == len(header) for row in table), file, "as many cells in each row")


def gephi_header(name):
    name = name.replace(" ", "_")
    name = name[:1].upper() + name[1:] if "a" <= name[:1] <= "z" else name
    name = re.sub("(?i)(inter)(val)", r"\1_\2", name)
    return re.sub("(?i)(time)(stamp)", r"\1_\2", name)


def check_gephi(name, prefix, clean):
    graph = common.load(name)
    nodes = read(common.path(name, prefix + "nodes.csv"))
    edges = read(common.path(name, prefix + "edges.csv"))
    for table in (nodes, edges):
        check_header(table, (name, prefix))
        common.check(all(" " not in head for head in table[0]), name, prefix, "no blank in a header")
    common.same(nodes[0][0], "Id", name)
    common.same(edges[0][:5], ["Source", "Target", "Type", "Kind", "Id"], name)
    ids = [row[0] for row in nodes[1:]]
    common.same(len(set(ids)), len(graph["nodes"]), name, prefix, "unique ids")
    common.check(all(each == each.strip() and each for each in ids), name, prefix, "trimmed ids")
    expected = common.node_values(graph, clean)
    titles = common.renamed(common.node_columns(graph), gephi_header)
    common.same(nodes[0], ["Id", *map(clean, titles.values())], name, prefix, "header of nodes")
    heads = [None, *titles]
    common.same_rows(typed(rows_of(nodes[1:], heads), expected), expected, name, prefix, "nodes")
    common.check(all("interval" not in head.lower() and "timestamp" not in head.lower()
                     for head in nodes[0]), name, prefix, "no column that Gephi reads as times")

    labels = {row[0]: row[nodes[0].index("Label")] for row in nodes[1:]}
    common.check(all(row[2] == "Directed" and row[3] == row[5] for row in edges[1:]), name, prefix,
                 "directed; the kind is the label")
    common.same(len({row[4] for row in edges[1:]}), len(graph["edges"]), name, prefix, "ids of edges")
    expected = common.edge_values(graph, clean)
    names = {title.lower(): title for row in expected for title in row}
    heads = [None] * 5 + [names.get(head.lower()) for head in edges[0][5:]]
    found = typed(rows_of(edges[1:], heads), expected)
    common.same_rows([((labels[row[0]], labels[row[1]]), values)
                      for row, values in zip(edges[1:], found)],
                     list(zip(common.edge_ends(graph, clean), expected)), name, prefix, "edges")
    if "timeset" in edges[0]:
        for row, edge in zip(edges[1:], graph["edges"]):
            time = edge.get("time")
            common.same(row[edges[0].index("timeset")], "" if time is None else
                        f"<[{time.get('from', '-Infinity')}, {time.get('to', 'Infinity')}]>", name)


def check_neo4j(name):
    graph = common.load(name)
    clean = common.without_nul
    nodes = read(common.path(name, "nodes.neo4j-csv"))
    edges = read(common.path(name, "edges.neo4j-csv"))
    check_header(nodes, name)
    check_header(edges, name)
    common.same(nodes[0][:2], ["id:ID(Entity)", ":LABEL"], name)
    common.same(edges[0][:3], [":START_ID(Entity)", ":END_ID(Entity)", ":TYPE"], name)
    ids = {row[0] for row in nodes[1:]}
    common.same(len(ids), len(graph["nodes"]), name, "unique ids")
    common.check(all(";" not in row[1] for row in nodes[1:]), name, "one label")
    common.check(all(row[0] in ids and row[1] in ids for row in edges[1:]), name, "known ends")
    titles = common.renamed(common.node_columns(graph), lambda name: re.sub("[:;]", "_", name))
    common.same([head.split(":")[0] for head in nodes[0][2:]], list(titles.values()), name, "header")
    for table, first, expected in ((nodes, 2, common.node_values(graph, clean)),
                                   (edges, 3, common.edge_values(graph, clean))):
        heads = [None] * first + [head.split(":")[0] for head in table[0][first:]]
        if table is nodes:
            heads = [None] * first + list(titles)
        common.same_rows(typed(rows_of(table[1:], heads), expected), expected, name, table[0][0])
    types = {head.split(":")[0]: head.split(":")[1] for head in edges[0][3:] if ":" in head}
    common.same(types.get("weight"), "double", name)
    common.same(types.get("negated"), "boolean", name)
    for end in ("from", "to"):
        if any(end in edge.get("time", {}) for edge in graph["edges"]):
            common.same(types.get(end), "date", name)


def check_facts(name, prefix):
    graph = common.load(name)
    file = common.path(name, prefix + "facts-csv")
    with open(file, "rb") as stream:
        data = stream.read()
    excel = prefix == "excel."
    common.same(data.startswith(b"\xef\xbb\xbf"), excel, file, "byte-order mark")
    table = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    check_header(table, file)
    common.same(len(table) - 1, len(graph["edges"]), file, "rows")

    def clean(text):
        text = common.without_nul(text)
        return "'" + text if excel and text[:1] in tuple("=+-@\t\r") and text else text
    expected = common.fact_values(graph, clean)
    heads = [None if head in ("id", "source_id", "target_id") else head for head in table[0]]
    common.same_rows(typed(rows_of(table[1:], heads), expected), expected, file)


for graph_name in common.GRAPHS:
    check_gephi(graph_name, "", common.without_nul)
    check_gephi(graph_name, "gephi.", lambda text: common.without_nul(text).replace("\\", "\\\\"))
    check_neo4j(graph_name)
    for profile_prefix in ("", "excel.", "libreoffice."):
        check_facts(graph_name, profile_prefix)
common.finish("Python's csv module reads all of the tables")
