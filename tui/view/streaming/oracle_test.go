package streaming

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"etincelle/grader/message"
	"etincelle/tui/canvas"
	model "etincelle/tui/model/streaming"
	"etincelle/tui/stepper"
)

// spark is what Spark did with case M in one mode.
type spark struct {
	Steps []struct {
		Add struct {
			Events [][2]string `json:"events"`
		} `json:"add"`
		Batches []sparkBatch `json:"batches"`
	} `json:"steps"`
}

type sparkBatch struct {
	ID        int64     `json:"id"`
	Watermark time.Time `json:"watermark"`
	Input     int64     `json:"num_input_rows"`
	State     []struct {
		Total   int64 `json:"rows_total"`
		Updated int64 `json:"rows_updated"`
		Removed int64 `json:"rows_removed"`
		Dropped int64 `json:"rows_dropped_by_watermark"`
	} `json:"state"`
	Rows [][]any `json:"rows"`

	events [][2]string
	step   int
	turn   int // in its step
}

func sparkDid(t *testing.T, mode string) []sparkBatch {
	body, err := os.ReadFile(filepath.Join("..", "..", "..", "engine", "enginetest", "testdata", "oracle", "structured", "guide_animals_"+mode+".json"))
	require.NoError(t, err)
	var s spark
	require.NoError(t, json.Unmarshal(body, &s))
	var all []sparkBatch
	for i, step := range s.Steps {
		for j, b := range step.Batches {
			b.step, b.turn = i, j
			if j == 0 {
				b.events = step.Add.Events
			}
			all = append(all, b)
		}
	}
	return all
}

func hour(t *testing.T, v any) string {
	at, err := time.Parse(time.RFC3339, v.(string))
	require.NoError(t, err)
	return at.Format("15:04")
}

// written is the batch's rows as the screen writes them.
func (b sparkBatch) written(t *testing.T) []string {
	all := []string{}
	for _, r := range b.Rows {
		all = append(all, fmt.Sprintf("%s–%s %s %v", hour(t, r[0]), hour(t, r[1]), r[2], r[3]))
	}
	slices.Sort(all)
	return all
}

// TestEveryNumberOfCaseM compares all that the screen shows of each step of case M,
// in each mode, with what Spark did: the outputs, their counts and totals, the state's
// counts, the watermark's place on the axis and that of each event.
func TestEveryNumberOfCaseM(t *testing.T) {
	story, err := model.New(tape(t, "animals"), 0)
	require.NoError(t, err)
	p := page{look: look{Look: stepper.Look{Language: message.French, Title: message.Same("M")}, row: -1}, bench: bench{Scenario: experiment(t, "animals")}}
	p.tell(story, 0)
	did := map[string][]sparkBatch{}
	total := map[string]int64{}
	for _, mode := range []string{"append", "update", "complete"} {
		did[mode] = sparkDid(t, mode)
	}
	require.Equal(t, len(did["update"]), story.Len())
	for at := 1; at <= story.Len(); at++ {
		p.goTo(at)
		lead := did["append"][at-1]
		p.checkTime(t, lead)
		for i, q := range story.Queries {
			p.mode = i
			at := slices.IndexFunc(did[q.Mode], func(b sparkBatch) bool { return b.step == lead.step && b.turn == lead.turn })
			text := lines(p.outputLines(p.modeInFocus(), 60))
			if at < 0 {
				require.Contains(t, text, "Pas de lot ici", "batch %d, %s", lead.ID, q.Mode)
				continue
			}
			b := did[q.Mode][at]
			total[q.Mode] += int64(len(b.Rows))
			what := fmt.Sprintf("batch %d, %s", b.ID, q.Mode)
			require.Equal(t, b.written(t), rowsOn(text), what)
			require.Contains(t, text, message.Both("{n:ligne|lignes} · {total} depuis le début", "").Fill(message.French, message.Facts{"n": len(b.Rows), "total": total[q.Mode]}), what)
			require.Contains(t, p.outputTitle(p.modeInFocus()), fmt.Sprintf("lot %d", b.ID), what)
			s := b.State[0]
			require.Contains(t, lines(p.stateLines(90)), message.Both("{a:ligne|lignes} · modifiées {b} · supprimées {c} · tardives {d}", "").Fill(message.French, message.Facts{"a": s.Total, "b": s.Updated, "c": s.Removed, "d": s.Dropped}), what)
		}
	}
	require.Equal(t, map[string]int64{"append": 13, "update": 24, "complete": 73}, total)
}

