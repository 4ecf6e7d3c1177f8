package replay

import (
	"bytes"
	"compress/gzip"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"etincelle/engine/event"
	"etincelle/replay/scenario"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var rewrite = flag.Bool("rewrite", false, "write the recordings instead of comparing with them")

func encode(t *testing.T, facts []event.Event) []byte {
	var b bytes.Buffer
	for _, e := range facts {
		line, err := event.Encode(e)
		require.NoError(t, err)
		b.Write(append(line, '\n'))
	}
	return b.Bytes()
}

// TestRecorded: a recording that the course ships is what its scenario gives, to the
// last byte.
func TestRecorded(t *testing.T) {
	for _, kind := range []struct {
		files string
		run   func(io.Reader) ([]event.Event, error)
	}{
		{"recorded/*.json", func(r io.Reader) ([]event.Event, error) {
			s, err := scenario.Read(r)
			require.NoError(t, err)
			return Run(os.DirFS(".."), s)
		}},
		{"recorded/receiving/*.json", func(r io.Reader) ([]event.Event, error) {
			s, err := scenario.ReadReceiving(r)
			require.NoError(t, err)
			return RunReceiving(s)
		}},
	} {
		files, err := filepath.Glob(kind.files)
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, file := range files {
			t.Run(filepath.Base(file), func(t *testing.T) {
				f, err := os.Open(file)
				require.NoError(t, err)
				defer f.Close()
				facts, err := kind.run(f)
				require.NoError(t, err)
				compare(t, strings.TrimSuffix(file, ".json")+".jsonl.gz", encode(t, facts))
			})
		}
	}
}

// compare holds a recording to what the engine gives now; -rewrite writes it.
func compare(t *testing.T, tape string, got []byte) {
	if *rewrite {
		var b bytes.Buffer
		w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
		require.NoError(t, err)
		_, err = w.Write(got)
		require.NoError(t, err)
		require.NoError(t, w.Close())
		require.NoError(t, os.WriteFile(tape, b.Bytes(), 0o644))
	}
	packed, err := os.Open(tape)
	require.NoError(t, err)
	defer packed.Close()
	r, err := gzip.NewReader(packed)
	require.NoError(t, err)
	want, err := io.ReadAll(r)
	require.NoError(t, err)
	require.True(t, bytes.Equal(want, got), "%s is not what its scenario gives; go test ./replay -rewrite writes it", tape)
}

func tiny() scenario.Scenario {
	at := func(minute int) time.Time { return time.Date(2024, 1, 1, 12, minute, 0, 0, time.UTC) }
	minutes := func(n int) scenario.Duration { return scenario.Duration(time.Duration(n) * time.Minute) }
	return scenario.Scenario{Version: 1, Title: "t", Time: "at", Key: "k", Rows: []scenario.Row{{At: at(1), Key: "a"}, {At: at(12), Key: "b"}},
		BatchRows: 1, Window: minutes(10), Slide: minutes(10), Delay: minutes(0), Modes: []string{"update"}}
}

func TestOnlyTheModesThatAreAskedFor(t *testing.T) {
	facts, err := Run(nil, tiny())
	require.NoError(t, err)
	for _, e := range facts {
		if q, starts := e.(event.QueryStart); starts {
			require.Equal(t, "update", q.Mode)
		}
	}
	require.NotEmpty(t, facts)
}

func TestFilesOfTheCourse(t *testing.T) {
	s := tiny()
	s.Rows, s.File = nil, "datasets/x.csv"
	for text, want := range map[string]string{
		"at,k\n2024-01-01T12:00:00Z,a\n": "",
		"at,z\n2024-01-01T12:00:00Z,a\n": `the scenario asks for "at" and "k"`,
		"at,k\nnoon,a\n":                 "datasets/x.csv, line 2",
		"":                               "datasets/x.csv",
	} {
		_, err := Run(fstest.MapFS{"datasets/x.csv": {Data: []byte(text)}}, s)
		if want == "" {
			require.NoError(t, err)
		} else {
			require.ErrorContains(t, err, want)
		}
	}
	_, err := Run(fstest.MapFS{}, s)
	require.ErrorContains(t, err, "the rows of the scenario")
}
