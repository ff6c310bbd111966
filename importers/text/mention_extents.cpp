#include "importers/text/mention_extents.h"

#include <algorithm>
#include <vector>

namespace relata::text {

namespace {

std::uint32_t bucket(std::int32_t value) {
  if (value < 4) return static_cast<std::uint32_t>(std::max(value, 0));
  return value < 6 ? 4U : value < 10 ? 5U : value < 20 ? 6U : 7U;
}

std::uint32_t code(Upos upos) {
  return static_cast<std::uint32_t>(upos);
}

bool determined(const SyntaxView& tree, std::int32_t token) {
  return tree.child(token, "det") >= 0 || tree.child(token, "nmod:poss") >= 0;
}

}  // namespace

void extent_features(const SyntaxView& tree, std::int32_t head, std::int32_t child, TokenSpan sofar,
                     FeatureList& features) {
  const Token& noun = tree.token(head);
  const Token& token = tree.token(child);
  const TokenSpan subtree = tree.subtree(child);
  const std::uint32_t right = child > head ? 1 : 0;
  const std::uint32_t relation = word_hash(token.deprel) * 2 + right;
  const std::uint32_t first = word_hash(lower(tree.token(subtree.begin).form));
  const std::int32_t beside = right == 1 ? subtree.begin - 1 : subtree.end;
  const bool marked = beside > head ? beside >= sofar.end && beside < tree.size()
                                    : beside >= 0 && beside < sofar.begin;
  const std::uint32_t mark =
      marked && tree.token(beside).upos == Upos::punct ? word_hash(tree.token(beside).form) : 0;
  const bool touches = right == 1 ? subtree.begin <= sofar.end : subtree.end >= sofar.begin;
  features.add(1, relation);
  features.add(2, relation, code(token.upos));
  features.add(3, relation, code(noun.upos));
  features.add(4, relation, first);
  features.add(5, relation, mark, touches ? 1 : 0);
  features.add(6, relation, bucket(subtree.size()));
  features.add(7, relation, word_hash(tree.key(child)));
  features.add(8, relation, word_hash(tree.key(head)));
  features.add(9, relation, static_cast<std::uint32_t>(token.head_score * 5));
  features.add(10, relation, word_hash(noun.deprel), code(noun.upos));
  features.add(11, relation, first, word_hash(noun.deprel));
  features.add(12, relation, first, word_hash(tree.key(head)));
  features.add(13, relation, determined(tree, head) ? 1 : 0, determined(tree, child) ? 1 : 0,
               noun.upos == token.upos ? 1 : 0);
  features.add(14, relation, noun.head >= 0 ? word_hash(tree.key(noun.head)) : 0, first);
  features.add(15, relation, bucket(right == 1 ? sofar.end - head : head - sofar.begin), mark);
  features.add(16, relation, word_hash(token.xpos), code(noun.upos));
  features.add(17, relation, noun.head < 0 ? 2 : noun.head < head ? 0 : 1, first);
}

TokenSpan grow_extent(const SyntaxView& tree, std::int32_t head,
                      const std::function<bool(std::int32_t child, TokenSpan sofar)>& belongs) {
  TokenSpan span{head, head + 1};
  const auto children = tree.children(head);
  for (const std::int32_t child : children) {
    if (child < head || tree.token(child).upos == Upos::punct) continue;
    if (!belongs(child, span)) break;
    span.end = std::max(span.end, tree.subtree(child).end);
  }
  for (auto child = children.rbegin(); child != children.rend(); ++child) {
    if (*child > head || tree.token(*child).upos == Upos::punct) continue;
    if (!belongs(*child, span)) break;
    span.begin = std::min(span.begin, tree.subtree(*child).begin);
  }
  const auto mark = [&](std::int32_t i) { return tree.token(i).upos == Upos::punct; };
  const auto is_closing = [&](std::int32_t i) {
    const std::string& form = tree.token(i).form;
    return form == ")" || form == "]" || form == "\"" || form == "\u201d" || form == "'" ||
           form == "\u2019";
  };
  // A closing bracket or quotation mark whose opening one is inside belongs to the phrase.
  if (span.end < tree.size() && mark(span.end) && is_closing(span.end)) {
    const std::string& form = tree.token(span.end).form;
    const std::string_view opening = form == ")"        ? "("
                                     : form == "]"      ? "["
                                     : form == "\u201d" ? "\u201c"
                                     : form == "\u2019" ? "\u2018"
                                                        : std::string_view(form);
    std::int32_t open = 0;
    for (std::int32_t i = span.begin; i < span.end; ++i) {
      if (tree.token(i).form == opening) {
        ++open;
      } else if (tree.token(i).form == form) {
        --open;
      }
    }
    const bool same = opening == form;
    if (same ? open % 2 == 1 : open > 0) ++span.end;
  }
  while (span.begin < head && mark(span.begin) && !mark(span.end - 1)) ++span.begin;
  while (span.end - 1 > head && mark(span.end - 1) && !is_closing(span.end - 1)) --span.end;
  return span;
}

}  // namespace relata::text
