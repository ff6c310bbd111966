#include "importers/text/known_offices.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace relata::text {

namespace {

using WordSet = std::set<std::string, std::less<>>;

/// Offices of a state; "president" and "minister" of something else come with its name.
bool is_state_office(std::string_view title) {
  static const WordSet offices = {"president",
                                  "prime minister",
                                  "premier",
                                  "chancellor",
                                  "king",
                                  "queen",
                                  "emir",
                                  "sultan",
                                  "foreign minister",
                                  "interior minister",
                                  "defence minister",
                                  "defense minister",
                                  "finance minister",
                                  "justice minister",
                                  "health minister",
                                  "vice president",
                                  "deputy prime minister"};
  return offices.contains(title);
}

class OfficeReader final {
 public:
  OfficeReader(std::span<const SyntaxView> syntax, const World& world, DocumentFacts& facts)
      : syntax_(syntax), world_(world), facts_(facts) {}

  void read() {
    for (const RelationFact& fact : facts_.relations) {
      const bool office = fact.relation == "leader of" || fact.relation == "works for";
      if (office && fact.source.kind == End::Kind::entity) served_.insert(fact.source.index);
    }
    find_countries();
    for (const EntityMention& mention : facts_.entities.mentions) {
      const bool titled = mention.form == MentionForm::name && mention.type == "person" &&
                          mention.entity >= 0 && is_state_office(mention.title);
      if (!titled || !mention.country.empty() || served_.contains(mention.entity)) continue;
      const std::int32_t country = country_of(mention);
      if (country < 0) continue;
      served_.insert(mention.entity);
      add(mention, country);
    }
  }

 private:
  /// The entity of each country that the text names, and the one that it speaks of alone.
  void find_countries() {
    std::size_t all = 0;
    std::size_t most = 0;
    for (std::size_t i = 0; i < facts_.entities.entities.size(); ++i) {
      const Entity& entity = facts_.entities.entities[i];
      if (entity.kind != EntityKind::place || entity.type != "country" || entity.country.empty())
        continue;
      const auto index = static_cast<std::int32_t>(i);
      countries_.try_emplace(entity.country, index);
      all += entity.mentions.size();
      if (entity.mentions.size() <= most) continue;
      most = entity.mentions.size();
      only_ = index;
    }
    constexpr std::size_t enough = 3;  // mentions
    if (most < enough || (all - most) * 5 > most) only_ = -1;
  }

  [[nodiscard]] std::int32_t country_of(const EntityMention& mention) const {
    const Entity& person = facts_.entities.entities[mention.entity];
    const std::set<std::string> known = world_.countries_led_by(person.name);
    if (known.empty()) return only_;
    if (known.size() > 1) return -1;
    const auto found = countries_.find(*known.begin());
    return found == countries_.end() ? -1 : found->second;
  }

  void add(const EntityMention& mention, std::int32_t country) {
    const SyntaxView& tree = syntax_[mention.sentence];
    const std::int32_t before = mention.words.begin - 1;
    const bool beside = before >= 0 && tree.key(before) == mention.noun;
    const TokenRef title{mention.sentence, beside ? before : mention.head};
    RelationFact fact;
    fact.source = {End::Kind::entity, mention.entity};
    fact.relation = "leader of";
    fact.target = {End::Kind::entity, country};
    fact.trigger = title;
    fact.trigger_span = {title.token, title.token + 1};
    fact.source_word = {mention.sentence, mention.head};
    fact.target_word = title;
    fact.rule = "office without its country";
    fact.score = 0;
    facts_.relations.push_back(std::move(fact));
  }

  std::span<const SyntaxView> syntax_;
  const World& world_;
  DocumentFacts& facts_;
  std::set<std::int32_t> served_;  ///< persons of whom an office is told
  std::map<std::string, std::int32_t> countries_;
  std::int32_t only_ = -1;
};

}  // namespace

void add_known_offices(std::span<const SyntaxView> syntax, const World& world,
                       DocumentFacts& facts) {
  OfficeReader(syntax, world, facts).read();
}

}  // namespace relata::text
