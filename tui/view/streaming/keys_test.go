package streaming

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/engine/event"
	"etincelle/grader/message"
	"etincelle/replay"
	"etincelle/replay/scenario"
	"etincelle/tui/follow"
	model "etincelle/tui/model/streaming"
	"etincelle/tui/stepper"
	"etincelle/tui/terminal"
	"etincelle/tui/terminaltest"
	"etincelle/tui/trial"
)

// The page of sentences is told of by the sentences themselves.
func TestKeysAndTheirTable(t *testing.T) { terminaltest.Keys(t, actions(), "pourquoi ?") }

func engine(_ context.Context, s scenario.Scenario) ([]event.Event, error) {
	return replay.Run(os.DirFS("../../.."), s)
}

type stopped struct{}

func (stopped) Start(int) {}
func (stopped) Stop()     {}

// hand is a screen without a terminal, for tests that press many keys.
type hand struct {
	*screen
	kept    []Prediction
	engine  Replayer
	done    chan struct{} // one for each run that is over
	written map[string]string
}

func newHand(t require.TestingT, recording []event.Event, s *scenario.Scenario) *hand {
	story, err := model.New(recording, 0)
	require.NoError(t, err)
	h := &hand{written: map[string]string{}}
	o := Options{Language: message.French, Title: message.Same("TP 8"), Scenario: s,
		Keep: func(p Prediction) error { h.kept = append(h.kept, p); return nil },
		Save: func(s scenario.Scenario) (string, error) {
			body, err := s.Encode()
			h.written["s.json"] = string(body)
			return "s.json", err
		},
		Write: func(name string, content []byte) (string, error) { h.written[name] = string(content); return name, nil },
	}
	h.engine, h.done = engine, make(chan struct{}, 1)
	r := trial.NewReplay(context.Background(), func(ctx context.Context, s scenario.Scenario) ([]event.Event, error) { return h.engine(ctx, s) }, again, func(tcell.Event) { h.done <- struct{}{} })
	h.screen = newScreen(story, o, stopped{}, r)
	return h
}

// press gives keys to the window, and waits for the engine where they start it.
func (h *hand) press(keys ...any) {
	send := func(k tcell.Key, r rune) {
		h.Window.InputHandler()(tcell.NewEventKey(k, r, tcell.ModNone), func(tview.Primitive) {})
		if h.Busy {
			<-h.done
			h.Press(tcell.NewEventKey(trial.Done, 0, tcell.ModNone))
		}
	}
	for _, key := range keys {
		switch k := key.(type) {
		case tcell.Key:
			send(k, 0)
		case string:
			for _, r := range k {
				send(tcell.KeyRune, r)
			}
		}
	}
}

func (h *hand) text() string { return strings.ReplaceAll(h.Draw(120, 36).String(), message.Hard, " ") }

func TestChangingTheExperiment(t *testing.T) {
	h := newHand(t, tape(t, "animals"), experiment(t, "animals"))
	h.press("g6", tcell.KeyEnter)
	before := h.text()
	h.press("-")
	require.Contains(t, h.text(), "filigrane 5 min · modifié (1)")
	require.EqualValues(t, 6, h.story.Lead(h.moment.Position).Number, "one stays where one was")
	h.press("d")
	require.Contains(t, h.text(), "Différence avec l'essai d'avant")
	require.Contains(t, h.text(), "║ filigrane : 10 min → 5 min")
	require.Contains(t, h.text(), "ajout : 13 →")
	h.press(tcell.KeyEscape, "u")
	require.Equal(t, before, h.text(), "undone is as it was")
	h.press("R")
	require.Contains(t, h.text(), "filigrane 5 min")
	h.press("w20m 10m", tcell.KeyEnter)
	require.Contains(t, h.text(), "fenêtre 20 min, pas 10 min")
	h.press("b1", tcell.KeyEnter)
	require.Contains(t, h.text(), "modifié (3)")
	h.press("U")
	require.Equal(t, before, h.text())
	h.press("u")
	require.Contains(t, h.text(), "Rien à annuler.")
	h.press("l12:40 âne", tcell.KeyEnter)
	h.press("n")
	require.Contains(t, h.text(), "12:40–12:50 âne   1 ◀ nouveau", "the event is in the next batch")
	h.press("d")
	require.Contains(t, h.text(), "événements ajoutés : aucun → 12:40 âne")
	h.press("d")
	h.press("wzut", tcell.KeyEnter)
	require.Contains(t, h.text(), "deux durées sont attendues")
	h.press("w5m 10m", tcell.KeyEnter)
	require.Contains(t, h.text(), "au plus la fenêtre")
	h.press("lzut", tcell.KeyEnter)
	require.Contains(t, h.text(), "une heure puis un mot")
	h.press("s")
	require.Contains(t, h.text(), "Enregistré : s.json")
	again, err := scenario.Read(strings.NewReader(h.written["s.json"]))
	require.NoError(t, err)
	require.Equal(t, "âne", again.Added[0].Key)
	h.press("e")
	require.Contains(t, h.written["etincelle-lot-7.svg"], "<svg")
	require.Contains(t, h.written["etincelle-lot-7.txt"], "Pourquoi ?")
}

