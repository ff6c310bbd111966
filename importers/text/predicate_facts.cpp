#include "importers/text/predicate_facts.h"

#include <algorithm>
#include <array>
#include <optional>

#include "importers/text/speech_rules.h"

namespace relata::text {

namespace {

constexpr float unread_predicate_score = 0.6F;

/// Reads one sentence.
class SentenceReader final {
 public:
  SentenceReader(const PredicateKnowledge& predicates, const NounKnowledge& nouns,
                 const SyntaxView& tree, std::int32_t index, std::span<const TimeExpression> times,
                 DocumentFacts& facts)
      : predicates_(predicates),
        tree_(tree),
        index_(index),
        times_(times),
        facts_(facts),
        is_event_(static_cast<std::size_t>(tree.size()), false),
        event_at_(static_cast<std::size_t>(tree.size()), -1),
        finder_(tree, index, facts.entities, nouns, is_event_) {}

  SentenceFrames read() {
    collect_sites();
    for (Frame& frame : result_.frames) choose_entry(frame);
    absorb_light_verbs();
    for (Frame& frame : result_.frames) take_subject_of_clause(frame);
    for (const Frame& frame : result_.frames) collect_embeddings(frame);
    collect_sources();
    for (Frame& frame : result_.frames) make_event(frame);
    for (const Frame& frame : result_.frames) make_relations(frame);
    for (std::int32_t t = 0; t < tree_.size(); ++t) left_harmed(t);
    for (const Source& source : sources_)
      report(source.speaker, source.content, "reported", source.speaker, "according to", 0.9F);
    return std::move(result_);
  }

 private:
  struct Source {
    std::int32_t speaker;
    std::int32_t content;
  };

  [[nodiscard]] const Sentence& sentence() const { return tree_.sentence(); }

  /// "carry_out" for "carried out".
  [[nodiscard]] std::string lemma_with_particle(std::int32_t token) const {
    const std::int32_t particle = tree_.child(token, "compound:prt");
    return particle < 0 ? tree_.key(token) : tree_.key(token) + "_" + tree_.key(particle);
  }

  [[nodiscard]] static WordClass word_class(Upos upos) {
    return upos == Upos::verb || upos == Upos::aux ? WordClass::verb
           : upos == Upos::adj                     ? WordClass::adjective
                                                   : WordClass::noun;
  }

  [[nodiscard]] std::vector<std::uint32_t> entries_of(const PredicateSite& site) const {
    const std::string_view roleset =
        site.predicate == nullptr ? std::string_view() : site.predicate->roleset;
    const WordClass word = word_class(tree_.token(site.token).upos);
    // A verb and its particle mean one thing ("speak out"), whatever sense the reader gives the
    // verb.
    const std::string phrase = lemma_with_particle(site.token);
    if (phrase != tree_.key(site.token)) {
      const auto own = predicates_.find("v:" + phrase);
      if (!own.empty()) return {own.begin(), own.end()};
    }
    auto entries = predicates_.candidates(roleset, phrase, word);
    return entries.empty() ? predicates_.candidates(roleset, tree_.key(site.token), word) : entries;
  }

  /// The name that holds the token, null when there is none.
  [[nodiscard]] const Name* name_at(std::int32_t token) const {
    for (const Name& name : sentence().names) {
      if (name.span.contains(token)) return &name;
    }
    return nullptr;
  }

  void collect_sites() {
    std::vector<bool> seen(static_cast<std::size_t>(tree_.size()), false);
    std::vector<PredicateSite> sites;
    for (const Predicate& predicate : sentence().predicates) {
      seen[predicate.token] = true;
      sites.push_back({index_, predicate.token, &predicate, -1, {}});
    }
    for (std::int32_t t = 0; t < tree_.size(); ++t) {
      const Upos upos = tree_.token(t).upos;
      const bool content_word = upos == Upos::noun || upos == Upos::verb || upos == Upos::propn;
      if (!seen[t] && content_word) sites.push_back({index_, t, nullptr, -1, {}});
    }
    std::sort(sites.begin(), sites.end(),
              [](const PredicateSite& a, const PredicateSite& b) { return a.token < b.token; });
    for (PredicateSite& site : sites) {
      const Name* name = name_at(site.token);
      if (name != nullptr && name->type != "event") continue;
      const auto entries = entries_of(site);
      if (entries.empty()) continue;
      is_event_[site.token] = std::any_of(entries.begin(), entries.end(), [&](std::uint32_t i) {
        return !predicates_.entry(i).event.empty() && predicates_.entry(i).light.empty();
      });
      Frame frame;
      frame.site = std::move(site);
      result_.frames.push_back(std::move(frame));
    }
  }

