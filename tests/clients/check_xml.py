#!/usr/bin/env python3
"""GraphML, GEXF and KML as xmllint sees them: well-formed, and valid by the schemas that lie beside this
script; ids unique, ends and keys known. KML's and GeoJSON's places, value by value, and as
GDAL reads them where it is installed."""
import json
import os
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree

import common

if shutil.which("xmllint") is None:
    common.skip("xmllint is not installed (libxml2-utils)")

SCHEMAS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "schemas")


def validate(file, schema, namespace=""):
    with open(os.path.join(SCHEMAS, schema), encoding="utf-8") as stream:
        text = stream.read().replace("NAMESPACE", namespace)
    with tempfile.NamedTemporaryFile("w", suffix=".rng", encoding="utf-8") as own:
        own.write(text)
        own.flush()
        done = subprocess.run(["xmllint", "--noout", "--huge", "--relaxng", own.name, file],
                              capture_output=True, text=True, check=False)
    common.same(done.returncode, 0, file, schema, done.stderr[:500])


def elements(file, namespace, name):
    return ElementTree.parse(file).getroot().iter(f"{{{namespace}}}{name}")


def check_ends(file, namespace):
    nodes = [node.get("id") for node in elements(file, namespace, "node")]
    edges = list(elements(file, namespace, "edge"))
    common.same(len(set(nodes)), len(nodes), file, "unique ids of nodes")
    common.same(len({edge.get("id") for edge in edges}), len(edges), file, "unique ids of edges")
    common.check(all(node == node.strip() for node in nodes), file, "trimmed ids")
    known = set(nodes)
    common.check(all(edge.get(end) in known for edge in edges for end in ("source", "target")), file,
                 "known ends")


def check_graphml(name, profile):
    file = common.path(name, profile + "graphml")
    namespace = "http://graphml.graphdrawing.org/xmlns"
    validate(file, "graphml.rng")
    check_ends(file, namespace)
    keys = [key.get("id") for key in elements(file, namespace, "key")]
    used = {data.get("key") for data in elements(file, namespace, "data")}
    common.check(used <= set(keys), file, "known keys")
    words = {"x", "y", "z", "r", "g", "b", "size", "color"}
    common.check(not words & set(keys), file, "no key's id is a word of Gephi's")
    if profile == "cytoscape.":
        for key in elements(file, namespace, "key"):
            common.same(key.get("id"), key.get("attr.name"), file)
    else:
        common.same(len(set(keys)), len(keys), file, "unique keys")
    edges = list(elements(file, namespace, "edge"))
    common.same([edge.get("label") is not None for edge in edges],
                [profile == "gephi."] * len(edges), file, "kinds for Gephi")
    if profile == "yed.":
        yed = "http://www.yworks.com/xml/graphml"
        labels = sorted(label.text or "" for label in elements(file, yed, "NodeLabel"))
        graph = common.load(name)
        common.same(labels, sorted(common.xml_text(node["name"]) for node in graph["nodes"]), file)
        common.same(sum(1 for _ in elements(file, yed, "EdgeLabel")), len(graph["edges"]), file)


def check_gexf(name, profile):
    file = common.path(name, profile + "gexf")
    old = profile == "networkx."
    namespace = "http://www.gexf.net/1.2draft" if old else "http://gexf.net/1.3"
    validate(file, "gexf.rng", namespace)
    check_ends(file, namespace)
    titles = {block.get("class"): [a.get("title").casefold() for a in block]
              for block in elements(file, namespace, "attributes")}
    common.same(sorted(titles), ["edge", "node"], file, "one block a class")
    for of in titles.values():
        common.same(len(set(of)), len(of), file, "titles unique without case")
        common.check(all(title == title.strip() for title in of), file, "trimmed titles")
    common.same([a.get("title") for a in elements(file, namespace, "attribute")],
                [a.get("id") for a in elements(file, namespace, "attribute")], file, "id is title")
    common.check(all("label" not in of for of in titles.values()) and "weight" not in titles["edge"], file,
                 "no reserved title")
    graph = common.load(name)
    expected = []
    for edge in graph["edges"]:
        time = {} if old else edge.get("time", {})
        label = common.xml_text(common.edge_label(edge))
        expected.append((label, None if old else label, time.get("from"), time.get("to")))
    common.same([(edge.get("label"), edge.get("kind"), edge.get("start"), edge.get("end"))
                 for edge in elements(file, namespace, "edge")], expected, file, "labels and spells")


def check_places(name):
    graph = common.load(name)
    places = {}
    values = {}
    for node, row in zip(graph["nodes"], common.node_values(graph)):
        given = node.get("attributes", {})
        values[node["id"]] = row
        if "latitude" in given and "longitude" in given:
            places[node["id"]] = (float(given["longitude"]), float(given["latitude"]))
    for edge in graph["edges"]:
        if edge["relation"] == "place" and not edge.get("negated") and edge["target"] in places:
            places.setdefault(edge["source"], places[edge["target"]])
    with open(common.path(name, "geojson"), encoding="utf-8") as stream:
        features = json.load(stream)["features"]
    common.same(sorted((f["properties"]["name"], *f["geometry"]["coordinates"]) for f in features),
                sorted((values[key]["label"], *where) for key, where in places.items()), name, "geojson")
    for feature in features:
        expected = {**values[feature["id"]], "name": values[feature["id"]]["label"]}
        common.same(feature["properties"], expected, name, "geojson", feature["id"])

    file = common.path(name, "kml")
    validate(file, "kml.rng")
    kml = "{http://www.opengis.net/kml/2.2}"
    found = []
    for mark in ElementTree.parse(file).getroot().iter(kml + "Placemark"):
        data = {d.get("name"): d.find(kml + "value").text for d in mark.iter(kml + "Data")}
        where = mark.find(f"{kml}Point/{kml}coordinates").text.split(",")
        found.append((mark.find(kml + "name").text, *map(float, where), data["kind"], data["type"]))
    common.same(sorted(found), sorted((values[key]["label"], *where, values[key]["kind"],
                                       values[key]["type"]) for key, where in places.items()), file)
    if shutil.which("ogr2ogr") and places:
        for kind in ("geojson", "kml"):
            check_gdal(common.path(name, kind), places, values)


def check_gdal(file, places, values):
    """What GDAL, by which QGIS reads, makes of a map."""
    done = subprocess.run(["ogr2ogr", "-f", "GeoJSON", "/vsistdout/", file], capture_output=True, check=False)
    common.same(done.returncode, 0, file, "GDAL", done.stderr[-300:])
    found = []
    for feature in json.loads(done.stdout)["features"]:
        data = feature["properties"]
        found.append((data.get("name", data.get("Name")), *feature["geometry"]["coordinates"][:2], data["kind"],
                      data["type"], data.get("aliases") or ""))
    common.same(sorted(found), sorted((values[key]["label"], *where, values[key]["kind"], values[key]["type"],
                                       values[key].get("aliases", "")) for key, where in places.items()), file, "GDAL")


for graph_name in common.GRAPHS:
    for tool in ("", "cytoscape.", "gephi.", "gephi-lite.", "igraph.", "networkx.", "yed."):
        check_graphml(graph_name, tool)
    for tool in ("", "gephi.", "gephi-lite.", "networkx."):
        check_gexf(graph_name, tool)
    check_places(graph_name)
common.finish("xmllint finds GraphML, GEXF and KML valid")
