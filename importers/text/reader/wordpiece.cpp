#include "importers/text/reader/wordpiece.h"

#include <algorithm>

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "graph/errors.h"

namespace relata::text {

namespace {

/// Typographic signs as the network sees them.
UChar32 to_ascii_sign(UChar32 c) {
  switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2032:
    case 0x00B4:
    case 0x0060:
      return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2033:
    case 0x00AB:
    case 0x00BB:
      return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
      return '-';
    case 0x00A0:
    case 0x2009:
    case 0x202F:
      return ' ';
    default:
      return c;
  }
}

bool is_ascii_sign(UChar32 c) {
  return (c >= 33 && c <= 47) || (c >= 58 && c <= 64) || (c >= 91 && c <= 96) ||
         (c >= 123 && c <= 126);
}

bool is_punctuation(UChar32 c) {
  return is_ascii_sign(c) || (c >= 128 && (U_GET_GC_MASK(c) & U_GC_P_MASK) != 0);
}

bool is_cjk(UChar32 c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
         (c >= 0x20000 && c <= 0x2A6DF) || (c >= 0x2A700 && c <= 0x2CEAF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F);
}

/// The word with typographic signs mapped, decomposed, without marks and control characters.
icu::UnicodeString cleaned(std::string_view word) {
  const icu::UnicodeString written = icu::UnicodeString::fromUTF8(
      icu::StringPiece(word.data(), static_cast<std::int32_t>(word.size())));
  icu::UnicodeString mapped;
  for (std::int32_t i = 0; i < written.length(); i = written.moveIndex32(i, 1)) {
    mapped.append(to_ascii_sign(written.char32At(i)));
  }
  if (mapped == u"''") mapped = u"\"";
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString decomposed =
      icu::Normalizer2::getNFDInstance(status)->normalize(mapped, status);
  if (U_FAILURE(status)) throw Error("the Unicode library cannot decompose a word");
  icu::UnicodeString kept;
  for (std::int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
    const UChar32 c = decomposed.char32At(i);
    if (c == '\t' || c == '\n' || c == '\r') {
      kept.append(static_cast<UChar32>(' '));
      continue;
    }
    const std::uint32_t category = U_GET_GC_MASK(c);
    if ((category & (U_GC_MN_MASK | U_GC_C_MASK)) != 0 || c == 0xFFFD) continue;
    kept.append(c);
  }
  return kept;
}

std::uint8_t shape_of(const icu::UnicodeString& word) {
  enum Shape : std::uint8_t {
    lower_case,
    capitalised,
    all_capitals,
    single_capital,
    mixed_case,
    digits_only,
    letters_and_digits,
    signs_only,
    other_script
  };
  int upper = 0;
  int lower = 0;
  int digits = 0;
  int others = 0;
  bool first_upper = false;
  for (std::int32_t i = 0; i < word.length(); i = word.moveIndex32(i, 1)) {
    const UChar32 c = word.char32At(i);
    if (c >= 'A' && c <= 'Z') {
      if (upper + lower == 0) first_upper = true;
      ++upper;
    } else if (c >= 'a' && c <= 'z') {
      ++lower;
    } else if (c >= '0' && c <= '9') {
      ++digits;
    } else if (c >= 128 && (U_GET_GC_MASK(c) & (U_GC_P_MASK | U_GC_S_MASK)) == 0) {
      ++others;
    }
  }
  if (others > 0 || word.isEmpty()) return other_script;
  if (upper + lower == 0) return digits > 0 ? digits_only : signs_only;
  if (digits > 0) return letters_and_digits;
  if (upper == 0) return lower_case;
  if (lower == 0) return upper == 1 ? single_capital : all_capitals;
  return first_upper && upper == 1 ? capitalised : mixed_case;
}

}  // namespace

WordPiece::WordPiece(std::span<const std::string_view> vocabulary) {
  for (std::size_t id = 0; id < vocabulary.size(); ++id) {
    std::string_view piece = vocabulary[id];
    Ids& ids = piece.starts_with("##") && piece.size() > 2 ? continuing_ : initial_;
    if (&ids == &continuing_) piece.remove_prefix(2);
    ids.emplace(piece, static_cast<std::uint32_t>(id));
    longest_ = std::max(longest_, piece.size());
  }
  const auto mark = [&](std::string_view name) {
    const auto found = initial_.find(name);
    if (found == initial_.end()) {
      throw UsageError("the vocabulary has no piece " + std::string(name));
    }
    return found->second;
  };
  unknown_ = mark("[UNK]");
  start_mark_ = mark("[CLS]");
  end_mark_ = mark("[SEP]");
}

void WordPiece::match(const std::u32string& token, std::vector<std::uint32_t>& ids) const {
  constexpr std::size_t longest_token = 100;
  if (token.size() > longest_token) {
    ids.push_back(unknown_);
    return;
  }
  std::string bytes;
  std::vector<std::size_t> starts;
  for (const char32_t c : token) {
    starts.push_back(bytes.size());
    icu::UnicodeString(static_cast<UChar32>(c)).toUTF8String(bytes);
  }
  starts.push_back(bytes.size());
  const std::size_t before = ids.size();
  std::size_t first = 0;
  while (first < token.size()) {
    const Ids& table = first == 0 ? initial_ : continuing_;
    std::size_t last = token.size();
    for (; last > first; --last) {
      const std::size_t length = starts[last] - starts[first];
      if (length > longest_) continue;
      const auto found = table.find(std::string_view(bytes).substr(starts[first], length));
      if (found != table.end()) {
        ids.push_back(found->second);
        break;
      }
    }
    if (last == first) {
      ids.resize(before);
      ids.push_back(unknown_);
      return;
    }
    first = last;
  }
}

WordPieces WordPiece::split(std::string_view word) const {
  // Longer words say nothing more within the pieces that are kept.
  constexpr std::size_t most_bytes = 2000;
  if (word.size() > most_bytes) {
    std::size_t end = most_bytes;
    while (end > 0 && (static_cast<unsigned char>(word[end]) & 0xC0U) == 0x80U) --end;
    word = word.substr(0, end);
  }
  icu::UnicodeString text = cleaned(word);
  WordPieces result;
  result.shape = shape_of(text);
  text.toLower(icu::Locale::getRoot());
  std::u32string token;
  const auto flush = [&] {
    if (!token.empty()) match(token, result.ids);
    token.clear();
  };
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    if (u_isUWhiteSpace(c)) {
      flush();
    } else if (is_punctuation(c) || is_cjk(c)) {
      flush();
      token.push_back(static_cast<char32_t>(c));
      flush();
    } else {
      token.push_back(static_cast<char32_t>(c));
    }
  }
  flush();
  if (result.ids.empty()) result.ids.push_back(unknown_);
  if (result.ids.size() > most_pieces) result.ids.resize(most_pieces);
  return result;
}

const WordPieces& WordPieceCache::split(std::string_view word) {
  const auto found = forms_.find(word);
  if (found != forms_.end()) return found->second;
  if (forms_.size() >= most_forms) {
    last_ = rules_->split(word);
    return last_;
  }
  return forms_.emplace(word, rules_->split(word)).first->second;
}

}  // namespace relata::text
