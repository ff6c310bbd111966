#include "importers/text/knowledge.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "graph/ascii.h"
#include "importers/text/knowledge_file.h"
#include "importers/text/spelling.h"

namespace relata::text {
namespace {

using detail::has_capital;
using detail::KnowledgeFile;
using detail::NamedValues;
using detail::quoted;
using detail::split;
using detail::take_word;

const NamedValues<SpeechStrength>& speech_strengths() {
  static const NamedValues<SpeechStrength> names = {
      {"reported", SpeechStrength::reported},    {"confirmed", SpeechStrength::confirmed},
      {"denied", SpeechStrength::denied},        {"claimed", SpeechStrength::claimed},
      {"accused", SpeechStrength::accused},      {"announced", SpeechStrength::announced},
      {"asked", SpeechStrength::asked},          {"promised", SpeechStrength::promised},
      {"threatened", SpeechStrength::threatened}};
  return names;
}

const NamedValues<ContentModality>& content_modalities() {
  static const NamedValues<ContentModality> names = {
      {"asserted", ContentModality::asserted},       {"planned", ContentModality::planned},
      {"possible", ContentModality::possible},       {"negated", ContentModality::negated},
      {"conditional", ContentModality::conditional}, {"questioned", ContentModality::questioned}};
  return names;
}

/// Clauses of one entry of a predicates file.
class PredicateEntryParser {
 public:
  explicit PredicateEntryParser(const KnowledgeFile& file) : file_(file) {
    entry_.line = file.line();
  }

  PredicateEntry parse(const std::vector<std::string_view>& clauses) {
    for (std::string_view clause : clauses) {
      const std::string_view whole = clause;
      const std::string_view verb = take_word(clause);
      if (verb.empty()) file_.fail("expected a clause, found nothing between \";\" and \";\"");
      if (!simple(verb, clause) && !structured(verb, clause)) {
        file_.fail("unknown clause " + quoted(whole));
      }
    }
    finish();
    return std::move(entry_);
  }

 private:
  /// Clauses of the form "WORD SEL" or "WORD NAME".
  bool simple(std::string_view verb, std::string_view rest) {
    const std::array<std::pair<std::string_view, Selectors*>, 8> slots = {
        {{"agent", &entry_.agent},
         {"patient", &entry_.patient},
         {"recipient", &entry_.recipient},
         {"place", &entry_.place},
         {"light", &entry_.light},
         {"speaker", &speech_.speaker},
         {"content", &speech_.content},
         {"addressee", &speech_.addressee}}};
    for (const auto& [name, slot] : slots) {
      if (name != verb) continue;
      if (!slot->empty()) file_.fail("second " + quoted(verb) + " in one entry");
      *slot = file_.selectors(rest);
      return true;
    }
    if (verb == "event") {
      if (!entry_.event.empty()) file_.fail("second \"event\" in one entry");
      entry_.event = file_.type(NodeKind::event, rest);
      return true;
    }
    if (verb == "none") {
      if (!rest.empty()) file_.fail("nothing may follow \"none\", found " + quoted(rest));
      entry_.none = true;
      return true;
    }
    return false;
  }

  bool structured(std::string_view verb, std::string_view rest) {
    if (verb == "rel") {
      entry_.relations.push_back(relation(rest));
    } else if (verb == "pairs") {
      const std::vector<std::string_view> ends = split(rest, "->");
      if (ends.size() != 2) {
        file_.fail("expected \"pairs SEL -> RELATION\", found " + quoted(rest));
      }
      entry_.pairs.push_back({file_.selectors(ends[0]), file_.relation(ends[1]),
                              file_.default_end_kinds(ends[1]).source});
    } else if (verb == "speech") {
      if (entry_.speech) file_.fail("second \"speech\" in one entry");
      entry_.speech.emplace();
      entry_.speech->strength = file_.value_of(rest, speech_strengths(), "strength of speech");
    } else if (verb == "embeds") {
      const std::string_view content = take_word(rest);
      entry_.embeddings.push_back(
          {file_.selectors(content), file_.value_of(rest, content_modalities(), "modality")});
    } else if (verb == "when") {
      entry_.conditions.push_back(condition(rest));
    } else {
      return false;
    }
    return true;
  }

  RelationRule relation(std::string_view text) const {
    const std::size_t open = std::min(text.find('['), text.size());
    const std::string_view bracket = text.substr(open);
    const std::vector<std::string_view> parts = split(trimmed(text.substr(0, open)), "->");
    if (parts.size() != 3) {
      file_.fail("expected \"rel SEL -> RELATION -> SEL\", found " + quoted(text));
    }
    RelationRule rule;
    rule.source = file_.selectors(parts[0]);
    rule.relation = file_.relation(parts[1]);
    rule.target = file_.selectors(parts[2]);
    detail::EndKinds kinds = file_.default_end_kinds(parts[1]);
    if (!bracket.empty()) kinds = file_.end_kinds(bracket, kinds);
    rule.source_kinds = kinds.source;
    rule.target_kinds = kinds.target;
    return rule;
  }

