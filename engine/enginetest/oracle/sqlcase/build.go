package sqlcase

import (
	"encoding/json"
	"fmt"
	"path"
	"strings"

	"etincelle/connect/parquet"
	"etincelle/engine/enginetest"
	"etincelle/engine/enginetest/oracle/report"
	"etincelle/engine/frame"
	"etincelle/engine/rdd"
)

// define is the frame of one step.
func (r *run) define(s Step) (*frame.Frame, error) {
	in := make([]*frame.Frame, len(s.On))
	for i, id := range s.On {
		if in[i] = r.frames[id]; in[i] == nil {
			return nil, fmt.Errorf("step %s stands on %q, which no step before defines", s.ID, id)
		}
	}
	needs := map[string]int{"read": 0, "range": 0, "join": 2, "crossJoin": 2, "union": 2}
	if want, known := needs[s.Op]; known && len(in) != want || !known && len(in) != 1 {
		return nil, fmt.Errorf("step %s: %s stands on %d frames", s.ID, s.Op, len(in))
	}
	switch s.Op {
	case "read":
		return parquet.Read(r.session, path.Join(enginetest.TablesFolder, s.Table+".parquet")), nil
	case "range":
		parts := rdd.DefaultPartitions
		if s.Parts != nil {
			parts = *s.Parts
		}
		return frame.Range(r.session, 0, int64(*s.N), 1, parts), nil
	case "join":
		return join(in[0], in[1], s)
	case "crossJoin":
		return in[0].CrossJoin(in[1]), nil
	case "union":
		return in[0].Union(in[1]), nil
	}
	return over(in[0], s)
}

// over is the frame of a step with one input.
func over(in *frame.Frame, s Step) (*frame.Frame, error) {
	switch s.Op {
	case "filter":
		return in.Filter(s.Cond), nil
	case "select":
		return in.SelectExpr(s.Exprs...), nil
	case "withColumn":
		return in.WithColumn(s.Name, frame.SQL(s.Expr)), nil
	case "window":
		return in.WithColumn(s.Name, frame.SQL(s.windowText())), nil
	case "limit":
		return in.Limit(*s.N), nil
	case "coalesce":
		return in.Coalesce(*s.N), nil
	case "distinct":
		return in.Distinct(), nil
	case "cache":
		return in.Cache(), nil
	case "checkpoint":
		if s.Eager {
			return in.Checkpoint(), nil
		}
		return in.LazyCheckpoint(), nil
	case "orderBy":
		return orderBy(in, s)
	}
	names, err := s.names()
	if err != nil {
		return nil, err
	}
	keys := frame.Cols(names...)
	switch s.Op {
	case "groupBy":
		return in.GroupBy(keys...).Agg(texts(s.Aggs)...), nil
	case "dropDuplicates":
		return in.DropDuplicates(names...), nil
	case "repartition":
		if s.N == nil {
			return in.RepartitionBy(keys...), nil
		}
		return in.Repartition(*s.N, keys...), nil
	}
	return nil, report.NotBuilt{What: s.Op}
}

func texts(list []string) []frame.Expr {
	es := make([]frame.Expr, len(list))
	for i, text := range list {
		es[i] = frame.SQL(text)
	}
	return es
}

// windowText is the step's call as SQL.
func (s Step) windowText() string {
	var spec []string
	if len(s.Part) > 0 {
		spec = append(spec, "PARTITION BY "+strings.Join(s.Part, ", "))
	}
	if len(s.Order) > 0 {
		spec = append(spec, "ORDER BY "+strings.Join(s.Order, ", "))
	}
	return s.Fn + " OVER (" + strings.Join(spec, " ") + ")"
}

func orderBy(in *frame.Frame, s Step) (*frame.Frame, error) {
	var keys []frame.Expr
	for _, raw := range s.Keys {
		var pair [2]any
		if err := json.Unmarshal(raw, &pair); err != nil {
			return nil, fmt.Errorf("step %s: key %s: %w", s.ID, raw, err)
		}
		name, ok := pair[0].(string)
		descending, isBool := pair[1].(bool)
		if !ok || !isBool {
			return nil, fmt.Errorf("step %s: key %s: wanted [name, descending]", s.ID, raw)
		}
		key := frame.Col(name)
		if descending {
			key = key.Desc()
		}
		keys = append(keys, key)
	}
	return in.OrderBy(keys...), nil
}

// hows are the types of joins by the names that programs in Python use.
var hows = map[string]frame.JoinType{
	"": frame.Inner, "inner": frame.Inner,
	"left": frame.Left, "left_outer": frame.Left, "leftouter": frame.Left,
	"right": frame.Right, "right_outer": frame.Right, "rightouter": frame.Right,
	"full": frame.Full, "outer": frame.Full, "full_outer": frame.Full, "fullouter": frame.Full,
	"semi": frame.Semi, "left_semi": frame.Semi, "leftsemi": frame.Semi,
	"anti": frame.Anti, "left_anti": frame.Anti, "leftanti": frame.Anti,
}

func join(left, right *frame.Frame, s Step) (*frame.Frame, error) {
	how, known := hows[s.How]
	if !known {
		return nil, report.NotBuilt{What: "a join of type " + s.How}
	}
	names, err := s.names()
	if err != nil {
		return nil, err
	}
	if s.Broadcast {
		right = frame.Broadcast(right)
	}
	return left.Join(right, frame.Using(names...), how), nil
}
