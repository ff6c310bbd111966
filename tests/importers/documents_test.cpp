// Documents of word processors, books, PDF and Markdown.

#include <doctest/doctest.h>

#include "importers/isolated.h"
#include "importers/page_text.h"
#include "tests/importers/packed.h"
#include "tests/importers/reading.h"

using namespace relata;
using namespace relata::tests;

namespace {

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::string word(const std::string& text) {
  return "<w:p><w:r><w:t xml:space=\"preserve\">" + text + "</w:t></w:r></w:p>";
}

}  // namespace

TEST_CASE("a Word document's running text and data are read") {
  const Reading reading = read_as(
      "docx",
      docx_of("<w:p><w:r><w:t>Dock</w:t></w:r><w:r><w:t>workers &amp; </w:t></w:r><w:r><w:t>others"
              "</w:t><w:tab/><w:t>struck.</w:t></w:r></w:p>" +
              word("") + "<w:tbl><w:tr><w:tc>" + word("Cell one") + "</w:tc><w:tc>" +
              word("Cell two") + "</w:tc></w:tr></w:tbl>"));
  CHECK(reading.error == "");
  REQUIRE(reading.articles.size() == 1);
  CHECK(reading.articles[0].text == "Dockworkers & others struck.\n\nCell one\n\nCell two");
  CHECK(reading.articles[0].metadata.title == "Strike");
  CHECK(reading.articles[0].metadata.author == "Ana Lind");
  CHECK(reading.articles[0].metadata.date == "2025-03-04");
}

TEST_CASE("what a Word document no longer says, or says twice, is left out") {
  const Reading reading = read_as(
      "docx",
      docx_of("<w:p><w:r><w:t>Kept</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r>"
              "</w:del><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom><w:r><w:instrText>"
              "PAGE</w:instrText></w:r></w:p><mc:AlternateContent><mc:Choice>" +
              word("Box") + "</mc:Choice><mc:Fallback>" + word("Box") +
              "</mc:Fallback></mc:AlternateContent>"));
  CHECK(reading.articles.at(0).text == "Kept\n\nBox");
}

TEST_CASE("an OpenDocument text's running text and data are read") {
  const Reading reading = read_as(
      "odt",
      odt_of(
          "<text:tracked-changes><text:deletion><text:p>gone</text:p></text:deletion>"
          "</text:tracked-changes><text:h>Heading</text:h><text:p>One<text:s/>two <text:span>three"
          "</text:span><text:note><text:note-body><text:p>note</text:p></text:note-body>"
          "</text:note>.</text:p><text:list><text:list-item><text:p>Item</text:p>"
          "</text:list-item></text:list>"));
  CHECK(reading.error == "");
  REQUIRE(reading.articles.size() == 1);
  CHECK(reading.articles[0].text == "Heading\n\nOne two three.\n\nItem");
  CHECK(reading.articles[0].metadata.author == "Ana Lind");
  CHECK(reading.articles[0].metadata.date == "2025-03-04");
  CHECK(reading.articles[0].metadata.language == "en-GB");
}

TEST_CASE("a book is read chapter by chapter") {
  const Reading reading =
      read_as("epub", epub_of({{"one.xhtml", "<h1>One</h1><p>First &amp; last.</p>"},
                               {"empty.xhtml", ""},
                               {"two.xhtml", "<p>Second chapter.</p>"}}));
  CHECK(reading.error == "");
  REQUIRE(reading.articles.size() == 2);
  CHECK(reading.articles[0].id == "file/OEBPS/one.xhtml");
  CHECK(reading.articles[0].text == "One\n\nFirst & last.");
  CHECK(reading.articles[1].metadata.title == "The book");
  CHECK(reading.articles[1].metadata.outlet == "Herald Press");
  CHECK(reading.articles[1].metadata.date == "2025-03-04");
}

TEST_CASE("empty elements of a book do not swallow what follows") {
  const Reading reading = read_as(
      "epub",
      epub_of({{"one.xhtml", "<title/><p><a id=\"p1\"/>First words of the page.<br/>More.</p>"}}));
  CHECK(reading.articles.at(0).text == "First words of the page.\n\nMore.");
}

