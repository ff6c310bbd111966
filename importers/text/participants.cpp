#include "importers/text/participants.h"

#include <algorithm>
#include <set>
#include <string>

#include "importers/text/assertions.h"

namespace relata::text {

namespace {

constexpr float syntactic_score = 0.8F;

ParticipantKinds bit(ParticipantKind kind) {
  return static_cast<ParticipantKinds>(kind);
}

}  // namespace

std::int32_t ParticipantFinder::introduced_place(std::int32_t token) const {
  static const std::set<std::string, std::less<>> nouns = {
      "city",       "town",         "village",   "province", "state",        "region",
      "district",   "port",         "county",    "island",   "capital",      "suburb",
      "republic",   "territory",    "resort",    "area",     "neighborhood", "neighbourhood",
      "settlement", "municipality", "stronghold"};
  if (!nouns.contains(tree_.key(token))) return -1;
  for (const std::int32_t child : tree_.children(token)) {
    const EntityMention* mention = entities_.at(sentence_, child);
    const bool named = mention != nullptr && mention->form == MentionForm::name &&
                       mention->entity >= 0 && child > token && tree_.is(child, "nmod") &&
                       tree_.preposition(child) == "of";
    if (!named) continue;
    const Entity& entity = entities_.entities[mention->entity];
    if (entity.kind == EntityKind::place && entity.type != "country") return child;
  }
  return -1;
}

/// "One of the freed men, Kim Sang-hoon": he. "Ten people were killed and 30 injured": people.
std::int32_t ParticipantFinder::noun_of_number(std::int32_t token) const {
  static const std::set<std::string, std::less<>> counts = {"dozen", "hundred", "thousand", "score",
                                                            "ten"};
  const bool count = tree_.token(token).upos == Upos::noun && counts.contains(tree_.key(token));
  if (tree_.token(token).upos != Upos::num && !count) return -1;
  const auto name_beside = [&](std::int32_t word) {
    for (const std::int32_t child : tree_.children(word)) {
      const EntityMention* name =
          tree_.is(child, "appos") ? entities_.at(sentence_, child) : nullptr;
      if (name != nullptr && name->form == MentionForm::name && name->type == "person")
        return child;
    }
    return -1;
  };
  for (const std::int32_t child : tree_.children(token)) {
    if (!tree_.is(child, "nmod")) continue;
    const std::int32_t inner = tree_.key(token) == "one" ? name_beside(child) : -1;
    return inner >= 0 ? inner : name_beside(token);
  }
  const std::int32_t verb = tree_.head(token);
  const bool subject = tree_.is(token, "nsubj");
  if ((!subject && !tree_.is(token, "obj")) || verb < 0 || !tree_.is(verb, "conj")) return -1;
  const std::int32_t first = tree_.head(verb);
  const std::int32_t noun = subject ? tree_.subject(first) : tree_.child(first, "obj");
  return noun >= 0 && tree_.token(noun).upos == Upos::noun ? noun : -1;
}

std::int32_t ParticipantFinder::referent(std::int32_t token) const {
  for (int steps = 0; steps < 4; ++steps) {
    if (tree_.is_relative_pronoun(token)) {
      token = tree_.antecedent(token);
      continue;
    }
    if (const std::int32_t place = introduced_place(token); place >= 0) return place;
    if (const std::int32_t noun = noun_of_number(token); noun >= 0) return noun;
    const NounEntry* noun = tree_.is_nominal(token) || tree_.token(token).upos == Upos::num
                                ? nouns_.find(tree_.key(token))
                                : nullptr;
    const bool measure = (noun != nullptr && (noun->partitive || noun->collective)) ||
                         tree_.token(token).upos == Upos::num;
    if (!measure) return token;
    std::int32_t inner = -1;
    for (const std::int32_t child : tree_.children(token)) {
      if (tree_.is(child, "nmod") && tree_.preposition(child) == "of") inner = child;
    }
    if (inner < 0) return token;
    token = inner;
  }
  return token;
}

std::int32_t ParticipantFinder::entity_of(std::int32_t token) const {
  const EntityMention* mention = entities_.at(sentence_, referent(token));
  if (mention == nullptr || mention->entity < 0 || mention->generic) return -1;
  const Entity& entity = entities_.entities[mention->entity];
  if (entity.kind != EntityKind::actor && entity.kind != EntityKind::place) return -1;
  // "the area", "a territory": places without a name are worth a node only when they are built or
  // settled.
  const bool vague = entity.kind == EntityKind::place && !entity.named &&
                     entity.type != "facility" && entity.type != "city";
  if (vague) return -1;
  const bool resolved = std::any_of(
      entity.mentions.begin(), entity.mentions.end(),
      [&](std::int32_t i) { return entities_.mentions[i].form != MentionForm::pronoun; });
  return resolved ? mention->entity : -1;
}

ParticipantKinds ParticipantFinder::kinds_of(std::int32_t token) const {
  token = referent(token);
  ParticipantKinds kinds = 0;
  if (is_event_[token]) kinds |= bit(ParticipantKind::event);
  const EntityMention* mention = entities_.at(sentence_, token);
  if (mention == nullptr) return kinds == 0 ? bit(ParticipantKind::thing) : kinds;
  EntityKind kind = mention->kind;
  std::string_view type = mention->type;
  if (mention->entity >= 0) {
    kind = entities_.entities[mention->entity].kind;
    type = entities_.entities[mention->entity].type;
  }
  if (kind == EntityKind::actor) {
    kinds |= bit(ParticipantKind::actor);
    if (type == "person" || type == "group" || type == "military")
      kinds |= bit(ParticipantKind::person);
  } else if (kind == EntityKind::place) {
    kinds |= bit(ParticipantKind::place);
    if (type == "country") kinds |= bit(ParticipantKind::actor);
  } else if (kind == EntityKind::event) {
    kinds |= bit(ParticipantKind::event);
  }
  return kinds == 0 ? bit(ParticipantKind::thing) : kinds;
}

void ParticipantFinder::expand(Filler filler, std::vector<Filler>& fillers) const {
  const auto add = [&](std::int32_t token) {
    const bool known = std::any_of(fillers.begin(), fillers.end(),
                                   [&](const Filler& f) { return f.token == token; });
    if (!known) fillers.push_back({token, filler.score});
  };
  const std::int32_t token = referent(filler.token);
  add(token);
  for (const std::int32_t other : tree_.conjuncts(token)) {
    if (other != token && tree_.is_nominal(other)) add(referent(other));
  }
  for (const std::int32_t member : members_of(token)) add(referent(member));
}

std::vector<std::int32_t> ParticipantFinder::members_of(std::int32_t group) const {
  std::vector<std::int32_t> members;
  if (!is_group(group)) return members;
  std::vector<std::int32_t> below = {group};
  for (std::size_t i = 0; i < below.size() && i < 8; ++i) {
    // "defectors from the church including A and B": what a singular noun cannot include belongs to
    // the group above it.
    if (i > 0 && is_group(below[i])) continue;
    for (const std::int32_t child : tree_.children(below[i])) {
      if (!tree_.is(child, "nmod") && !tree_.is(child, "obl")) continue;
      const std::string preposition = tree_.preposition(child);
      if (preposition == "including" || preposition == "such as") {
        for (const std::int32_t member : tree_.conjuncts(child)) members.push_back(member);
      } else if (child > below[i]) {
        below.push_back(child);
      }
    }
  }
  return members;
}

bool ParticipantFinder::is_group(std::int32_t token) const {
  const EntityMention* mention = entities_.at(sentence_, token);
  return has_feature(tree_.token(token), "Number=Plur") || (mention != nullptr && mention->plural);
}

std::vector<Filler> ParticipantFinder::syntactic_argument(const PredicateSite& site,
                                                          const std::string& role) const {
  std::vector<Filler> fillers;
  const std::int32_t verb = site.token;
  if (tree_.token(verb).upos != Upos::verb) return fillers;
  const bool passive = tree_.passive(verb);
  std::int32_t found = -1;
  if (role == "ARG0") {
    found = passive ? tree_.child(verb, "obl:agent") : tree_.subject(verb);
    // "By drawing X in, Y ...": a participle clause has the subject of its main clause.
    // "killing five and wounding 23" has it for both.
    const std::int32_t first = tree_.is(verb, "conj") ? tree_.head(verb) : verb;
    const bool clause = tree_.is(first, "advcl") && tree_.token(verb).xpos == "VBG" &&
                        tree_.token(first).xpos == "VBG" && tree_.head(first) >= 0;
    if (found < 0 && !passive && clause) found = tree_.subject(tree_.head(first));
    if (found < 0 && !passive && tree_.is(verb, "acl") && tree_.token(verb).xpos == "VBG")
      found = tree_.head(verb);
  } else if (role == "ARG1") {
    found = passive ? tree_.subject(verb) : tree_.child(verb, "obj");
    if (found < 0 && passive && tree_.is(verb, "acl")) found = tree_.head(verb);
  }
  if (found < 0) return fillers;
  if (site.predicate != nullptr) {
    for (const Argument& argument : site.predicate->arguments) {
      const bool doer = passive && (argument.role == "ARG0" || argument.role == "R-ARG0");
      const bool other = argument.role != role && argument.role != "R-" + role && !doer;
      if (argument.head == found && other) return fillers;  // the reader gave it another role
    }
  }
  expand({found, syntactic_score}, fillers);
  return fillers;
}

void ParticipantFinder::from_place_to_event(const PredicateSite& site,
                                            std::vector<Filler>& fillers) const {
  const std::int32_t clause = tree_.first_conjunct(site.token);
  for (Filler& filler : fillers) {
    const std::int32_t above = tree_.head(filler.token);
    const bool relative = tree_.is(clause, "acl") && tree_.head(clause) == filler.token;
    const ParticipantKinds kinds = kinds_of(filler.token);
    const bool acts = (kinds & bit(ParticipantKind::actor)) != 0 || is_event_[filler.token];
    if (!relative || !tree_.is(filler.token, "nmod") || acts) continue;
    // "the attack on a ceremony in Jebait that killed five"
    std::int32_t event = above;
    while (event >= 0 && !is_event_[event] && tree_.is(event, "nmod")) event = tree_.head(event);
    if (event >= 0 && is_event_[event]) filler.token = event;
  }
}

std::int32_t ParticipantFinder::doer_of_ground(std::int32_t verb) const {
  static const std::set<std::string, std::less<>> judging = {
      "accuse",   "suspect", "convict",      "blame",     "praise",  "criticize", "criticise",
      "condemn",  "thank",   "credit",       "fault",     "arrest",  "punish",    "jail",
      "fine",     "charge",  "sue",          "prosecute", "suspend", "dismiss",   "fire",
      "expel",    "reward",  "congratulate", "denounce",  "detain",  "indict",    "try",
      "sanction", "commend", "honor",        "acquit",    "sentence"};
  const std::int32_t above = tree_.head(verb);
  if (tree_.is_nominal(verb)) {
    // "charged with the murder of X", "blamed for the attack", "convicted of kidnapping"
    const std::string preposition = tree_.preposition(verb);
    const bool ground = preposition == "with" || preposition == "of" || preposition == "for" ||
                        preposition == "over";
    const bool judged = above >= 0 && tree_.is(verb, "obl") && ground &&
                        tree_.token(above).upos == Upos::verb && judging.contains(tree_.key(above));
    if (!judged) return -1;
    const bool participle = tree_.is(above, "acl") && !tree_.is(above, "acl:relcl");
    if (participle) return tree_.head(above);
    return tree_.passive(above) ? tree_.subject(above) : tree_.child(above, "obj");
  }
  const bool clause = tree_.is(verb, "advcl") || tree_.is(verb, "xcomp") || tree_.is(verb, "acl");
  // "barred him from leaving": whoever is kept from it.
  const bool from = tree_.child_with_lemma(verb, "from") >= 0;
  if (above < 0 || !clause || tree_.token(verb).xpos != "VBG" ||
      (!from && tree_.child_with_lemma(verb, "of") < 0 && tree_.child_with_lemma(verb, "for") < 0))
    return -1;
  const std::int32_t judge = tree_.is(verb, "acl") ? tree_.head(above) : above;
  if (judge < 0 || (!from && !judging.contains(tree_.key(judge)))) return -1;
  return tree_.passive(judge) ? tree_.subject(judge) : tree_.child(judge, "obj");
}

/// "The spokesman told Al Jazeera" with two subjects in its tree: the one before the verb.
void ParticipantFinder::take_first_subject(std::int32_t verb, std::vector<Filler>& fillers) const {
  if (fillers.size() != 1 || fillers.front().token < verb ||
      !tree_.is(fillers.front().token, "nsubj"))
    return;
  for (const std::int32_t child : tree_.children(verb)) {
    if (child >= verb || !tree_.is(child, "nsubj") || !tree_.is_nominal(child)) continue;
    const float score = fillers.front().score;
    fillers.clear();
    expand({child, score}, fillers);
    return;
  }
}

void ParticipantFinder::drop_foreign_possessors(const PredicateSite& site,
                                                std::vector<Filler>& fillers) const {
  std::erase_if(fillers, [&](const Filler& filler) {
    const std::int32_t owned = tree_.head(filler.token);
    return tree_.is(filler.token, "nmod:poss") && owned >= 0 && owned != site.token &&
           is_event_[owned] && tree_.is_nominal(owned) && tree_.dominates(owned, site.token);
  });
}

std::vector<Filler> ParticipantFinder::argument(const PredicateSite& site,
                                                const std::string& role) const {
  std::vector<Filler> fillers;
  if (site.predicate != nullptr) {
    // "who" is the R-ARG0 of its clause, and whom it stands for the ARG0, which the reader may
    // leave out.
    for (const std::string_view prefix : {"", "R-"}) {
      for (const Argument& argument : site.predicate->arguments) {
        if (!fillers.empty() && !prefix.empty()) break;
        const bool same = argument.role.size() == prefix.size() + role.size() &&
                          argument.role.starts_with(prefix) && argument.role.ends_with(role);
        if (same && argument.head != site.token) expand({argument.head, argument.score}, fillers);
      }
    }
  }
  if (role == "ARG0" && tree_.token(site.token).upos == Upos::verb) {
    take_first_subject(site.token, fillers);
    if (const std::int32_t speech = resumed_speech(tree_, site.token); speech >= 0) {
      fillers.clear();
      expand({tree_.child(speech, "nsubj"), syntactic_score}, fillers);
      return fillers;
    }
    // The subject of a passive, the object of an active verb and "from a school" do nothing.
    const bool passive = tree_.passive(site.token);
    std::erase_if(fillers, [&](const Filler& filler) {
      const std::int32_t word = tree_.first_conjunct(filler.token);
      if (tree_.head(word) != site.token) return false;
      const std::string preposition = tree_.preposition(word);
      const bool placed = tree_.is(word, "obl") && !preposition.empty() && preposition != "by" &&
                          preposition != "according to";
      return tree_.is(word, "obj") || placed || (passive && tree_.is(word, "nsubj"));
    });
  }
  if (role == "ARG0") from_place_to_event(site, fillers);
  if (const std::int32_t doer = role == "ARG0" ? doer_of_ground(site.token) : -1; doer >= 0) {
    fillers.clear();
    expand({doer, syntactic_score}, fillers);
  }
  if (role == "ARG0" && tree_.is_nominal(site.token)) {
    // "escaped capture by troops": who is named with "by" does it.
    std::vector<Filler> named;
    for (const std::int32_t child : tree_.children(site.token)) {
      if (child > site.token && tree_.is(child, "nmod") && tree_.preposition(child) == "by" &&
          (kinds_of(child) & (bit(ParticipantKind::actor))) != 0)
        expand({child, 0.9F}, named);
    }
    if (!named.empty()) fillers = std::move(named);
  }
  if (tree_.is_nominal(site.token)) drop_foreign_possessors(site, fillers);
  const auto lent = site.lent.find(role);
  if (lent != site.lent.end() && tree_.is_nominal(site.token)) {
    // "They held talks with X": X is the other side, whatever the reader calls it.
    std::erase_if(fillers, [&](const Filler& filler) {
      return tree_.head(filler.token) == site.token && tree_.preposition(filler.token) == "with";
    });
  }
  if (fillers.empty() && lent != site.lent.end()) {
    for (const std::int32_t token : lent->second) fillers.push_back({token, syntactic_score});
  }
  return fillers.empty() ? syntactic_argument(site, role) : fillers;
}

void ParticipantFinder::prepositional(std::int32_t host, const std::string& preposition,
                                      std::vector<Filler>& fillers) const {
  for (const std::int32_t child : tree_.children(host)) {
    const bool phrase = tree_.is(child, "obl") || tree_.is(child, "nmod");
    if (phrase && !tree_.is(child, "nmod:poss") && tree_.preposition(child) == preposition)
      expand({child, 0.9F}, fillers);
  }
}

std::vector<Filler> ParticipantFinder::candidates(const PredicateSite& site,
                                                  const Selector& selector) const {
  std::vector<Filler> fillers;
  switch (selector.kind) {
    case SelectorKind::argument:
      return argument(site, selector.name);
    case SelectorKind::preposition:
      prepositional(site.token, selector.name, fillers);
      if (fillers.empty() && site.light_verb >= 0)
        prepositional(site.light_verb, selector.name, fillers);
      break;
    case SelectorKind::possessor:
      if (const std::int32_t child = tree_.child(site.token, "nmod:poss"); child >= 0)
        expand({child, 0.85F}, fillers);
      break;
    case SelectorKind::adjective:
    case SelectorKind::compound:
      for (const std::int32_t child : tree_.children(site.token)) {
        const EntityMention* mention = entities_.at(sentence_, child);
        const bool nationality = mention != nullptr && mention->demonym;
        const bool modifier =
            tree_.is(child, "amod") || tree_.is(child, "compound") || tree_.is(child, "nmod:desc");
        if (!modifier || child > site.token) continue;
        if ((selector.kind == SelectorKind::adjective) == nationality)
          expand({child, 0.75F}, fillers);
      }
      break;
  }
  return fillers;
}

std::vector<Filler> ParticipantFinder::find(const PredicateSite& site, const Selectors& selectors,
                                            ParticipantKinds kinds) const {
  for (const Selector& selector : selectors) {
    std::vector<Filler> fillers = candidates(site, selector);
    if (kinds != 0) look_into_clauses(fillers);
    if (kinds == bit(ParticipantKind::actor) && !travels(site.token)) name_owners(fillers);
    const auto unfit = [&](const Filler& filler) {
      return filler.token == site.token || (kinds != 0 && (kinds_of(filler.token) & kinds) == 0);
    };
    std::erase_if(fillers, unfit);
    const auto lent = site.lent.find(selector.name);
    const bool patient = selector.kind == SelectorKind::argument && selector.name == "ARG1";
    if (fillers.empty() && patient && lent != site.lent.end()) {
      // "a suicide attack targeting a convoy": suicide is no target.
      for (const std::int32_t token : lent->second) fillers.push_back({token, syntactic_score});
      std::erase_if(fillers, unfit);
    }
    if (!fillers.empty()) return fillers;
  }
  return {};
}

bool ParticipantFinder::travels(std::int32_t verb) const {
  static const std::set<std::string, std::less<>> verbs = {
      "arrive", "leave", "sail",  "fly",  "travel", "move", "return", "head", "come", "go",
      "depart", "reach", "visit", "land", "dock",   "pass", "crash",  "sink", "stop", "anchor"};
  return verbs.contains(tree_.key(verb));
}

std::int32_t ParticipantFinder::owner_of(std::int32_t token) const {
  static const std::set<std::string, std::less<>> arms = {
      "warplane", "jet",       "aircraft", "helicopter", "drone",       "missile",
      "warship",  "artillery", "tank",     "bomber",     "rocket",      "gunship",
      "frigate",  "submarine", "plane",    "vessel",     "fighter_jet", "gunboat",
      "ship",     "destroyer", "cutter",   "corvette",   "boat",        "cruiser"};
  static const std::set<std::string, std::less<>> documents = {
      "report",  "statement", "document", "study",     "letter",      "survey",
      "memo",    "article",   "finding",  "editorial", "communique",  "analysis",
      "inquiry", "estimate",  "bulletin", "figure",    "declaration", "investigation"};
  const bool arm = arms.contains(tree_.key(token));
  if (!arm && !documents.contains(tree_.key(token))) return -1;
  const ParticipantKinds actor = bit(ParticipantKind::actor);
  if ((kinds_of(token) & actor) != 0) return -1;
  // "Iranian news reports" are not Iran's word, nor are "reports from Turkey" Turkey's.
  const bool of_media =
      std::any_of(tree_.children(token).begin(), tree_.children(token).end(), [&](std::int32_t t) {
        const std::string& word = tree_.key(t);
        return word == "news" || word == "media" || word == "press" || word == "television";
      });
  for (const std::int32_t child : tree_.children(token)) {
    const ParticipantKinds kinds = kinds_of(child);
    const bool place = (kinds & bit(ParticipantKind::place)) != 0;
    if ((kinds & actor) == 0 || (place && !arm && of_media)) continue;
    const bool before = child < token && (tree_.is(child, "amod") || tree_.is(child, "compound") ||
                                          tree_.is(child, "nmod:poss"));
    const std::string preposition = arm || before ? std::string() : tree_.preposition(child);
    const bool after =
        tree_.is(child, "nmod") && (preposition == "by" || (preposition == "from" && !place));
    if (before || after) return child;
  }
  // "Chinese coast guard ships": the nationality may hang on what stands between.
  for (const std::int32_t child : tree_.children(token)) {
    if (!arm || child > token || !tree_.is(child, "compound")) continue;
    for (const std::int32_t word : tree_.children(child)) {
      const bool modifier = tree_.is(word, "amod") || tree_.is(word, "compound");
      if (modifier && word < child && (kinds_of(word) & actor) != 0) return word;
    }
  }
  return -1;
}

void ParticipantFinder::name_owners(std::vector<Filler>& fillers) const {
  for (Filler& filler : fillers) {
    const std::int32_t owner = owner_of(filler.token);
    if (owner >= 0) filler = {owner, filler.score * 0.85F};
  }
}

void ParticipantFinder::look_into_clauses(std::vector<Filler>& fillers) const {
  for (Filler& filler : fillers) {
    const Token& token = tree_.token(filler.token);
    const bool infinitive = token.upos == Upos::verb && has_feature(token, "VerbForm=Inf");
    const std::int32_t subject = infinitive ? tree_.child(filler.token, "nsubj") : -1;
    if (subject >= 0) filler = {referent(subject), filler.score * 0.9F};
  }
}

bool ParticipantFinder::holds(const PredicateSite& site, const Condition& condition) const {
  const std::vector<Filler> fillers = find(site, condition.participant);
  switch (condition.test) {
    case Condition::Test::present:
      return !fillers.empty();
    case Condition::Test::absent:
      return fillers.empty();
    case Condition::Test::lemma:
      return !fillers.empty() && condition.lists(tree_.key(fillers.front().token));
    case Condition::Test::not_lemma:
      return fillers.empty() || !condition.lists(tree_.key(fillers.front().token));
    case Condition::Test::kind:
      return !fillers.empty() && (kinds_of(fillers.front().token) & condition.kinds) != 0;
  }
  return false;
}

bool ParticipantFinder::holds(const PredicateSite& site, const PredicateEntry& entry) const {
  return std::all_of(entry.conditions.begin(), entry.conditions.end(),
                     [&](const Condition& condition) { return holds(site, condition); });
}

}  // namespace relata::text
