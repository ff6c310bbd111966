// Web archives: records, what servers answered, and what is broken.

#include "importers/warc.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "importers/http_message.h"
#include "tests/importers/packed.h"
#include "tests/importers/reading.h"

using namespace relata;
using namespace relata::tests;

namespace {

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::string record(const std::string& type, const std::string& address,
                   const std::string& content_type, const std::string& block) {
  return fmt::format(
      "WARC/1.0\r\nWARC-Type: {}\r\nWARC-Target-URI: {}\r\nWARC-Date: 2025-03-09T00:00:00Z\r\n"
      "Content-Type: {}\r\nContent-Length: {}\r\n\r\n{}\r\n\r\n",
      type, address, content_type, block.size(), block);
}

std::string answer(const std::string& fields, const std::string& body,
                   const std::string& status = "200 OK") {
  return "HTTP/1.1 " + status + "\r\n" + fields + "\r\n" + body;
}

std::string page(const std::string& address, const std::string& fields, const std::string& body) {
  return record("response", address, "application/http; msgtype=response", answer(fields, body));
}

const std::string html = "Content-Type: text/html\r\n";
const std::string body =
    "<html><head><title>Strike</title></head><body><p>Dockworkers of Port Almara went on strike on "
    "Monday, their union said.</p></body></html>";
const std::string main_text =
    "Strike\n\nDockworkers of Port Almara went on strike on Monday, their union said.";

}  // namespace

TEST_CASE("each page that a server answered with is an article") {
  const Reading reading = read_as(
      "warc",
      record("warcinfo", "", "application/warc-fields", "software: x\r\n") +
          page("https://h.example/1", html, body) +
          record("request", "https://h.example/1", "application/http", "GET / HTTP/1.1\r\n\r\n") +
          page("https://h.example/i.png", "Content-Type: image/png\r\n", "x") +
          record("response", "https://h.example/404", "application/http",
                 answer(html, "<p>Not found.</p>", "404 Not Found")) +
          page("https://h.example/2", "content-type: TEXT/HTML; charset=iso-8859-1\r\n",
               "<p>Caf\xE9 society met in the caf\xE9 again.</p>"));
  CHECK(reading.error == "");
  CHECK(reading.notes.empty());
  REQUIRE(reading.articles.size() == 2);
  CHECK(reading.articles[0].id == "file#https://h.example/1");
  CHECK(reading.articles[0].metadata.url == "https://h.example/1");
  CHECK(reading.articles[0].metadata.date == "");
  CHECK(reading.articles[0].text == main_text);
  CHECK(has(reading.articles[1].text, "Caf\xC3\xA9 society"));
}

TEST_CASE("chunks and compression of answers are undone") {
  const std::string chunked = fmt::format("{:x}\r\n{}\r\n{:x};x=y\r\n{}\r\n0\r\n\r\n", 30,
                                          body.substr(0, 30), body.size() - 30, body.substr(30));
  const std::string gzip = html + "Content-Encoding: gzip\r\n";
  for (const std::string& each :
       {page("u", html + "Transfer-Encoding: chunked\r\n", chunked),
        page("u", html + "Transfer-Encoding: chunked\r\n", body),  // undone by the crawler
        page("u", gzip, gzip_of(body)), page("u", gzip, body),
        page("u", html + "Content-Encoding: br\r\n", body),
        page("u", html + "Content-Encoding: zstd\r\n", zstd_of(body))}) {
    const Reading reading = read_as("warc", each);
    REQUIRE(reading.articles.size() == 1);
    CHECK(reading.articles[0].text == main_text);
  }
}

TEST_CASE("texts extracted by a crawler are read") {
  const Reading reading =
      read_as("warc", record("conversion", "https://h.example/1", "text/plain", "Extracted text."));
  REQUIRE(reading.articles.size() == 1);
  CHECK(reading.articles[0].text == "Extracted text.");
}

TEST_CASE("a page that cannot be read is left out and told, the rest read") {
  const Reading reading =
      read_as("warc", page("https://h.example/1", html, "<html></html>") +
                          page("https://h.example/2", html + "Content-Encoding: gzip\r\n",
                               gzip_of(body).substr(0, 40)) +
                          page("https://h.example/3", html, body));
  CHECK(reading.articles.size() == 1);
  REQUIRE(reading.notes.size() == 2);
  CHECK(has(reading.notes[0], "left out file#https://h.example/1: expected a page with text"));
  CHECK(has(reading.notes[1], "left out file#https://h.example/2"));
}

TEST_CASE("a broken archive is told with record and byte") {
  const std::string good = page("u", html, body);
  CHECK(has(read_as("warc", good.substr(0, good.size() / 2)).error, "file, record 1, byte "));
  CHECK(has(read_as("warc", good + "noise").error, "file, record 2, byte "));
  CHECK(has(read_as("warc", "WARC/1.0\r\nContent-Length: -5\r\n\r\n").error, "found \"-5\""));
  CHECK(has(read_as("warc", "WARC/1.0\r\nContent-Length: 99999999999\r\n\r\nx").error, "cut off"));
  CHECK(has(read_as("warc", "WARC/1.0\r\n" + std::string(100000, 'x')).error, "64 KiB"));
  CHECK(has(read_as("warc", "").error, "found none"));
}

TEST_CASE("types and charsets of contents are read in any form") {
  CHECK(media_type(" Text/HTML ; charset=x") == "text/html");
  CHECK(charset_of("text/html; Charset=\"UTF-8\"; x=y") == "utf-8");
  CHECK(charset_of("text/html") == "");
}
