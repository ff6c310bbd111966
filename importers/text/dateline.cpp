#include "importers/text/dateline.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "importers/text/civil_date.h"
#include "importers/text/number_words.h"
#include "importers/text/segmenter.h"
#include "importers/text/segmenter_lines.h"
#include "importers/text/time_patterns.h"

namespace relata::text {

namespace {

constexpr std::size_t head_bytes = 8192;        // no dateline stands further down
constexpr std::size_t date_line_tokens = 14;    // a longer line is prose
constexpr std::size_t other_words_allowed = 6;  // words beside the date in a date line
constexpr std::size_t sentences_looked_at = 6;
constexpr std::int32_t dateline_tokens = 16;  // within which a dateline gives its date
constexpr std::size_t longest_title = 300;    // bytes

template <typename... Words>
bool one_of(std::string_view word, Words... words) {
  return ((word == words) || ...);
}

// A full day with its year; nothing for a range or less.
std::optional<CivilDate> full_date(const FoundTime& time) {
  if (time.kind != TimeKind::calendar || !time.year || time.bc || time.month == 0 ||
      time.day == 0 || time.last_day > 0) {
    return std::nullopt;
  }
  const CivilDate date{*time.year, time.month, time.day};
  if (!is_valid(date)) return std::nullopt;
  if (time.weekday >= 0 && weekday_of(date) != time.weekday) return std::nullopt;
  return date;
}

bool is_label(std::string_view word) {
  return one_of(word, "published", "posted", "updated", "date", "dated", "by", "on", "last",
                "modified", "first", "issued", "filed", "created", "release", "press", "at", "am",
                "pm", "a.m.", "p.m.", "gmt", "utc", "est", "edt", "pst", "bst", "cet", "the");
}

bool is_word(const Token& token) {
  return !token.form.empty() && (static_cast<unsigned char>(token.form[0]) >= 0x80 ||
                                 (token.form[0] >= 'A' && token.form[0] <= 'Z') ||
                                 (token.form[0] >= 'a' && token.form[0] <= 'z'));
}

bool is_capitalised(const Token& token) {
  return token.form[0] >= 'A' && token.form[0] <= 'Z';
}

// A line that holds a date and hardly anything else.
std::optional<CivilDate> date_line(const Sentence& sentence) {
  if (sentence.tokens.size() > date_line_tokens) return std::nullopt;
  const std::vector<std::string> words = folded_forms(sentence);
  const std::vector<FoundTime> times = recognise_times(sentence, words);
  std::optional<CivilDate> date;
  std::size_t others = 0;
  bool labelled = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto at = static_cast<std::int32_t>(i);
    const auto time = std::ranges::find_if(
        times, [at](const FoundTime& found) { return found.span.contains(at); });
    if (time != times.end()) {
      const auto found = full_date(*time);
      if (time->kind != TimeKind::clock && !found) return std::nullopt;
      if (found && date && *found != *date && at == time->span.begin && !labelled) {
        return std::nullopt;  // two dates
      }
      if (found && !date) date = found;
      continue;
    }
    if (is_label(words[i])) {
      labelled = true;
    } else if (is_word(sentence.tokens[i])) {
      // Names may stand beside the date, running words may not.
      if (!is_capitalised(sentence.tokens[i])) return std::nullopt;
      ++others;
    }
  }
  if (!date || others > other_words_allowed) return std::nullopt;
  // Names with a date are a date line when it says so or opens with "By"; "Paris, 3 May 2020" too.
  const bool place = others <= 3 && !sentence.tokens.empty();
  return others == 0 || labelled || place ? date : std::nullopt;
}

// "KYIV, Dec. 27, 2024 (Agency) - Talks ...": capitals, the date and then a dash.
std::optional<CivilDate> dateline(const Sentence& sentence) {
  if (sentence.tokens.empty() || !is_word(sentence.tokens[0])) return std::nullopt;
  const std::string& place = sentence.tokens[0].form;
  const bool capitals = place.size() > 1 &&
                        std::ranges::all_of(place, [](char c) { return !(c >= 'a' && c <= 'z'); });
  const std::vector<std::string> words = folded_forms(sentence);
  const auto size = static_cast<std::int32_t>(std::min<std::size_t>(words.size(), dateline_tokens));
  std::int32_t dash = -1;
  for (std::int32_t i = 1; i < size && dash < 0; ++i) {
    const std::string& word = words[static_cast<std::size_t>(i)];
    const bool apart = sentence.tokens[static_cast<std::size_t>(i - 1)].space_after;
    if (one_of(word, "--", "\u2013", "\u2014") || (word == "-" && apart)) dash = i;
  }
  if (dash < 0) return std::nullopt;
  bool agency = false;
  for (std::int32_t i = 0; i < dash; ++i) {
    const Token& token = sentence.tokens[static_cast<std::size_t>(i)];
    if (token.form == "(") agency = true;
    if (is_word(token) && !is_capitalised(token)) return std::nullopt;
  }
  if (!capitals && !agency) return std::nullopt;
  for (const FoundTime& time : recognise_times(sentence, words)) {
    if (time.span.end > dash) break;
    if (const auto date = full_date(time)) return date;
  }
  return std::nullopt;
}

}  // namespace

void read_dateline(Document& document) {
  if (!document.metadata.date.empty() && !document.metadata.title.empty()) return;
  std::string_view head = std::string_view(document.text).substr(0, head_bytes);
  if (head.size() < document.text.size()) {
    // Whole lines only; a text that is one long line keeps its beginning, cut at a blank.
    const std::size_t line = head.find_last_of('\n');
    const std::size_t blank = head.find_last_of(' ');
    if (line != std::string_view::npos) {
      head = head.substr(0, line);
    } else if (blank != std::string_view::npos) {
      head = head.substr(0, blank);
    } else {
      return;
    }
  }
  std::vector<Sentence> sentences;
  for_each_sentence(head, [&](Sentence&& sentence) {
    if (sentences.size() < sentences_looked_at) sentences.push_back(std::move(sentence));
  });
  const bool first_is_headline = !sentences.empty() && sentences[0].headline;
  if (document.metadata.title.empty() && first_is_headline && sentences.size() > 1 &&
      !date_line(sentences[0])) {
    const ByteSpan bytes = sentences[0].bytes;
    if (bytes.end - bytes.begin <= longest_title) {
      document.metadata.title = std::string(document.bytes(bytes));
    }
  }
  if (!document.metadata.date.empty()) return;
  for (const Sentence& sentence : sentences) {
    const bool alone = sentence.headline || std::ranges::none_of(sentences, [&](const Sentence& s) {
                         return &s != &sentence && s.paragraph == sentence.paragraph;
                       });
    std::optional<CivilDate> date;
    if (alone) date = date_line(sentence);
    if (!date) date = dateline(sentence);
    if (date) {
      document.metadata.date = to_iso(*date);
      return;
    }
  }
}

}  // namespace relata::text