  void choose_entry(Frame& frame) const {
    frame.entry = nullptr;
    for (const std::uint32_t i : entries_of(frame.site)) {
      const PredicateEntry& entry = predicates_.entry(i);
      if (!finder_.holds(frame.site, entry)) continue;
      frame.entry = &entry;
      break;
    }
    const bool known =
        frame.site.predicate != nullptr && !predicates_.find(frame.site.predicate->roleset).empty();
    frame.key = known ? frame.site.predicate->roleset : lemma_with_particle(frame.site.token);
  }

  [[nodiscard]] Frame* frame_at(std::int32_t token) {
    for (Frame& frame : result_.frames) {
      if (frame.site.token == token) return &frame;
    }
    return nullptr;
  }

  void absorb_light_verbs() {
    for (Frame& frame : result_.frames) {
      if (frame.entry == nullptr || frame.entry->light.empty()) continue;
      for (const Filler& filler : finder_.find(frame.site, frame.entry->light)) {
        Frame* noun = frame_at(filler.token);
        if (noun == nullptr || noun == &frame) continue;
        lend(frame, *noun);
        choose_entry(*noun);
        const bool tells = noun->entry != nullptr && !noun->entry->event.empty();
        frame.absorbed = frame.absorbed || tells;
      }
    }
  }

  /// "He raised this in a call with X": who acts in the clause meets or agrees with X.
  void take_subject_of_clause(Frame& frame) const {
    static const std::array<std::string_view, 6> during = {"in",    "during", "at",
                                                           "after", "on",     "following"};
    const std::int32_t noun = frame.site.token;
    if (frame.entry == nullptr || frame.site.light_verb >= 0 || !tree_.is(noun, "obl")) return;
    if (frame.entry->event != "meeting" && frame.entry->event != "agreement") return;
    const std::string preposition = tree_.preposition(noun);
    const bool time = std::find(during.begin(), during.end(), preposition) != during.end();
    constexpr auto actor = static_cast<ParticipantKinds>(ParticipantKind::actor);
    if (!time || !finder_.find(frame.site, frame.entry->agent, actor).empty()) return;
    const std::int32_t verb = tree_.head(noun);
    const std::int32_t subject = verb < 0 || tree_.passive(verb) ? -1 : tree_.subject(verb);
    if (subject < 0 || (finder_.kinds_of(subject) & actor) == 0) return;
    const auto others = finder_.find(frame.site, {{SelectorKind::preposition, "with"}}, actor);
    if (others.empty()) return;
    frame.site.lent.try_emplace("ARG0", tree_.conjuncts(finder_.referent(subject)));
  }

  void lend(const Frame& verb, Frame& noun) const {
    noun.site.light_verb = verb.site.token;
    const auto give = [&](const Selectors& selectors, const char* role) {
      std::vector<std::int32_t> tokens;
      for (const Filler& filler : finder_.find(verb.site, selectors)) {
        if (filler.token != noun.site.token) tokens.push_back(filler.token);
      }
      if (!tokens.empty()) noun.site.lent.try_emplace(role, std::move(tokens));
    };
    give(verb.entry->agent, "ARG0");
    give(verb.entry->patient, "ARG1");
    give(verb.entry->recipient, "ARG2");
    give(verb.entry->place, "ARGM-LOC");
  }

