#pragma once
// Expressions of time in a sentence, normalised: absolute dates in every English style, partial and
// relative dates resolved against the publication date and what was mentioned before, durations,
// ranges, clock times and repetitions. Rules over token forms, helped by the reader's tags and tree
// where they are filled. The types and values are those of TIMEX3 (ISO-TimeML, ISO 24617-1).
//
// Cost: linear in the tokens. No state but the context that the caller passes; one context a
// document and thread.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "importers/text/civil_date.h"
#include "importers/text/document.h"

namespace relata::text {

enum class TimeType : std::uint8_t {
  date,      ///< a day or anything longer on the calendar
  time,      ///< a part of a day
  duration,  ///< a length, "two weeks"
  set        ///< a repetition, "every Monday"
};
/// "DATE", "TIME", "DURATION", "SET".
std::string_view time_type_name(TimeType type);

/// How exactly an interval is known: the calendar unit that was named.
enum class TimePrecision : std::uint8_t {
  time,
  day,
  week,
  month,
  season,
  quarter,
  year,
  decade,
  century,
  era
};
/// "day", "month", ...
std::string_view time_precision_name(TimePrecision precision);

/// Which part of the named time is meant.
enum class TimeModifier : std::uint8_t { none, early, middle, late, approximate };

/// How a preposition bounds the interval.
enum class TimeBound : std::uint8_t {
  during,  ///< within the named time, or no preposition
  since,   ///< from its start on
  until,   ///< up to its end ("until", "by")
  before,  ///< ends before it
  after    ///< begins after it
};

/// One expression of time.
struct TimeExpression {
  TokenSpan span;  ///< without the preposition; a range spans both ends and what joins them
  TimeType type = TimeType::date;
  /// TIMEX3 value: "2024-12-27", "2024-W52", "2024-12", "2024-SU", "2024-Q4", "2024", "199" (the
  /// 1990s), "19" (the 20th century), "-0594" (594 BC), "2024-12-27T18:30", "2024-12-27TMO", "P2W",
  /// "PXY", "XXXX-WXX-1", "PAST_REF"; a range is "FROM/TO". Parts that the text leaves open are
  /// "X".
  std::string value;
  /// First and last day of the time that is meant; empty: open or unknown. A part of a month or
  /// year
  /// ("late March") is narrowed to that half; `bound` is applied ("since May": no last day).
  std::optional<CivilDate> from;
  std::optional<CivilDate> to;
  TimePrecision precision = TimePrecision::day;
  TimeModifier modifier = TimeModifier::none;
  TimeBound bound = TimeBound::during;
};

/// What earlier text tells about the times of later text.
struct TimeContext {
  /// Day on which the text speaks: its publication, until it says what day it is ("It is Tuesday").
  /// Without it relative expressions get no interval.
  std::optional<CivilDate> publication;
  /// The last date that was mentioned, for "a day later", "that year", "on 4 July".
  std::optional<CivilDate> mentioned_from;
  std::optional<CivilDate> mentioned_to;
  /// How many sentences ago that was.
  int mentioned_age = 0;
  /// The last interval of any length, decades and eras too, for "during this period".
  std::optional<CivilDate> told_from;
  std::optional<CivilDate> told_to;
  /// How many sentences ago that was.
  int told_age = 0;
};

/// Context at the start of a document: its publication date, if the metadata hold one.
TimeContext time_context(const Document& document);

/// The expressions of time of `sentence`, in the order of their spans, which do not overlap.
/// Updates `context`; sentences must come in the order of the text.
std::vector<TimeExpression> find_times(const Sentence& sentence, TimeContext& context);

}  // namespace relata::text
