#pragma once
// Days of the proleptic Gregorian calendar and their arithmetic. Years are astronomical: 0 is 1 BC,
// -1 is 2 BC. Plain values and pure functions, thread-safe, constant cost.

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace relata::text {

/// A day. Valid dates only: month 1..12, day 1..length of the month, year within
/// +-`furthest_year`.
struct CivilDate {
  std::int32_t year = 1970;
  std::int32_t month = 1;
  std::int32_t day = 1;
  friend auto operator<=>(const CivilDate&, const CivilDate&) = default;
};

inline constexpr std::int32_t furthest_year = 32000;

/// True when such a day exists.
inline bool is_valid(const CivilDate& date) {
  if (date.year < -furthest_year || date.year > furthest_year || date.month < 1 ||
      date.month > 12 || date.day < 1 || date.day > 31) {
    return false;
  }
  return std::chrono::year_month_day{std::chrono::year(date.year),
                                     std::chrono::month(static_cast<unsigned>(date.month)),
                                     std::chrono::day(static_cast<unsigned>(date.day))}
      .ok();
}

/// 28 to 31.
inline std::int32_t days_in_month(std::int32_t year, std::int32_t month) {
  const std::chrono::year_month_day_last last{
      std::chrono::year(year),
      std::chrono::month_day_last(std::chrono::month(static_cast<unsigned>(month)))};
  return static_cast<std::int32_t>(static_cast<unsigned>(last.day()));
}

/// Days since 1970-01-01.
inline std::int32_t day_number(const CivilDate& date) {
  const std::chrono::year_month_day day{std::chrono::year(date.year),
                                        std::chrono::month(static_cast<unsigned>(date.month)),
                                        std::chrono::day(static_cast<unsigned>(date.day))};
  return static_cast<std::int32_t>(std::chrono::sys_days(day).time_since_epoch().count());
}

/// The day `number` days after 1970-01-01; numbers beyond +-`furthest_year` give the nearest day
/// inside.
inline CivilDate date_from_number(std::int64_t number) {
  constexpr std::int64_t limit = static_cast<std::int64_t>(furthest_year - 1971) * 365;
  const std::int64_t inside = number > limit ? limit : number < -limit ? -limit : number;
  const std::chrono::year_month_day day{std::chrono::sys_days(std::chrono::days(inside))};
  return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
          static_cast<int>(static_cast<unsigned>(day.day()))};
}

inline CivilDate add_days(const CivilDate& date, std::int64_t days) {
  return date_from_number(day_number(date) + days);
}

/// The same day `months` months later or, in a shorter month, its last day. Years beyond
/// +-`furthest_year` are held there.
inline CivilDate add_months(const CivilDate& date, std::int64_t months) {
  const std::int64_t count = static_cast<std::int64_t>(date.year) * 12 + (date.month - 1) + months;
  std::int64_t year = count >= 0 ? count / 12 : -((-count + 11) / 12);
  const auto month = static_cast<std::int32_t>(count - year * 12 + 1);
  if (year > furthest_year) year = furthest_year;
  if (year < -furthest_year) year = -furthest_year;
  const auto in_year = static_cast<std::int32_t>(year);
  const std::int32_t last = days_in_month(in_year, month);
  return {in_year, month, date.day < last ? date.day : last};
}

/// 0 for Monday to 6 for Sunday.
inline std::int32_t weekday_of(const CivilDate& date) {
  const std::int32_t number = day_number(date) + 3;  // 1970-01-01 was a Thursday
  return ((number % 7) + 7) % 7;
}

/// Year and number of the ISO 8601 week that holds `date`.
struct IsoWeek {
  std::int32_t year = 0;
  std::int32_t week = 0;
};
inline IsoWeek iso_week(const CivilDate& date) {
  const CivilDate thursday = add_days(date, 3 - weekday_of(date));
  const CivilDate first{thursday.year, 1, 1};
  return {thursday.year, (day_number(thursday) - day_number(first)) / 7 + 1};
}

/// Easter Sunday of the Western churches (Meeus, Jones and Butcher's rule).
inline CivilDate easter_of(std::int32_t year) {
  const std::int32_t a = year % 19;
  const std::int32_t b = year / 100;
  const std::int32_t c = year % 100;
  const std::int32_t h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const std::int32_t l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  const std::int32_t m = (a + 11 * h + 22 * l) / 451;
  const std::int32_t n = h + l - 7 * m + 114;
  return {year, n / 31, n % 31 + 1};
}

/// "2024-12-27"; a year before 1 BC is written with a minus sign, "-0593-01-01".
inline std::string to_iso(const CivilDate& date) {
  const auto padded = [](std::int32_t number, std::size_t width) {
    std::string digits = std::to_string(number < 0 ? -number : number);
    if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
    return number < 0 ? "-" + digits : digits;
  };
  return padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2);
}

/// Reads "2024-12-27"; a longer string must go on with "T" or a blank. Nothing when it is no date.
inline std::optional<CivilDate> date_from_iso(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  if (text.size() > 10 && text[10] != 'T' && text[10] != ' ') return std::nullopt;
  std::int32_t parts[3] = {0, 0, 0};
  const std::size_t begins[3] = {0, 5, 8};
  const std::size_t lengths[3] = {4, 2, 2};
  for (int part = 0; part < 3; ++part) {
    for (std::size_t i = begins[part]; i < begins[part] + lengths[part]; ++i) {
      if (text[i] < '0' || text[i] > '9') return std::nullopt;
      parts[part] = parts[part] * 10 + (text[i] - '0');
    }
  }
  const CivilDate date{parts[0], parts[1], parts[2]};
  if (!is_valid(date)) return std::nullopt;
  return date;
}

}  // namespace relata::text
