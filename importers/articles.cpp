#include "importers/articles.h"

#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>

#include "graph/time_span.h"

namespace relata {

namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return result;
}

template <std::size_t size>
bool is_one_of(const std::string& name, const std::array<std::string_view, size>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// "27 Dec 2024" anywhere in the text.
std::string rfc822_date(std::string_view text) {
  static constexpr std::array<std::string_view, 12> months = {
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
  const std::string words = lower(text);
  for (std::size_t month = 0; month < months.size(); ++month) {
    const std::size_t at = words.find(" " + std::string(months[month]) + " ");
    if (at == std::string::npos || at == 0 || at + 9 > words.size()) continue;
    const std::size_t begin = at >= 2 && is_digit(words[at - 2]) ? at - 2 : at - 1;
    const std::string_view day = std::string_view(words).substr(begin, at - begin);
    const std::string_view year = std::string_view(words).substr(at + 5, 4);
    if (!std::all_of(day.begin(), day.end(), is_digit) ||
        !std::all_of(year.begin(), year.end(), is_digit)) {
      continue;
    }
    std::string date = fmt::format("{}-{:02}-{:0>2}", year, month + 1, day);
    return parse_iso_date(date) ? date : "";
  }
  return "";
}

void set_if_empty(std::string& target, std::string_view value) {
  if (target.empty()) target = value;
}

}  // namespace

std::string article_date(std::string_view text) {
  const std::string_view day = text.substr(0, 10);
  if (parse_iso_date(day)) return std::string(day);
  return rfc822_date(text);
}

void take_article_field(text::Document& document, std::string_view name, std::string_view value,
                        const std::string& text_field) {
  static constexpr std::array<std::string_view, 8> texts = {
      "text", "body", "content", "articlebody", "article", "maintext", "fulltext", "full_text"};
  static constexpr std::array<std::string_view, 2> titles = {"title", "headline"};
  static constexpr std::array<std::string_view, 9> dates = {
      "date",           "published",        "datepublished", "pubdate",  "published_at",
      "date_published", "publication_date", "date_publish",  "timestamp"};
  static constexpr std::array<std::string_view, 4> authors = {"author", "authors", "byline",
                                                              "creator"};
  static constexpr std::array<std::string_view, 3> urls = {"url", "link", "canonical_url"};
  static constexpr std::array<std::string_view, 6> outlets = {
      "outlet", "source", "publisher", "source_domain", "newspaper", "site"};
  static constexpr std::array<std::string_view, 2> languages = {"language", "lang"};
  const std::string key = lower(name);
  text::Metadata& metadata = document.metadata;
  if (text_field.empty() ? is_one_of(key, texts) : name == text_field) {
    set_if_empty(document.text, value);
  } else if (key == "id") {
    set_if_empty(document.id, value);
  } else if (is_one_of(key, titles)) {
    set_if_empty(metadata.title, value);
  } else if (is_one_of(key, dates)) {
    set_if_empty(metadata.date, article_date(value));
  } else if (is_one_of(key, authors)) {
    set_if_empty(metadata.author, value);
  } else if (is_one_of(key, urls)) {
    set_if_empty(metadata.url, value);
  } else if (is_one_of(key, outlets)) {
    set_if_empty(metadata.outlet, value);
  } else if (is_one_of(key, languages)) {
    set_if_empty(metadata.language, value);
  }
}

void fill_metadata(text::Document& document, const ImportOptions& options) {
  text::Metadata& metadata = document.metadata;
  set_if_empty(metadata.title, options.metadata.title);
  set_if_empty(metadata.date, options.metadata.date);
  set_if_empty(metadata.author, options.metadata.author);
  set_if_empty(metadata.outlet, options.metadata.outlet);
  set_if_empty(metadata.url, options.metadata.url);
  set_if_empty(metadata.language, options.metadata.language);
}

}  // namespace relata
