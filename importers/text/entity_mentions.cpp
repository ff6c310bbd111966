#include "importers/text/entity_mentions.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "importers/text/acronym_spans.h"
#include "importers/text/mention_words.h"
#include "importers/text/name_classification.h"
#include "importers/text/name_settling.h"
#include "importers/text/name_spans.h"
#include "importers/text/name_typing.h"
#include "importers/text/nominal_mentions.h"
#include "importers/text/quantities.h"

namespace relata::text {

namespace {

using WordSet = std::set<std::string, std::less<>>;

/// Reads the mentions of one document.
class MentionReader final {
 public:
  MentionReader(std::span<const SyntaxView> syntax, const NounKnowledge& nouns, const World& world)
      : syntax_(syntax),
        nouns_(nouns),
        world_(world),
        typing_(syntax, nouns, world),
        acronyms_(syntax) {}

  Entities read() {
    for (std::size_t i = 0; i < syntax_.size(); ++i) read_sentence(static_cast<std::int32_t>(i));
    settle_parentheses();
    settle_names(result_.mentions, world_);
    return std::move(result_);
  }

 private:
  /// "National Federation of Miners (Fenamin)": the word in parentheses is that body throughout the
  /// text, whatever the reader takes it for.
  void settle_parentheses() {
    std::vector<EntityMention>& mentions = result_.mentions;
    std::map<std::string, std::pair<EntityKind, std::string>> bodies;  // by the word
    for (std::size_t i = 1; i < mentions.size(); ++i) {
      const EntityMention& body = mentions[i - 1];
      const EntityMention& alias = mentions[i];
      const SyntaxView& tree = syntax_[alias.sentence];
      const bool beside = alias.sentence == body.sentence && alias.words.size() == 1 &&
                          alias.words.begin == body.words.end + 1 &&
                          alias.words.end < tree.size() && tree.token(body.words.end).form == "(" &&
                          tree.token(alias.words.end).form == ")";
      const bool named = body.form == MentionForm::name && body.kind == EntityKind::actor &&
                         body.type != "person" && body.words.size() > 1;
      const bool unknown = alias.form == MentionForm::name && alias.gazetteer_key.empty() &&
                           alias.type != "country" && !alias.demonym;
      if (beside && named && unknown) bodies.try_emplace(alias.text, body.kind, body.type);
    }
    if (bodies.empty()) return;
    for (EntityMention& mention : mentions) {
      if (mention.form != MentionForm::name || mention.demonym) continue;
      const auto found = bodies.find(mention.text);
      if (found != bodies.end()) std::tie(mention.kind, mention.type) = found->second;
    }
  }

  void read_sentence(std::int32_t index) {
    const SyntaxView& tree = syntax_[index];
    sentence_ = index;
    tree_ = &tree;
    at_.assign(static_cast<std::size_t>(tree.size()), -1);
    found_.clear();
    appositive_of_.clear();
    quantities_ = find_quantities(tree.sentence());
    std::vector<Name> names = mended_names(tree, nouns_, world_, acronyms_);
    typing_.settle(tree, names);
    read_nationality_words(names);
    for (const Name& name : names) read_name(name);
    std::vector<Name> more = unread_names(tree, nouns_, world_, covered_tokens(names));
    typing_.settle(tree, more);
    for (const Name& name : more) read_name(name);
    for (std::int32_t t = 0; t < tree.size(); ++t) read_token(t);
    // In the order of the text, whatever order they were found in.
    std::vector<std::size_t> order(found_.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
      return found_[left].head < found_[right].head;
    });
    std::vector<std::int32_t> new_index(found_.size());
    for (const std::size_t i : order) {
      new_index[i] = static_cast<std::int32_t>(result_.mentions.size());
      result_.mentions.push_back(std::move(found_[i]));
    }
    for (std::int32_t& at : at_) at = at < 0 ? -1 : new_index[at];
    result_.mention_at.push_back(at_);
  }

