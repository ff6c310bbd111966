#!/usr/bin/env python3
"""The pictures: pdftotext finds the names in the PDF and xmllint finds the SVG well-formed, with the names
in it; the PNG is whole, by its own checksums."""
import re
import shutil
import struct
import subprocess
import xml.etree.ElementTree as ElementTree
import zlib

import common

if shutil.which("pdftotext") is None:
    common.skip("pdftotext is not installed (poppler-utils)")


def words(text):
    return re.sub(r"\s+", "", text)


def shown(graph):
    """Names of the nodes that a picture shows: those with an edge, or all when there is none."""
    ends = {edge[end] for edge in graph["edges"] for end in ("source", "target")}
    return [node["name"] for node in graph["nodes"] if node["id"] in ends or not graph["edges"]]


def check_png(file):
    with open(file, "rb") as stream:
        data = stream.read()
    common.check(data.startswith(b"\x89PNG\r\n\x1a\n"), file)
    at, kinds = 8, []
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 4:at + 8 + length]
        common.same(struct.unpack(">I", data[at + 8 + length:at + 12 + length])[0], zlib.crc32(body),
                    file, kind, "checksum")
        kinds.append(kind)
        at += 12 + length
    common.same((kinds[0], kinds[-1]), (b"IHDR", b"IEND"), file)


for name in common.GRAPHS:
    graph = common.load(name)
    check_png(common.path(name, "png"))
    svg = ElementTree.parse(common.path(name, "svg")).getroot()
    texts = [text.text or "" for text in svg.iter("{http://www.w3.org/2000/svg}text")]
    done = subprocess.run(["pdftotext", "-raw", common.path(name, "pdf"), "-"], capture_output=True,
                          text=True, check=False)
    common.same(done.returncode, 0, name, "pdf", done.stderr[:300])
    if name == "awkward":  # cut and bidirectional names read otherwise in a picture
        continue
    for where, text in (("svg", "\n".join(texts)), ("pdf", done.stdout)):
        for label in shown(graph):
            common.check(words(label) in words(text), name, where, label)
        if graph["nodes"]:
            common.check("boxes: actors" in re.sub(r"\s+", " ", text), name, where, "legend")
common.finish("pdftotext and an XML reader find all names in the pictures")
