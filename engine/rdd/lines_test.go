package rdd

import (
	"errors"
	"io"
	"math"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// simpleLines reads a split a byte at a time: what the reader of blocks must equal.
func simpleLines(text string, start, last int) []string {
	lines := []string{}
	for at := start; at <= last && at < len(text); {
		begin, end := at, at
		for end < len(text) && text[end] != '\n' && text[end] != '\r' {
			end++
		}
		at = end + 1
		if strings.HasPrefix(text[end:], "\r\n") {
			at++
		}
		switch line := text[begin:end]; {
		case begin == start && start > 0:
		case begin == 0 && text == byteOrderMark:
		case begin == 0:
			lines = append(lines, strings.TrimPrefix(line, byteOrderMark))
		default:
			lines = append(lines, line)
		}
	}
	return lines
}

// drawText draws any bytes, most of them those that matter here.
func drawText(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.OneOf(
		rapid.SampledFrom([]string{"\n", "\n", "\r", "\r\n", "a", "bc", "é", byteOrderMark, strings.Repeat("long ", 12)}),
		rapid.StringN(0, 4, 8),
	), 0, 40).Draw(t, "text"), "")
}

// drawReader is a text that comes in pieces of some size.
func drawReader(t *rapid.T, text string) io.Reader {
	as := rapid.SampledFrom([]func(io.Reader) io.Reader{
		func(r io.Reader) io.Reader { return r }, iotest.OneByteReader, iotest.HalfReader, iotest.DataErrReader,
	}).Draw(t, "reader")
	return as(strings.NewReader(text))
}

// Whatever the text, the split, the size of blocks and of reads: the lines are those
// of the simple reader.
func TestLinesOfBlocksAreLines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := drawText(t)
		start := rapid.IntRange(0, len(text)).Draw(t, "start")
		last := rapid.IntRange(start, len(text)).Draw(t, "last")
		r := newLineReader(drawReader(t, text[start:]),
			rapid.IntRange(1, 80).Draw(t, "block"), rapid.IntRange(1, 80).Draw(t, "buffer"))
		lines := []string{}
		require.NoError(t, r.each(int64(start), int64(last), func() {}, func(line string) bool {
			lines = append(lines, line)
			return true
		}))
		require.Equal(t, simpleLines(text, start, last), lines)
		require.Equal(t, int64(len(lines)), r.passed)
	})
}

// Blocks put together are the text; none passes its bound (and a \n that belongs to
// a \r there) unless it is one line.
func TestBlocksAreSmall(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := drawText(t)
		bound := rapid.IntRange(1, 80).Draw(t, "block")
		r := newLineReader(drawReader(t, text), bound, rapid.IntRange(1, 80).Draw(t, "buffer"))
		var all strings.Builder
		for {
			block, err := r.next()
			require.NoError(t, err)
			if block == "" {
				break
			}
			all.WriteString(block)
			if len(strings.TrimSuffix(block, "\r\n")) > bound {
				require.LessOrEqual(t, len(simpleLines(block, 0, len(block))), 1, "%q", block)
			}
		}
		require.Equal(t, text, all.String())
	})
}

func TestLinesStopWhenTheLoopDoes(t *testing.T) {
	r := newLineReader(strings.NewReader("a\nb\nc\n"), 1024, 1024)
	require.NoError(t, r.each(0, 6, func() {}, func(line string) bool { return line != "b" }))
	assert.Equal(t, int64(2), r.passed, "the line at which the loop ends was read")
}

// A read that fails hands out the whole lines before it, then says so: half a line
// is no line.
func TestLinesBeforeAnError(t *testing.T) {
	broken := errors.New("the disk is gone")
	for _, c := range []struct {
		text string
		want []string
	}{
		{"a\nb\nhal", []string{"a", "b"}},
		{"a\nb\r", []string{"a"}}, // a \n may follow
		{"", nil},
	} {
		r := newLineReader(io.MultiReader(strings.NewReader(c.text), iotest.ErrReader(broken)), 1024, 1024)
		var lines []string
		err := r.each(0, 100, func() {}, func(line string) bool {
			lines = append(lines, line)
			return true
		})
		require.ErrorIs(t, err, broken)
		assert.Equal(t, c.want, lines, "%q", c.text)
	}
}

// A task looks whether to stop after every line of a short text, and while it reads
// a long one.
func TestLinesLook(t *testing.T) {
	for lines, atLeast := range map[int]int{3: 3, 1000: 1000, 100_000: 1024 + 100_000*2/blockBytes} {
		looks, since, longest := 0, 0, 0
		r := newLineReader(strings.NewReader(strings.Repeat("x\n", lines)), blockBytes, bufferBytes)
		require.NoError(t, r.each(0, math.MaxInt64, func() { looks, since = looks+1, 0 }, func(string) bool {
			since++
			longest = max(longest, since)
			return true
		}))
		assert.GreaterOrEqual(t, looks, atLeast)
		assert.LessOrEqual(t, longest, blockBytes)
	}
}
