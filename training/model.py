"""The reader network: one BERT-shaped encoder and small heads over words (see docs/model_format.md).

Every matrix product that the runtime does in 8 bits goes through Linear, which can imitate that arithmetic
(`quantise(model, True)`): weights symmetric per output row, activations symmetric per input row.
"""
import json
import struct

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from name_lists import MARKS
from paths import num_paths
from text import NUM_SHAPES

LAYERS, WIDTH, ATTENTION_HEADS, FFN = 6, 384, 12, 1536
# name -> (mix group, hidden width; 0 = plain linear)
TAGGERS = {
    "upos": (0, 0), "xpos": (0, 0), "feats": (0, 0), "lemma": (0, 256),
    "ner": (1, 192), "ner_fine": (1, 128), "gum_name": (1, 128), "mention": (1, 128),
    "predicate": (1, 64), "deverbal": (1, 64),
}
# Taggers that see which lists of names a word is in, with a second hidden layer over the word and its two neighbours and a score
# for each pair of labels in a row.
IN_CONTEXT = ("ner",)
ARC_WIDTH, REL_WIDTH, SRL_WIDTH, ROLESET_WIDTH = 256, 96, 128, 96
CORE_ROLES = ["ARG%d" % i for i in range(6)]
MIX_GROUPS = 2


def round_rows(x):
    """x as the runtime sees it after 8-bit rounding with one scale per row (last axis)."""
    scale = x.abs().amax(-1, keepdim=True) / 127.0
    scale = torch.where(scale > 0, scale, torch.ones_like(scale))
    return torch.round(x / scale).clamp(-127, 127) * scale


class Dropout(nn.Module):
    """Dropout of whole features of a sentence: one mask for all its positions (cheaper to draw, and as good here)."""

    def __init__(self, rate):
        super().__init__()
        self.rate = rate

    def forward(self, x):
        if not self.training or self.rate == 0:
            return x
        kept = torch.rand(x.shape[0], *[1] * (x.dim() - 2), x.shape[-1]) >= self.rate
        return x * (kept.float() / (1.0 - self.rate))


class Linear(nn.Linear):
    """Linear layer that can imitate 8-bit arithmetic, with straight-through gradients."""

    quantised = False

    def forward(self, x):
        if not self.quantised:
            return F.linear(x, self.weight, self.bias)
        weight = self.weight + (round_rows(self.weight) - self.weight).detach()
        return F.linear(x + (round_rows(x) - x).detach(), weight, self.bias)


