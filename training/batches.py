"""Examples to tensors: labels to numbers, letter-case augmentation, batches of sentences of like length."""
import random

import torch

import name_lists
from model import CORE_ROLES, TAGGERS
from paths import case_codes, path_codes
from text import MAX_PIECES, SHAPE_MARK, lemma_script, shape

IGNORE = -100


class Labels:
    """Numbers of all labels, and the candidates of a predicate lemma."""

    def __init__(self, data):
        self.names = data["labels"]
        self.index = {head: {v: i for i, v in enumerate(values)} for head, values in self.names.items()}
        self.rolesets = data["rolesets"]
        self.name_lists = data["name_lists"]
        self.functions = data["roleset_functions"]
        self.any_function = [self.index["srl_function"]["any"]] * len(CORE_ROLES)
        self.case_rels = {self.index["rel"]["case"], self.index["rel"]["mark"]}
        self.roleset_index = {r: i for i, r in enumerate(self.rolesets)}
        self.candidates, lemmas_of = {}, {}
        for (lemma, _), members in data["roleset_lemmas"].items():
            self.candidates.setdefault(lemma, set()).update(members)
            for member in members:
                lemmas_of.setdefault(member, []).append(lemma)
        self.candidates = {lemma: sorted(members) for lemma, members in self.candidates.items()}
        self.lemmas_of = {member: sorted(set(lemmas)) for member, lemmas in lemmas_of.items()}
        kept = [(v, set(v.split("|"))) for v in self.names["feats"]]
        self._feats = {}
        self._kept_feats = kept

    def feats(self, value):
        """Class of a FEATS string; a rare one counts as the kept class that shares most with it."""
        if value not in self._feats:
            have = set(value.split("|"))
            self._feats[value] = max(range(len(self._kept_feats)), key=lambda i: (
                len(have & self._kept_feats[i][1]) - len(have ^ self._kept_feats[i][1]), -i))
        return self._feats[value]

    def argument_features(self, places, words, heads, rels, width):
        """Features of Reader.srl_scores for (sentence, word index, roleset name or None) places, over `width` columns.

        words: of each sentence; heads, rels: its tree (heads count from 1, relations by number).
        """
        path, case, functions, marks = [], [], [], {}
        for b, index, roleset in places:
            if b not in marks:
                marks[b] = case_codes(words[b], heads[b], rels[b], self.case_rels, self.index["srl_case"])
            direct = [int(h == index + 1) for h in heads[b]]
            path.append([0] + path_codes(heads[b], rels[b], index, len(self.names["rel"])).tolist())
            case.append([0] + [int(c) + d for c, d in zip(marks[b], direct)])
            number = self.roleset_index.get(roleset)
            functions.append(self.any_function if number is None else self.functions[number])
        return {"path": pad(path, 0, width), "case": pad(case, 0, width), "functions": torch.tensor(functions)}

    def roleset_candidates(self, roleset, lemma, form):
        """Rolesets among which a gold one is told apart: those of its lemma, or of the alias most like the form."""
        if lemma is None or roleset not in self.candidates.get(lemma, ()):
            form = form.lower()

            def alike(alias):
                n = 0
                while n < min(len(alias), len(form)) and alias[n] == form[n]:
                    n += 1
                return n, -len(alias)
            lemma = max(self.lemmas_of[roleset], key=alike)
        return self.candidates[lemma]

    def numbers(self, example, words):
        """Numbered labels of an example whose words may have been re-cased: head name -> list."""
        result = {}
        for head in TAGGERS:
            values = example.get(head)
            if values is None:
                continue
            if head == "lemma":
                values = [None if l is None else lemma_script(w, l) for w, l in zip(words, values)]
                result[head] = [self.index[head].get(v, IGNORE) for v in values]
            elif head == "feats":
                result[head] = [self.feats(v) for v in values]
            else:
                result[head] = [IGNORE if v is None else self.index[head][v] for v in values]
        if "head" in example:
            result["head"] = example["head"]
            result["rel"] = [self.index["rel"].get(v, IGNORE) for v in example["rel"]]
        return result


