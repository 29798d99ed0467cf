"""What a trained network tells of a text, for the test that pins the Rust engine to it:
pin.py NETWORK UNITS >told.jsonl. UNITS holds what `onrecord-scoring units` printed of the text.

Of each unit as it is read in use, its parties hidden: a role for each word and how likely it is over
all paths, the labels of the other heads, and the likeliest head."""
import json
import sys

import torch

import corpora
from network import Network
from train import Batches, tell


def main(source, path):
    saved = torch.load(source, weights_only=True)
    names = saved["labels"]
    net = Network(saved["state"]["static"], {kind: len(labels) for kind, labels in names.items()})
    net.load_state_dict(saved["state"])
    net.eval()
    units = corpora.units(path)
    tell([units], saved["forms"], saved["common"])
    name = len(saved["forms"]) + 1
    batches = Batches([], 0, name, {}, 0)
    for unit in units:
        batch = batches.batch([corpora.hidden(unit, name)])
        one, two = net.encode(batch)
        emissions = net.emit(two).detach().requires_grad_()
        # The gradient of the sum over all paths is how likely each role is.
        net.crf(emissions, batch["mask"]).sum().backward()
        roles = net.viterbi(emissions.detach(), batch["lengths"])[0]
        told = {"parties": unit["parties"], "roles": roles}
        told["likely"] = [round(float(row[role]), 3) for row, role in zip(emissions.grad[0], roles)]
        told["head"] = net.arcs(two, batch["same"]).argmax(2)[0].tolist()
        for kind, states in (("upos", one), ("xpos", one), ("mention", two)):
            told[kind] = [names[kind][x] for x in net.heads[kind](states).argmax(2)[0].tolist()]
        print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
