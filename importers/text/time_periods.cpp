#include "importers/text/time_periods.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace relata::text {

namespace {

constexpr auto season_codes = std::to_array<std::string_view>({"SP", "SU", "FA", "WI"});

// Years before Christ are written as they are told: astronomical -593 is 594 BC, "-0594".
std::string year_value(int year) {
  return padded(year > 0 ? year : year - 1, 4);
}

}  // namespace

std::string padded(int number, std::size_t width) {
  std::string digits = std::to_string(std::abs(number));
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  return number < 0 ? "-" + digits : digits;
}

std::string_view season_code(int season) {
  return season_codes[static_cast<std::size_t>(season)];
}

Period day_period(const CivilDate& date) {
  return {date, date, TimePrecision::day,
          year_value(date.year) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2)};
}

Period week_period(const CivilDate& date) {
  const CivilDate monday = add_days(date, -weekday_of(date));
  const IsoWeek week = iso_week(date);
  return {monday, add_days(monday, 6), TimePrecision::week,
          year_value(week.year) + "-W" + padded(week.week, 2)};
}

Period weekend_period(const CivilDate& date) {
  Period period = week_period(date);
  period.from = add_days(period.from, 5);
  period.value += "-WE";
  return period;
}

Period month_period(int year, int month) {
  return {{year, month, 1},
          {year, month, days_in_month(year, month)},
          TimePrecision::month,
          year_value(year) + "-" + padded(month, 2)};
}

Period season_period(int year, int season) {
  const int first = 3 + 3 * season;
  const CivilDate begin{year, first, 1};
  return {begin, add_days(add_months(begin, 3), -1), TimePrecision::season,
          year_value(year) + "-" + std::string(season_code(season))};
}

Period quarter_period(int year, int quarter) {
  const CivilDate begin{year, quarter * 3 - 2, 1};
  return {begin, add_days(add_months(begin, 3), -1), TimePrecision::quarter,
          year_value(year) + "-Q" + std::to_string(quarter)};
}

Period half_period(int year, int half) {
  const CivilDate begin{year, half == 1 ? 1 : 7, 1};
  return {begin, add_days(add_months(begin, 6), -1), TimePrecision::quarter,
          year_value(year) + "-H" + std::to_string(half)};
}

Period year_period(int year) {
  return {{year, 1, 1}, {year, 12, 31}, TimePrecision::year, year_value(year)};
}

Period decade_period(int year) {
  const int first = year - ((year % 10) + 10) % 10;
  return {{first, 1, 1}, {first + 9, 12, 31}, TimePrecision::decade, padded(first / 10, 3)};
}

Period century_period(int number, bool bc) {
  if (bc) {
    return {{1 - number * 100, 1, 1},
            {-(number - 1) * 100, 12, 31},
            TimePrecision::century,
            "-" + padded(number * 100, 4) + "/-" + padded((number - 1) * 100 + 1, 4)};
  }
  return {{(number - 1) * 100, 1, 1},
          {number * 100 - 1, 12, 31},
          TimePrecision::century,
          padded(number - 1, 2)};
}

Period period_around(const CivilDate& date, TimeUnit unit) {
  switch (unit) {
    case TimeUnit::second:
    case TimeUnit::minute:
    case TimeUnit::hour:
    case TimeUnit::day:
      return day_period(date);
    case TimeUnit::weekend:
      return weekend_period(date);
    case TimeUnit::week:
      return week_period(date);
    case TimeUnit::month:
      return month_period(date.year, date.month);
    case TimeUnit::season: {
      const int season = date.month < 3 ? 3 : (date.month - 3) / 3;
      return season_period(date.month < 3 ? date.year - 1 : date.year, season);
    }
    case TimeUnit::quarter:
      return quarter_period(date.year, (date.month + 2) / 3);
    case TimeUnit::year:
      return year_period(date.year);
    case TimeUnit::decade:
      return decade_period(date.year);
    case TimeUnit::century:
      return century_period(date.year / 100 + 1, false);
  }
  return day_period(date);
}

CivilDate moved(const CivilDate& date, double count, TimeUnit unit) {
  const double bounded = std::clamp(count, -1e6, 1e6);
  const auto whole = [&](double months) {
    return add_months(date, static_cast<std::int64_t>(std::lround(months)));
  };
  switch (unit) {
    case TimeUnit::second:
    case TimeUnit::minute:
      return date;
    case TimeUnit::hour:
      return add_days(date, static_cast<std::int64_t>(bounded / 24));
    case TimeUnit::day:
      return add_days(date, static_cast<std::int64_t>(std::lround(bounded)));
    case TimeUnit::week:
    case TimeUnit::weekend:
      return add_days(date, static_cast<std::int64_t>(std::lround(bounded * 7)));
    case TimeUnit::month:
      return whole(bounded);
    case TimeUnit::season:
    case TimeUnit::quarter:
      return whole(bounded * 3);
    case TimeUnit::year:
      return whole(bounded * 12);
    case TimeUnit::decade:
      return whole(bounded * 120);
    case TimeUnit::century:
      return whole(bounded * 1200);
  }
  return date;
}

}  // namespace relata::text
