#include "importers/text/static_relations.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "importers/text/compound_participles.h"
#include "importers/text/participants.h"
#include "importers/text/role_relations.h"

namespace relata::text {

namespace {

constexpr float role_score = 0.85F;
constexpr float modifier_score = 0.8F;
constexpr float place_score = 0.75F;

class StaticReader final {
 public:
  StaticReader(const SyntaxView& tree, std::int32_t index, const NounKnowledge& nouns,
               std::span<const Embedding> embeddings, DocumentFacts& facts)
      : tree_(tree),
        index_(index),
        nouns_(nouns),
        embeddings_(embeddings),
        facts_(facts),
        no_events_(static_cast<std::size_t>(tree.size()), false),
        finder_(tree, index, facts.entities, nouns, no_events_) {}

  void read() {
    for (std::int32_t t = 0; t < tree_.size(); ++t) {
      read_compounds(t);
      read_loyalty(t);
      const std::string preposition = tree_.is(t, "nmod") ? tree_.preposition(t) : std::string();
      if (preposition == "including" || preposition == "such as") read_included(tree_.head(t), t);
      if (!tree_.is_nominal(t) || tree_.token(t).upos == Upos::pron || in_persons_name(t)) continue;
      read_roles(t);
    }
    for (std::int32_t t = 0; t < tree_.size(); ++t) {
      const EntityMention* mention = facts_.entities.at(index_, t);
      if (mention == nullptr || mention->head != t || mention->form == MentionForm::pronoun ||
          mention->demonym)
        continue;
      read_affiliation(t, *mention);
      read_modifiers(t, *mention);
      read_places(t, *mention);
    }
  }

 private:
  [[nodiscard]] const Entity* entity(std::int32_t index) const {
    return index < 0 ? nullptr : &facts_.entities.entities[index];
  }

  /// Lower-case lemmas of the noun and of what stands before it: "deputy", "prime", "minister".
  [[nodiscard]] const NounEntry* noun_entry(std::int32_t token) const {
    // "secretary of state"
    if (token + 2 < tree_.size() && tree_.key(token + 1) == "of") {
      const NounEntry* phrase = nouns_.find(tree_.key(token) + "_of_" + tree_.key(token + 2));
      if (phrase != nullptr) return phrase;
    }
    std::vector<std::string_view> lemmas;
    for (std::int32_t t = std::max(0, token - 3); t <= token; ++t) lemmas.push_back(tree_.key(t));
    return nouns_.find_phrase(lemmas);
  }

  /// Whom a role noun says something of: the words for them.
  [[nodiscard]] std::vector<std::int32_t> bearers(std::int32_t token) const {
    std::vector<std::int32_t> words;
    const auto expand = [&](std::int32_t word) {
      words.push_back(word);
      for (const std::int32_t member : finder_.members_of(word)) words.push_back(member);
    };
    const bool title =
        tree_.is(token, "nmod:desc") || tree_.is(token, "compound") || tree_.is(token, "flat");
    if (title && tree_.head(token) >= 0) {
      const EntityMention* named = facts_.entities.at(index_, tree_.head(token));
      const bool person =
          named != nullptr && named->form == MentionForm::name && named->type == "person";
      if (person) expand(tree_.head(token));
      return words;
    }
    // "He served as minister, president of X and president of Y": one bearer of all.
    std::int32_t office = token;
    while ((tree_.is(office, "conj") || tree_.is(office, "appos")) && tree_.head(office) >= 0 &&
           tree_.token(tree_.head(office)).upos == Upos::noun && bearer_of_office(office) < 0)
      office = tree_.head(office);
    if (const std::int32_t bearer = bearer_of_office(office); bearer >= 0) {
      return tree_.conjuncts(finder_.referent(bearer));
    }
    // "Taleb Abdallah, one of its commanders"
    const std::int32_t one =
        tree_.is(token, "nmod") && tree_.preposition(token) == "of" ? tree_.head(token) : -1;
    if (one >= 0 && tree_.key(one) == "one" && tree_.is(one, "appos") && tree_.head(one) >= 0)
      return tree_.conjuncts(finder_.referent(tree_.head(one)));
    if (tree_.child(token, "cop") >= 0) {
      const std::int32_t subject = tree_.subject(token);
      if (subject >= 0) {
        for (const std::int32_t word : tree_.conjuncts(finder_.referent(subject)))
          words.push_back(word);
      }
      return words;
    }
    expand(token);
    return words;
  }

