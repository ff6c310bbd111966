#pragma once
// The beginning of an XML document: what tells its encoding and whether it has a document type.

#include <cstddef>
#include <optional>
#include <string_view>

namespace relata::xml {

/// Where the document's elements, comments and instructions begin, behind the mark of UTF-8 and the
/// XML declaration, if `head` shows it to be XML 1.0 in UTF-8 without a document type; nothing if
/// it is something else or `head` is too short to tell. `complete`: nothing stands behind `head`.
std::optional<std::size_t> begin_of_plain(std::string_view head, bool complete);

}  // namespace relata::xml
