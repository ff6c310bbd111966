#include "importers/text/coreference.h"

#include <algorithm>
#include <map>
#include <set>

#include "importers/text/coreference_clusters.h"
#include "importers/text/coreference_names.h"
#include "importers/text/coreference_phrases.h"
#include "importers/text/coreference_pronouns.h"
#include "importers/text/name_words.h"
#include "importers/text/noun_sorts.h"

namespace relata::text {

namespace {

/// How many sentences back a noun takes up what was told: beyond what any article has, so that only
/// the work for a book is bounded.
constexpr std::int32_t reach_of_noun = 250;

class Resolver final {
 public:
  Resolver(std::span<const SyntaxView> syntax, const SpeakerMap& speakers, Entities& entities,
           std::span<const PronounAdvice> advice)
      : syntax_(syntax),
        speakers_(speakers),
        advice_(advice),
        entities_(entities),
        mentions_(entities.mentions),
        clusters_(mentions_) {
    for (std::int32_t i = 0; i < count(); ++i) {
      const EntityMention& mention = mentions_[i];
      words_.push_back(name_words(mention.text));
      const SyntaxView& tree = syntax_[mention.sentence];
      const bool object = tree.head(mention.head) >= 0 &&
                          (tree.is(mention.head, "nsubj:pass") || tree.is(mention.head, "obj"));
      clusters_.add_words(i, is_name(i) ? words_.back() : std::vector<std::string>(),
                          object ? lower(tree.token(tree.head(mention.head)).form) : std::string());
    }
  }

  void run() {
    join_known_names();
    join_equal_names();
    EqualPhrases(syntax_, entities_, words_, clusters_).join();
    join_short_names();
    join_equal_groups();
    join_repeated_things();
    join_repeated_persons();
    join_governments();
    join_nominals();
    join_headline();
    join_first_person();
    join_pronouns();
    write_entities();
  }

 private:
  [[nodiscard]] std::int32_t count() const { return static_cast<std::int32_t>(mentions_.size()); }
  [[nodiscard]] bool is_name(std::int32_t i) const {
    return mentions_[i].form == MentionForm::name;
  }
  [[nodiscard]] bool is_nominal(std::int32_t i) const {
    return mentions_[i].form == MentionForm::nominal;
  }
  [[nodiscard]] bool person(std::int32_t i) const { return mentions_[i].type == "person"; }

  bool merge_if_compatible(std::int32_t left, std::int32_t right) {
    if (!clusters_.compatible(clusters_.of(left), clusters_.of(right))) return false;
    clusters_.merge(left, right);
    return true;
  }

  void join_known_names() {
    std::map<std::string, std::int32_t> first;
    for (std::int32_t i = 0; i < count(); ++i) {
      if (mentions_[i].gazetteer_key.empty() || mentions_[i].form == MentionForm::pronoun) continue;
      // "Ukrainian forces" carry their country in `country`; only what stands for the country
      // itself has its key.
      const auto [place, is_new] = first.try_emplace(mentions_[i].gazetteer_key, i);
      if (!is_new) clusters_.merge(place->second, i);
    }
  }

  void join_equal_names() {
    std::map<std::vector<std::string>, std::vector<std::int32_t>> seen;
    for (std::int32_t i = 0; i < count(); ++i) {
      if (!is_name(i)) continue;
      auto& earlier = seen[words_[i]];
      const bool joined = std::any_of(earlier.begin(), earlier.end(),
                                      [&](std::int32_t j) { return merge_if_compatible(j, i); });
      if (!joined) earlier.push_back(i);
    }
  }