TEST_CASE("documents that are broken are told with the member") {
  CHECK(has(read_as("docx", "no zip").error, "expected a ZIP"));
  CHECK(has(read_as("docx", zip_of({{"a.txt", "x"}})).error, "expected a Word document"));
  CHECK(has(read_as("docx", docx_of("<w:p>")).error, "file/word/document.xml, line 1, column"));
  CHECK(has(read_as("odt", odt_of("</text:p>")).error, "file/content.xml, line 1, column"));
  CHECK(has(read_as("odt", zip_of({{"x", "y"}})).error, "without content.xml"));
  CHECK(has(read_as("odt", zip_of({{"content.xml", "<a/>"}})).error, "another kind of file"));
  CHECK(has(read_as("epub", zip_of({{"x", "y"}})).error, "META-INF/container.xml"));
  CHECK(has(read_as("epub", epub_of({})).error, "found none"));
  CHECK(has(read_as("docx", docx_of("")).error, "found none"));
  const std::string whole = docx_of(word("Text."));
  CHECK(has(read_as("docx", whole.substr(0, whole.size() / 2)).error, "file"));
}

TEST_CASE("entities are not expanded in documents") {
  const std::string bomb =
      "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><x>&b;</x>";
  CHECK(has(read_as("odt", zip_of({{"content.xml", bomb}})).error, "file/content.xml, line 1"));
  CHECK(has(read_as("epub", zip_of({{"META-INF/container.xml", bomb}})).error, "entities"));
}

TEST_CASE("a PDF's text, title, author and date are read") {
  const Reading reading = read_as(
      "pdf", pdf_of({{"Dockworkers strike in Almara", "",
                      "The dockworkers of Port Almara went on strike on Monday after their un-",
                      "ion and the ministry had failed to agree on wages. The office of the",
                      "mayor did not comment."}}));
  CHECK(reading.error == "");
  REQUIRE(reading.articles.size() == 1);
  CHECK(reading.articles[0].text ==
        "Dockworkers strike in Almara\n\nThe dockworkers of Port Almara went on strike on Monday "
        "after their union and the ministry had failed to agree on wages. The office of the mayor "
        "did not comment.");
  CHECK(reading.articles[0].metadata.title == "Strike");
  CHECK(reading.articles[0].metadata.author == "Ana Lind");
  CHECK(reading.articles[0].metadata.date == "2025-03-04");
}

TEST_CASE("a PDF without text and a broken one are told") {
  CHECK(has(read_as("pdf", pdf_of({{}})).error, "character recognition"));
  CHECK(has(read_as("pdf", "no pdf").error, "expected a PDF, which begins with %PDF"));
  CHECK(has(read_as("pdf", "%PDF-1.4\nnothing of it").error, "file: "));
  const std::string whole = pdf_of({{"Text."}});
  CHECK(read_as("pdf", whole.substr(0, whole.size() / 3)).error.starts_with("file: "));
}

TEST_CASE("running heads and page numbers of pages are left out") {
  std::vector<std::string> pages;
  for (int i = 1; i <= 4; ++i) {
    pages.push_back("The Coast Herald\n\nSentence number " +
                    std::string(1, static_cast<char>('A' + i)) +
                    " of the story ends here.\n\nPage " + std::to_string(i) + " of 4\n");
  }
  const std::string text = join_pages(pages);
  CHECK_FALSE(has(text, "Herald"));
  CHECK_FALSE(has(text, "Page"));
  CHECK(has(text, "Sentence number B of the story ends here.\n\nSentence number C"));
}

TEST_CASE("lines of pages become paragraphs") {
  CHECK(
      join_pages(
          {"A line that is long enough to fill the width of all\nof them and goes on.\nA new "
           "paragraph that is long enough to fill it too\nand ends.\n"}) ==
      "A line that is long enough to fill the width of all of them and goes on.\n\nA new paragraph "
      "that is long enough to fill it too and ends.");
  CHECK(join_pages(
            {"The long-term plan of the govern-\nment and its long-\nterm cost are e\xEF\xAC\x83"
             "cient.\n"}) ==
        "The long-term plan of the government and its long-term cost are efficient.");
  CHECK(join_pages({"A sentence goes on\n", "over the page.\n"}) ==
        "A sentence goes on over the page.");
  CHECK(join_pages({}) == "");
}

