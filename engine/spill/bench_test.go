package spill

import (
	"fmt"
	"io"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"etincelle/engine/fs"
)

// BenchmarkSpill writes and reads a segment of 8 MiB, on the disk (which here is
// mostly the system's cache) and in memory. MB/s are those of the file.
func BenchmarkSpill(b *testing.B) {
	type number struct{ Key, Value int64 }
	type word struct {
		Word  string
		Count int
	}
	type group struct {
		Key    int64
		Values []int64
	}
	numbers, words, groups := make([]number, 512<<10), make([]word, 400_000), make([]group, 110_000)
	for i := range numbers {
		numbers[i] = number{int64(i) * 7919, int64(i)}
	}
	for i := range words {
		words[i] = word{fmt.Sprint("word", i*7919), i}
	}
	for i := range groups {
		groups[i] = group{int64(i), make([]int64, 1+i%16)}
	}
	benchmarkRows(b, "{int64,int64}", numbers)
	benchmarkRows(b, "{string,int}", words)
	benchmarkRows(b, "{int64,[]int64}", groups)
}

func benchmarkRows[R any](b *testing.B, name string, rows []R) {
	l := layout[R](b)
	write := func(files fs.FS, path string) Segment {
		f, err := Create(files, path)
		require.NoError(b, err)
		s, err := f.Append(l, rows)
		require.NoError(b, err)
		require.NoError(b, f.Close())
		return s
	}
	for kind, files := range map[string]fs.FS{"disk": fs.System{}, "memory": &fs.Memory{}} {
		path := filepath.Join(b.TempDir(), "f")
		s := write(files, path)
		measure := func(what string, run func()) {
			b.Run(name+"/"+kind+"/"+what, func(b *testing.B) {
				b.SetBytes(s.Length)
				for b.Loop() {
					run()
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(rows)), "ns/row")
			})
		}
		measure("write", func() { write(files, path) })
		measure("read", func() {
			r := Read(files, l, s)
			n, rows, err := 0, any(nil), error(nil)
			for ; err == nil; rows, err = r.Next() {
				part, _ := rows.([]R)
				n += len(part)
			}
			require.Equal(b, io.EOF, err)
			require.Equal(b, s.Rows, int64(n))
			require.NoError(b, r.Close())
		})
	}
}