func TestAClosedExperiment(t *testing.T) {
	h := newHand(t, tape(t, "animals"), nil)
	for _, key := range []string{"w", "+", "b", "l", "s"} {
		h.press(key)
		require.Contains(t, h.text(), "Un enregistrement ne se change pas", key)
	}
	h = newHand(t, tape(t, "animals"), experiment(t, "animals"))
	h.engine = func(context.Context, scenario.Scenario) ([]event.Event, error) { return nil, errors.New("no engine") }
	h.press("+")
	require.Contains(t, h.text(), "Échec : no engine")
	require.NotContains(t, h.text(), "modifié")
}

func TestAnswersAsTheyAreWritten(t *testing.T) {
	for text, want := range map[string]string{
		"12:10 hibou 2": "12:10 hibou 2", "12:10–12:20  hibou 2": "12:10 hibou 2", "12:10-12:20 hibou 2": "12:10 hibou 2",
		"25/06 11:00–12:00 EWR 20": "11:00 EWR 20", "25 Jun 11:00 EWR 20": "11:00 EWR 20", "UA 3": "UA 3",
	} {
		require.Equal(t, want, normal(text))
	}
	p := page{look: look{Look: stepper.Look{Language: message.French}}, story: &model.Story{}}
	at := time.Date(2013, 6, 25, 11, 5, 0, 0, time.UTC)
	require.True(t, p.sameTime(at, "11:05"))
	require.True(t, p.sameTime(at, "11:05:00"))
	require.False(t, p.sameTime(at, "11:06"))
	require.True(t, p.sameTime(time.Time{}, "aucun"))
	require.False(t, p.sameTime(time.Time{}, "00:00"))
}

func TestEventsAsTheyAreWritten(t *testing.T) {
	day := time.Date(2013, 6, 25, 23, 30, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"12:04 âne":         "2013-06-25 12:04:00 âne",
		" 12:04:30  un âne": "2013-06-25 12:04:30 un âne",
		"26/06 00:10 JFK":   "2013-06-26 00:10:00 JFK",
		"26 Jun 00:10 JFK":  "2013-06-26 00:10:00 JFK",
		"12:04":             "", "âne 12:04": "", "26/06 JFK": "", "25:04 âne": "", "": "",
	} {
		at, key, ok := eventOf(text, day)
		require.Equal(t, want != "", ok, text)
		if ok {
			require.Equal(t, want, at.Format(time.DateTime)+" "+key)
		}
	}
}

