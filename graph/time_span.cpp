#include "graph/time_span.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include <fmt/format.h>

namespace relata {

namespace {

constexpr std::array<std::string_view, 10> precision_names = {
    "", "day", "week", "month", "quarter", "season", "year", "decade", "century", "range"};

std::optional<int> digits(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty() || text[0] == '-') {
    return std::nullopt;
  }
  return value;
}

}  // namespace

std::optional<std::int32_t> parse_iso_date(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(negative ? -*year : *year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count());
}

std::string iso_date(std::int32_t day) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  const int year = static_cast<int>(date.year());
  return fmt::format("{}{:04}-{:02}-{:02}", year < 0 ? "-" : "", year < 0 ? -year : year,
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string_view precision_name(DatePrecision precision) {
  return precision_names[static_cast<std::size_t>(precision)];
}

std::optional<DatePrecision> precision_from_name(std::string_view name) {
  const auto* found = std::find(precision_names.begin(), precision_names.end(), name);
  if (found == precision_names.end()) return std::nullopt;
  return static_cast<DatePrecision>(found - precision_names.begin());
}

TimeSpan merge(const TimeSpan& left, const TimeSpan& right) {
  if (!left.known()) return right;
  if (!right.known()) return left;
  TimeSpan both{std::min(left.from, right.from), std::max(left.to, right.to),
                std::max(left.precision, right.precision)};
  const bool same = both.from == left.from && both.to == left.to;
  const bool same_right = both.from == right.from && both.to == right.to;
  if (!same && !same_right) both.precision = DatePrecision::range;
  return both;
}

}  // namespace relata
