#!/usr/bin/env python3
"""Types and roles of events against GENEVA (Parekh et al. 2023, events of FrameNet's texts in 115 types).

  evaluate_geneva.py [--relata build/release/cli/relata] [--data ../shared/data] [--errors N]

Reads geneva/geneva.jsonl, one sentence a line; without it nothing is scored, which is no failure. Each sentence is
built as a text of its own. Only events whose type maps to one of the ontology's are scored (MAPPING below):

- found: an event node of ours has a mention that overlaps the trigger
- type: of those found, the share with the mapped type (any of them, where several are right)
- roles: of events with the right type, GENEVA's arguments whose role maps to one of ours and whose words can be a
  node (something with a capital, or that our graph has a node for): recall is the share that our event has an edge
  to with that role; precision is the share of our edges of mapped roles that lie in an argument of that role

An event of ours has a node only when somebody takes part in it or it is told of elsewhere, so GENEVA's events of
objects and abstractions are not found by design. Standard library only.
"""
import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

# GENEVA's type -> (our types, any of which is right; {GENEVA's role: our role}). None: the ontology has no such event.
MAPPING = {
    "Achieve": None,
    "Action": None,
    "Adducing": None,
    "Agree_or_refuse_to_act": (("agreement", "rejection"), {"Speaker": "agent"}),
    "Arranging": (("deployment",), {"Agent": "agent", "Theme": "patient", "Location": "place"}),
    "Arrest": (("capture",), {"Authorities": "agent", "Suspect": "patient"}),
    "Arriving": (("movement",), {"Theme": "agent", "Goal": "place"}),
    "Assistance": (("aid", "support"), {"Helper": "agent", "Benefited_party": "recipient"}),
    "Attack": (("attack", "war"), {"Assailant": "agent", "Victim": "patient"}),
    "Bearing_arms": None,
    "Becoming": None,
    "Becoming_a_member": None,
    "Bodily_harm": (("injury",), {"Agent": "agent", "Victim": "patient"}),
    "Bringing": None,
    "Building": None,
    "Catastrophe": (("disaster",), {"Patient": "patient", "Place": "place"}),
    "Causation": None,
    "Cause_change_of_position_on_a_scale": None,
    "Cause_to_amalgamate": None,
    "Cause_to_make_progress": None,
    "Change": None,
    "Change_of_leadership": (("election", "appointment", "departure"),
                             {"Selector": "agent", "New_leader": "patient", "Old_leader": "patient"}),
    "Check": None,
    "Choosing": None,
    "Collaboration": None,
    "Come_together": (("meeting",), {"Individuals": "agent", "Place": "place"}),
    "Coming_to_be": None,
    "Coming_to_believe": None,
    "Commerce_buy": (("transaction",), {"Buyer": "agent", "Goods": "patient", "Seller": "recipient"}),
    "Commerce_pay": None,
    "Commerce_sell": (("transaction",), {"Seller": "agent", "Goods": "patient", "Buyer": "recipient"}),
    "Commitment": (("support", "threat", "statement"), {"Speaker": "agent"}),
    "Committing_crime": None,
    "Communication": (("meeting", "statement"), {"Speaker": "agent", "Interlocutors": "agent"}),
    "Competition": None,
    "Confronting_problem": None,
    "Connect": None,
    "Conquering": (("seizure", "capture", "war"), {"Conqueror": "agent", "Theme": "patient"}),
    "Containing": None,
    "Control": None,
    "Convincing": (("request",), {"Speaker": "agent", "Addressee": "recipient"}),
    "Cost": None,
    "Create_artwork": None,
    "Creating": None,
    "Criminal_investigation": (("investigation",), {"Investigator": "agent", "Suspect": "patient", "Incident": "patient"}),
    "Cure": None,
    "Damaging": None,
    "Death": (("death",), {"Deceased": "patient"}),
    "Deciding": None,
    "Defending": None,
    "Departing": (("movement", "withdrawal", "departure"), {"Traveller": "agent"}),
    "Destroying": (("attack", "disaster"), {"Destroyer": "agent", "Patient": "patient"}),
    "Dispersal": None,
    "Earnings_and_losses": None,
    "Education_teaching": None,
    "Emergency": (("disaster",), {"Place": "place"}),
    "Employment": None,
    "Emptying": None,
    "Exchange": None,
    "Expansion": None,
    "Filling": None,
    "GetReady": None,
    "Getting": None,
    "Giving": None,
    "Hindering": None,
    "Hold": None,
    "Hostile_encounter": (("war", "attack"), {"Side_1": "agent", "Side_2": "patient", "Sides": "agent"}),
    "Influence": None,
    "Ingestion": None,
    "Judgment_communication": (("accusation", "support", "trial"), {"Communicator": "agent", "Evaluee": "patient"}),
    "Killing": (("death", "attack"), {"Killer": "agent", "Victim": "patient"}),
    "Know": None,
    "Labeling": None,
    "Legality": None,
    "Manufacturing": None,
    "Motion": None,
    "Motion_directional": None,
    "Openness": None,
    "Participation": None,
    "Perception_active": None,
    "Placing": None,
    "Practice": None,
    "Presence": None,
    "Preventing_or_letting": None,
    "Process_end": None,
    "Process_start": None,
    "Protest": None,  # FrameNet's is about arguing for a claim; demonstrations are not in it
    "Quarreling": None,
    "Ratification": (("agreement",), {"Ratifier": "agent", "Proposal": "patient"}),
    "Receiving": None,
    "Recovering": None,
    "Removing": None,
    "Request": (("request",), {"Speaker": "agent", "Addressee": "recipient"}),
    "Research": None,
    "Resolve_problem": None,
    "Response": None,
    "Reveal_secret": (("statement",), {"Speaker": "agent", "Addressee": "recipient"}),
    "Revenge": (("sanction", "attack"), {"Avenger": "agent", "Offender": "patient"}),
    "Rite": None,
    "Scrutiny": (("investigation",), {"Cognizer": "agent", "Ground": "patient"}),
    "Self_motion": None,
    "Sending": (("aid", "deployment"), {"Sender": "agent", "Theme": "patient", "Recipient": "recipient", "Goal": "place"}),
    "Sign_agreement": (("agreement",), {"Signatory": "agent", "Agreement": "patient"}),
    "Social_event": None,
    "Statement": (("statement",), {"Speaker": "agent", "Addressee": "recipient"}),
    "Supply": (("aid",), {"Supplier": "agent", "Theme": "patient", "Recipient": "recipient"}),
    "Supporting": (("support",), {"Supporter": "agent", "Supported": "patient"}),
    "Telling": (("statement",), {"Speaker": "agent", "Addressee": "recipient"}),
    "Terrorism": (("attack",), {"Terrorist": "agent", "Victim": "patient"}),
    "Testing": None,
    "Theft": (("seizure",), {"Perpetrator": "agent", "Goods": "patient", "Victim": "patient"}),
    "Traveling": (("movement",), {"Traveler": "agent", "Goal": "place", "Area": "place"}),
    "Using": None,
    "Wearing": None,
    "Writing": None,
}


