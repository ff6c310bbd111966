#pragma once
// What predicates and nouns mean for the graph: data/predicates.txt and data/nouns.txt parsed into
// immutable look-up tables. docs/predicates_format.md describes both formats. The tables say which
// relations, events, roles and modalities follow from a predicate and its arguments; finding the
// arguments in a sentence and making the nodes and edges is the caller's work.
//
// A table owns all that it holds. After parsing nothing changes it, so any number of threads may
// read it at once. A look-up costs one hash of the key; parsing the shipped files takes about 20
// milliseconds.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/ontology.h"

namespace relata::text {

/// One way to find a participant of a predicate.
enum class SelectorKind : std::uint8_t {
  argument,     ///< semantic role; `name` is "ARG1", "ARGM-LOC"
  preposition,  ///< phrase that this preposition attaches to the predicate; `name` is "with",
                ///< "out of"
  possessor,    ///< "Russia's attack"; only beside a noun, as the next two
  adjective,    ///< nationality word: "the Russian attack"
  compound      ///< noun before the noun: "hostage release"
};

struct Selector {
  SelectorKind kind = SelectorKind::argument;
  std::string name;  ///< empty for possessor, adjective and compound
  friend bool operator==(const Selector&, const Selector&) = default;
};

/// Alternatives, tried in order; the first that exists and fits its use is the participant.
using Selectors = std::vector<Selector>;

/// What a participant can be; sets of kinds are sums of these bits.
enum class ParticipantKind : std::uint8_t {
  actor = 1,   ///< person, group, organisation, or a country or seat of government that acts
  place = 2,   ///< any place, countries too
  event = 4,   ///< a word that names or predicates an event
  person = 8,  ///< one person or several
  thing = 16   ///< none of these
};

/// Set of ParticipantKind bits; 0 means any.
using ParticipantKinds = std::uint8_t;

constexpr bool contains(ParticipantKinds set, ParticipantKind kind) {
  return set == 0 || (set & static_cast<ParticipantKinds>(kind)) != 0;
}

/// A `when` clause.
struct Condition {
  enum class Test : std::uint8_t { lemma, not_lemma, kind, present, absent };
  Selectors participant;
  Test test = Test::present;
  std::vector<std::string> lemmas;  ///< sorted, lower case; for lemma and not_lemma
  ParticipantKinds kinds = 0;       ///< for kind

  /// True when `lemma` (lower case) is one of `lemmas`.
  [[nodiscard]] bool lists(std::string_view lemma) const;
};

/// A relation between two participants; made only where both exist and have an admitted kind.
struct RelationRule {
  Selectors source;
  std::string relation;
  Selectors target;
  ParticipantKinds source_kinds = 0;
  ParticipantKinds target_kinds = 0;
};

/// A symmetric relation between every two members of a coordinated or plural participant.
struct PairsRule {
  Selectors members;
  std::string relation;
  ParticipantKinds kinds = 0;  ///< what each member must be
};

/// How strongly a speech verb stands for its content.
enum class SpeechStrength : std::uint8_t {
  reported,
  confirmed,
  denied,
  claimed,
  accused,
  announced,
  asked,
  promised,
  threatened
};

/// The predicate reports what somebody says or thinks.
struct SpeechRule {
  SpeechStrength strength = SpeechStrength::reported;
  Selectors speaker;
  Selectors content;
  Selectors addressee;
};

/// What a clause under a predicate is worth.
enum class ContentModality : std::uint8_t {
  asserted,
  planned,
  possible,
  negated,
  conditional,
  questioned
};

/// Everything that the clause in `content` says has `modality`.
struct EmbeddingRule {
  Selectors content;
  ContentModality modality = ContentModality::asserted;
};

/// One entry of data/predicates.txt.
struct PredicateEntry {
  std::uint32_t line = 0;             ///< of the file, from 1; for messages and `why`
  std::vector<Condition> conditions;  ///< all must hold
  std::string event;                  ///< type of the event node, empty when none is made
  Selectors agent;
  Selectors patient;
  Selectors recipient;
  Selectors place;
  std::vector<RelationRule> relations;
  std::vector<PairsRule> pairs;
  std::optional<SpeechRule> speech;
  std::vector<EmbeddingRule> embeddings;
  Selectors light;    ///< where the noun stands that carries the event, empty when not a light verb
  bool none = false;  ///< considered, makes nothing
};

/// Word class of a lemma key.
enum class WordClass : char { verb = 'v', noun = 'n', adjective = 'a' };

namespace detail {
/// Lets string maps be searched with a string_view.
struct StringHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};
}  // namespace detail

