#include "cli/build_reports.h"

#include <ostream>
#include <string_view>

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "cli/json_writer.h"

namespace relata::cli {

void write_report(const text::Coverage& coverage, std::ostream& out) {
  JsonWriter json(out);
  json.begin_object();
  json.member("documents", std::uint64_t{coverage.documents});
  json.member("sentences", std::uint64_t{coverage.sentences});
  json.member("words", std::uint64_t{coverage.words});
  json.member("sentences_with_facts", std::uint64_t{coverage.sentences_with_facts});
  json.member("sentences_with_candidates_only",
              std::uint64_t{coverage.sentences_with_candidates_only});
  json.key("missed");
  json.begin_array();
  for (const text::Coverage::Missed& missed : coverage.missed) {
    json.begin_object();
    json.member("document", std::string_view(missed.document));
    json.member("sentence", std::string_view(missed.sentence));
    json.member("predicate", std::string_view(missed.predicate));
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void write_merge_log(const text::Coverage& coverage, std::ostream& out) {
  rapidjson::StringBuffer line;
  for (const text::MergeNote& note : coverage.merges) {
    line.Clear();
    rapidjson::Writer<rapidjson::StringBuffer> json(line);
    const auto member = [&](std::string_view key, std::string_view value) {
      json.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
      json.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
    };
    json.StartObject();
    member("node", note.key);
    member("name", note.name);
    member("document", note.document);
    member("reason", note.reason);
    json.EndObject();
    out << std::string_view(line.GetString(), line.GetSize()) << '\n';
  }
}

}  // namespace relata::cli
