"""Trains the reader: python3 train.py --examples FILE --encoder model.fp16.safetensors --out FOLDER [--epochs N]

Seeded; one line of JSON per 50 steps and per epoch in FOLDER/log.jsonl; FOLDER/last.pt after every epoch and every
--save-minutes, from which the same command resumes. The averaged weights (exponential moving average) are what
evaluate.py and export.py read.
"""
import argparse
import json
import os
import sys

if "torch" not in sys.modules:  # OpenBLAS reads this once and has threads of its own besides PyTorch's
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import pickle
import random
import time

import torch
from torch.nn import functional as F

from batches import IGNORE, Labels, epoch_examples, epoch_rng, group, make_batch
from evaluate import argument_features, evaluate, find_argument_heads
from model import IN_CONTEXT, TAGGERS, Reader, load_encoder, quantise
from sequences import sequence_loss
from text import WordPiece
from warm import load_model_file

SHARES = {"ewt": 1.0, "gum": 1.0, "wikigold": 0.5, "crossner": 1.0, "qanom": 0.08, "frames": 0.3,
          "redocred": 0.5, "wnut17": 0.5}
TASK_WEIGHT = {"upos": 0.5, "xpos": 0.5, "feats": 0.3, "lemma": 0.5, "ner": 2.0, "ner_fine": 1.5, "gum_name": 1.5,
               "mention": 1.0, "predicate": 0.5, "deverbal": 0.3, "arc": 1.0, "rel": 1.0, "srl": 1.0, "roleset": 1.0}
AVERAGE_EVERY, AVERAGE_DECAY = 10, 0.985


def losses(model, batch, labels):
    """Task name -> loss summed over the supervised items, divided by the words of the batch."""
    vectors = model.vectors(batch)
    result = {}
    total = float(batch["num_words"])

    def add(name, logits, gold):
        result[name] = F.cross_entropy(logits, gold, ignore_index=IGNORE, reduction="sum") / total

    for head, (mix, _) in TAGGERS.items():
        if head in batch:
            known = batch[head] != IGNORE
            tagger = model.taggers[head]
            if known.any() and head in IN_CONTEXT:
                rows = known.any(1)
                scores = tagger(vectors[mix][rows], batch["lengths"][rows], batch["marks"][rows])[:, 1:]
                mask = torch.arange(scores.shape[1])[None, :] < batch["lengths"][rows][:, None]
                result[head] = sequence_loss(scores, batch[head][rows][:, 1:], mask, tagger.transitions, labels.names[head]) / total
            elif known.any():
                add(head, tagger(vectors[mix][known]), batch[head][known])
    if "head" in batch:
        rows = (batch["head"][:, 1] != IGNORE).nonzero()[:, 0]
        v, gold = vectors[0][rows], batch["head"][rows]
        width = gold.shape[1]
        outside = torch.arange(width)[None, :] > batch["lengths"][rows][:, None]
        scores = model.arc_scores(v).masked_fill(outside[:, None, :], -1e9)
        add("arc", scores.reshape(-1, width), gold.reshape(-1))
        rel = model.rel_scores(v, gold.clamp(min=0))
        add("rel", rel.reshape(-1, rel.shape[2]), batch["rel"][rows].reshape(-1))
    if "srl_gold" in batch:
        at = batch["srl_at"]
        scores = model.srl_scores(vectors[1], at[:, 0], at[:, 1], argument_features(model, vectors, batch, labels))
        add("srl", scores.reshape(-1, scores.shape[2]), batch["srl_gold"].reshape(-1))
    if "roleset_gold" in batch:
        at = batch["roleset_at"]
        add("roleset", model.roleset_scores(vectors[1], at[:, 0], at[:, 1], batch["roleset_candidates"]),
            batch["roleset_gold"])
    return result


class Average:
    """Exponential moving average of all weights, updated every AVERAGE_EVERY steps."""

    def __init__(self, model):
        self.weights = {k: v.detach().clone() for k, v in model.state_dict().items()}
        self.updates = 0

    @torch.no_grad()
    def update(self, model):
        self.updates += 1
        decay = min(AVERAGE_DECAY, self.updates / (self.updates + 9.0))
        for name, value in model.state_dict().items():
            self.weights[name].lerp_(value, 1.0 - decay)


def rate(step, warmup, total, spent):
    """Share of the peak learning rate: linear up, then linear down to 1 %; spent is the share of the time that is gone."""
    if step < warmup:
        return (step + 1) / warmup
    return max(0.01, min((total - step) / max(1, total - warmup), 1.0 - spent))


