#pragma once
// What a text tells of itself in its first lines: the day of publication and the title.
// Conservative: only lines whose form leaves no doubt are read, and nothing that is already known
// is changed.
//
// Cost: reads at most the first lines of the text. No state; thread-safe.

#include "importers/text/document.h"

namespace relata::text {

/// Fills `document.metadata.date` from a date line ("Friday, August 21, 2015", "27 December 2024",
/// "Published: 2024-12-27", "By Jo Roe | May 3, 2021") or a dateline ("KYIV, Dec. 27, 2024 (Agency)
/// -"), and `document.metadata.title` from the first line when it is a headline of its own. Fields
/// that are not empty stay as they are.
void read_dateline(Document& document);

}  // namespace relata::text
