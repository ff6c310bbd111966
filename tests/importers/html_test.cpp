// Pages as sites really build them: what is the article, and what the page says of it.

#include "importers/html.h"

#include <sstream>

#include <doctest/doctest.h>

#include "importers/importer.h"

using namespace relata;

namespace {

text::Document read(const std::string& bytes) {
  std::istringstream in(bytes);
  text::Document found;
  find_import_format("html")->make_text()->read(
      in, "f", {}, [&](text::Document&& document) { found = std::move(document); });
  return found;
}

const std::string first =
    "Dockworkers of Port Almara went on strike on Monday, their union said in a statement.";
const std::string second =
    "Police arrested forty of them near the gate, the Ministry of Transport confirmed on Tuesday.";
const std::string third =
    "President Solberg condemned the strike and called the leaders of the union to talks at once.";
const std::string fourth =
    "The company denied that ships were turned away, and Ostrava offered to take their cargo.";
const std::string all = first + "\n\n" + second + "\n\n" + third + "\n\n" + fourth;

std::string in(const std::string& element, const std::string& text) {
  return "<" + element + ">" + text + "</" + element.substr(0, element.find(' ')) + ">";
}
std::string each_in(const std::string& element) {
  return in(element, first) + in(element, second) + in(element, third) + in(element, fourth);
}

const std::string teasers =
    in("h3", "<a href=1>A mayor was sued over a bridge that fell down</a>") +
    in("p", "The mayor of another town was sued on Friday over a bridge that fell, a court said.") +
    in("h3", "<a href=2>A minister resigned over a loan from a friend</a>") +
    in("p", "The minister of another land resigned on Friday over a loan, her office announced.");

}  // namespace

TEST_CASE("a class speaks against an element only while the page's text is elsewhere") {
  const std::string body = in("div class='article-body paywall'", each_in("p"));
  CHECK(read("<html><body><div class='site has-sidebar comments-open'><h1>Strike in Almara</h1>" +
             body + "</div><div class=sidebar>" + in("p", second + second) + "</div></body></html>")
            .text == "Strike in Almara\n\n" + all);
  // A notice that is longer than the beginning of an article is still a notice.
  CHECK(read("<html><body><article><h1>Strike in Almara</h1>" + in("p", first) +
             "<div class=paywall-overlay>" + teasers + teasers + "</div></article></body></html>")
            .text == "Strike in Almara\n\n" + first);
}

TEST_CASE("all updates of a live page are read") {
  std::string updates;
  for (const std::string& text : {first, second, third, fourth}) {
    updates += "<div><article><time datetime=2025-03-04>09:10</time><div>" + in("p", text) +
               "</div><a>Share</a></article></div>";
  }
  const std::string text =
      read("<html><main><h1>Strike: live</h1><div>" + updates + "</div></main></html>").text;
  for (const std::string& update : {first, second, third, fourth}) {
    CHECK(text.find(update) != std::string::npos);
  }
  CHECK(text.find("Share") == std::string::npos);
}

TEST_CASE("lists, divisions and line breaks hold articles too") {
  CHECK(read("<html><nav><a href=1>Home</a></nav><article>" + in("p", first) +
             in("ul", in("li", second) + in("li", third) + in("li", fourth)) +
             "</article><section>" + teasers + "</section></html>")
            .text == all);
  CHECK(read("<html><div><div>" + each_in("div") + "</div><div>" + teasers + "</div></div></html>")
            .text == all);
  CHECK(read("<html><table><tr><td><a href=1>News</a><br><a href=2>Weather</a></td><td>" + first +
             "<br><br>" + second + "<br><br>" + third + "<br><br>" + fourth +
             "</td></tr></table></html>")
            .text == all);
}

TEST_CASE("a lead between heading and article belongs to it, labels of advertisements do not") {
  const std::string lead = "What is known of the strike of the dockworkers of Port Almara so far.";
  const std::string page = "<html><main><div><h1>Strike</h1></div><div>" + in("p", lead) +
                           "</div><div><a href=1>Ana Lind</a> <a href=2>Follow the author</a></div>"
                           "<div class=date>Mon 3 Mar 2025 10.00 Last modified on Tue 4 Mar "
                           "2025</div><div><div>" +
                           in("p", first) + in("p", "Advertisement") + in("p", second) +
                           in("p", third) + in("p", fourth) + "</div></div></main></html>";
  CHECK(read(page).text == "Strike\n\n" + lead + "\n\n" + all);
}

