#include "importers/text/quotes.h"

#include <string_view>

namespace relata::text {

namespace {

enum class Mark { none, open, close, straight };

Mark mark_of(std::string_view form) {
  if (form == "\xE2\x80\x9C" || form == "``" || form == "\xC2\xAB") return Mark::open;
  if (form == "\xE2\x80\x9D" || form == "''" || form == "\xC2\xBB") return Mark::close;
  if (form == "\"") return Mark::straight;
  return Mark::none;
}

}  // namespace

std::vector<std::vector<std::int32_t>> find_quotations(const Document& document) {
  std::vector<std::vector<std::int32_t>> result;
  std::int32_t next = 0;
  std::int32_t current = -1;
  std::uint32_t paragraph = 0;
  for (const Sentence& sentence : document.sentences) {
    if (sentence.paragraph != paragraph) current = -1;
    paragraph = sentence.paragraph;
    std::vector<std::int32_t>& inside = result.emplace_back(sentence.tokens.size(), -1);
    for (std::size_t i = 0; i < sentence.tokens.size(); ++i) {
      const Mark mark = mark_of(sentence.tokens[i].form);
      if (mark == Mark::none) {
        inside[i] = current;
        continue;
      }
      const bool opens = mark == Mark::open || (mark == Mark::straight && current < 0);
      if (opens && current < 0) {
        current = next++;
      } else if (!opens) {
        current = -1;
      }
    }
  }
  return result;
}

}  // namespace relata::text
