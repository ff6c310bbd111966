#include "importers/text/clause_facts.h"

#include <algorithm>
#include <array>
#include <string>

namespace relata::text {

namespace {

constexpr auto actors = static_cast<ParticipantKinds>(ParticipantKind::actor);
constexpr auto events = static_cast<ParticipantKinds>(ParticipantKind::event);

class ClauseReader final {
 public:
  explicit ClauseReader(SentenceContext& context) : context_(context) {}

  void read() {
    for (const Frame& frame : context_.frames.frames) {
      if (frame.entry == nullptr) continue;
      const bool harm = frame.entry->event == "death" || frame.entry->event == "injury";
      if (harm || frame.entry->event == "capture") harm_by_clause(frame);
      if (harm) harm_in_event(frame);
      if (frame.entry->event == "request") asked_in_clause(frame);
      if (frame.entry->event == "threat") threatened_in_clause(frame);
    }
    share_events_of_harm();
    for (std::int32_t t = 0; t < tree_.size(); ++t) {
      left_harmed(t);
      harmed_to_death(t);
      among_the_dead(t);
      responsibility_taken(t);
      behind_the_deed(t);
    }
  }

 private:
  /// "14 civilians were killed when a drone struck a market": the event of the clause is what they
  /// were killed in. "The girls were seized when gunmen raided a school": who attacks there did it.
  void harm_by_clause(const Frame& frame) {
    static const std::array<std::string_view, 3> marks = {"when", "after", "as"};
    const std::string& type = frame.entry->event;
    const std::string place_of = type == "death" ? "killed in" : "wounded in";
    const std::string done_by = type == "death"    ? "killed by"
                                : type == "injury" ? "wounded by"
                                                   : "captured by";
    constexpr auto actor = static_cast<ParticipantKinds>(ParticipantKind::actor);
    const bool agentless = finder_.find(frame.site, frame.entry->agent, actor).empty() &&
                           tree_.passive(frame.site.token);
    for (std::int32_t verb = frame.site.token;; verb = tree_.head(verb)) {
      for (const std::int32_t clause : tree_.children(verb)) {
        if (!tree_.is(clause, "advcl") || clause < frame.site.token || event_at_[clause] < 0)
          continue;
        const bool timed = std::any_of(marks.begin(), marks.end(), [&](std::string_view mark) {
          return tree_.child_with_lemma(clause, mark) >= 0;
        });
        if (!timed) continue;
        const EventFact& cause = facts_.events[event_at_[clause]];
        const bool violent = cause.type == "attack" || cause.type == "seizure";
        std::vector<std::int32_t> doers;
        for (const Participant& participant : cause.participants) {
          if (participant.role == "agent") doers.push_back(participant.word.token);
        }
        for (const Filler& victim : finder_.find(frame.site, frame.entry->patient, actor)) {
          if (type != "capture") {
            context_.add_relation(frame, victim, place_of, {clause, 0.8F}, actor,
                                  static_cast<ParticipantKinds>(ParticipantKind::event));
          }
          if (!agentless || !violent) continue;
          for (const std::int32_t doer : doers) {
            if ((finder_.kinds_of(doer) & actor) != 0)
              context_.add_relation(frame, victim, done_by, {doer, 0.7F}, actor, actor);
          }
        }
        return;
      }
      if (!tree_.is(verb, "conj") || tree_.head(verb) < 0) return;
    }
  }

