#include "importers/text/reader/lemmatizer.h"

#include <algorithm>
#include <charconv>

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include "graph/ascii.h"
#include "graph/errors.h"

namespace relata::text {

namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 128; });
}

icu::UnicodeString unicode(std::string_view text) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

std::string upper_case(std::string_view text) {
  std::string result;
  unicode(text).toUpper(icu::Locale::getRoot()).toUTF8String(result);
  return result;
}

/// Bytes of the code point that begins at the front of `text`.
std::size_t first_size(std::string_view text) {
  std::size_t size = text.empty() ? 0 : 1;
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) ++size;
  return size;
}

}  // namespace

std::string lower_case(std::string_view text) {
  if (is_ascii(text)) return lower(text);
  std::string result;
  unicode(text).toLower(icu::Locale::getRoot()).toUTF8String(result);
  return result;
}

LemmaScript LemmaScript::parse(std::string_view text) {
  LemmaScript script;
  const std::size_t bar = text.find('|', 2);
  const bool known = text.size() >= 4 && std::string_view("LCUKN").find(text[0]) != text.npos;
  if (!known || text[1] != '|' || bar == text.npos) {
    throw UsageError("lemma script op|n|suffix expected, \"" + std::string(text) + "\" found");
  }
  const std::string_view digits = text.substr(2, bar - 2);
  const auto [end, problem] =
      std::from_chars(digits.data(), digits.data() + digits.size(), script.strip);
  if (problem != std::errc() || end != digits.data() + digits.size()) {
    throw UsageError("number expected in lemma script \"" + std::string(text) + "\"");
  }
  script.operation = static_cast<Operation>(text[0]);
  script.suffix = text.substr(bar + 1);
  return script;
}

std::string LemmaScript::apply(std::string_view form) const {
  std::string base = operation == Operation::keep ? std::string(form) : lower_case(form);
  if (operation == Operation::number) std::erase(base, ',');
  std::size_t end = base.size();
  for (std::size_t i = 0; i < strip && end > 0; ++i) {
    do {
      --end;
    } while (end > 0 && (static_cast<unsigned char>(base[end]) & 0xC0U) == 0x80U);
  }
  base.resize(end);
  base += suffix;
  if (operation == Operation::capitalise) {
    const std::size_t first = first_size(base);
    return upper_case(std::string_view(base).substr(0, first)) + base.substr(first);
  }
  return operation == Operation::upper ? upper_case(base) : base;
}

Lemmatizer::Lemmatizer(std::span<const std::string_view> scripts,
                       std::span<const std::string_view> exceptions) {
  for (const std::string_view script : scripts) scripts_.push_back(LemmaScript::parse(script));
  for (const std::string_view line : exceptions) {
    const std::size_t first = line.find('\t');
    const std::size_t second = first == line.npos ? line.npos : line.find('\t', first + 1);
    if (second == line.npos || second + 1 == line.size() ||
        line.find('\t', second + 1) != line.npos) {
      throw UsageError("form, part of speech and lemma expected, \"" + std::string(line) +
                       "\" found");
    }
    exceptions_.emplace(line.substr(0, second), line.substr(second + 1));
  }
}

std::string Lemmatizer::lemma(std::string_view form, std::string_view upos,
                              std::size_t script) const {
  if (!exceptions_.empty()) {
    std::string key = lower_case(form);
    key += '\t';
    key += upos;
    const auto found = exceptions_.find(key);
    if (found != exceptions_.end()) return found->second;
  }
  return scripts_[script].apply(form);
}

}  // namespace relata::text
