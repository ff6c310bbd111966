#include "importers/charset.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <sstream>

#include <fmt/format.h>
#include <unicode/ucsdet.h>

#include "graph/ascii.h"
#include "graph/errors.h"
#include "importers/encoding.h"
#include "importers/pull_buffer.h"

namespace relata {

namespace {

constexpr std::size_t sample_bytes = std::size_t{1} << 20U;
// Of ICU's 0 to 100; random bytes reach 10, a sentence with one letter beyond ASCII 50 and more.
constexpr std::int32_t enough_confidence = 30;
constexpr std::size_t few = 3;

struct CloseDetector {
  void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
};

/// What a stated name means to browsers: the sets that Windows made larger go by the smaller names.
std::string meant_charset(std::string_view stated) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 16> meanings = {{
      {"utf8", "utf-8"},
      {"unicode-1-1-utf-8", "utf-8"},
      {"iso-8859-1", "windows-1252"},
      {"iso8859-1", "windows-1252"},
      {"iso_8859-1", "windows-1252"},
      {"latin1", "windows-1252"},
      {"us-ascii", "windows-1252"},
      {"ascii", "windows-1252"},
      {"iso-8859-9", "windows-1254"},
      {"iso-8859-11", "windows-874"},
      {"tis-620", "windows-874"},
      {"gb2312", "gb18030"},
      {"gbk", "gb18030"},
      {"ks_c_5601-1987", "windows-949"},
      {"euc-kr", "windows-949"},
      {"shift_jis", "windows-31j"},
  }};
  std::string name = lower(stated);
  for (const auto& [from, to] : meanings) {
    if (name == from) return std::string(to);
  }
  return name;
}

bool has_mark(std::string_view bytes) {
  return bytes.starts_with("\xEF\xBB\xBF") || bytes.starts_with("\xFF\xFE") ||
         bytes.starts_with("\xFE\xFF") || bytes.starts_with(std::string_view("\0\0\xFE\xFF", 4));
}

/// U+0080 to U+009F stand in no text; they show that a set was guessed wrongly.
bool has_c1_controls(std::string_view text) {
  for (std::size_t i = text.find('\xC2'); i != std::string_view::npos && i + 1 < text.size();
       i = text.find('\xC2', i + 1)) {
    const auto next = static_cast<unsigned char>(text[i + 1]);
    if (next >= 0x80U && next < 0xA0U && next != 0x85U) return true;
  }
  return false;
}

/// UTF-8 read as Windows-1252 and written as UTF-8 again: a quotation mark becomes "â€™", "é" "Ã©".
std::size_t count_twice_encoded(std::string_view text) {
  std::size_t count = 0;
  for (const std::string_view mark : {"\xC3\xA2\xE2\x82\xAC", "\xC3\x83\xC2"}) {
    for (std::size_t i = text.find(mark); i != std::string_view::npos; i = text.find(mark, i + 1)) {
      ++count;
    }
  }
  return count;
}

/// Number of ill-formed bytes, each of which becomes U+FFFD.
std::size_t replace_faults(std::string& text) {
  std::size_t count = 0;
  std::string result;
  std::string_view rest = text;
  while (const auto fault = find_utf8_fault(rest)) {
    result += rest.substr(0, *fault);
    result += "\xEF\xBF\xBD";
    rest.remove_prefix(*fault + 1);
    ++count;
  }
  if (count > 0) text = result.append(rest);
  return count;
}

bool has_multibyte_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = utf8_character(text.substr(i));
    if (length > 1) return true;
    i += std::max<std::size_t>(length, 1);
  }
  return false;
}

class Decoder final {
 public:
  Decoder(const std::string& name, const NoteSink& note, bool is_markup)
      : name_(name), note_(note), is_markup_(is_markup) {}

  std::string decode(std::string bytes, std::string_view stated) {
    if (has_mark(bytes)) return told(to_utf8(std::move(bytes), name_));
    const std::string charset = meant_charset(stated);
    if (charset == "utf-8") return decode_utf8(std::move(bytes));
    if (!charset.empty()) {
      // "ascii" and the like are stated by habit where the text is UTF-8.
      const bool habit = charset == "windows-1252" && lower(stated) != "windows-1252";
      if (habit && !find_utf8_fault(bytes) && has_multibyte_utf8(bytes)) {
        say(fmt::format("it states the encoding {}, but is UTF-8", stated));
        return told(std::move(bytes));
      }
      try {
        return told(to_utf8(bytes, name_, charset));
      } catch (const InputError& error) {
        if (!find_utf8_fault(bytes) && bytes.find('\0') == std::string::npos) {
          say(fmt::format("it states the encoding {}, but is UTF-8", stated));
          return told(std::move(bytes));
        }
        return guess(std::move(bytes), fmt::format("it states the encoding {}, which its bytes "
                                                   "are not",
                                                   stated));
      }
    }
    const bool nul = bytes.find('\0') != std::string::npos;
    if (!nul && !find_utf8_fault(bytes)) return told(std::move(bytes));
    return guess(std::move(bytes), "it states no encoding");
  }

