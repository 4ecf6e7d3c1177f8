// Package streamcase runs one case of the Structured Streaming oracle on the
// engine and says where the engine differs from what real Spark did: batch by
// batch, with the watermark in force, the counters of every stateful operator
// and the rows.
//
//	Parse ──> Case ── Run ──> Observation ── Judge ──> report.Verdict
//
// Running and judging are apart, so that a test can judge one observation
// against many altered cases.
package streamcase

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Case is one case of the oracle.
type Case struct {
	Name       string            `json:"name"`
	About      string            `json:"about"`
	Spark      string            `json:"spark"`
	Conf       map[string]string `json:"conf"`
	Trigger    string            `json:"trigger"` // "" or "available_now"
	Ordered    bool              `json:"ordered"` // rows come in Spark's order
	Streams    map[string]Table  `json:"streams"`
	Static     map[string]Table  `json:"static"`
	Query      *Relation         `json:"query"`
	PySpark    string            `json:"pyspark"`
	OutputMode string            `json:"output_mode"`
	Steps      []Step            `json:"steps"`

	Expect map[string]any `json:"-"` // columns, steps and error, as JSON trees
}

// Table is a stream's or a static table's columns, and the rows of the latter.
type Table struct {
	Schema [][2]string         `json:"schema"` // column, Spark type
	Rows   [][]json.RawMessage `json:"rows"`
}

// Step is what happens before Spark is asked to run until it is idle.
type Step struct {
	Restart bool                           `json:"restart_before"`
	Add     map[string][][]json.RawMessage `json:"add"`
	Batches json.RawMessage                `json:"batches"`
}

// Relation is a node of the program. Which fields it has depends on Op.
type Relation struct {
	Op       string         `json:"op"`
	Input    *Relation      `json:"input"`
	Left     *Relation      `json:"left"`
	Right    *Relation      `json:"right"`
	Name     string         `json:"name"`
	Exprs    []Named        `json:"exprs"`
	Cond     *Expr          `json:"cond"`
	Expr     *Expr          `json:"expr"`
	Outer    bool           `json:"outer"`
	Column   string         `json:"column"`
	Delay    string         `json:"delay"`
	By       []Key          `json:"-"`
	Columns  []string       `json:"columns"`
	How      string         `json:"how"`
	OnNames  []string       `json:"-"`
	OnExpr   *Expr          `json:"-"`
	Keys     []SortKey      `json:"keys"`
	N        int            `json:"n"`
	Aggs     []AggregateUse `json:"aggs"`
	Machine  string         `json:"machine"`
	Timeout  int64          `json:"timeout_seconds"`
	FuncMode string         `json:"func_mode"`
	ByNames  []string       `json:"-"` // of stateful
}

// Expr is an expression of the program.
type Expr struct {
	Col      *string         `json:"col"`
	Lit      json.RawMessage `json:"lit"`
	Type     string          `json:"type"`
	Interval *string         `json:"interval"`
	Cast     *Expr           `json:"cast"`
	To       string          `json:"to"`
	Fn       string          `json:"fn"`
	Args     []*Expr         `json:"args"`
}

// Key is a grouping key.
type Key struct {
	Expr
	Of      *Expr    `json:"expr"`
	As      string   `json:"as"`
	Window  *Window  `json:"window"`
	Session *Session `json:"session_window"`
}

// Window is a tumbling or sliding window of a grouping.
type Window struct {
	Column string `json:"column"`
	Size   string `json:"size"`
	Slide  string `json:"slide"`
	Start  string `json:"start"`
}

// Session is a session window of a grouping; its gap is a text or an expression.
type Session struct {
	Column string          `json:"column"`
	Gap    json.RawMessage `json:"gap"`
}

// Named is [expression, name].
type Named struct {
	Expr *Expr
	Name string
}

// SortKey is [expression, "asc" or "desc"].
type SortKey struct {
	Expr *Expr
	Desc bool
}

// AggregateUse is [function, argument, name]; the argument is a column's name,
// "*" or an expression.
type AggregateUse struct {
	Function string
	Star     bool
	Arg      *Expr
	Name     string
}

// strict reads JSON and refuses fields that the reader does not know.
func strict(data []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	return d.Decode(v)
}

// Mine reports whether fields are those of a case of this kind.
func Mine(fields map[string]json.RawMessage) bool {
	for _, name := range []string{"streams", "query", "output_mode", "steps"} {
		if _, ok := fields[name]; !ok {
			return false
		}
	}
	return true
}

// expected are the fields of a case that say what Spark gave.
var expected = []string{"columns", "steps", "error"}

// Parse reads a case. A field that this runner does not know is an error: it
// might change what the case means.
func Parse(data []byte) (*Case, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	c := &Case{Expect: map[string]any{}}
	var tree map[string]any
	if err := d.Decode(&tree); err != nil {
		return nil, fmt.Errorf("not a case of the streaming oracle: %w", err)
	}
	for _, name := range expected {
		if v, ok := tree[name]; ok {
			c.Expect[name] = v
		}
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); err != nil {
		return nil, err
	}
	delete(fields, "columns")
	delete(fields, "error")
	rest, err := json.Marshal(fields)
	if err == nil {
		err = strict(rest, c)
	}
	if err != nil {
		return nil, fmt.Errorf("case %v: %w", tree["name"], err)
	}
	if c.Trigger != "" && c.Trigger != "available_now" {
		return nil, fmt.Errorf("case %s: trigger is %q, expected none or available_now", c.Name, c.Trigger)
	}
	return c, nil
}
