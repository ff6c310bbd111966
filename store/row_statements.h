#pragma once
// The statements that store/rows.h runs many times, prepared once.

#include "store/database.h"
#include "store/rows.h"

namespace relata::store {

struct RowWriter::Statements {
  explicit Statements(Database& database)
      : find_node(database, "SELECT id FROM node WHERE key = ?"),
        find_edge(database,
                  "SELECT id FROM edge WHERE source = ? AND target = ? AND relation = ? AND "
                  "negated = ? AND reality = ?"),
        find_relation(database, "SELECT id FROM relation WHERE name = ?"),
        add_relation(database, "INSERT INTO relation VALUES (?, ?, ?, ?)"),
        add_document(database,
                     "INSERT INTO document (id, name, title, date, author, outlet, url, language, "
                     "copy_of) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        add_sentence(database, "INSERT INTO sentence VALUES (?, ?, ?, ?, ?)"),
        add_node(database, "INSERT INTO node VALUES (?, ?, ?, ?, ?, ?, ?)"),
        add_part(database, "INSERT INTO part VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
        add_edge(database,
                 "INSERT INTO edge VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        add_piece(database,
                  "INSERT INTO piece VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                  "?, ?, ?, ?, ?, ?)"),
        set_ranges(database,
                   "UPDATE source SET first_document = ?, documents = ?, first_sentence = ?, "
                   "sentences = ?, first_part = ?, parts = ?, first_piece = ?, pieces = ? "
                   "WHERE id = ?") {}

  Statement find_node;
  Statement find_edge;
  Statement find_relation;
  Statement add_relation;
  Statement add_document;
  Statement add_sentence;
  Statement add_node;
  Statement add_part;
  Statement add_edge;
  Statement add_piece;
  Statement set_ranges;
};

}  // namespace relata::store
