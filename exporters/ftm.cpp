#include "exporters/ftm.h"

#include "exporters/columns.h"
#include "exporters/output.h"

namespace relata {

namespace {

std::string_view schema_of(NodeKind kind, std::string_view type) {
  if (kind == NodeKind::event) return "Event";
  if (kind == NodeKind::place) return "Address";
  if (type == "person") return "Person";
  if (type == "company") return "Company";
  if (type == "government") return "PublicBody";
  if (type == "organization" || type == "media" || type == "party" || type == "military") {
    return "Organization";
  }
  return "LegalEntity";
}

/// Properties hold lists of strings.
class Properties final {
 public:
  explicit Properties(Output& out) : out_(out) {}

  void add(std::string_view property, std::string_view value) {
    if (value.empty()) return;
    if (property == property_) {
      out_.put(',');
    } else {
      close();
      if (any_) out_.put(',');
      out_.json_string(property);
      out_.text(":[");
      property_ = property;
      any_ = true;
    }
    out_.json_string(value);
  }
  void close() {
    if (!property_.empty()) out_.put(']');
    property_.clear();
  }

 private:
  Output& out_;
  std::string property_;
  bool any_ = false;
};

class Writer final {
 public:
  Writer(const Graph& graph, std::ostream& stream, const ExportOptions& options)
      : graph_(graph), selection_(graph, options), out_(stream) {}

  void write() {
    for (std::size_t i = 0; i < graph_.node_count(); ++i) {
      if (selection_.node(NodeId(i))) node(NodeId(i));
    }
    for (std::size_t i = 0; i < graph_.edge_count(); ++i) {
      if (selection_.edge(EdgeId(i))) edge(EdgeId(i));
    }
    out_.flush();
  }

 private:
  // An id may hold no blank; a prefix keeps nodes and edges apart.
  static std::string entity_id(NodeId id) { return fmt::format("relata-node-{}", id.value); }

  void open(std::string_view id, std::string_view schema) {
    out_.text("{\"id\":");
    out_.json_string(id);
    out_.text(",\"schema\":\"");
    out_.text(schema);
    out_.text("\",\"properties\":{");
  }

  void node(NodeId id) {
    const NodeKind kind = graph_.node(id).kind;
    open(entity_id(id), schema_of(kind, graph_.type_name(id)));
    Properties properties(out_);
    properties.add("name", graph_.name(id));
    for (const StringId alias : graph_.aliases(id)) properties.add("alias", graph_.text(alias));
    if (kind == NodeKind::place) {
      properties.add("full", graph_.name(id));
      properties.add("latitude", graph_.attribute(id, "latitude"));
      properties.add("longitude", graph_.attribute(id, "longitude"));
    }
    if (kind == NodeKind::event) {
      properties.add("startDate", graph_.attribute(id, "from"));
      properties.add("endDate", graph_.attribute(id, "to"));
      participants(id, properties);
    }
    properties.add("country", graph_.attribute(id, "country"));
    properties.add("wikidataId", graph_.attribute(id, "wikidata"));
    properties.add("keywords", graph_.type_name(id));
    properties.close();
    out_.text("}}\n");
  }

  void participants(NodeId event, Properties& properties) {
    const auto [first, last] = graph_.out_edges(event);
    for (EdgeId id = first; id < last; id = EdgeId(id.value + 1)) {
      const NodeId target = graph_.edge(id).target;
      if (!graph_.relation(id).role || !selection_.edge(id)) continue;
      if (graph_.node(target).kind == NodeKind::actor) {
        properties.add("involved", entity_id(target));
      }
    }
    for (EdgeId id = first; id < last; id = EdgeId(id.value + 1)) {
      const NodeId target = graph_.edge(id).target;
      if (!graph_.relation(id).role || !selection_.edge(id)) continue;
      if (graph_.node(target).kind == NodeKind::place) {
        properties.add("location", graph_.name(target));
      }
    }
  }

  // Roles are properties of their events.
  void edge(EdgeId id) {
    const Edge& edge = graph_.edge(id);
    if (graph_.relation(id).role) return;
    open(fmt::format("relata-edge-{}", id.value), "UnknownLink");
    Properties properties(out_);
    properties.add("subject", entity_id(edge.source));
    properties.add("object", entity_id(edge.target));
    properties.add("role", edge_label(graph_, id));
    if (edge.time.known()) {
      if (edge.time.from != TimeSpan::open_from) {
        properties.add("startDate", iso_date(edge.time.from));
      }
      if (edge.time.to != TimeSpan::open_to) properties.add("endDate", iso_date(edge.time.to));
    }
    for (const Evidence& piece : graph_.evidence(id)) {
      const SourceSentence& sentence = graph_.sentence(piece.sentence);
      properties.add("summary", graph_.text(sentence.text));
    }
    for (const Evidence& piece : graph_.evidence(id)) {
      const SourceDocument& document = graph_.document(graph_.sentence(piece.sentence).document);
      properties.add("sourceUrl", graph_.text(document.url));
    }
    properties.close();
    out_.text("}}\n");
  }

  const Graph& graph_;
  Selection selection_;
  Output out_;
};

}  // namespace

void FtmExporter::write(const Graph& graph, std::ostream& out, const ExportOptions& options) const {
  require_profile("ftm", options.profile);
  Writer(graph, out, options).write();
}

}  // namespace relata
