#include "exporters/xlsx.h"

#include <functional>
#include <optional>

#include "exporters/columns.h"
#include "exporters/fact_table.h"
#include "exporters/output.h"
#include "exporters/zip_writer.h"

namespace relata {

namespace {

constexpr std::size_t max_rows = 1048576;
constexpr std::size_t max_cell = spreadsheet_cell;  // UTF-16 code units
constexpr std::uint64_t max_sheet_bytes = std::uint64_t{3}
                                          << 30U;  // an archive's entry ends at 4 GiB
constexpr std::string_view xml_head =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view main_namespace =
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr std::string_view relations_namespace =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Numbers of the formats in styles.xml.
enum class Style : std::uint8_t { plain, head, date, wrapped };

struct SheetColumn {
  std::string name;
  CellType type = CellType::text;
  int width = 10;
};

/// "A", ..., "Z", "AA", ...
std::string column_letters(std::size_t index) {
  std::string letters;
  for (std::size_t rest = index + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters;
}

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

/// "_x0041_" at `at`, which a reader would take for the character of that number.
bool looks_escaped(std::string_view text, std::size_t at) {
  if (text.size() - at < 7 || text[at + 1] != 'x' || text[at + 6] != '_') return false;
  return is_hex(text[at + 2]) && is_hex(text[at + 3]) && is_hex(text[at + 4]) &&
         is_hex(text[at + 5]);
}

/// The text as a cell holds it: what XML cannot hold as _xHHHH_ (ECMA-376 part 1, 22.9.2.19), and
/// no more than a cell takes.
std::string cell_text(std::string_view text) {
  std::string cell;
  cell.reserve(text.size());
  std::size_t units = 0;
  std::size_t before_last = 0;  // where the last character but one that fits ends
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length(text.substr(at));
    const std::string_view character = text.substr(at, length == 0 ? 1 : length);
    units += length == 4 ? 2 : 1;
    if (units > max_cell) return cell.substr(0, before_last) + "\u2026";
    if (units < max_cell) before_last = cell.size();
    const auto c = static_cast<unsigned char>(character[0]);
    if (length == 0) {
      cell += "\xEF\xBF\xBD";
    } else if (c < 0x20U && c != '\t' && c != '\n' && c != '\r') {
      cell += fmt::format("_x{:04X}_", c);
    } else if (character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF") {
      cell += character == "\xEF\xBF\xBE" ? "_xFFFE_" : "_xFFFF_";
    } else if (c == '_' && looks_escaped(text, at)) {
      cell += "_x005F_";
    } else {
      cell += character;
    }
    if (units < max_cell) before_last = cell.size();
    at += character.size();
  }
  return cell;
}

/// The number by which spreadsheets know a day; nothing before March 1900, since Lotus took that
/// year for a leap year and all others followed.
std::optional<std::int64_t> serial_day(std::string_view date) {
  const auto day = parse_iso_date(date);
  if (!day || *day < *parse_iso_date("1900-03-01")) return std::nullopt;
  return std::int64_t{*day} - *parse_iso_date("1899-12-30");
}

/// Writes one table to one sheet, or several when it is long.
class SheetWriter final {
 public:
  SheetWriter(ZipWriter& zip, std::vector<std::string>& sheets, std::string name,
              std::vector<SheetColumn> columns)
      : zip_(zip), sheets_(sheets), name_(std::move(name)), columns_(std::move(columns)) {
    for (std::size_t i = 0; i < columns_.size(); ++i) letters_.push_back(column_letters(i));
    open();
  }

  /// `cell` gives the text of a column.
  template <class Cell>
  void row(Cell cell) {
    if (rows_ == max_rows || zip_.entry_bytes() > max_sheet_bytes) {
      close();
      open();
    }
    out_->text("<row r=\"");
    out_->number(++rows_);
    out_->text("\">");
    for (std::size_t i = 0; i < columns_.size(); ++i) put(i, cell(i));
    out_->text("</row>\n");
  }

  void close() {
    out_->text("</sheetData><autoFilter ref=\"A1:");
    out_->text(letters_.back());
    out_->number(rows_);
    out_->text("\"/></worksheet>\n");
    out_->flush();
  }

 private:
  void open() {
    const std::size_t number = sheets_.size() + 1;
    ++part_;
    sheets_.push_back(part_ == 1 ? name_ : fmt::format("{} {}", name_, part_));
    out_.emplace(zip_.begin(fmt::format("xl/worksheets/sheet{}.xml", number)));
    out_->text(xml_head);
    out_->text("<worksheet xmlns=\"");
    out_->text(main_namespace);
    out_->text(
        "\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\""
        " activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>");
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      out_->text(fmt::format("<col min=\"{0}\" max=\"{0}\" width=\"{1}\" customWidth=\"1\"/>",
                             i + 1, columns_[i].width));
    }
    out_->text("</cols><sheetData>\n<row r=\"1\">");
    rows_ = 1;
    for (std::size_t i = 0; i < columns_.size(); ++i) put_text(i, columns_[i].name, Style::head);
    out_->text("</row>\n");
  }

