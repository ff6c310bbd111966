#include "importers/xml_expat.h"

#include <cstdint>
#include <cstring>
#include <istream>
#include <memory>

#include <expat.h>
#include <unicode/ucnv.h>

#include "graph/errors.h"

namespace relata {

namespace {

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

// Exceptions must not pass through expat, which is C: they are kept and thrown after it has
// stopped.
struct XmlExpat::Callbacks {
  template <class Action>
  static void guarded(void* user, Action action) {
    auto& self = *static_cast<XmlExpat*>(user);
    if (self.error_) return;
    try {
      action(self);
    } catch (...) {
      self.error_ = std::current_exception();
      XML_StopParser(static_cast<XML_Parser>(self.parser_), XML_FALSE);
    }
  }

  static void start(void* user, const XML_Char* name, const XML_Char** attributes) {
    guarded(user, [&](XmlExpat& self) {
      XmlElement& element = self.element_;
      element.name = local_name(name);
      const std::string_view whole = name;
      element.prefix = whole.substr(0, whole.size() - element.name.size());
      if (!element.prefix.empty()) element.prefix.remove_suffix(1);
      element.attributes.clear();
      for (const XML_Char** each = attributes; *each != nullptr; each += 2) {
        element.attributes.emplace_back(local_name(each[0]), each[1]);
      }
      self.events_.start(element);
    });
  }

  static void end(void* user, const XML_Char* name) {
    guarded(user, [&](XmlExpat& self) { self.events_.end(local_name(name)); });
  }

  static void text(void* user, const XML_Char* text, int length) {
    guarded(user, [&](XmlExpat& self) {
      self.events_.text(std::string_view(text, static_cast<std::size_t>(length)));
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
    guarded(user, [](XmlExpat& self) {
      throw InputError(self.name_, to_string(self.position()),
                       "expected no declarations of entities, which are not read for safety");
    });
  }
};

XmlExpat::XmlExpat(std::istream& in, const std::string& name, XmlEvents& events)
    : in_(in), name_(name), events_(events) {}

XmlPosition XmlExpat::position() const {
  const auto parser = static_cast<XML_Parser>(parser_);
  return {XML_GetCurrentLineNumber(parser), XML_GetCurrentColumnNumber(parser) + 1};
}

void XmlExpat::read(std::string_view head) {
  const std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeParser> parser(
      XML_ParserCreate(nullptr));
  if (parser == nullptr) throw std::bad_alloc();
  parser_ = parser.get();
  XML_SetUserData(parser.get(), this);
  XML_SetElementHandler(parser.get(), Callbacks::start, Callbacks::end);
  XML_SetCharacterDataHandler(parser.get(), Callbacks::text);
  XML_SetEntityDeclHandler(parser.get(), Callbacks::entity);
  XML_SetUnknownEncodingHandler(parser.get(), Callbacks::encoding, nullptr);
  const auto buffer = [&] {
    void* const bytes = XML_GetBuffer(parser.get(), buffer_bytes);
    if (bytes == nullptr) throw std::bad_alloc();
    return static_cast<char*>(bytes);
  };
  while (!head.empty()) {
    const std::string_view part = head.substr(0, buffer_bytes);
    head.remove_prefix(part.size());
    std::memcpy(buffer(), part.data(), part.size());
    feed(static_cast<int>(part.size()), false);
  }
  bool last = false;
  while (!last) {
    in_.read(buffer(), buffer_bytes);
    if (in_.bad()) throw InputError(name_, "", "reading it failed");
    last = in_.eof() || in_.gcount() == 0;
    feed(static_cast<int>(in_.gcount()), last);
  }
}

void XmlExpat::feed(int size, bool last) {
  const auto parser = static_cast<XML_Parser>(parser_);
  if (XML_ParseBuffer(parser, size, last ? 1 : 0) == XML_STATUS_ERROR) {
    if (error_) std::rethrow_exception(error_);
    throw InputError(name_, to_string(position()),
                     std::string("expected well-formed XML, found a fault: ") +
                         XML_ErrorString(XML_GetErrorCode(parser)));
  }
  fed_ += static_cast<std::uint64_t>(size);
  if (fed_ > static_cast<std::uint64_t>(XML_GetCurrentByteIndex(parser)) + max_token) {
    throw InputError(name_, to_string(position()),
                     "expected tags of at most 16 MiB, found a larger one");
  }
}

}  // namespace relata
