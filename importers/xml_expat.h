#pragma once
// The thorough half of XmlReader: XML in any encoding, with a document type, through expat. Entity
// declarations are refused. One parse an input, one thread.

#include <exception>
#include <iosfwd>
#include <string>
#include <string_view>

#include "importers/xml_scanner.h"

namespace relata {

class XmlExpat final {
 public:
  /// `name` stands in errors. All three must outlive this.
  XmlExpat(std::istream& in, const std::string& name, XmlEvents& events);

  /// Calls the events for `head` and what follows in the stream. Throws InputError for what is not
  /// well-formed.
  void read(std::string_view head);

  /// Where the event that is being handled begins.
  [[nodiscard]] XmlPosition position() const;

 private:
  struct Callbacks;
  void feed(int size, bool last);

  std::istream& in_;
  const std::string& name_;
  XmlEvents& events_;
  void* parser_ = nullptr;  // expat's, alive within read()
  XmlElement element_;
  std::uint64_t fed_ = 0;
  std::exception_ptr error_;
};

}  // namespace relata
