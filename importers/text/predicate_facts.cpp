#include "importers/text/predicate_facts.h"

#include <algorithm>
#include <array>
#include <optional>

#include "importers/text/clause_facts.h"
#include "importers/text/lent_arguments.h"
#include "importers/text/predicate_senses.h"
#include "importers/text/sentence_context.h"
#include "importers/text/speech_rules.h"

namespace relata::text {

namespace {

/// Reads one sentence.
class SentenceReader final {
 public:
  SentenceReader(const PredicateKnowledge& predicates, const NounKnowledge& nouns,
                 const SyntaxView& tree, std::int32_t index, std::span<const TimeExpression> times,
                 DocumentFacts& facts)
      : predicates_(predicates), context_(tree, index, nouns, times, facts) {}

  SentenceFrames read() {
    collect_sites();
    for (Frame& frame : result_.frames) {
      choose_entry(frame);
      if (frame.entry != nullptr && !frame.entry->event.empty() && frame.entry->light.empty())
        is_event_[frame.site.token] = true;
    }
    std::erase_if(result_.frames, [&](const Frame& frame) {
      return frame.entry == nullptr && senses_.entries(frame.site).empty();
    });
    lend_arguments(context_, [&](Frame& frame) { choose_entry(frame); });
    for (const Frame& frame : result_.frames) collect_embeddings(frame);
    collect_sources();
    for (Frame& frame : result_.frames) make_event(frame);
    for (const Frame& frame : result_.frames) make_relations(frame);
    read_clause_facts(context_);
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
      // "National Rally" calls nobody together.
      const EntityMention* named = facts_.entities.at(index_, site.token);
      const bool in_name = named != nullptr && named->form == MentionForm::name &&
                           named->kind != EntityKind::event && named->words.contains(site.token) &&
                           named->words.size() > 1;
      if (in_name && tree_.token(site.token).upos != Upos::verb) continue;
      const auto entries = senses_.entries(site);
      if (entries.empty() &&
          (site.predicate == nullptr || tree_.token(site.token).upos != Upos::verb))
        continue;
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
    for (const std::uint32_t i : senses_.entries(frame.site)) {
      const PredicateEntry& entry = predicates_.entry(i);
      if (!finder_.holds(frame.site, entry)) continue;
      frame.entry = &entry;
      break;
    }
    if (frame.entry == nullptr || frame.entry->none || lacks_noun(frame)) {
      PredicateSite plain = frame.site;
      plain.predicate = nullptr;  // the arguments are those of the odd sense
      if (const PredicateEntry* other = senses_.violent_sense(plain)) {
        frame.entry = other;
        frame.site = plain;
        frame.key = senses_.lemma_with_particle(frame.site.token);
        return;
      }
    }
    // A noun's sense is often an odd one ("strike" in sport): what the noun commonly tells goes
    // before a sense that tells nothing.
    if (frame.entry != nullptr && frame.entry->none) {
      PredicateSite plain = frame.site;
      plain.predicate = nullptr;
      if (const PredicateEntry* common = senses_.common_noun(plain)) {
        frame.entry = common;
        frame.site = plain;
        frame.key = tree_.key(frame.site.token);
        return;
      }
    }
    const bool known =
        frame.site.predicate != nullptr && !predicates_.find(frame.site.predicate->roleset).empty();
    frame.key =
        known ? frame.site.predicate->roleset : senses_.lemma_with_particle(frame.site.token);
  }

