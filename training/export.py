"""Writes the model file of the C++ runtime: python3 export.py --examples FILE --encoder FILE --weights last.pt --out reader.rlm

The bytes are drawn in docs/model_format.md. Without --weights the network is random (seeded), for testing loaders.
--dump FOLDER also writes what this Python network computes for the self-test sentences with 8-bit arithmetic imitated
(inputs, word vectors and logits as .npy files and index.json), for comparison with the runtime.
"""
import argparse
import json
import os
import struct
import zlib

import numpy as np
import torch

from batches import make_batch
from calibrate import reliability, temperatures
from evaluate import load, predict, predict_frames
from model import ARC_WIDTH, ATTENTION_HEADS, FFN, LAYERS, MIX_GROUPS, REL_WIDTH, ROLESET_WIDTH, SRL_WIDTH, TAGGERS, WIDTH
from model import Linear, quantise
from name_lists import NAMES
from text import MAX_PIECES, MAX_PIECES_PER_WORD, NUM_SHAPES

DTYPES = {"text": 0, "float32": 1, "float16": 2, "int8": 3, "int32": 4, "uint8": 5, "uint32": 6}
SELFTEST = [
    "The president of Norway met Maria Lindqvist in Oslo on Tuesday .",
    "Rebels attacked the town of Kandara , killing three soldiers .",
    "The company said it will buy its rival for $ 2 billion .",
    "She did n't sign the agreement between Kenya and Uganda .",
    "The army 's withdrawal from the island has been delayed until March .",
]
SELFTEST_COLUMNS = ("upos", "xpos", "lemma", "head", "rel", "ner", "mention", "predicate")


class Writer:
    """Collects sections and writes the file; section order is the order of adding."""

    def __init__(self):
        self.sections = []

    def text(self, name, lines):
        data = "".join(line + "\n" for line in lines).encode("utf-8")
        self.sections.append((name, 0, (len(data),), data))

    def array(self, name, values, dtype=np.float32):
        values = np.ascontiguousarray(values, dtype=dtype)
        self.sections.append((name, DTYPES[values.dtype.name], values.shape, values.tobytes()))

    def rows(self, name, weight):
        """8-bit matrix with one scale per row."""
        weight = weight.detach().numpy()
        scale = np.abs(weight).max(1) / np.float32(127)
        scale = np.where(scale > 0, scale, 1).astype(np.float32)
        self.array(name, np.clip(np.rint(weight / scale[:, None]), -127, 127), np.int8)
        self.array(name + ".scale", scale)

    def linear(self, weight_name, bias_name, layer):
        if isinstance(layer, Linear):
            self.rows(weight_name, layer.weight)
        else:
            self.array(weight_name, layer.weight.detach().numpy())
        self.array(bias_name, layer.bias.detach().numpy())

    def write(self, path):
        offset = 32 + 96 * len(self.sections)
        table, body = b"", b""
        for name, dtype, dims, data in self.sections:
            padding = -offset % 64
            body += b"\0" * padding
            offset += padding
            dims3 = tuple(dims) + (1,) * (3 - len(dims))
            table += struct.pack("<48sII3QQQ", name.encode("ascii"), dtype, len(dims), *dims3, offset, len(data))
            body += data
            offset += len(data)
        rest = table + body
        head = struct.pack("<8sIIQII", b"RELATAMD", 2, len(self.sections), 32 + len(rest), zlib.crc32(rest), 0)
        with open(path + ".new", "wb") as file:
            file.write(head + rest)
        os.replace(path + ".new", path)
        return 32 + len(rest)


