#include "exporters/losses.h"

#include <algorithm>
#include <map>
#include <set>

#include "exporters/columns.h"
#include "exporters/fact_table.h"
#include "exporters/located.h"
#include "exporters/output.h"
#include "exporters/picture.h"
#include "exporters/selection.h"

namespace relata {

namespace {

constexpr std::size_t example_characters = 60;

/// What XML 1.0 cannot hold.
bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) {
                       return static_cast<unsigned char>(c) < 0x20U && c != '\n' && c != '\r' &&
                              c != '\t';
                     }) ||
         text.find("\xEF\xBF\xBE") != std::string_view::npos ||
         text.find("\xEF\xBF\xBF") != std::string_view::npos;
}

bool has_line_break(std::string_view text) {
  return text.find_first_of("\n\r\t") != std::string_view::npos;
}

std::size_t utf16_units(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    units += byte >= 0xF0U ? 2 : (byte & 0xC0U) != 0x80U ? 1 : 0;
  }
  return units;
}

/// Attributes that the exporter of FollowTheMoney gives a property.
bool is_ftm_property(std::string_view key) {
  for (const std::string_view known :
       {"country", "from", "latitude", "longitude", "to", "wikidata"}) {
    if (key == known) return true;
  }
  return false;
}

bool is_early(std::string_view date) {
  const auto day = parse_iso_date(date);
  return day && *day < *parse_iso_date("1900-03-01");
}

class Counter final {
 public:
  Counter(const Graph& graph, const ExportOptions& options)
      : graph_(graph), selection_(graph, options) {}

  LossCount count(Loss loss) {
    found_ = {};
    found_.loss = loss;
    switch (loss) {
      case Loss::aliases:
        each_node([this](NodeId id) {
          for (const StringId alias : graph_.aliases(id)) add(true, graph_.text(alias));
        });
        break;
      case Loss::attributes:
        each_node([this](NodeId id) {
          for (const Attribute& attribute : graph_.attributes(id)) {
            add(true, graph_.text(attribute.key));
          }
        });
        break;
      case Loss::other_attributes:
        each_node([this](NodeId id) {
          for (const Attribute& attribute : graph_.attributes(id)) {
            const std::string_view key = graph_.text(attribute.key);
            add(!is_ftm_property(key), key);
          }
        });
        break;
      case Loss::cells:
        each_fact(
            [this](std::string_view text) { add(utf16_units(text) > spreadsheet_cell, text); });
        break;
      case Loss::formulas:
        each_fact([this](std::string_view text) { add(looks_like_formula(text), text); });
        break;
      case Loss::control:
        each_text([this](std::string_view text) { add(has_control(text), text); });
        break;
      case Loss::line_breaks:
        each_text([this](std::string_view text) { add(has_line_break(text), text); });
        break;
      case Loss::nul:
        each_text([this](std::string_view text) {
          add(text.find('\0') != std::string_view::npos, text);
        });
        break;
      case Loss::joined:
        joined();
        break;
      case Loss::coordinates:
        each_node([this](NodeId id) { add(!coordinates_of(graph_, id), graph_.name(id)); });
        break;
      case Loss::crowd:
      case Loss::lonely:
      case Loss::undrawn:
        left_out_of_pictures(loss);
        break;
      case Loss::document_titles:
      case Loss::documents:
        documents(loss == Loss::documents);
        break;
      case Loss::later_documents:
        each_edge([this](EdgeId id) {
          const auto pieces = graph_.evidence(id);
          for (const Evidence& piece : pieces) {
            const DocumentId document = graph_.sentence(piece.sentence).document;
            add(document != graph_.sentence(pieces[0].sentence).document,
                graph_.text(graph_.document(document).name));
          }
        });
        break;
      case Loss::renamed:
        renamed();
        break;
      case Loss::parallel:
      case Loss::parallel_kind:
        parallel(loss == Loss::parallel_kind);
        break;
      case Loss::speakers_of_pieces:
        speakers_of_pieces();
        break;
      case Loss::places_of_words:
        each_node([this](NodeId id) { many(graph_.mentions(id).size()); });
        each_piece([this](EdgeId, const Evidence& piece) {
          many(!piece.trigger.empty());
          many(!piece.source.empty());
          many(!piece.target.empty());
        });
        break;
      case Loss::numbers:
        each_edge([this](EdgeId id) {
          many(graph_.quantity(id) == nullptr ? 2 : 4);  // weight and confidence always
        });
        break;
      default:
        of_edges(loss);
    }
    return found_;
  }

