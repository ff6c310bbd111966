"""What the clients' checks share: the sample graphs as the project's own JSON has them, and how each
kind of format may change a text (XML cannot hold control characters, DOT cannot either).

Every check is run as  CHECK.py FOLDER  on what export_driver wrote. It exits with 0 when all is
well, 1 with a line for each difference, 77 when the client is not installed."""
import json
import os
import re
import sys

GRAPHS = ["empty", "single", "parallel", "awkward", "news"]
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


def xml_text(text):
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)


def edge_label(edge):
    label = ("not " if edge.get("negated") else "") + edge["relation"]
    return label + (f" ({edge['modality']})" if edge["modality"] in ("planned", "possible") else "")


def check(condition, *what):
    if not condition:
        failures.append(what)
        print("FAILED:", *[repr(part)[:300] for part in what])


def same(found, expected, *what):
    check(found == expected, *what, found, expected)


def finish(done):
    if failures:
        print(f"{len(failures)} differences")
        sys.exit(1)
    print(done)
