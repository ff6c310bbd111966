#!/usr/bin/env python3
"""Trains models/coreference.rcm, the weights of coreference, on GUM's training part.

  train_coreference.py DRIVER DATA MODEL [--reader models/reader.rlm] [--epochs 4]

DRIVER is the build's coreference_driver: it computes every feature, so that the program and its training cannot differ.
DATA holds gum/train and gum/dev; MODEL is written. Two steps: a logistic regression says which dependents belong to a
mention; then, with mentions cut by it, a network of one hidden layer ranks antecedents (marginal likelihood of all
right ones, as Durrett and Klein 2013, with their costs of a link missed, made up or wrong). Word vectors are principal
components of the reader's embeddings. Seeded; one core; needs numpy and torch. docs/coreference.md describes the file.
"""
import argparse
import collections
import pathlib
import random
import re
import struct
import subprocess
import sys

import numpy as np
import torch
import torch.nn.functional as functional

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "scripts"))
from evaluate_coreference import gold_chains  # noqa: E402
from export import Writer  # noqa: E402

EXTENT_BITS, RANK_BITS, WIDTH, WORD_WIDTH, WORD_UNIT = 13, 16, 48, 64, 254
MISSED, MADE_UP, WRONG = 3.0, 0.3, 1.0  # costs of errors of links, in logits
FEATURE_DROPOUT, HIDDEN_DROPOUT, RATE, DECAY, AVERAGE = 0.3, 0.4, 4e-3, 0.15, 0.995
MENTIONS_A_BATCH = 150


def model_sections(path):
    """{name: (element type, dimensions, bytes)} of a model file (docs/model_format.md)."""
    data = pathlib.Path(path).read_bytes()
    sections = {}
    for i in range(struct.unpack_from("<I", data, 12)[0]):
        at = 32 + 96 * i
        kind, count = struct.unpack_from("<II", data, at + 48)
        dims = struct.unpack_from("<3Q", data, at + 56)[:count]
        offset, size = struct.unpack_from("<QQ", data, at + 80)
        sections[data[at:at + 48].rstrip(b"\0").decode()] = (kind, dims, data[offset:offset + size])
    return sections


def word_vectors(reader):
    """Words of two or more letters that are one piece, and their unit vectors in 8 bits."""
    sections = model_sections(reader)
    pieces = sections["vocab"][2].decode().split("\n")[:-1]
    shape = sections["emb.word"][1]
    table = np.frombuffer(sections["emb.word"][2], np.int8).reshape(shape).astype(np.float32)
    table = table * np.frombuffer(sections["emb.word.scale"][2], np.float32)[:, None]
    kept = [i for i, piece in enumerate(pieces) if re.fullmatch("[a-z]{2,}", piece)]
    table = table[kept] - table[kept].mean(0)
    _, axes = np.linalg.eigh(table.T @ table)
    # The first component tells frequent words from rare ones and little else.
    vectors = table @ axes[:, ::-1][:, 1:1 + WORD_WIDTH]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return [pieces[i] for i in kept], np.clip(np.rint(vectors * WORD_UNIT), -127, 127).astype(np.int8)


def run_driver(driver, *arguments):
    done = subprocess.run([driver, *map(str, arguments)], check=True, stdout=subprocess.PIPE)
    return np.frombuffer(done.stdout, np.int32)


def documents(data, part):
    found = sorted((pathlib.Path(data) / "gum" / part).glob("*.conllu"))
    if not found:
        sys.exit(f"no GUM documents in {data}/gum/{part}")
    return found


def extent_examples(driver, paths):
    """Features and labels of the dependents that GUM's mentions decide on."""
    values, at = run_driver(driver, "--extents", *paths), 0
    rows, labels = [], []
    for path in paths:
        spans = collections.defaultdict(list)
        for chain in gold_chains(path):
            for sentence, first, last in chain:
                spans[sentence].append((first, last))
        count, at = values[at], at + 1
        for sentence in range(count):
            tokens = values[at]
            heads = values[at + 1:at + 1 + tokens]
            at += 1 + tokens
            by_head = collections.defaultdict(list)
            for first, last in spans[sentence]:
                tops = [t for t in range(first, min(last + 1, tokens)) if not first <= heads[t] <= last]
                if len(tops) == 1:
                    by_head[tops[0]].append((first, last))
            ended = set()
            records, at = values[at], at + 1
            for _ in range(records):
                head, child, begin, end, size = values[at:at + 5]
                features = values[at + 5:at + 5 + size]
                at += 5 + size
                side = (head, child > head)
                if len(by_head[head]) != 1 or side in ended:
                    continue
                first, last = by_head[head][0]
                belongs = first <= begin and end <= last
                rows.append(features)
                labels.append(belongs)
                if not belongs:
                    ended.add(side)
    return np.array(rows), np.array(labels, np.float32)


