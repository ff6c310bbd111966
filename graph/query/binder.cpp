// Names of a query to variables, types, relations, properties and functions.

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "graph/ascii.h"
#include "graph/query/plan.h"

namespace relata::query {

namespace {

struct PropertyName {
  std::string_view name;
  Property property;
};

constexpr std::array node_properties = {
    PropertyName{"name", Property::name},        PropertyName{"key", Property::key},
    PropertyName{"kind", Property::kind},        PropertyName{"type", Property::type},
    PropertyName{"aliases", Property::aliases},  PropertyName{"degree", Property::degree},
    PropertyName{"mentions", Property::mentions}};

constexpr std::array edge_properties = {PropertyName{"relation", Property::relation},
                                        PropertyName{"date", Property::date},
                                        PropertyName{"from", Property::from},
                                        PropertyName{"to", Property::to},
                                        PropertyName{"precision", Property::precision},
                                        PropertyName{"published", Property::published},
                                        PropertyName{"confidence", Property::confidence},
                                        PropertyName{"weight", Property::weight},
                                        PropertyName{"negated", Property::negated},
                                        PropertyName{"modality", Property::modality},
                                        PropertyName{"mood", Property::mood},
                                        PropertyName{"attribution", Property::attribution},
                                        PropertyName{"quantity_min", Property::quantity_min},
                                        PropertyName{"quantity_max", Property::quantity_max},
                                        PropertyName{"quantity_unit", Property::quantity_unit},
                                        PropertyName{"evidence", Property::evidence},
                                        PropertyName{"sentence", Property::sentence},
                                        PropertyName{"documents", Property::documents}};

/// Attributes that our own graphs may have; in one that has none of them they are null.
constexpr std::array<std::string_view, 11> usual_attributes = {
    "country", "from",         "geonames",     "latitude",      "longitude", "precision",
    "role",    "quantity_min", "quantity_max", "quantity_unit", "to"};

struct FunctionName {
  std::string_view name;
  Function function;
  std::size_t least;
  std::size_t most;
};

constexpr std::array functions = {FunctionName{"count", Function::count, 1, 1},
                                  FunctionName{"collect", Function::collect, 1, 1},
                                  FunctionName{"min", Function::min, 1, 1},
                                  FunctionName{"max", Function::max, 1, 1},
                                  FunctionName{"sum", Function::sum, 1, 1},
                                  FunctionName{"avg", Function::avg, 1, 1},
                                  FunctionName{"type", Function::type, 1, 1},
                                  FunctionName{"labels", Function::labels, 1, 1},
                                  FunctionName{"length", Function::length, 1, 1},
                                  FunctionName{"nodes", Function::nodes, 1, 1},
                                  FunctionName{"relationships", Function::relationships, 1, 1},
                                  FunctionName{"size", Function::size, 1, 1},
                                  FunctionName{"toLower", Function::to_lower, 1, 1},
                                  FunctionName{"toUpper", Function::to_upper, 1, 1},
                                  FunctionName{"toInteger", Function::to_integer, 1, 1},
                                  FunctionName{"toFloat", Function::to_float, 1, 1},
                                  FunctionName{"toString", Function::to_string, 1, 1},
                                  FunctionName{"startNode", Function::start_node, 1, 1},
                                  FunctionName{"endNode", Function::end_node, 1, 1},
                                  FunctionName{"coalesce", Function::coalesce, 1, 64},
                                  FunctionName{"degree", Function::degree, 1, 1},
                                  FunctionName{"known_as", Function::known_as, 2, 2},
                                  FunctionName{"head", Function::head, 1, 1},
                                  FunctionName{"last", Function::last, 1, 1},
                                  FunctionName{"abs", Function::abs, 1, 1},
                                  FunctionName{"round", Function::round, 1, 1}};

/// "captured by" as a query writes it: captured_by.
std::string written(std::string_view name) {
  std::string made(name);
  std::replace(made.begin(), made.end(), ' ', '_');
  const bool plain = std::all_of(made.begin(), made.end(), [](char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
  });
  return plain ? made : "`" + std::string(name) + "`";
}

class Binder final {
 public:
  Binder(Syntax& syntax, Indexes& indexes, Plan& plan)
      : syntax_(syntax), indexes_(indexes), graph_(indexes.graph()), plan_(plan) {}

