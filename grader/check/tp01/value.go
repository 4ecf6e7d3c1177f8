package tp01

import (
	"slices"

	"etincelle/grader/check"
	"etincelle/grader/evidence"
)

// The functions that return a number: each known mistake is made here on the same
// input, and the one that gives the same number is the student's.

// answer is what a function must return, or what a mistake makes it return.
type answer func(check.Case) float64

// mistake is a known one.
type mistake struct {
	key check.Key
	of  answer
}

// numbered judges a function that returns a number.
func numbered(mistakes []mistake) func(check.Case, evidence.Outcome, check.Want) []check.Finding {
	return func(c check.Case, got evidence.Outcome, want check.Want) []check.Finding {
		findings := check.First(check.Sound(c, got, want), check.SameValue(got, want))
		if len(findings) == 0 || findings[0].Key != check.WrongValue {
			return findings
		}
		for _, m := range mistakes {
			if missing, extra := check.Difference(raw(m.of(c)), check.Flat(got.Rows)); len(missing)+len(extra) == 0 {
				findings[0].Key = m.key
				break
			}
		}
		return findings
	}
}

// numbers are the functions that return one: what is right, and the mistakes.
var numbers = map[string]struct {
	right    answer
	mistakes []mistake
}{
	"Stages": {stages, stagesMistakes}, "StagesOf": {margins, marginsMistakes},
	"Skipped": {skipped, skippedMistakes}, "Shuffled": {shuffled, shuffledMistakes},
	"Skew": {skew, skewMistakes}, "Retried": {retried, retriedMistakes},
}

// Telling reports whether a case of a function that returns a number tells its
// known mistakes apart, and whether it shows them all.
func Telling(function string, c check.Case) (apart, all bool) {
	f := numbers[function]
	right := f.right(c)
	keys := map[float64]check.Key{right: ""}
	apart = true
	var shown, known []check.Key
	for _, m := range f.mistakes {
		n := m.of(c)
		key, taken := keys[n]
		if taken && key != "" && key != m.key {
			apart = false
		}
		if n != right {
			keys[n] = m.key
			shown = append(shown, m.key)
		}
		known = append(known, m.key)
	}
	missing := slices.ContainsFunc(known, func(k check.Key) bool { return !slices.Contains(shown, k) })
	return apart, !missing
}
