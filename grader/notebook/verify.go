package notebook

import "fmt"

// What a notebook must be as a whole, which no block can tell alone: names are
// there once, questions come before their cells, there is a title.

// verify reports what is wrong between blocks, and gives the notebook's title.
func (r *reader) verify(n *Notebook) string {
	r.names(n)
	r.questions(n)
	return r.headings(n)
}

// headings: a title comes first, and each id is one heading's.
func (r *reader) headings(n *Notebook) string {
	ids := map[string]int{}
	title := ""
	for _, heading := range collect[*Heading](n.Blocks) {
		if title == "" && heading.Level == 1 {
			title = plain(heading.Node)
		}
		if heading.ID == "" {
			continue
		}
		once(r, ids, "the heading id "+quoted(heading.ID), heading.ID, heading.Line)
	}
	if title == "" {
		r.report(0, "no title", "a heading `# Title`", "begin the notebook with it")
	}
	return title
}

// names: each cell and each exercise is there once, and cells are few enough.
func (r *reader) names(n *Notebook) {
	cells, tasks := map[string]int{}, map[int]int{}
	for i, cell := range n.Cells() {
		once(r, cells, "a second cell "+quoted(cell.Name), cell.Name, cell.Line)
		if i == maxCells {
			r.report(cell.Line-1, fmt.Sprintf("cell number %d", maxCells+1), fmt.Sprintf("at most %d cells", maxCells), "cut the notebook in two")
		}
	}
	for _, task := range n.Tasks() {
		once(r, tasks, fmt.Sprintf("a second task %d", task.Number), task.Number, task.Line)
	}
}

// questions: each is about a cell that stands below it.
func (r *reader) questions(n *Notebook) {
	cells := map[string]int{}
	for _, cell := range n.Cells() {
		cells[cell.Name] = max(cells[cell.Name], cell.Line)
	}
	ids := map[string]int{}
	for _, predict := range n.Predicts() {
		once(r, ids, "a second predict "+quoted(predict.ID), predict.ID, predict.Line)
		switch line, exists := cells[predict.Cell]; {
		case !exists:
			r.report(predict.Line-1, "a question about "+quoted(predict.Cell), "the name of a cell", "correct the name, or write that cell")
		case line < predict.Line:
			r.report(predict.Line-1, fmt.Sprintf("a question about %q, which is run at line %d", predict.Cell, line), "a cell below the question", "ask before the cell is run")
		}
	}
}

// once reports a name that was seen before.
func once[K comparable](r *reader, seen map[K]int, what string, name K, line int) {
	if before, again := seen[name]; again {
		r.report(line-1, fmt.Sprintf("%s (the first is at line %d)", what, before), "each one once", "choose another")
		return
	}
	seen[name] = line
}
