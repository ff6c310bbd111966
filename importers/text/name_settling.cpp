#include "importers/text/name_settling.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "importers/text/name_words.h"

namespace relata::text {

namespace {

/// What a text itself says of an acronym ("National Intelligence Service (NIS)") counts for more
/// than what the world calls so.
void expand_acronyms(std::vector<EntityMention>& mentions) {
  for (EntityMention& acronym : mentions) {
    if (acronym.form != MentionForm::name || acronym.demonym || acronym.words.size() != 1) continue;
    for (const EntityMention& full : mentions) {
      if (full.form != MentionForm::name || full.words.size() < 2 ||
          full.gazetteer_key == acronym.gazetteer_key)
        continue;
      if (!is_acronym_of(acronym.text, name_words(full.text))) continue;
      acronym.kind = full.kind;
      acronym.type = full.type;
      acronym.country = full.country;
      acronym.canonical = full.canonical;
      acronym.gazetteer_key = full.gazetteer_key;
      break;
    }
  }
}

/// A capital that acts here is its country and stays a city where things happen in it.
bool acts_for_country(const EntityMention& mention) {
  return mention.type == "country" && !mention.canonical.empty() &&
         mention.canonical != mention.text;
}

/// A name that the reader takes for a person here and for a place there is what most of its
/// mentions say.
void settle_types(std::vector<EntityMention>& mentions) {
  std::map<std::string, std::map<std::pair<EntityKind, std::string>, double>> votes;
  for (const EntityMention& mention : mentions) {
    if (mention.form == MentionForm::name && !mention.demonym && !acts_for_country(mention)) {
      votes[mention.text][{mention.kind, mention.type}] +=
          0.2 + mention.type_score + (mention.gazetteer_key.empty() ? 0 : 0.3);
    }
  }
  for (EntityMention& mention : mentions) {
    if (mention.form != MentionForm::name || mention.demonym || acts_for_country(mention)) continue;
    const auto& found = votes[mention.text];
    if (found.size() < 2) continue;
    const auto best =
        std::max_element(found.begin(), found.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    if (best->first.first == mention.kind && best->first.second == mention.type) continue;
    const auto model =
        std::find_if(mentions.begin(), mentions.end(), [&](const EntityMention& other) {
          return other.form == MentionForm::name && other.text == mention.text &&
                 other.kind == best->first.first && other.type == best->first.second;
        });
    mention.kind = model->kind;
    mention.type = model->type;
    mention.canonical = model->canonical;
    mention.gazetteer_key = model->gazetteer_key;
    mention.attributes = model->attributes;
    if (mention.country.empty()) mention.country = model->country;
  }
}

}  // namespace

void settle_names(std::vector<EntityMention>& mentions) {
  expand_acronyms(mentions);
  settle_types(mentions);
}

}  // namespace relata::text
