package scenario

import (
	"sync"

	"etincelle/engine/event"
)

// ledger is the output of a scenario: which rows it has been given, and how often.
type ledger struct {
	mu      sync.Mutex
	times   map[int64]int
	written int64
	upserts bool // a row that comes again takes the place of the one before
}

func newLedger(upserts bool) *ledger { return &ledger{times: map[int64]int{}, upserts: upserts} }

// write takes the rows of a batch.
func (l *ledger) write(rows []int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, row := range rows {
		if l.upserts && l.times[row] > 0 {
			continue
		}
		l.times[row]++
		l.written++
	}
}

// Balance is the account of a scenario's rows.
type Balance struct {
	Offered    int64 // by the source, in all
	Sent       int64 // different rows that the source has sent
	Received   int64 // by receivers, what was sent again included
	Stored     int64 // in blocks that the driver knew of
	Processed  int64 // different rows in the output
	Lost       int64 // neither in the output nor at the source
	Duplicated int64 // in the output more than once, counted beyond the first time
	Waiting    int64 // at the source: not sent yet, or not acknowledged
}

// balance closes the account.
func balance(b *broker, received *counted, out *ledger, events []event.Event) Balance {
	offered, sent, acked := b.tally()
	gone := sent // rows that the source does not have any more
	if b.keeps {
		gone = acked
	}
	out.mu.Lock()
	defer out.mu.Unlock()
	account := Balance{Offered: offered, Sent: sent, Received: received.rows.Load(), Processed: int64(len(out.times)), Waiting: offered - gone}
	for _, e := range events {
		if added, ok := e.(event.InputBlockAdded); ok {
			account.Stored += added.Rows
		}
	}
	for row := int64(1); row <= gone; row++ {
		if out.times[row] == 0 {
			account.Lost++
		}
	}
	account.Duplicated = out.written - account.Processed
	return account
}
