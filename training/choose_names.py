"""Chooses how the name taggers are merged: python3 training/choose_names.py --driver BUILD/tests/reader_driver [--model FILE] [--data DIR]

The runtime merges the spans of three taggers (importers/text/reader/names.cpp): each votes with its weight times its
probability, and a span needs a share of all weights. This program runs the taggers over the train portions of GUM (news,
interview, biography, speech) and of UNER EWT, tries a grid of weights and shares, and prints the best by the sum of both F1
(persons, organisations, places; exact spans, without titles before persons), each with its F1 on the dev portions. The weight of `ner` is 1.

The taggers were trained on these texts, so their probabilities are higher than on others; the order of settings is what counts.
Standard library only.
"""
import argparse
import glob
import itertools
import os
import pathlib
import subprocess
import sys
from collections import Counter

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "scripts"))
import evaluate_reader as reader  # noqa: E402

KINDS = {"PER": "person", "ORG": "organization", "LOC": "place", "politician": "person", "politicalparty": "organization",
         "organisation": "organization", "location": "place", "country": "place", "person": "person",
         "organization": "organization", "place": "place"}
FINE = (0, 0.25, 0.5, 0.75, 1)
GUM = (0.75, 1, 1.25, 1.5, 2)
SHARES = (0.15, 0.2, 0.25, 0.3, 0.35)


def run(arguments, paths):
    """[(rows, [(first, last, kind, tagger, probability)])] of all sentences."""
    command = [arguments.driver, arguments.model, "gold", *paths]
    out = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")
    sentences, pending = [], []
    for comments, rows, _ in reader.sentences(out.split("\n")):
        for comment in comments:
            if comment.startswith("# names "):
                tagger, rest = comment[8:].split(" = ")
                number, begin, end, kind, probability = rest.split(" ")
                pending.append((len(sentences) + int(number), int(begin), int(end) - 1, KINDS.get(kind, "other"), tagger, float(probability)))
        sentences.append((rows, []))
    for number, first, last, kind, tagger, probability in pending:
        rows = sentences[number][0]
        while kind == "person" and first <= last and rows[first][7] == "nmod:desc" and int(rows[first][6]) - 1 > first:
            first += 1
        if first <= last:
            sentences[number][1].append((first, last, kind, tagger, probability))
    return sentences


def gum(arguments, part):
    paths = [path for path in sorted(glob.glob(f"{arguments.data}/gum/{part}/*.conllu")) if reader.GUM_NAMES.match(os.path.basename(path))]
    gold = [sentence for path in paths for sentence in reader.read(path)]
    result = []
    for (_, rows, _), (_, votes) in zip(gold, run(arguments, paths)):
        head = [int(row[6]) for row in rows]
        names, right, taken = set(), set(), set()
        for first, last, kind in reader.gum_mentions(rows):
            at = reader.span_head(head, first, last)
            if rows[at][4] in reader.NAME_TAGS:
                start, end = reader.name_core(rows, at, first, last)
                names.add((start - end, start, end, kind))
        for _, start, end, kind in sorted(names):
            if not taken & set(range(start, end + 1)):
                taken |= set(range(start, end + 1))
                right.add(reader.without_title(rows, start, end, kind))
        result.append((right, votes))
    return result


def ewt(arguments, part):
    path = f"{arguments.data}/ud-ewt/en_ewt-ud-{part}.conllu"
    uner = reader.read_uner(f"{arguments.data}/uner-ewt/en_ewt-ner-{part}.iob2")
    result = []
    for (comments, _, _), (_, votes) in zip(reader.read(path), run(arguments, [path])):
        name = reader.sent_id_of(comments)
        if name in uner:
            result.append(({(first, last, KINDS[kind]) for first, last, kind in uner[name]}, votes))
    return result


def merge(votes, weights, share):
    """As merge_names of importers/text/reader/names.cpp, nationalities aside."""
    groups, taken, names = {}, set(), set()
    for first, last, kind, tagger, probability in votes:
        groups.setdefault((first, last), Counter())[kind] += weights[tagger] * probability
    least = share * sum(weights.values())
    for (first, last), kinds in sorted(groups.items(), key=lambda item: (-sum(item[1].values()), item[0][0] - item[0][1], item[0][0])):
        if sum(kinds.values()) < least:
            break
        if not taken & set(range(first, last + 1)):
            taken |= set(range(first, last + 1))
            names.add((first, last, max(sorted(kinds), key=lambda kind: kinds[kind])))
    return names


def f1(texts, weights, share):
    right = made = gold = 0
    for wanted, votes in texts:
        wanted = {name for name in wanted if name[2] in reader.TO_UNER}
        found = {name for name in merge(votes, weights, share) if name[2] in reader.TO_UNER}
        right, made, gold = right + len(wanted & found), made + len(found), gold + len(wanted)
    return 200.0 * right / max(1, made + gold)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--driver", required=True)
    parser.add_argument("--model", default="models/reader.rlm")
    parser.add_argument("--data", default="../shared/data")
    arguments = parser.parse_args()
    if not os.path.isdir(arguments.data + "/gum"):
        print(f"choose_names: skipped, there is no {arguments.data}/gum")
        return
    train = [gum(arguments, "train"), ewt(arguments, "train")]
    dev = [gum(arguments, "dev"), ewt(arguments, "dev")]
    settings = []
    for fine, own, share in itertools.product(FINE, GUM, SHARES):
        weights = {"ner": 1, "ner_fine": fine, "gum_name": own}
        scores = [f1(texts, weights, share) for texts in train]
        settings.append((sum(scores), fine, own, share, *scores))
    print("ner_fine  gum_name  share   train: GUM   EWT   dev: GUM   EWT")
    for _, fine, own, share, first, second in sorted(settings, reverse=True)[:15]:
        weights = {"ner": 1, "ner_fine": fine, "gum_name": own}
        print(f"{fine:8}  {own:8}  {share:5}   {first:10.1f} {second:5.1f} {f1(dev[0], weights, share):10.1f} {f1(dev[1], weights, share):5.1f}")


if __name__ == "__main__":
    main()
