package dstream

import (
	"bufio"
	"errors"
	"net"
	"sync"
	"time"

	"etincelle/engine/rdd"
)

// longestLine is the most bytes that one line may have: whoever sends a longer one is
// not sending lines.
const longestLine = 1 << 20

// SocketTextStream is the lines that a server sends to whoever connects to address,
// "127.0.0.1:9911". It is an unreliable receiver: a line that it has in hand when its
// executor dies is lost. When the connection breaks or ends it connects again.
func SocketTextStream(c *Context, address string, level ...rdd.StorageLevel) *DStream[string] {
	return receiverStreamOf(c, "SocketInputDStream", "socketTextStream", func() CustomReceiver[string] { return &SocketReceiver{address: address} }, level)
}

// SocketReceiver is the receiver of SocketTextStream.
type SocketReceiver struct {
	Receiver[string]
	address string

	mu   sync.Mutex
	conn net.Conn // nil while there is none
}

// OnStart implements CustomReceiver.
func (r *SocketReceiver) OnStart() { go r.receive(r.Done()) }

// OnStop implements CustomReceiver: it ends the reading.
func (r *SocketReceiver) OnStop() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.conn != nil {
		_ = r.conn.Close() // there is nothing to be done about a connection that does not want to close
	}
}

// receive stores lines until the connection ends or the receiver is stopped.
func (r *SocketReceiver) receive(done <-chan struct{}) {
	dialer := net.Dialer{Timeout: 10 * time.Second}
	conn, err := dialer.Dial("tcp", r.address)
	if err != nil {
		r.Restart("Error connecting to "+r.address, err)
		return
	}
	defer conn.Close()
	if !r.keep(conn, done) {
		return
	}
	lines := bufio.NewScanner(conn)
	lines.Buffer(nil, longestLine)
	for lines.Scan() {
		if r.Store(lines.Text()) != nil {
			return
		}
	}
	switch err := lines.Err(); {
	case errors.Is(err, net.ErrClosed): // by OnStop
	case err != nil:
		r.Restart("Error receiving data", err)
	default:
		r.Restart("Socket data stream had no more data", nil)
	}
}

// keep remembers the connection for OnStop; false when that has come already.
func (r *SocketReceiver) keep(conn net.Conn, done <-chan struct{}) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	select {
	case <-done:
		return false
	default:
	}
	r.conn = conn
	return true
}

// NewSocketReceiver makes the receiver of SocketTextStream, for a stream of the program's
// own options.
func NewSocketReceiver(address string) CustomReceiver[string] {
	return &SocketReceiver{address: address}
}
