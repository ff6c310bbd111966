"""Tests of the parts of training that need no weights: python3 -m unittest discover -s training -p 'test_*.py'"""
import itertools
import os
import sys
import unittest

import numpy as np
import torch

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import name_lists  # noqa: E402
from decode import best_bio, bio_spans, choose_arguments, maximum_tree  # noqa: E402
from paths import case_codes, path_codes  # noqa: E402
from prepare import gum_mentions, io_to_bio, name_core, span_head  # noqa: E402
from sequences import marginals, sequence_loss  # noqa: E402
from text import WordPiece, apply_script, lemma_script, shape  # noqa: E402


def is_tree(heads):
    for i in range(len(heads)):
        seen = set()
        while i != -1:
            if i in seen:
                return False
            seen.add(i)
            i = heads[i] - 1
    return sum(1 for h in heads if h == 0) == 1


class Trees(unittest.TestCase):
    def test_maximum_tree_is_the_best_of_all_single_rooted_trees(self):
        rng = np.random.default_rng(5)
        for n in (1, 2, 3, 4, 5):
            for _ in range(40 if n < 5 else 10):
                scores = rng.normal(size=(n + 1, n + 1))
                scores[:, 0] += rng.choice([0, 3])
                trees = (t for t in itertools.product(range(n + 1), repeat=n) if is_tree(t))
                best = max(sum(scores[d + 1, h] for d, h in enumerate(t)) for t in trees)
                found = maximum_tree(scores)
                self.assertTrue(is_tree(found), found)
                self.assertAlmostEqual(sum(scores[d + 1, h] for d, h in enumerate(found)), best, places=9)


class Labels(unittest.TestCase):
    def test_inside_never_follows_outside(self):
        labels = ["O", "B-X", "I-X", "B-Y", "I-Y"]
        scores = np.array([[1.0, 0.2, 2.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0, 2.0], [0.0, 1.0, 3.0, 0.0, 0.0]])
        self.assertEqual(best_bio(scores, labels), ["O", "B-X", "I-X"])

    def test_transitions_turn_the_best_sequence(self):
        labels = ["O", "B-X", "I-X"]
        scores = np.array([[0.0, 1.0, 0.0], [0.0, 0.5, 0.4]])
        self.assertEqual(best_bio(scores, labels), ["B-X", "B-X"])
        self.assertEqual(best_bio(scores, labels, np.array([[0, 0, 0], [0, 0, 0.5], [0, 0, 0]])), ["B-X", "I-X"])

    def test_likelihood_and_marginals_are_those_of_all_sequences(self):
        labels, rng = ["O", "B-X", "I-X", "B-Y", "I-Y"], torch.Generator().manual_seed(3)
        scores, transitions = torch.randn(1, 4, 5, generator=rng), torch.randn(5, 5, generator=rng)
        gold, total, marginal = (1, 2, 0, 3), 0.0, torch.zeros(4, 5)
        allowed = [p for p in itertools.product(range(5), repeat=4) if labels[p[0]][0] != "I"
                   and all(labels[b][0] != "I" or labels[a][2:] == labels[b][2:] for a, b in zip(p, p[1:]))]

        def weight(path):
            return float(torch.exp(sum(scores[0, i, l] for i, l in enumerate(path))
                                   + sum(transitions[a, b] for a, b in zip(path, path[1:]))))
        for path in allowed:
            total += weight(path)
            for i, label in enumerate(path):
                marginal[i, label] += weight(path)
        padded, mask = torch.cat([scores, torch.randn(1, 2, 5, generator=rng)], 1), torch.tensor([[True] * 4 + [False] * 2])
        loss = sequence_loss(padded, torch.tensor([[*gold, -100, -100]]), mask, transitions, labels)
        self.assertAlmostEqual(float(loss), -np.log(weight(gold) / total), places=4)
        found = marginals(padded, mask, transitions, labels)[0, :4]
        self.assertLess(float((found - marginal / total).abs().max()), 1e-5)
        free = sequence_loss(padded, torch.full((1, 6), -100), mask, transitions, labels)
        self.assertAlmostEqual(float(free), 0.0, places=4)

    def test_spans(self):
        self.assertEqual(bio_spans(["B-X", "I-X", "B-X", "O", "B-Y"]), {(0, 1, "X"), (2, 2, "X"), (4, 4, "Y")})
        self.assertEqual(io_to_bio(["I-X", "I-X", "O", "I-Y", "I-X"]), ["B-X", "I-X", "O", "B-Y", "B-X"])

    def test_core_role_goes_to_its_best_word_only(self):
        roles = ["none", "ARG0", "ARGM-TMP"]
        scores = np.array([[0.0, 3.0, 0.1], [0.0, 2.0, 1.0], [0.0, 9.0, 9.0], [0.0, -1.0, 1.0]])
        self.assertEqual(choose_arguments(scores, roles, 2), [(0, "ARG0"), (1, "ARGM-TMP"), (3, "ARGM-TMP")])