 private:
  void say(const std::string& what) const {
    if (note_) note_(name_ + ": " + what);
  }

  std::string decode_utf8(std::string bytes) const {
    if (bytes.find('\0') == std::string::npos && find_utf8_fault(bytes)) {
      if (!has_multibyte_utf8(bytes) && !detect_charset(bytes, is_markup_).empty()) {
        return guess(std::move(bytes), "it states the encoding utf-8, which its bytes are not");
      }
      const std::size_t count = replace_faults(bytes);
      say(
          fmt::format("it states the encoding utf-8, but {} of its bytes {} not; U+FFFD stands for "
                      "{}",
                      count, count == 1 ? "is" : "are", count == 1 ? "it" : "them"));
    }
    return told(to_utf8(std::move(bytes), name_));
  }

  [[nodiscard]] std::string guess(std::string bytes, const std::string& why) const {
    const std::string charset = detect_charset(bytes, is_markup_);
    const bool wide = charset.starts_with("UTF-16") || charset.starts_with("UTF-32");
    if (!charset.empty() && (wide || bytes.find('\0') == std::string::npos)) {
      std::string text;
      try {
        text = to_utf8(bytes, name_, charset);
      } catch (const InputError&) {
        return to_utf8(std::move(bytes), name_);  // which says where it is no UTF-8
      }
      if (!has_c1_controls(text) && text.find('\0') == std::string::npos) {
        say(fmt::format("{}; read as {}, by its letters", why, charset));
        return text;
      }
    }
    return to_utf8(std::move(bytes), name_);
  }

  [[nodiscard]] std::string told(std::string text) const {
    const std::size_t count = count_twice_encoded(text);
    if (count >= few) {
      say(fmt::format(
          "{} places look as if the text was encoded twice (\xC3\xA2\xE2\x82\xAC\xE2\x84"
          "\xA2 for an apostrophe); read as it stands",
          count));
    }
    return text;
  }

  const std::string& name_;
  const NoteSink& note_;
  bool is_markup_;
};

}  // namespace

std::string detect_charset(std::string_view bytes, bool is_markup) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, CloseDetector> detector(ucsdet_open(&status));
  if (U_FAILURE(status) != 0) throw std::bad_alloc();
  // The sample begins where the bytes beyond ASCII do.
  const auto beyond = std::find_if(bytes.begin(), bytes.end(),
                                   [](char c) { return static_cast<unsigned char>(c) >= 0x80U; });
  const auto at = static_cast<std::size_t>(beyond - bytes.begin());
  if (bytes.size() > sample_bytes && at > sample_bytes / 2) {
    bytes = bytes.substr((at - sample_bytes / 2) & ~std::size_t{3}, sample_bytes);
  }
  bytes = bytes.substr(0, sample_bytes);
  ucsdet_enableInputFilter(detector.get(), static_cast<UBool>(is_markup));
  ucsdet_setText(detector.get(), bytes.data(), static_cast<std::int32_t>(bytes.size()), &status);
  const UCharsetMatch* const match = ucsdet_detect(detector.get(), &status);
  if (U_FAILURE(status) != 0 || match == nullptr) return "";
  if (ucsdet_getConfidence(match, &status) < enough_confidence) return "";
  const std::string found = ucsdet_getName(match, &status);
  if (U_FAILURE(status) != 0) return "";
  return found == "ISO-8859-1" ? "windows-1252" : found;
}

std::string decode_text(std::string bytes, const std::string& name, std::string_view stated,
                        const NoteSink& note, bool is_markup) {
  return Decoder(name, note, is_markup).decode(std::move(bytes), stated);
}

std::unique_ptr<std::istream> open_text(std::istream& in, const std::string& name,
                                        const NoteSink& note) {
  std::string sample(sample_bytes, '\0');
  in.read(sample.data(), static_cast<std::streamsize>(sample.size()));
  sample.resize(static_cast<std::size_t>(in.gcount()));
  // The sample may end within a character.
  const auto fault = find_utf8_fault(sample);
  const bool is_utf8 = !fault || (sample.size() == sample_bytes && *fault + 4 > sample.size());
  const bool wide = has_mark(sample) && !sample.starts_with("\xEF\xBB\xBF");
  if (wide || !is_utf8) {
    std::string all = std::move(sample);
    if (in) all += read_all(in, name);
    return std::make_unique<std::istringstream>(decode_text(std::move(all), name, "", note));
  }
  return std::make_unique<PullStream>([&in, sample = std::move(sample), at = std::size_t{0}](
                                          char* target, std::size_t capacity) mutable {
    if (at < sample.size()) {
      const std::size_t count = std::min(capacity, sample.size() - at);
      std::copy_n(sample.data() + at, count, target);
      at += count;
      return count;
    }
    if (!in) return std::size_t{0};
    in.read(target, static_cast<std::streamsize>(capacity));
    return static_cast<std::size_t>(in.gcount());
  });
}

}  // namespace relata
