// Package checkpoint keeps what a query needs to go on after a stop or a crash:
// what it is (metadata), what each batch was to read (the offset log, written
// before the batch) and which batches are done (the commit log, written after).
//
//	DIR/metadata      the query's id and what its state depends on
//	DIR/offsets/7     batch 7: the sources' offsets, watermark and time
//	DIR/commits/7     batch 7 is done: its rows are in the sink
//	DIR/state/…       see package state
//
// The files are text, to be read by people:
//
//	v1
//	{"batchWatermarkMs":0,…}
//	sha256 3f5a…
//
// A file is written whole or not at all, never twice, and checked when read.
package checkpoint

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"etincelle/engine/fs"
)

// version is the format of the files. A newer one is refused.
const version = 1

// Errors that others wrap, to be told apart with errors.Is.
var (
	ErrDamaged = errors.New("the file is damaged")
	ErrNewer   = errors.New("the file was written by a newer version")
	ErrOther   = errors.New("the checkpoint belongs to another query")
)

// Write makes path hold lines, whole or not at all.
func Write(files fs.FS, path string, lines ...[]byte) error {
	text := fmt.Appendf(nil, "v%d\n", version)
	for _, line := range lines {
		text = append(append(text, line...), '\n')
	}
	sum := sha256.Sum256(text)
	text = append(text, "sha256 "+hex.EncodeToString(sum[:])+"\n"...)
	if err := files.Write(path, text); err != nil {
		return fmt.Errorf("cannot write %s: %w", path, err)
	}
	return nil
}

// Read returns the lines that Write wrote.
func Read(files fs.FS, path string) ([]string, error) {
	text, err := fs.Read(files, path)
	if err != nil {
		return nil, err
	}
	fail := func(kind error, found string) ([]string, error) {
		return nil, fmt.Errorf("%s: %w: %s; nothing was changed: restore the file, or start with a new checkpoint folder", path, kind, found)
	}
	head, _, _ := strings.Cut(string(text), "\n")
	var found int
	if _, err := fmt.Sscanf(head, "v%d", &found); err != nil {
		return fail(ErrDamaged, fmt.Sprintf("found %.20q as its first line, expected \"v%d\"", head, version))
	}
	if found > version {
		return fail(ErrNewer, fmt.Sprintf("found version %d, and this engine reads versions up to %d", found, version))
	}
	const tail = len("sha256 ") + 2*sha256.Size + len("\n")
	if len(text) < tail {
		return fail(ErrDamaged, fmt.Sprintf("it is cut off after %d bytes", len(text)))
	}
	body := text[:len(text)-tail]
	sum := sha256.Sum256(body)
	if string(text[len(body):]) != "sha256 "+hex.EncodeToString(sum[:])+"\n" {
		return fail(ErrDamaged, "its checksum does not match its contents")
	}
	lines := strings.Split(strings.TrimSuffix(string(body), "\n"), "\n")
	return lines[1:], nil
}
