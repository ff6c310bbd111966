// Mail: parts, encodings, headers; boxes; what is broken.

#include "importers/mail.h"

#include <doctest/doctest.h>

#include "tests/importers/reading.h"

using namespace relata;
using namespace relata::tests;

namespace {

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

const std::string head =
    "Message-ID: <m1@herald.example>\r\n"
    "From: =?utf-8?q?Ana_Lind=C3=A9?= <ana@herald.example>\r\n"
    "Date: Tue, 04 Mar 2025 23:30:00 -0500\r\n"
    "Subject: Re: [desk] =?iso-8859-1?q?Caf=E9?= strike\r\n"
    "MIME-Version: 1.0\r\n";

std::string alternative(const std::string& plain, const std::string& html) {
  return head +
         "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n"
         "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "
         "quoted-printable\r\n\r\n" +
         plain +
         "\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: "
         "base64\r\n\r\n" +
         html + "\r\n--b--\r\n";
}

// "<p>HTML says hello.</p>"
const std::string html_base64 = "PHA+SFRNTCBzYXlzIGhlbGxvLjwvcD4=";

}  // namespace

TEST_CASE("a mail's headers and text are read") {
  const Reading reading = read_as(
      "eml",
      head + "Content-Type: text/plain; charset=windows-1252\r\n\r\nThe caf\xE9 closed.\r\n");
  CHECK(reading.error == "");
  REQUIRE(reading.articles.size() == 1);
  const text::Document& mail = reading.articles[0];
  CHECK(mail.id == "file");
  CHECK(mail.text == "Caf\xC3\xA9 strike\n\nThe caf\xC3\xA9 closed.\n");
  CHECK(mail.metadata.title == "Re: [desk] Caf\xC3\xA9 strike");
  CHECK(mail.metadata.author == "Ana Lind\xC3\xA9");
  CHECK(mail.metadata.date == "2025-03-04");
}

TEST_CASE("of alternatives the plain text is read, the HTML where there is none") {
  CHECK(has(read_as("eml", alternative("Plain=20says caf=C3=A9.", html_base64)).articles.at(0).text,
            "Plain says caf\xC3\xA9."));
  const std::string html = read_as("eml", alternative("", html_base64)).articles.at(0).text;
  CHECK(has(html, "HTML says hello."));
  CHECK_FALSE(has(html, "<p>"));
}

TEST_CASE("attachments, quoted lines and signatures are left out") {
  const Reading reading = read_as(
      "eml",
      head +
          "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nOwn words.\r\n\r\nOn "
          "Monday Jo wrote:\r\n\r\n> Other words.\r\n\r\nMore own words.\r\n-- \r\nAna Lind, "
          "desk\r\n--b\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nAttached "
          "words.\r\n--b--\r\n");
  const std::string& text = reading.articles.at(0).text;
  CHECK(has(text, "Own words."));
  CHECK(has(text, "More own words."));
  for (const char* part : {"Jo wrote", "Other words", "Ana Lind, desk", "Attached"}) {
    CAPTURE(part);
    CHECK_FALSE(has(text, part));
  }
}

TEST_CASE("a forwarded message within is an article of its own") {
  const Reading reading = read_as(
      "eml", head +
                 "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee below.\r\n--b\r\n"
                 "Content-Type: message/rfc822\r\n\r\nFrom: Jo Berg <jo@x.example>\r\nSubject: "
                 "Inner\r\n\r\nInner words.\r\n--b--\r\n");
  REQUIRE(reading.articles.size() == 2);
  CHECK(reading.articles[0].id == "file/forwarded-1");
  CHECK(reading.articles[0].metadata.author == "Jo Berg");
  CHECK(has(reading.articles[0].text, "Inner words."));
  CHECK_FALSE(has(reading.articles[1].text, "Inner words."));
}

TEST_CASE("a box is read message by message, a broken one left out and told") {
  const std::string from = "From ana@herald.example Tue Mar  4 10:00:00 2025\n";
  const Reading reading =
      read_as("mbox", from + "Message-ID: <a@x>\nSubject: One\n\nFirst text.\n>From here on.\n\n" +
                          from + "Message-ID: <b@x>\nSubject: Two\n\n\n\n" + from +
                          "Subject: Three\n\nThird text; a line says\nFrom here to there.\n");
  CHECK(reading.error == "");
  REQUIRE(reading.articles.size() == 2);
  CHECK(reading.articles[0].id == "file#a@x");
  CHECK(has(reading.articles[0].text, "First text.\nFrom here on.\n"));
  CHECK(reading.articles[1].id == "file#3");
  CHECK(has(reading.articles[1].text, "From here to there."));
  REQUIRE(reading.notes.size() == 1);
  CHECK(has(reading.notes[0], "left out file#b@x"));
}

TEST_CASE("what is no mail is told") {
  CHECK(has(read_as("eml", "Just some text\nwithout headers").error, "file, line 1"));
  CHECK(has(read_as("mbox", "Just some text").error, "file, line 1"));
  CHECK(has(read_as("eml", head + "\r\n").error, "found none"));
  CHECK(has(read_as("mbox", "").error, "found none"));
}

TEST_CASE("parts nested without end are refused") {
  std::string deep = head;
  for (int i = 0; i < 5000; ++i) {
    deep += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\n\n--b" +
            std::to_string(i) + "\n";
  }
  const Reading reading = read_as("eml", deep + "\n\nText.");
  CHECK(has(reading.error, "nested"));
}

TEST_CASE("mail is told from other text by its headers") {
  CHECK(looks_like_eml(head + "\r\nText"));
  CHECK_FALSE(looks_like_eml("Subject: a headline\nBy: Ana Lind\n\nText"));
  CHECK_FALSE(looks_like_eml("The ministry said: no.\n"));
  CHECK(looks_like_mbox("From a@b Tue\n" + head + "\r\n"));
  CHECK_FALSE(looks_like_mbox("From here on\nit is text.\n"));
}
