#include "importers/gexf.h"

#include <unordered_map>

#include "graph/errors.h"
#include "importers/foreign_graph.h"
#include "importers/xml_reader.h"

namespace relata {

namespace {

class Reader final {
 public:
  Reader(std::istream& in, const std::string& name, GraphBuilder& builder)
      : graph_(builder, name, ForeignGraph::Undeclared::refuse),
        xml_(in, name,
             {[this](const XmlElement& element) { start(element); },
              [this](std::string_view element, std::string_view /*text*/) { end(element); }}) {}

  void read() {
    xml_.read();
    graph_.finish();
  }

 private:
  struct Open {
    bool edge = false;
    std::string id;
    std::string target;
    std::vector<ForeignField> fields;
  };

  void start(const XmlElement& element) {
    if (!seen_root_) {
      seen_root_ = true;
      if (element.name != "gexf") {
        throw InputError(xml_.name(), xml_.place(),
                         "expected the element gexf, found " + std::string(element.name));
      }
    }
    if (element.name == "attributes") {
      edge_attributes_ = element.attribute("class") == "edge";
    } else if (element.name == "attribute") {
      titles_[(edge_attributes_ ? "e" : "n") + std::string(element.attribute("id"))] =
          element.attribute("title");
    } else if (element.name == "node") {
      open_.push_back({false, std::string(element.attribute("id")), {}, {}});
      take(element, "label", "label");
    } else if (element.name == "edge") {
      open_.push_back({true,
                       std::string(element.attribute("source")),
                       std::string(element.attribute("target")),
                       {}});
      take(element, "label", "label");
      take(element, "kind", "kind");
      take(element, "weight", "weight");
      take(element, "start", "from");
      take(element, "end", "to");
    } else if (element.name == "attvalue" && !open_.empty()) {
      value(element);
    }
  }

  void take(const XmlElement& element, std::string_view attribute, const char* field) {
    const std::string_view text = element.attribute(attribute);
    if (!text.empty()) open_.back().fields.push_back({field, std::string(text)});
  }

  void value(const XmlElement& element) {
    std::string_view id = element.attribute("for");
    if (id.empty()) id = element.attribute("id");  // GEXF 1.0
    const auto title = titles_.find((open_.back().edge ? "e" : "n") + std::string(id));
    const std::string name = title == titles_.end() ? std::string(id) : title->second;
    // The attribute list's dates are finer than the drawing's.
    std::erase_if(open_.back().fields,
                  [&](const ForeignField& field) { return field.key == name && name != "label"; });
    open_.back().fields.push_back({name, std::string(element.attribute("value"))});
  }

  void end(std::string_view element) {
    if (open_.empty() || (element != "node" && element != "edge")) return;
    const Open& open = open_.back();
    if (open.edge) {
      graph_.edge(open.id, open.target, open.fields, [this] { return xml_.place(); });
    } else {
      graph_.node(open.id, open.fields, [this] { return xml_.place(); });
    }
    open_.pop_back();
  }

  ForeignGraph graph_;
  XmlReader xml_;
  std::unordered_map<std::string, std::string> titles_;
  bool edge_attributes_ = false;
  std::vector<Open> open_;
  bool seen_root_ = false;
};

}  // namespace

void GexfImporter::read(std::istream& in, const std::string& name, GraphBuilder& builder) const {
  Reader(in, name, builder).read();
}

bool looks_like_gexf(std::string_view head) {
  return head.find("<gexf") != std::string_view::npos;
}

}  // namespace relata
