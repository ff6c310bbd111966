#include "importers/text/reader/spans.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace relata::text {

namespace {

/// Relations whose dependents are no part of the noun phrase that their head heads.
constexpr std::array<std::string_view, 21> outside_noun_phrase = {
    "acl:cleft", "advcl", "advcl:relcl", "appos",       "aux",    "aux:pass",  "case",
    "cc",        "ccomp", "conj",        "cop",         "csubj",  "discourse", "dislocated",
    "expl",      "mark",  "nsubj",       "nsubj:outer", "orphan", "parataxis", "vocative"};

std::size_t at(std::int32_t i) {
  return static_cast<std::size_t>(i);
}

}  // namespace

TreeIndex::TreeIndex(const Sentence& sentence)
    : sentence_(sentence),
      first_child_(sentence.tokens.size(), -1),
      next_sibling_(sentence.tokens.size(), -1) {
  const auto size = static_cast<std::int32_t>(sentence.tokens.size());
  for (std::int32_t i = size; i-- > 0;) {
    const std::int32_t head = sentence.tokens[at(i)].head;
    if (head < 0 || head >= size) continue;
    next_sibling_[at(i)] = first_child_[at(head)];
    first_child_[at(head)] = i;
  }
}

template <class Keep>
TokenSpan TreeIndex::grow(std::int32_t head, const Keep& keep) const {
  std::vector<bool> inside(sentence_.tokens.size(), false);
  std::vector<std::int32_t> open = {head};
  inside[at(head)] = true;
  while (!open.empty()) {
    const std::int32_t token = open.back();
    open.pop_back();
    for (std::int32_t child = first_child_[at(token)]; child >= 0;
         child = next_sibling_[at(child)]) {
      if (inside[at(child)] || !keep(token, child)) continue;
      inside[at(child)] = true;
      open.push_back(child);
    }
  }
  TokenSpan span{head, head + 1};
  const auto size = static_cast<std::int32_t>(inside.size());
  while (span.begin > 0 && inside[at(span.begin - 1)]) --span.begin;
  while (span.end < size && inside[at(span.end)]) ++span.end;
  const auto is_mark = [&](std::int32_t i) { return sentence_.tokens[at(i)].upos == Upos::punct; };
  // A closing quotation mark or bracket stays with its opening one.
  while (span.begin < head && is_mark(span.begin) && !is_mark(span.end - 1)) ++span.begin;
  while (span.end - 1 > head && is_mark(span.end - 1) && !is_mark(span.begin)) --span.end;
  return span;
}

TokenSpan TreeIndex::mention(std::int32_t head) const {
  return grow(head, [&](std::int32_t parent, std::int32_t child) {
    if (parent != head) return true;
    const std::string_view relation = sentence_.tokens[at(child)].deprel;
    return std::find(outside_noun_phrase.begin(), outside_noun_phrase.end(), relation) ==
           outside_noun_phrase.end();
  });
}

TokenSpan TreeIndex::argument(std::int32_t head, std::int32_t predicate) const {
  std::vector<bool> above(sentence_.tokens.size(), false);
  const auto size = static_cast<std::int32_t>(above.size());
  for (std::int32_t i = predicate; i >= 0 && i < size && !above[at(i)];
       i = sentence_.tokens[at(i)].head) {
    above[at(i)] = true;
  }
  return grow(head, [&](std::int32_t, std::int32_t child) { return !above[at(child)]; });
}

bool TreeIndex::dominates(std::int32_t ancestor, std::int32_t token) const {
  const auto size = static_cast<std::int32_t>(sentence_.tokens.size());
  for (std::int32_t steps = 0; token >= 0 && token < size && steps <= size; ++steps) {
    if (token == ancestor) return true;
    token = sentence_.tokens[at(token)].head;
  }
  return false;
}

}  // namespace relata::text
