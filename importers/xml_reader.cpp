#include "importers/xml_reader.h"

#include <fmt/format.h>

#include "graph/errors.h"
#include "importers/xml_expat.h"
#include "importers/xml_scanner.h"

namespace relata {

namespace {

constexpr std::size_t max_depth = 256;
constexpr std::size_t max_text = std::size_t{1} << 26U;

}  // namespace

std::string_view XmlElement::attribute(std::string_view attribute_name) const {
  for (const auto& [key, value] : attributes) {
    if (key == attribute_name) return value;
  }
  return {};
}

std::string to_string(const XmlPosition& position) {
  return fmt::format("line {}, column {}", position.line, position.column);
}

class XmlReader::Events final : public XmlEvents {
 public:
  explicit Events(XmlReader& reader) : reader_(reader) {}

  void start(const XmlElement& element) override {
    if (++reader_.depth_ > max_depth) {
      fail(fmt::format("expected elements nested at most {} deep, found deeper", max_depth));
    }
    reader_.text_.clear();
    reader_.handlers_.start(element);
  }

  void end(std::string_view name) override {
    --reader_.depth_;
    reader_.handlers_.end(name, reader_.text_);
    reader_.text_.clear();
  }

  void text(std::string_view piece) override {
    if (reader_.handlers_.text) return reader_.handlers_.text(piece);
    reader_.text_ += piece;
    if (reader_.text_.size() > max_text) {
      fail("expected elements with at most 64 MiB of text, found more");
    }
  }

 private:
  void fail(const std::string& problem) const {
    throw InputError(reader_.name_, reader_.place(), problem);
  }

  XmlReader& reader_;
};

XmlReader::XmlReader(std::istream& in, std::string name, XmlHandlers handlers)
    : in_(in), name_(std::move(name)), handlers_(std::move(handlers)) {}

XmlPosition XmlReader::position() const {
  return position_ ? position_() : XmlPosition();
}

std::string XmlReader::place() const {
  return to_string(position());
}

void XmlReader::read() {
  Events events(*this);
  XmlScanner scanner(in_, name_, events);
  XmlExpat expat(in_, name_, events);
  const struct Forget {
    ~Forget() { position = {}; }
    std::function<XmlPosition()>& position;
  } forget_readers{position_};
  if (scanner.begin()) {
    position_ = [&] { return scanner.position(); };
    scanner.read();
  } else {
    position_ = [&] { return expat.position(); };
    expat.read(scanner.head());
  }
}

}  // namespace relata
