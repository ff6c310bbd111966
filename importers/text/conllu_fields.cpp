#include "importers/text/conllu_fields.h"

namespace relata::text::conllu {

namespace {

int hexadecimal(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

}  // namespace

std::string escape(std::string_view value) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string result;
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= ' ' || byte == 127 || c == '%' || c == '|' || c == ',' || c == ':' || c == '=') {
      result += '%';
      result += digits[byte >> 4U];
      result += digits[byte & 15U];
    } else {
      result += c;
    }
  }
  return result;
}

std::string unescape(std::string_view value) {
  std::string result;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '%' && value.size() - i > 2 && hexadecimal(value[i + 1]) >= 0 &&
        hexadecimal(value[i + 2]) >= 0) {
      result += static_cast<char>(hexadecimal(value[i + 1]) * 16 + hexadecimal(value[i + 2]));
      i += 2;
    } else {
      result += value[i];
    }
  }
  return result;
}

std::string escape_line(std::string_view value) {
  std::string result;
  for (std::size_t i = 0; i < value.size(); ++i) {
    switch (value[i]) {
      case '\\':
        result += "\\\\";
        break;
      case '\n':
        result += "\\n";
        break;
      case '\r':
        result += "\\r";
        break;
      case '\t':
        result += "\\t";
        break;
      case ' ':
        result += i == 0 || i + 1 == value.size() ? "\\s" : " ";
        break;
      default:
        result += value[i];
    }
  }
  return result;
}

std::string unescape_line(std::string_view value) {
  std::string result;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '\\' || i + 1 == value.size()) {
      result += value[i];
      continue;
    }
    switch (value[++i]) {
      case 'n':
        result += '\n';
        break;
      case 'r':
        result += '\r';
        break;
      case 't':
        result += '\t';
        break;
      case 's':
        result += ' ';
        break;
      default:
        result += value[i];
    }
  }
  return result;
}

std::string one_line(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  }
  return result;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

}  // namespace relata::text::conllu