  Condition condition(std::string_view text) const {
    Condition condition;
    condition.participant = file_.selectors(take_word(text));
    std::string_view test = take_word(text);
    const bool negated = test == "not";
    if (negated) test = take_word(text);
    if (test == "lemma") {
      condition.test = negated ? Condition::Test::not_lemma : Condition::Test::lemma;
      for (const std::string_view lemma : split(text, ",")) {
        if (lemma.empty() || has_capital(lemma)) {
          file_.fail("expected lemmas in lower case, divided by \",\", found " + quoted(text));
        }
        condition.lemmas.emplace_back(lemma);
      }
      std::sort(condition.lemmas.begin(), condition.lemmas.end());
    } else if (test == "kind" && !negated) {
      condition.test = Condition::Test::kind;
      condition.kinds = file_.kinds(text);
    } else if ((test == "present" || test == "absent") && !negated && text.empty()) {
      condition.test = test == "present" ? Condition::Test::present : Condition::Test::absent;
    } else {
      file_.fail(
          "expected \"when SEL lemma a,b\", \"not lemma a,b\", \"kind KIND\", \"present\" or "
          "\"absent\"");
    }
    return condition;
  }

  void finish() {
    const bool has_speech_part =
        !speech_.speaker.empty() || !speech_.content.empty() || !speech_.addressee.empty();
    if (entry_.speech) {
      speech_.strength = entry_.speech->strength;
      entry_.speech = std::move(speech_);
    } else if (has_speech_part) {
      file_.fail("speaker, content and addressee need \"speech STRENGTH\"");
    }
    const bool has_role = !entry_.agent.empty() || !entry_.patient.empty() ||
                          !entry_.recipient.empty() || !entry_.place.empty();
    if (has_role && entry_.event.empty() && entry_.light.empty()) {
      file_.fail("agent, patient, recipient and place need \"event TYPE\" or \"light SEL\"");
    }
    const bool makes_something = !entry_.event.empty() || !entry_.light.empty() ||
                                 !entry_.relations.empty() || !entry_.pairs.empty() ||
                                 entry_.speech || !entry_.embeddings.empty();
    if (entry_.none == makes_something) {
      file_.fail(entry_.none ? "\"none\" beside clauses that make something"
                             : "the entry makes nothing; write \"none\" if that is meant");
    }
  }

  const KnowledgeFile& file_;
  PredicateEntry entry_;
  SpeechRule speech_;
};

/// True for "capture.01", "carry_out.03", "make.LV", "v:carry_out", "n:cease-fire".
bool is_predicate_key(std::string_view key) {
  if (key.size() > 2 && key[1] == ':') {
    return (key[0] == 'v' || key[0] == 'n' || key[0] == 'a') && !has_capital(key);
  }
  const std::size_t dot = key.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || dot + 1 == key.size()) return false;
  const std::string_view sense = key.substr(dot + 1);
  return sense == "LV" ||
         std::all_of(sense.begin(), sense.end(), [](char c) { return c >= '0' && c <= '9'; });
}

NounEntry parse_noun(const KnowledgeFile& file, const std::vector<std::string_view>& clauses) {
  NounEntry entry;
  entry.line = file.line();
  for (std::string_view clause : clauses) {
    const std::string_view whole = clause;
    const std::string_view verb = take_word(clause);
    if (verb == "type") {
      if (entry.kind != NounKind::open) file.fail("second \"type\" in one entry");
      const std::string_view kind = take_word(clause);
      if (kind == "actor" || kind == "place") {
        entry.kind = kind == "actor" ? NounKind::actor : NounKind::place;
        entry.type = file.type(kind == "actor" ? NodeKind::actor : NodeKind::place, clause);
      } else if (kind == "thing" && clause.empty()) {
        entry.kind = NounKind::thing;
      } else {
        file.fail("expected \"type actor TYPE\", \"type place TYPE\" or \"type thing\", found " +
                  quoted(whole));
      }
    } else if (verb == "plural") {
      if (!entry.plural_type.empty()) file.fail("second \"plural\" in one entry");
      entry.plural_type = file.type(NodeKind::actor, clause);
    } else if (verb == "role") {
      const std::size_t gap = clause.find_last_of(" \t");
      if (gap == std::string_view::npos) {
        file.fail("expected \"role RELATION SEL\", found " + quoted(whole));
      }
      entry.roles.push_back(
          {file.relation(trimmed(clause.substr(0, gap))), file.selectors(clause.substr(gap + 1))});
    } else if (clause.empty() && (verb == "title" || verb == "collective" || verb == "partitive")) {
      (verb == "title"        ? entry.title
       : verb == "collective" ? entry.collective
                              : entry.partitive) = true;
    } else {
      file.fail("unknown clause " + quoted(whole));
    }
  }
  return entry;
}

}  // namespace

bool Condition::lists(std::string_view lemma) const {
  return std::binary_search(lemmas.begin(), lemmas.end(), lemma);
}

