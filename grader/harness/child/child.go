// Package child is the program under test's own end of the conversation with
// the grader: what a generated main calls, and nothing else.
package child

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"sync"

	"etincelle/grader/harness"
	"etincelle/grader/harness/stdio"
	"etincelle/grader/protocol"
)

// maxStack bounds one goroutine's stack, in bytes: an endless recursion ends
// in half a second instead of eating the memory limit first.
const maxStack = 64 << 20

// Main serves the cases that the parent sends, with the functions of each of
// the program's exercises, and ends the process.
func Main(exercises ...[]harness.Function) {
	debug.SetMaxStack(maxStack)
	settle()
	in, out := stdio.Streams()
	p := &pipe{in: bufio.NewReaderSize(in, 1<<16), out: bufio.NewWriterSize(out, 1<<16)}
	if err := p.serve(exercises); err != nil {
		fmt.Fprintln(os.Stderr, "harness:", err)
		os.Exit(1)
	}
}

// pipe is harness.Parent over the standard streams.
type pipe struct {
	nonce string

	asking sync.Mutex // held from a question to its answer; guards in
	in     *bufio.Reader

	writing sync.Mutex // guards out
	out     *bufio.Writer
}

func (p *pipe) serve(exercises [][]harness.Function) error {
	functions := map[string]harness.Function{}
	var names []string
	for _, f := range slices.Concat(exercises...) {
		functions[f.Name] = f
		names = append(names, f.Name)
	}
	for {
		order, err := p.read()
		if errors.Is(err, io.EOF) {
			return nil // the parent has no more cases
		}
		switch {
		case err != nil:
			return err
		case order.Hello != nil:
			p.nonce = order.Hello.Nonce
			limitSoftly(order.Hello.SoftMemory)
			p.Tell(protocol.Frame{Ready: &protocol.Ready{Version: protocol.Version, Functions: names}})
		case order.Case != nil:
			f, known := functions[order.Case.Function]
			if !known {
				return fmt.Errorf("case %d asks for the function %q, which this program does not have", order.Case.Number, order.Case.Function)
			}
			harness.Run(f, *order.Case, p)
		default:
			return errors.New("an order of the parent is empty")
		}
	}
}

func (p *pipe) read() (protocol.Order, error) {
	var order protocol.Order
	line, err := protocol.ReadLine(p.in)
	if err != nil {
		return order, err
	}
	if err := json.Unmarshal(line, &order); err != nil {
		return order, fmt.Errorf("an order of the parent cannot be read: %w", err)
	}
	return order, nil
}

// Rows implements harness.Parent.
func (p *pipe) Rows(number int, source string, partition int) ([]json.RawMessage, error) {
	p.asking.Lock()
	defer p.asking.Unlock()
	p.Tell(protocol.Frame{Case: number, Need: &protocol.Need{Source: source, Partition: partition}})
	order, err := p.read()
	if err != nil {
		return nil, err
	}
	if order.Rows == nil {
		return nil, fmt.Errorf("partition %d of %s was asked for and no rows came", partition, source)
	}
	return order.Rows.Rows, nil
}

// Tell implements harness.Parent. Events wait in the buffer; what the parent
// waits for does not.
func (p *pipe) Tell(f protocol.Frame) {
	f.Nonce = p.nonce
	line, err := protocol.Line(f)
	if err != nil {
		line, err = protocol.Line(protocol.Frame{Nonce: p.nonce, Case: f.Case, Failure: &protocol.Failure{
			Kind: protocol.HarnessFailed, Texts: []string{err.Error()}}})
	}
	p.writing.Lock()
	defer p.writing.Unlock()
	if err == nil {
		_, err = p.out.Write(line)
	}
	if err == nil && f.Event == nil {
		err = p.out.Flush()
	}
	if err != nil {
		os.Exit(1) // the parent is gone, and nobody is left to work for
	}
}
