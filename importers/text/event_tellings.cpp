#include "importers/text/event_tellings.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <tuple>

#include <fmt/format.h>

#include "importers/text/name_words.h"

namespace relata::text {

namespace {

/// Days that the times of an event which may happen every day may cover ("overnight" is two).
constexpr std::int32_t most_days = 2;
/// Days that the times of an event which happens to somebody once in a while may cover.
constexpr std::int32_t most_days_of_rare = 31;

/// How often an event of a type can happen to the same patient.
enum class Frequency : std::uint8_t { any, rare, once };

Frequency frequency_of(std::string_view type) {
  if (type == "death") return Frequency::once;
  if (type == "capture" || type == "appointment" || type == "departure") return Frequency::rare;
  return Frequency::any;
}

/// Whoever takes part in these is agent here and patient there.
bool is_mutual(std::string_view type) {
  return type == "meeting" || type == "agreement" || type == "war";
}

bool is_dated(const TimeSpan& time) {
  return time.known() && time.from != TimeSpan::open_from && time.to != TimeSpan::open_to;
}

std::int64_t days_of(const TimeSpan& time) {
  return std::int64_t{time.to} - time.from + 1;
}

bool times_contradict(const TimeSpan& left, const TimeSpan& right) {
  return left.known() && right.known() && (left.from > right.to || right.from > left.to);
}

/// The days that both have in common; the narrower one's precision.
TimeSpan common_time(const TimeSpan& left, const TimeSpan& right) {
  if (!left.known()) return right;
  if (!right.known()) return left;
  const bool left_is_narrower =
      std::tuple(days_of(left), left.precision) <= std::tuple(days_of(right), right.precision);
  TimeSpan time{std::max(left.from, right.from), std::min(left.to, right.to),
                left_is_narrower ? left.precision : right.precision};
  if (time.from == time.to) time.precision = DatePrecision::day;
  return time;
}

std::string_view text_of_key(std::string_view event_key) {
  const std::size_t slash = event_key.rfind('/');
  return event_key.substr(slash + 1, event_key.rfind('-') - slash - 1);
}

std::string full_name_of(const EventFact& fact) {
  const auto words = name_words(fact.name);
  if (!fact.named || words.size() < 2) return {};
  std::string name;
  for (const std::string& word : words) name += (name.empty() ? "" : " ") + word;
  return slug(name);
}

std::string role_of(const std::string& type, const std::string& role) {
  return role != "place" && is_mutual(type) ? "party" : role;
}

std::string reality_of(const Assertion& assertion) {
  const Modality modality =
      assertion.modality == Modality::reported ? Modality::asserted : assertion.modality;
  return fmt::format("{}{}", assertion.polarity == Polarity::negated ? "not " : "",
                     modality_name(modality));
}

std::string country_of(const NodeIdentity& identity) {
  for (const auto& [key, value] : identity.attributes) {
    if (key == "country") return value;
  }
  return {};
}

bool is_split(const EventFact& fact, const std::string& document, const CuratorRules& rules) {
  if (rules.split.empty()) return false;
  const auto split = [&](const std::string& name) {
    return rules.split.contains({slug(name), document});
  };
  return split(fact.name) || std::any_of(fact.aliases.begin(), fact.aliases.end(), split);
}

std::int64_t covered_days(const TimeSpan& left, const TimeSpan& right) {
  return std::int64_t{std::max(left.to, right.to)} - std::min(left.from, right.from) + 1;
}

std::string interval(const TimeSpan& time) {
  return time.from == time.to ? iso_date(time.from) : iso_date(time.from) + "/" + iso_date(time.to);
}

/// A place and its country do not contradict each other.
bool one_within_other(const Part& left, const Part& right) {
  return !left.country.empty() && left.country == right.country &&
         (left.is_country || right.is_country);
}

/// Both name somebody in a role and nobody is named by both.
bool contradict(const std::set<Part>& left, const std::set<Part>& right) {
  const auto of_role = [](const std::set<Part>& parts, std::string_view role) {
    std::vector<const Part*> found;
    for (const Part& part : parts) {
      if (part.role == role) found.push_back(&part);
    }
    return found;
  };
  for (const std::string_view role : {"agent", "patient", "recipient", "place", "party"}) {
    const auto a = of_role(left, role);
    if (a.empty()) continue;
    const auto b = of_role(right, role);
    if (b.empty()) continue;
    const bool meet = std::any_of(a.begin(), a.end(), [&](const Part* x) {
      return std::any_of(b.begin(), b.end(), [&](const Part* y) {
        return x->key == y->key || (role == "place" && one_within_other(*x, *y));
      });
    });
    if (!meet) return true;
  }
  return false;
}

}  // namespace

Telling telling_of(const Document& document, std::string_view digest, const EventFact& fact,
                   std::span<const NodeIdentity> identities, const CuratorRules& rules) {
  Telling telling;
  telling.key = event_key(document, digest, fact);
  telling.type = fact.type;
  telling.time = fact.time;
  telling.reality = reality_of(fact.assertion);
  telling.full_name = full_name_of(fact);
  telling.apart = is_split(fact, document.id, rules);
  for (const Participant& participant : fact.participants) {
    const NodeIdentity& identity = identities[participant.entity];
    if (identity.key.empty() || identity.of_one_text) continue;
    telling.parts.insert({role_of(fact.type, participant.role), identity.key, country_of(identity),
                          identity.type == "country", identity.type == "person"});
  }
  return telling;
}

void add_same(Telling& telling, const Telling& later) {
  telling.time = std::min(telling.time, later.time);
  telling.apart = telling.apart || later.apart;
}

TellingOrder order_of(const Telling& telling) {
  const bool dated = is_dated(telling.time);
  return {!dated, dated ? days_of(telling.time) : 0,
          -static_cast<std::int64_t>(telling.parts.size()), telling.key};
}

std::set<std::uint64_t> Blocks::stored() const {
  std::set<std::uint64_t> all(holds.begin(), holds.end());
  all.insert(waits.begin(), waits.end());
  return all;
}

Blocks blocks_of(const Telling& telling) {
  Blocks blocks;
  if (telling.apart) return blocks;
  const auto hash = [](std::uint64_t seed, std::string_view text) {
    for (const char c : text) seed = (seed ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return (seed ^ 0xffU) * 0x100000001b3ULL;
  };
  const auto put_both = [&](std::uint64_t block) {
    for (auto* list : {&blocks.holds, &blocks.seeks, &blocks.calls, &blocks.waits})
      list->push_back(block);
  };
  const auto put_found = [&](std::uint64_t block) {
    blocks.holds.push_back(block);
    blocks.calls.push_back(~block);
  };
  const auto put_looking = [&](std::uint64_t block) {
    blocks.seeks.push_back(block);
    blocks.waits.push_back(~block);
  };
  const std::uint64_t start = hash(hash(0xcbf29ce484222325ULL, telling.type), telling.reality);
  if (!telling.full_name.empty()) put_both(hash(hash(start, "name"), telling.full_name));
  const bool is_rare = frequency_of(telling.type) != Frequency::any;
  const bool has_days = is_dated(telling.time) && days_of(telling.time) <= most_days;
  for (const Part& part : telling.parts) {
    const std::uint64_t own = hash(start, part.key);
    for (std::int32_t day = telling.time.from; has_days && day <= telling.time.to; ++day)
      put_both((own ^ static_cast<std::uint32_t>(day)) * 0x9e3779b97f4a7c15ULL);
    if (!is_rare || part.role != "patient") continue;
    const std::uint64_t at_any_time = hash(own, "any");
    const std::uint64_t at_some_time = hash(own, "some");
    put_found(at_any_time);
    if (!has_days) put_found(at_some_time);
    put_looking(has_days ? at_some_time : at_any_time);
  }
  return blocks;
}

void add(Happening& happening, const Telling& telling) {
  if (happening.texts.empty()) happening.full_name = telling.full_name;
  if (happening.texts.empty() || telling.key < happening.least_key)
    happening.least_key = telling.key;
  happening.texts.insert(std::string(text_of_key(telling.key)));
  happening.time = common_time(happening.time, telling.time);
  happening.parts.insert(telling.parts.begin(), telling.parts.end());
}

bool agree(const Happening& happening, const Telling& telling, std::string* why) {
  if (happening.texts.contains(text_of_key(telling.key))) return false;
  if (times_contradict(happening.time, telling.time)) return false;
  const std::string& type = telling.type;
  const bool same_name = !telling.full_name.empty() && happening.full_name == telling.full_name;
  const bool lasting_name = same_name && type == "war";
  // Of a named war each text names other parties.
  if (!lasting_name && contradict(happening.parts, telling.parts)) return false;
  std::vector<const Part*> shared;
  for (const Part& part : telling.parts) {
    if (happening.parts.contains(part)) shared.push_back(&part);
  }
  const bool both_dated = is_dated(happening.time) && is_dated(telling.time);
  const auto say = [&](std::string_view what, bool who) {
    if (why == nullptr) return true;
    *why = what;
    if (both_dated) *why += ", " + interval(common_time(happening.time, telling.time));
    for (const Part* part : shared) {
      if (who) *why += fmt::format(", {} {}", part->role, part->key);
    }
    return true;
  };
  if (lasting_name || (same_name && (both_dated || !shared.empty())))
    return say("the same name", true);
  const Part* victim = nullptr;
  for (const Part* part : shared) {
    if (part->role == "patient" && part->key.starts_with("actor/")) victim = part;
  }
  const Frequency frequency = frequency_of(type);
  if (frequency == Frequency::once && victim != nullptr && victim->is_person)
    return say(fmt::format("one {} of {}", type, victim->key), false);
  if (!both_dated) return false;
  const std::int64_t days = covered_days(happening.time, telling.time);
  const bool rare = frequency != Frequency::any && victim != nullptr && days <= most_days_of_rare;
  if (!rare && (shared.size() < 2 || days > most_days)) return false;
  return say("the same " + type, true);
}

}  // namespace relata::text
