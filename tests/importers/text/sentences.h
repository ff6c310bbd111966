#pragma once
// Sentences for tests, written as compact tables: one token a line, "FORM LEMMA UPOS XPOS HEAD
// DEPREL [FEATS]", heads from 1, 0 for the root. Byte offsets are those of the forms joined by
// blanks.

#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>

#include "importers/text/document.h"

namespace relata::text::testing {

inline Sentence sentence(std::string_view table) {
  Sentence result;
  std::istringstream lines{std::string(table)};
  std::string line;
  std::uint32_t at = 0;
  while (std::getline(lines, line)) {
    std::istringstream fields(line);
    Token token;
    std::string upos;
    std::int32_t head = 0;
    if (!(fields >> token.form >> token.lemma >> upos >> token.xpos >> head >> token.deprel))
      continue;
    if (!(fields >> token.feats)) token.feats = "_";
    token.upos = upos_from_name(upos);
    token.head = head - 1;
    token.bytes = {at, at + static_cast<std::uint32_t>(token.form.size())};
    at = token.bytes.end + 1;
    result.tokens.push_back(token);
  }
  if (result.tokens.empty()) throw std::logic_error("a test sentence without tokens");
  result.bytes = {0, result.tokens.back().bytes.end};
  return result;
}

/// Index of the first token with that form.
inline std::int32_t find(const Sentence& sentence, std::string_view form) {
  for (std::size_t i = 0; i < sentence.tokens.size(); ++i) {
    if (sentence.tokens[i].form == form) return static_cast<std::int32_t>(i);
  }
  throw std::logic_error("no token " + std::string(form));
}

}  // namespace relata::text::testing
