package parquet_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/connect/parquet"
	"etincelle/engine"
	"etincelle/engine/enginetest"
	"etincelle/engine/frame"
	"etincelle/engine/frame/column"
	"etincelle/engine/fs"
)

func start(files fs.FS) *engine.Session {
	return engine.Start(engine.Sequential(), engine.Files(files), engine.Conf("spark.sql.shuffle.partitions", "2"))
}

func ExampleRead() {
	s := start(engine.Must(enginetest.Tables()))
	defer s.Stop()
	airlines := parquet.Read(s, enginetest.TablesFolder+"/airlines.parquet")
	fmt.Print(airlines.PrintSchema())
	fmt.Println(airlines.Filter("carrier < 'B'").OrderBy(frame.Col("carrier")).Take(2))
	// Output:
	// root
	//  |-- carrier: string (nullable = true)
	//  |-- name: string (nullable = true)
	// [[9E Endeavor Air Inc.] [AA American Airlines Inc.]] <nil>
}

func ExampleWrite() {
	s := start(&fs.Memory{})
	defer s.Stop()
	fmt.Println(parquet.Write(frame.Range(s, 0, 10, 1, 3), "/numbers"))
	fmt.Println(parquet.Read(s, "/numbers").Count())
	fmt.Println(parquet.Read(s, "/nothing").Err() != nil)
	// Output:
	// <nil>
	// 10 <nil>
	// true
}

// Every type comes back as it went, nulls included.
func TestRoundTrip(t *testing.T) {
	schema, err := frame.ParseSchema("b boolean, i int, l bigint, d double, s string, day date, at timestamp, m decimal(12,2), big decimal(38,3), a array<int>, r struct<x: int, y: array<string>>")
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		maybe := func(v any) any {
			if rapid.IntRange(0, 4).Draw(t, "null") == 0 {
				return nil
			}
			return v
		}
		small := rapid.Int32()
		rows := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) frame.Row {
			decimal := func(scale int) column.Decimal {
				return column.Decimal{Unscaled: column.Int128Of(rapid.Int64Range(-99999999999, 99999999999).Draw(t, "m")), Scale: scale}
			}
			return frame.Row{
				maybe(rapid.Bool().Draw(t, "b")), maybe(small.Draw(t, "i")), maybe(rapid.Int64().Draw(t, "l")), maybe(rapid.Float64().Draw(t, "d")),
				maybe(rapid.String().Draw(t, "s")), maybe(column.Date(rapid.Int32Range(-100000, 100000).Draw(t, "day"))),
				maybe(column.Timestamp(rapid.Int64Range(-1<<55, 1<<55).Draw(t, "at"))), maybe(decimal(2)), maybe(decimal(3)),
				maybe([]any{maybe(small.Draw(t, "e"))}), maybe(frame.Row{maybe(small.Draw(t, "x")), maybe([]any{"é", nil})}),
			}
		}), 0, 8).Draw(t, "rows")
		s := start(&fs.Memory{})
		defer s.Stop()
		if err := parquet.Write(frame.Of(s, schema, rows...).Coalesce(1), "/t"); err != nil {
			t.Fatal(err)
		}
		if len(rows) == 0 {
			return // there is no partition, and so no file
		}
		back, err := parquet.Read(s, "/t").Collect()
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(rows) != fmt.Sprint(back) {
			t.Fatalf("\n%v\n%v", rows, back)
		}
	})
}

func TestMistakesAreTold(t *testing.T) {
	files := &fs.Memory{}
	s := start(files)
	defer s.Stop()
	require.NoError(t, files.Write("/no.parquet", []byte("not parquet at all")))
	assert.ErrorContains(t, parquet.Read(s, "/no.parquet").Err(), "/no.parquet is no Parquet file")
	assert.ErrorContains(t, parquet.Read(s, "/missing").Err(), "[PATH_NOT_FOUND]")
	require.NoError(t, parquet.Write(frame.Range(s, 0, 1, 1, 1), "/there"))
	assert.ErrorContains(t, parquet.Write(frame.Range(s, 0, 1, 1, 1), "/there"), "[PATH_ALREADY_EXISTS]")
	empty := frame.Of(s, frame.Schema{{Name: "n", Type: column.VoidType, Nullable: true}}, frame.Row{nil})
	assert.ErrorContains(t, parquet.Write(empty, "/void"), "UNSUPPORTED_DATA_TYPE")
}

// A condition that no row of a group can fulfil leaves the group unread.
func TestConditionsSkipRowGroups(t *testing.T) {
	s := start(engine.Must(enginetest.Tables()))
	defer s.Stop()
	for condition, read := range map[string]int64{
		"dep_delay > 100000":            0, // beyond the largest
		"carrier = 'ZZ'":                0, // likewise
		"distance = 1000":               0, // between smallest and largest, and not in the dictionary
		"carrier IN ('ZY', 'ZZ')":       0,
		"carrier LIKE 'ZZ%'":            0,
		"year IS NULL":                  0,
		"dep_delay > 300":               22353,
		"carrier = 'ZZ' OR origin > ''": 22353,
	} {
		before := s.Counters()
		_, err := parquet.Read(s, enginetest.TablesFolder+"/flights.parquet").Filter(condition).Collect()
		require.NoError(t, err)
		assert.Equal(t, read, s.Counters().Since(before).Input, condition)
	}
}
