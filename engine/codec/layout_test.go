package codec

import (
	"bytes"
	"errors"
	"math"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

type (
	phasor  complex64 // of a name of its own
	nothing struct{}
	padded  struct {
		Small int8
		Large int64
		Last  uint16
	}
	trip struct {
		Padding int8
		From    string
		Stops   [2]struct {
			Name string
			Rain bool
		}
		Legs   [][]pair[string, []int64]
		Phase  phasor
		Delays map[string]*int
		At     time.Time
		Mark   Marked
		End    int16
	}
	failing struct{ Good bool } // says itself how it is written, and cannot be
	mute    struct{}            // says itself how it is written, and has no memory
)

func (mute) MarshalBinary() ([]byte, error) { return []byte("mute"), nil }
func (*mute) UnmarshalBinary([]byte) error  { return nil }

var errNotToday = errors.New("not today")

func (f failing) MarshalBinary() ([]byte, error) {
	if !f.Good {
		return nil, errNotToday
	}
	return []byte{1}, nil
}

func (f *failing) UnmarshalBinary([]byte) error { f.Good = true; return nil }

// layoutOf is the layout of the type of rows, which is a []R.
func layoutOf(t require.TestingT, rows any) *Layout {
	l, err := LayoutOf(reflect.TypeOf(rows).Elem())
	require.NoError(t, err)
	return l
}

// survives writes rows behind other bytes, reads them, and gives them back.
func survives(t require.TestingT, rows any) any {
	l, n := layoutOf(t, rows), reflect.ValueOf(rows).Len()
	written, err := l.Append([]byte("before"), rows)
	require.NoError(t, err)
	data, found := bytes.CutPrefix(written, []byte("before"))
	require.True(t, found)
	require.GreaterOrEqual(t, len(data), n*l.plan.least)
	read, err := l.Read(data, n)
	require.NoError(t, err)
	for i := range data {
		data[i] = 0xff // the rows read do not refer to the data
	}
	return read
}

func TestLayoutOfHardRows(t *testing.T) {
	late := 7
	long := strings.Repeat("très long ", 2000)
	for _, rows := range []any{
		[]bool{true, false}, []int8{-1}, []int{math.MinInt}, []uint16{1, 2, 3}, []float32{0.1},
		[]float64{math.Inf(-1), math.SmallestNonzeroFloat64}, []complex128{complex(1, -2)}, []phasor{3i},
		[]string{"", "caf\xe9 in Latin-1", "œuvre", long}, []struct{}{{}, {}}, []nothing{{}}, [][0]string{{}, {}}, [][0]int{{}},
		[][]int64{nil, {}, {1}, slices.Repeat([]int64{5}, 3000)}, [][]struct{}{nil, {}, {{}, {}}}, [][][]bool{{nil, {}, {true, false}}},
		[][]byte{nil, {}, {0, 255}}, [][]string{{"a"}, nil, {}, {"", long}}, [][2][]int{{nil, {1}}, {{}, nil}},
		[]padded{{1, 2, 3}, {-1, -2, 65535}}, []pair[int8, padded]{{1, padded{2, 3, 4}}},
		[]pair[string, int]{{"to", 2}, {"be", 2}}, []pair[int64, []int64]{{1, []int64{1, 2}}, {2, nil}, {3, []int64{}}},
		[]pair[bool, struct{}]{{true, struct{}{}}, {}}, []struct{ A, B struct{} }{{}},
		[]time.Time{time.Date(2013, 1, 1, 5, 15, 0, 123456789, time.UTC), {}}, []time.Duration{time.Second},
		[]map[string]int{nil, {}, {"a": 1}}, []*int{nil, &late}, []*Marked{{degrees: 21}, nil}, []Marked{{degrees: 4}},
		[]Embedded{{Inner{"Alice", "Paris"}, 75005}}, []failing{{Good: true}}, []mute{{}, {}}, []pair[mute, []mute]{{}, {mute{}, []mute{{}, {}}}}, []twoWays{{Inner{"a", "b"}, Inner{"c", "d"}}},
		[]trip{{}, {
			From: "Orly", Stops: [2]struct {
				Name string
				Rain bool
			}{{"Nice", true}, {}}, Legs: [][]pair[string, []int64]{nil, {}, {{"a", []int64{1}}, {long, nil}}},
			Phase: 1 - 2i, Delays: map[string]*int{"a": nil, "b": &late}, At: time.Date(2020, 2, 29, 0, 0, 0, 1, time.UTC), Mark: Marked{9}, End: -3,
		}},
	} {
		t.Run(reflect.TypeOf(rows).String(), func(t *testing.T) {
			assert.Equal(t, rows, survives(t, rows))
			none := reflect.MakeSlice(reflect.TypeOf(rows), 0, 0).Interface()
			assert.Equal(t, none, survives(t, none))
		})
	}
	assert.Equal(t, []int{}, survives(t, []int(nil)), "no rows are no rows")
}

// Numbers keep all their bits: which NaN, and the sign of zero.
func TestLayoutKeepsBits(t *testing.T) {
	odd := math.Float64frombits(0x7ff0000000000001)
	rows := survives(t, []pair[float64, string]{{odd, ""}, {math.Copysign(0, -1), ""}}).([]pair[float64, string])
	assert.Equal(t, math.Float64bits(odd), math.Float64bits(rows[0].Key))
	assert.True(t, math.Signbit(rows[1].Key))
}

// A type that points to nothing is copied in one go, and so are neighbours.
func TestPlanCopiesMemory(t *testing.T) {
	for _, c := range []struct {
		rows  any
		steps []stepKind
		plain bool
	}{
		{[]int64{}, []stepKind{word}, true},
		{[]pair[int64, int64]{}, []stepKind{memory}, true},
		{[]padded{}, []stepKind{memory}, true},
		{[]pair[padded, [3]padded]{}, []stepKind{memory}, true},
		{[]struct{}{}, nil, true},
		{[]bool{}, []stepKind{flag}, false},
		{[]pair[string, padded]{}, []stepKind{text, memory}, false},
		{[]pair[padded, []int]{}, []stepKind{memory, slice}, false},
		{[][2]string{}, []stepKind{array}, false},
		{[]Marked{}, []stepKind{coded}, false},
	} {
		p := layoutOf(t, c.rows).plan
		var kinds []stepKind
		for _, s := range p.steps {
			kinds = append(kinds, s.kind)
		}
		assert.Equal(t, c.steps, kinds, "%T", c.rows)
		assert.Equal(t, c.plain, p.plain(), "%T", c.rows)
	}
}

// What Check refuses is refused in its words, at any depth and before anything is written.
func TestLayoutRefusesWhatCheckRefuses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := anyType(t, 3)
		_, err := LayoutOf(kind)
		require.Equal(t, Check(kind), err)
	})
	for kind, want := range map[reflect.Type]string{
		reflect.TypeFor[pair[int, hidden]]():                 ".Value.city is not exported",
		reflect.TypeFor[tree]():                              "codec.tree.Children element is a codec.tree inside a codec.tree",
		reflect.TypeFor[pair[int, map[int]phasor]]():         ".Value value is a complex64",
		reflect.TypeFor[pair[phasor, [][]*complex128]]():     ".Value element element element is a complex128",
		reflect.TypeFor[pair[complex128, []func(int)]]():     ".Value element is a func",
		reflect.TypeFor[struct{ Up unsafe.Pointer }]():       ".Up is a unsafe.Pointer",
		reflect.TypeFor[pair[string, struct{ V uintptr }]](): ".Value.V is a uintptr",
	} {
		_, err := LayoutOf(kind)
		assert.ErrorContains(t, err, want)
	}
}