  /// Of the clusters that hold a name of which `i` is the beginning or the end, a mention of the
  /// only one that fits; -1 when there is none or several do.
  [[nodiscard]] std::int32_t only_longer_name(std::int32_t i, const ShortNames& names) const {
    std::int32_t witness = -1;
    for (const std::int32_t j : names.longer(i)) {
      if (!clusters_.compatible(clusters_.of(i), clusters_.of(j))) continue;
      if (mentions_[i].kind == EntityKind::place || mentions_[j].kind == EntityKind::place)
        continue;
      const bool both_persons = person(i) && person(j);
      if (!both_persons && mentions_[i].type.empty()) continue;
      if (!both_persons && mentions_[j].noun != mentions_[i].noun &&
          words_[i].size() + 3 < words_[j].size())
        continue;
      if (witness >= 0 && clusters_.of(witness) != clusters_.of(j)) return -1;
      witness = j;
    }
    return witness;
  }

  void join_short_names() {
    const ShortNames names(mentions_, words_, clusters_);
    for (std::int32_t i = 0; i < count(); ++i) {
      if (!is_name(i) || !mentions_[i].gazetteer_key.empty()) continue;
      const std::int32_t longer = only_longer_name(i, names);
      if (longer >= 0) merge_if_compatible(longer, i);
    }
    join_acronyms(names);
  }

  void join_acronyms(const ShortNames& names) {
    for (std::int32_t i = 0; i < count(); ++i) {
      std::int32_t witness = -1;
      bool one = true;
      for (const std::int32_t j : names.spelt_out(i)) {
        if (!clusters_.compatible(clusters_.of(i), clusters_.of(j))) continue;
        if (witness >= 0 && clusters_.of(witness) != clusters_.of(j)) one = false;
        if (!one) break;
        witness = j;
      }
      if (one && witness >= 0) clusters_.merge(witness, i);
    }
  }

  /// Plural groups told by the same words, and forces of one country told by any soldierly noun,
  /// are one group as long as the text goes on to tell of them.
  void join_equal_groups() {
    for (std::int32_t i = 0; i < count(); ++i) {
      if (!is_nominal(i) || mentions_[i].kind != EntityKind::actor || !mentions_[i].plural ||
          mentions_[i].generic)
        continue;
      for (std::int32_t j = i - 1; j >= 0 && within_reach(i, j); --j) {
        if (!is_nominal(j) || !mentions_[j].plural || mentions_[j].kind != EntityKind::actor)
          continue;
        const bool same_words =
            words_[i] == words_[j] && (words_[i].size() > 1 || mentions_[i].definite);
        const bool same_forces =
            mentions_[i].type == "military" && mentions_[j].type == "military" &&
            !mentions_[i].country.empty() && mentions_[i].country == mentions_[j].country &&
            one_sort(mentions_[i].noun, mentions_[j].noun) && plain_forces(i) && plain_forces(j);
        if (!same_words && !same_forces) continue;
        if (same_forces) {
          clusters_.merge(j, i);
        } else if (!merge_if_compatible(j, i)) {
          continue;
        }
        break;
      }
    }
  }

  /// Things and abstractions told by the same words again: "iodine deficiency". They make no nodes;
  /// knowing them keeps pronouns from taking up something else.
  void join_repeated_things() {
    std::map<std::vector<std::string>, std::int32_t> first;
    for (std::int32_t i = 0; i < count(); ++i) {
      const EntityMention& mention = mentions_[i];
      if (!is_nominal(i) || mention.kind != EntityKind::thing || indefinite(mention)) continue;
      const auto [place, is_new] = first.try_emplace(words_[i], i);
      if (!is_new) merge_if_compatible(place->second, i);
    }
  }

  /// "an injured North Korean soldier" told again by the same words.
  void join_repeated_persons() {
    constexpr std::size_t telling = 3;
    std::map<std::vector<std::string>, std::int32_t> first;
    for (std::int32_t i = 0; i < count(); ++i) {
      const EntityMention& mention = mentions_[i];
      if (!is_nominal(i) || mention.type != "person" || mention.plural || mention.generic) continue;
      if (words_[i].size() < telling) continue;
      const auto [place, is_new] = first.try_emplace(words_[i], i);
      if (!is_new) merge_if_compatible(place->second, i);
    }
  }

