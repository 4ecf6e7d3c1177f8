package streamcase

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"time"
)

// generator draws programs and inputs for them, from a seed. What they give is
// asked of real Spark (see spark_test.go), so a drawn program may well be one
// that Spark refuses.
type generator struct{ *rand.Rand }

type object = map[string]any
type list = []any

// program draws a case, without what is expected of it.
func (g generator) program(name string) object {
	c := object{"name": name, "about": "Drawn at random.", "spark": "4.3.0"}
	shapes := []func(object) object{
		g.windows, g.windows, g.windows, g.groups, g.sessions, g.dedups, g.chains, g.statics, g.joins, g.joins, g.machines, g.plain,
	}
	c["query"] = shapes[g.IntN(len(shapes))](c)
	if _, named := c["output_mode"]; !named {
		c["output_mode"] = g.mode("append", "update", "complete")
	}
	c["steps"] = g.steps(c)
	if g.once(8) {
		c["conf"] = object{"spark.sql.streaming.noDataMicroBatches.enabled": "false"}
	} else if g.once(10) {
		c["conf"] = object{"spark.sql.streaming.multipleWatermarkPolicy": "max"}
	}
	if g.once(12) {
		c["trigger"] = "available_now"
		for _, s := range c["steps"].(list) {
			delete(s.(object), "restart_before")
		}
	}
	return c
}

func (g generator) once(in int) bool            { return g.IntN(in) == 0 }
func (g generator) mode(modes ...string) string { return modes[g.IntN(len(modes))] }
func (g generator) minutes(choices ...int) string {
	return fmt.Sprintf("%d minutes", choices[g.IntN(len(choices))])
}

func col(name string) object              { return object{"col": name} }
func call(f string, args ...any) object   { return object{"fn": f, "args": args} }
func minutes(n int) object                { return object{"interval": fmt.Sprintf("%d minutes", n)} }
func literal(v any) object                { return object{"lit": v} }
func table(columns ...list) object        { return object{"schema": columns} }
func column2(name, sparkType string) list { return list{name, sparkType} }

// events declares the usual stream.
func (g generator) events(c object) object {
	c["streams"] = object{"events": table(column2("ts", "timestamp"), column2("key", "string"), column2("v", "bigint"))}
	return object{"op": "stream", "name": "events"}
}

// watermarked is events with, usually, a watermark and now and then a filter.
func (g generator) watermarked(c object, sure bool) object {
	q := g.events(c)
	if g.once(8) {
		q = object{"op": "filter", "input": q, "cond": call("gt", col("v"), literal(g.IntN(4)))}
	}
	if sure || !g.once(5) {
		q = object{"op": "watermark", "input": q, "column": "ts", "delay": g.minutes(0, 1, 5, 10, 20)}
	}
	if g.once(6) {
		cond := []object{
			call("gt", col("v"), literal(1)),
			call("is_not_null", col("key")),
			call("and", call("ge", col("v"), literal(1)), call("is_not_null", col("ts"))),
			call("or", call("gt", col("v"), literal(2)), call("is_null", col("ts"))),
		}
		q = object{"op": "filter", "input": q, "cond": cond[g.IntN(len(cond))]}
	}
	return q
}

func (g generator) window(on string) object {
	size := []int{1, 5, 10, 15, 30, 60}[g.IntN(6)]
	w := object{"column": on, "size": fmt.Sprintf("%d minutes", size)}
	if g.once(3) {
		w["slide"] = fmt.Sprintf("%d minutes", max(1, size*(1+g.IntN(3))/4))
	}
	if g.once(5) {
		w["start"] = g.minutes(1, 2, 7)
	}
	return object{"window": w}
}

func (g generator) aggregates() list {
	all := []list{
		{"sum", "v", "total"}, {"avg", "v", "mean"}, {"min", "v", "lo"}, {"max", "v", "hi"}, {"max", "ts", "last_ts"},
		{"first", "v", "f"}, {"last_ignore_nulls", "v", "l"}, {"collect_list", "v", "vs"}, {"collect_set_sorted", "key", "ks"},
		{"stddev", "v", "sd"}, {"var_pop", "v", "vp"}, {"count_if", call("gt", col("v"), literal(2)), "many"},
		{"approx_count_distinct", "key", "d"}, {"bool_or", call("gt", col("v"), literal(3)), "any"}, {"count", "key", "named"},
		{"sum", call("mul", col("v"), literal(2)), "twice"}, {"min", "key", "k0"},
	}
	picked := list{list{"count", "*", "n"}}
	for range g.IntN(4) {
		a := all[g.IntN(len(all))]
		fresh := true
		for _, p := range picked {
			fresh = fresh && p.(list)[2] != a[2]
		}
		if fresh {
			picked = append(picked, a)
		}
	}
	return picked
}

func (g generator) windows(c object) object {
	by := list{g.window("ts")}
	if g.once(2) {
		by = append(by, col("key"))
	}
	q := object{"op": "aggregate", "input": g.watermarked(c, g.once(2)), "by": by, "aggs": g.aggregates()}
	if g.once(6) {
		return object{"op": "filter", "input": q, "cond": call("gt", col("n"), literal(1))}
	}
	return q
}

