"""From a trained network to the weights that ship: export.py NETWORK OUT.safetensors.

Tables and matrices become 8-bit integers, a scale a row; what is small stays 32-bit float. The
layout is told in docs/engine.md."""
import json
import sys

import torch
from safetensors.torch import save_file

from network import Network, Size

FORMAT = "1"


def by_row(matrix):
    """Whole numbers from -127 to 127 and what one of them is worth, a row."""
    scale = matrix.abs().amax(1).clamp(min=1e-8) / 127
    return (matrix / scale[:, None]).round().clamp(-127, 127).to(torch.int8), scale


def table(values):
    """Whole numbers and what one of them is worth, over the whole table; the few values far beyond
    the others are cut."""
    flat = values.abs().flatten()
    top = flat.kthvalue(max(1, int(flat.numel() * 0.9998))).values
    scale = float(top.clamp(min=1e-8)) / 127
    return (values / scale).round().clamp(-127, 127).to(torch.int8), scale


@torch.no_grad()
def main(source, out):
    saved = torch.load(source, weights_only=True)
    sizes = {name: len(names) for name, names in saved["labels"].items()}
    net = Network(saved["state"]["static"], sizes)
    net.load_state_dict(saved["state"])
    net.eval()
    s, tensors, column = Size, {}, []
    # The first row is that of forms that are not listed, the last that of names.
    words = net.words(torch.arange(len(saved["forms"]) + 2))
    forms = "\n".join(saved["forms"])
    tensors["forms"] = torch.frombuffer(bytearray(forms.encode()), dtype=torch.uint8)
    tables = [("words", words)] + [(f"affix{k}", t.weight) for k, t in enumerate(net.affix)] + [("shape", net.shape.weight)]
    for name, values in tables:
        tensors[name], scale = table(values)
        column += [scale] * values.shape[1]
    column = torch.tensor(column)
    hidden = torch.full((2 * s.hidden,), 1 / 127)
    for layer, pair, worth in (("first", net.first, column), ("second", net.second, hidden)):
        for direction, cell in zip(("forward", "backward"), pair):
            lstm, at = cell.lstm, f"{layer}.{direction}."
            weights, bias = lstm.weight_ih_l0, lstm.bias_ih_l0 + lstm.bias_hh_l0
            if layer == "first":
                places = net.place.weight @ weights[:, s.input():].T + bias
                tensors[at + "places"] = places
                weights = weights[:, :s.input()]
            else:
                tensors[at + "bias"] = bias
            tensors[at + "input"], tensors[at + "input_scale"] = by_row(weights * worth)
            tensors[at + "state"], tensors[at + "state_scale"] = by_row(lstm.weight_hh_l0 / 127)
    heads = [("upos", net.heads["upos"]), ("xpos", net.heads["xpos"]), ("lemma", net.heads["lemma"])]
    after = [("emit", net.emit), ("mention", net.heads["mention"]), ("arc_dep", net.arc_dep),
             ("arc_head", net.arc_head), ("label_dep", net.label_dep), ("label_head", net.label_head)]
    for layer, group in (("first", heads), ("second", after)):
        for name, linear in group:
            tensors[name], tensors[name + "_scale"] = by_row(linear.weight / 127)
            tensors[name + "_bias"] = linear.bias
    tensors["arc"] = net.arc.weight.T
    tensors["arc_root"] = net.arc_bias.weight[0]
    tensors["label"] = net.label.weight.T
    tensors["label_bias"] = net.label.bias
    tensors["step"] = net.step + net.barred
    tensors["begin"] = net.begin + net.barred_begin
    tensors = {name: value.detach().contiguous().clone() for name, value in tensors.items()}
    labels = {name: json.dumps(names, ensure_ascii=False) for name, names in saved["labels"].items()}
    save_file(tensors, out, metadata={"format": FORMAT, "language": "en", "common": str(saved["common"]), **labels})
    print(f"{sum(t.numel() * t.element_size() for t in tensors.values())} bytes, {forms.count(chr(10)) + 1} forms")


if __name__ == "__main__":
    main(*sys.argv[1:])
