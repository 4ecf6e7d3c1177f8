package shuffle

import "sync"

// Tracker is the driver's book of map outputs: who holds which, and which
// stage wrote it. The book can be wrong about an executor that lost its files;
// a task that finds so reports a fetch failure and the entry is struck out.
type Tracker struct {
	mu       sync.Mutex
	shuffles map[int]*entry
}

type entry struct {
	holders []string // by map partition, "" when nobody
	stage   int      // the last stage that wrote some of it
}

// NewTracker returns an empty book.
func NewTracker() *Tracker { return &Tracker{shuffles: map[int]*entry{}} }

func (t *Tracker) entry(shuffle, maps int) *entry {
	e := t.shuffles[shuffle]
	if e == nil {
		e = &entry{holders: make([]string, maps), stage: -1}
		t.shuffles[shuffle] = e
	}
	return e
}

// Register notes that executor holds the output of map partition m of maps.
func (t *Tracker) Register(shuffle, m, maps int, executor string, stage int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	e := t.entry(shuffle, maps)
	e.holders[m], e.stage = executor, stage
}

// Missing lists the map partitions of maps that nobody holds.
func (t *Tracker) Missing(shuffle, maps int) []int {
	t.mu.Lock()
	defer t.mu.Unlock()
	var missing []int
	for m, holder := range t.entry(shuffle, maps).holders {
		if holder == "" {
			missing = append(missing, m)
		}
	}
	return missing
}

// Holder is the executor said to hold the output of map partition m.
func (t *Tracker) Holder(shuffle, m int) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	e := t.shuffles[shuffle]
	if e == nil || m >= len(e.holders) {
		return ""
	}
	return e.holders[m]
}

// Writer is the last stage that wrote some of the shuffle, -1 when none did.
func (t *Tracker) Writer(shuffle int) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	if e := t.shuffles[shuffle]; e != nil {
		return e.stage
	}
	return -1
}

// Strike strikes out every output of executor that still(shuffle, m) denies.
func (t *Tracker) Strike(executor string, still func(shuffle, m int) bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for id, e := range t.shuffles {
		for m, holder := range e.holders {
			if holder == executor && !still(id, m) {
				e.holders[m] = ""
			}
		}
	}
}

// Forget strikes a whole shuffle out.
func (t *Tracker) Forget(shuffle int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.shuffles, shuffle)
}