  /// "worked as treasurer of X", "became president of X", "was named head of X", "appointed her
  /// director of X".
  [[nodiscard]] std::int32_t bearer_of_office(std::int32_t token) const {
    static const std::set<std::string, std::less<>> verbs = {
        "become", "remain", "elect", "appoint", "name", "make", "nominate", "choose", "crown"};
    const std::int32_t verb = tree_.head(token);
    if (verb < 0 || tree_.token(verb).upos != Upos::verb) return -1;
    const bool as = tree_.is(token, "obl") && tree_.preposition(token) == "as";
    const bool complement =
        (tree_.is(token, "xcomp") || tree_.is(token, "obj")) && verbs.contains(tree_.key(verb));
    if (!as && !complement) return -1;
    const std::int32_t object = tree_.passive(verb) ? -1 : tree_.child(verb, "obj");
    return object >= 0 && object != token ? object : tree_.subject(verb);
  }

  /// "the Madrid-based fund Aldaya Capital", "U.S.-backed rebels", "the Saudi-led coalition"
  void read_compounds(std::int32_t token) {
    const CompoundParticiple* participle =
        compound_participle(tree_.key(token), tree_.token(token).form);
    if (participle == nullptr || !tree_.is(token, "amod") || tree_.head(token) < 0) return;
    const std::int32_t noun = tree_.head(token);
    for (const std::int32_t child : tree_.children(token)) {
      const Entity* modifier = entity(finder_.entity_of(child));
      if (child > token || modifier == nullptr) continue;
      const bool acts = modifier->kind == EntityKind::actor || modifier->type == "country";
      if (participle->place ? modifier->kind != EntityKind::place : !acts) continue;
      const Entity* bearer = entity(finder_.entity_of(noun));
      if (bearer == nullptr) continue;
      std::string relation(participle->relation);
      if (relation == "controlled by" && bearer->kind == EntityKind::actor) relation = "owned by";
      if (relation == "based in" && bearer->type == "person") relation = "located in";
      const bool active = participle->doer_first;
      add(active ? child : noun, relation, active ? noun : child, token, tree_.token(token).form,
          modifier_score, false);
    }
  }

  /// "forces loyal to Haftar", "groups linked to al-Qaeda"
  void read_loyalty(std::int32_t token) {
    const std::string& word = tree_.key(token);
    const std::string form = lower(tree_.token(token).form);
    const bool loyal = word == "loyal";
    const bool allied =
        form == "allied" || form == "aligned" || form == "affiliated" || form == "linked";
    const std::int32_t noun = tree_.head(token);
    if ((!loyal && !allied) || noun < 0 || noun > token || !tree_.is_nominal(noun)) return;
    if (!tree_.is(token, "amod") && !tree_.is(token, "acl")) return;
    for (const std::int32_t child : tree_.children(token)) {
      const std::string preposition = tree_.preposition(child);
      if (!tree_.is(child, "obl") || (preposition != "to" && preposition != "with")) continue;
      for (const std::int32_t lord : tree_.conjuncts(finder_.referent(child))) {
        const Entity* whom = entity(finder_.entity_of(lord));
        if (whom == nullptr) continue;
        add(noun, loyal ? "supports" : "ally of", lord, token, word, role_score, false);
      }
    }
  }

