package state

import (
	"bytes"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"etincelle/engine/codec"
	"etincelle/engine/fs"
)

var id = ID{Operator: 0, Partition: 1, Name: "rows"}

// batch runs one batch that makes version n+1 of the store.
func batch(t require.TestingT, p *Provider, n int64, do func(Store)) {
	s, err := p.Open(id, n)
	require.NoError(t, err)
	do(s)
	require.NoError(t, s.Commit())
	require.NoError(t, p.Save(n+1))
	p.Advance(n + 1)
	require.NoError(t, p.Maintain(n+1, n-3))
}

func contents(s Store) (text string) {
	for k, v := range s.All() {
		text += fmt.Sprintf("%s=%s ", k, v)
	}
	return text
}

func TestVersions(t *testing.T) {
	files := &fs.Memory{}
	p := NewProvider(files, "/c")
	batch(t, p, 0, func(s Store) {
		s.Put([]byte("a"), []byte("1"))
		s.Put([]byte("b"), []byte("2"))
	})
	batch(t, p, 1, func(s Store) {
		s.Remove([]byte("a"))
		s.Remove([]byte("nobody"))
		s.Put([]byte("c"), []byte("3"))
		assert.Equal(t, "b=2 c=3 ", contents(s))
		assert.Equal(t, 2, s.Len())
	})
	for _, p := range []*Provider{p, NewProvider(files, "/c")} { // in memory, and from the files
		s, err := p.Open(id, 2)
		require.NoError(t, err)
		assert.Equal(t, "b=2 c=3 ", contents(s))
		s, err = p.Open(id, 1)
		require.NoError(t, err)
		assert.Equal(t, "a=1 b=2 ", contents(s), "an older version is read from the files")
	}
}

// What a batch wrote and did not commit is never seen: the batch runs again.
func TestUncommittedVersionIsNotRead(t *testing.T) {
	files := &fs.Memory{}
	p := NewProvider(files, "/c")
	batch(t, p, 0, func(s Store) { s.Put([]byte("a"), []byte("1")) })
	s, err := p.Open(id, 1)
	require.NoError(t, err)
	s.Put([]byte("a"), []byte("lost"))
	require.NoError(t, s.Commit())
	require.NoError(t, p.Save(2)) // and the process dies before the commit log

	p = NewProvider(files, "/c")
	batch(t, p, 1, func(s Store) {
		assert.Equal(t, "a=1 ", contents(s))
		s.Put([]byte("a"), []byte("2"))
	})
	s, err = NewProvider(files, "/c").Open(id, 2)
	require.NoError(t, err)
	assert.Equal(t, "a=2 ", contents(s))
}

// An attempt that lives on after its batch can neither offer nor disturb.
func TestLateAttemptIsRefused(t *testing.T) {
	p := NewProvider(&fs.Memory{}, "/c")
	late, err := p.Open(id, 0)
	require.NoError(t, err)
	batch(t, p, 0, func(s Store) { s.Put([]byte("a"), []byte("1")) })
	late.Put([]byte("a"), []byte("late"))
	assert.ErrorContains(t, late.Commit(), "too late")
}

func TestAttemptsAtOnce(t *testing.T) {
	p := NewProvider(&fs.Memory{}, "/c")
	for n := range int64(20) {
		var attempts sync.WaitGroup
		for range 3 {
			attempts.Go(func() {
				s, err := p.Open(id, n)
				if !assert.NoError(t, err) {
					return
				}
				for i := range 10 {
					s.Put(fmt.Appendf(nil, "%d", i), fmt.Appendf(nil, "%d", n))
				}
				assert.Len(t, contents(s), len(contents(s)))
				assert.NoError(t, s.Commit())
			})
		}
		attempts.Wait()
		require.NoError(t, p.Save(n+1))
		p.Advance(n + 1)
	}
	s, err := p.Open(id, 20)
	require.NoError(t, err)
	assert.Equal(t, 10, s.Len())
}

func TestDamageIsFound(t *testing.T) {
	files := &fs.Memory{}
	p := NewProvider(files, "/c")
	for n := range int64(12) {
		batch(t, p, n, func(s Store) { s.Put(fmt.Appendf(nil, "%d", n), []byte("x")) })
	}
	for _, name := range []string{"11.delta", "10.snapshot"} {
		path := filepath.Join("/c", "state", id.String(), name)
		good, err := fs.Read(files, path)
		require.NoError(t, err)
		bad := bytes.Clone(good)
		bad[len(bad)/2] ^= 1
		require.NoError(t, files.Write(path, bad))
		_, err = NewProvider(files, "/c").Open(id, 12)
		assert.ErrorIs(t, err, codec.ErrDamaged)
		assert.ErrorContains(t, err, path)
		require.NoError(t, files.Write(path, good))
	}
	require.NoError(t, files.Remove(filepath.Join("/c", "state", id.String(), "11.delta")))
	_, err := NewProvider(files, "/c").Open(id, 12)
	assert.ErrorContains(t, err, "11.delta")
}

// Old files go, and what is left still gives the versions that may be asked for.
func TestMaintain(t *testing.T) {
	files := &fs.Memory{}
	p := NewProvider(files, "/c")
	for n := range int64(40) {
		batch(t, p, n, func(s Store) { s.Put([]byte{byte(n % 7)}, fmt.Appendf(nil, "%d", n)) })
	}
	found, err := p.versions(id)
	require.NoError(t, err)
	assert.Less(t, len(found), 16)
	for _, v := range []int64{36, 38, 40} {
		_, err := NewProvider(files, "/c").Open(id, v)
		assert.NoError(t, err, "version %d", v)
	}
}

// A store is a map with an order, whatever is done to it, in memory and from its files.
func TestStoreIsAMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		files := &fs.Memory{}
		p := NewProvider(files, "/c")
		model := map[string]string{}
		for n := range rapid.Int64Range(1, 25).Draw(t, "batches") {
			batch(t, p, n, func(s Store) {
				for range rapid.IntRange(0, 5).Draw(t, "changes") {
					key := rapid.SampledFrom([]string{"", "a", "b", "c", "d"}).Draw(t, "key")
					if rapid.Bool().Draw(t, "remove") {
						delete(model, key)
						s.Remove([]byte(key))
					} else {
						value := rapid.SampledFrom([]string{"", "1", "22"}).Draw(t, "value")
						model[key] = value
						s.Put([]byte(key), []byte(value))
					}
					got, ok := s.Get([]byte(key))
					want, has := model[key]
					require.Equal(t, has, ok)
					require.Equal(t, want, string(got))
				}
				same(t, model, s)
			})
			memory, err := p.Open(id, n+1)
			require.NoError(t, err)
			same(t, model, memory)
			disk, err := NewProvider(files, "/c").Open(id, n+1)
			require.NoError(t, err)
			require.Equal(t, contents(memory), contents(disk), "the order is the same after a restart")
		}
	})
}

func same(t require.TestingT, model map[string]string, s Store) {
	require.Equal(t, len(model), s.Len())
	seen := 0
	for k, v := range s.All() {
		want, has := model[string(k)]
		require.True(t, has)
		require.Equal(t, want, string(v))
		seen++
	}
	require.Equal(t, len(model), seen)
}
