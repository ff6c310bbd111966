#include "importers/text/segmenter.h"

#include <cstdint>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using relata::text::Document;
using relata::text::Sentence;

Document segmented(std::string text) {
  Document document;
  document.text = std::move(text);
  relata::text::segment(document);
  return document;
}

// Tokens with "|" between them, sentences with " || ".
std::string cut(const std::string& text) {
  std::string shown;
  for (const Sentence& sentence : segmented(text).sentences) {
    if (!shown.empty()) shown += " || ";
    for (std::size_t i = 0; i < sentence.tokens.size(); ++i) {
      if (i > 0) shown += '|';
      shown += sentence.tokens[i].form;
    }
  }
  return shown;
}

std::size_t sentence_count(const std::string& text) {
  return segmented(text).sentences.size();
}

// Every byte that is no white space lies in one token; tokens are in order.
void check_cover(const Document& document) {
  std::uint32_t at = 0;
  for (const Sentence& sentence : document.sentences) {
    REQUIRE(!sentence.tokens.empty());
    CHECK(sentence.tokens.size() <= relata::text::max_sentence_tokens);
    CHECK(sentence.bytes.begin == sentence.tokens.front().bytes.begin);
    CHECK(sentence.bytes.end == sentence.tokens.back().bytes.end);
    for (const auto& token : sentence.tokens) {
      REQUIRE(token.bytes.begin >= at);
      REQUIRE(token.bytes.end > token.bytes.begin);
      REQUIRE(token.bytes.end <= document.text.size());
      CHECK(token.form == document.bytes(token.bytes));
      CHECK(token.form.size() <= relata::text::max_token_bytes);
      at = token.bytes.end;
    }
  }
}

}  // namespace

TEST_CASE("clitics are tokens of their own") {
  CHECK(cut("They don't know what we'll do; I'm sure she'd've told Minsk's envoy.") ==
        "They|do|n't|know|what|we|'ll|do|;|I|'m|sure|she|'d|'ve|told|Minsk|'s|envoy|.");
}

TEST_CASE("curly apostrophes cut like straight ones") {
  CHECK(cut("It isn’t Oslo’s") == "It|is|n’t|Oslo|’s");
}

TEST_CASE("a plural genitive leaves its apostrophe") {
  CHECK(cut("the rebels' camp") == "the|rebels|'|camp");
}

TEST_CASE("words with an inner apostrophe stay whole") {
  CHECK(cut("O'Hara met the shi'ite cleric at ten o'clock") ==
        "O'Hara|met|the|shi'ite|cleric|at|ten|o'clock");
}

TEST_CASE("fused words are cut") {
  CHECK(cut("You cannot, I'm gonna, they wanna") == "You|can|not|,|I|'m|gon|na|,|they|wan|na");
}

TEST_CASE("hyphenated words are cut at the hyphen") {
  CHECK(cut("a 15-year-old in the Serbia-Kosovo talks") ==
        "a|15|-|year|-|old|in|the|Serbia|-|Kosovo|talks");
}

TEST_CASE("prefixes stay with their hyphen") {
  CHECK(cut("anti-tank and non-lethal aid by e-mail") == "anti-tank|and|non-lethal|aid|by|e-mail");
}

TEST_CASE("currency signs stand apart") {
  CHECK(cut("US$2,000, €5m, £3.50 and A$7") == "US$|2,000|,|€|5|m|,|£|3.50|and|A$|7");
}

TEST_CASE("per cent stands apart") {
  CHECK(cut("rose 4.5% in May") == "rose|4.5|%|in|May");
}

TEST_CASE("numbers keep their separators") {
  CHECK(cut("1,234,567 at 7:30 on 3/4/2011 or 2011-04-03") ==
        "1,234,567|at|7:30|on|3/4/2011|or|2011-04-03");
}

TEST_CASE("a comma between numbers that are no thousands is cut") {
  CHECK(cut("rooms 13,14 and 15") == "rooms|13|,|14|and|15");
}