def spread(tokens):
    """The text of the tokens and each token's range of bytes in it."""
    text, ranges = b"", []
    for token in tokens:
        if text:
            text += b" "
        word = token.encode("utf-8")
        ranges.append((len(text), len(text) + len(word)))
        text += word
    return text.decode("utf-8"), ranges


def build(relata, sentences):
    """Our graph of all sentences, one document each."""
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "geneva.jsonl"
        with open(source, "w", encoding="utf-8") as file:
            for number, (text, _) in enumerate(sentences):
                file.write(json.dumps({"id": f"s{number}", "text": text}) + "\n")
        target = pathlib.Path(folder) / "graph.json"
        command = [relata, "build", str(source), "-o", str(target)]
        result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if result.returncode != 0:
            sys.exit(f"evaluate_geneva: {' '.join(command)} ended with {result.returncode}\n{result.stderr}")
        return json.loads(target.read_text(encoding="utf-8"))


def overlap(left, right):
    return left[0] < right[1] and right[0] < left[1]


class Graph:
    """Our events and where things are mentioned, by number of the text."""

    def __init__(self, graph):
        self.nodes = {node["id"]: node for node in graph["nodes"]}
        documents = [self.number(document["name"]) for document in graph["documents"]]
        sentences = [documents[sentence["document"]] for sentence in graph["sentences"]]
        self.events = collections.defaultdict(list)   # text -> [(range, node id)]
        self.mentions = collections.defaultdict(list)  # text -> [range]
        for node in graph["nodes"]:
            for mention in node.get("mentions", []):
                place = (mention["begin"], mention["end"])
                table = self.events if node["kind"] == "event" else self.mentions
                table[sentences[mention["sentence"]]].append((place, node["id"]))
        self.roles = collections.defaultdict(list)  # (text, event) -> [(role, range)]
        for edge in graph["edges"]:
            if self.nodes[edge["source"]]["kind"] != "event":
                continue
            for evidence in edge["evidence"]:
                target = evidence["target"]
                self.roles[sentences[evidence["sentence"]], edge["source"]].append(
                    (edge["relation"], (target["begin"], target["end"])))

    @staticmethod
    def number(name):
        """The number of the sentence: the last digits of the document's name."""
        digits = ""
        for character in reversed(name):
            if not character.isdigit():
                if digits:
                    break
                continue
            digits = character + digits
        return int(digits)


