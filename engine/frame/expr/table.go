package expr

import (
	"slices"
	"strconv"
	"strings"
)

// The tables of functions, by family. A name is in one of them only.
var (
	functions  = index(functionNames)
	aggregates = index(aggregateNames)
	ranks      = index(rankNames)
)

// families of scalar functions, each in the file of its name.
var families = [][]*Function{
	arithmeticFunctions, comparisonFunctions, logicFunctions,
	dateFunctions, timeFunctions, timestampFunctions,
	stringFunctions, textFunctions, regexpFunctions,
	mathFunctions, arrayFunctions, structFunctions,
}

// aggregateFamilies are those of aggregates.
var aggregateFamilies = [][]*Aggregate{countAggregates, sumAggregates, extremeAggregates, firstAggregates, spreadAggregates, collectAggregates, truthAggregates, shapeAggregates, rankAggregates}

// Functions are the scalar functions, in order of name.
func Functions() []*Function { return sorted(functions, func(f *Function) string { return f.Name }) }

// Aggregates are the aggregates, in order of name.
func Aggregates() []*Aggregate {
	return sorted(aggregates, func(a *Aggregate) string { return a.Name })
}

// WindowFunctions are the functions that only a window can compute, in order of name.
func WindowFunctions() []*WindowFunction {
	return sorted(ranks, func(r *WindowFunction) string { return r.Name })
}

// Lookup is the scalar function of that name, in any case; nil when there is none.
func Lookup(name string) *Function { return functions[strings.ToLower(name)] }

// LookupAggregate is the aggregate of that name; nil when there is none.
func LookupAggregate(name string) *Aggregate { return aggregates[strings.ToLower(name)] }

// index puts a table's rows by name and alias. Two rows of one name are found by
// a test.
func index[R any](rows func(add func(row R, names ...string))) map[string]R {
	table := map[string]R{}
	rows(func(row R, names ...string) {
		for _, name := range names {
			table[name] = row
		}
	})
	return table
}

func functionNames(add func(*Function, ...string)) {
	for _, family := range families {
		for _, f := range family {
			add(f, append([]string{f.Name}, f.Aliases...)...)
		}
	}
}

func aggregateNames(add func(*Aggregate, ...string)) {
	for _, family := range aggregateFamilies {
		for _, a := range family {
			add(a, append([]string{a.Name}, a.Aliases...)...)
		}
	}
}

func rankNames(add func(*WindowFunction, ...string)) {
	for _, r := range rankFunctions {
		add(r, r.Name)
	}
}

func sorted[R comparable](table map[string]R, name func(R) string) []R {
	var rows []R
	for key, row := range table {
		if key == name(row) {
			rows = append(rows, row)
		}
	}
	slices.SortFunc(rows, func(a, b R) int { return strings.Compare(name(a), name(b)) })
	return rows
}

// text is a call as plans and names of columns write it.
func (f *Function) text(args []string) string {
	if f.Text != nil {
		return f.Text(args)
	}
	return f.Name + "(" + strings.Join(args, ", ") + ")"
}

// checkArity refuses a wrong number of arguments.
func checkArity(name string, least, most, got int) error {
	if got >= least && (most < 0 || got <= most) {
		return nil
	}
	want := strconv.Itoa(least)
	switch {
	case most < 0:
		want = "> " + strconv.Itoa(least-1)
	case most > least:
		want = "[" + strconv.Itoa(least) + ", " + strconv.Itoa(most) + "]"
	}
	return Errorf("WRONG_NUM_ARGS.WITHOUT_SUGGESTION", "The `%s` requires %s parameters but the actual number is %d.", name, want, got)
}