def recase(words, rng, rate):
    """Now and then a sentence wholly in lower case, capitals or title case."""
    draw = rng.random()
    if draw >= rate:
        return words
    if draw < rate * 0.35:
        return [w.lower() for w in words]
    if draw < rate * 0.6:
        return [w.upper() for w in words]
    small = {"a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "but", "by", "with", "from", "as", "'s"}
    return [w if i and w.lower() in small else w[:1].upper() + w[1:] for i, w in enumerate(words)]


def encode(words, pieces):
    """(piece ids, shapes of pieces, first piece of each word with 0 for the root, shapes of words)."""
    ids, shapes, first, word_shapes = [pieces.cls], [SHAPE_MARK], [0], [SHAPE_MARK]
    for word in words:
        s = shape(word)
        first.append(len(ids))
        word_shapes.append(s)
        for piece in pieces.pieces(word):
            ids.append(piece)
            shapes.append(s)
    ids.append(pieces.sep)
    shapes.append(SHAPE_MARK)
    return ids, shapes, first, word_shapes


def pad(rows, value, width=None):
    width = width or max(len(r) for r in rows)
    return torch.tensor([r + [value] * (width - len(r)) for r in rows], dtype=torch.long)


def mark_bits(marks):
    """Numbers of NameLists marks to vectors of their bits, as floats."""
    return (marks[..., None] >> torch.arange(name_lists.MARKS) & 1).float()


def make_batch(examples, labels, pieces, rng=None, recase_rate=0.0, unk_rate=0.0):
    """Tensors of a batch. With rng, words are re-cased at recase_rate and pieces hidden as [UNK] at unk_rate."""
    encoded, numbered, all_words = [], [], []
    for example in examples:
        words = recase(example["words"], rng, recase_rate) if rng else example["words"]
        ids, shapes, first, word_shapes = encode(words, pieces)
        if rng and unk_rate:
            ids = [pieces.unk if 0 < i < len(ids) - 1 and rng.random() < unk_rate else p for i, p in enumerate(ids)]
        encoded.append((ids, shapes, first, word_shapes))
        numbered.append(labels.numbers(example, words))
        all_words.append(words)
    width = max(len(w) for w in all_words) + 1
    batch = {
        "examples": examples, "words": all_words, "pad": pieces.pad,
        "pieces": pad([e[0] for e in encoded], pieces.pad), "shapes": pad([e[1] for e in encoded], 0),
        "first": pad([e[2] for e in encoded], 0, width), "word_shapes": pad([e[3] for e in encoded], 0, width),
        "marks": mark_bits(pad([[0] + name_lists.marks(w, labels.name_lists) for w in all_words], 0, width)),
        "lengths": torch.tensor([len(w) for w in all_words]), "num_words": sum(len(w) for w in all_words),
    }
    for head in list(TAGGERS) + ["head", "rel"]:
        if any(head in n for n in numbered):
            batch[head] = pad([[IGNORE] + n.get(head, []) for n in numbered], IGNORE, width)
    add_frames(batch, examples, labels, width)
    return batch


def add_frames(batch, examples, labels, width):
    rolesets, roles, with_args, names = [], [], [], []
    for b, example in enumerate(examples):
        for index, roleset, args in example.get("frames", ()):
            lemma = example["lemma"][index] if "lemma" in example else None
            if roleset in labels.roleset_index:
                number = labels.roleset_index[roleset]
                members = labels.roleset_candidates(number, lemma and lemma.lower(), example["words"][index])
                if len(members) > 1:
                    rolesets.append((b, index + 1, members, members.index(number)))
            if args is not None:
                row = [0] * (len(example["words"]) + 1) + [IGNORE] * (width - len(example["words"]) - 1)
                row[0] = IGNORE
                for head, role in args:
                    row[head + 1] = labels.index["srl"].get(role, 0)
                with_args.append((b, index + 1))
                names.append(roleset)
                roles.append(row)
    if rolesets:
        batch["roleset_at"] = torch.tensor([r[:2] for r in rolesets])
        batch["roleset_candidates"] = pad([r[2] for r in rolesets], -1)
        batch["roleset_gold"] = torch.tensor([r[3] for r in rolesets])
    if with_args:
        batch["srl_at"] = torch.tensor(with_args)
        batch["srl_gold"] = torch.tensor(roles)
        batch["srl_rolesets"] = names


def group(examples, pieces, budget, rng=None):
    """Lists of examples of like length, at most `budget` pieces (padding included) each; shuffled with rng."""
    sized = []
    for i, example in enumerate(examples):
        size = sum(len(pieces.pieces(w)) for w in example["words"]) + 2
        if size <= MAX_PIECES and example["words"]:
            sized.append((size + (rng.random() * 3 if rng else 0), i, size))
    sized.sort()
    groups, current, longest = [], [], 0
    for _, i, size in sized:
        if current and max(longest, size) * (len(current) + 1) > budget:
            groups.append(current)
            current, longest = [], 0
        current.append(examples[i])
        longest = max(longest, size)
    if current:
        groups.append(current)
    if rng:
        rng.shuffle(groups)
    return groups


def epoch_examples(train, shares, rng):
    """The examples of one epoch: every source at its share (1 = all), drawn without repetition."""
    by_source = {}
    for example in train:
        by_source.setdefault(example["source"], []).append(example)
    result = []
    for source in sorted(by_source):
        members = by_source[source]
        result.extend(rng.sample(members, min(len(members), round(len(members) * shares.get(source, 1.0)))))
    return result


def epoch_rng(seed, epoch):
    return random.Random(seed * 100003 + epoch)
