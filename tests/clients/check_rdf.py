#!/usr/bin/env python3
"""Turtle, N-Quads and JSON-LD as rapper and rdflib read them: the same triples in all three, and
each edge's ends, relation and evidence."""
import shutil
import subprocess

import common

try:
    import rdflib
except ImportError:
    common.skip("rdflib is not installed (python3-rdflib)")

RDF = rdflib.RDF
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
    statements = list(turtle.subjects(RDF.type, RDF.Statement))
    common.same(len(statements), len(graph["edges"]), name, "statements")
    labels = sorted(str(label) for s in set(turtle.subjects(rdflib.RDFS.label, None))
                    if str(s).startswith("urn:relata:node:")
                    for label in turtle.objects(s, rdflib.RDFS.label))
    common.same(labels, sorted(n["name"].replace("\0", "") for n in graph["nodes"]), name, "labels")
common.finish(f"rdflib {rdflib.__version__} reads all of it")
