#include "importers/text/segmenter_sentences.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "importers/text/segmenter.h"
#include "importers/text/segmenter_characters.h"
#include "importers/text/segmenter_words.h"

namespace relata::text {

namespace {

constexpr std::size_t speech_window = 6;  // tokens in which "said" may follow a quotation
// Tokens at the end of an incomplete window that are not judged: they may lack their context.
constexpr std::size_t look_ahead = 32;
constexpr std::size_t dateline_window = 20;
constexpr std::size_t bracket_window = 16;  // tokens of a citation mark "[12]"

enum class Mark { none, stop, question, ellipsis, colon, semicolon, comma, dash };

/// Sentence-final judgement over the tokens of one window.
class Boundaries final {
 public:
  Boundaries(std::string_view text, std::vector<RawToken>& tokens, bool opens, bool complete)
      : text_(text), tokens_(tokens), opens_(opens), complete_(complete) {}

  std::vector<std::size_t> find();

 private:
  [[nodiscard]] std::string_view form(std::size_t i) const {
    return i < tokens_.size() ? text_.substr(tokens_[i].begin, tokens_[i].end - tokens_[i].begin)
                              : std::string_view{};
  }
  [[nodiscard]] CharClass first_kind(std::size_t i) const;
  [[nodiscard]] bool is_opening(std::size_t i) const;
  [[nodiscard]] std::size_t skip_closers(std::size_t i) const;
  [[nodiscard]] std::size_t skip_openers(std::size_t i) const;
  [[nodiscard]] bool speaker_follows(std::size_t i) const;
  [[nodiscard]] bool starts_sentence(std::size_t i) const;
  [[nodiscard]] bool abbreviation_ends(std::size_t i) const;
  [[nodiscard]] bool is_item_label(std::size_t i) const;
  [[nodiscard]] bool ends_at(std::size_t i, std::size_t next) const;
  [[nodiscard]] std::size_t dateline_end() const;
  [[nodiscard]] std::size_t best_cut(std::size_t begin) const;
  void detach_false_abbreviations();
  void detach_final_stops(const std::vector<std::size_t>& final_stops,
                          std::vector<std::size_t>& ends);

