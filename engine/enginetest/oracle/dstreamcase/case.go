// Package dstreamcase runs one case of the DStream oracle on the engine and says where
// the engine differs from what real Spark did, batch by batch. A case is a neutral
// program, a list of steps, that is started and driven by a manual clock; with phases
// it is stopped and started again from its checkpoint.
//
//	Parse ──> Case ── Run ──> Observation ── Judge ──> report.Verdict
package dstreamcase

import (
	"bytes"
	"encoding/json"
	"fmt"

	"etincelle/engine/enginetest/oracle/neutral"
)

// Value is a row of a neutral program.
type Value = neutral.Value

// Case is one case of the oracle.
type Case struct {
	Name       string
	About      string
	Order      string // "exact" or "any"
	Master     string // "local[2]" when it is not said
	Conf       map[string]string
	BatchMS    int64 `json:"batch_ms"`
	Batches    int   `json:"num_batches"`
	ClockStart int64 `json:"clock_start"`
	Program    []Step
	Scripts    [][]Action
	Phases     []Phase
	Slices     []Slice
	After      []Step
	Expect     map[string]any // decoded with UseNumber
}

// Phase is one life of the program.
type Phase struct {
	Batches    int
	Scripts    [][]Action
	StoreAfter []Action
}

// Slice asks for the datasets of some batches.
type Slice struct {
	On       string
	From, To int64
}

// Action is something that a receiver does: one of these.
type Action struct {
	One      []Value // store(x), one by one
	Many     *[]Value
	Iterator *[]Value
	Report   *string
	Restart  *string
	Stop     *string
}

// Step is one step of a program. Which arguments it has depends on Op.
type Step struct {
	ID string
	Op string
	On []string

	Batches    []*[]Value
	Slices     *int
	OneAtATime *bool
	Default    json.RawMessage // null is an answer
	Data       []Value
	Level      string

	Name    string
	Details bool
	Debug   bool
	FailAt  int64

	F        string
	Inv      string
	Filter   string
	Len      int64
	Slide    *int64
	N        int
	Initial  *[]Value
	Timeout  int64
	Interval int64
	Every    int64  `json:"checkpointInterval"`
	Snap     string `json:"snapshots"`
	Duration int64

	unknown error // an argument that this runner does not know
}

// UnmarshalJSON reads a step; an argument that is not known is kept for Run, which then
// skips the case.
func (s *Step) UnmarshalJSON(data []byte) error {
	type plain Step
	if err := json.Unmarshal(data, (*plain)(s)); err != nil {
		return fmt.Errorf("step %s: %w", data, err)
	}
	strict := json.NewDecoder(bytes.NewReader(data))
	strict.DisallowUnknownFields()
	s.unknown = strict.Decode(new(plain))
	return nil
}

// Mine reports whether fields are those of a case of this kind.
func Mine(fields map[string]json.RawMessage) bool {
	for _, name := range []string{"program", "batch_ms", "num_batches", "order"} {
		if _, ok := fields[name]; !ok {
			return false
		}
	}
	return true
}

// Parse reads a case.
func Parse(data []byte) (*Case, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	c := &Case{Master: "local[2]"}
	if err := d.Decode(c); err != nil {
		return nil, fmt.Errorf("not a case of the DStream oracle: %w", err)
	}
	if c.Order != "exact" && c.Order != "any" {
		return nil, fmt.Errorf("case %s: order is %q, wanted exact or any", c.Name, c.Order)
	}
	return c, nil
}
