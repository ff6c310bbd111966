#include "importers/text/name_settling.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "importers/text/name_words.h"

namespace relata::text {

namespace {

/// What a text itself says of an acronym ("National Intelligence Service (NIS)") counts for more
/// than what the world calls so.
void expand_acronyms(std::vector<EntityMention>& mentions) {
  // Letters -> the first names of several words that they stand for, one of each gazetteer key.
  std::map<std::string, std::vector<const EntityMention*>> spelt_out;
  for (const EntityMention& full : mentions) {
    if (full.form != MentionForm::name || full.words.size() < 2) continue;
    for (const std::string& letters : acronyms_of(name_words(full.text))) {
      auto& names = spelt_out[letters];
      const bool is_new = std::none_of(names.begin(), names.end(), [&](const EntityMention* other) {
        return other->gazetteer_key == full.gazetteer_key;
      });
      if (is_new) names.push_back(&full);
    }
  }
  for (EntityMention& acronym : mentions) {
    if (acronym.form != MentionForm::name || acronym.demonym || acronym.words.size() != 1) continue;
    const auto found = spelt_out.find(acronym_letters(acronym.text));
    if (found == spelt_out.end()) continue;
    for (const EntityMention* full : found->second) {
      if (full->gazetteer_key == acronym.gazetteer_key) continue;
      acronym.kind = full->kind;
      acronym.type = full->type;
      acronym.country = full->country;
      acronym.canonical = full->canonical;
      acronym.gazetteer_key = full->gazetteer_key;
      break;
    }
  }
}

/// Last words of bodies that are called after a person or a family.
bool is_named_after(const std::string& word) {
  static const std::set<std::string, std::less<>> words = {
      "foundation", "university", "institute",  "hospital",   "school",     "college",
      "center",     "centre",     "library",    "museum",     "prize",      "trust",
      "clan",       "family",     "campaign",   "regime",     "government", "administration",
      "memorial",   "church",     "cartel",     "commission", "network",    "team",
      "law",        "firm",       "associates", "partners",   "estate"};
  return words.contains(word);
}

/// "Brandt" alone is the company "Brandt Chemie" of the same text, and "Riverside" the club
/// "Deportivo Riverside", unless somebody or some place is called so.
void settle_short_names(std::vector<EntityMention>& mentions, const World& world) {
  std::set<std::string> persons;  // words of persons' full names
  std::map<std::string, const EntityMention*> bodies;
  for (const EntityMention& mention : mentions) {
    if (mention.form != MentionForm::name || mention.kind != EntityKind::actor) continue;
    const std::vector<std::string> words = name_words(mention.text);
    if (mention.type == "person") {
      if (words.size() > 1) persons.insert(words.begin(), words.end());
      if (words.size() == 1 && !mention.title.empty()) persons.insert(words.front());
    } else if (words.size() > 1 && !mention.demonym && !is_named_after(words.back())) {
      bodies.try_emplace(words.front(), &mention);
      bodies.try_emplace(words.back(), &mention);
    }
  }
  for (EntityMention& mention : mentions) {
    const bool doubtful = mention.form == MentionForm::name && mention.gazetteer_key.empty() &&
                          (mention.type == "person" || mention.type == "location");
    if (!doubtful) continue;
    const std::vector<std::string> words = name_words(mention.text);
    if (words.size() != 1 || persons.contains(words.front())) continue;
    const auto body = bodies.find(words.front());
    if (body == bodies.end() || world.is_leader(mention.text)) continue;
    // Provinces and towns give their names to councils and courts.
    const bool business = body->second->type == "company" || body->second->type == "organization";
    if (mention.type == "location" && !business) continue;
    mention.kind = EntityKind::actor;
    mention.type = body->second->type;
    mention.type_score = body->second->type_score;
  }
}

/// "Petro" taken for a body is "Gustavo Petro" of the same text, when no body is called so.
void settle_surnames(std::vector<EntityMention>& mentions) {
  std::set<std::string> surnames;
  std::set<std::string> others;  // words of bodies' and places' longer names
  for (const EntityMention& mention : mentions) {
    if (mention.form != MentionForm::name) continue;
    const std::vector<std::string> words = name_words(mention.text);
    if (words.size() < 2) continue;
    if (mention.type == "person") {
      surnames.insert(words.back());
    } else {
      others.insert(words.begin(), words.end());
    }
  }
  for (EntityMention& mention : mentions) {
    const bool body = mention.form == MentionForm::name && mention.kind == EntityKind::actor &&
                      mention.type != "person" && mention.gazetteer_key.empty();
    if (!body) continue;
    const std::vector<std::string> words = name_words(mention.text);
    const bool acronym = !acronym_letters(mention.text).empty();
    if (words.size() != 1 || acronym || !surnames.contains(words.front()) ||
        others.contains(words.front()))
      continue;
    mention.type = "person";
  }
}

/// A capital that acts here is its country and stays a city where things happen in it.
bool acts_for_country(const EntityMention& mention) {
  return mention.type == "country" && !mention.canonical.empty() &&
         mention.canonical != mention.text;
}

using KindAndType = std::pair<EntityKind, std::string>;

/// What the mentions of one name say that it is.
struct Opinions {
  std::map<KindAndType, double> votes;
  std::map<KindAndType, std::size_t> first;  ///< the first mention of that kind and type
};

/// A name that the reader takes for a person here and for a place there is what most of its
/// mentions say.
void settle_types(std::vector<EntityMention>& mentions) {
  std::map<std::string, Opinions> opinions;
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    const EntityMention& mention = mentions[i];
    if (mention.form != MentionForm::name) continue;
    Opinions& own = opinions[mention.text];
    own.first.try_emplace({mention.kind, mention.type}, i);
    if (mention.demonym || acts_for_country(mention)) continue;
    own.votes[{mention.kind, mention.type}] +=
        0.2 + mention.type_score + (mention.gazetteer_key.empty() ? 0 : 0.3);
  }
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    EntityMention& mention = mentions[i];
    if (mention.form != MentionForm::name || mention.demonym || acts_for_country(mention)) continue;
    Opinions& own = opinions[mention.text];
    if (own.votes.size() < 2) continue;
    const KindAndType& best =
        std::max_element(own.votes.begin(), own.votes.end(), [](const auto& a, const auto& b) {
          return a.second < b.second;
        })->first;
    if (best.first == mention.kind && best.second == mention.type) continue;
    std::size_t& first = own.first[best];
    const EntityMention& model = mentions[first];
    mention.kind = model.kind;
    mention.type = model.type;
    mention.canonical = model.canonical;
    mention.gazetteer_key = model.gazetteer_key;
    mention.attributes = model.attributes;
    if (mention.country.empty()) mention.country = model.country;
    first = std::min(first, i);
  }
}

}  // namespace

void settle_names(std::vector<EntityMention>& mentions, const World& world) {
  expand_acronyms(mentions);
  settle_short_names(mentions, world);
  settle_surnames(mentions);
  settle_types(mentions);
}

}  // namespace relata::text