def share(part, whole):
    return f"{part / whole:.3f} ({part} of {whole})" if whole else "none"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--relata", default="build/release/cli/relata")
    parser.add_argument("--data", default="../shared/data")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show N events of a wrong type, and N wrong roles")
    arguments = parser.parse_args()
    path = pathlib.Path(arguments.data) / "geneva" / "geneva.jsonl"
    if not path.exists():
        print(f"evaluate_geneva: skipped, there is no {path}")
        return
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    unknown = {event["type"] for record in records for event in record["events"]} - set(MAPPING)
    if unknown:
        sys.exit(f"evaluate_geneva: {path} has types that the mapping lacks: {', '.join(sorted(unknown))}")
    sentences = [spread(record["tokens"]) for record in records]
    graph = Graph(build(arguments.relata, sentences))

    by_type = collections.defaultdict(collections.Counter)
    total = collections.Counter()
    wrong_types, wrong_roles = [], []
    for number, (record, (text, ranges)) in enumerate(zip(records, sentences)):
        place = lambda span: (ranges[span[0]][0], ranges[span[1] - 1][1])
        for event in record["events"]:
            mapped = MAPPING[event["type"]]
            total["all"] += 1
            if mapped is None:
                continue
            types, roles = mapped
            count = by_type[event["type"]]
            count["mapped"] += 1
            trigger = place(event["trigger"])
            found = [node for where, node in graph.events[number] if overlap(where, trigger)]
            if not found:
                continue
            count["found"] += 1
            right = [node for node in found if graph.nodes[node]["type"] in types]
            if not right:
                wrong_types.append(f"{event['type']} -> {graph.nodes[found[0]]['type']}: "
                                   f"{text.encode()[trigger[0]:trigger[1]].decode()} in: {text}")
                continue
            count["right"] += 1
            edges = graph.roles[number, right[0]]
            wanted = [(roles[a["role"]], place(a["span"])) for a in event["arguments"] if a["role"] in roles]
            for role, where in wanted:
                if not any(overlap(where, own) for own, _ in graph.mentions[number]):
                    continue
                count["roles gold"] += 1
                if any(own == role and overlap(words, where) for own, words in edges):
                    count["roles found"] += 1
                else:
                    wrong_roles.append(f"missing {role} of {event['type']}: {text.encode()[where[0]:where[1]].decode()} in: {text}")
            for role, words in edges:
                touched = [own for own, where in wanted if overlap(words, where)]
                if role not in roles.values() or not wanted:
                    continue
                count["roles made"] += 1
                if role in touched:
                    count["roles right"] += 1
                else:
                    wrong_roles.append(f"extra {role} of {event['type']}: {text.encode()[words[0]:words[1]].decode()} in: {text}")
    for count in by_type.values():
        total.update(count)

    print(f"{total['all']} events, {total['mapped']} of types that map to ours")
    print("found:", share(total["found"], total["mapped"]))
    print("type right, of those found:", share(total["right"], total["found"]))
    print("roles, recall:", share(total["roles found"], total["roles gold"]))
    print("roles, precision:", share(total["roles right"], total["roles made"]))
    print("\n| GENEVA's type | ours | events | found | type right | roles found / gold | right / made |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, count in sorted(by_type.items(), key=lambda item: (-item[1]["mapped"], item[0])):
        print(f"| {name} | {', '.join(MAPPING[name][0])} | {count['mapped']} | {count['found']} | {count['right']} | "
              f"{count['roles found']} / {count['roles gold']} | {count['roles right']} / {count['roles made']} |")
    for line in wrong_types[:arguments.errors] + wrong_roles[:arguments.errors]:
        print(line)


if __name__ == "__main__":
    main()
