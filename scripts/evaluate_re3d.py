#!/usr/bin/env python3
"""Entities against re3d (Dstl: defence and security texts with entities and relations).

  evaluate_re3d.py [--relata build/release/cli/relata] [--data ../shared/data] [--errors N]

Reads re3d/SOURCE/documents.json and entities.json; without them nothing is scored, which is no failure. The texts of all sources are
built as one corpus, and what its nodes are called in the texts is compared with the entities of the four types
that have nodes: Person, Organisation, Location, Nationality. re3d marks phrases ("the Iraqi Foreign Minister") and
pronouns as well as names, and takes a country for an Organisation where it acts; so a node's type admits several
of its types (ADMITTED below). Articles, titles before a person's name and possessive marks at the ends do not count, and what re3d marks
twice ("The UK" as an Organisation, "UK" in it as a Location) counts once, with either type.

- exact: the same words and an admitted type
- overlap: some common words and an admitted type
- names: the same for entities and mentions with a proper name in them: a word with a capital that is not the first
  of its sentence, or any word that has one elsewhere in the texts and never stands without

Nodes exist for what is named or takes part in something, so phrases without either are not found by design.
Standard library only.
"""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

TYPES = ("Person", "Organisation", "Location", "Nationality")

# Type of our node -> types of re3d that agree with it.
ADMITTED = {
    "person": ("Person",),
    "group": ("Organisation", "Nationality", "Person"),
    "military": ("Organisation",),
    "government": ("Organisation", "Location"),
    "organization": ("Organisation",),
    "media": ("Organisation",),
    "party": ("Organisation",),
    "company": ("Organisation",),
    "country": ("Location", "Organisation", "Nationality"),
    "region": ("Location",),
    "city": ("Location",),
    "facility": ("Location", "Organisation"),
    "water": ("Location",),
    "landform": ("Location",),
    "location": ("Location",),
}

TITLES = {"mr", "mrs", "ms", "dr", "sir", "president", "prime", "minister", "foreign", "secretary", "deputy", "special",
          "advisor", "envoy", "ambassador", "general", "king", "office", "fco", "defence", "chancellor", "vice"}


def records(path):
    """A JSON array, or one JSON object a line."""
    text = path.read_text(encoding="utf-8-sig")
    try:
        return json.loads(text)
    except ValueError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]


def build(relata, texts):
    """Our graph of the texts {name: text}."""
    with tempfile.TemporaryDirectory() as folder:
        inputs = pathlib.Path(folder) / "texts"
        inputs.mkdir()
        for name, text in texts.items():
            (inputs / f"{name}.txt").write_bytes(text.encode("utf-8"))
        target = pathlib.Path(folder) / "graph.json"
        command = [relata, "build", str(inputs), "-o", str(target)]
        result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if result.returncode != 0:
            sys.exit(f"evaluate_re3d: {' '.join(command)} ended with {result.returncode}\n{result.stderr}")
        return json.loads(target.read_text(encoding="utf-8"))


def trimmed(text, begin, end, person):
    """The range without article, titles and possessive marks."""
    words = [(begin + match.start(), begin + match.end()) for match in re.finditer(r"[^\s,]+", text[begin:end])]
    while len(words) > 1 and text[words[0][0]:words[0][1]].lower() in ("the", "a", "an", "our", "its", "their", "his"):
        words.pop(0)
    bare = list(words)
    while person and len(bare) > 1 and text[bare[0][0]:bare[0][1]].lower().rstrip(".") in TITLES:
        bare.pop(0)
    if bare and text[bare[0][0]].isupper():
        words = bare
    if not words:
        return begin, end
    last = re.sub(r"(['\u2019]s?|[.;:])$", "", text[words[-1][0]:words[-1][1]])
    return words[0][0], words[-1][0] + max(1, len(last))


def mentions_of(graph, texts):
    """{document: [(begin, end, type of node)]}, in characters."""
    names = [pathlib.Path(document["name"]).stem for document in graph["documents"]]
    sentences = [names[sentence["document"]] for sentence in graph["sentences"]]
    encoded = {name: text.encode("utf-8") for name, text in texts.items()}
    found = collections.defaultdict(set)
    for node in graph["nodes"]:
        if node["kind"] == "event":
            continue
        for mention in node.get("mentions", []):
            name = sentences[mention["sentence"]]
            begin = len(encoded[name][:mention["begin"]].decode("utf-8"))
            end = begin + len(encoded[name][mention["begin"]:mention["end"]].decode("utf-8"))
            found[name].add((*trimmed(texts[name], begin, end, node["type"] == "person"), node["type"]))
    return found


def proper_words(texts):
    """Words that stand with a capital and never without."""
    seen = collections.Counter()
    for text in texts.values():
        seen.update(re.findall(r"[^\W\d_]+", text))
    return {word for word in seen if word[0].isupper() and len(word) > 1 and word.lower() not in seen}