TEST_CASE("units are cut off, ordinals and decades are not") {
  CHECK(cut("5km from the 21st in the 1990s at 6:15pm") ==
        "5|km|from|the|21st|in|the|1990s|at|6:15|pm");
}

TEST_CASE("ranges are three tokens") {
  CHECK(cut("10-12 people, 1995–98") == "10|-|12|people|,|1995|–|98");
}

TEST_CASE("telephone numbers stay whole") {
  CHECK(cut("call 555-010-4477 now") == "call|555-010-4477|now");
}

TEST_CASE("addresses stay whole without the mark behind them") {
  CHECK(cut("See https://example.org/a_b(c)?d=1, www.example.net. Mail x.y@mail.example.com!") ==
        "See|https://example.org/a_b(c)?d=1|,|www.example.net|. || Mail|x.y@mail.example.com|!");
}

TEST_CASE("bare host and file names stay whole") {
  CHECK(cut("from example.com and plan-2.pdf today") == "from|example.com|and|plan-2.pdf|today");
}

TEST_CASE("hashtags and handles stay whole") {
  CHECK(cut("#Peace by @envoy_1 is #1") == "#Peace|by|@envoy_1|is|#|1");
}

TEST_CASE("ellipses and doubled dashes are one token") {
  CHECK(cut("Well...he left--for now") == "Well|...|he|left|--|for|now");
}

TEST_CASE("dashes without blanks are tokens") {
  CHECK(cut("the army—or its rest—fled") == "the|army|—|or|its|rest|—|fled");
}

TEST_CASE("quotes and brackets are tokens") {
  CHECK(cut("(\"Fine,\" he said) [1]") == "(|\"|Fine|,|\"|he|said|)|[|1|]");
}

TEST_CASE("emoticons are one token") {
  CHECK(cut("Thanks :) bye ;-)") == "Thanks|:)|bye|;-)");
}

TEST_CASE("a colon before a closing bracket is no emoticon") {
  CHECK(cut("(as follows:)") == "(|as|follows|:|)");
}

TEST_CASE("years and elided words keep their leading apostrophe") {
  CHECK(cut("in '98 they caught 'em") == "in|'98|they|caught|'em");
}

TEST_CASE("company names with an ampersand stay whole") {
  CHECK(cut("R&D at AT&T") == "R&D|at|AT&T");
}

TEST_CASE("words joined by a slash are cut") {
  CHECK(cut("and/or w/o") == "and|/|or|w/o");
}

TEST_CASE("titles do not end a sentence") {
  CHECK(sentence_count("Gen. Ivanov met Mr. Lee and Dr. Roe. They talked.") == 2);
}

TEST_CASE("initials do not end a sentence") {
  CHECK(cut("Ann B. Cole won. J. R. Roe lost.") == "Ann|B.|Cole|won|. || J.|R.|Roe|lost|.");
}

TEST_CASE("acronyms keep their stops and end a sentence before an opening word only") {
  CHECK(cut("The U.S. Army left the U.S. The army stayed.") ==
        "The|U.S.|Army|left|the|U.S. || The|army|stayed|.");
}

TEST_CASE("a closing abbreviation gives its stop to the sentence") {
  CHECK(cut("He runs Foo Inc. in Rome. She runs Bar Inc. They met.") ==
        "He|runs|Foo|Inc.|in|Rome|. || She|runs|Bar|Inc|. || They|met|.");
}

TEST_CASE("months are abbreviations before a day") {
  CHECK(cut("On Sept. 5 and Dec. 6 it snowed.") == "On|Sept.|5|and|Dec.|6|it|snowed|.");
}

TEST_CASE("No. needs a number") {
  CHECK(cut("He is No. 2. Did he say no. Yes.") == "He|is|No.|2|. || Did|he|say|no|. || Yes|.");
}

TEST_CASE("academic degrees are one token") {
  CHECK(cut("a Ph.D. in law") == "a|Ph.D.|in|law");
}

TEST_CASE("decimals do not end a sentence") {
  CHECK(sentence_count("It rose 3.5 points. It fell 2.1.") == 2);
}

