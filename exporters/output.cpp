#include "exporters/output.h"

#include <ostream>

namespace relata {

namespace {

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// U+FFFE and U+FFFF, which XML cannot hold.
bool is_noncharacter(std::string_view character) {
  return character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF";
}

}  // namespace

std::size_t utf8_length(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80U) return 1;
  const std::size_t length = first >= 0xF0U ? 4 : first >= 0xE0U ? 3 : 2;
  if (first < 0xC2U || first > 0xF4U || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(text[i])) return 0;
  }
  const auto second = static_cast<unsigned char>(text[1]);
  const bool overlong = (first == 0xE0U && second < 0xA0U) || (first == 0xF0U && second < 0x90U);
  const bool surrogate = first == 0xEDU && second > 0x9FU;
  const bool beyond = first == 0xF4U && second > 0x8FU;
  return overlong || surrogate || beyond ? 0 : length;
}

std::string one_line(std::string_view text) {
  std::string line;
  bool blank = false;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) <= 0x20U || c == 0x7F) {
      blank = !line.empty();
      continue;
    }
    if (blank) line += ' ';
    blank = false;
    line += c;
  }
  return line;
}

Output::Output(std::ostream& stream) : stream_(stream) {
  buffer_.reserve(capacity);
}

void Output::overflow(std::string_view text) {
  flush();
  if (text.size() >= capacity) {
    stream_.write(text.data(), static_cast<std::streamsize>(text.size()));
  } else {
    buffer_.append(text);
  }
}

void Output::flush() {
  stream_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  buffer_.clear();
}

void Output::json_string(std::string_view text) {
  put('"');
  std::size_t plain = 0;
  const auto replace = [&](std::size_t at, std::size_t length, std::string_view with) {
    this->text(text.substr(plain, at - plain));
    this->text(with);
    plain = at + length;
  };
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x80U) {
      const std::size_t length = utf8_length(text.substr(i));
      if (length == 0) replace(i, 1, "\xEF\xBF\xBD");
      i += length == 0 ? 1 : length;
      continue;
    }
    if (c == '"') {
      replace(i, 1, "\\\"");
    } else if (c == '\\') {
      replace(i, 1, "\\\\");
    } else if (c == '\n') {
      replace(i, 1, "\\n");
    } else if (c == '\t') {
      replace(i, 1, "\\t");
    } else if (c == '\r') {
      replace(i, 1, "\\r");
    } else if (c < 0x20U) {
      replace(i, 1, fmt::format("\\u{:04x}", c));
    }
    ++i;
  }
  this->text(text.substr(plain));
  put('"');
}

void Output::xml(std::string_view text) {
  std::size_t plain = 0;
  const auto replace = [&](std::size_t at, std::size_t length, std::string_view with) {
    this->text(text.substr(plain, at - plain));
    this->text(with);
    plain = at + length;
  };
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x80U) {
      const std::size_t length = utf8_length(text.substr(i));
      if (length == 0) {
        replace(i, 1, "");
      } else if (is_noncharacter(text.substr(i, length))) {
        replace(i, length, "");
      }
      i += length == 0 ? 1 : length;
      continue;
    }
    switch (c) {
      case '&':
        replace(i, 1, "&amp;");
        break;
      case '<':
        replace(i, 1, "&lt;");
        break;
      case '>':
        replace(i, 1, "&gt;");
        break;
      case '"':
        replace(i, 1, "&quot;");
        break;
      case '\n':
        replace(i, 1, "&#10;");
        break;
      case '\t':
        replace(i, 1, "&#9;");
        break;
      case '\r':
        replace(i, 1, "&#13;");
        break;
      default:
        if (c < 0x20U) replace(i, 1, "");
    }
    ++i;
  }
  this->text(text.substr(plain));
}

void Output::dot_string(std::string_view text) {
  put('"');
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    const std::size_t length = utf8_length(text.substr(i));
    if (c == '"') {
      this->text("\\\"");
    } else if (c == '\\') {
      this->text("\\\\");
    } else if (c == '\n') {
      this->text("\\n");
    } else if (c == '\t') {
      put(' ');
    } else if (length > 0 && c >= 0x20U && c != 0x7FU) {
      this->text(text.substr(i, length));
    }
    i += length == 0 ? 1 : length;
  }
  put('"');
}

}  // namespace relata