  Bound bind() {
    for (std::size_t i = 0; i < syntax_.matches.size(); ++i) {
      Bound::Clause clause;
      conditions_ = &bound_.conditions;
      for (const PathPattern& pattern : syntax_.matches[i].patterns) {
        bind_path(pattern, i, clause, nullptr);
      }
      bound_.clauses.push_back(std::move(clause));
    }
    tests_.resize(syntax_.tests.size());
    bound_.tests.resize(syntax_.tests.size());
    bound_.test_conditions.resize(syntax_.tests.size());
    for (MatchClause& match : syntax_.matches) {
      if (!match.where) continue;
      bind_expression(*match.where);
      if (holds_aggregate(*match.where)) {
        throw QueryError(match.where->place, "count, collect and the like have no place in WHERE");
      }
      split(std::move(*match.where));
    }
    if (syntax_.everything) return_everything();
    for (ReturnItem& item : syntax_.items) bind_expression(item.expression);
    for (SortItem& item : syntax_.order) bind_sort(item);
    return std::move(bound_);
  }

 private:
  std::size_t add_variable(const std::string& name, VariableKind kind) {
    plan_.variables.push_back({name, kind, 0});
    return plan_.variables.size() - 1;
  }

  [[nodiscard]] std::optional<std::size_t> find_variable(std::string_view name) const {
    for (std::size_t i = 0; i < plan_.variables.size(); ++i) {
      if (!name.empty() && plan_.variables[i].name == name) return i;
    }
    return std::nullopt;
  }

  [[nodiscard]] Expression reference(std::size_t variable, std::size_t place) const {
    Expression made;
    made.op = Operator::variable;
    made.place = place;
    made.text = plan_.variables[variable].name;
    made.kind = plan_.variables[variable].kind;
    made.slot = variable;
    return made;
  }

  /// `test`: the expression that the pattern stands in; its outer variables become its arguments.
  void bind_path(const PathPattern& pattern, std::size_t clause_number, Bound::Clause& clause,
                 Expression* test) {
    if (pattern.edges.size() > 64) {
      throw QueryError(pattern.place, "expected a pattern of at most 64 relations");
    }
    PathPart part;
    for (const NodePattern& node : pattern.nodes) {
      part.nodes.push_back(bind_node(node, clause, test));
    }
    for (std::size_t i = 0; i < pattern.edges.size(); ++i) {
      plan_.edges.push_back(
          bind_edge(pattern.edges[i], part.nodes[i], part.nodes[i + 1], clause_number, test));
      part.edges.push_back(plan_.edges.size() - 1);
      clause.edges.push_back(plan_.edges.size() - 1);
    }
    if (pattern.variable.empty()) return;
    if (find_variable(pattern.variable)) {
      throw QueryError(pattern.place,
                       fmt::format("{} is the name of something else already", pattern.variable));
    }
    const std::size_t variable = add_variable(pattern.variable, VariableKind::path);
    plan_.variables[variable].path = plan_.paths.size();
    plan_.paths.push_back(std::move(part));
  }

  std::size_t bind_node(const NodePattern& node, Bound::Clause& clause, Expression* test) {
    std::optional<std::size_t> variable = find_variable(node.variable);
    if (variable && plan_.variables[*variable].kind != VariableKind::node) {
      throw QueryError(node.place, fmt::format("{} is no node", node.variable));
    }
    if (test != nullptr && !node.variable.empty()) {
      if (!variable) {
        throw QueryError(
            node.place,
            fmt::format("a pattern in a condition has no variables of its own, and no {} is bound",
                        node.variable),
            nearest_word(node.variable, variable_names()));
      }
      test->arguments.push_back(reference(*variable, node.place));
    }
    if (!variable) variable = add_variable(node.variable, VariableKind::node);
    if (std::find(clause.nodes.begin(), clause.nodes.end(), *variable) == clause.nodes.end()) {
      clause.nodes.push_back(*variable);
    }
    for (const std::vector<Name>& group : node.labels) {
      Expression label;
      label.op = Operator::has_label;
      label.place = group.front().place;
      label.names = group;
      label.types = types_of(group);
      label.arguments.push_back(reference(*variable, node.place));
      add_condition(std::move(label));
    }
    for (const PropertyTest& property : node.properties) {
      add_property_condition(*variable, property);
    }
    return *variable;
  }

