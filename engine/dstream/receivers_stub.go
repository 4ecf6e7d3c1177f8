package dstream

import "time"

type receiverStream struct{}
type receivers struct{}

func (r *receivers) stop()                            {}
func (c *Context) startReceivers() error              { return nil }
func (c *Context) hasReceivers() bool                 { return false }
func (c *Context) starved() error                     { return nil }
func (c *Context) warnStarved()                       {}
func (c *Context) rated(set *jobSet, ended time.Time) {}
func (c *Context) awaitTick(next Time) bool           { return false }

type Backpressure struct{}

var ErrStarved = errStarved("starved")

type errStarved string

func (e errStarved) Error() string { return string(e) }
