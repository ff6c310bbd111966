#!/usr/bin/env python3
"""plot_growth.py FIGURES... -o PLOT.svg: how the figures of relata_bench grow with the graph.

FIGURES are outputs of `relata_bench --figures [--topology] NODES`; lines "figure,NAME,NODES,VALUE" are read, all
others passed over. One small plot a figure, both axes logarithmic. Standard library only; the same input gives
the same bytes.
"""
import argparse
import html
import math
import sys

WIDTH, HEIGHT = 330, 200  # of one plot
LEFT, RIGHT, TOP, BOTTOM = 58, 14, 36, 34
COLUMNS = 3
TITLES = {
    "topology MB": "memory of the topology, MB",
    "breadth-first search": "breadth-first search, s",
    "shortest paths": "single-source shortest paths, s",
    "page rank": "PageRank to 1e-8, one thread, s",
    "bytes an edge": "all records, bytes an edge",
    "misspelt name ms": "misspelt name looked up, median ms",
    "path queries a second": "path queries a second",
    "index of paths s": "making the index of paths, s",
}
PEERS = ("Boost.Graph", "igraph")  # "NAME of PEER" is drawn beside NAME


def read(paths):
    """The figures by name: {name: {nodes: value}}."""
    figures = {}
    for path in paths:
        with open(path, encoding="utf-8") as file:
            for line in file:
                parts = line.strip().split(",")
                if len(parts) == 4 and parts[0] == "figure":
                    figures.setdefault(parts[1], {})[int(parts[2])] = float(parts[3])
    return figures


def decades(low, high):
    """The powers of ten around a range, at least one decade."""
    first = math.floor(math.log10(low) + 1e-9)
    last = math.ceil(math.log10(high) - 1e-9)
    return first, max(last, first + 1)


def label(value):
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def split_peer(name):
    """The figure's own name and the peer that it is of, or None."""
    for peer in PEERS:
        if name.endswith(" of " + peer):
            return name[: -len(" of " + peer)], peer
    return name, None


def plot(title, series, x0, y0, x_range):
    """One plot as lines of SVG, its upper left corner at (x0, y0); `series` is a list of (peer or None, points)."""
    values = [value for _, points in series for value in points.values()]
    y_first, y_last = decades(min(values), max(values))
    x_first, x_last = x_range
    inner_width, inner_height = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def x(value):
        return x0 + LEFT + inner_width * (math.log10(value) - x_first) / (x_last - x_first)

    def y(value):
        return y0 + TOP + inner_height * (1 - (math.log10(value) - y_first) / (y_last - y_first))

    lines = [f'<text class="title" x="{x0 + LEFT}" y="{y0 + 18}">{html.escape(title)}</text>']
    for power in range(y_first, y_last + 1):
        at = y(10.0**power)
        lines.append(f'<line class="grid" x1="{x0 + LEFT}" y1="{at:.1f}" x2="{x0 + WIDTH - RIGHT}" y2="{at:.1f}"/>')
        lines.append(f'<text class="axis" text-anchor="end" x="{x0 + LEFT - 6}" y="{at + 4:.1f}">{label(10.0**power)}</text>')
    for power in range(x_first, x_last + 1):
        at = x(10.0**power)
        lines.append(f'<line class="grid" x1="{at:.1f}" y1="{y0 + TOP}" x2="{at:.1f}" y2="{y0 + HEIGHT - BOTTOM}"/>')
        names = {4: "10k", 5: "100k", 6: "1M", 7: "10M", 8: "100M"}
        lines.append(f'<text class="axis" text-anchor="middle" x="{at:.1f}" y="{y0 + HEIGHT - BOTTOM + 16}">'
                     f'{names.get(power, label(10.0**power))}</text>')
    # Peers first, so that our own curve lies on top.
    for peer, points in sorted(series, key=lambda one: one[0] is None):
        kind = "" if peer is None else " peer"
        path = " ".join(f"{x(nodes):.1f},{y(value):.1f}" for nodes, value in sorted(points.items()))
        lines.append(f'<polyline class="curve{kind}" points="{path}"/>')
        for nodes, value in sorted(points.items()):
            lines.append(f'<circle class="point{kind}" cx="{x(nodes):.1f}" cy="{y(value):.1f}" r="3"/>')
    own = sorted(dict(series).get(None, {}).items())
    rising = not own or own[-1][1] >= own[0][1]
    peers = [points for peer, points in series if peer is not None]
    for i, (nodes, value) in enumerate(own):
        # Where neither a curve nor the edge of the plot is in the way.
        under = any(points.get(nodes, 0) > value for points in peers)
        last = i + 1 == len(own)
        if under:
            anchor, dx, dy = ("end", 5, 16) if last else ("start", 6, 10)
        elif not rising:
            anchor, dx, dy = "start", 6, -5
        else:
            anchor, dx, dy = ("start", 7, 5) if i == 0 else ("end", -5, -5)
        lines.append(f'<text class="value" text-anchor="{anchor}" x="{x(nodes) + dx:.1f}" y="{y(value) + dy:.1f}">{label(value)}</text>')
    for peer, _ in series:
        if peer is not None:
            lines.append(f'<text class="name" text-anchor="end" x="{x0 + WIDTH - RIGHT - 4}" y="{y0 + HEIGHT - BOTTOM - 6}">'
                         f'grey: {html.escape(peer)}</text>')
    return lines


def draw(figures):
    plots = {}
    for name, points in figures.items():
        own, peer = split_peer(name)
        plots.setdefault(own, []).append((peer, points))
    names = [name for name in TITLES if name in plots] + sorted(set(plots) - set(TITLES))
    every = [nodes for points in figures.values() for nodes in points]
    x_range = decades(min(every), max(every))
    rows = math.ceil(len(names) / COLUMNS)
    width, height = COLUMNS * WIDTH, rows * HEIGHT + 24
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="DejaVu Sans, sans-serif">',
        "<style>.title{font-size:12px;fill:#222}.axis{font-size:10px;fill:#555}.value{font-size:10px;fill:#1b4f72}"
        ".name{font-size:10px;fill:#777}.grid{stroke:#ddd;stroke-width:1}"
        ".curve{fill:none;stroke:#1b4f72;stroke-width:1.5}.curve.peer{stroke:#aaa}.point{fill:#1b4f72}.point.peer{fill:#aaa}</style>",
        f'<rect width="{width}" height="{height}" fill="white"/>',
    ]
    for i, name in enumerate(names):
        lines += plot(TITLES.get(name, name), plots[name], i % COLUMNS * WIDTH, i // COLUMNS * HEIGHT, x_range)
    lines.append(f'<text class="axis" text-anchor="middle" x="{width // 2}" y="{height - 8}">'
                 'across: nodes of the graph, five edges a node; processor time of one thread</text>')
    lines.append("</svg>")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("figures", nargs="+")
    parser.add_argument("-o", "--output", required=True)
    options = parser.parse_args()
    figures = read(options.figures)
    figures = {name: {n: v for n, v in points.items() if v > 0} for name, points in figures.items()}
    figures = {name: points for name, points in figures.items() if points}
    if not figures:
        sys.exit("plot_growth: no line \"figure,NAME,NODES,VALUE\" in the files")
    with open(options.output, "w", encoding="utf-8") as file:
        file.write(draw(figures))


if __name__ == "__main__":
    main()
