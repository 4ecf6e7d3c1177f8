#!/usr/bin/env python3
"""Asks real Spark what streaming programs do, micro-batch by micro-batch.

    python ask_spark.py --out DIR CASE.json...

It needs pyspark 4.3, pandas, pyarrow and a Java of 17. A case has the oracle's format (see ../../../testdata/oracle/README.md);
what it expects is ignored and written anew to DIR/NAME.json.

How a case is run
  * the source is Spark's own MemoryStream (made through py4j), of JSON text read with from_json and
    the stream's schema; one addData = one input partition, so arrival order inside a batch is kept;
  * all additions of a step are made while holding StreamExecution.awaitProgressLock, so that they
    land in one micro-batch even when they go to two streams; then query.processAllAvailable();
  * rows are collected in foreachBatch (called for every micro-batch, those without rows included);
    watermark and state numbers come from the progress of the same batch id.
  * the PySpark program is generated from the case's AST (to_pyspark), so they cannot differ.
"""
import os, sys, time, json, re, argparse, shutil, threading, traceback, datetime, decimal, math
os.environ["TZ"] = "UTC"; time.tzset()
os.environ.setdefault("PYSPARK_PIN_THREAD", "true")
os.environ.setdefault("PYSPARK_PYTHON", sys.executable)   # what runs the state machines
HERE = os.path.dirname(os.path.abspath(__file__))

# ------------------------------------------------------------------ AST -> PySpark source text
FN = {  # neutral name -> PySpark template
 "eq": "({0} == {1})", "ne": "({0} != {1})", "lt": "({0} < {1})", "le": "({0} <= {1})",
 "gt": "({0} > {1})", "ge": "({0} >= {1})", "eq_null_safe": "{0}.eqNullSafe({1})",
 "and": "({0} & {1})", "or": "({0} | {1})", "not": "(~{0})",
 "add": "({0} + {1})", "sub": "({0} - {1})", "mul": "({0} * {1})", "div": "({0} / {1})", "mod": "({0} % {1})",
 "is_null": "{0}.isNull()", "is_not_null": "{0}.isNotNull()",
 "upper": "F.upper({0})", "lower": "F.lower({0})", "length": "F.length({0})", "concat": "F.concat({*})",
 "coalesce": "F.coalesce({*})", "abs": "F.abs({0})", "split": "F.split({0}, {1!s})",
 "when": "F.when({0}, {1}).otherwise({2})", "size": "F.size({0})",
 "window_time": "F.window_time({0})", "date_trunc": "F.date_trunc({0!s}, {1})",
 "to_date": "F.to_date({0})", "unix_seconds": "F.unix_seconds({0})", "round": "F.round({0}, {1!s})",
}
def expr(e):
    if "col" in e: return f"F.col({e['col']!r})"
    if "interval" in e: return f"F.expr({('INTERVAL ' + repr(e['interval']))!r})"
    if "lit" in e:
        return f"F.lit({e['lit']!r})" + (f".cast({e['type']!r})" if "type" in e else "")
    if "cast" in e: return f"{expr(e['cast'])}.cast({e['to']!r})"
    if "window" in e or "session_window" in e: return by(e)
    t = FN[e["fn"]]; a = e["args"]
    if "{*}" in t: return t.replace("{*}", ", ".join(expr(x) for x in a))
    for i, x in enumerate(a):
        t = t.replace("{%d!s}" % i, repr(x.get("lit"))).replace("{%d}" % i, expr(x))
    return t
def by(b):
    if "window" in b:
        w = b["window"]; c = f"F.col({w['column']!r})"
        a = [c, repr(w["size"])]
        if "slide" in w: a.append(repr(w["slide"]))
        if "start" in w:
            if "slide" not in w: a.append(repr(w["size"]))
            a.append(repr(w["start"]))
        return f"F.window({', '.join(a)})"
    if "session_window" in b:
        w = b["session_window"]; g = w["gap"]
        return f"F.session_window(F.col({w['column']!r}), {repr(g) if isinstance(g, str) else expr(g)})"
    if "as" in b: return f"{expr(b['expr'])}.alias({b['as']!r})"
    return expr(b)
