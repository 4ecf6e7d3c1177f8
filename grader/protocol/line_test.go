package protocol

import (
	"bufio"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFrameRoundTrip(t *testing.T) {
	sent := Frame{Nonce: "n", Case: 3, Answer: &Answer{
		Rows: [][]json.RawMessage{{json.RawMessage(`{"Key":"UA","Value":1}`)}, {}}, Partitions: 2, Lineage: "(2) A\n |  B",
	}}
	line, err := Line(sent)
	require.NoError(t, err)
	assert.Equal(t, 1, strings.Count(string(line), "\n"), "a frame is one line")
	got, ok := ParseFrame(line, "n")
	require.True(t, ok)
	assert.Equal(t, sent, got)
}

func TestOnlyTheNonceMakesAFrame(t *testing.T) {
	for name, line := range map[string]string{
		"no nonce":          `{"case":0,"mark":"returned"}`,
		"another nonce":     `{"nonce":"m","mark":"returned"}`,
		"the nonce's start": `{"nonce":"secre","mark":"returned"}`,
		"not an object":     `["secret"]`,
		"text":              `secret`,
		"text before":       `x{"nonce":"secret"}`,
		"half a frame":      `{"nonce":"secret"`,
		"nothing":           ``,
	} {
		t.Run(name, func(t *testing.T) {
			_, ok := ParseFrame([]byte(line), "secret")
			assert.False(t, ok)
		})
	}
	_, ok := ParseFrame([]byte(`{"nonce":""}`), "")
	assert.False(t, ok, "no nonce was agreed on")
}

func TestReadLine(t *testing.T) {
	long := strings.Repeat("x", 100_000)
	r := bufio.NewReaderSize(strings.NewReader("a\n"+long+"\nlast"), 16)
	for _, want := range []string{"a\n", long + "\n", "last"} {
		line, err := ReadLine(r)
		require.NoError(t, err)
		assert.Equal(t, want, string(line))
	}
	_, err := ReadLine(r)
	assert.Equal(t, io.EOF, err)
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestReadLineIsBounded(t *testing.T) {
	_, err := ReadLine(bufio.NewReaderSize(endless{}, 1<<20))
	assert.ErrorIs(t, err, ErrLineTooLong)
}