func TestMovingAnEvent(t *testing.T) {
	h := newHand(t, tape(t, "animals"), experiment(t, "animals"))
	h.press("a")
	require.Contains(t, h.text(), "Aucun événement ajouté")
	h.press("g5", tcell.KeyEnter, "l12:04 loup", tcell.KeyEnter)
	require.Contains(t, h.text(), "lot 5/10", "one stays before the batch that it is in, to predict")
	h.press("a")
	require.Contains(t, h.text(), "« loup » à 12:04 arrive au lot 6 (1/1)")
	require.Contains(t, h.text(), "lot 6/10", "it is looked at")
	require.Contains(t, strings.Join(h.sentences(), "\n"), "trop tard pour")
	h.press(tcell.KeyRight)
	require.Contains(t, h.text(), "« loup » à 12:05")
	for range 10 {
		h.press(tcell.KeyRight)
	}
	require.Contains(t, h.text(), "« loup » à 12:15")
	require.Contains(t, strings.Join(h.sentences(), "\n"), "12:10–12:20 ouvert à 1")
	h.press(tcell.KeyUp)
	require.Contains(t, h.text(), "lot 4/10")
	for range 9 {
		h.press(tcell.KeyUp)
	}
	require.Contains(t, h.text(), "arrive au lot 0 (")
	for range 9 {
		h.press(tcell.KeyDown)
	}
	require.Contains(t, h.text(), "arrive au lot 11", "after the last it has a batch of its own")
	require.Equal(t, "loup", h.moment.Lead().Batch.Rows[0].Text())
	h.press(tcell.KeyEnter, "u")
	require.Contains(t, h.text(), "n/→ lot")
	h.press("l12:30 âne", tcell.KeyEnter, "a", tcell.KeyTab)
	require.Contains(t, h.text(), "« loup »")
	require.Contains(t, h.text(), "(1/2)")
	h.press(tcell.KeyDelete)
	require.Contains(t, h.text(), "« âne » à 12:30")
	h.press(tcell.KeyDelete)
	require.Empty(t, h.Scenario.Added)
	require.Contains(t, h.text(), "n/→ lot", "nothing is left to move")
	h.press("ul12:30 âne", tcell.KeyEnter, "an")
	require.NotContains(t, h.text(), "Tab un autre", "another key does what it does")
}

// Keys that come faster than the engine add up: the last that was asked for shows.
func TestChangesInARow(t *testing.T) {
	h := newHand(t, tape(t, "animals"), experiment(t, "animals"))
	for range 3 {
		h.Press(tcell.NewEventKey(tcell.KeyRune, '+', tcell.ModNone))
	}
	require.Contains(t, h.text(), "Le moteur rejoue")
	<-h.done
	h.Press(tcell.NewEventKey(trial.Done, 0, tcell.ModNone))
	require.True(t, h.Busy)
	<-h.done
	h.Press(tcell.NewEventKey(trial.Done, 0, tcell.ModNone))
	require.Contains(t, h.text(), "filigrane 25 min · modifié (1)")
}

func TestPredicting(t *testing.T) {
	h := newHand(t, tape(t, "animals"), nil)
	h.press("g5", tcell.KeyEnter, "r1", tcell.KeyEnter, "12:10–12:20 hibou 2; 12:00 âne 1", tcell.KeyEnter, "14", tcell.KeyEnter, "12:12", tcell.KeyEnter, "9", tcell.KeyEnter)
	require.EqualValues(t, 6, h.story.Lead(h.moment.Position).Number)
	why := strings.Join(h.sentences(), "\n")
	why = strings.ReplaceAll(why, message.Hard, " ")
	require.Contains(t, why, "✗ ajout : 0 ligne, vous aviez écrit 1. Ajout n'écrit rien")
	require.Contains(t, why, "✗ mise à jour : il manque « 12:15 hibou 2 », « 12:00 âne 1 » en trop.")
	require.Contains(t, why, "✔ complet : 14 lignes, comme prévu.")
	require.Contains(t, why, "✗ Filigrane après ce lot : 12:11, vous aviez écrit 12:12. Après ce lot, le filigrane reste 12:11")
	require.Equal(t, []Prediction{{Batch: 6, Rows: map[string]string{"append": "1", "update": "12:10–12:20 hibou 2; 12:00 âne 1", "complete": "14"}, Mark: "12:12", State: "9"}}, h.kept)
	require.Equal(t, "append: 1 | update: 12:10–12:20 hibou 2; 12:00 âne 1 | complete: 14 | watermark: 12:12 | state: 9", h.kept[0].Text())
	h.press("np")
	require.Contains(t, strings.Join(h.sentences(), "\n"), "✔ complet", "the verdict stays with its step")
	h.press("g6", tcell.KeyEnter, "r", tcell.KeyEscape)
	require.EqualValues(t, 6, h.story.Lead(h.moment.Position).Number, "left without an answer: nothing moves")
	h.press("r")
	require.Contains(t, strings.ReplaceAll(h.text(), message.Hard, " "), "Le lot 7 lira, filigrane 12:11 : 12:26 hibou, 12:27 chien.")
	require.Contains(t, h.text(), "? lot  7")
	h.press(tcell.KeyEscape, "r", tcell.KeyEnter, tcell.KeyEnter, tcell.KeyEnter, tcell.KeyEnter, "1", tcell.KeyEnter)
	require.Contains(t, strings.ReplaceAll(strings.Join(h.sentences(), "\n"), message.Hard, " "), "✗ État après ce lot : 12 lignes, vous aviez écrit 1. Ce lot en ajoute 3, et en ôte 0.")
}

