package book

import (
	"github.com/gdamore/tcell/v2"

	"etincelle/grader/message"
	"etincelle/tui/keys"
)

// actions lists what the keys do, in the order of the page of keys.
func actions() []keys.Action[*screen] {
	type action = keys.Action[*screen]
	both := message.Both
	page := func(by int) func(*screen) {
		return func(s *screen) { s.scroll(s.laid(), s.height, by*max(s.height-1, 1)) }
	}
	line := func(by int) func(*screen) { return func(s *screen) { s.scroll(s.laid(), s.height, by) } }
	half := func(by int) func(*screen) {
		return func(s *screen) { s.scroll(s.laid(), s.height, by*max(s.height/2, 1)) }
	}
	section := func(by int) func(*screen) { return func(s *screen) { s.skip(s.laid(), s.height, by) } }
	choose := func(by int) func(*screen) { return func(s *screen) { s.choose(s.laid(), s.height, by) } }
	start := func(key rune) func(*screen) { return func(s *screen) { s.start(key) } }
	return []action{
		{Keys: keys.Letter(' ', tcell.KeyPgDn), First: true, Shown: both("espace b", "space b"), Brief: both("page", "page"), Group: both("Lire", "Read"),
			Full: both("page suivante, précédente (f, PgSuiv, PgPréc aussi)", "next, previous page (f, PgDn, PgUp as well)"), Do: page(1)},
		{Keys: keys.Letter('b', tcell.KeyPgUp), Do: page(-1)},
		{Keys: keys.Letter('f', tcell.KeyCtrlF), Do: page(1)},
		{Keys: keys.Special(tcell.KeyCtrlB), Do: page(-1)},
		{Keys: keys.Letter('j', tcell.KeyDown), Shown: keys.Same("↓ ↑"),
			Full: both("ligne suivante, précédente (j, k aussi) ; d, u : une demi-page", "next, previous line (j, k as well); d, u: half a page"), Do: line(1)},
		{Keys: keys.Letter('k', tcell.KeyUp), Do: line(-1)},
		{Keys: keys.Letter('d', tcell.KeyCtrlD), Do: half(1)},
		{Keys: keys.Letter('u', tcell.KeyCtrlU), Do: half(-1)},
		{Keys: keys.Letter(']', tcell.KeyRight), First: true, Shown: keys.Same("→ ←"), Brief: both("section", "section"),
			Full: both("section suivante, précédente (] et [ aussi)", "next, previous section (] and [ as well)"), Do: section(1)},
		{Keys: keys.Letter('[', tcell.KeyLeft), Do: section(-1)},
		{Keys: keys.Letter('t'), Shown: keys.Same("t"), Brief: both("table", "contents"),
			Full: both("table des matières : ? à prédire, ! prédit, puis les exercices", "table of contents: ? to predict, ! predicted, exercise numbers"), Do: (*screen).openContents},
		{Keys: keys.Letter('g', tcell.KeyHome), Shown: keys.Same("g G"),
			Full: both("début, fin du cahier", "start, end of the notebook"), Do: func(s *screen) { s.show(s.laid(), s.height, 0) }},
		{Keys: keys.Letter('G', tcell.KeyEnd), Do: func(s *screen) { sh := s.laid(); s.show(sh, s.height, sh.end(s.height)) }},
		{Keys: keys.Letter('/'), Shown: keys.Same("/ n N"), Brief: both("chercher", "search"),
			Full: both("chercher un texte ; n : le suivant, N : le précédent", "search a text; n: the next, N: the one before"), Do: (*screen).askText},
		{Keys: keys.Letter('n'), Do: func(s *screen) { s.searchOn(1) }},
		{Keys: keys.Letter('N'), Do: func(s *screen) { s.searchOn(-1) }},

		{Keys: keys.Special(tcell.KeyTab), First: true, Shown: keys.Same("Tab"), Brief: both("choisir", "choose"), Row: 1, Group: both("Essayer", "Try"),
			Full: both("cellule, question, exercice, réponse (Maj-Tab : en arrière)", "next cell, question, exercise or answer (Shift-Tab: back)"), Do: choose(1)},
		{Keys: keys.Special(tcell.KeyBacktab), Do: choose(-1)},
		{Keys: keys.Special(tcell.KeyEnter), First: true, Shown: both("Entrée", "Enter"), Brief: both("lancer", "run"), Row: 1,
			Full: both("lancer la cellule ▶, après la prédiction ; déplier la réponse", "run the cell ▶, after the prediction; unfold the answer"), Do: (*screen).enter},
		{Keys: keys.Letter('a'), Shown: keys.Same("a"), Brief: both("tout", "all"), Row: 1,
			Full: both("lancer toutes les cellules ; ce qui est à prédire reste caché", "run all cells; what is to be predicted stays hidden"), Do: (*screen).runAll},
		{Keys: keys.Letter('o'), Shown: keys.Same("o"),
			Full: both("tout lancer, et écrire les sorties à côté du cahier", "run all, and write the outputs beside the notebook"), Do: (*screen).write},
		{Keys: keys.Letter('e'), Shown: keys.Same("e c h"), Brief: both("exercice", "exercise"), Row: 1,
			Full: both("l'exercice de la section : éditeur, vérifier, indice", "the section's exercise: editor, check, hint"), Do: start('e')},
		{Keys: keys.Letter('c'), Do: start('c')},
		{Keys: keys.Letter('h'), Do: start('h')},
		{Keys: keys.Letter('w'), Shown: keys.Same("w r s"),
			Full: both("l'exercice : vérifier sans cesse, lancer, avancer pas à pas", "the exercise: check at each save, run, step through"), Do: start('w')},
		{Keys: keys.Letter('r'), Do: start('r')},
		{Keys: keys.Letter('s'), Do: start('s')},
		{Keys: keys.Letter('F'), Shown: keys.Same("F"), Brief: both("English", "français"), Group: both("L'écran", "The screen"),
			Full: both("français ou anglais", "French or English"), Do: (*screen).switchLanguage},
		{Keys: keys.Letter('?'), First: true, Shown: keys.Same("?"), Brief: both("aide", "help"), Row: 1, Full: both("cette page", "this page"), Do: (*screen).openHelp},
		{Keys: keys.Special(tcell.KeyEscape), Shown: both("Échap", "Esc"),
			Full: both("arrêter la cellule qui tourne ; fermer ; ôter la recherche", "stop the cell that runs; close; end the search"), Do: (*screen).escape},
		{Keys: keys.Letter('q', tcell.KeyCtrlC), First: true, Shown: keys.Same("q"), Brief: both("quitter", "quit"), Row: 1,
			Full: both("quitter (Ctrl-C aussi)", "quit (Ctrl-C as well)"), Do: func(s *screen) { s.window.Quit() }},
	}
}
