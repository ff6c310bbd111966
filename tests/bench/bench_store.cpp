// Figures of the store. Usage:
//   bench_store make STORE NODES EDGES     a store of a generated scale-free graph, and its index
//   bench_store open STORE                 opens it as a query does, and answers one path query
//   bench_store add STORE [COUNT]          adds COUNT articles (1), each as a change of its own,
//   and
//                                          takes them out again
//   bench_store follow STORE               adds an article and asks, takes it out and asks: how
//   long
//                                          the first query after a change takes
//   bench_store texts STORE COUNT          a store of COUNT generated texts of about 300 words,
//                                          whose facts are made up instead of read
// Each prints wall clock, processor time and the memory that is the process's own (without mapped
// files, whose pages belong to the page cache).

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <sys/resource.h>

#include "graph/graph_builder.h"
#include "graph/name_index.h"
#include "graph/parallel.h"
#include "graph/paths.h"
#include "store/case.h"
#include "store/flow.h"
#include "store/open_graph.h"
#include "tests/bench/bench_support.h"
#include "tests/bench/news_stream.h"

using namespace relata;

namespace {

using Clock = std::chrono::steady_clock;

/// A line of /proc/self/FILE that begins with `name`, as a number.
long long process_value(const char* file, const std::string& name) {
  std::ifstream in(std::string("/proc/self/") + file);
  for (std::string word; in >> word;) {
    if (word != name) continue;
    long long value = 0;
    in >> value;
    return value;
  }
  return 0;
}

/// Tells what a piece of work took.
class Meter final {
 public:
  explicit Meter(std::string what) : what_(std::move(what)) {}
  ~Meter() {
    const double wall = std::chrono::duration<double>(Clock::now() - start_).count();
    fmt::print(
        "{:<44} {:9.3f} s wall, {:9.3f} s processor, {:8.1f} MB own memory, {:8.1f} MB written\n",
        what_, wall, processor() - processor_,
        static_cast<double>(process_value("status", "RssAnon:")) / 1024,
        static_cast<double>(process_value("io", "wchar:") - written_) / 1e6);
    std::fflush(stdout);
  }
  Meter(const Meter&) = delete;
  Meter& operator=(const Meter&) = delete;

  /// Seconds of the processor that the process took.
  static double processor() {
    struct rusage usage {};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
      return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
  }

