#!/usr/bin/env python3
"""DOT as Graphviz reads it: `dot -Tcanon` draws it, `nop` reads it back, `gc` counts it, and `gvpr` gives
every attribute of every node and edge; the bare dialect for Gephi has none of what stops its reader."""
import re
import shutil
import subprocess

import common

if shutil.which("dot") is None:
    common.skip("Graphviz is not installed (graphviz)")

def run(*arguments, **options):
    done = subprocess.run(arguments, capture_output=True, text=True, encoding="utf-8",
                          errors="surrogateescape", check=False, **options)
    common.same(done.returncode, 0, arguments, done.stderr[:500])
    return done.stdout


def dot_text(text):
    """Backslashes come doubled and line breaks as \\n; control characters are left out."""
    text = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", " ")
    return "".join(c for c in text if ord(c) >= 32 and ord(c) != 127)


def literal(name):
    """The name within a string of gvpr."""
    return dot_text(name).replace("\\", "\\\\").replace('"', '\\"')


def attributes(kind, file, names):
    """All attributes of all nodes (kind N) or edges (E), in the order of the file."""
    ends = ["$.tail.label", "$.head.label"] if kind == "E" else []
    values = ends + [f'aget($, "{literal(name)}")' for name in names]
    # A value of its own behind the last one keeps empty ones at the end.
    if not values:
        return []
    parts = ', "\\t", '.join(values)
    text = run("gvpr", kind + "{print(" + parts + ', "\\t.")}', file)
    rows = []
    for line in text.split("\n")[:-1]:
        cells = line.split("\t")[:-1]
        row = {name: cell for name, cell in zip(names, cells[len(ends):]) if cell != ""}
        rows.append((tuple(cells[:len(ends)]), row) if ends else row)
    return rows


def typed(row, expected):
    """Texts as numbers and truth values where the expected rows have such."""
    kinds = {name: type(value) for each in expected for name, value in each.items()}
    return {name: value == "true" if kinds.get(name) is bool else kinds.get(name, str)(value)
            for name, value in row.items()}


def check_dot(name, profile):
    graph = common.load(name)
    file = common.path(name, profile + "dot")
    if name != "awkward":  # a label of 10,000 characters is wider than Graphviz can lay out
        run("dot", "-Tcanon", file)
    plain = run("nop", file)
    common.same(run("nop", input=plain).count("\n"), plain.count("\n"), file, "read back")
    common.same(run("gc", "-n", "-e", file).split()[:2],
                [str(len(graph["nodes"])), str(len(graph["edges"]))], file, "gc")
    called = common.renamed(common.node_columns(graph), lambda name: name + "_" * (name in LIVE))
    nodes = [{called[name]: value for name, value in row.items()}
             for row in common.node_values(graph, dot_text)]
    names = sorted({key for row in nodes for key in row})
    common.same_rows([typed(row, nodes) for row in attributes("N", file, names)], nodes, file, "nodes")
    edges = common.edge_values(graph, dot_text)
    names = sorted({key for row in edges for key in row} | {"evidence_weight"})
    found = []
    for ends, row in attributes("E", file, names):
        # Graphviz takes whole weights only; the exact one stands beside.
        exact = row.pop("evidence_weight", None)
        if exact is not None:
            common.check(re.fullmatch("[1-9][0-9]*", row["weight"]), file, "a whole weight")
            row["weight"] = exact
        found.append((ends, typed(row, edges)))
    common.same_rows(found, list(zip(common.edge_ends(graph, dot_text), edges)), file, "edges")


def check_for_gephi(name):
    file = common.path(name, "gephi.dot")
    with open(file, encoding="utf-8", newline="") as stream:
        text = stream.read()
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', '""', text)
    common.check(not re.search(r"(?i)\b(node|edge|graph|subgraph|rankdir)\b", bare), file, "keywords")
    common.check("#" not in bare and '="#' not in text, file, "no colours by number")
    common.check(all(line.count("[") <= 1 for line in bare.split("\n")), file, "one list a statement")
    common.check('=""' not in re.sub(r'"(?:[^"\\]|\\.)+"', "_", text), file, "no empty value")
    common.check(all(" -> " in line for line in bare.split("\n") if "->" in line), file, "blanks")
    ids = re.findall(r'^  "((?:[^"\\]|\\.)*)"', text, re.MULTILINE)
    words = {"digraph", "edge", "graph", "node", "strict", "subgraph"}
    common.check(not words & {each.lower() for each in ids}, file, "no word of the language as an id")


LIVE = set("area class color colorscheme comment constraint dir distortion fillcolor fixedsize fontcolor "
           "fontname fontsize gradientangle group head_lp height href id image imagepath imagepos imagescale "
           "labelloc layer len margin nojustify ordering orientation penwidth peripheries pin pos rank rects "
           "regular root samplepoints shape shapefile showboxes sides size skew style target tooltip URL "
           "vertices width xlabel xlp z".split())


for graph_name in common.GRAPHS:
    for tool in ["", "graphviz.", "gephi."]:
        check_dot(graph_name, tool)
    check_for_gephi(graph_name)
common.finish("Graphviz reads all of it")
