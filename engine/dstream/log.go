package dstream

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"etincelle/engine/codec"
	"etincelle/engine/fs"
)

// writeAheadLog is records on disk, each safe when append returns. A folder holds
// segments, each written by one life of the program:
//
//	log-<start, ms>-<n>    record | record | …
//	record                 length 4 bytes | CRC-32C of the rest 4 bytes | time 8 bytes | payload
//
// A segment whose records are all old is removed as a whole. The last record of a
// segment may have been cut off by a crash: nobody was told that it was safe, and it is
// passed over. Damage anywhere else is an error.
type writeAheadLog struct {
	files  fs.FS
	folder string
	start  Time // of this life: part of the segments' names

	mu       sync.Mutex
	open     io.WriteCloser // the segment that is written to, nil before the first record
	size     int64
	segments []segment // oldest first; the last one is open when open is not nil
	named    int
}

// segment is one file of a log.
type segment struct {
	path   string
	latest Time // of its records
}

// place is where a record's payload lies.
type place struct {
	Path   string
	Offset int64
	Length int64
}

const (
	recordHead  = 16
	segmentSize = 4 << 20 // bytes after which another segment is begun
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// openLog opens the log in a folder and hands every record of earlier lives to recover,
// oldest first.
func openLog(files fs.FS, folder string, start Time, recover func(payload []byte, at place) error) (*writeAheadLog, error) {
	l := &writeAheadLog{files: files, folder: folder, start: start}
	entries, err := files.List(folder)
	if fs.Missing(err) {
		return l, nil
	}
	if err != nil {
		return nil, fmt.Errorf("write-ahead log: %w", err)
	}
	slices.SortFunc(entries, func(a, b fs.Info) int { return compareSegments(a.Path, b.Path) })
	for _, e := range entries {
		if e.Dir || !strings.HasPrefix(filepath.Base(e.Path), "log-") {
			continue
		}
		latest, err := readSegment(files, e.Path, recover)
		if err != nil {
			return nil, fmt.Errorf("write-ahead log: %w", err)
		}
		l.segments = append(l.segments, segment{e.Path, latest})
		l.named++
	}
	return l, nil
}

// compareSegments orders segments as they were written.
func compareSegments(a, b string) int {
	var startA, startB, numberA, numberB int64
	// Names in another form come first: readSegment says what is wrong with them.
	_, _ = fmt.Sscanf(filepath.Base(a), "log-%d-%d", &startA, &numberA)
	_, _ = fmt.Sscanf(filepath.Base(b), "log-%d-%d", &startB, &numberB)
	return cmp.Or(cmp.Compare(numberA, numberB), cmp.Compare(startA, startB))
}

// readSegment hands over the records of one segment.
func readSegment(files fs.FS, path string, recover func([]byte, place) error) (latest Time, err error) {
	data, err := fs.Read(files, path)
	if err != nil {
		return 0, err
	}
	for at := int64(0); at < int64(len(data)); {
		left := data[at:]
		if len(left) < recordHead || int64(len(left)) < recordHead+int64(binary.BigEndian.Uint32(left)) {
			return latest, nil // cut off by a crash
		}
		length := int64(binary.BigEndian.Uint32(left))
		body := left[8 : recordHead+length]
		if crc32.Checksum(body, castagnoli) != binary.BigEndian.Uint32(left[4:]) {
			if int64(len(left)) == recordHead+length {
				return latest, nil // the last record, half written
			}
			return latest, fmt.Errorf("%s: %w: the record at byte %d does not match its checksum", path, codec.ErrDamaged, at)
		}
		latest = max(latest, Time(binary.BigEndian.Uint64(body)))
		if err := recover(body[8:], place{path, at + recordHead, length}); err != nil {
			return latest, fmt.Errorf("%s, byte %d: %w", path, at, err)
		}
		at += recordHead + length
	}
	return latest, nil
}

// append writes a record and forces it to the disk.
func (l *writeAheadLog) append(payload []byte, now Time) (place, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open != nil && l.size >= segmentSize {
		if err := l.open.Close(); err != nil {
			return place{}, err
		}
		l.open = nil
	}
	if l.open == nil {
		l.named++
		path := filepath.Join(l.folder, fmt.Sprintf("log-%d-%d", int64(l.start), l.named))
		w, err := l.files.Create(path)
		if err != nil {
			return place{}, fmt.Errorf("write-ahead log: %w", err)
		}
		l.open, l.size = w, 0
		l.segments = append(l.segments, segment{path: path})
	}
	var b bytes.Buffer
	b.Grow(recordHead + len(payload))
	b.Write(make([]byte, 8))
	b.Write(binary.BigEndian.AppendUint64(nil, uint64(now)))
	b.Write(payload)
	record := b.Bytes()
	binary.BigEndian.PutUint32(record, uint32(len(payload)))
	binary.BigEndian.PutUint32(record[4:], crc32.Checksum(record[8:], castagnoli))
	_, err := l.open.Write(record)
	if err == nil {
		err = fs.Sync(l.open) // the record is safe from here on
	}
	if err != nil {
		// What is behind a half written record would not be found: begin another segment.
		err = errors.Join(err, l.open.Close())
		l.open = nil
		return place{}, fmt.Errorf("write-ahead log: %w", err)
	}
	last := &l.segments[len(l.segments)-1]
	last.latest = max(last.latest, now)
	written := place{last.path, l.size + recordHead, int64(len(payload))}
	l.size += int64(len(record))
	return written, nil
}

// read returns a record's payload.
func readRecord(files fs.FS, at place) (payload []byte, err error) {
	f, err := files.Open(at.Path)
	if err != nil {
		return nil, fmt.Errorf("write-ahead log: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := f.Seek(at.Offset-recordHead, io.SeekStart); err != nil {
		return nil, fmt.Errorf("write-ahead log: %w", err)
	}
	record := make([]byte, recordHead+at.Length)
	if _, err := io.ReadFull(f, record); err != nil {
		return nil, fmt.Errorf("write-ahead log %s, byte %d: %w", at.Path, at.Offset, err)
	}
	if crc32.Checksum(record[8:], castagnoli) != binary.BigEndian.Uint32(record[4:]) {
		return nil, fmt.Errorf("write-ahead log %s: %w: the record at byte %d does not match its checksum", at.Path, codec.ErrDamaged, at.Offset-recordHead)
	}
	return record[recordHead:], nil
}

// clean removes the segments whose records are all from before.
func (l *writeAheadLog) clean(before Time) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	var kept []segment
	var err error
	for i, s := range l.segments {
		if s.latest >= before || l.open != nil && i == len(l.segments)-1 {
			kept = append(kept, s)
			continue
		}
		err = errors.Join(err, l.files.Remove(s.path))
	}
	l.segments = kept
	return err
}

// close ends the log; what was appended stays.
func (l *writeAheadLog) close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.open == nil {
		return nil
	}
	err := l.open.Close()
	l.open = nil
	return err
}
