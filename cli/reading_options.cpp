#include "cli/reading_options.h"

#include <algorithm>
#include <thread>

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/data_folder.h"
#include "cli/files.h"

namespace relata::cli {

void ReadingOptions::declare(OptionSet& options) {
  options.text("--from", input_format, "FORMAT", "Format of all inputs, when names do not tell")
      .text("--text-field", text_field, "NAME", "Field or column that holds the text, for records")
      .list(
          "--field", fields, "PART=NAME",
          "Field or column that holds the text, title, date, author, outlet, url, language or id, "
          "again for more")
      .flag("--any-language", any_language,
            "Read texts that are not in English too, as if they were")
      .text("--date", date, "DATE",
            "Publication date (2024-12-27) of texts that state none; times such as \"yesterday\" "
            "count from it")
      .text("--title", title, "TEXT", "Title of texts that state none")
      .number("--threads", threads, 1, 1024,
              "Threads to read with (all processors); the graph does not depend on it")
      .text("--model", model, "FILE", "Model file, instead of the data folder's")
      .text("--data", data, "FOLDER",
            "Folder with models and knowledge files; else $RELATA_DATA, else share/relata beside "
            "the program, else its source tree");
}

ReadOptions ReadingOptions::reading() const {
  if (!date.empty() && !parse_iso_date(date)) {
    throw CommandError(failed, fmt::format("--date: expected a date like 2024-12-27, found \"{}\"",
                                           printable(date)));
  }
  ReadOptions options;
  options.format = input_format;
  options.any_language = any_language;
  options.import.metadata.date = date;
  options.import.metadata.title = title;
  if (!text_field.empty()) options.import.fields[ArticleField::text] = text_field;
  for (const std::string& field : fields) add_field(options.import.fields, field);
  return options;
}

unsigned ReadingOptions::thread_count() const {
  return threads != 0 ? static_cast<unsigned>(threads)
                      : std::max(1U, std::thread::hardware_concurrency());
}

text::PipelineOptions ReadingOptions::pipeline(std::shared_ptr<const Ontology> ontology) const {
  text::PipelineOptions options;
  options.data_folder = find_data_folder(data);
  options.model = model;
  options.threads = thread_count();
  options.ontology = std::move(ontology);
  return options;
}

}  // namespace relata::cli