  /// "The government" of a text that speaks of one country is that country.
  void join_governments() {
    std::int32_t country = -2;  // not yet looked for
    for (std::int32_t i = 0; i < count(); ++i) {
      if (!is_nominal(i) || mentions_[i].noun != "government" || !stands_bare(mentions_[i]))
        continue;
      if (country == -2) country = country_of_text();
      if (country < 0) return;
      clusters_.merge(country, i);
    }
  }

  /// "the government", "government spokesman": nothing says whose.
  [[nodiscard]] bool stands_bare(const EntityMention& mention) const {
    const SyntaxView& tree = syntax_[mention.sentence];
    bool definite = tree.is(mention.head, "compound");
    if (mention.plural || mention.kind == EntityKind::place) return false;
    for (const std::int32_t child : tree.children(mention.head)) {
      const bool article = tree.is(child, "det") && tree.key(child) == "the";
      const bool more = tree.is(child, "amod") || tree.is(child, "compound") ||
                        tree.is(child, "nmod") || tree.is(child, "nmod:poss") ||
                        tree.is(child, "acl") || tree.is(child, "det");
      if (more && !article) return false;
      definite = definite || article;
    }
    return definite;
  }

  /// A mention of the country that most names of the text belong to; -1 when two may be meant.
  [[nodiscard]] std::int32_t country_of_text() const {
    constexpr int enough = 4;  // names
    std::map<std::string, int> names;
    for (const EntityMention& mention : mentions_) {
      if (mention.form == MentionForm::name && !mention.country.empty()) ++names[mention.country];
    }
    const auto most =
        std::max_element(names.begin(), names.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    if (most == names.end() || most->second < enough) return -1;
    for (const auto& [code, number] : names) {
      if (code != most->first && number * 2 > most->second) return -1;
    }
    for (std::int32_t i = 0; i < count(); ++i) {
      if (is_name(i) && mentions_[i].type == "country" && mentions_[i].country == most->first &&
          mentions_[i].kind == EntityKind::place)
        return i;
    }
    return -1;
  }

  [[nodiscard]] bool indefinite(const EntityMention& mention) const {
    const std::string word = lower(syntax_[mention.sentence].token(mention.phrase.begin).form);
    return word == "a" || word == "an" || word == "another" || word == "some" || word == "any";
  }

  /// "North Korean troops", not "injured North Korean soldiers" or "special forces of Russia".
  [[nodiscard]] bool plain_forces(std::int32_t i) const { return words_[i].size() <= 3; }

  /// The words before the noun are known of the cluster, say nothing, or tell what happened to it:
  /// after "soldier ... captured", "the captured soldier" is the same one.
  [[nodiscard]] static bool modifiers_agree(const EntityMention& mention,
                                            const ClusterFacts& cluster) {
    const std::string text = lower(mention.text);
    std::size_t begin = 0;
    while (true) {
      const std::size_t end = text.find(' ', begin);
      if (end == std::string::npos) return true;
      const std::string word = text.substr(begin, end - begin);
      begin = end + 1;
      if (!cluster.modifiers.contains(word) && !neutral_modifier(word) &&
          !cluster.undergone.contains(word))
        return false;
    }
  }

  static bool neutral_modifier(const std::string& word) {
    static const std::set<std::string, std::less<>> words = {
        "same", "former", "said", "alleged", "suspected", "whole", "entire", "current"};
    return words.contains(word);
  }

  void join_nominals() {
    for (std::int32_t i = 0; i < count(); ++i) {
      const EntityMention& mention = mentions_[i];
      if (!is_nominal(i) || !mention.definite || mention.noun.empty()) continue;
      if (clusters_.facts_of(i).mentions.size() > 1 && clusters_.facts_of(i).named) continue;
      const std::int32_t antecedent = find_nominal_antecedent(i);
      if (antecedent >= 0) clusters_.merge(antecedent, i);
    }
  }

  /// Whom a headline tells without an article ("Thai court bans party"), the lead tells again: the
  /// only one there of that noun.
  void join_headline() {
    constexpr std::int32_t lead = 3;  // sentences, the dateline among them
    for (std::int32_t i = 0; i < count() && mentions_[i].sentence == 0; ++i) {
      const EntityMention& mention = mentions_[i];
      const bool told = syntax_[0].sentence().headline && is_nominal(i) &&
                        (mention.kind == EntityKind::actor || mention.kind == EntityKind::place) &&
                        !mention.noun.empty() && clusters_.facts_of(i).mentions.size() == 1;
      if (!told) continue;
      std::int32_t again = -1;
      for (std::int32_t j = i + 1; j < count() && mentions_[j].sentence <= lead; ++j) {
        if (mentions_[j].sentence == 0 || !is_told_by(clusters_.of(j), mention, clusters_.of(i)))
          continue;
        if (again >= 0 && clusters_.of(again) != clusters_.of(j)) {
          again = -1;
          break;
        }
        again = j;
      }
      if (again >= 0) clusters_.merge(again, i);
    }
  }

  [[nodiscard]] bool is_told_by(std::int32_t cluster, const EntityMention& mention,
                                std::int32_t own) const {
    const ClusterFacts& facts = clusters_.facts(cluster);
    return cluster != own && facts.plural == mention.plural && clusters_.compatible(own, cluster) &&
           facts.kind == mention.kind &&
           (facts.nouns.contains(mention.noun) || ends_with_noun(facts, mention.noun));
  }

  [[nodiscard]] std::int32_t find_nominal_antecedent(std::int32_t i) const {
    const EntityMention& mention = mentions_[i];
    const std::int32_t own = clusters_.of(i);
    const std::uint64_t noun_bit = word_bit(mention.noun);
    // The same noun, the nearest one first.
    for (std::int32_t j = i - 1; j >= 0 && within_reach(i, j); --j) {
      const std::int32_t cluster = clusters_.of(j);
      const ClusterFacts& facts = clusters_.facts(cluster);
      if ((facts.word_bits & noun_bit) == 0) continue;
      if (cluster == own || !clusters_.compatible(own, cluster) || facts.plural != mention.plural)
        continue;
      if (nested(syntax_, mentions_[i], mentions_[j])) continue;
      // "Hasina's government" is not that of the text's country.
      if (mention.noun == "government" && facts.type == "country" && !stands_bare(mention))
        continue;
      if (facts.nouns.contains(mention.noun) && modifiers_agree(mention, facts)) return j;
      if (ends_with_noun(facts, mention.noun) && !owned_by_another(mention, cluster)) return j;
    }
    if (!takes_up(mention)) return -1;
    // A more general noun ("the agency") for the nearest named thing of its sort; of several in an
    // earlier sentence the one that acts there.
    std::int32_t nearest = -1;
    for (std::int32_t j = i - 1; j >= 0 && mention.sentence - mentions_[j].sentence <= 4; --j) {
      const std::int32_t cluster = clusters_.of(j);
      const ClusterFacts& facts = clusters_.facts(cluster);
      if (cluster == own || !facts.named || facts.plural != mention.plural ||
          !clusters_.compatible(own, cluster))
        continue;
      const bool sort_of_group =
          names_a_group(mention, facts) && !owned_by_another(mention, cluster);
      const bool firm = may_be_firm(mention, facts) && (is_spoken_of(j) || employs_speaker(i, j));
      if (facts.kind != mention.kind || (facts.type != mention.type && !sort_of_group && !firm) ||
          nested(syntax_, mentions_[i], mentions_[j]))
        continue;
      const bool sort =
          std::any_of(facts.nouns.begin(), facts.nouns.end(),
                      [&](const std::string& noun) { return one_sort(noun, mention.noun); });
      const bool marked = !mention.country.empty() && mention.country == facts.country;
      if (!sort && !marked && !sort_of_group && !general_noun(mention)) continue;
      if (nearest < 0) nearest = j;
      if (mentions_[j].sentence != mentions_[nearest].sentence) break;
      const bool earlier = mentions_[j].sentence < mention.sentence;
      if (!earlier || is_main_subject(mentions_[j])) return j;
    }
    return nearest;
  }

  [[nodiscard]] bool is_main_subject(const EntityMention& mention) const {
    const SyntaxView& tree = syntax_[mention.sentence];
    const std::int32_t verb = tree.head(mention.head);
    return tree.is(mention.head, "nsubj") && verb >= 0 &&
           (tree.head(verb) < 0 || tree.is(verb, "ccomp"));
  }

  /// The mention is what its sentence is about: a subject, or who did it.
  [[nodiscard]] bool is_spoken_of(std::int32_t i) const {
    const SyntaxView& tree = syntax_[mentions_[i].sentence];
    const std::int32_t first = tree.first_conjunct(mentions_[i].head);
    return tree.is(first, "nsubj") || tree.is(first, "obl:agent");
  }

  /// "Alba chairwoman Ann Lee said her company ..."
  [[nodiscard]] bool employs_speaker(std::int32_t noun, std::int32_t name) const {
    const SyntaxView& tree = syntax_[mentions_[name].sentence];
    const std::int32_t head = mentions_[name].head;
    return mentions_[noun].sentence == mentions_[name].sentence &&
           (tree.is(head, "compound") || tree.is(head, "nmod:poss") || tree.is(head, "nmod"));
  }

  /// What kind of body an unknown name stands for, the reader does not tell.
  [[nodiscard]] static bool may_be_firm(const EntityMention& mention, const ClusterFacts& facts) {
    return (mention.noun == "company" || mention.noun == "firm") && facts.type == "organization" &&
           facts.gazetteer_key.empty() &&
           std::none_of(facts.nouns.begin(), facts.nouns.end(), is_no_firm) &&
           std::none_of(facts.outer_words.begin(), facts.outer_words.end(), is_no_firm);
  }

  /// "Turkey's central bank" is not the European Central Bank, nor Kakuma camp Zamzam camp.
  [[nodiscard]] bool owned_by_another(const EntityMention& mention, std::int32_t cluster) const {
    const SyntaxView& tree = syntax_[mention.sentence];
    for (const std::int32_t child : tree.children(mention.head)) {
      const std::int32_t other = entities_.mention_at[mention.sentence][child];
      const bool owner = tree.is(child, "nmod:poss") ||
                         (tree.is(child, "nmod") && tree.preposition(child) == "of") ||
                         (tree.is(child, "compound") && other >= 0 && is_name(other));
      if (owner && other >= 0 && clusters_.of(other) != cluster) return true;
    }
    return false;
  }

  /// "the church" for "Church of Scientology": the noun is a word of the name.
  [[nodiscard]] static bool ends_with_noun(const ClusterFacts& facts, const std::string& noun) {
    return facts.named && facts.type != "person" && noun != "company" &&
           facts.outer_words.contains(noun);
  }

  [[nodiscard]] bool within_reach(std::int32_t later, std::int32_t earlier) const {
    return mentions_[later].sentence - mentions_[earlier].sentence <= reach_of_noun;
  }

  /// "the country", "the company": definite, without words of its own that would tell it apart.
  [[nodiscard]] bool takes_up(const EntityMention& mention) const {
    return mention.definite && !mention.plural && mention.type != "person" &&
           std::count(mention.text.begin(), mention.text.end(), ' ') <=
               (mention.country.empty() ? 0 : 3);
  }

  /// "the group" for Boko Haram, whatever sort of body it is known as.
  [[nodiscard]] static bool names_a_group(const EntityMention& mention, const ClusterFacts& facts) {
    const bool noun = mention.noun == "group" || mention.noun == "movement" ||
                      mention.noun == "militia" || mention.noun == "organisation" ||
                      mention.noun == "organization";
    const bool marked = !mention.country.empty() && mention.country == facts.country;
    const bool bare = mention.text.find(' ') == std::string::npos;
    return noun && (bare || marked) &&
           (facts.type == "group" || facts.type == "military" || facts.type == "party" ||
            facts.type == "organization");
  }

  [[nodiscard]] static bool general_noun(const EntityMention& mention) {
    static const std::set<std::string, std::less<>> nouns = {
        "country",  "nation",       "city",         "town",    "village", "region",
        "province", "organization", "organisation", "company", "firm",    "agency",
        "party",    "newspaper",    "kingdom",      "republic"};
    return nouns.contains(mention.noun);
  }

  /// "I" is the speaker; "we" is the body that speaks, or in a text without a speaker the body that
  /// it begins with.
  void join_first_person() {
    std::map<std::string, std::int32_t> last_outside;  // pronoun -> its last mention by the text
    for (std::int32_t i = 0; i < count(); ++i) {
      const EntityMention& mention = mentions_[i];
      if (mention.form != MentionForm::pronoun || mention.person == 3) continue;
      const std::int32_t speaker = speakers_[mention.sentence][mention.head];
      if (speaker >= 0 && mention.person == 1) {
        const bool one = clusters_.facts_of(speaker).type == "person";
        if (one == !mention.plural) clusters_.merge(speaker, i);
      } else if (const std::int32_t voice =
                     mention.plural && mention.person == 1 ? voice_of_text(mention.sentence) : -1;
                 voice >= 0) {
        clusters_.merge(voice, i);
      } else if (const auto last = last_outside.find(mention.noun); last != last_outside.end()) {
        // Outside quotations "I", "we" and "you" each mean one and the same throughout a text.
        clusters_.merge(last->second, i);
      }
      if (speaker < 0) last_outside[mention.noun] = i;
    }
  }

  /// The first country or body that is a subject before `sentence`: the one for whom a statement
  /// speaks.
  [[nodiscard]] std::int32_t voice_of_text(std::int32_t sentence) const {
    std::int32_t announced = -1;  // "The minister announced that Canada has imposed sanctions"
    for (std::int32_t i = 0; i < count() && mentions_[i].sentence <= std::min(sentence, 3); ++i) {
      const EntityMention& mention = mentions_[i];
      const SyntaxView& tree = syntax_[mention.sentence];
      const bool body = mention.form == MentionForm::name && mention.type != "person" &&
                        (mention.kind == EntityKind::actor || mention.type == "country");
      if (!body || !tree.is(mention.head, "nsubj")) continue;
      if (speakers_[mention.sentence][mention.head] < 0) return i;
      if (announced < 0 && mention.sentence < 2) announced = i;
    }
    return announced;
  }

  void join_pronouns() {
    const PronounResolver pronouns(syntax_, mentions_, clusters_, advice_);
    for (std::int32_t i = 0; i < count(); ++i) {
      if (mentions_[i].form != MentionForm::pronoun || mentions_[i].person != 3) continue;
      if (clusters_.facts_of(i).mentions.size() > 1) continue;
      const std::int32_t antecedent = pronouns.antecedent(i);
      if (antecedent >= 0) clusters_.merge(antecedent, i);
    }
  }

  void write_entities() {
    for (const std::int32_t cluster : clusters_.all()) {
      const ClusterFacts& facts = clusters_.facts(cluster);
      Entity entity;
      entity.mentions = facts.mentions;
      entity.country = facts.country;
      entity.gazetteer_key = facts.gazetteer_key;
      entity.named = facts.named;
      entity.plural = facts.plural;
      entity.gender = facts.gender;
      entity.count = facts.count;
      choose_name(entity);
      const auto index = static_cast<std::int32_t>(entities_.entities.size());
      for (const std::int32_t i : facts.mentions) mentions_[i].entity = index;
      entities_.entities.push_back(std::move(entity));
    }
    leave_names_to_cities();
  }

  /// "Minsk" that acts is Belarus; where the text speaks of the city too, the name is the city's.
  void leave_names_to_cities() {
    std::set<std::string> cities;
    for (const Entity& entity : entities_.entities) {
      if (entity.kind == EntityKind::place && entity.type != "country") cities.insert(entity.name);
    }
    for (Entity& entity : entities_.entities) {
      if (entity.type != "country") continue;
      std::erase_if(entity.aliases,
                    [&](const std::string& alias) { return cities.contains(alias); });
    }
  }

  void choose_name(Entity& entity) const {
    std::int32_t best = -1;
    std::set<std::string> forms;
    const auto rank = [&](std::int32_t i) {
      const EntityMention& mention = mentions_[i];
      const bool known = !mention.canonical.empty() && !mention.demonym;
      return std::tuple(mention.form == MentionForm::name, mention.form == MentionForm::nominal,
                        known, mention.type_score > 0, std::min<std::size_t>(words_[i].size(), 8),
                        -i);
    };
    for (const std::int32_t i : entity.mentions) {
      if (mentions_[i].form == MentionForm::pronoun) continue;
      if (!mentions_[i].text.empty() && !mentions_[i].demonym) forms.insert(mentions_[i].text);
      if (best < 0 || rank(i) > rank(best)) best = i;
    }
    if (best < 0) {
      const EntityMention& only = mentions_[entity.mentions.front()];
      entity.kind = only.kind;
      entity.type = only.type;
      entity.name = only.text;
      return;
    }
    const EntityMention& chosen = mentions_[best];
    for (const std::int32_t i : entity.mentions) {
      if (entity.attributes.empty() && mentions_[i].gazetteer_key == entity.gazetteer_key)
        entity.attributes = mentions_[i].attributes;
    }
    // A town or region is called as the text calls it ("Palmyra", not "Tadmur"); a demonym or a
    // seat of government is no name of the country.
    const bool shouted = std::none_of(chosen.text.begin(), chosen.text.end(),
                                      [](char c) { return c >= 'a' && c <= 'z'; });
    const bool cut = chosen.text.ends_with('.');  // "Calif."
    const bool own_name =
        chosen.canonical.empty() ||
        (chosen.kind == EntityKind::place && chosen.type != "country" && !shouted && !cut);
    entity.name = own_name ? chosen.text : chosen.canonical;
    entity.kind = chosen.kind;
    entity.type = majority_type(entity, chosen);
    forms.erase(entity.name);
    entity.aliases.assign(forms.begin(), forms.end());
  }

  /// The type that most of an entity's names have, so that one slip of the reader changes nothing.
  [[nodiscard]] std::string majority_type(Entity& entity, const EntityMention& chosen) const {
    std::map<std::pair<EntityKind, std::string>, double> votes;
    for (const std::int32_t i : entity.mentions) {
      if (mentions_[i].form != chosen.form || mentions_[i].type.empty()) continue;
      votes[{mentions_[i].kind, mentions_[i].type}] += 0.5 + mentions_[i].type_score;
    }
    if (votes.empty()) return chosen.type;
    const auto best = std::max_element(
        votes.begin(), votes.end(),
        [](const auto& left, const auto& right) { return left.second < right.second; });
    entity.kind = best->first.first;
    return best->first.second;
  }

  std::span<const SyntaxView> syntax_;
  const SpeakerMap& speakers_;
  std::span<const PronounAdvice> advice_;
  Entities& entities_;
  std::vector<EntityMention>& mentions_;
  std::vector<std::vector<std::string>> words_;
  Clusters clusters_;
};

}  // namespace

void resolve_coreference(std::span<const SyntaxView> syntax, const SpeakerMap& speakers,
                         Entities& entities, std::span<const PronounAdvice> advice) {
  Resolver(syntax, speakers, entities, advice).run();
}

}  // namespace relata::text
