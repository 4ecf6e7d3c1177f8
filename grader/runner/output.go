package runner

import "sync"

// output keeps what the code under test prints: the start and the end of it,
// for the crash report stands at the end. It is an io.Writer.
type output struct {
	limit int64
	full  func() // called once, past the limit

	mu         sync.Mutex
	count      int64
	head, tail []byte
}

// Write implements io.Writer; it takes everything, so that a child never waits.
func (o *output) Write(p []byte) (int, error) {
	o.add(p)
	return len(p), nil
}

func (o *output) add(p []byte) {
	o.mu.Lock()
	before := o.count
	o.count += int64(len(p))
	over := before <= o.limit && o.count > o.limit
	room := min(keptOutput-len(o.head), len(p))
	o.head = append(o.head, p[:room]...)
	o.tail = append(o.tail, p[room:]...)
	if extra := len(o.tail) - keptOutput; extra > 0 {
		o.tail = append([]byte(nil), o.tail[extra:]...)
	}
	o.mu.Unlock()
	if over {
		o.full()
	}
}

// text is what is kept.
func (o *output) text() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	left := o.count - int64(len(o.head)) - int64(len(o.tail))
	if left > 0 {
		return string(o.head) + "\n…\n" + string(o.tail)
	}
	return string(o.head) + string(o.tail)
}
