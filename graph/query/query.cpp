#include "graph/query/query.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include <fmt/format.h>

#include "graph/query/matcher.h"

namespace relata::query {

namespace {

struct Before {
  bool operator()(const List& left, const List& right) const {
    return std::lexicographical_compare(
        left.begin(), left.end(), right.begin(), right.end(),
        [](const Value& a, const Value& b) { return order(a, b) < 0; });
  }
};

/// Counts what is held and refuses more than the limit.
class Memory final {
 public:
  explicit Memory(std::size_t limit) : limit_(limit) {}
  void take(const List& row) {
    std::size_t size = sizeof(List) + 64 + row.size() * sizeof(Value);
    for (const Value& value : row) size += value.held();
    take(size);
  }
  void take(std::size_t size) {
    held_ += size;
    if (held_ > limit_) {
      throw LimitError(
          fmt::format("the rows take more than the {} MB of memory that the query was given; "
                      "narrower conditions or LIMIT help",
                      limit_ >> 20U));
    }
  }
  void release_all() { held_ = 0; }

 private:
  std::size_t limit_;
  std::size_t held_ = 0;
};

/// The results so far of one function of rows over one group.
class Aggregate final {
 public:
  explicit Aggregate(const Expression& expression) : expression_(&expression) {}

  void add(Evaluator& evaluate, Memory& memory) {
    if (expression_->op == Operator::count_rows) {
      ++count_;
      return;
    }
    Value value = evaluate(expression_->arguments[0]);
    if (value.is_null()) return;
    if (expression_->distinct) {
      if (!seen_.insert(List{value}).second) return;
      memory.take(sizeof(Value) + 96 + value.held());
    }
    ++count_;
    switch (expression_->function) {
      case Function::collect:
        memory.take(2 * sizeof(Value) + value.held());
        values_.push_back(std::move(value));
        break;
      case Function::min:
        if (best_.is_null() || order(value, best_) < 0) best_ = std::move(value);
        break;
      case Function::max:
        if (best_.is_null() || order(value, best_) > 0) best_ = std::move(value);
        break;
      case Function::sum:
      case Function::avg:
        sum(value);
        break;
      default:
        break;
    }
  }

  [[nodiscard]] Value result() {
    switch (expression_->function) {
      case Function::collect:
        return Value::of(std::move(values_));
      case Function::min:
      case Function::max:
        return best_;
      case Function::sum:
        return whole_ ? Value::of(integer_) : Value::of(real_);
      case Function::avg:
        return count_ == 0 ? Value() : Value::of(real_ / static_cast<double>(count_));
      default:
        return Value::of(count_);
    }
  }

 private:
  void sum(const Value& value) {
    if (!value.is_number()) {
      throw QueryError(expression_->place,
                       fmt::format("expected numbers, found {}", value.type_name()));
    }
    real_ += value.number();
    if (value.integer() == nullptr) {
      whole_ = false;
    } else if (whole_ && __builtin_add_overflow(integer_, *value.integer(), &integer_)) {
      whole_ = false;
    }
  }

  const Expression* expression_;
  std::int64_t count_ = 0;
  List values_;
  Value best_;
  bool whole_ = true;
  std::int64_t integer_ = 0;
  double real_ = 0;
  std::set<List, Before> seen_;
};

bool same_expression(const Expression& left, const Expression& right) {
  if (left.op != right.op || left.function != right.function || left.slot != right.slot ||
      left.distinct != right.distinct || left.property != right.property ||
      left.arguments.size() != right.arguments.size() || left.types != right.types ||
      left.pattern != right.pattern) {
    return false;
  }
  if ((left.op == Operator::property || left.op == Operator::call) && left.text != right.text) {
    return false;
  }
  if (left.op == Operator::literal && order(left.value, right.value) != 0) return false;
  return std::equal(left.arguments.begin(), left.arguments.end(), right.arguments.begin(),
                    same_expression);
}

/// Gives every aggregate in `expression` its slot, and refuses variables beside aggregates: which
/// row of a group would they be of?
void number_aggregates(Expression& expression, std::vector<const Expression*>& aggregates) {
  if (is_aggregate(expression)) {
    expression.slot = aggregates.size();
    aggregates.push_back(&expression);
    return;
  }
  if (expression.op == Operator::variable) {
    throw QueryError(expression.place,
                     fmt::format("{} stands beside count, collect or the like; return it as a "
                                 "column of its own",
                                 expression.text));
  }
  for (Expression& argument : expression.arguments) number_aggregates(argument, aggregates);
}

}  // namespace

struct Query::Parts {
  Syntax syntax;
  Plan plan;
  Bound bound;
  const Graph* graph = nullptr;
  std::vector<std::string> columns;
  std::vector<const Expression*> aggregates;
  bool grouped = false;
  /// For each part of ORDER BY the column that it repeats, or -1 where it looks at the match.
  std::vector<std::ptrdiff_t> sort_columns;