def train_extents(train, dev, epochs=10):
    rows, labels = train
    generator = np.random.RandomState(1)
    bias = 1 << EXTENT_BITS
    weights, seen = np.zeros(bias + 1), np.full(bias + 1, 1e-8)
    for _ in range(epochs):
        order = generator.permutation(len(labels))
        for begin in range(0, len(labels), 64):
            batch = order[begin:begin + 64]
            x = rows[batch]
            error = 1 / (1 + np.exp(-(weights[x].sum(1) + weights[bias]))) - labels[batch]
            gradient = 1e-5 * weights
            np.add.at(gradient, x, error[:, None] / 64)
            gradient[bias] = error.mean()
            seen += gradient ** 2
            weights -= 0.3 * gradient / np.sqrt(seen)
    for name, (x, y) in (("train", train), ("dev", dev)):
        right = ((weights[x].sum(1) + weights[bias] > 0) == y).mean()
        print(f"extents {name}: {100 * right:.1f} % of {len(y)} dependents right")
    return weights.astype(np.float32)


def write_model(path, words, vectors, extents, net):
    writer = Writer()
    writer.text("kind", ["coreference"])
    writer.array("extent", extents)
    writer.array("rank", net["rows"], np.float16)
    for name in ("rank.bias", "new.bias", "rank.out", "new.out"):
        writer.array(name, net[name])
    writer.text("words", words)
    writer.array("words.vectors", vectors, np.int8)
    for name in ("words.anaphor", "words.new", "words.antecedent"):
        writer.array(name, net[name], np.float16)
    return writer.write(str(path))


def untrained():
    net = {name: np.zeros(WIDTH, np.float32) for name in ("rank.bias", "new.bias", "rank.out", "new.out")}
    net["rows"] = np.zeros((1 << RANK_BITS, WIDTH), np.float32)
    for name in ("words.anaphor", "words.new", "words.antecedent"):
        net[name] = np.zeros((WORD_WIDTH, WIDTH), np.float32)
    return net


def bag(lists):
    sizes = [len(one) for one in lists]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]) if lists else np.zeros(0)
    flat = np.concatenate(lists) if lists else np.zeros(0)
    return torch.from_numpy(flat.astype(np.int64)), torch.from_numpy(starts.astype(np.int64))


def batches_of(driver, model, paths, vectors):
    """Batches of mentions with their candidates, of the documents in order."""
    table = np.concatenate([vectors.astype(np.float32) / WORD_UNIT, np.zeros((1, WORD_WIDTH), np.float32)])
    values, at = run_driver(driver, "--features", model, *paths), 0
    batches = []
    for path in paths:
        owner = {span: i for i, chain in enumerate(gold_chains(path)) for span in chain}
        count, at = int(values[at]), at + 1
        labels, words, features, candidates, pairs = [], [], ([], [], []), [], []
        for _ in range(count):
            sentence, first, last, _, _, word = map(int, values[at:at + 6])
            at += 6
            labels.append(owner.get((sentence, first, last), -1))
            words.append(word)
            for side in features:
                size = int(values[at])
                side.append(values[at + 1:at + 1 + size])
                at += 1 + size
            own, at = int(values[at]), at + 1
            candidates.append([])
            for _ in range(own):
                antecedent, size = int(values[at]), int(values[at + 1])
                candidates[-1].append(antecedent)
                pairs.append(values[at + 2:at + 2 + size])
                at += 2 + size
        start = np.concatenate([[0], np.cumsum([len(c) for c in candidates])])
        for begin in range(0, count, MENTIONS_A_BATCH):
            end = min(count, begin + MENTIONS_A_BATCH)
            if start[begin] == start[end]:
                continue
            anaphors = np.repeat(np.arange(end - begin), [len(c) for c in candidates[begin:end]])
            antecedents = np.concatenate([np.array(c, int) for c in candidates[begin:end]])
            right = np.array([labels[j] >= 0 and labels[j] == labels[begin + i]
                              for i, j in zip(anaphors, antecedents)])
            linked = np.zeros(end - begin, bool)
            linked[anaphors[right]] = True
            cost = np.where(right, 0, np.where(linked[anaphors], WRONG, MADE_UP)).astype(np.float32)
            needed, places = np.unique(antecedents, return_inverse=True)
            batches.append({
                "size": end - begin, "anaphor": torch.from_numpy(anaphors), "antecedent": torch.from_numpy(places),
                "right": torch.from_numpy(right), "linked": torch.from_numpy(linked), "cost": torch.from_numpy(cost),
                "anaphors": bag(features[0][begin:end]), "new": bag(features[1][begin:end]),
                "antecedents": bag([features[2][j] for j in needed]), "pairs": bag(pairs[start[begin]:start[end]]),
                "words": torch.from_numpy(table[words[begin:end]]),
                "antecedent words": torch.from_numpy(table[[words[j] for j in needed]])})
    assert at == len(values)
    return batches


