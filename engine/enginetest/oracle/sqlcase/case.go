// Package sqlcase runs one case of the SQL oracle on the engine, with adaptive
// execution off and on, and says where the engine differs from what real Spark
// did: rows, jobs, stages, tasks, records, and the plan.
//
//	Parse ──> Case ── Run ──> Observation ── Judge ──> report.Verdict
//
// Running and judging are apart, so that a test can judge one observation
// against many altered cases.
package sqlcase

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// Case is one case of the oracle.
type Case struct {
	Name              string            `json:"name"`
	About             string            `json:"about"`
	Conf              map[string]string `json:"conf"`
	Ordered           bool              `json:"ordered"` // rows come in Spark's order
	Actions           []string          `json:"actions"`
	Program           []Step            `json:"program"`
	ShufflePartitions int               `json:"shuffle_partitions"`
	Expect            map[string]any    `json:"expect"` // by mode: aqe_off, aqe_on
}

// Step is one definition of the program. Which fields it has depends on Op.
type Step struct {
	Op        string            `json:"op"`
	ID        string            `json:"id"`
	On        []string          `json:"on"`
	Table     string            `json:"table"`
	Cond      string            `json:"cond"`
	Exprs     []string          `json:"exprs"`
	Name      string            `json:"name"`
	Expr      string            `json:"expr"`
	Keys      []json.RawMessage `json:"keys"` // names, or of orderBy [name, descending]
	Aggs      []string          `json:"aggs"`
	How       string            `json:"how"`
	Broadcast bool              `json:"broadcast"`
	N         *int              `json:"n"`
	Parts     *int              `json:"parts"`
	Fn        string            `json:"fn"`
	Part      []string          `json:"part"`
	Order     []string          `json:"order"`
	Eager     bool              `json:"eager"`
}

// modes are the ways in which each case was run.
var modes = []string{"aqe_off", "aqe_on"}

// Mine reports whether fields are those of a case of this kind.
func Mine(fields map[string]json.RawMessage) bool {
	for _, name := range []string{"program", "actions", "ordered", "expect"} {
		if _, ok := fields[name]; !ok {
			return false
		}
	}
	return true
}

// Parse reads a case. What it does not know it refuses: a field passed over would
// be a rule not checked.
func Parse(data []byte) (*Case, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	d.UseNumber()
	var c Case
	if err := d.Decode(&c); err != nil {
		return nil, fmt.Errorf("not a case: %w", err)
	}
	if got := slices.Sorted(maps.Keys(c.Expect)); !slices.Equal(got, modes) {
		return nil, fmt.Errorf("case %s: it expects something of the modes %v, wanted %v", c.Name, got, modes)
	}
	if len(c.Program) == 0 {
		return nil, fmt.Errorf("case %s has no program", c.Name)
	}
	return &c, nil
}

// names reads keys that are names.
func (s Step) names() ([]string, error) {
	names := make([]string, len(s.Keys))
	for i, raw := range s.Keys {
		if err := json.Unmarshal(raw, &names[i]); err != nil {
			return nil, fmt.Errorf("step %s: key %s: %w", s.ID, raw, err)
		}
	}
	return names, nil
}
