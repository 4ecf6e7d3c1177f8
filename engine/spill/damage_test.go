package spill

import (
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/engine/codec"
	"etincelle/engine/fs"
)

// written is a file of two segments of words, and its bytes.
func written(t require.TestingT) (a, b Segment, data []byte) {
	var files fs.Memory
	f, err := Create(&files, "f")
	require.NoError(t, err)
	a, err = f.Append(layout[string](t), []string{"to", "be", "or"})
	require.NoError(t, err)
	b, err = f.Append(layout[string](t), []string{"is", "to", "be"})
	require.NoError(t, err)
	require.NoError(t, f.Close())
	data, err = fs.Read(&files, "f")
	require.NoError(t, err)
	return a, b, data
}

// failure is that of a segment of words.
func failure(t require.TestingT, data []byte, s Segment) error {
	return failureOf[string](t, data, s)
}

// failureOf is the first error when segment s of Rs is read from a file of these
// bytes: nil when it is read to its end.
func failureOf[R any](t require.TestingT, data []byte, s Segment) error {
	var files fs.Memory
	require.NoError(t, files.Write(s.Path, data))
	r := Read(&files, layout[R](t), s)
	for {
		_, err := r.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			_, again := r.Next()
			require.Equal(t, err, again)
			require.NoError(t, r.Close())
			return err
		}
	}
}

// Every change of one byte and every cut is noticed: all of them are tried.
func TestDamageIsNoticed(t *testing.T) {
	_, b, data := written(t)
	require.NoError(t, failure(t, data, b))
	for i := b.Offset; i < b.Offset+b.Length; i++ {
		for mask := 1; mask < 256; mask++ {
			altered := slices.Clone(data)
			altered[i] ^= byte(mask)
			require.ErrorIs(t, failure(t, altered, b), codec.ErrDamaged, "byte %d changed by %08b", i, mask)
		}
		require.ErrorIs(t, failure(t, data[:i], b), codec.ErrDamaged, "cut after %d bytes", i)
	}
}

// So is longer damage, to a segment of three frames.
func TestLongDamageIsNoticed(t *testing.T) {
	var files fs.Memory
	f, err := Create(&files, "f")
	require.NoError(t, err)
	s, err := f.Append(layout[int64](t), counting(20_000))
	require.NoError(t, err)
	require.NoError(t, f.Close())
	data, err := fs.Read(&files, "f")
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.IntRange(0, len(data)-1).Draw(t, "from")
		noise := rapid.SliceOfN(rapid.Byte(), 1, 100).Draw(t, "noise")
		altered := slices.Clone(data)
		copy(altered[from:], noise)
		if !slices.Equal(altered, data) {
			require.ErrorIs(t, failureOf[int64](t, altered, s), codec.ErrDamaged)
		}
		if shifted := slices.Insert(slices.Clone(data), from, noise...); !slices.Equal(shifted[:len(data)], data) {
			require.ErrorIs(t, failureOf[int64](t, shifted, s), codec.ErrDamaged)
		}
	})
}

func TestDamageIsExplained(t *testing.T) {
	a, b, data := written(t)
	require.Equal(t, Segment{Path: "f", Offset: 0, Length: 41, Rows: 3}, a)
	require.Equal(t, Segment{Path: "f", Offset: 41, Length: 41, Rows: 3}, b)
	altered := func(at int) []byte {
		altered := slices.Clone(data)
		altered[at]++
		return altered
	}
	segment := func(change func(*Segment)) Segment {
		s := a
		change(&s)
		return s
	}
	// resealed is a frame of the same bytes that says something else of itself.
	resealed := func(at int, value uint64) []byte {
		changed := slices.Clone(data)
		binary.LittleEndian.PutUint64(changed[at:], value)
		binary.LittleEndian.PutUint32(changed[28:], sum(changed[:28]))
		return changed
	}
	for _, c := range []struct {
		name    string
		data    []byte
		segment Segment
		want    string
	}{
		{"body", altered(40), a, "its 3 rows have the checksum "},
		{"head", altered(3), a, "its head has the checksum "},
		{"swapped", append(slices.Clone(data[41:]), data[:41]...), b, "it was written as the frame at byte 0"},
		{"doubled", append(data[41:82:82], data[41:]...), a, "it was written as the frame at byte 41"},
		{"cut body", data[:35], a, "the file ends 3 bytes on, where 9 were written"},
		{"cut head", data[:50], b, "the file ends 9 bytes on, where 32 were written"},
		{"empty", nil, a, "the file ends 0 bytes on, where 32 were written"},
		{"long body", resealed(8, 1<<62), a, "it has 4611686018427387904 bytes of rows where the segment has room for 9"},
		{"negative body", resealed(8, 1<<63), a, "it has -9223372036854775808 bytes of rows"},
		{"many rows", resealed(16, 4), a, "it has 4 rows where the segment has 3 left"},
		{"no rows", resealed(16, 0), a, "it has 0 rows where"},
		{"few rows", resealed(16, 2), a, "2 rows of type string were expected in 9 bytes and end after 6"},
		{"short segment", data, segment(func(s *Segment) { s.Length-- }), "it has 9 bytes of rows where the segment has room for 8"},
		{"rows missing", data, segment(func(s *Segment) { s.Rows++ }), "the segment has 1 rows more and room for 0 bytes"},
		{"bytes left", data, segment(func(s *Segment) { s.Length++ }), "the segment has 0 rows more and room for 1 bytes"},
		{"two segments as one", data, segment(func(s *Segment) { s.Length += b.Length }), "it has 3 rows where the segment has 0 left"},
		{"negative segment", data, segment(func(s *Segment) { s.Length = -1 }), "room for -1 bytes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := failure(t, c.data, c.segment)
			require.ErrorIs(t, err, codec.ErrDamaged)
			assert.ErrorContains(t, err, c.want)
			assert.ErrorContains(t, err, "f: damaged or foreign file: frame at byte ")
			assert.ErrorContains(t, err, fmt.Sprintf("of the %d in bytes %d to %d", c.segment.Rows, c.segment.Offset, c.segment.Offset+c.segment.Length))
		})
	}
}

// Rows of another type are not those that were written.
func TestWrongLayout(t *testing.T) {
	a, _, data := written(t)
	err := failureOf[int64](t, data, a)
	require.ErrorIs(t, err, codec.ErrDamaged)
	assert.ErrorContains(t, err, "3 rows of type int64 were expected in 9 bytes, where each takes 8 at least")
}
