package sqlcase

import (
	"strings"

	"etincelle/engine/frame"
	"etincelle/engine/frame/plan/physical"
)

// describe adds what the case says of the last frame's plan.
func (r *run) describe(f *frame.Frame, seen map[string]any) error {
	e, err := frame.Executed(f)
	if err != nil {
		return err
	}
	d := drawing{e.Run}
	seen["plan"] = d.tree(e.Plan)
	seen["plan_text"] = strings.TrimSuffix(d.text(e.Plan, ""), "\n")
	exchanges, broadcasts := 0, 0
	d.walk(e.Plan, func(op physical.Operator) {
		switch op.(type) {
		case *physical.Exchange:
			exchanges++
		case *physical.BroadcastExchange:
			broadcasts++
		}
	})
	seen["exchanges"], seen["broadcasts"] = exchanges, broadcasts
	return nil
}

// drawing is a plan as the oracle writes it, after a run.
type drawing struct{ run *physical.Context }

// shown are the operators below op; those of a cached plan stand in a field.
func (d drawing) shown(op physical.Operator) []physical.Operator {
	if _, cached := op.(*physical.InMemoryTableScan); cached {
		return nil
	}
	return physical.Shown(op, d.run)
}

func (d drawing) walk(op physical.Operator, f func(physical.Operator)) {
	f(op)
	for _, c := range d.shown(op) {
		d.walk(c, f)
	}
}

func (d drawing) tree(op physical.Operator) map[string]any {
	node := map[string]any{"op": op.Name()}
	text := op.Name() + " " + op.Text()
	switch op := op.(type) {
	case *physical.FileScan:
		node["columns"] = physical.Shortened(op.ReadSchema())
		node["pushed_filters"] = physical.Shortened(op.PushedFilters())
		node["table"] = op.Table.Name()
	case *physical.Aggregate:
		node["mode"], node["functions"], node["keys"] = modeOf(op), op.FunctionText(), op.KeyText()
		if op.Sorted {
			node["keys"] = "" // Spark writes "key=" there, and what drew the oracle's trees looks for "keys="
		}
	case *physical.Exchange:
		node["partitioning"], node["origin"] = op.To.String(), string(op.Origin)
	case *physical.BroadcastExchange:
		node["mode"] = op.Mode
	case *physical.AdaptiveSparkPlan:
		node["final"] = d.run.Adapted(op) != nil
	case *physical.AQEShuffleRead:
		node["text"], node["partitions"] = text, len(op.Spans)
	case *physical.InMemoryTableScan:
		cached := drawing{op.Cache.Context()}
		node["text"], node["cached_plan"] = text, cached.tree(op.Cache.Plan)
	case *physical.TakeOrderedAndProject:
		node["text"] = op.Name() + op.Text()
	case *physical.ExistingRDD, *physical.Union, *physical.ColumnarToRow, *physical.ShuffleQueryStage, *physical.BroadcastQueryStage,
		*physical.TableCacheQueryStage, *physical.ResultQueryStage:
	default:
		node["text"] = strings.TrimSpace(text)
	}
	var children []any
	for _, c := range d.shown(op) {
		children = append(children, d.tree(c))
	}
	if children != nil {
		node["children"] = children
	}
	return node
}

// modeOf is "partial" for an aggregation that takes rows where they are.
func modeOf(a *physical.Aggregate) string {
	if a.Needed == nil {
		return "partial"
	}
	return "final"
}

func (d drawing) text(op physical.Operator, margin string) string {
	line := op.Name()
	switch op := op.(type) {
	case *physical.Aggregate:
		line += "(" + modeOf(op) + ")"
	case *physical.Exchange:
		line += " " + op.To.String()
	}
	text := margin + line + "\n"
	for _, c := range d.shown(op) {
		text += d.text(c, margin+"  ")
	}
	return text
}
