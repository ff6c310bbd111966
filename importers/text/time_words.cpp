#include "importers/text/time_words.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace relata::text {

namespace {

template <typename Value>
struct Named {
  std::string_view word;
  Value value;
};

template <typename Value, std::size_t Size>
std::optional<Value> value_of(const std::array<Named<Value>, Size>& table, std::string_view word) {
  const auto found = std::ranges::find(table, word, &Named<Value>::word);
  if (found == table.end()) return std::nullopt;
  return found->value;
}

constexpr auto months = std::to_array<Named<int>>({
    {"january", 1},   {"february", 2},  {"march", 3},  {"april", 4},     {"may", 5},
    {"june", 6},      {"july", 7},      {"august", 8}, {"september", 9}, {"october", 10},
    {"november", 11}, {"december", 12}, {"jan", 1},    {"feb", 2},       {"mar", 3},
    {"apr", 4},       {"jun", 6},       {"jul", 7},    {"aug", 8},       {"sep", 9},
    {"sept", 9},      {"oct", 10},      {"nov", 11},   {"dec", 12},
});

constexpr auto weekdays = std::to_array<Named<int>>({
    {"monday", 0},
    {"tuesday", 1},
    {"wednesday", 2},
    {"thursday", 3},
    {"friday", 4},
    {"saturday", 5},
    {"sunday", 6},
});

constexpr auto short_weekdays = std::to_array<Named<int>>({
    {"mon.", 0},
    {"tue.", 1},
    {"tues.", 1},
    {"wed.", 2},
    {"thu.", 3},
    {"thur.", 3},
    {"thurs.", 3},
    {"fri.", 4},
    {"sat.", 5},
    {"sun.", 6},
});

constexpr auto seasons = std::to_array<Named<int>>({
    {"spring", 0},
    {"summer", 1},
    {"autumn", 2},
    {"fall", 2},
    {"winter", 3},
});

constexpr auto units = std::to_array<Named<TimeUnit>>({
    {"second", TimeUnit::second},
    {"minute", TimeUnit::minute},
    {"hour", TimeUnit::hour},
    {"day", TimeUnit::day},
    {"weekend", TimeUnit::weekend},
    {"week", TimeUnit::week},
    {"month", TimeUnit::month},
    {"season", TimeUnit::season},
    {"quarter", TimeUnit::quarter},
    {"year", TimeUnit::year},
    {"decade", TimeUnit::decade},
});

constexpr auto day_parts = std::to_array<Named<std::string_view>>({
    {"morning", "MO"},
    {"afternoon", "AF"},
    {"evening", "EV"},
    {"night", "NI"},
    {"noon", "MI"},
    {"midday", "MI"},
    {"dawn", "MO"},
    {"dusk", "EV"},
});

constexpr auto repetitions = std::to_array<Named<TimeUnit>>({
    {"hourly", TimeUnit::hour},
    {"daily", TimeUnit::day},
    {"nightly", TimeUnit::day},
    {"weekly", TimeUnit::week},
    {"monthly", TimeUnit::month},
    {"quarterly", TimeUnit::quarter},
    {"annual", TimeUnit::year},
    {"annually", TimeUnit::year},
    {"yearly", TimeUnit::year},
});

constexpr auto decades = std::to_array<Named<int>>({
    {"twenties", 20},
    {"thirties", 30},
    {"forties", 40},
    {"fifties", 50},
    {"sixties", 60},
    {"seventies", 70},
    {"eighties", 80},
    {"nineties", 90},
});

std::string_view without_stop(std::string_view word) {
  return word.ends_with('.') && word.size() > 1 ? word.substr(0, word.size() - 1) : word;
}

}  // namespace

std::optional<int> month_of(std::string_view word) {
  return value_of(months, without_stop(word));
}

bool is_doubtful_month(std::string_view word) {
  return word == "may" || word == "march" || word.size() == 3;
}

std::optional<int> weekday_named(std::string_view word) {
  if (const auto day = value_of(weekdays, word)) return day;
  return value_of(short_weekdays, word);
}

std::optional<int> plural_weekday(std::string_view word) {
  if (!word.ends_with("days")) return std::nullopt;
  return value_of(weekdays, word.substr(0, word.size() - 1));
}

std::optional<int> season_of(std::string_view word) {
  return value_of(seasons, word);
}

std::optional<UnitWord> unit_of(std::string_view word) {
  if (const auto unit = value_of(units, word)) return UnitWord{*unit, false};
  if (word == "century") return UnitWord{TimeUnit::century, false};
  if (word == "centuries") return UnitWord{TimeUnit::century, true};
  if (word == "hr" || word == "hrs") return UnitWord{TimeUnit::hour, word == "hrs"};
  if (word == "min" || word == "mins") return UnitWord{TimeUnit::minute, word == "mins"};
  if (word == "yr" || word == "yrs") return UnitWord{TimeUnit::year, word == "yrs"};
  if (word == "fortnight") return UnitWord{TimeUnit::week, false};
  if (word.size() > 1 && word.ends_with('s')) {
    if (const auto unit = value_of(units, word.substr(0, word.size() - 1))) {
      return UnitWord{*unit, true};
    }
  }
  return std::nullopt;
}

std::string_view day_part_of(std::string_view word) {
  const auto part = value_of(day_parts, word);
  return part ? *part : std::string_view();
}

std::optional<TimeUnit> repeated_unit(std::string_view word) {
  return value_of(repetitions, word);
}

std::optional<int> decade_named(std::string_view word) {
  return value_of(decades, word);
}

std::string duration_value(double count, TimeUnit unit) {
  std::string number = "X";
  if (count >= 0) {
    const double tenths = std::round(count * 10) / 10;
    if (tenths == std::floor(tenths) && tenths < 1e9) {
      number = std::to_string(static_cast<long long>(tenths));
    } else if (tenths < 1e9) {
      const auto whole = static_cast<long long>(std::floor(tenths));
      number = std::to_string(whole) + "." +
               std::to_string(static_cast<int>(std::lround((tenths - std::floor(tenths)) * 10)));
    }
  }
  switch (unit) {
    case TimeUnit::second:
      return "PT" + number + "S";
    case TimeUnit::minute:
      return "PT" + number + "M";
    case TimeUnit::hour:
      return "PT" + number + "H";
    case TimeUnit::day:
      return "P" + number + "D";
    case TimeUnit::weekend:
      return "P" + number + "WE";
    case TimeUnit::week:
      return "P" + number + "W";
    case TimeUnit::month:
      return "P" + number + "M";
    case TimeUnit::season:
      return "P" + number + "S";
    case TimeUnit::quarter:
      return "P" + number + "Q";
    case TimeUnit::year:
      return "P" + number + "Y";
    case TimeUnit::decade:
      return "P" + number + "E";
    case TimeUnit::century:
      return "P" + number + "C";
  }
  return "PX";
}

}  // namespace relata::text
