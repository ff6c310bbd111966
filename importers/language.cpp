#include "importers/language.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include "graph/ascii.h"
#include "importers/language_words.h"

namespace relata {

namespace {

constexpr std::size_t sample_bytes = std::size_t{1} << 16U;
constexpr std::size_t enough_words = 12;     ///< fewer do not tell a language
constexpr std::size_t enough_different = 2;  ///< function words of one language
constexpr std::size_t short_words = 40;      ///< a text in which names and chance weigh much
constexpr std::size_t short_different = 4;   ///< function words of one language in such a text
constexpr double enough_share = 0.12;   ///< of function words, for another language than English
constexpr double clearly_more = 1.5;    ///< times English's share
constexpr double mostly = 0.6;          ///< of the letters, in one script
constexpr std::size_t many_words = 80;  ///< of which some are function words in any English text
constexpr double no_english = 0.04;     ///< share of English function words in other languages

using Mask = std::uint64_t;  // one bit a language of language_words()

struct ScriptLanguage {
  UScriptCode script;
  std::string_view code;
  std::string_view name;
};

constexpr std::array<ScriptLanguage, 22> script_languages = {{
    {USCRIPT_ARABIC, "ar", "Arabic or another language in Arabic letters"},
    {USCRIPT_ARMENIAN, "hy", "Armenian"},
    {USCRIPT_BENGALI, "bn", "Bengali or Assamese"},
    {USCRIPT_DEVANAGARI, "hi", "Hindi or another language in Devanagari"},
    {USCRIPT_ETHIOPIC, "am", "Amharic or Tigrinya"},
    {USCRIPT_GEORGIAN, "ka", "Georgian"},
    {USCRIPT_GREEK, "el", "Greek"},
    {USCRIPT_GUJARATI, "gu", "Gujarati"},
    {USCRIPT_GURMUKHI, "pa", "Punjabi"},
    {USCRIPT_HAN, "zh", "Chinese"},
    {USCRIPT_HANGUL, "ko", "Korean"},
    {USCRIPT_HEBREW, "he", "Hebrew"},
    {USCRIPT_HIRAGANA, "ja", "Japanese"},
    {USCRIPT_KATAKANA, "ja", "Japanese"},
    {USCRIPT_KANNADA, "kn", "Kannada"},
    {USCRIPT_KHMER, "km", "Khmer"},
    {USCRIPT_LAO, "lo", "Lao"},
    {USCRIPT_MALAYALAM, "ml", "Malayalam"},
    {USCRIPT_MYANMAR, "my", "Burmese"},
    {USCRIPT_SINHALA, "si", "Sinhala"},
    {USCRIPT_TAMIL, "ta", "Tamil"},
    {USCRIPT_THAI, "th", "Thai"},
}};

/// Each function word with the languages that have it.
const std::unordered_map<std::string_view, Mask>& word_masks() {
  static const std::unordered_map<std::string_view, Mask> masks = [] {
    std::unordered_map<std::string_view, Mask> result;
    const auto languages = language_words();
    for (std::size_t i = 0; i < languages.size(); ++i) {
      const std::string_view words = languages[i].words;
      for (std::size_t begin = 0; begin < words.size();) {
        const std::size_t end = std::min(words.find(' ', begin), words.size());
        result[words.substr(begin, end - begin)] |= Mask{1} << i;
        begin = end + 1;
      }
    }
    return result;
  }();
  return masks;
}

/// Counts over the letters and words of a text.
class Counts final {
 public:
  explicit Counts(std::string_view text)
      : hits_(language_words().size()), different_(language_words().size()) {
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto size = static_cast<std::int32_t>(std::min(text.size(), sample_bytes));
    std::string word;
    for (std::int32_t i = 0; i < size;) {
      UChar32 c = 0;
      U8_NEXT(bytes, i, size, c);
      const bool letter = c >= 0 && (u_isalpha(c) != 0 || is_mark(c));
      // An apostrophe within a word parts it ("l'eau", "don't").
      if (!letter) {
        end_word(word);
        continue;
      }
      letter_in_script(c);
      if (word.empty()) capital_ = u_isupper(c) != 0;
      append(word, u_tolower(c));
    }
    end_word(word);
  }

  [[nodiscard]] std::size_t words() const { return words_; }
  [[nodiscard]] std::size_t letters() const { return letters_; }
  [[nodiscard]] std::size_t letters_in(UScriptCode script) const {
    const auto found = scripts_.find(script);
    return found == scripts_.end() ? 0 : found->second;
  }
  /// One word again and again tells nothing.
  [[nodiscard]] double share(std::size_t language) const {
    return words_ == 0 || different_[language] <
                              (words_ < short_words ? short_different : enough_different)
               ? 0
               : static_cast<double>(hits_[language]) / static_cast<double>(words_);
  }

