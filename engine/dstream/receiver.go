package dstream

import (
	"fmt"
	"reflect"
	"sync"
	"sync/atomic"

	"etincelle/engine/lineage"
	"etincelle/engine/rdd"
	"etincelle/engine/storage"
)

// Receiver is what a receiver is made of: it is embedded in a struct of the program's
// own that has two methods, OnStart and OnStop.
//
//	type lines struct {
//		dstream.Receiver[string]
//		address string
//		conn    net.Conn
//	}
//
//	func (r *lines) OnStart() { go r.receive() } // must return at once
//	func (r *lines) OnStop()  { r.conn.Close() } // has the goroutines of OnStart end
//
// Rows go to Store one by one, and are a block when the block interval is over: until
// then they are in the receiver's memory alone. Or they go to StoreBlock together: when
// that has returned, they are as safe as the stream's level and log make them. A
// receiver is reliable when it tells its source that it has a row after StoreBlock has
// returned, and not before: what is not acknowledged is sent again. It may then come
// twice, so an output must bear that.
//
// A receiver lives on an executor and takes a core of it. When the executor dies,
// another receiver is made for another executor; what was stored with two copies, or
// in the log, is still there.
type Receiver[T any] struct {
	supervisor *supervisor
	mu         sync.Mutex
	gathered   []T // of Store, since the last block
}

// CustomReceiver is a receiver of T: a pointer to a struct in which Receiver[T] is
// embedded, with the two methods.
type CustomReceiver[T any] interface {
	// OnStart starts what receives, on goroutines of its own, and returns.
	OnStart()
	// OnStop has all that OnStart started end. It is also called when the executor has
	// died: there Store gives an error, and what was not stored is lost.
	OnStop()
	receiver() *Receiver[T]
}

func (r *Receiver[T]) receiver() *Receiver[T] { return r }

// Store hands over one row. It waits when the receiver is over its rate. The row is
// part of the next block, and lost if the executor dies before. An error says that the
// receiver is stopped.
func (r *Receiver[T]) Store(row T) error {
	if err := r.supervisor.acquire(1); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.gathered = append(r.gathered, row)
	r.supervisor.stream.gathered.Add(1)
	return nil
}

// StoreBlock hands over rows that are a block together, and returns when they are
// stored: on as many executors as the level has copies, and in the write-ahead log if
// the program has one. The slice must not change afterwards. After an error they are
// not stored, or nobody may count on it. It does not wait for the rate: see Acquire.
func (r *Receiver[T]) StoreBlock(rows []T) error {
	if err := r.supervisor.usable(); err != nil {
		return err
	}
	err := r.supervisor.push(rdd.InputBlock(rows, len(rows)), len(rows))
	if err == nil {
		r.supervisor.stream.gathered.Add(int64(len(rows)))
	}
	return err
}

// Acquire waits until the receiver may store n rows more without being over its rate:
// for receivers that make their own blocks.
func (r *Receiver[T]) Acquire(n int) error { return r.supervisor.acquire(n) }

// Restart stops the receiver, and starts it again after the restart delay: for a
// connection that broke. It returns at once; OnStop is called on another goroutine.
func (r *Receiver[T]) Restart(message string, cause error) { r.supervisor.restart(message, cause) }

// Stop stops the receiver for good; the program starts another in its place.
func (r *Receiver[T]) Stop(message string, cause error) { r.supervisor.stopItself(message, cause) }

// ReportError tells the program of an error that the receiver goes on after.
func (r *Receiver[T]) ReportError(message string, cause error) {
	r.supervisor.reportError(message, cause)
}

// IsStopped reports whether the receiver should end: it was stopped, is about to start
// again, or its executor is gone.
func (r *Receiver[T]) IsStopped() bool { return r.supervisor.usable() != nil }

// Done is closed when the receiver should end: IsStopped for a select.
func (r *Receiver[T]) Done() <-chan struct{} { return r.supervisor.doneNow() }

