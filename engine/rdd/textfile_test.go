package rdd_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/engine"
	"etincelle/engine/fs"
	"etincelle/engine/rdd"
)

// disk is a memory with files in it.
func disk(t require.TestingT, files map[string]string) *fs.Memory {
	var m fs.Memory
	for name, content := range files {
		require.NoError(t, m.Write(name, []byte(content)))
	}
	return &m
}

// aLine is a line of a file and where it begins.
type aLine struct {
	text string
	at   int
}

// linesOf is the model of a text file: lines end with \n, \r or \r\n.
func linesOf(content string) (lines []aLine) {
	for at := 0; at < len(content); {
		text, end := content[at:], ""
		if i := strings.IndexAny(text, "\r\n"); i >= 0 {
			end, text = text[i:i+1], text[:i]
			if strings.HasPrefix(content[at+i:], "\r\n") {
				end = "\r\n"
			}
		}
		lines = append(lines, aLine{text, at})
		at += len(text) + len(end)
	}
	return lines
}

// TestEveryLineOnce: whatever the content and the number of splits, each line is in
// exactly one partition, the one in which it begins (a line that begins at a
// split's first byte is of the split before).
func TestEveryLineOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pieces := rapid.SliceOfN(rapid.SampledFrom([]string{
			"a", "bb", "été", "😀", "", " ", strings.Repeat("long ", 40), "\n", "\n", "\r\n", "\r\n", "\r", "\n\n",
		}), 0, 30).Draw(t, "pieces")
		content := strings.Join(pieces, "")
		n := rapid.IntRange(1, 12).Draw(t, "splits")
		s := drawSession(t, engine.Files(disk(t, map[string]string{"f": content})))
		parts := list(rdd.Glom(rdd.TextFile(s, "f", n)))

		size := max(len(content)/n, 1)
		var want [][]string
		for start := 0; start < len(content); {
			end := start + size
			if float64(len(content)-start)/float64(size) <= 1.1 {
				end = len(content)
			}
			part := []string{}
			for _, line := range linesOf(content) {
				if line.at <= end && (line.at > start || line.at == 0 && start == 0) {
					part = append(part, line.text)
				}
			}
			want = append(want, part)
			start = end
		}
		if !assert.ObjectsAreEqual(append([][]string{}, want...), parts) {
			t.Fatalf("%q in %d\n got %q\nwant %q", content, n, parts, want)
		}
	})
}

// What Hadoop's reader, in Spark 4.3, makes of one file with all three line ends.
func TestLineEndsAreHadoops(t *testing.T) {
	s := engine.Start(engine.Files(disk(t, map[string]string{"f": "aa\r\nbbb\rcc\r\n\r\n\rdd\n\nee"})))
	defer s.Stop()
	for n, want := range map[int]string{
		1:  "aa,bbb,cc,,,dd,,ee",
		2:  "aa,bbb,cc | ,,dd,,ee",
		3:  "aa,bbb | cc,, | dd,,ee",
		4:  "aa,bbb | cc | ,,dd | ,ee | ",
		5:  "aa,bbb | cc |  | ,dd | ,ee | ",
		6:  "aa | bbb | cc |  | ,dd |  | ee",
		8:  "aa | bbb |  | cc |  |  |  | dd |  | ee | ",
		11: "aa |  |  | bbb |  |  |  | cc |  |  |  |  |  |  | dd |  |  |  | ee |  | ",
	} {
		parts := list(rdd.Glom(rdd.TextFile(s, "f", n)))
		assert.Equal(t, want, strings.Join(each(parts, func(p []string) string { return strings.Join(p, ",") }), " | "), "%d splits", n)
	}
}