  /// "The crackdown left at least ten people dead", "leaving 13 wounded".
  void left_harmed(std::int32_t verb) {
    const bool shot = tree_.key(verb) == "shoot";
    if ((tree_.key(verb) != "leave" && !shot) || tree_.token(verb).upos != Upos::verb) return;
    for (std::int32_t word = verb + 1; word < tree_.size(); ++word) {
      const std::string form = lower(tree_.token(word).form);
      const bool dead = form == "dead";
      if (!dead && form != "wounded" && form != "injured") continue;
      if (event_at_[word] >= 0) return;
      std::int32_t victim = -1;
      const std::int32_t above = tree_.head(word);
      if (above == verb && tree_.is(word, "obj")) {
        victim = word;
      } else if (above == verb) {
        victim = tree_.passive(verb) ? tree_.subject(verb) : tree_.child(verb, "obj");
      } else if (above >= 0 && tree_.head(above) == verb && tree_.is(above, "obj")) {
        victim = above;
      }
      if (victim < 0 || finder_.entity_of(victim) < 0) return;
      Frame frame;
      frame.site = {index_, verb, nullptr, -1, {}};
      frame.key = "left " + form;
      add_event(word, verb, dead ? "death" : "injury", frame.key,
                {{"patient", finder_.entity_of(victim), {index_, victim}, 0.8F}});
      if (shot) {
        const std::int32_t doer =
            tree_.passive(verb) ? tree_.child(verb, "obl:agent") : tree_.subject(verb);
        if (doer >= 0 && (finder_.kinds_of(doer) & actors) != 0) {
          context_.add_relation(frame, {victim, 0.8F}, dead ? "killed by" : "wounded by",
                                {doer, 0.9F}, actors, actors);
        }
        return;
      }
      const std::int32_t cause = tree_.subject(verb);
      const std::int32_t clause = tree_.is(verb, "advcl") ? tree_.head(verb) : -1;
      for (const std::int32_t by : {cause, clause}) {
        if (by < 0 || event_at_[by] < 0) continue;
        context_.add_relation(frame, {victim, 0.8F}, dead ? "killed in" : "wounded in", {by, 0.9F},
                              static_cast<ParticipantKinds>(ParticipantKind::actor),
                              static_cast<ParticipantKinds>(ParticipantKind::event));
        return;
      }
      return;
    }
  }

  /// Adds an event with `token` as trigger, in place of one without participants.
  void add_event(std::int32_t token, std::int32_t clause, const std::string& type,
                 const std::string& rule, std::vector<Participant> participants) {
    Frame frame;
    frame.site = {index_, clause, nullptr, -1, {}};
    EventFact event;
    event.type = type;
    event.trigger = {index_, token};
    event.name = tree_.token(token).form;
    event.rule = rule;
    event.score = 0.8F;
    event.assertion = context_.assertion(frame.site);
    event.time = context_.time_of(frame.site);
    event.participants = std::move(participants);
    if (event_at_[token] >= 0) {
      facts_.events[event_at_[token]] = std::move(event);
      return;
    }
    event_at_[token] = static_cast<std::int32_t>(facts_.events.size());
    facts_.events.push_back(std::move(event));
  }

  /// The token triggers an event of which the sentence says who takes part.
  [[nodiscard]] bool told_of(std::int32_t token) const {
    return event_at_[token] >= 0 && !facts_.events[event_at_[token]].participants.empty();
  }

  /// "crushed to death", "beaten to death by a mob"
  void harmed_to_death(std::int32_t death) {
    const std::int32_t verb = tree_.head(death);
    if (tree_.key(death) != "death" || verb < 0 || tree_.preposition(death) != "to" ||
        tree_.token(verb).upos != Upos::verb || told_of(death))
      return;
    static const std::array<std::string_view, 8> not_harm = {"go",    "lead",  "react", "respond",
                                                             "bring", "close", "come",  "sentence"};
    if (std::find(not_harm.begin(), not_harm.end(), tree_.key(verb)) != not_harm.end()) return;
    const bool passive = tree_.passive(verb) || tree_.token(verb).xpos == "VBN";
    const std::int32_t victim = tree_.is(verb, "acl") ? tree_.head(verb)
                                : passive             ? tree_.subject(verb)
                                                      : tree_.child(verb, "obj");
    std::int32_t doer = passive ? tree_.child(verb, "obl:agent") : tree_.subject(verb);
    // "burned to death", "starved to death": the subject dies.
    const bool dies = victim < 0 && !passive;
    const std::int32_t dead = dies ? doer : victim;
    if (dies) doer = -1;
    if (dead < 0 || (finder_.kinds_of(dead) & actors) == 0) return;
    Frame frame;
    frame.site = {index_, verb, nullptr, -1, {}};
    frame.key = tree_.key(verb) + " to death";
    std::vector<Participant> participants;
    const auto take = [&](const char* role, std::int32_t token) {
      for (const std::int32_t word : tree_.conjuncts(finder_.referent(token))) {
        if (const std::int32_t entity = finder_.entity_of(word); entity >= 0)
          participants.push_back({role, entity, {index_, word}, 0.85F});
      }
    };
    take("patient", dead);
    if (doer >= 0 && (finder_.kinds_of(doer) & actors) != 0) take("agent", doer);
    if (participants.empty()) return;
    for (const std::int32_t child : tree_.children(verb)) {
      const std::string preposition = tree_.is(child, "obl") ? tree_.preposition(child) : "";
      const bool where = preposition == "in" || preposition == "at" || preposition == "near";
      if (!where || finder_.entity_of(child) < 0) continue;
      context_.add_relation(frame, {dead, 0.85F}, "killed in", {child, 0.85F}, actors,
                            static_cast<ParticipantKinds>(ParticipantKind::place));
    }
    if (doer >= 0)
      context_.add_relation(frame, {dead, 0.85F}, "killed by", {doer, 0.85F}, actors, actors);
    add_event(death, verb, "death", frame.key, std::move(participants));
  }

