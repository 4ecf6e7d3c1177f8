package watch

import (
	"github.com/gdamore/tcell/v2"

	"etincelle/grader/message"
	"etincelle/tui/keys"
)

// pageLines is how far PgUp and PgDn go.
const pageLines = 8

// actions lists what the keys do, in the order of the page of keys.
func actions() []keys.Action[*screen] {
	return []keys.Action[*screen]{
		{Keys: keys.Letter('n', tcell.KeyRight), First: true, Shown: keys.Same("n"), Brief: message.Both("suivant", "next"), Group: message.Both("L'exercice", "The exercise"),
			Full: message.Both("l'exercice suivant qui n'est pas réussi", "the next exercise that is not done"), Do: (*screen).goNext},
		{Keys: keys.Letter('p', tcell.KeyLeft), Shown: keys.Same("p"),
			Full: message.Both("l'exercice précédent", "the previous exercise"), Do: (*screen).goBack},
		{Keys: keys.Letter('l'), First: true, Shown: keys.Same("l"), Brief: message.Both("liste", "list"),
			Full: message.Both("la liste des exercices ; Entrée en choisit un", "the list of exercises; Enter chooses one"), Do: (*screen).toggleList},
		{Keys: keys.Special(tcell.KeyEnter), Do: (*screen).choose},
		{Keys: keys.Letter('h'), First: true, Shown: keys.Same("h"), Brief: message.Both("indice", "hint"),
			Full: message.Both("un indice de plus", "one more hint"), Do: (*screen).hint},
		{Keys: keys.Letter('c'), Shown: keys.Same("c"), Brief: message.Both("vérifier", "check"),
			Full: message.Both("vérifier tout le TP maintenant, sans attendre un enregistrement", "check the whole TP now, without waiting for a save"), Do: (*screen).checkAll},
		{Keys: keys.Letter('r'), Shown: keys.Same("r"), Brief: message.Both("lancer", "run"),
			Full: message.Both("lancer sur les données du TP : résultat, plan, compteurs", "run on the TP's data: result, plan, counters"), Do: (*screen).run},
		{Keys: keys.Letter('s'), Shown: keys.Same("s"), Brief: message.Both("pas à pas", "step"),
			Full: message.Both("avancer pas à pas dans l'exécution, et revenir", "step through the run, and back"), Do: (*screen).step},
		{Keys: keys.Letter('o'), Row: 1, Shown: keys.Same("o"), Brief: message.Both("cahier", "notebook"),
			Full: message.Both("ouvrir le cahier à la section de l'exercice", "open the notebook at the exercise's section"), Do: (*screen).notebook},
		{Keys: keys.Letter('e'), Row: 1, Shown: keys.Same("e"), Brief: message.Both("éditeur", "editor"),
			Full: message.Both("ouvrir exercises.go dans votre éditeur (variable EDITOR)", "open exercises.go in your editor (variable EDITOR)"), Do: (*screen).edit},
		{Keys: keys.Letter('x'), Row: 1, Shown: keys.Same("x"), Brief: message.Both("recommencer", "reset"),
			Full: message.Both("remettre l'exercice comme au début (demande, garde une copie)", "put the exercise back as at the start (asks, keeps a copy)"), Do: (*screen).reset},

		{Keys: keys.Special(tcell.KeyDown), Row: 1, Shown: keys.Same("↓ ↑"), Brief: message.Both("défiler", "scroll"), Group: message.Both("L'écran", "The screen"),
			Full: message.Both("ligne suivante, précédente (j et k aussi)", "next, previous line (j and k as well)"), Do: func(s *screen) { s.move(1) }},
		{Keys: keys.Special(tcell.KeyUp), Do: func(s *screen) { s.move(-1) }},
		{Keys: keys.Letter('j'), Do: func(s *screen) { s.move(1) }},
		{Keys: keys.Letter('k'), Do: func(s *screen) { s.move(-1) }},
		{Keys: keys.Letter(' ', tcell.KeyPgDn), Shown: message.Both("PgSuiv/Préc", "PgDn PgUp"),
			Full: message.Both("page suivante (espace aussi), précédente", "next page (space as well), previous"), Do: func(s *screen) { s.move(pageLines) }},
		{Keys: keys.Special(tcell.KeyPgUp), Do: func(s *screen) { s.move(-pageLines) }},
		{Keys: keys.Letter('F'), Row: 1, Shown: keys.Same("F"), Brief: message.Both("English", "français"),
			Full: message.Both("français ou anglais", "French or English"), Do: (*screen).switchLanguage},
		{Keys: keys.Letter('?'), First: true, Row: 1, Shown: keys.Same("?"), Brief: message.Both("aide", "help"),
			Full: message.Both("cette page", "this page"), Do: (*screen).openHelp},
		{Keys: keys.Letter('q', tcell.KeyCtrlC), First: true, Row: 1, Shown: keys.Same("q"), Brief: message.Both("quitter", "quit"),
			Full: message.Both("quitter (Ctrl-C aussi)", "quit (Ctrl-C as well)"), Do: func(s *screen) { s.window.Quit() }},
		{Keys: keys.Special(tcell.KeyEscape), Shown: message.Both("Échap", "Esc"),
			Full: message.Both("fermer la liste", "close the list"), Do: func(s *screen) { s.list = false }},
	}
}
