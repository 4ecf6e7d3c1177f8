package book

import (
	"os"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/grader/message"
	"etincelle/grader/notebook"
	"etincelle/tui/canvas"
	"etincelle/tui/keys"
)

// anyState is a reader somewhere in the sample.
func anyState(t *rapid.T) *state {
	l := rapid.SampledFrom([]message.Language{message.French, message.English}).Draw(t, "language")
	n := sample(t, l)
	predictions := map[string]string{}
	if rapid.Bool().Draw(t, "predicted") {
		predictions["sum"] = rapid.String().Draw(t, "prediction")
	}
	s := newState(n, l, predictions, map[int]Mark{1: Mark(rapid.IntRange(0, 2).Draw(t, "mark"))})
	for _, c := range n.Cells() {
		switch rapid.IntRange(0, 3).Draw(t, "state of "+c.Name) {
		case 1:
			s.ran([]notebook.CellResult{{Cell: c, Output: rapid.String().Draw(t, "output")}}, []string{c.Name})
		case 2:
			s.running, s.seconds = []string{c.Name}, rapid.IntRange(0, 9).Draw(t, "seconds")
		case 3:
			s.ran([]notebook.CellResult{{Cell: c, Err: &notebook.Failure{Line: 3, Message: rapid.String().Draw(t, "panic")}}}, nil)
		}
	}
	return s
}

var withFigures = ink{files: os.DirFS("testdata")}

// Law: each line of the sheet is an entry's or stands between two, fits the
// width, and is found again by its position.
func TestSheet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyState(t)
		width := rapid.IntRange(leastWidth, 120).Draw(t, "width")
		sh := s.sheet(width, withFigures)
		for i, row := range sh.rows {
			require.LessOrEqual(t, row.line.Columns(), width, "%s", text(row.line))
			require.Equal(t, i, sh.index(sh.position(i)))
			if row.entry < 0 {
				require.Empty(t, text(row.line))
			}
		}
		at := 0
		for _, e := range sh.entries {
			require.Equal(t, at, e.first)
			require.GreaterOrEqual(t, e.last, e.first)
			at = e.last + 2
		}
	})
}

// Law: before its prediction and its run, a cell's outcome is nowhere on the
// sheet, whatever else is done.
func TestNothingTellsBeforehand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := sample(t, message.French)
		s := newState(n, message.French, map[string]string{}, nil)
		if rapid.Bool().Draw(t, "all cells have run") {
			for _, c := range n.Cells() {
				s.ran([]notebook.CellResult{{Cell: c, Output: "total: 10\n"}}, nil)
			}
			delete(s.results, "hello")
			delete(s.results, "last")
		}
		for _, row := range s.sheet(rapid.IntRange(leastWidth, 120).Draw(t, "width"), ink{}).rows {
			for _, tells := range []string{"total: 10", "dix"} {
				require.NotContains(t, text(row.line), tells)
			}
		}
	})
}

// A place in the notebook stays one when lines come above it.
func TestPositionsOutliveChanges(t *testing.T) {
	n := sample(t, message.French)
	s := newState(n, message.French, map[string]string{}, nil)
	require.True(t, s.goTo("suite"))
	before := s.sheet(78, ink{})
	require.Contains(t, text(before.rows[s.top(before)].line), "Et après")
	s.seen["sum"] = true
	after := s.sheet(40, ink{})
	assert.NotEqual(t, s.top(before), s.top(after))
	assert.Contains(t, text(after.rows[s.top(after)].line), "Et après")
	assert.Equal(t, "suite", s.section())
	assert.False(t, s.goTo("nulle part"))
	assert.Equal(t, "", s.section())
}

// Law: whatever is done, the page shows a part of the sheet, and ▶ is on it.
func TestMovesStayOnTheSheet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyState(t)
		sh := s.sheet(78, withFigures)
		height := rapid.IntRange(1, 60).Draw(t, "height")
		for range rapid.IntRange(0, 12).Draw(t, "moves") {
			by := rapid.SampledFrom([]int{-1, 1}).Draw(t, "by")
			switch rapid.IntRange(0, 4).Draw(t, "move") {
			case 0:
				s.scroll(sh, height, by*rapid.IntRange(1, height).Draw(t, "lines"))
			case 1:
				s.choose(sh, height, by)
			case 2:
				s.skip(sh, height, by)
			case 3:
				s.query = rapid.SampledFrom([]string{"a", "total", "zzz"}).Draw(t, "query")
				s.search(sh, height, by)
			case 4:
				s.revealOutcome(sh, height)
			}
			top := s.top(sh)
			require.GreaterOrEqual(t, top, 0)
			require.Less(t, top, len(sh.rows))
			if e := sh.entry(s.focus); e != nil {
				require.True(t, e.interactive)
				require.True(t, e.last >= top && e.first < top+height)
			}
		}
	})
}

