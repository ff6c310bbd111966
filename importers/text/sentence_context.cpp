#include "importers/text/sentence_context.h"

namespace relata::text {

namespace {

constexpr float unread_predicate_score = 0.6F;

/// "withdrew to their bases", "flew from Lagos": the preposition says another direction than the
/// relation.
bool leads_elsewhere(std::string_view relation, std::string_view preposition,
                     std::string_view verb) {
  // "ordered his extradition to the United States"
  const bool gives_orders = verb == "order" || verb == "ask" || verb == "demand" ||
                            verb == "instruct" || verb == "require" || verb == "urge";
  if (relation == "demanded from" && gives_orders) return preposition == "to";
  if (relation == "withdrew from")
    return preposition == "to" || preposition == "into" || preposition == "for" ||
           preposition == "toward" || preposition == "towards";
  return relation == "moved to" && (preposition == "from" || preposition == "out of");
}

}  // namespace

SentenceContext::SentenceContext(const SyntaxView& sentence_tree, std::int32_t sentence,
                                 const NounKnowledge& nouns,
                                 std::span<const TimeExpression> sentence_times,
                                 DocumentFacts& document_facts)
    : tree(sentence_tree),
      index(sentence),
      times(sentence_times),
      facts(document_facts),
      is_event(static_cast<std::size_t>(sentence_tree.size()), false),
      event_at(static_cast<std::size_t>(sentence_tree.size()), -1),
      finder(sentence_tree, sentence, document_facts.entities, nouns, is_event),
      first_relation_(document_facts.relations.size()) {}

Assertion SentenceContext::assertion(std::int32_t token) const {
  Assertion result = assertion_of(tree, token, frames.embeddings);
  if (result.speaker >= 0) result.speaker = finder.entity_of(result.speaker);
  return result;
}

Assertion SentenceContext::assertion(const PredicateSite& site) const {
  if (site.light_verb < 0) return assertion(site.token);
  Assertion result = assertion(site.light_verb);
  if (is_negated(tree, site.token)) result.polarity = Polarity::negated;
  return result;
}

float SentenceContext::predicate_score(const Frame& frame) {
  if (frame.site.predicate == nullptr) return unread_predicate_score;
  return frame.site.predicate->score * (0.5F + 0.5F * frame.site.predicate->roleset_score);
}

TimeSpan SentenceContext::time_of(const PredicateSite& site) const {
  const TimeExpression* best = nullptr;
  for (std::int32_t at = site.token; at >= 0 && best == nullptr; at = tree.head(at)) {
    for (const TimeExpression& time : times) {
      if (time.type != TimeType::date && time.type != TimeType::time) continue;
      if (attached(time, at)) best = &time;
    }
    if (tree.is(at, "ccomp") || tree.is(at, "advcl") || tree.is(at, "acl") ||
        tree.is(at, "parataxis"))
      break;
  }
  return best == nullptr ? TimeSpan() : span_of(*best);
}

bool SentenceContext::attached(const TimeExpression& time, std::int32_t token) const {
  for (std::int32_t t = time.span.begin; t < time.span.end; ++t) {
    const std::int32_t head = tree.head(t);
    if (time.span.contains(head)) continue;
    return head == token;
  }
  return false;
}

TimeSpan SentenceContext::span_of(const TimeExpression& time) {
  if (!time.from && !time.to) return {};
  TimeSpan span;
  if (time.from) span.from = static_cast<std::int32_t>(day_number(*time.from));
  if (time.to) span.to = static_cast<std::int32_t>(day_number(*time.to));
  span.precision =
      time.bound != TimeBound::during || !time.from || !time.to
          ? DatePrecision::range
          : precision_from_name(time_precision_name(time.precision)).value_or(DatePrecision::range);
  if (time.precision == TimePrecision::time) span.precision = DatePrecision::day;
  return span;
}

std::optional<End> SentenceContext::end_of(std::int32_t token, ParticipantKinds kinds) const {
  const std::int32_t word = finder.referent(token);
  if (event_at[word] >= 0 && contains(kinds, ParticipantKind::event))
    return End{End::Kind::event, event_at[word]};
  const std::int32_t entity = finder.entity_of(word);
  if (entity < 0) return std::nullopt;
  return End{End::Kind::entity, entity};
}

void SentenceContext::add_relation(const Frame& frame, const Filler& source,
                                   const std::string& relation, const Filler& target,
                                   ParticipantKinds source_kinds, ParticipantKinds target_kinds) {
  const auto from = end_of(source.token, source_kinds);
  const auto to = end_of(target.token, target_kinds);
  if (leads_elsewhere(relation, tree.preposition(target.token), tree.key(frame.site.token))) return;
  if (!from || !to || *from == *to) return;
  RelationFact fact;
  fact.source = *from;
  fact.relation = relation;
  fact.target = *to;
  fact.trigger = {index, frame.site.token};
  fact.trigger_span = {frame.site.token, frame.site.token + 1};
  fact.source_word = {index, source.token};
  fact.target_word = {index, target.token};
  fact.assertion = assertion(frame.site);
  fact.time = time_of(frame.site);
  fact.rule = frame.key;
  fact.score = predicate_score(frame) * source.score * target.score;
  add_amount(source.token, fact);
  if (!fact.amount.known) add_amount(target.token, fact);
  facts.relations.push_back(std::move(fact));
}

void SentenceContext::add_amount(std::int32_t token, RelationFact& fact) const {
  const EntityMention* mention = facts.entities.at(index, finder.referent(token));
  if (mention == nullptr || !mention->count.known) return;
  fact.amount = {mention->count.min, mention->count.max, mention->count.approximate, "", true};
}

std::vector<std::int32_t> SentenceContext::told_events(std::int32_t content) const {
  std::vector<std::int32_t> told = topmost_events(content);
  for (const std::int32_t child : tree.children(content)) {
    if (!tree.is(child, "conj") || resumed_speech(tree, child) >= 0) continue;
    for (const std::int32_t event : topmost_events(child)) told.push_back(event);
  }
  return told;
}

bool SentenceContext::tells(const EventFact& event) {
  return !event.nominal || event.definite || event.named || !event.participants.empty();
}

std::vector<std::int32_t> SentenceContext::topmost_events(std::int32_t clause) const {
  std::vector<std::int32_t> level = {clause};
  for (int depth = 0; depth < 3 && !level.empty(); ++depth) {
    std::vector<std::int32_t> found;
    std::vector<std::int32_t> below;
    for (const std::int32_t token : level) {
      if (event_at[token] >= 0 && tells(facts.events[event_at[token]]))
        found.push_back(event_at[token]);
      for (const std::int32_t child : tree.children(token)) {
        const bool inner = tree.is(child, "xcomp") || tree.is(child, "ccomp") ||
                           tree.is(child, "obj") || tree.is(child, "nsubj") ||
                           (tree.is(child, "obl") && depth == 0) ||
                           (tree.is(child, "nmod") && depth < 2) ||
                           (tree.is(child, "acl") && tree.child(child, "mark") >= 0);
        if (inner) below.push_back(child);
      }
    }
    if (!found.empty()) return found;
    level = std::move(below);
  }
  return {};
}

}  // namespace relata::text
