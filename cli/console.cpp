#include "cli/console.h"

namespace relata::cli {

std::string printable(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  bool blank = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
      blank = !clean.empty();
      continue;
    }
    if (c < 0x20 || c == 0x7f) continue;
    // C1 controls are C2 80 .. C2 9F in UTF-8.
    if (c == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0) {
      ++i;
      continue;
    }
    if (blank) clean += ' ';
    blank = false;
    clean += text[i];
  }
  return clean;
}

}  // namespace relata::cli
