#!/usr/bin/env python3
"""Computes the figures that README.md quotes about the data, and fails when README.md says otherwise.

Every figure is made here as a line of README.md, which must hold it word for word.
(Sums, sizes, columns and nulls stand in README.md's tables: datasets_test.go checks them.)
Standard library only.
"""
import csv, gzip, io, pathlib, re, sys
from collections import Counter, defaultdict
from datetime import datetime

HERE = pathlib.Path(__file__).resolve().parent
STREAMS = {
    "calm week": "flights/stream_calm_week.csv",
    "July": "flights/stream_2013-07.csv.gz",
    "storm week": "flights/stream_storm_week.csv",
}


def content(name):
    data = (HERE / name).read_bytes()
    return (gzip.decompress(data) if name.endswith(".gz") else data).decode("utf-8")


def rows(name):
    return list(csv.DictReader(io.StringIO(content(name), newline="")))


def when(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def line(*cells):
    return "| " + " | ".join(str(c) for c in cells) + " |"


def percent(part, whole):
    return f"{100 * part / whole:.1f} %"


# --- what is computed -------------------------------------------------------
def behind(events):
    """For each event, how many minutes it is behind the latest event time seen before it."""
    latest, out = events[0], []
    for e in events:
        out.append(max(0, (latest - e).total_seconds() / 60))
        latest = max(latest, e)
    return out


def dropped(events, batch, delay, size=60):
    """Rows that tumbling windows of `size` minutes refuse because the window closed: end <= watermark.

    Spark's rule: batch N filters late rows with the watermark that batch N-1 ran with,
    that is the latest event time of batches 0 to N-2, minus the delay.
    """
    latest, marks, lost = None, [None], 0
    for i in range(0, len(events), batch):
        mark = marks[-2] if len(marks) > 1 else None
        for e in events[i:i + batch]:
            t = e.timestamp() / 60
            lost += mark is not None and (t // size + 1) * size <= mark
            latest = t if latest is None else max(latest, t)
        marks.append(latest - delay)
    return lost


def skew(name, keys):
    """How uneven a key is: rows, keys, the heaviest key's share, how many keys hold half of the rows."""
    counts = Counter(keys)
    n, cumulated, half = sum(counts.values()), 0, 0
    for _, c in counts.most_common():
        cumulated, half = cumulated + c, half + 1
        if 2 * cumulated >= n:
            break
    top, c = counts.most_common(1)[0]
    return line(name, f"{n:,}", f"{len(counts):,}", f"{top} {percent(c, n)}", half)


def gap_sessions(events, minutes):
    """Sessions of (key, time) pairs: a silence longer than the gap starts a new one."""
    by_key = defaultdict(list)
    for key, t in events:
        by_key[key].append(t)
    breaks = lambda ts: sum((b - a).total_seconds() > minutes * 60 for a, b in zip(ts, ts[1:]))
    return sum(1 + breaks(sorted(ts)) for ts in by_key.values())


# --- what README.md must say ------------------------------------------------
def flights():
    year, january = rows("flights/flights.csv.gz"), rows("flights/flights_2013-01.csv")
    planes = {r["tailnum"] for r in rows("flights/planes.csv")}
    hours = Counter((r["origin"], r["time_hour"]) for r in rows("flights/weather.csv.gz"))
    airports = {r["iata"] for r in rows("flights/airports_ourairports.csv")}
    assert january == [r for r in year if r["month"] == "1"], "flights_2013-01.csv is not the year's January"
    assert {r[k] for r in year for k in ("origin", "dest")} <= airports, "an airport of the flights is missing"
    assert max(hours.values()) == 1, "(origin, time_hour) is not a key of the weather"

    orphans = [r["tailnum"] for r in year if r["tailnum"] not in planes | {"NA"}]
    yield f"{len(set(orphans)):,} tail numbers ({len(orphans):,} flights) have no plane"
    yield f"{sum((r['origin'], r['time_hour']) not in hours for r in year):,} flights have no weather hour"
    key = lambda r, *more: (r["month"], r["day"], r["carrier"], r["flight"], *(r[k] for k in more))
    repeats = lambda *more: len(year) - len({key(r, *more) for r in year})
    assert repeats("origin") == 0, "(date, carrier, flight, origin) is not a key of the flights"
    yield f"(date, carrier, flight) repeats {repeats()} times"
    first = [r for r in january if r["day"] == "1"]
    left = [int(r["dep_delay"]) for r in first if r["dep_delay"] != "NA"]
    yield f"on 1 January {len(left)} flights left and {len(first) - len(left)} were cancelled"

    yield skew("flight: origin", [r["origin"] for r in year])
    yield skew("flight: carrier", [r["carrier"] for r in year])
    yield skew("flight: dest", [r["dest"] for r in year])
    yield skew("flight: origin-dest", [r["origin"] + "-" + r["dest"] for r in year])
    yield skew("flight: tailnum", [r["tailnum"] for r in year])
    yield skew("flight in January: dest", [r["dest"] for r in january])


def streams():
    for name, path in STREAMS.items():
        stream = rows(path)
        events, arrivals = [when(r["event_time"]) for r in stream], [when(r["arrival_time"]) for r in stream]
        assert arrivals == sorted(arrivals), f"{path} is not in order of arrival"
        late, n = behind(events), len(stream)
        ranked = sorted(late)
        yield line(name, *(percent(sum(l > t for l in late), n) for t in (0, 10, 30, 60, 120, 180)),
                   *(round(ranked[min(n - 1, int(q * n))]) for q in (.5, .9, .99, 1)))
        yield f"{sum(int(r['dep_delay']) < 0 for r in stream):,} in the {name}"
        for batch in (20, 100):
            yield line(f"{name}, {batch} rows", *(dropped(events, batch, d) for d in (0, 10, 30, 60, 120)))


def texts():
    for name in ("candide", "opticks"):
        words = re.findall(r"[^\W\d_]+", content(f"text/{name}.txt").lower())
        yield skew(f"{name}: word", words)


def quakes():
    week = rows("quakes/earthquakes.csv")
    assert week == sorted(week, key=lambda r: r["time"]), "the earthquakes are not in order of time"
    late = sorted(behind([when(r["time"]) for r in sorted(week, key=lambda r: r["updated"])]))
    yield (f"{percent(sum(l > 60 for l in late), len(late))} of the rows come more than 60 minutes late, "
           f"{late[len(late) // 2]:.0f} minutes at the median")
    yield skew("earthquake: net", [r["net"] for r in week])


def sessions():
    clicks = rows("sessions/clickstream_synthetic.csv.gz")
    assert clicks == sorted(clicks, key=lambda r: r["timestamp"]), "the clicks are not in order of time"
    labels, users = len({r["session_id"] for r in clicks}), len({r["user_id"] for r in clicks})
    events = [(r["user_id"], when(r["timestamp"])) for r in clicks]
    assert gap_sessions(events, 30) == labels, "a 30-minute gap does not find the labelled sessions"
    yield f"{users} users, {labels:,} labelled sessions, {len({r['event'] for r in clicks})} kinds of events"
    yield (f"5 minutes would cut {gap_sessions(events, 5):,} sessions "
           f"and 1 minute {gap_sessions(events, 1):,}")
    yield skew("click: event", [r["event"] for r in clicks])
    yield skew("click: user_id", [r["user_id"] for r in clicks])


if __name__ == "__main__":
    squeeze = lambda text: re.sub(r"\s+", " ", text)
    readme = squeeze((HERE / "README.md").read_text(encoding="utf-8"))
    missing = 0
    for figures in (flights, streams, texts, quakes, sessions):
        for figure in figures():
            quoted = re.search(r"(?<!\S)" + re.escape(squeeze(figure)) + r"(?!\w)", readme) is not None
            missing += not quoted
            print("ok     " if quoted else "MISSING", figure)
    if missing:
        sys.exit(f"{missing} figures computed from the data do not stand in README.md: write them there as printed above")
