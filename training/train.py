"""From the corpora to weights: train.py UNITS CORPORA OUT PACKS [--epochs N] [--seed N] [--minutes M].

UNITS holds what `onrecord-scoring` printed of each corpus; CORPORA is the folder of the corpora;
PACKS that of the language's pack.
Prints a line an epoch with the measures on the development parts, and writes OUT/network.pt."""
import argparse
import collections
import json
import math
import os
import random
import time
import tomllib

import torch
import torch.nn.functional as F

import corpora
from network import Network, Size
from vectors import MiniLM, static_vectors

STATIC = 128


def capital(word):
    return any(c.isupper() for c in word)


def listed(packs):
    """Words that are no names though they are written with a capital: those of the calendar, and
    abbreviations such as titles."""
    with open(os.path.join(packs, "calendar.toml"), "rb") as file:
        calendar = tomllib.load(file)
    with open(os.path.join(packs, "segmentation.toml"), "rb") as file:
        segmentation = tomllib.load(file)
    words = {"i"} | {way for ways in calendar["months"] + calendar["weekdays"] for way in ways}
    words |= {word.lower() for word in segmentation["abbreviations"]["leads"]}
    return words | {word + "." for word in words}


def vocabulary(groups, pieces, listed, propn):
    """The forms that the network knows, the common ones first, and how many these are. A form is
    common where the corpora tell it without a capital often enough, and
    the treebanks not as a proper noun (tag `propn`); with a capital, all others are names, and the
    network is not told which."""
    counts, small, large, proper = (collections.Counter() for _ in range(4))
    for unit in (unit for group in groups for unit in group):
        tags = unit.get("upos") or [-1] * len(unit["words"])
        for word, form, place, tag in zip(unit["words"], unit["forms"], unit["places"], tags):
            counts[form] += 1
            if not capital(word):
                small[form] += 1
                proper[form] += 1 if tag == propn else -1 if tag >= 0 else 0
            elif place < 4:
                large[form] += 1
    def common(form):
        often = small[form] >= max(1, 0.2 * (small[form] + large[form]))
        return form in listed or often and proper[form] <= 0
    kept = [form for form, count in counts.most_common() if len(form) <= 40 and (count >= 2 or form in listed)]
    first = [form for form in kept if common(form)]
    known = set(first)
    rest = [form for form in kept if form not in known and small[form] >= 2]
    known |= set(rest)
    rest += [piece for piece in pieces
             if not piece.startswith(("##", "[")) and len(piece) > 1 and piece not in known
             and not any(c.isdigit() for c in piece) and piece.isascii()]
    return first + rest, len(first), counts


def tell(groups, forms, common):
    """Gives each unit `ids`, the places of its forms, and hides what its names are. Place 0 is that
    of unknown forms, the one behind all forms that of names."""
    places = {form: place for place, form in enumerate(forms, 1)}
    for unit in (unit for group in groups for unit in group):
        unit["ids"] = []
        for token, (word, form) in enumerate(zip(unit["words"], unit["forms"])):
            place = places.get(form, 0)
            if capital(word) and not 0 < place <= common:
                place = len(forms) + 1
                unit["affixes"][token] = [0, 0, 0, 0]
            unit["ids"].append(place)


def pad(rows, fill=0):
    width = max(map(len, rows))
    return torch.tensor([list(row) + [fill] * (width - len(row)) for row in rows])


class Batches:
    def __init__(self, groups, tokens, name, counts, seed):
        """`groups`: lists of units, each unit in the ways in which it may be told."""
        self.groups, self.tokens, self.random = groups, tokens, random.Random(seed)
        self.name, self.counts = name, counts

    def form_ids(self, unit, drop):
        out = []
        for form, place in zip(unit["forms"], unit["ids"]):
            if drop and place != self.name and self.random.random() < drop / (drop + self.counts[form]) + 0.01:
                place = 0
            out.append(place)
        return out

    def shapes(self, unit, recase):
        """Now and then a unit is told in small or in capital letters alone."""
        if recase and self.random.random() < 0.05:
            if self.random.random() < 0.6:
                return [0 if shape in (1, 2, 3) else shape for shape in unit["shapes"]]
            return [2 if shape in (0, 1) else shape for shape in unit["shapes"]]
        return unit["shapes"]

    def batch(self, units, drop=0.0):
        lengths = [len(unit["forms"]) for unit in units]
        width = max(lengths)
        place = torch.arange(width)[None].expand(len(units), -1)
        length = torch.tensor(lengths)[:, None]
        sentence = pad([[k for k, n in enumerate(unit["sentences"]) for _ in range(n)] for unit in units], -1)
        out = {
            "forms": pad([self.form_ids(unit, drop) for unit in units]),
            "affixes": torch.stack([F.pad(torch.tensor(u["affixes"]), (0, 0, 0, width - n)) for u, n in zip(units, lengths)]),
            "shapes": pad([self.shapes(unit, drop > 0) for unit in units]),
            "places": pad([unit["places"] for unit in units]),
            "back": torch.where(place < length, length - 1 - place, place),
            "mask": place < length,
            "same": sentence[:, :, None] == sentence[:, None, :],
            "lengths": lengths,
        }
        for name in ("tags", "upos", "xpos", "head", "deprel", "lemma", "mention"):
            if name in units[0]:
                out[name] = pad([unit[name] for unit in units], 0 if name in ("tags", "head") else -1)
        return out

    def epoch(self, drop):
        """Batches of like units of one group each, in random order."""
        plans = []
        for group in self.groups:
            told = [self.random.choice(ways) for ways in group]
            order = sorted(told, key=lambda unit: (len(unit["forms"]) + self.random.uniform(-4, 4)))
            rows, longest = [], 0
            for unit in order:
                longest = max(longest, len(unit["forms"]))
                if rows and longest * (len(rows) + 1) > self.tokens:
                    plans.append(rows)
                    rows, longest = [], len(unit["forms"])
                rows.append(unit)
            plans.append(rows)
        self.random.shuffle(plans)
        for rows in plans:
            yield self.batch(rows, drop)


