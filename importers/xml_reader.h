#pragma once
// Streaming XML through expat: start, end and text of elements with their local names and
// attributes. Entity declarations are refused, so no input expands; nesting is limited to 256 and
// text collected for one element to 64 MiB. One reader a file.

#include <exception>
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
  /// "line 3, column 14" of the event that is being handled.
  [[nodiscard]] std::string place() const;
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  struct Callbacks;
  std::istream& in_;
  std::string name_;
  XmlHandlers handlers_;
  void* parser_ = nullptr;  // expat's, alive within read()
  std::string text_;
  XmlElement element_;
  std::size_t depth_ = 0;
  std::exception_ptr error_;
};

}  // namespace relata
