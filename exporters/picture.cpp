#include "exporters/picture.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <ostream>
#include <span>
#include <string>
#include <string_view>

#include <graphviz/cgraph.h>
#include <graphviz/gvc.h>

#include "exporters/selection.h"
#include "graph/errors.h"

namespace relata {

namespace {

constexpr const char* pixels_an_inch = "110";

// The library keeps its state in globals of its own, so this lock has to be one too.
std::mutex& graphviz_lock() {
  static std::mutex lock;
  return lock;
}

// Messages of the layout (a label that does not fit) are no errors of ours, and the library may not
// print.
int ignore_message(char* /*message*/) {
  return 0;
}

const char* name_of(PictureFormat format) {
  switch (format) {
    case PictureFormat::pdf:
      return "pdf";
    case PictureFormat::png:
      return "png";
    case PictureFormat::svg:
      return "svg";
  }
  return "";
}

/// The one context of the process. Graphviz' text layout remembers the last font by a pointer into
/// the context that used it, and looks at it again for the next picture: a context that was freed
/// meanwhile would be read. So it is never freed, and holds no more than the few fonts of our
/// pictures between them. REQUIRES: the lock is held.
GVC_t* shared_context() {
  static GVC_t* const context = gvContext();
  if (context == nullptr) throw Error("Graphviz could not be started");
  return context;
}

struct CloseGraph {
  void operator()(Agraph_t* graph) const { agclose(graph); }
};
struct FreeRendered {
  void operator()(char* data) const { gvFreeRenderData(data); }
};

/// Ends the layout before the graph is closed.
class Layout final {
 public:
  Layout(GVC_t* context, Agraph_t* graph) : context_(context), graph_(graph) {
    if (gvLayout(context, graph, "dot") != 0) throw Error("Graphviz could not lay out the picture");
  }
  ~Layout() { gvFreeLayout(context_, graph_); }
  Layout(const Layout&) = delete;
  Layout& operator=(const Layout&) = delete;

 private:
  GVC_t* context_;
  Agraph_t* graph_;
};

/// A PDF holds the second in which it was made; the same graph has to give the same bytes, so the
/// date becomes the epoch. Places in the file stay where they are, since the digits keep their
/// number.
void hide_creation_date(std::span<char> data) {
  static constexpr std::string_view key = "/CreationDate (D:";
  static constexpr std::string_view epoch = "19700101000000";
  const std::string_view text(data.data(), data.size());
  const std::size_t at = text.rfind(key);
  if (at == std::string_view::npos || at + key.size() + epoch.size() > data.size()) return;
  std::copy(epoch.begin(), epoch.end(),
            data.begin() + static_cast<std::ptrdiff_t>(at + key.size()));
}

}  // namespace

void PictureExporter::write(const Graph& graph, std::ostream& out,
                            const ExportOptions& options) const {
  require_profile(name_of(format_), options.profile);
  const std::string source = picture_source(graph, options);
  const std::lock_guard<std::mutex> guard(graphviz_lock());
  agseterrf(ignore_message);
  GVC_t* const context = shared_context();
  const std::unique_ptr<Agraph_t, CloseGraph> drawing(agmemread(source.c_str()));
  if (drawing == nullptr) throw Error("Graphviz could not read the picture's description");
  if (format_ == PictureFormat::png) {
    // Of pictures without pixels Graphviz writes the size of the window in other units than the
    // drawing with this, so that viewers show a part of it.
    std::string name = "dpi";  // the library takes no constant text
    std::string value = pixels_an_inch;
    agattr(drawing.get(), AGRAPH, name.data(), value.data());
  }
  const Layout layout(context, drawing.get());
  char* data = nullptr;
  unsigned length = 0;
  if (gvRenderData(context, drawing.get(), name_of(format_), &data, &length) != 0 ||
      data == nullptr) {
    throw Error(std::string("Graphviz cannot draw ") + name_of(format_) +
                "; its plug-in for that format is missing");
  }
  const std::unique_ptr<char, FreeRendered> rendered(data);
  hide_creation_date({data, length});
  out.write(data, static_cast<std::streamsize>(length));
}

}  // namespace relata
