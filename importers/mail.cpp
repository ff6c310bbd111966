#include "importers/mail.h"

#include <algorithm>
#include <array>
#include <istream>

#include <fmt/format.h>
#include <gmime/gmime.h>

#include "graph/ascii.h"
#include "graph/errors.h"
#include "importers/articles.h"
#include "importers/charset.h"
#include "importers/encoding.h"
#include "importers/html.h"
#include "importers/mhtml.h"
#include "importers/mime.h"

namespace relata {

namespace {

constexpr std::size_t max_message = std::size_t{1} << 28U;

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// The lines that the sender wrote: no quoted ones, no signature.
std::string own_words(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line == "-- ") break;
    if (line.starts_with('>')) {
      // "On Monday Ana Lind wrote:" belongs to what is quoted.
      while (!lines.empty() && is_blank(lines.back())) lines.pop_back();
      if (!lines.empty() && lines.back().ends_with("wrote:")) lines.pop_back();
      continue;
    }
    lines.push_back(line);
  }
  std::string kept;
  for (const std::string_view line : lines) kept.append(line) += '\n';
  while (kept.ends_with("\n\n")) kept.pop_back();
  return kept;
}

/// "Ports closed" of "Re: [news] Fwd: Ports closed".
std::string bare_subject(std::string_view subject) {
  static constexpr std::array<std::string_view, 4> marks = {"re:", "fw:", "fwd:", "aw:"};
  while (true) {
    while (subject.starts_with(' ')) subject.remove_prefix(1);
    if (subject.starts_with('[') && subject.find(']') != std::string_view::npos) {
      subject.remove_prefix(subject.find(']') + 1);
      continue;
    }
    const auto* const mark = std::find_if(marks.begin(), marks.end(), [&](std::string_view each) {
      return starts_with_ignoring_case(subject, each);
    });
    if (mark == marks.end()) return std::string(subject);
    subject.remove_prefix(mark->size());
  }
}

/// What of a part can be read, and whether it was written as plain text.
struct PartText {
  std::string text;
  bool plain = false;
};

/// The articles of one message.
class MessageReader final {
 public:
  MessageReader(const ImportOptions& options, const ArticleSink& sink)
      : options_(options), sink_(sink) {}

  void read(std::string_view bytes, const std::string& id) {
    bool cut_off = false;
    const MimeHeld<GMimeMessage> message = parse_mime(bytes, id, cut_off);
    if (cut_off) note(id, "it looks cut off; read as far as it goes");
    article(message.get(), id, 0);
    if (articles_ == 0) throw InputError(id, "", "expected a mail with text, found none");
  }

 private:
  void note(const std::string& id, const std::string& what) const {
    if (options_.note) options_.note(id + ": " + what);
  }

  void article(GMimeMessage* message, const std::string& id, int depth) {
    if (depth > max_mime_nesting) {
      throw InputError(id, "", "expected parts nested at most 32 deep, found deeper");
    }
    text::Document document;
    document.id = id;
    take_headers(message, document.metadata);
    GMimeObject* const body = g_mime_message_get_mime_part(message);
    const PartText found = body == nullptr ? PartText() : part(body, id, depth);
    if (is_blank(found.text)) return;
    const std::string subject = bare_subject(document.metadata.title);
    document.text = subject.empty() ? found.text : subject + "\n\n" + found.text;
    fill_metadata(document, options_);
    ++articles_;
    sink_(std::move(document));
  }

