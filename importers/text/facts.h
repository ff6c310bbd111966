#pragma once
// What the stages after the reader take from a text: events with their participants and relations
// between things, each with its words and with what the sentence says of it. Indices point into the
// same DocumentFacts. Plain values.

#include <cstdint>
#include <string>
#include <vector>

#include "graph/model.h"
#include "importers/text/document.h"
#include "importers/text/entity.h"

namespace relata::text {

/// What a sentence says of a statement that it contains.
struct Assertion {
  Polarity polarity = Polarity::affirmed;
  Modality modality = Modality::asserted;
  Mood mood = Mood::plain;
  Strength strength = Strength::none;
  std::int32_t speaker = -1;  ///< entity that says so; -1 when the text itself does
};

/// A number with bounds and a unit, as evidence carries it.
struct Amount {
  double min = 0;
  double max = 0;
  bool approximate = false;
  std::string unit;
  bool known = false;
};

/// A token of a document.
struct TokenRef {
  std::int32_t sentence = -1;
  std::int32_t token = -1;
  friend auto operator<=>(const TokenRef&, const TokenRef&) = default;
};

/// Who takes part in an event, how, and which word says so.
struct Participant {
  std::string role;  ///< agent, patient, recipient, place
  std::int32_t entity = -1;
  TokenRef word;
  float score = 1;
};

/// Something that happens, with one trigger; event_merging gathers several triggers into one event.
struct EventFact {
  std::string type;
  TokenRef trigger;
  std::vector<TokenRef> more_triggers;
  std::string name;                  ///< the trigger as written
  std::vector<std::string> aliases;  ///< other triggers' words
  std::vector<Participant> participants;
  Assertion assertion;
  TimeSpan time;
  std::string rule;
  float score = 1;
  bool nominal = false;   ///< told by a noun
  bool definite = false;  ///< "the attack": may take up an event told before
  bool named = false;     ///< has a proper name ("the Iran-Iraq War")
};

/// One end of a relation: an entity or an event.
struct End {
  enum class Kind : std::uint8_t { entity, event } kind = Kind::entity;
  std::int32_t index = -1;
  friend auto operator<=>(const End&, const End&) = default;
};

/// A relation that one sentence states.
struct RelationFact {
  End source;
  std::string relation;  ///< canonical name
  End target;
  TokenRef trigger;
  TokenSpan trigger_span;
  TokenRef source_word;
  TokenRef target_word;
  Assertion assertion;
  TimeSpan time;
  Amount amount;
  std::string rule;
  float score = 1;
};

/// Everything that was read off one document.
struct DocumentFacts {
  Entities entities;
  std::vector<EventFact> events;
  std::vector<RelationFact> relations;
  std::vector<std::pair<std::int32_t, std::string>>
      missed;  ///< sentence and predicate that could be one but gave nothing
};

}  // namespace relata::text
