#include "importers/dot.h"

#include <cstdio>
#include <memory>
#include <mutex>

#include <graphviz/cgraph.h>

#include "graph/errors.h"
#include "importers/encoding.h"
#include "importers/foreign_graph.h"

namespace relata {

namespace {

/// Graphviz' reader recurses and looks back without bound; this is more than any drawn graph has.
constexpr std::size_t max_bytes = std::size_t{1} << 28U;

// Graphviz reports by a callback without context, under the lock below.
std::string& last_message() {
  static std::string message;
  return message;
}

std::mutex& reader_lock() {
  static std::mutex lock;
  return lock;
}

int keep_message(char* message) {
  if (last_message().size() < 1000) last_message() += message;
  return 0;
}

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

struct CloseGraph {
  void operator()(Agraph_t* graph) const { agclose(graph); }
};

/// Undoes the escapes of labels: \n, \l and \r are line breaks, \\ is a backslash; \N is the node's
/// name.
std::string plain_text(std::string_view text, std::string_view node) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      result += text[i];
      continue;
    }
    const char escape = text[++i];
    if (escape == 'n' || escape == 'l' || escape == 'r') {
      result += '\n';
    } else if (escape == 'N') {
      result += node;
    } else {
      result += escape;
    }
  }
  return result;
}

/// A name as our own writer escaped it: only doubled backslashes are one.
std::string plain_name(std::string_view name) {
  std::string result;
  for (std::size_t i = 0; i < name.size(); ++i) {
    result += name[i];
    if (name[i] == '\\' && i + 1 < name.size() && name[i + 1] == '\\') ++i;
  }
  return result;
}

std::vector<ForeignField> fields_of(Agraph_t* graph, void* object, int kind,
                                    std::string_view node) {
  std::vector<ForeignField> fields;
  for (Agsym_t* symbol = agnxtattr(graph, kind, nullptr); symbol != nullptr;
       symbol = agnxtattr(graph, kind, symbol)) {
    const char* const value = agxget(object, symbol);
    const std::string_view name = symbol->name;
    // How it looks is of no account; "key" is the edge's name in the file.
    if (value == nullptr || *value == '\0' || name == "key") continue;
    if (name == "shape" || name == "style" || name == "color" || name == "fillcolor" ||
        name == "fontname" || name == "fontsize" || name == "pos" || name == "width" ||
        name == "height" || name == "lp") {
      continue;
    }
    fields.push_back({std::string(name), plain_text(value, node)});
  }
  return fields;
}

/// Reads to the end, so that the parser, of which a process has one, keeps nothing for the next
/// file.
void drain(std::FILE* file) {
  while (const std::unique_ptr<Agraph_t, CloseGraph> rest{agread(file, nullptr)}) {
  }
}

void add_graph(Agraph_t* graph, ForeignGraph& foreign) {
  for (Agnode_t* node = agfstnode(graph); node != nullptr; node = agnxtnode(graph, node)) {
    const std::string id = plain_name(agnameof(node));
    foreign.node(id, fields_of(graph, node, AGNODE, id),
                 [&] { return "node " + id.substr(0, 80); });
  }
  for (Agnode_t* node = agfstnode(graph); node != nullptr; node = agnxtnode(graph, node)) {
    for (Agedge_t* edge = agfstout(graph, node); edge != nullptr; edge = agnxtout(graph, edge)) {
      const std::string source = plain_name(agnameof(agtail(edge)));
      const std::string target = plain_name(agnameof(aghead(edge)));
      foreign.edge(source, target, fields_of(graph, edge, AGEDGE, ""),
                   [&] { return "edge " + source.substr(0, 80) + " -> " + target.substr(0, 80); });
    }
  }
}

}  // namespace

void DotImporter::read(std::istream& in, const std::string& name, GraphBuilder& builder) const {
  std::string text = to_utf8(read_all(in, name, max_bytes), name);
  const std::lock_guard<std::mutex> guard(reader_lock());
  last_message().clear();
  agseterr(AGERR);
  agseterrf(keep_message);
  const std::unique_ptr<std::FILE, CloseFile> file(::fmemopen(text.data(), text.size(), "r"));
  ForeignGraph foreign(builder, name, ForeignGraph::Undeclared::make_node);
  std::size_t graphs = 0;
  while (true) {
    const std::unique_ptr<Agraph_t, CloseGraph> graph(
        file == nullptr ? nullptr : agread(file.get(), nullptr));
    // What goes beyond the parser's stack gives a graph cut short beside the message.
    const std::string message = last_message().substr(0, last_message().find('\n'));
    if (!message.empty()) {
      drain(file.get());
      throw InputError(name, "", "expected a graph in DOT: " + message);
    }
    if (graph == nullptr) break;
    if (++graphs > 1) {
      drain(file.get());
      throw InputError(name, "", "expected one graph in DOT, found several");
    }
    add_graph(graph.get(), foreign);
  }
  if (graphs == 0) throw InputError(name, "", "expected a graph in DOT: found none");
  foreign.finish();
}

bool looks_like_dot(std::string_view head) {
  const std::size_t begin = head.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return false;
  head.remove_prefix(begin);
  for (const std::string_view word : {"digraph", "strict digraph", "graph {", "graph{"}) {
    if (head.starts_with(word)) return head.find('{') != std::string_view::npos;
  }
  return false;
}

}  // namespace relata