def config(data, note):
    lines = ["name=relata reader of English", "note=" + note, "layers=%d" % LAYERS, "width=%d" % WIDTH,
             "heads=%d" % ATTENTION_HEADS, "hidden=%d" % FFN, "vocabulary=%d" % len(data["vocab"]),
             "positions=%d" % MAX_PIECES, "shapes=%d" % NUM_SHAPES, "groups=%d" % MIX_GROUPS, "epsilon=1e-12",
             "most_pieces=%d" % MAX_PIECES_PER_WORD,
             "taggers=" + " ".join("%s:%d:%d" % (n, g, h) for n, (g, h) in TAGGERS.items())]
    for name, group, width in (("arc", 0, ARC_WIDTH), ("rel", 0, REL_WIDTH), ("srl", 1, SRL_WIDTH),
                               ("roleset", 1, ROLESET_WIDTH)):
        lines += ["%s.group=%d" % (name, group), "%s.width=%d" % (name, width)]
    return lines


def write_model(path, model, data, calibration, selftest, note):
    """Writes the model file; returns its size in bytes."""
    writer, encoder = Writer(), model.encoder
    writer.text("config", config(data, note))
    writer.text("vocab", data["vocab"])
    for name in sorted(data["labels"]):
        writer.text("labels." + name, data["labels"][name])
    writer.rows("emb.word", encoder.word.weight)
    writer.array("emb.pos", encoder.position.weight.detach().numpy()[:MAX_PIECES])
    writer.array("emb.type", encoder.segment.detach().numpy())
    writer.array("emb.ln.w", encoder.ln.weight.detach().numpy())
    writer.array("emb.ln.b", encoder.ln.bias.detach().numpy())
    writer.array("shape.in", encoder.shape_in.detach().numpy())
    writer.array("shape.out", encoder.shape_out.detach().numpy())
    for i, layer in enumerate(encoder.layers):
        prefix = "layer.%d." % i
        for name in ("q", "k", "v", "o", "ff1", "ff2"):
            writer.linear(prefix + name, prefix + name + ".bias", getattr(layer, name))
        for name in ("ln1", "ln2"):
            norm = getattr(layer, name)
            writer.array(prefix + name + ".w", norm.weight.detach().numpy())
            writer.array(prefix + name + ".b", norm.bias.detach().numpy())
    writer.array("mix", encoder.mix.detach().numpy())
    for name, tagger in model.taggers.items():
        if tagger.l1:
            writer.linear(name + ".w1", name + ".b1", tagger.l1)
        if tagger.l3:
            writer.array(name + ".lists", tagger.lists.detach().numpy())
            writer.linear(name + ".w3", name + ".b3", tagger.l3)
            writer.array(name + ".transitions", tagger.transitions.detach().numpy())
        writer.linear(name + ".w2", name + ".b2", tagger.l2)
    for name, head, sides in (("arc", model.arc, ("dep", "head")), ("rel", model.rel, ("dep", "head")),
                              ("srl", model.srl, ("pred", "arg"))):
        for side, layer in zip(sides, (head.left, head.right)):
            writer.linear("%s.%s.w" % (name, side), "%s.%s.b" % (name, side), layer)
        writer.array(name + ".u", head.u.detach().numpy())
    writer.array("srl.path", model.srl_path.detach().numpy(), np.float16)
    writer.array("srl.case", model.srl_case.detach().numpy(), np.float16)
    writer.array("roleset.functions", data["roleset_functions"], np.uint8)
    writer.linear("roleset.w", "roleset.b", model.roleset)
    writer.rows("roleset.emb", model.roleset_embedding)
    writer.array("roleset.bias", model.roleset_bias.detach().numpy())
    writer.text("roleset.names", data["rolesets"])
    writer.text("roleset.lemmas", ["%s\t%s\t%s" % (lemma, pos, " ".join(map(str, members)))
                                   for (lemma, pos), members in sorted(data["roleset_lemmas"].items())])
    writer.text("lemma.exceptions", ["\t".join(e) for e in data["lemma_exceptions"]])
    writer.text("lists.names", NAMES)
    hashes, masks = zip(*sorted(data["name_lists"].items()))
    writer.array("lists.hashes", hashes, np.uint32)
    writer.array("lists.masks", masks, np.uint8)
    writer.text("calibration", ["%s=%.4f" % item for item in sorted(calibration.items())])
    writer.text("selftest.input", selftest[0])
    writer.text("selftest.expected", selftest[1])
    return writer.write(path)


