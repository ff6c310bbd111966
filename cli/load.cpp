#include "cli/load.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/files.h"
#include "cli/output_options.h"
#include "cli/parse.h"
#include "graph/graph_builder.h"
#include "graph/paths.h"
#include "importers/source.h"
#include "store/open_graph.h"
#include "store/schema.h"

namespace relata::cli {

namespace {

constexpr std::size_t listed = 10;

std::string_view type_of(const Graph& graph, NodeId node) {
  return graph.type_name(node);
}

std::string list_of(const Graph& graph, const std::vector<NameHit>& hits) {
  std::string text;
  for (std::size_t i = 0; i < hits.size() && i < listed; ++i) {
    text += fmt::format("\n  {}", describe_node(graph, hits[i].node));
  }
  if (hits.size() > listed) text += fmt::format("\n  and {} more", hits.size() - listed);
  return text;
}

/// Only the actors and places of `hits` when there are any.
void put_events_back(const Graph& graph, std::vector<NameHit>& hits) {
  const auto is_event = [&](const NameHit& hit) {
    return graph.node(hit.node).kind == NodeKind::event;
  };
  if (!std::all_of(hits.begin(), hits.end(), is_event)) std::erase_if(hits, is_event);
}

/// Splits "Georgia (country)" into name and type; the type is "" when there is none.
std::pair<std::string, std::string> split_type(const std::string& query) {
  const std::size_t open = query.rfind(" (");
  if (open == std::string::npos || open == 0 || !query.ends_with(')')) return {query, ""};
  return {query.substr(0, open), query.substr(open + 2, query.size() - open - 3)};
}

std::vector<NameHit> exact_hits(const Graph& graph, const NameIndex& names,
                                const std::string& query) {
  std::vector<NameHit> hits = names.exact(query);
  if (!hits.empty()) return hits;
  const auto [name, type] = split_type(query);
  if (type.empty()) return hits;
  hits = names.exact(name);
  std::erase_if(hits, [&, &wanted = type](const NameHit& hit) {
    return wanted != type_of(graph, hit.node) && wanted != kind_name(graph.node(hit.node).kind);
  });
  return hits;
}

[[noreturn]] void not_found(const Graph& graph, const NameIndex& names, const std::string& query) {
  std::vector<NameHit> near = names.similar(query, 5);
  if (near.empty()) near = names.with_prefix(query, 5);
  if (near.empty()) {
    throw CommandError(nothing_found, fmt::format("no node is called \"{}\"", printable(query)),
                       "relata find GRAPH TEXT searches names and sentences");
  }
  throw CommandError(nothing_found,
                     fmt::format("no node is called \"{}\"; did you mean{}{}", printable(query),
                                 near.size() == 1 ? "" : " one of these:", list_of(graph, near)));
}

}  // namespace

const ImportFormat& import_format_named(const std::string& name) {
  if (const ImportFormat* format = find_import_format(name)) return *format;
  std::vector<std::string> names;
  std::string all;
  for (const ImportFormat& format : import_formats()) {
    names.emplace_back(format.name);
    all += all.empty() ? "" : ", ";
    all += format.name;
  }
  const std::string_view near = nearest(name, names);
  throw CommandError(failed,
                     fmt::format("no input format is called \"{}\"{}", printable(name),
                                 near.empty() ? "" : fmt::format("; did you mean {}?", near)),
                     "the input formats are " + all);
}

std::shared_ptr<const Ontology> load_ontology(const std::string& path) {
  if (path.empty()) return Ontology::built_in();
  return std::make_shared<const Ontology>(Ontology::parse(read_file(path), path));
}

namespace {

/// Adds the graph in `source` to `builder`. Throws CommandError when it is no graph.
void add_graph_of(SourceFile& source, const std::string& path, const std::string& format,
                  GraphBuilder& builder) {
  const ImportFormat* known = format.empty() ? import_format_of(source.format_name, source.head)
                                             : &import_format_named(format);
  if (known != nullptr && known->make_graph == nullptr) {
    throw CommandError(
        failed, fmt::format("{} is a text ({}), not a graph", source.name, known->description),
        fmt::format("build its graph first: relata build {} -o graph.json", path));
  }
  if (source.head.empty()) {
    throw InputError(source.name, "", "expected a graph, found an empty file");
  }
  if (known == nullptr) {
    throw CommandError(failed, fmt::format("{}: the format cannot be told", source.name),
                       "name it with --from FORMAT; relata convert --help lists the formats");
  }
  known->make_graph()->read(source.stream, source.name, builder);
}

/// A graph that was written to several files under one name is read from them.
std::vector<std::string> files_of(const std::string& path) {
  if (path == "-" || std::filesystem::exists(path)) return {path};
  const std::string nodes = path_of_part(path, "nodes");
  const std::string edges = path_of_part(path, "edges");
  if (std::filesystem::exists(nodes) && std::filesystem::exists(edges)) return {nodes, edges};
  return {path};
}

}  // namespace

Graph load_graph(const std::string& path, const std::string& format,
                 std::shared_ptr<const Ontology> ontology, Console& console) {
  GraphBuilder builder(std::move(ontology));
  for (const std::string& file : files_of(path)) {
    const Input input = open_input(file, console.in);
    if (store::is_store(input.head)) {
      if (path == "-") {
        throw CommandError(failed, "a store is read from its file, not from standard input");
      }
      return store::open_graph(path);
    }
    walk_source(
        *input.stream, input.name, input.head,
        [&](SourceFile& source) { add_graph_of(source, file, format, builder); },
        [&](const std::string& note) {
          console.err << fmt::format("note: {}\n", printable(note));
        });
  }
  return std::move(builder).build();
}

std::string describe_node(const Graph& graph, NodeId node) {
  const std::size_t edges = degree(graph, node);
  return fmt::format("{} ({}, {} {}, {})", printable(graph.name(node)),
                     printable(type_of(graph, node)), edges, edges == 1 ? "edge" : "edges",
                     printable(graph.key(node)));
}

NodeId resolve_node(const Graph& graph, const NameIndex& names, const std::string& query,
                    Console& console) {
  std::vector<NameHit> hits = exact_hits(graph, names, query);
  if (!hits.empty() && hits.front().match == NameMatch::key) return hits.front().node;
  if (!hits.empty()) {
    put_events_back(graph, hits);
    // One node of that name outranks others that only may be called so.
    const auto named = std::count_if(
        hits.begin(), hits.end(), [](const NameHit& hit) { return hit.match == NameMatch::name; });
    if (hits.size() > 1 && named == 1) {
      const auto best = std::find_if(hits.begin(), hits.end(), [](const NameHit& hit) {
        return hit.match == NameMatch::name;
      });
      console.err << fmt::format("note: taking {}; {} more may be called \"{}\"\n",
                                 describe_node(graph, best->node), hits.size() - 1,
                                 printable(query));
      return best->node;
    }
    if (hits.size() == 1) return hits.front().node;
  } else {
    hits = names.containing(query, graph.node_count());
    put_events_back(graph, hits);
    if (hits.empty()) not_found(graph, names, query);
    if (hits.size() == 1) {
      console.err << fmt::format("note: taking {} for \"{}\"\n",
                                 describe_node(graph, hits.front().node), printable(query));
      return hits.front().node;
    }
  }
  throw CommandError(
      failed,
      fmt::format("\"{}\" may be {} nodes:{}", printable(query), hits.size(), list_of(graph, hits)),
      "name one by its full name, as \"NAME (TYPE)\" or by its key");
}

RelationMatch resolve_relation(const Ontology& ontology, const std::string& name) {
  if (const auto match = ontology.find_relation(name)) return *match;
  std::vector<std::string> names;
  for (const Relation& relation : ontology.relations()) {
    names.push_back(relation.name);
    names.push_back(relation.inverse);
  }
  const std::string_view near = nearest(name, names);
  throw CommandError(failed,
                     fmt::format("no relation is called \"{}\"{}", printable(name),
                                 near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near)));
}

NodeKind resolve_kind(const std::string& name) {
  if (const auto kind = kind_from_name(name)) return *kind;
  throw CommandError(failed, fmt::format("expected a kind, which is actor, place or event, found "
                                         "\"{}\"",
                                         printable(name)));
}

std::int32_t resolve_date(const std::string& date, std::string_view option, bool last) {
  if (const auto day = parse_iso_date(date)) return *day;
  std::string first = date;
  const bool year = date.size() == 4;
  if (year) first += "-01";
  if (year || date.size() == 7) {
    if (const auto day = parse_iso_date(first + "-01")) {
      if (!last) return *day;
      // The last day is the one before the first of the next month or year.
      const int months = year ? 12 : 1;
      const int number =
          std::stoi(first.substr(0, 4)) * 12 + std::stoi(first.substr(5, 2)) - 1 + months;
      if (const auto next =
              parse_iso_date(fmt::format("{:04}-{:02}-01", number / 12, number % 12 + 1))) {
        return *next - 1;
      }
    }
  }
  throw CommandError(failed, fmt::format("{}: expected a date like 2024-12-27, 2024-12 or 2024, "
                                         "found \"{}\"",
                                         option, printable(date)));
}

}  // namespace relata::cli
