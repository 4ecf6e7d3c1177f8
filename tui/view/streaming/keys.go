package streaming

import (
	"github.com/gdamore/tcell/v2"

	"etincelle/grader/message"
	"etincelle/tui/keys"
	"etincelle/tui/stepper"
)

// actions lists what the keys do, in the order of the page of keys.
func actions() []keys.Action[*screen] {
	list := joined(moving(), changing(), looking(), stepper.HandOut[*screen](), leaving())
	for i := range panelCount { // told with Tab
		list = append(list, keys.Action[*screen]{Keys: keys.Letter(rune('1' + i)), Do: func(s *screen) { s.open(i) }})
	}
	return list
}

func joined(groups ...[]keys.Action[*screen]) []keys.Action[*screen] {
	var all []keys.Action[*screen]
	for _, g := range groups {
		all = append(all, g...)
	}
	return all
}

func moving() []keys.Action[*screen] {
	return []keys.Action[*screen]{
		{Keys: keys.Letter('n', tcell.KeyRight), First: true, Shown: keys.Same("n/→"), Brief: message.Both("lot", "batch"), Group: message.Both("Se déplacer dans le temps", "Move in time"),
			Full: message.Both("lot suivant", "next batch"), Do: func(s *screen) { s.Step(s.moment.Position + 1) }},
		{Keys: keys.Letter('p', tcell.KeyLeft), First: true, Shown: keys.Same("p/←"), Brief: message.Both("préc.", "back"),
			Full: message.Both("lot précédent", "previous batch"), Do: func(s *screen) { s.Step(s.moment.Position - 1) }},
		{Keys: keys.Letter('N'), Shown: keys.Same("N P"),
			Full: message.Both("lot suivant, précédent qui lit des lignes", "next, previous batch that reads rows"), Do: func(s *screen) { s.Step(s.story.NextRows(s.moment.Position)) }},
		{Keys: keys.Letter('P'), Do: func(s *screen) { s.Step(s.story.PreviousRows(s.moment.Position)) }},
		{Keys: keys.Letter('.'), Shown: keys.Same(". ,"), Brief: message.Both("ligne", "row"),
			Full: message.Both("ligne suivante, précédente du lot, et ce qu'elle devient", "next, previous row of the batch, and what becomes of it"), Do: func(s *screen) { s.nextRow(1) }},
		{Keys: keys.Letter(','), Do: func(s *screen) { s.nextRow(-1) }},
		{Keys: keys.Special(tcell.KeyHome), Shown: message.Both("Début Fin", "Home End"),
			Full: message.Both("début, fin de l'enregistrement", "start, end of the recording"), Do: func(s *screen) { s.Jump(0) }},
		{Keys: keys.Special(tcell.KeyEnd), Do: func(s *screen) { s.Jump(s.story.Len()) }},
		{Keys: keys.Letter('g'), Shown: keys.Same("g"), Brief: message.Both("aller", "go to"),
			Full: message.Both("aller à un lot", "go to a batch"), Do: func(s *screen) {
				s.AskNumber(s.Say(askedBatch, nil), func(n int) { s.goTo(s.story.Find(int64(n))) })
			}},
		{Keys: keys.Letter('/'), Shown: keys.Same("/"), Brief: message.Both("chercher", "search"),
			Full: message.Both("chercher un mot, une heure, une phrase ; vide : encore", "search a word, a time, a sentence; empty: again"), Do: func(s *screen) { s.Search(s.Say(askedText, nil)) }},
		{Keys: keys.Letter(' '), Shown: message.Both("espace", "space"), Brief: message.Both("lecture", "play"),
			Full: message.Both("lecture ou pause", "play or pause"), Do: func(s *screen) { s.TogglePlay() }},
		{Keys: keys.Letter('<'), Shown: keys.Same("< >"),
			Full: message.Both("lecture plus lente, plus rapide (4 pas par seconde au plus)", "play slower, faster (4 steps a second at most)"), Do: func(s *screen) { s.ChangeSpeed(-1) }},
		{Keys: keys.Letter('>'), Do: func(s *screen) { s.ChangeSpeed(1) }},
		{Keys: keys.Letter('r'), Shown: keys.Same("r"), Brief: message.Both("prédire", "predict"),
			Full: message.Both("prédire le lot suivant, puis le voir", "predict the next batch, then see it"), Do: (*screen).predict},
	}
}

