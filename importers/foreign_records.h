#pragma once
// Nodes and edges on their way from a reader to a ForeignGraph, many at a time: so that what is
// needed for one is fetched from memory while another is worked on, and so that reading and
// building can be done by two threads.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace relata {

class ForeignGraph;

/// What a field of a foreign node or edge tells, by its key without case.
enum class FieldRole : std::uint8_t {
  label,
  name,
  kind,
  type,
  aliases,
  relation,
  interaction,
  key,
  negated,
  modality,
  mood,
  weight,
  confidence,
  attribution,
  from,
  to,
  precision,
  quantity_min,
  quantity_max,
  quantity_unit,
  quantity_approximate,
  other,
};
FieldRole role_of(std::string_view key);

struct FieldView {
  FieldRole role = FieldRole::other;
  std::string_view key;
  std::string_view value;
};

/// A node or an edge with its fields. Made to be used again for another one, which then takes no
/// memory anew. Owns all but the keys of its fields.
class ForeignRecord final {
 public:
  void begin_node(std::string_view id);
  void begin_edge(std::string_view source, std::string_view target);
  /// `key` has to stay where it is as long as the record is in use.
  void add(FieldRole role, std::string_view key, std::string_view value);
  /// Where it stands in its source, for errors.
  void set_place(std::uint64_t line, std::uint64_t column);

  [[nodiscard]] bool is_edge() const { return is_edge_; }
  /// A node's id; an edge's source.
  [[nodiscard]] std::string_view id() const { return bytes().substr(0, id_size_); }
  [[nodiscard]] std::string_view target() const { return bytes().substr(id_size_, target_size_); }
  [[nodiscard]] std::size_t field_count() const { return fields_.size(); }
  [[nodiscard]] FieldView field(std::size_t i) const {
    const Field& field = fields_[i];
    return {field.role, field.key, bytes().substr(field.value, field.size)};
  }
  [[nodiscard]] std::string place() const;
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }

 private:
  struct Field {
    FieldRole role = FieldRole::other;
    std::string_view key;
    std::size_t value = 0;  // of bytes_
    std::size_t size = 0;
  };
  [[nodiscard]] std::string_view bytes() const { return bytes_; }
  void begin(bool is_edge, std::string_view id, std::string_view target);

  bool is_edge_ = false;
  std::string bytes_;  // id, target, values
  std::size_t id_size_ = 0;
  std::size_t target_size_ = 0;
  std::vector<Field> fields_;
  std::uint64_t line_ = 0;
  std::uint64_t column_ = 0;
};

/// Hands records on to a graph in the order in which they are put. A second thread does the
/// building when there are many of them and the machine has a core for it; a few batches of at most
/// about 1 MiB wait for it at a time. The result, and the error of an input that has several, do
/// not depend on it.
class RecordFeed final {
 public:
  /// `threads`: 1 builds within `put`.
  explicit RecordFeed(ForeignGraph& graph, unsigned threads = std::thread::hardware_concurrency());
  ~RecordFeed();
  RecordFeed(const RecordFeed&) = delete;
  RecordFeed& operator=(const RecordFeed&) = delete;

  /// Takes the record's contents and leaves another one to be used again. May throw what the graph
  /// throws for this or an earlier one.
  void put(ForeignRecord& record);
  /// Returns when the graph has all records. Call it also when reading has failed: throws what the
  /// graph throws for a record that was put.
  void finish();

 private:
  class Builder;
  void hand_over();

  ForeignGraph& graph_;
  unsigned threads_;
  std::vector<ForeignRecord> batch_;
  std::size_t count_ = 0;  // of batch_
  std::size_t bytes_ = 0;
  std::unique_ptr<Builder> builder_;
};

}  // namespace relata
