#include "importers/text/compound_participles.h"

#include <array>

namespace relata::text {

namespace {

constexpr std::array<CompoundParticiple, 27> compound_participles = {{
    {"based", "base", "based in", false, true},
    {"backed", "back", "supports", true, false},
    {"supported", "support", "supports", true, false},
    {"sponsored", "sponsor", "supports", true, false},
    {"trained", "train", "supports", true, false},
    {"funded", "fund", "supplies", true, false},
    {"financed", "finance", "supplies", true, false},
    {"armed", "arm", "supplies", true, false},
    {"equipped", "equip", "supplies", true, false},
    {"supplied", "supply", "supplies", true, false},
    {"led", "lead", "leader of", true, false},
    {"headed", "head", "leader of", true, false},
    {"commanded", "command", "leader of", true, false},
    {"owned", "own", "owned by", false, false},
    {"controlled", "control", "controlled by", false, false},
    {"held", "hold", "controlled by", false, false},
    {"occupied", "occupy", "controlled by", false, false},
    {"run", "run", "controlled by", false, false},
    {"ruled", "rule", "controlled by", false, false},
    {"administered", "administer", "controlled by", false, false},
    {"appointed", "appoint", "appointed by", false, false},
    {"installed", "install", "appointed by", false, false},
    {"allied", "ally", "ally of", false, false},
    {"aligned", "align", "ally of", false, false},
    {"affiliated", "affiliate", "ally of", false, false},
    {"founded", "found", "founded by", false, false},
    {"linked", "link", "ally of", false, false},
}};

}  // namespace

const CompoundParticiple* compound_participle(std::string_view lemma, std::string_view form) {
  for (const CompoundParticiple& entry : compound_participles) {
    if (form == entry.form && (lemma == entry.lemma || lemma == entry.form)) return &entry;
  }
  return nullptr;
}

}  // namespace relata::text