class Ranker(torch.nn.Module):
    def __init__(self):
        super().__init__()
        def normal(scale, *shape):
            return torch.nn.Parameter(torch.randn(*shape) * scale)
        self.rows = normal(0.03, 1 << RANK_BITS, WIDTH)
        self.bias = torch.nn.Parameter(torch.zeros(WIDTH))
        self.new_bias = torch.nn.Parameter(torch.zeros(WIDTH))
        self.out = normal(0.2, WIDTH)
        self.new_out = normal(0.2, WIDTH)
        self.words = normal(0.05, 3, WORD_WIDTH, WIDTH)  # anaphor, new, antecedent

    def total(self, lists):
        flat, starts = lists
        weights = None
        if self.training:
            weights = (torch.rand(len(flat)) > FEATURE_DROPOUT).float() / (1 - FEATURE_DROPOUT)
        return functional.embedding_bag(flat, self.rows, starts, mode="sum", per_sample_weights=weights)

    def forward(self, batch):
        anaphors = self.total(batch["anaphors"]) + batch["words"] @ self.words[0]
        new = self.total(batch["new"]) + batch["words"] @ self.words[1]
        antecedents = self.total(batch["antecedents"]) + batch["antecedent words"] @ self.words[2]
        pairs = self.total(batch["pairs"]) + anaphors[batch["anaphor"]] + antecedents[batch["antecedent"]]
        hidden = functional.dropout(torch.relu(pairs + self.bias), HIDDEN_DROPOUT, self.training)
        hidden_new = functional.dropout(torch.relu(new + self.new_bias), HIDDEN_DROPOUT, self.training)
        return hidden @ self.out, hidden_new @ self.new_out


def log_sums(scores, groups, count):
    """log(sum(exp)) of the scores of each group."""
    top = torch.full((count,), -1e9).scatter_reduce(0, groups, scores.detach(), "amax", include_self=True)
    return top + torch.log(torch.zeros(count).index_add(0, groups, torch.exp(scores - top[groups])) + 1e-30)


def loss_of(net, batch):
    scores, new = net(batch)
    costly = torch.logaddexp(log_sums(scores + batch["cost"], batch["anaphor"], batch["size"]),
                             new + MISSED * batch["linked"])
    right = batch["right"]
    good = log_sums(scores[right], batch["anaphor"][right], batch["size"])
    return (costly - torch.where(batch["linked"], good, new)).mean()


def train_ranker(batches, epochs):
    torch.manual_seed(1)
    order, generator = list(range(len(batches))), random.Random(1)
    net = Ranker()
    average = {name: value.clone() for name, value in net.state_dict().items()}
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    steps, step = epochs * len(batches), 0
    for epoch in range(epochs):
        generator.shuffle(order)
        total = 0.0
        for i in order:
            for group in optimiser.param_groups:
                group["lr"] = RATE * (1 - step / steps)
            step += 1
            loss = loss_of(net, batches[i])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            total += float(loss)
            keep = min(AVERAGE, (1 + step) / (10 + step))
            with torch.no_grad():
                for name, value in net.state_dict().items():
                    average[name].mul_(keep).add_(value, alpha=1 - keep)
        print(f"epoch {epoch + 1} of {epochs}: loss {total / len(order):.4f}", flush=True)
    return {"rows": average["rows"].numpy(), "rank.bias": average["bias"].numpy(),
            "new.bias": average["new_bias"].numpy(), "rank.out": average["out"].numpy(),
            "new.out": average["new_out"].numpy(), "words.anaphor": average["words"][0].numpy(),
            "words.new": average["words"][1].numpy(), "words.antecedent": average["words"][2].numpy()}


def main():
    root = pathlib.Path(__file__).resolve().parents[1]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("driver")
    parser.add_argument("data")
    parser.add_argument("model")
    parser.add_argument("--reader", default=root / "models" / "reader.rlm")
    parser.add_argument("--epochs", type=int, default=4)
    options = parser.parse_args()
    torch.set_num_threads(1)
    train, dev = documents(options.data, "train"), documents(options.data, "dev")
    words, vectors = word_vectors(options.reader)
    extents = train_extents(extent_examples(options.driver, train), extent_examples(options.driver, dev))
    cut = str(options.model) + ".extents"
    write_model(cut, words, vectors, extents, untrained())
    batches = batches_of(options.driver, cut, train, vectors)
    pathlib.Path(cut).unlink()
    print(f"{sum(len(b['anaphor']) for b in batches)} pairs of mentions in {len(batches)} batches", flush=True)
    size = write_model(options.model, words, vectors, extents, train_ranker(batches, options.epochs))
    print(f"{options.model}: {size} bytes")


if __name__ == "__main__":
    main()
