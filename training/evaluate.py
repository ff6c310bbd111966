"""Figures on the dev parts, gold tokens: python3 evaluate.py --examples FILE --encoder FILE --weights last.pt [--int8]"""
import argparse
import json
import os
import pickle
import re
from collections import Counter

import torch

from batches import Labels, group, make_batch
from decode import best_bio, bio_spans, choose_arguments, maximum_tree
from model import TAGGERS, Reader, quantise
from prepare import span_head
from text import WordPiece, apply_script

GUM_NAMES = re.compile(r"GUM_(news|interview|bio|speech)_")


class Scores:
    """Counts of right, predicted and gold items by task."""

    def __init__(self):
        self.right, self.predicted, self.gold = Counter(), Counter(), Counter()

    def accuracy(self, task, right, gold=1):
        self.right[task] += right
        self.predicted[task] += gold
        self.gold[task] += gold

    def sets(self, task, predicted, gold):
        self.right[task] += len(predicted & gold)
        self.predicted[task] += len(predicted)
        self.gold[task] += len(gold)

    def figures(self):
        result = {}
        for task in sorted(self.gold):
            total = self.predicted[task] + self.gold[task]
            result[task] = round(200.0 * self.right[task] / total, 2) if total else 0.0
        return result


@torch.no_grad()
def predict(model, batch, labels, exceptions):
    """Predictions for a batch: one dict per sentence (labels by head, head, rel, and the vectors' position in it)."""
    model.eval()
    vectors = model.vectors(batch)
    lengths = batch["lengths"].tolist()
    tagged = {name: model.taggers[name](vectors[mix], batch["lengths"], batch["marks"]).numpy() for name, (mix, _) in TAGGERS.items()}
    arcs = model.arc_scores(vectors[0]).numpy()
    heads = torch.zeros(len(lengths), max(lengths) + 1, dtype=torch.long)
    results = []
    for b, n in enumerate(lengths):
        tree = maximum_tree(arcs[b, :n + 1, :n + 1])
        heads[b, 1:n + 1] = torch.tensor(tree)
        found = {"head": tree}
        for name in TAGGERS:
            scores = tagged[name][b, 1:n + 1]
            if name in ("ner", "ner_fine", "gum_name"):
                found[name] = best_bio(scores, labels.names[name], model.taggers[name].transition_table())
            else:
                found[name] = [labels.names[name][i] for i in scores.argmax(1)]
        found["lemma"] = [exceptions.get((w.lower(), u)) or apply_script(w, s)
                          for w, u, s in zip(batch["words"][b], found["upos"], found["lemma"])]
        results.append(found)
    rel = model.rel_scores(vectors[0], heads)
    root = labels.index["rel"]["root"]
    rel[:, :, root] = -1e9
    chosen = rel.argmax(2)
    for b, n in enumerate(lengths):
        results[b]["rel"] = ["root" if h == 0 else labels.names["rel"][chosen[b, i + 1]]
                             for i, h in enumerate(results[b]["head"])]
    return results, vectors


@torch.no_grad()
def predict_frames(model, vectors, batch, labels, places, results):
    """For (sentence, word index, lemma) places: [(roleset or None, [(word, role)])]; results: of predict()."""
    if not places:
        return []
    sentence = torch.tensor([p[0] for p in places])
    word = torch.tensor([p[1] + 1 for p in places])
    members = [labels.candidates.get(p[2].lower(), []) for p in places]
    width = max(1, max(len(m) for m in members))
    padded = torch.tensor([m + [-1] * (width - len(m)) for m in members])
    best = model.roleset_scores(vectors[1], sentence, word, padded).argmax(1).tolist()
    names = [labels.rolesets[m[k]] if m else None for m, k in zip(members, best)]
    rels = {b: [labels.index["rel"][r] for r in results[b]["rel"]] for b in {p[0] for p in places}}
    heads = {b: results[b]["head"] for b in rels}
    words = {b: batch["words"][b] for b in rels}
    features = labels.argument_features([(b, i, name) for (b, i, _), name in zip(places, names)], words, heads, rels,
                                        vectors[1].shape[1])
    scores = model.srl_scores(vectors[1], sentence, word, features).numpy()
    result = []
    for k, (b, index, _) in enumerate(places):
        n = int(batch["lengths"][b])
        args = choose_arguments(scores[k, 1:n + 1], labels.names["srl"], index)
        result.append((names[k], args))
    return result


