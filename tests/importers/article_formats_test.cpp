// Articles out of web pages, feeds, tables and JSON.

#include <sstream>

#include <doctest/doctest.h>

#include "graph/errors.h"
#include "importers/articles.h"
#include "importers/html.h"
#include "importers/importer.h"

using namespace relata;

namespace {

std::vector<text::Document> read(std::string_view format, const std::string& bytes,
                                 const ImportOptions& options = {}) {
  std::istringstream in(bytes);
  std::vector<text::Document> documents;
  find_import_format(format)->make_text()->read(in, "f", options, [&](text::Document&& document) {
    documents.push_back(std::move(document));
  });
  return documents;
}

std::string failure(std::string_view format, const std::string& bytes) {
  try {
    read(format, bytes);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

constexpr const char* page = R"(<!DOCTYPE html><html lang="en"><head>
<meta charset="utf-8"><title>Dockers strike in Almara - The Coast Herald</title>
<meta property="og:site_name" content="The Coast Herald">
<link rel="canonical" href="https://herald.example/strike">
<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"Dockers strike in Almara",
"datePublished":"2025-03-04T08:00:00Z","author":[{"@type":"Person","name":"Ana Lind"}]}]}</script>
<style>p{color:red}</style></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<div class="cookie-banner"><p>We use cookies to make this page better for all of our readers today.</p></div>
<article><h1>Dockers strike in Almara</h1>
<p>Dockworkers of Port&nbsp;Almara went on strike on Monday, their <b>union</b> said &amp; hoped.</p>
<figure><img src="x"><figcaption>A caption that is long enough to be taken for a paragraph.</figcaption></figure>
<p>Police arrested forty of them, the ministry
 confirmed in a statement on Tuesday evening.</p>
<p><a href="/1">Read more about this in our long special report about ports</a></p>
</article>
<footer><p>Copyright of the newspaper and of all of its writers, always and everywhere.</p></footer>
</body></html>)";

}  // namespace

TEST_CASE("a web page's main text and data are found") {
  const auto documents = read("html", page);
  REQUIRE(documents.size() == 1);
  CHECK(documents[0].text ==
        "Dockers strike in Almara\n\n"
        "Dockworkers of Port Almara went on strike on Monday, their union said & hoped.\n\n"
        "Police arrested forty of them, the ministry confirmed in a statement on Tuesday evening.");
  CHECK(documents[0].metadata.title == "Dockers strike in Almara");
  CHECK(documents[0].metadata.date == "2025-03-04");
  CHECK(documents[0].metadata.author == "Ana Lind");
  CHECK(documents[0].metadata.outlet == "The Coast Herald");
  CHECK(documents[0].metadata.url == "https://herald.example/strike");
  CHECK(documents[0].metadata.language == "en");
}

TEST_CASE("a page's stated charset is converted") {
  const auto documents =
      read("html",
           "<html><meta charset=\"iso-8859-1\"><p>Caf\xE9 society met in the caf\xE9 again.</p>");
  CHECK(documents[0].text == "Caf\xC3\xA9 society met in the caf\xC3\xA9 again.");
  CHECK(failure("html", "<html><p>Caf\xE9</p>").find("expected UTF-8") != std::string::npos);
}

TEST_CASE("pages nested too deep are refused") {
  std::string deep;
  for (int i = 0; i < 200000; ++i) deep += "<div>";
  CHECK(failure("html", deep).find("nested") != std::string::npos);
}

TEST_CASE("JSON lines and arrays of articles are read") {
  const std::string one =
      "{\"id\":\"x1\",\"headline\":\"T\",\"body\":\"B.\",\"published\":\"2025-01-02T00:00:00Z\","
      "\"source\":{\"name\":\"S\"},\"authors\":[\"A\",\"B\"]}";
  const auto lines = read("jsonl", one + "\n\n" + "{\"text\":\"C\"}\n");
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].id == "f#x1");
  CHECK(lines[0].text == "B.");
  CHECK(lines[0].metadata.title == "T");
  CHECK(lines[0].metadata.date == "2025-01-02");
  CHECK(lines[0].metadata.outlet == "S");
  CHECK(lines[0].metadata.author == "A, B");
  CHECK(lines[1].id == "f#2");
  CHECK(read("jsonl", " [" + one + "," + one + "]").size() == 2);
  ImportOptions options;
  options.fields[ArticleField::text] = "story";
  CHECK(read("jsonl", "{\"text\":\"no\",\"story\":\"yes\"}", options)[0].text == "yes");
  CHECK(failure("jsonl", one + "\n{\"text\":\n").find("f, line 2") != std::string::npos);
  CHECK(failure("jsonl", "{\"title\":\"x\"}").find("expected an article with a text") !=
        std::string::npos);
}

TEST_CASE("tables of articles are read") {
  const auto rows = read("csv", "title,date,text\r\n\"A, b\",2025-01-02,\"x\ny\"\r\n");
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].metadata.title == "A, b");
  CHECK(rows[0].text == "x\ny");
  CHECK(failure("csv", "title\nx\n").find("f, line 2") != std::string::npos);
}