 private:
  std::string what_;
  Clock::time_point start_ = Clock::now();
  double processor_ = processor();
  long long written_ = process_value("io", "wchar:");
};

/// Preferential attachment: a new node joins nodes chosen in proportion to their degree.
Graph scale_free(std::uint32_t nodes, std::size_t edges) {
  std::mt19937_64 random(20241227);
  GraphBuilder builder(Ontology::built_in());
  const auto [ids, relations] = bench::add_cast(builder, nodes);
  std::vector<std::uint32_t> ends = {0};
  const std::size_t each = std::max<std::size_t>(1, edges / nodes);
  std::size_t made = 0;
  for (std::uint32_t node = 1; made < edges; node = node + 1 < nodes ? node + 1 : 1) {
    const DocumentId source =
        bench::add_document(builder, fmt::format("generated-{}.txt", node / 100));
    for (std::size_t i = 0; i < each && made < edges; ++i, ++made) {
      const std::uint32_t other = ends[random() % ends.size()];
      if (other == node) continue;
      ends.push_back(node);
      ends.push_back(other);
      const auto edge = builder.add_edge(ids[node], relations[made % relations.size()], ids[other],
                                         Polarity::affirmed, Modality::asserted);
      Evidence evidence;
      const auto place = static_cast<std::uint32_t>((node % 100 * each + i) * 50);
      evidence.sentence =
          builder.add_sentence(source, {place, place + 45},
                               fmt::format("Sentence {} of document {}.", place, node / 100));
      bench::set_figures(evidence, made);
      builder.add_evidence(edge, evidence);
    }
  }
  return std::move(builder).build();
}

void make(const std::string& path, std::uint32_t nodes, std::size_t edges) {
  std::remove(path.c_str());
  const Graph graph = scale_free(nodes, edges);
  {
    const Meter meter(
        fmt::format("write {} nodes, {} edges", graph.node_count(), graph.edge_count()));
    store::Store store =
        store::Store::create(path, path, {std::string(Ontology::built_in_text()), ""});
    store.begin();
    store::Source source;
    source.name = "generated";
    source.kind = store::SourceKind::graph;
    source.hash = "generated";
    store.set_graph(store.add(source, {}), graph, 1);
    store.commit();
  }
  const Meter meter("read all rows and write the index");
  static_cast<void>(store::open_graph(path));
}

void open(const std::string& path) {
  const Meter meter("open and answer one path query");
  const Graph graph = store::open_graph(path);
  const NameIndex names(graph);
  const auto from = names.exact(graph.name(NodeId(graph.node_count() / 3)));
  const auto to = names.exact(graph.name(NodeId(graph.node_count() / 2)));
  PathOptions options;
  options.order = PathOrder::hops;
  const auto paths = PathFinder(graph).find(from.at(0).node, to.at(0).node, options);
  fmt::print(
      "a path of {} steps; first evidence: {}\n", paths.empty() ? 0 : paths[0].steps.size(),
      paths.empty() || graph.evidence(paths[0].steps[0].edge).empty()
          ? ""
          : graph.text(graph.sentence(graph.evidence(paths[0].steps[0].edge)[0].sentence).text));
}

/// Processor times of changes that were made one after the other.
void tell(const char* what, std::vector<double>& seconds) {
  if (seconds.size() < 2) return;
  std::sort(seconds.begin(), seconds.end());
  fmt::print("{:<44} {:9.3f} s processor in the middle, {:9.3f} s at most, of {}\n", what,
             seconds[seconds.size() / 2], seconds.back(), seconds.size());
}

void add(const std::string& path, std::uint64_t count) {
  std::vector<std::string> names;
  std::vector<double> added;
  std::vector<double> removed;
  for (std::uint64_t i = 0; i < count; ++i) {
    const SampleText text = news_text(999999999 - 7 * i);
    names.push_back(text.document.id);
    const double start = Meter::processor();
    const Meter meter("open the store and add one article");
    store::Store store = store::open_case(path, store::Database::Mode::change);
    store.begin();
    store.add(store::text_source(text.document), store::text_content(text.document, text.facts));
    store::join_texts(store, 1);
    store.commit();
    added.push_back(Meter::processor() - start);
  }
  for (const std::string& name : names) {
    const double start = Meter::processor();
    const Meter meter("open the store and take it out again");
    store::Store store = store::open_case(path, store::Database::Mode::change);
    store.begin();
    store.remove(store.find(name)->id);
    store::join_texts(store, 1);
    store.commit();
    removed.push_back(Meter::processor() - start);
  }
  tell("articles added one by one", added);
  tell("articles taken out one by one", removed);
}

void follow(const std::string& path) {
  const SampleText text = news_text(999999999);
  const auto change = [&](const auto& what) {
    store::Store store = store::open_case(path, store::Database::Mode::change);
    store.begin();
    what(store);
    store::join_texts(store, 1);
    store.commit();
  };
  open(path);
  change([&](store::Store& store) {
    store.add(store::text_source(text.document), store::text_content(text.document, text.facts));
  });
  fmt::print("after an article came:\n");
  open(path);
  open(path);
  change([&](store::Store& store) { store.remove(store.find(text.document.id)->id); });
  fmt::print("after it went:\n");
  open(path);
  open(path);
}

void texts(const std::string& path, std::uint64_t count) {
  std::remove(path.c_str());
  const unsigned threads = std::max(1U, std::thread::hardware_concurrency());
  const Meter meter(fmt::format("a store of {} texts", count));
  store::Store store =
      store::Store::create(path, path, {std::string(Ontology::built_in_text()), ""});
  store.begin();
  {
    const Meter own("  facts into the store");
    constexpr std::uint64_t at_once = 64;
    struct Portion {
      std::uint64_t first = 0;
      std::vector<std::pair<store::Source, store::Content>> texts;
    };
    store::flow<Portion>((count + at_once - 1) / at_once, threads,
                         [&](std::size_t i) {
                           const std::uint64_t first = i * at_once;
                           return Portion{first,
                                          std::vector<std::pair<store::Source, store::Content>>(
                                              std::min(at_once, count - first))};
                         },
                         {[](Portion& portion, store::Step& step) {
                            for (std::size_t i = 0; i < portion.texts.size(); ++i) {
                              step.alone([&own = portion.texts[i], number = portion.first + i] {
                                const SampleText text = news_text(number);
                                own = {store::text_source(text.document),
                                       store::text_content(text.document, text.facts)};
                              });
                            }
                          },
                          [&](Portion& portion, store::Step& step) {
                            step.with(store.database(), [&] {
                              for (const auto& [source, content] : portion.texts)
                                store.add(source, content);
                            });
                          }});
  }
  {
    const Meter own("  joining, rows of nodes and edges");
    store::join_texts(store, threads);
  }
  store.commit();
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv, argv + argc);
  const auto number = [&](std::size_t i) { return std::stoull(words.at(i)); };
  try {
    if (words.size() == 5 && words[1] == "make") {
      make(words[2], static_cast<std::uint32_t>(number(3)), number(4));
    } else if (words.size() == 3 && words[1] == "open") {
      open(words[2]);
    } else if ((words.size() == 3 || words.size() == 4) && words[1] == "add") {
      add(words[2], words.size() == 4 ? number(3) : 1);
    } else if (words.size() == 3 && words[1] == "follow") {
      follow(words[2]);
    } else if (words.size() == 4 && words[1] == "texts") {
      texts(words[2], number(3));
    } else {
      fmt::print(stderr,
                 "bench_store: make STORE NODES EDGES | open STORE | add STORE [COUNT] | follow "
                 "STORE | texts STORE COUNT\n");
      return 2;
    }
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_store: {}\n", error.what());
    return 2;
  }
  return 0;
}
