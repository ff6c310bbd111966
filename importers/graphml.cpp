#include "importers/graphml.h"

#include <map>
#include <span>
#include <string>
#include <vector>

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
    std::string belongs_to;  ///< node, edge, graph, all
    std::string default_value;
  };
  /// A node or edge whose end tag has not come; nodes nest by graphs within them. Kept for the next
  /// ones, so that most elements take no memory of their own.
  struct Open {
    bool edge = false;
    std::string id;
    std::string target;
    std::vector<ForeignField> fields;
    std::size_t field_count = 0;

    void begin(bool is_edge, std::string_view own_id, std::string_view own_target) {
      edge = is_edge;
      id = own_id;
      target = own_target;
      field_count = 0;
    }
    void add(std::string_view key, std::string_view value) {
      if (field_count == fields.size()) fields.emplace_back();
      fields[field_count].key = key;
      fields[field_count++].value = value;
    }
    [[nodiscard]] std::span<const ForeignField> all() const {
      return std::span(fields).first(field_count);
    }
  };

  void start(const XmlElement& element) {
    if (!seen_root_) {
      seen_root_ = true;
      if (element.name != "graphml") {
        throw InputError(xml_.name(), xml_.place(),
                         "expected the element graphml, found " + std::string(element.name));
      }
    }
    if (element.name == "key") {
      const std::string_view name = element.attribute("attr.name");
      current_key_ = element.attribute("id");
      keys_[current_key_] = {name.empty() ? current_key_ : std::string(name),
                             std::string(element.attribute("for")), ""};
    } else if (element.name == "node") {
      open(false, element.attribute("id"), {});
    } else if (element.name == "edge") {
      open(true, element.attribute("source"), element.attribute("target"));
      const std::string_view label = element.attribute("label");
      if (!label.empty()) innermost().add("label", label);
    } else if (element.name == "data") {
      data_key_ = element.attribute("key");
    }
  }

  void end(std::string_view element, std::string_view text) {
    if (element == "default") {
      keys_[current_key_].default_value = text;
      any_default_ = any_default_ || !text.empty();
    } else if (element == "data") {
      if (depth_ > 0 && !data_key_.empty()) field(text);
      data_key_.clear();
    } else if ((element == "NodeLabel" || element == "EdgeLabel") && depth_ > 0) {
      if (!text.empty()) innermost().add("label", text);
    } else if (element == "node" || element == "edge") {
      close();
    }
  }

  void open(bool edge, std::string_view id, std::string_view target) {
    if (depth_ == open_.size()) open_.emplace_back();
    open_[depth_++].begin(edge, id, target);
  }
  Open& innermost() { return open_[depth_ - 1]; }

  // The data of yEd's drawings hold elements; their text is nothing of ours.
  void field(std::string_view text) {
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return;
    const auto key = keys_.find(data_key_);
    innermost().add(key == keys_.end() ? data_key_ : key->second.name, text);
  }

  void close() {
    Open& one = innermost();
    if (any_default_) add_defaults(one);
    if (one.edge) {
      graph_.edge(one.id, one.target, one.all(), place_);
    } else {
      graph_.node(one.id, one.all(), place_);
    }
    --depth_;
  }

  void add_defaults(Open& one) {
    for (const auto& [id, key] : keys_) {
      const bool concerns = key.belongs_to == (one.edge ? "edge" : "node");
      if (!key.default_value.empty() && concerns && find_field(one.all(), key.name) == nullptr) {
        one.add(key.name, key.default_value);
      }
    }
  }

  ForeignGraph graph_;
  XmlReader xml_;
  const ForeignGraph::Place place_ = [this] { return xml_.place(); };
  std::map<std::string, Key> keys_;
  bool any_default_ = false;
  std::string current_key_;
  std::string data_key_;
  std::vector<Open> open_;
  std::size_t depth_ = 0;  // of open_
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
