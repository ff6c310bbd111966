#pragma once
// Texts in a store: their facts are kept, and what joining over texts (importers/text/joining.h)
// decides of them is kept, too, so that a change decides anew on what it touches and on nothing
// else: names that the texts that come and go mention, what is joined to these, events that they
// tell of, reports that they copy. The result is what joining all texts at once gives. Only texts
// for which something new is decided get their rows written again.
//
// So a change takes time with what it touches: with the occurrences of names that stand for several
// things and of which the changed texts mention one, and with the texts of things that become
// others. Names that plainly mean one thing are kept as sums and take no time with their number.

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

/// A text as it was when its facts were read, without its sentences.
text::Document document_of(const Source& source, std::string words);

/// Joins the texts that came and went since the last time with all others, and writes the graphs of
/// those for which that changes something, on `threads` threads. Memory holds what a batch of them
/// makes, the occurrences of one name, the things that links tie into one group, the words of links
/// that go with texts, and some tens of bytes for each text that changes. `batch` of them are
/// decided on together, which makes no difference to the result. REQUIRES: between begin() and
/// commit(). Throws InputError for stored facts that are damaged or of another version of the
/// program.
void join_texts(Store& store, unsigned threads, std::size_t batch = 4096);

/// Store::check(), for each text whether its words and facts are those that were stored, and
/// whether all are joined as joining them at once gives. The last takes memory for the names and
/// events of all texts.
std::vector<std::string> check_case(const Store& store);

/// Opens a store and, when it was older, joins its texts as this version does.
Store open_case(const std::string& path, Database::Mode mode);

}  // namespace relata::store
