package event

import "sync"

// Bus hands every event to its listeners, in order, on the caller's goroutine.
// After SessionEnd it is silent: a task that nobody waits for may still speak. Its
// zero value is ready. A listener must not emit, nor run a job: it would wait for
// itself.
type Bus struct {
	mu        sync.Mutex
	listeners []func(Event)
	ended     bool
}

// Listen adds a listener; it sees every event emitted after this call.
func (b *Bus) Listen(f func(Event)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.listeners = append(b.listeners, f)
}

// Emit hands e to every listener.
func (b *Bus) Emit(e Event) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ended {
		return
	}
	_, b.ended = e.(SessionEnd)
	for _, f := range b.listeners {
		f(e)
	}
}

// Recorder is a listener that keeps what it hears. Its zero value is ready.
type Recorder struct {
	mu     sync.Mutex
	events []Event
}

// Hear keeps e.
func (r *Recorder) Hear(e Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.events = append(r.events, e)
}

// Events returns a copy of what was heard so far.
func (r *Recorder) Events() []Event {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]Event(nil), r.events...)
}