// StreamID is the number of the stream that the receiver is of.
func (r *Receiver[T]) StreamID() int { return r.supervisor.stream.number }

// Executor is the name of the executor that the receiver lives on.
func (r *Receiver[T]) Executor() string { return r.supervisor.executor }

// cut takes the rows that make up the next block.
func (r *Receiver[T]) cut() (storage.Block, int) {
	r.mu.Lock()
	rows := r.gathered
	r.gathered = nil
	r.mu.Unlock()
	if len(rows) == 0 {
		return storage.Block{}, 0
	}
	return rdd.InputBlock(rows, len(rows)), len(rows)
}

// DefaultReceiverLevel is where received blocks are kept when nobody says otherwise.
var DefaultReceiverLevel = rdd.MemoryAndDiskSer2

// receiverStream is a stream that a receiver gives rows to.
type receiverStream struct {
	*input
	level    rdd.StorageLevel
	make     func() residentReceiver
	gathered atomic.Int64 // rows that its receivers were handed

	mu   sync.Mutex
	made map[*lineage.Node][]storage.BlockID // the blocks of each dataset
}

// residentReceiver is a receiver whose row type is forgotten.
type residentReceiver struct {
	start, stop func()
	cut         func() (storage.Block, int)
	attach      func(*supervisor)
}

// ReceiverStream is the rows that a receiver stores. make makes one: it is called again
// for each executor on which the receiver is started.
func ReceiverStream[T any](c *Context, make func() CustomReceiver[T], level ...rdd.StorageLevel) *DStream[T] {
	return receiverStreamOf(c, "PluggableInputDStream", "receiverStream", make, level)
}

func receiverStreamOf[T any](c *Context, class, op string, make func() CustomReceiver[T], level []rdd.StorageLevel) *DStream[T] {
	rs := &receiverStream{level: DefaultReceiverLevel, made: map[*lineage.Node][]storage.BlockID{}}
	if len(level) > 0 {
		rs.level = level[0]
	}
	if c.log {
		rs.level.Deserialized, rs.level.Replicas = false, 1 // the log is the other copy
	}
	s := stream{class: class, op: op, slide: c.batch}
	if !rs.level.Valid() {
		s.err = failure(illegalArgument, "a receiver needs a storage level that keeps something, this one is %s", rs.level)
	}
	d := define(c, s, func(at Time) (*rdd.RDD[T], error) {
		class, blocks := rs.blocksOf(c, at)
		r := rdd.FromBlocks[T](c.session, class, op, blocks)
		rs.note(rdd.Node(r), blocks)
		return r, nil
	})
	d.forget = func(old *dataset) error { return rs.forgetBlocks(c, old.node) }
	rs.input = &input{stream: d.stream, receiver: rs, name: nameOf(make)}
	rs.make = func() residentReceiver {
		custom := make()
		r := custom.receiver()
		return residentReceiver{custom.OnStart, custom.OnStop, r.cut, func(s *supervisor) { r.supervisor = s }}
	}
	if d.err == nil {
		c.addInput(rs.input)
	}
	return d
}

// nameOf is the type of the receiver: what the screens call it.
func nameOf[T any](make func() CustomReceiver[T]) string {
	t := reflect.TypeOf(make())
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.Name()
}

func (rs *receiverStream) receiverName() string { return fmt.Sprintf("%s-%d", rs.name, rs.number) }

// note remembers which blocks a dataset is of.
func (rs *receiverStream) note(n *lineage.Node, blocks []rdd.Input) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	ids := []storage.BlockID{}
	for _, b := range blocks {
		ids = append(ids, b.ID)
	}
	rs.made[n] = ids
}

// forgetBlocks lets the blocks of an old dataset go.
func (rs *receiverStream) forgetBlocks(c *Context, n *lineage.Node) error {
	rs.mu.Lock()
	ids := rs.made[n]
	delete(rs.made, n)
	rs.mu.Unlock()
	for _, id := range ids {
		if err := c.core.DropInput(id); err != nil {
			return err
		}
	}
	return nil
}
