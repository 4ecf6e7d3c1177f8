package frame_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/engine"
	"etincelle/engine/frame"
	"etincelle/engine/frame/plan"
	"etincelle/engine/frame/plan/physical"
)

// The laws of this file hold of every query: however it is run (with or without
// adaptive execution, broadcasts, any one rule), it gives the same rows.

// ruleNames are the rules that can be turned off, logical and physical; those that
// only replace an operator by what runs it are needed.
func ruleNames() []string {
	var names []string
	for _, b := range plan.Rules(10 << 20) {
		for _, r := range b.Rules {
			names = append(names, r.Name)
		}
	}
	for _, r := range physical.Rules() {
		names = append(names, r.Name)
	}
	needed := []string{
		"EliminateSubqueryAliases", "EliminateResolvedHint", "ReplaceDistinctWithAggregate", "ReplaceDeduplicateWithAggregate",
		"RewriteDistinctAggregates", "EnsureRequirements",
	}
	slices.Sort(names)
	return slices.DeleteFunc(slices.Compact(names), func(n string) bool { return slices.Contains(needed, n) })
}

func TestRulesAreNamedAndToldOf(t *testing.T) {
	require.Greater(t, len(ruleNames()), 20)
	for _, b := range plan.Rules(10 << 20) {
		for _, r := range b.Rules {
			assert.NotEmpty(t, r.Name)
			assert.NotEmpty(t, r.About, r.Name)
		}
	}
}

// world is two small tables, nulls included, in a session.
func world(conf map[string]string, left, right []frame.Row) (s *engine.Session, l, r *frame.Frame) {
	options := []engine.Option{engine.Sequential(), engine.Conf("spark.sql.shuffle.partitions", "3")}
	for key, value := range conf {
		options = append(options, engine.Conf(key, value))
	}
	s = engine.Start(options...)
	lefts, err := frame.ParseSchema("k int, v bigint, s string")
	if err != nil {
		panic(err)
	}
	rights, err := frame.ParseSchema("k int, w bigint")
	if err != nil {
		panic(err)
	}
	return s, frame.Of(s, lefts, left...), frame.Of(s, rights, right...)
}

func drawRows(t *rapid.T, label string, columns int) []frame.Row {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) frame.Row {
		null := func(v any) any {
			if rapid.IntRange(0, 5).Draw(t, "null") == 0 {
				return nil
			}
			return v
		}
		row := frame.Row{null(int32(rapid.IntRange(0, 4).Draw(t, "k"))), null(int64(rapid.IntRange(-3, 9).Draw(t, "v")))}
		if columns == 3 {
			row = append(row, null(rapid.SampledFrom([]string{"a", "b", "ab", ""}).Draw(t, "s")))
		}
		return row
	}), 0, 12).Draw(t, label)
}

var conditions = []string{"v > 2", "k = 1", "s = 'a' OR v IS NULL", "k IN (1, 2) AND v < 5", "NOT (s LIKE 'a%')", "v + k > 4", "s IS NOT NULL AND length(s) > 0"}

var hows = []frame.JoinType{frame.Inner, frame.Left, frame.Right, frame.Full, frame.Semi, frame.Anti}

