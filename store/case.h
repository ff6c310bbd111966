#pragma once
// Texts in a store: their facts are kept, and after every change all of them are joined anew
// (importers/text/joining.h), since a new text can tell that two names mean one person, or that
// they do not. Only texts for which joining decides something new get their rows written again.
// Joining looks at the names and events of all texts: its time grows with their number, while the
// rows, and with them the file, change only where the graph does.

#include <cstdint>
#include <string>
#include <vector>

#include "importers/text/document.h"
#include "importers/text/facts.h"
#include "store/store.h"

namespace relata::store {

/// Names a text by its words and what is known of it, its own name aside.
std::string content_hash(const text::Document& document);
/// Names a graph by all that it holds.
std::string content_hash(const Graph& graph);

/// The row of a text without a graph.
Source text_source(const text::Document& document);

/// What is kept of a text.
Content text_content(const text::Document& document, const text::DocumentFacts& facts);

/// Joins all texts of the store and writes the graphs of those for which that changes something,
/// on `threads` threads. REQUIRES: between begin() and commit(). Throws InputError for stored facts
/// that are damaged or of another version of the program.
void join_texts(Store& store, unsigned threads);

/// Store::check(), and for each text whether its words and facts are those that were stored.
std::vector<std::string> check_case(const Store& store);

/// Opens a store and, when it was older, joins its texts as this version does.
Store open_case(const std::string& path, Database::Mode mode);

}  // namespace relata::store
