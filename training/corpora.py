"""The corpora as arrays: the units that `onrecord-scoring units` prints, with their gold labels."""
import glob
import json
import os
import re

ROLES = ("source", "cue", "content")
TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
OTHER = "_"
# The shape of a word with a capital, in `onrecord_language::engine`.
CAPITAL = 1


def attributions(folder, stem):
    """The attributions of an article: of its alphabetically first annotator where it has several."""
    files = sorted(glob.glob(os.path.join(folder, stem + "_*.ann"))) or glob.glob(
        os.path.join(folder, stem + ".ann"))
    if not files:
        return None
    spans, events = {}, []
    for line in open(files[0], encoding="utf-8"):
        fields = line.rstrip("\n").split("\t")
        if fields[0].startswith("T") and len(fields) > 1:
            where = fields[1].split(" ", 1)[1]
            try:
                spans[fields[0]] = [tuple(map(int, part.split())) for part in where.split(";")]
            except ValueError:
                continue
        elif fields[0].startswith("E") and len(fields) > 1:
            event = {role: [] for role in ROLES}
            for part in fields[1].split():
                role, _, span = part.partition(":")
                role = re.sub(r"\d+$", "", role).lower()
                if role in event:
                    event[role] += spans.get(span, [])
            events.append(event)
    return events