PredicateKnowledge PredicateKnowledge::parse(std::string_view text, std::string_view source,
                                             const Ontology& ontology) {
  PredicateKnowledge knowledge;
  KnowledgeFile file(source, ontology);
  file.parse(text, [&](const std::vector<std::string_view>& keys,
                       const std::vector<std::string_view>& clauses) {
    const auto number = static_cast<std::uint32_t>(knowledge.entries_.size());
    knowledge.entries_.push_back(PredicateEntryParser(file).parse(clauses));
    for (const std::string_view key : keys) {
      if (!is_predicate_key(key)) {
        file.fail("expected a roleset (capture.01) or v:, n:, a: and a lemma, found " +
                  quoted(key));
      }
      std::vector<std::uint32_t>& numbers = knowledge.index_[std::string(key)];
      if (!numbers.empty()) {
        const PredicateEntry& before = knowledge.entries_[numbers.back()];
        if (numbers.back() == number) file.fail(quoted(key) + " stands twice in one entry");
        if (before.conditions.empty()) {
          file.fail(quoted(key) + " is never reached: line " + std::to_string(before.line) +
                    " has an entry for it without \"when\"");
        }
      }
      numbers.push_back(number);
    }
  });
  return knowledge;
}

std::span<const std::uint32_t> PredicateKnowledge::find(std::string_view key) const {
  const auto found = index_.find(key);
  if (found == index_.end()) return {};
  return found->second;
}

std::span<const std::uint32_t> PredicateKnowledge::only_sense(std::string_view phrase) const {
  constexpr int most_senses = 30;
  std::span<const std::uint32_t> only;
  for (int sense = 1; sense <= most_senses; ++sense) {
    const auto entries = find(fmt::format("{}.{:02}", phrase, sense));
    if (entries.empty()) continue;
    if (!only.empty()) return {};
    only = entries;
  }
  return only;
}

std::span<const std::uint32_t> PredicateKnowledge::find(std::string_view roleset,
                                                        std::string_view lemma,
                                                        WordClass word_class) const {
  if (const auto entries = find(roleset); !entries.empty()) return entries;
  std::string key{static_cast<char>(word_class), ':'};
  key += lemma;
  return find(key);
}

std::vector<std::uint32_t> PredicateKnowledge::candidates(std::string_view roleset,
                                                          std::string_view lemma,
                                                          WordClass word_class) const {
  const auto of_roleset = find(roleset);
  std::vector<std::uint32_t> all(of_roleset.begin(), of_roleset.end());
  const bool open = !all.empty() && !entries_[all.back()].conditions.empty();
  if (all.empty() || (open && word_class == WordClass::noun)) {
    const auto of_lemma = find({}, lemma, word_class);
    all.insert(all.end(), of_lemma.begin(), of_lemma.end());
    if (all.empty()) {
      for (const std::string& spelling : other_spellings(lemma)) {
        const auto of_spelling = find({}, spelling, word_class);
        if (all.empty()) all.assign(of_spelling.begin(), of_spelling.end());
      }
    }
  }
  return all;
}

std::vector<std::string> PredicateKnowledge::keys() const {
  std::vector<std::string> keys;
  keys.reserve(index_.size());
  for (const auto& [key, numbers] : index_) keys.push_back(key);
  std::sort(keys.begin(), keys.end());
  return keys;
}

NounKnowledge NounKnowledge::parse(std::string_view text, std::string_view source,
                                   const Ontology& ontology) {
  NounKnowledge knowledge;
  KnowledgeFile file(source, ontology);
  file.parse(text, [&](const std::vector<std::string_view>& keys,
                       const std::vector<std::string_view>& clauses) {
    const auto number = static_cast<std::uint32_t>(knowledge.entries_.size());
    knowledge.entries_.push_back(parse_noun(file, clauses));
    for (const std::string_view key : keys) {
      if (has_capital(key)) {
        file.fail("expected a lemma in lower case, found " + quoted(key));
      }
      const auto [place, added] = knowledge.index_.emplace(std::string(key), number);
      if (!added) {
        file.fail(quoted(key) + " has an entry already, at line " +
                  std::to_string(knowledge.entries_[place->second].line));
      }
    }
  });
  return knowledge;
}

const NounEntry* NounKnowledge::find(std::string_view lemma) const {
  const auto found = index_.find(lemma);
  return found == index_.end() ? nullptr : &entries_[found->second];
}

const NounEntry* NounKnowledge::find_phrase(std::span<const std::string_view> lemmas) const {
  constexpr std::size_t longest = 4;
  if (lemmas.size() > longest) lemmas = lemmas.last(longest);
  for (; !lemmas.empty(); lemmas = lemmas.subspan(1)) {
    std::string key(lemmas.front());
    for (const std::string_view lemma : lemmas.subspan(1)) {
      key += '_';
      key += lemma;
    }
    if (const NounEntry* entry = find(key)) return entry;
  }
  return nullptr;
}

}  // namespace relata::text
