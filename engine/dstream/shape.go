package dstream

import (
	"fmt"

	"etincelle/engine/lineage"
)

// A checkpoint cannot hold the program's functions: Go has no way to write them out.
// It holds the program's shape instead, and a program that starts from it must have the
// same one; that its functions do the same as before is its author's to see to.

// operator is one stream of a program, as a checkpoint knows it.
type operator struct {
	Class   string
	Op      string
	Element string
	Parents []int
	Slide   ms
	Window  ms
	Every   ms
	Site    string // for the message alone: a line may move
}

// outputShape is one output operation.
type outputShape struct {
	Of   int
	Name string
}

func (c *Context) shape() []operator {
	var all []operator
	for _, s := range c.streams {
		all = append(all, s.shape())
	}
	return all
}

func (s *stream) shape() operator {
	o := operator{Class: s.class, Op: s.op, Element: s.element, Slide: s.slide, Window: s.window, Every: s.every, Site: s.site.String()}
	if o.Every == unset && s.always {
		o.Every = s.defaultEvery()
	}
	for _, p := range s.parents {
		o.Parents = append(o.Parents, p.id)
	}
	return o
}

func (c *Context) outputShapes() []outputShape {
	var all []outputShape
	for _, o := range c.outputs {
		all = append(all, outputShape{o.of.id, o.name})
	}
	return all
}

// String describes an operator for a message.
func (o operator) String() string {
	text := fmt.Sprintf("%s (%s of %s", o.Class, o.Op, o.Element)
	if o.Window > 0 {
		text += fmt.Sprintf(", window %s", o.Window)
	}
	text += fmt.Sprintf(", slide %s", o.Slide)
	if o.Every != unset {
		text += fmt.Sprintf(", checkpoint every %s", o.Every)
	}
	if len(o.Parents) > 0 {
		text += fmt.Sprintf(", from %v", o.Parents)
	}
	return text + ")"
}

func (o operator) same(other operator) bool {
	o.Site, other.Site = "", ""
	return o.String() == other.String()
}

// compareShape refuses a program that is not the one of the checkpoint, naming the
// first operator that differs.
func (c *Context) compareShape(p progress, dir string) error {
	refuse := func(format string, args ...any) error {
		return &lineage.Failure{Class: lineage.SparkException, Message: fmt.Sprintf("the checkpoint in %s is of another program: ", dir) +
			fmt.Sprintf(format, args...) + ". Start with the program that wrote it, or with an empty directory"}
	}
	if p.Batch != c.batch {
		return refuse("its batch interval was %s, this one's is %s", p.Batch, c.batch)
	}
	now := c.shape()
	for i := range min(len(now), len(p.Operators)) {
		if !now[i].same(p.Operators[i]) {
			return refuse("its operator %d was %s, this one's at %s is %s", i, p.Operators[i], now[i].Site, now[i])
		}
	}
	switch {
	case len(now) > len(p.Operators):
		extra := now[len(p.Operators)]
		return refuse("it had no operator %d, which is %s at %s", len(p.Operators), extra, extra.Site)
	case len(now) < len(p.Operators):
		return refuse("its operator %d was %s, and this one has none", len(now), p.Operators[len(now)])
	}
	outputs := c.outputShapes()
	for i := range max(len(outputs), len(p.Outputs)) {
		switch {
		case i >= len(outputs):
			return refuse("its output %d was %s of operator %d, and this one has none", i, p.Outputs[i].Name, p.Outputs[i].Of)
		case i >= len(p.Outputs):
			return refuse("it had no output %d, which is %s", i, c.outputs[i])
		case outputs[i] != p.Outputs[i]:
			return refuse("its output %d was %s of operator %d, this one's is %s of operator %d", i, p.Outputs[i].Name, p.Outputs[i].Of, c.outputs[i], outputs[i].Of)
		}
	}
	return nil
}
