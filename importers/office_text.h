#pragma once
// Text of a word processor's XML as it comes: runs of text, paragraphs between which an empty line
// stands. White space within a paragraph is kept as one blank. One thread.

#include <functional>
#include <string>
#include <string_view>

#include "importers/text/document.h"

namespace relata {

class OfficeText final {
 public:
  void put(std::string_view text);
  /// A line break or a tab within a paragraph.
  void blank() { put(" "); }
  void end_paragraph();
  /// All that was collected.
  std::string take();

 private:
  std::string text_;
  std::string paragraph_;
  bool blank_ = false;
};

/// Takes one element of the Dublin Core, as office files and books state them: title, creator,
/// date, created, modified, language, publisher. What is there already stays.
void take_dublin_core(text::Metadata& metadata, std::string_view element, std::string_view text);

/// Hands over each element of `xml`, a file of properties, with its text. `place` names the file in
/// errors. Throws InputError for XML that is not well formed.
void read_properties(
    const std::string& xml, const std::string& place,
    const std::function<void(std::string_view element, std::string_view text)>& take);

}  // namespace relata
