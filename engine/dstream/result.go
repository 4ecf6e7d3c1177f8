package dstream

import (
	"reflect"

	"etincelle/engine/event"
	"etincelle/engine/rdd"
)

// What an output operation brings to the program is told, so that a recording can show
// the result of each batch: the first rows of the first actions, cut where they are long.

const (
	toldActions = 5   // of one output on one batch
	toldRows    = 20  // of one action
	toldText    = 200 // characters of one cell
)

// tells is what emits the results of the output on one batch.
func (o *Output) tells(emit func(event.Event), at Time) func(action string, rows any) {
	left := toldActions
	return func(action string, rows any) {
		if left == 0 {
			return
		}
		left--
		emit(o.result(at, action, reflect.ValueOf(rows)))
	}
}

// result is the fact of one action's rows.
func (o *Output) result(at Time, action string, rows reflect.Value) event.OutputRows {
	e := event.OutputRows{Batch: int64(at), Output: o.id, Action: action, Rows: [][]string{}, Count: rows.Len()}
	if o.most > 0 && e.Count > o.most {
		e.Count, e.More = o.most, true // it looked one row further, to know that there is one
	}
	for i := range min(e.Count, toldRows) {
		e.Rows = append(e.Rows, cells(rows.Index(i).Interface()))
	}
	return e
}

// cells are a row's texts: of a pair the key's and the value's.
func cells(row any) []string {
	texts := rdd.Cells(row)
	for i, text := range texts {
		if runes := []rune(text); len(runes) > toldText {
			texts[i] = string(runes[:toldText-1]) + "…"
		}
	}
	return texts
}
