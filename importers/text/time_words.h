#pragma once
// Words of time: months, weekdays, seasons, units, parts of the day. Looked up in folded forms
// (number_words.h). Pure functions over constant tables, thread-safe.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "importers/text/civil_date.h"

namespace relata::text {

enum class TimeUnit : std::uint8_t {
  second,
  minute,
  hour,
  day,
  weekend,
  week,
  month,
  season,
  quarter,
  year,
  decade,
  century
};

/// 1 to 12 for "march", "mar", "mar."; nothing for other words.
std::optional<int> month_of(std::string_view word);
/// True for the months that are also common words ("may", "march") or short ("mar", "dec"), which
/// need a number or a preposition beside them.
bool is_doubtful_month(std::string_view word);
/// 0 for "monday" and "mon." to 6 for "sunday".
std::optional<int> weekday_named(std::string_view word);
/// 0 for "mondays" to 6 for "sundays".
std::optional<int> plural_weekday(std::string_view word);
/// 0 spring, 1 summer, 2 autumn, 3 winter.
std::optional<int> season_of(std::string_view word);
/// "week", "weeks"; `plural` tells which.
struct UnitWord {
  TimeUnit unit = TimeUnit::day;
  bool plural = false;
};
std::optional<UnitWord> unit_of(std::string_view word);
/// TIMEX3 code of a part of the day: "MO" for "morning", "AF", "EV", "NI", "MI" (midday).
std::string_view day_part_of(std::string_view word);
/// Unit that an adjective repeats: "daily" day, "annual" year.
std::optional<TimeUnit> repeated_unit(std::string_view word);
/// First year of "nineties" counted from the century: 90.
std::optional<int> decade_named(std::string_view word);
/// "P2W", "PT3H", "P1DE" ...: TIMEX3 duration of `count` units; "X" for a negative count.
std::string duration_value(double count, TimeUnit unit);

}  // namespace relata::text
