#include "importers/text/event_merging.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace relata::text {

namespace {

/// How far back, in sentences, a definite noun may take up an event that it shares no participant
/// with.
constexpr std::int32_t reach_of_definite_noun = 8;

/// What the first sentences tell is what a text is about: later text takes it up from any distance.
constexpr std::int32_t last_lead_sentence = 3;

/// Of the earlier events that share a participant with one, so many of the nearest are compared
/// with it.
constexpr std::size_t most_candidates = 1000;

bool names_somebody(const EventFact& event, std::string_view role) {
  return std::any_of(event.participants.begin(), event.participants.end(),
                     [&](const Participant& participant) { return participant.role == role; });
}

/// True when both name somebody in the role, the same one.
bool share(const EventFact& left, const EventFact& right, std::string_view role) {
  return std::any_of(left.participants.begin(), left.participants.end(), [&](const auto& a) {
    return a.role == role &&
           std::any_of(right.participants.begin(), right.participants.end(),
                       [&](const auto& b) { return b.role == role && b.entity == a.entity; });
  });
}

/// True when both name somebody in the role and nobody is named by both.
bool disagree(const EventFact& left, const EventFact& right, std::string_view role) {
  return names_somebody(left, role) && names_somebody(right, role) && !share(left, right, role);
}

/// Visits several ascending lists as one, from the greatest number to the least, each number once,
/// until `visit` returns false.
template <class Visit>
void visit_backwards(std::vector<std::span<const std::size_t>> lists, Visit visit) {
  while (true) {
    std::erase_if(lists, [](const auto& list) { return list.empty(); });
    if (lists.empty()) return;
    std::size_t greatest = 0;
    for (const auto& list : lists) greatest = std::max(greatest, list.back());
    for (auto& list : lists) {
      if (list.back() == greatest) list = list.first(list.size() - 1);
    }
    if (!visit(greatest)) return;
  }
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
      const std::size_t earlier = find_same(i);
      if (earlier != i) merge(earlier, i);
      index(earlier);
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

  /// "the strike" alone: whatever is said of it, it names what was told.
  [[nodiscard]] static bool only_names(const EventFact& event) {
    return event.definite && event.participants.empty();
  }

  [[nodiscard]] static bool leads(const EventFact& event) {
    return event.trigger.sentence <= last_lead_sentence;
  }

  /// "The takeover" of a company is a purchase, "the killing" an attack.
  [[nodiscard]] static bool related(const std::string& told, const std::string& named) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> pairs = {
        {{"transaction", "seizure"},
         {"transaction", "agreement"},
         {"accusation", "trial"},
         {"trial", "accusation"},
         {"attack", "death"}}};
    return told == named || std::any_of(pairs.begin(), pairs.end(), [&](const auto& pair) {
             return pair.first == told && pair.second == named;
           });
  }

  /// Nothing tells the two events apart.
  [[nodiscard]] static bool may_be_one(const EventFact& earlier, const EventFact& event) {
    if (earlier.trigger == event.trigger) return false;
    const bool naming = only_names(event);
    if (naming ? !related(earlier.type, event.type) : earlier.type != event.type) return false;
    if (!naming && !same_reality(earlier.assertion, event.assertion)) return false;
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
    if (share(earlier, event, "patient")) return true;
    if (stem && share(earlier, event, "agent")) return true;
    return stem && takes_up(earlier, event);
  }

  [[nodiscard]] static bool takes_up(const EventFact& earlier, const EventFact& event) {
    const std::int32_t distance = event.trigger.sentence - earlier.trigger.sentence;
    if (!event.definite || distance <= 0) return false;
    if (only_names(event)) return distance <= reach_of_definite_noun || leads(earlier);
    return distance <= reach_of_definite_noun && !earlier.participants.empty();
  }

