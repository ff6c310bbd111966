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

/// What only towns and regions have.
bool is_town_asset(std::string_view noun) {
  static const WordSet nouns = {"mayor",   "resident",  "outskirt", "outskirts", "street",
                                "suburb",  "district",  "airport",  "harbour",   "harbor",
                                "town",    "city",      "village",  "province",  "police",
                                "skyline", "inhabitant"};
  return nouns.contains(noun);
}

/// What is done to towns and hardly to anybody.
bool takes_towns(std::string_view verb) {
  static const WordSet verbs = {"seize",    "recapture", "retake",   "shell",   "bombard",
                                "besiege",  "storm",     "liberate", "overrun", "encircle",
                                "evacuate", "invade",    "occupy",   "raze",    "reach",
                                "enter",    "flood",     "devastate"};
  return verbs.contains(verb);
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

/// "the government of President Ruth Ames": an office says that it is somebody.
bool has_title(const SyntaxView& tree, TokenSpan span) {
  const auto children = tree.children(head_of(tree, span));
  return std::any_of(children.begin(), children.end(), [&](std::int32_t child) {
    return child < span.begin && tree.is(child, "nmod:desc");
  });
}

/// A noun that says of a name beside it that it is a body: "insurer", "television channel".
bool is_body_noun(const SyntaxView& tree, std::int32_t t, const NounKnowledge& nouns) {
  if (tree.token(t).upos != Upos::noun || tree.token(t).xpos == "NNS") return false;
  std::vector<std::string_view> lemmas;
  for (std::int32_t i = std::max(0, t - 2); i <= t; ++i) lemmas.push_back(tree.key(i));
  const NounEntry* noun = nouns.find_phrase(lemmas);
  return noun != nullptr && noun->kind == NounKind::actor && noun->type != "person" &&
         noun->type != "group" && !noun->title;
}

/// "the insurer Alba", "Alba, a Spanish insurer"
bool is_called_body(const SyntaxView& tree, TokenSpan span, const NounKnowledge& nouns) {
  const std::int32_t head = head_of(tree, span);
  const std::int32_t before = span.begin - 1;
  const bool tied = before >= 0 && (tree.head(before) == head || tree.head(head) == before);
  if (tied && is_body_noun(tree, before, nouns)) return true;
  const auto children = tree.children(head);
  return std::any_of(children.begin(), children.end(), [&](std::int32_t child) {
    return child >= span.end && tree.is(child, "appos") && is_body_noun(tree, child, nouns);
  });
}

NameCue cue_at(const SyntaxView& tree, TokenSpan span, const NounKnowledge& nouns) {
  if (span.size() > 1 && is_legal_form(tree.token(span.end - 1).form)) return NameCue::company;
  if (is_called_body(tree, span, nouns)) return NameCue::company;
  const std::int32_t head = head_of(tree, span);
  const std::int32_t above = tree.head(head);
  if (above < 0 || span.contains(above)) return NameCue::none;
  const std::string& noun = tree.key(above);
  const std::string preposition = tree.preposition(head);
  const bool owner = tree.is(head, "nmod:poss") ||
                     (tree.is(head, "nmod") && (preposition == "of" || preposition == "in"));
  if (owner || tree.is(head, "compound")) {
    if (is_company_asset(noun)) return NameCue::company;
    if (preposition != "in" && is_state_asset(noun) && !has_title(tree, span))
      return NameCue::state;
    if (preposition != "in" && is_town_asset(noun)) return NameCue::place;
  }
  const bool taken = tree.is(head, "obj") || tree.is(head, "nsubj:pass");
  if (taken && tree.token(above).upos == Upos::verb && takes_towns(noun)) return NameCue::place;
  const bool inside = tree.is(head, "obl") || tree.is(head, "nmod");
  if (inside && is_locative(preposition) && !is_trust(noun)) return NameCue::place;
  return NameCue::none;
}

}  // namespace

NameCues::NameCues(std::span<const SyntaxView> syntax, const NounKnowledge& nouns) {
  for (const SyntaxView& tree : syntax) {
    for (const Name& name : tree.sentence().names) {
      const NameCue cue = cue_at(tree, name.span, nouns);
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
