#include "importers/text/name_cues.h"

#include <algorithm>
#include <set>

#include "importers/text/name_spans.h"

namespace relata::text {

namespace {

using WordSet = std::set<std::string, std::less<>>;

/// Last words of companies' names.
bool is_legal_form(std::string_view word) {
  static const WordSet forms = {
      "ASA",      "AG",         "plc",    "PLC",       "Plc",        "Inc",       "Inc.",
      "Corp",     "Corp.",      "Ltd",    "Ltd.",      "LLC",        "GmbH",      "Holding",
      "Holdings", "Industries", "Foods",  "Motors",    "SpA",        "S.p.A.",    "NV",
      "N.V.",     "Oyj",        "AB",     "S.A.",      "Airlines",   "Airways",   "Pharma",
      "Capital",  "Bancorp",    "Energy", "Petroleum", "Securities", "Logistics", "Telecom"};
  return forms.contains(word);
}

/// What only companies have.
bool is_company_asset(std::string_view noun) {
  static const WordSet nouns = {"shareholder", "share",    "stake",       "stock",    "subsidiary",
                                "profit",      "revenue",  "sale",        "customer", "dividend",
                                "takeover",    "merger",   "acquisition", "board",    "ceo",
                                "executive",   "investor", "brand",       "product",  "earnings"};
  return nouns.contains(noun);
}

/// What only states and their regions have.
bool is_state_asset(std::string_view noun) {
  static const WordSet nouns = {"government", "parliament",   "army",     "capital",   "border",
                                "airspace",   "constitution", "military", "navy",      "embassy",
                                "junta",      "premier",      "economy",  "territory", "republic",
                                "population", "independence", "invasion"};
  return nouns.contains(noun);
}

bool is_trust(std::string_view noun) {
  static const WordSet nouns = {"confidence", "trust", "faith",  "interest",
                                "belief",     "stake", "change", "believe"};
  return nouns.contains(noun);
}

/// "in X", "near X"
bool is_locative(std::string_view preposition) {
  static const WordSet prepositions = {"in",         "near",   "outside", "inside",
                                       "throughout", "across", "into",    "around"};
  return prepositions.contains(preposition);
}

NameCue cue_at(const SyntaxView& tree, TokenSpan span) {
  if (span.size() > 1 && is_legal_form(tree.token(span.end - 1).form)) return NameCue::company;
  const std::int32_t head = head_of(tree, span);
  const std::int32_t above = tree.head(head);
  if (above < 0 || span.contains(above)) return NameCue::none;
  const std::string& noun = tree.key(above);
  const std::string preposition = tree.preposition(head);
  const bool owner = tree.is(head, "nmod:poss") ||
                     (tree.is(head, "nmod") && (preposition == "of" || preposition == "in"));
  if (owner || tree.is(head, "compound")) {
    if (is_company_asset(noun)) return NameCue::company;
    if (preposition != "in" && is_state_asset(noun)) return NameCue::state;
  }
  const bool inside = tree.is(head, "obl") || tree.is(head, "nmod");
  if (inside && is_locative(preposition) && !is_trust(noun)) return NameCue::place;
  return NameCue::none;
}

}  // namespace

NameCues::NameCues(std::span<const SyntaxView> syntax) {
  for (const SyntaxView& tree : syntax) {
    for (const Name& name : tree.sentence().names) {
      const NameCue cue = cue_at(tree, name.span);
      if (cue != NameCue::none) ++votes_[text_of(tree, name.span)][cue];
    }
  }
}

NameCue NameCues::of(std::string_view text) const {
  const auto found = votes_.find(text);
  if (found == votes_.end()) return NameCue::none;
  const auto count = [&](NameCue cue) {
    const auto vote = found->second.find(cue);
    return vote == found->second.end() ? 0 : vote->second;
  };
  const int places = count(NameCue::state) + count(NameCue::place);
  if (count(NameCue::company) > places) return NameCue::company;
  if (places == count(NameCue::company)) return NameCue::none;
  return count(NameCue::state) > 0 ? NameCue::state : NameCue::place;
}

}  // namespace relata::text
