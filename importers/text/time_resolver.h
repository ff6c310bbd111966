#pragma once
// Anchors recognised expressions of time to the calendar. Internal to the stage of
// time_expressions.h. Thread-safe; constant cost.

#include "importers/text/time_expressions.h"
#include "importers/text/time_patterns.h"

namespace relata::text {

/// What the clause around an expression tells of. `present` is the habit or state of a finite verb
/// in the present tense ("the rains come in May").
enum class ClauseTense : std::uint8_t { past, present, future };

/// TIMEX3 value and interval of `found`. Reads `context`, does not change it.
TimeExpression resolve_time(const FoundTime& found, ClauseTense tense, const TimeContext& context);

}  // namespace relata::text