def optimisers(model, args):
    encoder = [p for n, p in model.encoder.named_parameters() if n != "word.weight"]
    inner = {id(p) for p in encoder} | {id(model.encoder.word.weight)}
    heads = [p for p in model.parameters() if id(p) not in inner]
    dense = torch.optim.AdamW([{"params": encoder, "lr": args.encoder_rate}, {"params": heads, "lr": args.head_rate}],
                              weight_decay=0.01, betas=(0.9, 0.98))
    sparse = torch.optim.SparseAdam([{"params": [model.encoder.word.weight], "lr": args.encoder_rate}],
                                    betas=(0.9, 0.98))
    for optimiser in (dense, sparse):
        for entry in optimiser.param_groups:
            entry["peak"] = entry["lr"]
    return [dense, sparse]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", required=True)
    parser.add_argument("--encoder", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--init", help="checkpoint or model file to start from instead of the plain encoder")
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--pieces", type=int, default=1200, help="word pieces a batch")
    parser.add_argument("--encoder-rate", type=float, default=1e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--save-minutes", type=float, default=10)
    parser.add_argument("--evaluate-every", type=int, default=2, help="epochs between measurements on dev")
    parser.add_argument("--quantised-from", type=int, default=10**6, help="first epoch with 8-bit rounding imitated")
    parser.add_argument("--minutes", type=float, default=1e9,
                        help="time within which to end; the rate falls faster when the epochs would take longer")
    parser.add_argument("--frames-from", type=int, default=3,
                        help="first epoch that learns arguments from the frames' examples, whose heads the network "
                        "itself finds inside the annotated spans")
    parser.add_argument("--shares", default="", help="source=share,... overrides")
    parser.add_argument("--max-steps", type=int, default=10**9, help="stop early (a test of the machinery)")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    random.seed(args.seed)
    os.makedirs(args.out, exist_ok=True)
    with open(args.examples, "rb") as file:
        data = pickle.load(file)
    shares = dict(SHARES, **{k: float(v) for k, v in (s.split("=") for s in args.shares.split(",") if s)})
    with open(os.path.join(os.path.dirname(args.encoder), "tokenizer.json"), encoding="utf-8") as file:
        vocab = json.load(file)["model"]["vocab"]
    vocab = [p for p, _ in sorted(vocab.items(), key=lambda x: x[1])]
    pieces, labels = WordPiece(vocab), Labels(data)
    model = Reader(data["labels"], len(data["rolesets"]), len(vocab))
    load_encoder(model, args.encoder)
    if args.init:
        if args.init.endswith(".rlm"):
            load_model_file(model, args.init, labels)
        else:
            model.load_state_dict(torch.load(args.init)["average"])
    steps_per_epoch = len(group(epoch_examples(data["train"], shares, epoch_rng(args.seed, 0)), pieces, args.pieces))
    total = steps_per_epoch * args.epochs
    opts = optimisers(model, args)
    average, epoch, done, step, spent, frame_args = Average(model), 0, 0, 0, 0.0, {}
    last = os.path.join(args.out, "last.pt")
    if os.path.exists(last):
        state = torch.load(last)
        model.load_state_dict(state["model"])
        average.weights, average.updates = state["average"], state["updates"]
        for optimiser, saved in zip(opts, state["optimisers"]):
            optimiser.load_state_dict(saved)
        torch.set_rng_state(state["rng"])
        epoch, done, step, spent = state["epoch"], state["done"], state["step"], state["minutes"]
        frame_args = state["frame_args"]

    log = open(os.path.join(args.out, "log.jsonl"), "a", encoding="utf-8")

    def note(**entry):
        print(json.dumps(entry), file=log, flush=True)
        print(json.dumps(entry), flush=True)

    def save(epoch, done):
        state = {"model": model.state_dict(), "average": average.weights, "updates": average.updates,
                 "optimisers": [o.state_dict() for o in opts], "rng": torch.get_rng_state(), "epoch": epoch,
                 "done": done, "step": step, "minutes": minutes(), "frame_args": frame_args,
                 "labels": data["labels"]}
        torch.save(state, last + ".new")
        os.replace(last + ".new", last)

    note(event="start", steps_per_epoch=steps_per_epoch, total=total, epoch=epoch, step=step, options=vars(args))
    saved_at = started = time.time()

    def minutes():
        return spent + (time.time() - started) / 60

    for number, example in enumerate(data["train"]):
        example["number"] = number
    while epoch < args.epochs and step < args.max_steps and minutes() < args.minutes:
        quantise(model, epoch >= args.quantised_from)
        rng = epoch_rng(args.seed, epoch)
        chosen = epoch_examples(data["train"], shares, rng)
        if epoch >= args.frames_from:
            find_argument_heads(model, chosen, labels, pieces, frame_args)
        groups = group(chosen, pieces, args.pieces, rng)
        sums, words, mark = {}, 0, time.time()
        for number, examples in enumerate(groups):
            if number < done:
                continue
            model.train()
            batch = make_batch(examples, labels, pieces, random.Random((args.seed, epoch, number).__repr__()),
                               recase_rate=0.08, unk_rate=0.02)
            found = losses(model, batch, labels)
            loss = sum(TASK_WEIGHT[name] * value for name, value in found.items())
            for optimiser in opts:
                optimiser.zero_grad(set_to_none=True)
                for entry in optimiser.param_groups:
                    entry["lr"] = entry["peak"] * rate(
                        step, max(1, min(total // 20, steps_per_epoch)), total, minutes() / args.minutes)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([p for g in opts[0].param_groups for p in g["params"]], 2.0)
            for optimiser in opts:
                optimiser.step()
            step += 1
            if step % AVERAGE_EVERY == 0:
                average.update(model)
            for name, value in found.items():
                sums[name] = sums.get(name, 0.0) + value.item()
            words += batch["num_words"]
            if step % 50 == 0:
                now = time.time()
                note(step=step, epoch=epoch, words_per_second=round(words / (now - mark)),
                     minutes=round(minutes(), 1), loss={k: round(v / 50, 4) for k, v in sums.items()})
                sums, words, mark = {}, 0, now
            if step >= args.max_steps or minutes() >= args.minutes:
                break
            if time.time() - saved_at > args.save_minutes * 60:
                save(epoch, number + 1)
                saved_at = time.time()
        epoch, done = epoch + 1, 0
        save(epoch, 0)
        saved_at = time.time()
        if epoch % args.evaluate_every == 0 or epoch == args.epochs or minutes() >= args.minutes:
            kept = {k: v.clone() for k, v in model.state_dict().items()}
            model.load_state_dict(average.weights)
            begun = time.time()
            figures = evaluate(model, data["dev"], labels, data, pieces)
            note(event="dev", epoch=epoch, seconds=round(time.time() - begun), figures=figures)
            model.load_state_dict(kept)
    note(event="end", minutes=round(minutes(), 1))


if __name__ == "__main__":
    main()
