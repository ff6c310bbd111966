#pragma once
// What the parsers of data/predicates.txt and data/nouns.txt share: lines and entries, `let` names,
// lists of participants, names of the ontology, errors that name file and line. Used by
// knowledge.cpp while it parses, then thrown away.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/ontology.h"
#include "importers/text/knowledge.h"

namespace relata::text::detail {

/// Trimmed pieces of `text` between `separator`s; empty pieces are kept.
std::vector<std::string_view> split(std::string_view text, std::string_view separator);
/// First word of `text`; `text` keeps what follows it.
std::string_view take_word(std::string_view& text);
/// `text` in double quotes, for messages.
std::string quoted(std::string_view text);
/// True when an ASCII capital is in `text`.
bool has_capital(std::string_view text);

/// Words of a file and the values that they stand for.
template <typename Value>
using NamedValues = std::vector<std::pair<std::string_view, Value>>;

/// Kinds that the ends of a relation can have.
struct EndKinds {
  ParticipantKinds source = 0;
  ParticipantKinds target = 0;
};

/// One file on its way through the parser. Refers to the ontology, which must outlive it.
class KnowledgeFile final {
 public:
  using TakeEntry = std::function<void(const std::vector<std::string_view>& keys,
                                       const std::vector<std::string_view>& clauses)>;

  KnowledgeFile(std::string_view source, const Ontology& ontology)
      : source_(source), ontology_(ontology) {}

  /// Calls `take` for each entry of `text`, in order. Throws InputError for a line that is neither
  /// an entry nor a definition.
  void parse(std::string_view text, const TakeEntry& take);

  /// Line of the entry being taken, from 1.
  [[nodiscard]] std::uint32_t line() const { return line_; }
  /// Throws InputError with file and line.
  [[noreturn]] void fail(const std::string& problem) const;

  /// A relation of the ontology, canonical or inverse; roles of events are none.
  [[nodiscard]] std::string relation(std::string_view name) const;
  /// A node type of the ontology of that kind.
  [[nodiscard]] std::string type(NodeKind kind, std::string_view name) const;
  [[nodiscard]] ParticipantKinds kinds(std::string_view text) const;
  [[nodiscard]] Selectors selectors(std::string_view text) const;
  /// "[A kind KIND, B kind KIND]"; an end that it leaves out keeps its kinds of `given`.
  [[nodiscard]] EndKinds end_kinds(std::string_view bracket, EndKinds given) const;
  /// What an "ends" line said of that relation; any kind when there was none.
  [[nodiscard]] EndKinds default_end_kinds(std::string_view relation) const;

  /// The value named `text`; `what` says what was expected.
  template <typename Value>
  [[nodiscard]] Value value_of(std::string_view text, const NamedValues<Value>& known,
                               std::string_view what) const {
    const auto found = std::find_if(known.begin(), known.end(),
                                    [text](const auto& one) { return one.first == text; });
    if (found != known.end()) return found->second;
    std::string choices;
    for (const auto& [name, value] : known) {
      choices += (choices.empty() ? "" : ", ") + std::string(name);
    }
    fail("expected a " + std::string(what) + " (" + choices + "), found " + quoted(text));
  }

 private:
  [[nodiscard]] Selector selector(std::string_view name) const;
  void define(std::string_view text);
  void define_ends(std::string_view text);

  std::string source_;
  const Ontology& ontology_;
  std::uint32_t line_ = 0;
  std::map<std::string, Selectors, std::less<>> definitions_;
  std::map<std::string, EndKinds, std::less<>> end_kinds_;
};

}  // namespace relata::text::detail
