package rddcase

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"

	"etincelle/engine/fs"
)

// listed is the system's files, but a folder lists the case's files in the
// order in which the program wrote them. Spark takes files as the system lists
// them, and so did the machine on which the oracle was made.
type listed struct {
	fs.System
	written []string
}

// List implements fs.FS.
func (l *listed) List(dir string) ([]fs.Info, error) {
	entries, err := l.System.List(dir)
	slices.SortStableFunc(entries, func(a, b fs.Info) int {
		return cmp.Compare(slices.Index(l.written, a.Path), slices.Index(l.written, b.Path))
	})
	return entries, err
}

// files read and write the case's files.
func files() map[string]act {
	return map[string]act{
		"writeFile": func(s *session, step Step) (any, error) {
			path := s.path(step.Path)
			s.files.written = append(s.files.written, path)
			return unit, s.files.Write(path, []byte(step.Content))
		},
		"saveAsTextFile": doing(func(s *session, step Step, r *rows) (any, error) {
			return unit, r.SaveAsTextFile(s.path(step.Path))
		}),
		"listFiles": func(s *session, step Step) (any, error) {
			entries, err := os.ReadDir(s.path(step.Path))
			if err != nil {
				return nil, err
			}
			list := []any{}
			for _, e := range entries {
				content, err := os.ReadFile(filepath.Join(s.path(step.Path), e.Name()))
				if err != nil {
					return nil, err
				}
				if filepath.Ext(e.Name()) != ".crc" { // Hadoop's checksums, which the oracle leaves out here
					list = append(list, map[string]any{"file": e.Name(), "content": string(content)})
				}
			}
			return list, nil
		},
	}
}
