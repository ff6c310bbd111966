#pragma once
// Which relation a role noun or a modifier means, by who bears it and whose it is: the leader of a
// country, a minister who works for somebody, a parent company that owns. Refers to its arguments,
// which must outlive it.

#include <string>

#include "importers/text/entity.h"
#include "importers/text/knowledge.h"
#include "importers/text/participants.h"
#include "importers/text/syntax.h"

namespace relata::text {

/// What a country or body before or beside a noun says of it.
[[nodiscard]] std::string modifier_relation(const Entity& bearer, const Entity& owner,
                                            bool possessive);

class RoleRelations final {
 public:
  RoleRelations(const SyntaxView& tree, std::int32_t index, const Entities& entities,
                const ParticipantFinder& finder)
      : tree_(tree), index_(index), entities_(entities), finder_(finder) {}

  /// The relation that a role noun at `token` means between its bearer and its complement.
  /// By its name or that of its inverse; empty when it means none.
  [[nodiscard]] std::string of_role(const NounRole& role, std::int32_t bearer, std::int32_t token,
                                    std::int32_t complement) const;

 private:
  [[nodiscard]] const Entity* thing(std::int32_t index) const {
    return index < 0 ? nullptr : &entities_.entities[index];
  }
  /// "the French far-right leader", "a Kenyan opposition leader" does not lead the country.
  [[nodiscard]] bool leads_a_part(std::int32_t token, std::int32_t complement) const;
  /// Offices in somebody's service: minister, secretary, chief of staff.
  [[nodiscard]] bool serves(std::int32_t token) const;
  /// "deputy foreign minister"
  [[nodiscard]] bool is_deputy(std::int32_t token) const;

  const SyntaxView& tree_;
  std::int32_t index_;
  const Entities& entities_;
  const ParticipantFinder& finder_;
};

}  // namespace relata::text
