#!/usr/bin/env python3
"""What the other checks read is what the command writes: `relata convert` of each sample graph gives, for every
format and tool, the bytes of the file that they were handed.  check_command.py FOLDER RELATA"""
import os
import subprocess
import sys
import tempfile

import common

relata = sys.argv.pop()
formats = sorted({name.rsplit(".", 1)[1] for name in os.listdir(common.folder())})
written = 0
with tempfile.TemporaryDirectory() as folder:
    for name in sorted(os.listdir(common.folder())):
        graph, *middle, format_name = name.split(".")
        out = os.path.join(folder, "out")
        command = [relata, "convert", common.path(graph, "json"), out, "--to", format_name, "--overwrite"]
        for word in middle:  # a profile, a part, or both
            command += ["--part" if word in ("nodes", "edges") else "--for", word]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        common.same((done.returncode, done.stderr), (0, ""), name)
        if done.returncode == 0:
            with open(out, "rb") as found, open(os.path.join(common.folder(), name), "rb") as expected:
                common.check(found.read() == expected.read(), name, "the same bytes")
            written += 1
common.check(len(formats) > 20 and written > 200, "formats", formats, written)
common.finish(f"relata writes the {written} files that the clients read")
