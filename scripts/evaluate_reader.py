#!/usr/bin/env python3
"""Figures of the trained reader on the dev portions of the treebanks.

  evaluate_reader.py --driver BUILD/tests/reader_driver --model models/reader.rlm [--data ../shared/data] [--raw] [--reliability]

Runs the driver (the C++ reader) over UD EWT dev and GUM dev with gold tokens, and with --raw also over EWT dev's plain text, and scores
what comes back with this program's own scorer:

- LAS compares head and relation without its subtype (nsubj:pass counts as nsubj), as the CoNLL shared tasks do; every word counts,
  punctuation too.
- Raw text: predicted and gold words are aligned by the characters they cover (white space left out), as in the CoNLL 2018 shared
  task; words of a multiword token share its characters out by their forms, and one that is spelt otherwise than its token is compared
  by position in the token. F1 of words; UPOS, lemma and LAS are F1 over aligned words.
- Names: exact span and type. `names UNER` is the tagger `ner` by itself on EWT, `names GUM` the tagger `gum_name` on news, interview, bio
  and speech (gold: mentions headed by NNP or NNPS, cut to their proper core as docs/model_format.md says); the merged names of the
  document, their types mapped to the corpus's, come after them. GUM counts titles ("Dr. Bailey") and no nationality words, the merge does the
  opposite, so the last line compares persons, organisations and places alone, without titles.
- Mentions: head word and type. Predicates: the word. Rolesets and arguments (head word and role) on gold predicates.

Standard library only.
"""
import argparse
import glob
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict

GUM_NAMES = re.compile(r"GUM_(news|interview|bio|speech)_")
NAME_TAGS = ("NNP", "NNPS")
TO_UNER = {"person": "PER", "organization": "ORG", "place": "LOC"}


class Scores:
    def __init__(self):
        self.right, self.predicted, self.gold = Counter(), Counter(), Counter()

    def add(self, task, right, predicted=1, gold=1):
        self.right[task] += right
        self.predicted[task] += predicted
        self.gold[task] += gold

    def sets(self, task, predicted, gold):
        self.add(task, len(predicted & gold), len(predicted), len(gold))

    def lines(self):
        for task in self.gold:
            p = 100.0 * self.right[task] / max(1, self.predicted[task])
            r = 100.0 * self.right[task] / max(1, self.gold[task])
            yield task, p, r, 2 * p * r / (p + r) if p + r else 0.0, self.gold[task]


def sentences(lines):
    """(comments, rows of words, [(first, last, form)] of multiword tokens) of CoNLL-U lines."""
    comments, rows, tokens = [], [], []
    for line in list(lines) + [""]:
        line = line.rstrip("\n")
        if line.startswith("#"):
            comments.append(line)
        elif line:
            columns = line.split("\t")
            if columns[0].isdigit():
                rows.append(columns)
            elif "-" in columns[0]:
                first, last = columns[0].split("-")
                tokens.append((int(first), int(last), columns[1]))
        elif rows:
            yield comments, rows, tokens
            comments, rows, tokens = [], [], []


def read(path):
    with open(path, encoding="utf-8") as file:
        return list(sentences(file))


def misc(row, key):
    for item in row[9].split("|"):
        if item.startswith(key + "="):
            return item[len(key) + 1:]
    return ""


def base(relation):
    return relation.split(":")[0]


def run(driver, model, mode, paths):
    """(sentences, {tagger: {sentence index: {(first, last, type)}}}) of the driver's output."""
    out = subprocess.run([driver, model, mode] + paths, capture_output=True, check=True).stdout.decode("utf-8")
    found, layers = [], defaultdict(lambda: defaultdict(set))
    for comments, rows, tokens in sentences(out.split("\n")):
        for comment in comments:
            if comment.startswith("# names "):
                tagger, rest = comment[8:].split(" = ")
                number, begin, end, kind, _ = rest.split(" ")
                layers[tagger][len(found) + int(number)].add((int(begin), int(end) - 1, kind))
        found.append((comments, rows, tokens))
    return found, layers


def names_of(rows):
    result = set()
    for row in rows:
        for item in filter(None, misc(row, "Name").split(",")):
            span, kind, _, _ = item.split(":")
            first, last = span.split("-")
            result.add((int(first) - 1, int(last) - 1, kind))
    return result


def mentions_of(rows):
    return {(i, item.split(":")[1]) for i, row in enumerate(rows) for item in filter(None, misc(row, "Mention").split(","))}


def score_trees(scores, source, gold, found):
    for (_, rows, _), (_, predicted, _) in zip(gold, found):
        for g, p in zip(rows, predicted):
            scores.add(source + " UPOS", g[3] == p[3])
            scores.add(source + " XPOS", g[4] == p[4])
            scores.add(source + " features", g[5] == p[5])
            scores.add(source + " lemma", g[2] == p[2] or (g[2] == "_" and g[1] != "_"))
            scores.add(source + " UAS", g[6] == p[6])
            scores.add(source + " LAS", g[6] == p[6] and base(g[7]) == base(p[7]))
            scores.add(source + " LAS with subtypes", g[6] == p[6] and g[7] == p[7])


