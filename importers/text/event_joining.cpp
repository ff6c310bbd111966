#include "importers/text/event_joining.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

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

/// A named participant: the role and the node's key.
using Part = std::pair<std::string, std::string>;

/// Where an event stands.
struct Place {
  std::size_t document = 0;
  std::size_t event = 0;
};

/// An event as one text tells it, or several texts with the same words.
struct Telling {
  std::string key;
  std::vector<Place> places;
  const EventFact* fact = nullptr;
  TimeSpan time;
  std::string reality;
  std::string full_name;  ///< slug of a proper name of two words or more; "" otherwise
  std::set<Part> parts;
  bool apart = false;  ///< by the curator's rules
};

/// An event of the corpus.
struct Happening {
  std::vector<const Telling*> tellings;
  std::vector<std::string> reasons;  ///< why tellings[i] joined
  std::set<std::string> texts;       ///< digests of the texts that tell of it
  TimeSpan time;                     ///< days that all dated tellings have in common
  std::set<Part> parts;
};

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

class EventIdentifier final {
 public:
  EventIdentifier(std::span<const Document> documents, std::span<const DocumentFacts> facts,
                  std::span<const std::vector<NodeIdentity>> identities, const CuratorRules& rules)
      : documents_(documents), facts_(facts), identities_(identities), rules_(rules) {}

  CorpusEvents run() {
    gather();
    for (const Telling* telling : in_order()) place(*telling);
    return assign();
  }

 private:
  void gather() {
    std::map<std::string, Telling> by_key;
    for (std::size_t d = 0; d < documents_.size(); ++d) {
      const std::string digest = text_digest(documents_[d].text);
      for (std::size_t e = 0; e < facts_[d].events.size(); ++e) {
        const EventFact& fact = facts_[d].events[e];
        const std::string key = event_key(documents_[d], digest, fact);
        Telling& telling = by_key[key];
        telling.places.push_back({d, e});
        telling.apart = telling.apart || is_split(fact, documents_[d].id);
        if (telling.fact != nullptr) {
          telling.time = std::min(telling.time, fact.time);
          continue;
        }
        telling.key = key;
        telling.fact = &fact;
        telling.time = fact.time;
        telling.reality = reality_of(fact.assertion);
        telling.full_name = full_name_of(fact);
        for (const Participant& participant : fact.participants) {
          const NodeIdentity& identity = identities_[d][participant.entity];
          if (identity.key.empty() || identity.of_one_text) continue;
          telling.parts.insert({role_of(fact.type, participant.role), identity.key});
          if (identity.type == "person") persons_.insert(identity.key);
          if (const std::string country = country_of(identity); !country.empty())
            country_of_key_[identity.key] = {country, identity.type == "country"};
        }
      }
    }
    tellings_.reserve(by_key.size());
    for (auto& [key, telling] : by_key) tellings_.push_back(std::move(telling));
  }

  [[nodiscard]] bool is_split(const EventFact& fact, const std::string& document) const {
    if (rules_.split.empty()) return false;
    const auto split = [&](const std::string& name) {
      return rules_.split.contains({slug(name), document});
    };
    return split(fact.name) || std::any_of(fact.aliases.begin(), fact.aliases.end(), split);
  }

  static std::string full_name_of(const EventFact& fact) {
    const auto words = name_words(fact.name);
    if (!fact.named || words.size() < 2) return {};
    std::string name;
    for (const std::string& word : words) name += (name.empty() ? "" : " ") + word;
    return slug(name);
  }

  static std::string role_of(const std::string& type, const std::string& role) {
    return role != "place" && is_mutual(type) ? "party" : role;
  }

  static std::string reality_of(const Assertion& assertion) {
    const Modality modality =
        assertion.modality == Modality::reported ? Modality::asserted : assertion.modality;
    return fmt::format("{}{}", assertion.polarity == Polarity::negated ? "not " : "",
                       modality_name(modality));
  }

  static std::string country_of(const NodeIdentity& identity) {
    for (const auto& [key, value] : identity.attributes) {
      if (key == "country") return value;
    }
    return {};
  }

  /// What is told most exactly comes first, so that vaguer tellings find it.
  [[nodiscard]] std::vector<const Telling*> in_order() const {
    std::vector<const Telling*> order;
    for (const Telling& telling : tellings_) order.push_back(&telling);
    std::sort(order.begin(), order.end(), [](const Telling* left, const Telling* right) {
      const auto rank = [](const Telling& telling) {
        return std::tuple(!is_dated(telling.time),
                          is_dated(telling.time) ? days_of(telling.time) : 0,
                          -static_cast<std::int64_t>(telling.parts.size()));
      };
      return std::tuple(rank(*left), std::string_view(left->key)) <
             std::tuple(rank(*right), std::string_view(right->key));
    });
    return order;
  }

