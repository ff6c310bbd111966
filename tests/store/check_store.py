#!/usr/bin/env python3
"""Checks stores from outside, through the program.

  check_store.py RELATA kill      kills `relata add` at a hundred random moments; prints a log
  check_store.py RELATA full      lets the disk run full (a limit on the size of files) at many places
  check_store.py RELATA writers   lets several programs write at once
  check_store.py RELATA sql       asks the views with the sqlite3 client (skipped where it is missing)

Standard library only. Ends with 1 when something is wrong, with 77 when a check has to be skipped.
"""
import json
import pathlib
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

KILLS = 100


def graph(seed, nodes, edges, document):
    """A graph in relata's JSON, with a sentence for each edge."""
    choice = random.Random(seed)
    keys = sorted(f"actor/person-{choice.randrange(nodes * 2):05}" for _ in range(nodes))
    keys = sorted(set(keys))
    sentences, lines = [], []
    for number in range(edges):
        source, target = choice.sample(keys, 2)
        text = f"Sentence {number} of {document}."
        sentences.append({"document": 0, "begin": number * 50, "end": number * 50 + len(text), "text": text})
        lines.append({"source": source, "relation": "told", "target": target, "modality": "asserted",
                      "confidence": 0.5, "weight": 1,
                      "evidence": [{"sentence": number, "modality": "asserted", "confidence": 0.5}]})
    return {"format": "relata", "version": 1, "documents": [{"name": document}], "sentences": sentences,
            "nodes": [{"id": key, "kind": "actor", "type": "person", "name": key[6:], "aliases": []} for key in keys],
            "edges": lines}


class Bench:
    """A folder with a store and graphs to add to it."""

    def __init__(self, program, folder):
        self.program = program
        self.folder = pathlib.Path(folder)
        self.put("base.json", graph(1, 400, 1500, "base.txt"))
        self.put("more.json", graph(2, 400, 3000, "more.txt"))
        self.run("build", "base.json", "-o", "base.kg")
        self.old = self.export("base.kg")
        shutil.copy(self.folder / "base.kg", self.folder / "both.kg")
        start = time.monotonic()
        self.run("add", "both.kg", "more.json")
        self.duration = time.monotonic() - start
        self.new = self.export("both.kg")
        if self.old == self.new:
            fail("adding changed nothing")

    def put(self, name, record):
        (self.folder / name).write_text(json.dumps(record), encoding="utf-8")

    def run(self, *arguments, code=0, **options):
        done = subprocess.run([self.program, *arguments], cwd=self.folder, capture_output=True, check=False, **options)
        if done.returncode != code:
            fail(f"relata {' '.join(arguments)} ended with {done.returncode}: {done.stderr.decode()}")
        return done

    def export(self, store):
        return self.run("convert", store, "-", "--to", "json").stdout

    def fresh(self):
        """A store as it was before, alone in its folder."""
        for path in self.folder.glob("case.kg*"):
            path.unlink()
        shutil.copy(self.folder / "base.kg", self.folder / "case.kg")

    def state(self):
        now = self.export("case.kg")
        self.run("info", "case.kg", "--check")
        if now == self.old:
            return "old"
        if now == self.new:
            return "new"
        fail("the store is neither as it was before nor as it was to be")


def fail(message):
    print(f"check_store: {message}")
    sys.exit(1)


