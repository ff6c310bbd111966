#pragma once
// Interned strings: each distinct string is stored once and named by a four-byte StringId. Views
// stay valid until the pool is destroyed or moved from. Interning is amortised O(length); look-up
// by id is O(1). Not safe for concurrent writes.

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "graph/id_table.h"
#include "graph/ids.h"

namespace relata {

class StringPool final {
 public:
  StringPool() = default;
  StringPool(StringPool&&) noexcept = default;
  StringPool& operator=(StringPool&&) noexcept = default;
  StringPool(const StringPool&) = delete;
  StringPool& operator=(const StringPool&) = delete;
  ~StringPool() = default;

  /// The id of `text`, stored when it is new.
  StringId intern(std::string_view text);

  /// The id of `text`, or an invalid id when it was never interned.
  [[nodiscard]] StringId find(std::string_view text) const;

  /// The same for many texts; several times as fast as one after the other where the pool is too
  /// large for the caches, since the waits for memory overlap. `ids` has the size of `texts`.
  void find(std::span<const std::string_view> texts, std::span<StringId> ids) const;

  /// The text of `id`; "" for an invalid id.
  [[nodiscard]] std::string_view view(StringId id) const {
    return id.valid() ? views_[id.value] : std::string_view();
  }

  [[nodiscard]] std::size_t size() const { return views_.size(); }

  /// Bytes held, index included.
  [[nodiscard]] std::size_t memory() const;

 private:
  static constexpr std::size_t block_bytes = std::size_t{1} << 18U;

  std::string_view store(std::string_view text);

  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t block_capacity_ = 0;
  std::size_t block_used_ = 0;
  std::size_t stored_bytes_ = 0;
  std::vector<std::string_view> views_;
  IdTable index_;
};

}  // namespace relata
