#pragma once
// Puts texts together word by word, with the facts that the reader would read off them. For tests
// and benchmarks of stores, which then need no trained reader.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "importers/text/document.h"
#include "importers/text/facts.h"

/// A text and what is read off it.
struct SampleText {
  relata::text::Document document;
  relata::text::DocumentFacts facts;
};

/// What a name stands for.
struct SampleName {
  std::string name;
  std::string type;
  relata::text::EntityKind kind = relata::text::EntityKind::actor;
  std::string country;
  std::string known;                 ///< entry of the gazetteer
  std::vector<std::string> aliases;  ///< what the text calls it, too
};

class TextComposer final {
 public:
  explicit TextComposer(const std::string& id) { text_.document.id = id; }

  [[nodiscard]] relata::text::Document& document() { return text_.document; }
  [[nodiscard]] relata::text::DocumentFacts& facts() { return text_.facts; }

  void begin_sentence();
  void end_sentence();
  /// One token, which may hold blanks.
  relata::text::TokenRef word(std::string_view word);
  /// A name as one token; names that are equal in name and country are one entity of the text.
  relata::text::TokenRef mention(const SampleName& name);
  [[nodiscard]] std::int32_t entity_at(const relata::text::TokenRef& word) const;

  [[nodiscard]] SampleText take() { return std::move(text_); }

 private:
  std::int32_t entity_of(const SampleName& name);
  SampleText text_;
};
