#pragma once
// The segmenter's word lists: abbreviations, prefixes that stay with a hyphen, contractions written
// without an apostrophe, units, ends of addresses. Words are looked up folded (fold_ascii). Pure
// functions over constant tables, thread-safe.

#include <cstdint>
#include <optional>
#include <string_view>

namespace relata::text {

/// What a full stop after a short form means.
enum class Abbreviation : std::uint8_t {
  none,     ///< no abbreviation: the full stop is a token
  title,    ///< a name follows: "Mr.", "Gen."; does not end a sentence
  inner,    ///< more of the clause follows: "e.g.", "vs."; does not end a sentence
  number,   ///< an abbreviation when a number follows: "No. 5", "p. 7"
  date,     ///< month or weekday: "Sept.", "Wed."
  region,   ///< state: "Calif.", an abbreviation behind a comma
  closing,  ///< may end a sentence and then shares its full stop: "Inc.", "etc.", "St."
  initial,  ///< one letter: "J."
  acronym   ///< letters with full stops: "U.S.", "a.m."; keeps its last stop in every place
};

/// Kind of the abbreviation `word` ("Sept", "e.g", without the last full stop), by the lists and by
/// its shape.
Abbreviation abbreviation_of(std::string_view word);

/// Prefix that stays in one token with what follows its hyphen ("anti", "non", "e").
bool is_attached_prefix(std::string_view folded);

/// Both sides of a hyphen that make one interjection ("uh-huh").
bool is_interjection_part(std::string_view folded);

/// Length in bytes of the first of two words written as one ("gonna": 3, "cannot": 3, "dont": 2);
/// nothing when the word is one token.
std::optional<std::size_t> fused_split(std::string_view folded);

/// Unit of measure or time written behind a number without a blank ("km", "pm", "bn").
bool is_unit(std::string_view folded);

/// Letters before "$" that belong to the currency ("US", "HK").
bool is_dollar_prefix(std::string_view folded);

/// Last part of a host name ("com", "org") or of a file name ("pdf", "doc").
bool is_address_ending(std::string_view folded);

/// Word behind a leading apostrophe that belongs to it ("'em", "'til").
bool is_elided_word(std::string_view folded);

/// Function word that opens sentences ("the", "but", "in").
bool is_sentence_opener(std::string_view folded);

/// Verb that follows a quotation with its speaker ("said", "asked").
bool is_speech_verb(std::string_view folded);

}  // namespace relata::text
