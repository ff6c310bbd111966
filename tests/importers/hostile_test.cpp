// Fields and files without end: refused in every format after a bounded number of bytes.

#include <cstdint>
#include <cstring>
#include <sstream>
#include <streambuf>

#include <doctest/doctest.h>

#include "graph/errors.h"
#include "graph/graph_builder.h"
#include "importers/importer.h"

using namespace relata;

namespace {

constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20U;

/// A beginning and then the same piece again and again, 5 GiB in all, made as it is read.
class Endless final : public std::streambuf {
 public:
  Endless(std::string begin, const std::string& piece) : buffer_(std::move(begin)) {
    while (again_.size() < mebibyte) again_ += piece;
    setg(buffer_.data(), buffer_.data(), buffer_.data() + buffer_.size());
    given_ = buffer_.size();
  }
  [[nodiscard]] std::uint64_t given() const { return given_; }

 protected:
  int_type underflow() override {
    if (given_ > 5 * 1024 * mebibyte) return traits_type::eof();
    setg(again_.data(), again_.data(), again_.data() + again_.size());
    given_ += again_.size();
    return traits_type::to_int_type(*gptr());
  }

 private:
  std::string buffer_;
  std::string again_;
  std::uint64_t given_ = 0;
};

struct Case {
  const char* format;
  const char* begin;
  const char* piece;
};

// Plain text is left out: it may have 1 GiB, which this test does not want to take.
constexpr Case cases[] = {
    {"csv", "text\n\"", "a"},
    {"csv", "text\n", "a,"},
    {"docx", "PK\x03\x04", "a"},
    {"edge-list", "Source,Target\na,\"", "a"},
    {"eml", "Subject: a\n\n", "a"},
    {"eml", "Subject: ", "a"},
    {"feed", "<rss><channel><item><description>", "a"},
    {"feed", "<rss><channel><item a=\"", "a"},
    {"gexf", "<gexf><graph><nodes><node id=\"", "a"},
    {"graphml", "<graphml><graph><node id=\"a\"><data key=\"d\">", "a"},
    {"graphml", "<graphml><!--", "a"},
    {"html", "<html><p>", "a"},
    {"json", "{\"nodes\":[{\"id\":\"", "a"},
    {"jsonl", "{\"text\":\"", "a"},
    {"jsonl", "[{\"text\":\"", "a"},
    {"markdown", "# ", "a"},
    {"mbox", "From a\n", "a"},
    {"mbox", "From a\nSubject: a\n\n", "a\n"},
    {"node-list", "Id,Label\n\"", "a"},
    {"pdf", "%PDF-1.4", "a"},
    {"warc", "WARC/1.0\r\nA: ", "a"},
    {"warc", "WARC/1.0\r\n", "A: b\r\n"},
};

}  // namespace

TEST_CASE("a field of 4 GB is refused long before its end") {
  for (const Case& each : cases) {
    CAPTURE(each.format);
    CAPTURE(each.begin);
    const ImportFormat* const format = find_import_format(each.format);
    REQUIRE(format != nullptr);
    Endless bytes(each.begin, each.piece);
    std::istream in(&bytes);
    std::string error;
    try {
      if (format->make_text != nullptr) {
        format->make_text()->read(in, "file", {}, [](text::Document&&) {});
      } else {
        GraphBuilder builder(Ontology::built_in());
        format->make_graph()->read(in, "file", builder);
      }
    } catch (const InputError& found) {
      error = found.what();
    }
    CHECK(error.starts_with("file"));
    CHECK(bytes.given() < 300 * mebibyte);
  }
}

TEST_CASE("pages made to grow in the parser are refused") {
  const ImportFormat* const format = find_import_format("html");
  std::string formatting = "<html><p>";
  for (int i = 0; i < 1900; ++i) formatting += "<b id=x" + std::to_string(i) + ">";
  for (int i = 0; i < 5000; ++i) formatting += "<p>x";
  std::string many;
  for (int i = 0; i < 5000000; ++i) many += "<i>";
  for (const std::string& page : {formatting, many}) {
    std::istringstream in(page);
    CHECK_THROWS_AS(format->make_text()->read(in, "file", {}, [](text::Document&&) {}), InputError);
  }
}
