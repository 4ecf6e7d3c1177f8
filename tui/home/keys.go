package home

import (
	"github.com/gdamore/tcell/v2"

	"etincelle/grader/message"
	"etincelle/tui/keys"
)

// actions lists what the keys do, in the order of the page of keys. The
// commands' own keys show in their panel, with the command line of each.
func actions() []keys.Action[*screen] {
	start := func(key rune, full message.Text, others ...tcell.Key) keys.Action[*screen] {
		return keys.Action[*screen]{Keys: keys.Letter(key, others...), Shown: keys.Same(string(key)), Full: full, Do: func(s *screen) { s.start(key) }}
	}
	list := []keys.Action[*screen]{
		{Keys: keys.Special(tcell.KeyDown), First: true, Shown: keys.Same("↓ ↑"), Brief: message.Both("choisir", "choose"), Group: message.Both("Choisir", "Choose"),
			Full: message.Both("TP ou exercice suivant, précédent", "next, previous TP or exercise"), Do: func(s *screen) { s.move(1) }},
		{Keys: keys.Special(tcell.KeyUp), Do: func(s *screen) { s.move(-1) }},
		{Keys: keys.Letter('j'), Do: func(s *screen) { s.move(1) }},
		{Keys: keys.Letter('k'), Do: func(s *screen) { s.move(-1) }},
		{Keys: keys.Special(tcell.KeyPgDn, tcell.KeyTab), Shown: message.Both("Tab, PgSuiv", "Tab, PgDn"),
			Full: message.Both("TP suivant (Maj-Tab, PgPréc : précédent)", "next TP (Shift-Tab, PgUp: previous)"), Do: func(s *screen) { s.moveTP(1) }},
		{Keys: keys.Special(tcell.KeyPgUp, tcell.KeyBacktab), Do: func(s *screen) { s.moveTP(-1) }},
		{Keys: keys.Letter('.', tcell.KeyHome), Shown: message.Both(". Début", ". Home"),
			Full: message.Both("là où il reste à faire", "where there is something left to do"), Do: func(s *screen) { s.at = s.course.next(s.language).at }},
	}
	first := start('n', message.Both("lire le cahier, à la section de l'exercice", "read the notebook, at the exercise's section"), tcell.KeyEnter)
	first.Shown, first.Brief, first.First = message.Both("Entrée", "Enter"), message.Both("cahier", "notebook"), true
	first.Group = message.Both("Lancer", "Start")
	return append(list, first,
		start('e', message.Both("ouvrir exercises.go dans votre éditeur (variable EDITOR)", "open exercises.go in your editor (variable EDITOR)")),
		start('c', message.Both("vérifier les exercices du TP", "check the TP's exercises")),
		start('w', message.Both("vérifier à chaque enregistrement du fichier", "check at each save of the file")),
		start('h', message.Both("un indice de plus", "one more hint")),
		start('r', message.Both("lancer sur les données du TP : résultat, plan, compteurs", "run on the TP's data: result, plan, counters")),
		start('s', message.Both("avancer pas à pas dans l'exécution, et revenir", "step through the run, and back")),
		start('x', message.Both("remettre comme au début (demande, garde une copie)", "put back as at the start (asks, keeps a copy)")),
		keys.Action[*screen]{Keys: keys.Letter(':'), First: true, Shown: keys.Same(":"), Brief: otherCommand, Full: message.Both("taper une autre commande du cours ; help les donne toutes", "type another command of the course; help lists them all"), Do: (*screen).askCommand},
		keys.Action[*screen]{Keys: keys.Letter('F'), First: true, Shown: keys.Same("F"), Brief: message.Both("English", "français"), Group: message.Both("L'écran", "The screen"),
			Full: message.Both("français ou anglais", "French or English"), Do: (*screen).switchLanguage},
		keys.Action[*screen]{Keys: keys.Letter('?'), First: true, Shown: keys.Same("?"), Brief: message.Both("aide", "help"), Full: message.Both("cette page", "this page"), Do: (*screen).openHelp},
		keys.Action[*screen]{Keys: keys.Letter('q', tcell.KeyCtrlC, tcell.KeyEscape), First: true, Shown: keys.Same("q"), Brief: message.Both("quitter", "quit"),
			Full: message.Both("quitter (Échap, Ctrl-C aussi)", "quit (Esc, Ctrl-C as well)"), Do: func(s *screen) { s.window.Quit() }},
	)
}