def merged(spans, text):
    """Fragments joined where only white space parts them, as the scorer joins them."""
    out = []
    for start, end in sorted(spans):
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start == end:
            continue
        if out and not text[out[-1][1]:start].strip():
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def units(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def polnear(path, folder):
    """The units of PolNeAR with `tags`, a place in TAGS for each token, and `owner`, the place of
    its attribution in the article or -1. Units keep the article's gold under `gold`."""
    out, gold_of = units(path), {}
    for unit in out:
        name = unit["document"]
        if name not in gold_of:
            stem = os.path.splitext(os.path.basename(name))[0]
            text = open(os.path.join(folder, "text", stem + ".txt"), encoding="utf-8", newline="").read()
            events = attributions(os.path.join(folder, "attributions"), stem)
            gold_of[name] = None if events is None else [
                {role: merged(event[role], text) for role in ROLES} for event in events]
        gold = gold_of[name]
        if gold is None:
            continue
        unit["gold"] = gold
        unit["tags"] = [0] * len(unit["spans"])
        unit["owner"] = [-1] * len(unit["spans"])
        starts = [span[0] for span in unit["spans"]]
        first, last = unit["spans"][0][0], unit["spans"][-1][1]
        for place, event in enumerate(gold):
            for kind, role in enumerate(ROLES):
                for start, end in event[role]:
                    if end <= first or start >= last:
                        continue
                    begun = False
                    for token, (left, right) in enumerate(unit["spans"]):
                        if left < end and start < right:
                            unit["tags"][token] = 1 + 2 * kind + (1 if begun else 0)
                            unit["owner"][token] = place
                            begun = True
    return [unit for unit in out if "tags" in unit]


class Labels:
    """Names to numbers, in order of first use; unknown ones are -1 once frozen."""

    def __init__(self, names=()):
        self.names, self.frozen = list(names), False
        self.places = {name: place for place, name in enumerate(self.names)}

    def __getitem__(self, name):
        if name not in self.places:
            if self.frozen:
                return -1
            self.places[name] = len(self.names)
            self.names.append(name)
        return self.places[name]


def script(form, lemma):
    """How a form becomes its lemma: `N|ending`, the last N characters of the form in lower case
    replaced; `=|lemma` where they share no beginning."""
    low, lemma = form.lower(), lemma.lower()
    shared = len(os.path.commonprefix([low, lemma]))
    if shared == 0 and low:
        return "=|" + lemma
    return f"{len(low) - shared}|{lemma[shared:]}"


def sentences(path):
    rows, entities = [], []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line:
            if rows:
                yield rows
            rows = []
        elif not line.startswith("#"):
            fields = line.split("\t")
            if fields[0].isdigit():
                rows.append(fields)
    if rows:
        yield rows


def mention_heads(rows):
    """The type of the smallest mention that each word is the head of, or OTHER."""
    types, open_mentions, spans = [OTHER] * len(rows), [], []
    for place, fields in enumerate(rows):
        entity = next((part[7:] for part in fields[9].split("|") if part.startswith("Entity=")), "")
        for mark in re.findall(r"\([^()]*\)?|[^()]+\)", entity):
            if mark.startswith("("):
                parts = mark.strip("()").split("-")
                if len(parts) > 1:
                    open_mentions.append((parts[0], parts[1], place))
                    if mark.endswith(")"):
                        name, kind, start = open_mentions.pop()
                        spans.append((start, place, kind))
            else:
                name = mark.rstrip(")").split("-")[0]
                for back in range(len(open_mentions) - 1, -1, -1):
                    if open_mentions[back][0] == name:
                        _, kind, start = open_mentions.pop(back)
                        spans.append((start, place, kind))
                        break
    for start, end, kind in sorted(spans, key=lambda span: span[0] - span[1]):
        for place in range(start, end + 1):
            head = int(rows[place][6]) - 1
            if head < start or head > end:
                types[place] = kind
                break
    return types


def treebank(path, conllu, labels, has_mentions):
    """The units of a treebank with `upos`, `xpos`, `head` (a place in the unit, or its own for a
    root), `deprel`, `lemma` (a script) and `mention` as numbers of `labels`."""
    out, rest = units(path), sentences(conllu)
    for unit in out:
        for name in ("upos", "xpos", "head", "deprel", "lemma", "mention"):
            unit[name] = []
        start, pending = 0, []
        while start < len(unit["words"]):
            rows = unit.pop("carried", None) or next(rest)
            assert [row[1] for row in rows] == unit["words"][start:start + len(rows)] or \
                len(rows) > len(unit["words"]) - start, (rows[0], unit["words"][:5])
            mentions = mention_heads(rows) if has_mentions else None
            for place, fields in enumerate(rows):
                if start + place >= len(unit["words"]):
                    break
                head = int(fields[6])
                unit["upos"].append(labels["upos"][fields[3]])
                unit["xpos"].append(labels["xpos"][fields[4]])
                unit["head"].append(start + (head - 1 if head else place))
                unit["deprel"].append(labels["deprel"][fields[7]])
                unit["lemma"].append(labels["lemma"][script(fields[1], fields[2])])
                unit["mention"].append(labels["mention"][mentions[place]] if mentions else -1)
            start += len(rows)
    return out


def hidden(unit, name):
    """The unit as the network reads it in use: each of its parties one word that tells nothing, with
    the form `name`. A party whose words make no subtree of a treebank stays as it is."""
    rows, parties = [], {start: end for start, end in unit["parties"]}
    at, width = 0, len(unit["forms"])
    top = {}
    while at < width:
        end = parties.get(at, at + 1)
        tops = [at]
        if at in parties and "head" in unit:
            tops = [t for t in range(at, end) if unit["head"][t] == t or not at <= unit["head"][t] < end]
        if at not in parties or len(tops) > 1:
            end, tops = at + 1, [at]
        top.update({token: len(rows) for token in range(at, end)})
        rows.append((at, end, tops[0], at in parties and end == parties[at]))
        at = end
    out = {key: unit[key] for key in ("document", "tells", "gold") if key in unit}
    def take(key, of):
        if key in unit:
            out[key] = [of(*row) for row in rows]
    take("forms", lambda a, b, t, h: "_" if h else unit["forms"][a])
    take("ids", lambda a, b, t, h: name if h else unit["ids"][a])
    take("affixes", lambda a, b, t, h: [0, 0, 0, 0] if h else unit["affixes"][a])
    take("shapes", lambda a, b, t, h: CAPITAL if h else unit["shapes"][a])
    take("places", lambda a, b, t, h: unit["places"][a])
    take("spans", lambda a, b, t, h: [unit["spans"][a][0], unit["spans"][b - 1][1]])
    for key in ("upos", "xpos", "deprel", "mention"):
        take(key, lambda a, b, t, h: unit[key][t])
    take("lemma", lambda a, b, t, h: -1 if h else unit["lemma"][a])
    take("head", lambda a, b, t, h: top[unit["head"][t]])
    counts, start = [], 0
    for count in unit["sentences"]:
        counts.append(sum(start <= row[0] < start + count for row in rows))
        start += count
    out["sentences"] = counts
    if "tags" in unit:
        out["tags"] = []
        for a, b, _, _ in rows:
            role, last = (unit["tags"][b - 1] + 1) // 2, out["tags"][-1] if out["tags"] else 0
            begins = any(tag == 2 * role - 1 for tag in unit["tags"][a:b]) or (last + 1) // 2 != role
            out["tags"].append(0 if role == 0 else 2 * role - begins)
    return out