  /// What the speech verb's content is when the reader gave it no such argument: its clause, or the
  /// clause that it hangs on.
  [[nodiscard]] std::vector<std::int32_t> contents(const Frame& frame,
                                                   const Selectors& selectors) const {
    std::vector<std::int32_t> tokens;
    for (const Filler& filler : finder_.find(frame.site, selectors)) tokens.push_back(filler.token);
    const std::int32_t verb = frame.site.token;
    const bool clausal = std::any_of(tokens.begin(), tokens.end(),
                                     [&](std::int32_t t) { return !tree_.is_nominal(t); });
    if (clausal) return tokens;
    if (const std::int32_t clause = tree_.child(verb, "ccomp"); clause >= 0) {
      tokens.push_back(clause);
    } else if (tokens.empty() && tree_.is(verb, "parataxis") && tree_.head(verb) >= 0) {
      tokens.push_back(tree_.head(verb));
    } else if (const std::int32_t aside = tree_.child(verb, "parataxis");
               tokens.empty() && aside >= 0) {
      tokens.push_back(aside);
    } else if (tokens.empty() && verb > 0 && has_feature(tree_.token(verb), "VerbForm=Fin")) {
      // "..., the governor, X, said on Friday": however the tree hangs it, the sentence is what was
      // said.
      const std::int32_t root = root_of(verb);
      if (root != verb && root < verb && comma_before(verb)) tokens.push_back(root);
    }
    return tokens;
  }

  [[nodiscard]] std::int32_t root_of(std::int32_t token) const {
    while (tree_.head(token) >= 0) token = tree_.head(token);
    return token;
  }

  /// A comma stands before the verb or before its subject.
  [[nodiscard]] bool comma_before(std::int32_t verb) const {
    if (verb > 0 && tree_.token(verb - 1).form == ",") return true;
    const std::int32_t subject = tree_.subject(verb);
    const std::int32_t begin = subject < 0 ? verb : tree_.subtree(subject).begin;
    return begin > 0 && begin < verb && tree_.token(begin - 1).form == ",";
  }

  void collect_embeddings(const Frame& frame) {
    if (frame.entry == nullptr) return;
    if (const auto& speech = frame.entry->speech) {
      std::vector<std::int32_t> speakers;
      for (const Filler& filler : finder_.find(frame.site, speech->speaker))
        speakers.push_back(filler.token);
      for (const std::int32_t content : contents(frame, speech->content)) {
        const bool order = orders(speech->strength);
        result_.embeddings.push_back({frame.site.token, content,
                                      order ? Embedding::Kind::planned : Embedding::Kind::speech,
                                      strength_of(speech->strength), speakers});
      }
    }
    for (const EmbeddingRule& rule : frame.entry->embeddings) {
      for (const Filler& filler : finder_.find(frame.site, rule.content)) {
        result_.embeddings.push_back(
            {frame.site.token, filler.token, embedding_kind(rule.modality), Strength::none, {}});
      }
    }
  }

  /// "According to X, ..."
  void collect_sources() {
    for (std::int32_t t = 0; t < tree_.size(); ++t) {
      if (tree_.head(t) < 0 || tree_.preposition(t) != "according to") continue;
      const std::int32_t content = tree_.head(t);
      result_.embeddings.push_back({t, content, Embedding::Kind::speech, Strength::reported, {t}});
      for (const std::int32_t speaker : tree_.conjuncts(t)) sources_.push_back({speaker, content});
    }
  }

  [[nodiscard]] Assertion assertion(std::int32_t token) const {
    Assertion result = assertion_of(tree_, token, result_.embeddings);
    if (result.speaker >= 0) result.speaker = finder_.entity_of(result.speaker);
    return result;
  }

  /// A noun under a light verb has the verb's reality: "have not had talks".
  [[nodiscard]] Assertion assertion(const PredicateSite& site) const {
    if (site.light_verb < 0) return assertion(site.token);
    Assertion result = assertion(site.light_verb);
    if (is_negated(tree_, site.token)) result.polarity = Polarity::negated;
    return result;
  }

  [[nodiscard]] static float predicate_score(const Frame& frame) {
    if (frame.site.predicate == nullptr) return unread_predicate_score;
    return frame.site.predicate->score * (0.5F + 0.5F * frame.site.predicate->roleset_score);
  }

