#pragma once
// Which encoding a text is in: what its byte-order mark says, else what its format states (as
// browsers read those names: WHATWG's Encoding Standard), else UTF-8 when its bytes are that, else
// what ICU's statistics of letters tell. A guess, a statement that does not fit the bytes and text
// that was encoded twice are told to `note`, so that nothing is read wrongly in silence. Pure
// functions, safe from any thread; linear in the length of the text.

#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>

#include "importers/importer.h"

namespace relata {

/// `bytes` as UTF-8. `stated` is the charset that the format states, "" for none; `is_markup`
/// leaves tags out of the statistics. Throws InputError for what is no text, or in no encoding that
/// can be told.
std::string decode_text(std::string bytes, const std::string& name, std::string_view stated,
                        const NoteSink& note, bool is_markup = false);

/// A stream of the text of `in` as UTF-8, for formats that are read piece by piece: passed through
/// when its first MiB is UTF-8, otherwise read as a whole (at most 1 GiB) and decoded as above.
/// Refers to `in`.
std::unique_ptr<std::istream> open_text(std::istream& in, const std::string& name,
                                        const NoteSink& note);

/// ICU's name of the charset of `bytes` by their statistics, "" when these do not suffice.
std::string detect_charset(std::string_view bytes, bool is_markup = false);

}  // namespace relata
