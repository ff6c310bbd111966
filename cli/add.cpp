// `relata add`: more texts and graphs into a store.

#include <ostream>

#include <fmt/format.h>

#include "cli/case_files.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "store/case.h"

namespace relata::cli {

namespace {

class AddCommand final : public Command {
 public:
  void declare(OptionSet& options) override {
    options.argument("STORE", path_, "A case file that relata build made")
        .arguments("INPUT", reading_.inputs,
                   "Texts or graphs: files, folders (walked in the order of names), - for standard "
                   "input. What is in the store already, with the same content, is passed over");
    reading_.declare(options);
    options.flag("--replace", replace_,
                 "Take a document in the place of one of the same name and other content");
  }

  int run(Console& console) const override {
    store::Store store = store::open_case(path_, store::Database::Mode::change);
    CaseInputs inputs = read_case_inputs(reading_, store.ontology(), console);
    const Added added = add_inputs(store, std::move(inputs), reading_, replace_, false);
    if (added.added == 0) {
      console.err << fmt::format("note: {} {} in {} already; nothing was changed\n",
                                 count_of(added.known, "source"), added.known == 1 ? "is" : "are",
                                 path_);
      return nothing_found;
    }
    if (console.err_is_terminal) {
      console.err << fmt::format(
          "{}: {} added{}{}\n", path_, count_of(added.added, "source"),
          added.replaced > 0 ? fmt::format(" ({} of them in place of others)", added.replaced) : "",
          added.known > 0 ? fmt::format(", {} known", added.known) : "");
    }
    return found;
  }

 private:
  std::string path_;
  ReadingOptions reading_;
  bool replace_ = false;
};

}  // namespace

std::unique_ptr<Command> make_add() {
  return std::make_unique<AddCommand>();
}

}  // namespace relata::cli
