#pragma once
// Declares the options of a command. A thin front of CLI11, which only cli/option_set.cpp and
// cli/parse.cpp include: it costs ten seconds of compile time a file. Values are bound by reference
// and keep their own defaults. All functions return the set, for chains.

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace CLI {
class App;
}

namespace relata::cli {

class OptionSet final {
 public:
  explicit OptionSet(CLI::App& app) : app_(app) {}

  /// A word that has to be there, by its place.
  OptionSet& argument(const std::string& name, std::string& value, const std::string& help);
  /// A word that may be left out.
  OptionSet& optional_argument(const std::string& name, std::string& value,
                               const std::string& help);
  /// One or more words.
  OptionSet& arguments(const std::string& name, std::vector<std::string>& values,
                       const std::string& help);

  // `names`: "--long" or "-s,--long"; `what`: the value as the help names it.
  OptionSet& text(const std::string& names, std::string& value, const std::string& what,
                  const std::string& help, bool required = false);
  /// May be given several times.
  OptionSet& list(const std::string& names, std::vector<std::string>& values,
                  const std::string& what, const std::string& help);
  /// Takes two words; not together with the option `other`, when one is named.
  OptionSet& pair(const std::string& names, std::vector<std::string>& values,
                  const std::string& what, const std::string& help, const std::string& other = "");
  OptionSet& number(const std::string& names, std::size_t& value, std::size_t least,
                    std::size_t most, const std::string& help);
  /// A number from 0 to 1.
  OptionSet& share(const std::string& names, float& value, const std::string& help);
  OptionSet& flag(const std::string& names, bool& value, const std::string& help);

  /// One of several words, each standing for a value.
  template <class Value>
  OptionSet& choice(const std::string& names, Value& value,
                    std::initializer_list<std::pair<const char*, Value>> choices,
                    const std::string& help) {
    const std::vector<std::pair<const char*, Value>> table(choices);
    std::vector<std::string> words;
    words.reserve(table.size());
    for (const auto& entry : table) words.emplace_back(entry.first);
    return choice_of(
        names, words, [table, &value](std::size_t i) { value = table[i].second; }, help);
  }

  /// Text behind the options in the help.
  OptionSet& footer(const std::string& text);

 private:
  OptionSet& choice_of(const std::string& names, const std::vector<std::string>& words,
                       const std::function<void(std::size_t)>& take, const std::string& help);

  CLI::App& app_;
};

}  // namespace relata::cli
