#include "importers/text/segmenter_tokens.h"

#include <algorithm>
#include <array>
#include <string>

namespace relata::text {

namespace {

constexpr std::size_t none = 0;  // a match that found nothing ends at 0

// Longest first, so that ":-)" is not read as ":" and "-)".
constexpr auto emoticons = std::to_array<std::u32string_view>(
    {U":'-(", U">:-(", U":-))", U":'(", U":-)", U":-(", U";-)", U":-D", U":-P", U":-p",
     U":-/",  U":-|",  U":-o",  U":-O", U"8-)", U"=-)", U"^_^", U"^.^", U"-_-", U"o_O",
     U"O_o",  U":)",   U":(",   U";)",  U"=)",  U"=(",  U":D",  U":P",  U":p",  U";D",
     U";P",   U"(:",   U"=D",   U":]",  U":|",  U"<3",  U"xD",  U"XD"});

bool is_hyphen(char32_t code) {
  return code == U'-' || code == 0x2010 || code == 0x2011;
}

bool is_address_character(char32_t code, CharClass kind) {
  return is_alphanumeric(kind) || code == U'-' || code == U'_' || code == U'#' || code == U'%' ||
         code == U'~' || code == U'+';
}

// First half of an academic degree: "Ph" of "Ph.D.", "Ed", "Sc", "Litt".
bool is_degree(std::string_view form) {
  return form == "Ph" || form == "Ed" || form == "Sc" || form == "Litt" || form == "Psy";
}

bool closes_url(char32_t code) {
  switch (code) {
    case U'<':
    case U'>':
    case U'"':
    case U'|':
    case U'{':
    case U'}':
    case 0x201C:
    case 0x201D:
    case 0x2018:
    case 0x2019:
    case 0xAB:
    case 0xBB:
      return true;
    default:
      return false;
  }
}

bool is_trailing_mark(char32_t code) {
  return code == U'.' || code == U',' || code == U';' || code == U':' || code == U'!' ||
         code == U'?' || code == U'\'' || code == U'*';
}

}  // namespace

std::string_view Tokenizer::slice(std::size_t from, std::size_t to) const {
  const std::uint32_t begin = from < characters_.size() ? characters_[from].begin : run_end_;
  const std::uint32_t end = to < characters_.size() ? characters_[to].begin : run_end_;
  return text_.substr(begin, end - begin);
}

std::size_t Tokenizer::skip(std::size_t i, CharClass wanted) const {
  while (kind(i) == wanted && i < characters_.size()) ++i;
  return i;
}

void Tokenizer::emit(std::size_t from, std::size_t to, Abbreviation abbreviation) {
  const std::string_view bytes = slice(from, to);
  const auto begin = static_cast<std::uint32_t>(bytes.data() - text_.data());
  tokens_->push_back(
      {begin, begin + static_cast<std::uint32_t>(bytes.size()), abbreviation, space_before_});
  space_before_ = false;
}

void Tokenizer::append(std::uint32_t begin, std::uint32_t end, bool space_before,
                       std::vector<RawToken>& tokens) {
  characters_.clear();
  run_end_ = end;
  space_before_ = space_before;
  no_host_before_ = 0;
  tokens_ = &tokens;
  const std::string_view run = text_.substr(0, end);
  for (std::size_t position = begin; position < end;) {
    const auto at = static_cast<std::uint32_t>(position);
    const char32_t c = next_character(run, position);
    characters_.push_back({c, at, classify(c)});
  }
  for (std::size_t i = 0; i < characters_.size();) {
    if (const std::size_t to = match_emoticon(i); to != none) {
      emit(i, to);
      i = to;
    } else if (const std::size_t address = match_address(i); address != none) {
      emit(i, address);
      i = address;
    } else if (const std::size_t number = match_number(i); number != none) {
      i = scan_number(i);
    } else if (alphanumeric(i)) {
      i = scan_word(i);
    } else {
      const std::size_t mark = match_punctuation(i);
      if (code(i) == U'(' || code(i) == U')') open_bracket_ = code(i) == U'(';
      emit(i, mark);
      i = mark;
    }
  }
}

std::size_t Tokenizer::match_emoticon(std::size_t i) const {
  if (code(i) >= 0x80 || (kind(i) == CharClass::digit && code(i) != U'8')) return none;
  for (const std::u32string_view emoticon : emoticons) {
    std::size_t k = 0;
    while (k < emoticon.size() && code(i + k) == emoticon[k]) ++k;
    if (k < emoticon.size()) continue;
    const std::size_t end = i + k;
    const char32_t last = emoticon.back();
    const bool lettered = classify(last) != CharClass::other;
    const bool starts_lettered = classify(emoticon.front()) != CharClass::other;
    if ((lettered || last == U'/' || last == U'|') && end != characters_.size()) continue;
    if ((lettered || starts_lettered) && i > 0) continue;
    if (last == U')' && open_bracket_) continue;
    if (emoticon.front() == U'(' && end != characters_.size()) continue;
    if (alphanumeric(end) || (last == U']' && i > 0)) continue;
    return end;
  }
  return none;
}

std::size_t Tokenizer::match_url(std::size_t i) const {
  // A scheme, or "www.", and then everything to a character that no address holds.
  std::size_t k = i;
  while (k < i + 12 && kind(k) == CharClass::lower) ++k;
  if (kind(k) == CharClass::upper) {
    while (k < i + 12 && is_letter(kind(k))) ++k;
  }
  const bool scheme = k > i && code(k) == U':' && code(k + 1) == U'/' && code(k + 2) == U'/';
  const bool www =
      k == i + 3 && code(k) == U'.' && fold_ascii(slice(i, k)) == "www" && alphanumeric(k + 1);
  const bool mail = code(k) == U':' && fold_ascii(slice(i, k)) == "mailto" && alphanumeric(k + 1);
  if (!scheme && !www && !mail) return none;
  std::size_t end = k;
  int brackets = 0;
  while (end < characters_.size() && !closes_url(code(end))) {
    if (code(end) == U'(') ++brackets;
    if (code(end) == U')' && --brackets < 0) break;
    if (code(end) == U']') break;
    ++end;
  }
  while (end > k + 1 && is_trailing_mark(code(end - 1))) --end;
  return end;
}

// An e-mail address, host name, or file name: parts of letters and digits joined by full stops,
// known by "@" or by the last part.
std::size_t Tokenizer::match_host(std::size_t i) {
  if (i < no_host_before_) return none;
  std::size_t end = i;
  std::size_t part = i;
  std::size_t stops = 0;
  std::size_t at = none;
  bool lower_only = true;
  const std::size_t limit = std::min(characters_.size(), i + 128);
  while (end < limit) {
    if (code(end) == U'@' && at == none && end > i && alphanumeric(end + 1)) {
      at = end++;
      part = end;
    } else if (code(end) == U'.' && end > part &&
               (is_address_character(code(end + 1), kind(end + 1)) ||
                (at == none && code(end + 1) == U'.'))) {
      while (code(end) == U'.') ++end;
      part = end;
      ++stops;
    } else if (is_address_character(code(end), kind(end))) {
      if (kind(end) != CharClass::lower && code(end) != U'-') lower_only = false;
      ++end;
    } else {
      break;
    }
  }
  if (at != none) {
    while (end > at + 1 && !alphanumeric(end - 1)) --end;
    return end > at + 1 ? end : none;
  }
  if (stops == 0) no_host_before_ = end;
  if (stops == 0 || end == part) return none;
  const std::string ending = fold_ascii(slice(part, end));
  const bool path = code(end) == U'/' && alphanumeric(end + 1) && is_address_ending(ending);
  const bool group = stops >= 2 && lower_only && end - i > 8 && end > part + 2;
  if (!group && !is_address_ending(ending)) return none;
  // "war.Com" is a missing blank, "war.com" and "WAR.COM" are not; a two-letter country needs more.
  if (kind(part) == CharClass::upper && kind(part + 1) == CharClass::lower) return none;
  for (std::size_t k = i; k + 1 < part; ++k) {
    if (code(k) == U'.' && code(k + 1) == U'.') return none;
  }
  if (end - part == 2 && stops < 2 && !path && kind(i) != CharClass::lower) return none;
  if (!is_letter(kind(part)) || abbreviation_of(slice(i, end)) != Abbreviation::none) return none;
  if (path) {
    while (end < characters_.size() && !closes_url(code(end)) && code(end) != U')' &&
           code(end) != U']') {
      ++end;
    }
    while (is_trailing_mark(code(end - 1))) --end;
  }
  return end;
}

std::size_t Tokenizer::match_address(std::size_t i) {
  if (i > 0 && alphanumeric(i - 1)) return none;
  const bool sigil = code(i) == U'#' || code(i) == U'@';
  if (sigil && (is_letter(kind(i + 1)) || code(i + 1) == U'_')) {
    std::size_t end = i + 1;
    bool word = true;
    while (alphanumeric(end) || code(end) == U'_') ++end;
    if (code(end) == U'.' && is_address_character(code(end + 1), kind(end + 1))) word = false;
    return word ? end : none;
  }
  if (!alphanumeric(i)) return none;
  const std::size_t url = match_url(i);
  return url != none ? url : match_host(i);
}

// True start of a number: a digit, or a sign or point directly before one.
std::size_t Tokenizer::match_number(std::size_t i) const {
  if (kind(i) == CharClass::digit) return i + 1;
  const bool after_word = i > 0 && (alphanumeric(i - 1) || code(i - 1) == U')');
  if (after_word || kind(i + 1) != CharClass::digit) return none;
  if (code(i) == U'+') return i + 1;
  if (code(i) == U'.') return i > 0 && code(i - 1) == U'.' ? none : i + 1;
  return none;
}

// Digits with the marks that stay inside numbers: "2,000", "3.5", "7:30", "9/11", "713-853-3989".
std::size_t Tokenizer::scan_number(std::size_t i) {
  std::size_t end = skip(kind(i) == CharClass::digit ? i : i + 1, CharClass::digit);
  const auto digits_after = [&](std::size_t k) { return skip(k + 1, CharClass::digit) - (k + 1); };
  // Telephone numbers and dates keep their hyphens; a range of two numbers does not.
  if (is_hyphen(code(end))) {
    std::size_t k = end;
    int parts = 1;
    while (parts < 6 && is_hyphen(code(k)) && digits_after(k) > 0) {
      k = skip(k + 1, CharClass::digit);
      ++parts;
    }
    // "345-9945" but "500-1000".
    const bool local_number = parts == 2 && end - i == 3 && k - end == 5 && code(end - 1) != U'0';
    if ((parts > 2 || local_number) && !is_letter(kind(k))) {
      emit(i, k);
      return k;
    }
  }
  for (;;) {
    const char32_t mark = code(end);
    const std::size_t digits = digits_after(end);
    const bool grouped = mark == U',' && digits == 3;
    const bool inner = (mark == U'.' || mark == U':' || mark == U'/') && digits > 0;
    const bool thousands_apostrophe = is_apostrophe(mark) && digits == 3 && end - i <= 3;
    if (!grouped && !inner && !thousands_apostrophe) break;
    end += 1 + digits;
  }
  if (!is_letter(kind(end)) && code(end) != U'_') {
    const bool genitive =
        is_apostrophe(code(end)) && code(end + 1) == U's' && !alphanumeric(end + 2);
    // "1930's" and "47's" are words of their own, "2015's" is not.
    const bool year = end - i == 4 && code(end - 1) != U'0';
    if (genitive && !year) end += 2;
    emit(i, end);
    if (genitive && year) {
      emit(end, end + 2);
      end += 2;
    }
    return end;
  }
  std::size_t letters = end;
  while (is_letter(kind(letters))) ++letters;
  const bool word_ends = !alphanumeric(letters) && code(letters) != U'_';
  std::string unit = fold_ascii(slice(end, letters));
  if (code(letters) == U'.' && (unit == "a" || unit == "p") && code(letters + 1) == U'm') {
    unit += ".m";
  } else if (word_ends && is_hyphen(code(letters))) {
    // "15mm-thick": the unit is cut off as elsewhere.
  } else if (!word_ends) {
    return scan_word(i);
  }
  if (!is_unit(unit)) return scan_word(i);
  emit(i, end);
  return end;
}

std::size_t Tokenizer::match_apostrophe(std::size_t i) const {
  // Clitics that stand apart ("Ukraine 's"), elided words ("'em"), years ("'07", "'60s").
  if (i > 0 && alphanumeric(i - 1)) return none;
  std::size_t end = i + 1;
  if (kind(end) == CharClass::digit) {
    end = skip(end, CharClass::digit);
    if (end - i != 3) return none;
    if (code(end) == U's') ++end;
    return alphanumeric(end) ? none : end;
  }
  while (is_letter(kind(end))) ++end;
  const std::string word = fold_ascii(slice(i + 1, end));
  if (word == "n" && is_apostrophe(code(end))) return end + 1;
  if (is_elided_word(word)) return end;
  const bool clitic =
      word == "s" || word == "re" || word == "ve" || word == "ll" || word == "d" || word == "m";
  const bool possessive = word == "s" && i > 0 && code(i - 1) != U'(' && !alphanumeric(end);
  return (i == 0 && clitic) || possessive ? end : none;
}

std::size_t Tokenizer::match_punctuation(std::size_t i) const {
  const char32_t c = code(i);
  if (is_apostrophe(c)) {
    if (const std::size_t end = match_apostrophe(i); end != none) return end;
    const bool doubled = code(i + 1) == c && c != U'´';
    return doubled ? i + 2 : i + 1;
  }
  std::size_t end = i + 1;
  switch (c) {
    case U'.':
    case 0x2026:
      while (code(end) == U'.' || code(end) == 0x2026) ++end;
      return end;
    case U'!':
    case U'?':
      while (code(end) == U'!' || code(end) == U'?') ++end;
      return end;
    case U'-':
    case U'=':
      while (code(end) == U'-' || code(end) == U'=') ++end;
      return code(end) == U'>' ? end + 1 : end;
    case U'<':
    case U'>':
      return code(end) == c ? end + 1 : end;
    case 0x2018:
      return code(end) == 0x2018 || code(end) == 0x2019 ? end + 1 : end;
    case U'*':
    case U'_':
    case U'~':
    case U'#':
    case U'+':
    case 0x2014:
    case 0x2022:
      while (code(end) == c) ++end;
      return end;
    default:
      // An emoji with its modifiers and joined parts.
      while (i < end && (code(end) == 0xFE0F || (code(end) >= 0x1F3FB && code(end) <= 0x1F3FF))) {
        ++end;
      }
      return end;
  }
}

bool Tokenizer::joins_hyphen(std::size_t word, std::size_t hyphen) const {
  if (!alphanumeric(hyphen + 1)) return false;
  const std::string left = fold_ascii(slice(word, hyphen));
  if (is_attached_prefix(left)) return true;
  if (!is_interjection_part(left)) return false;
  std::size_t end = hyphen + 1;
  while (is_letter(kind(end))) ++end;
  return is_interjection_part(fold_ascii(slice(hyphen + 1, end)));
}

std::size_t Tokenizer::scan_word(std::size_t i) {
  std::size_t end = alphanumeric(i) ? i : i + 1;  // behind the sign of a number
  while (end < characters_.size()) {
    const char32_t c = code(end);
    const CharClass next = kind(end + 1);
    if (alphanumeric(end) || c == U'_') {
      ++end;
    } else if (is_apostrophe(c) && is_letter(next)) {
      ++end;
    } else if (is_hyphen(c)) {
      // A word broken off ("th-") keeps its hyphen.
      if (end + 1 == characters_.size() && end <= i + 2 && is_letter(kind(i))) {
        ++end;
        break;
      }
      if (!joins_hyphen(i, end)) break;
      ++end;
    } else if (c == U'.') {
      const bool last = !is_alphanumeric(next);
      // "anti-U.S.": the part behind the hyphen decides.
      std::size_t part = end;
      while (part > i && end - part < 24 && !is_hyphen(code(part - 1))) --part;
      const Abbreviation abbreviation = abbreviation_of(slice(part, end));
      if (last) {
        const bool dots = code(end + 1) == U'.' && code(end + 2) == U'.';
        if (abbreviation == Abbreviation::none || dots) break;
        emit(i, end + 1, abbreviation);
        return end + 1;
      }
      // A missing blank: "war.The", "Mr.Smith", "No.5"; else a name with an inner full stop.
      if (is_letter(next) && code(end + 2) == U'.' && is_degree(slice(i, end))) {
        end += 2;  // "Ph.D."
        continue;
      }
      const bool acronym = abbreviation == Abbreviation::initial ||
                           abbreviation == Abbreviation::acronym ||
                           (end == i + 1 && is_letter(kind(i)));
      if (!acronym || (next == CharClass::upper && kind(end + 2) == CharClass::lower &&
                       abbreviation == Abbreviation::initial)) {
        if (abbreviation != Abbreviation::none && abbreviation != Abbreviation::number) {
          emit(i, end + 1, abbreviation);
          return end + 1;
        }
        if (next == CharClass::digit && abbreviation == Abbreviation::number) {
          emit(i, end + 1, abbreviation);
          return end + 1;
        }
        if (next == CharClass::upper && kind(end + 2) != CharClass::upper) break;
        if (kind(end - 1) == CharClass::lower && next == CharClass::lower && end > i + 3) break;
      }
      ++end;
    } else if (c == U'&' && is_alphanumeric(next)) {
      std::size_t right = end + 1;
      while (is_letter(kind(right))) ++right;
      if (end - i > 3 || right - end > 4) break;
      ++end;
    } else if (c == U'@' && is_alphanumeric(next)) {
      ++end;
    } else if (c == U'*' && (is_letter(next) || next == CharClass::other)) {
      std::size_t stars = end;
      while (code(stars) == U'*') ++stars;
      if (!is_letter(kind(stars))) break;
      end = stars;
    } else if (c == U'/' && end > i) {
      const std::string left = fold_ascii(slice(i, end));
      const bool with = left == "w" && (!is_alphanumeric(next) || code(end + 1) == U'o');
      if (!with && !(left == "s" && code(end + 1) == U'h' && code(end + 2) == U'e')) break;
      ++end;
    } else if (c == U'$' && is_dollar_prefix(fold_ascii(slice(i, end))) &&
               kind(i) == CharClass::upper) {
      ++end;
      emit(i, end);
      return end;
    } else if (c == U'!' && slice(i, end) == "Yahoo") {
      ++end;  // the one name in the news that is written with a mark
      break;
    } else if (c == U'+' && code(end + 1) == U'+' && end == i + 1 && !alphanumeric(end + 2)) {
      end += 2;
      break;
    } else {
      break;
    }
  }
  emit_word(i, end);
  return end;
}

// Cuts clitics off a word and emits the parts.
void Tokenizer::emit_word(std::size_t from, std::size_t to) {
  if (const auto first = fused_split(fold_ascii(slice(from, to)))) {
    const std::size_t cut = from + *first;
    if (fold_ascii(slice(from, to)) == "dunno") {  // three words
      emit(from, cut);
      emit(cut, cut + 1);
      emit(cut + 1, to);
      return;
    }
    emit(from, cut);
    emit(cut, to);
    return;
  }
  // At most a few clitics from the end: "could|n't|'ve".
  std::array<std::size_t, 4> cuts{};
  std::size_t count = 0;
  std::size_t end = to;
  while (count < cuts.size()) {
    std::size_t cut = none;
    for (std::size_t length = 2; length <= 3 && from + length < end; ++length) {
      const std::string tail = fold_ascii(slice(end - length, end));
      const bool clitic = tail == "'s" || tail == "'m" || tail == "'d" || tail == "'re" ||
                          tail == "'ve" || tail == "'ll" || tail == "n't";
      if (clitic) cut = end - length;
    }
    if (cut == none || cut <= from) break;
    cuts[count++] = cut;
    end = cut;
  }
  std::size_t begin = from;
  while (count > 0) {
    const std::size_t cut = cuts[--count];
    emit(begin, cut);
    begin = cut;
  }
  emit(begin, to);
}

}  // namespace relata::text