AGG = {"count": "F.count({})", "sum": "F.sum({})", "avg": "F.avg({})", "min": "F.min({})", "max": "F.max({})",
 "count_distinct": "F.count_distinct({})", "sum_distinct": "F.sum_distinct({})",
 "approx_count_distinct": "F.approx_count_distinct({})",
 "first": "F.first({})", "last": "F.last({})", "first_ignore_nulls": "F.first({}, True)", "last_ignore_nulls": "F.last({}, True)",
 "collect_list": "F.collect_list({})", "collect_set_sorted": "F.sort_array(F.collect_set({}))",
 "stddev": "F.stddev({})", "stddev_pop": "F.stddev_pop({})", "variance": "F.variance({})", "var_pop": "F.var_pop({})",
 "bool_and": "F.bool_and({})", "bool_or": "F.bool_or({})", "count_if": "F.count_if({})"}
def agg(a):
    f, arg, name = a
    if arg == "*": s = "'*'"
    elif isinstance(arg, str): s = repr(arg)
    else: s = expr(arg)
    return f"{AGG[f].format(s)}.alias({name!r})"
def to_pyspark(q):
    o = q["op"]
    if o in ("stream", "static"): return q["name"]
    if o == "union": return f"{to_pyspark(q['left'])}.union({to_pyspark(q['right'])})"
    if o == "join":
        on = q.get("on")
        on = repr(on) if isinstance(on, list) else expr(on)
        return f"{to_pyspark(q['left'])}.join({to_pyspark(q['right'])}, {on}, {q['how']!r})"
    i = to_pyspark(q["input"])
    if o == "select": return f"{i}.select({', '.join(f'{expr(e)}.alias({n!r})' for e, n in q['exprs'])})"
    if o == "filter": return f"{i}.filter({expr(q['cond'])})"
    if o == "withColumn": return f"{i}.withColumn({q['name']!r}, {expr(q['expr'])})"
    if o == "explode": return f"{i}.withColumn({q['name']!r}, F.explode{'_outer' if q.get('outer') else ''}({expr(q['expr'])}))"
    if o == "watermark": return f"{i}.withWatermark({q['column']!r}, {q['delay']!r})"
    if o == "aggregate":
        return f"{i}.groupBy({', '.join(by(b) for b in q['by'])}).agg({', '.join(agg(a) for a in q['aggs'])})"
    if o == "dropDuplicates": return f"{i}.dropDuplicates({repr(q['columns']) if 'columns' in q else ''})"
    if o == "dropDuplicatesWithinWatermark": return f"{i}.dropDuplicatesWithinWatermark({repr(q['columns']) if 'columns' in q else ''})"
    if o == "distinct": return f"{i}.distinct()"
    if o == "orderBy":
        return f"{i}.orderBy({', '.join(expr(e) + ('.desc()' if d == 'desc' else '.asc()') for e, d in q['keys'])})"
    if o == "limit": return f"{i}.limit({q['n']})"
    if o == "stateful":
        m = MACHINES[q["machine"]]
        arg = "" if m["timeout"] == "NoTimeout" else f"{q['timeout_seconds']}"
        return (f"{i}.groupBy({', '.join(map(repr, q['by']))}).applyInPandasWithState({q['machine']}({arg}), "
                f"{m['out']!r}, {m['state']!r}, {q['func_mode']!r}, {m['timeout']!r})")
    raise ValueError(o)
# ---- the state machines of op "stateful" (described in README.md)
def running_count():
    import pandas as pd
    def f(key, pdfs, state):
        n = state.get[0] if state.exists else 0
        for p in pdfs: n += len(p)
        state.update((n,))
        yield pd.DataFrame({"key": [key[0]], "n": [n]})
    return f
def running_sum_until_limit(limit=None):
    import pandas as pd
    def f(key, pdfs, state):
        s = state.get[0] if state.exists else 0
        for p in pdfs: s += int(p["v"].sum())
        if s >= 100:
            state.remove()
            yield pd.DataFrame({"key": [key[0]], "total": [s]})
        else:
            state.update((s,))
    return f
def count_until_idle(seconds):
    import pandas as pd
    def f(key, pdfs, state):
        if state.hasTimedOut:
            n, last = state.get
            state.remove()
            yield pd.DataFrame({"key": [key[0]], "n": [n], "what": ["expired"]})
        else:
            n, last = state.get if state.exists else (0, -(10**15))
            for p in pdfs:
                n += len(p)
                last = max([last] + [int(t.timestamp() * 1000) for t in p["ts"]])
            state.update((n, last))
            state.setTimeoutTimestamp(last + seconds * 1000)
            yield pd.DataFrame({"key": [key[0]], "n": [n], "what": ["active"]})
    return f
def session_on_expiry(seconds):
    inner = count_until_idle(seconds)
    def f(key, pdfs, state):
        for d in inner(key, pdfs, state):
            yield d[d["what"] == "expired"]
    return f