  /// "the Peruvian city of Arequipa", "the town of Jabla in Latakia": where the named place lies.
  void read_introduction(std::int32_t token) {
    const std::int32_t place = finder_.introduced_place(token);
    if (place < 0) return;
    for (const std::int32_t child : tree_.children(token)) {
      if (child == place || !is_place(child)) continue;
      const bool before =
          child < token &&
          (tree_.is(child, "amod") || tree_.is(child, "compound") || tree_.is(child, "nmod:poss"));
      const std::string preposition = tree_.preposition(child);
      const bool after =
          child > token && tree_.is(child, "nmod") && (preposition == "in" || preposition == "on");
      if (!before && !after) continue;
      for (const std::int32_t name : tree_.conjuncts(place)) {
        if (tree_.head(name) == token || tree_.is(name, "conj"))
          add(name, "located in", child, token, "place with its kind", place_score, false);
      }
      used_.insert({token, child});
    }
    used_.insert({token, place});
  }

  void read_roles(std::int32_t token) {
    read_introduction(token);
    const NounEntry* noun = noun_entry(token);
    if (noun == nullptr || noun->roles.empty()) return;
    if (finder_.introduced_place(token) >= 0) return;
    const PredicateSite site{index_, token, nullptr, -1, {}};
    const bool predicative = tree_.child(token, "cop") >= 0;
    for (const NounRole& role : noun->roles) {
      std::vector<Filler> complements;
      for (const Selector& selector : role.complement) {
        complements = entities_in(site, selector);
        if (complements.empty()) continue;
        if (selector.kind == SelectorKind::possessor) take_nearer(site, role, complements);
        break;
      }
      if (complements.empty()) complements = complements_of_name(token, role);
      const bool of_a_body = complements.empty();
      if (of_a_body) complements = owners_of_body(token, role);
      for (const Filler& complement : complements) {
        if (finder_.entity_of(complement.token) < 0) continue;
        // "officials in Baghdad" need not be the city's.
        if (role.relation == "works for" && tree_.preposition(complement.token) == "in" &&
            is_place(complement.token))
          continue;
        for (const std::int32_t bearer : bearers(token)) {
          // The chief of an army does not lead the country whose it is.
          const std::string relation =
              of_a_body ? "works for" : relations_.of_role(role, bearer, token, complement.token);
          add(bearer, relation, complement.token, token, "noun " + tree_.key(token),
              role_score * complement.score, predicative);
        }
        used_.insert({token, complement.token});
      }
      if (!complements.empty()) break;
    }
  }

  /// Whom the selector finds that the text speaks of.
  [[nodiscard]] std::vector<Filler> entities_in(const PredicateSite& site,
                                                const Selector& selector) const {
    std::vector<Filler> found = finder_.find(site, {selector}, 7);
    std::erase_if(found, [&](const Filler& f) {
      // "heads of state", "secretary of state": no state in particular.
      const bool idiom = tree_.key(f.token) == "state" && tree_.children(f.token).size() == 1;
      return idiom || finder_.entity_of(f.token) < 0;
    });
    return found;
  }

  /// "India's Assam chief minister", "Israel's Shin Bet chief": what stands next to the office, but
  /// "Apple's China director" is Apple's.
  void take_nearer(const PredicateSite& site, const NounRole& role,
                   std::vector<Filler>& owners) const {
    const auto beside =
        std::find_if(role.complement.begin(), role.complement.end(),
                     [](const Selector& s) { return s.kind == SelectorKind::compound; });
    if (beside == role.complement.end()) return;
    std::vector<Filler> nearer = entities_in(site, *beside);
    if (nearer.empty()) return;
    const EntityMention* mention = facts_.entities.at(index_, nearer.front().token);
    const Entity* near = entity(finder_.entity_of(nearer.front().token));
    const Entity* far = entity(finder_.entity_of(owners.front().token));
    const bool named = mention != nullptr && mention->form == MentionForm::name;
    if (named && near->type != "person" &&
        (near->kind == EntityKind::actor || far->kind == EntityKind::place))
      owners = std::move(nearer);
  }

  /// "Gary Fan" is nobody's fan.
  [[nodiscard]] bool in_persons_name(std::int32_t token) const {
    const EntityMention* mention = facts_.entities.at(index_, token);
    return mention != nullptr && mention->form == MentionForm::name && mention->type == "person" &&
           mention->words.contains(token);
  }

