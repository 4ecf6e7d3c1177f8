// Package cells runs a notebook's cells inside the program that is made of them
// (Main), and reads in the parent what that program wrote (Split). Both ends of
// one small protocol stand here.
//
// The cells share one standard output. A line before and after each tells them
// apart: a control character, a nonce that the parent chose, and a word.
//
//	␞NONCE begin NAME    the cell NAME starts
//	␞NONCE end           it returned
//	␞NONCE panic 41 "…"  it panicked, at this line of the notebook (0 unknown)
//	␞NONCE exit          it ended its goroutine, as a test's FailNow does
package cells

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
)

// Nonce is the environment variable that holds the nonce.
const Nonce = "ETINCELLE_NOTEBOOK_NONCE"

// mark begins a line of the protocol: the record separator.
const mark = "\x1e"

// Cell is a cell as a function.
type Cell struct {
	Name string
	Run  func()
}

// Main runs the cells that the program's arguments name, all when there are
// none, in the notebook's order. path is the notebook's, as in //line.
func Main(path string, cells ...Cell) {
	nonce := os.Getenv(Nonce)
	os.Unsetenv(Nonce) // a cell has no use for it
	for _, cell := range cells {
		if len(os.Args) > 1 && !slices.Contains(os.Args[1:], cell.Name) {
			continue
		}
		say(nonce, "begin "+cell.Name)
		say(nonce, run(path, cell))
	}
}

// say writes a line of the protocol in one piece.
func say(nonce, words string) {
	os.Stdout.WriteString(mark + nonce + " " + words + "\n")
}

// run runs a cell in a goroutine of its own, which it may end, and tells how it
// came out.
func run(path string, cell Cell) string {
	outcome := make(chan string)
	go func() {
		ended := "exit"
		defer func() {
			if failure := recover(); failure != nil {
				ended = fmt.Sprintf("panic %d %s", line(path), strconv.Quote(words(failure)))
			}
			outcome <- ended
		}()
		cell.Run()
		ended = "end"
	}()
	return <-outcome
}

// words is what a panic says.
func words(failure any) string {
	if err, is := failure.(error); is {
		return err.Error()
	}
	return fmt.Sprint(failure)
}

// line is the innermost line of the notebook on the panicking stack, or 0.
func line(path string) int {
	pcs := make([]uintptr, 256)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs)])
	for {
		frame, more := frames.Next()
		if filepath.ToSlash(frame.File) == path {
			return frame.Line
		}
		if !more {
			return 0
		}
	}
}