func changing() []keys.Action[*screen] {
	return []keys.Action[*screen]{
		{Keys: keys.Letter('w'), Shown: keys.Same("w"), Brief: message.Both("fenêtre", "window"), Row: 1, Group: message.Both("Changer l'expérience (le moteur rejoue tout)", "Change the experiment (the engine runs all of it again)"),
			Full: message.Both("durée des fenêtres et pas : 10m 5m", "length of windows and slide: 10m 5m"), Do: (*screen).askWindow},
		{Keys: keys.Letter('+'), Shown: keys.Same("+ -"), Brief: message.Both("filigrane", "watermark"), Row: 1,
			Full: message.Both("délai du filigrane : un pas (10 min au plus) en plus, en moins", "watermark delay: a slide (10 min at most) more, less"), Do: func(s *screen) { s.changeDelay(1) }},
		{Keys: keys.Letter('-'), Do: func(s *screen) { s.changeDelay(-1) }},
		{Keys: keys.Letter('b'), Shown: keys.Same("b"),
			Full: message.Both("lignes par lot", "rows in a batch"), Do: (*screen).askBatchRows},
		{Keys: keys.Letter('l'), Shown: keys.Same("l"), Brief: message.Both("retard", "late"), Row: 1,
			Full: message.Both("ajouter un événement au lot suivant : 12:04 âne", "add an event to the next batch: 12:04 âne"), Do: (*screen).askLate},
		{Keys: keys.Letter('a'), Shown: keys.Same("a"),
			Full: message.Both("déplacer l'événement ajouté : ← → son heure, ↑ ↓ son arrivée", "move the event that was added: ← → its time, ↑ ↓ its arrival"), Do: (*screen).moveAdded},
		{Keys: keys.Letter('u'), Shown: keys.Same("u R"),
			Full: message.Both("annuler, rétablir un changement", "undo, redo a change"), Do: func(s *screen) { s.Undo(s) }},
		{Keys: keys.Letter('R'), Do: func(s *screen) { s.Redo(s) }},
		{Keys: keys.Letter('U'), Shown: keys.Same("U"),
			Full: message.Both("revenir à l'énoncé", "back to the exercise"), Do: func(s *screen) { s.UndoAll(s) }},
		{Keys: keys.Letter('d'), Shown: keys.Same("d"),
			Full: message.Both("différence avec l'essai d'avant, ou retour", "difference with the run before, or back"), Do: func(s *screen) { s.read(readDifference) }},
		{Keys: keys.Letter('s'), Shown: keys.Same("s"),
			Full: message.Both("enregistrer l'expérience (step FICHIER.json la rouvre)", "save the experiment (step FILE.json opens it again)"), Do: (*screen).save},
	}
}

func looking() []keys.Action[*screen] {
	return []keys.Action[*screen]{
		{Keys: keys.Letter('m'), First: true, Shown: keys.Same("m"), Brief: message.Both("mode", "mode"), Row: 1, Group: message.Both("Regarder, quitter", "Look, quit"),
			Full: message.Both("mode suivant : son état et sa sortie", "next mode: its state and its output"), Do: (*screen).nextMode},
		{Keys: keys.Special(tcell.KeyTab), First: true, Shown: keys.Same("Tab"), Brief: message.Both("panneau", "panel"), Row: 1,
			Full: message.Both("panneau suivant (Maj-Tab : précédent) ; 1 à 4 : ce panneau-là", "next panel (Shift-Tab: previous); 1 to 4: that panel"), Do: func(s *screen) { s.open(s.focus + 1) }},
		{Keys: keys.Special(tcell.KeyBacktab), Do: func(s *screen) { s.open(s.focus - 1) }},
		{Keys: keys.Letter('z'), Shown: keys.Same("z"),
			Full: message.Both("panneau en plein écran, ou retour", "panel on the full screen, or back"), Do: func(s *screen) { s.zoom, s.reading = !s.zoom, readNothing }},
		{Keys: keys.Special(tcell.KeyDown), Shown: keys.Same("↓ ↑"),
			Full: message.Both("ligne suivante, précédente du panneau", "next, previous line of the panel"), Do: func(s *screen) { s.shift(1) }},
		{Keys: keys.Special(tcell.KeyUp), Do: func(s *screen) { s.shift(-1) }},
		{Keys: keys.Special(tcell.KeyPgDn), Shown: message.Both("PgSuiv/Préc", "PgDn PgUp"),
			Full: message.Both("page suivante, précédente du panneau", "next, previous page of the panel"), Do: func(s *screen) { s.shift(stepper.PageLines) }},
		{Keys: keys.Special(tcell.KeyPgUp), Do: func(s *screen) { s.shift(-stepper.PageLines) }},
	}
}

func leaving() []keys.Action[*screen] {
	return []keys.Action[*screen]{
		{Keys: keys.Letter('F'), Shown: keys.Same("F"),
			Full: message.Both("français ou anglais", "French or English"), Do: func(s *screen) { s.SwitchLanguage() }},
		{Keys: append(keys.Letter('?'), keys.Letter(':')...), First: true, Shown: keys.Same("?"), Brief: message.Both("aide", "help"), Row: 1,
			Full: message.Both("cette page, d'où Entrée fait ce qui est choisi (: aussi)", "this page, where Enter does what is chosen (: as well)"), Do: func(s *screen) { stepper.OpenHelp(&s.Stepper, actions(), s) }},
		{Keys: keys.Letter('q', tcell.KeyCtrlC), First: true, Shown: keys.Same("q"), Brief: message.Both("quitter", "quit"), Row: 1,
			Full: message.Both("quitter (Ctrl-C aussi)", "quit (Ctrl-C as well)"), Do: func(s *screen) { s.Window.Quit() }},
		{Keys: keys.Special(tcell.KeyEnter), Shown: message.Both("Entrée", "Enter"), Brief: message.Both("pourquoi ?", "why?"), Row: 1,
			Full: message.Both("toutes les phrases sur ce lot, ou retour", "all the sentences about this batch, or back"), Do: func(s *screen) { s.read(readWhy) }},
		{Keys: keys.Special(tcell.KeyEscape), Shown: message.Both("Échap", "Esc"),
			Full: message.Both("fermer ce qui est ouvert", "close what is open"), Do: (*screen).closeAll},
	}
}