  /// "Ukrainian", "North Korean": found by the gazetteer wherever no name of the reader's stands.
  void read_nationality_words(const std::vector<Name>& names) {
    for (std::int32_t t = 0; t < tree_->size(); ++t) {
      const Upos upos = tree_->token(t).upos;
      if (upos != Upos::adj && upos != Upos::propn && upos != Upos::noun) continue;
      for (std::int32_t begin = std::max(0, t - 2); begin <= t; ++begin) {
        if (!is_capitalised(*tree_, begin) || at_[begin] >= 0) continue;
        const bool named = std::any_of(names.begin(), names.end(), [&](const Name& name) {
          return name.type != "norp" && name.span.begin <= begin && t < name.span.end &&
                 name.span.size() > t - begin + 1;
        });
        if (named || lower(tree_->token(begin).form) == "the" || begins_country(begin, t) ||
            is_of_a_continent(begin) || !world_.country_of_demonym(text_of(*tree_, {begin, t + 1})))
          continue;
        EntityMention mention;
        mention.sentence = sentence_;
        mention.form = MentionForm::name;
        mention.words = {begin, t + 1};
        mention.head = t;
        mention.type_score = 1;
        mention.definite = true;
        mention.text = text_of(*tree_, mention.words);
        read_demonym(mention);
        break;
      }
    }
  }

  /// "North American", "Inter-American", "West African": no country's.
  [[nodiscard]] bool is_of_a_continent(std::int32_t word) const {
    static const std::set<std::string, std::less<>> parts = {
        "north", "south", "central", "latin", "west", "east", "inter", "pan", "african", "native"};
    const bool hyphen = word > 0 && tree_->token(word - 1).form == "-";
    const std::int32_t before = word - (hyphen ? 2 : 1);
    return before >= 0 && is_capitalised(*tree_, before) &&
           parts.contains(lower(tree_->token(before).form));
  }

  /// "Saudi" of "Saudi Arabia".
  [[nodiscard]] bool begins_country(std::int32_t begin, std::int32_t last) const {
    return last + 1 < tree_->size() && is_capitalised(*tree_, last + 1) &&
           world_.country(text_of(*tree_, {begin, last + 2})).has_value();
  }

  [[nodiscard]] std::vector<bool> covered_tokens(const std::vector<Name>& names) const {
    std::vector<bool> covered(at_.size(), false);
    for (std::size_t t = 0; t < at_.size(); ++t) covered[t] = at_[t] >= 0;
    for (const Name& name : names) {
      for (std::int32_t t = name.span.begin; t < name.span.end; ++t) covered[t] = true;
    }
    return covered;
  }

  void put(EntityMention mention, TokenSpan covered) {
    const auto index = static_cast<std::int32_t>(found_.size());
    for (std::int32_t t = covered.begin; t < covered.end; ++t) at_[t] = index;
    at_[mention.head] = index;
    found_.push_back(std::move(mention));
  }

  void read_name(const Name& name) {
    if (at_[name.span.begin] >= 0) return;
    // "US$3.9 billion"
    if (name.span.end < tree_->size() && tree_->token(name.span.end).form.starts_with('$')) return;
    EntityMention mention;
    mention.sentence = sentence_;
    mention.form = MentionForm::name;
    mention.words = trimmed(name.span);
    mention.head = head_of(*tree_, mention.words);
    mention.type_score = name.score;
    mention.definite = true;
    mention.text = text_of(*tree_, mention.words);
    if (name.type == "norp" || tree_->token(mention.head).upos == Upos::adj) {
      if (read_demonym(mention)) return;
    }
    classify_name(*tree_, nouns_, world_, typing_, name, country_beside(mention.head), mention);
    take_nationality(mention);
    take_noun(mention);
    take_title(mention);
    if (mention.kind == EntityKind::actor && mention.country.empty())
      mention.country = country_beside(mention.head);
    mention.phrase = tree_->core_phrase(mention.head);
    const EntityMention outer = mention;
    put(std::move(mention), name.span);
    read_owner(outer);
  }

