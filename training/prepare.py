"""Reads the data folder and writes one file of unified examples: python3 prepare.py [--data ../shared/data] --out FILE

An example is a dict: `source`, `words`, and whatever its source annotates, each a list as long as `words`
(None for a word that is not annotated): upos, xpos, feats, lemma, head (0 = root, words count from 1), rel, ner,
ner_fine, gum_name, mention, predicate, deverbal; and `frames`: a list of (word index, roleset, [(head index, role)])
where args may be None when only the roleset is known; the spans (first, last, role) are under `frame_spans` when the
sentence has no tree (training finds their heads by its own trees).
"""
import argparse
import csv
import glob
import json
import os
import pickle
import re
import tarfile
import xml.etree.ElementTree as ElementTree
from collections import Counter, defaultdict

import name_lists
from lexicon import build
from text import lemma_script

CORE_ROLES = ["ARG%d" % i for i in range(6)]

NAME_TAGS = ("NNP", "NNPS")
NOMINAL = {"VERB": "verbal", "AUX": "verbal", "NOUN": "nominal", "PROPN": "nominal"}


def read_conllu(path):
    """Yields (sent_id, doc, rows) of a CoNLL-U file; rows are the syntactic words' ten columns."""
    sent_id, doc, rows = None, None, []
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\n")
            if line.startswith("#"):
                if line.startswith("# sent_id ="):
                    sent_id = line.split("=", 1)[1].strip()
                elif line.startswith("# newdoc"):
                    doc = line.split("=", 1)[1].strip()
            elif line:
                columns = line.split("\t")
                if columns[0].isdigit():
                    rows.append(columns)
            elif rows:
                yield sent_id, doc, rows
                rows = []
    if rows:
        yield sent_id, doc, rows


def tree_example(source, sent_id, rows):
    return {
        "source": source, "id": sent_id, "words": [r[1] for r in rows],
        "upos": [r[3] for r in rows], "xpos": [r[4] for r in rows], "feats": [r[5] for r in rows],
        "lemma": [None if r[2] == "_" and r[1] != "_" else r[2] for r in rows],
        "head": [int(r[6]) for r in rows], "rel": [r[7] for r in rows],
    }


def depth(head, i):
    """Number of arcs from word i (0-based) to the root; 0 for the root word. Bounded in a malformed tree."""
    steps = 0
    while head[i] != 0 and steps < len(head):
        i = head[i] - 1
        steps += 1
    return steps


def span_head(head, first, last):
    """Head of a span: the word whose tree head lies outside; of several the highest, of these the leftmost."""
    outside = [i for i in range(first, last + 1) if not first <= head[i] - 1 <= last]
    return min(outside or [first], key=lambda i: (depth(head, i), i))


def read_propbank(path):
    """sent_id -> (forms, [(predicate index, roleset, [(first, last, role)])])."""
    result, sent_id, rows = {}, None, []

    def finish():
        if not rows:
            return
        forms = [r[1] for r in rows]
        predicates = [(i, r[2].split("|", 1)[1]) for i, r in enumerate(rows) if len(r) > 2 and r[2] != "_"]
        frames = []
        for column, (index, roleset) in enumerate(predicates):
            spans, stack = [], []
            for i, r in enumerate(rows):
                cell = r[3 + column]
                for opened in re.findall(r"\(([^()*]+)", cell):
                    stack.append((opened, i))
                for _ in range(cell.count(")")):
                    role, first = stack.pop()
                    spans.append((first, i, role))
            frames.append((index, roleset, sorted(s for s in spans if s[2] not in ("V", "C-V"))))
        result[sent_id] = (forms, frames)

    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\n")
            if line.startswith("#"):
                if "sent_id" in line:
                    sent_id = line.split("=", 1)[1].strip()
            elif line:
                columns = line.split("\t")
                if columns[0].isdigit():
                    rows.append(columns)
            else:
                finish()
                rows = []
    finish()
    return result


