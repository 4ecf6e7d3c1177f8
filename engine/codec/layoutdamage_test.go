package codec

import (
	"encoding/binary"
	"math"
	"reflect"
	"runtime"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Cut data are always noticed; altered data are, or are other rows. Nothing panics.
func TestLayoutReadsDamagedData(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := drawRows(t)
		if rows == nil {
			return
		}
		l, n := layoutOf(t, rows), reflect.ValueOf(rows).Len()
		data, err := l.Append(nil, rows)
		require.NoError(t, err)
		for cut := range data {
			_, err := l.Read(data[:cut], n)
			require.ErrorIs(t, err, ErrDamaged, "cut after %d of %d bytes", cut, len(data))
		}
		_, err = l.Read(append(slices.Clone(data), 0), n)
		require.ErrorIs(t, err, ErrDamaged, "a byte more")
		for i := range data {
			altered := slices.Clone(data)
			altered[i] ^= byte(rapid.IntRange(1, 255).Draw(t, "mask"))
			other(t, l, altered, n)
		}
		other(t, l, rapid.SliceOf(rapid.Byte()).Draw(t, "noise"), rapid.Int().Draw(t, "n"))
	})
}

// other reads data that may be anything: an error, or n rows that can be written.
func other(t require.TestingT, l *Layout, data []byte, n int) {
	rows, err := l.Read(data, n)
	if err != nil {
		require.ErrorIs(t, err, ErrDamaged)
		return
	}
	require.Equal(t, n, reflect.ValueOf(rows).Len())
	_, err = l.Append(nil, rows)
	require.NoError(t, err)
}

// A length is never believed beyond what the data could hold: neither is so much
// read nor so much memory made.
func TestLayoutRefusesHostileLengths(t *testing.T) {
	length := func(n uint64, rest ...byte) []byte { return append(binary.AppendUvarint(nil, n), rest...) }
	endless := slices.Repeat([]byte{0x80}, 11)
	for _, c := range []struct {
		rows any
		data []byte
		n    int
		want string // "" when it is rows
	}{
		{[]int64{}, make([]byte, 16), math.MaxInt32, "2147483647 rows of type int64 were expected in 16 bytes, where each takes 8 at least"},
		{[]int64{}, make([]byte, 16), -1, "-1 rows"},
		{[]int64{}, make([]byte, 16), 1, "1 rows of type int64 were expected in 16 bytes and end after 8"},
		{[]struct{}{}, nil, math.MaxInt, ""},
		{[]string{}, length(math.MaxUint64), 1, "element 0: 18446744073709551615 bytes were expected from byte 10 on: a value is cut off"},
		{[]string{}, length(5, 'a'), 1, "5 bytes were expected from byte 1 on"},
		{[]string{}, endless, 1, "a length is not a number"},
		{[][]int64{}, length(math.MaxUint64), 1, "elements of a []int64 were expected"},
		{[][]int64{}, length(1 << 60), 1, "elements of a []int64 were expected"},
		{[][][]int64{}, length(1<<60, 1, 1, 1), 1, "elements of a [][]int64 were expected"},
		{[][][100]string{}, length(3, make([]byte, 150)...), 1, "2 elements of a [][100]string were expected"},
		{[][]struct{}{}, length(math.MaxInt), 1, ""},
		{[][]struct{}{}, length(math.MaxUint64), 1, "elements of a []struct {} were expected"},
		{[]map[int]int{}, length(1<<60, 0), 1, "bytes were expected from byte 9 on"},
		{[]map[int]int{}, length(5, 0xba, 0xff, 0xff, 0xff, 0xff), 1, "decode *map[int]int"},
		{[]pair[int8, bool]{}, []byte{1, 2}, 1, "byte 1 is 2, where a bool is 0 or 1"},
	} {
		l := layoutOf(t, c.rows)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := l.Read(c.data, c.n)
		runtime.ReadMemStats(&after)
		if c.want == "" {
			assert.NoError(t, err)
		} else {
			assert.ErrorIs(t, err, ErrDamaged)
			assert.ErrorContains(t, err, c.want)
		}
		assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(64<<10), "%T of % x", c.rows, c.data)
	}
}

func FuzzLayoutRead(f *testing.F) {
	samples := []any{
		[]pair[int64, []int64]{{1, []int64{2}}, {3, nil}}, []pair[string, bool]{{"a", true}},
		[][][]string{{{"a"}, nil}, {}}, []pair[[2]bool, map[string]int]{{Value: map[string]int{"a": 1}}},
	}
	layouts := make([]*Layout, len(samples))
	for i, rows := range samples {
		layouts[i] = layoutOf(f, rows)
		data, err := layouts[i].Append(nil, rows)
		require.NoError(f, err)
		f.Add(i, reflect.ValueOf(rows).Len(), data)
	}
	f.Fuzz(func(t *testing.T, which, n int, data []byte) {
		other(t, layouts[uint(which)%uint(len(layouts))], data, n)
	})
}