  /// "British Embassy", "Turkish Interior Ministry": many states have one, so the name says whose.
  void take_nationality(EntityMention& mention) const {
    const std::int32_t before = mention.words.begin - 1;
    if (before < 0 || at_[before] < 0 || mention.type == "person") return;
    const EntityMention& owner = found_[at_[before]];
    const NounEntry* noun =
        mention.words.size() == 1 ? nouns_.find(lower(tree_->token(mention.head).form)) : nullptr;
    const bool common = world_.state_body(mention.text).has_value() ||
                        (noun != nullptr && noun->kind != NounKind::open);
    if (!common || !owner.demonym || !mention.words.contains(tree_->head(owner.head))) return;
    mention.words.begin = owner.words.begin;
    mention.text = text_of(*tree_, mention.words);
  }

  /// "Saudi" of "Saudi Interior Ministry", "UN" of "UN Board of Inquiry": the country or body in
  /// whose name another begins. That of a company or broadcaster counts when the text speaks of the
  /// country anyway.
  void read_owner(const EntityMention& outer) {
    if (outer.kind != EntityKind::actor || outer.type == "person" || outer.words.size() < 2) return;
    for (std::int32_t end = std::min(outer.words.end - 1, outer.words.begin + 2);
         end > outer.words.begin; --end) {
      const TokenSpan words{outer.words.begin, end};
      const std::string text = text_of(*tree_, words);
      auto owner = world_.country_of_demonym(text);
      if (!owner) owner = world_.country(text);
      const bool state = outer.type == "government" || outer.type == "military";
      if (owner && !state && !typing_.countries().contains(owner->country)) return;
      if (!owner && is_acronym(text)) owner = world_.organisation(text);
      if (!owner) continue;
      EntityMention mention;
      mention.sentence = sentence_;
      mention.form = MentionForm::name;
      mention.phrase = mention.words = words;
      mention.head = end - 1;
      mention.type_score = outer.type_score;
      mention.definite = mention.demonym = true;
      mention.text = text;
      if (mention.head == outer.head) return;
      become(world_, *owner, mention);
      put(std::move(mention), words);
      return;
    }
  }

  [[nodiscard]] static bool is_acronym(std::string_view text) {
    return text.size() > 1 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  }

  /// Names without their article, possessive mark and quotation marks.
  [[nodiscard]] TokenSpan trimmed(TokenSpan span) const {
    while (span.size() > 1 && (tree_->token(span.begin).upos == Upos::det ||
                               tree_->token(span.begin).upos == Upos::punct))
      ++span.begin;
    while (span.size() > 1 && (tree_->token(span.end - 1).xpos == "POS" ||
                               tree_->token(span.end - 1).upos == Upos::punct ||
                               tree_->token(span.end - 1).upos == Upos::adp))
      --span.end;
    return span;
  }

  /// "Ukrainian" before a noun is the country; "Ukrainians", "Muslims" are people.
  bool read_demonym(EntityMention& mention) {
    const auto country = world_.country_of_demonym(mention.text);
    const bool modifier = tree_->token(mention.head).upos == Upos::adj ||
                          tree_->is(mention.head, "amod") || tree_->is(mention.head, "compound");
    // "the UK" is the country, though "UK" also stands before nouns.
    const bool own_name = world_.country(mention.text).has_value();
    const bool people = !modifier && !own_name;
    if (!country) {
      if (!people) {
        mention.kind = EntityKind::thing;
      } else {
        mention.kind = EntityKind::actor;
        mention.type = "group";
        mention.plural = true;
      }
      mention.phrase = tree_->core_phrase(mention.head);
      put(mention, mention.words);
      return true;
    }
    mention.country = country->country;
    if (people) {
      mention.kind = EntityKind::actor;
      mention.plural = has_feature(tree_->token(mention.head), "Number=Plur");
      mention.type = mention.plural ? "group" : "person";
      mention.form = MentionForm::nominal;
      mention.noun = tree_->key(mention.head);
      mention.definite = mention.plural;
    } else {
      become(world_, *country, mention);
      mention.demonym = modifier;
    }
    mention.phrase = tree_->core_phrase(mention.head);
    put(mention, mention.words);
    return true;
  }

