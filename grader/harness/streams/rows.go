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

// WindowOf is the bounds of a column of windows: "01-01 12:00–12:10".
func WindowOf(name string, value any) (string, error) {
	bounds, ok := value.(frame.Row)
	if !ok || len(bounds) != 2 {
		return "", fmt.Errorf("column %s is %v, and no window", name, value)
	}
	start, starts := bounds[0].(interface{ Time() time.Time })
	end, ends := bounds[1].(interface{ Time() time.Time })
	if !starts || !ends {
		return "", fmt.Errorf("column %s is %v, and no window", name, value)
	}
	return fmt.Sprintf("%s–%s", start.Time().Format("01-02 15:04"), end.Time().Format("15:04")), nil
}

// WindowText tells a row of a count by windows: "01-01 12:00–12:10 chat" and a number.
func WindowText(columns []string, row frame.Row) (json.RawMessage, error) {
	values, err := Named(columns, row, "window", "word", "count")
	if err != nil {
		return nil, err
	}
	window, err := WindowOf("window", values[0])
	if err != nil {
		return nil, err
	}
	return json.Marshal(rdd.KV(fmt.Sprintf("%s %v", window, values[1]), values[2]))
}
