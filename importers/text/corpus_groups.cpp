#include "importers/text/corpus_groups.h"

#include <algorithm>
#include <optional>
#include <set>

#include "importers/text/graph_writer.h"

namespace relata::text {

namespace {

class Parter final {
 public:
  Parter(std::span<const Occurrence> occurrences, std::uint32_t number, bool known,
         const CuratorRules& rules, TellingTexts& texts)
      : occurrences_(occurrences), number_(number), known_(known), rules_(rules), texts_(texts) {
    std::map<std::string, NameUse> names;
    if (!rules.never_merge.empty()) {
      for (const Occurrence& place : occurrences) names.try_emplace(place.what.name);
    }
    may_be_forbidden_ = may_be_forbidden(names, rules);
  }

  PartedName run(const PartedBefore& before) {
    for (std::size_t i = 0; i < occurrences_.size(); ++i) {
      if (i >= before.thing_of.size()) {
        put(occurrences_[i]);
        continue;
      }
      const std::uint32_t home = before.thing_of[i];
      put_into(home, home < before.unclear.size() && before.unclear[home], occurrences_[i]);
    }
    for (std::size_t i = 0; i < result_.things.size(); ++i) {
      std::vector<std::uint64_t>& texts = told_[i].texts;
      std::sort(texts.begin(), texts.end());
      result_.things[i].texts =
          static_cast<std::size_t>(std::unique(texts.begin(), texts.end()) - texts.begin());
    }
    return std::move(result_);
  }

 private:
  /// The texts of a thing, and the names in those of them that were looked at so far.
  struct Told {
    std::vector<std::uint64_t> texts;
    std::size_t looked_at = 0;
    std::unordered_set<std::uint32_t> names;
  };

  void put(const Occurrence& place) {
    std::vector<std::size_t> fitting;
    for (std::size_t i = 0; i < result_.things.size(); ++i) {
      if (!result_.things[i].unclear && fits(i, place)) fitting.push_back(i);
    }
    std::size_t home = result_.things.size();
    if (fitting.size() == 1) home = fitting.front();
    if (fitting.size() > 1) home = nearest(fitting, place).value_or(home);
    put_into(home, fitting.size() > 1, place);
  }

  /// REQUIRES: `home` is a thing or the next one, which is then `unclear`.
  void put_into(std::size_t home, bool unclear, const Occurrence& place) {
    const bool is_new = home == result_.things.size();
    if (is_new) {
      Thing& thing = result_.things.emplace_back();
      told_.emplace_back();
      thing.unclear = unclear;
      thing.plain = known_ && !may_be_forbidden_;
      thing.number = number_;
      thing.front = {place.document, place.text, place.entity};
    }
    result_.reasons.push_back(is_new ? std::string() : reason(result_.things[home], place.what));
    result_.thing_of.push_back(static_cast<std::uint32_t>(home));
    add(result_.things[home], place.what);
    told_[home].texts.push_back(place.text);
  }

  [[nodiscard]] bool fits(std::size_t i, const Occurrence& place) {
    if (known_) return !may_be_forbidden_ || !forbidden(result_.things[i], place.what.name);
    return !disagree(i, place) && (!place.what.common || linked(i, place));
  }

  [[nodiscard]] bool forbidden(const Thing& thing, const std::string& name) const {
    if (!may_be_forbidden_) return false;
    const std::string own = slug(name);
    return std::any_of(thing.names.begin(), thing.names.end(), [&](const auto& other) {
      return rules_.never_merge.contains({slug(other.first), own});
    });
  }

  [[nodiscard]] static Counts homes_of(const Naming& what) {
    Counts homes;
    for (const std::string& home : what.homes) homes.emplace(home, 1);
    return homes;
  }

