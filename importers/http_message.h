#pragma once
// What a web server answered, as crawlers keep it (RFC 9112): status, header fields and the body
// with chunks and compression undone. Pure functions, safe from any thread.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relata {

/// "Name: value" lines; names are compared without case.
using HeaderFields = std::vector<std::pair<std::string, std::string>>;

/// Value of the first field of that name, "" when there is none.
std::string_view header_value(const HeaderFields& fields, std::string_view name);

/// Splits header lines, folded ones joined; lines without a colon are passed over.
HeaderFields parse_header_fields(std::string_view lines);

/// "text/html" of "Text/HTML; charset=x".
std::string media_type(std::string_view content_type);
/// The charset of a content type, "" for none.
std::string charset_of(std::string_view content_type);

struct HttpResponse {
  int status = 0;
  HeaderFields fields;
  std::string body;
};

/// Only the first line and the fields; `body` is as it stands. Throws InputError for what is no
/// answer of HTTP.
HttpResponse parse_http_response(std::string_view bytes, const std::string& name);

/// Undoes chunks and compression of the body, which may come to at most `limit` bytes. Crawlers
/// that stored the body undone but kept the fields are seen by the bytes. Throws InputError.
void decode_body(HttpResponse& response, const std::string& name, std::size_t limit);

}  // namespace relata
