#include "importers/text/name_classification.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "importers/text/name_spans.h"
#include "importers/text/state_abbreviations.h"

namespace relata::text {

namespace {

using WordSet = std::set<std::string, std::less<>>;

/// Classifies names of one sentence.
class NameClassifier final {
 public:
  NameClassifier(const SyntaxView& tree, const NounKnowledge& nouns, const World& world,
                 const NameTyping& typing)
      : tree_(tree), nouns_(nouns), world_(world), typing_(typing) {}

  void classify(const Name& name, const std::string& beside, EntityMention& mention) const {
    if (name.type != "event" && is_built(mention)) {
      mention.kind = EntityKind::place;
      mention.type = "facility";
      return;
    }
    if (name.type == "person") {
      if (const auto country = acting_capital(name, mention))
        return become(world_, *country, mention);
      mention.kind = EntityKind::actor;
      mention.type = "person";
      return;
    }
    if (const auto country = world_.country(mention.text)) return become(world_, *country, mention);
    if (const auto seat = world_.country_of_seat(mention.text); seat && acts(mention))
      return become(world_, *seat, mention);
    if (name.type == "place") {
      const auto country = seat_of(mention.text);
      if (country && acts(mention) && !typing_.is_surname(mention.text))
        return become(world_, *country, mention);
      classify_place(name, mention);
      return;
    }
    if (name.type == "organization") {
      if (const auto known = world_.organisation(mention.text, typing_.countries()))
        return become(world_, *known, mention);
      mention.kind = EntityKind::actor;
      mention.type = type_by_words(mention, EntityKind::actor);
      if (const auto body = world_.state_body(mention.text)) become_body(*body, beside, mention);
      if (mention.type.empty()) mention.type = name.fine_type == "party" ? "party" : "organization";
      return;
    }
    mention.kind = name.type == "event" ? EntityKind::event : EntityKind::thing;
  }

 private:
  /// "Interior Ministry" is that of the country in the name, before it ("Saudi") or behind it ("of
  /// Saudi Arabia"), else one of many.
  void become_body(const KnownThing& body, const std::string& beside,
                   EntityMention& mention) const {
    mention.type = body.type;
    mention.country = body.country.empty() ? beside : body.country;
    for (const std::int32_t child : tree_.children(mention.head)) {
      if (!mention.country.empty()) break;
      if (!tree_.is(child, "nmod") || tree_.preposition(child) != "of") continue;
      if (const auto country = world_.country(text_of(tree_, tree_.core_phrase(child))))
        mention.country = country->country;
    }
    if (!mention.country.empty())
      mention.gazetteer_key = World::body_key(body.name, mention.country);
  }

  /// "the cruise ship Freewinds", "the destroyer, USS Cole": the noun beside a name says that it is
  /// something built or sailing, whatever it is called after.
  [[nodiscard]] bool is_built(const EntityMention& mention) const {
    static const WordSet prefixes = {"USS", "HMS",  "BRP",  "MV", "M/V",
                                     "INS", "HMAS", "USNS", "RMS"};
    if (mention.words.size() > 1 && prefixes.contains(tree_.token(mention.words.begin).form))
      return true;
    const std::int32_t head = tree_.head(mention.head);
    const std::int32_t before = mention.words.begin - 1;
    const auto facility = [&](std::int32_t t) {
      const NounEntry* noun =
          t >= 0 && tree_.token(t).upos == Upos::noun ? nouns_.find(tree_.key(t)) : nullptr;
      return noun != nullptr && noun->kind == NounKind::place && noun->type == "facility";
    };
    if (tree_.is(mention.head, "appos")) return facility(head);
    // "taken to Skane University Hospital"; where it says something, it is a body.
    const NounEntry* last = mention.words.size() < 2
                                ? nullptr
                                : nouns_.find(lower(tree_.token(mention.words.end - 1).form));
    const std::string preposition = tree_.preposition(mention.head);
    if (last != nullptr && last->kind == NounKind::place && last->type == "facility" &&
        (preposition == "to" || preposition == "in" || preposition == "at" ||
         preposition == "from" || preposition == "near" || preposition == "outside"))
      return true;
    return before >= 0 && facility(before) &&
           (head == before || tree_.head(before) == mention.head);
  }

