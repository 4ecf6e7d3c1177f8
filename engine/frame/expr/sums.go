package expr

import "etincelle/engine/frame/column"

// The sums that queries ask for most, without a call a row.

// longSum adds bigints up.
type longSum struct{ reducer[int64] }

// Update implements Accumulator.
func (s *longSum) Update(groups []int32, args []column.Column) error {
	data, null := column.Data[int64](args[0]), args[0].Nulls()
	values, known := s.values, s.known
	for i, g := range groups {
		if null != nil && null[i] {
			continue
		}
		before, v := values[g], data[i]
		sum := before + v
		if (before^sum)&(v^sum) < 0 {
			return addition.overflow
		}
		values[g], known[g] = sum, true
	}
	return nil
}

// Merge implements Accumulator.
func (s *longSum) Merge(groups []int32, buffers []column.Column) error {
	return s.Update(groups, buffers)
}

// doubleSum adds doubles up.
type doubleSum struct{ reducer[float64] }

// Update implements Accumulator.
func (s *doubleSum) Update(groups []int32, args []column.Column) error {
	data, null := column.Data[float64](args[0]), args[0].Nulls()
	values, known := s.values, s.known
	for i, g := range groups {
		if null == nil || !null[i] {
			values[g], known[g] = values[g]+data[i], true
		}
	}
	return nil
}

// Merge implements Accumulator.
func (s *doubleSum) Merge(groups []int32, buffers []column.Column) error {
	return s.Update(groups, buffers)
}
