package dstream

import (
	"time"

	"etincelle/engine/event"
)

// Backpressure says how the rate of receivers follows the speed at which batches are
// processed. A field left 0 has Spark's value (spark.streaming.backpressure.pid.*).
type Backpressure struct {
	InitialRate  float64 // rows a second before the first batch is known; 0 for no limit
	MinRate      float64 // 100 rows a second
	Proportional float64 // 1.0: weight of the last batch's error
	Integral     float64 // 0.2: weight of the errors that have piled up as delay
	Derivative   float64 // 0.0: weight of the error's change
}

// WithBackpressure has receivers slow down when batches take longer than they last
// (spark.streaming.backpressure.enabled): after each batch the rate at which they may
// store rows is estimated anew.
func WithBackpressure(with Backpressure) Option {
	if with.MinRate == 0 {
		with.MinRate = 100
	}
	if with.Proportional == 0 {
		with.Proportional = 1
	}
	if with.Integral == 0 {
		with.Integral = 0.2
	}
	return func(s *settings) { s.backpressure = &with }
}

// estimator is Spark's PIDRateEstimator: it steers a rate so that what was received in
// a batch is processed in one.
type estimator struct {
	Backpressure
	batch ms

	begun bool
	time  int64   // of the last estimate, ms
	rate  float64 // rows a second
	error float64
}

// estimate is the rate after a batch of rows that ended at time, took processing and had
// waited for scheduling, all in milliseconds; ok is false when there is none yet.
func (e *estimator) estimate(time, rows, processing, scheduling int64) (rate float64, ok bool) {
	if e.begun && time <= e.time || rows <= 0 || processing <= 0 {
		return 0, false
	}
	processed := float64(rows) / float64(processing) * 1000
	if !e.begun {
		e.begun, e.time, e.rate, e.error = true, time, processed, 0
		return 0, false
	}
	since := float64(time-e.time) / 1000
	error := e.rate - processed
	// A delay of s is s × processed rows too many, to be caught up within one batch.
	piledUp := float64(scheduling) * processed / float64(e.batch)
	change := (error - e.error) / since
	e.rate = max(e.rate-e.Proportional*error-e.Integral*piledUp-e.Derivative*change, e.MinRate)
	e.time, e.error = time, error
	return e.rate, true
}

// rated has the receivers follow a batch that is completed.
func (c *Context) rated(set *jobSet, ended time.Time) {
	if c.backpressure == nil {
		return
	}
	for _, in := range set.inputs {
		rs := c.inputs[in.Stream]
		if rs.receiver == nil {
			continue
		}
		if rs.estimator == nil {
			rs.estimator = &estimator{Backpressure: *c.backpressure, batch: c.batch}
		}
		rate, ok := rs.estimator.estimate(ended.UnixMilli(), in.Records, between(set.started, ended), between(set.submitted, set.started))
		if ok {
			c.receivers.setRate(in.Stream, rate)
		}
	}
}

// setRate changes the rate of a stream's receiver, and of those that come after it.
func (r *receivers) setRate(stream int, rate float64) {
	r.mu.Lock()
	r.rates[stream] = rate
	s := r.live[stream]
	r.mu.Unlock()
	if s != nil {
		rate = s.limit.set(rate)
	}
	r.c.core.Emit(event.RateChanged{Time: r.c.clock.Now(), Stream: stream, Rate: rate})
}