// drawRows draws a []R of an accepted type, or nil.
func drawRows(t *rapid.T) any {
	kind := anyType(t, 4)
	if Check(kind) != nil {
		return nil
	}
	n := rapid.IntRange(0, 5).Draw(t, "rows")
	rows := reflect.MakeSlice(reflect.SliceOf(kind), n, n)
	for i := range n {
		fill(t, rows.Index(i))
	}
	return rows.Interface()
}

func TestLayoutRoundTrip(t *testing.T) {
	accepted := 0
	rapid.Check(t, func(t *rapid.T) {
		if rows := drawRows(t); rows != nil {
			accepted++
			require.Equal(t, rows, survives(t, rows))
		}
	})
	assert.Positive(t, accepted, "no type was accepted: the law was never tried")
}

func TestLayoutRoundTripOfPairs(t *testing.T) {
	for _, rows := range []*rapid.Generator[any]{
		rapid.SliceOf(rapid.Make[pair[int64, int64]]()).AsAny(),
		rapid.SliceOf(rapid.Make[pair[string, int]]()).AsAny(),
		rapid.SliceOf(rapid.Make[pair[int64, []int64]]()).AsAny(),
		rapid.SliceOf(rapid.Make[pair[string, []string]]()).AsAny(),
		rapid.SliceOf(rapid.Make[pair[pair[string, bool], struct{ A, B []pair[int8, []bool] }]]()).AsAny(),
		rapid.SliceOf(rapid.Make[pair[string, map[string][]int]]()).AsAny(),
	} {
		rapid.Check(t, func(t *rapid.T) {
			drawn := rows.Draw(t, "rows")
			require.Equal(t, drawn, survives(t, drawn))
		})
	}
}

