#include "importers/text/coreference_clusters.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

#include "importers/text/syntax.h"

namespace relata::text {

namespace {

bool is_body(const std::string& type) {
  return type == "organization" || type == "government" || type == "company" || type == "media" ||
         type == "party" || type == "military" || type == "group";
}

void unite(std::vector<std::int32_t>& kept, const std::vector<std::int32_t>& gone) {
  const auto middle = static_cast<std::ptrdiff_t>(kept.size());
  const bool in_order = kept.empty() || gone.empty() || kept.back() < gone.front();
  kept.insert(kept.end(), gone.begin(), gone.end());
  if (!in_order) std::inplace_merge(kept.begin(), kept.begin() + middle, kept.end());
}

void unite(std::set<std::string>& kept, std::set<std::string>& gone) {
  if (kept.size() < gone.size()) std::swap(kept, gone);
  kept.merge(gone);
}

}  // namespace

std::uint64_t word_bit(std::string_view word) {
  return std::uint64_t{1} << std::hash<std::string_view>()(word) % 64;
}

bool types_compatible(EntityKind left_kind, const std::string& left, EntityKind right_kind,
                      const std::string& right) {
  if (left_kind != right_kind) {
    // A country acts, an organisation has a seat: the same thing may be told as a place and as an
    // actor, but a person is no place.
    const bool one_is_thing = left_kind == EntityKind::thing || right_kind == EntityKind::thing;
    const bool one_is_event = left_kind == EntityKind::event || right_kind == EntityKind::event;
    if (one_is_thing || one_is_event) return false;
    const std::string& actor = left_kind == EntityKind::actor ? left : right;
    const std::string& place = left_kind == EntityKind::actor ? right : left;
    return (actor == "government" && place == "country") || (is_body(actor) && place == "facility");
  }
  if (left.empty() || right.empty() || left == right) return true;
  if (left_kind == EntityKind::actor) return is_body(left) && is_body(right);
  // A town, its district and an unnamed "location" are told apart too loosely in news to be two.
  const auto settled = [](const std::string& type) {
    return type == "location" || type == "city" || type == "region";
  };
  return left == "location" || right == "location" || (settled(left) && settled(right));
}

bool nested(std::span<const SyntaxView> syntax, const EntityMention& left,
            const EntityMention& right) {
  if (left.sentence != right.sentence) return false;
  const SyntaxView& tree = syntax[static_cast<std::size_t>(left.sentence)];
  return tree.dominates(left.head, right.head) || tree.dominates(right.head, left.head);
}

Clusters::Clusters(const std::vector<EntityMention>& mentions) {
  cluster_of_.resize(mentions.size());
  facts_.resize(mentions.size());
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    const EntityMention& mention = mentions[i];
    cluster_of_[i] = static_cast<std::int32_t>(i);
    ClusterFacts& facts = facts_[i];
    facts.mentions = {static_cast<std::int32_t>(i)};
    facts.kind = mention.kind;
    facts.type = mention.type;
    facts.country = mention.country;
    facts.gazetteer_key = mention.gazetteer_key;
    facts.named = mention.form == MentionForm::name;
    facts.plural = mention.plural;
    facts.gender = mention.gender;
    facts.count = mention.count;
    if (!mention.noun.empty()) {
      facts.nouns.insert(mention.noun);
      facts.word_bits |= word_bit(mention.noun);
    }
    if (mention.form == MentionForm::nominal || !mention.title.empty()) {
      std::size_t begin = 0;
      const std::string text =
          mention.form == MentionForm::nominal ? lower(mention.text) : mention.title;
      while (begin < text.size()) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        if (end < text.size()) facts.modifiers.insert(text.substr(begin, end - begin));
        begin = end + 1;
      }
    }
  }
}

void Clusters::add_words(std::int32_t mention, const std::vector<std::string>& name,
                         const std::string& undergone) {
  ClusterFacts& facts = facts_[of(mention)];
  if (!undergone.empty()) facts.undergone.insert(undergone);
  if (name.size() < 2) return;
  for (const std::string& word : {name.front(), name.back()}) {
    facts.outer_words.insert(word);
    facts.word_bits |= word_bit(word);
  }
}

std::int32_t Clusters::of(std::int32_t mention) const {
  return cluster_of_[mention];
}

std::vector<std::int32_t> Clusters::all() const {
  std::vector<std::int32_t> alive;
  for (std::size_t i = 0; i < facts_.size(); ++i) {
    if (!facts_[i].mentions.empty()) alive.push_back(static_cast<std::int32_t>(i));
  }
  std::sort(alive.begin(), alive.end(), [this](std::int32_t left, std::int32_t right) {
    return facts_[left].mentions.front() < facts_[right].mentions.front();
  });
  return alive;
}

bool Clusters::compatible(std::int32_t left, std::int32_t right) const {
  const ClusterFacts& a = facts_[left];
  const ClusterFacts& b = facts_[right];
  if (!types_compatible(a.kind, a.type, b.kind, b.type)) return false;
  const bool persons = a.type == "person" || b.type == "person";
  if (persons && a.plural != b.plural) return false;
  if (a.gender != Gender::unknown && b.gender != Gender::unknown && a.gender != b.gender)
    return false;
  if (!a.country.empty() && !b.country.empty() && a.country != b.country) return false;
  if (!a.gazetteer_key.empty() && !b.gazetteer_key.empty() && a.gazetteer_key != b.gazetteer_key)
    return false;
  if (a.count.known && b.count.known && (a.count.min > b.count.max || b.count.min > a.count.max))
    return false;
  return true;
}

void Clusters::merge(std::int32_t left_mention, std::int32_t right_mention) {
  std::int32_t into = of(left_mention);
  std::int32_t from = of(right_mention);
  if (into == from) return;
  if (facts_[from].named && !facts_[into].named) std::swap(into, from);
  ClusterFacts& kept = facts_[into];
  ClusterFacts& gone = facts_[from];
  for (const std::int32_t mention : gone.mentions) cluster_of_[mention] = into;
  unite(kept.mentions, gone.mentions);
  unite(kept.nouns, gone.nouns);
  unite(kept.modifiers, gone.modifiers);
  unite(kept.outer_words, gone.outer_words);
  unite(kept.undergone, gone.undergone);
  kept.word_bits |= gone.word_bits;
  if (kept.type.empty()) kept.type = gone.type;
  if (kept.country.empty()) kept.country = gone.country;
  if (kept.gazetteer_key.empty()) kept.gazetteer_key = gone.gazetteer_key;
  if (kept.gender == Gender::unknown) kept.gender = gone.gender;
  if (!kept.count.known) kept.count = gone.count;
  kept.plural = kept.named == gone.named ? kept.plural && gone.plural : kept.plural;
  kept.named = kept.named || gone.named;
  gone = ClusterFacts();
}

}  // namespace relata::text