/// data/predicates.txt as a table.
class PredicateKnowledge final {
 public:
  /// Parses the whole text of a predicates file. `source` names it in errors.
  /// Throws InputError with the line for anything that the format does not allow, for names unknown
  /// to `ontology`, and for entries that can never be taken.
  static PredicateKnowledge parse(std::string_view text, std::string_view source,
                                  const Ontology& ontology);

  /// Indices of the entries for `key` ("capture.01", "n:casualty") in file order; empty when none.
  [[nodiscard]] std::span<const std::uint32_t> find(std::string_view key) const;

  /// Entries of the only roleset that the file has of a verb with its particle ("shoot_down");
  /// empty when it has none or several.
  [[nodiscard]] std::span<const std::uint32_t> only_sense(std::string_view phrase) const;

  /// Entries for a predicate: those of its roleset, and those of its lemma (lower case; particles
  /// follow with "_": "carry_out") when the roleset is empty or has none.
  [[nodiscard]] std::span<const std::uint32_t> find(std::string_view roleset,
                                                    std::string_view lemma,
                                                    WordClass word_class) const;

  /// Entries to try for a predicate, in order: those of its roleset; those of its lemma when there
  /// are none, and, for a noun, also after them unless the last of them always holds: "losses" is
  /// lose.02, whose entries ask for objects that only the verb has.
  [[nodiscard]] std::vector<std::uint32_t> candidates(std::string_view roleset,
                                                      std::string_view lemma,
                                                      WordClass word_class) const;

  /// Entry with that index, as given by `find` and `candidates`.
  [[nodiscard]] const PredicateEntry& entry(std::uint32_t index) const { return entries_[index]; }
  [[nodiscard]] std::span<const PredicateEntry> entries() const { return entries_; }

  /// All keys, sorted.
  [[nodiscard]] std::vector<std::string> keys() const;

 private:
  std::vector<PredicateEntry> entries_;
  std::unordered_map<std::string, std::vector<std::uint32_t>, detail::StringHash, std::equal_to<>>
      index_;
};

/// The noun relates its bearer to its complement: "president of X", "X's president".
struct NounRole {
  std::string relation;
  Selectors complement;
};

/// What a mention headed by a noun is.
enum class NounKind : std::uint8_t {
  actor,
  place,
  thing,  ///< makes no node
  open    ///< the file does not say: the noun is only a title, collective or partitive
};

/// One entry of data/nouns.txt.
struct NounEntry {
  std::uint32_t line = 0;
  NounKind kind = NounKind::open;
  std::string type;         ///< actor or place type of the ontology; empty for thing and open
  std::string plural_type;  ///< actor type of the plural form, empty when the file names none
  std::vector<NounRole> roles;
  bool title = false;       ///< can stand before a name
  bool collective = false;  ///< "group of soldiers": its members are its complement
  bool partitive = false;   ///< "thousands of", "one of": a measure of its complement
};

/// data/nouns.txt as a table.
class NounKnowledge final {
 public:
  /// As PredicateKnowledge::parse, for a nouns file.
  static NounKnowledge parse(std::string_view text, std::string_view source,
                             const Ontology& ontology);

  /// Entry of one lemma (lower case; words of a phrase joined by "_"), nullptr when there is none.
  [[nodiscard]] const NounEntry* find(std::string_view lemma) const;

  /// Entry of the longest tail of a phrase: "deputy prime minister" finds prime_minister before
  /// minister. `lemmas`: lower-case lemmas that end with the head noun.
  [[nodiscard]] const NounEntry* find_phrase(std::span<const std::string_view> lemmas) const;

  [[nodiscard]] std::span<const NounEntry> entries() const { return entries_; }
  /// Number of lemmas and phrases.
  [[nodiscard]] std::size_t size() const { return index_.size(); }

 private:
  std::vector<NounEntry> entries_;
  std::unordered_map<std::string, std::uint32_t, detail::StringHash, std::equal_to<>> index_;
};

}  // namespace relata::text