  static void take_headers(GMimeMessage* message, text::Metadata& metadata) {
    metadata.title = mime_text(g_mime_message_get_subject(message));
    if (InternetAddressList* const from = g_mime_message_get_from(message);
        from != nullptr && internet_address_list_length(from) > 0) {
      InternetAddress* const sender = internet_address_list_get_address(from, 0);
      metadata.author = mime_text(internet_address_get_name(sender));
      if (metadata.author.empty() && INTERNET_ADDRESS_IS_MAILBOX(sender)) {
        metadata.author =
            mime_text(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(sender)));
      }
    }
    if (GDateTime* const date = g_mime_message_get_date(message)) {
      metadata.date = article_date(fmt::format("{:04}-{:02}-{:02}", g_date_time_get_year(date),
                                               g_date_time_get_month(date),
                                               g_date_time_get_day_of_month(date)));
    }
    metadata.language = mime_header(GMIME_OBJECT(message), "Content-Language");
  }

  PartText part(GMimeObject* object, const std::string& id, int depth) {
    if (depth > max_mime_nesting) {
      throw InputError(id, "", "expected parts nested at most 32 deep, found deeper");
    }
    if (GMIME_IS_MESSAGE_PART(object)) {
      GMimeMessage* const within = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
      if (within != nullptr) {
        article(within, fmt::format("{}/forwarded-{}", id, ++forwarded_), depth + 1);
      }
      return {};
    }
    if (GMIME_IS_MULTIPART(object)) return parts(GMIME_MULTIPART(object), id, depth);
    if (!GMIME_IS_PART(object)) return {};
    const char* const disposition = g_mime_object_get_disposition(object);
    if (disposition != nullptr && g_ascii_strcasecmp(disposition, "attachment") == 0) return {};
    GMimeContentType* const type = g_mime_object_get_content_type(object);
    const bool is_html = g_mime_content_type_is_type(type, "text", "html") != 0;
    const bool is_plain = g_mime_content_type_is_type(type, "text", "plain") != 0;
    if (!is_html && !is_plain) return {};
    const std::string charset =
        mime_text(g_mime_object_get_content_type_parameter(object, "charset"));
    std::string text =
        decode_text(mime_content(GMIME_PART(object)), id, charset, options_.note, is_html);
    if (is_html) return {html_text(text, id), false};
    return {own_words(text), true};
  }

  /// Of alternatives the first that is plain, else the first that can be read; else all parts.
  PartText parts(GMimeMultipart* multipart, const std::string& id, int depth) {
    GMimeContentType* const type = g_mime_object_get_content_type(GMIME_OBJECT(multipart));
    if (g_mime_content_type_is_type(type, "multipart", "encrypted") != 0) {
      note(id, "left out a part that is encrypted");
      return {};
    }
    const bool alternatives = g_mime_content_type_is_type(type, "multipart", "alternative") != 0;
    PartText all{"", true};
    const int count = g_mime_multipart_get_count(multipart);
    for (int i = 0; i < count; ++i) {
      PartText each = part(g_mime_multipart_get_part(multipart, i), id, depth + 1);
      if (is_blank(each.text)) continue;
      if (!alternatives) {
        if (!all.text.empty()) all.text += "\n\n";
        all.text += each.text;
        all.plain = all.plain && each.plain;
      } else if (all.text.empty() || (each.plain && !all.plain)) {
        all = std::move(each);
      }
    }
    return all;
  }

  const ImportOptions& options_;
  const ArticleSink& sink_;
  std::size_t articles_ = 0;
  std::size_t forwarded_ = 0;
};

/// Names of header lines of which mail has some and nothing else has.
bool is_header_line(std::string_view line, bool& only_mail) {
  const std::size_t colon = line.find(':');
  if (colon == 0 || colon == std::string_view::npos) return false;
  std::string name(line.substr(0, colon));
  for (char& c : name) {
    if (c <= ' ' || c > '~') return false;
    c = lower_letter(c);
  }
  static constexpr std::array<std::string_view, 7> marks = {
      "message-id",   "mime-version", "received",        "return-path",
      "delivered-to", "x-mailer",     "list-unsubscribe"};
  only_mail = only_mail || std::find(marks.begin(), marks.end(), name) != marks.end();
  return true;
}

