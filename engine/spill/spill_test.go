package spill

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/engine/codec"
	"etincelle/engine/fs"
)

type entry struct {
	Key   int64
	Words []string
}

func layout[R any](t require.TestingT) *codec.Layout {
	l, err := codec.LayoutOf(reflect.TypeFor[R]())
	require.NoError(t, err)
	return l
}

// all reads a segment to its end: its rows, and how many frames they came in.
func all[R any](t require.TestingT, files fs.FS, s Segment) (rows []R, frames int) {
	r := Read(files, layout[R](t), s)
	for {
		part, err := r.Next()
		if errors.Is(err, io.EOF) {
			require.NoError(t, r.Close())
			return rows, frames
		}
		require.NoError(t, err)
		require.NotEmpty(t, part)
		rows = append(rows, part.([]R)...)
		frames++
	}
}

// Whatever is appended, in whatever pieces, comes back as it was, before the
// file is closed and after.
func TestSegmentsComeBack(t *testing.T) {
	folder, round := t.TempDir(), 0
	rapid.Check(t, func(t *rapid.T) {
		round++
		files, path := fs.FS(fs.System{}), filepath.Join(folder, fmt.Sprint(round), "task-0")
		if rapid.Bool().Draw(t, "in memory") {
			files = &fs.Memory{}
		}
		f, err := Create(files, path)
		require.NoError(t, err)
		l, numbers := layout[entry](t), layout[int64](t)
		parts := rapid.SliceOfN(rapid.SliceOf(rapid.Make[entry]()), 0, 6).Draw(t, "parts")
		var segments, counted []Segment
		var end int64
		check := func() {
			for i, s := range segments {
				rows, _ := all[entry](t, files, s)
				require.Len(t, rows, len(parts[i]))
				if len(rows) > 0 {
					require.Equal(t, parts[i], rows)
				}
			}
			for i, s := range counted {
				rows, _ := all[int64](t, files, s)
				require.Equal(t, counting(100*i), rows)
			}
		}
		for i, rows := range parts {
			s, err := f.Append(l, rows)
			require.NoError(t, err)
			require.Equal(t, Segment{Path: path, Offset: end, Length: s.Length, Rows: int64(len(rows))}, s)
			n, err := f.Append(numbers, counting(100*i)) // rows of another type in the same file
			require.NoError(t, err)
			segments, counted, end = append(segments, s), append(counted, n), n.Offset+n.Length
			if rapid.Bool().Draw(t, "flush") {
				require.NoError(t, f.Flush())
				check()
			}
		}
		require.NoError(t, f.Close())
		check()
		info, err := files.Stat(path)
		require.NoError(t, err)
		require.Equal(t, end, info.Size)
	})
}

// counting is 0 … n-1; nil when there are none, as all has it.
func counting(n int) (rows []int64) {
	for i := range n {
		rows = append(rows, int64(i))
	}
	return rows
}

// A long segment is cut in frames of about frameBytes, so a reader needs little
// memory however long it is; but a row is never cut.
func TestLongSegmentsAreCutInFrames(t *testing.T) {
	var files fs.Memory
	f, err := Create(&files, "f")
	require.NoError(t, err)
	rows := counting(100_000)
	s, err := f.Append(layout[int64](t), rows)
	require.NoError(t, err)
	words := []string{strings.Repeat("a", 10*frameBytes), "b", strings.Repeat("c", frameBytes-10), "d"}
	long, err := f.Append(layout[string](t), words)
	require.NoError(t, err)
	units, err := f.Append(layout[struct{}](t), make([]struct{}, 1_000_000))
	require.NoError(t, err)
	require.NoError(t, f.Close())

	got, frames := all[int64](t, &files, s)
	assert.Equal(t, rows, got)
	assert.Equal(t, 13, frames, "800 000 bytes")
	assert.Equal(t, int64(800_000+13*headBytes), s.Length)
	kept, frames := all[string](t, &files, long)
	assert.Equal(t, words, kept)
	assert.Equal(t, 2, frames)
	nothing, frames := all[struct{}](t, &files, units)
	assert.Len(t, nothing, 1_000_000)
	assert.Equal(t, 1, frames)
	assert.Equal(t, int64(headBytes), units.Length, "rows of no size take no bytes")
}

// A buffer that a very long row made is not kept.
func TestLongRowsLeaveNoLongBuffers(t *testing.T) {
	var files fs.Memory
	f, err := Create(&files, "f")
	require.NoError(t, err)
	rows := []string{strings.Repeat("a", 100*frameBytes), "b"}
	s, err := f.Append(layout[string](t), rows[:1])
	require.NoError(t, err)
	_, err = f.Append(layout[string](t), rows[1:])
	require.NoError(t, err)
	assert.LessOrEqual(t, cap(f.waiting), keptFrames*frameBytes)
	require.NoError(t, f.Close())
	s.Length, s.Rows = s.Length+headBytes+2, 2 // both, as one
	r := Read(&files, layout[string](t), s)
	for _, want := range rows {
		got, err := r.Next()
		require.NoError(t, err)
		require.Equal(t, []string{want}, got)
	}
	assert.LessOrEqual(t, cap(r.buffer), keptFrames*frameBytes)
	require.NoError(t, r.Close())
}