func TestTextFileEdges(t *testing.T) {
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, err := z.Write([]byte("un\ndeux\ntrois"))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	s := engine.Start(engine.Files(disk(t, map[string]string{
		"bom": "\xef\xbb\xbfun\ndeux\n", "bom only": "\xef\xbb\xbf", "latin": "caf\xe9\n", "empty": "", "one": "no end",
		"zip/a.gz": zipped.String(), "dir/a.txt": "1\n2\n", "dir/b.txt": "", "dir/c.txt": "3\n", "dir/_SUCCESS": "x", "dir/.c.crc": "x",
		"deep/a.txt": "1\n", "deep/sub/b.txt": "2\n", "a,b.txt": "comma\n", "a[1].txt": "sign\n",
	})))
	defer s.Stop()
	for _, c := range []struct {
		path       string
		partitions int
		want       [][]string
	}{
		{"bom", 1, [][]string{{"un", "deux"}}},
		{"bom only", 1, [][]string{{}}},
		{"latin", 1, [][]string{{"caf\xe9"}}},
		{"empty", 2, [][]string{}},
		{"one", 1, [][]string{{"no end"}}},
		{"zip/a.gz", 5, [][]string{{"un", "deux", "trois"}}},
		{"zip", 5, [][]string{{"un", "deux", "trois"}}},
		{"dir", 2, [][]string{{"1", "2"}, {}, {"3"}}},
		{"dir/[ac].txt,bom", 1, [][]string{{"1", "2"}, {"3"}, {"un", "deux"}}},
		{"d*/c.txt", 1, [][]string{{"3"}}},
		{"a,b.txt", 1, [][]string{{"comma"}}},
		{"a[1].txt", 1, [][]string{{"sign"}}},
	} {
		parts, err := rdd.Glom(rdd.TextFile(s, c.path, c.partitions)).Collect()
		require.NoError(t, err, c.path)
		assert.Equal(t, c.want, parts, c.path)
	}
	for path, message := range map[string]string{
		"nowhere":    "Input path does not exist: file:",
		"dir/*.csv":  "matches 0 files",
		"deep":       "deep/sub is a directory, which is not supported",
		"dir/[a.txt": "syntax error in pattern",
	} {
		_, err := rdd.TextFile(s, path).Count()
		require.ErrorContains(t, err, message)
		assert.ErrorContains(t, err, "(textfile_test.go:", "the line of the definition")
	}
	_, err = rdd.TextFile(s, "dir", 1, 2).Count()
	assert.ErrorContains(t, err, "2 numbers of partitions were given")
}

// No split passes 32 MiB, Hadoop's block of a local file.
func TestLargeFileIsCutByBlocks(t *testing.T) {
	s := engine.Start(engine.Files(disk(t, map[string]string{"big": string(make([]byte, 100<<20))})))
	defer s.Stop()
	for asked, splits := range map[int]int{1: 4, 2: 4, 5: 5} {
		assert.Equal(t, splits, rdd.TextFile(s, "big", asked).NumPartitions())
	}
}

func TestWholeTextFiles(t *testing.T) {
	files := map[string]string{"dir/sub/x": "not read"}
	for i, size := range []int{40, 30, 5, 5, 5, 5} {
		files[fmt.Sprint("dir/", i)] = strings.Repeat("x", size)
	}
	s := engine.Start(engine.Files(disk(t, files)))
	defer s.Stop()
	for n, want := range map[int][]int{1: {6}, 2: {2, 4}, 3: {1, 1, 4}, 6: {1, 1, 3, 1}} {
		parts := list(rdd.Glom(rdd.WholeTextFiles(s, "dir", n)))
		assert.Equal(t, want, each(parts, func(p []rdd.Pair[string, string]) int { return len(p) }), "%d", n)
		assert.Equal(t, rdd.KV("dir/0", files["dir/0"]), parts[0][0])
	}
	_, err := rdd.WholeTextFiles(s, "nowhere").Count()
	assert.ErrorContains(t, err, "Input path does not exist")
}

// What one session saves as text another reads as the same lines.
func TestSaveThenRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOf(rapid.StringOf(rapid.RuneFrom([]rune("aé ,😀")))).Draw(t, "rows")
		n := rapid.IntRange(1, 4).Draw(t, "partitions")
		s := drawSession(t, engine.Files(&fs.Memory{}))
		require.NoError(t, rdd.FromSlice(s, n, rows).SaveAsTextFile("out"))
		assert.Equal(t, append([]string{}, rows...), list(rdd.TextFile(s, "out")))
		require.ErrorContains(t, rdd.FromSlice(s, n, rows).SaveAsTextFile("out"), "already exists")
	})
}

// BenchmarkTextFile counts the lines of 16 MiB: what reading costs, without
// anything that a program does with a line.
//
//	go test ./engine/rdd -run '^$' -bench TextFile
func BenchmarkTextFile(b *testing.B) {
	for _, width := range []int{10, 70, 1000} {
		b.Run(fmt.Sprintf("width=%d", width), func(b *testing.B) {
			n := 16 << 20 / (width + 1)
			path := filepath.Join(b.TempDir(), "f")
			require.NoError(b, os.WriteFile(path, []byte(strings.Repeat(strings.Repeat("x", width)+"\n", n)), 0o644))
			s := engine.Start()
			defer s.Stop()
			text := rdd.TextFile(s, path, 4)
			b.SetBytes(16 << 20)
			for b.Loop() {
				if found, err := text.Count(); err != nil || found != n {
					b.Fatalf("%d lines, %v", found, err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/line")
		})
	}
}
