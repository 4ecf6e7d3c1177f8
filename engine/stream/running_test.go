package stream

import (
	"bufio"
	"encoding/json"
	"net"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine"
	"etincelle/engine/clock"
	"etincelle/engine/enginetest"
	"etincelle/engine/event"
	"etincelle/engine/frame"
)

// A running query takes a batch at each interval of the session's clock, and says how
// it goes to whoever listens.
func TestProcessingTime(t *testing.T) {
	hands := clock.NewManual(noon)
	s := session(t, engine.Clock(hands))
	in := NewMemory(s, clicks)
	batches, ended := make(chan Progress, 10), make(chan error, 1)
	AddListener(s, Listener{
		Progress:   func(p Progress) { batches <- p },
		Terminated: func(_ *Query, problem error) { ended <- problem },
	})
	require.NoError(t, in.Add(click(1, "a")))
	q, err := Start(in.Frame, Append, MemorySink(), ProcessingTime(10*time.Second), Name("clicks"))
	require.NoError(t, err)
	assert.Equal(t, []*Query{q}, Active(s))
	first := <-batches
	assert.EqualValues(t, 0, first.BatchID)
	assert.Equal(t, "2024-01-01T12:00:00.000Z", first.Timestamp)
	require.NoError(t, in.Add(click(2, "a"), click(3, "a")))
	advance(hands)
	second := <-batches
	assert.EqualValues(t, 2, second.NumInputRows)
	assert.Equal(t, "2024-01-01T12:00:10.000Z", second.Timestamp)
	require.NoError(t, q.Stop())
	require.NoError(t, <-ended)
	assert.NoError(t, q.AwaitTermination())
	assert.Empty(t, Active(s))
	assert.NoError(t, AwaitAnyTermination(s))
}

// advance moves the clock to the next time that somebody waits for.
func advance(hands *clock.Manual) {
	for {
		if d, waits := hands.Next(); waits {
			hands.Advance(d)
			return
		}
		runtime.Gosched() // the query has not begun to wait yet
	}
}

func TestAvailableNowAndOnceEnd(t *testing.T) {
	for name, option := range map[string]Option{"available": AvailableNow(), "once": Once()} {
		s := session(t)
		rows := []frame.Row{click(1, "a"), click(2, "b"), click(3, "c")}
		in, err := Replay(s, clicks, rows, BatchRows(2))
		require.NoError(t, err)
		table := MemorySink()
		q, err := Start(in, Append, table, option)
		require.NoError(t, err)
		require.NoError(t, q.AwaitTermination())
		want := map[string]int{"available": 3, "once": 2}[name]
		assert.Len(t, table.Rows(), want, name)
	}
}

func TestSessionStopsItsQueries(t *testing.T) {
	s := engine.Start(engine.Progress(false))
	in := NewMemory(s, clicks)
	q, err := Start(in.Frame, Append, MemorySink())
	require.NoError(t, err)
	byHand, err := Start(in.Frame, Append, MemorySink(), ByHand())
	require.NoError(t, err)
	s.Stop()
	assert.False(t, q.Active())
	assert.False(t, byHand.Active())
	assert.NoError(t, q.AwaitTermination())
}

// The report has Spark's fields.
func TestProgressJSON(t *testing.T) {
	s := session(t)
	in := NewMemory(s, clicks)
	q, err := Start(perWindow(in.Frame), Append, MemorySink(), ByHand(), Name("counts"))
	require.NoError(t, err)
	require.NoError(t, in.Add(click(1, "a"), click(5, "b")))
	_, err = q.Advance()
	require.NoError(t, err)
	p, ok := q.LastProgress()
	require.True(t, ok)
	var read map[string]any
	require.NoError(t, json.Unmarshal([]byte(p.JSON()), &read))
	for _, field := range []string{"id", "runId", "name", "timestamp", "batchId", "batchDuration", "numInputRows", "inputRowsPerSecond",
		"processedRowsPerSecond", "durationMs", "eventTime", "stateOperators", "sources", "sink", "observedMetrics"} {
		assert.Contains(t, read, field)
	}
	assert.Equal(t, map[string]any{
		"avg": "2024-01-01T12:03:00.000Z", "max": "2024-01-01T12:05:00.000Z", "min": "2024-01-01T12:01:00.000Z", "watermark": "1970-01-01T00:00:00.000Z",
	}, read["eventTime"])
	state := read["stateOperators"].([]any)[0].(map[string]any)
	assert.Equal(t, "stateStoreSave", state["operatorName"])
	assert.EqualValues(t, 2, state["numRowsTotal"])
	source := read["sources"].([]any)[0].(map[string]any)
	assert.Nil(t, source["startOffset"])
	assert.EqualValues(t, 0, source["endOffset"])
}

