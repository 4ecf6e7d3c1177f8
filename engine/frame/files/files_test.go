package files

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/engine/frame/plan/physical"
	"etincelle/engine/fs"
)

// TestLinesOfSpans: the lines of a file's spans are the file's lines, each once and
// in order, wherever it is cut.
func TestLinesOfSpans(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("ab,\n")), 0, 60, -1).Draw(t, "text")
		cuts := rapid.SliceOfN(rapid.Int64Range(0, int64(len(text))), 0, 4).Draw(t, "cuts")
		store := new(fs.Memory)
		require.NoError(t, store.Write("f", []byte(text)))
		marks := map[int64]bool{0: true, int64(len(text)): true}
		for _, c := range cuts {
			marks[c] = true
		}
		var got strings.Builder
		from := int64(-1)
		for at := int64(0); at <= int64(len(text)); at++ {
			if !marks[at] {
				continue
			}
			if from >= 0 && from < at {
				lines, err := openBlocks(store, physical.FileSpan{Path: "f", From: from, To: at, Size: int64(len(text))}, func() {})
				require.NoError(t, err)
				for block, err := lines.Next(); block != nil; block, err = lines.Next() {
					require.NoError(t, err)
					got.Write(block)
				}
				lines.Close()
			}
			from = at
		}
		assert.Equal(t, text, got.String())
	})
}

func TestNames(t *testing.T) {
	c := NewCSV()
	assert.Equal(t, []string{"_c0", "_c1"}, c.names([]byte(`x,"y, z"`)))
	c.Header = true
	assert.Equal(t, []string{"x", "y, z", "_c2", "d3", "d4"}, c.names([]byte(`x,"y, z",,d,d`)))
}

func TestGuess(t *testing.T) {
	for texts, want := range map[string]string{
		"1 2": "int", "1 3000000000": "bigint", "1 2.5": "double", "1e3": "double", "true false": "boolean",
		"2024-01-02": "date", "2024-01-02 2024-01-02T10:00:00": "timestamp", "1 x": "string", "2024-01-02 1": "string", "": "string", "NaN": "double",
	} {
		var g Guess
		for _, text := range strings.Fields(texts) {
			g.add(text)
		}
		assert.Equal(t, want, g.Type().String(), texts)
	}
}

// TestDoubles: the short way to a double gives what the long one does.
func TestDoubles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole, fraction := rapid.Int64Range(-1e9, 1e9).Draw(t, "whole"), rapid.StringMatching(`[0-9]{1,8}`).Draw(t, "fraction")
		text := fmt.Sprintf("%d.%s", whole, fraction)
		got, ok := parseDouble([]byte(text))
		want, _ := anyDouble([]byte(text))
		assert.True(t, ok)
		assert.Equal(t, want, got, text)
	})
	for text, ok := range map[string]bool{"": false, ".": false, "-": false, "1.": true, ".5": true, "1.2.3": false, "x": false, "-0.0": true, "Infinity": true} {
		_, got := parseDouble([]byte(text))
		assert.Equal(t, ok, got, text)
	}
}
