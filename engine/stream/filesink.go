package stream

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"etincelle/engine"
	"etincelle/engine/fs"
	"etincelle/engine/stream/checkpoint"
)

// sinkLog is the folder, in a sink's, that says which files count.
const sinkLog = "_spark_metadata"

// FileSink writes each batch to files in a folder, and then a line of its log, by
// which its rows count: exactly once, whatever dies when. Only append mode fits.
// CommittedFiles lists the files that count.
func FileSink(dir string, format Format) Sink { return fileSink{dir, format} }

type fileSink struct {
	dir    string
	format Format
}

func (f fileSink) Description() string { return "FileSink[" + f.dir + "]" }

// accepts implements choosy.
func (f fileSink) accepts(mode OutputMode) error {
	if mode != Append {
		return fmt.Errorf("data source %s does not support %s output mode: what is written to a file cannot be changed, so choose stream.Append", f.format.Name(), mode)
	}
	return nil
}

// choosy is implemented by sinks that do not take every mode.
type choosy interface{ accepts(mode OutputMode) error }

// Write implements Sink.
func (f fileSink) Write(out *Output) error {
	core := engine.Inside(out.query.session)
	files := core.Files()
	log := filepath.Join(f.dir, sinkLog, strconv.FormatInt(out.Batch, 10))
	switch _, err := files.Stat(log); {
	case err == nil:
		return nil // the batch comes again: it counts already
	case !fs.Missing(err):
		return err
	}
	if err := f.format.Check(out.Schema); err != nil {
		return err
	}
	var lines [][]byte
	for p, part := range out.Parts {
		data := f.format.Head(out.Schema)
		rows := 0
		for _, b := range part {
			data = f.format.Append(data, out.Schema, b, time.UTC)
			rows += b.Rows
		}
		if rows == 0 {
			continue
		}
		name := fmt.Sprintf("part-%05d-batch%d%s", p, out.Batch, f.format.Suffix())
		if err := files.Write(filepath.Join(f.dir, name), data); err != nil {
			return err
		}
		lines = append(lines, []byte(name))
	}
	return checkpoint.Write(files, log, lines...) // the decisive line: from here on the rows count
}

// CommittedFiles lists the files of a FileSink's folder that count, in the order of
// their batches; others are from batches that did not end.
func CommittedFiles(s *engine.Session, dir string) ([]string, error) {
	files := engine.Inside(s).Files()
	list, err := files.List(filepath.Join(dir, sinkLog))
	if fs.Missing(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var batches []int
	for _, info := range list {
		if n, err := strconv.Atoi(filepath.Base(info.Path)); err == nil {
			batches = append(batches, n)
		}
	}
	slices.Sort(batches)
	var paths []string
	for _, n := range batches {
		names, err := checkpoint.Read(files, filepath.Join(dir, sinkLog, strconv.Itoa(n)))
		if err != nil {
			return nil, fmt.Errorf("the log of %s: %w", dir, err)
		}
		for _, name := range names {
			paths = append(paths, filepath.Join(dir, name))
		}
	}
	return paths, nil
}