MACHINES = {
 "running_count": dict(timeout="NoTimeout", out="key string, n bigint", state="n bigint"),
 "running_sum_until_limit": dict(timeout="NoTimeout", out="key string, total bigint", state="s bigint"),
 "count_until_idle": dict(timeout="EventTimeTimeout", out="key string, n bigint, what string", state="n bigint, last bigint"),
 "session_on_expiry": dict(timeout="EventTimeTimeout", out="key string, n bigint, what string", state="n bigint, last bigint"),
}
# ------------------------------------------------------------------ values
EPOCH = datetime.datetime(1970, 1, 1)
def ts_iso(d):
    us = (d - EPOCH) // datetime.timedelta(microseconds=1)
    s = us // 1_000_000; f = us % 1_000_000
    base = (EPOCH + datetime.timedelta(seconds=s)).strftime("%Y-%m-%dT%H:%M:%S")
    frac = ("." + f"{f:06d}".rstrip("0")) if f else ""
    return base + frac + "Z"
def val(x):
    if isinstance(x, datetime.datetime): return ts_iso(x)
    if isinstance(x, datetime.date): return x.isoformat()
    if isinstance(x, decimal.Decimal): return format(x, "f")
    if isinstance(x, float):
        if math.isnan(x): return "NaN"
        if math.isinf(x): return "Infinity" if x > 0 else "-Infinity"
        return x
    if isinstance(x, (list, tuple)): return [val(y) for y in x]
    if isinstance(x, dict): return {k: val(v) for k, v in x.items()}
    return x
def flat_schema(schema):
    from pyspark.sql.types import StructType
    out = []
    for f in schema.fields:
        if isinstance(f.dataType, StructType):
            for g in f.dataType.fields: out.append([g.name, g.dataType.simpleString()])
        else: out.append([f.name, f.dataType.simpleString()])
    return out
def flat_row(r, schema):
    from pyspark.sql.types import StructType
    out = []
    for v, f in zip(r, schema.fields):
        if isinstance(f.dataType, StructType):
            out += [val(y) for y in v] if v is not None else [None] * len(f.dataType.fields)
        else: out.append(val(v))
    return out