  void settle_columns();
  void run(const Limits& limits, const RowTaker& take) const;
};

void Query::Parts::settle_columns() {
  for (ReturnItem& item : syntax.items) {
    if (std::find(columns.begin(), columns.end(), item.name) != columns.end()) {
      throw QueryError(
          item.expression.begin,
          fmt::format("two columns are called {}; name one of them with AS", item.name));
    }
    columns.push_back(item.name);
    grouped = grouped || holds_aggregate(item.expression);
  }
  for (const SortItem& item : syntax.order) {
    std::ptrdiff_t column = -1;
    for (std::size_t i = 0; i < syntax.items.size() && column < 0; ++i) {
      if (same_expression(syntax.items[i].expression, item.expression)) {
        column = static_cast<std::ptrdiff_t>(i);
      }
    }
    if (column < 0 && (grouped || syntax.distinct || holds_aggregate(item.expression))) {
      throw QueryError(item.expression.place,
                       "rows that are grouped or distinct are ordered by their columns alone");
    }
    sort_columns.push_back(column);
  }
  for (ReturnItem& item : syntax.items) {
    if (holds_aggregate(item.expression)) number_aggregates(item.expression, aggregates);
  }
}

namespace {

/// Takes rows as they come: drops repeated ones, orders, skips, ends.
class Output final {
 public:
  Output(const Syntax& syntax, const std::vector<std::ptrdiff_t>& sort_columns, Memory& memory,
         const RowTaker& take)
      : syntax_(syntax), sort_columns_(sort_columns), memory_(memory), take_(take) {
    if (syntax.limit) most_ = syntax.skip + std::min<std::uint64_t>(*syntax.limit, ~syntax.skip);
  }

  [[nodiscard]] bool done() const { return syntax_.limit && *syntax_.limit == 0; }

  /// `sort_value(i)`: the value of part i of ORDER BY, where that is no column.
  bool add(List row, const std::function<Value(std::size_t)>& sort_value) {
    if (syntax_.distinct) {
      if (!seen_.insert(row).second) return true;
      memory_.take(row);
    }
    if (syntax_.order.empty()) return pass(row);
    List keys;
    for (std::size_t i = 0; i < sort_columns_.size(); ++i) {
      keys.push_back(sort_columns_[i] < 0 ? sort_value(i)
                                          : row[static_cast<std::size_t>(sort_columns_[i])]);
    }
    memory_.take(row);
    memory_.take(keys);
    waiting_.push_back({std::move(keys), std::move(row), waiting_number_++});
    // With a limit only the first rows matter: the others go when there are twice as many.
    if (most_ && waiting_.size() >= 2 * std::max<std::uint64_t>(*most_, 512)) shorten();
    return true;
  }

  void finish() {
    if (syntax_.order.empty()) return;
    sort(waiting_.size());
    for (const Waiting& row : waiting_) {
      if (!pass(row.row)) break;
    }
  }

 private:
  struct Waiting {
    List keys;
    List row;
    std::uint64_t number;
  };

  bool pass(const List& row) {
    if (passed_++ < syntax_.skip) return true;
    if (!take_(row)) return false;
    return !most_ || passed_ < *most_;
  }

  [[nodiscard]] bool earlier(const Waiting& left, const Waiting& right) const {
    for (std::size_t i = 0; i < left.keys.size(); ++i) {
      const auto ordering = order(left.keys[i], right.keys[i]);
      if (ordering != 0) return syntax_.order[i].descending ? ordering > 0 : ordering < 0;
    }
    return left.number < right.number;
  }

  void sort(std::size_t count) {
    std::partial_sort(
        waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(count), waiting_.end(),
        [this](const Waiting& left, const Waiting& right) { return earlier(left, right); });
  }

  void shorten() {
    sort(*most_);
    waiting_.resize(*most_);
    memory_.release_all();
    for (const Waiting& row : waiting_) {
      memory_.take(row.row);
      memory_.take(row.keys);
    }
  }