def loss_of(net, batch, drop):
    one, two = net.encode(batch, drop)
    if "tags" in batch:
        emissions = net.emit(two)
        nll = net.crf(emissions, batch["mask"]) - net.score(emissions, batch["tags"], batch["mask"])
        return nll.sum() / batch["mask"].sum() * 4
    total = 0.0
    for name, weight in (("upos", 1.0), ("xpos", 0.5), ("lemma", 0.3), ("mention", 0.5)):
        states = two if name == "mention" else one
        if bool((batch[name] >= 0).any()):
            total = total + weight * F.cross_entropy(net.heads[name](states).flatten(0, 1), batch[name].flatten(), ignore_index=-1)
    mask = batch["mask"]
    arcs = net.arcs(two, batch["same"])
    total = total + F.cross_entropy(arcs[mask], batch["head"][mask])
    labels = net.labels(two, batch["head"])
    return total + F.cross_entropy(labels[mask], batch["deprel"][mask], ignore_index=-1)


@torch.no_grad()
def measure(net, batches, polnear, banks, labels):
    net.eval()
    result = {}
    found, gold = collections.defaultdict(set), {}
    order = sorted(polnear, key=lambda unit: len(unit["forms"]))
    for start in range(0, len(order), 64):
        rows = order[start:start + 64]
        batch = batches.batch(rows)
        paths = net.viterbi(net.emit(net.encode(batch)[1]), batch["lengths"])
        for unit, tags in zip(rows, paths):
            gold[unit["document"]] = unit["gold"]
            at = 0
            while at < len(tags):
                if tags[at] % 2 == 1:
                    end = at + 1
                    while end < len(tags) and tags[end] == tags[at] + 1:
                        end += 1
                    found[unit["document"]].add(((tags[at] - 1) // 2, unit["spans"][at][0], unit["spans"][end - 1][1]))
                    at = end
                else:
                    at += 1
    for kind, role in enumerate(corpora.ROLES):
        right = ours = wanted = 0
        for name, events in gold.items():
            theirs = {span for event in events for span in event[role]}
            mine = {(a, b) for k, a, b in found[name] if k == kind}
            right, ours, wanted = right + len(theirs & mine), ours + len(mine), wanted + len(theirs)
        result[role] = round(200 * right / max(1, ours + wanted), 2)
    hits, words, mention = collections.Counter(), 0, [0, 0, 0]
    bare = [name.split(":")[0] for name in labels["deprel"].names]
    for bank in banks:
        for start in range(0, len(bank), 32):
            batch = batches.batch(bank[start:start + 32])
            one, two = net.encode(batch)
            mask = batch["mask"]
            for name in ("upos", "xpos", "lemma"):
                hits[name] += int((net.heads[name](one).argmax(2) == batch[name])[mask].sum())
            heads = net.arcs(two, batch["same"]).argmax(2)
            right = (heads == batch["head"])[mask]
            rel = net.labels(two, heads).argmax(2)[mask].tolist()
            want = batch["deprel"][mask].tolist()
            same = torch.tensor([w >= 0 and bare[r] == bare[w] for r, w in zip(rel, want)])
            hits["uas"] += int(right.sum())
            hits["las"] += int((right & same).sum())
            words += int(mask.sum())
            told = batch["mention"][mask]
            guess = net.heads["mention"](two).argmax(2)[mask]
            told, guess = told[told >= 0], guess[told >= 0]
            mention[0] += int(((told == guess) & (told > 0)).sum())
            mention[1] += int((guess > 0).sum())
            mention[2] += int((told > 0).sum())
    result |= {name: round(100 * count / words, 2) for name, count in hits.items()}
    result["mention"] = round(200 * mention[0] / max(1, mention[1] + mention[2]), 2)
    net.train()
    return result


def main():
    cli = argparse.ArgumentParser()
    cli.add_argument("units"), cli.add_argument("corpora"), cli.add_argument("out"), cli.add_argument("packs")
    cli.add_argument("--epochs", type=int, default=12)
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--threads", type=int, default=2)
    cli.add_argument("--limit", type=int, default=0, help="so many units of each corpus: to try it")
    cli.add_argument("--drop", type=float, default=0.33)
    cli.add_argument("--rate", type=float, default=2.5e-3)
    args = cli.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    random.seed(args.seed)
    os.makedirs(args.out, exist_ok=True)
    started = time.time()
    labels = {name: corpora.Labels() for name in ("upos", "xpos", "deprel", "lemma")}
    labels["mention"] = corpora.Labels([corpora.OTHER])
    at = lambda *parts: os.path.join(args.corpora, *parts)
    cut = args.limit or None
    train, dev = [], []
    for part, into in (("train", train), ("dev", dev)):
        for bank in ("ewt", "gum"):
            into.append(corpora.treebank(f"{args.units}/{bank}-{part}.jsonl", at("ud", f"{bank}-{part}.conllu"), labels, bank == "gum")[:cut])
        told = corpora.polnear(f"{args.units}/polnear-{part}.jsonl", at("polnear", part))
        into.insert(0, [unit for unit in told if unit["tells"]][:cut] if part == "train" else told[:cut])
        for kind in labels.values():
            kind.frozen = True
    # A script told once or twice is a word of its own: the reader leaves such a word as it stands.
    scripts = collections.Counter(x for bank in train[1:] for unit in bank for x in unit["lemma"])
    kept = [x for x in range(len(labels["lemma"].names)) if scripts[x] >= 5]
    number = {x: place for place, x in enumerate(kept)}
    labels["lemma"] = corpora.Labels([labels["lemma"].names[x] for x in kept])
    for bank in (*train[1:], *dev[1:]):
        for unit in bank:
            unit["lemma"] = [number.get(x, -1) for x in unit["lemma"]]
    forms, common, counts = vocabulary(train, MiniLM().pieces, listed(args.packs), labels["upos"].places["PROPN"])
    tell((*train, *dev), forms, common)
    static = torch.zeros(len(forms) + 2, STATIC)
    static[1:-1] = static_vectors(forms, STATIC)
    print(f"{len(forms)} forms, {common} of them common, {time.time() - started:.0f} s", flush=True)
    sizes = {name: len(kind.names) for name, kind in labels.items()}
    net = Network(static, sizes)
    shadow = {k: v.detach().clone() for k, v in net.state_dict().items() if v.dtype.is_floating_point and k != "static"}
    name = len(forms) + 1
    # In use parties are hidden; treebanks are measured on all of their words.
    reports = [[corpora.hidden(unit, name)] for unit in train[0]]
    banks = [[unit, unit, corpora.hidden(unit, name)] for unit in train[1] + train[2]]
    batches = Batches([reports, banks], 2560, name, counts, args.seed)
    dev[0] = [corpora.hidden(unit, name) for unit in dev[0]]
    steps = args.epochs * sum(1 for _ in batches.epoch(0.0))
    optimiser = torch.optim.AdamW(
        [{"params": [p for n, p in net.named_parameters() if n != "delta.weight"], "weight_decay": 1e-3},
         {"params": [net.delta.weight], "weight_decay": 1e-2, "lr": args.rate * 0.5}], lr=args.rate, betas=(0.9, 0.98))
    peaks = [group["lr"] for group in optimiser.param_groups]
    done = 0
    log = open(os.path.join(args.out, "log.jsonl"), "a")
    for epoch in range(args.epochs):
        total, seen = 0.0, 0
        for batch in batches.epoch(0.5):
            share = min(1.0, (done + 1) / 200) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, done / steps))))
            for group, peak in zip(optimiser.param_groups, peaks):
                group["lr"] = peak * share
            loss = loss_of(net, batch, args.drop)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 3.0)
            optimiser.step()
            done += 1
            decay = min(0.998, (1 + done) / (10 + done))
            with torch.no_grad():
                for name, value in net.state_dict().items():
                    if name in shadow:
                        shadow[name].lerp_(value, 1 - decay)
            total, seen = total + float(loss.detach()), seen + 1
        own = {k: v.detach().clone() for k, v in net.state_dict().items()}
        net.load_state_dict(shadow | {"static": static}, strict=False)
        line = {"epoch": epoch + 1, "loss": round(total / seen, 4), "seconds": round(time.time() - started)}
        line |= measure(net, batches, dev[0], dev[1:], labels)
        print(json.dumps(line), flush=True)
        log.write(json.dumps(line) + "\n")
        log.flush()
        torch.save({"state": net.state_dict(), "forms": forms, "common": common, "labels": {k: v.names for k, v in labels.items()}},
                   os.path.join(args.out, "network.pt"))
        net.load_state_dict(own)


if __name__ == "__main__":
    main()
