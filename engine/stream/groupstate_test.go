package stream

import (
	"iter"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine"
	"etincelle/engine/clock"
	"etincelle/engine/frame"
)

// A state times out by the session's clock too; the key is then called without rows.
func TestProcessingTimeTimeout(t *testing.T) {
	hands := clock.NewManual(noon)
	s := session(t, engine.Clock(hands))
	in := NewMemory(s, clicks)
	schema, err := frame.ParseSchema("page string, n bigint, what string")
	require.NoError(t, err)
	spec := GroupStateSpec{Keys: []string{"page"}, Schema: schema, Mode: Update, Timeout: ProcessingTimeTimeout}
	counts := FlatMapGroupsWithState(in.Frame, spec, func(key frame.Row, rows iter.Seq[frame.Row], state GroupState[int], emit func(frame.Row)) error {
		n, _, err := state.Get()
		if err != nil {
			return err
		}
		if state.HasTimedOut() {
			emit(frame.Row{key[0], n, "idle"})
			state.Remove()
			return nil
		}
		for range rows {
			n++
		}
		emit(frame.Row{key[0], n, "seen"})
		if err := state.Update(n); err != nil {
			return err
		}
		return state.SetTimeoutDuration(time.Minute)
	})
	table := MemorySink()
	q, err := Start(counts, Update, table, ByHand())
	require.NoError(t, err)
	require.NoError(t, in.Add(click(1, "a"), click(2, "a")))
	require.NoError(t, q.ProcessAllAvailable())
	hands.Advance(30 * time.Second)
	require.NoError(t, in.Add(click(1, "b")))
	require.NoError(t, q.ProcessAllAvailable())
	hands.Advance(31 * time.Second)
	require.NoError(t, q.ProcessAllAvailable())
	assert.Equal(t, []string{"a 2 seen", "b 1 seen", "a 2 idle"}, shown(table.Rows()))
}

func TestGroupStateMistakes(t *testing.T) {
	s := session(t)
	in := NewMemory(s, clicks)
	nothing := func(frame.Row, iter.Seq[frame.Row], GroupState[int], func(frame.Row)) error { return nil }
	schema, err := frame.ParseSchema("page string")
	require.NoError(t, err)
	for _, c := range []struct {
		spec GroupStateSpec
		want string
	}{
		{GroupStateSpec{Keys: []string{"page"}, Schema: schema}, "choose stream.Append or stream.Update"},
		{GroupStateSpec{Keys: []string{"pages"}, Schema: schema, Mode: Append}, "Did you mean one of the following? [`page`"},
	} {
		assert.ErrorContains(t, FlatMapGroupsWithState(in.Frame, c.spec, nothing).Err(), c.want)
	}
	type unkept struct{ secret int }
	bad := FlatMapGroupsWithState(in.Frame, GroupStateSpec{Keys: []string{"page"}, Schema: schema, Mode: Append},
		func(frame.Row, iter.Seq[frame.Row], GroupState[unkept], func(frame.Row)) error { return nil })
	assert.ErrorContains(t, bad.Err(), "secret is not exported")

	spec := GroupStateSpec{Keys: []string{"page"}, Schema: schema, Mode: Append}
	for want, f := range map[string]func(frame.Row, iter.Seq[frame.Row], GroupState[int], func(frame.Row)) error{
		"has 2 values, 1 were expected": func(_ frame.Row, _ iter.Seq[frame.Row], _ GroupState[int], emit func(frame.Row)) error {
			emit(frame.Row{"a", 1})
			return nil
		},
		"can be set with EventTimeTimeout only": func(_ frame.Row, _ iter.Seq[frame.Row], s GroupState[int], _ func(frame.Row)) error {
			return s.SetTimeoutTimestamp(noon)
		},
		"boom": func(frame.Row, iter.Seq[frame.Row], GroupState[int], func(frame.Row)) error { panic("boom") },
	} {
		in := NewMemory(s, clicks)
		q, err := Start(FlatMapGroupsWithState(in.Frame, spec, f), Append, MemorySink(), ByHand())
		require.NoError(t, err)
		require.NoError(t, in.Add(click(1, "a")))
		assert.ErrorContains(t, q.ProcessAllAvailable(), want)
	}
}