class Layer(nn.Module):
    def __init__(self, dropout):
        super().__init__()
        self.q, self.k, self.v, self.o = (Linear(WIDTH, WIDTH) for _ in range(4))
        self.ff1, self.ff2 = Linear(WIDTH, FFN), Linear(FFN, WIDTH)
        self.ln1, self.ln2 = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = Dropout(dropout)

    def forward(self, x, mask):
        batch, length, _ = x.shape
        q, k, v = (m(x).view(batch, length, ATTENTION_HEADS, -1).transpose(1, 2) for m in (self.q, self.k, self.v))
        scores = torch.matmul(q, k.transpose(2, 3)) * (1.0 / (WIDTH // ATTENTION_HEADS) ** 0.5) + mask
        context = torch.matmul(torch.softmax(scores, -1), v).transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.ln1(x + self.dropout(self.o(context)))
        return self.ln2(x + self.dropout(self.ff2(F.gelu(self.ff1(x)))))


class Encoder(nn.Module):
    """Pieces and shapes to word vectors, one tensor per mix group."""

    def __init__(self, vocab_size, positions, dropout):
        super().__init__()
        self.word = nn.Embedding(vocab_size, WIDTH, sparse=True)
        self.position = nn.Embedding(positions, WIDTH)
        self.segment = nn.Parameter(torch.zeros(WIDTH))
        self.ln = nn.LayerNorm(WIDTH, eps=1e-12)
        self.shape_in = nn.Parameter(torch.randn(NUM_SHAPES, WIDTH) * 0.01)
        self.shape_out = nn.Parameter(torch.randn(MIX_GROUPS, NUM_SHAPES, WIDTH) * 0.01)
        self.mix = nn.Parameter(torch.zeros(MIX_GROUPS, LAYERS + 1))
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = Dropout(dropout)
        self.quantised = False

    def forward(self, batch):
        words = self.word(batch["pieces"])
        if self.quantised:
            words = round_rows(words)
        length = batch["pieces"].shape[1]
        x = self.dropout(self.ln(words + self.position.weight[:length] + self.segment) + self.shape_in[batch["shapes"]])
        mask = (batch["pieces"] == batch["pad"]).float()[:, None, None, :] * -1e9
        first = batch["first"][:, :, None].expand(-1, -1, WIDTH)
        kept = [x.gather(1, first)]
        for layer in self.layers:
            x = layer(x, mask)
            kept.append(x.gather(1, first))
        stacked = torch.stack(kept)
        weights = torch.softmax(self.mix, -1)
        return [torch.einsum("l,lbwd->bwd", weights[g], stacked) + self.shape_out[g][batch["word_shapes"]]
                for g in range(MIX_GROUPS)]


class Tagger(nn.Module):
    def __init__(self, hidden, labels, in_context=False):
        super().__init__()
        self.l1 = Linear(WIDTH, hidden) if hidden else None
        self.lists = nn.Parameter(torch.zeros(hidden, MARKS)) if in_context else None
        self.l3 = Linear(3 * hidden, hidden) if in_context else None
        self.l2 = Linear(hidden or WIDTH, labels)
        self.transitions = nn.Parameter(torch.zeros(labels, labels)) if in_context else None  # [label, next label]
        self.dropout = Dropout(0.2)

    def forward(self, v, lengths=None, marks=None):
        """Scores of labels.

        A tagger in context needs whole sentences [batch, 1 + words, width], their lengths and the bits of the lists of names.
        """
        if not self.l1:
            return self.l2(v)
        hidden = self.l1(v)
        if self.l3:
            if self.training:  # now and then without lists: what is in none must be found too
                marks = marks * (torch.rand(marks.shape[0], 1, 1) >= 0.1).float()
            hidden = hidden + marks @ self.lists.t()
        hidden = self.dropout(F.relu(hidden))
        if self.l3:
            at = torch.arange(v.shape[1])[None, :]
            words = hidden * ((at > 0) & (at <= lengths[:, None])).unsqueeze(2).float()
            zero = torch.zeros_like(words[:, :1])
            window = torch.cat([torch.cat([zero, words[:, :-1]], 1), hidden, torch.cat([words[:, 1:], zero], 1)], 2)
            hidden = self.dropout(hidden + F.relu(self.l3(window)))
        return self.l2(hidden)

    def transition_table(self):
        return None if self.transitions is None else self.transitions.detach().numpy()


def with_one(x):
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)


class Biaffine(nn.Module):
    """Scores [left; 1]^T U_l [right; 1] of pairs of words; left and right are projections of the word vectors."""

    def __init__(self, width, labels):
        super().__init__()
        self.left, self.right = Linear(WIDTH, width), Linear(WIDTH, width)
        self.u = nn.Parameter(torch.zeros(labels, width + 1, width + 1))
        nn.init.normal_(self.u, std=0.02)
        self.dropout = Dropout(0.25)

    def project(self, v):
        return (with_one(self.dropout(F.relu(self.left(v)))), with_one(self.dropout(F.relu(self.right(v)))))


class Reader(nn.Module):
    def __init__(self, labels, num_rolesets, vocab_size, positions=512, dropout=0.1, head_dropout=0.3):
        super().__init__()
        self.encoder = Encoder(vocab_size, positions, dropout)
        self.taggers = nn.ModuleDict({n: Tagger(h, len(labels[n]), n in IN_CONTEXT) for n, (_, h) in TAGGERS.items()})
        self.arc = Biaffine(ARC_WIDTH, 1)
        self.rel = Biaffine(REL_WIDTH, len(labels["rel"]))
        self.srl = Biaffine(SRL_WIDTH, len(labels["srl"]))
        roles, functions = len(labels["srl"]), len(labels["srl_function"])
        self.core = [labels["srl"].index(role) for role in CORE_ROLES]
        self.srl_path = nn.Parameter(torch.zeros(num_paths(len(labels["rel"])), roles + functions))
        self.srl_case = nn.Parameter(torch.zeros(2 * len(labels["srl_case"]), roles + functions))
        self.roleset = Linear(WIDTH, ROLESET_WIDTH)
        self.roleset_embedding = nn.Parameter(torch.randn(num_rolesets, ROLESET_WIDTH) * 0.1)
        self.roleset_bias = nn.Parameter(torch.zeros(num_rolesets))
        self.head_dropout = Dropout(head_dropout)

    def vectors(self, batch):
        return [self.head_dropout(v) for v in self.encoder(batch)]

    def arc_scores(self, v):
        """[batch, words + 1] vectors (the first is the root) to scores [batch, dependent, head]."""
        dependent, head = self.arc.project(v)
        return torch.matmul(torch.matmul(dependent, self.arc.u[0]), head.transpose(1, 2))

    def rel_scores(self, v, heads):
        """Scores [batch, dependent, relation] at the given heads [batch, words + 1] (0 = root)."""
        dependent, head = self.rel.project(v)
        head = head.gather(1, heads[:, :, None].expand(-1, -1, head.shape[2]))
        labels, width, _ = self.rel.u.shape
        left = torch.matmul(dependent, self.rel.u.permute(1, 0, 2).reshape(width, labels * width))
        return torch.einsum("bwld,bwd->bwl", left.view(*dependent.shape[:2], labels, width), head)

    def srl_scores(self, v, sentence, word, features):
        """Scores [predicate, word, role] of the predicates at (sentence, word); words count from 1, 0 is the root.

        features: `path` and `case` [predicate, word] codes (paths.py) and `functions` [predicate, 6], what the predicate's
        roleset says of ARG0 to ARG5 (0: it has none such, which forbids the role).
        """
        predicate, argument = self.srl.project(v)
        labels, width, _ = self.srl.u.shape
        left = torch.matmul(predicate[sentence, word], self.srl.u.permute(1, 0, 2).reshape(width, labels * width))
        scores = torch.matmul(argument[sentence], left.view(-1, labels, width).transpose(1, 2))
        known = F.embedding(features["path"], self.srl_path) + F.embedding(features["case"], self.srl_case)
        functions = features["functions"][:, None, :].expand(-1, scores.shape[1], -1)
        core = known[:, :, labels:].gather(2, functions) + (functions == 0) * -1e4
        added = known[:, :, :labels]
        return scores + added.index_add(2, torch.tensor(self.core), core)

    def roleset_scores(self, v, sentence, word, candidates):
        """Scores [predicate, candidate] over a padded list of rolesets for each predicate (-1 = padding)."""
        query = self.roleset(v[sentence, word])
        embedding = self.roleset_embedding
        if self.encoder.quantised:
            embedding = round_rows(embedding)
        known = candidates.clamp(min=0)
        scores = torch.einsum("pd,pcd->pc", query, embedding[known]) + self.roleset_bias[known]
        return scores.masked_fill(candidates < 0, -1e9)


def quantise(model, on):
    """Switches imitation of 8-bit arithmetic on or off in the whole network."""
    for module in model.modules():
        if isinstance(module, (Linear, Encoder)):
            module.quantised = on


def read_safetensors(path):
    """name -> float32 array of a safetensors file (half or single precision tensors)."""
    with open(path, "rb") as file:
        size = struct.unpack("<Q", file.read(8))[0]
        header, body = json.loads(file.read(size)), file.read()
    kinds = {"F16": np.float16, "F32": np.float32}
    return {name: np.frombuffer(body[e["data_offsets"][0]:e["data_offsets"][1]], kinds[e["dtype"]])
            .reshape(e["shape"]).astype(np.float32)
            for name, e in header.items() if name != "__metadata__" and e["dtype"] in kinds}


def load_encoder(model, path):
    """Starts the encoder from BERT weights in a safetensors file."""
    tensors = {k: torch.from_numpy(v) for k, v in read_safetensors(path).items()}
    encoder = model.encoder
    with torch.no_grad():
        encoder.word.weight.copy_(tensors["embeddings.word_embeddings.weight"])
        encoder.position.weight.copy_(tensors["embeddings.position_embeddings.weight"][:encoder.position.num_embeddings])
        encoder.segment.copy_(tensors["embeddings.token_type_embeddings.weight"][0])
        encoder.ln.weight.copy_(tensors["embeddings.LayerNorm.weight"])
        encoder.ln.bias.copy_(tensors["embeddings.LayerNorm.bias"])
        for i, layer in enumerate(encoder.layers):
            prefix = "encoder.layer.%d." % i
            for target, name in ((layer.q, "attention.self.query"), (layer.k, "attention.self.key"),
                                 (layer.v, "attention.self.value"), (layer.o, "attention.output.dense"),
                                 (layer.ln1, "attention.output.LayerNorm"), (layer.ff1, "intermediate.dense"),
                                 (layer.ff2, "output.dense"), (layer.ln2, "output.LayerNorm")):
                target.weight.copy_(tensors[prefix + name + ".weight"])
                target.bias.copy_(tensors[prefix + name + ".bias"])
