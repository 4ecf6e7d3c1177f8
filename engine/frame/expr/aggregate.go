package expr

import (
	"etincelle/engine/frame/column"
)

// Aggregate is one row of the table of aggregates.
type Aggregate struct {
	Name     string
	Aliases  []string
	Min, Max int
	// Sign is as a Function's.
	Sign func(args []Expr) (Signature, error)
	// Never is true when the result is never null, as a count.
	Never bool
	// Buffer is the columns that hold a group's partial result.
	Buffer func(s Signature) []column.Field
	// New makes the accumulator of a call with that signature. args are the call's
	// arguments, for those that are constants.
	New func(s Signature, args []Expr) Accumulator
	// AnyOrder is true when duplicates change nothing, as for min and max.
	AnyOrder bool
	// Sketch is true when the buffer is text only because no other type holds it:
	// Spark keeps it in words of fixed size.
	Sketch  bool
	Example Example
}

// Accumulator is the buffers of one aggregate call for many groups, numbered
// from 0, in typed columns. Groups are added with Grow and never taken away.
//
//	partial aggregation     Grow, Update…, Buffers
//	final aggregation       Grow, Merge…, Final
//	the state of a stream   Grow, Merge (what was kept), Update or Merge (the batch), Buffers and Final
//
// Merging in another order may change what the first and last of a group are,
// and the last digits of a double; nothing else.
type Accumulator interface {
	// Grow makes groups up to, and without, n; new ones hold no row yet.
	Grow(n int)
	// Update adds row i to group groups[i], for every i. A row that a FILTER keeps
	// out is not given. rows is len(groups); args has no column for count(*).
	Update(groups []int32, args []column.Column) error
	// Merge adds what Buffers gave: row i of buffers to group groups[i].
	Merge(groups []int32, buffers []column.Column) error
	// Buffers is the partial results, one row a group. The columns stay as they are
	// when more rows are added, as those of Final do.
	Buffers() []column.Column
	// Final is the results, one a group.
	Final() (column.Column, error)
}

// AggregateCall is a call of an aggregate.
type AggregateCall struct {
	Func     *Aggregate
	Args     []Expr
	Distinct bool
	Filter   Expr // nil for none
	Sig      Signature
	As       string // the name that was written, when it is not the aggregate's first
}

// NewAggregate calls f: it finds the signature and casts the arguments to it.
func NewAggregate(f *Aggregate, distinct bool, filter Expr, args ...Expr) (*AggregateCall, error) {
	if err := checkArity(f.Name, f.Min, f.Max, len(args)); err != nil {
		return nil, err
	}
	sig, err := f.Sign(args)
	if err != nil {
		return nil, explain(err, f.Name, written(f.Name), args)
	}
	return &AggregateCall{Func: f, Args: castAll(args, sig.Args), Distinct: distinct, Filter: filter, Sig: sig}, nil
}

// Accumulator makes an accumulator for the call.
func (c *AggregateCall) Accumulator() Accumulator { return c.Func.New(c.Sig, c.Args) }

// Buffer is the columns of the call's partial result.
func (c *AggregateCall) Buffer() []column.Field { return c.Func.Buffer(c.Sig) }

// Type implements Expr.
func (c *AggregateCall) Type() column.Type { return c.Sig.Result }

// Nullable implements Expr.
func (c *AggregateCall) Nullable() bool { return !c.Func.Never }

// Children implements Expr: the arguments, then the filter when there is one.
func (c *AggregateCall) Children() []Expr {
	if c.Filter == nil {
		return c.Args
	}
	return append(c.Args[:len(c.Args):len(c.Args)], c.Filter)
}

// With implements Expr.
func (c *AggregateCall) With(children []Expr) Expr {
	d := *c
	d.Args = children[:len(c.Args)]
	if c.Filter != nil {
		d.Filter = children[len(c.Args)]
	}
	return &d
}

// String implements Expr: "count(distinct dest)".
func (c *AggregateCall) String() string {
	if text := aggregateTexts[c.Func.Name]; text != nil && !c.Distinct {
		return text(c.Args) + c.filterText()
	}
	return c.write()
}

// write is the call as names of columns have it.
func (c *AggregateCall) write() string {
	text := Texts(c.Args)
	if c.Distinct {
		text = "distinct " + text
	}
	name := c.Func.Name
	if c.As != "" {
		name = c.As
	}
	return name + "(" + text + ")" + c.filterText()
}

func (c *AggregateCall) filterText() string {
	if c.Filter == nil {
		return ""
	}
	return " FILTER (WHERE " + c.Filter.String() + ")"
}
