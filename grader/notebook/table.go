package notebook

import (
	"slices"
	"strings"

	"github.com/gomarkdown/markdown/ast"
)

// A table on the screen: columns as wide as their widest cell, narrowed from the
// widest on when the whole is too wide, so that only long text is broken.

const (
	between     = "  " // two columns apart
	leastColumn = 4    // columns of the screen; narrower than this, words cannot be read
)

// tableRow is the cells of a row.
type tableRow struct {
	header bool
	cells  []*ast.TableCell
}

func (p Painter) table(table *ast.Table, width int) []Line {
	rows := rowsOf(table)
	widths := p.columnWidths(rows, width)
	var lines []Line
	for i, row := range rows {
		lines = append(lines, p.row(row, widths)...)
		if row.header && (i+1 == len(rows) || !rows[i+1].header) {
			var rules []string
			for _, w := range widths {
				rules = append(rules, strings.Repeat("─", w))
			}
			lines = append(lines, Line{{strings.Join(rules, between), dim}})
		}
	}
	return lines
}

// rowsOf lists the rows of a table's head, body and foot.
func rowsOf(table *ast.Table) []tableRow {
	var rows []tableRow
	for _, part := range table.GetChildren() {
		_, header := part.(*ast.TableHeader)
		for _, line := range part.GetChildren() {
			row := tableRow{header: header}
			for _, child := range line.GetChildren() {
				if cell, is := child.(*ast.TableCell); is {
					row.cells = append(row.cells, cell)
				}
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// columnWidths gives each column the width of its widest cell, then takes from
// the widest until the table fits.
func (p Painter) columnWidths(rows []tableRow, width int) []int {
	var widths []int
	for _, row := range rows {
		for i, cell := range row.cells {
			if i == len(widths) {
				widths = append(widths, 1)
			}
			widths[i] = max(widths[i], p.columnsOf(p.inline(cell, "")))
		}
	}
	total := len(between) * (len(widths) - 1)
	for _, w := range widths {
		total += w
	}
	for ; total > width; total-- {
		widest := slices.Index(widths, slices.Max(widths))
		if widths[widest] <= leastColumn {
			break
		}
		widths[widest]--
	}
	return widths
}

// row paints one row, as high as its highest cell.
func (p Painter) row(row tableRow, widths []int) []Line {
	var cells [][]Line
	height := 1
	for i, cell := range row.cells {
		style := ""
		if row.header {
			style = bold
		}
		cells = append(cells, p.wrap(p.inline(cell, style), widths[i]))
		height = max(height, len(cells[i]))
	}
	lines := make([]Line, height)
	for h := range lines {
		for i := range widths {
			text, align := Line(nil), ast.CellAlignFlags(0)
			if i < len(cells) {
				align = row.cells[i].Align
				if h < len(cells[i]) {
					text = cells[i][h]
				}
			}
			if i > 0 {
				lines[h] = append(lines[h], Piece{between, ""})
			}
			lines[h] = append(lines[h], p.aligned(text, widths[i], align)...)
		}
	}
	return lines
}

// aligned fills text up to a column's width.
func (p Painter) aligned(text Line, width int, align ast.CellAlignFlags) Line {
	blanks := max(0, width-p.columnsOf(text))
	left := 0
	switch align {
	case ast.TableAlignmentRight:
		left = blanks
	case ast.TableAlignmentCenter:
		left = blanks / 2
	}
	filled := append(Line{{strings.Repeat(" ", left), ""}}, text...)
	return append(filled, Piece{strings.Repeat(" ", blanks-left), ""})
}
