"""Reads the weights of a model file back into the network, so that a training can start where another one ended."""
import os
import struct

import numpy as np
import torch

from export import DTYPES
from model import IN_CONTEXT

KINDS = {"float32": np.float32, "float16": np.float16, "int8": np.int8, "int32": np.int32, "uint8": np.uint8,
         "uint32": np.uint32}


def read_sections(path):
    """name -> array (or list of lines) of a model file (docs/model_format.md); 8-bit rows come multiplied out."""
    with open(path, "rb") as file:
        content = file.read()
    magic, _, count, _, _, _ = struct.unpack_from("<8sIIQII", content, 0)
    if magic != b"RELATAMD":
        raise SystemExit("%s: no model file of Relata" % os.path.basename(path))
    kinds, sections = {number: name for name, number in DTYPES.items()}, {}
    for i in range(count):
        name, dtype, rank, *rest = struct.unpack_from("<48sII3QQQ", content, 32 + 96 * i)
        dims, offset, size = rest[:rank], rest[3], rest[4]
        name, kind, data = name.rstrip(b"\0").decode("ascii"), kinds[dtype], content[offset:offset + size]
        sections[name] = (data.decode("utf-8").splitlines() if kind == "text"
                          else np.frombuffer(data, KINDS[kind]).reshape(dims))
    for name in [n for n in sections if n.endswith(".scale")]:
        rows = name[:-6]
        sections[rows] = sections[rows].astype(np.float32) * sections.pop(name)[:, None]
    return sections


def linear_names(model):
    """(section of the weight, section of the bias, layer) of all linear layers of the network."""
    for i, layer in enumerate(model.encoder.layers):
        for name in ("q", "k", "v", "o", "ff1", "ff2"):
            yield "layer.%d.%s" % (i, name), "layer.%d.%s.bias" % (i, name), getattr(layer, name)
    for name, tagger in model.taggers.items():
        if tagger.l1:
            yield name + ".w1", name + ".b1", tagger.l1
        if tagger.l3:
            yield name + ".w3", name + ".b3", tagger.l3
        yield name + ".w2", name + ".b2", tagger.l2
    for name, head, sides in (("arc", model.arc, ("dep", "head")), ("rel", model.rel, ("dep", "head")),
                              ("srl", model.srl, ("pred", "arg"))):
        for side, layer in zip(sides, (head.left, head.right)):
            yield "%s.%s.w" % (name, side), "%s.%s.b" % (name, side), layer
    yield "roleset.w", "roleset.b", model.roleset


def load_model_file(model, path, labels):
    """Starts the network from a model file; the lists of labels and rolesets must be those of the file."""
    sections, encoder = read_sections(path), model.encoder
    for head, values in labels.names.items():
        if "labels." + head in sections and sections["labels." + head] != list(values):
            raise SystemExit("%s has other labels of %s than the examples" % (os.path.basename(path), head))
    if sections["roleset.names"] != list(labels.rolesets):
        raise SystemExit("%s has other rolesets than the examples" % os.path.basename(path))

    def put(target, name):
        value = torch.from_numpy(np.array(sections[name], dtype=np.float32))
        target.copy_(value.reshape(target.shape))

    with torch.no_grad():
        put(encoder.word.weight, "emb.word")
        positions = sections["emb.pos"].shape[0]
        put(encoder.position.weight[:positions], "emb.pos")
        for target, name in ((encoder.segment, "emb.type"), (encoder.ln.weight, "emb.ln.w"), (encoder.ln.bias, "emb.ln.b"),
                             (encoder.shape_in, "shape.in"), (encoder.shape_out, "shape.out"), (encoder.mix, "mix"),
                             (model.roleset_embedding, "roleset.emb"), (model.roleset_bias, "roleset.bias")):
            put(target, name)
        for i, layer in enumerate(encoder.layers):
            for name in ("ln1", "ln2"):
                put(getattr(layer, name).weight, "layer.%d.%s.w" % (i, name))
                put(getattr(layer, name).bias, "layer.%d.%s.b" % (i, name))
        anew = tuple(name + "." for name in IN_CONTEXT if name + ".transitions" not in sections)  # of a file of version 1
        for name in IN_CONTEXT:
            if not (name + ".").startswith(anew):
                put(model.taggers[name].transitions, name + ".transitions")
                put(model.taggers[name].lists, name + ".lists")
        for weight, bias, layer in linear_names(model):
            if weight.startswith(anew):
                continue
            put(layer.weight, weight)
            put(layer.bias, bias)
        for name, head in (("arc", model.arc), ("rel", model.rel), ("srl", model.srl)):
            put(head.u, name + ".u")
        for target, name in ((model.srl_path, "srl.path"), (model.srl_case, "srl.case")):
            if name in sections:  # an older file has none: they stay zero
                put(target, name)