class Lists(unittest.TestCase):
    def test_marks_of_names_in_lists(self):
        self.assertEqual(name_lists.name_hash(["A"]), 0xE40C292C)  # FNV-1a of "a"
        table = {name_lists.name_hash(n.split()): bits for n, bits in
                 (("new york", 1), ("york", 2), ("new york times", 4), ("paris", 3))}
        found = name_lists.marks("He left New York for New York Times and Paris , paris".split(), table)
        self.assertEqual(found, [0, 0, 256, 2 + 256, 0, 1024, 2 + 1024, 1024, 0, 3, 0, 0])
        self.assertEqual(name_lists.words_of("Bosnia-Herzegovina"), ["Bosnia", "-", "Herzegovina"])


class Ways(unittest.TestCase):
    def test_codes_of_ways_in_the_tree(self):
        # "rebels who fled said they left" : fled hangs on rebels, left on said
        heads, rels = [4, 3, 1, 0, 6, 4], [0, 0, 1, 2, 0, 3]  # nsubj, acl, root, ccomp
        r, s = 4, 1 + 2 * 4
        self.assertEqual(path_codes(heads, rels, 2, r).tolist(),
                         [1 + r + 1, 1 + 0, 0, s + 2 * r * r + 1 * r + 0, s + 4 * r * r + 3, s + 3 * r * r + 1 * r + 3])
        self.assertEqual(path_codes(heads, rels, 3, r).tolist(),
                         [1 + 0, s + 4 * r * r, s + r * r + 0 * r + 1, 0, s + r * r + 3 * r + 0, 1 + 3])
        self.assertEqual(path_codes(heads, rels, 5, r).tolist()[0], s + 3 * r + 0)

    def test_first_marker_counts(self):
        self.assertEqual(case_codes(["Out", "of", "Oslo", "now"], [3, 3, 0, 3], [7, 7, 1, 2], {7}, {"out": 5}).tolist(),
                         [0, 0, 10, 0])
        self.assertEqual(case_codes(["amid", "war"], [2, 0], [7, 1], {7}, {}).tolist(), [0, 2])


class Words(unittest.TestCase):
    def test_lemma_scripts_rebuild_the_lemma(self):
        for form, lemma in (("Cities", "city"), ("NASA", "NASA"), ("nasa", "NASA"), ("McDonalds", "McDonald"),
                            ("bush", "Bush"), ("were", "be"), ("1,200", "1200"), ("'s", "be")):
            self.assertEqual(apply_script(form, lemma_script(form, lemma)), lemma)
        self.assertEqual(lemma_script("1,200", "1200"), "N|0|")
        self.assertEqual(apply_script("a", "L|5|be"), "be")

    def test_shapes(self):
        words = {"dog": 0, "Dog": 1, "U.S.": 2, "A": 3, "McX": 4, "3,5": 5, "MH17": 6, "--": 7, "é": 0, "Ж": 8, "€": 7,
                 "": 8, "’s": 0}
        self.assertEqual({w: shape(w) for w in words}, words)

    def test_pieces(self):
        pieces = WordPiece(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "un", "##known", "'", "s", "cafe"])
        self.assertEqual(pieces.pieces("Unknown"), [4, 5])
        self.assertEqual(pieces.pieces("’s"), [6, 7])
        self.assertEqual(pieces.pieces("Café"), [8])
        self.assertEqual(pieces.pieces("zz"), [1])
        self.assertEqual(len(pieces.pieces("''''''''''")), 6)


class Mentions(unittest.TestCase):
    @staticmethod
    def rows(*words):
        return [["_", form, "_", "_", tag, "_", "_", "_", "_", misc] for form, tag, misc in words]

    def test_nested_mentions(self):
        rows = self.rows(("the", "DT", "Entity=(1-person-new-x"), ("king", "NN", "_"), ("of", "IN", "_"),
                         ("Spain", "NNP", "Entity=(2-place-new-x-Spain)1)"))
        self.assertEqual(sorted(gum_mentions(rows)), [(0, 3, "person"), (3, 3, "place")])

    def test_head_of_a_span_is_the_word_governed_from_outside(self):
        self.assertEqual(span_head([2, 0, 2, 5, 3], 2, 4), 2)

    def test_name_is_cut_to_its_proper_core(self):
        rows = self.rows(("the", "DT", "_"), ("Bank", "NNP", "_"), ("of", "IN", "_"), ("the", "DT", "_"),
                         ("West", "NNP", "_"), ("in", "IN", "_"), ("Rome", "NNP", "_"))
        self.assertEqual(name_core(rows, 1, 0, 6), (1, 4))


if __name__ == "__main__":
    unittest.main()