def read_uner(path):
    """sent_id -> BIO labels PER/ORG/LOC."""
    result, sent_id, labels = {}, None, []
    with open(path, encoding="utf-8") as file:
        for line in list(file) + ["\n"]:
            line = line.rstrip("\n")
            if line.startswith("#"):
                if line.startswith("# sent_id"):
                    sent_id = line.split("=", 1)[1].strip()
            elif line:
                label = line.split("\t")[2]
                labels.append(label if label[2:] in ("PER", "ORG", "LOC") else "O")
            elif labels:
                result[sent_id] = labels
                labels = []
    return result


def ewt(data, part):
    propbank = read_propbank("%s/propbank-ewt/en_ewt-propbank-%s.tsv" % (data, part))
    names = read_uner("%s/uner-ewt/en_ewt-ner-%s.iob2" % (data, part))
    examples, joined = [], Counter()
    for sent_id, _, rows in read_conllu("%s/ud-ewt/en_ewt-ud-%s.conllu" % (data, part)):
        example = tree_example("ewt", sent_id, rows)
        n = len(rows)
        labels = names.get(sent_id)
        if labels and len(labels) == n:
            example["ner"] = labels
            joined["ner"] += 1
        found = propbank.get(sent_id)
        if found and found[0] == example["words"]:
            joined["frames"] += 1
            example["predicate"] = ["none"] * n
            example["frames"] = []
            for index, roleset, spans in found[1]:
                example["predicate"][index] = NOMINAL.get(example["upos"][index], "adjectival")
                args = sorted({(span_head(example["head"], a, b), role) for a, b, role in spans})
                example["frames"].append((index, roleset, [a for a in args if a[0] != index]))
        examples.append(example)
    print("ewt", part, len(examples), dict(joined))
    return examples


ENTITY = re.compile(r"\(([^()-]+)-([a-z]+)-[^()]*(\)?)|([^()]+)\)")


def gum_mentions(rows):
    """[(first, last, type)] of one sentence; mentions that leave the sentence are dropped."""
    open_at, mentions = defaultdict(list), []
    for i, row in enumerate(rows):
        entity = next((f[7:] for f in row[9].split("|") if f.startswith("Entity=")), "")
        for key, kind, closed, end in ENTITY.findall(entity):
            if key:
                if closed:
                    mentions.append((i, i, kind))
                else:
                    open_at[key].append((i, kind))
            elif open_at[end]:
                first, kind = open_at[end].pop()
                mentions.append((first, i, kind))
    return mentions


def name_core(rows, head, first, last):
    """The name inside a mention: from its head, proper nouns to both sides, over 'of (the) NAME' to the right."""
    def proper(i):
        return rows[i][4] in NAME_TAGS

    start = end = head
    while start > first and (proper(start - 1) or (rows[start - 1][4] == "HYPH" and start - 2 >= first
                                                   and proper(start - 2))):
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


PLAIN_TYPES = {"person": "PER", "organization": "ORG", "place": "LOC"}
TITLES = set("""mr mrs ms miss dr prof professor president prime minister chancellor king queen prince princess sir lord lady
senator sen governor gov mayor secretary general gen colonel col major captain capt lieutenant lt sergeant sgt admiral
commander judge justice pope saint st father rev reverend bishop archbishop cardinal rabbi sheikh emperor empress
duke duchess count countess baron representative rep congressman congresswoman ambassador director chairman detective
officer inspector uncle aunt coach""".split())


def plain_names(example):
    """Names of persons, organisations and places as the other name corpora mark them: without titles before a person."""
    labels = []
    for word, label in zip(example["words"], example["gum_name"]):
        kind = PLAIN_TYPES.get(label[2:])
        labels.append("O" if kind is None else label[:2] + kind)
    for i, label in enumerate(labels[:-1]):
        if label == "B-PER" and labels[i + 1] == "I-PER" and example["words"][i].lower().rstrip(".") in TITLES:
            labels[i], labels[i + 1] = "O", "B-PER"
    for i, word in enumerate(example["words"]):
        if labels[i] == "B-PER" and labels[i + 1:i + 2] != ["I-PER"] and word.lower().rstrip(".") in TITLES:
            labels[i] = None  # "the President": a name in one corpus, none in another
    return labels


