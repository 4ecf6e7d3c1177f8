package receiving

import (
	"fmt"
	"strconv"
	"strings"

	"etincelle/grader/message"
	"etincelle/tui/canvas"
	model "etincelle/tui/model/receiving"
	"etincelle/tui/stepper"
	"etincelle/tui/trial"
)

// Prediction is what a student wrote about a batch before seeing it: an answer to each
// question, empty where there is none.
type Prediction struct {
	Batch   int64 // its time, in milliseconds after the start
	Answers [numQuestions]string
}

// question is one thing that is asked about a batch.
type question int

const (
	askRows question = iota
	askLost
	askWaiting
	askResult
	numQuestions
)

// The questions, and how their answers are kept with those of the TP.
var (
	asked = [numQuestions]message.Text{
		message.Both("Lot {at} s : combien de lignes reçues ? ", "Batch {at} s: how many rows received? "),
		message.Both("Lot {at} s : combien de lignes perdues ? ", "Batch {at} s: how many rows lost? "),
		message.Both("Lot {at} s : combien de lots pas finis avant lui ? ", "Batch {at} s: how many batches not over before it? "),
		message.Both("Lot {at} s : une ligne de son résultat (spark 80) ? ", "Batch {at} s: a row of its result (spark 80)? "),
	}
	keptAs = [numQuestions]string{"rows", "lost", "waiting", "result"}
	named  = [numQuestions]message.Text{
		message.Both("lignes reçues", "rows received"), message.Both("lignes perdues", "rows lost"),
		message.Both("lots avant lui", "batches before it"), message.Both("résultat", "result"),
	}
	rightAnswer = message.Both("✔ {what} : {answer}, comme prévu. {why}", "✔ {what}: {answer}, as predicted. {why}")
	wrongAnswer = message.Both("✗ {what} : {answer}, vous aviez écrit {guess}. {why}", "✗ {what}: {answer}, you had written {guess}. {why}")

	whyRows       = message.Both("Entre {from} s et {at} s : {list}.", "Between {from} s and {at} s: {list}.")
	whyNoRows     = message.Both("Aucun récepteur n'a rien donné entre {from} s et {at} s.", "No receiver gave anything between {from} s and {at} s.")
	whyNothing    = message.Both("Chaque bloc avait encore une copie, ou le journal.", "Each block still had a copy, or the log.")
	whyLost       = message.Both("Ces blocs n'étaient que sur ce qui est mort, et dans aucun journal.", "These blocks were only on what died, and in no log.")
	whyQueue      = message.Both("Le lot {before} s, le dernier fini alors, avait pris {processing} ms ; un lot vient toutes les {batch} ms.", "Batch {before} s, the last that was over then, had taken {processing} ms; a batch comes each {batch} ms.")
	whyFirst      = message.Both("Aucun lot n'était fini alors.", "No batch was over then.")
	whyResult     = message.Both("Résultat : {list}.", "Result: {list}.")
	noResultAtAll = message.Both("aucune ligne", "no row")
)

// verdict is an answer, marked.
type verdict struct {
	right bool
	text  message.Text
	facts message.Facts
}

func (v verdict) in(l message.Language) string { return v.text.Fill(l, v.facts) }

// predict asks about the next batch, then shows it when it is over. An empty answer is
// none.
func (s *screen) predict() {
	batch, position, some := s.line.Outcome(s.state.Position)
	if !some {
		s.Notice = s.Say(stepper.LastStep, nil)
		return
	}
	s.askNext(batch, position, Prediction{Batch: batch.Time - s.line.Zero()}, 0)
}

func (s *screen) askNext(batch model.Batch, position int, made Prediction, q question) {
	if q == numQuestions || q == askResult && len(batch.Results) == 0 {
		s.judge(batch, position, made)
		return
	}
	s.Ask(s.Say(asked[q], message.Facts{"at": seconds(made.Batch)}), nil, func(text string) {
		made.Answers[q] = strings.TrimSpace(text)
		s.askNext(batch, position, made, q+1)
	})
}

