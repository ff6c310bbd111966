#include "importers/text/acronym_spans.h"

#include <algorithm>

#include "importers/text/name_spans.h"
#include "importers/text/name_words.h"

namespace relata::text {

namespace {

constexpr std::size_t shortest = 3;  // letters; initials agree by chance with fewer
constexpr std::size_t longest = 8;
constexpr std::int32_t most_tokens = 14;

/// "EACC", not "BANGKOK" of a line in capitals.
std::string acronym_at(const SyntaxView& tree, std::int32_t t) {
  const std::string letters = acronym_letters(tree.token(t).form);
  if (letters.size() < shortest || letters.size() > longest) return {};
  const auto shouted = [&](std::int32_t at) {
    return at >= 0 && at < tree.size() && acronym_letters(tree.token(at).form).size() > 1;
  };
  return shouted(t - 1) || shouted(t + 1) ? std::string() : letters;
}

bool is_small(const std::string& form) {
  static const std::set<std::string, std::less<>> words = {"of", "the", "and", "for", "in",
                                                           "on", "de",  "la",  "to",  "&"};
  return words.contains(form);
}

/// What a body's name may go on with.
bool may_stand_inside(const SyntaxView& tree, std::int32_t t) {
  const std::string& form = tree.token(t).form;
  const bool hyphen = form == "-" && !tree.token(t).space_after && !tree.token(t - 1).space_after;
  return is_capitalised(tree, t) || is_small(form) || hyphen;
}

std::string type_of(const SyntaxView& tree, TokenSpan span) {
  const std::int32_t head = head_of(tree, span);
  for (const Mention& mention : tree.sentence().mentions) {
    if (mention.head != head) continue;
    if (mention.type == "place" || mention.type == "event") return mention.type;
  }
  return "organization";
}

}  // namespace

AcronymSpans::AcronymSpans(std::span<const SyntaxView> syntax) {
  for (const SyntaxView& tree : syntax) {
    for (std::int32_t t = 0; t < tree.size(); ++t) {
      std::string letters = acronym_at(tree, t);
      if (!letters.empty()) acronyms_.insert(std::move(letters));
    }
  }
}

std::vector<Name> AcronymSpans::spelt_out(const SyntaxView& tree) const {
  std::vector<Name> found;
  if (acronyms_.empty()) return found;
  const auto named = [&](std::int32_t t) {
    return t >= 0 && t < tree.size() && is_capitalised(tree, t) &&
           tree.token(t).upos == Upos::propn;
  };
  for (std::int32_t begin = 0; begin < tree.size(); ++begin) {
    if (!is_capitalised(tree, begin) || tree.token(begin).upos == Upos::det || named(begin - 1))
      continue;
    for (std::int32_t end = begin + 1; end < std::min(tree.size(), begin + most_tokens); ++end) {
      if (!may_stand_inside(tree, end)) break;
      if (!is_capitalised(tree, end) || named(end + 1)) continue;
      const TokenSpan span{begin, end + 1};
      const std::set<std::string> letters = acronyms_of(name_words(text_of(tree, span)));
      const bool one = std::any_of(letters.begin(), letters.end(),
                                   [&](const std::string& own) { return acronyms_.contains(own); });
      if (!one) continue;
      found.push_back({span, type_of(tree, span), "", 0.9F});
      begin = end;
      break;
    }
  }
  return found;
}

}  // namespace relata::text
