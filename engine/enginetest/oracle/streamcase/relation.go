package streamcase

import (
	"iter"
	"strconv"
	"time"

	"etincelle/engine/enginetest/oracle/report"
	"etincelle/engine/frame"
	"etincelle/engine/frame/column"
	"etincelle/engine/stream"
)

// frame makes the program's frame; a mistake is kept in it.
func (s *session) frame(r *Relation) (*frame.Frame, error) {
	switch r.Op {
	case "stream":
		if m, ok := s.streams[r.Name]; ok {
			return m.Frame, nil
		}
		return nil, report.NotBuilt{What: "stream " + strconv.Quote(r.Name)}
	case "static":
		if f, ok := s.static[r.Name]; ok {
			return f, nil
		}
		return nil, report.NotBuilt{What: "table " + strconv.Quote(r.Name)}
	case "join", "union":
		left, err := s.frame(r.Left)
		if err != nil {
			return nil, err
		}
		right, err := s.frame(r.Right)
		if err != nil {
			return nil, err
		}
		return combine(r, left, right)
	}
	if r.Input == nil {
		return nil, report.NotBuilt{What: "operation " + strconv.Quote(r.Op)}
	}
	in, err := s.frame(r.Input)
	if err != nil {
		return nil, err
	}
	return apply(r, in)
}

// joins are the oracle's names of joins.
var joins = map[string]frame.JoinType{
	"inner": frame.Inner, "left_outer": frame.Left, "right_outer": frame.Right, "full_outer": frame.Full,
	"left_semi": frame.Semi, "left_anti": frame.Anti,
}

func combine(r *Relation, left, right *frame.Frame) (*frame.Frame, error) {
	if r.Op == "union" {
		return left.Union(right), nil
	}
	how, known := joins[r.How]
	if !known {
		return nil, report.NotBuilt{What: "join " + strconv.Quote(r.How)}
	}
	if r.OnExpr == nil {
		return left.Join(right, frame.Using(r.OnNames...), how), nil
	}
	on, err := r.OnExpr.node()
	return left.Join(right, frame.Matching(frame.ExprOf(on)), how), err
}

// apply puts one operation on a frame.
func apply(r *Relation, in *frame.Frame) (*frame.Frame, error) {
	switch r.Op {
	case "select":
		var list []frame.Expr
		for _, one := range r.Exprs {
			n, err := one.Expr.node()
			if err != nil {
				return nil, err
			}
			list = append(list, frame.ExprOf(n).As(one.Name))
		}
		return in.Select(list...), nil
	case "filter":
		n, err := r.Cond.node()
		return in.Where(frame.ExprOf(n)), err
	case "withColumn":
		n, err := r.Expr.node()
		return in.WithColumn(r.Name, frame.ExprOf(n)), err
	case "explode":
		n, err := r.Expr.node()
		name := "explode"
		if r.Outer {
			name = "explode_outer"
		}
		return in.WithColumn(r.Name, frame.Call(name, frame.ExprOf(n))), err
	case "watermark":
		return in.WithWatermarkText(r.Column, r.Delay), nil
	case "aggregate":
		return aggregate(r, in)
	case "dropDuplicates":
		return in.DropDuplicates(r.Columns...), nil
	case "distinct":
		return in.Distinct(), nil
	case "dropDuplicatesWithinWatermark":
		return in.DropDuplicatesWithinWatermark(r.Columns...), nil
	case "orderBy":
		var keys []frame.Expr
		for _, k := range r.Keys {
			n, err := k.Expr.node()
			if err != nil {
				return nil, err
			}
			key := frame.ExprOf(n).Asc()
			if k.Desc {
				key = frame.ExprOf(n).Desc()
			}
			keys = append(keys, key)
		}
		return in.OrderBy(keys...), nil
	case "limit":
		return in.Limit(r.N), nil
	case "stateful":
		return stateful(r, in)
	}
	return nil, report.NotBuilt{What: "operation " + strconv.Quote(r.Op)}
}

