#include "importers/graphml.h"

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
              [this](std::string_view element, std::string_view text) { end(element, text); }}) {}

  void read() {
    xml_.read();
    graph_.finish();
  }

 private:
  struct Key {
    std::string name;
    std::string default_value;
  };
  /// A node or edge whose end tag has not come; nodes nest by graphs within them.
  struct Open {
    bool edge = false;
    std::string id;
    std::string target;
    std::vector<ForeignField> fields;
    std::vector<std::string> keys;
  };

  void start(const XmlElement& element) {
    if (!seen_root_) {
      seen_root_ = true;
      if (element.name != "graphml") {
        throw InputError(xml_.name(), xml_.place(),
                         "expected the element graphml, found " + element.name);
      }
    }
    if (element.name == "key") {
      const std::string_view name = element.attribute("attr.name");
      current_key_ = element.attribute("id");
      keys_[current_key_] = {name.empty() ? current_key_ : std::string(name), ""};
      for_[current_key_] = element.attribute("for");
    } else if (element.name == "node") {
      open_.push_back({false, std::string(element.attribute("id")), {}, {}, {}});
    } else if (element.name == "edge") {
      open_.push_back({true,
                       std::string(element.attribute("source")),
                       std::string(element.attribute("target")),
                       {},
                       {}});
      const std::string_view label = element.attribute("label");
      if (!label.empty()) open_.back().fields.push_back({"label", std::string(label)});
    } else if (element.name == "data") {
      data_key_ = element.attribute("key");
    }
  }

  void end(std::string_view element, std::string_view text) {
    if (element == "default") {
      keys_[current_key_].default_value = text;
    } else if (element == "data") {
      if (!open_.empty() && !data_key_.empty()) field(text);
      data_key_.clear();
    } else if ((element == "NodeLabel" || element == "EdgeLabel") && !open_.empty()) {
      if (!text.empty()) open_.back().fields.push_back({"label", std::string(text)});
    } else if (element == "node" || element == "edge") {
      close();
    }
  }

  // The data of yEd's drawings hold elements; their text is nothing of ours.
  void field(std::string_view text) {
    const auto key = keys_.find(data_key_);
    const std::string& name = key == keys_.end() ? data_key_ : key->second.name;
    open_.back().keys.push_back(data_key_);
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return;
    open_.back().fields.push_back({name, std::string(text)});
  }

  void close() {
    Open& open = open_.back();
    for (const auto& [id, key] : keys_) {
      if (key.default_value.empty() || for_[id] != (open.edge ? "edge" : "node")) continue;
      if (find_field(open.fields, key.name) == nullptr) {
        open.fields.push_back({key.name, key.default_value});
      }
    }
    if (open.edge) {
      graph_.edge(open.id, open.target, open.fields, xml_.place());
    } else {
      graph_.node(open.id, open.fields, xml_.place());
    }
    open_.pop_back();
  }

  ForeignGraph graph_;
  XmlReader xml_;
  std::unordered_map<std::string, Key> keys_;
  std::unordered_map<std::string, std::string> for_;
  std::string current_key_;
  std::string data_key_;
  std::vector<Open> open_;
  bool seen_root_ = false;
};

}  // namespace

void GraphmlImporter::read(std::istream& in, const std::string& name, GraphBuilder& builder) const {
  Reader(in, name, builder).read();
}

bool looks_like_graphml(std::string_view head) {
  return head.find("<graphml") != std::string_view::npos;
}

}  // namespace relata