def gum(data, part):
    examples = []
    for path in sorted(glob.glob("%s/gum/%s/*.conllu" % (data, part))):
        for sent_id, _, rows in read_conllu(path):
            if all(r[1] == "_" for r in rows):
                continue
            example = tree_example("gum", sent_id, rows)
            example["doc"] = os.path.basename(path)[:-7]
            n = len(rows)
            mentions = gum_mentions(rows)
            example["mention"] = ["none"] * n
            names = []
            for first, last, kind in sorted(mentions, key=lambda m: (m[1] - m[0], m)):
                head = span_head(example["head"], first, last)
                example["mention"][head] = kind  # the widest mention of a head decides
                if rows[head][4] in NAME_TAGS:
                    start, end = name_core(rows, head, first, last)
                    names.append((start - end, start, end, kind))
            example["gum_name"] = ["O"] * n
            for _, start, end, kind in sorted(set(names)):  # longest first
                if all(label == "O" for label in example["gum_name"][start:end + 1]):
                    example["gum_name"][start:end + 1] = ["B-" + kind] + ["I-" + kind] * (end - start)
            if part == "train":
                example["ner"] = plain_names(example)
            examples.append(example)
    print("gum", part, len(examples))
    return examples


def read_columns(path):
    """Sentences of a two-column name file: [(word, label)]."""
    rows = []
    with open(path, encoding="utf-8") as file:
        for line in list(file) + [""]:
            parts = line.split()
            if len(parts) >= 2:
                rows.append((parts[0], parts[-1]))
            elif rows:
                yield rows
                rows = []


def io_to_bio(labels):
    result, before = [], "O"
    for label in labels:
        if label == "O":
            result.append("O")
        else:
            result.append(("I-" if before == label[2:] else "B-") + label[2:])
        before = label[2:] if label != "O" else "O"
    return result


def wikigold(data):
    examples = []
    for rows in read_columns(data + "/wikigold/wikigold.conll.txt"):
        labels = io_to_bio([l if l[2:] in ("PER", "ORG", "LOC") else "O" for _, l in rows])
        examples.append({"source": "wikigold", "words": [w for w, _ in rows], "ner": labels})
    print("wikigold", len(examples))
    return examples


WNUT_TYPES = {"person": "PER", "location": "LOC", "corporation": "ORG", "group": "ORG"}


def wnut17(data):
    """Names of social media. What is a creative work or a product here may be none elsewhere: left without a label."""
    examples = []
    for name in ("wnut17train.conll", "emerging.dev.conll"):
        for rows in read_columns("%s/wnut17/%s" % (data, name)):
            labels = []
            for _, label in rows:
                kind = WNUT_TYPES.get(label[2:])
                labels.append("O" if label == "O" else label[:2] + kind if kind else None)
            examples.append({"source": "wnut17", "words": [w for w, _ in rows], "ner": labels})
    print("wnut17", len(examples))
    return examples


def redocred(data, demonyms):
    """Names of Wikipedia passages. Nationality words count as places there and as no names elsewhere: left out."""
    examples = []
    with open(data + "/re-docred/dev_revised.json", encoding="utf-8") as file:
        passages = json.load(file)
    for passage in passages:
        sentences = [{"source": "redocred", "words": words, "ner": ["O"] * len(words)} for words in passage["sents"]]
        for mention in (m for entity in passage["vertexSet"] for m in entity):
            example, (first, end) = sentences[mention["sent_id"]], mention["pos"]
            kind, words = mention["type"], example["words"][first:end]
            if kind in ("TIME", "NUM"):
                continue
            if words and words[0].lower() == "the":
                first += 1
            if kind == "MISC" or (end - first == 1 and words[-1].lower() in demonyms):
                labels = [None] * (end - first)
            else:
                labels = ["B-" + kind] + ["I-" + kind] * (end - first - 1)
            if first < end <= len(example["words"]):
                example["ner"][first:end] = labels
        examples += [e for e in sentences if e["words"] and all(w.strip() and " " not in w for w in e["words"])]
    print("redocred", len(examples))
    return examples