def bio_spans(labels):
    spans, first = set(), None
    for i, label in enumerate(labels + ["O"]):
        if first is not None and not label.startswith("I-"):
            spans.add((first, i - 1, labels[first][2:]))
            first = None
        if label.startswith("B-"):
            first = i
    return spans


def read_uner(path):
    result, sent_id, labels = {}, None, []
    for line in open(path, encoding="utf-8").read().split("\n") + [""]:
        if line.startswith("#"):
            if line.startswith("# sent_id"):
                sent_id = line.split("=", 1)[1].strip()
        elif line:
            label = line.split("\t")[2]
            labels.append(label if label[2:] in ("PER", "ORG", "LOC") else "O")
        elif labels:
            result[sent_id] = bio_spans(labels)
            labels = []
    return result


def depth(head, i):
    steps = 0
    while head[i] != 0 and steps < len(head):
        i = head[i] - 1
        steps += 1
    return steps


def span_head(head, first, last):
    outside = [i for i in range(first, last + 1) if not first <= head[i] - 1 <= last]
    return min(outside or [first], key=lambda i: (depth(head, i), i))


def read_propbank(path):
    """sent_id -> (forms, [(predicate, roleset, [(first, last, role)])])."""
    result, sent_id, rows = {}, None, []
    for line in open(path, encoding="utf-8").read().split("\n") + [""]:
        if line.startswith("#"):
            if "sent_id" in line:
                sent_id = line.split("=", 1)[1].strip()
        elif line:
            columns = line.split("\t")
            if columns[0].isdigit():
                rows.append(columns)
        elif rows:
            frames = []
            predicates = [(i, r[2].split("|", 1)[1]) for i, r in enumerate(rows) if len(r) > 2 and r[2] != "_"]
            for number, (index, roleset) in enumerate(predicates):
                spans, stack = [], []
                for i, r in enumerate(rows):
                    cell = r[3 + number]
                    stack += [(role, i) for role in re.findall(r"\(([^()*]+)", cell)]
                    for _ in range(cell.count(")")):
                        role, first = stack.pop()
                        spans.append((first, i, role))
                frames.append((index, roleset, [s for s in spans if s[2] not in ("V", "C-V")]))
            result[sent_id] = ([r[1] for r in rows], frames)
            rows = []
    return result


def sent_id_of(comments):
    return next((c.split("=", 1)[1].strip() for c in comments if c.startswith("# sent_id")), None)


def score_ewt(scores, args, work):
    path = args.data + "/ud-ewt/en_ewt-ud-dev.conllu"
    gold = read(path)
    found, layers = run(args.driver, args.model, "gold", [path])
    score_trees(scores, "EWT", gold, found)
    uner = read_uner(args.data + "/uner-ewt/en_ewt-ner-dev.iob2")
    frames = read_propbank(args.data + "/propbank-ewt/en_ewt-propbank-dev.tsv")
    given = os.path.join(work, "predicates.conllu")
    with open(given, "w", encoding="utf-8") as file:
        for number, ((comments, rows, _), (_, predicted, _)) in enumerate(zip(gold, found)):
            name = sent_id_of(comments)
            if name in uner:
                scores.sets("names UNER EWT, ner", layers["ner"][number], uner[name])
                merged = {(a, b, TO_UNER[t]) for a, b, t in names_of(predicted) if t in TO_UNER}
                scores.sets("names UNER EWT, merged", merged, uner[name])
            words, found_frames = frames.get(name, (None, []))
            if words != [r[1] for r in rows]:
                found_frames = []
            else:
                scores.sets("predicates EWT", {i for i, r in enumerate(predicted) if misc(r, "Predicate")},
                            {f[0] for f in found_frames})
            marked = {f[0] for f in found_frames}
            for i, row in enumerate(rows):
                file.write("\t".join(row[:9] + ["Predicate=:1:1" if i in marked else "_"]) + "\n")
            file.write("\n")
    for (comments, rows, _), (_, predicted, _) in zip(gold, run(args.driver, args.model, "predicates", [given])[0]):
        words, found_frames = frames.get(sent_id_of(comments), (None, []))
        if words != [r[1] for r in rows]:
            continue
        head = [int(r[6]) for r in rows]
        for index, roleset, spans in found_frames:
            scores.add("roleset, gold predicates", misc(predicted[index], "Predicate").split(":")[0].replace("%25", "%") == roleset)
            right = {(span_head(head, a, b), role) for a, b, role in spans}
            arguments = {(int(a.split(":")[1]) - 1, a.split(":")[0])
                         for a in filter(None, misc(predicted[index], "Arguments").split(","))}
            scores.sets("arguments EWT, gold predicates", arguments, {a for a in right if a[0] != index})