TEST_CASE("marks of notes, hidden text and quotes that repeat the text are left out") {
  CHECK(read("<html><article>" + in("p", first + "<sup><a href='#n1'>[1]</a></sup>") +
             in("blockquote class=pullquote", first) + in("p", second + "<sup>2</sup>") +
             in("p style='display: none'", first) + in("p", third) +
             in("p", "It takes 12 km<sup>2</sup> of land.") + "<ol class=footnotes>" +
             in("li", fourth + "<a role=doc-backlink href='#r'>x</a>") + "</ol></article></html>")
            .text == first + "\n\n" + second + "\n\n" + third + "\n\nIt takes 12 km2 of land.");
}

TEST_CASE("all authors are named, and entities left in the data undone") {
  const text::Metadata data =
      read(R"(<html><head><script type="application/ld+json">{"@type":["Thing","NewsArticle"],
"headline":"Strike &amp; talks","datePublished":"2025-03-04T08:00:00Z","author":[{"name":"Ana Lind"},
{"name":"Jo Roe"}],"publisher":{"name":"Herald"}}</script></head><body>)" +
           each_in("p") + "</body></html>")
          .metadata;
  CHECK(data.title == "Strike & talks");
  CHECK(data.author == "Ana Lind, Jo Roe");
  CHECK(data.outlet == "Herald");
}

TEST_CASE("date and author are found beside the article, not beside another one") {
  const std::string other = "<time datetime=2020-01-01>1 January 2020</time>";
  const text::Metadata seen =
      read("<html><body><header><div class=clock>" + other +
           "</div></header><div><div><h1>Strike</h1>"
           "<p class=byline>By <a rel=author href=1>Ana Lind</a></p><span "
           "class=published>Published: "
           "4 March 2025</span></div><div>" +
           each_in("p") + "</div></div><aside>" + other + "</aside></body></html>")
          .metadata;
  CHECK(seen.title == "Strike");
  CHECK(seen.author == "Ana Lind");
  CHECK(seen.date == "2025-03-04");
  const text::Metadata stated =
      read(
          "<html><body><div itemscope><h1 itemprop=headline>Strike in Almara</h1><span "
          "itemprop=author itemscope><a href=1><span itemprop=name>Ana Lind</span></a> writes on "
          "ports</span><span itemprop=datePublished content='2025-03-04T08:00'>today</span><div "
          "itemprop=articleBody>" +
          each_in("p") + "</div></div></body></html>")
          .metadata;
  CHECK(stated.title == "Strike in Almara");
  CHECK(stated.author == "Ana Lind");
  CHECK(stated.date == "2025-03-04");
}

TEST_CASE("the address is the one that a browser noted when the page states none") {
  const std::string saved =
      "<!DOCTYPE html>\n<!-- saved from url=(0024)https://h.example/strike -->\n";
  CHECK(read(saved + "<html><body>" + each_in("p") + "</body></html>").metadata.url ==
        "https://h.example/strike");
  CHECK(read(saved + "<html><head><link rel=canonical href='https://h.example/1'></head><body>" +
             each_in("p") + "</body></html>")
            .metadata.url == "https://h.example/1");
  CHECK(read("<!--\n Page saved with SingleFile \n url: https://h.example/2 \n-->\n<html><body>" +
             each_in("p") + "</body></html>")
            .metadata.url == "https://h.example/2");
}

TEST_CASE("a page saved as one file is read with its address") {
  const std::string head =
      "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://h.example/strike\r\nSubject: "
      "Strike\r\nDate: Fri, 7 Mar 2025 10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: "
      "multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"x\"\r\n\r\n";
  const std::string saved =
      head +
      "\r\n--x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
      "Content-Location: https://h.example/strike\r\n\r\n<html><head><meta "
      "charset=3D\"utf-8\"><title>Strike</title></head><body><nav><a>Home</a></nav><div><p>" +
      first + " Caf=C3=A9.</p><p>" + second +
      "</p></div></body></html>\r\n--x\r\nContent-Type: text/html\r\nContent-Location: "
      "cid:frame@mhtml.blink\r\n\r\n<p>An advertisement in a frame of its own, which is long.</p>"
      "\r\n--x--\r\n";
  CHECK(import_format_of("page", saved.substr(0, 4096))->name == "mhtml");
  std::istringstream in(saved);
  text::Document page;
  find_import_format("mhtml")->make_text()->read(
      in, "f", {}, [&](text::Document&& document) { page = std::move(document); });
  CHECK(page.text == "Strike\n\n" + first + " Caf\xC3\xA9.\n\n" + second);
  CHECK(page.metadata.url == "https://h.example/strike");
  CHECK(page.metadata.date == "");  // the day of saving is not the article's
}