  /// "Among the dead was X", "X was among those killed in the attack"
  void among_the_dead(std::int32_t group) {
    static const std::array<std::string_view, 4> dead = {"dead", "victim", "casualty", "fatality"};
    if (tree_.preposition(group) != "among") return;
    const std::int32_t above = tree_.head(group);
    const bool inverted =
        above > group && tree_.is_nominal(above) && tree_.child(above, "cop") >= 0;
    const std::int32_t subject = inverted                         ? above
                                 : tree_.child(group, "cop") >= 0 ? tree_.child(group, "nsubj")
                                                                  : -1;
    if (subject < 0 || (finder_.kinds_of(subject) & actors) == 0) return;
    std::int32_t event = -1;
    for (const std::int32_t child : tree_.children(group)) {
      if (!tree_.is(child, "acl") && !tree_.is(child, "nmod")) continue;
      if (event_at_[child] >= 0) event = child;
    }
    const bool plainly =
        std::find(dead.begin(), dead.end(), tree_.key(group)) != dead.end() && !told_of(group);
    std::vector<Participant> members;
    for (const std::int32_t word : tree_.conjuncts(finder_.referent(subject))) {
      if (const std::int32_t entity = finder_.entity_of(word); entity >= 0)
        members.push_back({"patient", entity, {index_, word}, 0.85F});
    }
    Frame frame;
    frame.site = {index_, group, nullptr, -1, {}};
    frame.key = "among the dead";
    if (event >= 0) {
      EventFact& told = facts_.events[event_at_[event]];
      const bool harm = told.type == "death" || told.type == "injury" || told.type == "capture";
      if (harm) told.participants.insert(told.participants.end(), members.begin(), members.end());
      const std::int32_t cause = harm ? cause_of(event) : event;
      const char* relation = told.type == "injury" ? "wounded in" : "killed in";
      if (cause >= 0 && told.type != "capture" && (harm || plainly))
        context_.add_relation(frame, {subject, 0.85F}, relation, {cause, 0.85F}, actors, events);
    }
    if (plainly && !members.empty()) add_event(group, group, "death", frame.key, members);
  }

  /// "killed in the attack": the attack.
  [[nodiscard]] std::int32_t cause_of(std::int32_t verb) const {
    for (const std::int32_t child : tree_.children(verb)) {
      if (tree_.is(child, "obl") && event_at_[child] >= 0) return child;
    }
    return -1;
  }