TEST_CASE("RSS and Atom are read") {
  const auto rss = read("feed", R"(<?xml version="1.0"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Herald</title><language>en</language>
 <item><title>Strike &amp; talks</title><link>https://h.example/1</link><guid>g1</guid>
 <pubDate>Tue, 04 Mar 2025 10:00:00 GMT</pubDate><description>Short.</description>
 <content:encoded><![CDATA[<p>First long paragraph.</p><p>Second.</p>]]></content:encoded></item></channel></rss>)");
  REQUIRE(rss.size() == 1);
  CHECK(rss[0].text == "Strike & talks\n\nFirst long paragraph.\n\nSecond.");
  CHECK(rss[0].metadata.date == "2025-03-04");
  CHECK(rss[0].metadata.outlet == "Herald");
  CHECK(rss[0].id == "f#g1");
  const auto atom =
      read("feed", R"(<feed xmlns="http://www.w3.org/2005/Atom"><title>H</title><entry>
 <title>T</title><link href="https://h.example/2"/><id>i</id><updated>2025-03-05T01:00:00Z</updated>
 <author><name>Ana</name></author><summary>Text of it.</summary></entry></feed>)");
  REQUIRE(atom.size() == 1);
  CHECK(atom[0].metadata.url == "https://h.example/2");
  CHECK(atom[0].metadata.author == "Ana");
  CHECK(atom[0].metadata.date == "2025-03-05");
  CHECK(failure("feed", "<html/>").find("expected a feed") != std::string::npos);
}

TEST_CASE("an article over many lines and a server's answer around a list are read") {
  const auto one = read("jsonl", "{\n  \"title\": \"T\",\n  \"text\": \"B.\"\n}\n");
  REQUIRE(one.size() == 1);
  CHECK(one[0].text == "B.");
  const auto news = read(
      "jsonl",
      "{\"status\":\"ok\",\"articles\":[{\"source\":{\"id\":null,\"name\":\"S\"},\"title\":\"T\","
      "\"content\":\"C\",\"publishedAt\":\"2025-01-02T00:00:00Z\"},{\"text\":\"D\"}]}");
  REQUIRE(news.size() == 2);
  CHECK(news[0].metadata.outlet == "S");
  CHECK(news[0].metadata.date == "2025-01-02");
  CHECK(news[1].id == "f#2");
  const auto found = read("jsonl",
                          "{\"hits\":{\"hits\":[{\"_id\":\"1\",\"_source\":{\"body\":\"E\","
                          "\"authors\":[{\"name\":\"A\"}]}}]}}");
  REQUIRE(found.size() == 1);
  CHECK(found[0].text == "E");
  CHECK(found[0].metadata.author == "A");
  const auto feed =
      read("jsonl",
           "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"1\",\"url\":"
           "\"https://h.example/1\",\"content_html\":\"<p>F &amp; g</p>\"}]}");
  REQUIRE(feed.size() == 1);
  CHECK(feed[0].text == "F & g");
  CHECK(feed[0].metadata.url == "https://h.example/1");
}

TEST_CASE("the user's names of fields come before the usual ones") {
  ImportOptions options;
  options.fields = {{ArticleField::text, "story"},    {ArticleField::title, "kop"},
                    {ArticleField::date, "datum"},    {ArticleField::author, "door"},
                    {ArticleField::outlet, "krant"},  {ArticleField::url, "adres"},
                    {ArticleField::language, "taal"}, {ArticleField::id, "nr"}};
  const auto rows = read("csv",
                         "nr,kop,title,datum,date,door,krant,adres,taal,story,text\n"
                         "7,K,no,2025-01-02,2020-01-01,D,P,https://a.example,en,S,no\n",
                         options);
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].id == "f#7");
  CHECK(rows[0].text == "S");
  CHECK(rows[0].metadata.title == "K");
  CHECK(rows[0].metadata.date == "2025-01-02");
  CHECK(rows[0].metadata.author == "D");
  CHECK(rows[0].metadata.outlet == "P");
  CHECK(rows[0].metadata.url == "https://a.example");
  CHECK(rows[0].metadata.language == "en");
  CHECK(article_field_named("outlet") == ArticleField::outlet);
  CHECK_FALSE(article_field_named("Outlet").has_value());
}

TEST_CASE("a page's data are found in meta tags, microdata and times too") {
  const auto meta =
      read("html",
           "<html><head><meta name=\"parsely-pub-date\" content=\"2025-03-04T01:00:00Z\"><meta "
           "name=\"byl\" content=\"Ana Lind\"><meta property=\"og:locale\" content=\"en_GB\"><meta "
           "name=\"twitter:title\" content=\"T\"><meta property=\"og:url\" "
           "content=\"https://h.example/1\">"
           "</head><body><p>Dockworkers went on strike in the port on Monday.</p></body></html>");
  CHECK(meta[0].metadata.date == "2025-03-04");
  CHECK(meta[0].metadata.author == "Ana Lind");
  CHECK(meta[0].metadata.language == "en_GB");
  CHECK(meta[0].metadata.title == "T");
  CHECK(meta[0].metadata.url == "https://h.example/1");
  const auto data = read(
      "html",
      "<html><head><script "
      "type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"inLanguage\":\"en\","
      "\"mainEntityOfPage\":{\"@id\":\"https://h.example/2\"}}</script></head><body><p><time "
      "datetime=\"2025-03-05T10:00\">Wednesday</time> Dockworkers went on strike in the port.</p>"
      "</body></html>");
  CHECK(data[0].metadata.language == "en");
  CHECK(data[0].metadata.url == "https://h.example/2");
  CHECK(data[0].metadata.date == "2025-03-05");
}

