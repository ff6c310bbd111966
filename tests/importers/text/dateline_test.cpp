#include "importers/text/dateline.h"

#include <cstdint>
#include <string>

#include <doctest/doctest.h>

namespace {

using relata::text::Document;

Document read(const std::string& text) {
  Document document;
  document.text = text;
  relata::text::read_dateline(document);
  return document;
}

std::string date_of(const std::string& text) {
  return read(text).metadata.date;
}

}  // namespace

TEST_CASE("a line that is a date") {
  CHECK(date_of("Rebels take port\n\nFriday, August 21, 2015\n\nRebels took it.\n") ==
        "2015-08-21");
  CHECK(date_of("Rebels take port\n27 December 2024\nRebels took it.\n") == "2024-12-27");
  CHECK(date_of("Rebels take port\n2024-12-27\nRebels took it.\n") == "2024-12-27");
}

TEST_CASE("a date line with labels and names") {
  CHECK(date_of("Port falls\nBy Ann Roe | May 3, 2021\nRebels took it.\n") == "2021-05-03");
  CHECK(date_of("Port falls\nPublished: 3 May 2021, 18:30 GMT\nRebels took it.\n") == "2021-05-03");
  CHECK(date_of("Port falls\nLisbon, 3 May 2021\nRebels took it.\n") == "2021-05-03");
}

TEST_CASE("a dateline before a dash") {
  CHECK(date_of("OSLO, Dec. 27, 2024 (XYZ) - Talks began.\n") == "2024-12-27");
  CHECK(date_of("Port falls\n\nOSLO, Norway, 27 December 2024 — Talks began.\n") == "2024-12-27");
}

TEST_CASE("a date inside running text is not the publication's") {
  CHECK(date_of("The treaty of 27 December 2024 was signed in Oslo.\n").empty());
  CHECK(date_of("On May 3, 2021 - a Monday - the talks began.\n").empty());
}

TEST_CASE("a weekday that disagrees with the date refuses it") {
  CHECK(date_of("Port falls\n\nMonday, August 21, 2015\n\nRebels took it.\n").empty());
}

TEST_CASE("half a date is not enough") {
  CHECK(date_of("Port falls\n\nAugust 2015\n\nRebels took it.\n").empty());
  CHECK(date_of("OSLO, Dec. 27 (XYZ) - Talks began.\n").empty());
}

TEST_CASE("two dates in a line are no date line") {
  CHECK(date_of("Port falls\n\n3 May 2021, 7 May 2021\n\nRebels took it.\n").empty());
}

TEST_CASE("a headline becomes the title") {
  CHECK(read("Rebels take port\n\nRebels took it.\n").metadata.title == "Rebels take port");
}

TEST_CASE("running text and a lone line are no title") {
  CHECK(read("Rebels took the port. It burned.\n").metadata.title.empty());
  CHECK(read("Rebels take port").metadata.title.empty());
  CHECK(read("27 December 2024\n\nRebels took it.\n").metadata.title.empty());
}

TEST_CASE("what is known already stays") {
  Document document;
  document.text = "Rebels take port\n\n27 December 2024\n\nRebels took it.\n";
  document.metadata.date = "2020-01-01";
  document.metadata.title = "Other";
  relata::text::read_dateline(document);
  CHECK(document.metadata.date == "2020-01-01");
  CHECK(document.metadata.title == "Other");
}

TEST_CASE("empty, long and random texts are harmless") {
  CHECK(date_of("").empty());
  CHECK(date_of(std::string(100'000, 'x')).empty());
  std::uint64_t state = 8;
  for (int round = 0; round < 200; ++round) {
    std::string text;
    for (int i = 0; i < 300; ++i) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      text += static_cast<char>(state >> 40);
    }
    const Document document = read(text);
    CHECK(document.text == text);
  }
}