  /// "the city of Nablus"
  [[nodiscard]] bool introduces_place(std::int32_t noun) const {
    const auto children = tree_->children(noun);
    return std::any_of(children.begin(), children.end(), [&](std::int32_t child) {
      return child > noun && tree_->is(child, "nmod") && tree_->preposition(child) == "of" &&
             tree_->token(child).upos == Upos::propn;
    });
  }

  /// "Yonhap news agency", "Kursk region", "IS militants": the noun after a name belongs to it when
  /// it only says what the name is, or that its members are meant.
  void take_noun(EntityMention& mention) {
    if (mention.kind == EntityKind::thing || mention.type == "person") return;
    std::int32_t above = tree_->head(mention.head);
    if (above < 0) return;
    // "Yonhap news agency", whichever noun the tree hangs the name on.
    while (tree_->is(mention.head, "compound") && tree_->is(above, "compound") &&
           tree_->head(above) > above)
      above = tree_->head(above);
    const bool of = tree_->is(mention.head, "nmod") && tree_->preposition(mention.head) == "of";
    if (of && mention.kind == EntityKind::place &&
        settlement_noun(*tree_, nouns_, above) != nullptr && at_[above] < 0) {
      const NounEntry* noun = settlement_noun(*tree_, nouns_, above);
      if (mention.type.empty() || mention.type == "location") mention.type = noun->type;
      mention.noun = tree_->key(above);
      appositive_of_.push_back(above);
      return;
    }
    if (stands_for_members(mention, above)) {
      appositive_of_.push_back(above);
      return;
    }
    if (!tree_->is(mention.head, "compound") || above < mention.words.end) return;
    const NounEntry* noun = tree_->token(above).upos == Upos::noun ? noun_entry(above) : nullptr;
    if (noun == nullptr) return;
    const bool plural = has_feature(tree_->token(above), "Number=Plur");
    // "the West Bank city of Nablus": the noun says what Nablus is, and a region is no city.
    if (introduces_place(above) || (noun->type == "city" && mention.type == "region")) return;
    const bool same_place = mention.kind == EntityKind::place && noun->kind == NounKind::place &&
                            mention.type != "country" && mention.type != "water" &&
                            (noun->type == "region" || noun->type == "city") && !plural;
    // "Zamzam camp" of which no map tells
    const bool built = mention.kind == EntityKind::place && noun->kind == NounKind::place &&
                       noun->type == "facility" && mention.type == "location" &&
                       mention.gazetteer_key.empty() && !plural && above == mention.words.end;
    const bool part =
        !mention.gazetteer_key.empty() && mention.type != "media" && part_noun(tree_->key(above));
    const bool same_body = mention.kind == EntityKind::actor && noun->kind == NounKind::actor &&
                           !part && noun->type != "person" && noun->type != "group" && !plural &&
                           noun->type != "government" &&
                           above == mention.words.end + gap(mention, above);
    const bool members = mention.kind == EntityKind::actor && noun->kind == NounKind::actor &&
                         plural && member_noun(tree_->key(above));
    if (!same_place && !built && !same_body && !members) return;
    mention.noun = tree_->key(above);
    if (same_body) {
      mention.type = mention.gazetteer_key.empty() ? noun->type : mention.type;
      mention.words.end = above + 1;
      mention.text = text_of(*tree_, mention.words);
    }
    if (same_place || built) {
      mention.type = noun->type;
      mention.words.end = above + 1;
      mention.text = text_of(*tree_, mention.words);
    }
    mention.head = above;
  }

