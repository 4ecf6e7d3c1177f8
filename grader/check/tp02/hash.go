package tp02

import (
	"encoding/json"
	"unicode/utf16"

	"etincelle/grader/check"
	"etincelle/grader/evidence"
	"etincelle/grader/message"
)

// hashed judges PartitionOf on the aircraft of the flights.
func hashed(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
	if findings := check.Sound(c, got, want); len(findings) > 0 {
		return findings
	}
	findings := check.SameRows(got, want)
	if len(findings) == 0 {
		return nil
	}
	n := c.Params["n"]
	places := map[string]int{}
	for _, raw := range check.Flat(got.Rows) {
		var row struct {
			Key   string
			Value int
		}
		if json.Unmarshal(raw, &row) != nil {
			return findings
		}
		if before, seen := places[row.Key]; seen && before != row.Value {
			findings[0].Key = check.KeySplit
			findings[0].Facts = message.Facts{"code": row.Key, "got": row.Value, "other": before}
			return findings
		}
		places[row.Key] = row.Value
	}
	outside := 0
	for _, place := range places {
		if place < 0 || place >= n {
			outside++
		}
	}
	findings[0].Facts = message.Facts{"keys": len(places), "outside": outside, "n": n, "most": n - 1, "wrong": findings[0].Facts["missing"]}
	findings[0].Key = check.OtherHash
	if outside > 0 {
		findings[0].Key = check.OutsidePartitions
	}
	for _, mistake := range []struct {
		key   check.Key
		place func(hash int32) int
	}{
		{check.SignDropped, func(h int32) int { return max(int(h), -int(h)) % n }},
		{check.SignDropped, func(h int32) int { return max(int(h)%n, -(int(h) % n)) }},
		{check.SignDropped, func(h int32) int { return int(h&0x7fffffff) % n }},
		{check.UnsignedHash, func(h int32) int { return int(uint32(h) % uint32(n)) }},
	} {
		// A few keys may agree by chance.
		if len(places) >= fewKeys && same(tailPlaces(c, mistake.place), check.Flat(got.Rows)) {
			findings[0].Key = mistake.key
		}
	}
	return findings
}

const fewKeys = 6

// tailPlaces are the flights' aircraft, each with the place of its hash.
func tailPlaces(c check.Case, place func(hash int32) int) []json.RawMessage {
	flights, _ := trips(c)
	var rows []any
	for _, t := range flights {
		rows = append(rows, pair{t.Tail, place(javaHash(t.Tail))})
	}
	return written(rows)
}

// javaHash is java.lang.String's hash, over UTF-16 units: Spark's for text.
func javaHash(s string) int32 {
	var h int32
	for _, unit := range utf16.Encode([]rune(s)) {
		h = 31*h + int32(unit)
	}
	return h
}

func wantedHashed(c check.Case) (check.Want, bool) {
	n := c.Params["n"]
	if n < 2 {
		return check.Want{}, false
	}
	rows := tailPlaces(c, func(h int32) int { return (int(h)%n + n) % n })
	return check.Want{Rows: rows, Partitions: len(c.Source("flights").Partitions)}, len(rows) > 0
}
