#include "graph/fold.h"

#include <algorithm>
#include <array>
#include <vector>

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf16.h>

#include "graph/errors.h"

namespace relata {

namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Collects words: letters and digits are put, everything else parts or vanishes.
class FoldedText final {
 public:
  void letter(char c) {
    part();
    text_ += c;
  }
  void letters(const icu::UnicodeString& piece) {
    part();
    piece.toUTF8String(text_);
  }
  void gap() { gap_ = true; }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void part() {
    if (gap_ && !text_.empty()) text_ += ' ';
    gap_ = false;
  }

  std::string text_;
  bool gap_ = false;
};

std::string fold_ascii(std::string_view name) {
  FoldedText folded;
  for (const char c : name) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      folded.letter(c);
    } else if (c >= 'A' && c <= 'Z') {
      folded.letter(static_cast<char>(c - 'A' + 'a'));
    } else if (c != '.' && c != '\'') {
      folded.gap();
    }
  }
  return folded.take();
}

bool vanishes(UChar32 c) {
  return c == '.' || c == '\'' || c == 0x2018 || c == 0x2019 || c == 0x02BC || c == 0x00B4 ||
         c == '`' || u_charType(c) == U_NON_SPACING_MARK || u_charType(c) == U_ENCLOSING_MARK ||
         u_charType(c) == U_FORMAT_CHAR || u_charType(c) == U_MODIFIER_LETTER;
}

void check(UErrorCode status, const char* what) {
  if (U_FAILURE(status)) {
    throw Error(std::string("the Unicode library cannot ") + what + ": " + u_errorName(status));
  }
}

}  // namespace

struct NameFolder::Transform {
  const icu::Normalizer2* decompose = nullptr;
  std::unique_ptr<icu::Transliterator> latin;

  Transform() {
    UErrorCode status = U_ZERO_ERROR;
    decompose = icu::Normalizer2::getNFKDInstance(status);
    check(status, "decompose text");
    latin.reset(icu::Transliterator::createInstance("Any-Latin; NFKD; Latin-ASCII", UTRANS_FORWARD,
                                                    status));
    check(status, "spell text in Latin letters");
  }

  [[nodiscard]] std::string fold(std::string_view name) const {
    const auto size = static_cast<std::int32_t>(std::min<std::size_t>(name.size(), 1U << 20U));
    icu::UnicodeString text = icu::UnicodeString::fromUTF8({name.data(), size});
    text.foldCase();
    latin->transliterate(text);
    UErrorCode status = U_ZERO_ERROR;
    text = decompose->normalize(text, status);
    check(status, "decompose text");
    text.foldCase();
    FoldedText folded;
    for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
      const UChar32 c = text.char32At(i);
      if (u_isalnum(c) && u_charType(c) != U_MODIFIER_LETTER) {
        folded.letters(icu::UnicodeString(c));
      } else if (!vanishes(c)) {
        folded.gap();
      }
    }
    return folded.take();
  }
};

NameFolder::NameFolder() = default;
NameFolder::~NameFolder() = default;
NameFolder::NameFolder(NameFolder&&) noexcept = default;
NameFolder& NameFolder::operator=(NameFolder&&) noexcept = default;

std::string NameFolder::fold(std::string_view name) {
  if (is_ascii(name)) return fold_ascii(name);
  if (!transform_) transform_ = std::make_unique<Transform>();
  return transform_->fold(name);
}

std::size_t edit_distance(std::string_view left, std::string_view right, std::size_t bound) {
  if (left.size() > right.size()) std::swap(left, right);
  if (right.size() - left.size() > bound) return bound + 1;
  // Row i holds the distances of left[0, i) to every prefix of right; only the band within `bound`
  // of the diagonal can matter.
  const std::size_t width = right.size() + 1;
  std::vector<std::size_t> before_last(width, bound + 1);
  std::vector<std::size_t> last(width);
  std::vector<std::size_t> row(width);
  for (std::size_t j = 0; j < width; ++j) last[j] = std::min(j, bound + 1);
  for (std::size_t i = 1; i <= left.size(); ++i) {
    std::fill(row.begin(), row.end(), bound + 1);
    if (i <= bound) row[0] = i;
    std::size_t least = row[0];
    const std::size_t first = i > bound ? i - bound : 1;
    const std::size_t end = std::min(width, i + bound + 1);
    for (std::size_t j = first; j < end; ++j) {
      const bool same = left[i - 1] == right[j - 1];
      std::size_t cost = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
      if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) {
        cost = std::min(cost, before_last[j - 2] + 1);
      }
      row[j] = std::min(cost, bound + 1);
      least = std::min(least, row[j]);
    }
    if (least > bound) return bound + 1;
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[right.size()];
}

}  // namespace relata
