#!/usr/bin/env python3
"""Documents that other programs made, read by relata: Word, OpenDocument and EPUB files by pandoc and LibreOffice,
PDF by ReportLab, groff, Ghostscript, LibreOffice and wkhtmltopdf. Each sentence arrives whole and in its place;
title and author arrive; notes, heads and feet do not.  check_documents.py RELATA
Programs that are not installed are passed over and told; without any of them the check is skipped."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

import common

relata = sys.argv.pop()
TITLE, AUTHOR = "Strike in Almara", "Ana Lind"
PARAGRAPHS = [
    "Dockworkers of Port Almara went on strike on Monday over the pay of the officers who first find the final cargo, "
    "their union said. It filed a complaint with the Ministry of Transport in the difficult affair.",
    "“Nobody will work before the company talks to us,” union leader Ilse Varga told reporters in Zürich. The "
    "company’s spokesman Tomas Okonjo denied that any of the well-known ships had been turned away.",
    "Police arrested more than forty of the dockworkers near the gate on Tuesday, and President Renata "
    "Solberg-Achterberg condemned the strike. Ostrava offered to take the cargo of up to 3.5 million tonnes.",
]
SENTENCES = [
    "Dockworkers of Port Almara went on strike on Monday over the pay of the officers who first find the final cargo, "
    "their union said.",
    "It filed a complaint with the Ministry of Transport in the difficult affair.",
    "“Nobody will work before the company talks to us,” union leader Ilse Varga told reporters in Zürich.",
    "The company’s spokesman Tomas Okonjo denied that any of the well-known ships had been turned away.",
    "Police arrested more than forty of the dockworkers near the gate on Tuesday, and President Renata "
    "Solberg-Achterberg condemned the strike.",
    "Ostrava offered to take the cargo of up to 3.5 million tonnes.",
]
NOTE = "This note of the editor is no part of the running text."
made, missing = [], []


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, check=False, **options)
    common.same(done.returncode, 0, command[0], done.stderr[-300:])
    return done


def read(file, by, note=False):
    """Checks what relata makes of the file; `note`: its format keeps notes apart from the text."""
    made.append(f"{by}: {os.path.splitext(file)[1][1:]}")
    done = run(relata, "analyze", file, "--stage", "sentences", "--format", "json")
    found = [sentence["text"] for document in json.loads(done.stdout) for sentence in document["sentences"]]
    common.check(not any("\u2022" in text for text in found), made[-1], "holds marks of lists")
    at = -1
    for sentence in SENTENCES:
        common.check(sentence in found, made[-1], "lacks", sentence, found)
        if sentence in found:
            common.check(found.index(sentence) > at, made[-1], "order of", sentence)
            at = found.index(sentence)
    if note:
        common.check(not any("note of the editor" in text for text in found), made[-1], "holds a note")
    graph = json.loads(run(relata, "build", file, "-o", "-", "--format", "json").stdout)
    common.check(len(graph["edges"]) > 3, made[-1], "facts")
    for document in graph["documents"]:
        common.same(document.get("title"), TITLE, made[-1], "title")
        if by not in ("groff", "Ghostscript", "wkhtmltopdf"):  # which state no author
            common.same(document.get("author"), AUTHOR, made[-1], "author")


def there(program, name):
    if shutil.which(program):
        return True
    missing.append(name)
    return False


with tempfile.TemporaryDirectory() as folder:
    def path(name):
        return os.path.join(folder, name)

    markdown = f"---\ntitle: {TITLE}\nauthor: {AUTHOR}\nlang: en-GB\n---\n\n# What happened\n\n"
    markdown += "\n\n".join([PARAGRAPHS[0] + "[^1]", *PARAGRAPHS[1:]]) + f"\n\n[^1]: {NOTE}\n"
    page = f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{TITLE}</title></head><body><h1>{TITLE}</h1>"
    page += "".join(f"<p>{text}</p>" for text in PARAGRAPHS) + "</body></html>"
    with open(path("strike.html"), "w", encoding="utf-8") as stream:
        stream.write(page)
    with open(path("strike.md"), "w", encoding="utf-8") as stream:
        stream.write(markdown)
    with open(path("plain.md"), "w", encoding="utf-8") as stream:
        stream.write(markdown.split("[^1]")[0] + "\n\n" + "\n\n".join("- " + text for text in PARAGRAPHS[1:]) + "\n")

    if there("pandoc", "pandoc"):
        for kind in ("docx", "odt", "epub"):
            run("pandoc", path("strike.md"), "-o", path("pandoc." + kind))
            read(path("pandoc." + kind), "pandoc", note=True)
        if there("soffice", "LibreOffice"):
            os.mkdir(path("office"))
            # On paper a note's number stands in the text, so what goes to PDF has none.
            run("pandoc", path("plain.md"), "-o", path("plain.odt"))
            for source, kind in (("pandoc.odt", "docx"), ("pandoc.docx", "odt"), ("plain.odt", "epub"),
                                 ("plain.odt", "pdf")):
                run("soffice", f"-env:UserInstallation=file://{path('profile')}", "--headless", "--convert-to",
                    kind, "--outdir", path("office"), path(source))
                read(path(f"office/{source.split('.')[0]}.{kind}"), "LibreOffice", note=kind in ("docx", "odt"))
    if there("groff", "groff"):
        text = ".TL\n" + TITLE + "\n.AU\n" + AUTHOR + "\n" + "".join(f".PP\n{part}\n" for part in PARAGRAPHS)
        for device, by in (("pdf", "groff"), ("ps", "Ghostscript")):
            done = run("groff", "-Kutf8", "-ms", "-T" + device, input=text.encode("utf-8"))
            with open(path("groff." + device), "wb") as stream:
                stream.write(done.stdout)
            if device == "ps":
                if not there("ps2pdf", "Ghostscript"):
                    continue
                run("ps2pdf", path("groff.ps"), path("ghostscript.pdf"))
            read(path("groff.pdf" if device == "pdf" else "ghostscript.pdf"), by)
    if there("wkhtmltopdf", "wkhtmltopdf"):
        run("wkhtmltopdf", "-q", "--header-center", "The Coast Herald", "--footer-center", "Page [page]",
            path("strike.html"), path("wk.pdf"), env={**os.environ, "XDG_RUNTIME_DIR": folder})
        read(path("wk.pdf"), "wkhtmltopdf")
    try:
        from reportlab.lib.styles import getSampleStyleSheet
        from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer
        template = SimpleDocTemplate(path("reportlab.pdf"), title=TITLE, author=AUTHOR)
        style = getSampleStyleSheet()
        story = [Paragraph(TITLE, style["Title"])]
        for text in PARAGRAPHS:
            story += [Paragraph(text, style["Normal"]), Spacer(1, 12)]
        template.build(story)
        read(path("reportlab.pdf"), "ReportLab")
    except ImportError:
        missing.append("ReportLab")

if missing:
    print("not installed, passed over:", ", ".join(missing))
if not made:
    common.skip("none of the programs is installed")
common.finish("relata reads what others made: " + ", ".join(made))
