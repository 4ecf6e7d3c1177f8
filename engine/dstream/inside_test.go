package dstream

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/engine"
	"etincelle/engine/clock"
	"etincelle/engine/codec"
	"etincelle/engine/fs"
)

// The estimator follows Spark's formula; these are the properties that its own suite holds.
func TestEstimator(t *testing.T) {
	pid := func(p, i, d float64) *estimator {
		return &estimator{Backpressure: Backpressure{Proportional: p, Integral: i, Derivative: d, MinRate: 10}, batch: 20}
	}
	e := pid(1, 0, 0)
	_, ok := e.estimate(0, 10, 10, 0)
	assert.False(t, ok, "the first batch tells how fast, and no more")
	_, ok = e.estimate(0, 10, 10, 0)
	assert.False(t, ok, "a time that is past is passed over")
	_, ok = e.estimate(10, 0, 10, 0)
	assert.False(t, ok, "no rows tell nothing")
	_, ok = e.estimate(10, 10, 0, 0)
	assert.False(t, ok, "no time tells nothing")

	// Without a delay, the rate becomes that of the last batch.
	e = pid(1, 1, 0)
	e.estimate(0, 1000, 20, 0)
	for k := range int64(20) {
		rows := 100 * (k + 1)
		rate, ok := e.estimate(20*(k+1), rows, 20, 0)
		require.True(t, ok)
		assert.InDelta(t, float64(rows)/20*1000, rate, 1e-6)
	}
	// With one, it sinks to the least.
	for k := range int64(20) {
		rate, _ := e.estimate(1000+20*k, 20, 20, 200)
		assert.GreaterOrEqual(t, rate, 10.0)
	}
	rate, _ := e.estimate(2000, 20, 20, 200)
	assert.Equal(t, 10.0, rate)
}

// Over any length of time no more rows are taken than the rate allows.
func TestLimiter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := clock.NewManual(time.UnixMilli(0))
		l := &limiter{clock: m}
		rate := rapid.Float64Range(1, 1000).Draw(t, "rate")
		l.set(rate)
		taken, spent := 0, time.Duration(0)
		for range rapid.IntRange(1, 50).Draw(t, "times") {
			idle := time.Duration(rapid.IntRange(0, 2000).Draw(t, "idle")) * time.Millisecond
			m.Advance(idle)
			n := rapid.IntRange(1, 20).Draw(t, "rows")
			wait := l.take(n)
			m.Advance(wait)
			spent += idle + wait
			assert.LessOrEqual(t, float64(taken), rate*(spent+worthWaiting).Seconds()+1e-6)
			taken += n
		}
	})
	l := &limiter{clock: clock.NewManual(time.UnixMilli(0)), most: 5}
	assert.Equal(t, 5.0, l.set(100))
	assert.Equal(t, 5.0, l.set(0), "0 changes nothing")
	assert.Zero(t, (&limiter{}).take(1000), "no rate is no limit")
}

// What is appended is recovered, in order, whatever was cut off the end.
func TestLogSurvivesACrash(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		disk := &fs.Memory{}
		l, err := openLog(disk, "log", 0, nil)
		require.NoError(t, err)
		var want []string
		var last place
		for i, payload := range rapid.SliceOfN(rapid.SliceOf(rapid.Byte()), 1, 20).Draw(t, "records") {
			last, err = l.append(payload, Time(i))
			require.NoError(t, err)
			got, err := readRecord(disk, last)
			require.NoError(t, err)
			assert.Equal(t, string(payload), string(got))
			want = append(want, string(payload))
		}
		require.NoError(t, l.close())
		data, err := fs.Read(disk, last.Path)
		require.NoError(t, err)
		cut := rapid.IntRange(0, int(recordHead+last.Length)).Draw(t, "cut")
		if cut > 0 {
			require.NoError(t, disk.Write(last.Path, data[:len(data)-cut]))
			want = want[:len(want)-1]
		}
		var got []string
		again, err := openLog(disk, "log", 7, func(payload []byte, _ place) error { got = append(got, string(payload)); return nil })
		require.NoError(t, err)
		assert.Equal(t, append([]string{}, want...), append([]string{}, got...))
		_, err = again.append([]byte("more"), 99)
		require.NoError(t, err)
		require.NoError(t, again.clean(50))
		assert.Len(t, again.segments, 1, "old segments go as a whole")
	})
}