 private:
  void of_edges(Loss loss) {
    each_edge([this, loss](EdgeId id) {
      const Edge& edge = graph_.edge(id);
      const std::size_t pieces = graph_.evidence(id).size();
      switch (loss) {
        case Loss::confidence:
          return add(edge.confidence < 1, edge_words(id));
        case Loss::dates:
        case Loss::intervals:
          return only(edge.time.known(), edge_words(id));
        case Loss::early_dates:
          return early(edge);
        case Loss::edges:
          return add(true, edge_words(id));
        case Loss::evidence:
          return many(pieces);
        case Loss::later_evidence:
          found_.all += pieces;
          if (pieces < 2) return;
          found_.touched += pieces - 1;
          return example(edge_words(id));
        case Loss::quantities:
          return only(graph_.quantity(id) != nullptr, edge_words(id));
        case Loss::speakers:
          return only(edge.attribution.valid(), edge_words(id));
        default:
          return;
      }
    });
  }

  void early(const Edge& edge) {
    if (!edge.time.known()) return;
    for (const std::int32_t day : {edge.time.from, edge.time.to}) {
      if (day == TimeSpan::open_from || day == TimeSpan::open_to) continue;
      const std::string date = iso_date(day);
      add(is_early(date), date);
    }
  }

  void joined() {
    each_node([this](NodeId id) {
      const auto aliases = graph_.aliases(id).size();
      found_.all += aliases;
      if (aliases > 1) {
        found_.touched += aliases;
        example(graph_.name(id));
      }
      const auto attributes = graph_.attributes(id);
      for (std::size_t i = 0; i < attributes.size(); ++i) {
        const bool shares =
            (i > 0 && attributes[i - 1].key == attributes[i].key) ||
            (i + 1 < attributes.size() && attributes[i + 1].key == attributes[i].key);
        add(shares, graph_.text(attributes[i].key));
      }
    });
  }

  // The columns of attributes stand behind the others, sorted by their keys.
  void renamed() {
    std::set<std::string_view> keys;
    each_node([&](NodeId id) {
      for (const Attribute& attribute : graph_.attributes(id))
        keys.insert(graph_.text(attribute.key));
    });
    const Columns columns(graph_, selection_);
    auto column = columns.node_columns().end() - static_cast<std::ptrdiff_t>(keys.size());
    for (const std::string_view key : keys) {
      add(column->name != key, key);
      ++column;
    }
  }

  void left_out_of_pictures(Loss loss) {
    std::vector<bool> connected(graph_.node_count(), false);
    each_edge([&](EdgeId id) {
      connected[graph_.edge(id).source.value] = true;
      connected[graph_.edge(id).target.value] = true;
    });
    // A picture of a graph without any edge shows the nodes.
    const bool any = std::find(connected.begin(), connected.end(), true) != connected.end();
    if (loss == Loss::undrawn && !any) return;
    std::size_t shown = 0;
    each_node([&](NodeId id) {
      if (loss != Loss::crowd) return add(!connected[id.value], graph_.name(id));
      shown += connected[id.value] || !any ? 1 : 0;
    });
    if (loss != Loss::crowd) return;
    found_.all = shown;
    found_.touched = shown > picture_nodes ? shown - picture_nodes : 0;
  }

  void documents(bool addresses) {
    for (const SourceDocument& document : graph_.documents()) {
      for (const StringId field :
           {document.title, document.date, document.author, document.outlet}) {
        only(!graph_.text(field).empty(), graph_.text(field));
      }
      only(addresses && document.url.valid() && !graph_.text(document.url).empty(),
           graph_.text(document.url));
    }
  }

