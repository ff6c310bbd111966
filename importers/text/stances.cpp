#include "importers/text/stances.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "importers/text/participants.h"

namespace relata::text {

namespace {

constexpr float demand_score = 0.6F;
constexpr float denial_score = 0.65F;
constexpr float reaction_score = 0.6F;
/// How many sentences back an allegation may stand.
constexpr std::int32_t reach_of_denial = 4;

class StanceReader final {
 public:
  StanceReader(std::span<const SyntaxView> syntax, const SpeakerMap& speakers,
               std::span<const SentenceFrames> frames, const NounKnowledge& nouns,
               DocumentFacts& facts)
      : syntax_(syntax), speakers_(speakers), frames_(frames), nouns_(nouns), facts_(facts) {}

  void read() {
    events_of_sentence_.resize(syntax_.size());
    for (std::size_t i = 0; i < facts_.events.size(); ++i)
      events_of_sentence_[facts_.events[i].trigger.sentence].push_back(
          static_cast<std::int32_t>(i));
    for (const RelationFact& fact : facts_.relations) {
      if (fact.relation == "denied") denied_at_.insert(fact.trigger);
    }
    for (std::size_t i = 0; i < syntax_.size(); ++i) {
      const auto index = static_cast<std::int32_t>(i);
      const std::vector<bool> no_events(static_cast<std::size_t>(syntax_[i].size()), false);
      const ParticipantFinder finder(syntax_[i], index, facts_.entities, nouns_, no_events);
      for (std::int32_t t = 0; t < syntax_[i].size(); ++t) read_demand(index, t, finder);
      for (const Frame& frame : frames_[i].frames) {
        read_denial(index, frame, finder);
        read_reaction(index, frame, finder);
      }
    }
  }

 private:
  [[nodiscard]] bool is_actor(std::int32_t entity) const {
    if (entity < 0) return false;
    const Entity& found = facts_.entities.entities[entity];
    return found.kind == EntityKind::actor || found.type == "country";
  }

  void add(std::int32_t source, const std::string& relation, End target, TokenRef source_word,
           TokenRef target_word, TokenRef trigger, std::string rule, float score) {
    RelationFact fact;
    fact.source = {End::Kind::entity, source};
    fact.relation = relation;
    fact.target = target;
    if (fact.source == fact.target) return;
    fact.trigger = trigger;
    fact.trigger_span = {trigger.token, trigger.token + 1};
    fact.source_word = source_word;
    fact.target_word = target_word;
    fact.rule = std::move(rule);
    fact.score = score;
    if (relation == "denied") denied_at_.insert(trigger);
    facts_.relations.push_back(std::move(fact));
  }

  /// Who says the clause of `token`, and the word for him: of a quotation, or of a verb of saying
  /// above it. Entity -1 when the text itself does.
  [[nodiscard]] std::pair<std::int32_t, TokenRef> speaker_of(
      std::int32_t index, std::int32_t token, const ParticipantFinder& finder) const {
    const Assertion assertion = assertion_of(syntax_[index], token, frames_[index].embeddings);
    if (assertion.speaker >= 0)
      return {finder.entity_of(assertion.speaker), {index, finder.referent(assertion.speaker)}};
    const std::int32_t mention = speakers_[index][token];
    if (mention < 0) return {-1, {}};
    const EntityMention& spoken = facts_.entities.mentions[mention];
    return {spoken.entity, {spoken.sentence, spoken.head}};
  }

  /// "X must withdraw", said by Y.
  void read_demand(std::int32_t index, std::int32_t modal, const ParticipantFinder& finder) {
    const SyntaxView& tree = syntax_[index];
    if (tree.key(modal) != "must" || !tree.is(modal, "aux") || tree.head(modal) < 0) return;
    const std::int32_t verb = tree.head(modal);
    const std::int32_t subject = tree.passive(verb) ? -1 : tree.subject(verb);
    if (subject < 0) return;
    const auto [speaker, word] = speaker_of(index, verb, finder);
    if (!is_actor(speaker)) return;
    for (const std::int32_t who : tree.conjuncts(finder.referent(subject))) {
      const std::int32_t asked = finder.entity_of(who);
      const EntityMention* mention = facts_.entities.at(index, who);
      const bool self =
          mention != nullptr && mention->form == MentionForm::pronoun && mention->person != 3;
      if (!is_actor(asked) || asked == speaker || self) continue;
      add(speaker, "demanded from", {End::Kind::entity, asked}, word, {index, who}, {index, modal},
          "must", demand_score);
    }
  }

  /// "The Church denied these allegations": the last thing that another one said.
  void read_denial(std::int32_t index, const Frame& frame, const ParticipantFinder& finder) {
    static const std::set<std::string, std::less<>> said = {
        "allegation", "accusation", "claim", "charge", "report", "suggestion", "assertion", "it"};
    if (frame.entry == nullptr || !frame.entry->speech ||
        frame.entry->speech->strength != SpeechStrength::denied)
      return;
    const SyntaxView& tree = syntax_[index];
    const bool told = denied_at_.contains({index, frame.site.token});
    const std::int32_t object = tree.child(frame.site.token, "obj");
    if (told || object < 0 || !said.contains(tree.key(object))) return;
    if (tree.child(object, "acl") >= 0 || tree.child(frame.site.token, "ccomp") >= 0) return;
    for (const Filler& filler : finder.find(frame.site, frame.entry->speech->speaker)) {
      const std::int32_t denier = finder.entity_of(filler.token);
      if (!is_actor(denier)) continue;
      const std::int32_t event = last_claim(index, denier);
      if (event < 0) continue;
      add(denier, "denied", {End::Kind::event, event}, {index, filler.token},
          facts_.events[event].trigger, {index, frame.site.token}, "denied what was said",
          denial_score * filler.score);
    }
  }

