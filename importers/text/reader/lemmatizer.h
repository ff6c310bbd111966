#pragma once
// Lemmas from edit scripts: the network chooses, for each word, a class "op|n|suffix" that makes
// the lemma from the form; an exception table (form, part of speech -> lemma) has the last word.
// Immutable after construction, usable from any thread.

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace relata::text {

/// How a lemma is made from a form: the lower-cased form (the form itself for `keep`; without
/// commas for `number`) loses `strip` code points at its end and gains `suffix`; `capitalise` and
/// `upper` then change the case.
struct LemmaScript {
  enum class Operation : char {
    lower = 'L',
    capitalise = 'C',
    upper = 'U',
    keep = 'K',
    number = 'N'
  };
  Operation operation = Operation::lower;
  std::size_t strip = 0;
  std::string suffix;

  /// Reads "L|1|y"; throws UsageError when it is no script.
  static LemmaScript parse(std::string_view text);
  /// The lemma of `form` (valid UTF-8). Taking off more than there is leaves the suffix alone.
  [[nodiscard]] std::string apply(std::string_view form) const;
};

/// Scripts of all classes, and the exceptions.
class Lemmatizer final {
 public:
  /// `scripts`: one class each. `exceptions`: lines "form TAB UPOS TAB lemma" with lower-case
  /// forms. Throws UsageError naming the line that cannot be read.
  Lemmatizer(std::span<const std::string_view> scripts,
             std::span<const std::string_view> exceptions);

  [[nodiscard]] std::size_t classes() const { return scripts_.size(); }
  /// The lemma of `form` with part of speech `upos` ("NOUN") when the network chose `script`.
  [[nodiscard]] std::string lemma(std::string_view form, std::string_view upos,
                                  std::size_t script) const;

 private:
  std::vector<LemmaScript> scripts_;
  std::unordered_map<std::string, std::string> exceptions_;  // "form TAB UPOS" -> lemma
};

/// Lower case of valid UTF-8, as Unicode defines it for no particular language.
std::string lower_case(std::string_view text);

}  // namespace relata::text