  /// "Ukrainian President Volodymyr Zelenskyy" may hang "Ukrainian" on the name instead of the
  /// title.
  [[nodiscard]] std::vector<Filler> complements_of_name(std::int32_t token,
                                                        const NounRole& role) const {
    const bool title = tree_.is(token, "nmod:desc") || tree_.is(token, "compound");
    if (!title || tree_.head(token) < 0) return {};
    Selectors before;
    for (const Selector& selector : role.complement) {
      if (selector.kind != SelectorKind::preposition) before.push_back(selector);
    }
    auto found = finder_.find({index_, tree_.head(token), nullptr, -1, {}}, before, 7);
    std::erase_if(found, [&](const Filler& filler) {
      return filler.token == token || tree_.dominates(token, filler.token);
    });
    return found;
  }

  /// "an Indonesian foreign ministry spokesman", "an Iraqi police officer": whose the body is that
  /// the role's bearer works for.
  [[nodiscard]] std::vector<Filler> owners_of_body(std::int32_t token, const NounRole& role) const {
    static const Selectors before = {
        {SelectorKind::adjective, ""}, {SelectorKind::compound, ""}, {SelectorKind::possessor, ""}};
    if (role.relation != "works for" && role.relation != "leader of") return {};
    for (const std::int32_t child : tree_.children(token)) {
      if (child > token || !tree_.is(child, "compound") || finder_.entity_of(child) >= 0) continue;
      const NounEntry* body = noun_entry(child);
      // A team's captain and a gang's leader work for no state.
      if (body == nullptr || (body->type != "government" && body->type != "military")) continue;
      auto found = finder_.find({index_, child, nullptr, -1, {}}, before, 7);
      std::erase_if(found, [&](const Filler& f) { return finder_.entity_of(f.token) < 0; });
      if (!found.empty()) return found;
    }
    return {};
  }

  void read_modifiers(std::int32_t token, const EntityMention& mention) {
    const std::int32_t own = finder_.entity_of(token);
    if (own < 0 || finder_.referent(token) != token) return;
    for (const std::int32_t child : tree_.children(token)) {
      const bool possessive = tree_.is(child, "nmod:poss");
      const bool before =
          child < token &&
          (tree_.is(child, "amod") || tree_.is(child, "compound") || tree_.is(child, "nmod:desc"));
      if (!possessive && !before) continue;
      modify(token, own, child, possessive, mention);
    }
  }

  void modify(std::int32_t token, std::int32_t own, std::int32_t child, bool possessive,
              const EntityMention& mention) {
    for (const std::int32_t word : tree_.conjuncts(child)) {
      if (used_.contains({token, word})) continue;
      const EntityMention* modifier = facts_.entities.at(index_, word);
      const std::int32_t owner = finder_.entity_of(word);
      if (modifier == nullptr || owner < 0 || owner == own) continue;
      if (!possessive && !modifier->demonym && modifier->form != MentionForm::name) continue;
      // "the M23 group", "Yonhap news agency": the noun only says what the name is.
      static const std::set<std::string, std::less<>> kinds = {
          "group",   "agency",     "organization", "organisation", "network",  "movement",
          "militia", "party",      "company",      "newspaper",    "magazine", "channel",
          "station", "website",    "service",      "firm",         "bank",     "broadcaster",
          "rebel",   "insurgency", "cartel",       "gang",         "faction"};
      if (!possessive && !modifier->demonym && kinds.contains(tree_.key(token)) &&
          mention.words.contains(word))
        continue;
      if (modifier->form == MentionForm::name && mention.form == MentionForm::name && !possessive &&
          !modifier->demonym && tree_.is(word, "flat")) {
        continue;
      }
      // "an Oklahoma Republican" is one of the party.
      const bool member = mention.type == "party" && tree_.child(token, "det") >= 0 &&
                          tree_.key(tree_.child(token, "det")) == "a";
      if (member) continue;
      // "the Apple rival Nordlink": a noun for somebody is no part of a body, whoever he is.
      const bool part_played = mention.form == MentionForm::nominal && mention.type == "person" &&
                               entity(own)->type != "person" && !modifier->demonym;
      if (part_played) continue;
      const std::string relation = modifier_relation(*entity(own), *entity(owner), possessive);
      if (!relation.empty())
        add(token, relation, word, token, possessive ? "possessor" : "modifier", modifier_score,
            false);
    }
  }

