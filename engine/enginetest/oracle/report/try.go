package report

import "errors"

// NotBuilt says that a case uses something that the engine, or the runner of its
// kind, does not have: the case is skipped, and counted.
type NotBuilt struct{ What string }

// Error implements error.
func (n NotBuilt) Error() string { return n.What + " is not built yet" }

// Try parses, runs and judges a case of any kind. heading is the verdict before
// anything was judged: the case's name and what it shows.
func Try[C, O any](data []byte, parse func([]byte) (C, error), heading func(C) Verdict, run func(C) (O, error), judge func(C, O) Verdict) (Verdict, error) {
	c, err := parse(data)
	if err != nil {
		return Verdict{}, err
	}
	seen, err := run(c)
	var missing NotBuilt
	if errors.As(err, &missing) {
		v := heading(c)
		v.Skipped = missing.What
		return v, nil
	}
	if err != nil {
		return Verdict{}, err
	}
	return judge(c, seen), nil
}
