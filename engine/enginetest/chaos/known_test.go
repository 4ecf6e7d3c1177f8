package chaos

import (
	"fmt"
	"slices"
	"strings"
)

// known is what a program may count on of a dataset: the model's answer, on
// slices. Rows whose order Spark does not promise stand in one bunch; bunches
// stand in order. A source is a list of bunches of one row; what a shuffle
// brought is one bunch a partition; a sorted dataset is a bunch for each key, in
// partitions whose cuts were found by sampling and are not known.
type known struct {
	kind  kind
	parts [][]bunch // the partitions; one list of all the bunches when cut is false
	cut   bool      // it is known where partitions end
	n     int       // how many partitions there are, unknown when only the engine can say
	by    placement
}

// bunch is rows in any order.
type bunch []any

const unknown = -1

// exactly is a dataset of which everything is known.
func exactly(of kind, parts [][]any) known {
	k := known{kind: of, cut: true, n: len(parts)}
	for _, rows := range parts {
		k.parts = append(k.parts, inOrder(rows))
	}
	return k
}

// inOrder is bunches of one row.
func inOrder(rows []any) (all []bunch) {
	for i := range rows {
		all = append(all, rows[i:i+1])
	}
	return all
}

// loose is a dataset of which only the rows are known.
func loose(of kind, rows []any, n int, by placement) known {
	return known{kind: of, parts: [][]bunch{{rows}}, n: n, by: by}
}

// placed is rows after a shuffle: each in the partition of its key.
func placed(of kind, rows []any, by placement) known {
	if !by.plain() {
		return loose(of, rows, unknown, by)
	}
	parts := make([]bunch, by.n)
	for _, row := range rows {
		p := by.of(keyOf(row))
		parts[p] = append(parts[p], row)
	}
	k := known{kind: of, cut: true, n: by.n, by: by, parts: make([][]bunch, by.n)}
	for p, rows := range parts {
		k.parts[p] = []bunch{rows}
	}
	return k
}

func (k known) bunches() []bunch { return slices.Concat(k.parts...) }

func (k known) rows() []any {
	all := []any{}
	for _, b := range k.bunches() {
		all = append(all, b...)
	}
	return all
}

func (k known) size() (n int) {
	for _, b := range k.bunches() {
		n += len(b)
	}
	return n
}

// ordered reports whether the order of all rows is known.
func (k known) ordered() bool {
	return !slices.ContainsFunc(k.bunches(), func(b bunch) bool { return len(b) > 1 })
}

// exact reports whether everything is known.
func (k known) exact() bool { return k.cut && k.ordered() }

// lists is the rows of each partition of an exact dataset.
func (k known) lists() [][]any {
	var all [][]any
	for _, part := range k.parts {
		rows := []any{}
		for _, b := range part {
			rows = append(rows, b...)
		}
		all = append(all, rows)
	}
	return all
}

// each replaces every row by those of f, none or many.
func (k known) each(to kind, keeps bool, f func(row any) []any) known {
	out := known{kind: to, cut: k.cut, n: k.n, parts: make([][]bunch, len(k.parts))}
	if keeps {
		out.by = k.by
	}
	for p, part := range k.parts {
		for _, b := range part {
			var rows bunch
			for _, row := range b {
				rows = append(rows, f(row)...)
			}
			if len(b) == 1 {
				out.parts[p] = append(out.parts[p], inOrder(rows)...) // one row's rows come in their order
			} else {
				out.parts[p] = append(out.parts[p], rows)
			}
		}
	}
	return out
}

// unlike says how rows that the engine brought, the first of the dataset, differ
// from what is known; "" when they do not.
func (k known) unlike(got []any) string {
	at := 0
	for _, b := range k.bunches() {
		n := min(len(b), len(got)-at)
		if why := b.lacks(got[at:at+n], at); why != "" {
			return why
		}
		at += n
	}
	if at < len(got) {
		return fmt.Sprintf("row %d, %s, is one too many", at, text(got[at]))
	}
	return ""
}

// lacks says which row of got is not in the bunch, or not as often.
func (b bunch) lacks(got []any, at int) string {
	if len(b) == 1 && len(got) == 1 {
		if want, found := text(b[0]), text(got[0]); want != found {
			return fmt.Sprintf("row %d is %s, not %s", at, found, want)
		}
		return ""
	}
	left := counts(b)
	for i, row := range got {
		t := text(row)
		if left[t]--; left[t] < 0 {
			return fmt.Sprintf("row %d, %s, is not (or not so often) among the %d rows that may stand there: %s", at+i, t, len(b), b)
		}
	}
	return ""
}

// String is the first rows.
func (b bunch) String() string {
	const most = 40
	var all []string
	for _, row := range b[:min(most, len(b))] {
		all = append(all, text(row))
	}
	if len(b) > most {
		all = append(all, "…")
	}
	return strings.Join(all, " ")
}

func counts(rows []any) map[string]int {
	times := make(map[string]int, len(rows))
	for _, row := range rows {
		times[text(row)]++
	}
	return times
}

// byKey gathers rows by their key, keys in the order in which they come.
func byKey(rows []any) (keys []any, of map[any][]any) {
	of = map[any][]any{}
	for _, row := range rows {
		key := keyOf(row)
		if _, seen := of[key]; !seen {
			keys = append(keys, key)
		}
		of[key] = append(of[key], row)
	}
	return keys, of
}
