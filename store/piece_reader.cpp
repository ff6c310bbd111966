#include "store/piece_reader.h"

#include <algorithm>
#include <tuple>

#include "store/values.h"

namespace relata::store {

namespace {

TextSpan span_of(const Statement& row, int column) {
  return {static_cast<std::uint32_t>(row.integer(column)),
          static_cast<std::uint32_t>(row.integer(column + 1))};
}

}  // namespace

Modality PieceReader::stated(const Statement& row) const {
  return enum_of(row.integer(2), Modality::possible, database_);
}

void PieceReader::add(const Statement& row, GraphBuilder::EdgeHandle edge) {
  Quantity quantity;
  if (!row.null(18)) {
    quantity.min = row.real(18);
    quantity.max = row.real(19);
    quantity.approximate = row.integer(20) != 0;
    quantity.known = true;
    if (!row.null(21)) quantity.unit = builder_.intern(row.text(21));
  }
  const NodeId speaker = row.null(8) ? NodeId() : lookup_.node(row.integer(8));
  const Mood mood = enum_of(row.integer(4), Mood::questioned, database_);
  if (row.null(1)) {
    stated_.emplace_back(edge, GraphBuilder::EdgeValues{static_cast<float>(row.real(6)),
                                                        static_cast<float>(row.real(7)),
                                                        time_of(row, 15), quantity, speaker, mood});
    return;
  }
  Evidence evidence;
  evidence.sentence = lookup_.sentence(row.integer(1));
  evidence.trigger = span_of(row, 9);
  evidence.source = span_of(row, 11);
  evidence.target = span_of(row, 13);
  evidence.attribution = speaker;
  evidence.time = time_of(row, 15);
  evidence.quantity = quantity;
  if (!row.null(22)) evidence.rule = builder_.intern(row.text(22));
  evidence.confidence = static_cast<float>(row.real(6));
  evidence.modality = enum_of(row.integer(3), Modality::possible, database_);
  evidence.mood = mood;
  evidence.strength = enum_of(row.integer(5), Strength::accused, database_);
  builder_.add_evidence(edge, evidence);
}

void PieceReader::finish() {
  const auto text = [&](StringId id) {
    return id.valid() ? builder_.text(id) : std::string_view();
  };
  std::stable_sort(stated_.begin(), stated_.end(), [&](const Stated& left, const Stated& right) {
    const auto rank = [&](const Stated& stated) {
      const GraphBuilder::EdgeValues& values = stated.second;
      return std::tuple(stated.first.id, values.confidence, values.weight, values.time,
                        values.quantity.known, values.quantity.min, values.quantity.max,
                        values.quantity.approximate, text(values.quantity.unit), values.mood);
    };
    return rank(left) < rank(right);
  });
  for (const auto& [edge, values] : stated_) builder_.set_values(edge, values);
  stated_.clear();
}

}  // namespace relata::store
