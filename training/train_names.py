"""Trains the name taggers once more, over the finished encoder: python3 train_names.py --examples FILE --encoder FILE
--weights run/last.pt --cities ../shared/data/gazetteer/geonames-cities15000.tsv --out run/names.pt

The taggers of model.IN_CONTEXT start anew and learn whole label sequences from the sentences of their own corpus alone, and from
copies of these whose names are replaced by others of their type: the encoder knows the training sentences' names too well,
and their guidelines are not those of the corpora that were mixed for the encoder. All other weights stay as they are, so
no other figure moves. Vectors are computed once, so an epoch takes seconds. Resumes from FILE.part, written after
every epoch, when called with the same options.
"""
import argparse
import json
import os
import sys

if "torch" not in sys.modules:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import random
import time

import torch

from batches import IGNORE, group, make_batch
from decode import bio_spans
from evaluate import load, score_names
from model import IN_CONTEXT, TAGGERS, Tagger, quantise
from sequences import sequence_loss

HOME = {"ner": "ewt", "gum_name": "gum"}
WORDS_A_BATCH = 1500


class Replacer:
    """Other names for those of a sentence, from the training part of all corpora and the names of cities."""

    def __init__(self, head, train, cities, rng):
        self.head, self.rng = head, rng
        self.own, self.others = {}, {}
        for example in train:
            labels = example.get(head)
            if labels is None or None in labels:
                continue
            pools = self.own if example["source"] == HOME[head] else self.others
            for first, last, kind in sorted(bio_spans(labels)):
                if last - first < 6:
                    pools.setdefault(kind, []).append(example["words"][first:last + 1])
        place = "LOC" if head == "ner" else "place"
        self.others.setdefault(place, []).extend(cities)

    def other(self, kind, words):
        """A name of that kind, mostly of about the same length, in small letters or capitals where the old one is."""
        pools = [pool for pool in (self.own.get(kind), self.others.get(kind)) if pool]
        pool = pools[0] if len(pools) == 1 or self.rng.random() < 0.4 else pools[1]
        for _ in range(8):
            name = self.rng.choice(pool)
            if abs(len(name) - len(words)) <= 1:
                break
        if all(w == w.lower() for w in words) or self.rng.random() < 0.03:
            return [w.lower() for w in name]
        if len(words) > 1 and all(w == w.upper() for w in words):
            return [w.upper() for w in name]
        return name

    def copy(self, example):
        """The example with most of its names replaced, now and then all in small letters."""
        labels, words, marks, at = example[self.head], [], [], 0
        for first, last, kind in sorted(bio_spans(labels)):
            name = example["words"][first:last + 1]
            if self.rng.random() < 0.7:
                name = self.other(kind, name)
            words += example["words"][at:first] + name
            marks += labels[at:first] + ["B-" + kind] + ["I-" + kind] * (len(name) - 1)
            at = last + 1
        words, marks = words + example["words"][at:], marks + labels[at:]
        if self.rng.random() < 0.05:
            words = [w.lower() for w in words]
        return {"source": example["source"], "words": words, self.head: marks}


@torch.no_grad()
def vectors(model, head, examples, labels, pieces):
    """[(vectors of root and words, bits of their lists, numbers of the labels)] of examples, as the 8-bit runtime computes them."""
    model.eval()
    quantise(model, True)
    result = []
    for chosen in group(examples, pieces, 3000):
        batch = make_batch(chosen, labels, pieces)
        found = model.vectors(batch)[TAGGERS[head][0]]
        for b, example in enumerate(chosen):
            end = len(example["words"]) + 1
            result.append((found[b, :end].clone(), batch["marks"][b, :end].clone(), batch[head][b, 1:end].clone()))
    quantise(model, False)
    return result


def batches(items, rng):
    """Lists of items of like length, shuffled."""
    order = sorted(range(len(items)), key=lambda i: len(items[i][2]) + rng.random() * 3)
    groups, current = [], []
    for i in order:
        if current and len(items[i][2]) * (len(current) + 1) > WORDS_A_BATCH:
            groups.append(current)
            current = []
        current.append(items[i])
    groups.append(current)
    rng.shuffle(groups)
    return groups


def loss_of(model, tagger, items, names):
    lengths = torch.tensor([len(gold) for _, _, gold in items])
    width = int(lengths.max())
    v = torch.zeros(len(items), width + 1, items[0][0].shape[1])
    marks = torch.zeros(len(items), width + 1, items[0][1].shape[1])
    gold = torch.full((len(items), width), IGNORE)
    for b, (rows, bits, numbers) in enumerate(items):
        v[b, :len(rows)], marks[b, :len(rows)], gold[b, :len(numbers)] = rows, bits, numbers
    scores = tagger(model.head_dropout(v), lengths, marks)[:, 1:]
    mask = torch.arange(width)[None, :] < lengths[:, None]
    return sequence_loss(scores, gold, mask, tagger.transitions, names) / float(lengths.sum())


