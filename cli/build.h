#pragma once
// `relata build`: texts (and graphs) in, one graph out.

#include <string>

#include "cli/command.h"
#include "cli/output_options.h"
#include "cli/reading_options.h"

namespace relata::cli {

struct BuildOptions {
  ReadingOptions reading;
  OutputOptions output;
  std::string ontology;
  std::string rules;
  std::string report;
  std::string merge_log;
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
