#!/usr/bin/env python3
"""Turtle, N-Quads and JSON-LD as rapper and rdflib read them: the same triples in all three, every value
of every node, and of each edge its ends, relation, standing, speaker, dates, amount and evidence."""
import shutil
import subprocess
from collections import Counter
from urllib.parse import quote

import common

try:
    import rdflib
except ImportError:
    common.skip("rdflib is not installed (python3-rdflib)")

RDF = rdflib.RDF
SCHEMA, SKOS, PROV = "https://schema.org/", rdflib.SKOS, rdflib.PROV
OWN, NODE, RELATION = "urn:relata:vocabulary:", "urn:relata:node:", "urn:relata:relation:"


def name_of(text):
    """The last part of our names: all but letters, digits, "-" and "_" as %XX."""
    return quote(text.encode("utf-8"), safe="-_").replace(".", "%2E").replace("~", "%7E")


def is_date(text):
    parts = text.split("-")
    return len(parts) == 3 and all(part.isdigit() for part in parts) and len(text) == 10


def node_facts(node):
    """(property, text) of one node."""
    clean = common.without_nul
    facts = [("label", clean(node["name"])), ("kind", node["kind"])]
    facts += [("type", clean(node["type"]))] if node["type"] else []
    facts += [("altLabel", clean(alias)) for alias in node["aliases"]]
    for key, given in node.get("attributes", {}).items():
        for value in given if isinstance(given, list) else [given]:
            if key in ("latitude", "longitude"):
                facts.append((key, value))
            elif key in ("from", "to") and is_date(value):
                facts.append(({"from": "startDate", "to": "endDate"}[key], value))
            else:
                facts.append(("attribute-" + name_of(key), clean(value)))
    return facts


def edge_facts(graph, edge):
    clean = common.without_nul
    facts = [("subject", NODE + name_of(edge["source"])), ("object", NODE + name_of(edge["target"])),
             ("predicate", RELATION + name_of(edge["relation"].replace(" ", "_"))),
             ("label", clean(common.edge_label(edge))), ("modality", edge["modality"]),
             ("confidence", float(edge["confidence"])), ("weight", float(edge["weight"]))]
    if edge.get("mood"):
        facts.append(("mood", edge["mood"]))
    if edge.get("negated"):
        facts.append(("negated", "true"))
    if "attribution" in edge:
        facts.append(("wasAttributedTo", NODE + name_of(edge["attribution"])))
    for end, word in (("from", "startDate"), ("to", "endDate")):
        if end in edge.get("time", {}):
            facts.append((word, edge["time"][end]))
    quantity = edge.get("quantity", {})
    for key, word in (("min", "quantityMin"), ("max", "quantityMax")):
        if key in quantity:
            facts.append((word, float(quantity[key])))
    if quantity.get("unit"):
        facts.append(("quantityUnit", quantity["unit"]))
    if quantity.get("approximate"):
        facts.append(("quantityApproximate", "true"))
    sentences = sorted({piece["sentence"] for piece in edge.get("evidence", [])})
    facts += [("value", clean(graph["sentences"][i]["text"])) for i in sentences]
    documents = {graph["sentences"][i]["document"] for i in sentences}
    facts += [("wasDerivedFrom", OWN + "document%2F" + name_of(graph["documents"][i]["name"]))
              for i in documents]
    return facts


def found_facts(store, subject):
    """(last part of the property, value) of one subject, its class left out."""
    facts = []
    for predicate, value in store.predicate_objects(subject):
        if predicate == RDF.type:
            continue
        text = str(predicate)
        for base in (OWN, SCHEMA, str(SKOS), str(PROV), str(RDF), str(rdflib.RDFS)):
            if text.startswith(base):
                text = text[len(base):]
        if str(predicate).startswith(RELATION):
            continue  # the plain triple of an edge that holds
        double = getattr(value, "datatype", None) == rdflib.XSD.double
        facts.append((text, float(value) if double else str(value)))
    return facts


for name in common.GRAPHS:
    graph = common.load(name)
    if shutil.which("rapper"):
        for syntax, extension in [("turtle", "turtle"), ("nquads", "nquads")]:
            done = subprocess.run(["rapper", "-q", "-c", "-i", syntax, common.path(name, extension)],
                                  capture_output=True, text=True, check=False)
            common.same((done.returncode, done.stderr.strip()), (0, ""), name, syntax, "rapper")
    turtle = rdflib.Graph()
    turtle.parse(common.path(name, "turtle"), format="turtle")
    triples = set(turtle)
    readings = {"nquads": "nquads"}
    if "json-ld" in {plugin.name for plugin in rdflib.plugin.plugins(None, rdflib.parser.Parser)}:
        readings["jsonld"] = "json-ld"
    for extension, syntax in readings.items():
        dataset = rdflib.ConjunctiveGraph()
        dataset.parse(common.path(name, extension), format=syntax)
        found = {(s, p, o) for s, p, o in dataset.triples((None, None, None))}
        common.same(len(found), len(triples), name, extension, "triples")
        common.check(found == triples, name, extension, "the same triples",
                     sorted(map(str, found ^ triples))[:4])
    for node in graph["nodes"]:
        subject = rdflib.URIRef(NODE + name_of(node["id"]))
        common.same(Counter(found_facts(turtle, subject)), Counter(set(node_facts(node))), name,
                    node["id"][:60])
    statements = [rdflib.URIRef(f"urn:relata:edge:{i}") for i in range(len(graph["edges"]))]
    common.same(set(turtle.subjects(RDF.type, RDF.Statement)), set(statements), name, "statements")
    for statement, edge in zip(statements, graph["edges"]):
        common.same(Counter(found_facts(turtle, statement)), Counter(set(edge_facts(graph, edge))), name,
                    statement)
    held = {(e["source"], e["relation"], e["target"]) for e in graph["edges"]
            if not e.get("negated") and e["modality"] in ("asserted", "reported")}
    plain = [1 for _, predicate, _ in triples if str(predicate).startswith(RELATION)]
    common.same(len(plain), len(held), name, "what holds is a plain triple, and nothing else is")
common.finish(f"rdflib {rdflib.__version__} reads all of it")
