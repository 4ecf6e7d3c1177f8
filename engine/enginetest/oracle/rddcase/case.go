// Package rddcase runs one case of the RDD oracle on the engine and says where
// the engine differs from what real Spark did. A case is a neutral program, a
// list of steps, with what Spark gave for each: its result or error, and the
// jobs it started.
//
//	Parse ──> Case ── Run ──> Observation ── Judge ──> report.Verdict
//
// Running and judging are apart, so that a test can judge one observation
// against many altered cases.
package rddcase

import (
	"bytes"
	"encoding/json"
	"fmt"

	"etincelle/engine/enginetest/oracle/neutral"
)

// Case is one case of the oracle.
type Case struct {
	Name      string
	About     string
	Note      string
	Master    string            // "local[2]"
	Conf      map[string]string // of Spark
	Order     string            // "exact" or "any": see compare.go
	Program   []Step
	SparkCode string           `json:"spark_code"` // the program as Scala, a line a step
	Expect    []map[string]any // decoded with UseNumber: see entry
	// What the folder ListAfter holds when the session has stopped.
	ListAfter      string
	FilesAfterStop []string `json:"files_after_stop"`
}

// Step is one step of a program. Which arguments it has depends on Op.
type Step struct {
	ID string   // the name of the dataset it defines, "" for an action or an observation
	Op string   // "map", "collect"
	On []string // the datasets it is applied to

	Data       []neutral.Value
	N          *int // partitions, or rows
	F          string
	Acc        string // the accumulator that counts calls
	Zero       neutral.Value
	Seq, Comb  string
	Create     string
	Merge      string
	Ascending  *bool
	Shuffle    bool
	Preserves  bool
	Key        neutral.Value
	Keys       []neutral.Value
	Lo, Hi     neutral.Value
	Value      neutral.Value
	Start, End int64
	Step       int64
	Depth      int
	Level      string
	Name       string
	Broadcast  string
	Partition  int
	Times      int
	Every      int `json:"checkpointEvery"`
	MB         int
	Path       string
	Dir        string
	Content    string

	Partitioner    *Placement
	MapSideCombine *bool

	unknown error // an argument that this runner does not know
}

// Placement is a partitioner in a program, one of {hash: n}, {range: n} and
// {custom: function, n: n}.
type Placement struct {
	Hash     *int   `json:"hash"`
	Range    *int   `json:"range"`
	Custom   string `json:"custom"`
	N        int    `json:"n"`
	NoEquals bool   `json:"noequals"` // no two of them are equal
}

// UnmarshalJSON reads a step; an argument that is not known is kept for Run,
// which then skips the case.
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
	for _, name := range []string{"program", "spark_code", "master", "order"} {
		if _, ok := fields[name]; !ok {
			return false
		}
	}
	_, streaming := fields["batch_ms"]
	return !streaming
}

// Parse reads a case.
func Parse(data []byte) (*Case, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	c := &Case{}
	if err := d.Decode(c); err != nil {
		return nil, fmt.Errorf("not a case of the RDD oracle: %w", err)
	}
	if c.Order != "exact" && c.Order != "any" {
		return nil, fmt.Errorf("case %s: order is %q, wanted exact or any", c.Name, c.Order)
	}
	return c, nil
}