  /// "Members of the Taliban", "fighters from the M23": the group, unless words set some apart.
  [[nodiscard]] bool stands_for_members(const EntityMention& mention, std::int32_t noun) const {
    const std::string preposition = tree_->preposition(mention.head);
    const bool inside =
        tree_->is(mention.head, "nmod") && (preposition == "of" || preposition == "from");
    const bool group =
        mention.kind == EntityKind::actor &&
        (mention.type == "group" || mention.type == "military" || mention.type == "party");
    if (!inside || !group || at_[noun] >= 0 || !member_noun(tree_->key(noun)) ||
        !has_feature(tree_->token(noun), "Number=Plur"))
      return false;
    const auto children = tree_->children(noun);
    return std::none_of(children.begin(), children.end(), [&](std::int32_t child) {
      return tree_->is(child, "amod") || tree_->is(child, "nummod") ||
             tree_->is(child, "compound") || tree_->is(child, "acl") ||
             tree_->is(child, "nmod:poss");
    });
  }

  /// Tokens between a name and the noun that it stands before, when all of them are compounds of
  /// that noun.
  [[nodiscard]] std::int32_t gap(const EntityMention& mention, std::int32_t noun) const {
    for (std::int32_t t = mention.words.end; t < noun; ++t) {
      if (!tree_->is(t, "compound") || tree_->token(t).upos != Upos::noun) return -1;
    }
    return noun - mention.words.end;
  }

  /// What a known body has rather than is: "the UN mission", "an EU panel".
  [[nodiscard]] static bool part_noun(std::string_view lemma) {
    static const WordSet nouns = {
        "board",    "commission", "committee",  "council",  "panel",       "mission", "court",
        "tribunal", "office",     "department", "division", "secretariat", "agency",  "body",
        "branch",   "delegation", "parliament", "assembly", "institute"};
    return nouns.contains(lemma);
  }

  [[nodiscard]] static bool member_noun(std::string_view lemma) {
    static const WordSet nouns = {"militant", "fighter",   "terrorist", "rebel",
                                  "member",   "insurgent", "mercenary", "jihadist",
                                  "gunman",   "extremist", "guerrilla"};
    return nouns.contains(lemma);
  }

  /// Title, gender and country that stand before a person's name: "Ukrainian President Volodymyr
  /// Zelenskyy".
  void take_title(EntityMention& mention) {
    if (mention.type != "person") return;
    bool office_found = false;
    for (const std::int32_t child : tree_->children(mention.head)) {
      const bool title = child < mention.words.begin &&
                         (tree_->is(child, "nmod:desc") || tree_->is(child, "compound") ||
                          tree_->is(child, "appos"));
      if (title) {
        // "mayor Sheikh Ann Lee": the office rather than the honorific behind it.
        const NounEntry* noun = nouns_.find(tree_->key(child));
        const bool office = noun != nullptr && !noun->roles.empty();
        if (!office_found) {
          mention.noun = tree_->key(child);
          mention.title = lower(text_of(*tree_, tree_->core_phrase(child)));
        }
        office_found = office_found || office;
        if (mention.gender == Gender::unknown) mention.gender = gender_of_word(tree_->key(child));
        if (mention.country.empty()) mention.country = country_beside(child);
      }
    }
    if (mention.country.empty()) mention.country = country_beside(mention.head);
    const std::string first = lower(tree_->token(mention.words.begin).form);
    if (mention.words.size() > 1 && gender_of_word(first) != Gender::unknown) {
      mention.gender = gender_of_word(first);
      ++mention.words.begin;
      mention.text = text_of(*tree_, mention.words);
    }
  }

