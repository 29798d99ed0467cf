"""The network: one encoder, several heads. The Rust crate `language` runs the same."""
import torch
import torch.nn.functional as F
from torch import nn

from corpora import TAGS

AFFIXES = (1024, 4096, 8192, 4096)
SHAPES, PLACES = 15, 8


class Size:
    word, affix, shape, place = 112, (16, 32, 24, 24), 8, 8
    hidden = 160
    arc, label = 96, 64

    @classmethod
    def input(cls):
        return cls.word + sum(cls.affix) + cls.shape


class Reversible(nn.Module):
    """An LSTM that reads each row of a padded batch forwards or backwards."""

    def __init__(self, width, hidden, backwards):
        super().__init__()
        self.lstm = nn.LSTM(width, hidden, batch_first=True)
        self.backwards = backwards

    def forward(self, x, back):
        if self.backwards:
            x = x.gather(1, back[..., None].expand(-1, -1, x.shape[2]))
        h, _ = self.lstm(x)
        if self.backwards:
            h = h.gather(1, back[..., None].expand(-1, -1, h.shape[2]))
        return h


class Network(nn.Module):
    def __init__(self, static, sizes):
        """`static`: a row a form, row 0 for unknown ones; `sizes`: how many labels each head has."""
        super().__init__()
        s = Size
        self.register_buffer("static", static)
        self.project = nn.Linear(static.shape[1], s.word, bias=False)
        self.delta = nn.Embedding(static.shape[0], s.word)
        nn.init.zeros_(self.delta.weight)
        self.affix = nn.ModuleList(nn.Embedding(n, d) for n, d in zip(AFFIXES, s.affix))
        self.shape = nn.Embedding(SHAPES, s.shape)
        # What a place adds goes straight to the gates of the first layer.
        self.place = nn.Embedding(PLACES, s.place)
        for table in (*self.affix, self.shape, self.place):
            nn.init.normal_(table.weight, std=0.3)
        width = s.input() + s.place
        self.first = nn.ModuleList(Reversible(width, s.hidden, b) for b in (False, True))
        self.second = nn.ModuleList(Reversible(2 * s.hidden, s.hidden, b) for b in (False, True))
        self.heads = nn.ModuleDict({name: nn.Linear(2 * s.hidden, n) for name, n in sizes.items()
                                    if name in ("upos", "xpos", "lemma", "mention")})
        self.arc_dep, self.arc_head = nn.Linear(2 * s.hidden, s.arc), nn.Linear(2 * s.hidden, s.arc)
        self.arc = nn.Linear(s.arc, s.arc, bias=False)
        self.arc_bias = nn.Linear(s.arc, 1, bias=False)
        self.label_dep, self.label_head = nn.Linear(2 * s.hidden, s.label), nn.Linear(2 * s.hidden, s.label)
        self.label = nn.Linear(s.label, sizes["deprel"])
        self.emit = nn.Linear(2 * s.hidden, len(TAGS))
        self.step = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.begin = nn.Parameter(torch.zeros(len(TAGS)))
        barred = torch.zeros(len(TAGS), len(TAGS))
        for to in range(2, len(TAGS), 2):
            for frm in range(len(TAGS)):
                if frm not in (to, to - 1):
                    barred[frm, to] = -1e4
        self.register_buffer("barred", barred)
        self.register_buffer("barred_begin", torch.tensor([-1e4 if t and t % 2 == 0 else 0.0 for t in range(len(TAGS))]))

    def words(self, forms):
        return self.project(self.static[forms]) + self.delta(forms)

    def encode(self, batch, drop=0.0):
        """The states of both layers, [rows, tokens, 2 x hidden] each."""
        forms, affixes, shapes, places, back, mask = (
            batch[name] for name in ("forms", "affixes", "shapes", "places", "back", "mask"))
        parts = [self.words(forms)]
        parts += [table(affixes[..., kind]) for kind, table in enumerate(self.affix)]
        parts += [self.shape(shapes), self.place(places)]
        x = torch.cat(parts, 2)
        x = self.drop(x, drop)
        one = torch.cat([lstm(x, back) for lstm in self.first], 2)
        two = torch.cat([lstm(self.drop(one, drop), back) for lstm in self.second], 2)
        return self.drop(one, drop), self.drop(two, drop)

    def drop(self, x, rate):
        """The same units of every token of a row fall away together, and some of each alone."""
        if not self.training or rate == 0:
            return x
        keep = torch.bernoulli(torch.full((x.shape[0], 1, x.shape[2]), 1 - rate)) / (1 - rate)
        return F.dropout(x * keep, rate / 3)

    def arcs(self, two, same):
        """Scores of each token's heads [rows, dependents, heads]; its own place is the root."""
        dep, head = F.relu(self.arc_dep(two)), F.relu(self.arc_head(two))
        scores = self.arc(dep) @ head.transpose(1, 2) + self.arc_bias(head).transpose(1, 2)
        return scores.masked_fill(~same, -1e4)

    def labels(self, two, heads):
        rows = heads[..., None].expand(-1, -1, Size.label)
        return self.label(F.relu(self.label_dep(two) + self.label_head(two).gather(1, rows)))

    def crf(self, emissions, mask):
        """Log alphas at every token [rows, tokens, tags] and the log of the sum over all paths."""
        step, alpha = self.step + self.barred, emissions[:, 0] + self.begin + self.barred_begin
        alphas = [alpha]
        for t in range(1, emissions.shape[1]):
            fresh = torch.logsumexp(alpha[:, :, None] + step, 1) + emissions[:, t]
            alpha = torch.where(mask[:, t, None], fresh, alpha)
            alphas.append(alpha)
        return torch.logsumexp(alpha, 1)

    def score(self, emissions, tags, mask):
        picked = emissions.gather(2, tags[..., None])[..., 0]
        total = (self.begin + self.barred_begin)[tags[:, 0]] + (picked * mask).sum(1)
        steps = (self.step + self.barred)[tags[:, :-1], tags[:, 1:]]
        return total + (steps * mask[:, 1:]).sum(1)

    @torch.no_grad()
    def viterbi(self, emissions, lengths):
        step = self.step + self.barred
        score, back = emissions[:, 0] + self.begin + self.barred_begin, []
        history = [score]
        for t in range(1, emissions.shape[1]):
            best, frm = (score[:, :, None] + step).max(1)
            score = best + emissions[:, t]
            back.append(frm)
            history.append(score)
        out = []
        for row, length in enumerate(lengths):
            tag = int(history[length - 1][row].argmax())
            path = [tag]
            for t in range(length - 1, 0, -1):
                tag = int(back[t - 1][row, tag])
                path.append(tag)
            out.append(path[::-1])
        return out
