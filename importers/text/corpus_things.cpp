#include "importers/text/corpus_things.h"

#include <algorithm>
#include <tuple>

#include "importers/text/graph_writer.h"

namespace relata::text {

namespace {

/// Names in common that outweigh a person's two countries: envoys and exiles have several.
constexpr std::size_t neighbours_against_country = 2;

bool differ(const std::string& left, const std::string& right) {
  return !left.empty() && !right.empty() && left != right;
}

bool meet(const Counts& left, const Counts& right) {
  return std::any_of(left.begin(), left.end(),
                     [&](const auto& home) { return right.contains(home.first); });
}

bool disjoint(const Counts& left, const Counts& right) {
  return !left.empty() && !right.empty() && !meet(left, right);
}

void take_one(Counts& counts, const std::string& word) {
  const auto found = counts.find(word);
  if (found != counts.end() && --found->second == 0) counts.erase(found);
}

void add_all(Counts& to, const Counts& from) {
  for (const auto& [word, times] : from) to[word] += times;
}

}  // namespace

bool ranks_before(const Occurrence& left, const Occurrence& right) {
  const auto rank = [](const Occurrence& place) {
    return std::tuple(place.level(), std::string_view(place.document), place.text, place.entity);
  };
  return rank(left) < rank(right);
}

bool is_specific(std::string_view type) {
  return type == "military" || type == "government" || type == "media" || type == "party" ||
         type == "company";
}

bool one_country(const Side& left, const Side& right) {
  return (!left.country.empty() && left.country == right.country) || meet(left.homes, right.homes);
}

bool sides_disagree(const Side& left, const Side& right,
                    const std::function<bool(std::size_t)>& share) {
  const bool person = left.type == "person";
  if (differ(left.country, right.country) && (!person || !share(neighbours_against_country)))
    return true;
  if (!left.country.empty() && left.country == right.country) return false;
  const bool apart =
      (is_specific(left.type) && is_specific(right.type) && left.type != right.type) ||
      disjoint(left.homes, right.homes);
  return apart && !share(1);
}

std::string most(const Counts& counts) {
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

void add(Thing& thing, const Naming& what) {
  thing.kind = what.kind;
  ++thing.types[what.type];
  NameUse& use = thing.names[what.name];
  ++use.entities;
  use.mentions += what.mentions;
  if (thing.country.empty()) thing.country = what.country;
  if (!what.country.empty()) ++thing.countries[what.country];
  if (!thing.plain) {
    for (const std::string& home : what.homes) ++thing.homes[home];
  }
  for (const std::string& letters : what.acronyms) ++thing.acronyms[letters];
  for (const std::string& alias : what.aliases) ++thing.aliases[alias];
  ++thing.entities;
  if (what.common) ++thing.common;
  if (what.known) ++thing.known;
}

void subtract(Thing& thing, const Naming& what) {
  take_one(thing.types, what.type);
  if (const auto use = thing.names.find(what.name); use != thing.names.end()) {
    use->second.mentions -= what.mentions;
    if (--use->second.entities == 0) thing.names.erase(use);
  }
  if (!what.country.empty()) take_one(thing.countries, what.country);
  if (!thing.plain) {
    for (const std::string& home : what.homes) take_one(thing.homes, home);
  }
  for (const std::string& letters : what.acronyms) take_one(thing.acronyms, letters);
  for (const std::string& alias : what.aliases) take_one(thing.aliases, alias);
  --thing.entities;
  if (what.common) --thing.common;
  if (what.known) --thing.known;
}

void absorb(Thing& into, Thing& from, const std::string& reason) {
  for (const auto& [part, why] : from.parts) into.parts.emplace_back(part, reason);
  add_all(into.types, from.types);
  for (const auto& [name, use] : from.names) {
    NameUse& own = into.names[name];
    own.entities += use.entities;
    own.mentions += use.mentions;
  }
  if (into.country.empty()) into.country = from.country;
  add_all(into.countries, from.countries);
  add_all(into.homes, from.homes);
  add_all(into.acronyms, from.acronyms);
  add_all(into.aliases, from.aliases);
  into.entities += from.entities;
  into.common += from.common;
  into.known += from.known;
  from.parts.clear();
  from.gone = true;
}

void ThingTable::visit_names(std::size_t i, const std::function<bool(std::uint32_t)>& take) {
  for (const auto& [part, why] : things_[i].parts) {
    const Thing& own = things_[part];
    if (own.plain) continue;
    bool more = true;
    texts_.texts_of(part, [&](std::uint64_t text) {
      for (const std::uint32_t name : texts_.names_in(text)) {
        if (name != own.number) more = take(name);
        if (!more) break;
      }
      return more;
    });
    if (!more) return;
  }
}

const std::unordered_set<std::uint32_t>& ThingTable::names_beside(std::size_t i) {
  const auto [found, is_new] = beside_.try_emplace(i);
  if (is_new) {
    std::unordered_set<std::uint32_t>& names = found->second;
    visit_names(i, [&](std::uint32_t name) {
      names.insert(name);
      return true;
    });
  }
  return found->second;
}

bool ThingTable::share(std::size_t left, std::size_t right, std::size_t at_least) {
  const bool left_is_small = things_[left].entities < things_[right].entities;
  const std::size_t small = left_is_small ? left : right;
  const std::size_t large = left_is_small ? right : left;
  const std::unordered_set<std::uint32_t>& few = names_beside(small);
  if (few.size() < at_least) return false;
  std::unordered_set<std::uint32_t> both;
  if (const auto known = beside_.find(large); known != beside_.end()) {
    for (const std::uint32_t name : few) {
      if (known->second.contains(name)) both.insert(name);
      if (both.size() >= at_least) return true;
    }
    return false;
  }
  visit_names(large, [&](std::uint32_t name) {
    if (few.contains(name)) both.insert(name);
    return both.size() < at_least;
  });
  return both.size() >= at_least;
}

bool ThingTable::linked(std::size_t left, std::size_t right) {
  const Thing& a = things_[left];
  const Thing& b = things_[right];
  return one_country({a.type(), a.country, a.homes}, {b.type(), b.country, b.homes}) ||
         share(left, right, 1);
}

bool ThingTable::disagree(std::size_t left, std::size_t right) {
  const Thing& a = things_[left];
  const Thing& b = things_[right];
  if (!rules_.never_merge.empty()) {
    for (const auto& [a_name, a_use] : a.names) {
      for (const auto& [b_name, b_use] : b.names) {
        if (rules_.never_merge.contains({slug(a_name), slug(b_name)})) return true;
      }
    }
  }
  return sides_disagree({a.type(), a.country, a.homes}, {b.type(), b.country, b.homes},
                        [&](std::size_t at_least) { return share(left, right, at_least); });
}

void ThingTable::add_tellers(std::size_t part, Tellers& tellers) {
  texts_.texts_of(part, [&](std::uint64_t text) {
    if (!texts_.tells_of(text, tellers.largest)) tellers.others.insert(text);
    return true;
  });
}

std::size_t ThingTable::texts(std::size_t i) {
  const Thing& thing = things_[i];
  if (thing.parts.size() == 1) return thing.texts;
  const auto [found, is_new] = tellers_.try_emplace(i);
  Tellers& tellers = found->second;
  if (is_new) {
    tellers.largest = thing.parts.front().first;
    for (const auto& [part, why] : thing.parts) {
      if (things_[part].texts > things_[tellers.largest].texts) tellers.largest = part;
    }
    for (const auto& [part, why] : thing.parts) {
      if (part != tellers.largest) add_tellers(part, tellers);
    }
  }
  return things_[tellers.largest].texts + tellers.others.size();
}

void ThingTable::absorb(std::size_t into, std::size_t from, const std::string& reason) {
  if (const auto tellers = tellers_.find(into); tellers != tellers_.end()) {
    if (things_[from].texts <= things_[tellers->second.largest].texts) {
      for (const auto& [part, why] : things_[from].parts) add_tellers(part, tellers->second);
    } else {
      tellers_.erase(tellers);
    }
  }
  tellers_.erase(from);
  text::absorb(things_[into], things_[from], reason);
  const auto own = beside_.find(into);
  const auto other = beside_.find(from);
  if (own != beside_.end()) {
    if (other != beside_.end()) {
      own->second.insert(other->second.begin(), other->second.end());
    } else {
      beside_.erase(own);
    }
  }
  if (other != beside_.end()) beside_.erase(from);
}

}  // namespace relata::text