  /// Hashes under which a happening that agrees can be found; none when nothing can agree. What
  /// falls together by chance does not agree.
  [[nodiscard]] static std::vector<std::uint64_t> blocks_of(const Telling& telling) {
    std::vector<std::uint64_t> blocks;
    if (telling.apart) return blocks;
    const auto hash = [](std::uint64_t seed, std::string_view text) {
      for (const char c : text) seed = (seed ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
      return (seed ^ 0xffU) * 0x100000001b3ULL;
    };
    const std::uint64_t start =
        hash(hash(0xcbf29ce484222325ULL, telling.fact->type), telling.reality);
    if (!telling.full_name.empty()) blocks.push_back(hash(hash(start, "name"), telling.full_name));
    const Frequency frequency = frequency_of(telling.fact->type);
    for (const auto& [role, key] : telling.parts) {
      if (frequency != Frequency::any && role == "patient") {
        blocks.push_back(hash(start, key));
      } else if (is_dated(telling.time) && days_of(telling.time) <= most_days) {
        for (std::int32_t day = telling.time.from; day <= telling.time.to; ++day)
          blocks.push_back((hash(start, key) ^ static_cast<std::uint32_t>(day)) *
                           0x9e3779b97f4a7c15ULL);
      }
    }
    return blocks;
  }

  void place(const Telling& telling) {
    const std::vector<std::uint64_t> blocks = blocks_of(telling);
    std::vector<std::size_t> candidates;
    for (const std::uint64_t block : blocks) {
      const auto found = in_block_.find(block);
      if (found == in_block_.end()) continue;
      candidates.insert(candidates.end(), found->second.begin(), found->second.end());
    }
    std::sort(candidates.begin(), candidates.end());
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
    std::size_t home = happenings_.size();
    std::size_t fitting = 0;
    std::string why;
    for (const std::size_t candidate : candidates) {
      const std::string reason = agreement(happenings_[candidate], telling);
      if (reason.empty()) continue;
      ++fitting;
      home = candidate;
      why = reason;
    }
    // Where a text tells of several such events, nobody can say which of them is meant.
    if (fitting != 1) {
      home = happenings_.size();
      happenings_.emplace_back();
      why.clear();
    }
    add(happenings_[home], telling, why);
    for (const std::uint64_t block : blocks) {
      std::vector<std::size_t>& there = in_block_[block];
      if (std::find(there.begin(), there.end(), home) == there.end()) there.push_back(home);
    }
  }

  static void add(Happening& happening, const Telling& telling, const std::string& why) {
    happening.tellings.push_back(&telling);
    happening.reasons.push_back(why);
    happening.texts.insert(std::string(text_of_key(telling.key)));
    happening.time = common_time(happening.time, telling.time);
    happening.parts.insert(telling.parts.begin(), telling.parts.end());
  }

  /// Why the two are one event; "" when they are not, or nobody can tell.
  [[nodiscard]] std::string agreement(const Happening& happening, const Telling& telling) const {
    if (happening.texts.contains(std::string(text_of_key(telling.key)))) return {};
    if (times_contradict(happening.time, telling.time)) return {};
    const std::string& type = telling.fact->type;
    const bool same_name =
        !telling.full_name.empty() && happening.tellings.front()->full_name == telling.full_name;
    const bool lasting_name = same_name && type == "war";
    // Of a named war each text names other parties.
    if (!lasting_name && contradict(happening.parts, telling.parts)) return {};
    std::set<Part> shared;
    std::set_intersection(happening.parts.begin(), happening.parts.end(), telling.parts.begin(),
                          telling.parts.end(), std::inserter(shared, shared.end()));
    const auto in_common = [&] {
      std::string text;
      for (const auto& [role, key] : shared) text += fmt::format(", {} {}", role, key);
      return text;
    };
    const bool both_dated = is_dated(happening.time) && is_dated(telling.time);
    const std::string when =
        both_dated ? ", " + interval(common_time(happening.time, telling.time)) : std::string();
    if (lasting_name) return "the same name" + when + in_common();
    if (same_name && (both_dated || !shared.empty())) return "the same name" + when + in_common();
    const Part* victim = nullptr;
    for (const Part& part : shared) {
      if (part.first == "patient" && part.second.starts_with("actor/")) victim = &part;
    }
    const Frequency frequency = frequency_of(type);
    if (frequency == Frequency::once && victim != nullptr && is_person(victim->second))
      return fmt::format("one {} of {}{}", type, victim->second, when);
    if (!both_dated) return {};
    if (frequency != Frequency::any && victim != nullptr &&
        covered_days(happening.time, telling.time) <= most_days_of_rare)
      return fmt::format("the same {}{}{}", type, when, in_common());
    if (shared.size() < 2 || covered_days(happening.time, telling.time) > most_days) return {};
    return fmt::format("the same {}{}{}", type, when, in_common());
  }

  [[nodiscard]] bool is_person(const std::string& key) const { return persons_.contains(key); }

  static std::int64_t covered_days(const TimeSpan& left, const TimeSpan& right) {
    return std::int64_t{std::max(left.to, right.to)} - std::min(left.from, right.from) + 1;
  }

  static std::string interval(const TimeSpan& time) {
    return time.from == time.to ? iso_date(time.from)
                                : iso_date(time.from) + "/" + iso_date(time.to);
  }

  /// Both name somebody in a role and nobody is named by both.
  [[nodiscard]] bool contradict(const std::set<Part>& left, const std::set<Part>& right) const {
    for (const std::string_view role : {"agent", "patient", "recipient", "place", "party"}) {
      const auto a = keys_in(left, role);
      const auto b = keys_in(right, role);
      if (a.empty() || b.empty()) continue;
      const bool meet = std::any_of(a.begin(), a.end(), [&](std::string_view x) {
        return std::any_of(b.begin(), b.end(), [&](std::string_view y) {
          return x == y || (role == "place" && one_within_other(x, y));
        });
      });
      if (!meet) return true;
    }
    return false;
  }

  static std::vector<std::string_view> keys_in(const std::set<Part>& parts, std::string_view role) {
    std::vector<std::string_view> keys;
    for (const auto& [own, key] : parts) {
      if (own == role) keys.push_back(key);
    }
    return keys;
  }

  /// A place and its country do not contradict each other.
  [[nodiscard]] bool one_within_other(std::string_view left, std::string_view right) const {
    const auto a = country_of_key_.find(left);
    const auto b = country_of_key_.find(right);
    if (a == country_of_key_.end() || b == country_of_key_.end()) return false;
    return a->second.first == b->second.first && (a->second.second || b->second.second);
  }

  CorpusEvents assign() const {
    CorpusEvents result;
    result.of_document.resize(documents_.size());
    for (std::size_t d = 0; d < documents_.size(); ++d)
      result.of_document[d].resize(facts_[d].events.size());
    for (const Happening& happening : happenings_) {
      const auto least = std::min_element(
          happening.tellings.begin(), happening.tellings.end(),
          [](const Telling* left, const Telling* right) { return left->key < right->key; });
      const std::string& key = (*least)->key;
      for (std::size_t i = 0; i < happening.tellings.size(); ++i) {
        const Telling& telling = *happening.tellings[i];
        for (std::size_t copy = 0; copy < telling.places.size(); ++copy) {
          const Place& place = telling.places[copy];
          result.of_document[place.document][place.event] = {key, happening.time};
          if (i == 0 && copy == 0) continue;
          result.log.push_back({key, telling.fact->name, documents_[place.document].id,
                                copy == 0 ? happening.reasons[i] : "the same text"});
        }
      }
    }
    std::sort(result.log.begin(), result.log.end());
    return result;
  }

  std::span<const Document> documents_;
  std::span<const DocumentFacts> facts_;
  std::span<const std::vector<NodeIdentity>> identities_;
  const CuratorRules& rules_;
  std::vector<Telling> tellings_;
  std::vector<Happening> happenings_;
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> in_block_;
  std::map<std::string, std::pair<std::string, bool>, std::less<>>
      country_of_key_;  ///< node's key -> its country's code, and whether it is that country
  std::set<std::string, std::less<>> persons_;  ///< nodes' keys
};

}  // namespace

CorpusEvents identify_events(std::span<const Document> documents,
                             std::span<const DocumentFacts> facts,
                             std::span<const std::vector<NodeIdentity>> identities,
                             const CuratorRules& rules) {
  return EventIdentifier(documents, facts, identities, rules).run();
}

}  // namespace relata::text
