#include "importers/text/predicate_senses.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace relata::text {

namespace {

WordClass word_class(Upos upos) {
  return upos == Upos::verb || upos == Upos::aux ? WordClass::verb
         : upos == Upos::adj                     ? WordClass::adjective
                                                 : WordClass::noun;
}

}  // namespace

std::string PredicateSenses::lemma_with_particle(std::int32_t token) const {
  const std::int32_t particle = tree_.child(token, "compound:prt");
  return particle < 0 ? tree_.key(token) : tree_.key(token) + "_" + tree_.key(particle);
}

std::vector<std::uint32_t> PredicateSenses::entries(const PredicateSite& site) const {
  const std::string_view roleset =
      site.predicate == nullptr ? std::string_view() : site.predicate->roleset;
  const WordClass word = word_class(tree_.token(site.token).upos);
  // A verb and its particle mean one thing ("speak out"), whatever sense the reader gives the
  // verb.
  const std::string phrase = lemma_with_particle(site.token);
  if (phrase != tree_.key(site.token)) {
    const auto own = predicates_.find("v:" + phrase);
    if (!own.empty()) return {own.begin(), own.end()};
    if (!roleset.starts_with(phrase + ".")) {
      const auto sense = predicates_.only_sense(phrase);
      if (!sense.empty()) return {sense.begin(), sense.end()};
    }
  }
  auto entries = predicates_.candidates(roleset, phrase, word);
  return entries.empty() ? predicates_.candidates(roleset, tree_.key(site.token), word) : entries;
}

const PredicateEntry* PredicateSenses::violent_sense(const PredicateSite& site) const {
  static const std::array<std::string_view, 7> types = {"attack",  "capture", "death",     "injury",
                                                        "seizure", "protest", "withdrawal"};
  constexpr int most_senses = 12;
  constexpr auto ends = static_cast<ParticipantKinds>(static_cast<int>(ParticipantKind::actor) |
                                                      static_cast<int>(ParticipantKind::place));
  if (tree_.token(site.token).upos != Upos::verb) return nullptr;
  for (int sense = 1; sense <= most_senses; ++sense) {
    for (const std::uint32_t i :
         predicates_.find(fmt::format("{}.{:02}", lemma_with_particle(site.token), sense))) {
      const PredicateEntry& entry = predicates_.entry(i);
      if (std::find(types.begin(), types.end(), entry.event) == types.end()) continue;
      if (!finder_.holds(site, entry)) continue;
      if (finder_.find(site, entry.patient, ends).empty()) continue;
      const bool done =
          tree_.passive(site.token) ||
          !finder_.find(site, entry.agent, static_cast<ParticipantKinds>(ParticipantKind::actor))
               .empty();
      if (done) return &entry;
    }
  }
  return nullptr;
}

const PredicateEntry* PredicateSenses::common_noun(const PredicateSite& site) const {
  if (tree_.token(site.token).upos != Upos::noun) return nullptr;
  // A settlement may be a village.
  const std::vector<Mention>& mentions = tree_.sentence().mentions;
  const bool event = std::any_of(mentions.begin(), mentions.end(), [&](const Mention& mention) {
    return mention.head == site.token && (mention.type == "event" || mention.type == "abstract");
  });
  constexpr auto actor = static_cast<ParticipantKinds>(ParticipantKind::actor);
  if (!event || (finder_.kinds_of(site.token) & actor) != 0) return nullptr;
  for (const std::uint32_t i : predicates_.find("n:" + tree_.key(site.token))) {
    const PredicateEntry& entry = predicates_.entry(i);
    if (!entry.event.empty() && finder_.holds(site, entry)) return &entry;
  }
  return nullptr;
}

}  // namespace relata::text
