// `relata convert`: a graph from one format to another.

#include <ostream>

#include <fmt/format.h>

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
        .argument("OUT", output_.path, "File to write; - for standard output");
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
    static_cast<void>(output_.resolve(console));  // a bad name is told before the long work
    output_.write(input_.load(console), console);
    return found;
  }

 private:
  GraphOptions input_;
  OutputOptions output_;
};

}  // namespace

std::unique_ptr<Command> make_convert() {
  return std::make_unique<ConvertCommand>();
}

}  // namespace relata::cli