  /// A light verb whose object is no event: "struck a command centre" is no light verb.
  [[nodiscard]] bool lacks_noun(const Frame& frame) const {
    if (frame.entry->light.empty() || !frame.entry->event.empty()) return false;
    const std::int32_t verb = frame.site.token;
    for (const std::int32_t child : tree_.children(verb)) {
      const std::string& word = tree_.key(child);  // "took place", "held hostage"
      if (word == "place" || word == "part" || word == "hostage" || word == "captive") return false;
    }
    const auto nouns = finder_.find(frame.site, frame.entry->light);
    return std::none_of(nouns.begin(), nouns.end(),
                        [&](const Filler& filler) { return is_event_[filler.token]; });
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
    } else if (const std::int32_t interrupted = interrupted_clause(verb); interrupted >= 0) {
      tokens.push_back(interrupted);
    } else if (const std::int32_t raised = tree_.child(verb, "xcomp");
               raised >= 0 && tree_.passive(verb)) {
      tokens.push_back(raised);  // "is said to have attacked"
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
        speakers.push_back(voice(filler.token));
      for (const std::int32_t content : contents(frame, speech->content)) {
        const bool order = orders(speech->strength);
        result_.embeddings.push_back({frame.site.token, content,
                                      order ? Embedding::Kind::planned : Embedding::Kind::speech,
                                      strength_of(speech->strength), speakers,
                                      content == interrupted_clause(frame.site.token)});
      }
    }
    // What is denied is told as not so; a rule that says it again would undo that.
    const bool denies =
        frame.entry->speech && strength_of(frame.entry->speech->strength) == Strength::denied;
    for (const EmbeddingRule& rule : frame.entry->embeddings) {
      if (denies && embedding_kind(rule.modality) == Embedding::Kind::negated) continue;
      for (const std::int32_t content : embedded(frame, rule)) {
        result_.embeddings.push_back(
            {frame.site.token, content, embedding_kind(rule.modality), Strength::none, {}});
      }
    }
  }

  /// What a rule embeds; where the reader has only the subject of it ("Russia is expected to
  /// attack", "barred him from leaving"), the clause too.
  [[nodiscard]] std::vector<std::int32_t> embedded(const Frame& frame,
                                                   const EmbeddingRule& rule) const {
    std::vector<std::int32_t> tokens;
    for (const Filler& filler : finder_.find(frame.site, rule.content))
      tokens.push_back(filler.token);
    const bool told = std::any_of(tokens.begin(), tokens.end(), [&](std::int32_t t) {
      return !tree_.is_nominal(t) || is_event_[t];
    });
    if (told) return tokens;
    for (const std::int32_t child : tree_.children(frame.site.token)) {
      const bool from = tree_.is(child, "advcl") && tree_.child_with_lemma(child, "from") >= 0;
      if (tree_.is(child, "xcomp") || tree_.is(child, "ccomp") || from) tokens.push_back(child);
    }
    return tokens;
  }