  /// Whom a capital that acts stands for: its country, or in a text about the European Union and
  /// not about Belgium the Union.
  [[nodiscard]] std::optional<KnownThing> seat_of(std::string_view city) const {
    if (city == "Brussels" && typing_.speaks_of_union())
      return world_.organisation("European Union");
    if (city == "Delhi") city = "New Delhi";
    return world_.country_of_capital(city);
  }

  /// "Washington urged ...": taken for a person, though nobody in the text has that surname.
  [[nodiscard]] std::optional<KnownThing> acting_capital(const Name& name,
                                                         const EntityMention& mention) const {
    if (name.span.size() != 1 || !acts(mention)) return std::nullopt;
    auto country = seat_of(mention.text);
    if (!country) return std::nullopt;
    if (typing_.is_surname(mention.text)) return std::nullopt;
    return country;
  }

  /// A capital stands for its government where it does something: as subject, agent or owner, not
  /// after a locative preposition.
  [[nodiscard]] bool acts(const EntityMention& mention) const {
    const std::int32_t first = tree_.first_conjunct(mention.head);
    std::string preposition = tree_.preposition(mention.head);
    if (preposition.empty() && first != mention.head) preposition = tree_.preposition(first);
    if (tree_.is(mention.head, "nmod:poss")) return !owns_as_city(mention.head);
    if (tree_.is(first, "nsubj") || tree_.is(first, "obl:agent"))
      return (preposition.empty() || preposition == "by") && !is_described(first);
    if (preposition.empty() && (tree_.is(first, "obj") || tree_.is(first, "iobj")))
      return is_addressed(first);
    return preposition == "with" || preposition == "between" || preposition == "by" ||
           (preposition == "to" && is_supplied(first)) || is_meant(first, preposition) ||
           (preposition == "from" && comes_from_state(first));
  }

  /// "pressure on Khartoum", "sanctions against Tehran", "ambassador to Moscow", "arms for Kyiv":
  /// what is done to states and hardly to cities.
  [[nodiscard]] bool is_meant(std::int32_t token, const std::string& preposition) const {
    static const std::map<std::string, WordSet, std::less<>> heads = {
        {"on", {"call", "pressure", "sanction", "embargo", "tariff"}},
        {"against", {"sanction", "accusation", "allegation", "complaint", "embargo", "threat"}},
        {"to",
         {"ambassador", "envoy", "aid", "support", "help", "message", "warning", "threat",
          "concession", "weapon", "arms", "ultimatum", "emissary", "assistance"}},
        {"for", {"support", "backing", "weapon", "aid", "help", "arms", "funding", "assistance"}}};
    const auto found = heads.find(preposition);
    std::int32_t head = tree_.head(token);
    // "put pressure on Khartoum"
    if (head >= 0 && tree_.token(head).upos == Upos::verb) {
      const std::int32_t object = tree_.child(head, "obj");
      if (object >= 0 && object < token) head = object;
    }
    return found != heads.end() && head >= 0 && found->second.contains(tree_.key(head));
  }

  /// "Athens was a small village", "grew", "hosted the games": a city is spoken of.
  [[nodiscard]] bool is_described(std::int32_t subject) const {
    static const WordSet verbs = {"become", "lie",        "remain",   "grow",    "have",
                                  "host",   "boast",      "see",      "suffer",  "fall",
                                  "wake",   "experience", "rank",     "feature", "sit",
                                  "stand",  "seem",       "flourish", "awake",   "celebrate"};
    const std::int32_t head = tree_.head(subject);
    if (head < 0) return true;
    if (tree_.is(subject, "nsubj:pass")) return !is_expected(head);
    if (tree_.token(head).upos == Upos::verb) return verbs.contains(tree_.key(head));
    // "Kyiv is ready to talk", "Kyiv and Pyongyang have yet to answer"
    return tree_.child(head, "xcomp") < 0 && tree_.child(head, "ccomp") < 0 &&
           tree_.child(head, "advcl") < 0 && tree_.child(head, "acl") < 0;
  }

