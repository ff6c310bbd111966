#include "importers/text/name_words.h"

#include <functional>
#include <set>

#include "importers/text/syntax.h"

namespace relata::text {

namespace {

/// Words that may stand inside a name without counting for its acronym.
bool small_word(const std::string& word) {
  static const std::set<std::string, std::less<>> words = {"of", "the", "and", "for", "in",
                                                           "on", "de",  "la",  "to",  "&"};
  return words.contains(word);
}

}  // namespace

std::vector<std::string> name_words(std::string_view name) {
  std::vector<std::string> words;
  std::string word;
  const auto finish = [&] {
    if (word.ends_with("'s")) word.resize(word.size() - 2);
    if (!word.empty() && word != "the" && word != "a" && word != "an") words.push_back(word);
    word.clear();
  };
  std::string text = lower(name);
  for (std::size_t at = text.find("\xE2\x80\x99"); at != std::string::npos;
       at = text.find("\xE2\x80\x99")) {
    text.replace(at, 3, "'");
  }
  for (const char c : text) {
    if (c == ' ' || c == '-' || c == '\n' || c == '\t') {
      finish();
    } else if (c != '.' && c != ',' && c != '"' && c != '(' && c != ')') {
      word += c;
    }
  }
  finish();
  return words;
}

std::string acronym_letters(std::string_view text) {
  std::string letters;
  for (const char c : text) {
    if (c == '.') continue;
    if (c < 'A' || c > 'Z') return {};
    letters += static_cast<char>(c - 'A' + 'a');
  }
  return letters;
}

bool is_acronym_of(std::string_view acronym, const std::vector<std::string>& words) {
  const std::string letters = acronym_letters(acronym);
  return !letters.empty() && acronyms_of(words).contains(letters);
}

std::set<std::string> acronyms_of(const std::vector<std::string>& words) {
  std::string all;
  std::string large;
  for (const std::string& word : words) {
    all += word.front();
    if (!small_word(word)) large += word.front();
  }
  std::set<std::string> acronyms;
  if (all.size() > 1) acronyms.insert(all);
  if (large.size() > 1) acronyms.insert(large);
  return acronyms;
}

}  // namespace relata::text