// Pieces that AppendUntil wrote hold, together, what Append writes, and each is
// as long as was asked for but for its last row.
func TestAppendUntilCutsAtRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := drawRows(t)
		if rows == nil {
			return
		}
		l, n := layoutOf(t, rows), reflect.ValueOf(rows).Len()
		size := rapid.IntRange(-1, 60).Draw(t, "size")
		all := reflect.MakeSlice(reflect.TypeOf(rows), 0, 0)
		for from := 0; from < n; {
			piece, next, err := l.AppendUntil(nil, rows, from, size)
			require.NoError(t, err)
			require.Greater(t, next, from)
			require.True(t, next == n || len(piece) >= size)
			if next > from+1 {
				shorter, err := l.Append(nil, reflect.ValueOf(rows).Slice(from, next-1).Interface())
				require.NoError(t, err)
				require.True(t, len(shorter) < size || len(shorter) == len(piece), "a row too many")
			}
			read, err := l.Read(piece, next-from)
			require.NoError(t, err)
			all, from = reflect.AppendSlice(all, reflect.ValueOf(read)), next
		}
		require.Equal(t, rows, all.Interface())
	})
}

func TestAppendRefuses(t *testing.T) {
	l := layoutOf(t, []failing{})
	for _, rows := range []any{nil, failing{}, []int{1}, [1]failing{}} {
		_, err := l.Append(nil, rows)
		assert.ErrorContains(t, err, "and the layout is that of a []codec.failing")
	}
	data, err := l.Append([]byte("before"), []failing{{true}, {false}})
	assert.ErrorIs(t, err, errNotToday)
	assert.ErrorContains(t, err, "row 1 of a []codec.failing: ")
	assert.Equal(t, "before", string(data))
	_, _, err = l.AppendUntil(nil, []failing{{true}}, 2, 10)
	assert.ErrorContains(t, err, "row 2 was asked for and there are 1")
}

// The short slices of one Read share arrays: what a program does to one may not
// show in another.
func TestSlicesReadAreApart(t *testing.T) {
	rows := survives(t, [][]int{{1, 2}, {3}, {}, {4}}).([][]int)
	rows[0] = append(rows[0], 9)
	rows[2] = append(rows[2], 9)
	rows[1][0] = 8
	assert.Equal(t, [][]int{{1, 2, 9}, {8}, {9}, {4}}, rows)
}

// Rows are known to the garbage collector from the first moment.
func TestRowsReadSurviveCollections(t *testing.T) {
	want := make([]pair[string, [][]string], 500)
	for i := range want {
		name := strings.Repeat("x", i)
		want[i] = pair[string, [][]string]{name, [][]string{{name, "y"}, {}, nil, slices.Repeat([]string{name}, i%40)}}
	}
	l := layoutOf(t, want)
	data, err := l.Append(nil, want)
	require.NoError(t, err)
	stop := make(chan struct{})
	var collector, readers sync.WaitGroup
	collector.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				runtime.GC()
			}
		}
	})
	for range 4 { // a layout is for many goroutines
		readers.Go(func() {
			for range 20 {
				rows, err := l.Read(data, len(want))
				assert.NoError(t, err)
				assert.Equal(t, want, rows)
			}
		})
	}
	readers.Wait()
	close(stop)
	collector.Wait()
}
