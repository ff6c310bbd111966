"""One temperature per head, fitted on dev so that probabilities match how often the head is right."""
import torch
from torch.nn import functional as F

from batches import IGNORE, group, make_batch
from evaluate import argument_features
from model import IN_CONTEXT, TAGGERS, quantise
from sequences import marginals

HEADS = list(TAGGERS) + ["arc", "rel", "srl", "roleset"]


@torch.no_grad()
def collect(model, dev, labels, pieces):
    """head -> list of (logits, gold) over the dev examples, with 8-bit arithmetic imitated.

    Of a tagger in context these are [sentence, word, label] and [sentence, word] with IGNORE after a sentence's end.
    """
    rows = {head: [] for head in HEADS}
    quantise(model, True)
    model.eval()
    for examples in group(dev, pieces, 3000):
        batch = make_batch(examples, labels, pieces)
        vectors = model.vectors(batch)
        for head, (mix, _) in TAGGERS.items():
            if head in batch and head in IN_CONTEXT:
                known = (batch[head] != IGNORE).any(1)
                scores = model.taggers[head](vectors[mix][known], batch["lengths"][known], batch["marks"][known])
                rows[head].append((scores[:, 1:], batch[head][known][:, 1:]))
            elif head in batch:
                known = batch[head] != IGNORE
                rows[head].append((model.taggers[head](vectors[mix][known]), batch[head][known]))
        if "head" in batch:
            trees = (batch["head"][:, 1] != IGNORE).nonzero()[:, 0]
            gold, v = batch["head"][trees], vectors[0][trees]
            width = gold.shape[1]
            outside = torch.arange(width)[None, :] > batch["lengths"][trees][:, None]
            scores = model.arc_scores(v).masked_fill(outside[:, None, :], -1e9)
            known = gold != IGNORE
            # Every sentence's rows have the batch's width; batches differ, so pad to a common one.
            rows["arc"].append((F.pad(scores[known], (0, 256 - width), value=-1e9), gold[known]))
            rel = model.rel_scores(v, gold.clamp(min=0))
            known = batch["rel"][trees] != IGNORE
            rows["rel"].append((rel[known], batch["rel"][trees][known]))
        if "srl_gold" in batch:
            at = batch["srl_at"]
            known = batch["srl_gold"] != IGNORE
            features = argument_features(model, vectors, batch, labels)
            rows["srl"].append((model.srl_scores(vectors[1], at[:, 0], at[:, 1], features)[known],
                                batch["srl_gold"][known]))
        if "roleset_gold" in batch:
            at, members = batch["roleset_at"], batch["roleset_candidates"]
            scores = model.roleset_scores(vectors[1], at[:, 0], at[:, 1], members)
            rows["roleset"].append((F.pad(scores, (0, 256 - scores.shape[1]), value=-1e9), batch["roleset_gold"]))
    quantise(model, False)
    return rows


def probabilities(model, head, rows, labels, temperature):
    """(probability of each label, gold) of all items of a head, as the runtime computes them with this temperature."""
    if head not in IN_CONTEXT:
        logits, gold = torch.cat([r[0] for r in rows]), torch.cat([r[1] for r in rows])
        return F.softmax(logits / temperature, -1), gold
    found, golds = [], []
    for scores, gold in rows:
        known = gold != IGNORE
        found.append(marginals(scores / temperature, known, model.taggers[head].transitions / temperature,
                               labels.names[head])[known])
        golds.append(gold[known])
    return torch.cat(found), torch.cat(golds)


def fit(model, head, rows, labels):
    """Temperature with the least negative log-likelihood, by golden-section search of its logarithm."""
    def cost(log_t):
        found, gold = probabilities(model, head, rows, labels, torch.tensor(log_t).exp())
        return F.nll_loss(found.clamp(min=1e-30).log(), gold).item()
    low, high, ratio = -1.5, 1.5, 0.6180339887
    a, b = high - ratio * (high - low), low + ratio * (high - low)
    fa, fb = cost(a), cost(b)
    for _ in range(14):
        if fa < fb:
            high, b, fb = b, a, fa
            a = high - ratio * (high - low)
            fa = cost(a)
        else:
            low, a, fa = a, b, fb
            b = low + ratio * (high - low)
            fb = cost(b)
    return float(torch.tensor((low + high) / 2).exp())


def temperatures(model, dev, labels, pieces):
    """Head -> temperature (1 for a head that dev says nothing about)."""
    result = {}
    for head, rows in collect(model, dev, labels, pieces).items():
        result[head] = fit(model, head, rows, labels) if rows else 1.0
    return result


def reliability(model, dev, labels, pieces, calibration, bins=(0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)):
    """Head -> [(upper edge, share of decisions, mean probability, share right)] of the best label's probability."""
    table = {}
    for head, rows in collect(model, dev, labels, pieces).items():
        if not rows:
            continue
        found, gold = probabilities(model, head, rows, labels, calibration[head])
        top, best = found.max(-1)
        right = (best == gold).float()
        lower, lines = 0.0, []
        for upper in bins:
            inside = (top >= lower) & (top < upper)
            if inside.any():
                lines.append((min(upper, 1.0), inside.float().mean().item(), top[inside].mean().item(),
                              right[inside].mean().item()))
            lower = upper
        table[head] = lines
    return table
