package stream

import (
	"slices"
	"sync"

	"etincelle/engine"
)

// Listener is told of a query: Spark's StreamingQueryListener. Its functions are
// called one after the other, between batches; a nil one is left out. They must
// not stop or advance the query.
type Listener struct {
	Started    func(q *Query)
	Progress   func(p Progress)
	Terminated func(q *Query, problem error)
}

// manager is the streaming queries of a session: Spark's StreamingQueryManager.
type manager struct {
	mu        sync.Mutex
	active    []*Query
	started   int
	listeners []Listener
}

type managerKey struct{}

func managerOf(s *engine.Session) *manager {
	return engine.Inside(s).Beside(managerKey{}, func() any { return &manager{} }).(*manager)
}

// Active is the queries of a session that run, in the order in which they started.
func Active(s *engine.Session) []*Query {
	m := managerOf(s)
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.active)
}

// AddListener tells l of every query of the session that starts from now on.
func AddListener(s *engine.Session, l Listener) {
	m := managerOf(s)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.listeners = append(m.listeners, l)
}

// Stop stops what runs: the session is about to end.
func (m *manager) Stop() {
	m.mu.Lock()
	active := slices.Clone(m.active)
	m.mu.Unlock()
	for _, q := range active {
		// Its error is the query's, which whoever started it may ask for.
		_ = q.Stop()
	}
}

// number is one that no query of the session has.
func (m *manager) number() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.started++
	return m.started - 1
}

// add lists a query.
func (m *manager) add(q *Query) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.active = append(m.active, q)
	q.set.listeners = append(slices.Clone(m.listeners), q.set.listeners...)
}

func (m *manager) remove(q *Query) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.active = slices.DeleteFunc(m.active, func(other *Query) bool { return other == q })
}

// AwaitAnyTermination waits until one of the session's queries ends, and returns
// why it failed; at once when none runs.
func AwaitAnyTermination(s *engine.Session) error {
	active := Active(s)
	if len(active) == 0 {
		return nil
	}
	ended := make(chan *Query, len(active))
	for _, q := range active {
		go func() {
			<-q.done
			ended <- q
		}()
	}
	return (<-ended).Err()
}
