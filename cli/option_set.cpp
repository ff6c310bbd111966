#include "cli/option_set.h"

#include <algorithm>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

namespace relata::cli {

OptionSet& OptionSet::argument(const std::string& name, std::string& value,
                               const std::string& help) {
  app_.add_option(name, value, help)->required()->option_text(" ");
  return *this;
}

OptionSet& OptionSet::optional_argument(const std::string& name, std::string& value,
                                        const std::string& help) {
  app_.add_option(name, value, help)->option_text(" ");
  return *this;
}

OptionSet& OptionSet::arguments(const std::string& name, std::vector<std::string>& values,
                                const std::string& help) {
  app_.add_option(name, values, help)->required()->option_text("...");
  return *this;
}

OptionSet& OptionSet::text(const std::string& names, std::string& value, const std::string& what,
                           const std::string& help, bool required) {
  app_.add_option(names, value, help)->required(required)->option_text(what);
  return *this;
}

OptionSet& OptionSet::list(const std::string& names, std::vector<std::string>& values,
                           const std::string& what, const std::string& help) {
  app_.add_option(names, values, help)
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->option_text(what);
  return *this;
}

OptionSet& OptionSet::pair(const std::string& names, std::vector<std::string>& values,
                           const std::string& what, const std::string& help,
                           const std::string& other) {
  CLI::Option* option = app_.add_option(names, values, help)->expected(2)->option_text(what);
  if (!other.empty()) option->excludes(app_.get_option(other));
  return *this;
}

OptionSet& OptionSet::number(const std::string& names, std::size_t& value, std::size_t least,
                             std::size_t most, const std::string& help) {
  app_.add_option(names, value, help)->check(CLI::Range(least, most))->option_text("N");
  return *this;
}

OptionSet& OptionSet::share(const std::string& names, float& value, const std::string& help) {
  app_.add_option(names, value, help)->check(CLI::Range(0.0F, 1.0F))->option_text("0..1");
  return *this;
}

OptionSet& OptionSet::flag(const std::string& names, bool& value, const std::string& help) {
  app_.add_flag(names, value, help);
  return *this;
}

OptionSet& OptionSet::choice_of(const std::string& names, const std::vector<std::string>& words,
                                const std::function<void(std::size_t)>& take,
                                const std::string& help) {
  std::string what;
  for (const std::string& word : words) what += (what.empty() ? "" : "|") + word;
  app_.add_option_function<std::string>(
          names,
          [words, take](const std::string& word) {
            const auto place = std::find(words.begin(), words.end(), word);
            if (place != words.end()) take(static_cast<std::size_t>(place - words.begin()));
          },
          help)
      ->check(CLI::IsMember(words).description(""))
      ->option_text(what);
  return *this;
}

OptionSet& OptionSet::footer(const std::string& text) {
  app_.footer(text);
  return *this;
}

}  // namespace relata::cli