def run_selftest(model, data, labels, pieces, dump):
    """(input lines, expected lines) of the self-test; with dump, also the network's numbers as files."""
    exceptions = {(form, upos): lemma for form, upos, lemma in data["lemma_exceptions"]}
    given, expected, index = [], [], []
    quantise(model, True)
    for number, sentence in enumerate(SELFTEST):
        words = sentence.split(" ")
        batch = make_batch([{"source": "selftest", "words": words}], labels, pieces)
        results, vectors = predict(model, batch, labels, exceptions)
        found = results[0]
        for i, word in enumerate(words):
            given.append(word)
            expected.append("\t".join(str(found[c][i]) for c in SELFTEST_COLUMNS))
        given.append("")
        expected.append("")
        if dump:
            index.append(dump_sentence(dump, number, model, batch, vectors, found, labels))
    quantise(model, False)
    if dump:
        with open(os.path.join(dump, "index.json"), "w", encoding="utf-8") as file:
            json.dump(index, file, indent=1)
    return given, expected


@torch.no_grad()
def dump_sentence(folder, number, model, batch, vectors, found, labels):
    words = batch["words"][0]

    def save(name, tensor):
        np.save(os.path.join(folder, "%d.%s.npy" % (number, name)), np.asarray(tensor))

    for group in range(MIX_GROUPS):
        save("vectors%d" % group, vectors[group][0])
    for name, (group, _) in TAGGERS.items():
        save(name, model.taggers[name](vectors[group], batch["lengths"], batch["marks"])[0, 1:])
    save("arc", model.arc_scores(vectors[0])[0])
    heads = torch.tensor([[0] + found["head"]])
    save("rel", model.rel_scores(vectors[0], heads)[0, 1:])
    predicates = [i for i, v in enumerate(found["predicate"]) if v != "none"]
    places = [(0, i, found["lemma"][i]) for i in predicates]
    frames = predict_frames(model, vectors, batch, labels, places, [found])
    if predicates:
        rels = [labels.index["rel"][r] for r in found["rel"]]
        features = labels.argument_features([(0, i, f[0]) for i, f in zip(predicates, frames)], [batch["words"][0]],
                                            [found["head"]], [rels], vectors[1].shape[1])
        save("srl", model.srl_scores(vectors[1], torch.zeros(len(predicates), dtype=torch.long),
                                     torch.tensor(predicates) + 1, features)[:, 1:])
    return {"words": words, "pieces": batch["pieces"][0].tolist(), "shapes": batch["shapes"][0].tolist(),
            "first": batch["first"][0].tolist(), "word_shapes": batch["word_shapes"][0].tolist(),
            "predicates": predicates, "frames": frames, "head": found["head"], "rel": found["rel"],
            "lemma": found["lemma"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", required=True)
    parser.add_argument("--encoder", required=True)
    parser.add_argument("--weights")
    parser.add_argument("--kind", default="average", choices=("average", "model"))
    parser.add_argument("--out", required=True)
    parser.add_argument("--dump")
    parser.add_argument("--reliability", help="file for the reliability table on dev")
    parser.add_argument("--note", default="")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(7)
    model, data, labels, pieces = load(args.examples, args.encoder, args.weights, args.kind)
    calibration = temperatures(model, data["dev"] if args.weights else [], labels, pieces)
    if args.reliability:
        with open(args.reliability, "w", encoding="utf-8") as file:
            for head, lines in reliability(model, data["dev"], labels, pieces, calibration).items():
                for upper, share, probability, right in lines:
                    file.write("%s\t<= %.2f\t%.4f\t%.3f\t%.3f\n" % (head, upper, share, probability, right))
    if args.dump:
        os.makedirs(args.dump, exist_ok=True)
    selftest = run_selftest(model, data, labels, pieces, args.dump)
    size = write_model(args.out, model, data, calibration, selftest, args.note or "random weights")
    print("%s: %.1f MB" % (args.out, size / 1e6))
    if size > 35e6:
        raise SystemExit("the model file is larger than 35 MB")


if __name__ == "__main__":
    main()
