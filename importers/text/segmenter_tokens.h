#pragma once
// Tokens of one run of characters without white space. Rules look ahead and back within the run
// only; what depends on the neighbouring words (does the full stop of "No." belong to it?) is left
// open in `abbreviation` and decided where sentences are made. Cost: linear in the run.
// Thread-safe.

#include <cstdint>
#include <string_view>
#include <vector>

#include "importers/text/segmenter_characters.h"
#include "importers/text/segmenter_words.h"

namespace relata::text {

/// A token by its bytes, before sentences are known.
struct RawToken {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  /// Not `none`: the last byte is a full stop that belongs to the word or is a token of its own.
  Abbreviation abbreviation = Abbreviation::none;
  bool space_before = false;
};

/// Cuts runs into tokens; keeps its buffers between calls.
class Tokenizer final {
 public:
  /// `text` must outlive the tokenizer.
  explicit Tokenizer(std::string_view text) : text_(text) {}

  /// Forgets what the line before left open.
  void start_line() { open_bracket_ = false; }

  /// Appends the tokens of the run [begin, end) of the text, which holds no white space, to
  /// `tokens`; the first one gets `space_before`.
  void append(std::uint32_t begin, std::uint32_t end, bool space_before,
              std::vector<RawToken>& tokens);

 private:
  [[nodiscard]] char32_t code(std::size_t i) const {
    return i < characters_.size() ? characters_[i].code : 0;
  }
  [[nodiscard]] CharClass kind(std::size_t i) const {
    return i < characters_.size() ? characters_[i].kind : CharClass::space;
  }
  [[nodiscard]] bool alphanumeric(std::size_t i) const { return is_alphanumeric(kind(i)); }
  [[nodiscard]] std::string_view slice(std::size_t from, std::size_t to) const;
  [[nodiscard]] std::size_t skip(std::size_t i, CharClass wanted) const;

  [[nodiscard]] std::size_t match_emoticon(std::size_t i) const;
  [[nodiscard]] std::size_t match_address(std::size_t i);
  [[nodiscard]] std::size_t match_url(std::size_t i) const;
  [[nodiscard]] std::size_t match_host(std::size_t i);
  [[nodiscard]] std::size_t match_number(std::size_t i) const;
  [[nodiscard]] std::size_t match_punctuation(std::size_t i) const;
  [[nodiscard]] std::size_t match_apostrophe(std::size_t i) const;
  [[nodiscard]] bool joins_hyphen(std::size_t word, std::size_t hyphen) const;
  std::size_t scan_word(std::size_t i);
  std::size_t scan_number(std::size_t i);
  void emit(std::size_t from, std::size_t to, Abbreviation abbreviation = Abbreviation::none);
  void emit_word(std::size_t from, std::size_t to);

  std::string_view text_;
  std::vector<Character> characters_;
  std::uint32_t run_end_ = 0;
  bool space_before_ = false;
  bool open_bracket_ = false;
  std::size_t no_host_before_ = 0;  // no full stop or "@" from here back to the last word start
  std::vector<RawToken>* tokens_ = nullptr;
};

}  // namespace relata::text
