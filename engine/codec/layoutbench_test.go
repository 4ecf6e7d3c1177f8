package codec

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"
)

// BenchmarkLayout writes and reads rows by a layout and by CBOR. The bytes that
// MB/s counts are those of the rows in memory, so that the two can be compared.
func BenchmarkLayout(b *testing.B) {
	const n = 4096 // 64 KiB of {int64,int64}
	numbers, words, groups := make([]pair[int64, int64], n), make([]pair[string, int], n), make([]pair[int64, []int64], n)
	for i := range n {
		numbers[i] = pair[int64, int64]{int64(i) * 7919, int64(i % 1999)}
		words[i] = pair[string, int]{fmt.Sprint("word", i*7919), i}
		groups[i] = pair[int64, []int64]{int64(i) * 7919, make([]int64, 1+i%16)}
	}
	benchmarkRows(b, "{int64,int64}", numbers, 16*n)
	benchmarkRows(b, "{string,int}", words, (24+9)*n)
	benchmarkRows(b, "{int64,[]int64}", groups, (32+68)*n)
}

func benchmarkRows[R any](b *testing.B, name string, rows []R, size int64) {
	l := layoutOf(b, rows)
	data, err := l.Append(nil, rows)
	require.NoError(b, err)
	encoded, err := Encode(rows)
	require.NoError(b, err)
	buffer := make([]byte, 0, len(data))
	for _, c := range []struct {
		name  string
		bytes int
		run   func() error
	}{
		{"write/layout", len(data), func() error { _, err := l.Append(buffer, rows); return err }},
		{"write/cbor", len(encoded), func() error { _, err := Encode(rows); return err }},
		{"read/layout", len(data), func() error { _, err := l.Read(data, len(rows)); return err }},
		{"read/cbor", len(encoded), func() error { return Decode(encoded, reflect.New(reflect.TypeOf(rows)).Interface()) }},
	} {
		b.Run(name+"/"+c.name, func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				require.NoError(b, c.run())
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(rows)), "ns/row")
			b.ReportMetric(float64(c.bytes)/float64(len(rows)), "B/row")
		})
	}
}
