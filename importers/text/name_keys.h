#pragma once
// Under which keys names of different texts are compared: spellings of one name in Latin letters
// share a key ("Zelensky", "Zelenskyy"; "Gaddafi", "Qadhafi"), titles before a person's name and
// marks of generation behind it do not count, and bodies lose their legal form ("Inc.") and the
// order of "Ministry of Defence" and "Defence Ministry". A key says that names are equal, not that
// the things are one: corpus.h decides that.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "graph/fold.h"

namespace relata::text {

/// Makes keys of names. Holds a folder, so one object a thread; O(length) each.
class NameKeys final {
 public:
  /// The words of a name as they sound: folded, respelled.
  [[nodiscard]] std::vector<std::string> words(std::string_view name);
  /// Of a person's name: without titles ("Sen.", "Mr", "President") and "Jr.", and "Macron,
  /// Emmanuel" turned round. A title that is all of the name, or stands before a single given name
  /// ("Pope Francis"), stays.
  [[nodiscard]] std::vector<std::string> person_words(std::string_view name);
  /// Of a body's name: without articles, "and" and legal forms; a ministry's field before it.
  [[nodiscard]] std::vector<std::string> body_words(std::string_view name);
  /// The shorter names by which a person of these words (person_words) may be called elsewhere: his
  /// last words ("von der Leyen", "Putin"), the first where the family name comes first ("Kim"),
  /// the first and last without middle names.
  [[nodiscard]] std::set<std::string> short_forms(std::string_view name);

 private:
  NameFolder folder_;
};

/// Words joined by blanks.
std::string joined(const std::vector<std::string>& words);

/// A name's words reduced to what spellings of one name share: "Zelensky", "Zelenskyy", "Zelenskiy"
/// give the same.
std::string spelling_key(std::string_view name);

}  // namespace relata::text
