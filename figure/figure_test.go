package figure

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"etincelle/engine/enginetest"
	"etincelle/engine/event"
	"etincelle/grader/message"
	screen "etincelle/tui/canvas"
)

func recording(t *testing.T, name string) []event.Event {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name+".jsonl"))
	require.NoError(t, err)
	defer f.Close()
	events, err := event.Read(f)
	require.NoError(t, err)
	return events
}

// The recordings in testdata were made by the engine; what is drawn of them was
// looked at, and is kept.
func TestFiguresOfRecordings(t *testing.T) {
	for _, c := range []struct {
		kind      Kind
		recording string
		options   Options
	}{
		{Stages, "combiner", Options{Title: "Combiner avant de brasser"}},
		{Stages, "combiner", Options{Language: message.English}},
		{Stages, "reuse", Options{}},
		{Stages, "join", Options{Language: message.English}},
		{Stages, "failed", Options{}},
		{Partitions, "sizes", Options{Jobs: []int{1, 2}}},
		{Partitions, "join", Options{Language: message.English}},
		{Storage, "cache", Options{}},
		{Storage, "cache", Options{Language: message.English, Jobs: []int{1}}},
		{Arrivals, "animals", Options{}},
		{Arrivals, "animals", Options{Language: message.English, Queries: []int{2}}},
		{Arrivals, "dense", Options{Language: message.English}},
		{Modes, "animals", Options{}},
		{Modes, "animals", Options{Language: message.English}},
		{Model, "words", Options{}},
		{Model, "animals", Options{Language: message.English, Queries: []int{1}}},
		{Delays, "waits", Options{}},
		{Delays, "waits", Options{Language: message.English}},
		{State, "unmarked", Options{}},
		{State, "animals", Options{Language: message.English}},
	} {
		name := c.recording + "." + string(c.kind) + "." + languageTag(c.options.Language)
		t.Run(name, func(t *testing.T) {
			events := recording(t, c.recording)
			f, err := Draw(c.kind, events, c.options)
			require.NoError(t, err)
			enginetest.Golden(t, name+".txt", f.Text())
			enginetest.Golden(t, name+".svg", string(f.SVG()))
			requireSound(t, f)

			again, err := Draw(c.kind, slices.Clone(events), c.options)
			require.NoError(t, err)
			assert.Equal(t, string(f.SVG()), string(again.SVG()), "the same recording gives the same bytes")
		})
	}
}

// Every sign of a figure has one of ASCII in its place, for terminals that ask.
func TestSignsHaveASCII(t *testing.T) {
	drawn, err := filepath.Glob(filepath.Join("testdata", "*.txt"))
	require.NoError(t, err)
	require.NotEmpty(t, drawn)
	for _, path := range drawn {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		for _, r := range screen.PlainSigns(string(text)) {
			require.True(t, r < 0x80 || unicode.IsLetter(r) || unicode.IsSpace(r), "%s: %q", path, r)
		}
	}
}

// requireSound holds what every figure keeps: an SVG that is XML, has a title and
// a description, and takes nothing from elsewhere; lines that fit a terminal.
func requireSound(t require.TestingT, f Figure) {
	svg := string(f.SVG())
	for _, element := range elements(t, svg) {
		require.Contains(t, []string{"svg", "title", "desc", "style", "rect", "text", "path", "line"}, element.Name.Local)
		for _, a := range element.Attr {
			require.NotContains(t, []string{"href", "style", "src"}, a.Name.Local)
			require.False(t, strings.HasPrefix(a.Name.Local, "on"), a.Name.Local)
		}
	}
	require.NotContains(t, svg, "url(")
	require.NotContains(t, svg, "@import")
	for line := range strings.Lines(f.Text()) {
		line = strings.TrimSuffix(line, "\n")
		require.LessOrEqual(t, width(line), sheetWidth)
		require.Equal(t, strings.TrimRight(line, " "), line)
		for _, r := range line {
			require.False(t, unicode.IsControl(r) || unicode.Is(unicode.Cf, r), "%q", line)
		}
	}
}

func elements(t require.TestingT, svg string) []xml.StartElement {
	var found []xml.StartElement
	decoder := xml.NewDecoder(strings.NewReader(svg))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return found
		}
		require.NoError(t, err)
		if element, is := token.(xml.StartElement); is {
			found = append(found, element)
		}
	}
}

// Who cannot see the picture hears the same facts.
func TestDescriptionSaysTheFacts(t *testing.T) {
	f, err := Draw(Stages, recording(t, "reuse"), Options{})
	require.NoError(t, err)
	said := strings.ReplaceAll(strings.Join(f.said, "\n"), message.Hard, " ")
	for _, fact := range []string{
		"Job 1 : repartition → count.", "Étape 2 — sautée : textFile → filter → map → repartition, 8 tâches, brassage 0, déjà écrit par l'étape 0.",
		"brassage 0 : 27 004 lignes, vers l'étape 3.",
	} {
		assert.Contains(t, said, fact)
	}
}

func TestWhatCannotBeDrawn(t *testing.T) {
	join := recording(t, "join")
	many := []event.Event{}
	for n := range maxJobs + 1 {
		many = append(many, event.JobStart{Job: n, Action: "count"})
	}
	for name, c := range map[string]struct {
		kind   Kind
		events []event.Event
		jobs   []int
		says   string
	}{
		"no job":          {Stages, nil, nil, "found no job in the recording"},
		"another job":     {Stages, join, []int{7}, "found no job 7 in the recording, expected one of its 3 jobs"},
		"too many jobs":   {Stages, many, nil, "expected at most 12"},
		"another kind":    {"windows", join, nil, "expected stages (étapes), partitions, storage"},
		"no query":        {Modes, join, nil, "found no batch of a streaming query"},
		"too many stages": {Stages, []event.Event{event.JobStart{Stages: make([]event.Stage, maxStages+1)}}, nil, "expected at most 40"},
		"impossible tasks": {Storage, []event.Event{event.JobStart{Stages: []event.Stage{{Tasks: -1}}}}, nil,
			"not a recording of this engine"},
	} {
		_, err := Draw(c.kind, c.events, Options{Jobs: c.jobs})
		assert.ErrorContains(t, err, c.says, name)
	}
}

func TestKindNamed(t *testing.T) {
	for word, want := range map[string]Kind{"stages": Stages, "Étapes": Stages, "partitions": Partitions, "stockage": Storage, "storage": Storage,
		"arrivées": Arrivals, "Modes": Modes, "modèle": Model, "delays": Delays, "état": State} {
		kind, err := KindNamed(word)
		require.NoError(t, err)
		assert.Equal(t, want, kind)
	}
	_, err := KindNamed("\x1b[31mtasks")
	assert.ErrorContains(t, err, `found the kind of figure "[31mtasks"`)
}
