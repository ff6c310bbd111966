#include "importers/text/event_merging.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>

namespace relata::text {

namespace {

/// How far back, in sentences, a definite noun may take up an event that it shares no participant
/// with.
constexpr std::int32_t reach_of_definite_noun = 6;

std::set<std::int32_t> in_role(const EventFact& event, std::string_view role) {
  std::set<std::int32_t> entities;
  for (const Participant& participant : event.participants) {
    if (participant.role == role) entities.insert(participant.entity);
  }
  return entities;
}

bool intersect(const std::set<std::int32_t>& left, const std::set<std::int32_t>& right) {
  return std::any_of(left.begin(), left.end(),
                     [&](std::int32_t entity) { return right.contains(entity); });
}

/// True when both name somebody in the role and nobody is named by both.
bool disagree(const EventFact& left, const EventFact& right, std::string_view role) {
  const auto a = in_role(left, role);
  const auto b = in_role(right, role);
  return !a.empty() && !b.empty() && !intersect(a, b);
}

bool same_reality(const Assertion& left, const Assertion& right) {
  const auto reality = [](Modality modality) {
    return modality == Modality::reported ? Modality::asserted : modality;
  };
  return left.polarity == right.polarity && reality(left.modality) == reality(right.modality);
}

bool times_disagree(const TimeSpan& left, const TimeSpan& right) {
  return left.known() && right.known() && (left.from > right.to || right.from > left.to);
}

class Merger final {
 public:
  Merger(std::span<const SyntaxView> syntax, DocumentFacts& facts)
      : syntax_(syntax), facts_(facts) {
    for (std::size_t i = 0; i < facts.events.size(); ++i) same_as_.push_back(i);
  }

  void run() {
    note_participants();
    for (std::size_t i = 0; i < facts_.events.size(); ++i) {
      if (const std::size_t earlier = find_same(i); earlier != i) merge(earlier, i);
    }
    rewrite();
    project_roles();
  }

 private:
  /// Whoever is killed or wounded in an event is its patient ("killed in a stampede"), whoever took
  /// part an agent.
  void note_participants() {
    for (const RelationFact& fact : facts_.relations) {
      const bool victim = fact.relation == "killed in" || fact.relation == "wounded in";
      const bool party = fact.relation == "participated in";
      if ((!victim && !party) || fact.target.kind != End::Kind::event ||
          fact.source.kind != End::Kind::entity)
        continue;
      EventFact& event = facts_.events[fact.target.index];
      const bool known =
          std::any_of(event.participants.begin(), event.participants.end(),
                      [&](const Participant& p) { return p.entity == fact.source.index; });
      if (!known)
        event.participants.push_back(
            {victim ? "patient" : "agent", fact.source.index, fact.source_word, fact.score});
    }
  }

  [[nodiscard]] const std::string& lemma(const EventFact& event) const {
    return syntax_[event.trigger.sentence].key(event.trigger.token);
  }

  /// The noun of the verb or the verb of the noun: "capture" and "captured", "deployment" and
  /// "deploy".
  [[nodiscard]] bool same_stem(const EventFact& left, const EventFact& right) const {
    const std::string& a = lemma(left);
    const std::string& b = lemma(right);
    const std::size_t shorter = std::min(a.size(), b.size());
    return a.compare(0, std::min<std::size_t>(shorter, 5), b, 0,
                     std::min<std::size_t>(shorter, 5)) == 0;
  }

  [[nodiscard]] static bool names_victims(const EventFact& event) {
    return event.rule == "among the dead";
  }

  /// Nothing tells the two events apart.
  [[nodiscard]] static bool may_be_one(const EventFact& earlier, const EventFact& event) {
    if (earlier.type != event.type || earlier.trigger == event.trigger) return false;
    if (!same_reality(earlier.assertion, event.assertion)) return false;
    if (times_disagree(earlier.time, event.time)) return false;
    // "Among the dead was X" names a victim of the killing that was told.
    if (names_victims(event)) return !disagree(earlier, event, "place");
    // A war has many parties: "the conflict" of a text is one, whoever is told to be in it.
    const bool war = event.type == "war" && event.definite && earlier.nominal;
    return !disagree(earlier, event, "place") &&
           (war || (!disagree(earlier, event, "agent") && !disagree(earlier, event, "patient")));
  }