@torch.no_grad()
def argument_features(model, vectors, batch, labels):
    """Features of the batch's predicates, from the trees that the network itself sees now (every word's best head)."""
    at = batch["srl_at"].tolist()
    rows = sorted({b for b, _ in at})
    v = vectors[0][rows]
    width = v.shape[1]
    outside = torch.arange(width)[None, :] > batch["lengths"][rows][:, None]
    scores = model.arc_scores(v).masked_fill(outside[:, None, :], -1e9)
    scores.diagonal(dim1=1, dim2=2).fill_(-1e9)
    heads = scores.argmax(2)
    heads[:, 0] = 0
    rels = model.rel_scores(v, heads).argmax(2)
    words, head_lists, rel_lists = {}, {}, {}
    for k, b in enumerate(rows):
        n = int(batch["lengths"][b])
        words[b] = batch["words"][b]
        head_lists[b], rel_lists[b] = heads[k, 1:n + 1].tolist(), rels[k, 1:n + 1].tolist()
    places = [(b, word - 1, roleset) for (b, word), roleset in zip(at, batch["srl_rolesets"])]
    return labels.argument_features(places, words, head_lists, rel_lists, width)


@torch.no_grad()
def find_argument_heads(model, examples, labels, pieces, found):
    """Gives the examples with argument spans but no tree their argument heads, by the model's own trees.

    found: example number -> frames, filled here and used again in later epochs. Changes the examples' `frames`.
    """
    wanted = [e for e in examples if "frame_spans" in e and "head" not in e and e["number"] not in found]
    model.eval()
    for chosen in group(wanted, pieces, 3000):
        batch = make_batch(chosen, labels, pieces)
        arcs = model.arc_scores(model.vectors(batch)[0]).numpy()
        for b, example in enumerate(chosen):
            n = len(example["words"])
            heads = maximum_tree(arcs[b, :n + 1, :n + 1])
            found[example["number"]] = [
                (index, roleset, sorted({(span_head(heads, first, last), role) for first, last, role in spans
                                         if not first <= index <= last}))
                for index, roleset, spans in example["frame_spans"]]
    for example in examples:
        if example.get("number") in found:
            example["frames"] = found[example["number"]]


def score_batch(scores, batch, results, frames, places):
    for example, found in zip(batch["examples"], results):
        source = example["source"]
        if "head" in example:
            for i, head in enumerate(example["head"]):
                scores.accuracy(source + " UPOS", found["upos"][i] == example["upos"][i])
                scores.accuracy(source + " XPOS", found["xpos"][i] == example["xpos"][i])
                scores.accuracy(source + " FEATS", found["feats"][i] == example["feats"][i])
                scores.accuracy(source + " lemma", (found["lemma"][i] == example["lemma"][i])
                                or example["lemma"][i] is None)
                scores.accuracy(source + " UAS", found["head"][i] == head)
                scores.accuracy(source + " LAS", found["head"][i] == head
                                and found["rel"][i].split(":")[0] == example["rel"][i].split(":")[0])
                scores.accuracy(source + " LAS with subtypes",
                                found["head"][i] == head and found["rel"][i] == example["rel"][i])
        if "ner" in example:
            scores.sets("names (UNER)", bio_spans(found["ner"]), bio_spans(example["ner"]))
        if "ner_fine" in example:
            scores.sets("names (politics, 100 sentences)", bio_spans(found["ner_fine"]), bio_spans(example["ner_fine"]))
        if "gum_name" in example:
            predicted, gold = bio_spans(found["gum_name"]), bio_spans(example["gum_name"])
            scores.sets("names GUM all", predicted, gold)
            if GUM_NAMES.match(example["doc"]):
                scores.sets("names GUM news/interview/bio/speech", predicted, gold)
        if "mention" in example:
            scores.sets("mention head + type", {(i, v) for i, v in enumerate(found["mention"]) if v != "none"},
                        {(i, v) for i, v in enumerate(example["mention"]) if v != "none"})
        if "predicate" in example:
            scores.sets("predicate found", {i for i, v in enumerate(found["predicate"]) if v != "none"},
                        {i for i, v in enumerate(example["predicate"]) if v != "none"})
        if "deverbal" in example:
            known = [i for i, v in enumerate(example["deverbal"]) if v is not None]
            scores.sets("deverbal noun", {i for i in known if found["deverbal"][i] == "event"},
                        {i for i in known if example["deverbal"][i] == "event"})
    for (b, index, _), (roleset, args) in zip(places, frames):
        gold = next(f for f in batch["examples"][b]["frames"] if f[0] == index)
        scores.accuracy("roleset", roleset == gold[1])
        scores.sets("argument head + role", set(args), set(gold[2]))


