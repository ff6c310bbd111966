// `relata convert`: a graph from one format to another.

#include <ostream>

#include <fmt/format.h>

#include "cli/check_losses.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/graph_options.h"
#include "cli/output_options.h"

namespace relata::cli {

namespace {

class ConvertCommand final : public Command {
 public:
  void declare(OptionSet& options) override {
    options.argument("IN", input_.graph, "Graph to read; - for standard input")
        .optional_argument("OUT", output_.path, "File to write; - for standard output")
        .flag("--check", check_,
              "Write nothing; tell what OUT's format, or the tool of --for, would lose or merge")
        .flag("--json", json_, "With --check: write JSON");
    input_.declare_rest(options);
    output_.declare(options, "--to,--format");
    std::string formats = "Formats read:\n";
    for (const ImportFormat& format : import_formats()) {
      if (format.make_graph != nullptr) {
        formats += fmt::format("  {:<12} {}\n", format.name, format.description);
      }
    }
    options.footer(formats + "Formats written:\n" + list_export_formats());
  }

  int run(Console& console) const override {
    if (check_) return check(console);
    if (json_)
      throw CommandError(failed, "--json goes with --check", "the format json is --to json");
    if (output_.path.empty()) {
      throw CommandError(failed, "OUT is missing",
                         "name the file to write, or ask with --check what would be lost");
    }
    static_cast<void>(output_.resolve(console));  // a bad name is told before the long work
    output_.write(input_.load(console), console);
    return found;
  }

 private:
  int check(Console& console) const {
    CheckOptions options;
    options.graph = input_.graph;
    options.tool = output_.profile;
    options.format = output_.format;
    if (options.format.empty() && !output_.path.empty() && output_.path != "-") {
      options.format = output_.resolve(console).name;
    }
    options.view = output_.view();
    options.json = json_;
    return check_losses(input_.load(console), options, console);
  }

  GraphOptions input_;
  OutputOptions output_;
  bool check_ = false;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_convert() {
  return std::make_unique<ConvertCommand>();
}

}  // namespace relata::cli