  const Syntax& syntax_;
  const std::vector<std::ptrdiff_t>& sort_columns_;
  Memory& memory_;
  const RowTaker& take_;
  std::optional<std::uint64_t> most_;
  std::uint64_t passed_ = 0;
  std::uint64_t waiting_number_ = 0;
  std::set<List, Before> seen_;
  std::vector<Waiting> waiting_;
};

}  // namespace

void Query::Parts::run(const Limits& limits, const RowTaker& take) const {
  Memory memory(limits.memory);
  Matcher matcher(*graph, plan, limits);
  Evaluator& evaluate = matcher.evaluate();
  Output output(syntax, sort_columns, memory, take);
  if (output.done()) return;
  if (!grouped) {
    matcher.run([&] {
      List row;
      for (const ReturnItem& item : syntax.items) row.push_back(evaluate(item.expression));
      return output.add(std::move(row),
                        [&](std::size_t i) { return evaluate(syntax.order[i].expression); });
    });
    return output.finish();
  }
  struct Group {
    List keys;
    std::vector<Aggregate> aggregates;
  };
  std::vector<Group> groups;  // in the order in which they came up
  std::map<List, std::size_t, Before> numbers;
  const auto group_of = [&](List keys) -> Group& {
    const auto [place, is_new] = numbers.try_emplace(keys, groups.size());
    if (is_new) {
      memory.take(keys);
      memory.take(keys);
      memory.take(aggregates.size() * sizeof(Aggregate));
      Group group{std::move(keys), {}};
      for (const Expression* aggregate : aggregates) group.aggregates.emplace_back(*aggregate);
      groups.push_back(std::move(group));
    }
    return groups[place->second];
  };
  bool keyed = false;
  for (const ReturnItem& item : syntax.items) keyed = keyed || !holds_aggregate(item.expression);
  if (!keyed) group_of({});  // count(*) of nothing is 0
  matcher.run([&] {
    List keys;
    for (const ReturnItem& item : syntax.items) {
      if (!holds_aggregate(item.expression)) keys.push_back(evaluate(item.expression));
    }
    for (Aggregate& aggregate : group_of(std::move(keys)).aggregates) {
      aggregate.add(evaluate, memory);
    }
    return true;
  });
  for (Group& group : groups) {
    std::vector<Value> results;
    for (Aggregate& aggregate : group.aggregates) results.push_back(aggregate.result());
    evaluate.use_results(&results);
    List row;
    std::size_t key = 0;
    for (const ReturnItem& item : syntax.items) {
      row.push_back(holds_aggregate(item.expression) ? evaluate(item.expression)
                                                     : group.keys[key++]);
    }
    if (!output.add(std::move(row), [](std::size_t) { return Value(); })) break;
  }
  output.finish();
}

Query::Query(std::string_view text, Indexes& indexes) : parts_(std::make_unique<Parts>()) {
  parts_->syntax = parse(text);
  parts_->graph = &indexes.graph();
  parts_->bound = bind(parts_->syntax, indexes, parts_->plan);
  parts_->settle_columns();
  make_plan(parts_->bound, indexes, parts_->plan);
}

Query::~Query() = default;
Query::Query(Query&&) noexcept = default;
Query& Query::operator=(Query&&) noexcept = default;

const std::vector<std::string>& Query::columns() const {
  return parts_->columns;
}

const std::vector<std::string>& Query::notes() const {
  return parts_->bound.notes;
}

void Query::run(const Limits& limits, const RowTaker& take) {
  parts_->run(limits, take);
}

bool Query::has_open_way() const {
  const auto& edges = parts_->plan.edges;
  return std::any_of(edges.begin(), edges.end(), [](const EdgePart& part) { return part.open; });
}

std::string Query::explain() const {
  const Plan& plan = parts_->plan;
  const auto name = [&](std::size_t variable) {
    const std::string& written = plan.variables[variable].name;
    return written.empty() ? fmt::format("_{}", variable) : written;
  };
  std::string text;
  for (const Step& step : plan.steps) {
    const EdgePart* part = step.kind == StepKind::scan_nodes || step.kind == StepKind::check
                               ? nullptr
                               : &plan.edges[step.edge];
    std::string what;
    switch (step.kind) {
      case StepKind::scan_nodes:
        what = fmt::format("take {} {}", step.chosen ? "nodes of an index as" : "all nodes as",
                           name(step.node));
        break;
      case StepKind::scan_edges:
        what = fmt::format("take the edges of a relation as {}, from {} to {}",
                           name(part->variable), name(part->left), name(part->right));
        break;
      case StepKind::expand:
        what = fmt::format("walk {} from {} to {}", name(part->variable),
                           name(step.backwards ? part->right : part->left),
                           name(step.backwards ? part->left : part->right));
        break;
      case StepKind::join:
        what = fmt::format("look for {} between {} and {}", name(part->variable), name(part->left),
                           name(part->right));
        break;
      case StepKind::check:
        what = "check";
        break;
    }
    if (part != nullptr && part->many) {
      what += fmt::format(", {} to {} steps", part->least, part->most);
    }
    if (!step.conditions.empty()) {
      what += fmt::format("; {} {}", step.conditions.size(),
                          step.conditions.size() == 1 ? "condition" : "conditions");
    }
    text += fmt::format("{} (about {:.0f})\n", what, step.estimate);
  }
  return text;
}

}  // namespace relata::query