func TestLooking(t *testing.T) {
	h := newHand(t, tape(t, "animals"), nil)
	h.press("p")
	require.Contains(t, h.text(), "C'est le début")
	h.press("NN", "P")
	require.Contains(t, h.text(), "lot 0/10")
	h.press(tcell.KeyEnd, "n")
	require.Contains(t, h.text(), "C'est la fin")
	h.press("/âne", tcell.KeyEnter)
	require.Contains(t, h.text(), "lot 6/10")
	require.Contains(t, h.text(), "Trouvé en reprenant du début.")
	h.press(".")
	require.Contains(t, h.text(), "« âne » à 12:04")
	h.press("..")
	require.Contains(t, h.text(), "Ce lot n'a pas d'autre ligne")
	h.press("/girafe", tcell.KeyEnter)
	require.Contains(t, h.text(), "« girafe » ne se trouve nulle part.")
	h.press("F")
	require.Contains(t, h.text(), "batch 6/10")
	h.press(" ")
	require.Contains(t, h.text(), "playing 1/s")
	h.Press(tcell.NewEventKey(terminal.Tick, 0, tcell.ModNone))
	require.Contains(t, h.text(), "batch 7/10")
	h.press(" ")
	h.press("m")
	require.Contains(t, h.text(), "Windows and state · complete")
}

// TestRandomKeys: whatever is pressed, at whatever size, nothing panics, a position
// stays within the story, and a moment is what it is from any side.
func TestRandomKeys(t *testing.T) {
	facts, base := tape(t, "animals"), experiment(t, "animals")
	rapid.Check(t, func(t *rapid.T) {
		s := *base
		h := newHand(t, facts, &s)
		for range rapid.IntRange(1, 30).Draw(t, "keys") {
			if rapid.Bool().Draw(t, "special") {
				h.press(rapid.SampledFrom([]tcell.Key{tcell.KeyEnter, tcell.KeyEscape, tcell.KeyTab, tcell.KeyBacktab, tcell.KeyUp, tcell.KeyDown, tcell.KeyPgUp,
					tcell.KeyPgDn, tcell.KeyHome, tcell.KeyEnd, tcell.KeyDelete, tcell.KeyLeft, tcell.KeyRight, terminal.Tick, trial.Done, follow.Grown}).Draw(t, "key"))
			} else {
				h.press(rapid.SampledFrom(strings.Split("n p N P . , g / < > r w + - b l a u R U d s m z e y F ? 1 2 3 4 5 0 a : 1 é", " ")).Draw(t, "rune"))
			}
			width, height := rapid.IntRange(0, 150).Draw(t, "width"), rapid.IntRange(0, 50).Draw(t, "height")
			switch x, y := rapid.IntRange(-1, 150).Draw(t, "x"), rapid.IntRange(-1, 50).Draw(t, "y"); rapid.IntRange(0, 5).Draw(t, "mouse") {
			case 0:
				h.Point(x, y, width, height)
			case 1:
				h.Wheel(x, y, width, height, y-20)
			}
			c := h.Draw(width, height)
			require.Len(t, c.Cells, width*height)
			for _, cell := range c.Cells {
				require.False(t, unicode.IsControl(cell.Main) && cell.Main != 0)
				require.False(t, cell.Main >= 0x2800 && cell.Main <= 0x28ff, "Braille patterns are noise on Braille displays")
			}
			require.Equal(t, c.String(), h.Draw(width, height).String(), "drawing twice changes nothing")
			require.GreaterOrEqual(t, h.moment.Position, 0)
			require.LessOrEqual(t, h.moment.Position, h.story.Len())
			require.Less(t, h.mode, len(h.moment.Modes))
		}
		require.Equal(t, h.story.At(h.moment.Position), h.moment)
	})
}