ENTITY = re.compile(r"\(([^()-]+)-([a-z]+)-[^()]*(\)?)|([^()]+)\)")


def gum_mentions(rows):
    open_at, mentions = defaultdict(list), []
    for i, row in enumerate(rows):
        for key, kind, closed, end in ENTITY.findall(misc(row, "Entity")):
            if key and closed:
                mentions.append((i, i, kind))
            elif key:
                open_at[key].append((i, kind))
            elif open_at[end]:
                first, kind = open_at[end].pop()
                mentions.append((first, i, kind))
    return mentions


def name_core(rows, head, first, last):
    def proper(i):
        return rows[i][4] in NAME_TAGS
    start = end = head
    while start > first and (proper(start - 1) or (rows[start - 1][4] == "HYPH" and start - 2 >= first and proper(start - 2))):
        start -= 1
    while True:
        if end < last and proper(end + 1):
            end += 1
            continue
        jump = end + 1
        if jump < last and rows[jump][1].lower() in ("of", "-", "&", "'s"):
            jump += 1
            if jump < last and rows[jump][1].lower() == "the":
                jump += 1
            if jump <= last and proper(jump):
                end = jump
                continue
        return start, end


TO_MERGED = {"person": "person", "organization": "organization", "place": "place", "event": "event", "object": "product",
             "time": "time", "abstract": "other", "animal": "other", "plant": "other", "substance": "other"}


def score_gum(scores, args):
    paths = sorted(glob.glob(args.data + "/gum/dev/*.conllu"))
    gold, documents = [], []
    for path in paths:
        for sentence in read(path):
            gold.append(sentence)
            documents.append(os.path.basename(path))
    found, layers = run(args.driver, args.model, "gold", paths)
    assert len(found) == len(gold), (len(found), len(gold))
    kept = [i for i, (_, rows, _) in enumerate(gold) if any(r[1] != "_" for r in rows)]
    score_trees(scores, "GUM", [gold[i] for i in kept], [found[i] for i in kept])
    for i in kept:
        rows, predicted = gold[i][1], found[i][1]
        head = [int(r[6]) for r in rows]
        heads, names = {}, []
        spans = set()
        for first, last, kind in sorted(gum_mentions(rows), key=lambda m: (m[1] - m[0], m)):
            at = span_head(head, first, last)
            heads[at] = kind
            spans.add((first, last))
            if rows[at][4] in NAME_TAGS:
                start, end = name_core(rows, at, first, last)
                names.append((start - end, start, end, kind))
        scores.sets("mention head + type GUM", mentions_of(predicted), set(heads.items()))
        own = {tuple(int(x) - 1 for x in item.split(":")[0].split("-")) for r in predicted
               for item in filter(None, misc(r, "Mention").split(","))}
        scores.sets("mention span GUM (no type)", own, spans)
        if GUM_NAMES.match(documents[i]):
            right, taken = set(), set()
            for _, start, end, kind in sorted(set(names)):
                if not taken & set(range(start, end + 1)):
                    taken |= set(range(start, end + 1))
                    right.add((start, end, kind))
            scores.sets("names GUM news/interview/bio/speech, gum_name", layers["gum_name"][i], right)
            scores.sets("names GUM news/interview/bio/speech, merged", names_of(predicted),
                        {(a, b, TO_MERGED[t]) for a, b, t in right})
            scores.sets("names GUM news/interview/bio/speech, merged, as the graph wants them",
                        {n for n in names_of(predicted) if n[2] in TO_UNER},
                        {n for n in (without_title(rows, a, b, TO_MERGED[t]) for a, b, t in right) if n[2] in TO_UNER})


def without_title(rows, first, last, kind):
    """A person's name without the titles before it, which are no part of a node's name."""
    while kind == "person" and first < last and rows[first][7] == "nmod:desc":
        first += 1
    return first, last, kind


def characters(rows, tokens):
    """[(first, last)] character ranges of a sentence's words without white space, and its length."""
    ranges, at, covered = [None] * len(rows), 0, {}
    for first, last, form in tokens:
        covered[first] = (last, re.sub(r"\s", "", form))
    i = 0
    while i < len(rows):
        if i + 1 in covered:
            last, form = covered[i + 1]
            left = at
            for k in range(i, last):
                size = len(re.sub(r"\s", "", rows[k][1]))
                right = at + len(form) if k == last - 1 else min(at + len(form), left + size)
                ranges[k] = (left, right)
                left = right
            at += len(form)
            i = last
        else:
            size = len(re.sub(r"\s", "", rows[i][1]))
            ranges[i] = (at, at + size)
            at += size
            i += 1
    return ranges, at


