package follow

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"etincelle/engine/event"
)

func line(t *testing.T, e event.Event) string {
	data, err := event.Encode(e)
	require.NoError(t, err)
	return string(data) + "\n"
}

func TestFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.rec")
	part := path + event.Growing
	add := func(to, text string) {
		f, err := os.OpenFile(to, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
		require.NoError(t, err)
		_, err = f.WriteString(text)
		require.NoError(t, err)
		require.NoError(t, f.Close())
	}
	f := Open(path)
	look := func(wanted bool, facts int) {
		t.Helper()
		grew, err := f.Look()
		require.NoError(t, err)
		require.Equal(t, wanted, grew)
		require.Len(t, f.Events, facts)
	}
	look(false, 0)
	first, second, last := line(t, event.JobStart{Job: 1, Action: "count"}), line(t, event.JobEnd{Job: 1}), line(t, event.SessionEnd{})
	add(part, first+second[:5])
	look(true, 1)
	look(false, 1) // half a line is waited for
	add(part, second[5:])
	look(true, 2)
	require.False(t, f.Over())

	add(path, first+second+last) // it stops: the whole has its own name
	require.NoError(t, os.Remove(part))
	look(true, 3)
	require.True(t, f.Over())
	look(false, 3)

	other := line(t, event.JobStart{Job: 2, Action: "collect"})
	add(part, other) // and starts again
	look(true, 1)
	require.False(t, f.Over())
	require.NoError(t, os.Remove(part))
	add(part, first+second+last) // and again, between two looks
	look(true, 3)

	require.NoError(t, os.Remove(part))
	require.NoError(t, os.Remove(path))
	look(false, 3) // what was seen stays
	f.End()
	require.True(t, f.Over(), "it may be gone without having said so")
	add(part, "{}\n")
	_, err := f.Look()
	require.ErrorContains(t, err, "line 1")
}
