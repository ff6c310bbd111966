#include "importers/csv.h"

#include <istream>

#include "graph/errors.h"
#include "importers/articles.h"
#include "importers/charset.h"
#include "importers/csv_rows.h"

namespace relata {

void CsvImporter::read(std::istream& in, const std::string& name, const ImportOptions& options,
                       const ArticleSink& sink) const {
  const std::unique_ptr<std::istream> text = open_text(in, name, options.note);
  CsvRows rows(*text, name);
  std::vector<std::string> columns;
  if (!rows.next(columns)) throw InputError(name, "", "expected a row of column names, found none");
  std::vector<std::string> row;
  std::size_t number = 0;
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
      throw InputError(name, rows.place(),
                       "expected a row with a text; name its column by --field text=NAME");
    }
    document.id = name + "#" + (document.id.empty() ? std::to_string(number) : document.id);
    fill_metadata(document, options);
    sink(std::move(document));
  }
}

}  // namespace relata
