#include "tests/fuzz/seeds.h"

#include <map>

#include <fmt/format.h>

#include "tests/importers/packed.h"

namespace relata::tests {

namespace {

std::string plain(const std::string& content) {
  return content;
}

const std::string page =
    "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Strike</title>"
    "<meta property=\"og:site_name\" content=\"Herald\"><script type=\"application/ld+json\">"
    "{\"@type\":\"NewsArticle\",\"headline\":\"Strike\",\"author\":[{\"name\":\"A\"}]}</script></"
    "head>"
    "<body><nav><a href=\"/\">Home</a></nav><article><p>Dockworkers of Port Almara went on "
    "<b>strike</b> on Monday &amp; stayed.</p><ul><li>One<li>Two</ul></article></body></html>";

const std::string mail =
    "Message-ID: <a@b>\nFrom: =?utf-8?q?Ana_Lind?= <a@b>\nDate: Tue, 4 Mar 2025 10:00:00 +0100\n"
    "Subject: =?iso-8859-1?q?Caf=E9?=\nMIME-Version: 1.0\nContent-Type: multipart/mixed; "
    "boundary=\"x\"\n\n--x\nContent-Type: multipart/alternative; boundary=y\n\n--y\nContent-Type: "
    "text/plain; charset=windows-1252\nContent-Transfer-Encoding: quoted-printable\n\nThe caf=E9 "
    "cl=\nosed.\n--y\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n"
    "PHA+SFRNTCBzYXlzIGhlbGxvLjwvcD4=\n--y--\n--x\nContent-Type: message/rfc822\n\nFrom: c@d\n"
    "Subject: In\n\nInner.\n--x--\n";

std::string warc_record(const std::string& answer) {
  return fmt::format(
      "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://h.example/\r\nContent-Type: "
      "application/http\r\nContent-Length: {}\r\n\r\n{}\r\n\r\n",
      answer.size(), answer);
}

const std::string answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n";

std::vector<std::string> lines_of(const std::string& content) {
  std::vector<std::string> lines(1);
  for (const char c : content) {
    if (c == '\n') {
      lines.emplace_back();
    } else {
      lines.back() += c;
    }
  }
  return lines;
}

using Table = std::map<std::string, std::vector<Seed>, std::less<>>;

Table make_table() {
  const std::string chunked = answer + "Transfer-Encoding: chunked\r\n\r\n" +
                              fmt::format("{:x}", page.size()) + "\r\n" + page + "\r\n0\r\n\r\n";
  const auto gzip_page = [](const std::string& content) {
    return warc_record(answer + "Content-Encoding: gzip\r\n\r\n" + gzip_of(content));
  };
  Table table;
  table["csv"] = {{"title,date,text\n\"A, \"\"b\"\"\",2025-01-02,\"x\ny\"\n", plain}};
  table["docx"] = {
      {"<w:p><w:r><w:t>Dock</w:t><w:tab/></w:r><w:del><w:r><w:t>x</w:t></w:r></w:del>"
       "</w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
       docx_of}};
  table["dot"] = {
      {"digraph g { a [label=\"A \\\"x\\\"\" kind=actor]; a -> b -> {c d} "
       "[relation=met weight=2]; subgraph cluster_x { e } }",
       plain}};
  table["edge-list"] = {
      {"Source,Target,Relation,Weight,from,to\na,b,met,2,2025-01-01,2025-01-02\n", plain}};
  table["eml"] = {{mail, plain}};
  table["epub"] = {{"<h1>One</h1><p>First &amp; last.</p>", [](const std::string& content) {
                      return epub_of({{"a.xhtml", content}, {"b.xhtml", "<p>Other.</p>"}});
                    }}};
  table["feed"] = {
      {"<?xml version=\"1.0\" encoding=\"windows-1252\"?><rss version=\"2.0\"><channel><title>H"
       "</title><item><title>A &amp; b</title><link>https://h.example/1</link><pubDate>Tue, 04 Mar "
       "2025 10:00:00 GMT</pubDate><description><![CDATA[<p>Text</p>]]></description></item>"
       "</channel></rss>",
       plain},
      {"<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>H</title><entry><title>T</title>"
       "<link href=\"https://h.example/2\"/><summary>Text.</summary></entry></feed>",
       plain}};
  table["gexf"] = {
      {"<gexf version=\"1.3\"><graph defaultedgetype=\"directed\"><attributes "
       "class=\"node\"><attribute id=\"0\" title=\"kind\" type=\"string\"/></attributes>"
       "<nodes><node id=\"a\" label=\"A\"><attvalues><attvalue for=\"0\" value=\"actor\"/>"
       "</attvalues></node><node id=\"b\"/></nodes><edges><edge id=\"1\" source=\"a\" "
       "target=\"b\" kind=\"met\"/></edges></graph></gexf>",
       plain}};
  table["graphml"] = {
      {"<graphml><key id=\"d0\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>"
       "<graph edgedefault=\"directed\"><node id=\"a\"><data key=\"d0\">A</data></node>"
       "<node id=\"b\"/><edge source=\"a\" target=\"b\"/></graph></graphml>",
       plain}};
  table["html"] = {{page, plain}};
  table["json"] = {{"{\"nodes\":[{\"id\":\"a\",\"kind\":\"actor\"},{\"id\":\"b\"}],\"links\":[{"
                    "\"source\":\"a\",\"target\":\"b\",\"relation\":\"met\",\"weight\":1.5}]}",
                    plain},
                   {"{\"elements\":{\"nodes\":[{\"data\":{\"id\":\"a\"}}],\"edges\":[{\"data\":{"
                    "\"source\":\"a\",\"target\":\"a\"}}]}}",
                    plain}};
  table["jsonl"] = {
      {"{\"id\":\"x\",\"headline\":\"T\",\"body\":\"B \\u00e9.\",\"authors\":[\"A\"]}\n"
       "{\"text\":\"C\"}\n",
       plain},
      {"{\"articles\":[{\"title\":\"T\",\n\"content\":\"C\",\"source\":{\"name\":\"S\"}}]}",
       plain}};
  table["markdown"] = {
      {"---\ntitle: T\n---\n# Head *one*\n\nText [a](b) &amp; ![p](q) `c`\n\n- x\n  - "
       "y\n\n> q\n\n```\nz\n```\n\n| a | b |\n|---|---|\n| c | d |\n",
       plain}};
  table["mbox"] = {{"From a@b Tue Mar  4 10:00:00 2025\n" + mail +
                        "\nFrom a@b Tue Mar  4 10:00:00 2025\nSubject: Two\n\nText.\n>From x\n",
                    plain}};
  table["mhtml"] = {
      {"From: <Saved by Blink>\nSnapshot-Content-Location: https://h.example/1\n"
       "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n"
       "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" +
           page + "\n--x--\n",
       plain}};
  table["node-list"] = {
      {"Id,Label,Kind,Type,Aliases\na,A,actor,person,x | y\nb,B,place,,\n", plain}};
  table["odt"] = {
      {"<text:h>Head</text:h><text:p>One<text:s/>two<text:note>n</text:note></text:p>", odt_of}};
  table["packed"] = {
      {page,
       [](const std::string& content) {
         return zip_of({{"a.html", content}});
       }},
      {page,
       [](const std::string& content) {
         return tar_of({{"a.html", content}, {"b", "c"}});
       }},
      {page, gzip_of},
      {page, zstd_of},
      {page, [](const std::string& content) {
         return gzip_of(tar_of({{"in.zip", zip_of({{"a.html.gz", gzip_of(content)}})}}));
       }}};
  table["pdf"] = {
      {"Dockworkers strike\n\nThe dockworkers of Port Almara went on\nstrike on Mon-\nday.",
       [](const std::string& content) {
         return pdf_of({lines_of(content), lines_of(content)});
       }}};
  table["text"] = {{"Rebels took Almara on Monday. \xC3\xA9\xE2\x80\x9C\n\nThey left.\n", plain}};
  table["warc"] = {
      {answer + "\r\n" + page, warc_record}, {chunked, warc_record}, {page, gzip_page}};
  return table;
}

}  // namespace

std::vector<Seed> fuzz_seeds(std::string_view format) {
  static const Table table = make_table();
  const auto found = table.find(format);
  return found == table.end() ? std::vector<Seed>() : found->second;
}

}  // namespace relata::tests
