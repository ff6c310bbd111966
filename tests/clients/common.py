"""What the clients' checks share: the sample graphs as the project's own JSON has them, the columns
that formats of tables hold of them, and how each kind of format may change a text (XML cannot hold
control characters, DOT cannot either).

Every check is run as  CHECK.py FOLDER  on what export_driver wrote. It exits with 0 when all is
well, 1 with a line for each difference, 77 when the client is not installed."""
import json
import os
import re
import sys
from collections import Counter

GRAPHS = ["empty", "single", "parallel", "awkward", "keys", "news"]
RESERVED = {"id", "x", "y", "z", "r", "g", "b", "size", "color", "shape", "source", "target", "timeset",
            "interval", "timestamp", "start", "end", "name", "aliases", "mentions"}
NUMERIC = {"latitude", "longitude", "quantity_min", "quantity_max", "population", "elevation", "score"}
failures = []


def skip(reason):
    print("skipped:", reason)
    sys.exit(77)


def folder():
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} FOLDER")
    return sys.argv[1]


def path(graph, format_name):
    return os.path.join(folder(), f"{graph}.{format_name}")


def load(graph):
    with open(path(graph, "json"), encoding="utf-8") as file:
        return json.load(file)


def plain(text):
    return text


def xml_text(text):
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)


def without_nul(text):
    return text.replace("\0", "")


def edge_label(edge):
    label = ("not " if edge.get("negated") else "") + edge["relation"]
    return label + (f" ({edge['modality']})" if edge["modality"] in ("planned", "possible") else "")


def one_line(text):
    """Control characters and blanks as one blank, none around, nothing that XML lacks."""
    text = re.sub("[\x00-\x20\x7f]+", " ", text).strip(" ")
    return re.sub("[\ufffe\uffff]", "", text).strip(" \t\r\n")


def attribute_columns(graph):
    """Keys of attributes -> names of their columns: sorted, unique without case, none taken for
    something else."""
    taken = set(RESERVED) | {"label", "kind", "type"}
    names = {}
    keys = {key for node in graph["nodes"] for key in node.get("attributes", {})}
    for key in sorted(keys, key=lambda key: key.encode("utf-8")):
        name = one_line(key) or "attribute"
        while name.casefold() in taken:
            name += "_"
        taken.add(name.casefold())
        names[key] = name
    return names


def renamed(names, rename):
    """Names of columns, in their order -> what a format calls them: those that become one, without
    case, get a "_" behind them."""
    taken, result = set(), {}
    for name in names:
        new = rename(name)
        while new.casefold() in taken:
            new += "_"
        taken.add(new.casefold())
        result[name] = new
    return result


def node_columns(graph):
    """All columns of nodes in their order."""
    names = ["label", "kind", "type"]
    names += ["aliases"] if any(node["aliases"] for node in graph["nodes"]) else []
    names += ["mentions"] if any(node.get("mentions") for node in graph["nodes"]) else []
    return names + list(attribute_columns(graph).values())


def node_values(graph, clean=plain):
    """For each node the columns that it fills, as text, a number or a truth value."""
    columns = attribute_columns(graph)
    rows = []
    for node in graph["nodes"]:
        row = {"label": clean(node["name"]), "kind": node["kind"], "type": clean(node["type"])}
        if node["aliases"]:
            row["aliases"] = clean(" | ".join(node["aliases"]))
        if any(each.get("mentions") for each in graph["nodes"]):
            row["mentions"] = len(node.get("mentions", []))
        for key, value in node.get("attributes", {}).items():
            text = " | ".join(value) if isinstance(value, list) else value
            row[columns[key]] = float(text) if key in NUMERIC else clean(text)
        rows.append({name: value for name, value in row.items() if value != ""})
    return rows


def edge_values(graph, clean=plain):
    """For each edge the columns that it fills, without its ends."""
    names = {node["id"]: node["name"] for node in graph["nodes"]}
    sentences = graph["sentences"]
    rows = []
    for edge in graph["edges"]:
        time, quantity = edge.get("time", {}), edge.get("quantity", {})
        evidence = edge.get("evidence", [])
        row = {"label": clean(edge_label(edge)), "relation": clean(edge["relation"]),
               "weight": float(edge["weight"]), "confidence": float(edge["confidence"]),
               "negated": bool(edge.get("negated")), "modality": edge["modality"],
               "mood": edge.get("mood", ""), "attribution": clean(edge.get("attribution", "")),
               "said_by": clean(names.get(edge.get("attribution"), "")), "from": time.get("from", ""),
               "to": time.get("to", ""), "precision": time.get("precision", ""),
               "quantity_unit": clean(quantity.get("unit", ""))}
        for bound in ("min", "max"):
            if bound in quantity:
                row[f"quantity_{bound}"] = float(quantity[bound])
        if quantity.get("approximate"):
            row["quantity_approximate"] = True
        if evidence:
            first = sentences[evidence[0]["sentence"]]
            row["sources"] = len({sentences[piece["sentence"]]["document"] for piece in evidence})
            row["document"] = clean(graph["documents"][first["document"]]["name"])
            row["evidence"] = clean(first["text"])
        rows.append({name: value for name, value in row.items() if value != ""})
    return rows


def edge_ends(graph, clean=plain):
    """For each edge the names of its ends."""
    names = {node["id"]: node["name"] for node in graph["nodes"]}
    return [(clean(names[e["source"]]), clean(names[e["target"]])) for e in graph["edges"]]


def fact_values(graph, clean):
    """What the table of facts says of each edge, with further evidence and its document."""
    nodes = {node["id"]: node for node in graph["nodes"]}
    rows = []
    for edge, row in zip(graph["edges"], edge_values(graph, clean)):
        source, target = nodes[edge["source"]], nodes[edge["target"]]
        for name in ("label", "attribution", "document"):
            row.pop(name, None)
        row.setdefault("sources", 0)
        for end, node in (("source", source), ("target", target)):
            row.update({end: clean(node["name"]), f"{end}_kind": node["kind"],
                        f"{end}_type": clean(node["type"])})
        sentences = [piece["sentence"] for piece in edge.get("evidence", [])]
        if sentences:
            document = graph["documents"][graph["sentences"][sentences[0]]["document"]]
            row.update({"document": clean(document["name"]), "published": document.get("date", ""),
                        "outlet": clean(document.get("outlet", "")),
                        "title": clean(document.get("title", "")), "url": document.get("url", "")})
        others = sorted(set(sentences) - set(sentences[:1]))
        row["more_evidence"] = clean(" | ".join(graph["sentences"][i]["text"] for i in others))
        rows.append({name: value for name, value in row.items() if value != ""})
    return rows


def same_rows(found, expected, *what):
    """The same rows in any order. Each is a pair of something that can be hashed and a dictionary, or
    a dictionary."""
    def key(row):
        ends, values = row if isinstance(row, tuple) else ((), row)
        return (ends, tuple(sorted((name, type(value) is bool, value) for name, value in values.items())))
    left, right = Counter(map(key, found)), Counter(map(key, expected))
    check(left == right, *what, "only found", list((left - right))[:1], "only expected",
          list((right - left))[:1])


def check(condition, *what):
    if not condition:
        failures.append(what)
        print("FAILED:", *[repr(part)[:700] for part in what])


def same(found, expected, *what):
    check(found == expected, *what, found, expected)


def finish(done):
    if failures:
        print(f"{len(failures)} differences")
        sys.exit(1)
    print(done)