func TestSocket(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer listener.Close()
	sent := make(chan struct{})
	var server sync.WaitGroup
	server.Go(func() {
		conn, err := listener.Accept()
		if !assert.NoError(t, err) {
			return
		}
		defer conn.Close()
		w := bufio.NewWriter(conn)
		w.WriteString("to be\nor not\n")
		assert.NoError(t, w.Flush())
		<-sent
	})
	s := engine.Start(engine.Progress(false))
	defer s.Stop()
	rows := make(chan string, 10)
	q, err := Start(Socket(s, listener.Addr().String()), Append, SinkFunc(func(out *Output) error {
		for row := range out.Rows() {
			rows <- row[0].(string)
		}
		return nil
	}))
	require.NoError(t, err)
	assert.Equal(t, "to be", <-rows)
	assert.Equal(t, "or not", <-rows)
	close(sent)
	server.Wait()
	require.NoError(t, q.Stop())

	q, err = Start(Socket(s, "127.0.0.1:1"), Append, MemorySink(), ByHand())
	require.NoError(t, err)
	_, err = q.Advance()
	assert.ErrorContains(t, err, "is a server listening there?")
}

// What a batch tells, as text: the facts that screens draw and explain.
func TestTranscript(t *testing.T) {
	var lines []string
	s := session(t, engine.Listen(func(e event.Event) {
		switch e.(type) {
		case event.QueryStart, event.BatchStart, event.RowsArrived, event.RowsLate, event.StateChanged, event.WatermarkMoved, event.RowsOut, event.BatchEnd, event.QueryEnd:
			lines = append(lines, e.String())
		}
	}))
	in := NewMemory(s, clicks)
	q, err := Start(perWindow(in.Frame), Append, MemorySink(), ByHand(), Name("counts"))
	require.NoError(t, err)
	for _, rows := range [][]frame.Row{{click(1, "a"), click(5, "a")}, {click(21, "b")}, {click(4, "late"), click(22, "a")}} {
		require.NoError(t, in.Add(rows...))
		require.NoError(t, q.ProcessAllAvailable())
	}
	require.NoError(t, q.Stop())
	enginetest.Golden(t, "transcript.txt", strings.Join(lines, "\n")+"\n")
}

// The details behind the lines: which row moved the watermark, which was late and by
// which rule, what a window was and is, and which event would close it.
func TestWhatABatchTells(t *testing.T) {
	var late []event.RowsLate
	var moved []event.WatermarkMoved
	var changed []event.StateChanged
	s := session(t, engine.Listen(func(e event.Event) {
		switch e := e.(type) {
		case event.RowsLate:
			late = append(late, e)
		case event.WatermarkMoved:
			moved = append(moved, e)
		case event.StateChanged:
			changed = append(changed, e)
		}
	}))
	in := NewMemory(s, clicks)
	q, err := Start(perWindow(in.Frame), Append, MemorySink(), ByHand())
	require.NoError(t, err)
	for _, rows := range [][]frame.Row{{click(1, "a")}, {click(5, "a"), click(21, "b")}, {click(4, "late")}} {
		require.NoError(t, in.Add(rows...))
		require.NoError(t, q.ProcessAllAvailable())
	}
	require.Len(t, moved, 2)
	assert.Equal(t, []string{"2024-01-01 12:21:00", "b"}, moved[1].Row)
	assert.Equal(t, noon.Add(11*time.Minute), moved[1].After)
	require.Len(t, late, 1)
	assert.Equal(t, noon.Add(10*time.Minute), late[0].Rows[0].End)
	assert.Contains(t, late[0].Rule, "2024-01-01T12:11:00Z")
	byBatch := map[int64]event.StateChanged{}
	for _, c := range changed {
		if len(c.Changes) > 0 {
			byBatch[c.Batch] = c
		}
	}
	update := byBatch[2].Changes[0]
	assert.Equal(t, []string{"1"}, update.Before)
	assert.Equal(t, []string{"2"}, update.After)
	last := changed[len(changed)-1]
	require.Len(t, last.Open, 1)
	assert.Equal(t, noon.Add(20*time.Minute), last.Open[0].Start)
	assert.Equal(t, noon.Add(40*time.Minute), last.Open[0].ClosedBy, "the end, and the delay")
}

// With a clock that moves by hand and tasks one after the other, the whole recording
// is the same in every run.
func TestRecordingIsTheSameInEveryRun(t *testing.T) {
	record := func() (lines []string) {
		s := session(t, engine.Listen(func(e event.Event) {
			line, err := event.Encode(e)
			assert.NoError(t, err)
			lines = append(lines, string(line))
		}))
		in := NewMemory(s, clicks)
		q, err := Start(perWindow(in.Frame), Update, MemorySink(), ByHand(), Checkpoint("/checkpoint"))
		require.NoError(t, err)
		for _, rows := range [][]frame.Row{{click(1, "a"), click(5, "b")}, {click(21, "b")}, {click(4, "late"), click(22, "a")}} {
			require.NoError(t, in.Add(rows...))
			require.NoError(t, q.ProcessAllAvailable())
		}
		require.NoError(t, q.Stop())
		return lines
	}
	first, second := record(), record()
	assert.Equal(t, first, second)
	assert.Greater(t, len(first), 50)
}
