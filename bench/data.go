package bench

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Sizes at scale 1.
const (
	textBytes = 100e6
	pairRows  = 5e6
	pairKeys  = 1_000_000 // different keys at most
	pairMost  = 1000      // values are from -pairMost to pairMost-1
)

// Make writes text.txt (the words of a book over and over, twelve a line, with a
// line of its own after each time), pairs.csv (k,v), flights.csv (those of 2013, and
// again in the years after) and the folders events and small into dir: the same bytes
// for the same scale, always. What the jobs must find there goes to answers.json. The
// book and the flights are in the project's folder datasets.
func Make(dir, datasets string, scale float64) error {
	book := filepath.Join(datasets, "text", "opticks.txt")
	text, err := os.ReadFile(book)
	if err != nil {
		return fmt.Errorf("the words come from %s: %w", book, err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	var known answers
	err = write(filepath.Join(dir, "text.txt"), func(w io.Writer) error { return writeText(w, string(text), scale, &known) })
	if err != nil {
		return err
	}
	err = write(filepath.Join(dir, "pairs.csv"), func(w io.Writer) error { return writePairs(w, scale, &known) })
	if err != nil {
		return err
	}
	err = write(filepath.Join(dir, "flights.csv"), func(w io.Writer) error {
		return writeFlights(w, filepath.Join(datasets, "flights", "flights.csv.gz"), int(flightRows*scale), &known)
	})
	if err != nil {
		return err
	}
	if known.events, err = writeEvents(filepath.Join(dir, "events"), eventFiles, int(eventRows*scale), 1); err != nil {
		return err
	}
	if known.small, err = writeEvents(filepath.Join(dir, "small"), smallFiles, smallRows, 2); err != nil {
		return err
	}
	return known.write(dir)
}

func write(path string, body func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	if err := body(w); err != nil {
		f.Close()
		return err
	}
	if err := w.Flush(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func writeText(w io.Writer, book string, scale float64, known *answers) error {
	const wordsPerLine = 12
	words := strings.Fields(book)
	var lines strings.Builder
	for i := 0; i < len(words); i += wordsPerLine {
		lines.WriteString(strings.Join(words[i:min(i+wordsPerLine, len(words))], " "))
		lines.WriteByte('\n')
	}
	editions := int(textBytes*scale/float64(lines.Len())) + 1
	known.count(words, editions)
	for i := range editions {
		own := []string{fmt.Sprintf("edition%d", i), fmt.Sprintf("tome%d", i%7)}
		known.count(own, 1)
		if _, err := fmt.Fprintf(w, "%s%s\n", lines.String(), strings.Join(own, " ")); err != nil {
			return err
		}
	}
	return nil
}

func writePairs(w io.Writer, scale float64, known *answers) error {
	random := rand.New(rand.NewPCG(7, 7))
	if _, err := io.WriteString(w, "k,v\n"); err != nil {
		return err
	}
	var line []byte
	for range int(pairRows * scale) {
		k, v := random.IntN(pairKeys), random.IntN(2*pairMost)-pairMost
		known.pair(k, v)
		line = strconv.AppendInt(line[:0], int64(k), 10)
		line = append(line, ',')
		line = strconv.AppendInt(line, int64(v), 10)
		line = append(line, '\n')
		if _, err := w.Write(line); err != nil {
			return err
		}
	}
	return nil
}
