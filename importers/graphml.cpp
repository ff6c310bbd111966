#include "importers/graphml.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "graph/ascii.h"
#include "graph/errors.h"
#include "importers/foreign_graph.h"
#include "importers/foreign_records.h"
#include "importers/xml_reader.h"

namespace relata {

namespace {

// Every node or edge gets the defaults that it does not state, so a file could ask for their number
// times that of its nodes.
constexpr std::size_t max_defaults = 256;
constexpr std::size_t few_keys = 64;

class Reader final {
 public:
  Reader(std::istream& in, const std::string& name, GraphBuilder& builder)
      : graph_(builder, name, ForeignGraph::Undeclared::refuse),
        feed_(graph_),
        xml_(in, name,
             {[this](const XmlElement& element) { start(element); },
              [this](std::string_view element, std::string_view text) { end(element, text); }}) {}

  void read() {
    try {
      xml_.read();
    } catch (...) {
      feed_.finish();  // what it throws stands before the fault that the reader met
      throw;
    }
    feed_.finish();
    graph_.finish();
  }

 private:
  struct Key {
    std::string_view name;  // in names_
    FieldRole role = FieldRole::other;
    std::string belongs_to;  ///< node, edge, graph, all
    std::string default_value;
  };
  using Keys = std::map<std::string, Key, std::less<>>;

  void start(const XmlElement& element) {
    if (!seen_root_) {
      seen_root_ = true;
      if (element.name != "graphml") {
        fail("expected the element graphml, found " + std::string(element.name));
      }
    }
    if (element.name == "data") {
      data_key_ = element.attribute("key");
    } else if (element.name == "edge") {
      open().begin_edge(element.attribute("source"), element.attribute("target"));
      const std::string_view label = element.attribute("label");
      if (!label.empty()) innermost().add(FieldRole::label, "label", label);
    } else if (element.name == "node") {
      open().begin_node(element.attribute("id"));
    } else if (element.name == "key") {
      const std::string_view id = element.attribute("id");
      const std::string_view name = element.attribute("attr.name");
      Key& key = key_of(id).second;
      key = named(name.empty() ? id : name);
      key.belongs_to = element.attribute("for");
      current_key_ = id;
    }
  }

  void end(std::string_view element, std::string_view text) {
    if (element == "data") {
      if (depth_ > 0 && !data_key_.empty()) field(text);
      data_key_.clear();
    } else if (element == "edge" || element == "node") {
      close();
    } else if (element == "default") {
      set_default(text);
    } else if ((element == "NodeLabel" || element == "EdgeLabel") && depth_ > 0) {
      if (!text.empty()) innermost().add(FieldRole::label, "label", text);
    }
  }

  [[noreturn]] void fail(const std::string& problem) const {
    throw InputError(xml_.name(), xml_.place(), problem);
  }

  /// Of a node or edge whose end tag has not come; nodes nest by graphs within them.
  ForeignRecord& open() {
    if (depth_ == open_.size()) open_.emplace_back();
    return open_[depth_++];
  }
  ForeignRecord& innermost() { return open_[depth_ - 1]; }

  Key named(std::string_view name) { return {*names_.emplace(name).first, role_of(name), "", ""}; }

  /// The key with that id, which is its name as well when nothing has declared it. Fields of nodes
  /// and edges mostly come in one order, so that the next one is known by the last.
  Keys::value_type& key_of(std::string_view id) {
    if (!order_.empty()) {
      next_ = next_ + 1 < order_.size() ? next_ + 1 : 0;
      if (order_[next_]->first == id) return *order_[next_];
      for (std::size_t i = 0; i < order_.size(); ++i) {
        if (order_[i]->first != id) continue;
        next_ = i;
        return *order_[i];
      }
    }
    auto place = keys_.find(id);
    if (place == keys_.end()) place = keys_.emplace(id, named(id)).first;
    if (order_.size() < few_keys) order_.push_back(&*place);
    return *place;
  }

  void set_default(std::string_view text) {
    if (text.empty()) return;
    if (++defaults_ > max_defaults) {
      fail(fmt::format("expected at most {} keys with a default, found more", max_defaults));
    }
    key_of(current_key_).second.default_value = text;
  }

  // The data of yEd's drawings hold elements; their text is nothing of ours.
  void field(std::string_view text) {
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return;
    const Key& key = key_of(data_key_).second;
    innermost().add(key.role, key.name, text);
  }

  void close() {
    ForeignRecord& one = innermost();
    if (defaults_ > 0) add_defaults(one);
    const XmlPosition position = xml_.position();
    one.set_place(position.line, position.column);
    --depth_;
    feed_.put(one);
  }

  void add_defaults(ForeignRecord& one) {
    for (const auto& [id, key] : keys_) {
      const bool concerns = key.belongs_to == (one.is_edge() ? "edge" : "node");
      if (key.default_value.empty() || !concerns || has_field(one, key)) continue;
      one.add(key.role, key.name, key.default_value);
    }
  }

  static bool has_field(const ForeignRecord& record, const Key& key) {
    for (std::size_t i = 0; i < record.field_count(); ++i) {
      const FieldView field = record.field(i);
      if (field.role == key.role && same_ignoring_case(field.key, key.name)) return true;
    }
    return false;
  }

  ForeignGraph graph_;
  std::set<std::string, std::less<>> names_;  // of all fields, which records refer to
  RecordFeed feed_;
  XmlReader xml_;
  Keys keys_;
  std::vector<Keys::value_type*> order_;  // as they were first used
  std::size_t next_ = 0;
  std::size_t defaults_ = 0;
  std::string current_key_;
  std::string data_key_;
  std::vector<ForeignRecord> open_;
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
