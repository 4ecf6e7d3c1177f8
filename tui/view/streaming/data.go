package streaming

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"etincelle/engine/event"
	"etincelle/tui/canvas"
	model "etincelle/tui/model/streaming"
	"etincelle/tui/stepper"
)

// The shape of the data that JSON writes. Times are RFC 3339; rows are their
// columns' texts, as in events.
type (
	dataStep struct {
		Batch     int64               `json:"batch"`
		Rows      [][]string          `json:"rows"` // that came in
		Count     int64               `json:"count"`
		Watermark time.Time           `json:"watermark,omitzero"`
		LateBy    time.Time           `json:"lateBy,omitzero"`
		Next      time.Time           `json:"next,omitzero"` // the watermark of the next batch
		Modes     map[string]dataMode `json:"modes"`
		Why       []string            `json:"why"`
	}
	dataMode struct {
		Batch   int64              `json:"batch"` // its own number
		Rows    [][]string         `json:"rows"`  // that went out
		Count   int64              `json:"count"`
		State   dataState          `json:"state"`
		Dropped int64              `json:"dropped"`
		Open    []event.OpenWindow `json:"open,omitempty"`
	}
	dataState struct {
		Total   int64       `json:"total"`
		Updated int64       `json:"updated"`
		Removed int64       `json:"removed"`
		Groups  []dataGroup `json:"groups"`
	}
	dataGroup struct {
		Key    []string `json:"key"`
		Value  []string `json:"value"`
		Before []string `json:"before,omitempty"`
		What   string   `json:"what,omitempty"` // opened, updated or closed by this batch
	}
)

// JSON writes the streaming queries of a recording as data: an array of steps, or the
// one step that is asked for.
func JSON(w io.Writer, recording []event.Event, o Options) error {
	story, err := model.New(recording, o.Comparison)
	if err != nil {
		return fmt.Errorf("the recording cannot be read: %w", err)
	}
	if err := o.there(story); err != nil {
		return err
	}
	p := page{look: look{Look: stepper.Look{Language: o.Language}, row: -1}}
	p.tell(story, 0)
	steps := []dataStep{}
	for at := 1; at <= story.Len(); at++ {
		if b := story.Lead(at); o.Batch == nil || b.Number == *o.Batch {
			p.goTo(at)
			steps = append(steps, p.data())
		}
	}
	out := json.NewEncoder(w)
	out.SetIndent("", " ")
	return out.Encode(steps)
}

func (p *page) data() dataStep {
	lead := p.moment.Lead().Batch
	step := dataStep{Batch: lead.Number, Rows: [][]string{}, Count: lead.Count, Watermark: lead.Watermark, LateBy: lead.LateBy, Next: lead.Next, Modes: map[string]dataMode{}}
	for _, r := range lead.Rows {
		step.Rows = append(step.Rows, r.Cells)
	}
	for i := range p.moment.Modes {
		mode := &p.moment.Modes[i]
		if mode.Batch == nil {
			continue
		}
		total, updated, removed := mode.Batch.Totals()
		out := dataMode{Batch: mode.Batch.Number, Rows: mode.Output(), Count: mode.Batch.Out.Count, Dropped: mode.Batch.Dropped, Open: mode.Batch.Open(),
			State: dataState{total, updated, removed, []dataGroup{}}}
		for _, g := range mode.Table {
			out.State.Groups = append(out.State.Groups, dataGroup{g.Key, g.Value, g.Before, g.Touched})
		}
		step.Modes[mode.Query.Mode] = out
	}
	for _, s := range p.sentences() {
		step.Why = append(step.Why, canvas.Clean(s))
	}
	return step
}