  [[nodiscard]] bool disagree(std::size_t i, const Occurrence& place) {
    const Thing& thing = result_.things[i];
    if (forbidden(thing, place.what.name)) return true;
    const Counts homes = homes_of(place.what);
    return sides_disagree(
        {thing.type(), thing.country, thing.homes}, {place.what.type, place.what.country, homes},
        [&](std::size_t at_least) { return shared(i, place.text, at_least) >= at_least; });
  }

  [[nodiscard]] bool linked(std::size_t i, const Occurrence& place) {
    const Thing& thing = result_.things[i];
    const Counts homes = homes_of(place.what);
    return one_country({thing.type(), thing.country, thing.homes},
                       {place.what.type, place.what.country, homes}) ||
           shared(i, place.text, 1) > 0;
  }

  /// How many other names the thing and the text have in common; no more than `most` are counted.
  [[nodiscard]] std::size_t shared(std::size_t i, std::uint64_t text, std::size_t most) {
    if (known_ && !may_be_forbidden_) return 0;
    Told& told = told_[i];
    for (; told.looked_at < told.texts.size(); ++told.looked_at) {
      for (const std::uint32_t name : texts_.names_in(told.texts[told.looked_at])) {
        if (name != number_) told.names.insert(name);
      }
    }
    std::size_t count = 0;
    for (const std::uint32_t name : texts_.names_in(text)) {
      if (name != number_ && told.names.contains(name) && ++count == most) break;
    }
    return count;
  }

  /// Of several things of that name, the one that shares most neighbours with the text.
  [[nodiscard]] std::optional<std::size_t> nearest(const std::vector<std::size_t>& fitting,
                                                   const Occurrence& place) {
    std::optional<std::size_t> best;
    std::size_t most_shared = 0;
    for (const std::size_t i : fitting) {
      const std::size_t count = shared(i, place.text, static_cast<std::size_t>(-1));
      if (count > most_shared) {
        best = i;
        most_shared = count;
      } else if (count == most_shared) {
        best.reset();
      }
    }
    return best;
  }

  [[nodiscard]] static std::string reason(const Thing& thing, const Naming& own) {
    if (own.known) return "the same entry of the gazetteer";
    const std::string name = slug(own.name);
    const bool same = std::any_of(thing.names.begin(), thing.names.end(),
                                  [&](const auto& other) { return slug(other.first) == name; });
    return same ? "the same name" : "the same name in another spelling";
  }

  std::span<const Occurrence> occurrences_;
  std::uint32_t number_;
  bool known_;
  const CuratorRules& rules_;
  TellingTexts& texts_;
  bool may_be_forbidden_ = false;
  PartedName result_;
  std::vector<Told> told_;
};

}  // namespace

bool may_be_forbidden(const std::map<std::string, NameUse>& names, const CuratorRules& rules) {
  if (rules.never_merge.empty()) return false;
  std::set<std::string> concerned;
  for (const auto& [left, right] : rules.never_merge) concerned.insert(left);
  return std::any_of(names.begin(), names.end(),
                     [&](const auto& name) { return concerned.contains(slug(name.first)); });
}

PartedName part_name(std::span<const Occurrence> occurrences, std::uint32_t number, bool known,
                     const CuratorRules& rules, TellingTexts& texts, const PartedBefore& before) {
  return Parter(occurrences, number, known, rules, texts).run(before);
}

Oneness oneness(const Thing& sum, bool known, const CuratorRules& rules) {
  if (may_be_forbidden(sum.names, rules)) return Oneness::unknown;
  if (known) return Oneness::one;
  const auto specific = std::count_if(sum.types.begin(), sum.types.end(),
                                      [](const auto& type) { return is_specific(type.first); });
  if (sum.common > 0 || specific > 1) return Oneness::unknown;
  std::size_t with_country = 0;
  for (const auto& [country, times] : sum.countries) with_country += times;
  if (sum.countries.size() <= 1 && (sum.homes.size() <= 1 || with_country == sum.entities))
    return Oneness::one;
  return Oneness::by_told;
}

}  // namespace relata::text