  /// "A bomber struck the market, killing 13", "an attack, with ten people killed": the event that
  /// the clause hangs on is what they were killed in.
  void harm_in_event(const Frame& frame) {
    static const std::array<std::string_view, 4> causes = {"attack", "disaster", "war", "protest"};
    const std::int32_t verb = frame.site.token;
    const bool clause = tree_.is(verb, "advcl") || tree_.is(verb, "acl");
    if (!clause || tree_.head(verb) < 0) return;
    std::int32_t above = tree_.head(verb);
    const bool participle = tree_.token(verb).xpos == "VBG";
    const bool with = tree_.child_with_lemma(verb, "with") >= 0;
    if (!participle && !with && tree_.preposition(above) != "with") return;
    if (tree_.is_nominal(above) && event_at_[above] < 0 && tree_.head(above) >= 0)
      above = tree_.head(above);
    const std::int32_t event = event_at_[above];
    if (event < 0) return;
    const std::string& type = facts_.events[event].type;
    if (std::find(causes.begin(), causes.end(), type) == causes.end()) return;
    constexpr auto actor = static_cast<ParticipantKinds>(ParticipantKind::actor);
    const std::string relation = frame.entry->event == "death" ? "killed in" : "wounded in";
    for (const Filler& victim : finder_.find(frame.site, frame.entry->patient, actor)) {
      context_.add_relation(frame, victim, relation, {above, 0.8F}, actor,
                            static_cast<ParticipantKinds>(ParticipantKind::event));
    }
  }

  /// "Six were killed and 20 others wounded in a bombing": one event for coordinated harm.
  void share_events_of_harm() {
    const auto harm = [](const Frame& frame) {
      return frame.entry != nullptr &&
             (frame.entry->event == "death" || frame.entry->event == "injury");
    };
    const auto clause = [&](const Frame& frame) { return tree_.first_conjunct(frame.site.token); };
    const auto event_of = [&](const Frame& frame) {
      for (const RelationFact& fact : context_.own_relations()) {
        const bool in = fact.relation == "killed in" || fact.relation == "wounded in";
        if (in && fact.trigger == TokenRef{index_, frame.site.token} &&
            fact.target.kind == End::Kind::event)
          return fact.target_word.token;
      }
      return -1;
    };
    for (const Frame& frame : context_.frames.frames) {
      if (!harm(frame) || event_of(frame) >= 0) continue;
      for (const Frame& other : context_.frames.frames) {
        if (&other == &frame || !harm(other) || clause(other) != clause(frame)) continue;
        const std::int32_t event = event_of(other);
        if (event < 0) continue;
        const std::string relation = frame.entry->event == "death" ? "killed in" : "wounded in";
        for (const Filler& victim : finder_.find(frame.site, frame.entry->patient, actors))
          context_.add_relation(frame, victim, relation, {event, 0.8F}, actors, events);
        break;
      }
    }
  }

  /// "X claimed responsibility for the bombing", "for which X has claimed responsibility": by his
  /// own word X did it.
  void responsibility_taken(std::int32_t noun) {
    static const std::array<std::string_view, 5> verbs = {"claim", "take", "accept", "admit",
                                                          "assume"};
    const std::int32_t verb = tree_.key(noun) == "responsibility" ? tree_.head(noun) : -1;
    if (verb < 0 || !tree_.is(noun, "obj") || is_negated(tree_, verb) ||
        std::find(verbs.begin(), verbs.end(), tree_.key(verb)) == verbs.end())
      return;
    const std::int32_t subject = tree_.subject(verb);
    if (subject < 0 || tree_.passive(verb)) return;
    for (const std::int32_t above : {noun, verb}) {
      for (const std::int32_t child : tree_.children(above)) {
        if (tree_.preposition(child) != "for") continue;
        for (const std::int32_t deed : tree_.conjuncts(finder_.referent(child))) {
          if (event_at_[deed] < 0) continue;
          EventFact& event = facts_.events[event_at_[deed]];
          for (const std::int32_t doer : tree_.conjuncts(finder_.referent(subject)))
            take_upon(event, doer);
        }
      }
    }
  }

  /// "The SBU said it was behind the killing."
  void behind_the_deed(std::int32_t noun) {
    if (tree_.preposition(noun) != "behind" || event_at_[noun] < 0) return;
    const std::int32_t subject = tree_.child(noun, "cop") < 0 ? -1 : tree_.subject(noun);
    if (subject < 0 || is_negated(tree_, noun)) return;
    for (const std::int32_t doer : tree_.conjuncts(finder_.referent(subject)))
      take_upon(facts_.events[event_at_[noun]], doer);
  }

  /// Adds `doer` as agent unless the event has one.
  void take_upon(EventFact& event, std::int32_t doer) {
    const bool has_agent =
        std::any_of(event.participants.begin(), event.participants.end(),
                    [](const Participant& participant) { return participant.role == "agent"; });
    const std::int32_t entity = finder_.entity_of(doer);
    if (has_agent || entity < 0 || (finder_.kinds_of(doer) & actors) == 0) return;
    event.participants.push_back({"agent", entity, {index_, doer}, 0.85F});
  }