  /// "Brussels is expected to decide"
  [[nodiscard]] bool is_expected(std::int32_t verb) const {
    static const WordSet verbs = {"expect", "urge",  "ask",    "require", "oblige",
                                  "accuse", "force", "invite", "warn",    "tell"};
    return verbs.contains(tree_.key(verb)) &&
           (tree_.child(verb, "xcomp") >= 0 || tree_.key(verb) == "accuse");
  }

  /// "pressure from Washington"
  [[nodiscard]] bool comes_from_state(std::int32_t token) const {
    static const WordSet nouns = {"pressure", "support",    "threat",   "demand",  "criticism",
                                  "help",     "aid",        "approval", "warning", "guarantee",
                                  "backing",  "permission", "response", "answer",  "recognition"};
    const std::int32_t head = tree_.head(token);
    return head >= 0 && tree_.is(token, "nmod") && nouns.contains(tree_.key(head));
  }

  /// "Asuncion's main stadium", "Moscow's mayor": what a city has.
  [[nodiscard]] bool owns_as_city(std::int32_t owner) const {
    static const WordSet words = {"mayor",     "resident",   "suburb",    "outskirt",
                                  "outskirts", "street",     "skyline",   "center",
                                  "centre",    "population", "inhabitant"};
    const std::int32_t owned = tree_.head(owner);
    if (owned < 0) return false;
    const NounEntry* noun = nouns_.find(tree_.key(owned));
    return words.contains(tree_.key(owned)) || (noun != nullptr && noun->kind == NounKind::place);
  }

  /// "asked Washington for help"
  [[nodiscard]] bool is_addressed(std::int32_t token) const {
    static const WordSet verbs = {"congratulate", "ask",      "urge",     "tell",    "warn",
                                  "accuse",       "blame",    "inform",   "condemn", "criticize",
                                  "criticise",    "thank",    "praise",   "press",   "pressure",
                                  "sanction",     "threaten", "persuade", "assure"};
    const std::int32_t head = tree_.head(token);
    return head >= 0 && tree_.token(head).upos == Upos::verb && verbs.contains(tree_.key(head));
  }

  /// "has supplied guns to Kyiv"
  [[nodiscard]] bool is_supplied(std::int32_t token) const {
    static const WordSet verbs = {"supply", "sell",  "donate", "pledge", "promise",
                                  "offer",  "grant", "lend",   "give",   "provide"};
    const std::int32_t head = tree_.head(token);
    return head >= 0 && tree_.token(head).upos == Upos::verb && verbs.contains(tree_.key(head));
  }

  /// "North and South Korea": the first lacks the word that the second has.
  [[nodiscard]] std::optional<KnownThing> country_with_shared_word(
      const EntityMention& mention) const {
    if (mention.words.size() != 1) return std::nullopt;
    for (const std::int32_t other : tree_.conjuncts(mention.head)) {
      if (other == mention.head) continue;
      const TokenSpan words = tree_.core_phrase(other);
      if (words.size() < 2) continue;
      return world_.country(mention.text + " " + tree_.token(words.end - 1).form);
    }
    return std::nullopt;
  }

  void classify_place(const Name& name, EntityMention& mention) const {
    if (const auto shared = country_with_shared_word(mention))
      return become(world_, *shared, mention);
    mention.kind = EntityKind::place;
    mention.type = type_by_words(mention, EntityKind::place);
    const std::string noun = noun_beside(mention);
    if (const auto known = find_place(mention, noun)) {
      const std::string own = mention.type;
      become(world_, *known, mention);
      // "Port-au-Prince" and "Port Sudan" are cities.
      const bool hyphen = mention.text.find('-') != std::string::npos;
      const bool port = mention.text.starts_with("Port ");
      if (!own.empty() && !hyphen && !port) mention.type = own;
      return;
    }
    if (!mention.type.empty()) return;
    static const std::map<std::string, std::string, std::less<>> fine = {
        {"country", "country"},   {"city", "city"},     {"region", "region"},
        {"facility", "facility"}, {"state", "country"}, {"water", "water"}};
    const auto found = fine.find(name.fine_type);
    mention.type = found == fine.end() || found->first == "country" ? "location" : found->second;
  }