def rowkey(r): return json.dumps(r, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
# ------------------------------------------------------------------ writing
def cj(o): return json.dumps(o, ensure_ascii=False, separators=(",", ":"))
def dump(o, ind=0, row=False):
    pad = " " * ind
    if row or not isinstance(o, (dict, list)) or not o: return cj(o)
    s = json.dumps(o, ensure_ascii=False, separators=(", ", ": "))
    if isinstance(o, list):
        if all(isinstance(x, list) for x in o):           # rows, one a line
            if len(o) == 1 and len(s) < 100: return "[" + cj(o[0]) + "]"
            return "[\n" + ",\n".join(pad + " " + cj(x) for x in o) + "]"
        if len(s) < 110: return s
        return "[\n" + ",\n".join(pad + " " + dump(x, ind + 1) for x in o) + "]"
    def has_rows(x):
        return isinstance(x, dict) and any(has_rows(v) for v in x.values()) or \
               isinstance(x, list) and (bool(x) and all(isinstance(y, list) for y in x) or any(has_rows(y) for y in x))
    if len(s) < 110 and not has_rows(o): return s
    return "{\n" + ",\n".join(f"{pad} {json.dumps(k)}: {dump(v, ind + 1)}" for k, v in o.items()) + "}"
# ------------------------------------------------------------------ running
def sorts_by_range(q):
    """an orderBy without a limit on it: the range partitioner samples its input, so Spark runs the aggregate twice"""
    return q["op"] == "orderBy"
def clean(msg):
    msg = (msg or "").strip()
    msg = re.split(r"\n(?:\+-|'|[A-Z][A-Za-z]+ \[|[A-Za-z]+~? |==|!|~|\s|$)|;\n|SQLSTATE: \w+;", msg)[0] if "\n" in msg else msg
    msg = re.sub(r"#\d+L?", "#N", msg)
    msg = re.sub(r"\[id = [0-9a-f-]+, runId = [0-9a-f-]+\]", "[id = ..., runId = ...]", msg)
    return msg.strip()
def find_cause(t):
    """the innermost SparkThrowable with a condition of a Java exception chain"""
    best = None; cur = t; last = t
    while cur is not None:
        last = cur
        try:
            c = cur.getCondition()
            if c and c not in ("STREAM_FAILED",): best = (c, cur.getMessage(), cur.getClass().getName())
        except Exception: pass
        cur = cur.getCause()
    if best: return best
    return (last.getClass().getName(), last.getMessage(), last.getClass().getName())

SPEED = {"spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN"}   # small inputs: compiling costs more than it saves
class Runner:
    def __init__(self, tmp):
        from pyspark.sql import SparkSession
        self.tmp = tmp
        self.spark = (SparkSession.builder.master("local[2]").appName("oracle")
            .config("spark.driver.memory", "3g").config("spark.ui.enabled", "false")
            .config("spark.sql.session.timeZone", "UTC").config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.streaming.noDataProgressEventInterval", "3600000")
            .config("spark.sql.streaming.numRecentProgressUpdates", "1000")
            .config("spark.sql.streaming.pollingDelay", "2")
            .config("spark.local.dir", tmp + "/local").config("spark.sql.warehouse.dir", tmp + "/wh")
            .config("spark.driver.extraJavaOptions", "-Duser.timezone=UTC -Dderby.system.home=" + tmp)
            .config("spark.ui.showConsoleProgress", "false").config("spark.log.level", "OFF").getOrCreate())
        self.spark.sparkContext.setLogLevel("OFF")
    def run(self, case):
        from pyspark.sql import functions as F, DataFrame
        from pyspark.errors import PySparkException
        from py4j.protocol import Py4JJavaError
        spark = self.spark.newSession()
        conf = {"spark.sql.session.timeZone": "UTC", "spark.sql.shuffle.partitions": "2", **({} if os.environ.get("ORACLE_CODEGEN") else SPEED), **case.get("conf", {})}
        for k, v in conf.items(): spark.conf.set(k, v)
        jvm = spark._jvm
        ns = {"F": F, **{m: globals()[m] for m in MACHINES}}
        mem = {}
        for name, s in case["streams"].items():
            ddl = ", ".join(f"{c} {t}" for c, t in s["schema"])
            ms = getattr(jvm.org.apache.spark.sql.execution.streaming.runtime, "MemoryStream").apply(
                spark._jsparkSession, jvm.org.apache.spark.sql.Encoders.STRING())
            mem[name] = (ms, [c for c, _ in s["schema"]])
            df = DataFrame(ms.toDF(), spark).select(F.from_json("value", ddl).alias("j")).select("j.*")
            ns[name] = df
        for name, s in case.get("static", {}).items():
            ddl = ", ".join(f"{c} {t}" for c, t in s["schema"])
            js = [json.dumps(dict(zip([c for c, _ in s["schema"]], r))) for r in s["rows"]]
            df = spark.createDataFrame([(x,) for x in js], "value string").coalesce(1)
            ns[name] = df.select(F.from_json("value", ddl).alias("j")).select("j.*")
        code = to_pyspark(case["query"])
        out = {"name": case["name"], "about": case["about"], "spark": "4.3.0"}
        if case.get("conf"): out["conf"] = case["conf"]
        if case.get("trigger"): out["trigger"] = case["trigger"]
        if case.get("ordered"): out["ordered"] = True
        out["streams"] = case["streams"]
        if case.get("static"): out["static"] = case["static"]
        out["query"] = case["query"]; out["pyspark"] = code; out["output_mode"] = case["mode"]
        def error(phase, e, step=None):
            if isinstance(e, Py4JJavaError): c, m, k = find_cause(e.java_exception)
            else: c, m, k = (e.getCondition() if hasattr(e, "getCondition") else None) or type(e).__name__, str(e), None
            d = {"phase": phase}
            if step is not None: d["step"] = step
            d["class"] = c; d["message"] = clean(m)
            out["error"] = d
        try:
            df = eval(code, ns)
            schema = df.schema
        except (PySparkException, Py4JJavaError) as e:
            error("analysis", e); out["steps"] = []; return out
        out["columns"] = flat_schema(schema)
        got = {}
        fixed = case.get("ordered", False)
        failed = []
        def fb(bdf, bid):
            try: rows = [flat_row(r, schema) for r in bdf.collect()]
            except (PySparkException, Py4JJavaError) as e:
                failed.append(e); raise RuntimeError("collect failed") from None
            got[bid] = rows if fixed else sorted(rows, key=rowkey)
        ck = os.path.join(self.tmp, "ck", case["name"])
        avail = case.get("trigger") == "available_now"
        def start():
            w = df.writeStream.outputMode(case["mode"]).foreachBatch(fb).option("checkpointLocation", ck)
            if avail: w = w.trigger(availableNow=True)
            return w.start()
        out["steps"] = []
        q = None
        prog = {}
        def pull():
            for p in q._jsq.recentProgress():
                p = json.loads(p.json())
                if "addBatch" in p.get("durationMs", {}): prog[p["batchId"]] = p   # not the reports of idle triggers
        def batches(seen):
            res = []
            for b in sorted(set(got) - seen):
                p = prog.get(b)
                if p is None: continue                     # the batch whose failure ended the query
                d = {"id": b}
                wm = p.get("eventTime", {}).get("watermark")
                d["watermark"] = wm.replace(".000Z", "Z") if wm else None
                d["num_input_rows"] = p["numInputRows"]
                d["state"] = [{"operator": s["operatorName"], "rows_total": s["numRowsTotal"], "rows_updated": s["numRowsUpdated"],
                    "rows_removed": s["numRowsRemoved"], "rows_dropped_by_watermark": s["numRowsDroppedByWatermark"],
                    **({"dropped_duplicates": s["customMetrics"]["numDroppedDuplicateRows"]} if "numDroppedDuplicateRows" in s.get("customMetrics", {}) else {})}
                    for s in p.get("stateOperators", [])]
                if sorts_by_range(case["query"]): d["state"] = None     # see README: Spark's own numbers are doubled
                d["rows"] = got[b]
                res.append(d)
            return res
        try:
            if not avail:
                try: q = start()
                except (PySparkException, Py4JJavaError) as e:
                    error("start", e); return out
            for si, st in enumerate(case["steps"]):
                o = {}
                if st.get("restart_before"): o["restart_before"] = True
                o["add"] = st["add"]
                out["steps"].append(o)
                seen = set(got)
                def add_all():
                    for name, rows in st["add"].items():
                        ms, cols = mem[name]
                        js = [json.dumps(dict(zip(cols, r))) for r in rows]
                        lst = jvm.java.util.ArrayList()
                        for x in js: lst.append(x)
                        ms.addData(jvm.org.apache.spark.api.python.PythonUtils.toSeq(lst))
                try:
                    if avail:
                        add_all()
                        try: q = start()
                        except (PySparkException, Py4JJavaError) as e:
                            error("start", e); out["steps"].pop(); return out
                        q.awaitTermination()
                    else:
                        if st.get("restart_before"):
                            q.stop(); q = start()
                        lock = q._jsq.streamingQuery().awaitProgressLock()
                        lock.lock()
                        try: add_all()
                        finally: lock.unlock()
                        q.processAllAvailable()
                    pull()
                except (PySparkException, Py4JJavaError) as e:
                    pull()
                    ex = q._jsq.exception()
                    if failed:
                        error("run", failed[0], si)
                    elif ex.isDefined():
                        c, m, k = find_cause(ex.get())
                        out["error"] = {"phase": "run", "step": si, "class": c, "message": clean(m)}
                    else: error("run", e, si)
                    o["batches"] = batches(seen)
                    return out
                ids = set(got) - seen
                miss = ids - set(prog)
                assert not miss, f"no progress for {miss}"
                assert set(prog) <= set(got), (set(prog), set(got))
                o["batches"] = batches(seen)
            return out
        finally:
            if q is not None: q.stop()

def load(path):
    c = json.load(open(path))
    steps = [{k: v for k, v in s.items() if k in ("add", "restart_before")} for s in c["steps"]]
    out = dict(name=c["name"], about=c.get("about", ""), query=c["query"], steps=steps, mode=c["output_mode"], streams=c["streams"], heldout=False, expect_error=False)
    for k in ("static", "conf", "ordered", "trigger"):
        if k in c: out[k] = c[k]
    return out

def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--out", required=True); ap.add_argument("cases", nargs="+")
    a = ap.parse_args(); os.makedirs(a.out, exist_ok=True)
    import tempfile
    tmp = tempfile.mkdtemp(prefix="ask")
    r = Runner(tmp)
    try:
        for p in a.cases:
            c = load(p)
            try:
                o = r.run(c)
                with open(os.path.join(a.out, c["name"] + ".json"), "w") as f: f.write(dump(o) + "\n")
                print(c["name"], ("ERROR " + o["error"]["phase"] + " " + o["error"]["class"]) if "error" in o else "ok", flush=True)
            except Exception:
                print(c["name"], traceback.format_exc(), flush=True)
    finally:
        r.spark.stop(); shutil.rmtree(tmp, ignore_errors=True)
if __name__ == "__main__":
    sys.path.insert(0, HERE)
    main()