  void make_event(Frame& frame) {
    if (frame.entry == nullptr || frame.entry->event.empty() || frame.absorbed) return;
    EventFact event;
    event.type = frame.entry->event;
    event.trigger = {index_, frame.site.token};
    event.rule = frame.key;
    event.score = predicate_score(frame);
    event.nominal = tree_.token(frame.site.token).upos != Upos::verb;
    event.definite = event.nominal && is_definite(frame.site.token);
    event.assertion = assertion(frame.site);
    event.time = time_of(frame.site);
    name_event(event);
    add_role(frame, "agent", frame.entry->agent, event);
    add_role(frame, "patient", frame.entry->patient, event);
    add_role(frame, "recipient", frame.entry->recipient, event);
    add_role(frame, "place", frame.entry->place, event);
    frame.event = static_cast<std::int32_t>(facts_.events.size());
    event_at_[frame.site.token] = frame.event;
    facts_.events.push_back(std::move(event));
  }

  void name_event(EventFact& event) const {
    const std::int32_t token = event.trigger.token;
    event.name = tree_.token(token).form;
    if (const Name* name = name_at(token); name != nullptr) {
      event.named = true;
      event.name.clear();
      for (std::int32_t t = name->span.begin; t < name->span.end; ++t) {
        event.name += tree_.token(t).form;
        if (t + 1 < name->span.end && tree_.token(t).space_after) event.name += ' ';
      }
    }
  }

  [[nodiscard]] bool is_definite(std::int32_t token) const {
    for (const std::int32_t child : tree_.children(token)) {
      if (tree_.is(child, "nmod:poss")) return true;
      const std::string& word = tree_.key(child);
      if (tree_.is(child, "det") &&
          (word == "the" || word == "this" || word == "that" || word == "these" || word == "those"))
        return true;
    }
    return false;
  }

  void add_role(const Frame& frame, const char* role, const Selectors& selectors,
                EventFact& event) const {
    constexpr auto actor = static_cast<ParticipantKinds>(ParticipantKind::actor);
    constexpr auto place = static_cast<ParticipantKinds>(ParticipantKind::place);
    const bool where = std::string_view(role) == "place";
    const bool sufferer = std::string_view(role) == "patient";
    const auto kinds = static_cast<ParticipantKinds>(where      ? place
                                                     : sufferer ? actor | place
                                                                : actor);
    for (const Filler& filler : finder_.find(frame.site, selectors, kinds)) {
      const std::int32_t entity = finder_.entity_of(filler.token);
      if (entity < 0) continue;
      const bool taken = std::any_of(
          event.participants.begin(), event.participants.end(),
          [&](const Participant& p) { return p.entity == entity && (p.role == role || !where); });
      if (!taken)
        event.participants.push_back({role, entity, {index_, filler.token}, filler.score});
    }
  }

  /// The time that the sentence gives for the predicate: an expression among its own dependents,
  /// else of the clause that it is in.
  [[nodiscard]] TimeSpan time_of(const PredicateSite& site) const {
    const TimeExpression* best = nullptr;
    for (std::int32_t at = site.token; at >= 0 && best == nullptr; at = tree_.head(at)) {
      for (const TimeExpression& time : times_) {
        if (time.type != TimeType::date && time.type != TimeType::time) continue;
        if (attached(time, at)) best = &time;
      }
      if (tree_.is(at, "ccomp") || tree_.is(at, "advcl") || tree_.is(at, "acl") ||
          tree_.is(at, "parataxis"))
        break;
    }
    return best == nullptr ? TimeSpan() : span_of(*best);
  }

  /// The expression's head hangs on `token` itself.
  [[nodiscard]] bool attached(const TimeExpression& time, std::int32_t token) const {
    for (std::int32_t t = time.span.begin; t < time.span.end; ++t) {
      const std::int32_t head = tree_.head(t);
      if (time.span.contains(head)) continue;
      return head == token;
    }
    return false;
  }

  [[nodiscard]] static TimeSpan span_of(const TimeExpression& time) {
    if (!time.from && !time.to) return {};
    TimeSpan span;
    if (time.from) span.from = static_cast<std::int32_t>(day_number(*time.from));
    if (time.to) span.to = static_cast<std::int32_t>(day_number(*time.to));
    span.precision = time.bound != TimeBound::during || !time.from || !time.to
                         ? DatePrecision::range
                         : precision_from_name(time_precision_name(time.precision))
                               .value_or(DatePrecision::range);
    if (time.precision == TimePrecision::time) span.precision = DatePrecision::day;
    return span;
  }