  /// ISO code of a nationality word or country before the noun.
  [[nodiscard]] std::string country_beside(std::int32_t token) const {
    for (const std::int32_t child : tree_->children(token)) {
      const bool before =
          child < token && (tree_->is(child, "amod") || tree_->is(child, "compound") ||
                            tree_->is(child, "nmod:poss") || tree_->is(child, "nmod:desc"));
      if (!before) continue;
      const std::string form = text_of(*tree_, tree_->core_phrase(child));
      if (const auto country = world_.country_of_demonym(tree_->token(child).form))
        return country->country;
      if (const auto country = world_.country_of_demonym(form)) return country->country;
      if (const auto country = world_.country(form)) return country->country;
      if (at_[child] >= 0 && found_[at_[child]].demonym) return found_[at_[child]].country;
      if (at_[child] >= 0 && found_[at_[child]].type == "country")
        return found_[at_[child]].country;
    }
    return {};
  }

  void read_token(std::int32_t t) {
    if (at_[t] >= 0) return;
    const Token& token = tree_->token(t);
    if (std::find(appositive_of_.begin(), appositive_of_.end(), t) != appositive_of_.end())
      return read_appositive(t);
    if (token.upos == Upos::pron) return read_pronoun(t);
    if (token.upos == Upos::noun || (token.upos == Upos::propn && !tree_->is(t, "flat")))
      return read_nominal(t);
    if (token.upos == Upos::adj) read_people(t);
  }

  /// "town" in "the town of Jabla" is Jabla, "members" of the M23 the M23.
  void read_appositive(std::int32_t t) {
    std::erase(appositive_of_, t);
    for (const std::int32_t child : tree_->children(t)) {
      const std::string preposition = tree_->preposition(child);
      if (tree_->is(child, "nmod") && (preposition == "of" || preposition == "from") &&
          at_[child] >= 0)
        at_[t] = at_[child];
    }
  }

  void read_pronoun(std::int32_t t) {
    const PronounFacts* facts = pronoun_facts(lower(tree_->token(t).form));
    if (facts == nullptr || tree_->is(t, "expl")) return;
    EntityMention mention;
    mention.sentence = sentence_;
    mention.head = t;
    mention.phrase = mention.words = {t, t + 1};
    mention.form = MentionForm::pronoun;
    mention.kind = facts->kind;
    mention.type = facts->type;
    mention.gender = facts->gender;
    mention.plural = facts->plural;
    mention.person = facts->person;
    mention.noun = facts->noun;
    mention.text = tree_->token(t).form;
    mention.definite = true;
    put(std::move(mention), {t, t + 1});
  }

  [[nodiscard]] const NounEntry* noun_entry(std::int32_t t) const {
    std::vector<std::string_view> lemmas;
    for (std::int32_t i = std::max(0, t - 3); i <= t; ++i) lemmas.push_back(tree_->key(i));
    return nouns_.find_phrase(lemmas);
  }

  /// The nominal mention that `t` heads, when it heads one.
  void read_nominal(std::int32_t t) {
    EntityMention mention = nominals().of_noun(t, country_beside(t));
    put(std::move(mention), {t, t + 1});
  }

  void read_people(std::int32_t t) {
    std::optional<EntityMention> mention = nominals().of_adjective(t);
    if (mention && at_[mention->head] < 0) put(std::move(*mention), {t, t + 1});
  }

  [[nodiscard]] NominalReader nominals() const {
    return {*tree_, sentence_, nouns_, world_, quantities_};
  }

  std::span<const SyntaxView> syntax_;
  const NounKnowledge& nouns_;
  const World& world_;
  NameTyping typing_;
  AcronymSpans acronyms_;
  Entities result_;
  std::int32_t sentence_ = 0;
  const SyntaxView* tree_ = nullptr;
  std::vector<std::int32_t> at_;
  std::vector<EntityMention> found_;
  std::vector<Quantity> quantities_;
  std::vector<std::int32_t> appositive_of_;
};

}  // namespace

Entities find_entity_mentions(std::span<const SyntaxView> syntax, const NounKnowledge& nouns,
                              const World& world) {
  return MentionReader(syntax, nouns, world).read();
}

}  // namespace relata::text
