#!/usr/bin/env python3
"""check_conllu.py RELATA TEXT...: reads what `relata analyze --format conllu` writes by the rules of CoNLL-U and of UD's validator.

https://universaldependencies.org/format.html, levels 1 and 2 of the validator: columns and their letters, numbers of words, one root,
trees without cycles, closed sets of tags and relations, sorted features, `# text` as the words with their spaces say, unique
sentences. Beside that our own fields: bytes are those of the text, and every span lies in its sentence. Besides the texts given, odd ones.
"""

import re
import subprocess
import sys

UPOS = set("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
RELATIONS = set(
    "acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse dislocated expl fixed flat goeswith iobj "
    "list mark nmod nsubj nummod obj obl orphan parataxis punct reparandum root vocative xcomp".split())
FEATURE = re.compile(r"[A-Z][A-Za-z0-9]*(\[[a-z0-9]+\])?=[A-Z0-9][A-Za-z0-9]*(,[A-Z0-9][A-Za-z0-9]*)*")
RELATION = re.compile(r"[a-z]+(:[a-z]+)*")

ODD_TEXTS = [
    "a\tb | c = d # e _ f\n\n_ __ | = \\n \\t &amp; %7C\n",
    "I can't, won't and shouldn't've. He's gone; they're \u2019ere. \u201cDon\u2019t!\u201d\n",
    "\u00e9\u0301 \u200b zero\u200bwidth \u00a0no-break\u00a0space \U0001f600\U0001f600 \ud55c\uad6d\uc5b4 \u0440\u0443\u0441\u0441\u043a\u0438\u0439\n",
    "# sent_id = 7\n# text = no comment\n1\tThe\tthe\tDET\n\n\n\n.\n...\n!!!\n?\n",
    "word " * 3000 + "\n",
    "(" * 700 + "x" + ")" * 700 + "\n",
    "A" * 5000 + " " + "-" * 5000 + "\n",
]


def check(condition, message):
    if not condition:
        raise AssertionError(message)


def read_sentences(text):
    check(text.endswith("\n\n"), "no empty line at the end")
    for block in text[:-2].split("\n\n"):
        lines = block.split("\n")
        comments = [line for line in lines if line.startswith("#")]
        check(lines[:len(comments)] == comments, f"a comment after a word: {block[:200]}")
        rows = [line.split("\t") for line in lines[len(comments):]]
        check(rows, f"a sentence without words: {block[:200]}")
        yield dict(line[2:].split(" = ", 1) for line in comments if " = " in line), rows


def check_row(row):
    check(len(row) == 10, f"{len(row)} columns: {row}")
    for name, value in zip("ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL DEPS MISC".split(), row):
        check(value and value == value.strip(), f"{name} is empty or begins or ends with a space: {row}")
        check(name in ("FORM", "LEMMA", "MISC") or not re.search(r"\s", value), f"a space in {name}: {row}")
        check(not re.search("[\x00-\x1f\x7f\u2028\u2029]", value), f"a control character in {name}: {row}")


def check_features(row):
    if row[5] == "_":
        return
    features = row[5].split("|")
    keys = [feature.split("=")[0] for feature in features]
    check(all(FEATURE.fullmatch(feature) for feature in features), f"features: {row}")
    check(len(set(keys)) == len(keys) and keys == sorted(keys, key=str.lower), f"features out of order: {row}")


def check_tree(words):
    heads = [0] + [int(row[6]) for row in words]
    check(all(0 <= head <= len(words) for head in heads), f"a head out of range: {heads}")
    for row in words:
        check((row[6] == "0") == (row[7] == "root"), f"root and head: {row}")
        check(row[3] in UPOS, f"UPOS: {row}")
        check(RELATION.fullmatch(row[7]) and row[7].split(":")[0] in RELATIONS, f"relation: {row}")
        check_features(row)
    check(heads[1:].count(0) == 1, f"{heads[1:].count(0)} roots")
    reached = {0}
    for start in range(1, len(heads)):
        way = []
        node = start
        while node not in reached:
            check(len(way) < len(heads), f"a cycle above word {start}")
            way.append(node)
            node = heads[node]
        reached.update(way)


def check_text(comments, rows):
    """The words with their spaces are the text; words of a multiword token do not count."""
    built = ""
    inside_until = 0
    for row in rows:
        if "-" in row[0]:
            inside_until = int(row[0].split("-")[1])
        elif int(row[0]) <= inside_until:
            continue
        built += row[1] + ("" if "SpaceAfter=No" in row[9].split("|") else " ")
    check(built.rstrip(" ") == comments["text"], f"text {comments['text']!r} is not {built!r}")


def check_numbers(rows):
    expected = 1
    for row in rows:
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            check(first == expected and last > first, f"a multiword token out of place: {row}")
            check(row[2:9] == ["_"] * 7, f"a multiword token with columns: {row}")
        else:
            check(row[0] == str(expected), f"word {expected} is called {row[0]}")
            expected += 1


def check_fields(row, count, source):
    fields = {}
    for field in row[9].split("|"):
        if "=" in field:
            key, value = field.split("=", 1)
            fields.setdefault(key, value)
    begin, end = map(int, fields["Bytes"].split("-"))
    check(0 <= begin < end <= len(source), f"bytes: {row}")
    written = source[begin:end].decode("utf-8")
    check(re.sub(r"\s", " ", written) == row[1], f"bytes {begin}-{end} are {written!r}: {row}")
    for key in ("Name", "Mention"):
        for value in filter(None, fields.get(key, "").split(",")):
            first, last = map(int, value.split(":")[0].split("-"))
            check(1 <= first <= last <= count, f"{key}: {row}")
    for value in filter(None, fields.get("Arguments", "").split(",")):
        _, head, span, _ = value.split(":")
        first, last = map(int, span.split("-"))
        check(1 <= first <= int(head) <= last <= count, f"Arguments: {row}")


def check_document(relata, source):
    done = subprocess.run([relata, "analyze", "-", "--format", "conllu", "--any-language"], input=source, capture_output=True, check=False)
    check(done.returncode == 0, f"{done.returncode}: {done.stderr.decode()}")
    names = set()
    words_read = 0
    for comments, rows in read_sentences(done.stdout.decode("utf-8")):
        check("sent_id" in comments and "text" in comments, f"no sent_id or text: {comments}")
        check(comments["sent_id"] not in names, f"sentence {comments['sent_id']} twice")
        names.add(comments["sent_id"])
        for row in rows:
            check_row(row)
        check_numbers(rows)
        words = [row for row in rows if "-" not in row[0]]
        check_tree(words)
        check_text(comments, rows)
        for row in words:
            check_fields(row, len(words), source)
        words_read += len(words)
    return len(names), words_read


def main():
    relata, *files = sys.argv[1:]
    texts = [text.encode("utf-8") for text in ODD_TEXTS]
    for name in files:
        with open(name, "rb") as file:
            texts.append(file.read())
    sentences = words = 0
    for number, text in enumerate(texts):
        try:
            read, of_them = check_document(relata, text)
        except AssertionError as error:
            sys.exit(f"check_conllu: {files[number - len(ODD_TEXTS)] if number >= len(ODD_TEXTS) else f'odd text {number}'}: {error}")
        sentences += read
        words += of_them
    print(f"{sentences} sentences with {words} words read")


if __name__ == "__main__":
    main()
