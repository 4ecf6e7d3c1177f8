package watch

import (
	"context"
	"fmt"
	"runtime/debug"

	"etincelle/grader/build"
	"etincelle/grader/class"
	"etincelle/grader/lab"
)

// news is what the worker tells the screen: one of its fields is set.
type news struct {
	warm   *build.Progress
	ready  bool           // to judge
	told   *class.Checked // verdicts
	judged *class.Checked // and their smallest cases
	of     int            // the job that they are of
	fault  error          // ours: the watch ends
}

// worker does one thing at a time beside the screen. A new job ends the one
// before: what was saved since makes it worthless.
type worker struct {
	work   Work
	news   chan news
	press  func() // wakes the screen
	ctx    context.Context
	cancel context.CancelFunc // of all
	end    context.CancelFunc // of the job
	over   chan struct{}      // closed when the job has ended
	job    int                // the last one's number
}

func newWorker(ctx context.Context, work Work, press func()) *worker {
	w := &worker{work: work, news: make(chan news, 16), press: press, end: func() {}, over: make(chan struct{})}
	close(w.over)
	w.ctx, w.cancel = context.WithCancel(ctx)
	return w
}

// begin starts a job when the one before has ended.
func (w *worker) begin(job func(ctx context.Context, number int) error) {
	w.end()
	before, over := w.over, make(chan struct{})
	ctx, end := context.WithCancel(w.ctx)
	w.job++
	w.over, w.end = over, end
	number := w.job
	go func() {
		defer close(over)
		defer end()
		<-before
		if err := guarded(func() error { return job(ctx, number) }); err != nil && ctx.Err() == nil {
			w.tell(ctx, news{fault: err})
		}
	}()
}

// guarded turns a defect of ours into an error: a panic beside the screen would
// leave the terminal as it is.
func guarded(run func() error) (err error) {
	defer func() {
		if defect := recover(); defect != nil {
			err = fmt.Errorf("the check failed, nothing of yours is lost: %v\n%s", defect, debug.Stack())
		}
	}()
	return run()
}

func (w *worker) tell(ctx context.Context, n news) {
	select {
	case w.news <- n:
		w.press()
	case <-ctx.Done():
	}
}

func (w *worker) prepare() {
	w.begin(func(ctx context.Context, _ int) error {
		if err := w.work.Prepare(ctx, func(p build.Progress) { w.tell(ctx, news{warm: &p}) }); err != nil {
			return err
		}
		w.tell(ctx, news{ready: true})
		return nil
	})
}

func (w *worker) check(source []byte, exercises []lab.Exercise) {
	w.begin(func(ctx context.Context, number int) error {
		c, err := w.work.Check(ctx, source, exercises, func(c class.Checked) { w.tell(ctx, news{told: &c, of: number}) })
		if err != nil {
			return err
		}
		w.tell(ctx, news{judged: &c, of: number})
		return nil
	})
}

// stop ends what is done and waits for it.
func (w *worker) stop() {
	w.cancel()
	<-w.over
}