// judge goes to where the batch is over, marks the answers and keeps them.
func (s *screen) judge(batch model.Batch, position int, made Prediction) {
	var all []verdict
	for q, guess := range made.Answers {
		if guess != "" {
			all = append(all, s.mark(question(q), batch, position, guess))
		}
	}
	if len(all) > 0 {
		if s.predicted == nil {
			s.predicted = map[int][]verdict{}
		}
		s.predicted[position] = all
		if s.options.Keep != nil {
			if err := s.options.Keep(made); err != nil {
				s.Tell(trial.Failure, message.Facts{"error": err.Error()})
			}
		}
	}
	s.goTo(position)
}

// mark marks one answer and says why the right one is right.
func (p *page) mark(q question, b model.Batch, position int, guess string) verdict {
	end := p.line.At(position)
	at := end.Seconds(b.Time)
	answer, why, facts := "", whyNothing, message.Facts{"at": at, "from": at - seconds(end.Program.BatchDuration), "batch": end.Program.BatchDuration}
	switch q {
	case askRows:
		answer, why = fmt.Sprint(b.Rows), whyNoRows
		var parts []string
		for _, in := range b.Inputs {
			parts = append(parts, fmt.Sprintf("R%d %d", in.Stream, in.Records))
		}
		if b.Rows > 0 {
			why, facts["list"] = whyRows, strings.Join(parts, ", ")
		}
	case askLost:
		answer = fmt.Sprint(b.Lost)
		if b.Lost > 0 {
			why = whyLost
		}
	case askWaiting:
		answer, why = fmt.Sprint(b.Waiting), whyFirst
		if last := p.endedBy(&end, b.Time); last != nil {
			why, facts["before"], facts["processing"] = whyQueue, end.Seconds(last.Time), last.Processing
		}
	case askResult:
		return p.markResult(b, guess)
	}
	return p.marked(q, sameNumber(guess, answer), guess, answer, message.Text{French: why.Fill(message.French, facts), English: why.Fill(message.English, facts)})
}

// endedBy is the batch that was over last at a time.
func (p *page) endedBy(s *model.State, at int64) *model.Batch {
	var last *model.Batch
	for b := range s.Batches.All() {
		if b.Completed > 0 && b.Completed <= at && (last == nil || b.Completed > last.Completed) {
			last = b
		}
	}
	return last
}

// markResult marks a row of the result, with or without parentheses and commas.
func (p *page) markResult(b model.Batch, guess string) verdict {
	var rows []string
	right := false
	for _, r := range b.Results {
		for _, row := range r.Rows {
			text := strings.Join(row, " ")
			rows = append(rows, text)
			right = right || spelled(text) == spelled(guess)
		}
	}
	list := message.Both(strings.Join(rows, " ; "), strings.Join(rows, "; "))
	if len(rows) == 0 {
		list = noResultAtAll
	}
	if right {
		return p.marked(askResult, true, guess, guess, message.Text{})
	}
	return verdict{text: wrongResult, facts: message.Facts{"guess": canvas.Clean(guess), "list": list}}
}

var wrongResult = message.Both("✗ résultat : « {guess} » n'y est pas. Il est : {list}.", "✗ result: “{guess}” is not in it. It is: {list}.")

func (p *page) marked(q question, right bool, guess, answer string, why message.Text) verdict {
	text := wrongAnswer
	if right {
		text = rightAnswer
	}
	return verdict{right, text, message.Facts{"what": named[q], "answer": canvas.Clean(answer), "guess": canvas.Clean(guess), "why": why}}
}

func sameNumber(guess, answer string) bool {
	n, err := strconv.ParseInt(guess, 10, 64)
	return err == nil && strconv.FormatInt(n, 10) == answer
}

// spelled is a row as answers are compared: its words.
func spelled(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" (),;:", r) || string(r) == message.Hard }), " ")
}

// Name is under what the prediction is kept.
func (p Prediction) Name() string { return fmt.Sprintf("step-batch-%gs", seconds(p.Batch)) }

// Text is the prediction as it is kept.
func (p Prediction) Text() string {
	var parts []string
	for q, answer := range p.Answers {
		if answer != "" {
			parts = append(parts, keptAs[q]+": "+answer)
		}
	}
	return strings.Join(parts, " | ")
}