 private:
  static bool is_mark(UChar32 c) {
    const auto type = u_charType(c);
    return type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK;
  }

  static void append(std::string& word, UChar32 c) {
    std::array<std::uint8_t, U8_MAX_LENGTH> bytes{};
    std::int32_t length = 0;
    U8_APPEND_UNSAFE(bytes.data(), length, c);
    word.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
  }

  void letter_in_script(UChar32 c) {
    ++letters_;
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = c < 0x80 ? USCRIPT_LATIN : uscript_getScript(c, &status);
    ++scripts_[script];
  }

  void end_word(std::string& word) {
    if (word.empty()) return;
    ++words_;
    // "Al" and "Bin" of a name are nobody's function words.
    const auto found = capital_ && words_ > 1 ? word_masks().end() : word_masks().find(word);
    if (found != word_masks().end()) {
      const bool first = seen_.insert(found->first).second;
      for (std::size_t i = 0; i < hits_.size(); ++i) {
        const std::size_t hit = found->second >> i & 1U;
        hits_[i] += hit;
        different_[i] += first ? hit : 0;
      }
    }
    word.clear();
  }

  std::vector<std::size_t> hits_;
  std::vector<std::size_t> different_;
  std::unordered_set<std::string_view> seen_;
  std::unordered_map<int, std::size_t> scripts_;
  std::size_t words_ = 0;
  bool capital_ = false;  ///< the word begins with one
  std::size_t letters_ = 0;
};

/// The language of a script of its own, when most letters are in that.
const ScriptLanguage* script_language(const Counts& counts) {
  const std::size_t kana =
      counts.letters_in(USCRIPT_HIRAGANA) + counts.letters_in(USCRIPT_KATAKANA);
  const std::size_t han = counts.letters_in(USCRIPT_HAN);
  const double all = static_cast<double>(counts.letters());
  for (const ScriptLanguage& each : script_languages) {
    // Japanese is written in three scripts; without kana it is Chinese.
    const bool japanese = each.code == "ja";
    if (each.script == USCRIPT_HAN && kana * 10 > han) continue;
    const std::size_t letters =
        japanese ? kana * 10 > han ? kana + han : 0 : counts.letters_in(each.script);
    if (static_cast<double>(letters) > mostly * all) return &each;
  }
  return nullptr;
}

std::string primary(std::string_view code) {
  return lower(code.substr(0, code.find_first_of("-_")));
}

}  // namespace

LanguageGuess guess_language(std::string_view text) {
  const Counts counts(text);
  LanguageGuess guess;
  guess.english = counts.share(0);
  // Scripts without blanks have few "words" and need no more than some letters.
  if (counts.letters() >= 2 * enough_words) {
    if (const ScriptLanguage* const found = script_language(counts)) {
      guess.code = found->code;
      guess.name = found->name;
      return guess;
    }
  }
  if (counts.words() < enough_words) return guess;
  const double latin = static_cast<double>(counts.letters_in(USCRIPT_LATIN));
  const bool in_latin = latin > (1 - mostly) * static_cast<double>(counts.letters());
  std::size_t best = 0;
  for (std::size_t i = 1; i < language_words().size(); ++i) {
    if (counts.share(i) > counts.share(best)) best = i;
  }
  guess.share = counts.share(best);
  const bool known =
      guess.share >= enough_share && (best == 0 || guess.share >= clearly_more * guess.english);
  if (!known) {
    const bool none = counts.words() >= many_words && guess.english < no_english;
    if (in_latin && !none) return guess;
    guess.code = "und";
    guess.name = in_latin ? "a language that relata does not know"
                          : "a language that is not written in Latin letters";
    return guess;
  }
  guess.code = language_words()[best].code;
  guess.name = language_words()[best].name;
  return guess;
}

std::string language_name(std::string_view code) {
  const std::string wanted = primary(code);
  for (const LanguageWords& language : language_words()) {
    if (language.code == wanted) return std::string(language.name);
  }
  for (const ScriptLanguage& language : script_languages) {
    if (language.code == wanted) return std::string(language.name);
  }
  return "";
}

ArticleSink only_english(ArticleSink next, ForeignSink others) {
  return [next = std::move(next), others = std::move(others)](text::Document&& document) {
    const LanguageGuess guess = guess_language(document.text);
    std::string& stated = document.metadata.language;
    // Pages state the language of their template more often than that of their text.
    const std::string language = guess.code.empty() ? primary(stated) : guess.code;
    const std::string name = guess.code.empty() ? language_name(language) : guess.name;
    if (name.empty() || language == "en") return next(std::move(document));
    if (!guess.code.empty() && primary(stated) != guess.code) stated = guess.code;
    others(std::move(document), name);
  };
}

}  // namespace relata
