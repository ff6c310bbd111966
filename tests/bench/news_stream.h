#pragma once
// A stream of made-up news for benchmarks of stores: texts of about 300 words with the facts that
// the reader would read off them. Names are drawn as news draws them: a few are in every tenth
// text, most in few; the number of different names grows with the texts. Persons share surnames,
// some texts give the surname alone, bodies have acronyms, places are known to the gazetteer, and a
// text in twenty is a near copy of another one.

#include <cstdint>
#include <string>

#include "tests/store/text_composer.h"

/// Text `i` of the stream; the same number gives the same text. Thread-safe.
SampleText news_text(std::uint64_t i);

/// "news/0000017.txt".
std::string news_name(std::uint64_t i);
