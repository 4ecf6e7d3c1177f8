// Package terminal puts a page on the terminal and takes it away again: the one
// widget that every screen is (window.go), its clock (clock.go), and an
// application that gives the terminal back as it was, whatever ends it (this
// file).
package terminal

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/rivo/tview"
)

// Signals is a context that ends when the program is asked to end, or when the
// one that started it is gone: killing `go run .` must not leave a screen behind
// that reads the shell's keyboard.
func Signals() (context.Context, context.CancelFunc) {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	parent := os.Getppid()
	go func() {
		look := time.NewTicker(time.Second)
		defer look.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-look.C:
				if os.Getppid() != parent {
					fromBackground()
					cancel()
				}
			}
		}
	}()
	return ctx, cancel
}

// Defect is a panic of ours, with the place where it happened for who mends it.
type Defect struct {
	Value any
	Stack []byte
}

// Error is one line; the stack is not for students.
func (d *Defect) Error() string {
	return fmt.Sprintf("the screen failed, nothing of yours is lost: %v", d.Value)
}

// Run shows a window until it quits or the context ends. It returns with the
// terminal as it was.
func Run(ctx context.Context, app *tview.Application, w *Window) (err error) {
	defer func() {
		if defect := recover(); defect != nil { // tview has given the terminal back
			err = &Defect{defect, debug.Stack()}
		}
	}()
	w.quit = app.Stop
	stop := context.AfterFunc(ctx, app.Stop)
	defer stop()
	app.EnablePaste(true).EnableMouse(w.options.Mouse).SetRoot(w, true)
	if err := app.Run(); err != nil {
		return fmt.Errorf("no screen on this terminal (the same as text: --plain): %w", err)
	}
	return nil
}
