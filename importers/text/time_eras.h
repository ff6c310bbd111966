#pragma once
// Wars and periods of history that texts date by: "after the Second World War", "during the
// Crusades". Internal to the stage of time_expressions.h. Pure function, thread-safe; cost linear
// in the table.

#include <cstddef>
#include <span>
#include <string>

#include "importers/text/civil_date.h"

namespace relata::text {

/// First and last day of a period.
struct Era {
  CivilDate from;
  CivilDate to;
};

/// A period whose name stands at a position of a text.
struct NamedEra {
  Era era;
  std::size_t tokens = 0;  ///< length of the name; 0 when none stands there
  /// The name alone tells a time ("WWII"); others do so only behind a preposition of time ("during
  /// the Vietnam War", but "Vietnam War veterans").
  bool certain = false;
};

/// The longest name of a period that begins at `words[i]` (lower case).
NamedEra era_at(std::span<const std::string> words, std::size_t i);

}  // namespace relata::text