// A bit that turned anywhere but in the last record is an error that names the place.
func TestLogTellsDamage(t *testing.T) {
	disk := &fs.Memory{}
	l, err := openLog(disk, "log", 0, nil)
	require.NoError(t, err)
	first, err := l.append([]byte("first"), 1)
	require.NoError(t, err)
	_, err = l.append([]byte("second"), 2)
	require.NoError(t, err)
	data, err := fs.Read(disk, first.Path)
	require.NoError(t, err)
	data[first.Offset] ^= 1
	require.NoError(t, disk.Write(first.Path, data))
	_, err = openLog(disk, "log", 7, func([]byte, place) error { return nil })
	assert.ErrorIs(t, err, codec.ErrDamaged)
	assert.ErrorContains(t, err, first.Path)
	_, err = readRecord(disk, first)
	assert.ErrorIs(t, err, codec.ErrDamaged)
}

// A chain of maps answers as one map does, before and after it is written out.
func TestStateMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := map[int]keyState[string]{}
		m := (*stateMap[int, string])(nil).next()
		for batch := range rapid.IntRange(1, 60).Draw(t, "batches") {
			before, known := m, maps.Clone(want)
			m = m.next()
			for range rapid.IntRange(0, 5).Draw(t, "changes") {
				k := rapid.IntRange(0, 20).Draw(t, "key")
				if rapid.Bool().Draw(t, "remove") {
					m.remove(k)
					delete(want, k)
				} else {
					s := keyState[string]{Value: fmt.Sprint("v", batch), At: Time(batch)}
					m.put(k, s.Value, s.At)
					want[k] = s
				}
			}
			assert.Equal(t, known, maps.Collect(before.all()), "the batch before is as it was")
			assert.Equal(t, want, maps.Collect(m.all()))
			assert.Equal(t, len(want), m.live)
			assert.LessOrEqual(t, m.chain, longestChain+1)
			for k := range 21 {
				got, ok := m.get(k)
				w, has := want[k]
				assert.Equal(t, has, ok)
				if has {
					assert.Equal(t, w, got)
				}
			}
		}
		r := record[int, string, int]{states: m, mapped: []int{1, 2}}
		data, err := codec.Encode([]record[int, string, int]{r})
		require.NoError(t, err)
		var back []record[int, string, int]
		require.NoError(t, codec.Decode(data, &back))
		assert.Equal(t, want, maps.Collect(back[0].states.all()))
		assert.Equal(t, []int{1, 2}, back[0].mapped)
	})
}

func TestBatchAfter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		step := ms(rapid.IntRange(1, 5000).Draw(t, "step"))
		zero, now := Time(rapid.IntRange(0, 1e6).Draw(t, "zero")), Time(rapid.IntRange(0, 1e6).Draw(t, "now"))
		next := batchAfter(now, zero, step)
		assert.Greater(t, next, now)
		assert.LessOrEqual(t, next, now+Time(step))
		assert.Zero(t, ms(next-zero)%step)
	})
}

// A receiver goes where the fewest are, of those executors that have a core.
func TestChooseExecutor(t *testing.T) {
	cores := []engine.FreeCores{{Executor: "e0", Free: 1}, {Executor: "e1", Free: 2}, {Executor: "e2", Free: 0}}
	at, ok := chooseExecutor(cores, map[string]int{"e0": 1})
	assert.True(t, ok)
	assert.Equal(t, "e1", at)
	_, ok = chooseExecutor(cores[2:], nil)
	assert.False(t, ok)
	_, ok = chooseExecutor(nil, nil)
	assert.False(t, ok)
}

func TestWhichBatchesRunAgain(t *testing.T) {
	r := &recovered{progress: progress{Time: 3000, Pending: []Time{1000, 3000}}}
	assert.Equal(t, []Time{1000, 3000, 4000, 5000}, r.again(6000, 1000))
	assert.Equal(t, []Time{1000, 3000}, r.again(4000, 1000))
	assert.True(t, slices.IsSorted(r.again(9000, 1000)))
}
