#pragma once
// Documents as CoNLL-U and back. The ten columns are those of the standard; what it has no column
// for (names, mentions, predicates with arguments, byte ranges, probabilities) stands in MISC under
// keys that docs/conllu_format.md lists, so that any reader of CoNLL-U takes the file. Writing and
// reading again gives the same document. No state; time and memory linear in the text.

#include <iosfwd>
#include <string>
#include <vector>

#include "importers/text/document.h"

namespace relata::text {

/// Writes `document` with a "# newdoc" line; several documents may follow one another in a stream.
void write_conllu(std::ostream& out, const Document& document);

/// Reads all documents of a stream: those that write_conllu wrote, with everything in them, or any
/// treebank in CoNLL-U, whose text is put together from "# text" (or from forms and SpaceAfter),
/// sentences parted by a space and paragraphs by an empty line. Empty nodes and enhanced
/// dependencies are left out; a multiword token's bytes are shared out among its words. A document
/// without id is called `source`, with "#2" and so on appended to later ones. Throws InputError
/// naming `source` and the line.
std::vector<Document> read_conllu(std::istream& in, const std::string& source);

}  // namespace relata::text