func TestPagesGoThereAndBack(t *testing.T) {
	s := newState(sample(t, message.French), message.French, map[string]string{}, nil)
	sh := s.sheet(78, ink{})
	s.scroll(sh, 10, 9)
	require.Equal(t, 9, s.top(sh))
	s.scroll(sh, 10, -9)
	require.Equal(t, 0, s.top(sh))
	s.scroll(sh, 10, 1000)
	require.Equal(t, len(sh.rows)-10, s.top(sh))
	s.scroll(sh, 10, -1)
	require.Equal(t, len(sh.rows)-11, s.top(sh), "one line back from the end is one line")
}

func TestSearch(t *testing.T) {
	s := newState(sample(t, message.French), message.French, map[string]string{}, nil)
	sh := s.sheet(78, ink{})
	line := func() string { return text(sh.rows[sh.index(s.hit)].line) }
	s.query = "tot"
	found, round := s.search(sh, 8, 1)
	require.True(t, found && !round)
	require.Equal(t, "│ total := 0", line())
	s.search(sh, 8, 1)
	require.Equal(t, "│     total += n", line())
	_, round = s.search(sh, 8, -1)
	require.False(t, round)
	require.Equal(t, "│ total := 0", line())
	_, round = s.search(sh, 8, -1)
	require.True(t, round)
	require.Contains(t, line(), "Println")
	s.query = "introuvable"
	found, _ = s.search(sh, 8, 1)
	require.False(t, found)
}

func TestMatches(t *testing.T) {
	assert.Equal(t, [][2]int{{0, 2}, {3, 5}}, matches("ÉaÉ", "é"))
	assert.Nil(t, matches("abc", ""))
	assert.Nil(t, matches("ab", "abc"))
	line := marked(canvas.Line{canvas.Say(canvas.Strong, "un to"), canvas.Say(canvas.Normal, "tal, total")}, "total", canvas.Found)
	var shown []string
	for _, span := range line {
		if span.Text != "" {
			shown = append(shown, span.Text+"/"+string(span.Role))
		}
	}
	assert.Equal(t, []string{"un /1", "to/7", "tal/7", ", /", "total/7"}, shown)
}

// TestAnySize: whatever the size and the state, a page can be drawn, twice alike,
// without a character that a terminal obeys.
func TestAnySize(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyState(t)
		p := page{state: s, name: "tp09", ink: withFigures, notice: rapid.SampledFrom([]string{"", "un mot"}).Draw(t, "notice")}
		switch rapid.IntRange(0, 4).Draw(t, "over") {
		case 1:
			p.asked = s.notebook.Predicts()[0]
		case 2:
			p.toc = newContents(s, 0)
			p.toc.chosen = rapid.IntRange(0, 3).Draw(t, "chosen")
		case 3:
			p.help = &keys.Help{Filter: rapid.SampledFrom([]string{"", "é", "zzz"}).Draw(t, "filter")}
		case 4:
			p.prompt, s.query = "Chercher :", "a"
		}
		width, height := rapid.IntRange(0, 150).Draw(t, "columns"), rapid.IntRange(0, 50).Draw(t, "rows")
		s.at = position{rapid.IntRange(0, 80).Draw(t, "key"), rapid.IntRange(0, 30).Draw(t, "line")}
		first := p.draw(width, height)
		require.Len(t, first.Cells, width*height)
		for _, cell := range first.Cells {
			require.False(t, unicode.IsControl(cell.Main) && cell.Main != 0)
		}
		require.Equal(t, first.String(), p.draw(width, height).String())
		p.field(width, height)
		if width >= 80 && height >= 24 && p.help == nil {
			require.True(t, strings.HasPrefix(first.String(), " TP09"))
		}
	})
}
