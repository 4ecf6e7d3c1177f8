package scenario

import (
	"sync"

	"etincelle/engine/clock"
)

// broker is the source of a scenario: numbered rows that wait to be sent to one
// receiver. A broker that wants acknowledgements keeps what it has sent until it has
// one, and sends it again to whoever connects next; another forgets a row as it sends it.
type broker struct {
	clock clock.Clock
	keeps bool // until a row is acknowledged

	mu       sync.Mutex
	ready    *sync.Cond
	offered  int64 // rows 1 … offered are there to be sent
	next     int64 // the first that was not sent to this connection
	acked    int64 // rows 1 … acked were acknowledged
	sent     int64 // the last row that was ever sent
	sendings int64 // of rows, those that were sent again included
	link     *link // nil when nobody is connected
	dropNext bool  // the next acknowledgement is lost, with the connection
}

func newBroker(c clock.Clock, keeps bool) *broker {
	b := &broker{clock: c, keeps: keeps, next: 1}
	b.ready = sync.NewCond(&b.mu)
	return b
}

// link is one connection.
type link struct {
	b      *broker
	closed bool
	idle   bool // the receiver waits in read
	holds  bool // it holds the manual clock: it has rows, or is about to ask for some
}

// offer makes n more rows available.
func (b *broker) offer(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.offered += int64(n)
	b.wake()
}

// wake hands the rows to a receiver that waits. On a manual clock the receiver holds
// the clock from now on, until it asks again.
func (b *broker) wake() {
	if l := b.link; l != nil && l.idle && b.next <= b.offered {
		l.idle = false
		l.hold()
	}
	b.ready.Broadcast()
}

// connect is a receiver's call. What was sent and not acknowledged is sent again.
func (b *broker) connect() *link {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.link != nil {
		b.link.close()
	}
	l := &link{b: b}
	b.link = l
	if b.keeps {
		b.next = b.acked + 1
	}
	l.hold() // until it asks for the first time
	return l
}

func (l *link) hold() {
	if m, manual := l.b.clock.(*clock.Manual); manual && !l.holds {
		l.holds = true
		m.Hold()
	}
}

func (l *link) letGo() {
	if m, manual := l.b.clock.(*clock.Manual); manual && l.holds {
		l.holds = false
		m.Release()
	}
}

// close ends the connection. b.mu is held.
func (l *link) close() {
	if l.closed {
		return
	}
	l.closed = true
	l.letGo()
	if l.b.link == l {
		l.b.link = nil
	}
	l.b.ready.Broadcast()
}

// read waits for rows and returns at most n; ok is false when the connection is gone.
func (l *link) read(n int) (rows []int64, ok bool) {
	b := l.b
	b.mu.Lock()
	defer b.mu.Unlock()
	for !l.closed && b.next > b.offered {
		l.idle = true
		l.letGo()
		b.ready.Wait()
	}
	if l.closed {
		return nil, false
	}
	l.idle = false
	l.hold()
	for int64(len(rows)) < int64(n) && b.next <= b.offered {
		rows = append(rows, b.next)
		b.next++
	}
	b.sent = max(b.sent, b.next-1)
	return rows, true
}

// ack tells the broker that rows up to one are safe; false when the connection is gone.
func (l *link) ack(upTo int64) bool {
	l.b.mu.Lock()
	defer l.b.mu.Unlock()
	if l.closed {
		return false
	}
	if l.b.dropNext {
		l.b.dropNext = false
		l.close()
		return false
	}
	l.b.acked = max(l.b.acked, upTo)
	return true
}

// hangUp is the receiver's end of the connection.
func (l *link) hangUp() {
	l.b.mu.Lock()
	defer l.b.mu.Unlock()
	l.close()
}

// loseAck has the next acknowledgement lost on its way, with the connection.
func (b *broker) loseAck() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.dropNext = true
}

// tally is what the broker knows of its rows.
func (b *broker) tally() (offered, sent, acked int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.offered, b.sent, b.acked
}
