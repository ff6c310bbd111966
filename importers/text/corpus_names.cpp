#include "importers/text/corpus_names.h"

#include <algorithm>

#include <fmt/format.h>

#include "importers/text/graph_writer.h"
#include "importers/text/name_words.h"
#include "importers/text/syntax.h"

namespace relata::text {

namespace {

constexpr std::string_view known_mark = "known ";

/// "Russian forces", "Israeli army": what a state has one of is one thing in all texts, though it
/// has no proper name; "three Russian soldiers" are others in each.
std::string force_of(const Entity& thing) {
  static const std::set<std::string, std::less<>> nouns = {
      "forces", "army", "military", "navy", "police", "parliament", "coastguard"};
  if (thing.kind != EntityKind::actor || thing.country.empty() || thing.count.known) return {};
  const auto fits = [&](const std::string& name) {
    const std::size_t space = name.find(' ');
    return space != std::string::npos && name.find(' ', space + 1) == std::string::npos &&
           name[0] >= 'A' && name[0] <= 'Z' && nouns.contains(lower(name.substr(space + 1)));
  };
  std::string name;
  if (fits(thing.name)) name = thing.name;
  for (const std::string& alias : thing.aliases) {
    if (name.empty() && fits(alias)) name = alias;
  }
  return name.empty() ? name : fmt::format("force {} {}", thing.country, slug(name));
}

/// A name that bodies of many countries bear: "Interior Ministry", "Supreme Court".
bool is_common(const Entity& thing) {
  static const std::set<std::string, std::less<>> words = {
      "ministry",   "department", "parliament", "government", "cabinet",  "senate",
      "army",       "navy",       "police",     "court",      "assembly", "office",
      "interior",   "foreign",    "affairs",    "defence",    "defense",  "justice",
      "finance",    "health",     "education",  "supreme",    "high",     "constitutional",
      "national",   "central",    "bank",       "security",   "council",  "of",
      "state",      "federal",    "military",   "air",        "force",    "intelligence",
      "prosecutor", "general",    "home",       "energy",     "oil",      "transport"};
  if (thing.kind != EntityKind::actor || thing.type == "person" || !thing.country.empty())
    return false;
  const auto own = name_words(thing.name);
  return std::all_of(own.begin(), own.end(),
                     [](const std::string& word) { return words.contains(word); });
}

}  // namespace

bool is_home_relation(std::string_view relation) {
  static const std::set<std::string, std::less<>> names = {
      "leader of", "works for", "part of", "member of", "national of", "located in", "based in"};
  return names.contains(relation);
}

NodeKind node_kind(EntityKind kind) {
  return kind == EntityKind::place ? NodeKind::place : NodeKind::actor;
}

std::set<std::string> merged_names(const CuratorRules& rules) {
  std::set<std::string> names;
  for (const auto& [gone, kept] : rules.merge_into) {
    names.insert(gone);
    names.insert(kept);
  }
  return names;
}

bool is_known_signature(std::string_view signature) {
  return signature.starts_with(known_mark);
}

bool counts_as_neighbour(const Entity& entity) {
  return entity.type != "country";
}

std::vector<std::string> NameReader::signatures(const Document& document,
                                                const DocumentFacts& facts) {
  std::vector<std::string> all;
  all.reserve(facts.entities.entities.size());
  for (const Entity& thing : facts.entities.entities) {
    const bool makes_node = thing.kind == EntityKind::actor || thing.kind == EntityKind::place;
    all.push_back(makes_node ? signature(document, thing) : std::string());
  }
  return all;
}

std::string NameReader::signature(const Document& document, const Entity& thing) {
  if (slug(thing.name).empty() || is_split(document, thing)) return {};
  if (!thing.named) return force_of(thing);
  if (!thing.gazetteer_key.empty()) return std::string(known_mark) + thing.gazetteer_key;
  if (thing.type == "person") return "person " + joined(keys_.person_words(thing.name));
  return fmt::format("{} {}", kind_name(node_kind(thing.kind)),
                     joined(keys_.body_words(thing.name)));
}

bool NameReader::is_split(const Document& document, const Entity& thing) const {
  if (rules_.split.empty()) return false;
  const auto split = [&](const std::string& name) {
    return rules_.split.contains({slug(name), document.id});
  };
  return split(thing.name) || std::any_of(thing.aliases.begin(), thing.aliases.end(), split);
}

std::map<std::int32_t, std::set<std::string>> NameReader::homes(const DocumentFacts& facts) {
  std::map<std::int32_t, std::set<std::string>> homes;
  for (const RelationFact& fact : facts.relations) {
    if (fact.source.kind != End::Kind::entity || fact.target.kind != End::Kind::entity ||
        fact.assertion.polarity == Polarity::negated || !is_home_relation(fact.relation))
      continue;
    const std::string& country = facts.entities.entities[fact.target.index].country;
    if (!country.empty()) homes[fact.source.index].insert(country);
  }
  return homes;
}

Naming NameReader::naming(const Entity& entity, const std::set<std::string>& homes) const {
  Naming what;
  what.name = entity.name;
  what.type = entity.type;
  what.country = entity.country;
  what.homes = homes;
  what.mentions = entity.mentions.size();
  what.kind = node_kind(entity.kind);
  what.known = !entity.gazetteer_key.empty();
  what.common = is_common(entity);
  const auto words = name_words(entity.name);
  for (const std::string& alias : entity.aliases) {
    if (words.size() > 1 && is_acronym_of(alias, words)) what.acronyms.push_back(slug(alias));
    if (merged_.empty()) continue;
    std::string folded = slug(alias);
    if (merged_.contains(folded)) what.aliases.push_back(std::move(folded));
  }
  return what;
}

}  // namespace relata::text
