"""What the tree says of a predicate and a word: the code of the way between them, and the word's preposition or marker.

The runtime computes the same codes (importers/text/reader/argument_features.cpp, docs/model_format.md).
"""
import numpy as np

FAR = 6  # words with no short way: by side and distance


def num_paths(relations):
    return 1 + 2 * relations + 4 * relations * relations + FAR


def path_codes(heads, rels, predicate, relations):
    """Code of every word (0-based array) seen from the word `predicate` (0-based).

    heads: head of each word, 0 = root, words count from 1; rels: number of each word's relation.
    0: the predicate itself. Then, first that holds: a dependent; the head; a word with the same head (predicate's relation x
    word's); a dependent's dependent (middle relation x word's); the head's head; a dependent of the head's head; far.
    """
    n, r, p = len(heads), relations, predicate + 1
    heads, rels = np.asarray(heads), np.asarray(rels)
    padded_heads, padded_rels = np.concatenate([[0], heads]), np.concatenate([[0], rels])
    numbers = np.arange(1, n + 1)
    own, above = int(heads[predicate]), 0
    if own:
        above = int(padded_heads[own])
    distance = np.abs(numbers - p)
    codes = 1 + 2 * r + 4 * r * r + (numbers > p) * 3 + (distance > 3) + (distance > 8)
    square = 1 + 2 * r
    own_rel = int(rels[predicate])
    if above:
        codes = np.where(heads == above, square + 3 * r * r + own_rel * r + rels, codes)
        codes[above - 1] = square + 2 * r * r + own_rel * r + int(padded_rels[own])
    up = padded_heads[heads]
    codes = np.where((up == p) & (heads > 0), square + r * r + padded_rels[heads] * r + rels, codes)
    if own:
        codes = np.where(heads == own, square + own_rel * r + rels, codes)
        codes[own - 1] = 1 + r + own_rel
    codes = np.where(heads == p, 1 + rels, codes)
    codes[predicate] = 0
    return codes


def case_codes(words, heads, rels, case_rels, index):
    """Code of every word: 2 x the number of its first case or marker child (0: none, 1: one not in the index)."""
    codes = [0] * len(words)
    for i, (word, head, rel) in enumerate(zip(words, heads, rels)):
        if rel in case_rels and head > 0 and codes[head - 1] == 0:
            codes[head - 1] = 2 * index.get(word.lower(), 1)
    return np.asarray(codes)