  EdgePart bind_edge(const EdgePattern& edge, std::size_t left, std::size_t right,
                     std::size_t clause, const Expression* test) {
    EdgePart part;
    part.left = left;
    part.right = right;
    part.clause = clause;
    part.many = edge.variable_length;
    part.least = edge.least;
    part.most = edge.most;
    if (edge.open) {
      part.most = std::max(open_length, edge.least);
      part.open = true;
      bound_.notes.push_back(
          fmt::format("a way without an upper bound goes {} steps at most; write *{}..N for more",
                      part.most, edge.least));
    }
    if (edge.least > 1000 || part.most > 1000) {
      throw QueryError(edge.place, "expected a length of at most 1000");
    }
    resolve_relations(edge, part);
    if (!edge.variable.empty() && (test != nullptr || find_variable(edge.variable))) {
      throw QueryError(
          edge.place, test != nullptr
                          ? "a pattern in a condition has no variables of its own"
                          : fmt::format("{} is the name of something else already", edge.variable));
    }
    part.variable =
        add_variable(edge.variable, part.many ? VariableKind::edges : VariableKind::edge);
    for (const PropertyTest& property : edge.properties) {
      if (!part.many) {
        add_property_condition(part.variable, property);
        continue;
      }
      PropertyTest copy = property;
      bind_expression(copy.value);
      if (copy.value.op != Operator::literal) {
        throw QueryError(copy.value.place,
                         "expected a plain value: each relation of the way is compared with it");
      }
      part.tests.emplace_back(edge_property(property.key), copy.value.value);
    }
    return part;
  }

  void resolve_relations(const EdgePattern& edge, EdgePart& part) const {
    const auto& relations = graph_.ontology().relations();
    constexpr std::uint8_t ahead = 1;
    constexpr std::uint8_t back = 2;
    const auto allow = [&](RelationId id, bool inverted) {
      std::uint8_t ways = edge.arrow == Arrow::either || relations[id.value].symmetric
                              ? ahead | back
                          : (edge.arrow == Arrow::right) != inverted ? ahead
                                                                     : back;
      part.ways[id.value] = static_cast<std::uint8_t>(part.ways[id.value] | ways);
    };
    part.ways.assign(relations.size(), 0);
    if (edge.types.empty()) {
      for (std::size_t i = 0; i < relations.size(); ++i) allow(RelationId(i), false);
      return;
    }
    for (const Name& type : edge.types) {
      const auto match = graph_.ontology().find_relation(type.text);
      if (!match) {
        std::vector<std::string> names;
        for (const Relation& relation : relations) {
          names.push_back(written(relation.name));
          names.push_back(written(relation.inverse));
        }
        throw QueryError(type.place, fmt::format("no relation is called {}", type.text),
                         nearest_word(written(type.text), names));
      }
      allow(match->relation, match->inverted);
      if (std::find(part.relations.begin(), part.relations.end(), match->relation) ==
          part.relations.end()) {
        part.relations.push_back(match->relation);
      }
    }
  }

  [[nodiscard]] std::vector<bool> types_of(const std::vector<Name>& names) const {
    const auto& types = graph_.ontology().types();
    std::vector<bool> allowed(types.size(), false);
    for (const Name& name : names) {
      std::string wanted = lower(name.text);
      bool known = false;
      for (std::size_t i = 0; i < types.size(); ++i) {
        if (wanted == kind_name(types[i].kind) || wanted == lower(types[i].name) ||
            wanted == lower(written(types[i].name))) {
          allowed[i] = true;
          known = true;
        }
      }
      if (known || kind_from_name(wanted)) continue;
      std::vector<std::string> all = {"actor", "place", "event"};
      for (const NodeType& type : types) all.push_back(written(type.name));
      throw QueryError(name.place, fmt::format("no kind or type is called {}", name.text),
                       nearest_word(name.text, all));
    }
    return allowed;
  }

