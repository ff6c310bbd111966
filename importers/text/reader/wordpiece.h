#pragma once
// Words to word pieces and shape classes, as the network was trained on them
// (docs/model_format.md): typographic signs to ASCII, NFD without marks, lower case, split at
// punctuation and CJK signs, then greedy longest match in the vocabulary. Immutable after
// construction and usable from any thread; WordPieceCache remembers forms and belongs to one
// thread.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace relata::text {

/// Pieces of one word and its shape class.
struct WordPieces {
  std::vector<std::uint32_t> ids;  ///< between 1 and `WordPiece::most_pieces`
  std::uint8_t shape = 0;
};

/// The vocabulary and the rules.
class WordPiece final {
 public:
  /// Pieces of one word beyond this number are dropped.
  static constexpr std::size_t most_pieces = 6;
  /// Shape class of the marks at the ends of a sequence; words have classes below it.
  static constexpr std::uint8_t mark_shape = 9;
  static constexpr std::size_t shapes = 10;

  /// `vocabulary[id]` is the piece with that id; "##" opens the pieces that continue a word. Throws
  /// UsageError when [UNK], [CLS] or [SEP] are missing.
  explicit WordPiece(std::span<const std::string_view> vocabulary);

  /// Pieces and shape of a word as written (valid UTF-8).
  [[nodiscard]] WordPieces split(std::string_view word) const;

  [[nodiscard]] std::uint32_t start_mark() const { return start_mark_; }
  [[nodiscard]] std::uint32_t end_mark() const { return end_mark_; }

 private:
  void match(const std::u32string& token, std::vector<std::uint32_t>& ids) const;

  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  using Ids = std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>>;
  Ids initial_;
  Ids continuing_;  // without the "##"
  std::size_t longest_ = 0;
  std::uint32_t unknown_ = 0;
  std::uint32_t start_mark_ = 0;
  std::uint32_t end_mark_ = 0;
};

/// Remembers the pieces of the forms it has seen, up to a fixed number of them.
class WordPieceCache final {
 public:
  explicit WordPieceCache(const WordPiece& rules) : rules_(&rules) {}

  /// The same as `rules.split(word)`; valid until the next call.
  const WordPieces& split(std::string_view word);

 private:
  static constexpr std::size_t most_forms = 100000;
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  const WordPiece* rules_;
  std::unordered_map<std::string, WordPieces, Hash, std::equal_to<>> forms_;
  WordPieces last_;
};

}  // namespace relata::text