  [[nodiscard]] bool related(const Frame& frame, std::string_view relation) const {
    const auto own = context_.own_relations();
    return std::any_of(own.begin(), own.end(), [&](const RelationFact& fact) {
      return fact.relation == relation && fact.trigger == TokenRef{index_, frame.site.token};
    });
  }

  /// "The union demanded that the company guarantee jobs": the clause's subject is who is asked.
  void asked_in_clause(const Frame& frame) {
    if (related(frame, "demanded from")) return;
    const std::int32_t clause = tree_.child(frame.site.token, "ccomp");
    if (clause < 0) return asked_to_act(frame);
    const std::int32_t subject = tree_.passive(clause) ? -1 : tree_.child(clause, "nsubj");
    if (subject >= 0) asked(frame, subject);
  }

  /// "demanded the resignation of the minister", "called for a withdrawal by the rebels": who would
  /// have to do it is asked.
  void asked_to_act(const Frame& frame) {
    const Filler* deed = nullptr;
    const auto patients = finder_.find(frame.site, frame.entry->patient, events);
    for (const Filler& filler : patients) {
      if (event_at_[filler.token] >= 0 && deed == nullptr) deed = &filler;
    }
    std::int32_t noun = deed == nullptr ? -1 : deed->token;
    for (const std::int32_t child : tree_.children(frame.site.token)) {
      const bool wanted = tree_.is(child, "obj") || tree_.preposition(child) == "for";
      if (noun < 0 && wanted && tree_.is_nominal(child) && event_at_[child] >= 0) noun = child;
    }
    if (noun < 0) return;
    const EventFact& event = facts_.events[event_at_[noun]];
    if (event.type != "departure" && event.type != "withdrawal") return;
    std::vector<std::int32_t> doers;
    for (const Participant& participant : event.participants) {
      // "called for the release of X": not X is asked.
      const bool freed = event.rule.starts_with("release") || event.rule.starts_with("free");
      const bool leaves = event.type == "withdrawal" && participant.role == "patient" && !freed;
      if (participant.role == "agent" || leaves) doers.push_back(participant.word.token);
    }
    for (const std::int32_t doer : doers) asked(frame, doer);
  }

  void asked(const Frame& frame, std::int32_t who) {
    if ((finder_.kinds_of(who) & actors) == 0) return;
    for (const Filler& speaker : finder_.find(frame.site, frame.entry->agent, actors)) {
      for (const std::int32_t one : tree_.conjuncts(finder_.referent(who)))
        context_.add_relation(frame, speaker, "demanded from", {one, 0.75F}, actors, actors);
    }
  }

  /// "They threatened to kill the hostages": whom the clause would harm is threatened.
  void threatened_in_clause(const Frame& frame) {
    const std::int32_t clause = tree_.child(frame.site.token, "xcomp");
    if (clause < 0 || event_at_[clause] < 0 || related(frame, "threatened")) return;
    const EventFact& event = facts_.events[event_at_[clause]];
    std::vector<std::int32_t> targets;
    for (const Participant& participant : event.participants) {
      if (participant.role == "patient") targets.push_back(participant.word.token);
    }
    for (const Filler& speaker : finder_.find(frame.site, frame.entry->agent, actors)) {
      for (const std::int32_t target : targets) {
        context_.add_relation(
            frame, speaker, "threatened", {target, 0.75F}, actors,
            static_cast<ParticipantKinds>(actors | static_cast<int>(ParticipantKind::place)));
      }
    }
  }

  SentenceContext& context_;
  const SyntaxView& tree_ = context_.tree;
  const std::int32_t index_ = context_.index;
  DocumentFacts& facts_ = context_.facts;
  std::vector<std::int32_t>& event_at_ = context_.event_at;
  const ParticipantFinder& finder_ = context_.finder;
};

}  // namespace

void read_clause_facts(SentenceContext& context) {
  ClauseReader(context).read();
}

}  // namespace relata::text
