#include "importers/text/syntax.h"

#include <algorithm>
#include <array>

#include "graph/ascii.h"

namespace relata::text {

namespace {

constexpr std::array<std::string_view, 9> clause_relations = {
    "root", "ccomp", "xcomp", "advcl", "acl", "csubj", "list", "parataxis", "dislocated"};

bool same_relation(std::string_view found, std::string_view wanted) {
  if (!found.starts_with(wanted)) return false;
  return found.size() == wanted.size() || found[wanted.size()] == ':';
}

}  // namespace

SyntaxView::SyntaxView(const Sentence& sentence) : sentence_(&sentence) {
  const std::int32_t count = size();
  keys_.reserve(count);
  for (const Token& token : sentence.tokens) {
    keys_.push_back(lower(token.lemma.empty() || token.lemma == "_" ? token.form : token.lemma));
  }
  child_begin_.assign(count + 1, 0);
  for (const Token& token : sentence.tokens) {
    if (token.head >= 0) ++child_begin_[token.head + 1];
  }
  for (std::int32_t i = 0; i < count; ++i) child_begin_[i + 1] += child_begin_[i];
  children_.resize(child_begin_[count]);
  std::vector<std::int32_t> next(child_begin_.begin(), child_begin_.end() - 1);
  for (std::int32_t i = 0; i < count; ++i) {
    if (head(i) >= 0) children_[next[head(i)]++] = i;
  }
  depth_.assign(count, 0);
  subtree_.resize(count);
  std::vector<std::int32_t> order;  // heads before dependents
  order.reserve(count);
  for (std::int32_t i = 0; i < count; ++i) {
    subtree_[i] = {i, i + 1};
    if (head(i) < 0) order.push_back(i);
  }
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (const std::int32_t child : children(order[i])) {
      depth_[child] = depth_[order[i]] + 1;
      order.push_back(child);
    }
  }
  for (std::size_t i = order.size(); i-- > 0;) {
    const std::int32_t above = head(order[i]);
    if (above < 0) continue;
    subtree_[above].begin = std::min(subtree_[above].begin, subtree_[order[i]].begin);
    subtree_[above].end = std::max(subtree_[above].end, subtree_[order[i]].end);
  }
}

std::span<const std::int32_t> SyntaxView::children(std::int32_t index) const {
  return std::span(children_).subspan(child_begin_[index],
                                      child_begin_[index + 1] - child_begin_[index]);
}

bool SyntaxView::is(std::int32_t index, std::string_view relation) const {
  return same_relation(token(index).deprel, relation);
}

std::int32_t SyntaxView::child(std::int32_t index, std::string_view relation) const {
  for (const std::int32_t child : children(index)) {
    if (is(child, relation)) return child;
  }
  return -1;
}

std::int32_t SyntaxView::child_with_lemma(std::int32_t index, std::string_view lemma) const {
  for (const std::int32_t child : children(index)) {
    if (key(child) == lemma) return child;
  }
  return -1;
}

std::string SyntaxView::preposition(std::int32_t index) const {
  const std::int32_t marker = child(index, "case");
  if (marker < 0 || token(marker).xpos == "POS") return {};
  std::string text = lower(token(marker).form);
  for (const std::int32_t part : children(marker)) {
    if (is(part, "fixed")) text += " " + lower(token(part).form);
  }
  // "out of Kobane": both words may hang on the noun.
  const bool two = marker + 1 < size() && is(marker + 1, "case") && head(marker + 1) == index &&
                   lower(token(marker + 1).form) == "of";
  return two ? text + " of" : text;
}

std::vector<std::int32_t> SyntaxView::conjuncts(std::int32_t index) const {
  std::vector<std::int32_t> all = {index};
  for (std::int32_t t = index + 1; t < subtree_[index].end; ++t) {
    if (is(t, "conj") && coordinated_with(t) == index) all.push_back(t);
  }
  return all;
}

std::int32_t SyntaxView::coordinated_with(std::int32_t conjunct) const {
  const std::int32_t near = head(conjunct);
  const std::string own = preposition(conjunct);
  if (near < 0 || own.empty() || preposition(near) == own) return near;
  std::int32_t above = near;
  for (int steps = 0; steps < 3 && head(above) >= 0; ++steps) {
    above = head(above);
    if (is_nominal(above) && preposition(above) == own) return above;
  }
  return near;
}

std::int32_t SyntaxView::first_conjunct(std::int32_t index) const {
  while (is(index, "conj") && head(index) >= 0) index = coordinated_with(index);
  return index;
}