  /// "Andrew Wan of the Democratic Party", "the FTU's Alice Mak", "Nikolay Davydenko of Russia":
  /// what a person's body or country is to him.
  void read_affiliation(std::int32_t token, const EntityMention& mention) {
    const bool named = mention.form == MentionForm::name && mention.type == "person";
    const bool people = mention.type == "person" || mention.type == "group";
    if (!named && !people) return;
    for (const std::int32_t child : tree_.children(token)) {
      const std::string preposition = tree_.preposition(child);
      const bool phrase = child > token && tree_.is(child, "nmod");
      // "Democrat Ann Lee", "Frank Lucas, an Oklahoma Republican"
      const Entity* called = entity(finder_.entity_of(child));
      const bool calls = named && (tree_.is(child, "appos") || tree_.is(child, "nmod:desc") ||
                                   (child < token && tree_.is(child, "compound")));
      if (calls && called != nullptr && called->type == "party" && called->named) {
        add(token, "member of", child, child, "party of a person", place_score, false);
        continue;
      }
      // "volunteers from the Red Cross", "refugees from Syria"
      const bool of = phrase && ((named && preposition == "of") || preposition == "from");
      if (!of && !(named && tree_.is(child, "nmod:poss"))) continue;
      const EntityMention* body = facts_.entities.at(index_, child);
      const std::int32_t owner = finder_.entity_of(child);
      if (body == nullptr || owner < 0 || body->form != MentionForm::name ||
          used_.contains({token, child}))
        continue;
      const std::string& type = entity(owner)->type;
      std::string relation;
      if (type == "party" || (!named && (type == "organization" || type == "group"))) {
        relation = "member of";
      } else if (type == "organization" || type == "company" || type == "media" ||
                 type == "government" || type == "military") {
        relation = "works for";
      } else if (type == "country" && of) {
        relation = "national of";
      }
      if (relation.empty()) continue;
      add(token, relation, child, token, of ? "person of" : "possessor", place_score, false);
      used_.insert({token, child});
    }
  }

  [[nodiscard]] bool is_place(std::int32_t token) const {
    const Entity* found = entity(finder_.entity_of(token));
    return found != nullptr && found->kind == EntityKind::place;
  }

  void read_places(std::int32_t token, const EntityMention& mention) {
    static const std::set<std::string, std::less<>> locative = {
        "in",     "at",     "on",  "near",   "outside", "inside",
        "across", "around", "off", "within", "aboard",  "throughout"};
    if (mention.kind != EntityKind::actor && mention.kind != EntityKind::place) return;
    if (finder_.entity_of(token) < 0) return;
    for (const std::int32_t child : tree_.children(token)) {
      const std::int32_t word = finder_.referent(child);
      if (used_.contains({token, word}) || !is_place(word)) continue;
      const std::string preposition = tree_.preposition(child);
      const bool phrase = tree_.is(child, "nmod") && locative.contains(preposition) &&
                          mention.form != MentionForm::pronoun;
      const bool chain = child > token && preposition.empty() &&
                         mention.kind == EntityKind::place && comma_between(token, child) &&
                         (tree_.is(child, "appos") || tree_.is(child, "nmod:unmarked") ||
                          tree_.is(child, "obl:unmarked") || tree_.is(child, "list") ||
                          tree_.is(child, "flat") || tree_.is(child, "nmod"));
      if (!phrase && !chain) continue;
      if (chain &&
          !can_contain(*entity(finder_.entity_of(token)), *entity(finder_.entity_of(word)), child))
        continue;
      for (const std::int32_t place :
           chain ? std::vector<std::int32_t>{word} : tree_.conjuncts(word)) {
        add(token, "located in", place, token, chain ? "place after place" : "place of a noun",
            place_score, false);
      }
    }
  }

