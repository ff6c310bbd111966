#include "importers/mime.h"

#include <gmime/gmime.h>

#include "graph/errors.h"
#include "importers/encoding.h"

namespace relata {

namespace {

struct FreeOptions {
  void operator()(GMimeParserOptions* options) const { g_mime_parser_options_free(options); }
};

struct Warnings {
  bool cut_off = false;
  bool nested_too_deep = false;
};

void warned(gint64 /*offset*/, GMimeParserWarning what, const gchar* /*item*/, gpointer user) {
  auto& warnings = *static_cast<Warnings*>(user);
  if (what == GMIME_WARN_TRUNCATED_MESSAGE) warnings.cut_off = true;
  if (what == GMIME_CRIT_NESTING_OVERFLOW) warnings.nested_too_deep = true;
}

}  // namespace

void UnrefMime::operator()(void* object) const {
  g_object_unref(object);
}

MimeHeld<GMimeMessage> parse_mime(std::string_view bytes, const std::string& id, bool& cut_off) {
  static const bool set_up = (g_mime_init(), true);
  static_cast<void>(set_up);
  Warnings warnings;
  const MimeHeld<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const MimeHeld<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  const std::unique_ptr<GMimeParserOptions, FreeOptions> options(g_mime_parser_options_new());
  g_mime_parser_options_set_warning_callback(options.get(), warned, &warnings);
  MimeHeld<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), options.get()));
  if (message == nullptr) {
    throw InputError(id, "", "expected a mail with header lines, found something else");
  }
  if (warnings.nested_too_deep) {
    throw InputError(id, "", "expected parts nested at most 32 deep, found deeper");
  }
  cut_off = warnings.cut_off;
  return message;
}

std::string mime_content(GMimePart* part) {
  GMimeDataWrapper* const wrapper = g_mime_part_get_content(part);
  if (wrapper == nullptr) return "";
  const MimeHeld<GMimeStream> out(g_mime_stream_mem_new());
  g_mime_data_wrapper_write_to_stream(wrapper, out.get());
  const GByteArray* const bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(out.get()));
  return {reinterpret_cast<const char*>(bytes->data), bytes->len};
}

std::string mime_header(GMimeObject* object, const char* name) {
  return mime_text(g_mime_object_get_header(object, name));
}

std::string mime_text(const char* text) {
  std::string_view rest = text == nullptr ? std::string_view() : std::string_view(text);
  std::string result;
  while (const auto fault = find_utf8_fault(rest)) {
    result += rest.substr(0, *fault);
    result += "\xEF\xBF\xBD";
    rest.remove_prefix(*fault + 1);
  }
  return result.append(rest);
}

}  // namespace relata