// Fifty runs are merged while the task that wrote them writes more; each reader
// goes its own way.
func TestManyReadersAtOnce(t *testing.T) {
	for name, files := range map[string]fs.FS{"System": fs.System{}, "Memory": &fs.Memory{}} {
		t.Run(name, func(t *testing.T) {
			f, err := Create(files, filepath.Join(t.TempDir(), "task-0"))
			require.NoError(t, err)
			l := layout[int64](t)
			var readers sync.WaitGroup
			for i := range 50 {
				rows := counting(i * 1000)
				s, err := f.Append(l, rows)
				require.NoError(t, err)
				require.NoError(t, f.Flush())
				readers.Go(func() {
					r := Read(files, l, s)
					var got []int64
					part, err := r.Next()
					for ; err == nil; part, err = r.Next() {
						got = append(got, part.([]int64)...)
					}
					assert.Equal(t, io.EOF, err)
					assert.Equal(t, rows, got)
					assert.NoError(t, r.Close())
				})
			}
			readers.Wait()
			require.NoError(t, f.Close())
		})
	}
}

// A reader that stops in the middle gives its handle back.
func TestReaderIsClosedBeforeTheEnd(t *testing.T) {
	files := &handles{FS: &fs.Memory{}}
	f, err := Create(files, "f")
	require.NoError(t, err)
	s, err := f.Append(layout[int64](t), counting(100_000))
	require.NoError(t, err)
	require.NoError(t, f.Close())

	r := Read(files, layout[int64](t), s)
	assert.Zero(t, files.open, "nothing is opened before it is read")
	_, err = r.Next()
	require.NoError(t, err)
	assert.Equal(t, 1, files.open)
	require.NoError(t, r.Close())
	require.NoError(t, r.Close())
	assert.Zero(t, files.open)
	_, err = r.Next()
	assert.EqualError(t, err, "f: already closed")

	_, frames := all[int64](t, files, s)
	assert.Equal(t, 13, frames)
	r = Read(files, layout[int64](t), s)
	for err = nil; err == nil; _, err = r.Next() {
	}
	assert.Equal(t, io.EOF, err)
	assert.Zero(t, files.open, "the end closes too")
	_, err = r.Next()
	assert.Equal(t, io.EOF, err)
}

// handles counts the files that are open for reading.
type handles struct {
	fs.FS
	open int
}

type handle struct {
	fs.File
	of *handles
}

func (h *handles) Open(path string) (fs.File, error) {
	f, err := h.FS.Open(path)
	if err == nil {
		h.open++
	}
	return handle{f, h}, err
}

func (h handle) Close() error { h.of.open--; return h.File.Close() }

func TestFileRefuses(t *testing.T) {
	var files fs.Memory
	require.NoError(t, files.Write("file", nil))
	_, err := Create(&files, "file/below")
	assert.ErrorContains(t, err, "spill: create file/below: is a file, where a folder is needed")

	f, err := Create(&files, "f")
	require.NoError(t, err)
	before, err := f.Append(layout[int64](t), []int64{1})
	require.NoError(t, err)
	_, err = f.Append(layout[int64](t), []string{"a"})
	assert.ErrorContains(t, err, "spill to f: these rows are a []string, and the layout is that of a []int64")
	after, err := f.Append(layout[int64](t), []int64{2})
	require.NoError(t, err)
	require.NoError(t, f.Close())
	require.NoError(t, f.Close())
	for i, s := range []Segment{before, after} { // what was refused leaves no trace
		rows, _ := all[int64](t, &files, s)
		assert.Equal(t, []int64{int64(i + 1)}, rows)
	}
	_, err = f.Append(layout[int64](t), []int64{3})
	assert.EqualError(t, err, "spill to f: already closed")
	assert.EqualError(t, f.Flush(), "spill to f: already closed")
}

// full is a disk with room for so many bytes.
type full struct {
	fs.FS
	room int
}

var errFull = errors.New("no space left on device")

func (d *full) Create(path string) (io.WriteCloser, error) {
	w, err := d.FS.Create(path)
	return fullFile{w, d}, err
}

type fullFile struct {
	io.WriteCloser
	disk *full
}

func (f fullFile) Write(p []byte) (int, error) {
	n := min(len(p), f.disk.room)
	f.disk.room -= n
	if _, err := f.WriteCloser.Write(p[:n]); n == len(p) || err != nil {
		return n, err
	}
	return n, errFull
}

// A disk that was full stays so for this file: what comes after would stand in
// the wrong place.
func TestFullDisk(t *testing.T) {
	files := &full{FS: &fs.Memory{}, room: 3 * frameBytes}
	f, err := Create(files, "f")
	require.NoError(t, err)
	first, err := f.Append(layout[int64](t), counting(10_000))
	require.NoError(t, err)
	require.NoError(t, f.Flush())
	_, err = f.Append(layout[int64](t), counting(100_000))
	require.ErrorIs(t, err, errFull)
	assert.ErrorContains(t, err, "spill to f at byte 145632: no space left on device: make room there, or give")
	files.room = 1 << 30
	_, again := f.Append(layout[int64](t), counting(1))
	assert.Equal(t, err, again)
	assert.ErrorIs(t, f.Close(), errFull)
	rows, _ := all[int64](t, files, first)
	assert.Equal(t, counting(10_000), rows, "what was written before is good")
}

func TestMissingFile(t *testing.T) {
	_, err := Read(&fs.Memory{}, layout[int64](t), Segment{Path: "gone", Length: 100, Rows: 1}).Next()
	assert.True(t, fs.Missing(err))
	assert.ErrorContains(t, err, "spilled rows: open gone: ")
}
