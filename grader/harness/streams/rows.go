package streams

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"etincelle/engine/frame"
	"etincelle/engine/rdd"
	"etincelle/engine/stream"
	"etincelle/grader/harness"
)

// Text is how a row of a result is told.
type Text = func(columns []string, row frame.Row) (json.RawMessage, error)

// Start runs a frame as a query in a mode.
func Start(in *Input, f *frame.Frame, mode stream.OutputMode, tell Text) (Ran, error) {
	if f == nil {
		return Ran{}, harness.ErrNil
	}
	return Run(in, NewSink(tell), func(sink stream.Sink, options ...stream.Option) (*stream.Query, error) {
		return stream.Start(f, mode, sink, options...)
	})
}

// Named is the values of these columns, in whatever order the result has them.
func Named(columns []string, row frame.Row, wanted ...string) ([]any, error) {
	var values []any
	for _, name := range wanted {
		at := slices.Index(columns, name)
		if at < 0 || len(columns) != len(wanted) {
			return nil, fmt.Errorf("found the columns (%s), expected (%s)", strings.Join(columns, ", "), strings.Join(wanted, ", "))
		}
		values = append(values, row[at])
	}
	return values, nil
}

// CountText tells rows of a count by windows and a column: "01-01 12:00–12:10 chat" and
// a number.
func CountText(by string) Text {
	return func(columns []string, row frame.Row) (json.RawMessage, error) {
		values, err := Named(columns, row, "window", by, "count")
		if err != nil {
			return nil, err
		}
		bounds, ok := values[0].(frame.Row)
		if !ok || len(bounds) != 2 {
			return nil, fmt.Errorf("column window is %v, and no window", values[0])
		}
		start, starts := bounds[0].(interface{ Time() time.Time })
		end, ends := bounds[1].(interface{ Time() time.Time })
		if !starts || !ends {
			return nil, fmt.Errorf("column window is %v, and no window", values[0])
		}
		key := fmt.Sprintf("%s–%s %v", start.Time().Format("01-02 15:04"), end.Time().Format("15:04"), values[1])
		return json.Marshal(rdd.KV(key, values[2]))
	}
}

// WindowText tells rows of a count of words by windows.
var WindowText = CountText("word")
