#!/usr/bin/env python3
"""Scores the segmenter against CoNLL-U treebanks: F1 of tokens and of sentences.

The raw text is rebuilt from the treebank (paragraphs apart by a blank line, as in the raw files of
the CoNLL 2018 shared task), given to a command document by document, and the command's CoNLL-U
output is aligned with the gold by characters without white space, as that task's evaluation does: a
token or sentence is right when both its ends are.

  evaluate_segmenter.py --command build/release/tests/segmenter_driver FILE.conllu...
  evaluate_segmenter.py --command ... --errors 60 FILE...   the most frequent differences
  evaluate_segmenter.py --command ... --wrap 80 FILE...     the text wrapped at 80 columns
"""
import argparse
import bisect
import collections
import pathlib
import subprocess
import sys
import textwrap

DEFAULT_DATA = pathlib.Path(__file__).resolve().parents[2] / "shared" / "data"


def read_documents(path):
    """Yields documents as lists of (starts paragraph, [(form, space after)]) per sentence."""
    document, rows, new_paragraph = [], [], False
    covered = 0
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line:
            if rows:
                document.append((new_paragraph, rows))
            rows, new_paragraph, covered = [], False, 0
        elif line.startswith("# newdoc"):
            if document:
                yield document
            document, new_paragraph = [], True
        elif line.startswith("# newpar"):
            new_paragraph = True
        elif not line.startswith("#"):
            columns = line.split("\t")
            space = "SpaceAfter=No" not in columns[9].split("|")
            if "-" in columns[0]:
                first, last = map(int, columns[0].split("-"))
                pending, covered = [first, last, space], last
            elif "." in columns[0]:
                continue
            elif int(columns[0]) <= covered:
                # Words of one written token: only the last is followed by the token's space.
                rows.append((columns[1], pending[2] if int(columns[0]) == covered else False))
            else:
                rows.append((columns[1], space))
    if rows:
        document.append((new_paragraph, rows))
    if document:
        yield document


def raw_text(document, wrap):
    paragraphs = []
    for new_paragraph, rows in document:
        text = "".join(form + (" " if space else "") for form, space in rows)
        if new_paragraph or not paragraphs:
            paragraphs.append("")
        paragraphs[-1] += text
    paragraphs = [p.strip() for p in paragraphs]
    if wrap:
        paragraphs = [textwrap.fill(p, wrap, break_long_words=False, break_on_hyphens=False)
                      for p in paragraphs]
    return "\n\n".join(paragraphs) + "\n"


def spans(sentences):
    tokens, ends, at = [], [], 0
    for forms in sentences:
        start = at
        for form in forms:
            length = len("".join(form.split()))
            tokens.append((at, at + length))
            at += length
        ends.append((start, at))
    return tokens, ends, at


def run(command, text):
    done = subprocess.run(command, input=text.encode(), stdout=subprocess.PIPE, check=True)
    sentences, forms = [], []
    for line in done.stdout.decode().split("\n"):
        if not line:
            if forms:
                sentences.append(forms)
            forms = []
        elif not line.startswith("#"):
            forms.append(line.split("\t")[1])
    return sentences


def f1(right, system, gold):
    precision, recall = right / max(system, 1), right / max(gold, 1)
    return 2 * precision * recall / max(precision + recall, 1e-9), precision, recall


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--command", required=True, help="reads text, prints CoNLL-U")
    parser.add_argument("--wrap", type=int, default=0)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--sentences", type=int, default=0, help="print that many wrong ends")
    options = parser.parse_args()
    groups = {}
    if options.files:
        groups["files"] = options.files
    else:
        groups["EWT dev"] = [DEFAULT_DATA / "ud-ewt" / "en_ewt-ud-dev.conllu"]
        groups["GUM dev"] = sorted((DEFAULT_DATA / "gum" / "dev").glob("*.conllu"))
    for name, files in groups.items():
        if not all(pathlib.Path(file).exists() for file in files) or not files:
            print(f"{name}: no data, skipped")
            continue
        counts = collections.Counter()
        differences, shown = collections.Counter(), 0
        for file in files:
            for document in read_documents(file):
                gold_forms = [[form for form, _ in rows] for _, rows in document]
                system_forms = run(options.command.split(), raw_text(document, options.wrap))
                gold, gold_ends, gold_size = spans(gold_forms)
                system, system_ends, system_size = spans(system_forms)
                characters = "".join("".join("".join(f.split()) for f in s) for s in gold_forms)
                if gold_size != system_size:
                    sys.exit(f"{file}: {gold_size} characters in the gold, {system_size} given "
                             f"back: {characters[:40]}")
                counts["tokens_right"] += len(set(gold) & set(system))
                counts["tokens_system"] += len(system)
                counts["tokens_gold"] += len(gold)
                counts["sentences_right"] += len(set(gold_ends) & set(system_ends))
                counts["sentences_system"] += len(system_ends)
                counts["sentences_gold"] += len(gold_ends)
                starts = {a for a, _ in gold} & {a for a, _ in system} | {gold_size}
                cursor = {"gold": collections.defaultdict(list), "system": collections.defaultdict(list)}
                order = sorted(starts)
                for kind, tokens in (("gold", gold), ("system", system)):
                    for a, b in tokens:
                        cursor[kind][order[bisect.bisect_right(order, a) - 1]].append(characters[a:b])
                for start in order:
                    if cursor["gold"][start] != cursor["system"][start]:
                        differences["%-30s | %s" % (" ".join(cursor["gold"][start]),
                                                    " ".join(cursor["system"][start]))] += 1
                gold_at = {b for _, b in gold_ends}
                system_at = {b for _, b in system_ends}
                for position in sorted(gold_at ^ system_at):
                    kind = "missed" if position in gold_at else "false"
                    counts["ends_" + kind] += 1
                    if shown < options.sentences:
                        shown += 1
                        around = [t for t in gold if position - 60 < t[0] < position + 40]
                        text = " ".join(("\u2551 " if a == position else "") + characters[a:b]
                                        for a, b in around)
                        print(f"{kind:6} {text}")
        for what in ("tokens", "sentences"):
            value, precision, recall = f1(counts[what + "_right"], counts[what + "_system"],
                                          counts[what + "_gold"])
            print(f"{name}: {what:9} F1 {100 * value:.2f}  precision {100 * precision:.2f}  "
                  f"recall {100 * recall:.2f}  ({counts[what + '_gold']} in the gold)")
        print(f"{name}: sentence ends missed {counts['ends_missed']}, false {counts['ends_false']}")
        for difference, count in differences.most_common(options.errors):
            print(f"{count:5} {difference}")


if __name__ == "__main__":
    main()
