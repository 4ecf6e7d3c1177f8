package scenario

import (
	"sync/atomic"

	"etincelle/engine/dstream"
)

// The receivers of the scenarios, as a student would write them.

// counted is how many rows reached a receiver.
type counted struct{ rows atomic.Int64 }

// plain is the simplest receiver: it stores rows one by one, and has no idea of what
// happens to them. The source has forgotten them.
type plain struct {
	dstream.Receiver[int64]
	broker *broker
	count  *counted
	link   *link
}

func (r *plain) OnStart() {
	r.link = r.broker.connect()
	go r.receive(r.link)
}

func (r *plain) OnStop() { r.link.hangUp() }

func (r *plain) receive(from *link) {
	for {
		rows, ok := from.read(1)
		if !ok {
			return
		}
		r.count.rows.Add(int64(len(rows)))
		for _, row := range rows {
			if r.Store(row) != nil {
				return
			}
		}
	}
}

// hasty acknowledges rows as they arrive, and stores them when it has a block of them.
type hasty struct {
	dstream.Receiver[int64]
	broker *broker
	count  *counted
	link   *link
	block  int
}

func (r *hasty) OnStart() {
	r.link = r.broker.connect()
	go r.receive(r.link)
}

func (r *hasty) OnStop() { r.link.hangUp() }

func (r *hasty) receive(from *link) {
	var gathered []int64
	for {
		rows, ok := from.read(1)
		if !ok {
			return
		}
		r.count.rows.Add(int64(len(rows)))
		from.ack(rows[len(rows)-1]) // too early: the row is in this variable, and nowhere else
		if gathered = append(gathered, rows...); len(gathered) < r.block {
			continue
		}
		if r.StoreBlock(gathered) != nil {
			return
		}
		gathered = nil
	}
}

// reliable stores a block, and acknowledges it when it is stored.
type reliable struct {
	dstream.Receiver[int64]
	broker *broker
	count  *counted
	link   *link
	block  int
}

func (r *reliable) OnStart() {
	r.link = r.broker.connect()
	go r.receive(r.link)
}

func (r *reliable) OnStop() { r.link.hangUp() }

func (r *reliable) receive(from *link) {
	var gathered []int64
	for {
		rows, ok := from.read(r.block - len(gathered))
		if !ok {
			return
		}
		r.count.rows.Add(int64(len(rows)))
		if gathered = append(gathered, rows...); len(gathered) < r.block {
			continue
		}
		if r.Acquire(len(gathered)) != nil || r.StoreBlock(gathered) != nil {
			return // not acknowledged: the source sends it again
		}
		if !from.ack(gathered[len(gathered)-1]) {
			r.Restart("the connection broke", nil)
			return
		}
		gathered = nil
	}
}
