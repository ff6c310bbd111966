"""Scores of whole label sequences: which BIO labels may follow one another, likelihood, probabilities of labels.

A sequence's score is the sum of its words' scores and of the transitions between neighbours (model.Tagger.transitions).
"""
import torch

FORBIDDEN = -1e4


def rules(labels):
    """(what is added to the transitions, to the first word's scores): FORBIDDEN before an I-x that follows no x."""
    between = torch.tensor([[FORBIDDEN if b.startswith("I-") and a[2:] != b[2:] else 0.0 for b in labels] for a in labels])
    return between, torch.tensor([FORBIDDEN if b.startswith("I-") else 0.0 for b in labels])


def log_total(scores, mask, transitions, labels):
    """Logarithm of the sum of exp(score) over all sequences, [batch]; scores [batch, words, labels], mask marks words."""
    between, first = rules(labels)
    factors = (transitions + between).exp()
    start = scores[:, 0] + first
    top = start.max(1, keepdim=True)[0]
    sums, total = (start - top).exp(), top[:, 0]
    tops = scores.max(2, keepdim=True)[0]
    step, inside, tops = (scores - tops).exp().unbind(1), mask.unbind(1), tops[:, :, 0].unbind(1)
    for t in range(1, scores.shape[1]):  # probabilities scaled to 1 at each word: no logarithms of sums in the loop
        following = (sums @ factors) * step[t]
        size = following.sum(1, keepdim=True) + 1e-30
        sums = torch.where(inside[t][:, None], following / size, sums)
        total = total + torch.where(inside[t], size[:, 0].log() + tops[t], torch.zeros_like(total))
    return total + sums.sum(1).log()


def sequence_loss(scores, gold, mask, transitions, labels):
    """Negative log-likelihood of the gold labels, summed; a word whose gold label is negative may have any."""
    fixed = torch.full_like(scores, FORBIDDEN).scatter(2, gold.clamp(min=0)[:, :, None], 0.0)
    given = scores + torch.where((gold >= 0)[:, :, None], fixed, torch.zeros_like(scores))
    total = log_total(torch.cat([scores, given]), torch.cat([mask, mask]), transitions, labels)
    return (total[:len(scores)] - total[len(scores):]).sum()


def marginals(scores, mask, transitions, labels):
    """Probability of each word's labels given the whole sentence, [batch, words, labels], by the derivative of the total."""
    scores = scores.detach().clone().requires_grad_(True)
    with torch.enable_grad():
        log_total(scores, mask, transitions.detach(), labels).sum().backward()
    return scores.grad