  /// The ends that a filler can be: its entity, or the event that it triggers.
  [[nodiscard]] std::optional<End> end_of(std::int32_t token, ParticipantKinds kinds) const {
    const std::int32_t word = finder_.referent(token);
    if (event_at_[word] >= 0 && contains(kinds, ParticipantKind::event))
      return End{End::Kind::event, event_at_[word]};
    const std::int32_t entity = finder_.entity_of(word);
    if (entity < 0) return std::nullopt;
    return End{End::Kind::entity, entity};
  }

  /// Whoever is praised, condemned, helped or questioned for a thing that is no node: its owner or
  /// its doer ("condemned ISIL's treatment of residents", "supported the retaking by Iraqi
  /// forces").
  [[nodiscard]] std::vector<Filler> owners(const Filler& thing) const {
    static const Selectors owner = {{SelectorKind::argument, "ARG0"},
                                    {SelectorKind::possessor, ""},
                                    {SelectorKind::preposition, "by"},
                                    {SelectorKind::adjective, ""}};
    const PredicateSite* site = nullptr;
    for (const Frame& frame : result_.frames) {
      if (frame.site.token == thing.token) site = &frame.site;
    }
    // "an end to the regime's attacks": whose attacks they are.
    static const std::array<std::string_view, 6> ends = {"end",  "halt",       "stop",
                                                         "lack", "suspension", "cessation"};
    if (std::find(ends.begin(), ends.end(), tree_.key(thing.token)) != ends.end()) {
      for (const std::int32_t child : tree_.children(thing.token)) {
        const std::string preposition = tree_.preposition(child);
        if (tree_.is(child, "nmod") &&
            (preposition == "to" || preposition == "of" || preposition == "in"))
          return owners({child, thing.score});
      }
    }
    const PredicateSite bare{index_, thing.token, nullptr, -1, {}};
    auto found = finder_.find(site == nullptr ? bare : *site, owner,
                              static_cast<ParticipantKinds>(ParticipantKind::actor));
    for (Filler& filler : found) filler.score *= 0.8F * thing.score;
    return found;
  }

  [[nodiscard]] static bool about_conduct(std::string_view relation) {
    return relation == "condemned" || relation == "praised" || relation == "supports" ||
           relation == "protested against" || relation == "accused" || relation == "demanded from";
  }

  void add_relation(const Frame& frame, const Filler& source, const std::string& relation,
                    const Filler& target, ParticipantKinds source_kinds,
                    ParticipantKinds target_kinds) {
    const auto from = end_of(source.token, source_kinds);
    const auto to = end_of(target.token, target_kinds);
    if (!from || !to || *from == *to) return;
    RelationFact fact;
    fact.source = *from;
    fact.relation = relation;
    fact.target = *to;
    fact.trigger = {index_, frame.site.token};
    fact.trigger_span = {frame.site.token, frame.site.token + 1};
    fact.source_word = {index_, source.token};
    fact.target_word = {index_, target.token};
    fact.assertion = assertion(frame.site);
    fact.time = time_of(frame.site);
    fact.rule = frame.key;
    fact.score = predicate_score(frame) * source.score * target.score;
    add_amount(source.token, fact);
    if (!fact.amount.known) add_amount(target.token, fact);
    facts_.relations.push_back(std::move(fact));
  }

  void add_amount(std::int32_t token, RelationFact& fact) const {
    const EntityMention* mention = facts_.entities.at(index_, finder_.referent(token));
    if (mention == nullptr || !mention->count.known) return;
    fact.amount = {mention->count.min, mention->count.max, mention->count.approximate, "", true};
  }