TEST_CASE("quotes and brackets behind the stop belong to the sentence") {
  CHECK(cut("\"We won.\" (They did.) “Good.” Then rain fell.") ==
        "\"|We|won|.|\" || (|They|did|.|) || “|Good|.|” || Then|rain|fell|.");
}

TEST_CASE("a question inside a quotation does not end the sentence of its speaker") {
  CHECK(sentence_count("\"Who did it?\" Major Roe asked. \"Nobody!\" she said.") == 2);
}

TEST_CASE("an ellipsis before a lower-case word goes on") {
  CHECK(sentence_count("They waited ... and waited. Nothing came.") == 2);
}

TEST_CASE("a missing blank after the stop is seen") {
  CHECK(cut("They ended the war.The treaty held.") == "They|ended|the|war|. || The|treaty|held|.");
}

TEST_CASE("an item's number opens its sentence") {
  CHECK(sentence_count("1. Open the gate.\n2. Close the gate.") == 2);
}

TEST_CASE("footnote marks belong to the sentence before them") {
  CHECK(cut("He died in 1971.[5] She lived.") == "He|died|in|1971|.|[|5|] || She|lived|.");
}

TEST_CASE("a line of its own is a sentence and, without a full stop, a headline") {
  const Document document = segmented("Rebels take the port\n\nRebels took the port on Monday.\n");
  REQUIRE(document.sentences.size() == 2);
  CHECK(document.sentences[0].headline);
  CHECK(!document.sentences[1].headline);
  CHECK(document.sentences[0].paragraph == 0);
  CHECK(document.sentences[1].paragraph == 1);
}

TEST_CASE("an item of a list is no headline") {
  for (const char* text : {"- Apples\n\nMore.", "• Apples\n\nMore.", "2. Apples\n\nMore.",
                           "b) Apples\n\nMore.", "(iv) Apples\n\nMore."}) {
    CHECK_FALSE(segmented(text).sentences[0].headline);
  }
}

TEST_CASE("states are abbreviations behind a comma, a hyphen or a bracket") {
  CHECK(cut("Rep. Roe, D-Calif., met Ann of Salem, Ore. in May.") ==
        "Rep.|Roe|,|D|-|Calif.|,|met|Ann|of|Salem|,|Ore.|in|May|.");
  CHECK(cut("They mined ore. It sold.") == "They|mined|ore|. || It|sold|.");
}

TEST_CASE("a line that ends in a colon is no headline") {
  CHECK(!segmented("The minister said:\nWe stay.").sentences[0].headline);
}

TEST_CASE("lines of wrapped text are joined") {
  const std::string text =
      "The two governments agreed on Monday to open the border for trucks\n"
      "that carry grain and medicine, a spokesman for the ministry told\n"
      "reporters in the capital. The crossing had been shut for more than\n"
      "a year after shells fell on a market near the bridge, killing nine.\n";
  CHECK(sentence_count(text) == 2);
  CHECK(segmented(text).sentences[0].tokens.back().form == ".");
}

TEST_CASE("a single line break inside a sentence is joined") {
  CHECK(sentence_count("The two governments agreed on Monday to open the border for\n"
                       "trucks that carry grain.\n") == 1);
}

TEST_CASE("lines of a list are not joined") {
  CHECK(sentence_count("Apples\nPears and plums\nQuinces\nA large basket of cherries") == 4);
}

TEST_CASE("a dateline is a sentence of its own") {
  CHECK(cut("RIGA, Latvia (XYZ) — Talks began.") == "RIGA|,|Latvia|(|XYZ|)|— || Talks|began|.");
  CHECK(cut("NEW DELHI - Talks began.") == "NEW|DELHI|- || Talks|began|.");
  CHECK(cut("AIX-EN-BRIE — Talks began.") == "AIX|-|EN|-|BRIE|— || Talks|began|.");
  CHECK(cut("Riga (AFP) – Talks began.") == "Riga|(|AFP|)|– || Talks|began|.");
  CHECK(cut("Riga, Latvia – Talks began.") == "Riga|,|Latvia|– || Talks|began|.");
  CHECK_FALSE(segmented("RIGA, Latvia (XYZ) — Talks began.").sentences[0].headline);
}

