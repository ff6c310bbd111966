// Organisations, state bodies and leaders of the gazetteer (actors.rlg).

#include <algorithm>
#include <array>

#include "importers/text/gazetteer.h"
#include "importers/text/gazetteer_fold.h"

namespace relata::text {

namespace {

struct OrganisationRecord {
  std::array<char, 4> country;
  std::uint32_t name;
  std::uint32_t parent;
  std::uint8_t type;
  std::array<std::uint8_t, 3> unused;
};
static_assert(sizeof(OrganisationRecord) == 16);

struct BodyRecord {
  std::uint32_t name;
  std::uint8_t type;
  std::array<std::uint8_t, 3> unused;
};
static_assert(sizeof(BodyRecord) == 8);

struct LeaderRecord {
  std::array<char, 4> country;
  std::uint32_t office;
  std::uint32_t name;
  std::uint32_t from;
  std::uint32_t to;
};
static_assert(sizeof(LeaderRecord) == 20);

enum class ActorKey : std::uint8_t { organisation, leader, leader_surname, body };

constexpr std::uint32_t capitals_only = 1U << 31U;
constexpr unsigned actor_types = 8;
constexpr std::uint32_t day_of_year_digits = 10000;

ActorKey key_kind(std::uint32_t entry) {
  return static_cast<ActorKey>(entry >> 24U & 0x7FU);
}
std::uint32_t key_index(std::uint32_t entry) {
  return entry & 0xFFFFFFU;
}

std::string_view code_text(const std::array<char, 4>& code) {
  const std::string_view all(code.data(), code.size());
  return all.substr(0, std::min(all.find('\0'), all.size()));
}

/// Whether an office from `from` to `to` was held on `date`, or ended at most `slack_years` before.
/// A month or day 00 opens the span at that end.
bool held_on(std::uint32_t from, std::uint32_t to, std::uint32_t date, unsigned slack_years) {
  if (date < from) return false;
  if (to == 0) return true;
  std::uint32_t last = to + slack_years * day_of_year_digits;
  if (last % 100 == 0) last += 99;
  if (last / 100 % 100 == 0) last += 9900;
  return date <= last;
}

}  // namespace

std::string_view type_name(ActorType type) {
  constexpr std::array<std::string_view, actor_types> names = {
      "person", "group", "military", "government", "organization", "media", "party", "company"};
  return names[static_cast<std::size_t>(type)];
}

Organisation Gazetteer::organisation(OrganisationId id) const {
  if (id >= organisations_.count()) {
    actors_file_.fail_reference("an organisation", id, organisations_.count());
  }
  const auto record = organisations_.record<OrganisationRecord>(id);
  if (record.type >= actor_types) {
    actors_file_.fail_reference("a type", record.type, actor_types);
  }
  Organisation result;
  result.id = id;
  result.name = pooled_text(actors_file_, actor_text_, record.name);
  result.type = static_cast<ActorType>(record.type);
  result.country = country_by_code(code_text(record.country));
  result.parent = record.parent < organisations_.count() ? record.parent : no_organisation;
  return result;
}

std::vector<Organisation> Gazetteer::organisations(std::string_view name, PlaceId country) const {
  std::vector<Organisation> result;
  const bool capitals = is_all_capitals(name);
  for (const std::uint32_t entry : actor_keys_.find(fold_name(name)).entries) {
    if (key_kind(entry) != ActorKey::organisation) continue;
    if ((entry & capitals_only) != 0 && !capitals) continue;
    result.push_back(organisation(key_index(entry)));
  }
  const auto fits = [&](const Organisation& one) { return one.country == country; };
  if (country != no_place && std::any_of(result.begin(), result.end(), fits)) {
    std::erase_if(result, [&](const Organisation& one) { return !fits(one); });
  }
  return result;
}

std::optional<StateBody> Gazetteer::state_body(std::string_view mention) const {
  if (mention.size() > 200) return std::nullopt;
  std::string key = fold_name(mention);
  PlaceId country = no_place;
  const auto owner_of = [&](std::string_view name) {
    if (const auto match = demonym(name); match && match->kind == NameKind::adjective) {
      return match->place;
    }
    const Candidates found = lookup(name);
    for (const NameMatch& match : found.matches) {
      if (place(match.place).type == PlaceType::country) return match.place;
    }
    return no_place;
  };
  // "Ministry of Justice of Iran": the country stands last; its own name may hold " of ".
  for (std::size_t of = mention.find(" of "); of != std::string_view::npos && country == no_place;
       of = mention.find(" of ", of + 1)) {
    const PlaceId owner = owner_of(mention.substr(of + 4));
    if (owner == no_place) continue;
    country = owner;
    key = fold_name(mention.substr(0, of));
  }
  // "Ukrainian Defence Ministry", "Nigeria's Central Bank", "US State Department": it stands first.
  if (country == no_place) {
    for (std::size_t space = mention.rfind(' '); space != std::string_view::npos && space > 0;
         space = mention.rfind(' ', space - 1)) {
      std::string_view head = mention.substr(0, space);
      for (const std::string_view end : {" 's", "'s", " \u2019s", "\u2019s"}) {
        if (head.size() > end.size() && head.substr(head.size() - end.size()) == end) {
          head.remove_suffix(end.size());
          break;
        }
      }
      const std::size_t skip = fold_name(head).empty()                                    ? 0
                               : head.rfind("the ", 0) == 0 || head.rfind("The ", 0) == 0 ? 4
                                                                                          : 0;
      const PlaceId owner = owner_of(head.substr(skip));
      if (owner == no_place) continue;
      country = owner;
      key = fold_name(mention.substr(space + 1));
      break;
    }
  }
  const auto body_of = [&](std::string_view words) -> std::optional<StateBody> {
    for (const std::uint32_t entry : actor_keys_.find(words).entries) {
      if (key_kind(entry) != ActorKey::body) continue;
      const std::uint32_t index = key_index(entry);
      if (index >= bodies_.count()) {
        actors_file_.fail_reference("a state body", index, bodies_.count());
      }
      const auto record = bodies_.record<BodyRecord>(index);
      if (record.type >= actor_types) {
        actors_file_.fail_reference("a type", record.type, actor_types);
      }
      return StateBody{pooled_text(actors_file_, actor_text_, record.name),
                       static_cast<ActorType>(record.type), country};
    }
    return std::nullopt;
  };
  return body_of(key);
}

Leader Gazetteer::leader(std::size_t index) const {
  if (index >= leaders_.count()) {
    actors_file_.fail_reference("a leader", index, leaders_.count());
  }
  const auto record = leaders_.record<LeaderRecord>(index);
  Leader result;
  result.country = country_by_code(code_text(record.country));
  result.office = pooled_text(actors_file_, actor_text_, record.office);
  result.name = pooled_text(actors_file_, actor_text_, record.name);
  result.from = record.from;
  result.to = record.to;
  return result;
}

std::vector<Leader> Gazetteer::leaders(std::string_view name, std::uint32_t date,
                                       unsigned slack_years) const {
  std::vector<Leader> result;
  for (const std::uint32_t entry : actor_keys_.find(fold_name(name)).entries) {
    const ActorKey kind = key_kind(entry);
    if (kind != ActorKey::leader && kind != ActorKey::leader_surname) continue;
    Leader found = leader(key_index(entry));
    if (date != 0 && !held_on(found.from, found.to, date, slack_years)) continue;
    found.by_surname = kind == ActorKey::leader_surname;
    result.push_back(found);
  }
  return result;
}

std::vector<Leader> Gazetteer::leaders_of(PlaceId country, std::uint32_t date) const {
  std::vector<Leader> result;
  for (std::size_t i = 0; i < leaders_.count(); ++i) {
    const Leader one = leader(i);
    if (one.country != country) continue;
    if (date == 0 ? one.to == 0 : held_on(one.from, one.to, date, 0)) result.push_back(one);
  }
  return result;
}

}  // namespace relata::text
