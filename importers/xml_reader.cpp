#include "importers/xml_reader.h"

#include <algorithm>
#include <cstdint>
#include <exception>
#include <istream>
#include <memory>

#include <expat.h>
#include <fmt/format.h>
#include <unicode/ucnv.h>

#include "graph/errors.h"

namespace relata {

namespace {

constexpr std::size_t max_depth = 256;
constexpr std::size_t max_text = std::size_t{1} << 26U;
constexpr std::uint64_t max_token = std::uint64_t{1} << 24U;  // expat holds a tag as a whole
constexpr int buffer_bytes = 1 << 16;

std::string_view local_name(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

struct FreeParser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

}  // namespace

std::string_view XmlElement::attribute(std::string_view attribute_name) const {
  for (const auto& [key, value] : attributes) {
    if (key == attribute_name) return value;
  }
  return {};
}

// Exceptions must not pass through expat, which is C: they are kept and thrown after it has
// stopped.
struct XmlReader::Callbacks {
  template <class Action>
  static void guarded(void* user, Action action) {
    auto& reader = *static_cast<XmlReader*>(user);
    if (reader.error_) return;
    try {
      action(reader);
    } catch (...) {
      reader.error_ = std::current_exception();
      XML_StopParser(static_cast<XML_Parser>(reader.parser_), XML_FALSE);
    }
  }

  static void fail(const XmlReader& reader, const std::string& problem) {
    throw InputError(reader.name_, reader.place(), problem);
  }

  static void start(void* user, const XML_Char* name, const XML_Char** attributes) {
    guarded(user, [&](XmlReader& reader) {
      if (++reader.depth_ > max_depth) {
        fail(reader,
             fmt::format("expected elements nested at most {} deep, found deeper", max_depth));
      }
      reader.text_.clear();
      XmlElement& element = reader.element_;
      element.name = local_name(name);
      const std::string_view whole = name;
      element.prefix = whole.substr(0, whole.size() - element.name.size());
      if (!element.prefix.empty()) element.prefix.remove_suffix(1);
      element.attributes.clear();
      for (const XML_Char** each = attributes; *each != nullptr; each += 2) {
        element.attributes.emplace_back(local_name(each[0]), each[1]);
      }
      reader.handlers_.start(element);
    });
  }

  static void end(void* user, const XML_Char* name) {
    guarded(user, [&](XmlReader& reader) {
      --reader.depth_;
      reader.handlers_.end(local_name(name), reader.text_);
      reader.text_.clear();
    });
  }

  static void text(void* user, const XML_Char* text, int length) {
    guarded(user, [&](XmlReader& reader) {
      if (reader.handlers_.text) {
        return reader.handlers_.text(std::string_view(text, static_cast<std::size_t>(length)));
      }
      reader.text_.append(text, static_cast<std::size_t>(length));
      if (reader.text_.size() > max_text) {
        fail(reader, "expected elements with at most 64 MiB of text, found more");
      }
    });
  }

  /// Encodings that expat does not know itself: those of one byte a character, through ICU.
  static int encoding(void* /*user*/, const XML_Char* name, XML_Encoding* info) {
    UErrorCode status = U_ZERO_ERROR;
    UConverter* const converter = ucnv_open(name, &status);
    if (U_FAILURE(status) != 0) return XML_STATUS_ERROR;
    const bool single = ucnv_getMaxCharSize(converter) == 1;
    for (int byte = 0; byte < 256 && single; ++byte) {
      const char source = static_cast<char>(byte);
      UChar target[2] = {0, 0};
      status = U_ZERO_ERROR;
      const std::int32_t length = ucnv_toUChars(converter, target, 2, &source, 1, &status);
      const bool known = U_SUCCESS(status) != 0 && length == 1 && target[0] != 0xFFFD;
      info->map[byte] = known ? target[0] : -1;
    }
    ucnv_close(converter);
    info->data = nullptr;
    info->convert = nullptr;
    info->release = nullptr;
    return single ? XML_STATUS_OK : XML_STATUS_ERROR;
  }

  static void entity(void* user, const XML_Char* /*name*/, int /*parameter*/,
                     const XML_Char* /*value*/, int /*length*/, const XML_Char* /*base*/,
                     const XML_Char* /*system*/, const XML_Char* /*public_id*/,
                     const XML_Char* /*notation*/) {
    guarded(user, [](XmlReader& reader) {
      fail(reader, "expected no declarations of entities, which are not read for safety");
    });
  }
};

XmlReader::XmlReader(std::istream& in, std::string name, XmlHandlers handlers)
    : in_(in), name_(std::move(name)), handlers_(std::move(handlers)) {}

std::string XmlReader::place() const {
  const auto parser = static_cast<XML_Parser>(parser_);
  return fmt::format("line {}, column {}", XML_GetCurrentLineNumber(parser),
                     XML_GetCurrentColumnNumber(parser) + 1);
}

void XmlReader::read() {
  const std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeParser> parser(
      XML_ParserCreate(nullptr));
  if (parser == nullptr) throw std::bad_alloc();
  parser_ = parser.get();
  XML_SetUserData(parser.get(), this);
  XML_SetElementHandler(parser.get(), Callbacks::start, Callbacks::end);
  XML_SetCharacterDataHandler(parser.get(), Callbacks::text);
  XML_SetEntityDeclHandler(parser.get(), Callbacks::entity);
  XML_SetUnknownEncodingHandler(parser.get(), Callbacks::encoding, nullptr);
  bool last = false;
  std::uint64_t fed = 0;
  while (!last) {
    void* const buffer = XML_GetBuffer(parser.get(), buffer_bytes);
    if (buffer == nullptr) throw std::bad_alloc();
    in_.read(static_cast<char*>(buffer), buffer_bytes);
    if (in_.bad()) throw InputError(name_, "", "reading it failed");
    last = in_.eof() || in_.gcount() == 0;
    if (XML_ParseBuffer(parser.get(), static_cast<int>(in_.gcount()), last ? 1 : 0) ==
        XML_STATUS_ERROR) {
      if (error_) std::rethrow_exception(error_);
      throw InputError(name_, place(),
                       std::string("expected well-formed XML, found a fault: ") +
                           XML_ErrorString(XML_GetErrorCode(parser.get())));
    }
    fed += static_cast<std::uint64_t>(in_.gcount());
    if (fed > static_cast<std::uint64_t>(XML_GetCurrentByteIndex(parser.get())) + max_token) {
      throw InputError(name_, place(), "expected tags of at most 16 MiB, found a larger one");
    }
  }
}

}  // namespace relata
