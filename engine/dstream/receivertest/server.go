package receivertest

import (
	"bufio"
	"fmt"
	"net"
	"strconv"
	"strings"
	"sync"
)

// text is the n-th line.
func text(n int64) string { return fmt.Sprintf("ligne %d", n) }

// server sends numbered lines to one client.
type server struct {
	listener net.Listener
	keeps    bool // lines until they are acknowledged

	mu      sync.Mutex
	changed *sync.Cond
	offered int64
	next    int64
	acked   int64
	conn    net.Conn
	clients int
	closed  bool
}

func serve(keeps bool) (*server, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &server{listener: l, keeps: keeps}
	s.changed = sync.NewCond(&s.mu)
	go s.accept()
	return s, nil
}

func (s *server) address() string { return s.listener.Addr().String() }

func (s *server) accept() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return // closed
		}
		s.mu.Lock()
		if s.conn != nil {
			s.conn.Close()
		}
		s.conn = conn
		s.clients++
		if s.keeps {
			s.next = s.acked
		}
		s.changed.Broadcast()
		s.mu.Unlock()
		go s.listen(conn)
		go s.send(conn)
	}
}

func (s *server) send(conn net.Conn) {
	for {
		s.mu.Lock()
		for s.conn == conn && !s.closed && s.next >= s.offered {
			s.changed.Wait()
		}
		if s.conn != conn || s.closed {
			s.mu.Unlock()
			return
		}
		n := s.next
		s.next++
		s.mu.Unlock()
		line := text(n) + "\n"
		if s.keeps {
			line = strconv.FormatInt(n, 10) + "\t" + line
		}
		if _, err := conn.Write([]byte(line)); err != nil {
			return
		}
	}
}

func (s *server) listen(conn net.Conn) {
	lines := bufio.NewScanner(conn)
	for lines.Scan() {
		number, _ := strings.CutPrefix(lines.Text(), "ack ")
		n, err := strconv.ParseInt(strings.TrimSpace(number), 10, 64)
		s.mu.Lock()
		if err == nil && s.conn == conn && n >= s.acked && n < s.next {
			s.acked = n + 1
		}
		s.mu.Unlock()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.conn == conn {
		s.conn = nil
		s.changed.Broadcast()
	}
	conn.Close()
}

func (s *server) offer(n int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.offered += n
	s.changed.Broadcast()
}

// cut breaks the connection.
func (s *server) cut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.conn != nil {
		s.conn.Close()
		s.conn = nil
		s.changed.Broadcast()
	}
}

// connected is how many clients there have been.
func (s *server) connected() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.clients
}

// awaitClient waits for a client, the n-th or a later one, for as long as the suite has
// patience.
func (s *server) awaitClient(n int) {
	await(func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.conn != nil && s.clients >= n
	})
}

func (s *server) acknowledged() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.acked
}

func (s *server) close() {
	s.listener.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	if s.conn != nil {
		s.conn.Close()
	}
	s.changed.Broadcast()
}
