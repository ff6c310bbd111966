#!/usr/bin/env python3
"""DOT as Graphviz reads it: `dot -Tcanon` draws it, `nop` reads it back, `gvpr` gives the text of
every label, and with it the counts."""
import shutil
import subprocess
from collections import Counter

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


for name in common.GRAPHS:
    graph = common.load(name)
    for profile in ["", "gephi."]:
        file = common.path(name, profile + "dot")
        if name != "awkward":  # a label of 10,000 characters is wider than Graphviz can lay out
            run("dot", "-Tcanon", file)
        plain = run("nop", file)
        common.same(run("nop", input=plain).count("\n"), plain.count("\n"), file, "read back")
        labels = run("gvpr", "N{print($.label)}", file).split("\n")[:-1]
        common.same(Counter(labels), Counter(dot_text(n["name"]) for n in graph["nodes"]), file,
                    "labels")
        labels = run("gvpr", "E{print($.label)}", file).split("\n")[:-1]
        common.same(Counter(labels), Counter(dot_text(common.edge_label(e)) for e in graph["edges"]),
                    file, "labels of edges")
common.finish("Graphviz reads all of it")
