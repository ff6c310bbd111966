#include "importers/text/gazetteer_fold.h"

#include <cstddef>
#include <cstdint>

#include "importers/text/gazetteer_fold_table.h"

namespace relata::text {

namespace {

struct Letter {
  std::uint32_t code;
  std::size_t length;
};

/// The UTF-8 letter at `at`; a byte that opens none stands for itself with code 0xFFFD.
Letter letter_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return {first, 1};
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1;
  if (length == 1 || at + length > text.size()) return {0xFFFD, 1};
  std::uint32_t code = first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return {0xFFFD, 1};
    code = code << 6U | (byte(i) & 0x3FU);
  }
  return {code, length};
}

bool is_dropped(std::uint32_t code) {
  return code == '\'' || code == '.' || code == '`' || code == 0xB4 || code == 0x2018 ||
         code == 0x2019 || code == 0x2032 || (code >= 0x2B0 && code < 0x370);
}

void append_blank(std::string& out) {
  if (!out.empty() && out.back() != ' ') out += ' ';
}

/// Expands the abbreviations that stand before another word, and drops a leading "the".
std::string finish_words(std::string folded) {
  if (!folded.empty() && folded.back() == ' ') folded.pop_back();
  if (folded.rfind("the ", 0) == 0) folded.erase(0, 4);
  std::string out;
  std::size_t start = 0;
  while (start <= folded.size()) {
    const std::size_t end = folded.find(' ', start);
    const std::string_view word =
        std::string_view(folded).substr(start, end == std::string::npos ? end : end - start);
    if (end == std::string::npos) {
      out += word;
      break;
    }
    out += word == "st" ? "saint" : word == "mt" ? "mount" : word == "ft" ? "fort" : word;
    out += ' ';
    start = end + 1;
  }
  return out;
}

}  // namespace

std::string fold_name(std::string_view name) {
  std::string out;
  out.reserve(name.size() + 4);
  for (std::size_t at = 0; at < name.size();) {
    const auto [code, length] = letter_at(name, at);
    const std::string_view bytes = name.substr(at, length);
    at += length;
    if (is_dropped(code)) continue;
    if (code < 0x80) {
      const char c = static_cast<char>(code);
      if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) {
        out += c;
      } else if (c >= 'A' && c <= 'Z') {
        out += static_cast<char>(c - 'A' + 'a');
      } else {
        append_blank(out);
        if (c == '&') out += "and ";
      }
    } else if (code == 0xA0 || (code >= 0x2000 && code <= 0x206F)) {
      append_blank(out);
    } else if ((code >= 0xC0 && code < 0x250) || (code >= 0x1E00 && code < 0x1F00)) {
      const char* letters =
          code < 0x250 ? latin_fold[code - 0xC0] : latin_additional_fold[code - 0x1E00];
      if (*letters == '\0') {
        append_blank(out);
      } else {
        out += letters;
      }
    } else {
      out += bytes;
    }
  }
  return finish_words(std::move(out));
}

bool is_all_capitals(std::string_view name) {
  bool any = false;
  for (const char c : name) {
    if (c >= 'a' && c <= 'z') return false;
    any = any || (c >= 'A' && c <= 'Z');
  }
  return any;
}

}  // namespace relata::text
