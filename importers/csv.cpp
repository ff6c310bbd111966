#include "importers/csv.h"

#include <algorithm>
#include <istream>
#include <optional>

#include "graph/errors.h"
#include "importers/articles.h"
#include "importers/charset.h"
#include "importers/csv_rows.h"

namespace relata {

namespace {

/// "Id, Title, Story, ...", for messages.
std::string listed(const std::vector<std::string>& columns) {
  constexpr std::size_t most = 12;
  std::string all;
  for (std::size_t i = 0; i < std::min(columns.size(), most); ++i) {
    all += (i == 0 ? "" : ", ") + columns[i].substr(0, 40);
  }
  return columns.size() > most ? all + ", ..." : all;
}

}  // namespace

void CsvImporter::read(std::istream& in, const std::string& name, const ImportOptions& options,
                       const ArticleSink& sink) const {
  const std::unique_ptr<std::istream> text = open_text(in, name, options.note);
  CsvRows rows(*text, name);
  std::vector<std::string> columns;
  if (!rows.next(columns)) throw InputError(name, "", "expected a row of column names, found none");
  std::vector<std::string> row;
  std::size_t number = 0;
  std::size_t articles = 0;
  std::optional<InputError> without_text;
  while (rows.next(row)) {
    ++number;
    if (row.size() > columns.size()) {
      throw InputError(name, rows.place(),
                       "expected " + std::to_string(columns.size()) + " fields, found " +
                           std::to_string(row.size()));
    }
    text::Document document;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (!row[i].empty()) take_article_field(document, columns[i], row[i], options);
    }
    if (document.text.empty()) {
      const InputError error(
          name, rows.place(),
          "expected a row with a text; name its column by --field text=NAME, of " +
              listed(columns));
      if (!without_text) without_text = error;
      if (options.note) options.note("left out " + name + ", " + rows.place() + ": it has no text");
      continue;
    }
    document.id = name + "#" + (document.id.empty() ? std::to_string(number) : document.id);
    fill_metadata(document, options);
    ++articles;
    sink(std::move(document));
  }
  if (articles == 0 && without_text) throw *without_text;
}

}  // namespace relata
