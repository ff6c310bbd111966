#!/usr/bin/env python3
"""The workbook as openpyxl reads it: the sheets, and every cell with its type."""
import csv
import datetime
import os
import shutil
import subprocess
import tempfile

import common

try:
    import openpyxl
    from openpyxl.utils.escape import unescape
except ImportError:
    common.skip("openpyxl is not installed (python3-openpyxl)")


def value(cell):
    """openpyxl leaves the escapes of control characters to its users, and knows days only with an
    hour."""
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    return unescape(cell) if isinstance(cell, str) else cell


def sheet_rows(sheet):
    table = list(sheet.iter_rows(values_only=True))
    return table[0], [{name: value(cell) for name, cell in zip(table[0], row)
                       if cell is not None and cell != ""} for row in table[1:]]


for graph_name in common.GRAPHS:
    graph = common.load(graph_name)
    file = common.path(graph_name, "xlsx")
    book = openpyxl.load_workbook(file)
    common.same(book.sheetnames, ["Facts", "Evidence", "Nodes", "Documents"], file)
    for sheet in book:
        common.same(sheet.freeze_panes, "A2", file, sheet.title, "the head row stays")
        common.check(all(cell.font.bold for cell in sheet[1]), file, sheet.title, "bold head")

    header, found = sheet_rows(book["Facts"])
    ids = ("id", "source_id", "target_id")
    expected = common.fact_values(graph, common.plain)
    common.same_rows([{name: cell for name, cell in row.items() if name not in ids} for row in found],
                     expected, file, "Facts")
    common.same([row["id"] for row in found], [f"e{i}" for i in range(len(graph["edges"]))], file)

    header, found = sheet_rows(book["Nodes"])
    common.same_rows([{name: cell for name, cell in row.items() if name != "id"} for row in found],
                     common.node_values(graph), file, "Nodes")

    header, found = sheet_rows(book["Evidence"])
    named = {node["id"]: node["name"] for node in graph["nodes"]}
    expected = [(f"e{i}", named[edge["source"]], edge["relation"], named[edge["target"]],
                 graph["sentences"][piece["sentence"]]["text"], piece.get("trigger", {}).get("text"),
                 piece.get("source", {}).get("text"), piece.get("target", {}).get("text"),
                 piece["modality"], piece.get("strength"), named.get(piece.get("attribution")),
                 piece["confidence"], piece.get("rule"))
                for i, edge in enumerate(graph["edges"]) for piece in edge.get("evidence", [])]
    common.same([tuple(row.get(name) for name in
                       ("id", "source", "relation", "target", "evidence", "trigger", "source_words",
                        "target_words", "modality", "strength", "said_by", "confidence", "rule"))
                 for row in found], expected, file, "Evidence")

    header, found = sheet_rows(book["Documents"])
    keys = {"document": "name", "title": "title", "published": "date", "author": "author",
            "outlet": "outlet", "url": "url", "language": "language"}
    common.same(found, [{name: document[key] for name, key in keys.items() if document.get(key)}
                        for document in graph["documents"]], file, "Documents")


def office_rows(folder, graph_name, sheet):
    with open(os.path.join(folder, f"{graph_name}-{sheet}.csv"), encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def line_feeds(text):
    """LibreOffice takes a carriage return and a line feed for one line break."""
    return text.replace("\r\n", "\n")


if shutil.which("soffice"):
    with tempfile.TemporaryDirectory() as folder:
        files = [common.path(graph_name, "xlsx") for graph_name in ("awkward", "keys", "news")]
        to_csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
        done = subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
                               to_csv, "--outdir", folder, *files], capture_output=True, check=False)
        common.same(done.returncode, 0, "LibreOffice", done.stderr[-300:])
        csv.field_size_limit(10 ** 7)
        for graph_name in ("awkward", "keys", "news"):
            graph = common.load(graph_name)
            expected = [{name: line_feeds(str(cell)) for name, cell in row.items() if isinstance(cell, str)}
                        for row in common.node_values(graph)]
            found = [{name: cell for name, cell in row.items() if cell and any(name in each for each in expected)}
                     for row in office_rows(folder, graph_name, "Nodes")]
            common.same_rows(found, expected, graph_name, "LibreOffice", "Nodes")
            facts = [(row["source"], row["relation"], row["target"]) for row in office_rows(folder, graph_name, "Facts")]
            common.same(sorted(facts), sorted((line_feeds(source), line_feeds(edge["relation"]), line_feeds(target))
                                              for (source, target), edge in zip(common.edge_ends(graph), graph["edges"])),
                        graph_name, "LibreOffice", "Facts")
common.finish(f"openpyxl {openpyxl.__version__} reads all of it")
