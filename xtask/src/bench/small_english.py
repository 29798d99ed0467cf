"""Reads a folder of texts with spaCy's small English architecture and prints what that took.

    python small_english.py FOLDER RUNS

The pipeline is that of its small English package: a shared encoder for tagger and parser, one of
its own for entities, with as many labels. Nothing is downloaded: its weights are those that it
starts training with, which cost as much as trained ones. (The scores of its transitions are all
zero then; random ones, which make it build trees and entities, cost some 4 in 100 more.)

Prints {"version": ..., "seconds": ...}: the processor time of the fastest run, without importing
spaCy and building the pipeline.
"""

import json
import sys
import time
from pathlib import Path

import spacy

TAGS, RELATIONS, ENTITIES = 50, 45, 18
WIDTH = 96


def encoder(attributes, rows):
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": WIDTH,
            "attrs": attributes,
            "rows": rows,
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": WIDTH,
            "depth": 4,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }


def transitions(kind, tok2vec):
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": kind,
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": tok2vec,
    }


def pipeline():
    spacy.util.fix_random_seed(1)
    nlp = spacy.blank("en")
    names, rows = ["NORM", "PREFIX", "SUFFIX", "SHAPE"], [5000, 1000, 2500, 2500]
    shared = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "tok2vec"}
    of_words = encoder(names + ["SPACY", "IS_SPACE"], rows + [50, 50])
    nlp.add_pipe("tok2vec", config={"model": of_words})
    tagger = {"@architectures": "spacy.Tagger.v2", "tok2vec": shared}
    nlp.add_pipe("tagger", config={"model": tagger})
    nlp.add_pipe("parser", config={"model": transitions("parser", shared)})
    nlp.add_pipe("ner", config={"model": transitions("ner", encoder(names, rows))})
    for name, count in (("tagger", TAGS), ("parser", RELATIONS), ("ner", ENTITIES)):
        for label in range(count):
            nlp.get_pipe(name).add_label(f"{name}-{label}")
    nlp.initialize()
    return nlp


if __name__ == "__main__":
    folder, runs = sys.argv[1:]
    texts = [path.read_text(encoding="utf-8") for path in sorted(Path(folder).glob("*.txt"))]
    nlp = pipeline()
    list(nlp.pipe(texts[:2]))
    took = []
    for _ in range(int(runs)):
        began = time.process_time()
        for _ in nlp.pipe(texts):
            pass
        took.append(time.process_time() - began)
    print(json.dumps({"version": spacy.__version__, "seconds": min(took)}))