  [[nodiscard]] bool surely_one(const EventFact& earlier, const EventFact& event) const {
    const bool stem = same_stem(earlier, event);
    if (names_victims(event)) return true;
    if (event.type == "war" && event.definite && earlier.nominal) return true;
    if (intersect(in_role(earlier, "patient"), in_role(event, "patient"))) return true;
    if (stem && intersect(in_role(earlier, "agent"), in_role(event, "agent"))) return true;
    return stem && takes_up(earlier, event);
  }

  [[nodiscard]] static bool takes_up(const EventFact& earlier, const EventFact& event) {
    const std::int32_t distance = event.trigger.sentence - earlier.trigger.sentence;
    return event.definite && distance > 0 && distance <= reach_of_definite_noun &&
           !earlier.participants.empty();
  }

  /// The nearest event that is surely the same; else, for a definite noun without participants
  /// ("the strike" after "was shelled"), the only event of its type within reach.
  [[nodiscard]] std::size_t find_same(std::size_t index) const {
    const EventFact& event = facts_.events[index];
    std::size_t only = index;
    std::size_t candidates = 0;
    for (std::size_t back = index; back-- > 0;) {
      const EventFact& earlier = facts_.events[back];
      if (same_as_[back] != back || !may_be_one(earlier, event)) continue;
      if (surely_one(earlier, event)) return back;
      if (!event.participants.empty() || !takes_up(earlier, event)) continue;
      only = back;
      ++candidates;
    }
    return candidates == 1 ? only : index;
  }

  void merge(std::size_t into, std::size_t from) {
    EventFact& kept = facts_.events[into];
    EventFact& gone = facts_.events[from];
    same_as_[from] = into;
    kept.more_triggers.push_back(gone.trigger);
    if (gone.name != kept.name) kept.aliases.push_back(gone.name);
    for (const Participant& participant : gone.participants) {
      const bool known = std::any_of(
          kept.participants.begin(), kept.participants.end(), [&](const Participant& p) {
            return p.entity == participant.entity && p.role != participant.role &&
                   p.role != "place" && participant.role != "place";
          });
      if (!known) kept.participants.push_back(participant);
    }
    if (!kept.time.known()) kept.time = gone.time;
    kept.assertion.modality = std::min(kept.assertion.modality, gone.assertion.modality);
    if (kept.assertion.speaker != gone.assertion.speaker) kept.assertion.speaker = -1;
  }

  void rewrite() {
    std::vector<EventFact> kept;
    std::vector<std::int32_t> new_index(facts_.events.size(), -1);
    for (std::size_t i = 0; i < facts_.events.size(); ++i) {
      if (same_as_[i] != i) {
        new_index[i] = new_index[same_as_[i]];
        continue;
      }
      if (facts_.events[i].participants.empty() && !facts_.events[i].named) continue;
      new_index[i] = static_cast<std::int32_t>(kept.size());
      kept.push_back(std::move(facts_.events[i]));
    }
    facts_.events = std::move(kept);
    const auto renumber = [&](End& end) {
      if (end.kind == End::Kind::event) end.index = new_index[end.index];
      return end.index >= 0;
    };
    std::erase_if(facts_.relations, [&](RelationFact& fact) {
      const bool source = renumber(fact.source);
      const bool target = renumber(fact.target);
      return !source || !target || fact.source == fact.target;
    });
  }

  /// The direct relation that an event's type implies between its agent and its patient, read from
  /// patient to agent when `passive`.
  struct Projection {
    std::string_view event;
    std::string_view relation;
    bool passive = true;
  };

