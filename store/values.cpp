#include "store/values.h"

#include <charconv>

#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace relata::store {

namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void put(Writer& writer, const std::string& text) {
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

rapidjson::Document parse(std::string_view json, const Database& database) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(json.data(), json.size());
  if (document.HasParseError()) damaged(database, "a list that is no JSON");
  return document;
}

std::string text_of(const rapidjson::Value& value, const Database& database) {
  if (!value.IsString()) damaged(database, "a list of other things than text");
  return {value.GetString(), value.GetStringLength()};
}

}  // namespace

void damaged(const Database& database, std::string_view what) {
  throw InputError(database.name(), "",
                   fmt::format("the store is damaged (it holds {}); take it from a copy, or build "
                               "it anew from the texts",
                               what));
}

std::string names_json(const Names& names) {
  if (names.empty()) return "[]";
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.StartArray();
  for (const std::string& name : names) put(writer, name);
  writer.EndArray();
  return {buffer.GetString(), buffer.GetSize()};
}

Names names_from_json(std::string_view json, const Database& database) {
  Names names;
  if (json == "[]") return names;
  const rapidjson::Document document = parse(json, database);
  if (!document.IsArray()) damaged(database, "names that are no list");
  for (const auto& value : document.GetArray()) names.push_back(text_of(value, database));
  return names;
}

std::string attributes_json(const Attributes& attributes) {
  if (attributes.empty()) return "{}";
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.StartObject();
  for (std::size_t i = 0; i < attributes.size();) {
    std::size_t end = i + 1;
    while (end < attributes.size() && attributes[end].first == attributes[i].first) ++end;
    writer.Key(attributes[i].first.data(),
               static_cast<rapidjson::SizeType>(attributes[i].first.size()));
    if (end - i > 1) writer.StartArray();
    for (std::size_t j = i; j < end; ++j) put(writer, attributes[j].second);
    if (end - i > 1) writer.EndArray();
    i = end;
  }
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

Attributes attributes_from_json(std::string_view json, const Database& database) {
  Attributes attributes;
  if (json == "{}") return attributes;
  const rapidjson::Document document = parse(json, database);
  if (!document.IsObject()) damaged(database, "attributes that are no object");
  for (const auto& member : document.GetObject()) {
    const std::string key = text_of(member.name, database);
    if (!member.value.IsArray()) {
      attributes.emplace_back(key, text_of(member.value, database));
      continue;
    }
    for (const auto& value : member.value.GetArray())
      attributes.emplace_back(key, text_of(value, database));
  }
  return attributes;
}

std::string mentions_json(const std::vector<MentionRow>& mentions) {
  std::string json = "[";
  for (const MentionRow& mention : mentions) {
    fmt::format_to(std::back_inserter(json), "{}[{},{},{}]", json.size() > 1 ? "," : "",
                   mention.sentence, mention.span.begin, mention.span.end);
  }
  return json + "]";
}

std::vector<MentionRow> mentions_from_json(std::string_view json, const Database& database) {
  std::vector<MentionRow> mentions;
  const char* at = json.data();
  const char* const end = at + json.size();
  const auto expect = [&](char c) {
    if (at == end || *at != c) damaged(database, "mentions that are no numbers");
    ++at;
  };
  const auto number = [&](auto& value) {
    const auto [next, error] = std::from_chars(at, end, value);
    if (error != std::errc()) damaged(database, "mentions that are no numbers");
    at = next;
  };
  expect('[');
  while (at != end && *at != ']') {
    if (!mentions.empty()) expect(',');
    MentionRow& mention = mentions.emplace_back();
    expect('[');
    number(mention.sentence);
    expect(',');
    number(mention.span.begin);
    expect(',');
    number(mention.span.end);
    expect(']');
  }
  expect(']');
  return mentions;
}

std::optional<std::int64_t> time_from(const TimeSpan& time) {
  if (!time.known() || time.from == TimeSpan::open_from) return std::nullopt;
  return time.from;
}

std::optional<std::int64_t> time_to(const TimeSpan& time) {
  if (!time.known() || time.to == TimeSpan::open_to) return std::nullopt;
  return time.to;
}

TimeSpan time_of(const Statement& row, int column) {
  TimeSpan time;
  if (!row.null(column)) time.from = static_cast<std::int32_t>(row.integer(column));
  if (!row.null(column + 1)) time.to = static_cast<std::int32_t>(row.integer(column + 1));
  const std::int64_t precision = row.integer(column + 2);
  if (precision > 0 && precision <= static_cast<std::int64_t>(DatePrecision::range))
    time.precision = static_cast<DatePrecision>(precision);
  return time;
}

std::optional<double> known_min(const Quantity* quantity) {
  if (quantity == nullptr || !quantity->known) return std::nullopt;
  return quantity->min;
}

std::optional<double> known_max(const Quantity* quantity) {
  if (quantity == nullptr || !quantity->known) return std::nullopt;
  return quantity->max;
}

std::optional<bool> known_approximate(const Quantity* quantity) {
  if (quantity == nullptr || !quantity->known) return std::nullopt;
  return quantity->approximate;
}

}  // namespace relata::store