// query is a random query over the two tables: the same one each time it is called.
func drawQuery(t *rapid.T) (text string, query func(l, r *frame.Frame) *frame.Frame) {
	var steps []func(f, r *frame.Frame) *frame.Frame
	var names []string
	add := func(name string, step func(f, r *frame.Frame) *frame.Frame) {
		names, steps = append(names, name), append(steps, step)
	}
	if rapid.Bool().Draw(t, "filter") {
		c := rapid.SampledFrom(conditions).Draw(t, "condition")
		add("filter "+c, func(f, _ *frame.Frame) *frame.Frame { return f.Filter(c) })
	}
	joined := rapid.Bool().Draw(t, "join")
	if joined {
		how := rapid.SampledFrom(hows).Draw(t, "how")
		if rapid.IntRange(0, 2).Draw(t, "condition") == 0 {
			on := frame.Matching(frame.SQL("l.k = r.k AND l.v > r.w"))
			add("join on "+string(how), func(f, r *frame.Frame) *frame.Frame {
				j := f.As("l").Join(r.As("r"), on, how)
				if how == frame.Semi || how == frame.Anti {
					return j
				}
				return j.SelectExpr("l.k", "v", "s", "w")
			})
		} else {
			add("join "+string(how), func(f, r *frame.Frame) *frame.Frame { return f.Join(r, frame.Using("k"), how) })
		}
	}
	if rapid.IntRange(0, 3).Draw(t, "filter again") == 0 {
		c := rapid.SampledFrom(conditions).Draw(t, "condition")
		add("filter "+c, func(f, _ *frame.Frame) *frame.Frame { return f.Filter(c) })
	}
	switch rapid.IntRange(0, 6).Draw(t, "end") {
	case 0:
		add("group k", func(f, _ *frame.Frame) *frame.Frame {
			return f.GroupBy(frame.Col("k")).Agg(frame.SQL("count(*) AS n"), frame.SQL("sum(v) AS t"), frame.SQL("max(s) AS m")).Filter("n > 1 OR k IS NULL")
		})
	case 1:
		add("distinct calls", func(f, _ *frame.Frame) *frame.Frame {
			return f.GroupBy(frame.Col("s")).Agg(frame.SQL("count(DISTINCT k) AS a"), frame.SQL("count(DISTINCT v) AS b"), frame.SQL("count(v) AS c"))
		})
	case 2:
		add("window", func(f, _ *frame.Frame) *frame.Frame {
			return f.WithColumn("r", frame.SQL("row_number() OVER (PARTITION BY k ORDER BY v, s)")).Select(frame.Cols("k", "v", "s", "r")...).Filter("r <= 2")
		})
	case 3:
		add("distinct", func(f, _ *frame.Frame) *frame.Frame { return f.SelectExpr("k", "s").Distinct() })
	case 4:
		add("union", func(f, _ *frame.Frame) *frame.Frame {
			return f.SelectExpr("k", "v").Union(f.SelectExpr("k", "v + 1")).Filter("k > 0")
		})
	case 5:
		add("running sum", func(f, _ *frame.Frame) *frame.Frame {
			return f.Select(frame.Cols("k", "v", "s")...).WithColumn("t", frame.SQL("sum(v) OVER (PARTITION BY s ORDER BY v, k ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)"))
		})
	}
	return strings.Join(names, "; "), func(l, r *frame.Frame) *frame.Frame {
		for _, step := range steps {
			l = step(l, r)
		}
		return l
	}
}

// answer is a query's rows as sorted text, or its error.
func answer(f *frame.Frame) []string {
	rows, err := f.Collect()
	if err != nil {
		return []string{err.Error()}
	}
	texts := make([]string, len(rows))
	for i, row := range rows {
		texts[i] = fmt.Sprint([]any(row)...)
	}
	slices.Sort(texts)
	return texts
}

func TestEveryWayGivesTheSameRows(t *testing.T) {
	names := ruleNames()
	rapid.Check(t, func(t *rapid.T) {
		left, right := drawRows(t, "left", 3), drawRows(t, "right", 2)
		text, query := drawQuery(t)
		run := func(conf map[string]string) []string {
			s, l, r := world(conf, left, right)
			defer s.Stop()
			return answer(query(l, r))
		}
		plain := run(nil)
		off := rapid.SampledFrom(names).Draw(t, "rule")
		for what, conf := range map[string]map[string]string{
			"adaptive off":   {"spark.sql.adaptive.enabled": "false"},
			"no broadcast":   {"spark.sql.autoBroadcastJoinThreshold": "-1"},
			"neither":        {"spark.sql.autoBroadcastJoinThreshold": "-1", "spark.sql.adaptive.enabled": "false"},
			"without " + off: {"spark.sql.optimizer.excludedRules": off},
			"no rules":       {"spark.sql.optimizer.excludedRules": strings.Join(names, ",")},
		} {
			if got := run(conf); !slices.Equal(plain, got) {
				t.Fatalf("%s, %s:\n%v\n%v", text, what, plain, got)
			}
		}
	})
}

// A cached, a checkpointed and a twice collected frame give the same rows again.
func TestKeptRowsAreTheRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		left, right := drawRows(t, "left", 3), drawRows(t, "right", 2)
		text, query := drawQuery(t)
		s, l, r := world(nil, left, right)
		defer s.Stop()
		s.SetCheckpointDir("/checkpoints")
		f := query(l, r)
		first := answer(f)
		for what, again := range map[string]*frame.Frame{"again": f, "cached": query(l, r).Cache(), "from the cache": query(l, r)} {
			if got := answer(again); !slices.Equal(first, got) {
				t.Fatalf("%s, %s:\n%v\n%v", text, what, first, got)
			}
		}
	})
}
