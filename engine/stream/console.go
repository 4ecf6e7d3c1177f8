package stream

import (
	"fmt"
	"io"
	"os"
)

// Console prints each batch as Spark does: its number, and the rows as a table.
func Console() Sink { return ConsoleTo(os.Stdout, 20) }

// ConsoleTo prints on w, at most so many rows a batch.
func ConsoleTo(w io.Writer, rows int) Sink { return console{w, rows} }

type console struct {
	w    io.Writer
	rows int
}

func (console) Description() string { return "ConsoleTable" }

func (c console) Write(out *Output) error {
	table, err := out.Frame().Table(c.rows, 20)
	if err != nil {
		return err
	}
	const line = "-------------------------------------------\n"
	_, err = fmt.Fprintf(c.w, "%sBatch: %d\n%s%s\n", line, out.Batch, line, table)
	return err
}