func TestSmallWindowsAndColours(t *testing.T) {
	for _, o := range []Options{{NoColor: true}, {ASCII: true}, {}} {
		o.Scenario = experiment(t, "animals")
		term := open(t, tape(t, "animals"), o, 120, 36)
		for _, key := range []any{"g6", tcell.KeyEnter, tcell.KeyEnter, "?", tcell.KeyEscape, tcell.KeyEscape, "4z"} {
			term.Press(key)
			cells, _, _ := term.Sim.GetContents()
			for _, cell := range cells {
				fore, back, attributes := cell.Style.Decompose()
				require.Equal(t, tcell.ColorDefault, back, "the background is the terminal's own")
				if o.NoColor {
					require.Equal(t, tcell.ColorDefault, fore)
					require.Zero(t, attributes&^(tcell.AttrBold|tcell.AttrReverse))
				}
				for _, r := range cell.Runes {
					require.True(t, !o.ASCII || r < 0x80 || unicode.IsLetter(r) || r == '°', "%q is a sign", r)
				}
			}
		}
	}
	term := open(t, tape(t, "animals"), options(t, message.French), 60, 16)
	term.Press("g6", tcell.KeyEnter, "4")
	terminaltest.Golden(t, "small-60x16.txt", term.Text())
}

func TestPlain(t *testing.T) {
	for _, l := range []message.Language{message.French, message.English} {
		var b bytes.Buffer
		require.NoError(t, Plain(&b, tape(t, "animals"), options(t, l)))
		terminaltest.Golden(t, "animals-plain."+string(l)+".txt", b.String())
		require.NotContains(t, b.String(), "\x1b")
		require.NotRegexp(t, `[─-╿▀-◿✀-➿⠀-⣿]`, b.String(), "signs are words here")
	}
	require.ErrorIs(t, Plain(&bytes.Buffer{}, nil, Options{}), model.ErrNoQuery)
	require.ErrorIs(t, JSON(&bytes.Buffer{}, nil, Options{}), model.ErrNoQuery)
}

func TestQuit(t *testing.T) {
	term := open(t, tape(t, "animals"), options(t, message.French), 80, 24)
	term.Press(" ")
	term.Sim.InjectKey(tcell.KeyRune, 'q', tcell.ModNone)
	require.NoError(t, term.Ended())
	require.True(t, term.Gone())
	err := runOn(context.Background(), nil, Options{}, tview.NewApplication())
	require.ErrorIs(t, err, model.ErrNoQuery)
}

func TestDefectGivesTheTerminalBack(t *testing.T) {
	sim := tcell.NewSimulationScreen("UTF-8")
	app := tview.NewApplication().SetScreen(sim)
	app.SetBeforeDrawFunc(func(tcell.Screen) bool { panic("a defect") })
	require.ErrorContains(t, runOn(context.Background(), tape(t, "animals"), Options{}, app), "nothing of yours is lost: a defect")
	_, width, _ := sim.GetContents()
	require.Zero(t, width)
}

// TestPartlyLate: with no delay at all, 12:08 is too late for one of its windows and in
// time for the other.
func TestPartlyLate(t *testing.T) {
	h := newHand(t, tape(t, "animals"), experiment(t, "animals"))
	h.press("g4", tcell.KeyEnter, "--")
	require.Contains(t, h.text(), "filigrane 0 min")
	require.Contains(t, h.text(), "±")
	require.Contains(t, strings.ReplaceAll(strings.Join(h.sentences(), "\n"), message.Hard, " "), "« chien » à 12:08 : trop tard pour 12:00–12:10, compté dans 12:05–12:15 passe de 2 à 3")
}

func TestReplayInATerminal(t *testing.T) {
	o := options(t, message.French)
	o.Replay = engine
	term := open(t, tape(t, "animals"), o, 80, 24)
	term.Press("g6", tcell.KeyEnter, "-")
	term.Settle() // drawn again when the engine is done
	require.Contains(t, term.Text(), "filigrane 5 min")
}