  std::string_view text_;
  std::vector<RawToken>& tokens_;
  bool opens_;
  bool complete_;
  std::size_t begin_ = 0;  // of the sentence in hand
  int straight_quotes_ = 0;
};

Mark mark_of(std::string_view form) {
  if (form.empty()) return Mark::none;
  switch (form.front()) {
    case '.':
      if (form.size() == 1) return Mark::stop;
      return form.find_first_not_of('.') == std::string_view::npos ? Mark::ellipsis : Mark::none;
    case '?':
    case '!':
      return Mark::question;
    case ':':
      return form.size() == 1 ? Mark::colon : Mark::none;
    case ';':
      return form.size() == 1 ? Mark::semicolon : Mark::none;
    case ',':
      return Mark::comma;
    case '-':
      return form.find_first_not_of('-') == std::string_view::npos ? Mark::dash : Mark::none;
    default:
      break;
  }
  if (form.starts_with("\u2026")) return Mark::ellipsis;
  if (form == "\u2013" || form == "\u2014") return Mark::dash;
  return Mark::none;
}

bool is_straight_quote(std::string_view form) {
  return form == "\"" || form == "'" || form == "''";
}

bool is_address(std::string_view form) {
  return form.starts_with("www.") || form.find("://") != std::string_view::npos;
}

// A face of eyes and mouth: ":)", ";-(", "=)".
bool is_emoticon(std::string_view form) {
  return form.size() >= 2 && form.size() <= 4 && (form.ends_with(')') || form.ends_with('(')) &&
         (form.front() == ':' || form.front() == ';' || form.front() == '=');
}

bool is_closing_form(std::string_view form) {
  constexpr auto closers = std::to_array<std::string_view>(
      {")", "]", "}", "\u201D", "\u2019", "\u2019\u2019", "\u00BB", "\u203A"});
  return std::ranges::find(closers, form) != closers.end();
}

bool is_opening_form(std::string_view form) {
  constexpr auto openers =
      std::to_array<std::string_view>({"(", "[", "{", "\u201C", "\u2018", "``", "`", "\u2018\u2018",
                                       "\u00AB", "\u2039", "\u00BF", "\u00A1", "\u201E"});
  return std::ranges::find(openers, form) != openers.end();
}

CharClass Boundaries::first_kind(std::size_t i) const {
  const std::string_view word = form(i);
  if (word.empty()) return CharClass::space;
  std::size_t position = 0;
  return classify(next_character(word, position));
}

bool Boundaries::is_opening(std::size_t i) const {
  if (is_opening_form(form(i))) return true;
  // A straight quote opens when it stands before a word and apart from what precedes it.
  return is_straight_quote(form(i)) && tokens_[i].space_before && i + 1 < tokens_.size() &&
         !tokens_[i + 1].space_before;
}

std::size_t Boundaries::skip_closers(std::size_t i) const {
  while (i < tokens_.size()) {
    const std::string_view word = form(i);
    if (is_closing_form(word)) {
      ++i;
    } else if (is_straight_quote(word)) {
      if (is_opening(i)) break;
      const bool spaced = tokens_[i].space_before;
      if (spaced && straight_quotes_ % 2 == 0) break;
      ++i;
    } else if (is_emoticon(word)) {
      ++i;
    } else if (first_kind(i) == CharClass::digit && !tokens_[i].space_before && word.size() <= 3 &&
               (i + 1 >= tokens_.size() || tokens_[i + 1].space_before)) {
      ++i;  // number of a footnote: "the fee.8 Yet"
    } else if (word == "[" && first_kind(i + 1) == CharClass::digit) {
      std::size_t k = i + 1;
      while (k < tokens_.size() && k < i + bracket_window && form(k) != "]") ++k;
      if (form(k) != "]") break;
      i = k + 1;
    } else {
      break;
    }
  }
  return i;
}

std::size_t Boundaries::skip_openers(std::size_t i) const {
  while (i < tokens_.size() && (is_opening(i) || is_straight_quote(form(i)))) ++i;
  return i;
}

// "... ?" she said; "... !" Mr. Lee told reporters: the quotation is part of the sentence.
bool Boundaries::speaker_follows(std::size_t i) const {
  const std::size_t limit = std::min(tokens_.size(), i + speech_window);
  for (std::size_t k = i; k < limit; ++k) {
    const std::string_view word = form(k);
    const std::string folded = fold_ascii(word);
    if (is_speech_verb(folded)) return true;
    const CharClass kind = first_kind(k);
    if (!is_letter(kind)) return false;
    // Names, pronouns and articles may stand between; any other first word opens a sentence.
    const bool small = folded == "the" || folded == "a" || folded == "he" || folded == "she" ||
                       folded == "they" || folded == "i" || folded == "we" || folded == "one";
    if (k == i && !small && is_sentence_opener(folded)) return false;
  }
  return false;
}

bool Boundaries::starts_sentence(std::size_t i) const {
  const std::size_t word = skip_openers(i);
  return first_kind(word) == CharClass::upper && is_sentence_opener(fold_ascii(form(word)));
}

bool Boundaries::abbreviation_ends(std::size_t i) const {
  const std::size_t next = skip_closers(i + 1);
  if (next >= tokens_.size()) return true;
  const std::size_t word = skip_openers(next);
  const CharClass kind = first_kind(word);
  const bool upper = kind == CharClass::upper;
  switch (tokens_[i].abbreviation) {
    case Abbreviation::title:
    case Abbreviation::inner:
      return false;
    case Abbreviation::date:
      return upper && starts_sentence(next);
    case Abbreviation::initial:
      // "Plan B. The ..." ends, "J. The" hardly occurs; a list letter "A." does not end.
      return i > begin_ && upper && starts_sentence(next);
    case Abbreviation::acronym: {
      if (!upper) return false;
      const std::string time = fold_ascii(form(i));
      if (time != "a.m." && time != "p.m.") return starts_sentence(next);
      // "5 p.m. EST", "5 p.m. Monday" go on, "5 p.m. Russia said" does not.
      const std::string_view follower = form(word);
      const bool zone = std::ranges::all_of(follower, [](char c) { return c >= 'A' && c <= 'Z'; });
      const Abbreviation kind_of_follower = abbreviation_of(follower.substr(0, 3));
      return !zone && kind_of_follower != Abbreviation::date && follower != "Eastern" &&
             follower != "Pacific" && follower != "Central" && follower != "Mountain";
    }
    case Abbreviation::region:
      return upper && starts_sentence(next);
    case Abbreviation::closing:
      return upper && (starts_sentence(next) || fold_ascii(form(i)) == "etc.");
    case Abbreviation::number:  // "(b. March 1950)"; elsewhere the stop was detached
    case Abbreviation::none:
      break;
  }
  return false;
}

// The full stop at `i` closes the number or letter of an item ("3.", "* 1.", "Figure 2.") that
// opens the sentence.
bool Boundaries::is_item_label(std::size_t i) const {
  if (i == begin_ || i > begin_ + 2 || tokens_[i].space_before) return false;
  const std::string_view item = form(i - 1);
  const CharClass item_kind = first_kind(i - 1);
  if (i == begin_ + 2) {
    const std::string before = fold_ascii(form(begin_));
    const bool caption = before == "figure" || before == "table" || before == "listing" ||
                         before == "section" || before == "chapter" || before == "article" ||
                         before == "part" || before == "step";
    if (!caption && first_kind(begin_) != CharClass::other) return false;
  }
  return (item.size() <= 3 && item_kind == CharClass::digit) ||
         (item.size() == 1 && is_letter(item_kind) && item != "I");
}

// Whether a sentence ends with the mark at `i` (and its closers) before the token `next`.
bool Boundaries::ends_at(std::size_t i, std::size_t next) const {
  const Mark mark = mark_of(form(i));
  const bool closed = next > i + 1;
  const std::size_t word = skip_openers(next);
  const CharClass kind = first_kind(word);
  const bool spaced = tokens_[next].space_before;
  if (is_address(form(next))) return spaced && mark != Mark::ellipsis;
  if (kind == CharClass::lower) {
    // Careless writers go on in lower case after "?" and "!!"; "Yahoo! said" does not end.
    const bool asked = mark == Mark::question && form(i) != "!" && !closed && spaced;
    if (asked) return i > begin_ + 1 && word == next && !speaker_follows(word);
    // "iPhone", "eBay" and the like begin sentences in lower case.
    const std::string_view name = form(word);
    const bool camel = std::ranges::any_of(name, [](char c) { return c >= 'A' && c <= 'Z'; });
    return camel && mark != Mark::ellipsis && spaced;
  }
  switch (mark) {
    case Mark::stop: {
      if (is_item_label(i)) return false;
      if (!spaced && !closed && kind != CharClass::upper && !is_opening(next)) return false;
      return mark_of(form(next)) == Mark::none;
    }
    case Mark::question:
      if (mark_of(form(next)) != Mark::none && mark_of(form(next)) != Mark::dash) return false;
      if (closed && speaker_follows(word)) return false;
      if (form(next) == "(" && first_kind(next + 1) == CharClass::digit) return false;
      if (!spaced && kind != CharClass::upper) return false;
      return true;
    case Mark::ellipsis:
      if (mark_of(form(next)) != Mark::none) return false;
      return i > begin_ && (kind == CharClass::upper || is_opening(next)) && spaced &&
             (i + 1 == next ? true : closed);
    default:
      return false;
  }
}

// Where to cut an overlong sentence that begins at `begin`: behind the strongest mark in the second
// half of what a sentence may hold.
std::size_t Boundaries::best_cut(std::size_t begin) const {
  const std::size_t limit = begin + max_sentence_tokens - 2;  // detached full stops may join
  std::size_t best = limit;
  int best_rank = 0;
  for (std::size_t i = begin + max_sentence_tokens / 2; i < limit; ++i) {
    int rank = 0;
    switch (mark_of(form(i))) {
      case Mark::stop:
      case Mark::question:
        rank = 5;
        break;
      case Mark::semicolon:
        rank = 4;
        break;
      case Mark::colon:
      case Mark::ellipsis:
        rank = 3;
        break;
      case Mark::dash:
        rank = 2;
        break;
      case Mark::comma:
        rank = 1;
        break;
      case Mark::none:
        break;
    }
    if (rank > 0 && rank >= best_rank) {
      best_rank = rank;
      best = i + 1;
    }
  }
  return best;
}

// The full stop of "No." before anything but a number, and of "Ore." without the mark before it
// that states have ("Salem, Ore.", "D-Ore."), is a token of its own whether or not a sentence ends.
void Boundaries::detach_false_abbreviations() {
  std::vector<RawToken> settled;
  settled.reserve(tokens_.size());
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    RawToken token = tokens_[i];
    const bool in_doubt = i + 1 == tokens_.size() && !complete_;
    const bool bracketed = i > 0 && (form(i - 1) == "(" || form(i - 1) == "[");
    const bool number = token.abbreviation == Abbreviation::number && !bracketed &&
                        first_kind(i + 1) != CharClass::digit;
    // "taller than I." against "I. Newton".
    const bool pronoun = token.abbreviation == Abbreviation::initial && form(i) == "I." && i > 0 &&
                         first_kind(i - 1) == CharClass::lower;
    const bool region = token.abbreviation == Abbreviation::region &&
                        (i == 0 || (mark_of(form(i - 1)) != Mark::comma && form(i - 1) != "-" &&
                                    form(i - 1) != "("));
    if (in_doubt || (!number && !region && !pronoun)) {
      settled.push_back(token);
      continue;
    }
    token.abbreviation = Abbreviation::none;
    token.end -= 1;
    settled.push_back(token);
    settled.push_back({token.end, token.end + 1, Abbreviation::none, false});
  }
  tokens_ = std::move(settled);
}

// Gives each sentence-final abbreviation in `final_stops` its full stop as a token; `ends` follow.
void Boundaries::detach_final_stops(const std::vector<std::size_t>& final_stops,
                                    std::vector<std::size_t>& ends) {
  if (final_stops.empty()) return;
  std::vector<RawToken> settled;
  settled.reserve(tokens_.size() + final_stops.size());
  std::size_t stop = 0;
  std::size_t sentence = 0;
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    settled.push_back(tokens_[i]);
    if (stop < final_stops.size() && final_stops[stop] == i) {
      settled.back().end -= 1;
      settled.push_back({tokens_[i].end - 1, tokens_[i].end, Abbreviation::none, false});
      ++stop;
    }
    for (; sentence < ends.size() && ends[sentence] == i + 1; ++sentence) {
      ends[sentence] = settled.size();
    }
  }
  tokens_ = std::move(settled);
}