  /// "key towns in Northern Iraq including Rabiyah and Zumar", "Iraqi territory, including Tikrit":
  /// what is included lies in the larger place named last before it.
  void read_included(std::int32_t group, std::int32_t first) {
    std::int32_t larger = -1;
    for (std::int32_t t = tree_.subtree(group).begin; t < first; ++t) {
      const EntityMention* mention = facts_.entities.at(index_, t);
      const bool named = mention != nullptr && mention->head == t &&
                         (mention->form == MentionForm::name || mention->demonym);
      if (named && is_place(t)) larger = t;
    }
    if (larger < 0) return;
    for (const std::int32_t place : tree_.conjuncts(first)) {
      const Entity* inner = entity(finder_.entity_of(place));
      const Entity* outer = entity(finder_.entity_of(larger));
      if (inner == nullptr || inner->kind != EntityKind::place || inner->type == "country")
        continue;
      if (outer->type == "country" || (outer->type == "region" && inner->type == "city"))
        add(place, "located in", larger, first, "place included", place_score, false);
    }
  }

  /// In "Kalbajar, Agdam and Lachin" nothing lies in anything: a place that follows another one
  /// contains it only when it is larger and not a member of a list.
  [[nodiscard]] bool can_contain(const Entity& inner, const Entity& outer,
                                 std::int32_t outer_token) const {
    if (tree_.child(outer_token, "cc") >= 0 || tree_.child(outer_token, "conj") >= 0) return false;
    const auto size = [](const std::string& type) {
      return type == "country"                                           ? 4
             : type == "region" || type == "landform" || type == "water" ? 3
             : type == "city"                                            ? 2
             : type == "location"                                        ? 3
                                                                         : 1;
    };
    return size(outer.type) > size(inner.type) || outer.type == "country" ||
           (size(outer.type) == 3 && size(inner.type) == 3);
  }

  [[nodiscard]] bool comma_between(std::int32_t left, std::int32_t right) const {
    for (std::int32_t t = left + 1; t < right; ++t) {
      if (tree_.token(t).form == ",") return true;
    }
    return false;
  }

  void add(std::int32_t source, const std::string& relation, std::int32_t target,
           std::int32_t trigger, std::string rule, float score, bool predicative) {
    const std::int32_t from = finder_.entity_of(source);
    const std::int32_t to = finder_.entity_of(target);
    if (from < 0 || to < 0 || from == to) return;
    RelationFact fact;
    fact.source = {End::Kind::entity, from};
    fact.relation = relation;
    fact.target = {End::Kind::entity, to};
    fact.trigger = {index_, trigger};
    fact.trigger_span = {trigger, trigger + 1};
    fact.source_word = {index_, finder_.referent(source)};
    fact.target_word = {index_, finder_.referent(target)};
    if (predicative) {
      fact.assertion = assertion_of(tree_, trigger, embeddings_);
      if (fact.assertion.speaker >= 0)
        fact.assertion.speaker = finder_.entity_of(fact.assertion.speaker);
    }
    fact.rule = std::move(rule);
    fact.score = score;
    facts_.relations.push_back(std::move(fact));
  }

  const SyntaxView& tree_;
  std::int32_t index_;
  const NounKnowledge& nouns_;
  std::span<const Embedding> embeddings_;
  DocumentFacts& facts_;
  std::vector<bool> no_events_;
  ParticipantFinder finder_;
  RoleRelations relations_{tree_, index_, facts_.entities, finder_};
  std::set<std::pair<std::int32_t, std::int32_t>> used_;
};

}  // namespace

void read_static_relations(const SyntaxView& tree, std::int32_t index, const NounKnowledge& nouns,
                           std::span<const Embedding> embeddings, DocumentFacts& facts) {
  StaticReader(tree, index, nouns, embeddings, facts).read();
}

}  // namespace relata::text
