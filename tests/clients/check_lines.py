#!/usr/bin/env python3
"""Formats of lines without their own programs (check_ftm, check_cypher and check_mermaid have those): entities
of FollowTheMoney refer to each other by ids that are there, Cypher is one statement a line with balanced
quotes and brackets, Mermaid names the nodes that its lines join. Python's json module reads the JSON
of graphology and Cytoscape.js, every value."""
import json
import re

import common


def lines(file):
    with open(file, encoding="utf-8", newline="") as stream:
        return stream.read().split("\n")[:-1]


def check_ftm(name, graph):
    file = common.path(name, "ftm")
    entities = [json.loads(line) for line in lines(file)]
    ids = {entity["id"] for entity in entities}
    common.same(len(ids), len(entities), file, "unique ids")
    nodes = [e for e in entities if e["schema"] != "UnknownLink"]
    links = [e for e in entities if e["schema"] == "UnknownLink"]
    common.same(sorted(e["properties"].get("name", [""])[0] for e in nodes),
                sorted(n["name"] for n in graph["nodes"]), file, "names")
    common.same(sorted(alias for e in nodes for alias in e["properties"].get("alias", [])),
                sorted(alias for n in graph["nodes"] for alias in n["aliases"]), file, "aliases")
    roles = ("agent", "patient", "recipient", "place")
    kinds = {n["id"]: n["kind"] for n in graph["nodes"]}
    direct = [e for e in graph["edges"] if not (e["relation"] in roles and kinds[e["source"]] == "event")]
    common.same(sorted(e["properties"]["role"][0] for e in links),
                sorted(common.edge_label(e) for e in direct), file, "links")
    for link in links:
        for end in ("subject", "object"):
            common.check(link["properties"][end][0] in ids, file, link["id"], end)
    for entity in entities:
        common.check(all(isinstance(v, str) for values in entity["properties"].values() for v in values),
                     file, "values are lists of strings")
        common.check(all(each in ids for each in entity["properties"].get("involved", [])), file)


def check_cypher(name, graph):
    file = common.path(name, "cypher")
    statements = lines(file)
    common.same(len(statements), 1 + len(graph["nodes"]) + len(graph["edges"]), file, "statements")
    for statement in statements:
        common.check(statement.endswith(";"), file, statement[:80])
        bare = re.sub(r'"(?:[^"\\]|\\.)*"|`(?:[^`]|``)*`', "_", statement)
        common.check(not re.search(r'["`]', bare), file, "quotes end", statement[:120])
        for left, right in ("()", "[]", "{}"):
            common.same(bare.count(left), bare.count(right), file, left + right)
        common.same(bare.count(";"), 1, file, "one statement a line")


def check_mermaid(name, graph):
    file = common.path(name, "mermaid")
    text = lines(file)
    common.same(text[0], "flowchart TD", file)
    nodes = [re.fullmatch(r'  (n\d+)(?:\["([^"]*)"\]|\(\["([^"]*)"\]\)|\{\{"([^"]*)"\}\}):::\w+', line)
             for line in text if ":::" in line]
    common.check(all(nodes), file, "nodes")
    edges = [re.fullmatch(r'  (n\d+) (?:-->|-\.->)\|"[^"]*"\| (n\d+)', line)
             for line in text if re.match(r"  n\d+ -", line)]
    common.check(all(edges), file, "edges")
    known = {match.group(1) for match in nodes if match}
    common.same((len(known), len(edges)), (len(graph["nodes"]), len(graph["edges"])), file, "counts")
    common.check(all(e.group(1) in known and e.group(2) in known for e in edges if e), file, "ends")


def check_json(name, graph):
    nodes, edges = common.node_values(graph), common.edge_values(graph)
    ends = common.edge_ends(graph)
    for profile in ("", "gephi-lite."):
        with open(common.path(name, profile + "graphology"), encoding="utf-8") as stream:
            found = json.load(stream)
        labels = {node["key"]: node["attributes"].get("label", "") for node in found["nodes"]}
        common.same_rows([strip(node["attributes"], ("color",)) for node in found["nodes"]], nodes, name,
                         "graphology nodes")
        common.same_rows([((labels[e["source"]], labels[e["target"]]), strip(e["attributes"], ()))
                          for e in found["edges"]], list(zip(ends, edges)), name, "graphology edges")
    with open(common.path(name, "cytoscape"), encoding="utf-8") as stream:
        found = json.load(stream)["elements"]
    labels = {node["data"]["id"]: node["data"]["name"] for node in found["nodes"]}
    common.same_rows([strip(node["data"], ("id", "name")) for node in found["nodes"]], nodes, name,
                     "cytoscape nodes")
    common.same_rows([((labels[e["data"]["source"]], labels[e["data"]["target"]]),
                       strip(e["data"], ("id", "source", "target", "interaction")))
                      for e in found["edges"]], list(zip(ends, edges)), name, "cytoscape edges")
    ids = [each["data"]["id"] for part in ("nodes", "edges") for each in found[part]]
    common.same(len(set(ids)), len(ids), name, "cytoscape: one space of ids")


def strip(values, names):
    return {name: float(value) if isinstance(value, int) and not isinstance(value, bool) else value
            for name, value in values.items() if name not in names and value != ""}


for graph_name in common.GRAPHS:
    loaded = common.load(graph_name)
    check_ftm(graph_name, loaded)
    check_cypher(graph_name, loaded)
    check_mermaid(graph_name, loaded)
    check_json(graph_name, loaded)
common.finish("FollowTheMoney, Cypher, Mermaid and the JSON formats hold together")
