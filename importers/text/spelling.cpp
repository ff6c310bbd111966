#include "importers/text/spelling.h"

#include <algorithm>
#include <array>
#include <utility>

namespace relata::text {

namespace {

/// British endings and the American ones, longer before shorter where one ends in the other.
constexpr std::array<std::pair<std::string_view, std::string_view>, 17> endings = {{
    {"isation", "ization"},
    {"ising", "izing"},
    {"iser", "izer"},
    {"ise", "ize"},
    {"yse", "yze"},
    {"our", "or"},
    {"oured", "ored"},
    {"ence", "ense"},
    {"tre", "ter"},
    {"ogue", "og"},
    {"amme", "am"},
    {"elling", "eling"},
    {"ement", "ment"},
    {"fil", "fill"},
    {"rol", "roll"},
    {"eller", "eler"},
    {"cheque", "check"},
}};

}  // namespace

std::vector<std::string> other_spellings(std::string_view lemma) {
  std::vector<std::string> found;
  const auto add = [&](std::string spelling) {
    const bool known = std::find(found.begin(), found.end(), spelling) != found.end();
    if (!known && spelling.size() > 2 && spelling != lemma) found.push_back(std::move(spelling));
  };
  for (const auto& [british, american] : endings) {
    if (lemma.size() > british.size() + 1 && lemma.ends_with(british)) {
      add(std::string(lemma.substr(0, lemma.size() - british.size())).append(american));
    }
  }
  if (const std::size_t hyphen = lemma.find('-'); hyphen != lemma.npos && hyphen > 0) {
    std::string joined(lemma);
    joined.erase(hyphen, 1);
    add(joined);
    if (lemma.starts_with("re-")) add(std::string(lemma.substr(3)));
  }
  return found;
}

}  // namespace relata::text
