#pragma once
// Calendar time as the graph knows it: an interval of days with the precision in which the text
// states it. Proleptic Gregorian calendar, ISO 8601 in text form. Plain values.

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace relata {

/// How exactly a text dates something.
enum class DatePrecision : std::uint8_t {
  none,
  day,
  week,
  month,
  quarter,
  season,
  year,
  decade,
  century,
  range
};

/// Closed interval of days [from, to], as days since 1970-01-01; an open end is `open_from` or
/// `open_to`. `precision == none` means that nothing is known of the time.
struct TimeSpan {
  static constexpr std::int32_t open_from = std::numeric_limits<std::int32_t>::min();
  static constexpr std::int32_t open_to = std::numeric_limits<std::int32_t>::max();

  std::int32_t from = open_from;
  std::int32_t to = open_to;
  DatePrecision precision = DatePrecision::none;

  [[nodiscard]] bool known() const { return precision != DatePrecision::none; }
  friend auto operator<=>(const TimeSpan&, const TimeSpan&) = default;
};

/// Days since 1970-01-01 of an ISO date "2024-12-27"; nothing when it is not one (years
/// -9999..9999).
std::optional<std::int32_t> parse_iso_date(std::string_view text);

/// "2024-12-27" for days since 1970-01-01.
std::string iso_date(std::int32_t day);

/// "day", "week", ...; "" for none.
std::string_view precision_name(DatePrecision precision);
/// The precision of that name; nothing when there is none.
std::optional<DatePrecision> precision_from_name(std::string_view name);

/// The smallest span that covers both; the coarser precision wins, `range` when the two differ in
/// extent.
TimeSpan merge(const TimeSpan& left, const TimeSpan& right);

}  // namespace relata
