package scenario

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"etincelle/engine/event"
)

// Narrate tells what happened in a scenario, a line for each thing that the story is
// about, and the account at the end.
func (r Result) Narrate(english bool) []string {
	n := &narrator{english: english, tasks: map[string]int64{}, rows: map[string]int64{}, logged: map[int]bool{}, formed: map[int64][]int{}, done: map[int]bool{}}
	for _, e := range r.Events {
		if start, ok := e.(event.StreamingStart); ok && n.began.IsZero() {
			n.began = start.Time
		}
	}
	for _, e := range r.Events {
		n.hear(e)
	}
	lines := append(append(n.lines, ""), r.Balance.Table(english)...)
	shares := "Lignes par exécuteur : "
	if english {
		shares = "Rows by executor: "
	}
	return append(lines, shares+list(n.rows))
}

// narrator writes the lines.
type narrator struct {
	english bool
	began   time.Time
	lives   int
	tasks   map[string]int64 // of the batch under way, by executor
	rows    map[string]int64 // brought to the driver, by executor
	logged  map[int]bool     // blocks that are in the log
	formed  map[int64][]int
	done    map[int]bool // blocks of batches that are completed: nobody needs them
	lines   []string
}

func (n *narrator) say(at time.Time, french, english string, args ...any) {
	text := french
	if n.english {
		text = english
	}
	n.lines = append(n.lines, fmt.Sprintf("%8s  %s", n.seconds(at.Sub(n.began)), fmt.Sprintf(text, args...)))
}

// seconds is a time as people write it: "5,3 s".
func (n *narrator) seconds(d time.Duration) string { return decimal(d.Seconds(), n.english) + " s" }

func decimal(x float64, english bool) string {
	text := fmt.Sprintf("%.1f", x)
	if !english {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text
}

// batch is a batch's name: its time after the start.
func (n *narrator) batch(at int64) string {
	return n.seconds(time.UnixMilli(at).Sub(n.began))
}

func (n *narrator) hear(e event.Event) {
	switch e := e.(type) {
	case event.StreamingStart:
		n.start(e)
	case event.StreamingEnd:
		n.say(e.Time, "le programme s'arrête", "the program stops")
	case event.DriverLost:
		n.say(e.Time, "✗ le pilote meurt, et ses exécuteurs avec lui", "✗ the driver dies, and its executors with it")
	case event.ReceiverStarted:
		n.say(e.Time, "le récepteur démarre sur %s", "the receiver starts on %s", e.Executor)
	case event.ReceiverStopped:
		if !strings.HasSuffix(e.Message, "is lost") { // it has been told that the executor died
			n.say(e.Time, "le récepteur s'arrête sur %s (%s)", "the receiver stops on %s (%s)", e.Executor, e.Message)
		}
	case event.BatchFormed:
		for _, in := range e.Inputs {
			n.formed[e.Batch] = append(n.formed[e.Batch], in.Blocks...)
		}
	case event.ReceiverError:
		n.say(e.Time, "le récepteur signale : %s %s", "the receiver reports: %s %s", e.Message, e.Error)
	case event.ExecutorLost:
		n.say(e.Time, "✗ l'exécuteur %s meurt, avec tout ce qu'il garde", "✗ executor %s dies, with all that it holds", e.Executor)
	case event.InputBlockAdded:
		n.logged[e.Block] = e.Logged
	case event.InputBlockDropped:
		n.dropped(e)
	case event.InputLost:
		n.say(e.Time, "✗ le lot %s se passe du bloc input-%d-%d, de %d lignes", "✗ batch %s goes without block input-%d-%d, of %d rows", n.batch(e.Batch), e.Stream, e.Block, e.Rows)
	case event.BatchStarted:
		n.tasks = map[string]int64{}
	case event.TaskEnd:
		if e.Status == event.Succeeded {
			n.tasks[e.Executor]++
			n.rows[e.Executor] += e.Metrics.Result
		}
	case event.BatchCompleted:
		n.completed(e)
	case event.RateChanged:
		n.say(e.Time, "débit permis au récepteur : %s lignes/s", "the receiver may store %s rows/s", decimal(e.Rate, n.english))
	}
}

func (n *narrator) start(e event.StreamingStart) {
	n.lives++
	if n.lives == 1 {
		n.say(e.Time, "le programme démarre, un lot toutes les %s", "the program starts, a batch every %s", n.seconds(time.Duration(e.BatchDuration)*time.Millisecond))
		return
	}
	var again []string
	for _, at := range e.Recovered {
		again = append(again, n.batch(at))
	}
	n.say(e.Time, "le pilote revient de son point de reprise et refait les lots %s", "the driver comes back from its checkpoint and runs batches %s again", strings.Join(again, ", "))
}

func (n *narrator) dropped(e event.InputBlockDropped) {
	switch {
	case e.Reason != event.Lost || e.Left > 0 || n.done[e.Block]:
	case n.logged[e.Block]:
		n.say(e.Time, "le bloc input-%d-%d n'est plus que dans le journal", "block input-%d-%d is in the log alone now", e.Stream, e.Block)
	default:
		n.say(e.Time, "✗ le bloc input-%d-%d n'a plus de copie", "✗ block input-%d-%d has no copy any more", e.Stream, e.Block)
	}
}

func (n *narrator) completed(e event.BatchCompleted) {
	for _, block := range n.formed[e.Batch] {
		n.done[block] = true
	}
	n.say(e.Time, "lot %s : %d lignes, attente %s, traitement %s, tâches %s", "batch %s: %d rows, waited %s, ran %s, tasks %s",
		n.batch(e.Batch), e.InputSize, n.ms(e.SchedulingDelay), n.ms(e.ProcessingTime), list(n.tasks))
	if e.Failed > 0 {
		n.say(e.Time, "✗ lot %s : %d sortie(s) en échec", "✗ batch %s: %d output(s) failed", n.batch(e.Batch), e.Failed)
	}
}

// list is numbers by executor: "e0 5 · e1 10".
func list(by map[string]int64) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(by)) {
		parts = append(parts, fmt.Sprintf("%s %d", name, by[name]))
	}
	if parts == nil {
		return "0"
	}
	return strings.Join(parts, " · ")
}

func (n *narrator) ms(d int64) string { return n.seconds(time.Duration(d) * time.Millisecond) }

// Table is the account, a line each.
func (b Balance) Table(english bool) []string {
	rows := []struct {
		french, english string
		n               int64
	}{
		{"envoyées", "sent", b.Sent}, {"reçues", "received", b.Received}, {"rangées", "stored", b.Stored},
		{"traitées", "processed", b.Processed}, {"PERDUES", "LOST", b.Lost}, {"en double", "duplicated", b.Duplicated},
		{"encore à la source", "still at the source", b.Waiting},
	}
	title := "Bilan, en lignes"
	if english {
		title = "Account, in rows"
	}
	lines := []string{title}
	for _, r := range rows {
		name := r.french
		if english {
			name = r.english
		}
		lines = append(lines, fmt.Sprintf("  %s%s%6d", name, strings.Repeat(" ", 22-len([]rune(name))), r.n))
	}
	return lines
}