  /// The clause that "the lawyer said" between commas interrupts, in "The client, the lawyer said,
  /// had attacked": the tree takes the saying for a relative clause. -1 when there is none.
  [[nodiscard]] std::int32_t interrupted_clause(std::int32_t verb) const {
    const std::int32_t noun = tree_.head(verb);
    if (noun < 0 || !tree_.is(verb, "acl") || !tree_.is_nominal(noun)) return -1;
    const std::int32_t subject = tree_.child(verb, "nsubj");
    const bool closed = verb + 1 < tree_.size() && tree_.token(verb + 1).form == ",";
    if (subject < 0 || subject > verb || !closed || !comma_before(verb)) return -1;
    if (tree_.is_relative_pronoun(subject) || tree_.child(verb, "obj") >= 0) return -1;
    const std::int32_t clause = tree_.head(noun);
    return clause > verb && !tree_.is_nominal(clause) ? clause : -1;
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

  void make_event(Frame& frame) {
    if (frame.entry == nullptr || frame.entry->event.empty() || frame.absorbed) return;
    EventFact event;
    event.type = frame.entry->event;
    event.trigger = {index_, frame.site.token};
    event.rule = frame.key;
    event.score = context_.predicate_score(frame);
    event.nominal = tree_.token(frame.site.token).upos != Upos::verb;
    event.definite = event.nominal && is_definite(frame.site.token);
    event.assertion = context_.assertion(frame.site);
    event.time = context_.time_of(frame.site);
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

  /// A town that a preposition makes the place of an event which no place can suffer.
  [[nodiscard]] bool is_setting(std::int32_t token, const std::string& type) const {
    static const std::array<std::string_view, 8> spatial = {
        "attack", "seizure", "disaster", "deployment", "movement", "withdrawal", "war", "injury"};
    static const std::array<std::string_view, 6> in = {"in",      "at",     "near",
                                                       "outside", "inside", "around"};
    if (std::find(spatial.begin(), spatial.end(), type) != spatial.end()) return false;
    const std::string preposition = tree_.preposition(token);
    return std::find(in.begin(), in.end(), preposition) != in.end() &&
           finder_.kinds_of(token) == static_cast<ParticipantKinds>(ParticipantKind::place);
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
      // "In Tehran, he expressed his condolences": where somebody speaks or acts is not whom he
      // does it to.
      if (sufferer && is_setting(filler.token, event.type)) continue;
      // "accused Egypt of arming militias, which Cairo denied": no militia is denied.
      const bool which = tree_.is(frame.site.token, "acl") &&
                         tree_.head(frame.site.token) == filler.token &&
                         tree_.key(frame.site.token) == "deny";
      if (sufferer && which) continue;
      // "three years in prison" is no place of a trial.
      const std::string& word = tree_.key(filler.token);
      if (where && event.type == "trial" && (word == "prison" || word == "jail")) continue;
      const bool taken = std::any_of(
          event.participants.begin(), event.participants.end(),
          [&](const Participant& p) { return p.entity == entity && (p.role == role || !where); });
      if (!taken)
        event.participants.push_back({role, entity, {index_, filler.token}, filler.score});
    }
  }

  /// Whoever is praised, condemned, helped or questioned for a thing that is no node: its owner or
  /// its doer ("condemned ISIL's treatment of residents", "supported the retaking by Iraqi
  /// forces").
  [[nodiscard]] std::vector<Filler> owners(const Filler& thing) const {
    static const Selectors owner = {{SelectorKind::argument, "ARG0"},
                                    {SelectorKind::possessor, ""},
                                    {SelectorKind::preposition, "by"},
                                    {SelectorKind::adjective, ""},
                                    {SelectorKind::compound, ""}};
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

  /// `found`, or, when none of it is an end of a relation, whose the things in their place are.
  [[nodiscard]] std::vector<Filler> or_owners(const Frame& frame, const Selectors& selectors,
                                              ParticipantKinds kinds, std::vector<Filler> found,
                                              bool by_nationality) const {
    const bool known = std::any_of(found.begin(), found.end(), [&](const Filler& filler) {
      const auto end = context_.end_of(filler.token, kinds);
      // Remarks are condemned in the person of who made them.
      return end &&
             (end->kind == End::Kind::entity || facts_.events[end->index].type != "statement");
    });
    if (known) return found;
    std::vector<Filler> holders;
    for (const Selector& selector : selectors) {
      for (const Filler& thing : finder_.find(frame.site, {selector})) {
        for (const Filler& one : owners(thing)) {
          // "a British tanker" is not Britain.
          const EntityMention* owner = facts_.entities.at(index_, one.token);
          const bool rejected = frame.entry->event == "rejection" &&
                                (tree_.is(one.token, "compound") || tree_.is(one.token, "amod"));
          const bool modifier = (owner != nullptr && owner->demonym) || rejected;
          if (by_nationality || !modifier) holders.push_back(one);
        }
      }
      if (!holders.empty()) break;
    }
    return holders;
  }

  /// "an inquiry into his conduct" is one into him.
  [[nodiscard]] std::vector<Filler> or_possessors(const Frame& frame, const Selectors& selectors,
                                                  std::vector<Filler> found) const {
    if (!found.empty()) return found;
    constexpr auto actor = static_cast<ParticipantKinds>(ParticipantKind::actor);
    for (const Filler& thing : finder_.find(frame.site, selectors)) {
      for (const Filler& owner : finder_.find({index_, thing.token, nullptr, -1, {}},
                                              {{SelectorKind::possessor, ""}}, actor))
        found.push_back({owner.token, owner.score * thing.score * 0.8F});
    }
    return found;
  }

  void make_relations(const Frame& frame) {
    if (frame.entry == nullptr) return;
    for (const RelationRule& rule : frame.entry->relations) {
      auto sources = finder_.find(frame.site, rule.source, rule.source_kinds);
      auto targets = finder_.find(frame.site, rule.target, rule.target_kinds);
      if (about_conduct(rule.relation))
        // Whoever vetoes "a U.N. resolution" condemns nobody whose it is.
        targets = or_owners(frame, rule.target, rule.target_kinds, std::move(targets),
                            frame.entry->event != "rejection");
      if (rule.relation == "investigated by")
        sources = or_possessors(frame, rule.source, std::move(sources));
      if (rule.relation == "attacked by")
        sources = or_owners(frame, rule.source, rule.source_kinds, std::move(sources), false);
      for (const Filler& source : sources) {
        for (const Filler& target : targets)
          context_.add_relation(frame, source, rule.relation, target, rule.source_kinds,
                                rule.target_kinds);
      }
    }
    for (const PairsRule& rule : frame.entry->pairs) {
      const auto members = finder_.find(frame.site, rule.members, rule.kinds);
      for (std::size_t i = 0; i < members.size(); ++i) {
        for (std::size_t j = i + 1; j < members.size(); ++j)
          context_.add_relation(frame, members[i], rule.relation, members[j], 0, 0);
      }
    }
    if (frame.entry->speech) make_report(frame, *frame.entry->speech);
  }

  /// "Amnesty's report says": whose the report is.
  [[nodiscard]] std::int32_t voice(std::int32_t speaker) const {
    const std::int32_t owner = finder_.owner_of(finder_.referent(speaker));
    return owner < 0 ? speaker : owner;
  }

  void make_report(const Frame& frame, const SpeechRule& speech) {
    const std::string relation = speech_relation(speech.strength);
    if (relation.empty()) return;
    for (const Filler& speaker : finder_.find(frame.site, speech.speaker)) {
      for (const std::int32_t content : contents(frame, speech.content)) {
        report(voice(speaker.token), content, relation, frame.site.token, frame.key,
               context_.predicate_score(frame) * speaker.score);
      }
    }
  }

  /// `speaker --relation--> event` for the topmost events that `content` tells.
  void report(std::int32_t speaker, std::int32_t content, const std::string& relation,
              std::int32_t trigger, const std::string& rule, float score) {
    const std::int32_t entity = finder_.entity_of(speaker);
    if (entity < 0) return;
    std::vector<std::pair<End, TokenRef>> told;
    for (const std::int32_t event : context_.told_events(content)) {
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
      fact.assertion = context_.assertion(trigger);
      fact.assertion.speaker = fact.assertion.speaker == entity ? -1 : fact.assertion.speaker;
      if (trigger == speaker) fact.assertion = Assertion();
      fact.rule = rule;
      fact.score = score;
      facts_.relations.push_back(std::move(fact));
    }
  }

  const PredicateKnowledge& predicates_;
  SentenceContext context_;
  // The context's fields under their short names.
  const SyntaxView& tree_ = context_.tree;
  const std::int32_t index_ = context_.index;
  DocumentFacts& facts_ = context_.facts;
  std::vector<bool>& is_event_ = context_.is_event;
  std::vector<std::int32_t>& event_at_ = context_.event_at;
  const ParticipantFinder& finder_ = context_.finder;
  const PredicateSenses senses_{predicates_, tree_, finder_};
  SentenceFrames& result_ = context_.frames;
  std::vector<Source> sources_;
};

}  // namespace

SentenceFrames PredicateFacts::read(const SyntaxView& tree, std::int32_t index,
                                    std::span<const TimeExpression> times,
                                    DocumentFacts& facts) const {
  return SentenceReader(predicates_, nouns_, tree, index, times, facts).read();
}

}  // namespace relata::text