func (g generator) groups(c object) object {
	by := []list{{col("key")}, {}, {col("key"), col("v")}, {object{"expr": call("mod", col("v"), literal(3)), "as": "m"}}, {col("ts")}}
	shape := g.IntN(len(by))
	q := object{"op": "aggregate", "input": g.watermarked(c, false), "by": by[shape], "aggs": g.aggregates()}
	if g.once(5) && shape == 0 { // by count and key, so that there are no ties
		c["output_mode"] = "complete"
		c["ordered"] = true
		return object{"op": "limit", "n": 1 + g.IntN(4), "input": object{"op": "orderBy", "input": q, "keys": list{list{col("n"), g.mode("asc", "desc")}, list{col("key"), "asc"}}}}
	}
	return q
}

func (g generator) sessions(c object) object {
	gap := any(g.minutes(1, 3, 5, 10))
	if g.once(3) {
		gap = call("when", call("eq", col("key"), literal("a")), literal("2 minutes"), literal(g.minutes(4, 8)))
	}
	by := list{object{"session_window": object{"column": "ts", "gap": gap}}}
	if !g.once(8) {
		by = append(by, col("key"))
	}
	c["output_mode"] = g.mode("append", "append", "append", "complete", "update")
	return object{"op": "aggregate", "input": g.watermarked(c, !g.once(6)), "by": by, "aggs": g.aggregates()}
}

func (g generator) dedup(q object) object {
	columns := []list{{"key"}, {"key", "ts"}, {"ts"}, {"key", "v"}}
	d := object{"op": g.mode("dropDuplicates", "dropDuplicates", "dropDuplicatesWithinWatermark", "distinct"), "input": q}
	if d["op"] != "distinct" && !g.once(5) {
		d["columns"] = columns[g.IntN(len(columns))]
	}
	return d
}

func (g generator) dedups(c object) object {
	c["output_mode"] = g.mode("append", "append", "update", "complete")
	return g.dedup(g.watermarked(c, g.once(2)))
}

// chains draws two stateful operators, one on the other.
func (g generator) chains(c object) object {
	c["output_mode"] = g.mode("append", "append", "append", "update")
	q := g.watermarked(c, true)
	switch g.IntN(4) {
	case 0:
		return object{"op": "aggregate", "input": g.dedup(q), "by": list{g.window("ts")}, "aggs": g.aggregates()}
	case 1:
		inner := object{"op": "aggregate", "input": q, "by": list{object{"window": object{"column": "ts", "size": "5 minutes"}}, col("key")}, "aggs": list{list{"count", "*", "n"}, list{"sum", "v", "v"}}}
		return object{"op": "aggregate", "input": inner, "by": list{object{"window": object{"column": "window", "size": g.minutes(10, 20)}}}, "aggs": list{list{"sum", "n", "n"}, list{"max", "v", "v"}}}
	case 2:
		inner := object{"op": "aggregate", "input": q, "by": list{g.window("ts")}, "aggs": list{list{"count", "*", "n"}}}
		return object{"op": "dropDuplicates", "input": inner, "columns": list{"window", "n"}}
	}
	inner := object{"op": "aggregate", "input": q, "by": list{object{"session_window": object{"column": "ts", "gap": g.minutes(2, 5)}}, col("key")}, "aggs": list{list{"count", "*", "n"}}}
	return object{"op": "aggregate", "input": inner, "by": list{object{"window": object{"column": "session_window", "size": "30 minutes"}}}, "aggs": list{list{"sum", "n", "n"}}}
}

func (g generator) statics(c object) object {
	q := g.watermarked(c, false)
	rows := list{}
	for i := range 2 + g.IntN(5) {
		rows = append(rows, list{g.key(), fmt.Sprintf("name%d", i), g.IntN(5)})
	}
	t := table(column2("key", "string"), column2("name", "string"), column2("w", "bigint"))
	t["rows"] = rows
	c["static"] = object{"names": t}
	names := object{"op": "static", "name": "names"}
	j := object{"op": "join", "left": q, "right": names, "on": list{"key"}, "how": g.mode("inner", "left_outer", "left_semi", "left_anti", "inner", "right_outer")}
	if g.once(5) {
		j["left"], j["right"] = names, q
		j["how"] = g.mode("inner", "right_outer", "left_outer")
	}
	if g.once(2) {
		by := list{g.window("ts")}
		if j["how"] != "left_semi" && j["how"] != "left_anti" {
			by = append(by, col("name"))
		}
		return object{"op": "aggregate", "input": j, "by": by, "aggs": list{list{"count", "*", "n"}, list{"sum", "v", "total"}}}
	}
	c["output_mode"] = g.mode("append", "update", "append")
	return j
}

