#!/usr/bin/env python3
"""The database as SQLite's own shell checks it and as Python's module reads it: all that the project's
JSON holds, value by value; and the view of facts."""
import shutil
import sqlite3
import subprocess

import common


def span(piece, name):
    place = piece.get(name)
    return (place["begin"], place["end"]) if place else (None, None)


def time_and_quantity(record):
    time, quantity = record.get("time", {}), record.get("quantity")
    amount = (None, None, None, None) if quantity is None else (
        quantity.get("min"), quantity.get("max"), quantity.get("unit"),
        1 if quantity.get("approximate") else 0)
    return (time.get("from"), time.get("to"), time.get("precision"), *amount)


def single(number):
    """A number of four bytes as a database of eight gives it back."""
    import struct
    return struct.unpack("f", struct.pack("f", number))[0]


for name in common.GRAPHS:
    graph = common.load(name)
    file = common.path(name, "sqlite")
    if shutil.which("sqlite3"):
        done = subprocess.run(["sqlite3", file, "PRAGMA integrity_check; PRAGMA foreign_key_check"],
                              capture_output=True, text=True, check=False)
        common.same((done.returncode, done.stdout.strip()), (0, "ok"), file, done.stderr)
    database = sqlite3.connect(f"file:{file}?mode=ro", uri=True)

    def rows(query):
        return database.execute(query).fetchall()

    common.same(rows("SELECT name, title, date, author, outlet, url, language FROM documents ORDER BY id"),
                [tuple(document.get(key) for key in
                       ("name", "title", "date", "author", "outlet", "url", "language"))
                 for document in graph["documents"]], file, "documents")
    common.same(rows('SELECT document, begin, "end", text FROM sentences ORDER BY id'),
                [(s["document"], s["begin"], s["end"], s["text"]) for s in graph["sentences"]], file,
                "sentences")
    common.same(rows("SELECT key, kind, type, name FROM nodes ORDER BY id"),
                [(n["id"], n["kind"], n["type"], n["name"]) for n in graph["nodes"]], file, "nodes")
    common.same(rows("SELECT nodes.key, aliases.name FROM aliases JOIN nodes ON nodes.id = node "
                     "ORDER BY aliases.rowid"),
                [(n["id"], alias) for n in graph["nodes"] for alias in n["aliases"]], file, "aliases")
    common.same(sorted(rows("SELECT nodes.key, attributes.key, value FROM attributes "
                            "JOIN nodes ON nodes.id = node")),
                sorted((n["id"], key, value) for n in graph["nodes"]
                       for key, given in n.get("attributes", {}).items()
                       for value in (given if isinstance(given, list) else [given])), file, "attributes")
    common.same(rows('SELECT nodes.key, sentence, begin, "end" FROM mentions JOIN nodes ON '
                     "nodes.id = node ORDER BY mentions.rowid"),
                [(n["id"], m["sentence"], m["begin"], m["end"]) for n in graph["nodes"]
                 for m in n.get("mentions", [])], file, "mentions")
    common.same(rows("SELECT s.key, relation, t.key, label, negated, modality, mood, confidence, weight, "
                     "a.key, time_from, time_to, time_precision, quantity_min, quantity_max, "
                     "quantity_unit, quantity_approximate FROM edges JOIN nodes s ON s.id = source "
                     "JOIN nodes t ON t.id = target LEFT JOIN nodes a ON a.id = attribution "
                     "ORDER BY edges.id"),
                [(e["source"], e["relation"], e["target"], common.edge_label(e),
                  1 if e.get("negated") else 0, e["modality"], e.get("mood"), single(e["confidence"]),
                  single(e["weight"]), e.get("attribution"), *time_and_quantity(e))
                 for e in graph["edges"]], file, "edges")
    pieces = [(i, piece) for i, edge in enumerate(graph["edges"]) for piece in edge.get("evidence", [])]
    common.same(rows("SELECT edge, sentence, trigger_begin, trigger_end, source_begin, source_end, "
                     "target_begin, target_end, modality, mood, strength, confidence, nodes.key, "
                     "time_from, time_to, time_precision, quantity_min, quantity_max, quantity_unit, "
                     "quantity_approximate, rule FROM evidence LEFT JOIN nodes ON "
                     "nodes.id = attribution ORDER BY evidence.id"),
                [(i, p["sentence"], *span(p, "trigger"), *span(p, "source"), *span(p, "target"),
                  p["modality"], p.get("mood"), p.get("strength"), single(p["confidence"]),
                  p.get("attribution"), *time_and_quantity(p), p.get("rule")) for i, p in pieces], file,
                "evidence")
    named = {n["id"]: n["name"] for n in graph["nodes"]}
    common.same(sorted(rows("SELECT source, relation, target, evidence FROM facts"), key=repr),
                sorted(((named[e["source"]], common.edge_label(e), named[e["target"]],
                         None if piece is None else graph["sentences"][piece["sentence"]]["text"])
                        for e in graph["edges"] for piece in (e.get("evidence") or [None])), key=repr),
                file, "facts")
    database.close()
common.finish(f"SQLite {sqlite3.sqlite_version} reads all of it")
