#include "cli/line_editor.h"

#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <istream>
#include <ostream>

#include <fmt/format.h>
#include <histedit.h>

namespace relata::cli {

namespace {

namespace fs = std::filesystem;

class PlainReader final : public LineEditor {
 public:
  explicit PlainReader(std::istream& in) : in_(in) {}
  std::optional<std::string> read(const std::string& /*prompt*/) override {
    std::string line;
    if (!std::getline(in_, line)) return std::nullopt;
    if (line.ends_with('\r')) line.pop_back();
    return line;
  }
  void remember(const std::string& /*line*/) override {}

 private:
  std::istream& in_;
};

/// Where the history is kept; "" when the system names no place.
fs::path history_file() {
  if (const char* state = std::getenv("XDG_STATE_HOME"); state != nullptr && *state != 0) {
    return fs::path(state) / "relata" / "history";
  }
  if (const char* home = std::getenv("HOME"); home != nullptr && *home != 0) {
    return fs::path(home) / ".local" / "state" / "relata" / "history";
  }
  return {};
}

class TerminalEditor final : public LineEditor {
 public:
  TerminalEditor(Console& console, std::function<Completion(const std::string&)> complete)
      : console_(console), complete_(std::move(complete)), history_(history_init()) {
    std::setlocale(LC_CTYPE, "C.UTF-8");  // so that letters beyond ASCII are edited as letters
    edit_ = el_init("relata", stdin, stdout, stderr);
    if (edit_ == nullptr || history_ == nullptr) throw std::bad_alloc();
    el_set(edit_, EL_CLIENTDATA, this);
    el_set(edit_, EL_PROMPT, &TerminalEditor::prompt);
    el_set(edit_, EL_EDITOR, "emacs");
    el_set(edit_, EL_SIGNAL, 1);
    el_set(edit_, EL_ADDFN, "relata-complete", "Complete the word", &TerminalEditor::completed);
    el_set(edit_, EL_BIND, "^I", "relata-complete", nullptr);
    el_set(edit_, EL_BIND, "^R", "em-inc-search-prev", nullptr);
    HistEvent event;
    history(history_, &event, H_SETSIZE, 1000);
    history(history_, &event, H_SETUNIQUE, 1);
    el_set(edit_, EL_HIST, history, history_);
    file_ = history_file();
    std::error_code none;
    if (!file_.empty() && fs::exists(file_, none)) {
      history(history_, &event, H_LOAD, file_.c_str());
    }
  }

  ~TerminalEditor() override {
    save();
    history_end(history_);
    el_end(edit_);
  }
  TerminalEditor(const TerminalEditor&) = delete;
  TerminalEditor& operator=(const TerminalEditor&) = delete;

  std::optional<std::string> read(const std::string& prompt) override {
    console_.out.flush();
    prompt_ = prompt;
    int size = 0;
    const char* const line = el_gets(edit_, &size);
    if (line == nullptr) {
      if (size < 0) {  // interrupted
        std::fputc('\n', stdout);
        return "";
      }
      std::fputc('\n', stdout);
      std::fflush(stdout);
      return std::nullopt;
    }
    std::string text(line, static_cast<std::size_t>(size));
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    return text;
  }

  void remember(const std::string& line) override {
    HistEvent event;
    history(history_, &event, H_ENTER, line.c_str());
  }

 private:
  static TerminalEditor& self(EditLine* edit) {
    void* data = nullptr;
    el_get(edit, EL_CLIENTDATA, &data);
    return *static_cast<TerminalEditor*>(data);
  }

  static char* prompt(EditLine* edit) { return self(edit).prompt_.data(); }

  static unsigned char completed(EditLine* edit, int /*key*/) {
    TerminalEditor& editor = self(edit);
    const LineInfo* const line = el_line(edit);
    const std::string before(line->buffer, static_cast<std::size_t>(line->cursor - line->buffer));
    const Completion completion = editor.complete_(before);
    if (completion.words.empty()) return CC_ERROR;
    const std::string shared = common_beginning(completion.words);
    const std::string typed = before.substr(before.size() - completion.replace);
    if (shared.size() > typed.size() || (completion.words.size() == 1 && shared != typed)) {
      el_deletestr(edit, static_cast<int>(letters(typed)));
      return el_insertstr(edit, shared.c_str()) == 0 ? CC_REFRESH : CC_ERROR;
    }
    if (completion.words.size() == 1) return CC_NORM;
    constexpr std::size_t most = 30;
    std::fputc('\n', stdout);
    for (std::size_t i = 0; i < completion.words.size() && i < most; ++i) {
      std::fprintf(stdout, "  %s\n", printable(completion.words[i]).c_str());
    }
    if (completion.words.size() > most) {
      std::fprintf(stdout, "  and %zu more\n", completion.words.size() - most);
    }
    std::fflush(stdout);
    return CC_REDISPLAY;
  }

  /// el_deletestr() counts letters, not bytes.
  static std::size_t letters(const std::string& text) {
    std::size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80 ? 1 : 0;
    return count;
  }

  void save() {
    if (file_.empty()) return;
    std::error_code error;
    fs::create_directories(file_.parent_path(), error);
    HistEvent event;
    if (error || history(history_, &event, H_SAVE, file_.c_str()) < 0) {
      console_.err << fmt::format("note: the history cannot be written to {}\n", file_.string());
    }
  }

  Console& console_;
  std::function<Completion(const std::string&)> complete_;
  EditLine* edit_ = nullptr;
  History* history_ = nullptr;
  std::string prompt_;
  fs::path file_;
};

}  // namespace

std::string common_beginning(const std::vector<std::string>& words) {
  std::string shared = words.empty() ? "" : words.front();
  for (const std::string& word : words) {
    std::size_t same = 0;
    while (same < shared.size() && same < word.size() && shared[same] == word[same]) ++same;
    shared.resize(same);
  }
  // Half a letter is none.
  while (!shared.empty() && !words.empty() && shared.size() < words.front().size() &&
         (static_cast<unsigned char>(words.front()[shared.size()]) & 0xC0U) == 0x80) {
    shared.pop_back();
  }
  return shared;
}

std::unique_ptr<LineEditor> make_line_editor(
    Console& console, std::function<Completion(const std::string&)> complete) {
  if (console.in_is_terminal && console.out_is_terminal) {
    return std::make_unique<TerminalEditor>(console, std::move(complete));
  }
  return std::make_unique<PlainReader>(console.in);
}

}  // namespace relata::cli
