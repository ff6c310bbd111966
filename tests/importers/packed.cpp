#include "tests/importers/packed.h"

#include <cstdint>
#include <stdexcept>

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

namespace relata::tests {

namespace {

std::string little_endian(std::uint64_t value, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 0xFFU);
  return text;
}

/// `window`: zlib's windowBits, which say what stands around the deflated bytes.
std::string deflated(std::string_view bytes, int window) {
  z_stream stream{};
  if (deflateInit2(&stream, 9, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("deflateInit2 failed");
  }
  std::string result(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(result.data());
  stream.avail_out = static_cast<uInt>(result.size());
  deflate(&stream, Z_FINISH);
  result.resize(stream.total_out);
  deflateEnd(&stream);
  return result;
}

std::string xml(const std::string& body) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + body;
}

}  // namespace

std::string zip_of(const Members& members, bool stored) {
  std::string zip;
  std::string directory;
  for (const auto& [name, bytes] : members) {
    // The type of OpenDocument and EPUB has to stand there as it is.
    const bool plain = stored || name == "mimetype";
    const std::string data = plain ? bytes : deflated(bytes, -MAX_WBITS);
    const auto crc =
        crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size()));
    const std::string common = little_endian(20, 2) + little_endian(0x0800, 2) +
                               little_endian(plain ? 0 : 8, 2) + little_endian(0, 2) +
                               little_endian(0x5A64, 2) + little_endian(crc, 4) +
                               little_endian(data.size(), 4) + little_endian(bytes.size(), 4) +
                               little_endian(name.size(), 2) + little_endian(0, 2);
    directory += "PK\x01\x02" + little_endian(20, 2) + common + little_endian(0, 2) +
                 little_endian(0, 2) + little_endian(0, 2) + little_endian(0, 4) +
                 little_endian(zip.size(), 4) + name;
    zip += "PK\x03\x04" + common + name + data;
  }
  const std::size_t begin = zip.size();
  return zip + directory + "PK\x05\x06" + little_endian(0, 4) + little_endian(members.size(), 2) +
         little_endian(members.size(), 2) + little_endian(directory.size(), 4) +
         little_endian(begin, 4) + little_endian(0, 2);
}

std::string tar_of(const Members& members) {
  std::string tar;
  for (const auto& [name, bytes] : members) {
    std::string header(512, '\0');
    header.replace(0, name.size(), name);
    header.replace(100, 7, "0000644");
    header.replace(108, 7, "0000000");
    header.replace(116, 7, "0000000");
    header.replace(124, 11, fmt::format("{:011o}", bytes.size()));
    header.replace(136, 11, "00000000000");
    header.replace(148, 8, "        ");
    header[156] = '0';
    header.replace(257, 5, "ustar");
    header.replace(263, 2, "00");
    unsigned sum = 0;
    for (const char c : header) sum += static_cast<unsigned char>(c);
    header.replace(148, 7, fmt::format("{:06o}", sum) + std::string(1, '\0'));
    tar += header + bytes + std::string((512 - bytes.size() % 512) % 512, '\0');
  }
  return tar + std::string(1024, '\0');
}

std::string gzip_of(std::string_view bytes) {
  return deflated(bytes, MAX_WBITS + 16);
}

std::string zstd_of(std::string_view bytes) {
  std::string result(ZSTD_compressBound(bytes.size()), '\0');
  ZSTD_CCtx* const context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  const std::size_t size =
      ZSTD_compress2(context, result.data(), result.size(), bytes.data(), bytes.size());
  ZSTD_freeCCtx(context);
  if (ZSTD_isError(size) != 0) throw std::runtime_error("ZSTD_compress2 failed");
  result.resize(size);
  return result;
}

std::string docx_of(const std::string& body) {
  const std::string word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  return zip_of(
      {{"[Content_Types].xml",
        xml("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>")},
       {"_rels/.rels",
        xml("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
            "<Relationship Id=\"r1\" Type=\"" +
            office + "/officeDocument\" Target=\"word/document.xml\"/></Relationships>")},
       {"docProps/core.xml",
        xml("<cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\" xmlns:dcterms=\"t\"><dc:title>Strike"
            "</dc:title><dc:creator>Ana Lind</dc:creator><dcterms:created>2025-03-04T08:00:00Z"
            "</dcterms:created></cp:coreProperties>")},
       {"word/document.xml", xml("<w:document xmlns:w=\"" + word + "\" xmlns:mc=\"m\"><w:body>" +
                                 body + "</w:body></w:document>")}});
}

