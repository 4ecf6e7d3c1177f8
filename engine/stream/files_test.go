package stream

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine"
	"etincelle/engine/frame"
	"etincelle/engine/fs"
)

func events(t *testing.T) frame.Schema {
	schema, err := frame.ParseSchema("key string, v bigint")
	require.NoError(t, err)
	return schema
}

// Each file is read once, in batches of at most so many; hidden ones are left alone,
// and a query that is started again goes on with the files that are left.
func TestFilesAreReadOnce(t *testing.T) {
	files := &fs.Memory{}
	s := session(t, engine.Files(files))
	add := func(name string, rows ...string) {
		require.NoError(t, files.Write("/in/"+name, []byte(strings.Join(rows, "\n"))))
	}
	table := MemorySink()
	start := func() *Query {
		in := Files(s, "/in", JSON, events(t), MaxFilesPerTrigger(2))
		q, err := Start(in, Append, table, ByHand(), Checkpoint("/checkpoint"))
		require.NoError(t, err)
		return q
	}
	add("a.json", `{"key":"a","v":1}`, `{"key":"b"}`)
	add("_writing.json", `{"key":"half`)
	add("b.json", `{"v":2,"key":"c"}`)
	add("c.json", `{"key":"d","v":3}`)
	q := start()
	require.NoError(t, q.ProcessAllAvailable())
	assert.Len(t, q.Progress(), 2, "two files, then one")
	assert.Equal(t, []string{"a 1", "b <nil>", "c 2", "d 3"}, shown(table.Rows()))
	require.NoError(t, q.Stop())
	add("d.json", `{"key":"e","v":4}`)
	q = start()
	require.NoError(t, q.ProcessAllAvailable())
	assert.Equal(t, []string{"a 1", "b <nil>", "c 2", "d 3", "e 4"}, shown(table.Rows()))
	p, _ := q.LastProgress()
	assert.JSONEq(t, `{"logOffset":2}`, string(p.Sources[0].EndOffset))
}

// A file counts from the line of the sink's log on: a batch that comes again is not
// written twice, whenever the process died.
func TestFileSinkIsExactlyOnce(t *testing.T) {
	errDied := errors.New("died")
	for _, at := range []Step{Planned, OffsetsSaved, StateSaved, SinkWritten, Committed} {
		files := &fs.Memory{}
		s := session(t, engine.Files(files))
		in := NewMemory(s, events(t))
		died := false
		start := func() *Query {
			q, err := Start(in.Frame, Append, FileSink("/out", CSV), ByHand(), Checkpoint("/checkpoint"), AtStep(func(step Step, n int64) error {
				if step == at && n == 1 && !died {
					died = true
					return errDied
				}
				return nil
			}))
			require.NoError(t, err)
			return q
		}
		q := start()
		for i := range 3 {
			require.NoError(t, in.Add(frame.Row{"k", i}))
			for q.ProcessAllAvailable() != nil {
				q = start()
			}
		}
		assert.True(t, died)
		paths, err := CommittedFiles(s, "/out")
		require.NoError(t, err)
		var text string
		for _, path := range paths {
			data, err := fs.Read(files, path)
			require.NoError(t, err)
			text += string(data)
		}
		assert.Equal(t, "key,v\nk,0\nkey,v\nk,1\nkey,v\nk,2\n", text, "death at %q", at)
	}
}

func TestFileSinkTakesAppendOnly(t *testing.T) {
	s := session(t)
	in := NewMemory(s, events(t))
	_, err := Start(in.GroupBy(frame.Col("key")).Agg(frame.CountAll().As("n")), Update, FileSink("/out", JSON), ByHand())
	assert.ErrorContains(t, err, "does not support update output mode")
}

func TestAFileThatIsGone(t *testing.T) {
	files := &fs.Memory{}
	s := session(t, engine.Files(files))
	require.NoError(t, files.Write("/in/a.json", []byte(`{"key":"a","v":1}`)))
	q, err := Start(Files(s, "/in", JSON, events(t)), Append, MemorySink(), ByHand(), Checkpoint("/checkpoint"), AtStep(func(step Step, _ int64) error {
		if step == OffsetsSaved {
			return errors.New("died")
		}
		return nil
	}))
	require.NoError(t, err)
	require.Error(t, q.ProcessAllAvailable())
	require.NoError(t, files.Remove("/in/a.json"))
	q, err = Start(Files(s, "/in", JSON, events(t)), Append, MemorySink(), ByHand(), Checkpoint("/checkpoint"))
	require.NoError(t, err)
	assert.ErrorContains(t, q.ProcessAllAvailable(), filepath.Join("/in", "a.json"))
}

func ExampleFiles() {
	files := &fs.Memory{}
	s := engine.Start(engine.Files(files))
	defer s.Stop()
	engine.Check(files.Write("/in/1.json", []byte(`{"key":"owl","v":3}`)))
	schema := engine.Must(frame.ParseSchema("key string, v bigint"))
	q := engine.Must(Start(Files(s, "/in", JSON, schema), Append, FileSink("/out", JSON), ByHand()))
	engine.Check(q.ProcessAllAvailable())
	for _, path := range engine.Must(CommittedFiles(s, "/out")) {
		fmt.Print(string(engine.Must(fs.Read(files, path))))
	}
	// Output: {"key":"owl","v":3}
}
