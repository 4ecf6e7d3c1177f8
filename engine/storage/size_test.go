package storage

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

type flight struct {
	Carrier string
	Delay   *int32
	legs    []string
}

type circle struct{ next *circle }

func TestSize(t *testing.T) {
	delay := int32(5)
	loop := &circle{}
	loop.next = loop
	for _, c := range []struct {
		name string
		rows any
		want int64
	}{
		{"nothing", nil, 0},
		{"no slice", []int(nil), 24},
		{"numbers", []int64{1, 2, 3}, 24 + 3*8},
		{"bytes", make([]byte, 1<<20), 24 + 1<<20},
		{"texts", []string{"to", "", "be"}, 24 + 3*16 + 4},
		{"arrays of texts", [][2]string{{"a", "bc"}}, 24 + 32 + 3},
		{"pointers", []*int32{nil, &delay}, 24 + 2*8 + 4},
		{"interfaces", []any{nil, "abc", int32(1)}, 24 + 3*16 + (16 + 3) + 4},
		{"structs", []flight{{"UA", &delay, []string{"EWR"}}}, 24 + 48 + 2 + 4 + (16 + 3)},
		{"maps", []map[string]int32{{"ab": 1}, nil}, 24 + 2*8 + (16 + 16 + 4 + 2)},
		{"flat structs", []struct{ a, b int64 }{{}, {}}, 24 + 32},
		{"slices of slices", [][]int16{{1, 2}, nil}, 24 + 2*24 + 4},
	} {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.want, Size(c.rows)) })
	}
	assert.Positive(t, Size([]*circle{loop}), "a circle has an end here")
}

// Up to a hundred rows are all looked at; more of the same weigh in proportion.
func TestSizeCountsEveryRowOfFew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.StringN(0, 20, 40), 0, sampled).Draw(t, "rows")
		want := int64(24 + 16*len(rows))
		for _, row := range rows {
			want += int64(len(row))
		}
		require.Equal(t, want, Size(rows))
	})
	many := make([]string, 12_345)
	for i := range many {
		many[i] = "twelve bytes"
	}
	assert.EqualValues(t, 24+12_345*(16+12), Size(many))
}

// Values are taken in row by row, and the reservation runs ahead of them.
func TestPeak(t *testing.T) {
	const mib = 1 << 20
	values := func(rows int, size int64) Block { return Block{Values: []string{}, Rows: rows, Size: size} }
	for _, c := range []struct {
		name  string
		block Block
		want  int64
	}{
		{"small blocks need their size", values(10, 1000), 1000},
		{"just below the first reservation", values(1, mib-1), mib - 1},
		{"serialized on the way in: the same", Block{Bytes: []byte{1}, Rows: 1, Size: 20 * mib}, 30 * mib},
		{"one large row is seen at once, and half of it more is reserved", values(1, 20*mib), 30 * mib},
		{"two rows: only the first is looked at", values(2, 20*mib), 20 * mib},
		{"no rows", values(0, 2*mib), 2 * mib},
	} {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.want, peak(c.block)) })
	}
}

func TestPeakOfAnyBlock(t *testing.T) {
	const mib = 1 << 20
	values := func(rows int, size int64) Block { return Block{Values: []string{}, Rows: rows, Size: size} }
	// Blocks of one row of 20 MiB and a little: 90 MiB hold three, as in Spark.
	m := New(nil, "", 90*mib)
	for p := range 4 {
		assert.Equal(t, p < 3, put(t, m, BlockID{1, p}, values(1, 20*mib+48), memoryOnly).Stored, "block %d", p)
	}
	rapid.Check(t, func(t *rapid.T) {
		b := values(rapid.IntRange(1, 10_000).Draw(t, "rows"), rapid.Int64Range(0, 100*mib).Draw(t, "size"))
		require.GreaterOrEqual(t, peak(b), b.Size, "what is reserved holds the block")
		require.LessOrEqual(t, peak(b), max(b.Size*3/2+1, mib))
	})
}
