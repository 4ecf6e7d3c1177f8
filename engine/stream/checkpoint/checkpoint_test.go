package checkpoint

import (
	"bytes"
	"errors"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine/fs"
)

const dir = "/checkpoint"

var entry = Offsets{Watermark: 300_000, Time: 12, Conf: map[string]string{"policy": "min"}, Sources: []string{`{"end":3}`, "-"}}

func TestLogsComeBack(t *testing.T) {
	files := &fs.Memory{}
	p, err := Open(files, dir)
	require.NoError(t, err)
	assert.EqualValues(t, -1, p.Planned)
	assert.EqualValues(t, -1, p.Committed)

	require.NoError(t, WriteOffsets(files, dir, 0, Offsets{Sources: []string{"1", "-"}}))
	require.NoError(t, WriteCommit(files, dir, 0, Commit{NextWatermark: 300_000, Reached: []int64{300_000}}))
	require.NoError(t, WriteOffsets(files, dir, 1, entry))
	p, err = Open(files, dir)
	require.NoError(t, err)
	assert.EqualValues(t, 1, p.Planned)
	assert.EqualValues(t, 0, p.Committed)
	assert.Equal(t, entry, p.Last)
	assert.Equal(t, []string{"1", "-"}, p.Before.Sources)
	assert.EqualValues(t, 300_000, p.Commit.NextWatermark)
}

// Every cut and every changed byte of every file is found, and the error names
// the file.
func TestDamageIsFound(t *testing.T) {
	for _, name := range []string{"offsets/1", "commits/1", "metadata"} {
		files := &fs.Memory{}
		fill(t, files)
		path := filepath.Join(dir, filepath.FromSlash(name))
		good, err := fs.Read(files, path)
		require.NoError(t, err)
		for at := range good {
			cut := bytes.Clone(good[:at])
			changed := bytes.Clone(good)
			changed[at] ^= 1
			for _, bad := range [][]byte{cut, changed} {
				require.NoError(t, files.Write(path, bad))
				err := open(files)
				require.Error(t, err, "%s, byte %d", name, at)
				assert.True(t, errors.Is(err, ErrDamaged) || errors.Is(err, ErrNewer), "%s, byte %d: %v", name, at, err)
				assert.ErrorContains(t, err, path)
				left, err := fs.Read(files, path)
				require.NoError(t, err)
				assert.Equal(t, bad, left, "nothing is overwritten")
			}
		}
	}
}

func fill(t *testing.T, files fs.FS) {
	t.Helper()
	_, err := Begin(files, dir, mine)
	require.NoError(t, err)
	for n := range int64(2) {
		require.NoError(t, WriteOffsets(files, dir, n, entry))
		require.NoError(t, WriteCommit(files, dir, n, Commit{}))
	}
}

func open(files fs.FS) error {
	_, err := Begin(files, dir, mine)
	if err != nil {
		return err
	}
	_, err = Open(files, dir)
	return err
}

var mine = Metadata{ID: "a", Sources: []string{"memory events"}, State: []string{"stateStoreSave by window(ts, 10 minutes)"}}

func TestBeginRefusesAnotherQuery(t *testing.T) {
	files := &fs.Memory{}
	fill(t, files)
	id, err := Begin(files, dir, Metadata{ID: "b", Sources: mine.Sources, State: mine.State})
	require.NoError(t, err)
	assert.Equal(t, "a", id, "the id stays the first run's")

	_, err = Begin(files, dir, Metadata{Sources: mine.Sources, State: []string{"stateStoreSave by window(ts, 5 minutes)"}})
	require.ErrorIs(t, err, ErrOther)
	assert.ErrorContains(t, err, "window(ts, 10 minutes)")
	assert.ErrorContains(t, err, "window(ts, 5 minutes)")

	_, err = Begin(files, dir, Metadata{Sources: mine.Sources})
	require.ErrorIs(t, err, ErrOther)
	assert.ErrorContains(t, err, "1 stateful operators, and this query has 0")
}

func TestOpenRefusesLogsThatDoNotFit(t *testing.T) {
	files := &fs.Memory{}
	fill(t, files)
	require.NoError(t, files.Remove(filepath.Join(dir, "commits", "1")))
	require.NoError(t, files.Remove(filepath.Join(dir, "commits", "0")))
	_, err := Open(files, dir)
	require.ErrorIs(t, err, ErrDamaged)

	files = &fs.Memory{}
	fill(t, files)
	require.NoError(t, files.Remove(filepath.Join(dir, "metadata")))
	_, err = Begin(files, dir, mine)
	require.ErrorIs(t, err, ErrDamaged)
	assert.ErrorContains(t, err, "it is missing")
}

func TestNewerVersionIsRefused(t *testing.T) {
	files := &fs.Memory{}
	fill(t, files)
	path := filepath.Join(dir, "offsets", "1")
	require.NoError(t, files.Write(path, []byte("v9\n{}\n")))
	_, err := Open(files, dir)
	require.ErrorIs(t, err, ErrNewer)
	assert.ErrorContains(t, err, path)
}

func TestPurge(t *testing.T) {
	files := &fs.Memory{}
	fill(t, files)
	require.NoError(t, Purge(files, dir, 1))
	found, err := batches(files, dir, offsets)
	require.NoError(t, err)
	assert.Equal(t, []int64{1}, found)
	_, err = Open(files, dir)
	assert.ErrorIs(t, err, ErrDamaged, "the batch before the last is needed: late rows are judged by its watermark")
}