  void make_relations(const Frame& frame) {
    if (frame.entry == nullptr) return;
    for (const RelationRule& rule : frame.entry->relations) {
      const auto sources = finder_.find(frame.site, rule.source, rule.source_kinds);
      auto targets = finder_.find(frame.site, rule.target, rule.target_kinds);
      if (about_conduct(rule.relation)) {
        const bool known = std::any_of(targets.begin(), targets.end(), [&](const Filler& filler) {
          const auto end = end_of(filler.token, rule.target_kinds);
          // Remarks are condemned in the person of who made them.
          return end &&
                 (end->kind == End::Kind::entity || facts_.events[end->index].type != "statement");
        });
        std::vector<Filler> found;
        for (const Filler& thing :
             known ? std::vector<Filler>() : finder_.find(frame.site, rule.target)) {
          for (const Filler& one : owners(thing)) found.push_back(one);
        }
        if (!known) targets = std::move(found);
      }
      for (const Filler& source : sources) {
        for (const Filler& target : targets)
          add_relation(frame, source, rule.relation, target, rule.source_kinds, rule.target_kinds);
      }
    }
    for (const PairsRule& rule : frame.entry->pairs) {
      const auto members = finder_.find(frame.site, rule.members, rule.kinds);
      for (std::size_t i = 0; i < members.size(); ++i) {
        for (std::size_t j = i + 1; j < members.size(); ++j)
          add_relation(frame, members[i], rule.relation, members[j], 0, 0);
      }
    }
    if (frame.entry->speech) make_report(frame, *frame.entry->speech);
    const bool harm = frame.entry->event == "death" || frame.entry->event == "injury";
    if (harm || frame.entry->event == "capture") harm_by_clause(frame);
    if (harm) harm_in_event(frame);
  }

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
            add_relation(frame, victim, place_of, {clause, 0.8F}, actor,
                         static_cast<ParticipantKinds>(ParticipantKind::event));
          }
          if (!agentless || !violent) continue;
          for (const std::int32_t doer : doers) {
            if ((finder_.kinds_of(doer) & actor) != 0)
              add_relation(frame, victim, done_by, {doer, 0.7F}, actor, actor);
          }
        }
        return;
      }
      if (!tree_.is(verb, "conj") || tree_.head(verb) < 0) return;
    }
  }

  /// "The crackdown left at least ten people dead", "leaving 13 wounded".
  void left_harmed(std::int32_t verb) {
    if (tree_.key(verb) != "leave" || tree_.token(verb).upos != Upos::verb) return;
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
        victim = tree_.child(verb, "obj");
      } else if (above >= 0 && tree_.head(above) == verb && tree_.is(above, "obj")) {
        victim = above;
      }
      if (victim < 0 || finder_.entity_of(victim) < 0) return;
      Frame frame;
      frame.site = {index_, verb, nullptr, -1, {}};
      frame.key = "left " + form;
      EventFact event;
      event.type = dead ? "death" : "injury";
      event.trigger = {index_, word};
      event.name = tree_.token(word).form;
      event.rule = frame.key;
      event.score = 0.8F;
      event.assertion = assertion(frame.site);
      event.time = time_of(frame.site);
      event.participants.push_back({"patient", finder_.entity_of(victim), {index_, victim}, 0.8F});
      event_at_[word] = static_cast<std::int32_t>(facts_.events.size());
      facts_.events.push_back(std::move(event));
      const std::int32_t cause = tree_.subject(verb);
      const std::int32_t clause = tree_.is(verb, "advcl") ? tree_.head(verb) : -1;
      for (const std::int32_t by : {cause, clause}) {
        if (by < 0 || event_at_[by] < 0) continue;
        add_relation(frame, {victim, 0.8F}, dead ? "killed in" : "wounded in", {by, 0.9F},
                     static_cast<ParticipantKinds>(ParticipantKind::actor),
                     static_cast<ParticipantKinds>(ParticipantKind::event));
        return;
      }
      return;
    }
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
    if (!participle && !with) {
      if (tree_.preposition(above) != "with" || tree_.head(above) < 0) return;
      above = tree_.head(above);
    }
    const std::int32_t event = event_at_[above];
    if (event < 0) return;
    const std::string& type = facts_.events[event].type;
    if (std::find(causes.begin(), causes.end(), type) == causes.end()) return;
    constexpr auto actor = static_cast<ParticipantKinds>(ParticipantKind::actor);
    const std::string relation = frame.entry->event == "death" ? "killed in" : "wounded in";
    for (const Filler& victim : finder_.find(frame.site, frame.entry->patient, actor)) {
      add_relation(frame, victim, relation, {above, 0.8F}, actor,
                   static_cast<ParticipantKinds>(ParticipantKind::event));
    }
  }

  void make_report(const Frame& frame, const SpeechRule& speech) {
    const std::string relation = speech_relation(speech.strength);
    if (relation.empty()) return;
    for (const Filler& speaker : finder_.find(frame.site, speech.speaker)) {
      for (const std::int32_t content : contents(frame, speech.content)) {
        report(speaker.token, content, relation, frame.site.token, frame.key,
               predicate_score(frame) * speaker.score);
      }
    }
  }

  /// `speaker --relation--> event` for the topmost events that `content` tells.
  void report(std::int32_t speaker, std::int32_t content, const std::string& relation,
              std::int32_t trigger, const std::string& rule, float score) {
    const std::int32_t entity = finder_.entity_of(speaker);
    if (entity < 0) return;
    std::vector<std::pair<End, TokenRef>> told;
    for (const std::int32_t event : told_events(content)) {
      told.push_back({{End::Kind::event, event}, facts_.events[event].trigger});
    }
    if (told.empty()) {
      // Nothing happens in what is said: it is said of somebody.
      const std::int32_t subject = tree_.subject(content);
      const std::int32_t about = subject < 0 ? -1 : finder_.entity_of(subject);
      if (about >= 0) told.push_back({{End::Kind::entity, about}, {index_, subject}});
    }
    for (const auto& [target, word] : told) {
      RelationFact fact;
      fact.source = {End::Kind::entity, entity};
      fact.relation = relation;
      fact.target = target;
      if (fact.source == fact.target) continue;
      fact.trigger = {index_, trigger};
      fact.trigger_span = {trigger, trigger + 1};
      fact.source_word = {index_, speaker};
      fact.target_word = word;
      fact.assertion = assertion(trigger);
      fact.assertion.speaker = fact.assertion.speaker == entity ? -1 : fact.assertion.speaker;
      if (trigger == speaker) fact.assertion = Assertion();
      fact.rule = rule;
      fact.score = score;
      facts_.relations.push_back(std::move(fact));
    }
  }

  [[nodiscard]] std::vector<std::int32_t> told_events(std::int32_t content) const {
    std::vector<std::int32_t> told = topmost_events(content);
    for (const std::int32_t child : tree_.children(content)) {
      if (!tree_.is(child, "conj")) continue;
      for (const std::int32_t event : topmost_events(child)) told.push_back(event);
    }
    return told;
  }

  /// An event of which nothing is known but its kind ("a state of war") is nothing to report.
  [[nodiscard]] static bool tells(const EventFact& event) {
    return !event.nominal || event.definite || event.named || !event.participants.empty();
  }

  [[nodiscard]] std::vector<std::int32_t> topmost_events(std::int32_t clause) const {
    std::vector<std::int32_t> level = {clause};
    for (int depth = 0; depth < 3 && !level.empty(); ++depth) {
      std::vector<std::int32_t> found;
      std::vector<std::int32_t> below;
      for (const std::int32_t token : level) {
        if (event_at_[token] >= 0 && tells(facts_.events[event_at_[token]]))
          found.push_back(event_at_[token]);
        for (const std::int32_t child : tree_.children(token)) {
          const bool inner = tree_.is(child, "xcomp") || tree_.is(child, "ccomp") ||
                             tree_.is(child, "obj") || tree_.is(child, "nsubj") ||
                             (tree_.is(child, "obl") && depth == 0) ||
                             (tree_.is(child, "nmod") && depth < 2) ||
                             (tree_.is(child, "acl") && tree_.child(child, "mark") >= 0);
          if (inner) below.push_back(child);
        }
      }
      if (!found.empty()) return found;
      level = std::move(below);
    }
    return {};
  }

  const PredicateKnowledge& predicates_;
  const SyntaxView& tree_;
  std::int32_t index_;
  std::span<const TimeExpression> times_;
  DocumentFacts& facts_;
  std::vector<bool> is_event_;
  std::vector<std::int32_t> event_at_;
  ParticipantFinder finder_;
  SentenceFrames result_;
  std::vector<Source> sources_;
};

}  // namespace

SentenceFrames PredicateFacts::read(const SyntaxView& tree, std::int32_t index,
                                    std::span<const TimeExpression> times,
                                    DocumentFacts& facts) const {
  return SentenceReader(predicates_, nouns_, tree, index, times, facts).read();
}

}  // namespace relata::text