TEST_CASE("a record without a text is left out and told, when others have one") {
  ImportOptions options;
  std::vector<std::string> notes;
  options.note = [&](const std::string& note) { notes.push_back(note); };
  CHECK(read("csv", "title,text\nA,\nB,Text.\nC,\n", options).size() == 1);
  CHECK(read("jsonl", "{\"text\":\"\",\"title\":\"A\"}\n{\"text\":\"Text.\"}\n", options).size() ==
        1);
  REQUIRE(notes.size() == 3);
  CHECK(notes[0] == "left out f, line 2: it has no text");
  CHECK(notes[2].find("line 1") != std::string::npos);
  CHECK(failure("csv", "Titel,Inhalt\nA,B\n").find("of Titel, Inhalt") != std::string::npos);
}

TEST_CASE("names of fields count without blanks, hyphens and underscores, and within wrappers") {
  const auto rows = read(
      "csv", "Headline,Body Text,Publication Date,Source URL\nA,B.,07.10.2024,https://h.example\n");
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].text == "B.");
  CHECK(rows[0].metadata.date == "2024-10-07");
  CHECK(rows[0].metadata.url == "https://h.example");
  const auto found =
      read("jsonl",
           "{\"response\":{\"results\":[{\"webTitle\":\"A\",\"webPublicationDate\":"
           "\"2024-10-07T08:00:00Z\",\"fields\":{\"bodyText\":\"B.\",\"byline\":\"C\"}}]}}");
  REQUIRE(found.size() == 1);
  CHECK(found[0].text == "B.");
  CHECK(found[0].metadata.title == "A");
  CHECK(found[0].metadata.author == "C");
  CHECK(found[0].metadata.date == "2024-10-07");
}

TEST_CASE("tags are stripped from a text that a page's maker exported with them") {
  CHECK(read("jsonl", "{\"body\":\"<p>One &amp; two.</p><p>Three.</p>\"}")[0].text ==
        "One & two.\n\nThree.");
  CHECK(read("jsonl", "{\"body\":\"If a < b and c > d.\"}")[0].text == "If a < b and c > d.");
}

TEST_CASE("a feed's content may be a page's elements, and what is said of pictures is no text") {
  const auto atom =
      read("feed", R"(<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title>
 <summary>Short.</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One &lt; <b>two</b>.</p>
 <p>Three &amp; more of it.</p></div></content></entry></feed>)");
  REQUIRE(atom.size() == 1);
  CHECK(atom[0].text == "T\n\nOne < two.\n\nThree & more of it.");
  const auto media = read("feed", R"(<rss version="2.0" xmlns:media="m"><channel><item>
 <media:group><media:title>Picture</media:title><media:description>A long text about a picture of somebody.</media:description>
 </media:group><title>T</title><description>Short text.</description></item></channel></rss>)");
  REQUIRE(media.size() == 1);
  CHECK(media[0].text == "T\n\nShort text.");
}

TEST_CASE("a table of nodes and a table of edges are told from articles") {
  CHECK(import_format_of("a.csv", "Id,Label\n1,A\n")->name == "node-list");
  CHECK(import_format_of("a.csv", "\":ID\",\"name\",\":LABEL\"\n")->name == "node-list");
  CHECK(import_format_of("a.csv", "\":START_ID\",\":END_ID\",\":TYPE\"\n")->name == "edge-list");
  CHECK(import_format_of("a.csv", "id,title,text,type\n")->name == "csv");
}

TEST_CASE("dates of articles are read in all usual forms") {
  CHECK(article_date("2024-12-27T10:00:00Z") == "2024-12-27");
  CHECK(article_date("December 27, 2024") == "2024-12-27");
  CHECK(article_date("Published on Dec 27th, 2024 at 10:00") == "2024-12-27");
  CHECK(article_date("27 december 2024") == "2024-12-27");
  CHECK(article_date("20241227") == "2024-12-27");
  CHECK(article_date("20241227103000") == "2024-12-27");
  CHECK(article_date("1735293600") == "2024-12-27");
  CHECK(article_date("1735293600000") == "2024-12-27");
  CHECK(article_date("07.10.2024 10:00") == "2024-10-07");
  CHECK(article_date("2024/10/7") == "2024-10-07");
  CHECK(article_date("10/07/2024") == "");
  CHECK(article_date("3.14.15") == "");
  CHECK(article_date("31.02.2024") == "");
  CHECK(article_date("31 Feb 2024") == "");
  CHECK(article_date("may 1") == "");
  CHECK(article_date("Fri, 7 Dec 2024 10:00:00 GMT") == "2024-12-07");
  CHECK(article_date("yesterday") == "");
}
