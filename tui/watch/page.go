package watch

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"etincelle/grader/check"
	"etincelle/grader/lab"
	"etincelle/grader/message"
	"etincelle/grader/notebook"
	"etincelle/grader/report"
	"etincelle/tui/canvas"
	"etincelle/tui/keys"
)

// page is what shows: the state, and how one looks at it.
type page struct {
	*Watch
	offset int        // lines of the exercise hidden above; drawing keeps it in bounds
	list   bool       // the list of exercises is open
	row    int        // its chosen row
	help   *keys.Help // the page of keys, nil when it is closed
	prompt string
	notice string
}

var (
	listTitle    = message.Both("Exercices", "Exercises")
	warmingText  = message.Both("première construction : {done} sur {total}", "first build: {done} of {total}")
	beginsText   = message.Both("préparation…", "getting ready…")
	checkingText = message.Both("vérification…", "checking…")
	tookText     = message.Both("vérifié en {seconds} s", "checked in {seconds} s")
	waitingText  = message.Both("en attente d'un enregistrement", "waiting for a save")

	oneTimeText = message.Both(
		"Première construction sur cette machine : {total:paquet|paquets} à compiler, une fois pour toutes ; les suivantes prennent moins d'une seconde.",
		"First build on this machine: {total:package|packages} to compile, once and for all; later ones take less than a second.")
	nowText     = message.Both("En cours : {package}", "Now: {package}")
	openText    = message.Both("Ouvrez {file} dans votre éditeur : chaque enregistrement est vérifié.", "Open {file} in your editor: every save is checked.")
	whereText   = message.Both("À écrire : {function}, {file}:{line}", "To write: {function}, {file}:{line}")
	taskText    = message.Both("L'énoncé, dans le cahier : o. Un indice : h.", "The task, in the notebook: o. A hint: h.")
	againText   = message.Both("Relire le cahier, « {section} » : o. Un indice : h. Lancer et voir : r, s.", "Read the notebook again, “{section}”: o. A hint: h. Run and see: r, s.")
	hintTitle   = message.Both("Indice {n} sur {of}", "Hint {n} of {of}")
	onText      = message.Both("n : l'exercice suivant ({left:reste|restent})", "n: the next exercise ({left} left)")
	allDoneText = message.Both(
		"Tous les contrôles publics du TP passent : {passed:exercice|exercices} sur {passed}. Les cas cachés sont lancés à la correction.",
		"All public checks of the TP pass: {passed:exercise|exercises} of {passed}. Hidden cases run when the work is graded.")
)

// layout says where everything goes.
type layout struct{ header, body, footer canvas.Rect }

func arrange(width, height int) layout {
	footer := min(2, max(height-4, 0))
	return layout{
		header: canvas.At(0, 0, width, min(height, 1)),
		body:   canvas.At(0, 1, width, max(height-1-footer, 0)),
		footer: canvas.At(0, height-footer, width, footer),
	}
}

// draw is the page at a size.
func (p *page) draw(width, height int) *canvas.Canvas {
	c := canvas.New(width, height)
	l := arrange(width, height)
	c.Put(0, 0, width, p.header().Beside(p.doing(), width))
	e := p.exercise()
	title := fmt.Sprintf("%d %s", e.Number, e.Title.In(p.language))
	switch {
	case p.help != nil:
		keys.DrawHelp(c, l.body, p.help, actions(), p.language, nil)
	case p.list:
		var lines canvas.Listing
		for i := range p.lab.Exercises {
			lines.Add(p.row1(i))
		}
		c.Panel(l.body, p.language, listTitle.In(p.language), true, lines, 0)
	default:
		var lines canvas.Listing
		lines.Add(p.content(max(l.body.Inside().Width, 1))...)
		p.offset = c.Panel(l.body, p.language, title, true, lines, p.offset)
	}
	keys.DrawFooter(c, l.footer, actions(), p.language, false, keys.Says{Prompt: p.prompt, Help: p.help != nil, Notice: p.notice})
	return c
}

// header is the TP and how far it is.
func (p *page) header() canvas.Line {
	line := canvas.Line{canvas.Say(canvas.Strong, " "+strings.ToUpper(p.lab.Short)+" "), canvas.Say(canvas.Normal, p.lab.Title.In(p.language)+"  ")}
	for _, e := range p.lab.Exercises {
		sign, look := report.Sign(p.kind(e.Number))
		line = append(line, canvas.Say(canvas.Role(look), sign))
	}
	return append(line, canvas.Say(canvas.Normal, fmt.Sprintf(" %d/%d", p.done(), len(p.lab.Exercises))))
}

func (p *page) kind(number int) check.Kind {
	if kind := p.kinds[number]; kind != "" {
		return kind
	}
	return check.Unfinished
}

