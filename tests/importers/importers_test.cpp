// What every format for input promises of broken input, and plain text and encodings.

#include <algorithm>
#include <sstream>

#include <doctest/doctest.h>

#include "graph/errors.h"
#include "graph/graph_builder.h"
#include "importers/encoding.h"
#include "importers/importer.h"

using namespace relata;

namespace {

std::vector<text::Document> articles(std::string_view format, const std::string& bytes,
                                     const ImportOptions& options = {}) {
  const ImportFormat* const found = find_import_format(format);
  REQUIRE(found != nullptr);
  REQUIRE((found->make_text != nullptr));
  std::istringstream in(bytes);
  std::vector<text::Document> documents;
  found->make_text()->read(in, "file", options, [&](text::Document&& document) {
    documents.push_back(std::move(document));
  });
  return documents;
}

std::string failure(std::string_view format, const std::string& bytes) {
  try {
    articles(format, bytes);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("formats for input are sorted, are text or graph, and are found") {
  const auto formats = import_formats();
  CHECK(std::is_sorted(formats.begin(), formats.end(),
                       [](const auto& left, const auto& right) { return left.name < right.name; }));
  for (const ImportFormat& format : formats) {
    CHECK(((format.make_text == nullptr) != (format.make_graph == nullptr)));
    CHECK(find_import_format(format.name) == &format);
    CHECK_FALSE(format.description.empty());
  }
  CHECK(import_format_of("a.txt", "")->name == "text");
  CHECK(import_format_of("-", "{\"format\":\"relata\",\"nodes\":[]")->name == "json");
  CHECK(import_format_of("noextension", "hello") == nullptr);
}

TEST_CASE("hostile bytes end in an error or in a result, in every format") {
  const std::vector<std::string> inputs = {
      "",
      std::string(1, '\0'),
      std::string(5000, '\0'),
      "\xFF\xFE",
      "\xFF\xFE\x41",
      "\xEF\xBB\xBF",
      std::string(200000, '['),
      std::string(200000, '{'),
      std::string(200000, '<'),
      std::string(200000, '"'),
      "\xC3\x28",
      "{\"nodes\":[{\"id\":1}],\"edges\":[{\"source\":1,\"target\":2}]}",
      "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><x>&b;</x>",
      std::string(1 << 20, 'a'),
  };
  for (const ImportFormat& format : import_formats()) {
    for (const std::string& input : inputs) {
      CAPTURE(format.name);
      std::istringstream in(input);
      try {
        if (format.make_text != nullptr) {
          format.make_text()->read(in, "file", {}, [](text::Document&& document) {
            CHECK_FALSE(find_utf8_fault(document.text).has_value());
          });
        } else {
          GraphBuilder builder(Ontology::built_in());
          format.make_graph()->read(in, "file", builder);
          std::move(builder).build();
        }
      } catch (const InputError& error) {
        CHECK(std::string(error.what()).starts_with("file"));
      }
    }
  }
}

TEST_CASE("plain text keeps its bytes and its metadata") {
  ImportOptions options;
  options.metadata.date = "2025-01-02";
  const auto documents = articles("text", "Caf\xC3\xA9.\nLine two.\r\n", options);
  REQUIRE(documents.size() == 1);
  CHECK(documents[0].id == "file");
  CHECK(documents[0].text == "Caf\xC3\xA9.\nLine two.\r\n");
  CHECK(documents[0].metadata.date == "2025-01-02");
}

TEST_CASE("byte-order marks say the encoding") {
  CHECK(articles("text", "\xEF\xBB\xBFhi")[0].text == "hi");
  CHECK(articles("text", std::string("\xFF\xFEh\0\xAC\x20", 6))[0].text == "h\xE2\x82\xAC");
  CHECK(articles("text", std::string("\xFE\xFF\0h\x20\xAC", 6))[0].text == "h\xE2\x82\xAC");
}

TEST_CASE("what is no text is refused with its place") {
  CHECK(failure("text", std::string("ab\0c", 4)) ==
        "file, byte 2: expected text, found a NUL byte; it looks like a binary file");
  CHECK(
      failure("text", "ab\xE9 c").starts_with("file, byte 2: expected UTF-8, found the byte 0xE9"));
  CHECK(
      failure("text", std::string("\xFF\xFEh\0\x00\xD8h\0", 8)).find("expected text in UTF-16LE") !=
      std::string::npos);
}

TEST_CASE("the place of ill-formed UTF-8 is its first byte") {
  CHECK_FALSE(find_utf8_fault("").has_value());
  CHECK_FALSE(find_utf8_fault("plain ascii text of some length \xF0\x9F\x98\x80").has_value());
  CHECK(find_utf8_fault("0123456789\xFF") == 10);
  CHECK(find_utf8_fault("\xC0\x80") == 0);          // overlong
  CHECK(find_utf8_fault("ab\xED\xA0\x80") == 2);    // surrogate
  CHECK(find_utf8_fault("\xF4\x90\x80\x80") == 0);  // beyond U+10FFFF
  CHECK(find_utf8_fault("abc\xE2\x82") == 3);       // cut off
}

TEST_CASE("a stated charset is converted") {
  CHECK(to_utf8("caf\xE9", "file", "ISO-8859-1") == "caf\xC3\xA9");
  CHECK_THROWS_AS(to_utf8("x", "file", "no-such-charset"), InputError);
}
