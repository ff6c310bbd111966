#pragma once
// Who and what a text speaks of: mentions (one phrase each) gathered into entities (one thing
// each). Filled by entity_mentions (phrases and their kinds) and coreference (which phrases mean
// the same). Indices: a mention's `entity` points into Entities::entities, an entity's `mentions`
// into Entities::mentions. Plain values that own what they hold.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/ontology.h"
#include "importers/text/document.h"

namespace relata::text {

enum class MentionForm : std::uint8_t { name, nominal, pronoun };

/// What a phrase can stand for in the graph. `thing` (objects, times, abstractions) makes no node
/// but can be referred back to.
enum class EntityKind : std::uint8_t { actor, place, event, thing };

enum class Gender : std::uint8_t { unknown, male, female };

/// Bounds of a count that stands with a mention: "over 3,000 soldiers".
struct Count {
  double min = 0;
  double max = 0;
  bool approximate = false;
  bool known = false;
};

/// A phrase that refers to somebody or something.
struct EntityMention {
  std::int32_t sentence = 0;
  std::int32_t head = 0;  ///< token that heads the phrase
  TokenSpan phrase;       ///< the phrase without what follows the noun, determiner included
  TokenSpan words;        ///< name or noun with its modifiers: what the node would be called
  MentionForm form = MentionForm::nominal;
  EntityKind kind = EntityKind::thing;
  std::string type;     ///< ontology type for actors and places; "" when unknown
  std::string text;     ///< `words` as written, blanks as in the text
  std::string noun;     ///< lower-case lemma of the noun ("soldier"); for names with a title the
                        ///< title's ("president")
  std::string title;    ///< words of a title before a name, lower case ("foreign minister"); ""
  std::string country;  ///< ISO 3166 alpha-2 of the country that the phrase names or is marked with
                        ///< ("North Korean soldier"); ""
  std::string canonical;      ///< canonical name by the gazetteer, when it knows the name
  std::string gazetteer_key;  ///< stable id of the known place or organisation, when known
  std::vector<std::pair<std::string, std::string>> attributes;  ///< of the known thing
  float type_score = 0;                                         ///< 0..1
  bool plural = false;
  bool definite = false;  ///< "the", "this", a possessor, or a name
  bool demonym =
      false;  ///< stands for its country by its nationality word ("Ukrainian", "Syrians")
  bool generic = false;  ///< a whole kind and nobody in particular
  Gender gender = Gender::unknown;
  std::int32_t person = 3;  ///< grammatical person of a pronoun
  Count count;
  std::int32_t entity = -1;
};

/// One thing that a text speaks of.
struct Entity {
  EntityKind kind = EntityKind::thing;
  std::string type;
  std::string name;                  ///< the fullest proper name, else the fullest nominal
  std::vector<std::string> aliases;  ///< other surface forms, sorted, without `name`
  std::vector<std::int32_t> mentions;
  std::string country;  ///< ISO code
  std::string gazetteer_key;
  std::vector<std::pair<std::string, std::string>>
      attributes;  ///< of the known thing, for its node
  bool named = false;
  bool plural = false;
  Gender gender = Gender::unknown;
  Count count;
};

/// All mentions of a document in the order of the text, and the entities that they form.
struct Entities {
  std::vector<EntityMention> mentions;
  std::vector<Entity> entities;
  /// For each sentence, for each token, the mention whose head or name the token belongs to; -1.
  std::vector<std::vector<std::int32_t>> mention_at;

  [[nodiscard]] const EntityMention* at(std::int32_t sentence, std::int32_t token) const {
    const std::int32_t index = mention_at[sentence][token];
    return index < 0 ? nullptr : &mentions[index];
  }
};

}  // namespace relata::text
