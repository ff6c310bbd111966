#pragma once
// What a format for input is. Two kinds: a text format turns bytes into articles, which the text
// pipeline then reads; a graph format turns bytes into nodes and edges. A new format is one file
// with a class derived from TextImporter or GraphImporter and one line in importers/registry.cpp.
// Importers hold no state between calls and may be used from several threads.

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "importers/text/document.h"

namespace relata {

class GraphBuilder;

/// Receives one line for the user about a part of an input that was left out or had to be guessed;
/// it begins with the name of the input. May be empty.
using NoteSink = std::function<void(const std::string&)>;

/// The parts of an article that a field or column of a record can hold.
enum class ArticleField : std::uint8_t {
  text,
  title,
  date,
  author,
  outlet,
  url,
  language,
  id,
};

/// Options that the user gives for reading.
struct ImportOptions {
  text::Metadata
      metadata;  ///< what the command line states (`--date`); fills what the input leaves open
  /// Names of the fields or columns that hold the parts of an article, for records (jsonl, csv);
  /// those not named here go by their usual names.
  std::map<ArticleField, std::string> fields;
  NoteSink note;
};

/// Receives one article after the other; `document.id`, `.text` (valid UTF-8) and `.metadata` are
/// set.
using ArticleSink = std::function<void(text::Document&&)>;

class TextImporter {
 public:
  virtual ~TextImporter() = default;
  /// Reads all articles of `in`. `name` is the file's name for document ids and errors. Throws
  /// InputError with the place.
  virtual void read(std::istream& in, const std::string& name, const ImportOptions& options,
                    const ArticleSink& sink) const = 0;
};

class GraphImporter {
 public:
  virtual ~GraphImporter() = default;
  /// Adds the graph in `in` to `builder`. Throws InputError with the place.
  virtual void read(std::istream& in, const std::string& name, GraphBuilder& builder) const = 0;
};

/// A format by its name; exactly one of `make_text` and `make_graph` is set.
struct ImportFormat {
  std::string_view name;
  std::vector<std::string_view> extensions;  ///< without the dot
  std::string_view description;
  std::unique_ptr<TextImporter> (*make_text)() = nullptr;
  std::unique_ptr<GraphImporter> (*make_graph)() = nullptr;
  /// True when the first bytes of an input (at most 4,096) show that it is of this format; null
  /// when they cannot tell.
  bool (*recognise)(std::string_view head) = nullptr;
  bool is_zip = false;  ///< its files are ZIPs, which are not to be walked as archives
};

/// All formats, sorted by name.
std::span<const ImportFormat> import_formats();
const ImportFormat* find_import_format(std::string_view name);
/// By extension, else by the first bytes; null when neither tells.
const ImportFormat* import_format_of(std::string_view path, std::string_view head);

}  // namespace relata
