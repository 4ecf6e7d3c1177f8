package streams

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine"
	"etincelle/engine/frame"
	"etincelle/engine/stream"
	"etincelle/grader/harness"
)

var words = engine.Must(frame.ParseSchema("word string"))

// text tells a row as it is.
func text(_ []string, row frame.Row) (json.RawMessage, error) { return json.Marshal(row) }

// fed runs the count of words, of which some arrive in each step.
func fed(t *testing.T, steps [][]string, start func(*frame.Frame) func(stream.Sink, ...stream.Option) (*stream.Query, error)) (Ran, error) {
	t.Helper()
	s := engine.Start(engine.Progress(false))
	t.Cleanup(s.Stop)
	in := Of(s, words, steps, func(word string) frame.Row { return frame.Row{word} })
	return Run(in, NewSink(text), start(in.Stream.GroupBy(frame.Col("word")).Count()))
}

// in starts a count in a mode.
func in(mode stream.OutputMode) func(*frame.Frame) func(stream.Sink, ...stream.Option) (*stream.Query, error) {
	return func(counts *frame.Frame) func(stream.Sink, ...stream.Option) (*stream.Query, error) {
		return func(sink stream.Sink, options ...stream.Option) (*stream.Query, error) {
			return stream.Start(counts, mode, sink, options...)
		}
	}
}

func TestRowsByBatch(t *testing.T) {
	ran, err := fed(t, [][]string{{"b", "a"}, {}, {"a", "a"}}, in(stream.Update))
	require.NoError(t, err)
	told, err := json.Marshal(ran)
	require.NoError(t, err)
	assert.JSONEq(t, `{"batches":[
		{"batch":0,"rows":[["a",1],["b",1]],"state":2},
		{"batch":1,"rows":[],"state":2},
		{"batch":2,"rows":[["a",3]],"state":2}]}`, string(told))
}

func TestARefusalIsAnAnswer(t *testing.T) {
	ran, err := fed(t, [][]string{{"a"}}, in(stream.Append))
	require.NoError(t, err)
	assert.Contains(t, ran.Refused, "STREAMING_OUTPUT_MODE.UNSUPPORTED_OPERATION")
	assert.Empty(t, ran.Batches)
}

func TestWhatIsNoQuery(t *testing.T) {
	_, err := fed(t, [][]string{{"a"}}, func(*frame.Frame) func(stream.Sink, ...stream.Option) (*stream.Query, error) {
		return func(stream.Sink, ...stream.Option) (*stream.Query, error) { return nil, nil }
	})
	require.ErrorIs(t, err, harness.ErrNil)
	broken := errors.New("broken")
	_, err = fed(t, [][]string{{"a"}}, func(*frame.Frame) func(stream.Sink, ...stream.Option) (*stream.Query, error) {
		return func(stream.Sink, ...stream.Option) (*stream.Query, error) { return nil, broken }
	})
	require.ErrorIs(t, err, broken)
}

func TestAQueryThatRunsByItselfIsStopped(t *testing.T) {
	ran, err := fed(t, [][]string{{"a"}}, func(counts *frame.Frame) func(stream.Sink, ...stream.Option) (*stream.Query, error) {
		return func(sink stream.Sink, _ ...stream.Option) (*stream.Query, error) {
			return stream.Start(counts, stream.Update, sink)
		}
	})
	require.NoError(t, err)
	assert.Equal(t, Ran{Dropped: true}, ran)
}
