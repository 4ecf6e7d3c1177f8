package runner

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"etincelle/grader/evidence"
	"etincelle/grader/protocol"
)

// conversation is the parent's end of the protocol.
type conversation struct {
	nonce  string
	soft   int64 // bytes of memory, see protocol.Hello
	orders io.Writer
	frames *bufio.Reader
	print  func([]byte) // takes what is no frame
	said   int64        // bytes
}

// errTalk ends a conversation with a child that never ends its own.
var errTalk = errors.New("too much was said")

// errProtocol is a harness that does not do what it should: the grader's fault.
var errProtocol = errors.New("the harness does not keep to the protocol")

// hold makes the calls and returns what was answered until the end, or until
// the conversation broke off.
func (c *conversation) hold(calls []Call) ([]evidence.Outcome, error) {
	if err := c.order(protocol.Order{Hello: &protocol.Hello{Version: protocol.Version, Nonce: c.nonce, SoftMemory: c.soft}}); err != nil {
		return nil, err
	}
	f, err := c.frame()
	if err != nil {
		return nil, err
	}
	if f.Ready == nil || f.Ready.Version != protocol.Version {
		return nil, fmt.Errorf("%w: it is not of version %d", errProtocol, protocol.Version)
	}
	var outcomes []evidence.Outcome
	for i, call := range calls {
		o, err := c.call(i, call)
		if err != nil {
			return outcomes, err
		}
		outcomes = append(outcomes, o)
	}
	return outcomes, nil
}

// call makes one call and serves its sources until the answer.
func (c *conversation) call(number int, call Call) (evidence.Outcome, error) {
	spec := protocol.Case{Number: number, Function: call.Function, Params: call.Case.Params, Session: call.Case.Session}
	for _, s := range call.Case.Sources {
		spec.Sources = append(spec.Sources, protocol.Source{Name: s.Name, Partitions: len(s.Partitions)})
	}
	if err := c.order(protocol.Order{Case: &spec}); err != nil {
		return evidence.Outcome{}, err
	}
	var recording evidence.Recording
	for {
		f, err := c.frame()
		if err != nil {
			return evidence.Outcome{}, err
		}
		late := f.Case != number // something that an earlier call left running
		switch {
		case f.Need != nil:
			rows := []json.RawMessage{}
			if !late {
				rows = partition(call, *f.Need)
				recording.Served(f.Need.Source, len(rows))
			}
			if err := c.order(protocol.Order{Rows: &protocol.Rows{Rows: rows}}); err != nil {
				return evidence.Outcome{}, err
			}
		case late:
		case recording.Take(f):
			return recording.Outcome(call.Case.SourceNames()), nil
		}
	}
}

// partition is the rows that are asked for: none of what does not exist.
func partition(call Call, n protocol.Need) []json.RawMessage {
	parts := call.Case.Source(n.Source).Partitions
	if n.Partition < 0 || n.Partition >= len(parts) || parts[n.Partition] == nil {
		return []json.RawMessage{}
	}
	return parts[n.Partition]
}

func (c *conversation) order(o protocol.Order) error {
	line, err := protocol.Line(o)
	if err != nil {
		return fmt.Errorf("%w: %w", errProtocol, err)
	}
	_, err = c.orders.Write(line)
	return err
}

// frame is the next frame; what is printed before it is passed on.
func (c *conversation) frame() (protocol.Frame, error) {
	for {
		line, err := protocol.ReadLine(c.frames)
		if errors.Is(err, protocol.ErrLineTooLong) {
			return protocol.Frame{}, errTalk
		}
		if err != nil {
			return protocol.Frame{}, err
		}
		f, ok := protocol.ParseFrame(line, c.nonce)
		if !ok {
			c.print(line)
			continue
		}
		if c.said += int64(len(line)); c.said > maxTalk {
			return protocol.Frame{}, errTalk
		}
		return f, nil
	}
}
