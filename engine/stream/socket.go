package stream

import (
	"bufio"
	"fmt"
	"net"
	"sync"

	"etincelle/engine"
	"etincelle/engine/frame"
	"etincelle/engine/frame/column"
)

// Socket is the lines that a server sends, as column value. It is for trying
// things out: lines that came before a crash are lost, as in Spark.
func Socket(s *engine.Session, address string) *frame.Frame {
	return From(s, &socket{address: address})
}

// maxLine bounds a line, in bytes, and maxWaiting the lines that wait to be read:
// the other side is not trusted.
const (
	maxLine    = 1 << 20
	maxWaiting = 1 << 20
)

// socket is a source whose offset is the number of the last line before it.
type socket struct {
	address string

	opening sync.Once
	mu      sync.Mutex
	room    *sync.Cond // for more lines
	conn    net.Conn
	lines   []string
	first   int // the number of lines[0]
	err     error
	stopped bool
}

var socketSchema = column.Schema{{Name: "value", Type: column.StringType, Nullable: true}}

func (s *socket) Description() string { return "TextSocket[" + s.address + "]" }

func (s *socket) Schema() column.Schema { return socketSchema }

func (s *socket) open() {
	s.room = sync.NewCond(&s.mu)
	conn, err := net.Dial("tcp", s.address)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil {
		s.err = fmt.Errorf("%w: is a server listening there? (nc -lk PORT)", err)
		return
	}
	s.conn = conn
	go s.receive(conn)
}

// receive takes lines in until the other side closes, or the query ends.
func (s *socket) receive(conn net.Conn) {
	lines := bufio.NewScanner(conn)
	lines.Buffer(nil, maxLine)
	for lines.Scan() {
		s.mu.Lock()
		for len(s.lines) >= maxWaiting && !s.stopped {
			s.room.Wait()
		}
		stopped := s.stopped
		s.lines = append(s.lines, lines.Text())
		s.mu.Unlock()
		if stopped {
			return
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := lines.Err(); err != nil && !s.stopped {
		s.err = err
	}
}

func (s *socket) Latest(start string) (string, error) {
	s.opening.Do(s.open)
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.lines) == 0 {
		return start, s.err
	}
	return fmt.Sprint(s.first + len(s.lines) - 1), nil
}

func (s *socket) Batch(start, end string) ([]Part, error) {
	from, to, err := span(start, end)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if from < s.first || to > s.first+len(s.lines) {
		return nil, fmt.Errorf("lines %d to %d were asked for: a socket keeps nothing after a restart, begin with a new checkpoint folder", from, to)
	}
	lines := append([]string{}, s.lines[from-s.first:to-s.first]...)
	return []Part{rows(column.NewBatch(column.New(column.StringType, lines, nil)))}, nil
}

func (s *socket) Commit(end string) error {
	_, to, err := span("", end)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if done := to - s.first; done > 0 && done <= len(s.lines) {
		s.lines = append([]string{}, s.lines[done:]...)
		s.first = to
		s.room.Broadcast()
	}
	return nil
}

// Stop implements Stopper.
func (s *socket) Stop() error {
	s.opening.Do(func() { s.room = sync.NewCond(&s.mu) })
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stopped = true
	s.room.Broadcast()
	if s.conn == nil {
		return nil
	}
	return s.conn.Close()
}