// joins draws a join of two streams.
func (g generator) joins(c object) object {
	c["streams"] = object{
		"l": table(column2("lt", "timestamp"), column2("k", "string"), column2("x", "bigint")),
		"r": table(column2("rt", "timestamp"), column2("rk", "string"), column2("y", "bigint")),
	}
	side := func(name, column string) object {
		q := object{"op": "stream", "name": name}
		if !g.once(7) {
			q = object{"op": "watermark", "input": q, "column": column, "delay": g.minutes(0, 5, 10)}
		}
		return q
	}
	conds := list{call("eq", col("k"), col("rk"))}
	lower, upper := g.IntN(11)-5, g.IntN(15)
	switch g.IntN(6) {
	case 0:
		conds = append(conds, call("eq", col("lt"), col("rt")))
	case 1: // no range at all
	default:
		conds = append(conds,
			call(g.mode("ge", "gt", "ge"), col("rt"), call("add", col("lt"), minutes(lower))),
			call(g.mode("le", "lt", "le"), col("rt"), call("add", col("lt"), minutes(max(lower, upper)))))
	}
	if g.once(5) {
		conds = append(conds, call("gt", col(g.mode("x", "y")), literal(1)))
	}
	on := conds[0]
	for _, more := range conds[1:] {
		on = call("and", on, more)
	}
	j := object{"op": "join", "left": side("l", "lt"), "right": side("r", "rt"), "on": on,
		"how": g.mode("inner", "left_outer", "right_outer", "full_outer", "left_semi", "inner", "left_outer", "left_anti")}
	c["output_mode"] = g.mode("append", "append", "append", "append", "update", "complete")
	if g.once(5) && j["how"] != "full_outer" && j["how"] != "right_outer" {
		return object{"op": "aggregate", "input": j, "by": list{g.window("lt")}, "aggs": list{list{"count", "*", "n"}, list{"sum", "x", "x"}}}
	}
	return j
}

func (g generator) machines(c object) object {
	machine := g.mode("running_count", "running_sum_until_limit", "count_until_idle", "session_on_expiry")
	c["output_mode"] = g.mode("append", "update")
	q := object{"op": "stateful", "by": list{"key"}, "machine": machine, "func_mode": c["output_mode"]}
	timed := machine == "count_until_idle" || machine == "session_on_expiry"
	if timed {
		q["timeout_seconds"] = 60 * (5 + g.IntN(10))
	}
	c["whole"] = true // the machines are not made for nulls
	q["input"] = g.events(c)
	if timed || g.once(2) {
		q["input"] = object{"op": "watermark", "input": q["input"], "column": "ts", "delay": g.minutes(1, 5, 10)}
	}
	return q
}

func (g generator) plain(c object) object {
	q := g.watermarked(c, false)
	c["output_mode"] = g.mode("append", "append", "update")
	switch g.IntN(3) {
	case 0:
		return object{"op": "limit", "input": q, "n": 2 + g.IntN(6)}
	case 1:
		c["streams"].(object)["more"] = table(column2("ts", "timestamp"), column2("key", "string"), column2("v", "bigint"))
		more := object{"op": "stream", "name": "more"}
		if !g.once(3) {
			more = object{"op": "watermark", "input": more, "column": "ts", "delay": g.minutes(1, 10)}
		}
		c["output_mode"] = g.mode("append", "update")
		u := object{"op": "union", "left": q, "right": more}
		return object{"op": "aggregate", "input": u, "by": list{g.window("ts")}, "aggs": g.aggregates()}
	}
	return object{"op": "select", "input": q, "exprs": list{list{col("key"), "key"}, list{call("add", col("v"), literal(1)), "w"}, list{call("date_trunc", literal("hour"), col("ts")), "hour"}}}
}

func (g generator) key() any {
	if g.once(10) {
		return nil
	}
	return []string{"a", "b", "c", "d"}[g.IntN(4)]
}

// steps draws what is added: event time goes on, with rows that come late.
func (g generator) steps(c object) list {
	whole := c["whole"] == true
	delete(c, "whole")
	now := 0 // minutes
	steps := list{}
	for i := range 3 + g.IntN(6) {
		now += g.IntN(15)
		add := object{}
		for _, name := range slices.Sorted(maps.Keys(c["streams"].(object))) {
			if g.once(12) {
				continue
			}
			rows := list{}
			for range g.IntN(6) {
				rows = append(rows, g.row(now, whole))
			}
			add[name] = rows
		}
		step := object{"add": add}
		if i > 0 && g.once(8) {
			step["restart_before"] = true
		}
		steps = append(steps, step)
	}
	return steps
}

func (g generator) row(now int, whole bool) list {
	at := time.Date(2024, 1, 1, 0, now, 0, 0, time.UTC).Add(time.Duration(g.IntN(10)-3) * time.Minute)
	if g.once(4) {
		at = at.Add(-time.Duration(g.IntN(40)) * time.Minute)
	}
	if g.once(5) {
		at = at.Add(time.Duration(g.IntN(60_000)) * time.Millisecond)
	}
	ts, v, key := any(at.Format("2006-01-02T15:04:05.999Z07:00")), any(g.IntN(6)), g.key()
	if whole {
		if key == nil {
			key = "e"
		}
		return list{ts, key, v}
	}
	if g.once(25) {
		ts = nil
	}
	if g.once(15) {
		v = nil
	}
	return list{ts, key, v}
}
