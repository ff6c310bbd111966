#include "importers/office_text.h"

#include <sstream>

#include "importers/articles.h"
#include "importers/xml_reader.h"

namespace relata {

void OfficeText::put(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool no_break_space = text.substr(i, 2) == "\xC2\xA0";
    const bool soft_hyphen = text.substr(i, 2) == "\xC2\xAD";
    if (soft_hyphen) {
      ++i;
    } else if (no_break_space || static_cast<unsigned char>(text[i]) <= 0x20U) {
      blank_ = !paragraph_.empty();
      i += no_break_space ? 1 : 0;
    } else {
      if (blank_) paragraph_ += ' ';
      blank_ = false;
      paragraph_ += text[i];
    }
  }
}

void OfficeText::end_paragraph() {
  if (!paragraph_.empty()) {
    if (!text_.empty()) text_ += "\n\n";
    text_ += paragraph_;
  }
  paragraph_.clear();
  blank_ = false;
}

std::string OfficeText::take() {
  end_paragraph();
  return std::move(text_);
}

void read_properties(
    const std::string& xml, const std::string& place,
    const std::function<void(std::string_view element, std::string_view text)>& take) {
  std::istringstream in(xml);
  XmlReader(in, place, {[](const XmlElement&) {}, take}).read();
}

void take_dublin_core(text::Metadata& metadata, std::string_view element, std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return;
  text = text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
  const auto set = [](std::string& target, std::string_view value) {
    if (target.empty()) target = value;
  };
  if (element == "title") {
    set(metadata.title, text);
  } else if (element == "creator" || element == "initial-creator") {
    set(metadata.author, text);
  } else if (element == "date" || element == "created" || element == "creation-date") {
    set(metadata.date, article_date(text));
  } else if (element == "language") {
    set(metadata.language, text);
  } else if (element == "publisher") {
    set(metadata.outlet, text);
  }
}

}  // namespace relata
