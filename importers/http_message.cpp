#include "importers/http_message.h"

#include <algorithm>

#include "graph/ascii.h"
#include "graph/errors.h"
#include "importers/compressed.h"

namespace relata {

namespace {

/// The body behind its chunks' sizes; nothing when it is not in chunks, cut off where it is.
std::string without_chunks(const std::string& body) {
  std::string result;
  std::size_t at = 0;
  while (at < body.size()) {
    const std::size_t end = body.find('\n', at);
    if (end == std::string::npos || end - at > 32) return at == 0 ? body : result;
    std::size_t size = 0;
    std::size_t digits = 0;
    for (std::size_t i = at; i < end; ++i, ++digits) {
      const char c = body[i];
      const int value = c >= '0' && c <= '9'   ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : -1;
      if (value < 0) break;
      size = size * 16 + static_cast<std::size_t>(value);
      if (digits > 7) return at == 0 ? body : result;
    }
    if (digits == 0) return at == 0 ? body : result;
    if (size == 0) return result;
    result += std::string_view(body).substr(end + 1, size);
    at = end + 1 + size;
    while (at < body.size() && (body[at] == '\r' || body[at] == '\n')) ++at;
  }
  return result;
}

}  // namespace

std::string_view header_value(const HeaderFields& fields, std::string_view name) {
  for (const auto& [key, value] : fields) {
    if (key == name) return value;
  }
  return {};
}

HeaderFields parse_header_fields(std::string_view lines) {
  HeaderFields fields;
  for (std::size_t begin = 0; begin < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', begin), lines.size());
    const std::string_view line = lines.substr(begin, end - begin);
    begin = end + 1;
    if (!fields.empty() && (line.starts_with(' ') || line.starts_with('\t'))) {
      fields.back().second.append(" ").append(trimmed(line));
      continue;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    fields.emplace_back(lower(trimmed(line.substr(0, colon))), trimmed(line.substr(colon + 1)));
  }
  return fields;
}

std::string media_type(std::string_view content_type) {
  return lower(trimmed(content_type.substr(0, content_type.find(';'))));
}

std::string charset_of(std::string_view content_type) {
  const std::string type = lower(content_type);
  const std::size_t at = type.find("charset=");
  if (at == std::string::npos) return "";
  const std::size_t begin = type.find_first_not_of("\"' ", at + 8);
  if (begin == std::string::npos) return "";
  return type.substr(begin, type.find_first_of("\"'; ", begin) - begin);
}

HttpResponse parse_http_response(std::string_view bytes, const std::string& name) {
  HttpResponse response;
  const std::size_t line_end = bytes.find('\n');
  const std::string_view line = bytes.substr(0, line_end);
  const std::size_t blank = line.find(' ');
  if (!line.starts_with("HTTP/") || blank == std::string_view::npos ||
      line_end == std::string_view::npos) {
    throw InputError(name, "", "expected the answer of a web server, which begins with HTTP/");
  }
  for (const char c : line.substr(blank + 1, 3)) {
    if (c >= '0' && c <= '9') response.status = response.status * 10 + (c - '0');
  }
  const std::size_t crlf = bytes.find("\r\n\r\n");
  const std::size_t lf = bytes.find("\n\n");
  const std::size_t end = std::min(crlf, lf);
  const std::size_t body = end == crlf ? 4 : 2;
  response.fields = parse_header_fields(bytes.substr(line_end + 1, end - line_end - 1));
  if (end != std::string_view::npos) response.body = bytes.substr(end + body);
  return response;
}

void decode_body(HttpResponse& response, const std::string& name, std::size_t limit) {
  if (lower(header_value(response.fields, "transfer-encoding")).find("chunked") !=
      std::string::npos) {
    response.body = without_chunks(response.body);
  }
  const std::string coding = lower(header_value(response.fields, "content-encoding"));
  const Compression magic = compression_of(response.body);
  Compression compression = Compression::none;
  if (coding.find("gzip") != std::string::npos) {
    compression = magic == Compression::gzip ? magic : Compression::none;
  } else if (coding == "zstd") {
    compression = magic == Compression::zstd ? magic : Compression::none;
  } else if (coding == "deflate" || coding == "br") {
    // Neither has a mark of its own: what is markup already was undone by the crawler.
    const std::string_view begin = trimmed(std::string_view(response.body).substr(0, 256));
    if (begin.starts_with('<')) return;
    compression = coding == "br" ? Compression::brotli : Compression::deflate;
  }
  if (compression == Compression::none) return;
  UnpackBudget budget;
  budget.packed(response.body.size());
  response.body = decompress_all(response.body, compression, name, budget, limit);
}

}  // namespace relata
