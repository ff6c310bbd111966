#include "importers/text/corpus_things.h"

#include <algorithm>

#include "importers/text/graph_writer.h"

namespace relata::text {

namespace {

/// Names in common that outweigh a person's two countries: envoys and exiles have several.
constexpr std::size_t neighbours_against_country = 2;

/// Types of bodies that one body does not have at once; the others are vague.
bool specific(std::string_view type) {
  return type == "military" || type == "government" || type == "media" || type == "party" ||
         type == "company";
}

bool differ(const std::string& left, const std::string& right) {
  return !left.empty() && !right.empty() && left != right;
}

bool disjoint(const std::set<std::string>& left, const std::set<std::string>& right) {
  return !left.empty() && !right.empty() &&
         std::none_of(left.begin(), left.end(),
                      [&](const std::string& home) { return right.contains(home); });
}

bool one_country(const std::string& left, const std::set<std::string>& left_homes,
                 const std::string& right, const std::set<std::string>& right_homes) {
  if (!left.empty() && left == right) return true;
  return std::any_of(left_homes.begin(), left_homes.end(),
                     [&](const std::string& home) { return right_homes.contains(home); });
}

/// What of two occurrences or things is compared.
struct Side {
  std::string type;
  const std::string& country;
  const std::set<std::string>& homes;
};

bool sides_disagree(const Side& left, const Side& right, std::size_t shared) {
  const bool person = left.type == "person";
  if (differ(left.country, right.country) && (!person || shared < neighbours_against_country))
    return true;
  if (shared > 0 || (!left.country.empty() && left.country == right.country)) return false;
  if (specific(left.type) && specific(right.type) && left.type != right.type) return true;
  return disjoint(left.homes, right.homes);
}

}  // namespace

std::string most(const std::map<std::string, std::size_t>& counts) {
  std::string best;
  std::size_t count = 0;
  for (const auto& [name, times] : counts) {
    if (times > count || (times == count && name.size() > best.size())) {
      best = name;
      count = times;
    }
  }
  return best;
}

std::string Thing::type() const {
  return most(types);
}

void add(Thing& thing, const Occurrence& place, const Entity& entity, const Context& context,
         std::string reason) {
  thing.places.push_back(place);
  thing.reasons.push_back(std::move(reason));
  thing.kind = entity.kind == EntityKind::place ? NodeKind::place : NodeKind::actor;
  ++thing.types[entity.type];
  thing.names[entity.name] += entity.mentions.size();
  if (thing.country.empty()) thing.country = entity.country;
  thing.homes.insert(context.homes.begin(), context.homes.end());
  thing.neighbours.insert(context.neighbours.begin(), context.neighbours.end());
  thing.documents.insert(place.document);
  thing.known = thing.known || !entity.gazetteer_key.empty();
}

void absorb(Thing& into, Thing& from, const std::string& reason) {
  for (std::size_t i = 0; i < from.places.size(); ++i) {
    into.places.push_back(from.places[i]);
    into.reasons.push_back(reason);
  }
  for (const auto& [type, times] : from.types) into.types[type] += times;
  for (const auto& [name, times] : from.names) into.names[name] += times;
  if (into.country.empty()) into.country = from.country;
  into.homes.insert(from.homes.begin(), from.homes.end());
  into.neighbours.insert(from.neighbours.begin(), from.neighbours.end());
  into.documents.insert(from.documents.begin(), from.documents.end());
  into.known = into.known || from.known;
  from = Thing();
}

std::size_t shared_neighbours(const Thing& thing, const Context& context) {
  return static_cast<std::size_t>(
      std::count_if(context.neighbours.begin(), context.neighbours.end(),
                    [&](std::uint32_t name) { return thing.neighbours.contains(name); }));
}

std::size_t shared_neighbours(const Thing& left, const Thing& right) {
  const Thing& small = left.neighbours.size() < right.neighbours.size() ? left : right;
  const Thing& large = &small == &left ? right : left;
  return static_cast<std::size_t>(
      std::count_if(small.neighbours.begin(), small.neighbours.end(),
                    [&](std::uint32_t name) { return large.neighbours.contains(name); }));
}

bool linked(const Thing& thing, const Context& context) {
  return one_country(thing.country, thing.homes, context.country, context.homes) ||
         shared_neighbours(thing, context) > 0;
}

bool linked(const Thing& left, const Thing& right) {
  return one_country(left.country, left.homes, right.country, right.homes) ||
         shared_neighbours(left, right) > 0;
}

bool disagree(const Thing& thing, const Context& context, const CuratorRules& rules) {
  if (!rules.never_merge.empty()) {
    const std::string name = slug(context.name);
    for (const auto& [other, times] : thing.names) {
      if (rules.never_merge.contains({slug(other), name})) return true;
    }
  }
  return sides_disagree({thing.type(), thing.country, thing.homes},
                        {context.type, context.country, context.homes},
                        shared_neighbours(thing, context));
}

bool disagree(const Thing& left, const Thing& right, const CuratorRules& rules) {
  if (!rules.never_merge.empty()) {
    for (const auto& [a, times_a] : left.names) {
      for (const auto& [b, times_b] : right.names) {
        if (rules.never_merge.contains({slug(a), slug(b)})) return true;
      }
    }
  }
  return sides_disagree({left.type(), left.country, left.homes},
                        {right.type(), right.country, right.homes}, shared_neighbours(left, right));
}

}  // namespace relata::text
