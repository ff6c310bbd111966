#include "importers/text/document.h"

#include <algorithm>
#include <array>

namespace relata::text {

namespace {

constexpr std::array<std::string_view, 17> upos_names = {
    "ADJ",  "ADP",  "ADV",   "AUX",   "CCONJ", "DET", "INTJ", "NOUN", "NUM",
    "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"};

}  // namespace

std::string_view upos_name(Upos upos) {
  return upos_names[static_cast<std::size_t>(upos)];
}

Upos upos_from_name(std::string_view name) {
  const auto found = std::find(upos_names.begin(), upos_names.end(), name);
  return found == upos_names.end() ? Upos::x : static_cast<Upos>(found - upos_names.begin());
}

bool has_feature(const Token& token, std::string_view feature) {
  std::string_view rest = token.feats;
  while (!rest.empty()) {
    const std::size_t end = rest.find('|');
    if (rest.substr(0, end) == feature) return true;
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  return false;
}

ByteSpan bytes_of(const Sentence& sentence, TokenSpan span) {
  return {sentence.tokens[static_cast<std::size_t>(span.begin)].bytes.begin,
          sentence.tokens[static_cast<std::size_t>(span.end) - 1].bytes.end};
}

TokenSpan subtree_of(const Sentence& sentence, std::int32_t token) {
  const auto size = static_cast<std::int32_t>(sentence.tokens.size());
  TokenSpan span{token, token + 1};
  // A token is dominated when following heads reaches `token`; marks remember what is known.
  enum : std::int8_t { unknown, inside, outside };
  std::vector<std::int8_t> mark(sentence.tokens.size(), unknown);
  mark[static_cast<std::size_t>(token)] = inside;
  std::vector<std::int32_t> path;
  for (std::int32_t start = 0; start < size; ++start) {
    path.clear();
    std::int32_t i = start;
    while (i >= 0 && i < size && mark[static_cast<std::size_t>(i)] == unknown) {
      mark[static_cast<std::size_t>(i)] = outside;  // ends a walk round a cycle, too
      path.push_back(i);
      i = sentence.tokens[static_cast<std::size_t>(i)].head;
    }
    if (i >= 0 && i < size && mark[static_cast<std::size_t>(i)] == inside) {
      for (const std::int32_t member : path) mark[static_cast<std::size_t>(member)] = inside;
      span.begin = std::min(span.begin, start);
      span.end = std::max(span.end, start + 1);
    }
  }
  return span;
}

}  // namespace relata::text
