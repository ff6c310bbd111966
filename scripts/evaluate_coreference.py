#!/usr/bin/env python3
"""CoNLL score of coreference (mean F1 of MUC, B-cubed and CEAF-e) over a folder of GUM documents.

  evaluate_coreference.py DRIVER GUM_FOLDER [--singletons] [--entities]

DRIVER is the build's coreference_driver: it reads a CoNLL-U document with gold tokens and prints one mention a line,
"SENTENCE FIRST LAST CHAIN" (from 0, tokens inclusive): the chains of `relata analyze --stage chains`, or with --entities
what the graph takes for one. The gold mentions are GUM's Entity spans, and a mention counts when its span is exactly
the gold's. As CoNLL-2012 does on OntoNotes, mentions that stand alone are left out on both sides (--singletons keeps
them on both), and counts are summed over the documents. Standard library only. Skips with status 0 when the folder
is absent.
"""
import collections
import pathlib
import re
import subprocess
import sys


def gold_chains(path):
    """{entity: set of (sentence, first, last)} of one GUM document."""
    chains = collections.defaultdict(set)
    sentence, token, open_spans = -1, 0, []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# sent_id"):
            sentence, token, open_spans = sentence + 1, 0, open_spans
            continue
        fields = line.split("\t")
        if len(fields) != 10 or not fields[0].isdigit():
            continue
        found = re.search(r"(?:^|\|)Entity=([^|]*)", fields[9])
        for piece in re.findall(r"\([^()]+\)?|[^()]+\)", found.group(1)) if found else []:
            name = piece.strip("()").split("-")[0]
            if piece.startswith("("):
                open_spans.append((name, sentence, token))
            if piece.endswith(")"):
                for i in range(len(open_spans) - 1, -1, -1):
                    if open_spans[i][0].split("[")[0] == name.split("[")[0]:
                        _, at, first = open_spans.pop(i)
                        if at == sentence:
                            chains[name.split("[")[0]].add((sentence, first, token))
                        break
        token += 1
    return list(chains.values())


def read_chains(driver, path, options):
    chains = collections.defaultdict(set)
    printed = subprocess.run([driver, *options, str(path)], check=True, capture_output=True, text=True).stdout
    for line in printed.splitlines():
        sentence, first, last, entity = map(int, line.split())
        chains[entity].add((sentence, first, last))
    return list(chains.values())


def muc(key, response):
    owner = {mention: i for i, chain in enumerate(response) for mention in chain}
    hit = sum(len(chain) - len({owner.get(m, ("alone", m)) for m in chain}) for chain in key)
    return hit, sum(len(chain) - 1 for chain in key)


def b_cubed(key, response):
    owner = {mention: chain for chain in response for mention in chain}
    hit = sum(len(chain & owner[m]) / len(chain) for chain in key for m in chain if m in owner)
    return hit, sum(len(chain) for chain in key)


def best_assignment(weights):
    """Largest total weight of a matching (Hungarian method); weights[i][j] >= 0."""
    if not weights or not weights[0]:
        return 0.0
    flipped = len(weights) > len(weights[0])
    cost = [[-w for w in row] for row in (zip(*weights) if flipped else weights)]
    rows, columns = len(cost), len(cost[0])
    u, v, match = [0.0] * (rows + 1), [0.0] * (columns + 1), [0] * (columns + 1)
    for i in range(1, rows + 1):
        match[0], j0 = i, 0
        least, way, used = [float("inf")] * (columns + 1), [0] * (columns + 1), [False] * (columns + 1)
        while True:
            used[j0] = True
            i0, delta, j1 = match[j0], float("inf"), 0
            for j in range(1, columns + 1):
                if used[j]:
                    continue
                value = cost[i0 - 1][j - 1] - u[i0] - v[j]
                if value < least[j]:
                    least[j], way[j] = value, j0
                if least[j] < delta:
                    delta, j1 = least[j], j
            for j in range(columns + 1):
                if used[j]:
                    u[match[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            j0 = j1
            if match[j0] == 0:
                break
        while j0:
            match[j0], j0 = match[way[j0]], way[j0]
    return sum(-cost[match[j] - 1][j - 1] for j in range(1, columns + 1) if match[j])


def ceaf_e(key, response):
    return best_assignment([[2 * len(k & r) / (len(k) + len(r)) for r in response] for k in key])


def f1(hit_p, made, hit_r, need):
    p, r = hit_p / made if made else 0.0, hit_r / need if need else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def main(arguments):
    singletons = "--singletons" in arguments
    options = ["--entities"] if "--entities" in arguments else []
    driver, folder = [a for a in arguments if not a.startswith("--")]
    documents = sorted(pathlib.Path(folder).glob("*.conllu"))
    if not documents:
        print(f"skipped: no GUM documents in {folder}")
        return
    sums = collections.defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    for path in documents:
        key, response = gold_chains(path), read_chains(driver, path, options)
        if not singletons:
            key, response = [c for c in key if len(c) > 1], [c for c in response if len(c) > 1]
        spans_k = {m for c in key for m in c}
        spans_r = {m for c in response for m in c}
        both = len(spans_k & spans_r)
        ceaf = ceaf_e(key, response)
        for name, (hit_r, need), (hit_p, made) in (
                ("mentions", (both, len(spans_k)), (both, len(spans_r))),
                ("MUC", muc(key, response), muc(response, key)),
                ("B3", b_cubed(key, response), b_cubed(response, key)),
                ("CEAF-e", (ceaf, len(key)), (ceaf, len(response)))):
            for i, value in enumerate((hit_p, made, hit_r, need)):
                sums[name][i] += value
    print(f'{"":10} {"P":>6} {"R":>6} {"F1":>6}   ({len(documents)} documents, singletons {"in" if singletons else "out"})')
    for name, values in sums.items():
        print(f"{name:10} " + " ".join(f"{100 * x:6.2f}" for x in f1(*values)))
    score = sum(f1(*sums[name])[2] for name in ("MUC", "B3", "CEAF-e")) / 3
    print(f'{"CoNLL":10} {"":6} {"":6} {100 * score:6.2f}')


if __name__ == "__main__":
    main(sys.argv[1:])