  [[nodiscard]] static const Projection* projection_of(std::string_view event) {
    static constexpr std::array<Projection, 12> table = {
        {{"capture", "captured by", true},
         {"attack", "attacked by", true},
         {"death", "killed by", true},
         {"injury", "wounded by", true},
         {"seizure", "controlled by", true},
         {"sanction", "sanctioned by", true},
         {"trial", "charged by", true},
         {"investigation", "investigated by", true},
         {"appointment", "appointed by", true},
         {"support", "supports", false},
         {"request", "demanded from", false},
         {"threat", "threatened", false}}};
    for (const Projection& projection : table) {
      if (projection.event == event) return &projection;
    }
    return nullptr;
  }

  /// States the direct relation of an event's agent and patient where no rule did, as when two
  /// words of one event name one each.
  void project_roles() {
    std::set<std::pair<std::int32_t, std::int32_t>> related;
    for (const RelationFact& fact : facts_.relations) {
      if (fact.source.kind == End::Kind::event || fact.target.kind == End::Kind::event) continue;
      related.insert({fact.source.index, fact.target.index});
      related.insert({fact.target.index, fact.source.index});
    }
    for (const EventFact& event : facts_.events) {
      const Projection* projection = projection_of(event.type);
      if (projection == nullptr) continue;
      for (const Participant& agent : event.participants) {
        if (agent.role != "agent") continue;
        for (const Participant& patient : event.participants) {
          if (patient.role != "patient" || patient.entity == agent.entity) continue;
          if (related.contains({agent.entity, patient.entity})) continue;
          if (const auto told = in_one_sentence(event, agent, patient))
            add_projection(event, *projection, told->first, told->second);
        }
      }
    }
  }

  /// Agent and patient with their words in one sentence; where they stand in different ones, the
  /// event's word stands for the one that its sentence does not name ("The group claimed the
  /// attack."). None when no sentence of either has a word for the event.
  [[nodiscard]] static std::optional<std::pair<Participant, Participant>> in_one_sentence(
      const EventFact& event, Participant agent, Participant patient) {
    if (agent.word.sentence == patient.word.sentence) return std::pair(agent, patient);
    std::vector<TokenRef> triggers = event.more_triggers;
    triggers.insert(triggers.begin(), event.trigger);
    for (const auto& [named, other] : {std::pair(&agent, &patient), std::pair(&patient, &agent)}) {
      for (const TokenRef& trigger : triggers) {
        if (trigger.sentence != named->word.sentence) continue;
        other->word = trigger;
        return std::pair(agent, patient);
      }
    }
    return std::nullopt;
  }

  void add_projection(const EventFact& event, const Projection& projection,
                      const Participant& agent, const Participant& patient) {
    const Participant& source = projection.passive ? patient : agent;
    const Participant& target = projection.passive ? agent : patient;
    RelationFact fact;
    fact.source = {End::Kind::entity, source.entity};
    fact.target = {End::Kind::entity, target.entity};
    fact.relation = projection.relation;
    fact.trigger = event.trigger;
    for (const TokenRef& other : event.more_triggers) {
      if (other.sentence == source.word.sentence) fact.trigger = other;
    }
    if (event.trigger.sentence == source.word.sentence) fact.trigger = event.trigger;
    fact.trigger_span = {fact.trigger.token, fact.trigger.token + 1};
    fact.source_word = source.word;
    fact.target_word = target.word;
    fact.assertion = event.assertion;
    fact.time = event.time;
    fact.rule = "roles of " + event.rule;
    fact.score = event.score * agent.score * patient.score * 0.8F;
    facts_.relations.push_back(std::move(fact));
  }

  std::span<const SyntaxView> syntax_;
  DocumentFacts& facts_;
  std::vector<std::size_t> same_as_;
};

}  // namespace

void merge_events(std::span<const SyntaxView> syntax, DocumentFacts& facts) {
  Merger(syntax, facts).run();
}

}  // namespace relata::text
