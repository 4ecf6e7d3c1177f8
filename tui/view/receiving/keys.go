package receiving

import (
	"github.com/gdamore/tcell/v2"

	"etincelle/grader/message"
	"etincelle/tui/keys"
	model "etincelle/tui/model/receiving"
	"etincelle/tui/stepper"
)

// actions lists what the keys do, in the order of the page of keys.
func actions() []keys.Action[*screen] {
	list := []keys.Action[*screen]{
		{Keys: keys.Letter('n', tcell.KeyRight), First: true, Shown: keys.Same("n/→"), Brief: message.Both("suite", "next"), Group: message.Both("Se déplacer dans le temps", "Move in time"),
			Full: message.Both("ce qui arrive ensuite à un lot, un récepteur, un exécuteur", "what happens next to a batch, a receiver, an executor"), Do: forward(model.ByEvent)},
		{Keys: keys.Letter('p', tcell.KeyLeft), First: true, Shown: keys.Same("p/←"), Brief: message.Both("préc.", "back"),
			Full: message.Both("ce qui est arrivé juste avant", "what happened just before"), Do: backward(model.ByEvent)},
		{Keys: keys.Letter('N'), Shown: keys.Same("N/P"), Brief: message.Both("lot", "batch"),
			Full: message.Both("lot suivant, précédent", "next, previous batch"), Do: forward(model.ByBatch)},
		{Keys: keys.Letter('P'), Do: backward(model.ByBatch)},
		{Keys: keys.Letter('.'), Shown: keys.Same(". ,"),
			Full: message.Both("pas fin, en avant, en arrière : chaque bloc, chaque tâche", "fine step, forwards, backwards: each block, each task"), Do: forward(model.Fine)},
		{Keys: keys.Letter(','), Do: backward(model.Fine)},
		{Keys: keys.Special(tcell.KeyHome), Shown: message.Both("Début Fin", "Home End"),
			Full: message.Both("début, fin de l'enregistrement", "start, end of the recording"), Do: func(s *screen) { s.Jump(0) }},
		{Keys: keys.Special(tcell.KeyEnd), Do: func(s *screen) { s.Jump(s.line.Len()) }},
		{Keys: keys.Letter('g'), Shown: keys.Same("g"), Brief: message.Both("aller", "go to"),
			Full: message.Both("aller au lot d'une seconde : 12", "go to the batch of a second: 12"), Do: func(s *screen) {
				s.AskNumber(s.Say(askedBatch, nil), func(n int) { s.goTo(s.line.Due(float64(n))) })
			}},
		{Keys: keys.Letter('/'), Shown: keys.Same("/"),
			Full: message.Both("chercher un mot d'une phrase ; vide : encore", "search a word of a sentence; empty: again"), Do: func(s *screen) { s.Search(s.Say(askedText, nil)) }},
		{Keys: keys.Letter(' '), Shown: message.Both("espace", "space"), Brief: message.Both("lecture", "play"),
			Full: message.Both("lecture ou pause", "play or pause"), Do: func(s *screen) { s.TogglePlay() }},
		{Keys: keys.Letter('<'), Shown: keys.Same("< >"),
			Full: message.Both("lecture plus lente, plus rapide (4 pas par seconde au plus)", "play slower, faster (4 steps a second at most)"), Do: func(s *screen) { s.ChangeSpeed(-1) }},
		{Keys: keys.Letter('>'), Do: func(s *screen) { s.ChangeSpeed(1) }},

		{Keys: keys.Letter('r'), Shown: keys.Same("r"), Brief: message.Both("prédire", "predict"),
			Full: message.Both("prédire le lot suivant, puis le voir fini", "predict the next batch, then see it over"), Do: (*screen).predict},

		{Keys: keys.Letter('k'), Shown: keys.Same("k"), Brief: message.Both("tuer", "kill"), Group: message.Both("Changer l'expérience (le moteur rejoue tout)", "Change the experiment (the engine runs all of it again)"),
			Full: message.Both("tuer maintenant un exécuteur, ou le pilote", "kill an executor now, or the driver"), Do: (*screen).askKill},
		{Keys: keys.Letter('x'), Shown: keys.Same("x"),
			Full: message.Both("une copie de chaque bloc, ou deux", "one copy of each block, or two"), Do: (*screen).toggleCopies},
		{Keys: keys.Letter('W'), Shown: keys.Same("W"),
			Full: message.Both("journal des récepteurs (WAL), ou non", "receivers' log (WAL), or not"), Do: (*screen).toggleLog},
		{Keys: keys.Letter('b'), Shown: keys.Same("b"),
			Full: message.Both("intervalle de lot", "batch interval"), Do: (*screen).askInterval},
		{Keys: keys.Letter('u'), Shown: keys.Same("u R"),
			Full: message.Both("annuler, rétablir un changement", "undo, redo a change"), Do: func(s *screen) { s.Undo(s) }},
		{Keys: keys.Letter('R'), Do: func(s *screen) { s.Redo(s) }},
		{Keys: keys.Letter('U'), Shown: keys.Same("U"),
			Full: message.Both("revenir à l'énoncé", "back to the exercise"), Do: func(s *screen) { s.UndoAll(s) }},
		{Keys: keys.Letter('d'), Shown: keys.Same("d"),
			Full: message.Both("différence avec l'essai d'avant, ou retour", "difference with the run before, or back"), Do: func(s *screen) { s.differ, s.why, s.told = !s.differ, false, 0 }},
		{Keys: keys.Letter('s'), Shown: keys.Same("s"),
			Full: message.Both("enregistrer l'expérience (step FICHIER.json la rouvre)", "save the experiment (step FILE.json opens it again)"), Do: (*screen).save},

		{Keys: keys.Special(tcell.KeyTab), First: true, Shown: keys.Same("Tab/1-6"), Brief: message.Both("panneau", "panel"), Row: 1, Group: message.Both("Regarder, quitter", "Look, quit"),
			Full: message.Both("panneau suivant (Maj-Tab : précédent) ; 1 à 6 : ce panneau-là", "next panel (Shift-Tab: previous); 1 to 6: that panel"), Do: func(s *screen) { s.open(s.focus + 1) }},
		{Keys: keys.Special(tcell.KeyBacktab), Do: func(s *screen) { s.open(s.focus - 1) }},
		{Keys: keys.Letter('z'), Shown: keys.Same("z"), Brief: message.Both("plein écran", "full screen"), Row: 1,
			Full: message.Both("panneau en plein écran, ou retour", "panel on the full screen, or back"), Do: func(s *screen) { s.zoom, s.why, s.differ = !s.zoom, false, false }},
		{Keys: keys.Special(tcell.KeyDown), Shown: keys.Same("↓ ↑"),
			Full: message.Both("ligne suivante, précédente du panneau", "next, previous line of the panel"), Do: func(s *screen) { s.shift(1) }},
		{Keys: keys.Special(tcell.KeyUp), Do: func(s *screen) { s.shift(-1) }},
		{Keys: keys.Special(tcell.KeyPgDn), Shown: message.Both("PgSuiv/Préc", "PgDn PgUp"),
			Full: message.Both("page suivante, précédente du panneau", "next, previous page of the panel"), Do: func(s *screen) { s.shift(stepper.PageLines) }},
		{Keys: keys.Special(tcell.KeyPgUp), Do: func(s *screen) { s.shift(-stepper.PageLines) }},
		{Keys: keys.Special(tcell.KeyEnter), Shown: message.Both("Entrée", "Enter"), Brief: message.Both("pourquoi ?", "why?"), Row: 1,
			Full: message.Both("toutes les phrases sur ce pas, ou retour", "all the sentences about this step, or back"), Do: func(s *screen) { s.why, s.differ, s.told = !s.why, false, 0 }},
		{Keys: keys.Letter('F'), Shown: keys.Same("F"), Brief: message.Both("English", "français"), Row: 1,
			Full: message.Both("français ou anglais", "French or English"), Do: func(s *screen) { s.SwitchLanguage() }},
		{Keys: append(keys.Letter('?'), keys.Letter(':')...), First: true, Shown: keys.Same("?"), Brief: message.Both("aide", "help"), Row: 1,
			Full: message.Both("cette page, d'où Entrée fait ce qui est choisi (: aussi)", "this page, where Enter does what is chosen (: as well)"), Do: func(s *screen) { stepper.OpenHelp(&s.Stepper, actions(), s) }},
		{Keys: keys.Letter('q', tcell.KeyCtrlC), First: true, Shown: keys.Same("q"), Brief: message.Both("quitter", "quit"), Row: 1,
			Full: message.Both("quitter (Ctrl-C aussi)", "quit (Ctrl-C as well)"), Do: func(s *screen) { s.Window.Quit() }},
		{Keys: keys.Special(tcell.KeyEscape), Shown: message.Both("Échap", "Esc"),
			Full: message.Both("fermer ce qui est ouvert", "close what is open"), Do: (*screen).closeAll},
	}
	list = append(list, stepper.HandOut[*screen]()...)
	for i := range panelCount { // told with Tab
		list = append(list, keys.Action[*screen]{Keys: keys.Letter(rune('1' + i)), Do: func(s *screen) { s.open(i) }})
	}
	return list
}

func forward(g model.Grain) func(*screen) {
	return func(s *screen) { s.Step(s.line.Next(g, s.state.Position)) }
}

func backward(g model.Grain) func(*screen) {
	return func(s *screen) { s.Step(s.line.Previous(g, s.state.Position)) }
}