def check_kill(bench):
    choice = random.Random(20241227)
    counts = {}
    print(f"adding takes {bench.duration * 1000:.0f} ms; killed at {KILLS} moments of it:")
    for number in range(KILLS):
        bench.fresh()
        after = choice.uniform(0, bench.duration * 1.1)
        process = subprocess.Popen([bench.program, "add", "case.kg", "more.json"], cwd=bench.folder,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
        killed = process.wait() == -signal.SIGKILL
        journal = (bench.folder / "case.kg-journal").exists()
        state = bench.state()
        what = f"{'killed' if killed else 'done before'}{', journal left' if journal else ''}: {state}"
        counts[what] = counts.get(what, 0) + 1
        print(f"  {number + 1:3} after {after * 1000:6.1f} ms  {what}")
        if not killed and state != "new":
            fail("adding ended well and the store is as before")
    for what, count in sorted(counts.items()):
        print(f"{count:4}  {what}")
    if not any(what.startswith("killed") for what in counts):
        fail("nothing was killed")
    # The store goes on from wherever it was left.
    bench.fresh()
    bench.run("add", "case.kg", "more.json")
    if bench.state() != "new":
        fail("adding after all that")


def check_full(bench):
    size = (bench.folder / "both.kg").stat().st_size
    failed = 0
    for limit in [4096, 65536] + [size * part // 12 for part in range(1, 14)]:
        bench.fresh()
        done = subprocess.run([bench.program, "add", "case.kg", "more.json"], cwd=bench.folder, capture_output=True,
                              check=False, preexec_fn=lambda top=limit: resource.setrlimit(resource.RLIMIT_FSIZE, (top, top)))
        message = done.stderr.decode()
        state = bench.state()
        print(f"  files up to {limit:8} bytes: exit {done.returncode}, {state}, {message.strip()}")
        if done.returncode == 0 and state != "new" or done.returncode != 0 and state != "old":
            fail("exit code and state do not fit")
        if done.returncode != 0:
            failed += 1
            if "case.kg" not in message or message.count("\n") > 2:
                fail("the message does not say what could not be written")
        target = bench.folder / "made.kg"
        done = subprocess.run([bench.program, "build", "more.json", "-o", "made.kg"], cwd=bench.folder, capture_output=True,
                              check=False, preexec_fn=lambda top=limit: resource.setrlimit(resource.RLIMIT_FSIZE, (top, top)))
        if (done.returncode == 0) != target.exists():
            fail(f"build ended with {done.returncode} and made.kg is {'' if target.exists() else 'not '}there")
        if done.returncode != 0 and list(bench.folder.glob("made.kg*")):
            fail("something half written is left")
        target.unlink(missing_ok=True)
    if failed == 0:
        fail("the disk never ran full")


def check_writers(bench):
    bench.fresh()
    names = []
    for number in range(4):
        names.append(f"part-{number}.json")
        bench.put(names[-1], graph(10 + number, 100, 200, f"part-{number}.txt"))
    programs = [subprocess.Popen([bench.program, "add", "case.kg", name], cwd=bench.folder, stderr=subprocess.PIPE)
                for name in names]
    for name, program in zip(names, programs):
        message = program.communicate()[1].decode()
        print(f"  {name}: exit {program.returncode} {message.strip()}")
        if program.returncode != 0 and "another program is using the store" not in message:
            fail("the message does not say why")
        if program.returncode != 0:
            bench.run("add", "case.kg", name)
    bench.run("build", "base.json", *names, "-o", "together.kg")
    if bench.export("case.kg") != bench.export("together.kg"):
        fail("several writers gave another graph than one")
    bench.run("info", "case.kg", "--check")


def check_sql(bench):
    client = shutil.which("sqlite3")
    if client is None:
        print("check_store: the sqlite3 client is not installed; skipped")
        sys.exit(77)

    def ask(sql):
        return subprocess.run([client, "-readonly", str(bench.folder / "base.kg"), sql], capture_output=True, text=True,
                              check=True).stdout.strip()

    exported = json.loads(bench.old)
    for view, count in [("nodes", len(exported["nodes"])), ("edges", len(exported["edges"])),
                        ("evidence", sum(len(edge["evidence"]) for edge in exported["edges"])),
                        ("documents", 1), ("events", 0)]:
        found = ask(f"SELECT count(*) FROM {view}")
        print(f"  {view}: {found}")
        if int(found) != count:
            fail(f"{view} holds {found} rows, the graph {count}")
    first = exported["edges"][0]
    row = ask(f"SELECT relation, modality FROM edges WHERE source_key = '{first['source']}' AND target_key = '{first['target']}'")
    if row != f"{first['relation']}|{first['modality']}":
        fail(f"an edge reads {row}")
    if ask("PRAGMA integrity_check") != "ok" or ask("PRAGMA foreign_key_check") != "":
        fail("the database is not sound")


def main(arguments):
    checks = {"kill": check_kill, "full": check_full, "writers": check_writers, "sql": check_sql}
    if len(arguments) != 2 or arguments[1] not in checks:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        checks[arguments[1]](Bench(pathlib.Path(arguments[0]).resolve(), folder))
    print("check_store: nothing wrong")


if __name__ == "__main__":
    main(sys.argv[1:])