TEST_CASE("an aside between dashes is no dateline") {
  CHECK(sentence_count("NATO - the alliance - met.") == 1);
  CHECK(sentence_count("Ann Roe - The Singer - sang.") == 1);
  CHECK(sentence_count("Ann Roe (Greens) – The Singer – sang.") == 1);
}

TEST_CASE("a time of day ends a sentence before a name but not before a day or a zone") {
  CHECK(sentence_count("It fell at 5 p.m. Russia denied it.") == 2);
  CHECK(sentence_count("It fell at 5 p.m. Monday in the rain.") == 1);
  CHECK(sentence_count("It fell at 5 p.m. EST in the rain.") == 1);
}

TEST_CASE("an acronym behind a prefix keeps its stops") {
  CHECK(cut("the anti-U.S. mood of U.N.-backed talks") ==
        "the|anti-U.S.|mood|of|U.N.|-|backed|talks");
}

TEST_CASE("space_after tells white space in the text") {
  const Document document = segmented("Go (now).");
  const auto& tokens = document.sentences[0].tokens;
  REQUIRE(tokens.size() == 5);
  CHECK(tokens[0].space_after);
  CHECK(!tokens[1].space_after);
  CHECK(!tokens[4].space_after);
}

TEST_CASE("byte offsets survive characters of several bytes") {
  const Document document = segmented("Zoë’s café — “ça va”.");
  check_cover(document);
  CHECK(document.sentences[0].tokens[0].form == "Zoë");
}

TEST_CASE("byte order marks and zero width spaces are in no token") {
  CHECK(cut("\xEF\xBB\xBFHello\xE2\x80\x8B there") == "Hello|there");
}

TEST_CASE("text without words gives no sentences") {
  CHECK(segmented("").sentences.empty());
  CHECK(segmented(" \t\r\n\xC2\xA0\n").sentences.empty());
}

TEST_CASE("a long sentence is cut behind the best mark") {
  std::string text;
  for (int i = 0; i < 150; ++i) text += "word ";
  text += "; ";
  for (int i = 0; i < 150; ++i) text += "next ";
  const Document document = segmented(text);
  check_cover(document);
  REQUIRE(document.sentences.size() == 2);
  CHECK(document.sentences[0].tokens.back().form == ";");
}

TEST_CASE("a very long line without blanks ends and keeps its bytes") {
  for (const char* piece :
       {"x", "-", "a-", "1-", "a.", "no. ", "etc. The ", "\"", "1,", "é", "'s"}) {
    std::string text;
    while (text.size() < 200'000) text += piece;
    const Document document = segmented(text);
    check_cover(document);
    std::size_t covered = 0;
    std::size_t wanted = 0;
    for (const char c : text) wanted += c != ' ' ? 1 : 0;
    for (const Sentence& sentence : document.sentences) {
      for (const auto& token : sentence.tokens) covered += token.form.size();
    }
    CHECK(covered == wanted);
  }
}

TEST_CASE("broken UTF-8 is harmless") {
  const Document document = segmented("ab\xC3 \xE2\x82 \xFF\xFE cd\xF0\x9F");
  check_cover(document);
  CHECK(document.sentences.size() == 1);
}

TEST_CASE("random bytes never break the cover of the text") {
  std::uint64_t state = 12345;
  const auto random = [&state] {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::uint32_t>(state >> 33);
  };
  const std::string alphabet = "aB1.,'\"-?! \n()[]$%&@#/:;\xE2\x80\x99\xC3\xA9s";
  for (int round = 0; round < 300; ++round) {
    std::string text;
    const std::size_t length = random() % 400;
    for (std::size_t i = 0; i < length; ++i) {
      text += round % 2 == 0 ? static_cast<char>(random() & 0xFF)
                             : alphabet[random() % alphabet.size()];
    }
    check_cover(segmented(text));
  }
}

TEST_CASE("the same text gives the same sentences") {
  const std::string text = "Mr. Roe left. \"Why?\" she asked. It cost $5. No. 7 won.";
  CHECK(cut(text) == cut(text));
}
