#pragma once
// MIME through GMime, for the formats that are made of it: mail and pages saved as one file. Only
// for the files that read those. GMime is set up once in a process, which is thread-safe.

#include <memory>
#include <string>
#include <string_view>

// GMime's own, as its headers name them.
// NOLINTBEGIN(bugprone-reserved-identifier)
using GMimeMessage = struct _GMimeMessage;
using GMimeObject = struct _GMimeObject;
using GMimePart = struct _GMimePart;
// NOLINTEND(bugprone-reserved-identifier)

namespace relata {

struct UnrefMime {
  void operator()(void* object) const;
};
template <class Type>
using MimeHeld = std::unique_ptr<Type, UnrefMime>;

constexpr int max_mime_nesting = 32;

/// The message in `bytes`, called `id` in errors; `bytes` has to outlive it. `cut_off` becomes true
/// when its end is missing. Throws InputError when it has no header lines or nests too deep.
MimeHeld<GMimeMessage> parse_mime(std::string_view bytes, const std::string& id, bool& cut_off);

/// A part's bytes, its transfer encoding undone.
std::string mime_content(GMimePart* part);

/// The value of a header line as UTF-8; bytes that are none become U+FFFD; "" when it is absent.
std::string mime_header(GMimeObject* object, const char* name);

/// `text` with U+FFFD for each byte that is no UTF-8; "" for null.
std::string mime_text(const char* text);

}  // namespace relata