bool SyntaxView::dominates(std::int32_t ancestor, std::int32_t index) const {
  while (index >= 0) {
    if (index == ancestor) return true;
    index = head(index);
  }
  return false;
}

TokenSpan SyntaxView::core_phrase(std::int32_t index) const {
  TokenSpan span{index, index + 1};
  for (const std::int32_t child : children(index)) {
    const bool before = child < index;
    const bool premodifier =
        before &&
        (is(child, "det") || is(child, "amod") || is(child, "compound") || is(child, "nummod") ||
         is(child, "nmod:poss") || is(child, "nmod:desc") || is(child, "flat") ||
         is(child, "nmod:unmarked") || is(child, "advmod") || is(child, "goeswith"));
    const bool inside =
        !before && (is(child, "flat") || is(child, "compound") || is(child, "goeswith") ||
                    (is(child, "nummod") && child == span.end));
    if (!premodifier && !inside) continue;
    span.begin = std::min(span.begin, subtree_[child].begin);
    span.end = std::max(span.end, subtree_[child].end);
  }
  const auto edge = [this](std::int32_t i) {
    return token(i).upos == Upos::punct || token(i).upos == Upos::cconj;
  };
  while (span.size() > 1 && span.begin < index && edge(span.begin)) ++span.begin;
  while (span.size() > 1 && span.end - 1 > index && edge(span.end - 1)) --span.end;
  return span;
}

bool SyntaxView::passive(std::int32_t index) const {
  if (child(index, "aux:pass") >= 0) return true;
  if (child(index, "nsubj:pass") >= 0) {
    // "The board named Kelly Ortberg" may be read as a passive that lacks its auxiliary.
    const std::int32_t next = index + 1;
    const bool object = next < size() && head(next) == index && token(next).upos == Upos::propn &&
                        (is(next, "obj") || is(next, "xcomp"));
    return !object || is(index, "acl");
  }
  if (has_feature(token(index), "Voice=Pass")) return true;
  // "troops captured by X", not "rebels who have captured X"
  return is(index, "acl") && token(index).xpos == "VBN" && child(index, "aux") < 0 &&
         child(index, "nsubj") < 0;
}

std::int32_t SyntaxView::subject(std::int32_t index) const {
  for (std::int32_t steps = 0; index >= 0 && steps < 8; ++steps) {
    for (const std::int32_t child : children(index)) {
      if (is(child, "nsubj") && !is(child, "nsubj:outer")) return child;
    }
    if (const std::int32_t stray = subject_of_clause_before(index); stray >= 0) return stray;
    if (!is(index, "conj") && !is(index, "xcomp")) return -1;
    index = head(index);
  }
  return -1;
}

std::int32_t SyntaxView::subject_of_clause_before(std::int32_t verb) const {
  const std::int32_t told = child(verb, "ccomp");
  if (told < 0 || told > verb) return -1;
  std::int32_t first = -1;
  for (const std::int32_t word : children(told)) {
    if (!is(word, "nsubj")) continue;
    if (first >= 0 && word > told && word < verb) return word;
    first = word;
  }
  return -1;
}

std::int32_t SyntaxView::clause(std::int32_t index) const {
  while (index >= 0) {
    const std::int32_t first = first_conjunct(index);
    const bool verbal = token(index).upos == Upos::verb || token(index).upos == Upos::aux ||
                        child(index, "cop") >= 0 || child(index, "nsubj") >= 0;
    if (verbal || std::any_of(clause_relations.begin(), clause_relations.end(),
                              [&](std::string_view relation) { return is(first, relation); })) {
      return index;
    }
    index = head(index);
  }
  return -1;
}

bool SyntaxView::is_relative_pronoun(std::int32_t index) const {
  const std::string& form = key(index);
  const bool wh = form == "who" || form == "whom" || form == "which" || form == "whose" ||
                  form == "that" || form == "where";
  return wh && token(index).xpos.starts_with("W") && antecedent(index) >= 0;
}

std::int32_t SyntaxView::antecedent(std::int32_t index) const {
  for (std::int32_t i = index; i >= 0; i = head(i)) {
    if (is(i, "acl:relcl")) return head(i);
    if (is(i, "ccomp") || is(i, "advcl") || is(i, "root")) return -1;
  }
  return -1;
}

bool SyntaxView::is_nominal(std::int32_t index) const {
  const Upos upos = token(index).upos;
  return upos == Upos::noun || upos == Upos::propn || upos == Upos::pron;
}

}  // namespace relata::text
