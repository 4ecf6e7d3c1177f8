package receivertest

import (
	"bufio"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"etincelle/engine/dstream"
)

// lines is a reliable receiver as a student writes it, with a fault or none.
type lines struct {
	dstream.Receiver[string]
	address string
	fault   string

	mu   sync.Mutex
	conn net.Conn
}

func (r *lines) OnStart() {
	if r.fault == "blocks" {
		r.receive()
		return
	}
	if r.fault == "leaks" {
		go func() { <-time.After(3 * time.Second) }()
	}
	go r.receive()
}

func (r *lines) OnStop() {
	if r.fault == "slow" {
		<-time.After(1500 * time.Millisecond)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.conn != nil {
		r.conn.Close()
	}
}

func (r *lines) receive() {
	conn, err := net.Dial("tcp", r.address)
	if err != nil {
		r.Restart("cannot connect", err)
		return
	}
	r.mu.Lock()
	r.conn = conn
	r.mu.Unlock()
	defer conn.Close()
	if r.IsStopped() {
		return
	}
	in := bufio.NewScanner(conn)
	for in.Scan() {
		number, text, _ := strings.Cut(in.Text(), "\t")
		if r.fault == "forgets" && strings.HasSuffix(number, "7") {
			fmt.Fprintf(conn, "ack %s\n", number)
			continue
		}
		if r.fault != "fast" && r.Acquire(1) != nil || r.StoreBlock([]string{text}) != nil {
			return
		}
		fmt.Fprintf(conn, "ack %s\n", number)
	}
	if r.fault != "gives up" {
		r.Restart("the connection broke", in.Err())
	}
}

func subject(fault string) Subject {
	return Subject{
		Make:     func(address string) dstream.CustomReceiver[string] { return &lines{address: address, fault: fault} },
		Reliable: true,
	}
}

func TestAGoodReceiver(t *testing.T) { Run(t, subject("")) }

// Spark's own kind of receiver need not acknowledge.
func TestTheEnginesReceiver(t *testing.T) {
	for _, f := range Check(Subject{Make: dstream.NewSocketReceiver}) {
		assert.Empty(t, f.Problem, f.Requirement)
	}
}

// Each fault is found by the requirement that it breaks.
func TestFaultsAreFound(t *testing.T) {
	for fault, by := range map[string]struct {
		requirement string
		problem     string
	}{
		"slow":     {"stops within a second", "OnStop must have what OnStart started end"},
		"leaks":    {"leaks no goroutine", "still runs"},
		"gives up": {"survives a broken connection", "Call Restart"},
		"fast":     {"respects the rate", "call Acquire"},
		"forgets":  {"loses nothing after an acknowledgement", "is not in the output"},
		"blocks":   {"stops within a second", "must start a goroutine"},
	} {
		t.Run(fault, func(t *testing.T) {
			for _, r := range requirements(true) {
				if r.name == by.requirement {
					assert.ErrorContains(t, r.met(subject(fault)), by.problem)
				}
			}
		})
	}
}