  void open_cell(std::size_t column, Style style, std::string_view type) {
    out_->text("<c r=\"");
    out_->text(letters_[column]);
    out_->number(rows_);
    if (style != Style::plain) {
      out_->text("\" s=\"");
      out_->number(static_cast<unsigned>(style));
    }
    if (!type.empty()) {
      out_->text("\" t=\"");
      out_->text(type);
    }
    out_->text("\">");
  }

  void put_text(std::size_t column, std::string_view text, Style style) {
    open_cell(column, style, "inlineStr");
    out_->text("<is><t xml:space=\"preserve\">");
    out_->xml(cell_text(text));
    out_->text("</t></is></c>");
  }

  void put_value(std::size_t column, std::string_view value, Style style, std::string_view type) {
    open_cell(column, style, type);
    out_->text("<v>");
    out_->text(value);
    out_->text("</v></c>");
  }

  void put(std::size_t column, std::string_view text) {
    if (text.empty()) return;
    switch (columns_[column].type) {
      case CellType::number:
        return put_value(column, text, Style::plain, "");
      case CellType::boolean:
        return put_value(column, text == "true" ? "1" : "0", Style::plain, "b");
      case CellType::date:
        if (const auto day = serial_day(text)) {
          return put_value(column, std::to_string(*day), Style::date, "");
        }
        break;
      case CellType::text:
        break;
    }
    put_text(column, text, columns_[column].width >= 60 ? Style::wrapped : Style::plain);
  }

  ZipWriter& zip_;
  std::vector<std::string>& sheets_;
  std::string name_;
  std::vector<SheetColumn> columns_;
  std::vector<std::string> letters_;
  std::optional<Output> out_;
  std::size_t rows_ = 0;
  std::size_t part_ = 0;
};

std::vector<SheetColumn> sheet_columns(std::span<const FactColumn> columns) {
  std::vector<SheetColumn> result;
  for (const FactColumn& column : columns) {
    result.push_back({std::string(column.name), column.type, column.width});
  }
  return result;
}

CellType cell_type(ColumnType type) {
  switch (type) {
    case ColumnType::real:
    case ColumnType::integer:
      return CellType::number;
    case ColumnType::boolean:
      return CellType::boolean;
    case ColumnType::string:
      break;
  }
  return CellType::text;
}

class Workbook final {
 public:
  Workbook(const Graph& graph, std::ostream& out, const ExportOptions& options)
      : graph_(graph), selection_(graph, options), zip_(out) {}

  void write() {
    // Programs that guess what a file is look at the first names in it.
    part("_rels/.rels", [](Output& out) {
      out.text(package_relations);
      out.text(
          fmt::format("<Relationship Id=\"rId1\" Type=\"{}/officeDocument\""
                      " Target=\"xl/workbook.xml\"/></Relationships>\n",
                      relations_namespace));
    });
    part("xl/styles.xml", styles);
    facts();
    evidence();
    nodes();
    documents();
    parts();
    zip_.close();
  }

 private:
  void facts() {
    SheetWriter sheet(zip_, sheets_, "Facts", sheet_columns(fact_columns()));
    for (std::size_t i = 0; i < graph_.edge_count(); ++i) {
      if (!selection_.edge(EdgeId(i))) continue;
      fill_fact_row(graph_, EdgeId(i), row_);
      sheet.row([this](std::size_t column) -> std::string_view { return row_[column]; });
    }
    sheet.close();
  }

  void evidence() {
    SheetWriter sheet(zip_, sheets_, "Evidence", sheet_columns(evidence_columns()));
    for (std::size_t i = 0; i < graph_.edge_count(); ++i) {
      if (!selection_.edge(EdgeId(i))) continue;
      for (const Evidence& piece : graph_.evidence(EdgeId(i))) {
        fill_evidence_row(graph_, EdgeId(i), piece, row_);
        sheet.row([this](std::size_t column) -> std::string_view { return row_[column]; });
      }
    }
    sheet.close();
  }

  void nodes() {
    const Columns columns(graph_, selection_);
    std::vector<SheetColumn> head = {{"id", CellType::text, 26}};
    for (const Column& column : columns.node_columns()) {
      head.push_back({column.name, cell_type(column.type), column.name == "label" ? 30 : 16});
    }
    SheetWriter sheet(zip_, sheets_, "Nodes", std::move(head));
    Row row;
    std::string id;
    for (std::size_t i = 0; i < graph_.node_count(); ++i) {
      if (!selection_.node(NodeId(i))) continue;
      columns.node_row(NodeId(i), row);
      sheet.row([&](std::size_t column) {
        return column == 0 ? safe_id(graph_, NodeId(i), id) : row[column - 1];
      });
    }
    sheet.close();
  }