func lines(all canvas.Listing, _ int) string {
	var b strings.Builder
	for _, l := range all {
		for _, s := range l() {
			b.WriteString(s.Text)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

var rowLine = regexp.MustCompile(`(?m)^(\d\d:\d\d–\d\d:\d\d) +(\S+) +(\d+)`)

func rowsOn(text string) []string {
	all := []string{}
	for _, m := range rowLine.FindAllStringSubmatch(text, -1) {
		all = append(all, strings.Join(m[1:], " "))
	}
	slices.Sort(all)
	return all
}

// checkTime reads the panel of time as a reader does, by the times above the columns.
func (p *page) checkTime(t *testing.T, b sparkBatch) {
	all := strings.Split(lines(p.timeLines(110, 14), 0), "\n")
	axis := []rune(all[0])
	zero, ten := strings.Index(string(axis), "12:00"), strings.Index(string(axis), "12:10")
	perMinute := float64(ten-zero) / 10
	column := func(at time.Time) int {
		minutes := at.Sub(time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC)).Minutes()
		return zero + int(minutes*perMinute)
	}
	var line []rune
	for _, l := range all {
		if strings.HasPrefix(l, "▶") {
			line = []rune(l)
		}
	}
	require.Contains(t, string(line), fmt.Sprintf("lot %2d", b.ID))
	if b.Watermark.Unix() == 0 {
		require.NotContains(t, string(line), "┃")
	} else {
		require.Equal(t, "┃", string(line[column(b.Watermark)]), "batch %d", b.ID)
	}
	if len(b.events) == 0 {
		require.Contains(t, string(line), "(lot vide)")
	}
	for _, e := range b.events {
		at, err := time.Parse(time.RFC3339, e[0])
		require.NoError(t, err)
		want := p.signs[e[1]]
		if e[1] == "âne" {
			want = '✗'
		}
		require.Equal(t, string(want), string(line[column(at)]), "batch %d, %v", b.ID, e)
	}
}

// TestTheSameNumbersAsTextAndAsData: plain lines and JSON tell the same of batch 6.
func TestTheSameNumbersAsTextAndAsData(t *testing.T) {
	six := int64(6)
	o := options(t, message.French)
	o.Batch = &six
	var b bytes.Buffer
	require.NoError(t, Plain(&b, tape(t, "animals"), o))
	for _, want := range []string{"LOT 6 sur 10", "ENTRÉES (2)", "12:04 âne : rejetée, trop tard (ajout, mise à jour)", "12:17 hibou : acceptée", "FILIGRANE avant : 12:11, après : 12:11",
		"ÉTAT mise à jour (9 lignes, 2 modifiées, 0 supprimées, 2 tardives)", "12:10–12:20 chat 1, chien 1, hibou 2 (était 1)", "SORTIE ajout (0)", "SORTIE mise à jour (2)", "SORTIE complet, son lot 3 (14)"} {
		require.Contains(t, b.String(), want)
	}
	b.Reset()
	require.NoError(t, JSON(&b, tape(t, "animals"), o))
	var steps []dataStep
	require.NoError(t, json.Unmarshal(b.Bytes(), &steps))
	require.Len(t, steps, 1)
	require.EqualValues(t, 2, steps[0].Modes["update"].Count)
	require.EqualValues(t, 0, steps[0].Modes["append"].Count)
	require.EqualValues(t, 14, steps[0].Modes["complete"].Count)
	require.EqualValues(t, 3, steps[0].Modes["complete"].Batch)
	require.Equal(t, "12:11", steps[0].Watermark.Format("15:04"))
}
