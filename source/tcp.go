// Package source is a small server that plays a dataset over TCP, line by line, at a
// given rate, to whoever connects: what a socketTextStream or a student's own receiver
// reads. It can drop its connections, and can keep lines until they are acknowledged.
//
// Without acknowledgements a line is forgotten as it is sent. With them each line comes
// after its number and a tab, and is kept until the client has sent "ack N", for all
// lines up to N; a client that connects again is sent first what it has not acknowledged.
package source

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Server plays lines. One client at a time is served; others wait.
type Server struct {
	Lines []string
	Rate  float64 // lines a second; 0 for as fast as they are taken
	Acks  bool    // keep lines until they are acknowledged
	Drop  int     // lines after which a connection is dropped; 0 for never
	Loop  bool    // begin again when all lines are sent; otherwise the server ends then
	Tell  func(Event)

	mu    sync.Mutex
	next  int64 // the first line that was not sent to this client, from 0
	acked int64 // lines before it were acknowledged
	sent  Sent
}

// Event is something that happened, for people.
type Event struct {
	What   string // "connected", "dropped", "left", "over"
	Client string
	Sent   Sent
}

// Sent is what a server has sent so far.
type Sent struct {
	Lines  int64 // different ones
	Resent int64
	Acked  int64
}

// ErrAddress says that an address is not this machine's own.
var ErrAddress = errors.New("the server listens on 127.0.0.1 alone")

// Listen opens a port of this machine, for this machine alone; port 0 chooses one.
func Listen(port int) (net.Listener, error) {
	return net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
}

// Serve serves clients until the lines are over or ctx is done.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	if addr, ok := l.Addr().(*net.TCPAddr); !ok || !addr.IP.IsLoopback() {
		return fmt.Errorf("%w, not on %s", ErrAddress, l.Addr())
	}
	stop := context.AfterFunc(ctx, func() { l.Close() })
	defer stop()
	defer l.Close()
	for !s.over() {
		conn, err := l.Accept()
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		s.client(ctx, conn)
	}
	s.tell("over", "")
	return nil
}

// over reports whether every line was sent, and acknowledged if that is asked for.
func (s *Server) over() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	done := s.next
	if s.Acks {
		done = s.acked
	}
	return !s.Loop && done >= int64(len(s.Lines)) || len(s.Lines) == 0
}

func (s *Server) tell(what, client string) {
	if s.Tell == nil {
		return
	}
	s.mu.Lock()
	sent := s.sent
	s.mu.Unlock()
	s.Tell(Event{what, client, sent})
}

// client serves one client until it leaves, is dropped, or there is no more.
func (s *Server) client(ctx context.Context, conn net.Conn) {
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	name := conn.RemoteAddr().String()
	s.tell("connected", name)
	s.mu.Lock()
	if s.Acks {
		s.next = s.acked
	}
	s.mu.Unlock()
	heard := make(chan struct{}) // closed when the client has left
	changed := make(chan struct{}, 1)
	go s.listen(conn, heard, changed)
	what := s.play(ctx, conn, heard, changed)
	conn.Close()
	<-heard
	s.tell(what, name)
}

// play sends lines.
func (s *Server) play(ctx context.Context, conn net.Conn, heard, changed <-chan struct{}) (what string) {
	w := bufio.NewWriter(conn)
	pace := newPace(s.Rate)
	for n := 0; ; n++ {
		if s.Drop > 0 && n == s.Drop {
			w.Flush() // whether it arrives is the client's worry: the connection goes
			return "dropped"
		}
		line, number, ok := s.take()
		if !ok {
			if w.Flush() != nil || s.awaitAcks(ctx, heard, changed) != nil {
				return "left"
			}
			return "over"
		}
		if s.Acks {
			line = strconv.FormatInt(number, 10) + "\t" + line
		}
		if _, err := w.WriteString(line + "\n"); err != nil {
			return "left"
		}
		if wait := pace.next(); wait > 0 || w.Buffered() > 1<<15 {
			if w.Flush() != nil {
				return "left"
			}
			select {
			case <-time.After(wait):
			case <-heard:
				return "left"
			case <-ctx.Done():
				return "left"
			}
		}
	}
}

// take takes the next line; ok is false when there is none.
func (s *Server) take() (line string, number int64, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.Loop && s.next >= int64(len(s.Lines)) {
		return "", 0, false
	}
	line, number = s.Lines[s.next%int64(len(s.Lines))], s.next
	s.next++
	if s.next > s.sent.Lines {
		s.sent.Lines = s.next
	} else {
		s.sent.Resent++
	}
	return line, number, true
}

// awaitAcks waits until all lines are acknowledged.
func (s *Server) awaitAcks(ctx context.Context, heard, changed <-chan struct{}) error {
	for !s.over() {
		select {
		case <-changed:
		case <-heard:
			return net.ErrClosed
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// listen takes in what the client says, until it leaves.
func (s *Server) listen(conn net.Conn, heard, changed chan struct{}) {
	defer close(heard)
	lines := bufio.NewScanner(conn)
	lines.Buffer(nil, 1<<10) // an acknowledgement is short: a client that says more is cut off
	for lines.Scan() {
		number, isAck := strings.CutPrefix(strings.TrimSpace(lines.Text()), "ack ")
		n, err := strconv.ParseInt(number, 10, 64)
		if !isAck || err != nil {
			continue // not for us
		}
		s.mu.Lock()
		if n >= s.acked && n < s.next {
			s.acked = n + 1
			s.sent.Acked = s.acked
		}
		s.mu.Unlock()
		select {
		case changed <- struct{}{}:
		default: // it is told already
		}
	}
}

// pace spreads lines over time.
type pace struct {
	rate  float64
	began time.Time
	lines int64
}

func newPace(rate float64) *pace { return &pace{rate: rate, began: time.Now()} }

// next is how long to wait after a line; short waits are put together.
func (p *pace) next() time.Duration {
	if p.rate <= 0 {
		return 0
	}
	p.lines++
	wait := time.Until(p.began.Add(time.Duration(float64(p.lines) / p.rate * float64(time.Second))))
	if wait < 2*time.Millisecond {
		return 0
	}
	return wait
}