  void documents() {
    SheetWriter sheet(zip_, sheets_, "Documents",
                      {{"document", CellType::text, 30},
                       {"title", CellType::text, 50},
                       {"published", CellType::date, 12},
                       {"author", CellType::text, 24},
                       {"outlet", CellType::text, 24},
                       {"url", CellType::text, 40},
                       {"language", CellType::text, 10}});
    for (const SourceDocument& document : graph_.documents()) {
      const std::array cells = {document.name,   document.title, document.date,    document.author,
                                document.outlet, document.url,   document.language};
      sheet.row([&](std::size_t column) { return graph_.text(cells[column]); });
    }
    sheet.close();
  }

  void part(std::string_view name, const std::function<void(Output&)>& content) {
    Output out(zip_.begin(name));
    out.text(xml_head);
    content(out);
    out.flush();
  }

  // What joins the sheets to a workbook; no part holds a date or a name of who made it.
  void parts() {
    part("xl/workbook.xml", [this](Output& out) {
      out.text("<workbook xmlns=\"");
      out.text(main_namespace);
      out.text("\" xmlns:r=\"");
      out.text(relations_namespace);
      out.text("\"><sheets>");
      for (std::size_t i = 0; i < sheets_.size(); ++i) {
        out.text(fmt::format("<sheet name=\"{0}\" sheetId=\"{1}\" r:id=\"rId{1}\"/>", sheets_[i],
                             i + 1));
      }
      out.text("</sheets></workbook>\n");
    });
    part("xl/_rels/workbook.xml.rels", [this](Output& out) {
      out.text(package_relations);
      for (std::size_t i = 1; i <= sheets_.size(); ++i) {
        out.text(
            fmt::format("<Relationship Id=\"rId{0}\" Type=\"{1}/worksheet\""
                        " Target=\"worksheets/sheet{0}.xml\"/>",
                        i, relations_namespace));
      }
      out.text(fmt::format(
          "<Relationship Id=\"rId{}\" Type=\"{}/styles\" Target=\"styles.xml\"/></Relationships>\n",
          sheets_.size() + 1, relations_namespace));
    });
    part("[Content_Types].xml", [this](Output& out) {
      constexpr std::string_view type =
          "application/vnd.openxmlformats-officedocument.spreadsheetml.";
      out.text(
          "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
          "<Default Extension=\"rels\""
          " ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
          "<Default Extension=\"xml\" ContentType=\"application/xml\"/>");
      out.text(
          fmt::format("<Override PartName=\"/xl/workbook.xml\" ContentType=\"{0}sheet.main+xml\"/>"
                      "<Override PartName=\"/xl/styles.xml\" ContentType=\"{0}styles+xml\"/>",
                      type));
      for (std::size_t i = 1; i <= sheets_.size(); ++i) {
        out.text(
            fmt::format("<Override PartName=\"/xl/worksheets/sheet{}.xml\""
                        " ContentType=\"{}worksheet+xml\"/>",
                        i, type));
      }
      out.text("</Types>\n");
    });
  }

  static void styles(Output& out) {
    out.text(fmt::format(
        "<styleSheet xmlns=\"{}\">"
        "<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>"
        "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
        "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
        "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill>"
        "<fill><patternFill patternType=\"gray125\"/></fill>"
        "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFDDE9F8\"/></patternFill></fill>"
        "</fills>"
        "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
        "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>"
        "</cellStyleXfs>"
        "<cellXfs count=\"4\">"
        "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
        "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"2\" borderId=\"0\" xfId=\"0\" applyFont=\"1\""
        " applyFill=\"1\"/>"
        "<xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\""
        " applyNumberFormat=\"1\"/>"
        "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\""
        " applyAlignment=\"1\"><alignment vertical=\"top\" wrapText=\"1\"/></xf>"
        "</cellXfs>"
        "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/>"
        "</cellStyles></styleSheet>\n",
        main_namespace));
  }

  static constexpr std::string_view package_relations =
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";

  const Graph& graph_;
  Selection selection_;
  ZipWriter zip_;
  std::vector<std::string> sheets_;
  FactRow row_;
};

}  // namespace

void XlsxExporter::write(const Graph& graph, std::ostream& out,
                         const ExportOptions& options) const {
  require_profile("xlsx", options.profile);
  Workbook(graph, out, options).write();
}

}  // namespace relata
