package dstream

import (
	"time"

	"etincelle/engine/clock"
)

// Option sets one thing of a streaming program. Later options win.
type Option func(*settings)

type settings struct {
	blockInterval time.Duration
	restartDelay  time.Duration
	log           bool // receivers write a write-ahead log
	maxRate       float64
	backpressure  *Backpressure
	receiverClock clock.Clock // nil: the session's
}

func defaultSettings() settings {
	return settings{blockInterval: 200 * time.Millisecond, restartDelay: 2 * time.Second}
}

// BlockInterval sets how long a receiver gathers rows that it stores one by one
// before they are a block (200 ms, spark.streaming.blockInterval). A block is a
// partition, and so a task: a batch of 2 s has ten of each receiver.
func BlockInterval(d time.Duration) Option { return func(s *settings) { s.blockInterval = d } }

// RestartDelay sets how long a receiver that restarts itself is away (2 s,
// spark.streaming.receiverRestartDelay).
func RestartDelay(d time.Duration) Option { return func(s *settings) { s.restartDelay = d } }

// WriteAheadLog has receivers write every block to the checkpoint directory before
// it counts as stored (spark.streaming.receiver.writeAheadLog.enable): what they have
// acknowledged then survives the driver. Replicas are unnecessary, and blocks are kept
// serialized and once.
func WriteAheadLog() Option { return func(s *settings) { s.log = true } }

// MaxRate sets how many rows a second each receiver may store one by one (no limit,
// spark.streaming.receiver.maxRate).
func MaxRate(rows float64) Option { return func(s *settings) { s.maxRate = rows } }

// ReceiverClock sets the clock of block intervals and restarts, when it is not to be
// the session's: Spark's receivers go by the computer's clock even where batches go by
// a manual one.
func ReceiverClock(c clock.Clock) Option { return func(s *settings) { s.receiverClock = c } }
