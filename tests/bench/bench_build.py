#!/usr/bin/env python3
"""Speed of `relata build` on one thread: texts as one text each, and the same joined into one text of about 1 MB.

bench_build.py RELATA TEXT...: the texts are repeated up to the size, each time with other names of persons and
places, so that a long text tells of many things, as a book or a year of a newspaper does. Prints words a second of
processor time for both; the two should not lie far apart.
"""

import pathlib
import re
import resource
import subprocess
import sys
import tempfile

SIZE = 1_000_000
SYLLABLES = ["ba", "ren", "ko", "mil", "dar", "su", "tev", "lo", "gan", "ri", "vash", "ne", "pol", "ti", "har", "mo"]


def renamed(text, round_number):
    """The text with every capitalised word that is never written small changed by the round's syllables."""
    if round_number == 0:
        return text
    small = set(re.findall(r"\b[a-z]+\b", text))
    ending = ""
    while round_number:
        round_number, digit = divmod(round_number, len(SYLLABLES))
        ending += SYLLABLES[digit]

    def change(match):
        word = match.group(0)
        return word if word.lower() in small or len(word) % 2 else word + ending

    return re.sub(r"\b[A-Z][a-z]{4,}\b", change, text)


def seconds(relata, inputs):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([relata, "build", *inputs, "-o", f"{folder}/graph.json", "--threads", "1"], check=True,
                       stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    relata, *names = sys.argv[1:]
    texts = [pathlib.Path(name).read_text(encoding="utf-8") for name in names]
    articles = []
    size = 0
    while size < SIZE:
        for text in texts:
            if size < SIZE:
                articles.append(renamed(text, len(articles) // len(texts)))
                size += len(articles[-1])
    words = sum(len(text.split()) for text in articles)
    with tempfile.TemporaryDirectory() as folder:
        many = pathlib.Path(folder) / "many"
        many.mkdir()
        for i, text in enumerate(articles):
            (many / f"{i:05}.txt").write_text(text, encoding="utf-8")
        one = pathlib.Path(folder) / "one.txt"
        one.write_text("\n\n".join(articles), encoding="utf-8")
        apart = words / seconds(relata, [str(many)])
        together = words / seconds(relata, [str(one)])
    print(f"{words} words: {apart:.0f} words/s as {len(articles)} texts, {together:.0f} words/s as one text, "
          f"{together / apart:.2f} of it")


if __name__ == "__main__":
    main()