/// "Reuters" of "Lagos (Reuters) - ": agencies that sign so.
bool is_agency(std::string_view word) {
  static constexpr std::array<std::string_view, 18> agencies = {
      "Reuters", "AP",   "AFP",  "UPI", "Xinhua", "Bloomberg", "DPA", "dpa", "ANSA",
      "EFE",     "TASS", "Tass", "PTI", "ANI",    "VOA",       "IPS", "CNN", "Anadolu"};
  return std::ranges::find(agencies, word) != agencies.end();
}

// Token behind the dash of a dateline at the start: "KYIV, Ukraine (AP) - ", "NEW DELHI - ",
// "Lagos, Nigeria – "; 0 when there is none.
std::size_t Boundaries::dateline_end() const {
  // Letters of the words in capitals that open the line: "OSLO", "NEW DELHI", but not "UN".
  std::size_t letters = 0;
  for (std::size_t i = 0; i < std::min(tokens_.size(), std::size_t{3}); ++i) {
    const std::string_view place = form(i);
    if (i > 0 && place == "-" && !tokens_[i].space_before) continue;
    const bool upper = first_kind(i) == CharClass::upper && place.size() > 1 &&
                       std::ranges::all_of(place, [](char c) { return !(c >= 'a' && c <= 'z'); });
    if (!upper) break;
    letters += place.size();
  }
  const bool capitals = letters >= 4;
  bool agency = false;
  bool known_agency = false;
  bool parted = false;
  std::size_t hyphens = 0;
  for (std::size_t i = 1; i < std::min(tokens_.size(), dateline_window); ++i) {
    const std::string_view word = form(i);
    if (word == "(") agency = true;
    if (agency && is_agency(word)) known_agency = true;
    if (word == ",") parted = true;
    const bool hyphen = word == "-" && !tokens_[i].space_before;
    if (hyphen) {  // "PORT-AU-PRINCE"
      const bool inside = capitals && i + 1 < tokens_.size() && !tokens_[i + 1].space_before;
      if (!inside) return 0;
      ++hyphens;
      continue;
    }
    if (mark_of(word) == Mark::dash) {
      const std::size_t words = i - 2 * hyphens;
      const bool told =
          agency && form(i - 1) == ")" && i <= 12 && (capitals || parted || known_agency);
      const bool place_alone = capitals && (parted || words <= 3);
      const bool place_and_country = parted && !agency && word != "-" && i <= 5;
      const bool opens = first_kind(skip_openers(i + 1)) == CharClass::upper;
      return opens && (told || place_alone || place_and_country) ? i + 1 : 0;
    }
    const CharClass kind = first_kind(i);
    if (kind == CharClass::lower) return 0;
    if (kind == CharClass::other && word != "(" && word != ")" && word != "," && word != "/" &&
        word != ".") {
      return 0;
    }
  }
  return 0;
}

