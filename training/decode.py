"""Decoding of the network's scores, as the C++ runtime does it."""
import numpy as np

CORE = {"ARG0", "ARG1", "ARG2", "ARG3", "ARG4", "ARG5"}


def maximum_tree(scores):
    """Heads of the maximum spanning tree with one root (Chu-Liu/Edmonds).

    scores[dependent, head] over words 0..n, 0 the root; returns heads[1..n] as a list of n numbers.
    """
    n = scores.shape[0] - 1
    scores = scores.astype(np.float64).copy()
    np.fill_diagonal(scores, -1e18)
    heads = _edmonds(scores)
    if sum(1 for d in range(1, n + 1) if heads[d] == 0) > 1:
        spread = (scores[1:].max() - scores[1:][scores[1:] > -1e17].min() + 1.0) * (n + 1)
        scores[1:, 0] -= spread  # the fewest arcs from the root that a tree can have: one
        heads = _edmonds(scores)
    return [int(h) for h in heads[1:]]


def _edmonds(scores):
    """Maximum arborescence rooted in 0 by contraction of cycles; ties go to the lower index."""
    n = scores.shape[0]
    heads = np.zeros(n, dtype=int)
    heads[1:] = scores[1:].argmax(1)
    cycle = _find_cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(n, dtype=bool)
    inside[cycle] = True
    outer = [i for i in range(n) if not inside[i]]
    m = len(outer)
    small = np.full((m + 1, m + 1), -1e18)
    small[:m, :m] = scores[np.ix_(outer, outer)]
    cycle = np.array(cycle)
    own = scores[cycle, heads[cycle]]
    enter = scores[np.ix_(cycle, outer)] - own[:, None]  # the cycle's loss when entered at a word from an outer head
    enter_at = enter.argmax(0)
    small[m, :m] = enter.max(0)
    leave = scores[np.ix_(outer, cycle)]
    leave_from = leave.argmax(1)
    small[:m, m] = leave.max(1)
    small[0, :] = -1e18
    solved = _edmonds(small)
    result = heads.copy()
    for k, i in enumerate(outer):
        if i != 0:
            result[i] = outer[solved[k]] if solved[k] < m else cycle[leave_from[k]]
    result[cycle] = heads[cycle]
    result[cycle[enter_at[solved[m]]]] = outer[solved[m]]
    return result


def _find_cycle(heads):
    state = np.zeros(len(heads), dtype=int)
    state[0] = 2
    for start in range(1, len(heads)):
        path, i = [], start
        while state[i] == 0:
            state[i] = 1
            path.append(i)
            i = heads[i]
        if state[i] == 1:
            return sorted(path[path.index(i):])
        for j in path:
            state[j] = 2
    return None


def best_bio(scores, labels, transitions=None):
    """Best label sequence in which I-x follows only B-x or I-x (Viterbi; transitions: [label, next label] or none)."""
    allowed = np.zeros((len(labels), len(labels))) if transitions is None else np.array(transitions, dtype=np.float64)
    for j, label in enumerate(labels):
        if label.startswith("I-"):
            allowed[:, j] += [0.0 if before[2:] == label[2:] else -1e9 for before in labels]
    start = np.array([-1e9 if label.startswith("I-") else 0.0 for label in labels])
    total, back = scores[0] + start, []
    for row in scores[1:]:
        step = total[:, None] + allowed
        back.append(step.argmax(0))
        total = step.max(0) + row
    path = [int(total.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return [labels[i] for i in reversed(path)]


def bio_spans(labels):
    """{(first, last, type)} of a BIO sequence."""
    spans, first = set(), None
    for i, label in enumerate(list(labels) + ["O"]):
        if first is not None and not label.startswith("I-"):
            spans.add((first, i - 1, labels[first][2:]))
            first = None
        if label.startswith("B-"):
            first = i
    return spans


def choose_arguments(scores, roles, predicate):
    """[(word, role)] of one predicate: scores[word] over roles (0 = none), words without the root.

    Every word takes its best role; a core role goes to its best word only, and the losers take their best other role
    or none. Greedy in order of the margin over none.
    """
    margins = scores - scores[:, :1]
    order = sorted(((-margins[t, r], t, r) for t in range(len(scores)) for r in range(1, len(roles))
                    if margins[t, r] > 0 and t != predicate))
    taken, used, result = set(), set(), []
    for _, t, r in order:
        if t in used or (roles[r] in CORE and r in taken):
            continue
        used.add(t)
        taken.add(r)
        result.append((t, roles[r]))
    return sorted(result)
