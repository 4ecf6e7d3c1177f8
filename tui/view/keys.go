package view

import (
	"github.com/gdamore/tcell/v2"

	"etincelle/tui/model"
)

// action is one thing a key does. The footer, the page of keys and the keyboard
// all read one table: no key is shown that does nothing, and none works unseen.
type action struct {
	keys  []stroke
	shown model.Message // how the keys are written
	brief model.Message // for the footer; empty when it has no place there
	full  model.Message // for the page of keys; empty when it is told with the action before
	group model.Message // empty: under the same heading as the one before
	row   int           // of the footer
	first bool          // it is in the one line of a small window
	do    func(*screen)
}

// stroke is a special key, or a rune when key is tcell.KeyRune.
type stroke struct {
	key  tcell.Key
	rune rune
}

func (k stroke) is(e *tcell.EventKey) bool {
	return k.key == e.Key() && (k.key != tcell.KeyRune || k.rune == e.Rune())
}

func letter(r rune, others ...tcell.Key) []stroke {
	strokes := []stroke{{tcell.KeyRune, r}}
	for _, key := range others {
		strokes = append(strokes, stroke{key: key})
	}
	return strokes
}

func special(key tcell.Key) []stroke { return []stroke{{key: key}} }

func same(s string) model.Message { return both(s, s) }

// actions lists what the keys do, in the order of the page of keys.
func actions() []action {
	list := []action{
		{keys: letter('n', tcell.KeyRight), first: true, shown: same("n/→"), brief: both("tâche", "task"), group: both("Se déplacer dans le temps", "Move in time"),
			full: both("tâche suivante, ou fait entre deux tâches", "next task, or fact between two tasks"), do: forward(model.ByTask)},
		{keys: letter('p', tcell.KeyLeft), first: true, shown: same("p/←"), brief: both("préc.", "back"),
			full: both("tâche précédente", "previous task"), do: backward(model.ByTask)},
		{keys: letter('N'), shown: same("N/P"), brief: both("étape", "stage"),
			full: both("étape suivante, précédente, même sautée", "next, previous stage, even a skipped one"), do: forward(model.ByStage)},
		{keys: letter('P'), do: backward(model.ByStage)},
		{keys: letter('.'), shown: same(". ,"),
			full: both("pas fin, en avant, en arrière : débuts de tâche compris", "fine step, forwards, backwards: tasks' starts as well"), do: forward(model.Fine)},
		{keys: letter(','), do: backward(model.Fine)},
		{keys: special(tcell.KeyHome), shown: both("Début Fin", "Home End"),
			full: both("début, fin de l'enregistrement", "start, end of the recording"), do: func(s *screen) { s.jump(0) }},
		{keys: special(tcell.KeyEnd), do: func(s *screen) { s.jump(s.line.Len()) }},
		{keys: letter('g'), shown: same("g"), brief: both("aller", "go to"),
			full: both("aller à la fin de la n-ième tâche", "go to the end of the n-th task"), do: func(s *screen) { s.ask(askTask) }},
		{keys: letter('/'), shown: same("/"), brief: both("chercher", "search"),
			full: both("chercher un RDD, un fichier:ligne, une phrase ; vide : encore", "search an RDD, a file:line, a sentence; empty: again"), do: func(s *screen) { s.ask(askText) }},
		{keys: letter(' '), shown: both("espace", "space"), brief: both("lecture", "play"),
			full: both("lecture ou pause", "play or pause"), do: (*screen).togglePlay},
		{keys: letter('<'), shown: same("< >"),
			full: both("lecture plus lente, plus rapide (4 pas par seconde au plus)", "play slower, faster (4 steps a second at most)"), do: func(s *screen) { s.changeSpeed(-1) }},
		{keys: letter('>'), do: func(s *screen) { s.changeSpeed(1) }},

		{keys: special(tcell.KeyTab), first: true, shown: same("Tab/1-4"), brief: both("panneau", "panel"), row: 1, group: both("Regarder, quitter", "Look, quit"),
			full: both("panneau suivant (Maj-Tab : précédent) ; 1 à 4 : ce panneau-là", "next panel (Shift-Tab: previous); 1 to 4: that panel"), do: func(s *screen) { s.open(s.focus + 1) }},
		{keys: special(tcell.KeyBacktab), do: func(s *screen) { s.open(s.focus + panelCount - 1) }},
		{keys: letter('z'), shown: same("z"), brief: both("plein écran", "full screen"), row: 1,
			full: both("panneau en plein écran, ou retour", "panel on the full screen, or back"), do: func(s *screen) { s.zoom, s.why = !s.zoom, false }},
		{keys: special(tcell.KeyDown), shown: same("↓ ↑"), brief: both("défiler", "scroll"), row: 1,
			full: both("ligne suivante, précédente du panneau", "next, previous line of the panel"), do: func(s *screen) { s.shift(1) }},
		{keys: special(tcell.KeyUp), do: func(s *screen) { s.shift(-1) }},
		{keys: special(tcell.KeyPgDn), shown: both("PgSuiv/Préc", "PgDn PgUp"),
			full: both("page suivante, précédente du panneau", "next, previous page of the panel"), do: func(s *screen) { s.shift(pageLines) }},
		{keys: special(tcell.KeyPgUp), do: func(s *screen) { s.shift(-pageLines) }},
		{keys: special(tcell.KeyEnter), shown: both("Entrée", "Enter"), brief: both("pourquoi ?", "why?"),
			full: both("toutes les phrases sur ce pas, ou retour", "all the sentences about this step, or back"), do: func(s *screen) { s.why, s.told = !s.why, 0 }},
		{keys: letter('F'), shown: same("F"), brief: both("English", "français"), row: 1,
			full: both("français ou anglais", "French or English"), do: (*screen).switchLanguage},
		{keys: letter('?'), first: true, shown: same("?"), brief: both("aide", "help"), row: 1,
			full: both("cette page", "this page"), do: (*screen).openHelp},
		{keys: letter('q', tcell.KeyCtrlC), first: true, shown: same("q"), brief: both("quitter", "quit"), row: 1,
			full: both("quitter (Ctrl-C aussi)", "quit (Ctrl-C as well)"), do: func(s *screen) { s.quit() }},
		{keys: special(tcell.KeyEscape), shown: both("Échap", "Esc"),
			full: both("fermer ce qui est ouvert", "close what is open"), do: (*screen).closeAll},
	}
	for i := range panelCount { // told with Tab
		list = append(list, action{keys: letter(rune('1' + i)), do: func(s *screen) { s.open(i) }})
	}
	return list
}

func forward(g model.Grain) func(*screen) {
	return func(s *screen) { s.step(s.line.Next(g, s.state.Position)) }
}

func backward(g model.Grain) func(*screen) {
	return func(s *screen) { s.step(s.line.Previous(g, s.state.Position)) }
}
