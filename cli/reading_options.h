#pragma once
// The options of every command that reads texts: which ones, in what form, with what and how.

#include <memory>
#include <string>
#include <vector>

#include "cli/option_set.h"
#include "cli/read_texts.h"
#include "importers/text/pipeline.h"

namespace relata::cli {

/// How texts are read.
struct ReadingOptions {
  std::vector<std::string> inputs;
  std::string input_format;
  std::string text_field;
  std::vector<std::string> fields;
  bool any_language = false;
  std::string date;
  std::string title;
  std::string model;
  std::string data;
  std::size_t threads = 0;  ///< 0 for one a processor

  void declare(OptionSet& options);
  [[nodiscard]] ReadOptions reading() const;  ///< throws CommandError for a date that is none
  [[nodiscard]] unsigned thread_count() const;
  [[nodiscard]] text::PipelineOptions pipeline(std::shared_ptr<const Ontology> ontology) const;
};

}  // namespace relata::cli