  // Edges of one source stand together.
  void parallel(bool by_label) {
    std::set<std::pair<NodeId, std::string>> seen;
    NodeId source;
    each_edge([&](EdgeId id) {
      const Edge& edge = graph_.edge(id);
      if (edge.source != source) seen.clear();
      source = edge.source;
      const bool is_new =
          seen.emplace(edge.target, by_label ? edge_label(graph_, id) : std::string()).second;
      add(!is_new, edge_words(id));
    });
  }

  void speakers_of_pieces() {
    each_piece([this](EdgeId id, const Evidence& piece) {
      if (!piece.attribution.valid()) return;
      add(!graph_.edge(id).attribution.valid(), graph_.name(piece.attribution));
    });
  }

  template <class Visit>
  void each_node(Visit visit) {
    for (std::size_t i = 0; i < graph_.node_count(); ++i) {
      if (selection_.node(NodeId(i))) visit(NodeId(i));
    }
  }
  template <class Visit>
  void each_edge(Visit visit) {
    for (std::size_t i = 0; i < graph_.edge_count(); ++i) {
      if (selection_.edge(EdgeId(i))) visit(EdgeId(i));
    }
  }
  template <class Visit>
  void each_piece(Visit visit) {
    each_edge([&](EdgeId id) {
      for (const Evidence& piece : graph_.evidence(id)) visit(id, piece);
    });
  }
  /// Names, aliases, attributes, labels and sentences.
  template <class Visit>
  void each_text(Visit visit) {
    each_node([&](NodeId id) {
      visit(graph_.name(id));
      for (const StringId alias : graph_.aliases(id)) visit(graph_.text(alias));
      for (const Attribute& attribute : graph_.attributes(id)) visit(graph_.text(attribute.value));
    });
    each_edge([&](EdgeId id) { visit(std::string_view(graph_.relation(id).name)); });
    for (const SourceSentence& sentence : graph_.sentences()) visit(graph_.text(sentence.text));
  }
  /// Texts in the cells of a table of facts.
  template <class Visit>
  void each_fact(Visit visit) {
    FactRow row;
    each_edge([&](EdgeId id) {
      fill_fact_row(graph_, id, row);
      for (std::size_t i = 0; i < row.size(); ++i) {
        if (fact_columns()[i].type == CellType::text && !row[i].empty())
          visit(std::string_view(row[i]));
      }
    });
  }

  [[nodiscard]] std::string edge_words(EdgeId id) const {
    if (!found_.example.empty()) return {};  // nobody will read it
    const Edge& edge = graph_.edge(id);
    return std::string(graph_.name(edge.source)) + " - " + edge_label(graph_, id) + " - " +
           std::string(graph_.name(edge.target));
  }

  void add(bool touched, std::string_view text) {
    ++found_.all;
    if (!touched) return;
    ++found_.touched;
    example(text);
  }
  /// Counts what is there; all that is there is touched.
  void only(bool there, std::string_view text) {
    if (there) add(true, text);
  }
  void many(std::size_t count) {
    found_.all += count;
    found_.touched += count;
  }
  void example(std::string_view text) {
    if (found_.example.empty()) found_.example = wrap_text(text, example_characters, 1);
  }

  const Graph& graph_;
  Selection selection_;
  LossCount found_;
};

}  // namespace

std::vector<LossCount> count_losses(const Graph& graph, const ExportOptions& options,
                                    const std::vector<Loss>& losses) {
  std::vector<Loss> ordered(losses);
  std::sort(ordered.begin(), ordered.end());
  ordered.erase(std::unique(ordered.begin(), ordered.end()), ordered.end());
  Counter counter(graph, options);
  std::vector<LossCount> counts;
  for (const Loss loss : ordered) {
    LossCount count = counter.count(loss);
    if (count.touched > 0) counts.push_back(std::move(count));
  }
  return counts;
}

}  // namespace relata