TEST_CASE("work in a process of its own may crash, loop or flood") {
  const auto failure = [](const std::function<void(const IsolatedSink&)>& work) {
    try {
      return "read: " + run_isolated(work, "file", "it failed", 1 << 20);
    } catch (const InputError& error) {
      return std::string(error.what());
    }
  };
  CHECK(failure([](const IsolatedSink& sink) {
          sink("a");
          sink("b");
        }) == "read: ab");
  CHECK(failure([](const IsolatedSink& sink) {
          sink("a");
          std::_Exit(0);
        }) == "file: it failed: it is broken, or needs more than 2 GiB of memory");
  CHECK(failure([](const IsolatedSink&) { throw std::runtime_error("told"); }) == "file: told");
  CHECK(has(failure([](const IsolatedSink& sink) {
              while (true) sink(std::string(1 << 16, 'x'));
            }),
            "more than 1 MiB"));
}

TEST_CASE("Markdown is stripped to its text") {
  const Reading reading =
      read_as("markdown",
              "---\ntitle: \"Strike: day two\"\ndate: 2025-03-04\nauthor: Ana Lind\n---\n# Dockers "
              "*strike*\n\n"
              "The **union** of [Port Almara](https://h.example) said\nit would go on &amp; on.\n\n"
              "![A picture](x.png)\n\n- First\n- Second\n\n```\ncode()\n```\n\n<div>html</div>\n\n"
              "| Name | Role |\n|---|---|\n| Jo | mayor |\n");
  CHECK(reading.error == "");
  REQUIRE(reading.articles.size() == 1);
  CHECK(
      reading.articles[0].text ==
      "Dockers strike\n\nThe union of Port Almara said it would go on & on.\n\nFirst\n\nSecond\n\n"
      "Name Role\n\nJo mayor");
  CHECK(reading.articles[0].metadata.title == "Strike: day two");
  CHECK(reading.articles[0].metadata.date == "2025-03-04");
  CHECK(reading.articles[0].metadata.author == "Ana Lind");
  CHECK(read_as("markdown", "---\n\nA rule at the top.\n").articles.at(0).text ==
        "A rule at the top.");
  CHECK(has(read_as("markdown", "").error, "found none"));
}

TEST_CASE("the day when a document was made is its date only when nobody tells another one") {
  const Reading dated =
      read_as("docx", docx_of(word("Strike in Almara") + word("Tuesday, 25 February 2025") +
                              word("Dockworkers of Port Almara went on strike on Monday.")));
  REQUIRE(dated.articles.size() == 1);
  CHECK(dated.articles[0].metadata.date == "2025-02-25");
  CHECK(dated.articles[0].metadata.title == "Strike");
  ImportOptions options;
  options.metadata.date = "2025-01-31";
  const Reading told = read_as(
      "docx", docx_of(word("Dockworkers of Port Almara went on strike on Monday.")), options);
  REQUIRE(told.articles.size() == 1);
  CHECK(told.articles[0].metadata.date == "2025-01-31");
}

TEST_CASE("marks of lists part the lines of a page and are no text") {
  CHECK(join_pages({"What is known so far:\n\xE2\x80\xA2 The port is closed\n\xE2\x80\xA2\nShips "
                    "were turned "
                    "away\n\xEF\x82\xB7 Nobody was hurt in the port\nor in the town"}) ==
        "What is known so far:\n\nThe port is closed\n\nShips were turned away\n\nNobody was hurt "
        "in the "
        "port or in the town");
}

TEST_CASE("documents that are no plain text are refused by what they are") {
  CHECK(has(read_as("text", "{\\rtf1\\ansi Putin met Kim.}").error, "Rich Text Format"));
  CHECK(has(read_as("text", "\xD0\xCF\x11\xE0\xA1\xB1").error, "Word 97"));
  CHECK(has(read_as("text", "<?xml version=\"1.0\"?>\n<office:document xmlns:office=\"o\"/>").error,
            "flat OpenDocument"));
  CHECK(read_as("text", "Rich text {\\rtf is a format.").error == "");
}
