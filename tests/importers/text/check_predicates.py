#!/usr/bin/env python3
"""Checks data/predicates.txt against the PropBank frames and says how much of real text it covers.

usage: check_predicates.py [DATA_FOLDER]

DATA_FOLDER (default: ../shared/data beside the repository) holds propbank-frames.tar.xz and
propbank-ewt/*.tsv. Fails when an entry names a roleset that neither knows. Exits with 77 ("skipped")
when the data is not there.
"""
import collections
import pathlib
import re
import sys
import tarfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
SKIPPED = 77


def read_rolesets(archive):
    """Names of all rolesets. Read with a pattern: two of the frame files are not well-formed."""
    rolesets = set()
    with tarfile.open(archive) as tar:
        for member in tar:
            if not member.name.endswith(".xml"):
                continue
            text = tar.extractfile(member).read().decode("utf-8", "replace")
            rolesets.update(re.findall(r'<roleset[^>]*\bid="([^"]+)"', text))
    return rolesets


def read_counts(folder, part):
    """How often each roleset stands in a part of PropBank-EWT."""
    counts = collections.Counter()
    for path in sorted(folder.glob(f"*{part}*.tsv")):
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                columns = line.rstrip("\n").split("\t")
                if len(columns) > 2 and "|" in columns[2]:
                    counts[columns[2].split("|", 1)[1]] += 1
    return counts


def read_entries(path):
    """(line, keys, clauses) of each entry; `let` names are left as they are."""
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.split("#")[0].strip()
            if line and not line.startswith(("let ", "ends ")):
                keys, clauses = line.split(" : ", 1)
                yield number, keys.split(), clauses


def main():
    data = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data"
    archive = data / "propbank-frames.tar.xz"
    if not archive.exists():
        print(f"{archive} is not there: skipped")
        return SKIPPED
    frames = read_rolesets(archive)
    train = read_counts(data / "propbank-ewt", "train")
    dev = read_counts(data / "propbank-ewt", "dev")

    errors = []
    active = set()
    considered = set()
    lemmas = set()
    for number, keys, clauses in read_entries(ROOT / "data" / "predicates.txt"):
        for key in keys:
            if ":" in key:
                lemmas.add(key)
                continue
            considered.add(key)
            if not re.search(r"(^|; )none$", clauses):
                active.add(key)
            if key not in frames and key not in train and key not in dev:
                errors.append(f"line {number}: no roleset {key}")

    print(f"rolesets considered {len(considered)}, with an entry {len(active)}, lemmas {len(lemmas)}")
    for name, counts in (("train", train), ("dev", dev)):
        total = sum(counts.values())
        seen = sum(count for roleset, count in counts.items() if roleset in considered)
        used = sum(count for roleset, count in counts.items() if roleset in active)
        print(f"PropBank-EWT {name}: {total} predicates, considered {seen / total:.1%}, "
              f"with an entry {used / total:.1%}")
    for error in errors:
        print(error, file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