  /// The place of that name, in the region that stands behind it ("Pasadena, Calif.").
  [[nodiscard]] std::optional<KnownThing> find_place(const EntityMention& mention,
                                                     const std::string& noun) const {
    const std::int32_t comma = mention.words.end;
    if (comma + 1 < tree_.size() && tree_.token(comma).form == "," &&
        is_capitalised(tree_, comma + 1) && tree_.token(comma + 1).upos == Upos::propn) {
      for (std::int32_t end = std::min(comma + 3, tree_.size()); end > comma + 1; --end) {
        const std::string behind = text_of(tree_, {comma + 1, end});
        const std::string region(full_state(behind));
        const auto outer = world_.place(region, typing_.countries(), "state");
        if (!outer || outer->type != "region" || outer->name != region) continue;
        auto inner = world_.place(mention.text + ", " + region, typing_.countries(), noun);
        if (inner && inner->type == "city") return inner;
      }
    }
    const std::string_view state = full_state(mention.text);
    return world_.place(state, typing_.countries(), state == mention.text ? noun : "state");
  }

  /// The type that a word of the name tells: "Jamarat Bridge", "Interior Ministry", "Mount Sinjar".
  [[nodiscard]] std::string type_by_words(const EntityMention& mention, EntityKind kind) const {
    for (std::int32_t t = mention.words.end - 1; t >= mention.words.begin; --t) {
      const NounEntry* noun = nouns_.find(lower(tree_.token(t).form));
      if (noun == nullptr) noun = nouns_.find(tree_.key(t));
      const bool fits =
          noun != nullptr &&
          ((kind == EntityKind::actor && noun->kind == NounKind::actor && noun->type != "person") ||
           (kind == EntityKind::place && noun->kind == NounKind::place));
      if (fits) return noun->type;
    }
    return {};
  }

  /// The common noun that says what a place is: "the Kursk region", "the town of Jabla".
  [[nodiscard]] std::string noun_beside(const EntityMention& mention) const {
    const std::int32_t head = tree_.head(mention.head);
    if (head < 0) return {};
    const bool compound = tree_.is(mention.head, "compound") && head == mention.words.end;
    const bool of = tree_.is(mention.head, "nmod") && tree_.preposition(mention.head) == "of" &&
                    settlement_noun(tree_, nouns_, head) != nullptr;
    return compound || of ? tree_.key(head) : std::string();
  }

  const SyntaxView& tree_;
  const NounKnowledge& nouns_;
  const World& world_;
  const NameTyping& typing_;
};

}  // namespace

void become(const World& world, const KnownThing& thing, EntityMention& mention) {
  mention.kind = thing.kind;
  mention.type = thing.type;
  mention.country = thing.country;
  mention.canonical = thing.name;
  mention.gazetteer_key = thing.key;
  mention.attributes = world.attributes(thing);
}

void classify_name(const SyntaxView& tree, const NounKnowledge& nouns, const World& world,
                   const NameTyping& typing, const Name& name, const std::string& beside,
                   EntityMention& mention) {
  NameClassifier(tree, nouns, world, typing).classify(name, beside, mention);
}

const NounEntry* settlement_noun(const SyntaxView& tree, const NounKnowledge& nouns,
                                 std::int32_t token) {
  const NounEntry* noun =
      tree.token(token).upos == Upos::noun || tree.token(token).upos == Upos::propn
          ? nouns.find(tree.key(token))
          : nullptr;
  const bool settlement =
      noun != nullptr && noun->kind == NounKind::place &&
      (noun->type == "city" || noun->type == "region" || noun->type == "country");
  return settlement ? noun : nullptr;
}

}  // namespace relata::text