  /// The nearest event that is surely the same; else, for a definite noun without participants
  /// ("the strike" after "was shelled"), the only event of its type within reach.
  [[nodiscard]] std::size_t find_same(std::size_t index) const {
    const EventFact& event = facts_.events[index];
    std::vector<std::size_t> near;
    for (std::size_t back = index; event.definite && back-- > 0;) {
      if (event.trigger.sentence - facts_.events[back].trigger.sentence > reach_of_definite_noun)
        break;
      if (same_as_[back] == back) near.push_back(back);
    }
    for (std::size_t early = near.empty() ? index : near.back();
         only_names(event) && early-- > 0;) {
      if (leads(facts_.events[early]) && same_as_[early] == early) near.push_back(early);
    }
    std::reverse(near.begin(), near.end());
    std::vector<std::span<const std::size_t>> lists = {near};
    for (const IndexKey& key : keys_of(event, takes_up_any(event))) {
      if (const auto found = index_.find(key); found != index_.end())
        lists.push_back(found->second);
    }
    std::size_t sure = index;
    std::size_t only = index;
    std::size_t leading = index;
    std::size_t fitting = 0;
    std::size_t fitting_leads = 0;
    std::size_t compared = 0;
    visit_backwards(std::move(lists), [&](std::size_t back) {
      const EventFact& earlier = facts_.events[back];
      if (!may_be_one(earlier, event)) return ++compared < most_candidates;
      if (surely_one(earlier, event)) {
        sure = back;
        return false;
      }
      if (event.participants.empty() && takes_up(earlier, event)) {
        only = back;
        ++fitting;
        if (leads(earlier)) {
          leading = back;
          ++fitting_leads;
        }
      }
      return ++compared < most_candidates;
    });
    if (sure != index) return sure;
    if (fitting == 1) return only;
    return fitting_leads == 1 ? leading : index;
  }

  /// An event's type with somebody who acts in it (true) or whom it befalls; the entity -1 stands
  /// for any.
  using IndexKey = std::tuple<std::string, bool, std::int32_t>;

  /// "the war" and named victims take up an event whoever is told to be in it.
  [[nodiscard]] static bool takes_up_any(const EventFact& event) {
    return names_victims(event) || (event.type == "war" && event.definite);
  }

  [[nodiscard]] static std::vector<IndexKey> keys_of(const EventFact& event, bool any) {
    std::vector<IndexKey> keys;
    for (const Participant& participant : event.participants) {
      if (participant.role == "agent" || participant.role == "patient")
        keys.emplace_back(event.type, participant.role == "agent", participant.entity);
    }
    if (any) keys.emplace_back(event.type, false, -1);
    return keys;
  }

  /// Makes an event that stays findable by its participants, those that it has gained too.
  void index(std::size_t i) {
    for (const IndexKey& key : keys_of(facts_.events[i], true)) {
      std::vector<std::size_t>& list = index_[key];
      const auto place = std::lower_bound(list.begin(), list.end(), i);
      if (place == list.end() || *place != i) list.insert(place, i);
    }
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
    if (only_names(gone) && !same_reality(kept.assertion, gone.assertion)) return;
    kept.assertion.modality = std::min(kept.assertion.modality, gone.assertion.modality);
    if (kept.assertion.speaker != gone.assertion.speaker) kept.assertion.speaker = -1;
  }

  void rewrite() {
    // Somebody's stand on an event, or part in it, is worth its node: "condemned the strike".
    std::set<std::size_t> told_of;
    for (const RelationFact& fact : facts_.relations) {
      const bool stand = fact.target.kind == End::Kind::event &&
                         fact.source.kind == End::Kind::entity && fact.relation != "reported";
      if (stand) told_of.insert(same_as_[static_cast<std::size_t>(fact.target.index)]);
    }
    std::vector<EventFact> kept;
    std::vector<std::int32_t> new_index(facts_.events.size(), -1);
    for (std::size_t i = 0; i < facts_.events.size(); ++i) {
      if (same_as_[i] != i) {
        new_index[i] = new_index[same_as_[i]];
        continue;
      }
      const bool bare = facts_.events[i].participants.empty() && !facts_.events[i].named;
      if (bare && !told_of.contains(i)) continue;
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
          // Whoever steals from a charity does not control it.
          const bool place = facts_.entities.entities[patient.entity].kind == EntityKind::place;
          if (event.type == "seizure" && !place) continue;
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
  std::map<IndexKey, std::vector<std::size_t>> index_;  ///< events that stay, ascending
};

}  // namespace

void merge_events(std::span<const SyntaxView> syntax, DocumentFacts& facts) {
  Merger(syntax, facts).run();
}

}  // namespace relata::text
