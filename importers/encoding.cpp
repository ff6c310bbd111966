#include "importers/encoding.h"

#include <cstdint>
#include <cstring>
#include <istream>
#include <memory>
#include <vector>

#include <fmt/format.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>

#include "graph/errors.h"

namespace relata {

namespace {

struct Mark {
  std::string_view bytes;
  std::string_view charset;
};

// The marks of UTF-32 stand first: that of UTF-16LE begins that of UTF-32LE.
constexpr Mark marks[] = {
    {std::string_view("\xFF\xFE\0\0", 4), "UTF-32LE"},
    {std::string_view("\0\0\xFE\xFF", 4), "UTF-32BE"},
    {"\xEF\xBB\xBF", "UTF-8"},
    {"\xFF\xFE", "UTF-16LE"},
    {"\xFE\xFF", "UTF-16BE"},
};

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter open_converter(const std::string& charset, const std::string& name) {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(charset.c_str(), &status));
  if (U_FAILURE(status) != 0 || converter == nullptr) {
    throw InputError(name, "", "it states the encoding \"" + charset + "\", which is unknown");
  }
  return converter;
}

/// Converts piece by piece, so that a fault is found with its byte.
std::string convert(std::string_view bytes, const std::string& charset, const std::string& name,
                    std::size_t skipped) {
  const Converter from = open_converter(charset, name);
  const Converter to = open_converter("UTF-8", name);
  UErrorCode status = U_ZERO_ERROR;
  ucnv_setToUCallBack(from.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  std::string text;
  std::vector<UChar> pivot(1024);
  UChar* pivot_source = pivot.data();
  UChar* pivot_target = pivot.data();
  const char* source = bytes.data();
  const char* const source_end = source + bytes.size();
  std::vector<char> piece(std::size_t{1} << 16U);
  bool first = true;
  do {
    char* target = piece.data();
    status = U_ZERO_ERROR;
    ucnv_convertEx(to.get(), from.get(), &target, piece.data() + piece.size(), &source, source_end,
                   pivot.data(), &pivot_source, &pivot_target, pivot.data() + pivot.size(),
                   static_cast<UBool>(first), 1, &status);
    first = false;
    text.append(piece.data(), target);
    if (U_FAILURE(status) != 0 && status != U_BUFFER_OVERFLOW_ERROR) {
      throw InputError(name, fmt::format("byte {}", skipped + (source - bytes.data())),
                       "expected text in " + charset + ", found bytes that are none");
    }
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  return text;
}

}  // namespace

std::size_t utf8_character(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80U) return 1;
  const std::size_t length = first >= 0xF0U ? 4 : first >= 0xE0U ? 3 : 2;
  if (first < 0xC2U || first > 0xF4U || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) return 0;
  }
  const auto second = static_cast<unsigned char>(text[1]);
  const bool overlong = (first == 0xE0U && second < 0xA0U) || (first == 0xF0U && second < 0x90U);
  const bool surrogate = first == 0xEDU && second > 0x9FU;
  const bool beyond = first == 0xF4U && second > 0x8FU;
  return overlong || surrogate || beyond ? 0 : length;
}

std::optional<std::size_t> find_utf8_fault(std::string_view text) {
  constexpr std::uint64_t high_bits = 0x8080808080808080ULL;
  std::size_t i = 0;
  while (i < text.size()) {
    if (text.size() - i >= sizeof(std::uint64_t)) {
      std::uint64_t word = 0;
      std::memcpy(&word, text.data() + i, sizeof word);
      if ((word & high_bits) == 0) {
        i += sizeof word;
        continue;
      }
    }
    const std::size_t length = utf8_character(text.substr(i));
    if (length == 0) return i;
    i += length;
  }
  return std::nullopt;
}

std::string read_all(std::istream& in, const std::string& name, std::size_t limit) {
  std::string bytes;
  std::vector<char> piece(std::size_t{1} << 16U);
  while (in) {
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    const auto count = static_cast<std::size_t>(in.gcount());
    if (bytes.size() + count > limit) {
      throw InputError(
          name, "",
          fmt::format("it is larger than {} MiB, which is too large for one text", limit >> 20U));
    }
    bytes.append(piece.data(), count);
  }
  if (in.bad()) throw InputError(name, "", "reading it failed");
  return bytes;
}

std::string to_utf8(std::string bytes, const std::string& name, std::string_view charset) {
  for (const Mark& mark : marks) {
    if (!std::string_view(bytes).starts_with(mark.bytes)) continue;
    if (mark.charset != "UTF-8") {
      return convert(std::string_view(bytes).substr(mark.bytes.size()), std::string(mark.charset),
                     name, mark.bytes.size());
    }
    if (const auto fault = find_utf8_fault(bytes)) {
      throw InputError(name, fmt::format("byte {}", *fault),
                       "expected UTF-8, as the byte-order mark says, found bytes that are none");
    }
    bytes.erase(0, mark.bytes.size());
    return bytes;
  }
  if (!charset.empty() && charset != "utf-8" && charset != "UTF-8") {
    return convert(bytes, std::string(charset), name, 0);
  }
  if (const std::size_t nul = bytes.find('\0'); nul != std::string::npos) {
    throw InputError(name, fmt::format("byte {}", nul),
                     "expected text, found a NUL byte; it looks like a binary file");
  }
  if (const auto fault = find_utf8_fault(bytes)) {
    throw InputError(
        name, fmt::format("byte {}", *fault),
        fmt::format("expected UTF-8, found the byte 0x{:02X}; convert it first, for example with "
                    "iconv -f WINDOWS-1252 -t UTF-8",
                    static_cast<unsigned char>(bytes[*fault])));
  }
  return bytes;
}

void append_utf8(std::string& text, char32_t code_point) {
  if (code_point > 0x10FFFFU || (code_point >= 0xD800U && code_point <= 0xDFFFU)) {
    code_point = 0xFFFDU;
  }
  const auto put = [&](char32_t byte) {
    text += static_cast<char>(static_cast<unsigned char>(byte));
  };
  if (code_point < 0x80U) {
    put(code_point);
  } else if (code_point < 0x800U) {
    put(0xC0U | (code_point >> 6U));
    put(0x80U | (code_point & 0x3FU));
  } else if (code_point < 0x10000U) {
    put(0xE0U | (code_point >> 12U));
    put(0x80U | ((code_point >> 6U) & 0x3FU));
    put(0x80U | (code_point & 0x3FU));
  } else {
    put(0xF0U | (code_point >> 18U));
    put(0x80U | ((code_point >> 12U) & 0x3FU));
    put(0x80U | ((code_point >> 6U) & 0x3FU));
    put(0x80U | (code_point & 0x3FU));
  }
}

}  // namespace relata
