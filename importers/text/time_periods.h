#pragma once
// Calendar units as intervals of days with their TIMEX3 values. Internal to the stage of
// time_expressions.h. Pure functions, thread-safe, constant cost.

#include <string>
#include <string_view>

#include "importers/text/civil_date.h"
#include "importers/text/time_expressions.h"
#include "importers/text/time_words.h"

namespace relata::text {

/// Days of a calendar unit and its TIMEX3 value.
struct Period {
  CivilDate from;
  CivilDate to;
  TimePrecision precision = TimePrecision::day;
  std::string value;
};

/// `number` in at least `width` digits, the sign before them.
std::string padded(int number, std::size_t width);

/// "SP", "SU", "FA" or "WI" for 0 to 3.
std::string_view season_code(int season);

Period day_period(const CivilDate& date);
/// The week, Monday to Sunday, that holds `date`.
Period week_period(const CivilDate& date);
Period weekend_period(const CivilDate& date);
Period month_period(int year, int month);
/// Three whole months, as in the news of the northern half; winter begins in December of `year`.
Period season_period(int year, int season);
Period quarter_period(int year, int quarter);
Period half_period(int year, int half);
Period year_period(int year);
/// The ten years that hold `year`, "1990s".
Period decade_period(int year);
/// `number` 20 is the years 1900 to 1999, as one says it; before Christ -200 to -101 is the second.
Period century_period(int number, bool bc);
/// The `unit` that holds `date`; a day for anything shorter.
Period period_around(const CivilDate& date, TimeUnit unit);

/// `date` moved by `count` units, at most a million; fractions are kept where days can tell them.
CivilDate moved(const CivilDate& date, double count, TimeUnit unit);

}  // namespace relata::text