/// True when `head` begins with header lines of mail.
bool has_mail_headers(std::string_view head) {
  bool only_mail = false;
  for (std::size_t begin = 0; begin < head.size();) {
    const std::size_t end = std::min(head.find('\n', begin), head.size());
    std::string_view line = head.substr(begin, end - begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const bool folded = begin > 0 && (line.starts_with(' ') || line.starts_with('\t'));
    if (line.empty()) return begin > 0 && only_mail;
    if (!folded && end < head.size() && !is_header_line(line, only_mail)) return false;
    begin = end + 1;
  }
  return only_mail;
}

std::string message_id(std::string_view message) {
  std::string id;
  for (std::size_t begin = 0; begin < message.size();) {
    const std::size_t end = std::min(message.find('\n', begin), message.size());
    const std::string_view line = message.substr(begin, end - begin);
    if (line.empty() || line == "\r") break;
    if (line.size() > 11 && g_ascii_strncasecmp(line.data(), "message-id:", 11) == 0) {
      const std::size_t open = line.find('<');
      const std::size_t close = line.find('>', open);
      if (open != std::string_view::npos && close != std::string_view::npos) {
        id = mime_text(std::string(line.substr(open + 1, close - open - 1)).c_str());
      }
      break;
    }
    begin = end + 1;
  }
  return id;
}

}  // namespace

void EmlImporter::read(std::istream& in, const std::string& name, const ImportOptions& options,
                       const ArticleSink& sink) const {
  const std::string bytes = read_all(in, name, max_message);
  std::string_view message = bytes;
  // Some programs save a box of one message under this name.
  if (message.starts_with("From "))
    message.remove_prefix(std::min(message.find('\n') + 1, message.size()));
  bool only_mail = false;
  if (!is_header_line(message.substr(0, message.find('\n')), only_mail)) {
    throw InputError(name, "line 1", "expected a mail, which begins with header lines");
  }
  MessageReader(options, sink).read(message, name);
}

void MboxImporter::read(std::istream& in, const std::string& name, const ImportOptions& options,
                        const ArticleSink& sink) const {
  std::string message;
  std::string line;
  std::size_t number = 0;
  std::size_t articles = 0;
  bool after_blank = true;
  const auto finish = [&] {
    if (number == 0) return;
    const std::string id = message_id(message);
    const std::string full = name + "#" + (id.empty() ? std::to_string(number) : id);
    try {
      MessageReader(options, sink).read(message, full);
      ++articles;
    } catch (const InputError& error) {
      if (options.note) options.note(std::string("left out ") + error.what());
    }
    message.clear();
  };
  while (true) {
    line.clear();
    int c = in.get();
    for (; c >= 0 && c != '\n'; c = in.get()) {
      line += static_cast<char>(c);
      if (line.size() + message.size() > max_message) {
        throw InputError(name, fmt::format("message {}", number),
                         "expected mails of at most 256 MiB, found a larger one");
      }
    }
    if (c >= 0) line += '\n';
    if (c < 0 && in.bad()) throw InputError(name, "", "reading it failed");
    if (line.empty()) break;
    if (after_blank && line.starts_with("From ")) {
      finish();
      ++number;
    } else if (number == 0) {
      if (line != "\n" && line != "\r\n") {
        throw InputError(name, "line 1",
                         "expected a box of mails, which begins with \"From \" and an address");
      }
    } else {
      // ">From " stands for "From " at the beginning of a line.
      const std::size_t marks = line.find_first_not_of('>');
      const bool escaped = marks > 0 && marks != std::string::npos &&
                           std::string_view(line).substr(marks).starts_with("From ");
      message += escaped ? line.substr(1) : line;
    }
    after_blank = line == "\n" || line == "\r\n";
  }
  finish();
  if (articles == 0) throw InputError(name, "", "expected a box with mails with text, found none");
}

bool looks_like_eml(std::string_view head) {
  return has_mail_headers(head) && !looks_like_mhtml(head);
}

bool looks_like_mbox(std::string_view head) {
  return head.starts_with("From ") && head.find('\n') != std::string_view::npos &&
         has_mail_headers(head.substr(head.find('\n') + 1));
}

}  // namespace relata