  /// "Amnesty welcomed the ruling", "Iran criticised the decision": the last event that the noun
  /// can mean.
  void read_reaction(std::int32_t index, const Frame& frame, const ParticipantFinder& finder) {
    if (frame.entry == nullptr) return;
    const auto rule = std::find_if(
        frame.entry->relations.begin(), frame.entry->relations.end(), [](const auto& relation) {
          return relation.relation == "condemned" || relation.relation == "praised";
        });
    if (rule == frame.entry->relations.end()) return;
    const SyntaxView& tree = syntax_[index];
    const std::int32_t verb = frame.site.token;
    const bool told = std::any_of(
        facts_.relations.begin(), facts_.relations.end(), [&](const RelationFact& fact) {
          return fact.trigger == TokenRef{index, verb} && fact.relation == rule->relation;
        });
    const std::int32_t object =
        tree.passive(verb) ? tree.child(verb, "nsubj:pass") : tree.child(verb, "obj");
    if (told || object < 0 || !takes_up_event(tree, object)) return;
    for (const Filler& filler : finder.find(frame.site, rule->source)) {
      const std::int32_t who = finder.entity_of(filler.token);
      if (!is_actor(who)) continue;
      const std::int32_t event = event_meant(index, verb, tree.key(object), who);
      if (event < 0) continue;
      add(who, rule->relation, {End::Kind::event, event}, {index, filler.token}, {index, object},
          {index, verb}, frame.key, reaction_score * filler.score);
    }
  }

  /// "the ruling", "this decision", with nothing that says which.
  [[nodiscard]] static bool takes_up_event(const SyntaxView& tree, std::int32_t noun) {
    const std::int32_t determiner = tree.child(noun, "det");
    if (determiner < 0 || (tree.key(determiner) != "the" && tree.key(determiner) != "this"))
      return false;
    return tree.child(noun, "nmod") < 0 && tree.child(noun, "acl") < 0;
  }

  /// The nearest event before the verb, at most two sentences back, of a type that the noun can
  /// mean and in which somebody else acts; -1.
  [[nodiscard]] std::int32_t event_meant(std::int32_t index, std::int32_t verb,
                                         const std::string& noun, std::int32_t who) const {
    static const std::set<std::string, std::less<>> judgments = {"ruling", "verdict", "sentence",
                                                                 "judgment", "judgement"};
    static const std::set<std::string, std::less<>> acts = {"decision", "move", "step", "measure",
                                                            "action",   "act",  "plan"};
    static const std::set<std::string, std::less<>> words = {
        "accusation", "statement", "support", "request", "meeting", "rejection", "threat"};
    static const std::set<std::string, std::less<>> deals = {
        "takeover", "acquisition", "purchase", "merger", "sale", "offer", "bid", "transaction"};
    const bool judged = judgments.contains(noun);
    const bool dealt = deals.contains(noun);
    if (!judged && !dealt && !acts.contains(noun)) return -1;
    const std::int32_t reach = dealt ? 8 : 2;
    for (std::int32_t sentence = index; sentence >= std::max(0, index - reach); --sentence) {
      const auto& events = events_of_sentence_[sentence];
      for (std::size_t i = events.size(); i-- > 0;) {
        const EventFact& event = facts_.events[events[i]];
        if (sentence == index && event.trigger.token >= verb) continue;
        if (judged  ? event.type != "trial"
            : dealt ? event.type != "transaction"
                    : words.contains(event.type))
          continue;
        const bool acted =
            std::any_of(event.participants.begin(), event.participants.end(),
                        [&](const Participant& p) { return p.role == "agent" && p.entity != who; });
        if (acted || (judged && !event.participants.empty())) return events[i];
      }
    }
    return -1;
  }

  /// The latest event before sentence `index` that somebody else than `denier` tells of, best one
  /// in which the denier takes part; -1.
  [[nodiscard]] std::int32_t last_claim(std::int32_t index, std::int32_t denier) const {
    const auto charged = [&](const EventFact& event) {
      return (event.type == "trial" || event.type == "accusation") &&
             std::any_of(
                 event.participants.begin(), event.participants.end(),
                 [&](const Participant& p) { return p.entity == denier && p.role == "patient"; });
    };
    std::int32_t best = -1;
    bool best_involved = false;
    for (std::int32_t s = std::max(0, index - reach_of_denial); s < index; ++s) {
      for (const std::int32_t i : events_of_sentence_[s]) {
        const EventFact& event = facts_.events[i];
        const std::int32_t speaker = event.assertion.speaker;
        if (event.participants.empty()) continue;
        if ((speaker < 0 || speaker == denier) && !charged(event)) continue;
        const bool involved = std::any_of(event.participants.begin(), event.participants.end(),
                                          [&](const Participant& p) { return p.entity == denier; });
        if (best >= 0 && best_involved && !involved) continue;
        best = i;
        best_involved = involved;
      }
    }
    return best;
  }

  std::span<const SyntaxView> syntax_;
  const SpeakerMap& speakers_;
  std::span<const SentenceFrames> frames_;
  const NounKnowledge& nouns_;
  DocumentFacts& facts_;
  std::vector<std::vector<std::int32_t>> events_of_sentence_;
  std::set<TokenRef> denied_at_;  ///< triggers of denials
};

}  // namespace

void add_stances(std::span<const SyntaxView> syntax, const SpeakerMap& speakers,
                 std::span<const SentenceFrames> frames, const NounKnowledge& nouns,
                 DocumentFacts& facts) {
  StanceReader(syntax, speakers, frames, nouns, facts).read();
}

}  // namespace relata::text
