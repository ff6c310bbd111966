#include "importers/text/role_relations.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

namespace relata::text {

std::string modifier_relation(const Entity& bearer, const Entity& owner, bool possessive) {
  const bool country = owner.type == "country" || owner.type == "region";
  if (bearer.kind == EntityKind::place) {
    if (owner.kind == EntityKind::place) return "located in";
    return possessive && bearer.type == "facility" ? "owned by" : "";
  }
  if (bearer.kind != EntityKind::actor) return {};
  if (country && (bearer.type == "military" || bearer.type == "government")) return "part of";
  if (owner.type == "country") return "national of";
  if (owner.type == "region") return "located in";
  if (owner.kind == EntityKind::place) return bearer.type == "person" ? "" : "located in";
  const bool crowd = owner.type == "group" && !owner.named;
  const bool owner_is_body = owner.type != "person" && !owner.type.empty() && !crowd;
  if (!owner_is_body || bearer.type == "person") return {};
  if (bearer.type == "media") return "owned by";
  return "part of";
}

namespace {

bool leads_state(std::string_view noun) {
  static const std::set<std::string, std::less<>> nouns = {
      "mayor", "governor", "minister", "premier", "chancellor", "king", "queen", "provost"};
  return nouns.contains(noun);
}

}  // namespace

std::string RoleRelations::of_role(const NounRole& role, std::int32_t bearer, std::int32_t token,
                                   std::int32_t complement) const {
  const Entity& whole = *thing(finder_.entity_of(complement));
  const EntityMention* named = entities_.at(index_, bearer);
  const bool body = named != nullptr && named->form == MentionForm::name && named->type != "person";
  if (body && named->words.contains(complement)) {
    // "Saudi Interior Ministry", "Australian Broadcasting Corporation"
    const Entity* bearing = thing(named->entity);
    if (bearing != nullptr) return modifier_relation(*bearing, whole, false);
  }
  if (role.relation == "leader of" && leads_a_part(token, complement)) return "national of";
  const bool office = role.relation == "leader of" || role.relation == "works for";
  // "UN High Commissioner for Refugees": the office is a body.
  if (office && body && named->words.contains(token)) return "part of";
  // "the firm's parent, Volvo": companies have no families.
  static const std::set<std::string, std::less<>> bodies = {"company", "organization", "government",
                                                            "party",   "media",        "country"};
  if (role.relation == "family of" && bodies.contains(whole.type))
    return tree_.key(token) == "parent" ? "owns" : "";
  const bool person = whole.type == "person";
  if (person && role.relation == "member of") return {};  // a person's candidate
  // "the Asad regime": a person leads it.
  const EntityMention* owner = entities_.at(index_, complement);
  // "the governor's office" is led by whoever is governor.
  const bool named_person = owner != nullptr && owner->form == MentionForm::name;
  if (person && role.relation == "part of") return named_person ? "led by" : "";
  // "the girls and their school": no part of them.
  const bool crowd = whole.type == "group" && !whole.named;
  if (crowd && role.relation == "part of") return {};
  // "his defence minister", "the governor's chief of staff" work for somebody.
  if (person && role.relation == "leader of" &&
      (tree_.token(complement).upos == Upos::pron || serves(token)))
    return "works for";
  if (role.relation == "leader of" && is_deputy(token) && tree_.preposition(complement) != "of")
    return "works for";
  // "the mayor, Ruth Ames of the Green Party"
  if (whole.type == "party" && role.relation == "leader of" && leads_state(tree_.key(token)))
    return tree_.is(complement, "compound") ? "" : "member of";
  // "Tottenham MP"
  if (whole.kind == EntityKind::place && whole.type != "country" && role.relation == "member of")
    return {};
  if (whole.type == "country" && role.relation == "member of") return "national of";
  // "the GRU's front companies", "one of Europe's networks": only states have nationals.
  if (role.relation == "national of" && whole.type != "country")
    return whole.kind == EntityKind::place ? "located in" : person ? "" : "part of";
  return role.relation;
}

bool RoleRelations::leads_a_part(std::int32_t token, std::int32_t complement) const {
  static const std::set<std::string, std::less<>> whole = {
      "former", "new",   "current", "top",     "longtime", "acting", "interim",  "late",
      "then",   "first", "supreme", "veteran", "ousted",   "exiled", "military", "de"};
  const EntityMention* owner = entities_.at(index_, complement);
  if (tree_.key(token) != "leader" || owner == nullptr || !owner->demonym) return false;
  const std::vector<std::int32_t> children(tree_.children(token).begin(),
                                           tree_.children(token).end());
  return std::any_of(children.begin(), children.end(), [&](std::int32_t child) {
    const bool modifier = tree_.is(child, "amod") || tree_.is(child, "compound");
    return modifier && child > complement && child < token && !whole.contains(tree_.key(child));
  });
}

bool RoleRelations::serves(std::int32_t token) const {
  const std::string& noun = tree_.key(token);
  return noun == "minister" || noun == "secretary" ||
         (token + 2 < tree_.size() && tree_.key(token + 2) == "staff");
}

bool RoleRelations::is_deputy(std::int32_t token) const {
  static const std::set<std::string, std::less<>> words = {"deputy", "vice", "assistant", "junior",
                                                           "under"};
  const auto children = tree_.children(token);
  return std::any_of(children.begin(), children.end(), [&](std::int32_t child) {
    return child < token && words.contains(tree_.key(child));
  });
}

}  // namespace relata::text
