#include "importers/warc.h"

#include <algorithm>
#include <charconv>
#include <istream>
#include <vector>

#include <fmt/format.h>

#include "graph/errors.h"
#include "importers/articles.h"
#include "importers/charset.h"
#include "importers/encoding.h"
#include "importers/html.h"
#include "importers/http_message.h"

namespace relata {

namespace {

constexpr std::size_t max_page = std::size_t{1} << 26U;
constexpr std::size_t max_header = std::size_t{1} << 16U;

/// An address as a name: no control characters, valid UTF-8.
std::string clean_address(std::string_view address) {
  std::string clean;
  for (std::size_t i = 0; i < address.size();) {
    const std::size_t length = utf8_character(address.substr(i));
    if (length == 0 || static_cast<unsigned char>(address[i]) < 0x20U) {
      clean += length == 0 ? "\xEF\xBF\xBD" : "_";
      ++i;
    } else if (address[i] == '<' || address[i] == '>') {
      ++i;  // some crawlers put the address between them
    } else {
      clean += address.substr(i, length);
      i += length;
    }
  }
  return clean;
}

class Reader final {
 public:
  Reader(std::istream& in, const std::string& name, const ImportOptions& options,
         const ArticleSink& sink)
      : in_(in), name_(name), options_(options), sink_(sink) {}

  void read() {
    while (next_record()) {
    }
    if (articles_ == 0) {
      throw InputError(name_, "", "expected a web archive with pages, found none with text");
    }
  }

 private:
  [[noreturn]] void fail(const std::string& problem) const {
    throw InputError(name_, fmt::format("record {}, byte {}", number_, at_), problem);
  }

  /// The next line without its end; false at the end of the file.
  bool next_line(std::string& line) {
    line.clear();
    int c = in_.get();
    if (c < 0) {
      if (in_.bad()) fail("reading it failed");
      return false;
    }
    for (; c >= 0 && c != '\n'; c = in_.get()) {
      ++at_;
      line += static_cast<char>(c);
      if (line.size() > max_header) fail("expected header lines of at most 64 KiB, found more");
    }
    ++at_;
    if (line.ends_with('\r')) line.pop_back();
    return true;
  }

  bool next_record() {
    std::string line;
    do {
      if (!next_line(line)) return false;
    } while (line.empty());
    ++number_;
    if (!line.starts_with("WARC/")) {
      fail("expected a record, which begins with WARC/1.0 or the like, found other bytes");
    }
    std::string header;
    while (true) {
      if (!next_line(line)) fail("expected more header lines, found the end of the file");
      if (line.empty()) break;
      header.append(line) += '\n';
      if (header.size() > max_header) fail("expected headers of at most 64 KiB, found more");
    }
    const HeaderFields fields = parse_header_fields(header);
    const std::string_view length_text = header_value(fields, "content-length");
    std::uint64_t length = 0;
    const auto [end, error] =
        std::from_chars(length_text.data(), length_text.data() + length_text.size(), length);
    if (error != std::errc() || end != length_text.data() + length_text.size()) {
      fail("expected the record's length in Content-Length, found \"" + clean_address(length_text) +
           "\"");
    }
    record(fields, length);
    return true;
  }

  void record(const HeaderFields& fields, std::uint64_t length) {
    const std::string_view type = header_value(fields, "warc-type");
    const std::string address = clean_address(header_value(fields, "warc-target-uri"));
    const std::string id = name_ + "#" + (address.empty() ? std::to_string(number_) : address);
    const bool read = type == "response" || type == "resource" || type == "conversion";
    if (!read || length > max_page) {
      if (read && options_.note) {
        options_.note(fmt::format("left out {}: it has {} bytes, more than 64 MiB", id, length));
      }
      return skip(length);
    }
    const std::string block = take(static_cast<std::size_t>(length));
    try {
      article(type, fields, block, id, address);
    } catch (const InputError& error) {
      if (options_.note) options_.note(std::string("left out ") + error.what());
    }
  }

  void article(std::string_view type, const HeaderFields& fields, const std::string& block,
               const std::string& id, const std::string& address) {
    HttpResponse answer;
    std::string content_type(header_value(fields, "content-type"));
    if (type == "response") {
      if (media_type(content_type) != "application/http") return;  // answers of DNS and the like
      answer = parse_http_response(block, id);
      if (answer.status < 200 || answer.status >= 300) return;
      content_type = header_value(answer.fields, "content-type");
    } else {
      answer.body = block;
    }
    const std::string media = media_type(content_type);
    const bool is_page = media == "text/html" || media == "application/xhtml+xml";
    const bool is_text = media == "text/plain" && type == "conversion";
    if (!is_page && !is_text) return;
    decode_body(answer, id, max_page);
    const std::string charset = charset_of(content_type);
    text::Document document;
    if (is_page) {
      document = read_page(std::move(answer.body), id, charset, options_);
    } else {
      document.id = id;
      document.text = decode_text(std::move(answer.body), id, charset, options_.note);
      if (document.text.find_first_not_of(" \r\n\t") == std::string::npos) return;
      fill_metadata(document, options_);
    }
    if (document.metadata.url.empty()) document.metadata.url = address;
    ++articles_;
    sink_(std::move(document));
  }

  std::string take(std::size_t length) {
    std::string block(length, '\0');
    in_.read(block.data(), static_cast<std::streamsize>(length));
    at_ += static_cast<std::uint64_t>(in_.gcount());
    if (static_cast<std::size_t>(in_.gcount()) < length) cut_off(length);
    return block;
  }

  void skip(std::uint64_t length) {
    std::vector<char> piece(std::size_t{1} << 16U);
    for (std::uint64_t left = length; left > 0;) {
      const auto count = std::min<std::uint64_t>(left, piece.size());
      in_.read(piece.data(), static_cast<std::streamsize>(count));
      at_ += static_cast<std::uint64_t>(in_.gcount());
      if (static_cast<std::uint64_t>(in_.gcount()) < count) cut_off(length);
      left -= count;
    }
  }

  [[noreturn]] void cut_off(std::uint64_t length) const {
    fail(fmt::format("expected a record of {} bytes, found the end of the file; it is cut off",
                     length));
  }

  std::istream& in_;
  const std::string& name_;
  const ImportOptions& options_;
  const ArticleSink& sink_;
  std::uint64_t at_ = 0;
  std::size_t number_ = 0;
  std::size_t articles_ = 0;
};

}  // namespace

void WarcImporter::read(std::istream& in, const std::string& name, const ImportOptions& options,
                        const ArticleSink& sink) const {
  Reader(in, name, options, sink).read();
}

bool looks_like_warc(std::string_view head) {
  return head.starts_with("WARC/");
}

}  // namespace relata
