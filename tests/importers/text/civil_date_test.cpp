#include "importers/text/civil_date.h"

#include <doctest/doctest.h>

using namespace relata::text;

TEST_CASE("day numbers count from 1970-01-01") {
  CHECK(day_number({1970, 1, 1}) == 0);
  CHECK(day_number({1969, 12, 31}) == -1);
  CHECK(day_number({2000, 3, 1}) == 11017);
}

TEST_CASE("day numbers and dates are inverse over leap years and before Christ") {
  for (std::int32_t number = -800'000; number < 800'000; number += 777) {
    CHECK(day_number(date_from_number(number)) == number);
  }
}

TEST_CASE("dates beyond the furthest year are held inside") {
  CHECK(date_from_number(4'000'000'000'000).year <= furthest_year);
  CHECK(date_from_number(-4'000'000'000'000).year >= -furthest_year);
  CHECK(add_months({2000, 1, 31}, 100'000'000).year == furthest_year);
}

TEST_CASE("adding months keeps the day or takes the last of the month") {
  CHECK(add_months({2024, 1, 31}, 1) == CivilDate{2024, 2, 29});
  CHECK(add_months({2024, 3, 15}, -3) == CivilDate{2023, 12, 15});
  CHECK(add_months({2024, 1, 10}, -25) == CivilDate{2021, 12, 10});
  CHECK(add_months({0, 2, 10}, -2) == CivilDate{-1, 12, 10});
}

TEST_CASE("weekdays begin with Monday") {
  CHECK(weekday_of({2024, 12, 27}) == 4);
  CHECK(weekday_of({1969, 12, 29}) == 0);
  CHECK(weekday_of({1600, 2, 29}) == 1);
}

TEST_CASE("ISO weeks belong to the year of their Thursday") {
  CHECK(iso_week({2021, 1, 3}).year == 2020);
  CHECK(iso_week({2021, 1, 3}).week == 53);
  CHECK(iso_week({2024, 12, 30}).week == 1);
  CHECK(iso_week({2024, 12, 30}).year == 2025);
}

TEST_CASE("Easter is the Sunday of the Western churches") {
  CHECK(easter_of(2024) == CivilDate{2024, 3, 31});
  CHECK(easter_of(2019) == CivilDate{2019, 4, 21});
}

TEST_CASE("impossible days are not valid") {
  CHECK(is_valid({2024, 2, 29}));
  CHECK_FALSE(is_valid({2023, 2, 29}));
  CHECK_FALSE(is_valid({2023, 13, 1}));
  CHECK_FALSE(is_valid({2023, 0, 1}));
  CHECK_FALSE(is_valid({99999, 1, 1}));
}

TEST_CASE("ISO 8601 is read and written") {
  CHECK(to_iso({2024, 5, 3}) == "2024-05-03");
  CHECK(to_iso({-43, 3, 15}) == "-0043-03-15");
  CHECK(date_from_iso("2024-05-03") == CivilDate{2024, 5, 3});
  CHECK(date_from_iso("2024-05-03T10:00:00Z") == CivilDate{2024, 5, 3});
}

TEST_CASE("what is no ISO date is refused") {
  for (const char* text :
       {"", "2024", "2024-5-3", "2024-02-30", "2024-05-03x", "20a4-05-03", "2024/05/03"}) {
    CHECK_FALSE(date_from_iso(text).has_value());
  }
}
