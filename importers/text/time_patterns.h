#pragma once
// Recognises expressions of time in a sentence, before they are anchored to the calendar. Internal
// to the stage of time_expressions.h. Thread-safe; cost linear in the tokens.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "importers/text/document.h"
#include "importers/text/time_eras.h"
#include "importers/text/time_expressions.h"
#include "importers/text/time_words.h"

namespace relata::text {

enum class TimeKind : std::uint8_t {
  calendar,  ///< year, month, day, weekday, season, quarter: what of them is given
  decade,    ///< `year` is its first year
  century,   ///< `year` is its number, 20 for the 20th
  shift,     ///< `direction` units from the anchor: "last week", "that year"
  window,    ///< `count` units up to or from the anchor: "the past two months"
  offset,    ///< `count` units from the anchor: "three days ago", "a year later"
  duration,
  set,
  clock,  ///< `day_part` holds "T18:30"
  vague,  ///< `value` says all: "PAST_REF"
  era,    ///< `era` holds the days
  told    ///< the interval that was mentioned last: "this period"
};

/// What a relative expression counts from.
enum class TimeAnchor : std::uint8_t { publication, mention };

/// Part of the year's units that a half or quarter names.
struct FoundTime {
  TokenSpan span;
  TimeKind kind = TimeKind::calendar;
  std::optional<int> year;  ///< as written; `bc` for before Christ
  bool bc = false;
  int month = 0;        ///< 1..12, 0 when not given
  int day = 0;          ///< 1..31, 0 when not given
  int last_day = 0;     ///< "10-12 May": 12
  int weekday = -1;     ///< 0 Monday .. 6 Sunday
  int season = -1;      ///< 0 spring .. 3 winter
  int quarter = 0;      ///< 1..4
  int half = 0;         ///< 1..2
  bool easter = false;  ///< `day` counts from Easter Sunday
  TimeUnit unit = TimeUnit::day;
  double count = 1;   ///< negative: not told ("several")
  int direction = 0;  ///< -1 back, +1 forward
  /// "this year", "last year" behind a date without a year.
  std::optional<int> year_shift;
  bool half_modifier = false;  ///< `modifier` is a half, not an early or late part
  bool strict = false;         ///< "last", "next", "this" was said
  bool earlier = false;        ///< "earlier this week": up to the anchor
  bool later = false;          ///< "later this year": from the anchor on
  bool ends = false;           ///< "by the end of the year": the last day
  /// Three digits that are a year only where the text tells of ancient times.
  bool ancient_only = false;
  TimeAnchor anchor = TimeAnchor::publication;
  TimeModifier modifier = TimeModifier::none;
  std::string day_part;  ///< "MO", "T18:30"
  std::string value;
  Era era;
};

/// All expressions of `sentence` in order, without overlaps. `words` are its folded forms.
std::vector<FoundTime> recognise_times(const Sentence& sentence,
                                       const std::vector<std::string>& words);

}  // namespace relata::text
