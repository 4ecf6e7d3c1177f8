package source

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// start serves lines until the test ends.
func start(t *testing.T, s *Server) (address string, over <-chan error) {
	t.Helper()
	l, err := Listen(0)
	require.NoError(t, err)
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, l) }()
	t.Cleanup(stop)
	return l.Addr().String(), done
}

func numbered(n int) []string {
	var lines []string
	for i := range n {
		lines = append(lines, fmt.Sprint("row ", i))
	}
	return lines
}

// read reads a client's lines until the connection ends.
func read(t *testing.T, conn net.Conn, each func(line string)) (lines []string) {
	t.Helper()
	require.NoError(t, conn.SetDeadline(time.Now().Add(20*time.Second)))
	for in := bufio.NewScanner(conn); in.Scan(); {
		lines = append(lines, in.Text())
		if each != nil {
			each(in.Text())
		}
	}
	return lines
}

func dial(t *testing.T, address string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close() })
	return conn
}

func TestLinesAreForgottenAsTheyAreSent(t *testing.T) {
	address, over := start(t, &Server{Lines: numbered(10), Drop: 4})
	assert.Equal(t, numbered(10)[:4], read(t, dial(t, address), nil))
	assert.Equal(t, numbered(10)[4:8], read(t, dial(t, address), nil))
	assert.Equal(t, numbered(10)[8:], read(t, dial(t, address), nil))
	assert.NoError(t, <-over)
}

func TestWhatIsNotAcknowledgedIsSentAgain(t *testing.T) {
	var told []Event
	s := &Server{Lines: numbered(6), Acks: true, Drop: 4, Tell: func(e Event) { told = append(told, e) }}
	address, over := start(t, s)
	first := dial(t, address)
	in := bufio.NewScanner(first)
	require.True(t, in.Scan())
	assert.Equal(t, "0\trow 0", in.Text())
	fmt.Fprint(first, "nonsense\nack 0\nack 99\n") // 99 was never sent
	read(t, first, nil)

	// Acknowledgements that are on their way when the connection is dropped are lost with
	// it, so it may take several clients.
	var lines []string
	for done := false; !done; {
		if conn, err := net.Dial("tcp", address); err == nil {
			lines = append(lines, read(t, conn, func(line string) {
				number, _, _ := strings.Cut(line, "\t")
				fmt.Fprintf(conn, "ack %s\n", number)
			})...)
			conn.Close()
		}
		select {
		case err := <-over:
			require.NoError(t, err)
			done = true
		default:
		}
	}
	assert.Contains(t, []string{"0\trow 0", "1\trow 1"}, lines[0], "row 1 was not acknowledged")
	last := told[len(told)-1]
	assert.Equal(t, "over", last.What)
	assert.EqualValues(t, 6, last.Sent.Lines)
	assert.EqualValues(t, 6, last.Sent.Acked)
	assert.GreaterOrEqual(t, last.Sent.Resent, int64(3), "rows 1, 2 and 3 at least")
}

func TestTheRateIsKept(t *testing.T) {
	address, _ := start(t, &Server{Lines: numbered(40), Rate: 200})
	began := time.Now()
	assert.Len(t, read(t, dial(t, address), nil), 40)
	assert.GreaterOrEqual(t, time.Since(began), 150*time.Millisecond)
}

func TestOnlyThisMachine(t *testing.T) {
	l, err := Listen(0)
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(l.Addr().String(), "127.0.0.1:"))
	l.Close()
	assert.ErrorIs(t, (&Server{}).Serve(context.Background(), elsewhere{l}), ErrAddress)
}

type elsewhere struct{ net.Listener }

func (elsewhere) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(192, 0, 2, 1), Port: 9} }

func TestDatasets(t *testing.T) {
	for name, lines := range map[string]int{"storm": 6181, "calm": 6480, "july": 28485, "clicks": 31106} {
		got, err := Load("..", name)
		require.NoError(t, err)
		assert.Len(t, got, lines, name)
	}
	own := filepath.Join(t.TempDir(), "own.txt")
	require.NoError(t, os.WriteFile(own, []byte("a\nb\n"), 0o644))
	got, err := Load("..", own)
	require.NoError(t, err)
	assert.Equal(t, []string{"a", "b"}, got)
	_, err = Load("..", "coffee")
	assert.EqualError(t, err, `dataset "coffee": neither one of calm, clicks, july, storm nor a file`)
}
