#!/usr/bin/env python3
"""Checks what the compiler does not: who includes whom, size of files, paths of one machine, unfinished work.

  check_structure.py REPOSITORY            prints what is wrong, ends with 1 when something is
  check_structure.py --self-test           shows each check a wrong file and a right one

Standard library only.
"""
import pathlib
import re
import sys
import tempfile

# Who may include whom, folder by folder; nobody includes cli.
MAY_INCLUDE = {
    "graph": {"graph"},
    "importers": {"graph", "importers"},
    "exporters": {"graph", "exporters"},
    "store": {"graph", "importers", "store"},
    "cli": {"graph", "importers", "exporters", "store", "cli"},
    "tests": {"graph", "importers", "exporters", "store", "cli", "tests"},
}
CODE = {".cpp", ".h", ".inl"}
LONGEST_FILE = 600
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)
SYSTEM_INCLUDE = re.compile(r"^\s*#\s*include\s*<([^>]+)>", re.MULTILINE)
MACHINE_PATH = re.compile(r"(?<![\w.<>{}$)~])/(?:home|root|work|farm|Users)/\w")
OUTSIDE = "../" + "shared"
UNFINISHED = re.compile(r"\b(?:TO" + "DO|FIX" + "ME|XX" + r"X)\b")
# Folders and scripts that work on material that lies beside the repository.
MAY_LOOK_OUTSIDE = ("training/", "tests/", "scripts/evaluate", "scripts/build_gazetteer")


def check_includes(path, text):
    """Yields what is wrong with the include directives of one file."""
    top = path.split("/")[0]
    if top not in MAY_INCLUDE:
        return
    for included in INCLUDE.findall(text):
        folder = included.split("/")[0]
        if "/" not in included or folder not in MAY_INCLUDE[top]:
            yield f"{path}: must not include \"{included}\"; {top}/ includes {', '.join(sorted(MAY_INCLUDE[top]))} by paths from the root"
    if top != "tests" and path.endswith(".h"):
        for included in SYSTEM_INCLUDE.findall(text):
            if included.startswith("rapidjson/"):
                yield f"{path}: RapidJSON belongs in .cpp files"
            if included.startswith("boost/") and path != "graph/csr_view.h":
                yield f"{path}: Boost belongs in .cpp files and graph/csr_view.h"


def check_header(path, text):
    """Yields what is wrong with the opening of one header."""
    if not path.endswith(".h") or path.split("/")[0] not in MAY_INCLUDE:
        return
    if not text.startswith("#pragma once\n//"):
        yield f"{path}: a header opens with #pragma once and a comment that says what it is for"


def check_text(path, text):
    """Yields what is wrong with any text file."""
    lines = text.count("\n")
    if pathlib.PurePath(path).suffix in CODE | {".py", ".sh"} and lines > LONGEST_FILE:
        yield f"{path}: {lines} lines; files stay under {LONGEST_FILE}"
    for number, line in enumerate(text.splitlines(), 1):
        if MACHINE_PATH.search(line):
            yield f"{path}:{number}: an absolute path of one machine"
        if OUTSIDE in line and not path.startswith(MAY_LOOK_OUTSIDE):
            yield f"{path}:{number}: a path outside the repository"
        if pathlib.PurePath(path).suffix in CODE | {".py", ".sh", ".cmake"} and UNFINISHED.search(line):
            yield f"{path}:{number}: unfinished work"


CHECKS = (check_includes, check_header, check_text)


def files_of(root):
    """Text files of the repository, build trees and data left out, sorted."""
    kept = CODE | {".py", ".sh", ".cmake", ".md", ".txt", ".json", ".in"}
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root).as_posix()
        if path.is_file() and (path.suffix in kept or relative == ".ci/run"):
            if not relative.startswith((".git/", "build", "data/", "models/", "samples/", "training/work/")):
                yield relative, path


def problems(root):
    for relative, path in files_of(root):
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            if "tests/" not in relative:
                yield f"{relative}: not UTF-8"
            continue
        for check in CHECKS:
            yield from check(relative, text)


def self_test():
    wrong = {
        "graph/a.h": '#pragma once\n// a\n#include "importers/importer.h"\n',
        "graph/b.h": "// b\n#pragma once\n",
        "importers/c.cpp": '#include "exporters/exporter.h"\n',
        "exporters/d.cpp": '#include "cli/command.h"\n',
        "cli/e.cpp": '#include "e.h"\n',
        "exporters/f.h": "#pragma once\n// f\n#include <rapidjson/document.h>\n",
        "graph/g.h": "#pragma once\n// g\n#include <boost/graph/graph_traits.hpp>\n",
        "cli/h.cpp": "\n" * (LONGEST_FILE + 1),
        "scripts/i.sh": "ls /home/" + "somebody\n",
        "docs/j.md": OUTSIDE + "/gold\n",
        "cli/k.cpp": "// TO" + "DO\n",
    }
    right = {
        "graph/l.h": '#pragma once\n// l\n#include "graph/graph.h"\n',
        "cli/m.cpp": '#include "importers/importer.h"\n#include <rapidjson/writer.h>\n',
        "docs/n.md": "see samples/work/file and https://host/home/page\n",
    }
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text in {**wrong, **right}.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        found = {re.split(r"[:]", problem)[0] for problem in problems(root)}
    if found != set(wrong):
        sys.exit(f"self-test: not found {sorted(set(wrong) - found)}, wrongly found {sorted(found - set(wrong))}")


def main(arguments):
    if arguments == ["--self-test"]:
        self_test()
        return
    if len(arguments) != 1:
        sys.exit(__doc__)
    found = list(problems(pathlib.Path(arguments[0])))
    print("\n".join(found) if found else "structure: nothing wrong")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