// doing is what goes on beside the screen.
func (p *page) doing() canvas.Line {
	text, role := waitingText.In(p.language), canvas.Faint
	switch {
	case p.phase == warming && p.progress.Total > 0:
		text = warmingText.Fill(p.language, message.Facts{"done": p.progress.Done, "total": p.progress.Total})
		role = canvas.Active
	case p.phase == warming:
		text, role = beginsText.In(p.language), canvas.Active
	case p.phase == checking:
		text, role = checkingText.In(p.language), canvas.Active
	case p.took > 0:
		text = tookText.Fill(p.language, message.Facts{"seconds": max(p.took, 10*time.Millisecond).Seconds()})
	}
	return canvas.Text(role, text+" ")
}

// row1 is an exercise in the list.
func (p *page) row1(i int) canvas.Line {
	e := p.lab.Exercises[i]
	sign, look := report.Sign(p.kind(e.Number))
	text := fmt.Sprintf(" %-3d%s — %s", e.Number, e.Title.In(p.language), report.Word(p.kind(e.Number), p.language))
	if i == p.row {
		return canvas.Line{canvas.Say(canvas.Chosen, "▶ "+sign+text)}
	}
	return canvas.Line{canvas.Say(canvas.Normal, "  "), canvas.Say(canvas.Role(look), sign), canvas.Say(canvas.Normal, text)}
}

// content is the exercise: the verdict's page, what to do, the hints shown.
func (p *page) content(width int) []canvas.Line {
	e := p.exercise()
	checked, known := p.shown[e.Number]
	var lines []canvas.Line
	say := func(role canvas.Role, text string) {
		for _, part := range canvas.Wrap(text, width) {
			lines = append(lines, canvas.Text(role, part))
		}
	}
	switch {
	case known:
		for _, line := range report.Exercise(p.lab, e, checked, p.language, width) {
			var spans canvas.Line
			for _, s := range line {
				spans = append(spans, canvas.Say(canvas.Role(s.Look), s.Text))
			}
			lines = append(lines, spans)
		}
		lines = append(lines, nil)
	case p.phase == warming && p.progress.Total > 0:
		say(canvas.Normal, oneTimeText.Fill(p.language, message.Facts{"total": p.progress.Total}))
		say(canvas.Active, p.bar(width))
		say(canvas.Faint, nowText.Fill(p.language, message.Facts{"package": p.progress.Package}))
		lines = append(lines, nil)
	}
	switch p.kinds[e.Number] {
	case check.Right:
		if left := len(p.lab.Exercises) - p.done(); left > 0 {
			say(canvas.Strong, onText.Fill(p.language, message.Facts{"left": left}))
		} else if known {
			say(canvas.Good, allDoneText.Fill(p.language, message.Facts{"passed": p.done()}))
		}
	default:
		for _, name := range e.Functions {
			say(canvas.Normal, whereText.Fill(p.language, message.Facts{"function": name, "file": p.path(), "line": strconv.Itoa(p.lineOf(name))}))
		}
		next := againText
		if p.kind(e.Number) == check.Unfinished {
			next = taskText
		}
		say(canvas.Normal, next.Fill(p.language, message.Facts{"section": p.heading(e.Section)}))
		if !known {
			say(canvas.Faint, openText.Fill(p.language, message.Facts{"file": p.path()}))
		}
	}
	for i, hint := range p.hints[e.Number] {
		lines = append(lines, nil, canvas.Text(canvas.Strong, hintTitle.Fill(p.language, message.Facts{"n": i + 1, "of": lab.HintStages})))
		lines = append(lines, p.painted(hint, width)...)
	}
	return lines
}

// painted is a text of ours, a hint, with its code in colour.
func (p *page) painted(text string, width int) []canvas.Line {
	blocks, err := notebook.Fragment("text", text)
	if err != nil { // the authors' selftest parses every hint
		return []canvas.Line{canvas.Text(canvas.Normal, text)}
	}
	var lines []canvas.Line
	for _, line := range notebook.NewPainter(notebook.Style{Color: true, Language: string(p.language)}).Blocks(blocks, width) {
		var spans canvas.Line
		for _, piece := range line {
			spans = append(spans, canvas.Say(canvas.Role(piece.Style), piece.Text))
		}
		lines = append(lines, spans)
	}
	return lines
}

// bar is how far the first build is: what is compiled, of what has to be.
func (p *page) bar(width int) string {
	n := max(min(width-2, 60), 1)
	full := n * p.progress.Done / max(p.progress.Total, 1)
	return "▕" + strings.Repeat("█", full) + strings.Repeat("░", n-full) + "▏"
}

// path is the student's file, as one types it.
// heading is a section of the notebook by its title.
func (p *page) heading(section string) string {
	if p.options.Heading == nil {
		return section
	}
	return p.options.Heading(section, p.language)
}

func (p *page) path() string { return "labs/" + p.lab.Name + "/exercises.go" }

// lineOf is the line of a function in the student's file, 1 when it is not there.
func (p *page) lineOf(function string) int {
	source := p.source
	if source == nil {
		source = p.lab.Starter // until the file has been read
	}
	before, _, found := strings.Cut(string(source), "\nfunc "+function+"(")
	if !found {
		return 1
	}
	return strings.Count(before, "\n") + 2
}