def train_head(model, head, data, labels, pieces, cities, args, state, save, note):
    """Trains one tagger; state: what save() kept of an earlier run of it, or none."""
    rng = random.Random("%d %s" % (args.seed, head))
    torch.manual_seed(args.seed)
    own = [e for e in data["train"] if e["source"] == HOME[head] and head in e]
    replacer = Replacer(head, data["train"], cities, rng)
    named = [e for e in own if None not in e[head] and any(l != "O" for l in e[head])]
    plain = vectors(model, head, own, labels, pieces)
    copies = vectors(model, head, [replacer.copy(e) for e in named for _ in range(args.copies)], labels, pieces)
    note(event="vectors", head=head, sentences=len(plain), copies=len(copies))
    tagger = Tagger(TAGGERS[head][1], len(labels.names[head]), in_context=True)
    model.taggers[head] = tagger
    optimiser = torch.optim.AdamW(tagger.parameters(), lr=args.rate, weight_decay=0.01)
    epoch, step, total, average, averaged = 0, 0, None, None, 0
    if state:
        tagger.load_state_dict(state["tagger"])
        optimiser.load_state_dict(state["optimiser"])
        torch.set_rng_state(state["rng"])
        epoch, step, total, average, averaged = (state[k] for k in ("epoch", "step", "total", "average", "averaged"))
    while epoch < args.epochs:
        rng = random.Random("%d %s %d" % (args.seed, head, epoch))
        chosen = batches(plain + rng.sample(copies, min(len(copies), round(args.share * len(named)))), rng)
        total, sums, begun = total or len(chosen) * args.epochs, 0.0, time.time()
        model.train()
        for items in chosen:
            for entry in optimiser.param_groups:
                entry["lr"] = args.rate * max(0.02, min(1.0, (step + 1) / 50, 1 - step / total))
            loss = loss_of(model, tagger, items, labels.names[head])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            step, sums = step + 1, sums + loss.item()
        epoch += 1
        if 2 * epoch > args.epochs:  # the mean of the weights after the epochs of the second half
            averaged += 1
            weights = tagger.state_dict()
            if average is None:
                average = {k: v.clone() for k, v in weights.items()}
            else:
                average = {k: average[k] + (v - average[k]) / averaged for k, v in weights.items()}
        note(event="epoch", head=head, epoch=epoch, loss=round(sums / len(chosen), 4), seconds=round(time.time() - begun))
        save({"tagger": tagger.state_dict(), "optimiser": optimiser.state_dict(), "rng": torch.get_rng_state(),
              "epoch": epoch, "step": step, "total": total, "average": average, "averaged": averaged})
    tagger.load_state_dict(average)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", required=True)
    parser.add_argument("--encoder", required=True)
    parser.add_argument("--weights", required=True)
    parser.add_argument("--cities", required=True, help="names of cities in the second column")
    parser.add_argument("--out", required=True)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--copies", type=int, default=2, help="of each sentence with names, with others in their place")
    parser.add_argument("--share", type=float, default=1.0, help="copies that an epoch holds for each sentence with names")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    model, data, labels, pieces = load(args.examples, args.encoder, args.weights, without=IN_CONTEXT)
    with open(args.cities, encoding="utf-8") as file:
        cities = [line.split("\t")[1].split() for line in file]
    part, options = args.out + ".part", {k: v for k, v in vars(args).items() if k not in ("threads", "out")}
    options["made"] = os.path.getmtime(args.weights)
    states = torch.load(part) if os.path.exists(part) else {}
    if states.get("options") != options:
        states = {"options": options}

    def note(**entry):
        print(json.dumps(entry), flush=True)

    for head in IN_CONTEXT:
        def save(state, head=head):
            states[head] = state
            torch.save(states, part + ".new")
            os.replace(part + ".new", part)

        train_head(model, head, data, labels, pieces, cities, args, states.get(head), save, note)
        note(event="dev", head=head, f1=score_names(model, head, data["dev"], labels, pieces))
    weights = model.state_dict()
    torch.save({"model": weights, "average": weights, "labels": data["labels"]}, args.out + ".new")
    os.replace(args.out + ".new", args.out)
    if os.path.exists(part):
        os.remove(part)


if __name__ == "__main__":
    main()
