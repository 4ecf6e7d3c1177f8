package enginetest

import (
	"embed"
	"path"

	"etincelle/engine/fs"
)

//go:embed testdata/oracle/sql/data/*.parquet
var tables embed.FS

// TablesFolder is where Tables puts its files.
const TablesFolder = "/tables"

// Tables is a set of files in memory that holds the tables of the SQL oracle:
// TablesFolder + "/flights.parquet" and others.
func Tables() (*fs.Memory, error) {
	const from = "testdata/oracle/sql/data"
	entries, err := tables.ReadDir(from)
	if err != nil {
		return nil, err
	}
	files := &fs.Memory{}
	for _, entry := range entries {
		data, err := tables.ReadFile(path.Join(from, entry.Name()))
		if err == nil {
			err = files.Write(path.Join(TablesFolder, entry.Name()), data)
		}
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}
