#include "cli/case_files.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <optional>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "cli/command.h"
#include "store/case.h"
#include "store/open_graph.h"

namespace relata::cli {

namespace fs = std::filesystem;

namespace {

void refuse(const std::string& path) {
  throw CommandError(failed, fmt::format("{} is there already", path),
                     "--overwrite replaces it; relata add puts more into it");
}

/// What SQLite leaves beside a database when its program is killed.
void remove_journals(const std::string& path) {
  for (const char* ending : {"-journal", "-wal", "-shm"}) std::remove((path + ending).c_str());
}

void sync(const std::string& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) throw FileError("write to", path, errno);
  const int failed_sync = ::fsync(descriptor) != 0 ? errno : 0;
  ::close(descriptor);
  // Some file systems cannot sync folders.
  if (failed_sync != 0 && (flags & O_DIRECTORY) == 0)
    throw FileError("write to", path, failed_sync);
}

std::string folder_of(const std::string& path) {
  const std::string folder = fs::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

std::string check_new(const std::string& path, bool overwrite) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) throw FileError("write to", path, EISDIR);
  if (!overwrite && fs::exists(path, ignored)) refuse(path);
  return fmt::format("{}.{}.part", path, ::getpid());
}

store::Store create_aside(const std::string& aside, const std::string& path,
                          const store::Store::Settings& settings) {
  std::remove(aside.c_str());
  try {
    store::Store made = store::Store::create(aside, path, settings);
    made.begin();
    return made;
  } catch (...) {
    std::remove(aside.c_str());
    throw;
  }
}

enum class Standing : std::uint8_t { fresh, known, other };

Standing standing_of(const std::optional<store::Source>& known, const std::string& hash) {
  if (!known) return Standing::fresh;
  return known->hash == hash ? Standing::known : Standing::other;
}

[[noreturn]] void refuse_other(const store::Store& store, const std::string& name) {
  throw CommandError(
      failed,
      fmt::format("{} holds {} with other content; nothing was changed", store.name(),
                  printable(name)),
      "--replace takes the new one in its place; relata remove takes the old one out");
}

}  // namespace

bool is_store_name(const std::string& path) {
  return path.ends_with(".kg") && path.size() > 3;
}

std::string count_of(std::size_t count, std::string_view one) {
  return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

NewStore::NewStore(std::string path, bool overwrite, const store::Store::Settings& settings)
    : path_(std::move(path)),
      aside_(check_new(path_, overwrite)),
      overwrite_(overwrite),
      store_(create_aside(aside_, path_, settings)) {}

NewStore::~NewStore() {
  if (!aside_.empty()) std::remove(aside_.c_str());
}

void NewStore::commit() {
  store_.commit();
  { const store::Store closed = std::move(store_); }
  sync(aside_, O_RDONLY);
  std::error_code ignored;
  if (overwrite_ && fs::exists(path_ + "-journal", ignored)) {
    // The journal of a broken-off change would be taken for the new file's. The old store is
    // brought back to its state first, in case that this is broken off too.
    try {
      static_cast<void>(store::Store::open(path_, store::Database::Mode::read));
    } catch (const Error&) {
      // It is no store that could be brought back.
    }
    remove_journals(path_);
  }
  // An index of the store that is replaced is none of this one.
  std::remove(store::image_path(path_).c_str());
  const bool done = overwrite_ ? ::rename(aside_.c_str(), path_.c_str()) == 0
                               : ::link(aside_.c_str(), path_.c_str()) == 0;
  if (!done) {
    if (errno == EEXIST) refuse(path_);
    throw FileError("rename", path_, errno);
  }
  if (!overwrite_) std::remove(aside_.c_str());
  aside_.clear();
  sync(folder_of(path_), O_RDONLY | O_DIRECTORY);
  store::make_image(path_);
}

CaseInputs read_case_inputs(const ReadingOptions& options,
                            const std::shared_ptr<const Ontology>& ontology, Console& console) {
  CaseInputs inputs;
  GraphBuilder none(ontology);
  inputs.read = read_inputs(options.inputs, options.reading(), &none, console,
                            [&](const std::string& name, Graph&& graph) {
                              inputs.graphs.emplace_back(name, std::move(graph));
                            });
  if (inputs.read.files == 0) {
    throw CommandError(
        nothing_found, "the inputs hold no text and no graph",
        inputs.read.skipped == 0 ? "" : "--from FORMAT names the format of all inputs");
  }
  if (inputs.read.skipped > 0) {
    console.err << fmt::format("note: left out {} of unknown format\n",
                               count_of(inputs.read.skipped, "file"));
  }
  return inputs;
}

Added add_inputs(store::Store& store, CaseInputs inputs, const ReadingOptions& options,
                 bool replace, bool aside) {
  Added result;
  std::vector<text::Document>& texts = inputs.read.documents;
  const auto drop_known = [&](const std::string& name, const std::string& hash) {
    const Standing standing = standing_of(store.find(name), hash);
    if (standing == Standing::other && !replace) refuse_other(store, name);
    if (standing == Standing::known) ++result.known;
    return standing == Standing::known;
  };
  std::erase_if(texts, [&](const text::Document& text) {
    return drop_known(text.id, store::content_hash(text));
  });
  std::vector<std::pair<store::Source, store::Content>> read;
  if (!texts.empty()) {
    const text::Pipeline pipeline(options.pipeline(store.ontology()));
    result.coverage = pipeline.extract_all(
        std::move(texts), [&](text::Document&& document, text::DocumentFacts&& facts) {
          store::Source source = store::text_source(document);
          store::Content content = store::text_content(document, facts);
          if (aside) {
            store.add(source, content);
            ++result.added;
          } else {
            read.emplace_back(std::move(source), std::move(content));
          }
        });
  }
  std::sort(read.begin(), read.end(),
            [](const auto& left, const auto& right) { return left.first.name < right.first.name; });
  if (!aside) store.begin();  // another program may have been here meanwhile
  const auto make_room = [&](const std::string& name, const std::string& hash) {
    const std::optional<store::Source> before = store.find(name);
    const Standing standing = standing_of(before, hash);
    if (standing == Standing::known) ++result.known;
    if (standing == Standing::known) return false;
    if (standing == Standing::other && !replace) refuse_other(store, name);
    if (standing == Standing::other) {
      store.remove(before->id);
      ++result.replaced;
    }
    ++result.added;
    return true;
  };
  for (const auto& [source, content] : read) {
    if (make_room(source.name, source.hash)) store.add(source, content);
  }
  std::stable_sort(inputs.graphs.begin(), inputs.graphs.end(),
                   [](const auto& left, const auto& right) { return left.first < right.first; });
  for (const auto& [name, graph] : inputs.graphs) {
    store::Source source;
    source.name = name;
    source.kind = store::SourceKind::graph;
    source.hash = store::content_hash(graph);
    if (make_room(name, source.hash)) store.set_graph(store.add(source, {}), graph, 1);
  }
  if (result.added > 0) store::join_texts(store, options.thread_count());
  if (!aside && result.added > 0) store.commit();
  return result;
}

}  // namespace relata::cli