std::vector<std::size_t> Boundaries::find() {
  detach_false_abbreviations();
  std::vector<std::size_t> ends;
  std::vector<std::size_t> final_stops;
  const auto close = [&](std::size_t end) {
    ends.push_back(end);
    begin_ = end;
    straight_quotes_ = 0;
  };
  std::size_t first = 0;
  if (opens_ && !tokens_.empty()) first = dateline_end();
  if (first > 0) close(first);
  for (std::size_t i = first; i < tokens_.size(); ++i) {
    if (!complete_ && i + look_ahead >= tokens_.size()) break;
    if (i >= begin_ + max_sentence_tokens - 2) {
      close(best_cut(begin_));
      i = begin_ - 1;
      continue;
    }
    if (form(i) == "\"") ++straight_quotes_;
    const Abbreviation abbreviation = tokens_[i].abbreviation;
    const Mark mark = mark_of(form(i));
    const bool final_mark = mark == Mark::stop || mark == Mark::question || mark == Mark::ellipsis;
    if (abbreviation == Abbreviation::none && !final_mark) continue;
    const std::size_t next = skip_closers(i + 1);
    const bool last = next >= tokens_.size();
    if (abbreviation != Abbreviation::none) {
      if (!last && !abbreviation_ends(i)) continue;
      if (abbreviation != Abbreviation::acronym && abbreviation != Abbreviation::initial) {
        final_stops.push_back(i);
      }
      if (!last) {
        close(next);
        i = begin_ - 1;
      }
    } else if (!last && ends_at(i, next)) {
      close(next);
      i = begin_ - 1;
    }
  }
  while (tokens_.size() - begin_ > max_sentence_tokens - 2) close(best_cut(begin_));
  if (complete_ && begin_ < tokens_.size()) close(tokens_.size());
  detach_final_stops(final_stops, ends);
  return ends;
}

}  // namespace

