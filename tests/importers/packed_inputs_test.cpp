// Compressed files and archives: what is in them is found, and what is wrong with them is told.

#include <sstream>

#include <doctest/doctest.h>

#include "graph/errors.h"
#include "importers/archive.h"
#include "importers/compressed.h"
#include "importers/source.h"
#include "importers/zip_members.h"
#include "tests/importers/packed.h"

using namespace relata;
using namespace relata::tests;

namespace {

struct Walked {
  Members files;
  std::vector<std::string> format_names;
  std::vector<std::string> notes;
  std::string error;
};

Walked walk(std::istream& in, const std::string& name, const std::string& head) {
  Walked walked;
  try {
    walk_source(
        in, name, head,
        [&](SourceFile& file) {
          std::ostringstream all;
          for (char c = 0; file.stream.get(c);) all << c;
          walked.files.emplace_back(file.name, all.str());
          walked.format_names.push_back(file.format_name);
        },
        [&](const std::string& note) { walked.notes.push_back(note); });
  } catch (const InputError& error) {
    walked.error = error.what();
  }
  return walked;
}

Walked walk(const std::string& name, const std::string& bytes) {
  std::istringstream in(bytes);
  return walk(in, name, bytes.substr(0, 4096));
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// Bytes of what is said to be `name`, as it is read.
std::string unpacked(const std::string& name, const std::string& bytes) {
  const Walked walked = walk(name, bytes);
  CHECK(walked.error == "");
  REQUIRE(walked.files.size() == 1);
  return walked.files[0].second;
}

const Members two = {{"a.txt", "First."}, {"folder/b.txt", "Second."}};

}  // namespace

TEST_CASE("what is not packed is handed out as it is") {
  const Walked walked = walk("a.txt", "plain");
  CHECK(walked.files == Members{{"a.txt", "plain"}});
  CHECK_FALSE(is_packed("a.txt", "plain"));
}

TEST_CASE("compressed files are read under their own names, their formats told by what is within") {
  std::string text(300000, 'x');
  for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>('a' + i * i % 23);
  CHECK(unpacked("a.txt.gz", gzip_of(text)) == text);
  CHECK(unpacked("a.txt.zst", zstd_of(text)) == text);
  CHECK(unpacked("a.txt.gz", gzip_of("one") + gzip_of("two")) == "onetwo");
  CHECK(unpacked("a.txt.zst", zstd_of("one") + zstd_of("two")) == "onetwo");
  CHECK(unpacked("a.gz", gzip_of("")) == "");
  CHECK(unpacked("a.gz", gzip_of("padded") + std::string(100, '\0')) == "padded");
  const Walked walked = walk("a.html.gz", gzip_of("x"));
  CHECK(walked.files[0].first == "a.html.gz");
  CHECK(walked.format_names[0] == "a.html");
}

TEST_CASE("archives are walked, also compressed and within each other") {
  const Members found = {{"n/a.txt", "First."}, {"n/folder/b.txt", "Second."}};
  CHECK(walk("n", zip_of(two)).files == found);
  CHECK(walk("n", zip_of(two, true)).files == found);
  CHECK(walk("n", tar_of(two)).files == found);
  CHECK(walk("n", gzip_of(tar_of(two))).files == found);
  CHECK(walk("n", zstd_of(tar_of(two))).files == found);
  const Walked nested = walk("n", tar_of({{"in.zip", zip_of({{"c.txt.gz", gzip_of("Third.")}})}}));
  CHECK(nested.files == Members{{"n/in.zip/c.txt.gz", "Third."}});
}

TEST_CASE("an office document is one text and no archive") {
  CHECK_FALSE(is_packed("a.docx", docx_of("")));
  CHECK_FALSE(is_packed("unnamed", odt_of("")));
  CHECK_FALSE(is_packed("unnamed", epub_of({})));
  CHECK(is_packed("a.zip", zip_of(two)));
}

TEST_CASE("hidden files of an archive are passed over") {
  const Walked walked = walk(
      "n",
      zip_of({{".DS_Store", "x"}, {"__MACOSX/a.txt", "x"}, {"a/.b/c.txt", "x"}, {"d.txt", "x"}}));
  CHECK(walked.files == Members{{"n/d.txt", "x"}});
}

TEST_CASE("names that lead out of an archive are refused, the other members read") {
  for (const char* name :
       {"../up.txt", "a/../../up.txt", "/etc/up.txt", "C:\\up.txt", "..\\up.txt"}) {
    CAPTURE(name);
    const Walked walked = walk("n", zip_of({{name, "x"}, {"good.txt", "y"}}));
    CHECK(walked.files == Members{{"n/good.txt", "y"}});
    REQUIRE(walked.notes.size() == 1);
    CHECK(has(walked.notes[0], "leads out"));
    CHECK(has(walked.notes[0], "up.txt"));
  }
  CHECK(walk("n", tar_of({{"../up.txt", "x"}})).files.empty());
}

TEST_CASE("names of members become readable text") {
  CHECK(walk("n", zip_of({{"./a\\b\x01.txt", "x"}})).files[0].first == "n/a/b_.txt");
}

TEST_CASE("packed files that are cut off or altered are told with their place") {
  const std::string text = "A text of some length that does not pack to nothing: 1928374655.";
  for (const auto& [name, bytes] : Members{
           {"a.gz", gzip_of(text)}, {"a.zst", zstd_of(text)}, {"a.tar.gz", gzip_of(tar_of(two))}}) {
    CAPTURE(name);
    for (const std::size_t size : {std::size_t{12}, bytes.size() / 2, bytes.size() - 1}) {
      const Walked walked = walk(name, bytes.substr(0, size));
      CHECK(has(walked.error, name + ", byte "));
      CHECK(has(walked.error, "cut off"));
    }
  }
  for (std::string bytes : {gzip_of(text), zstd_of(text)}) {
    bytes[bytes.size() - 6] = static_cast<char>(bytes[bytes.size() - 6] ^ 0x10);
    CHECK(has(walk("a", bytes).error, "found a fault"));
  }
  CHECK(has(walk("a.gz", gzip_of(text) + "more").error, "found other bytes"));
}

TEST_CASE("a ZIP's member with a wrong checksum is left out and told") {
  std::string bytes = zip_of({{"a.txt", "First text."}, {"b.txt", "Second text."}}, true);
  bytes[bytes.find("First")] = 'f';
  const Walked walked = walk("n.zip", bytes);
  CHECK(walked.files == Members{{"n.zip/b.txt", "Second text."}});
  REQUIRE(walked.notes.size() == 1);
  CHECK(has(walked.notes[0], "n.zip/a.txt"));
}

TEST_CASE("an archive without its end is told") {
  const std::string zip = zip_of(two);
  CHECK(has(walk("n.zip", zip.substr(0, zip.size() / 2)).error, "n.zip"));
  const std::string tar = tar_of({{"a.txt", std::string(5000, 'x')}});
  const Walked walked = walk("n.tar", tar.substr(0, 2000));
  CHECK(walked.files.empty());
  CHECK(has(walked.error + (walked.notes.empty() ? "" : walked.notes[0]), "n.tar"));
}

TEST_CASE("small files that unpack to very much are refused") {
  const std::string zeros(std::size_t{100} << 20U, '\0');
  const std::string bomb = gzip_of(zeros);
  for (const auto& [name, bytes] : Members{{"a.gz", bomb},
                                           {"a.zst", zstd_of(zeros)},
                                           {"a.zip", zip_of({{"a.txt", zeros}})},
                                           {"b.zip", zip_of({{"a.gz", bomb}})},
                                           {"c.gz", gzip_of(bomb)}}) {
    CAPTURE(name);
    std::istringstream in(bytes);
    std::string error;
    try {
      walk_source(in, name, bytes.substr(0, 4096),
                  [](SourceFile& file) {
                    char piece[4096];
                    while (file.stream.read(piece, sizeof piece)) {
                    }
                  },
                  {});
    } catch (const InputError& found) {
      error = found.what();
    }
    CHECK(has(error, "made to exhaust the machine"));
    CHECK(has(error, name));
  }
}

TEST_CASE("archives nested too deep are left out") {
  std::string bytes = zip_of({{"a.txt", "deep"}});
  for (int i = 0; i < 6; ++i) bytes = zip_of({{"in.zip", bytes}}, true);
  const Walked walked = walk("n.zip", bytes);
  CHECK(walked.files.empty());
  REQUIRE(walked.notes.size() == 1);
  CHECK(has(walked.notes[0], "nested at most 4 deep"));
}

TEST_CASE("links of members are resolved within the archive") {
  CHECK(member_path("", "a/b.xml") == "a/b.xml");
  CHECK(member_path("OEBPS/book.opf", "text/c%201.xhtml#p2") == "OEBPS/text/c 1.xhtml");
  CHECK(member_path("a/b/c.xml", "../d.xml") == "a/d.xml");
  CHECK(member_path("a/b.xml", "../../../../d.xml") == "d.xml");
  CHECK(member_path("a/b.xml", "/word/d.xml") == "word/d.xml");
}

TEST_CASE("what a browser saved beside a page is no text of its own") {
  CHECK(page_of_folder("Strike_files") == "Strike");
  CHECK(page_of_folder("_files") == "");
  CHECK(page_of_folder("Strike") == "");
  const Walked walked = walk("p.zip", zip_of({{"in/Strike.html", "a"},
                                              {"in/Strike_files/advert.html", "b"},
                                              {"in/Strike_files/deep/frame.html", "c"},
                                              {"in/case_files/notes.html", "d"},
                                              {"Strike_files/other.html", "e"}}));
  CHECK(walked.files.size() == 3);
  CHECK(walked.notes.empty());
}