  [[nodiscard]] Property node_property(const Name& key) const {
    for (const PropertyName& known : node_properties) {
      if (known.name == key.text) return known.property;
    }
    if (std::find(usual_attributes.begin(), usual_attributes.end(), key.text) !=
        usual_attributes.end()) {
      return Property::attribute;
    }
    const std::vector<std::string>& keys = indexes_.attribute_keys();
    if (std::binary_search(keys.begin(), keys.end(), key.text)) return Property::attribute;
    std::vector<std::string> all;
    all.reserve(node_properties.size() + keys.size() + usual_attributes.size());
    for (const PropertyName& known : node_properties) all.emplace_back(known.name);
    all.insert(all.end(), keys.begin(), keys.end());
    all.insert(all.end(), usual_attributes.begin(), usual_attributes.end());
    throw QueryError(key.place, fmt::format("no node has the property {}", key.text),
                     nearest_word(key.text, all));
  }

  [[nodiscard]] static Property edge_property(const Name& key) {
    std::vector<std::string> all;
    for (const PropertyName& known : edge_properties) {
      if (known.name == key.text) return known.property;
      all.emplace_back(known.name);
    }
    const std::string near = nearest_word(key.text, all);
    throw QueryError(key.place,
                     near.empty() ? fmt::format("relations have no property {}; they have {}",
                                                key.text, fmt::join(all, ", "))
                                  : fmt::format("relations have no property {}", key.text),
                     near);
  }

  void add_property_condition(std::size_t variable, const PropertyTest& test) {
    Expression property;
    property.op = Operator::property;
    property.place = test.key.place;
    property.text = test.key.text;
    property.arguments.push_back(reference(variable, test.key.place));
    Expression same;
    same.op = Operator::equal;
    same.place = test.key.place;
    same.arguments.push_back(std::move(property));
    same.arguments.push_back(test.value);
    bind_expression(same);
    add_condition(std::move(same));
  }

  void add_condition(Expression expression) {
    std::vector<std::size_t> needs;
    collect_needs(expression, plan_, needs);
    conditions_->push_back({std::move(expression), std::move(needs)});
  }

  void split(Expression expression) {
    if (expression.op != Operator::conjunction) return add_condition(std::move(expression));
    for (Expression& part : expression.arguments) split(std::move(part));
  }

  [[nodiscard]] std::vector<std::string> variable_names() const {
    std::vector<std::string> names;
    for (const Variable& variable : plan_.variables) {
      if (!variable.name.empty()) names.push_back(variable.name);
    }
    return names;
  }

  void bind_expression(Expression& expression) {
    if (expression.op == Operator::pattern) return bind_test(expression);
    // A reference that the binder made itself is bound.
    const bool made = expression.op == Operator::variable && expression.text.empty();
    if (expression.op == Operator::variable && !made) {
      const auto variable = find_variable(expression.text);
      if (!variable) {
        throw QueryError(expression.place, fmt::format("no {} is bound by MATCH", expression.text),
                         nearest_word(expression.text, variable_names()));
      }
      expression.slot = *variable;
      expression.kind = plan_.variables[*variable].kind;
    }
    for (Expression& argument : expression.arguments) bind_expression(argument);
    if (expression.op == Operator::property) bind_property(expression);
    if (expression.op == Operator::has_label) expression.types = types_of(expression.names);
    if (expression.op == Operator::call) bind_call(expression);
  }

  void bind_property(Expression& expression) const {
    const Expression& subject = expression.arguments[0];
    const Name key{expression.text, expression.place};
    bool edge = false;
    if (subject.op == Operator::variable) {
      if (subject.kind == VariableKind::edges || subject.kind == VariableKind::path) {
        throw QueryError(
            expression.place,
            fmt::format("{} is a {}, which has no properties", subject.text,
                        subject.kind == VariableKind::path ? "path" : "list of relations"));
      }
      edge = subject.kind == VariableKind::edge;
    } else if (subject.op != Operator::call || (subject.function != Function::start_node &&
                                                subject.function != Function::end_node)) {
      // Elements of lists: what they are shows when they are looked at.
      const bool of_edge = std::any_of(edge_properties.begin(), edge_properties.end(),
                                       [&](const auto& known) { return known.name == key.text; });
      const bool of_node = std::any_of(node_properties.begin(), node_properties.end(),
                                       [&](const auto& known) { return known.name == key.text; });
      edge = of_edge && !of_node;
    }
    expression.property = static_cast<std::uint8_t>(edge ? edge_property(key) : node_property(key));
  }