def words_of(all_sentences):
    """[(first, last, row, head's range or None)] over a whole text, and the set of sentence ranges."""
    result, ends, start = [], set(), 0
    for _, rows, tokens in all_sentences:
        ranges, size = characters(rows, tokens)
        place = [(start + a, start + b) for a, b in ranges]
        for row, where in zip(rows, place):
            head = int(row[6]) if row[6].isdigit() else 0
            result.append((where, row, place[head - 1] if head else None))
        ends.add((start, start + size))
        start += size
    return result, ends, start


def plain_text(gold):
    """The treebank's text: sentences of a paragraph joined by a space (none after SpaceAfter=No), paragraphs by an empty line."""
    text = ""
    for comments, rows, _ in gold:
        line = next(c.split("=", 1)[1].strip() for c in comments if c.startswith("# text ="))
        if text:
            new = any(c.startswith(("# newpar", "# newdoc")) for c in comments)
            text += "\n\n" if new else "" if closed else " "
        text += line
        closed = misc(rows[-1], "SpaceAfter") == "No"
    return text + "\n"


def score_raw(scores, args, work):
    gold = read(args.data + "/ud-ewt/en_ewt-ud-dev.conllu")
    path = os.path.join(work, "ewt-dev.txt")
    with open(path, "w", encoding="utf-8") as file:
        file.write(plain_text(gold))
    found = run(args.driver, args.model, "raw", [path])[0]
    gold_words, gold_ends, gold_size = words_of(gold)
    words, ends, size = words_of(found)
    if size != gold_size:
        sys.exit("the characters of the gold words and of the text differ: %d, %d" % (gold_size, size))
    scores.sets("raw EWT sentences", ends, gold_ends)
    aligned, by_place = {}, defaultdict(list)
    for g in gold_words:
        by_place[g[0]].append(g)
    for w in words:
        if by_place[w[0]]:
            aligned[id(w)] = by_place[w[0]].pop(0)
    total = (len(words), len(gold_words))
    pairs = [(w, aligned[id(w)]) for w in words if id(w) in aligned]
    scores.add("raw EWT words", len(pairs), *total)
    scores.add("raw EWT UPOS", sum(w[1][3] == g[1][3] for w, g in pairs), *total)
    scores.add("raw EWT lemma", sum(w[1][2] == g[1][2] or g[1][2] == "_" for w, g in pairs), *total)
    scores.add("raw EWT UAS", sum(w[2] == g[2] for w, g in pairs), *total)
    scores.add("raw EWT LAS", sum(w[2] == g[2] and base(w[1][7]) == base(g[1][7]) for w, g in pairs), *total)


def reliability(args):
    """Prints how often decisions of a given probability are right: EWT dev, gold tokens."""
    path = args.data + "/ud-ewt/en_ewt-ud-dev.conllu"
    gold, (found, _) = read(path), run(args.driver, args.model, "gold", [path])
    counts = {"part of speech": defaultdict(Counter), "head and relation": defaultdict(Counter)}
    for (_, rows, _), (_, predicted, _) in zip(gold, found):
        for g, p in zip(rows, predicted):
            for name, key, right in (("part of speech", "TagScore", g[3] == p[3]),
                                     ("head and relation", "HeadScore", g[6] == p[6] and g[7] == p[7])):
                score = float(misc(p, key) or 0)
                entry = counts[name][min(9, int(score * 10))]
                entry["all"] += 1
                entry["right"] += right
                entry["sum"] += score
    for name, bins in counts.items():
        print("\n| %s: probability | decisions | mean probability | right |\n| --- | --- | --- | --- |" % name)
        for b in sorted(bins):
            c = bins[b]
            print("| %.1f-%.1f | %d | %.1f | %.1f |" % (b / 10, b / 10 + 0.1, c["all"], 100 * c["sum"] / c["all"],
                                                      100.0 * c["right"] / c["all"]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--driver", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--data", default="../shared/data")
    parser.add_argument("--work", default="/tmp")
    parser.add_argument("--raw", action="store_true")
    parser.add_argument("--reliability", action="store_true")
    args = parser.parse_args()
    if not os.path.isdir(args.data):
        print("no data at %s: nothing evaluated" % args.data)
        sys.exit(77)
    scores = Scores()
    score_ewt(scores, args, args.work)
    score_gum(scores, args)
    if args.raw:
        score_raw(scores, args, args.work)
    print("| task | precision | recall | F1 or accuracy | gold |\n| --- | --- | --- | --- | --- |")
    for task, p, r, f, gold in scores.lines():
        print("| %s | %.2f | %.2f | **%.2f** | %d |" % (task, p, r, f, gold))
    if args.reliability:
        reliability(args)


if __name__ == "__main__":
    main()
