#pragma once
// `relata build`: texts (and graphs) in, one graph out.

#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/output_options.h"

namespace relata::cli {

struct BuildOptions {
  std::vector<std::string> inputs;
  OutputOptions output;
  std::string input_format;
  std::string text_field;
  std::vector<std::string> fields;
  bool any_language = false;
  std::string date;
  std::string title;
  std::string ontology;
  std::string rules;
  std::string report;
  std::string merge_log;
  std::string model;
  std::string data;
  std::size_t threads = 0;  ///< 0 for one a processor
};

/// `relata build ... -o CASE.kg`: the inputs as a store.
int build_store(const BuildOptions& options, Console& console);

class BuildCommand final : public Command {
 public:
  void declare(OptionSet& options) override;
  int run(Console& console) const override;
  [[nodiscard]] const BuildOptions& options() const { return options_; }

 private:
  BuildOptions options_;
};

}  // namespace relata::cli