def read_demonyms(path):
    """Nationality words of the project's own table of countries (fourth column), in lower case."""
    with open(path, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
    return {word.lower() for row in rows if len(row) > 3 for word in row[3].split("|") if word}


def crossner(data):
    """Politics names. The last 100 sentences of its dev part are kept for measuring, the rest is trained on."""
    train = [{"source": "crossner", "words": [w for w, _ in rows], "ner_fine": [l for _, l in rows]}
             for part in ("train", "dev") for rows in read_columns("%s/crossner-politics/%s.txt" % (data, part))]
    print("crossner", len(train))
    return train[:-100], train[-100:]


def qanom(data, part):
    sentences = {}
    with open("%s/qanom/annot.%s.csv" % (data, part), encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            words = row["sentence"].split(" ")
            index = int(row["target_idx"])
            entry = sentences.setdefault(row["sentence"], {
                "source": "qanom", "words": ["\"" if w in ("``", "''") else w for w in words],
                "deverbal": [None] * len(words)})
            if index < len(words):
                votes = entry.setdefault("votes", defaultdict(dict))
                votes[index][row["worker_id"]] = row["is_verbal"].lower() == "true"
    examples = list(sentences.values())
    for example in examples:
        for index, votes in example.pop("votes", {}).items():
            example["deverbal"][index] = "event" if 2 * sum(votes.values()) >= len(votes) else "none"
    print("qanom", part, len(examples))
    return examples


BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}", "``": "\"", "''": "\""}


def propbank_frames(data):
    """Examples and inventory of the frames archive: (examples, {roleset: {role: function}}, [(lemma, pos, roleset)])."""
    examples, functions, aliases = [], {}, set()
    with tarfile.open(data + "/propbank-frames.tar.xz") as archive:
        files = {m.name: archive.extractfile(m).read() for m in archive if m.name.endswith(".xml")}
        for name, content in sorted(files.items()):
            try:
                root = ElementTree.fromstring(content)
            except ElementTree.ParseError as error:
                print("frames: left out, not well-formed:", name, error)
                continue
            for roleset in root.iter("roleset"):
                name = roleset.get("id")
                functions[name] = {"ARG" + role.get("n").upper(): (role.get("f") or "none").upper()
                                   for role in roleset.iter("role")}
                for alias in roleset.iter("alias"):
                    lemma = re.split(r"[_ ]", (alias.text or "").strip())[0].lower()
                    if lemma:
                        aliases.add((lemma, alias.get("pos") or "v", name))
                for example in roleset.iter("example"):
                    parsed = frame_example(example, name)
                    if parsed:
                        examples.append(parsed)
    print("frames", len(examples), "examples", len(functions), "rolesets", len(aliases), "aliases")
    return examples, functions, sorted(aliases)


def frame_example(example, roleset):
    text, annotation = example.findtext("text"), example.find("propbank")
    if not text or annotation is None or annotation.find("rel") is None:
        return None
    words = [BRACKETS.get(w, w) for w in text.split()]
    positions = re.findall(r"\d+", annotation.find("rel").get("relloc") or "")
    if not positions or int(positions[0]) >= len(words) or len(words) > 80:
        return None
    spans = []
    for arg in annotation.iter("arg"):
        first, last = arg.get("start") or "?", arg.get("end") or "?"
        if not (first.isdigit() and last.isdigit()):
            return {"source": "frames", "words": words, "frames": [(int(positions[0]), roleset, None)]}
        if int(first) <= int(last) < len(words):
            spans.append((int(first), int(last), arg.get("type")))
    if any(re.match(r"\*|0$", w) for w in words):  # traces of the treebank are no words
        return None
    return {"source": "frames", "words": words, "frames": [(int(positions[0]), roleset, None)],
            "frame_spans": [(int(positions[0]), roleset, spans)]}


def role_functions(rolesets, functions):
    """(labels of functions, for each roleset the six numbers of ARG0 to ARG5): absent, any (unknown roleset), others."""
    counts = Counter(f for roles in functions.values() for role, f in roles.items() if re.fullmatch("ARG[0-5]", role))
    labels = ["absent", "any", "other"] + sorted(f for f, c in counts.items() if c >= 50)
    index = {f: i for i, f in enumerate(labels)}
    table = [[index.get(functions[r][role], 2) if role in functions[r] else 0 for role in CORE_ROLES]
             if r in functions else [1] * len(CORE_ROLES) for r in rolesets]
    return labels, table


