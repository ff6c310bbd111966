#!/usr/bin/env python3
"""Checks the gold graphs beside this file (or in the folder named) for slips of the pen; ends with 1 where it finds any.

  check_gold.py [FOLDER]

Every NAME.json has its text/NAME.txt and every text its graph; names of relations, types of nodes and of events are
those of data/ontology.txt; ids are unique and every end and participant is one; what is required hangs on something
required; each node and each event bears a name that stands in the text (but for optional countries, of which a text
may hold the demonym alone), and so does each piece of evidence (pieces are set apart by " ... "). Standard library only.
"""
import json
import pathlib
import re
import sys
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
ONTOLOGY = HERE.parent.parent / "data" / "ontology.txt"
ROLES = ("agent", "patient", "recipient", "place")
KEYS = {
    "nodes": {"id", "kind", "type", "names", "optional"},
    "relations": {"source", "relation", "target", "evidence", "optional"},
    "events": {"id", "type", "names", "optional", *ROLES, *("optional_" + role for role in ROLES)},
}


def read_ontology(path):
    """(node types by kind, event types, relation names with their inverses) of an ontology file."""
    nodes, events, relations = {}, set(), set()
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = [field.strip() for field in line.split("|")]
        if fields[0] == "node":
            nodes.setdefault(fields[1], set()).add(fields[2])
        elif fields[0] == "event":
            events.add(fields[1])
        elif fields[0] == "relation":
            relations.update(fields[1:3])
    return nodes, events, relations


def fold(text):
    """The words of a text in one case, set apart by single blanks, quotation marks straightened."""
    text = unicodedata.normalize("NFC", text).casefold()
    text = text.replace("\u2019", "'").replace("\u201c", '"').replace("\u201d", '"')
    return " ".join(text.split())


def as_list(value):
    return value if isinstance(value, list) else [value]


class Checker:
    """Collects the slips of one graph."""

    def __init__(self, path, ontology):
        self.path = path
        self.slips = []
        self.node_types, self.event_types, self.relations = ontology

    def slip(self, place, message):
        self.slips.append(f"{self.path.name}: {place}: {message}")

    def check(self):
        gold = json.loads(self.path.read_text(encoding="utf-8"))
        document = f"text/{self.path.stem}.txt"
        if gold.get("document") != document:
            self.slip("document", f"expected {document}, found {gold.get('document')}")
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", gold.get("date") or ""):
            self.slip("date", f"expected YYYY-MM-DD, found {gold.get('date')}")
        raw = (self.path.parent / document).read_text(encoding="utf-8")
        if not 120 <= len(raw.split()) <= 220:
            self.slip("text", f"expected 120 to 220 words, found {len(raw.split())}")
        self.text = fold(raw)
        ids = [item["id"] for item in gold["nodes"] + gold["events"]]
        self.ids = set(ids)
        for name in sorted({name for name in ids if ids.count(name) > 1}):
            self.slip(name, "the id is taken twice")
        self.required = {i["id"] for i in gold["nodes"] + gold["events"] if not i.get("optional")}
        for part, keys in KEYS.items():
            for number, item in enumerate(gold[part]):
                for key in sorted(set(item) - keys):
                    self.slip(f"{part} {number}", f"unknown key {key}")
        for node in gold["nodes"]:
            self.check_node(node)
        for number, relation in enumerate(gold["relations"]):
            self.check_relation(f"relation {number}", relation)
        for event in gold["events"]:
            self.check_event(event)
        return self.slips

    def stands_in_text(self, phrase):
        return re.search(r"(?<!\w)" + re.escape(fold(phrase)) + r"(?!\w)", self.text) is not None

    def check_names(self, item):
        if not any(self.stands_in_text(name) for name in item["names"]):
            self.slip(item["id"], f"none of its names stands in the text: {item['names']}")

    def check_ids(self, place, names):
        for name in names:
            if name not in self.ids:
                self.slip(place, f"there is no {name}")

    def check_node(self, node):
        if node["type"] not in self.node_types.get(node["kind"], ()):
            self.slip(node["id"], f"there is no type {node['kind']}/{node['type']}")
        if not (node.get("optional") and node["type"] == "country"):
            self.check_names(node)

    def check_relation(self, place, relation):
        for name in as_list(relation["relation"]):
            if name not in self.relations:
                self.slip(place, f"there is no relation {name}")
        for end in ("source", "target"):
            self.check_ids(place, as_list(relation[end]))
            if not relation.get("optional") and not self.required & set(as_list(relation[end])):
                self.slip(place, f"it is required, but every {end} is optional")
        evidence = relation.get("evidence", "")
        if not relation.get("optional") and not evidence:
            self.slip(place, "it is required and has no evidence")
        for piece in evidence.split(" ... "):
            if fold(piece) not in self.text:
                self.slip(place, f"not in the text: {piece}")

    def check_event(self, event):
        for name in as_list(event["type"]):
            if name not in self.event_types:
                self.slip(event["id"], f"there is no event type {name}")
        self.check_names(event)
        participants = 0
        for role in ROLES:
            for key in (role, "optional_" + role):
                self.check_ids(event["id"], event.get(key, []))
                participants += len(event.get(key, []))
            if event.get(role) and event.get("optional"):
                self.slip(event["id"], f"it is optional, but its {role} is required")
            for name in event.get(role, []):
                if name not in self.required:
                    self.slip(event["id"], f"its {role} {name} is required, but the node is optional")
            for name in set(event.get(role, [])) & set(event.get("optional_" + role, [])):
                self.slip(event["id"], f"its {role} {name} is required and optional")
        if not participants:
            self.slip(event["id"], "it has no participant")


def main(arguments):
    folder = pathlib.Path(arguments[0]) if arguments else HERE
    ontology = read_ontology(ONTOLOGY)
    graphs = sorted(folder.glob("*.json"))
    slips = [] if graphs else [f"{folder}: no gold graph (*.json)"]
    texts = {path.stem for path in (folder / "text").glob("*.txt")}
    for stem in sorted(texts ^ {path.stem for path in graphs}):
        slips.append(f"{stem}: a text without a graph, or a graph without a text")
    for path in graphs:
        if path.stem in texts:
            slips += Checker(path, ontology).check()
    for slip in slips:
        print(slip)
    print(f"{len(graphs)} gold graphs, {len(slips)} slips")
    return 1 if slips else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
