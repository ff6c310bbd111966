// Encodings: what is stated, what is found, and that nothing is guessed in silence.

#include "importers/charset.h"

#include <doctest/doctest.h>

#include "tests/importers/reading.h"

using namespace relata;
using namespace relata::tests;

namespace {

struct Decoded {
  std::string text;
  std::vector<std::string> notes;
  std::string error;
};

Decoded decode(const std::string& bytes, std::string_view stated = "") {
  Decoded decoded;
  try {
    decoded.text = decode_text(bytes, "file", stated,
                               [&](const std::string& note) { decoded.notes.push_back(note); });
  } catch (const InputError& error) {
    decoded.error = error.what();
  }
  return decoded;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

const std::string ascii =
    "The prime minister met the president in Paris on Tuesday to discuss the border, officials "
    "said. ";

}  // namespace

TEST_CASE("UTF-8 is taken as it is, without a word") {
  const Decoded decoded = decode("Caf\xC3\xA9 \xE2\x80\x9Cquoted\xE2\x80\x9D");
  CHECK(decoded.text == "Caf\xC3\xA9 \xE2\x80\x9Cquoted\xE2\x80\x9D");
  CHECK(decoded.notes.empty());
}

TEST_CASE("what states no encoding and is no UTF-8 is told by its letters, which is said") {
  const Decoded decoded = decode(ascii + "She said: \x93We will not sign.\x94 It\x92s over.");
  CHECK(decoded.text ==
        ascii + "She said: \xE2\x80\x9CWe will not sign.\xE2\x80\x9D It\xE2\x80\x99s over.");
  REQUIRE(decoded.notes.size() == 1);
  CHECK(decoded.notes[0] == "file: it states no encoding; read as windows-1252, by its letters");
  const Decoded russian = decode(
      "\xCF\xF0\xE5\xE7\xE8\xE4\xE5\xED\xF2 \xF1\xEA\xE0\xE7\xE0\xEB, \xF7\xF2\xEE "
      "\xEF\xE5\xF0\xE5\xE3\xEE\xE2\xEE\xF0\xFB \xEF\xF0\xEE\xE4\xEE\xEB\xE6\xE0\xF2\xF1\xFF.");
  CHECK(russian.text.starts_with("\xD0\x9F\xD1\x80\xD0\xB5\xD0\xB7"));
}

TEST_CASE("UTF-16 without a mark is told by its bytes") {
  std::string wide;
  for (const char c : ascii) wide += std::string(1, c) + std::string(1, '\0');
  CHECK(decode(wide).text == ascii);
  CHECK(decode(wide).notes.size() == 1);
}

TEST_CASE("bytes of which nothing can be told are refused with their place") {
  CHECK(has(decode("ab\xE9 c").error, "file, byte 2"));
  std::string noise;
  for (unsigned i = 0, x = 1; i < 5000; ++i) {
    x = x * 1103515245U + 12345U;
    noise += static_cast<char>((x >> 16U) | 1U);
  }
  CHECK(has(decode(noise).error, "expected UTF-8"));
}

TEST_CASE("a stated encoding is read as browsers read its name") {
  CHECK(decode("\x93q\x94", "ISO-8859-1").text == "\xE2\x80\x9Cq\xE2\x80\x9D");
  CHECK(decode("caf\xE9", "latin1").text == "caf\xC3\xA9");
  CHECK(decode("\xC4\xE3\xBA\xC3", "gb2312").text == "\xE4\xBD\xA0\xE5\xA5\xBD");
}

TEST_CASE("a statement that does not fit the bytes is told") {
  const Decoded utf8 = decode("Caf\xC3\xA9 society", "iso-8859-1");
  CHECK(utf8.text == "Caf\xC3\xA9 society");
  CHECK(has(utf8.notes.at(0), "but is UTF-8"));
  const Decoded broken = decode("Caf\xC3\xA9 and caf\xE9", "utf-8");
  CHECK(broken.text == "Caf\xC3\xA9 and caf\xEF\xBF\xBD");
  CHECK(has(broken.notes.at(0), "1 of its bytes is not"));
  const Decoded western = decode(ascii + "It\x92s over, he said: \x93No.\x94", "utf-8");
  CHECK(has(western.text, "It\xE2\x80\x99s over"));
  CHECK(has(western.notes.at(0), "which its bytes are not; read as windows-1252"));
  CHECK(has(decode(ascii + "It\x92s over.", "no-such-set").notes.at(0), "no-such-set"));
}

TEST_CASE("text that was encoded twice is told") {
  const std::string twice = "It\xC3\xA2\xE2\x82\xAC\xE2\x84\xA2s ";
  const Decoded decoded = decode(twice + twice + twice);
  CHECK(has(decoded.notes.at(0), "encoded twice"));
  CHECK(decode(twice).notes.empty());
}

TEST_CASE("tables in another encoding are decoded too") {
  const Reading western = read_as("csv", "title,text\nT,\"" + ascii + "It\x92s over.\"\n");
  REQUIRE(western.articles.size() == 1);
  CHECK(has(western.articles[0].text, "It\xE2\x80\x99s over."));
  CHECK(western.notes.size() == 1);
  std::string wide = "\xFF\xFE";
  for (const char c : std::string("title\ttext\nT\tBody\n")) {
    wide += std::string(1, c) + std::string(1, '\0');
  }
  CHECK(read_as("csv", wide).articles.at(0).text == "Body");
}

TEST_CASE("feeds in an encoding of one byte a character are read") {
  const Reading reading =
      read_as("feed",
              "<?xml version=\"1.0\" encoding=\"windows-1252\"?><rss><channel><item><title>It\x92s "
              "over</title><description>Caf\xE9</description></item></channel></rss>");
  CHECK(reading.error == "");
  CHECK(reading.articles.at(0).metadata.title == "It\xE2\x80\x99s over");
}
