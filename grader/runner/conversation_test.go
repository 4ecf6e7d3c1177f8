package runner

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/grader/evidence"
	"etincelle/grader/protocol"
)

// talk holds a conversation with a child that says these lines, whatever it hears.
func talk(t *testing.T, lines ...string) (outcomes []evidence.Outcome, printed string, orders []protocol.Order, err error) {
	t.Helper()
	var heard, out bytes.Buffer
	c := conversation{nonce: "n", orders: &heard, frames: bufio.NewReader(strings.NewReader(strings.Join(lines, "\n") + "\n")),
		print: func(line []byte) { out.Write(line) }}
	outcomes, err = c.hold([]Call{shrink(1), shrink(2)})
	for line := range strings.Lines(heard.String()) {
		var o protocol.Order
		require.NoError(t, json.Unmarshal([]byte(line), &o))
		orders = append(orders, o)
	}
	return outcomes, out.String(), orders, err
}

const (
	ready = `{"nonce":"n","ready":{"version":1,"functions":["Shrink"]}}`
	nilOf = `{"nonce":"n","case":%,"failure":{"kind":"nil"}}`
)

func failure(n string) string { return strings.Replace(nilOf, "%", n, 1) }

func TestConversation(t *testing.T) {
	outcomes, printed, orders, err := talk(t, "hello", ready, `{"nonce":"x","case":0,"failure":{"kind":"panic"}}`, failure("0"), "{", failure("1"))
	require.NoError(t, err)
	require.Len(t, outcomes, 2)
	assert.Equal(t, protocol.ReturnedNil, outcomes[0].Failure.Kind)
	assert.Equal(t, "hello\n{\"nonce\":\"x\",\"case\":0,\"failure\":{\"kind\":\"panic\"}}\n{\n", printed, "what has not the nonce was printed")
	require.Len(t, orders, 3)
	assert.Equal(t, &protocol.Hello{Version: protocol.Version, Nonce: "n"}, orders[0].Hello)
	assert.Equal(t, []protocol.Source{{Name: "flights", Partitions: 2}}, orders[1].Case.Sources)
	assert.Equal(t, map[string]int{"n": 2}, orders[2].Case.Params)
}

func TestPartitionsAreServedOnRequest(t *testing.T) {
	need := func(n, source, partition string) string {
		return `{"nonce":"n","case":` + n + `,"need":{"source":"` + source + `","partition":` + partition + `}}`
	}
	_, _, orders, err := talk(t, ready, need("0", "flights", "1"), need("0", "flights", "7"), need("0", "flights", "-1"), need("0", "other", "0"),
		need("9", "flights", "0"), failure("0"), need("0", "flights", "0"), failure("1"))
	require.NoError(t, err)
	var served []int
	for _, o := range orders {
		if o.Rows != nil {
			served = append(served, len(o.Rows.Rows))
		}
	}
	assert.Equal(t, []int{5, 0, 0, 0, 0, 0}, served, "what does not exist, or belongs to another call, is empty")
}

func TestConversationsThatBreakOff(t *testing.T) {
	outcomes, _, _, err := talk(t, ready, failure("0"))
	assert.ErrorIs(t, err, io.EOF)
	assert.Len(t, outcomes, 1, "what was answered stays")
	_, _, _, err = talk(t, `{"nonce":"n","ready":{"version":99}}`)
	assert.ErrorIs(t, err, errProtocol)
	_, _, _, err = talk(t, failure("0"))
	assert.ErrorIs(t, err, errProtocol, "an answer before hello")
	outcomes, _, _, err = talk(t, ready, failure("1"), failure("1"))
	assert.ErrorIs(t, err, io.EOF)
	assert.Empty(t, outcomes, "an answer to a call that was not made yet is none")
}

func TestOutputKeepsTheStartAndTheEnd(t *testing.T) {
	full := 0
	o := &output{limit: 100_000, full: func() { full++ }}
	o.add([]byte("begin "))
	for range 40_000 {
		_, err := o.Write([]byte("xyz"))
		require.NoError(t, err)
	}
	o.add([]byte(" end"))
	assert.Equal(t, 1, full, "the limit is told once")
	text := o.text()
	assert.True(t, strings.HasPrefix(text, "begin xyz"))
	assert.True(t, strings.HasSuffix(text, "xyz end"))
	assert.LessOrEqual(t, len(text), 2*keptOutput+10)
	short := &output{limit: 10, full: func() {}}
	short.add([]byte("all"))
	assert.Equal(t, "all", short.text())
}
