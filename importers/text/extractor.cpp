#include "importers/text/extractor.h"

#include <set>

#include "importers/text/chain_features.h"
#include "importers/text/chain_mentions.h"
#include "importers/text/chains.h"
#include "importers/text/coreference.h"
#include "importers/text/entity_mentions.h"
#include "importers/text/event_merging.h"
#include "importers/text/given_names.h"
#include "importers/text/known_offices.h"
#include "importers/text/predicate_facts.h"
#include "importers/text/speakers.h"
#include "importers/text/stances.h"
#include "importers/text/static_relations.h"
#include "importers/text/syntax.h"
#include "importers/text/time_expressions.h"

namespace relata::text {

namespace {

std::vector<SyntaxView> views_of(const Document& document) {
  std::vector<SyntaxView> syntax;
  syntax.reserve(document.sentences.size());
  for (const Sentence& sentence : document.sentences) syntax.emplace_back(sentence);
  return syntax;
}

/// Sentences whose predicates the knowledge file takes for events or relations but that gave no
/// fact.
void note_missed(const Document& document, const std::vector<SentenceFrames>& frames,
                 DocumentFacts& facts) {
  std::set<std::int32_t> told;
  for (const RelationFact& fact : facts.relations) told.insert(fact.trigger.sentence);
  for (const EventFact& event : facts.events) {
    told.insert(event.trigger.sentence);
    for (const TokenRef& trigger : event.more_triggers) told.insert(trigger.sentence);
  }
  for (std::size_t i = 0; i < document.sentences.size(); ++i) {
    const auto sentence = static_cast<std::int32_t>(i);
    if (told.contains(sentence)) continue;
    for (const Frame& frame : frames[i].frames) {
      if (frame.entry == nullptr || frame.entry->none) continue;
      facts.missed.emplace_back(sentence, frame.key);
      break;
    }
  }
}

/// What stands in a quotation and has no speaker of its own is reported by the one who is quoted.
void attribute_quotations(const SpeakerMap& speakers, DocumentFacts& facts) {
  const auto attribute = [&](const TokenRef& trigger, Assertion& assertion) {
    const std::int32_t mention = speakers[trigger.sentence][trigger.token];
    if (mention < 0 || assertion.speaker >= 0) return;
    assertion.speaker = facts.entities.mentions[mention].entity;
    assertion.modality = std::max(assertion.modality, Modality::reported);
    if (assertion.strength == Strength::none) assertion.strength = Strength::reported;
  };
  for (EventFact& event : facts.events) attribute(event.trigger, event.assertion);
  for (RelationFact& fact : facts.relations) attribute(fact.trigger, fact.assertion);
}

/// Drops relations whose ends the ontology does not admit. A country may stand wherever an actor
/// may.
void keep_admitted(const Ontology& ontology, DocumentFacts& facts) {
  const auto admits = [&](const KindSet& kinds, const End& end) {
    if (end.kind == End::Kind::event) return kinds.event;
    const Entity& entity = facts.entities.entities[end.index];
    if (entity.kind == EntityKind::actor) return kinds.actor;
    return kinds.place || (entity.type == "country" && kinds.actor);
  };
  std::erase_if(facts.relations, [&](const RelationFact& fact) {
    const auto match = ontology.find_relation(fact.relation);
    if (!match) return true;
    const Relation& relation = ontology.relation(match->relation);
    const bool ends = admits(match->inverted ? relation.targets : relation.sources, fact.source) &&
                      admits(match->inverted ? relation.sources : relation.targets, fact.target);
    // Nobody is a part, a national or a unit of one person.
    const End& whole = match->inverted ? fact.source : fact.target;
    const bool of_person = (relation.name == "part of" || relation.name == "national of") &&
                           whole.kind == End::Kind::entity &&
                           facts.entities.entities[whole.index].type == "person";
    // No country lies in another.
    const auto country = [&](const End& end) {
      return end.kind == End::Kind::entity && facts.entities.entities[end.index].type == "country";
    };
    const bool nested =
        relation.name == "located in" && country(fact.source) && country(fact.target);
    return !ends || of_person || nested;
  });
}

}  // namespace

DocumentFacts Extractor::extract(const Document& document) const {
  const std::vector<SyntaxView> syntax = views_of(document);
  DocumentFacts facts;
  facts.entities = find_entity_mentions(syntax, nouns_, world_);
  tell_genders(facts.entities, chains_.words());
  const SpeakerMap speakers = find_speakers(document, syntax, predicates_, facts.entities);
  resolve_coreference(syntax, speakers, facts.entities, advice(syntax, speakers, facts.entities));

  const PredicateFacts predicate_facts(predicates_, nouns_);
  TimeContext times = time_context(document);
  std::vector<SentenceFrames> frames;
  for (std::size_t i = 0; i < syntax.size(); ++i) {
    const auto index = static_cast<std::int32_t>(i);
    const auto found = find_times(document.sentences[i], times);
    frames.push_back(predicate_facts.read(syntax[i], index, found, facts));
    read_static_relations(syntax[i], index, nouns_, frames.back().embeddings, facts);
  }
  add_stances(syntax, speakers, frames, nouns_, facts);
  add_known_offices(syntax, world_, facts);
  keep_admitted(ontology_, facts);
  attribute_quotations(speakers, facts);
  merge_events(syntax, facts);
  note_missed(document, frames, facts);
  return facts;
}

std::vector<PronounAdvice> Extractor::advice(std::span<const SyntaxView> syntax,
                                             const SpeakerMap& speakers, Entities entities) const {
  resolve_coreference(syntax, speakers, entities);
  const std::vector<ChainMention> phrases = find_chain_mentions(syntax, entities, chains_);
  const ChainFeatures features(syntax, speakers, entities, phrases, chains_.words());
  return advise_pronouns(entities, phrases, features, chains_);
}

std::vector<ChainedPhrase> Extractor::chains(const Document& document) const {
  const std::vector<SyntaxView> syntax = views_of(document);
  Entities entities = find_entity_mentions(syntax, nouns_, world_);
  tell_genders(entities, chains_.words());
  const SpeakerMap speakers = find_speakers(document, syntax, predicates_, entities);
  resolve_coreference(syntax, speakers, entities);
  const std::vector<ChainMention> phrases = find_chain_mentions(syntax, entities, chains_);
  const ChainFeatures features(syntax, speakers, entities, phrases, chains_.words());
  const std::vector<ChainLink> links = link_chains(phrases, features, chains_);
  std::vector<std::int32_t> size(phrases.size(), 0);
  for (const ChainLink& link : links) ++size[static_cast<std::size_t>(link.chain)];
  std::vector<std::int32_t> number(phrases.size(), -1);  // of a chain, without those left out
  std::int32_t chains = 0;
  std::vector<ChainedPhrase> chained;
  for (std::size_t i = 0; i < phrases.size(); ++i) {
    const auto chain = static_cast<std::size_t>(links[i].chain);
    if (!phrases[i].read && size[chain] == 1) continue;
    if (number[chain] < 0) number[chain] = chains++;
    chained.push_back({phrases[i].sentence, phrases[i].span, phrases[i].head, number[chain]});
  }
  return chained;
}

}  // namespace relata::text
