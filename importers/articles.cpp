#include "importers/articles.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "graph/ascii.h"
#include "graph/time_span.h"
#include "importers/html.h"
#include "importers/text/dateline.h"

namespace relata {

namespace {

template <std::size_t Size>
bool is_one_of(const std::string& name, const std::array<std::string_view, Size>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Runs of letters, lowered, and of digits.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  bool in_word = false;
  for (const char c : lower(text)) {
    const bool letter = c >= 'a' && c <= 'z';
    if (!letter && !is_digit(c)) {
      in_word = false;
      continue;
    }
    if (!in_word || is_digit(words.back().back()) != is_digit(c)) words.emplace_back();
    words.back() += c;
    in_word = true;
  }
  return words;
}

std::size_t month_of(const std::string& word) {
  static constexpr std::array<std::string_view, 12> months = {
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  for (std::size_t month = 0; month < months.size(); ++month) {
    const bool is_short = word == "sept" || word.size() == 3;
    if (word == months[month] || (is_short && months[month].starts_with(word))) return month + 1;
  }
  return 0;
}

std::string checked_date(std::string_view year, std::size_t month, std::string_view day) {
  std::string date = fmt::format("{}-{:02}-{:0>2}", year, month, day);
  return parse_iso_date(date) ? date : "";
}

/// "27 Dec 2024", "December 27th, 2024" and the like, anywhere in the text.
std::string date_in_words(std::string_view text) {
  const std::vector<std::string> words = words_of(text.substr(0, 200));
  const auto number = [&](std::size_t i, std::size_t least, std::size_t most) {
    return i < words.size() && is_digit(words[i][0]) && words[i].size() >= least &&
           words[i].size() <= most;
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::size_t month = is_digit(words[i][0]) ? 0 : month_of(words[i]);
    if (month == 0) continue;
    if (i > 0 && number(i - 1, 1, 2) && number(i + 1, 4, 4)) {
      return checked_date(words[i + 1], month, words[i - 1]);
    }
    const bool ordinal = i + 2 < words.size() && (words[i + 2] == "st" || words[i + 2] == "nd" ||
                                                  words[i + 2] == "rd" || words[i + 2] == "th");
    const std::size_t year = i + (ordinal ? 3 : 2);
    if (number(i + 1, 1, 2) && number(year, 4, 4)) {
      return checked_date(words[year], month, words[i + 1]);
    }
  }
  return "";
}

/// "07.10.2024", as much of Europe writes it, and "2024/10/07"; "10/07/2024" is read one way here
/// and another way there.
std::string date_by_place(std::string_view text) {
  std::vector<std::string> parts(1);
  char separator = '\0';
  for (const char c : text.substr(0, 11)) {
    if (is_digit(c)) {
      parts.back() += c;
    } else if ((c == '.' || c == '/') && (separator == '\0' || separator == c)) {
      separator = c;
      parts.emplace_back();
    } else {
      break;
    }
  }
  if (parts.size() != 3) return "";
  if (separator == '.') std::swap(parts[0], parts[2]);
  const auto fits = [](const std::string& part) { return part.size() == 1 || part.size() == 2; };
  if (parts[0].size() != 4 || !fits(parts[1]) || !fits(parts[2])) return "";
  return checked_date(parts[0], static_cast<std::size_t>(std::stoi(parts[1])), parts[2]);
}

/// Seconds or milliseconds since 1970, "20241227" and "20241227103000".
std::string date_in_digits(std::string_view text) {
  if (text.empty() || !std::all_of(text.begin(), text.end(), is_digit)) return "";
  if (text.size() == 8 || text.size() == 14) {
    const std::string date =
        fmt::format("{}-{}-{}", text.substr(0, 4), text.substr(4, 2), text.substr(6, 2));
    return parse_iso_date(date) ? date : "";
  }
  if (text.size() != 10 && text.size() != 13) return "";
  const std::int64_t seconds = std::stoll(std::string(text.substr(0, 10)));
  return iso_date(static_cast<std::int32_t>(seconds / 86400));
}

void set_if_empty(std::string& target, std::string_view value) {
  if (target.empty()) target = value;
}

}  // namespace

std::string article_date(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.remove_prefix(1);
  const std::string_view day = text.substr(0, 10);
  if (parse_iso_date(day)) return std::string(day);
  if (std::string digits = date_in_digits(text); !digits.empty()) return digits;
  if (std::string placed = date_by_place(text); !placed.empty()) return placed;
  return date_in_words(text);
}

std::optional<ArticleField> article_field_named(std::string_view name) {
  static constexpr std::array<std::string_view, 8> names = {"text",   "title", "date",     "author",
                                                            "outlet", "url",   "language", "id"};
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<ArticleField>(found - names.begin());
}

namespace {

/// "Body Text", "body_text" and "bodyText" are one name.
std::string bare_name(std::string_view name) {
  std::string bare;
  for (const char c : name) {
    if (c != ' ' && c != '_' && c != '-' && c != '.') bare += lower_letter(c);
  }
  return bare;
}

/// What the usual names hold.
std::optional<ArticleField> usual_field(const std::string& key) {
  static constexpr std::array<std::string_view, 13> texts = {
      "text",        "body",     "content",  "articlebody", "article",
      "articletext", "maintext", "fulltext", "contenttext", "contenthtml",
      "bodytext",    "bodyhtml", "storytext"};
  static constexpr std::array<std::string_view, 4> titles = {"title", "headline", "webtitle",
                                                             "articletitle"};
  static constexpr std::array<std::string_view, 12> dates = {
      "date",        "published",   "datepublished",   "pubdate",
      "publishedat", "publishdate", "publicationdate", "datepublish",
      "publishedon", "timestamp",   "publicationtime", "webpublicationdate"};
  static constexpr std::array<std::string_view, 5> authors = {"author", "authors", "byline",
                                                              "creator", "authorname"};
  static constexpr std::array<std::string_view, 7> urls = {
      "url", "link", "href", "canonicalurl", "weburl", "sourceurl", "articleurl"};
  static constexpr std::array<std::string_view, 8> outlets = {
      "outlet",     "source",    "publisher", "sourcedomain",
      "sourcename", "newspaper", "site",      "sitename"};
  static constexpr std::array<std::string_view, 3> languages = {"language", "lang", "inlanguage"};
  if (key == "id") return ArticleField::id;
  if (is_one_of(key, texts)) return ArticleField::text;
  if (is_one_of(key, titles)) return ArticleField::title;
  if (is_one_of(key, dates)) return ArticleField::date;
  if (is_one_of(key, authors)) return ArticleField::author;
  if (is_one_of(key, urls)) return ArticleField::url;
  if (is_one_of(key, outlets) || key == "publication") return ArticleField::outlet;
  if (is_one_of(key, languages)) return ArticleField::language;
  return std::nullopt;
}

/// Text that a page's maker exported with its tags.
bool is_markup(std::string_view text) {
  const std::string sample = lower(text.substr(0, 4096));
  for (const std::string_view tag :
       {"</p>", "<br>", "<br/>", "<br />", "</div>", "</a>", "</span>"}) {
    if (sample.find(tag) != std::string::npos) return true;
  }
  return false;
}

std::optional<ArticleField> field_of(std::string_view name, const ImportOptions& options) {
  for (const auto& [field, named] : options.fields) {
    if (named == name) return field;
  }
  const auto usual = usual_field(bare_name(name));
  // A part that the user names is in that field alone.
  if (usual && options.fields.count(*usual) > 0) return std::nullopt;
  return usual;
}

}  // namespace

void take_article_field(text::Document& document, std::string_view name, std::string_view value,
                        const ImportOptions& options) {
  const auto field = field_of(name, options);
  if (!field) return;
  text::Metadata& metadata = document.metadata;
  switch (*field) {
    case ArticleField::text:
      if (!document.text.empty()) return;
      if (is_markup(value) || ends_with_ignoring_case(name, "html")) {
        document.text = html_text(value);
      } else {
        document.text = value;
      }
      return;
    case ArticleField::title:
      return set_if_empty(metadata.title, value);
    case ArticleField::date:
      return set_if_empty(metadata.date, article_date(value));
    case ArticleField::author:
      return set_if_empty(metadata.author, value);
    case ArticleField::outlet:
      // {"source": "https://..."} names the address, not the outlet.
      return set_if_empty(value.starts_with("http") ? metadata.url : metadata.outlet, value);
    case ArticleField::url:
      return set_if_empty(metadata.url, value);
    case ArticleField::language:
      return set_if_empty(metadata.language, value);
    case ArticleField::id:
      return set_if_empty(document.id, value);
  }
}

void fill_metadata(text::Document& document, const ImportOptions& options,
                   const std::string& made) {
  text::Metadata& metadata = document.metadata;
  if (!made.empty() && metadata.date.empty()) {
    const text::Metadata known = metadata;
    text::read_dateline(document);
    const std::string stated = metadata.date;
    metadata = known;
    metadata.date = stated;
  }
  set_if_empty(metadata.title, options.metadata.title);
  set_if_empty(metadata.date, options.metadata.date);
  set_if_empty(metadata.author, options.metadata.author);
  set_if_empty(metadata.outlet, options.metadata.outlet);
  set_if_empty(metadata.url, options.metadata.url);
  set_if_empty(metadata.language, options.metadata.language);
  set_if_empty(metadata.date, made);
}

}  // namespace relata