def evaluate(model, dev, labels, data, pieces, int8=False):
    """Task -> figure (accuracy or F1, percent)."""
    exceptions = {(form, upos): lemma for form, upos, lemma in data["lemma_exceptions"]}
    scores = Scores()
    quantise(model, int8)
    for examples in group(dev, pieces, 3000):
        batch = make_batch(examples, labels, pieces)
        results, vectors = predict(model, batch, labels, exceptions)
        places = [(b, f[0], results[b]["lemma"][f[0]]) for b, e in enumerate(examples) for f in e.get("frames", ())]
        frames = predict_frames(model, vectors, batch, labels, places, results)
        score_batch(scores, batch, results, frames, places)
    quantise(model, False)
    return scores.figures()


@torch.no_grad()
def score_names(model, head, dev, labels, pieces):
    """F1 of exact spans and types of one name tagger."""
    model.eval()
    scores, tagger = Scores(), model.taggers[head]
    for examples in group([e for e in dev if head in e], pieces, 3000):
        batch = make_batch(examples, labels, pieces)
        found = tagger(model.vectors(batch)[TAGGERS[head][0]], batch["lengths"], batch["marks"]).numpy()
        for b, example in enumerate(examples):
            path = best_bio(found[b, 1:len(example["words"]) + 1], labels.names[head], tagger.transition_table())
            scores.sets(head, bio_spans(path), bio_spans(example[head]))
    return scores.figures()[head]


def load(examples, encoder, weights, kind="average", without=()):
    """(model, data, labels, pieces) of a checkpoint; weights None gives a freshly initialised network.

    without: taggers that keep their initial weights.
    """
    with open(examples, "rb") as file:
        data = pickle.load(file)
    with open(os.path.join(os.path.dirname(encoder), "tokenizer.json"), encoding="utf-8") as file:
        vocab = json.load(file)["model"]["vocab"]
    vocab = [p for p, _ in sorted(vocab.items(), key=lambda x: x[1])]
    model = Reader(data["labels"], len(data["rolesets"]), len(vocab))
    if weights:
        saved = {name: value for name, value in torch.load(weights)[kind].items()
                 if not name.startswith(tuple("taggers.%s." % tagger for tagger in without))}
        kept = {name: value for name, value in model.state_dict().items() if name not in saved}
        if any(not name.startswith(tuple("taggers.%s." % tagger for tagger in without)) for name in kept):
            raise SystemExit("%s is of another network" % weights)
        model.load_state_dict({**saved, **kept})
    data["vocab"] = vocab
    return model.eval(), data, Labels(data), WordPiece(vocab)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", required=True)
    parser.add_argument("--encoder", required=True)
    parser.add_argument("--weights", required=True)
    parser.add_argument("--kind", default="average", choices=("average", "model"))
    parser.add_argument("--int8", action="store_true")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    model, data, labels, pieces = load(args.examples, args.encoder, args.weights, args.kind)
    for task, figure in evaluate(model, data["dev"], labels, data, pieces, args.int8).items():
        print("%-45s %6.2f" % (task, figure))


if __name__ == "__main__":
    main()
