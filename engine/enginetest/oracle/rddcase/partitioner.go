package rddcase

import (
	"fmt"

	"etincelle/engine/enginetest/oracle/neutral"
	"etincelle/engine/enginetest/oracle/report"
	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
)

// custom is a partitioner of the program's own: equal to another by its fields.
type custom struct {
	function string
	n        int
}

// NumPartitions implements rdd.Partitioner.
func (c custom) NumPartitions() int { return c.n }

// Partition implements rdd.Partitioner; it may leave the range, as a mistaken
// program's does.
func (c custom) Partition(key any) int {
	place, err := neutral.Placement(c.function)
	if err != nil {
		panic(&lineage.Failure{Class: "java.lang.IllegalArgumentException", Message: err.Error()}) // partitioner has refused it before
	}
	return place(key.(Value))
}

// withoutEquals is a custom partitioner that forgot its equals method: it is
// equal to itself alone.
type withoutEquals struct{ *custom }

// partitioner makes what a program names; of is the dataset that a range
// partitioner samples.
func (p Placement) partitioner(of *pairs) (rdd.Partitioner, error) {
	switch {
	case p.Hash != nil:
		return rdd.Hash(*p.Hash), nil
	case p.Range != nil && of != nil:
		return rdd.RangePartitionerFunc(of, *p.Range, neutral.Compare, rdd.Ascending)
	case p.Custom == "":
		return nil, report.NotBuilt{What: fmt.Sprintf("partitioner %+v", p)}
	}
	if _, err := neutral.Placement(p.Custom); err != nil {
		return nil, report.NotBuilt{What: err.Error()}
	}
	by := custom{p.Custom, p.N}
	if p.NoEquals {
		return withoutEquals{&by}, nil
	}
	return by, nil
}

// by is a step's partitioner as a last argument, none when the step names none.
func (step Step) by(of *pairs) ([]rdd.Partitioner, error) {
	switch {
	case step.Partitioner != nil:
		by, err := step.Partitioner.partitioner(of)
		return []rdd.Partitioner{by}, err
	case step.N != nil:
		return []rdd.Partitioner{rdd.Hash(*step.N)}, nil
	}
	return nil, nil
}

// mustBy is a step's partitioner, for an operation that needs one.
func (step Step) mustBy(of *pairs) (rdd.Partitioner, error) {
	by, err := step.by(of)
	if err != nil {
		return nil, err
	}
	if len(by) == 0 {
		return nil, report.NotBuilt{What: step.Op + " without a partitioner"}
	}
	return by[0], nil
}

// describe is a partitioner as the oracle observes it.
func describe(by rdd.Partitioner) any {
	ranged, isRange := by.(interface{ Bounds() []Value })
	switch {
	case by == nil:
		return nil
	case isRange:
		bounds := ranged.Bounds()
		if bounds == nil {
			bounds = []Value{}
		}
		return map[string]any{"range": by.NumPartitions(), "bounds": bounds}
	case lineage.Alike(by, rdd.Hash(by.NumPartitions())):
		return map[string]any{"hash": by.NumPartitions()}
	}
	switch by := by.(type) {
	case custom:
		return map[string]any{"custom": by.function, "n": by.n}
	case withoutEquals:
		return map[string]any{"custom": by.function, "n": by.n}
	}
	return lineage.PartitionerText(by)
}