def case_words(train):
    """Prepositions and markers common enough to have weights of their own."""
    counts = Counter(w.lower() for e in train if "rel" in e for w, r in zip(e["words"], e["rel"]) if r in ("case", "mark"))
    return ["none", "other"] + sorted(w for w, c in counts.items() if c >= 20)


def label_inventory(train, rolesets, aliases):
    """Label lists of every head and the dictionaries that go into the model file."""
    labels = {}
    for name in ("upos", "xpos", "rel"):
        labels[name] = sorted({v for e in train for v in e.get(name, ()) if v})
    for name in ("ner", "ner_fine", "gum_name"):
        kinds = sorted({v[2:] for e in train for v in e.get(name, ()) if v and v != "O"})
        labels[name] = ["O"] + [p + k for k in kinds for p in ("B-", "I-")]
    labels["mention"] = ["none"] + sorted({v for e in train for v in e.get("mention", ())} - {"none"})
    labels["predicate"] = ["none", "verbal", "nominal", "adjectival"]
    labels["deverbal"] = ["none", "event"]
    feats = Counter(v for e in train for v in e.get("feats", ()))
    labels["feats"] = [v for v, c in sorted(feats.items(), key=lambda x: (-x[1], x[0])) if c >= 6]
    scripts = Counter(lemma_script(w, l) for e in train if "lemma" in e for w, l in zip(e["words"], e["lemma"]) if l)
    labels["lemma"] = [v for v, c in sorted(scripts.items(), key=lambda x: (-x[1], x[0])) if c >= 5]
    lexicon = build(train, aliases)
    roles = Counter(role for e in train for f in e.get("frames", ()) for _, role in f[2] or ())
    labels["srl"] = ["none"] + sorted(r for r, c in roles.items() if c >= 20 or re.fullmatch(r"ARG[0-5]", r))
    seen = {(l.lower(), {"VERB": "v", "AUX": "v", "NOUN": "n", "PROPN": "n"}.get(u, "j"), roleset)
            for e in train if e["source"] == "ewt" for i, roleset, _ in e.get("frames", ())
            for l, u in [(e["lemma"][i] or e["words"][i], e["upos"][i])]}
    names = sorted(set(rolesets) | {r for _, _, r in seen})
    index = {r: i for i, r in enumerate(names)}
    table = defaultdict(set)
    for lemma, pos, roleset in list(aliases) + sorted(seen):
        table[(lemma, pos[0])].add(index[roleset])
    return labels, lexicon, names, {k: sorted(v) for k, v in sorted(table.items())}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default="../shared/data")
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    train = ewt(args.data, "train") + gum(args.data, "train") + wikigold(args.data)
    politics, politics_dev = crossner(args.data)
    frames, functions, aliases = propbank_frames(args.data)
    demonyms = read_demonyms(os.path.join(os.path.dirname(__file__), "../data/gazetteer/countries.tsv"))
    train += politics + qanom(args.data, "train") + frames + wnut17(args.data) + redocred(args.data, demonyms)
    dev = ewt(args.data, "dev") + gum(args.data, "dev") + politics_dev + qanom(args.data, "dev")
    labels, lexicon, names, table = label_inventory(train, functions, aliases)
    labels["srl_case"] = case_words(train)
    labels["srl_function"], role_table = role_functions(names, functions)
    for name, values in labels.items():
        print("labels", name, len(values))
    print("lemma lexicon", len(lexicon), "rolesets", len(names), "lemma entries", len(table))
    lists = name_lists.build(args.data + "/gazetteer", os.path.join(os.path.dirname(__file__), "../data/gazetteer"))
    print("names in lists", len(lists))
    with open(args.out, "wb") as file:
        pickle.dump({"name_lists": lists, "train": train, "dev": dev, "labels": labels, "lemma_exceptions": lexicon,
                     "rolesets": names, "roleset_lemmas": table, "roleset_functions": role_table}, file)


if __name__ == "__main__":
    main()