  void bind_call(Expression& expression) const {
    std::vector<std::string> names;
    for (const FunctionName& known : functions) {
      names.emplace_back(known.name);
      if (lower(known.name) != lower(expression.text)) continue;
      const std::size_t count = expression.arguments.size();
      if (count < known.least || count > known.most) {
        throw QueryError(expression.place,
                         fmt::format("{} takes {} {}, found {}", known.name, known.least,
                                     known.least == 1 ? "value" : "values", count));
      }
      expression.function = known.function;
      if (expression.distinct && !is_aggregate(expression)) {
        throw QueryError(expression.place, fmt::format("DISTINCT has no place in {}", known.name));
      }
      for (const Expression& argument : expression.arguments) {
        if (is_aggregate(expression) && holds_aggregate(argument)) {
          throw QueryError(argument.place, "count, collect and the like do not hold one another");
        }
      }
      return;
    }
    throw QueryError(expression.place, fmt::format("no function is called {}", expression.text),
                     nearest_word(expression.text, names));
  }

  void bind_test(Expression& expression) {
    const std::size_t number = expression.pattern;
    const auto before = std::exchange(conditions_, &bound_.test_conditions[number]);
    const PathPattern pattern = syntax_.tests[number];
    bind_path(pattern, syntax_.matches.size() + number, bound_.tests[number], &expression);
    conditions_ = before;
  }

  void return_everything() {
    for (std::size_t i = 0; i < plan_.variables.size(); ++i) {
      if (plan_.variables[i].name.empty()) continue;
      syntax_.items.push_back({reference(i, 0), plan_.variables[i].name});
    }
    if (syntax_.items.empty()) throw QueryError(0, "RETURN * needs a variable in the pattern");
  }

  /// ORDER BY names a column by its alias or repeats it; else it looks at the match itself.
  void bind_sort(SortItem& item) {
    Expression& expression = item.expression;
    if (expression.op == Operator::variable && !find_variable(expression.text)) {
      for (const ReturnItem& column : syntax_.items) {
        if (column.name == expression.text) {
          expression = column.expression;
          return;
        }
      }
      std::vector<std::string> names = variable_names();
      for (const ReturnItem& column : syntax_.items) names.push_back(column.name);
      throw QueryError(expression.place, fmt::format("no column is called {}", expression.text),
                       nearest_word(expression.text, names));
    }
    bind_expression(expression);
  }

  Syntax& syntax_;
  Indexes& indexes_;
  const Graph& graph_;
  Plan& plan_;
  Bound bound_;
  std::vector<Bound::Condition>* conditions_ = nullptr;
  std::vector<TestPlan> tests_;
};

}  // namespace

bool is_aggregate(const Expression& expression) {
  return expression.op == Operator::count_rows ||
         (expression.op == Operator::call && expression.function >= Function::count &&
          expression.function <= Function::avg);
}

bool holds_aggregate(const Expression& expression) {
  return is_aggregate(expression) ||
         std::any_of(expression.arguments.begin(), expression.arguments.end(), holds_aggregate);
}

void collect_needs(const Expression& expression, const Plan& plan,
                   std::vector<std::size_t>& needs) {
  const auto need = [&](std::size_t variable) {
    if (std::find(needs.begin(), needs.end(), variable) == needs.end()) needs.push_back(variable);
  };
  if (expression.op == Operator::variable) {
    if (expression.kind == VariableKind::path) {
      const PathPart& path = plan.paths[plan.variables[expression.slot].path];
      for (const std::size_t node : path.nodes) need(node);
      for (const std::size_t edge : path.edges) need(plan.edges[edge].variable);
    } else {
      need(expression.slot);
    }
  }
  for (const Expression& argument : expression.arguments) collect_needs(argument, plan, needs);
}

Bound bind(Syntax& syntax, Indexes& indexes, Plan& plan) {
  return Binder(syntax, indexes, plan).bind();
}

}  // namespace relata::query
