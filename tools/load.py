#!/usr/bin/env python3
"""Asks a server of `musnad serve` from many clients at once, and tells errors, times and memory.

    python3 tools/load.py http://127.0.0.1:7878 [--clients 64] [--seconds 60] [--pid PID]

The addresses are taken from the server itself: reports, entities, utterances and happenings that a search finds, the lists and the
counts, and words out of the headlines. Every client keeps its connection, as browsers do, and asks for packed answers. With --pid, the
memory of that process is told before and after (Linux).
"""

import argparse
import http.client
import json
import random
import threading
import time
import urllib.parse

ROOT = "/api/v1"


def get(connection, path):
    connection.request("GET", ROOT + path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    return answer.status, answer.read()


def addresses(host):
    """What to ask for: each kind of address, with how often it is asked for beside the others."""
    connection = http.client.HTTPConnection(host)

    def found(within):
        connection.request("GET", f"{ROOT}/search?in={within}&limit=100")
        return json.loads(connection.getresponse().read())["items"]

    reports = found("reports")
    entities = [i["who"]["entity"] for i in found("entities") if i["who"]["entity"]]
    words = [w for r in reports for w in (r["report"]["title"] or "").split() if len(w) > 3 and w.isalpha()]
    quoted = urllib.parse.quote
    types = ["CONSULT", "ASSAULT", "PROTEST", "ACCUSE", "AID"]
    kinds = [
        (8, [f"/search?q={quoted(w)}" for w in words]),
        (4, [f"/search?in=reports&q={quoted(w)}" for w in words]),
        (2, [f"/search?in=happenings&q={quoted(w)}" for w in words[:50]]),
        (6, [f"/reports/{r['report']['report']}" for r in reports]),
        (4, [f"/entities/{e}" for e in entities]),
        (3, [f"/entities/{e}/statements" for e in entities]),
        (2, [f"/entities/{e}/events" for e in entities]),
        (2, [f"/entities/{e}/profile" for e in entities]),
        (3, [f"/utterances/{u['utterance']}" for u in found("utterances")]),
        (3, [f"/happenings/{h['happening']}" for h in found("happenings")]),
        (2, [f"/events?type={t}" for t in types]),
        (1, [f"/timeline?type={t}" for t in types] + ["/timeline"]),
        (1, [f"/map?type={t}" for t in types] + ["/map"]),
        (1, [f"/network?type={t}" for t in types] + [f"/network?participant={e}" for e in entities[:20]]),
        (1, ["/about"]),
    ]
    return [(weight, list_) for weight, list_ in kinds if list_]


def resident(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def client(host, kinds, until, seed, times, wrong):
    chosen = random.Random(seed)
    weights = [weight for weight, _ in kinds]
    connection = http.client.HTTPConnection(host, timeout=60)
    while time.monotonic() < until:
        path = chosen.choice(chosen.choices(kinds, weights)[0][1])
        start = time.monotonic()
        try:
            status, _ = get(connection, path)
        except (OSError, http.client.HTTPException) as error:
            wrong.append(f"{path}: {error!r}")
            connection.close()
            continue
        times.append((time.monotonic() - start, path))
        if status != 200:
            wrong.append(f"{path}: {status}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("server")
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pid", type=int)
    asked = parser.parse_args()
    host = urllib.parse.urlparse(asked.server).netloc
    kinds = addresses(host)
    before = resident(asked.pid) if asked.pid else None
    times, wrong = [], []
    until = time.monotonic() + asked.seconds
    threads = [
        threading.Thread(target=client, args=(host, kinds, until, i, times, wrong)) for i in range(asked.clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    at = lambda share: times[min(len(times) - 1, int(len(times) * share))][0] * 1000
    print(f"{asked.clients} clients, {asked.seconds:g} s: {len(times)} answers, {len(times) / asked.seconds:.0f} a second, {len(wrong)} errors")
    print(f"ms: median {at(0.5):.1f}, 90 % {at(0.9):.1f}, 99 % {at(0.99):.1f}, most {at(1):.1f}")
    for seconds, path in reversed(times[-5:]):
        print(f"  {seconds * 1000:.0f} ms {urllib.parse.unquote(path)}")
    for error in wrong[:10]:
        print("  wrong:", error)
    if before is not None:
        print(f"memory: {before:.0f} MB before, {resident(asked.pid):.0f} MB after")
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
