#pragma once
// Streaming XML: start, end and text of elements with their local names and attributes. Documents
// in UTF-8 without a document type go through a scanner of our own (importers/xml_scanner.h),
// others through expat. Entity declarations are refused, so no input expands; nesting is limited to
// 256 and text collected for one element to 64 MiB. One reader a file.

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relata {

/// One start tag: the name without its namespace prefix, and the attributes likewise. Valid while
/// the handler runs.
struct XmlElement {
  std::string_view name;
  std::vector<std::pair<std::string_view, std::string_view>> attributes;

  /// The attribute's value; "" when it is absent.
  [[nodiscard]] std::string_view attribute(std::string_view attribute_name) const;
  std::string_view prefix;  ///< "media" of "media:title"; "" for a name without one
};

/// Where something stands in a text, both from 1; a column counts characters.
struct XmlPosition {
  std::uint64_t line = 1;
  std::uint64_t column = 1;
};

struct XmlHandlers {
  std::function<void(const XmlElement& element)> start;
  /// `text` is what stood between the element's tags since the last start or end tag.
  std::function<void(std::string_view name, std::string_view text)> end;
  /// Receives every piece of text as it comes, for elements with text and elements mixed; `end` is
  /// given none then. May be empty.
  std::function<void(std::string_view text)> text = {};
};

/// Reads all of `in`. `place()` of an error is line and column. The handlers may throw InputError.
class XmlReader final {
 public:
  XmlReader(std::istream& in, std::string name, XmlHandlers handlers);
  void read();
  /// Where the event that is being handled begins; asked for each in turn it costs about as much as
  /// looking at the text once.
  [[nodiscard]] XmlPosition position() const;
  /// The same as "line 3, column 14".
  [[nodiscard]] std::string place() const;
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  class Events;
  std::istream& in_;
  std::string name_;
  XmlHandlers handlers_;
  std::function<XmlPosition()> position_;  // of who is reading; set within read()
  std::string text_;
  std::size_t depth_ = 0;
};

std::string to_string(const XmlPosition& position);

}  // namespace relata