func aggregate(r *Relation, in *frame.Frame) (*frame.Frame, error) {
	var keys, calls []frame.Expr
	for _, k := range r.By {
		n, err := k.key()
		if err != nil {
			return nil, err
		}
		keys = append(keys, frame.ExprOf(n))
	}
	for _, a := range r.Aggs {
		n, err := a.node()
		if err != nil {
			return nil, err
		}
		calls = append(calls, frame.ExprOf(n))
	}
	return in.GroupBy(keys...).Agg(calls...), nil
}

// kept is the state of the oracle's machines.
type kept struct {
	N    int64
	Last int64 // milliseconds
}

// machine is one of the functions of op "stateful".
type machine func(m group) error

// group is one call of a machine.
type group struct {
	key     frame.Row
	rows    iter.Seq[frame.Row]
	state   stream.GroupState[kept]
	emit    func(...any)
	ts, v   int // places of these columns
	timeout time.Duration
}

// machines are described in the oracle's README.
var machines = map[string]struct {
	run     machine
	timeout stream.Timeout
	out     frame.Schema
}{
	"running_count":           {runningCount, stream.NoTimeout, machineSchema("n bigint")},
	"running_sum_until_limit": {sumUntilLimit, stream.NoTimeout, machineSchema("total bigint")},
	"count_until_idle":        {countUntilIdle(true), stream.EventTimeTimeout, machineSchema("n bigint", "what string")},
	"session_on_expiry":       {countUntilIdle(false), stream.EventTimeTimeout, machineSchema("n bigint", "what string")},
}

func machineSchema(more ...string) frame.Schema {
	schema := frame.Schema{{Name: "key", Type: column.StringType, Nullable: true}}
	for _, field := range more {
		of := column.BigIntType
		if field == "what string" {
			of = column.StringType
		}
		name := field[:len(field)-len(" ")-len(of.String())]
		schema = append(schema, frame.Field{Name: name, Type: of, Nullable: true})
	}
	return schema
}

func runningCount(g group) error {
	s, _, err := g.state.Get()
	if err != nil {
		return err
	}
	for range g.rows {
		s.N++
	}
	g.emit(s.N)
	return g.state.Update(s)
}

func sumUntilLimit(g group) error {
	s, _, err := g.state.Get()
	if err != nil {
		return err
	}
	for row := range g.rows {
		v, _ := row[g.v].(int64)
		s.N += v
	}
	if s.N >= 100 {
		g.emit(s.N)
		g.state.Remove()
		return nil
	}
	return g.state.Update(s)
}

func countUntilIdle(active bool) machine {
	return func(g group) error {
		s, ok, err := g.state.Get()
		if err != nil {
			return err
		}
		if g.state.HasTimedOut() {
			g.emit(s.N, "expired")
			g.state.Remove()
			return nil
		}
		if !ok {
			s.Last = -1e15
		}
		for row := range g.rows {
			s.N++
			if ts, ok := row[g.ts].(column.Timestamp); ok {
				s.Last = max(s.Last, ts.Time().UnixMilli())
			}
		}
		if active {
			g.emit(s.N, "active")
		}
		if err := g.state.Update(s); err != nil {
			return err
		}
		return g.state.SetTimeoutTimestamp(time.UnixMilli(s.Last).Add(g.timeout))
	}
}

// stateful is op "stateful": PySpark's applyInPandasWithState.
func stateful(r *Relation, in *frame.Frame) (*frame.Frame, error) {
	m, known := machines[r.Machine]
	if !known {
		return nil, report.NotBuilt{What: "machine " + strconv.Quote(r.Machine)}
	}
	spec := stream.GroupStateSpec{
		Keys: r.ByNames, Schema: m.out, Mode: stream.OutputMode(r.FuncMode), Timeout: m.timeout, Operation: "applyInPandasWithState",
	}
	ts, v := -1, -1
	for i, f := range in.Schema() {
		switch f.Name {
		case "ts":
			ts = i
		case "v":
			v = i
		}
	}
	return stream.FlatMapGroupsWithState(in, spec, func(key frame.Row, rows iter.Seq[frame.Row], state stream.GroupState[kept], emit func(frame.Row)) error {
		return m.run(group{key, rows, state, func(more ...any) { emit(append(frame.Row{key[0]}, more...)) }, ts, v, time.Duration(r.Timeout) * time.Second})
	}), nil
}