std::string odt_of(const std::string& body) {
  return zip_of(
      {{"mimetype", "application/vnd.oasis.opendocument.text"},
       {"content.xml",
        xml("<office:document-content xmlns:office=\"o\" xmlns:text=\"t\" xmlns:dc=\"d\">"
            "<office:body><office:text>" +
            body + "</office:text></office:body></office:document-content>")},
       {"meta.xml",
        xml("<office:document-meta xmlns:office=\"o\" xmlns:meta=\"m\" xmlns:dc=\"d\"><office:meta>"
            "<dc:title>Strike</dc:title><meta:initial-creator>Ana Lind</meta:initial-creator>"
            "<dc:creator>An Editor</dc:creator><dc:date>2025-04-01T00:00:00</dc:date>"
            "<meta:creation-date>2025-03-04T08:00:00</meta:creation-date><dc:language>en-GB"
            "</dc:language></office:meta></office:document-meta>")}});
}

std::string epub_of(const Members& chapters) {
  std::string items;
  std::string spine;
  Members members = {
      {"mimetype", "application/epub+zip"},
      {"META-INF/container.xml",
       xml("<container xmlns=\"c\"><rootfiles><rootfile full-path=\"OEBPS/book.opf\"/></rootfiles>"
           "</container>")}};
  for (std::size_t i = 0; i < chapters.size(); ++i) {
    items += fmt::format("<item id=\"i{}\" href=\"{}\"/>", i, chapters[i].first);
    spine += fmt::format("<itemref idref=\"i{}\"/>", i);
    members.emplace_back("OEBPS/" + chapters[i].first,
                         xml("<html xmlns=\"http://www.w3.org/1999/xhtml\"><body>" +
                             chapters[i].second + "</body></html>"));
  }
  members.emplace_back(
      "OEBPS/book.opf",
      xml("<package xmlns=\"p\" xmlns:dc=\"d\"><metadata><dc:title>The book</dc:title><dc:creator>"
          "Ana Lind</dc:creator><dc:date>2025-03-04</dc:date><dc:publisher>Herald Press"
          "</dc:publisher><dc:language>en</dc:language></metadata><manifest>" +
          items + "</manifest><spine>" + spine + "</spine></package>"));
  return zip_of(members);
}

std::string pdf_of(const std::vector<std::vector<std::string>>& pages) {
  std::vector<std::string> objects;
  std::string kids;
  for (std::size_t i = 0; i < pages.size(); ++i) kids += fmt::format("{} 0 R ", 5 + 2 * i);
  objects.emplace_back("<</Type/Catalog/Pages 2 0 R>>");
  objects.push_back(fmt::format("<</Type/Pages/Kids[{}]/Count {}>>", kids, pages.size()));
  objects.emplace_back("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
  objects.emplace_back("<</Title(Strike)/Author(Ana Lind)/CreationDate(D:20250304080000Z)>>");
  for (const auto& lines : pages) {
    std::string content = "BT /F1 11 Tf 72 780 Td 14 TL\n";
    for (const std::string& line : lines) {
      content += line.empty() ? "0 -14 Td\n" : "(" + line + ") Tj T*\n";
    }
    content += "ET";
    objects.push_back(
        fmt::format("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R/Resources"
                    "<</Font<</F1 3 0 R>>>>>>",
                    objects.size() + 2));
    objects.push_back(fmt::format("<</Length {}>>stream\n{}\nendstream", content.size(), content));
  }
  std::string pdf = "%PDF-1.4\n";
  std::string table;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    table += fmt::format("{:010} 00000 n \n", pdf.size());
    pdf += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
  }
  return pdf + fmt::format(
                   "xref\n0 {}\n0000000000 65535 f \n{}trailer\n<</Size {}/Root 1 0 R/Info "
                   "4 0 R>>\nstartxref\n{}\n%%EOF\n",
                   objects.size() + 1, table, objects.size() + 1, pdf.size());
}

}  // namespace relata::tests
