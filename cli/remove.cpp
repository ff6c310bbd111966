// `relata remove`: documents out of a store, with all that only they tell.

#include <algorithm>
#include <ostream>
#include <thread>

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/commands.h"
#include "cli/parse.h"
#include "store/case.h"

namespace relata::cli {

namespace {

class RemoveCommand final : public Command {
 public:
  void declare(OptionSet& options) override {
    options.argument("STORE", path_, "A case file that relata build made")
        .arguments("DOCUMENT", names_,
                   "Documents or graphs by the names under which they were added "
                   "(relata info STORE --sources lists them)");
  }

  int run(Console& console) const override {
    store::Store store = store::open_case(path_, store::Database::Mode::change);
    store.begin();
    std::size_t removed = 0;
    for (const std::string& name : names_) {
      const auto source = store.find(name);
      if (!source) unknown(store, name);
      store.remove(source->id);
      ++removed;
    }
    store::join_texts(store, std::max(1U, std::thread::hardware_concurrency()));
    store.commit();
    if (console.err_is_terminal) {
      console.err << fmt::format("{}: {} removed\n", path_, removed);
    }
    return found;
  }

 private:
  [[noreturn]] void unknown(const store::Store& store, const std::string& name) const {
    std::vector<std::string> names;
    for (const store::Source& source : store.sources()) names.push_back(source.name);
    const std::string_view near = nearest(name, names);
    throw CommandError(
        nothing_found,
        fmt::format("{} holds no document \"{}\"{}; nothing was changed", path_, printable(name),
                    near.empty() ? "" : fmt::format(", but \"{}\"", printable(near))),
        fmt::format("relata info {} --sources lists them", path_));
  }

  std::string path_;
  std::vector<std::string> names_;
};

}  // namespace

std::unique_ptr<Command> make_remove() {
  return std::make_unique<RemoveCommand>();
}

}  // namespace relata::cli