std::vector<std::size_t> sentence_ends(std::string_view text, std::vector<RawToken>& tokens,
                                       bool opens, bool complete) {
  return Boundaries(text, tokens, opens, complete).find();
}

bool is_list_item(std::string_view text, const std::vector<RawToken>& tokens, std::size_t begin,
                  std::size_t end) {
  const auto form = [&](std::size_t i) {
    return i < end ? text.substr(tokens[i].begin, tokens[i].end - tokens[i].begin)
                   : std::string_view();
  };
  std::size_t position = 0;
  const std::string_view first = form(begin);
  if (first.empty()) return false;
  const CharClass kind = classify(next_character(first, position));
  const bool bullet = first == "-" || first == "*" || first == "\u2013" || first == "\u2014" ||
                      first == "\u2022" || first == "\u25CF" || first == "\u25AA" ||
                      first == "\u00B7" || first == "+" || first == ">";
  const bool label = first.size() <= 3 && is_alphanumeric(kind) &&
                     (form(begin + 1) == ")" || (form(begin + 1) == "." && begin + 2 < end));
  const bool bracketed = first == "(" && form(begin + 1).size() <= 3 && form(begin + 2) == ")";
  return bullet || label || bracketed;
}

bool is_punctuated(std::string_view text, const std::vector<RawToken>& tokens, std::size_t begin,
                   std::size_t end) {
  while (end > begin) {
    const RawToken& token = tokens[end - 1];
    const std::string_view form = text.substr(token.begin, token.end - token.begin);
    if (!is_closing_form(form) && !is_straight_quote(form)) {
      return mark_of(form) != Mark::none || form.ends_with('.');
    }
    --end;
  }
  return false;
}

}  // namespace relata::text
