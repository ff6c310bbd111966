#pragma once
// Characters as the segmenter sees them: UTF-8 decoding that accepts anything, and the few classes
// that token rules ask for. Pure functions, thread-safe.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace relata::text {

/// What a character does in a token.
enum class CharClass : std::uint8_t {
  space,     ///< white space, controls and invisible format characters: between tokens
  newline,   ///< ends a line: LF, CR, VT, FF, NEL, LS, PS
  lower,     ///< lower-case letter
  upper,     ///< upper- or title-case letter
  letter,    ///< letter without case, combining mark
  digit,     ///< decimal digit
  currency,  ///< sign of a currency
  other      ///< punctuation, symbols, and bytes that are no UTF-8
};

/// A decoded character and where it begins.
struct Character {
  char32_t code = 0;
  std::uint32_t begin = 0;
  CharClass kind = CharClass::other;
};

/// Decodes the character of `text` at `position` (which must be inside) and moves `position` behind
/// it. A byte that starts no valid sequence gives U+FFFD and is one byte long.
char32_t next_character(std::string_view text, std::size_t& position);

CharClass classify(char32_t code);

inline bool is_letter(CharClass kind) {
  return kind == CharClass::lower || kind == CharClass::upper || kind == CharClass::letter;
}
inline bool is_alphanumeric(CharClass kind) {
  return is_letter(kind) || kind == CharClass::digit;
}

/// Straight or curly apostrophe, modifier apostrophe, prime, and the grave and acute accents that
/// are typed for it.
bool is_apostrophe(char32_t code);

/// `text` with ASCII letters in lower case and every kind of apostrophe as U+0027; other characters
/// as they are. For looking words up in the segmenter's tables.
std::string fold_ascii(std::string_view text);

}  // namespace relata::text