def has_name(text, begin, end, proper):
    for match in re.finditer(r"[^\W\d_]+", text[begin:end]):
        word = match.group()
        at = begin + match.start()
        before = text[:at].rstrip(" \"'\u2018\u201c(")
        starts = not before or before[-1] in ".!?:\n"
        if word in proper or (word[0].isupper() and not starts and word != "I"):
            return True
    return False


def match(gold, made, agrees):
    """Pairs (gold, made), each used once; the longest overlap first."""
    pairs = sorted(((min(g[1], m[1]) - max(g[0], m[0]), g, m) for g in gold for m in made if agrees(g, m)),
                   key=lambda pair: (-pair[0], pair[1:]))
    taken, result = set(), []
    for _, g, m in pairs:
        if ("gold", g) in taken or ("made", m) in taken:
            continue
        taken |= {("gold", g), ("made", m)}
        result.append((g, m))
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--relata", default="build/release/cli/relata")
    parser.add_argument("--data", default="../shared/data")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show N missing and N false names")
    arguments = parser.parse_args()
    sources = sorted((pathlib.Path(arguments.data) / "re3d").glob("*/documents.json"))
    if not sources:
        print(f"evaluate_re3d: skipped, there is no {arguments.data}/re3d/*/documents.json")
        return
    texts, marked = {}, collections.defaultdict(lambda: collections.defaultdict(set))
    for source in sources:
        for document in records(source):
            texts[document["_id"]] = document["text"]
        for entity in records(source.parent / "entities.json"):
            if entity["type"] in TYPES:
                text = texts[entity["documentId"]]
                span = trimmed(text, entity["begin"], entity["end"], entity["type"] == "Person")
                marked[entity["documentId"]][span].add(entity["type"])
    gold = {name: {(*span, tuple(sorted(types))) for span, types in spans.items()} for name, spans in marked.items()}
    made = mentions_of(build(arguments.relata, texts), texts)
    proper = proper_words(texts)

    def admitted(g, m):
        return bool(set(g[2]) & set(ADMITTED[m[2]]))

    measures = {
        "exact": lambda g, m: g[:2] == m[:2] and admitted(g, m),
        "exact, any type": lambda g, m: g[:2] == m[:2],
        "overlap": lambda g, m: g[0] < m[1] and m[0] < g[1] and admitted(g, m),
    }
    print(f"{len(texts)} texts of {len(sources)} sources\n")
    print("|  | precision | recall | F1 | found / gold | right / made |")
    print("| --- | --- | --- | --- | --- | --- |")
    per_type = collections.defaultdict(collections.Counter)
    for names_only in (True, False):
        for title, agrees in measures.items():
            counts = collections.Counter()
            for name, text in texts.items():
                keep = lambda item: not names_only or has_name(text, item[0], item[1], proper)
                g, m = set(filter(keep, gold.get(name, ()))), set(filter(keep, made[name]))
                pairs = match(g, m, agrees)
                counts.update(right=len(pairs), gold=len(g), made=len(m))
                if names_only and title == "overlap":
                    for item in g:
                        per_type[item[2][0]]["gold"] += 1
                    for item, _ in pairs:
                        per_type[item[2][0]]["found"] += 1
            precision, recall = counts["right"] / max(1, counts["made"]), counts["right"] / max(1, counts["gold"])
            f1 = 2 * precision * recall / max(1e-9, precision + recall)
            print(f"| {'names' if names_only else 'all'}, {title} | {precision:.3f} | {recall:.3f} | {f1:.3f} | "
                  f"{counts['right']} / {counts['gold']} | {counts['right']} / {counts['made']} |")
    print("\nNames found by overlap: " +
          ", ".join(f"{kind} {count['found']} of {count['gold']}" for kind, count in sorted(per_type.items())))
    if arguments.errors:
        missing, false = [], []
        for name, text in sorted(texts.items()):
            keep = lambda item: has_name(text, item[0], item[1], proper)
            g, m = set(filter(keep, gold.get(name, ()))), set(filter(keep, made[name]))
            pairs = match(g, m, measures["exact"])
            show = lambda item: f"{item[2] if isinstance(item[2], str) else '/'.join(item[2])}: {text[item[0]:item[1]]!r} in ...{text[max(0, item[0] - 40):item[1] + 30]!r}"
            missing += [show(item) for item in sorted(g - {pair[0] for pair in pairs})]
            false += [show(item) for item in sorted(m - {pair[1] for pair in pairs})]
        print("\nmissing:", *missing[::max(1, len(missing) // arguments.errors)], sep="\n  ")
        print("\nfalse:", *false[::max(1, len(false) // arguments.errors)], sep="\n  ")


if __name__ == "__main__":
    main()
